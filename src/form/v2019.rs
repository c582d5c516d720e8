//! The trial form: 国办公开办函〔2019〕60号, for report years 2019 and 2020. 198 cells, 40 sums.

use super::Line::{Group, Leaf};
use super::terms::{Column, Row, Section};
use super::v2021::{
    APPLICANTS, BALANCE, CARRIED_IN, CARRIED_OUT, CONCLUDED, CORNER, DISPUTES, GRANTED, GRANTED_IN_PART,
    HEADINGS, NOT_AVAILABLE, NOT_PROCESSED, RECEIVED, REFUSED, RESULTS,
};
use super::{Block, Decree, Layout, Line, Table};

/// The decree of 2019.
pub const DECREE: Decree = Decree {
    key: "2019",
    document: "国办公开办函〔2019〕60号",
    first_year: 2019,
    last_year: Some(2020),
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

const DECISIONS: &[Line<Column>] = &[
    Leaf(Column::Previous, "上一年项目数量"),
    Leaf(Column::Change, "本年增/减"),
    Leaf(Column::Decisions, "处理决定数量"),
];

const PROACTIVE: &[Block] = &[
    Block {
        caption: "第二十条第（一）项",
        corner: "信息内容",
        rows: &[Leaf(Row::Regulations, "规章"), Leaf(Row::NormativeDocuments, "规范性文件")],
        columns: &[
            Leaf(Column::Produced, "本年新制作数量"),
            Leaf(Column::Disclosed, "本年新公开数量"),
            Leaf(Column::TotalDisclosed, "对外公开总数量"),
        ],
    },
    Block {
        caption: "第二十条第（五）项",
        corner: "信息内容",
        rows: &[Leaf(Row::Licenses, "行政许可"), Leaf(Row::OtherServices, "其他对外管理服务事项")],
        columns: DECISIONS,
    },
    Block {
        caption: "第二十条第（六）项",
        corner: "信息内容",
        rows: &[Leaf(Row::Penalties, "行政处罚"), Leaf(Row::Compulsion, "行政强制")],
        columns: DECISIONS,
    },
    Block {
        caption: "第二十条第（八）项",
        corner: "信息内容",
        rows: &[Leaf(Row::Fees, "行政事业性收费")],
        columns: &[Leaf(Column::Previous, "上一年项目数量"), Leaf(Column::Change, "本年增/减")],
    },
    Block {
        caption: "第二十条第（九）项",
        corner: "信息内容",
        rows: &[Leaf(Row::Procurement, "政府集中采购")],
        columns: &[Leaf(Column::Projects, "采购项目数量"), Leaf(Column::Amount, "采购总金额")],
    },
];

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
            Leaf(Row::OtherHandling, "（六）其他处理"),
            CONCLUDED,
        ],
    ),
    CARRIED_OUT,
];
