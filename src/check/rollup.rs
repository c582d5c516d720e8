//! R01 to R04: a county's report over its units.
//!
//! They need the reports of all units, so they find nothing in one report by itself; what they find is worked out where
//! the total is, in [`rollup::compare`](crate::rollup::compare).

use super::{Basis, Rule, Severity};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&R01, &R02, &R03, &R04];

/// R01: each cell is the sum of the units.
pub static R01: Rule = Rule {
    id: "R01",
    name: "not-the-sum",
    severity: Severity::Warning,
    basis: Basis::Practice,
    title: "汇总报告的每一格 = 各单位之和 ± 写明理由的调整（rollup --against 核对）",
    explanation: "用 nianbao rollup --against 把县里（市里）自己的报告与各单位之和逐格相比。差额正好是某个单位的数时会指出来：\
                  多出一份的多半是重复计算，少一份的多半是漏了。口径确有不同的，在调整表里写明位置、数和理由。",
    wrong: &[
        &[("unit:requests/received/business", "1")],
        &[("proactive/licenses/decisions", "121"), ("unit:proactive/licenses/decisions", "3")],
    ],
    right: &[
        &[],
        &[
            ("proactive/licenses/decisions", "123"),
            ("own:proactive/licenses/decisions", "120"),
            ("unit:proactive/licenses/decisions", "3"),
        ],
    ],
    unknown: &[&[("unit:proactive/licenses/decisions", "/")]],
    run: |_, _| {},
};

/// R02: every unit has one report.
pub static R02: Rule = Rule {
    id: "R02",
    name: "unit-missing",
    severity: Severity::Error,
    basis: Basis::Regulations("第四十九条"),
    title: "名册上的每个单位都有一份报告，也只有一份（rollup 核对）",
    explanation: "用 nianbao rollup --units 按名册核对：缺报的、同一单位同一年度有两份而数不同的，都没有计入合计，请催报或者问清用哪一份。\
                  没有名册就看不出谁缺报。",
    wrong: &[&[("unit:", "")]],
    right: &[&[]],
    unknown: &[],
    run: |_, _| {},
};

/// R03: what the units carried over last year is what they carry in this year.
pub static R03: Rule = Rule {
    id: "R03",
    name: "carry-over-across-units",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "各单位上年结转之和 = 上年各单位结转下年度之和（rollup 核对）",
    explanation: "文件夹里也有各单位上年的报告时，逐列核对结转，并列出差在哪些单位。合并、更名的单位按名册里的原名与上年对上；\
                  被撤并单位没办结的申请要由接手的单位结转。",
    wrong: &[&[("last:requests/carried_out/natural_person", "9")]],
    right: &[&[]],
    unknown: &[&[("last:", "")]],
    run: |_, _| {},
};

/// R04: what several units have taken part in is counted once.
pub static R04: Rule = Rule {
    id: "R04",
    name: "double-count",
    severity: Severity::Info,
    basis: Basis::Statute("国办公开办函〔2016〕201号"),
    title: "联合发文、转办的申请、共同被告的案件没有在几个单位重复计算（rollup 核对）",
    explanation: "几个单位的正文说到联合印发文件、移送或转办申请、共同被告时列出来：同一件事几个单位都计了数的，合计里就重复了。\
                  请核对；确实重复的，在调整表里减去并写明理由。",
    wrong: &[
        &[
            ("unit:overview", "2025年，与县财政局联合印发行政规范性文件1件。"),
            ("unit:proactive/normative_documents/issued", "1"),
        ],
        &[("unit:overview", "2025年，有1件行政诉讼为共同被告。"), ("unit:disputes/direct_suit/pending", "1")],
    ],
    right: &[
        &[],
        &[
            ("unit:overview", "2025年，没有联合印发文件。"),
            ("unit:proactive/normative_documents/issued", "0"),
        ],
    ],
    unknown: &[],
    run: |_, _| {},
};
