//! Family P, first part: what the prose says, against the cells that it speaks of.
//!
//! The sentences are read by [`prose`](crate::prose); here a claim is compared with every way to read it, and is broken
//! only when none agrees.

mod compare;

use compare::compare;

use super::{Basis, Rule, Severity};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&P01, &P02, &P03, &P04, &P05, &P06, &P07, &P08];

/// Declares a rule of the family.
macro_rules! claim_rule {
    ($id:ident, $name:literal, $severity:ident, $title:literal, $explanation:literal,
     wrong: $wrong:expr, right: $right:expr, unknown: $unknown:expr) => {
        pub(super) static $id: Rule = Rule {
            id: stringify!($id),
            name: $name,
            severity: Severity::$severity,
            basis: Basis::Form,
            title: $title,
            explanation: $explanation,
            wrong: $wrong,
            right: $right,
            unknown: $unknown,
            run: |facts, review| compare(&$id, facts, review),
        };
    };
}

claim_rule!(P01, "received-differs", Warning,
    "正文里收到、新收、受理申请的件数与表三一致",
    "正文写的“收到（新收、受理）申请……件”要与表三对得上。“收到”有几种口径：本年新收；新收加上年结转；办理结果总计加结转下年。\
     与其中任何一种一致都算对，都对不上才提示。写“新收”的只与“一、本年新收”比。",
    wrong: &[&[("overview", "2025年，我镇新收政府信息公开申请17件。"), ("requests/received/total", "71")]],
    right: &[
        &[("overview", "2025年，我镇新收政府信息公开申请17件。"), ("requests/received/total", "17")],
        &[
            ("overview", "2025年，我镇收到政府信息公开申请17件。"),
            ("requests/received/total", "15"),
            ("requests/carried_in/total", "2"),
        ],
        &[("overview", "2025年，我镇受理信访事项17件，办结12345热线工单203件。")],
    ],
    unknown: &[&[("overview", "2025年，我镇新收政府信息公开申请17件。"), ("requests/received/total", "")]]
);

claim_rule!(P02, "carry-over-differs", Warning,
    "正文里的上年结转、结转下年与表三一致",
    "正文写的“上年结转……件”“结转下年……件”，分别与表三“二、上年结转”“四、结转下年度继续办理”的总计一致。",
    wrong: &[&[("overview", "我镇新收政府信息公开申请8件，上年结转2件。"), ("requests/carried_in/total", "0")]],
    right: &[&[
        ("overview", "政府信息公开申请中，2024年结转至2025年的2件已办结，结转至2026年办理的3件。"),
        ("requests/carried_in/total", "2"),
        ("requests/carried_out/total", "3"),
    ]],
    unknown: &[&[("overview", "上年结转政府信息公开申请2件。"), ("requests/carried_in/total", "")]]
);

claim_rule!(P03, "outcome-differs", Warning,
    "正文里的办结、答复和各类办理结果与表三一致",
    "正文写的办结（答复）总数，予以公开、部分公开、不予公开、无法提供、不予处理、其他处理的件数，以及具体情形的件数，\
     要与表三第三部分的总计列一致。",
    wrong: &[
        &[
            ("overview", "办结政府信息公开申请9件，其中予以公开5件。"),
            ("requests/concluded/total", "9"),
            ("requests/granted/total", "4"),
        ],
        &[
            ("overview", "办结政府信息公开申请9件，其中予以公开5件。"),
            ("requests/concluded/total", "9"),
            ("requests/granted/natural_person", "12"),
            ("requests/granted/total", ""),
        ],
    ],
    right: &[&[
        ("overview", "办结政府信息公开申请9件，其中予以公开5件。"),
        ("requests/concluded/total", "9"),
        ("requests/granted/total", "5"),
    ]],
    unknown: &[
        &[("overview", "办结政府信息公开申请9件。"), ("requests/concluded/total", "约9")],
        &[
            ("overview", "办结政府信息公开申请9件，其中予以公开5件。"),
            ("requests/concluded/total", "9"),
            ("requests/granted/total", ""),
        ],
    ]
);

claim_rule!(P04, "applicants-differ", Warning,
    "正文里各类申请人的件数与表三一致",
    "正文写的自然人、法人或其他组织、商业企业等提出申请的件数，要与表三各列一致（本年新收，或新收加上年结转）。",
    wrong: &[&[
        ("overview", "收到政府信息公开申请，其中自然人申请21件。"),
        ("requests/received/natural_person", "12"),
        ("requests/carried_in/natural_person", "0"),
        ("requests/concluded/natural_person", "12"),
        ("requests/carried_out/natural_person", "0"),
    ]],
    right: &[&[
        ("overview", "收到政府信息公开申请，其中自然人申请21件。"),
        ("requests/received/natural_person", "21"),
    ]],
    unknown: &[&[
        ("overview", "收到政府信息公开申请，其中自然人申请21件。"),
        ("requests/received/natural_person", ""),
        ("requests/concluded/natural_person", ""),
    ]]
);

claim_rule!(P05, "disputes-differ", Warning,
    "正文里行政复议、行政诉讼的件数和结果与表四一致",
    "正文写的因政府信息公开被申请行政复议、被提起行政诉讼的件数和结果，要与表四一致；写“均获维持”的，\
     表四就不应有纠正、其他结果或者尚未审结的。本机关作为复议机关办理的案件、其他类别的案件不在此列。",
    wrong: &[&[
        ("overview", "因政府信息公开被申请行政复议3件，均获维持。"),
        ("disputes/reconsideration/total", "3"),
        ("disputes/reconsideration/pending", "1"),
    ]],
    right: &[
        &[
            ("overview", "因政府信息公开被申请行政复议3件。"),
            ("disputes/reconsideration/total", "3"),
        ],
        &[("overview", "我镇履行行政复议职责，受理行政复议案件89件。")],
    ],
    unknown: &[&[("overview", "因政府信息公开被申请行政复议3件。"), ("disputes/reconsideration/total", "")]]
);

claim_rule!(P06, "documents-differ", Warning,
    "正文里规章、规范性文件的件数与表二一致",
    "正文写的规章、行政规范性文件制发、废止、现行有效的件数，要与表二一致。",
    wrong: &[&[("overview", "制发行政规范性文件2件。"), ("proactive/normative_documents/issued", "3")]],
    right: &[&[("overview", "制发行政规范性文件2件。"), ("proactive/normative_documents/issued", "2")]],
    unknown: &[&[("overview", "制发行政规范性文件2件。"), ("proactive/normative_documents/issued", "")]]
);

claim_rule!(P07, "decisions-differ", Info,
    "正文里许可、处罚、强制的件数和收费金额与表二一致",
    "正文写的行政许可、行政处罚、行政强制件数和行政事业性收费金额，要与表二一致；口径不同的，在正文里说明。",
    wrong: &[&[("overview", "作出行政处罚决定52件。"), ("proactive/penalties/decisions", "25")]],
    right: &[
        &[("overview", "作出行政处罚决定52件。"), ("proactive/penalties/decisions", "52")],
        &[("overview", "收取行政事业性收费251000元。"), ("proactive/fees/amount", "25.1")],
    ],
    unknown: &[&[("overview", "作出行政处罚决定52件。"), ("proactive/penalties/decisions", "/")]]
);

claim_rule!(P08, "none-but-some", Warning,
    "正文说没有的，表里是零；表里是零的，正文不说有",
    "正文写“未收到申请”“未发生行政复议、行政诉讼”“没有制发规范性文件”，表里相应的格应当是 0；整张表都是 0 的，\
     正文也不应写收到申请或者发生复议诉讼。",
    wrong: &[
        &[
            ("overview", "全年未收到政府信息公开申请。"),
            ("requests/received/total", "1"),
            ("requests/concluded/total", "1"),
        ],
        &[("overview", "未发生行政复议、行政诉讼。"), ("disputes/direct_suit/total", "1")],
    ],
    right: &[
        &[
            ("overview", "全年未收到政府信息公开申请。"),
            ("requests/received/total", "0"),
        ],
        &[("overview", "全年未收到对政府信息公开工作的投诉举报。")],
    ],
    unknown: &[&[
        ("overview", "全年未收到政府信息公开申请。"),
        ("requests/received/total", "约1"),
        ("requests/concluded/total", "约1"),
    ]]
);
