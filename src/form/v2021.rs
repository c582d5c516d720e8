//! The form in force: 国办公开办函〔2021〕30号, for report years from 2021 on. 200 cells, 42 sums.

use super::Line::{Group, Leaf, Total};
use super::terms::{Column, Row, Section};
use super::{Balance, Block, Decree, Heading, Layout, Line, Table};

/// The decree of 2021-09-26.
pub const DECREE: Decree = Decree {
    key: "2021",
    document: "国办公开办函〔2021〕30号",
    first_year: 2021,
    last_year: None,
    headings: &HEADINGS,
    tables: &[
        Table { section: Section::Proactive, layout: Layout::Down, blocks: PROACTIVE, balance: None },
        Table {
            section: Section::Requests,
            layout: Layout::Down,
            blocks: &[Block { caption: "", corner: CORNER, rows: REQUEST_ROWS, columns: APPLICANTS }],
            balance: Some(BALANCE),
        },
        Table {
            section: Section::Disputes,
            layout: Layout::Across,
            blocks: &[Block { caption: "", corner: "", rows: DISPUTES, columns: RESULTS }],
            balance: None,
        },
    ],
};

/// The six sections, which both decrees share.
pub(super) const HEADINGS: [Heading; 6] = [
    Heading {
        section: Section::Overview, numeral: "一", title: "总体情况", variants: &["工作总体推进情况"]
    },
    Heading {
        section: Section::Proactive, numeral: "二", title: "主动公开政府信息情况", variants: &[]
    },
    Heading {
        section: Section::Requests,
        numeral: "三",
        title: "收到和处理政府信息公开申请情况",
        variants: &[],
    },
    Heading {
        section: Section::Disputes,
        numeral: "四",
        title: "政府信息公开行政复议、行政诉讼情况",
        variants: &["因政府信息公开工作被申请行政复议、提起行政诉讼情况"],
    },
    Heading {
        section: Section::Problems,
        numeral: "五",
        title: "存在的主要问题及改进情况",
        variants: &["政府信息公开工作存在的主要问题及改进情况", "存在问题及改进情况", "存在的问题及改进措施"],
    },
    Heading {
        section: Section::OtherMatters, numeral: "六", title: "其他需要报告的事项", variants: &[]
    },
];

const PROACTIVE: &[Block] = &[
    Block {
        caption: "第二十条第（一）项",
        corner: "信息内容",
        rows: &[Leaf(Row::Regulations, "规章"), Leaf(Row::NormativeDocuments, "行政规范性文件")],
        columns: &[
            Leaf(Column::Issued, "本年制发件数"),
            Leaf(Column::Repealed, "本年废止件数"),
            Leaf(Column::InForce, "现行有效件数"),
        ],
    },
    Block {
        caption: "第二十条第（五）项",
        corner: "信息内容",
        rows: &[Leaf(Row::Licenses, "行政许可")],
        columns: &[Leaf(Column::Decisions, "本年处理决定数量")],
    },
    Block {
        caption: "第二十条第（六）项",
        corner: "信息内容",
        rows: &[Leaf(Row::Penalties, "行政处罚"), Leaf(Row::Compulsion, "行政强制")],
        columns: &[Leaf(Column::Decisions, "本年处理决定数量")],
    },
    Block {
        caption: "第二十条第（八）项",
        corner: "信息内容",
        rows: &[Leaf(Row::Fees, "行政事业性收费")],
        columns: &[Leaf(Column::Amount, "本年收费金额（单位：万元）")],
    },
];

/// The corner of table 3, which prints the one formula of the form.
pub(super) const CORNER: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";

/// That formula.
pub(super) const BALANCE: Balance =
    Balance { left: [Row::Received, Row::CarriedIn], right: [Row::Concluded, Row::CarriedOut] };

const REQUEST_ROWS: &[Line<Row>] = &[
    RECEIVED,
    CARRIED_IN,
    Group(
        "三、本年度办理结果",
        &[
            GRANTED,
            GRANTED_IN_PART,
            REFUSED,
            NOT_AVAILABLE,
            NOT_PROCESSED,
            Group(
                "（六）其他处理",
                &[
                    Leaf(
                        Row::CorrectionOverdue,
                        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                    ),
                    Leaf(
                        Row::FeeOverdue,
                        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
                    ),
                    Leaf(Row::HandledOtherwise, "3.其他"),
                ],
            ),
            CONCLUDED,
        ],
    ),
    CARRIED_OUT,
];

// The rows of table 3 that both decrees share, in the order of the form.
pub(super) const RECEIVED: Line<Row> = Leaf(Row::Received, "一、本年新收政府信息公开申请数量");
pub(super) const CARRIED_IN: Line<Row> = Leaf(Row::CarriedIn, "二、上年结转政府信息公开申请数量");
pub(super) const GRANTED: Line<Row> = Leaf(Row::Granted, "（一）予以公开");
pub(super) const GRANTED_IN_PART: Line<Row> =
    Leaf(Row::GrantedInPart, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）");
pub(super) const REFUSED: Line<Row> = Group(
    "（三）不予公开",
    &[
        Leaf(Row::StateSecret, "1.属于国家秘密"),
        Leaf(Row::BarredByLaw, "2.其他法律行政法规禁止公开"),
        Leaf(Row::SecurityAndStability, "3.危及“三安全一稳定”"),
        Leaf(Row::ThirdPartyRights, "4.保护第三方合法权益"),
        Leaf(Row::InternalAffairs, "5.属于三类内部事务信息"),
        Leaf(Row::Deliberative, "6.属于四类过程性信息"),
        Leaf(Row::EnforcementFiles, "7.属于行政执法案卷"),
        Leaf(Row::AdministrativeInquiry, "8.属于行政查询事项"),
    ],
);
pub(super) const NOT_AVAILABLE: Line<Row> = Group(
    "（四）无法提供",
    &[
        Leaf(Row::NotHeld, "1.本机关不掌握相关政府信息"),
        Leaf(Row::NotExisting, "2.没有现成信息需要另行制作"),
        Leaf(Row::Unclear, "3.补正后申请内容仍不明确"),
    ],
);
pub(super) const NOT_PROCESSED: Line<Row> = Group(
    "（五）不予处理",
    &[
        Leaf(Row::Petition, "1.信访举报投诉类申请"),
        Leaf(Row::Repeated, "2.重复申请"),
        Leaf(Row::Publications, "3.要求提供公开出版物"),
        Leaf(Row::Excessive, "4.无正当理由大量反复申请"),
        Leaf(Row::ConfirmOrReissue, "5.要求行政机关确认或重新出具已获取信息"),
    ],
);
pub(super) const CONCLUDED: Line<Row> = Total(Row::Concluded, "（七）总计");
pub(super) const CARRIED_OUT: Line<Row> = Leaf(Row::CarriedOut, "四、结转下年度继续办理");

/// The columns of table 3.
pub(super) const APPLICANTS: &[Line<Column>] = &[Group(
    "申请人情况",
    &[
        Leaf(Column::NaturalPerson, "自然人"),
        Group(
            "法人或其他组织",
            &[
                Leaf(Column::Business, "商业企业"),
                Leaf(Column::Research, "科研机构"),
                Leaf(Column::PublicInterest, "社会公益组织"),
                Leaf(Column::LegalService, "法律服务机构"),
                Leaf(Column::OtherOrganization, "其他"),
            ],
        ),
        Total(Column::Total, "总计"),
    ],
)];

/// The three blocks of table 4, which stand side by side.
pub(super) const DISPUTES: &[Line<Row>] = &[
    Leaf(Row::Reconsideration, "行政复议"),
    Group(
        "行政诉讼",
        &[Leaf(Row::DirectSuit, "未经复议直接起诉"), Leaf(Row::SuitAfterReconsideration, "复议后起诉")],
    ),
];

/// The columns of each block of table 4.
pub(super) const RESULTS: &[Line<Column>] = &[
    Leaf(Column::Upheld, "结果维持"),
    Leaf(Column::Corrected, "结果纠正"),
    Leaf(Column::Other, "其他结果"),
    Leaf(Column::Pending, "尚未审结"),
    Total(Column::Total, "总计"),
];
