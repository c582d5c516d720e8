//! What belongs in a cell: what its row and its column mean, by which article, and how they are got wrong.
//!
//! It is there to be read. Which numbers are wrong is the rules' affair.

mod rows;

use rows::ROWS;

use super::Cell;
use super::terms::{Column, Field, Section};

/// What somebody who fills in a row or a column should know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Guidance {
    /// What is counted here.
    pub meaning: &'static str,
    /// The article that it follows, of the regulations unless another text is named.
    basis: &'static str,
    /// How it is usually got wrong.
    pub mistake: &'static str,
}

impl Guidance {
    /// The article that it follows, with the text that it is of.
    pub fn cited(self) -> String {
        format!("{}{}", if self.basis.starts_with('第') { "条例" } else { "" }, self.basis)
    }

    /// How it is usually got wrong, as a sentence.
    pub fn warned(self) -> String {
        format!("常见的错：{}", self.mistake)
    }
}

impl Cell {
    /// What its row counts.
    pub fn guidance(self) -> Guidance {
        of(ROWS, self.row)
    }

    /// Whose numbers, or which of them, its column takes.
    pub fn column_guidance(self) -> Guidance {
        of(COLUMNS, self.column)
    }
}

impl Field {
    /// What is written there.
    pub fn guidance(self) -> Guidance {
        of(FIELDS, self)
    }
}

impl Section {
    /// What its prose tells; of a table, what it counts.
    pub fn guidance(self) -> Guidance {
        of(SECTIONS, self)
    }
}

fn of<T: Copy + PartialEq>(known: &[(T, Guidance)], sought: T) -> Guidance {
    let found = known.iter().find(|(term, _)| *term == sought);
    found.map_or(Guidance { meaning: "", basis: "", mistake: "" }, |(_, guidance)| *guidance)
}

const fn line<T: Copy>(
    term: T,
    meaning: &'static str,
    basis: &'static str,
    mistake: &'static str,
) -> (T, Guidance) {
    (term, Guidance { meaning, basis, mistake })
}

/// The decree by which the tables are filled in.
const DECREE: &str = "国办公开办函〔2021〕30号附件";

const COLUMNS: &[(Column, Guidance)] = &[
    line(Column::Issued, "一年里新制定公布的件数。", DECREE, "把转发上级的文件也算进来了。"),
    line(Column::Repealed, "一年里宣布废止、失效的件数，不管是哪年制定的。", DECREE, "只数了当年制定的。"),
    line(Column::InForce, "到 12 月 31 日还有效的件数，历年制定的都算。", DECREE, "填成了当年制发的件数。"),
    line(Column::Produced, "一年里新制作的件数（2019 年表样）。", DECREE, "与新公开数量填反了。"),
    line(Column::Disclosed, "一年里新公开的件数（2019 年表样）。", DECREE, "与新制作数量填反了。"),
    line(Column::TotalDisclosed, "到年底对外公开的总件数（2019 年表样）。", DECREE, "只填了当年的。"),
    line(Column::Previous, "上年的项目数量（2019 年表样）。", DECREE, "与上年报告不一致。"),
    line(
        Column::Change,
        "比上年增加或者减少的项目数量，减少的写负数（2019 年表样）。",
        DECREE,
        "减少的忘了写负号。",
    ),
    line(Column::Decisions, "一年里作出处理决定的件数。", DECREE, "填成了事项的项数。"),
    line(Column::Projects, "采购项目的个数（2019 年表样）。", DECREE, "填成了金额。"),
    line(Column::Amount, "金额，单位是万元，可以有小数。", DECREE, "按元填了。"),
    line(Column::NaturalPerson, "以个人名义申请的。", DECREE, "单位的经办人替单位申请的，算单位的。"),
    line(
        Column::Business,
        "公司、个人独资企业、合伙企业等以营利为目的的。",
        DECREE,
        "个体工商户填法各地不一，请问主管部门。",
    ),
    line(Column::Research, "高等学校、科研院所等。", DECREE, "学校填到了“其他”。"),
    line(
        Column::PublicInterest,
        "社会团体、基金会、民办非企业单位等公益组织。",
        DECREE,
        "村民委员会、居民委员会不在这一列。",
    ),
    line(
        Column::LegalService,
        "律师事务所、公证处等以自己的名义申请的。",
        DECREE,
        "律师代理当事人申请的，按当事人算。",
    ),
    line(Column::OtherOrganization, "以上都不是的法人和其他组织。", DECREE, "能归到前面各列的先归。"),
    line(Column::Upheld, "维持原行政行为，或者驳回了请求的。", DECREE, "申请人撤回的填在“其他结果”。"),
    line(Column::Corrected, "撤销、变更、确认违法、责令重新答复的。", DECREE, "纠正了一部分的也在这一列。"),
    line(Column::Other, "撤回、终止、调解等以其他方式结束的。", DECREE, "还没有结果的填在“尚未审结”。"),
    line(Column::Pending, "到 12 月 31 日还没有结果的。", DECREE, "年底还没有结果的忘了填。"),
    line(Column::Total, "这一行各列之和。", DECREE, "改了前面的数，忘了改总计。"),
];

const FIELDS: &[(Field, Guidance)] = &[
    line(
        Field::Agency,
        "报告机关的全称，与公章一致。",
        "第四十九条、第五十条",
        "写成了简称，或者漏了“人民政府”。",
    ),
    line(Field::ShortName, "正文里用的简称，如某某镇；没有的不填。", DECREE, "填成了内设机构。"),
    line(Field::Level, "机关的层级：决定什么时候公布、哪些行该有数。", "第四十九条", "街道选成了乡镇。"),
    line(Field::Year, "报告的年度，就是数据的那一年，不是公布的那一年。", "第四十九条", "填成了公布的年份。"),
    line(
        Field::Title,
        "机关全称 + 年份 + 年政府信息公开工作年度报告。",
        DECREE,
        "沿用上年的文件，年份没有改。",
    ),
    line(
        Field::Published,
        "向社会公布的日期，也是落款的日期。县级以上部门在 1 月 31 日前，县级以上政府在 3 月 31 日前，乡镇、街道依各地规定。",
        "第四十九条",
        "还没有到年底就写了当年的日期。",
    ),
    line(
        Field::Totals,
        "总计是自动算出来的，还是手工填、由程序核对的。",
        DECREE,
        "改为自动计算以后还去改总计。",
    ),
];

const SECTIONS: &[(Section, Guidance)] = &[
    line(
        Section::Lead,
        "正文之前的一段：依据什么编制、统计期限、怎么联系；可以不写。",
        "第五十条",
        "期限不是报告年度的 1 月 1 日至 12 月 31 日。",
    ),
    line(
        Section::Overview,
        "主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面的情况；各级人民政府还要写工作考核、社会评议和责任追究的结果。",
        "第五十条；国办公开办函〔2021〕30号附件",
        "数与下面的表不一致；沿用上年的稿子，年份、机关名称没有改。",
    ),
    line(
        Section::Proactive,
        "主动公开的规章、规范性文件、许可、处罚、强制和收费。",
        "第二十条",
        "不是本机关的事项也填了数。",
    ),
    line(
        Section::Requests,
        "收到的申请和怎样答复的，按申请人分列。",
        "第五十条第（二）项",
        "总计与各列、各行对不上。",
    ),
    line(
        Section::Disputes,
        "因政府信息公开被申请行政复议、被起诉的情况。",
        "第五十条第（三）项",
        "总计与各种结果对不上。",
    ),
    line(
        Section::Problems,
        "今年存在的主要问题，和打算怎样改进；上年说要改的，写改得怎样。",
        "第五十条第（四）项",
        "只写问题，不写改进；与上年一字不差。",
    ),
    line(
        Section::OtherMatters,
        "其他要报告的事。信息处理费：发出过收费通知的写明件数、金额和收取情况，没有的写明没有。",
        "第五十条第（五）项；《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
        "空着不写。",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::form::terms::Row;

    #[test]
    fn whoever_fills_in_any_cell_of_any_form_is_told_what_belongs_there() {
        for info in Form::all().iter().flat_map(Form::cells) {
            for guidance in [info.cell.guidance(), info.cell.column_guidance()] {
                let said = [guidance.meaning, guidance.mistake];
                assert!(said.iter().all(|text| text.ends_with('。')), "{:?}: {guidance:?}", info.cell);
                assert!(guidance.basis.contains('条') || guidance.basis.contains('号'), "{guidance:?}");
            }
        }
        let terms =
            ROWS.iter().map(|(row, _)| row.key()).chain(COLUMNS.iter().map(|(column, _)| column.key()));
        let terms: Vec<&str> = terms.collect();
        assert_eq!(terms.len(), Row::ALL.len() + Column::ALL.len(), "each stands there once");
    }
}
