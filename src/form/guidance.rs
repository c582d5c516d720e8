//! What belongs in a cell: what its row and its column mean, by which article, and how they are got wrong.
//!
//! It is there to be read. Which numbers are wrong is the rules' affair.

use super::Cell;
use super::terms::{Column, Field, Row, Section};

/// What somebody who fills in a row or a column should know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Guidance {
    /// What is counted here.
    pub meaning: &'static str,
    /// The article that it follows, of the regulations (条例) unless another text is named.
    pub basis: &'static str,
    /// How it is usually got wrong.
    pub mistake: &'static str,
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

const ROWS: &[(Row, Guidance)] = &[
    line(
        Row::Regulations,
        "本机关制定的规章。只有国务院部门、省级政府、设区的市和自治州政府有权制定。",
        "第二十条第（一）项",
        "县级以下机关、市级部门填了数，多半是把规范性文件填到了这一行。",
    ),
    line(
        Row::NormativeDocuments,
        "本机关制定并公布、对外有普遍约束力的行政规范性文件。内部制度、会议纪要、人事任免不算。",
        "第二十条第（一）项",
        "现行有效件数忘了把上年的加进来：现行有效 = 上年现行有效 + 本年制发 - 本年废止。",
    ),
    line(
        Row::Licenses,
        "本机关一年里作出的行政许可处理决定，准予的和不予的都算。",
        "第二十条第（五）项",
        "填成了许可事项的项数：这里要的是决定的件数。",
    ),
    line(
        Row::OtherServices,
        "许可以外的对外管理服务事项的处理决定（2019 年表样）。",
        "第二十条第（五）项",
        "填成了事项的项数：这里要的是决定的件数。",
    ),
    line(
        Row::Penalties,
        "本机关一年里作出的行政处罚决定。",
        "第二十条第（六）项",
        "只数了网上公示的：没有公示的决定也要算。",
    ),
    line(
        Row::Compulsion,
        "本机关一年里作出的行政强制决定，包括强制措施和强制执行。",
        "第二十条第（六）项",
        "与行政处罚合在一起填了。",
    ),
    line(
        Row::Fees,
        "本机关一年里收取的行政事业性收费金额，单位是万元。",
        "第二十条第（八）项",
        "按元填了，大了一万倍；或者填成了收费项目的个数。",
    ),
    line(
        Row::Procurement,
        "政府集中采购的项目数和总金额（2019 年表样）。",
        "第二十条第（九）项",
        "金额的单位是万元。",
    ),
    line(
        Row::Received,
        "一年里新收到的政府信息公开申请，按收到的日期算，不管办完没有。",
        "第二十七条、第二十九条、第三十一条",
        "把上年没有办完的也算进来：那些填在下一行。",
    ),
    line(
        Row::CarriedIn,
        "上年收到、上年没有办完的申请。与上年报告的“结转下年度继续办理”一格一格相同。",
        DECREE,
        "忘了填，或者只填了总计。",
    ),
    line(
        Row::Granted,
        "全部给了申请人的，包括已经主动公开、告知了获取方式和途径的。",
        "第三十六条第（一）、（二）项",
        "把告知“已主动公开”的填到了别的行。",
    ),
    line(
        Row::GrantedInPart,
        "一件申请里有的给、有的不给，作了区分处理的。",
        "第三十七条",
        "同一件又在“不予公开”里算了一次：区分处理的只计在这一行。",
    ),
    line(
        Row::StateSecret,
        "依法确定为国家秘密的。",
        "第十四条",
        "内部资料、工作秘密不是国家秘密，不填在这里。",
    ),
    line(
        Row::BarredByLaw,
        "法律、行政法规写明禁止公开的。",
        "第十四条",
        "依据是地方性法规、规章或者文件的，不填在这里。",
    ),
    line(
        Row::SecurityAndStability,
        "公开后可能危及国家安全、公共安全、经济安全、社会稳定的。",
        "第十四条",
        "只是敏感、怕引起议论，不是这一条。",
    ),
    line(
        Row::ThirdPartyRights,
        "涉及商业秘密、个人隐私等，公开会损害第三方合法权益，第三方不同意，不公开也不会对公共利益造成重大影响的。",
        "第十五条、第三十二条",
        "没有征求第三方意见；或者第三方同意、只隐去了一部分，那是“部分公开”。",
    ),
    line(
        Row::InternalAffairs,
        "人事管理、后勤管理、内部工作流程这三类内部事务信息。",
        "第十六条第一款",
        "与下一行“四类过程性信息”填混了。",
    ),
    line(
        Row::Deliberative,
        "讨论记录、过程稿、磋商信函、请示报告这四类过程性信息。",
        "第十六条第二款",
        "与上一行“三类内部事务信息”填混了。",
    ),
    line(
        Row::EnforcementFiles,
        "行政执法案卷里的信息。",
        "第十六条第二款",
        "处罚决定书本身依法要公开的，不算案卷。",
    ),
    line(
        Row::AdministrativeInquiry,
        "工商登记、不动产登记等，法律、行政法规对查询另有规定，告知申请人照规定去查的。",
        "第三十六条第（七）项",
        "填到了“本机关不掌握”：这些信息本机关有，只是要按另外的规定查。",
    ),
    line(
        Row::NotHeld,
        "本机关没有制作、没有获取，也没有保存的；不属于本机关负责公开的也在这里。",
        "第三十六条第（四）、（五）项",
        "没有检索就答复不存在。",
    ),
    line(
        Row::NotExisting,
        "没有现成的信息，要另外加工、分析才有的。",
        "第三十八条",
        "与上一行填混了：这一行说的是有原始材料、没有现成的信息。",
    ),
    line(
        Row::Unclear,
        "通知补正，申请人补正了，内容还是不明确的。",
        "第三十条",
        "申请人一直没有补正的，填在“其他处理”的第 1 行。",
    ),
    line(
        Row::Petition,
        "用申请公开的形式信访、举报、投诉，告知了另外的渠道的。",
        "第三十九条第一款",
        "申请的是有关信访的信息，不一定是信访。",
    ),
    line(
        Row::Repeated,
        "已经答复过，同一个人又申请同样的信息的。",
        "第三十六条第（六）项",
        "不同的人申请同样的信息，不算重复。",
    ),
    line(
        Row::Publications,
        "要政府公报、报刊、书籍等公开出版物，告知了获取途径的。",
        "第三十九条第二款",
        "填到了“予以公开”。",
    ),
    line(
        Row::Excessive,
        "数量、频次明显超过合理范围，说明的理由又不合理，不予处理的。",
        "第三十五条",
        "没有要求说明理由；或者收了信息处理费后办了的，按办的结果填。",
    ),
    line(
        Row::ConfirmOrReissue,
        "要求确认手里的信息，或者把已经拿到的再出具一次的。",
        DECREE,
        "填到了“重复申请”。",
    ),
    line(
        Row::OtherHandling,
        "以上都不是的其他处理（2019 年表样）。",
        "国办公开办函〔2019〕60号附件",
        "能归到前面各行的不填在这里。",
    ),
    line(
        Row::CorrectionOverdue,
        "通知补正，申请人没有正当理由逾期不补正，不再处理的。",
        "第三十条",
        "补正了仍不明确的，填在“无法提供”的第 3 行。",
    ),
    line(
        Row::FeeOverdue,
        "发了收费通知，申请人逾期没有缴信息处理费，不再处理的。",
        "第四十二条；《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
        "这里有数，第六部分就要写发出过收费通知。",
    ),
    line(
        Row::HandledOtherwise,
        "以上各行都归不进去的，如申请人自己撤回的。",
        DECREE,
        "填得太多：能归到前面各行的先归。",
    ),
    line(Row::Concluded, "一年里办完的：（一）至（六）各行之和。", DECREE, "改了前面的数，忘了改总计。"),
    line(
        Row::CarriedOut,
        "到 12 月 31 日还没有答复的，转到下年办。新收 + 上年结转 = 总计 + 结转下年。",
        DECREE,
        "忘了填，四个数对不上。",
    ),
    line(
        Row::Reconsideration,
        "一年里因政府信息公开被申请的行政复议，本机关是被申请人的。",
        "第五十一条",
        "把本机关作为复议机关办的也算进来了。",
    ),
    line(
        Row::DirectSuit,
        "没有经过复议、直接起诉到法院的政府信息公开案件。",
        "第五十一条；《行政复议法》第二十三条",
        "2024 年起，对不予公开不服的要先复议，这几格通常是 0。",
    ),
    line(
        Row::SuitAfterReconsideration,
        "先复议、对复议决定不服再起诉的政府信息公开案件。",
        "第五十一条；《行政复议法》第二十三条",
        "与左边“未经复议直接起诉”填混了。",
    ),
];

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
