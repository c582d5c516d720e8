//! The words themselves, by meaning, and the rows and columns that a word may stand for.

use super::Word;
use crate::form::terms::{Column, Row};

use Column as C;
use Row as R;

/// The rows of （三）不予公开.
const REFUSED: &[Row] = &[
    R::StateSecret,
    R::BarredByLaw,
    R::SecurityAndStability,
    R::ThirdPartyRights,
    R::InternalAffairs,
    R::Deliberative,
    R::EnforcementFiles,
    R::AdministrativeInquiry,
];
/// The rows of （四）无法提供.
pub(in crate::prose) const NOT_AVAILABLE: &[Row] = &[R::NotHeld, R::NotExisting, R::Unclear];
/// The rows of （五）不予处理.
pub(in crate::prose) const NOT_PROCESSED: &[Row] =
    &[R::Petition, R::Repeated, R::Publications, R::Excessive, R::ConfirmOrReissue];
/// The rows of （六）其他处理, of either decree.
pub(in crate::prose) const HANDLED_OTHERWISE: &[Row] =
    &[R::OtherHandling, R::CorrectionOverdue, R::FeeOverdue, R::HandledOtherwise];
/// The rows of every outcome, of either decree.
pub(in crate::prose) const OUTCOMES: &[Row] = &joined::<22>([
    &[R::Granted, R::GrantedInPart],
    REFUSED,
    NOT_AVAILABLE,
    NOT_PROCESSED,
    HANDLED_OTHERWISE,
]);
/// Lists of rows as one, of `N` rows; does not compile if they are not so many.
const fn joined<const N: usize>(lists: [&[Row]; 5]) -> [Row; N] {
    let mut all = [R::Granted; N];
    let (mut list, mut at) = (0, 0);
    while list < lists.len() {
        let mut nth = 0;
        while nth < lists[list].len() {
            all[at] = lists[list][nth];
            (nth, at) = (nth + 1, at + 1);
        }
        list += 1;
    }
    assert!(at == N);
    all
}

/// The columns of 法人或其他组织.
pub(in crate::prose) const ORGANIZATIONS: &[Column] =
    &[C::Business, C::Research, C::PublicInterest, C::LegalService, C::OtherOrganization];
/// The two blocks of 行政诉讼.
pub(in crate::prose) const SUITS: &[Row] = &[R::DirectSuit, R::SuitAfterReconsideration];
/// The three blocks of table 4.
pub(in crate::prose) const DISPUTES: &[Row] =
    &[R::Reconsideration, R::DirectSuit, R::SuitAfterReconsideration];

/// The words, by meaning; several words of one meaning are separated by blanks.
pub(super) const LEXICON: &[(&str, Word)] = &[
    (
        "的 了 为 是 有 达 达到 计 另 另有 另外 尚有 还有 还 也 仅 只 已 已经 仍 仍为 累计 数 数量 总量 \
         总数 量 总件数 件数 案件 决定 案 情况 的情况 结果 提交 提出 提起的 提起 至 到 于 在 内 由 系 类 \
         相关 有关 方面 新 继续 继续办理 办理中 其 件 被 因 因属 属 属于 涉及 引导查询 和 与 或 及 以及 等",
        Word::Filler,
    ),
    (
        "不予公开文件 不予公开公文 不予公开的公文 不予公开类公文 依申请公开文件 依申请公开公文 主动公开文件 主动公开公文 下级单位 直属单位 基层单位 有关单位 相关单位 诉讼请求 不公开为例外 以公开为常态 公开为常态 代拟 代拟稿 拟稿 拟定 拟订 草拟 延期答复 延期办理 超期答复 \
         逾期答复 终止办理 不予行政处罚 不予处罚 免予处罚 行政许可案卷 行政处罚案卷 查询申请 邮件 软件 信件 \
         附件 要件 证件 稿件 事件 条件 文件资料 第三方意见 第三人意见 未到期 未届满 未超期 未逾期 未能 未按 \
         未及时 未公开 无正当理由 无关 无误 无障碍 无偿 无需 无效 无一 无条件 无缝 零距离 零差错 零延误 \
         零投诉 零扣分 非规范性文件 非行政规范性文件 规章制度 部门规章要求 公开条例 信息公开条例 \
         政府信息公开条例 公开指南 公开目录 公开专栏 公开专区 公开栏 公开平台 公开渠道 主动公开 公开率 \
         公开工作 公开网 公开信息 公开电话 公开方式 办结率 答复率 办复率 答复书 告知书 答复意见 答复文书 \
         答复质量 答复内容 申请表 申请人 申请书 申请渠道 申请方式 申请内容 申请事项 申请受理点 申请地点 \
         申请登记 申请办理 各单位 承办单位 责任单位 事业单位 个人信息 服务企业 受理点 受理电话 受理机构 \
         信息处理费 处理费 办理时间 办理时长 办理流程 办理程序 办理工作 办理机制 办理情况 答复流程 \
         依申请公开工作 依申请公开窗口 依申请公开渠道 依申请公开平台 依申请公开流程 依申请公开制度 \
         依申请公开方式 信息公开渠道 收到率 公开属性",
        Word::Plain,
    ),
    (
        "政府信息公开申请 政府信息公开的申请 政府信息申请 信息公开申请 信息公开类申请 信息公开的申请 \
         公开政府信息申请 政府信息依申请公开 依申请公开政府信息的申请 依申请公开政府信息申请 依申请公开申请 \
         依申请公开信息 依申请公开事项 依申请公开政府信息 依申请公开件 申请公开政府信息 申请政府信息公开 \
         申请信息公开 公开申请 申请获取政府信息 申请获取信息 申请公开信息 政府信息公开相关申请 申请总量 \
         申请数量 申请总数 申请量 政府信息公开申请件 信息公开申请件 依申请件 公开申请件",
        Word::Request,
    ),
    ("依申请公开", Word::OnRequest),
    ("申请", Word::Apply),
    ("政府信息公开 政府信息公开工作 政府信息公开类 信息公开类 信息公开 政务公开", Word::Disclosure),
    (
        "收到 受理 接收 接到 收件 共收到 收到了 登记受理 接受 受理量 收件量 受理数 受理数量 受理件数 收到数 \
         收件数",
        Word::Receive { new: false },
    ),
    ("新收 新收到 新受理 新增 新接收 本年新收 当年新收 新登记", Word::Receive { new: true }),
    ("在办", Word::InHand),
    (
        "上年未办结 上年度未办结 上年未办理完毕 上年遗留 上年度遗留 年初在办 期初在办 上年末在办 去年未办结 \
         上年度未办理完毕",
        Word::CarriedIn,
    ),
    (
        "年末在办 年底在办 未办结申请 未办结件 未办结的申请 期末在办 年末未办结 年底未办结 年末尚在办理",
        Word::CarriedOut,
    ),
    ("办理 处理 承办 办理了", Word::Handle),
    (
        "办结 在办结 答复 答复申请人 回复 办复 办理完毕 书面答复 予以答复 作出答复 审结答复 办毕 处理完毕",
        Word::Conclude,
    ),
    ("结转 转结 转入 转下年 顺延 延至 跨年 跨年度 结存 转至 留待 延续至 转入下一年度 转下年度", Word::Carry),
    ("上年 上年度 上一年 上一年度 去年 往年 前一年", Word::LastYear),
    ("今年 今年以来 年初以来 本年 本年度 当年 全年 年内 本报告期 报告期", Word::ThisYear),
    (
        "近三年 近两年 近年来 近几年 近五年 三年来 五年来 两年来 历年 以来 十四五 十三五 十四五期间 \
         十三五期间 截至目前累计",
        Word::Span,
    ),
    (
        "上旬 中旬 下旬 上半年 下半年 半年 一季度 二季度 三季度 四季度 第一季度 第二季度 第三季度 第四季度 \
         前三季度 当月 月份",
        Word::PartOfYear,
    ),
    ("下年 下年度 下一年 下一年度 次年 明年 来年 翌年", Word::NextYear),
    ("下一步 计划 拟 力争 预计 目标 确保 争取 将", Word::Plan),
    ("予以公开 给予公开 同意公开 全部公开 依法公开 公开", Word::Outcome(&[R::Granted])),
    ("部分公开 部分予以公开 予以部分公开 部分同意公开 部分予公开", Word::Outcome(&[R::GrantedInPart])),
    ("不予公开 不公开 不同意公开 决定不予公开", Word::Outcome(REFUSED)),
    ("无法提供 不能提供", Word::Outcome(NOT_AVAILABLE)),
    ("不予处理 不予受理", Word::Outcome(NOT_PROCESSED)),
    ("其他处理 其他方式处理 作其他处理", Word::Outcome(HANDLED_OTHERWISE)),
    ("国家秘密 涉及国家秘密 属于国家秘密", Word::Reason(R::StateSecret)),
    ("法律行政法规禁止公开 法律、行政法规禁止公开 禁止公开", Word::Reason(R::BarredByLaw)),
    ("三安全一稳定 “三安全一稳定” 三安全、一稳定", Word::Reason(R::SecurityAndStability)),
    (
        "第三方合法权益 第三方商业秘密 第三方个人隐私 商业秘密 个人隐私 保护第三方合法权益 第三方权益",
        Word::Reason(R::ThirdPartyRights),
    ),
    ("三类内部事务信息 内部事务信息 内部事务类信息 内部管理信息", Word::Reason(R::InternalAffairs)),
    ("四类过程性信息 过程性信息", Word::Reason(R::Deliberative)),
    ("行政执法案卷 行政执法案卷信息 执法案卷", Word::Reason(R::EnforcementFiles)),
    ("行政查询事项 行政查询", Word::Reason(R::AdministrativeInquiry)),
    (
        "不掌握 不掌握相关政府信息 本机关不掌握 本机关不掌握相关政府信息 不掌握相关信息",
        Word::Reason(R::NotHeld),
    ),
    ("没有现成信息 没有现成信息需要另行制作 需要另行制作 需另行制作", Word::Reason(R::NotExisting)),
    (
        "补正后申请内容仍不明确 补正后仍不明确 经补正仍不明确 补正后内容仍不明确 申请内容仍不明确 \
         申请内容不明确 补正后申请内容不明确",
        Word::Reason(R::Unclear),
    ),
    (
        "信访举报投诉类申请 信访举报投诉类 信访、举报、投诉类申请 信访事项 信访举报投诉 信访类申请 \
         信访投诉举报类",
        Word::Reason(R::Petition),
    ),
    ("重复申请 重复提交申请", Word::Reason(R::Repeated)),
    ("公开出版物 要求提供公开出版物", Word::Reason(R::Publications)),
    ("大量反复申请 无正当理由大量反复申请", Word::Reason(R::Excessive)),
    (
        "确认或重新出具 确认或者重新出具 重新出具已获取信息 要求行政机关确认或重新出具已获取信息",
        Word::Reason(R::ConfirmOrReissue),
    ),
    (
        "逾期不补正 逾期未补正 无正当理由逾期不补正 申请人逾期不补正 申请人无正当理由逾期不补正 \
         申请人逾期未补正",
        Word::Reason(R::CorrectionOverdue),
    ),
    (
        "逾期未按收费通知要求缴纳 逾期未按收费通知要求缴纳信息处理费 \
         申请人逾期未按收费通知要求缴纳信息处理费 逾期未缴纳信息处理费 逾期未缴费 \
         逾期未按收费通知要求缴纳费用 逾期未缴纳费用 逾期不缴纳信息处理费 逾期未缴纳 \
         申请人逾期未缴纳信息处理费 申请人逾期未缴费",
        Word::Reason(R::FeeOverdue),
    ),
    (
        "信息不存在 不存在 非本机关公开 非本机关 不属于本机关 不属于本机关公开 非政府信息 主动撤回 自行撤回 \
         撤回 公开和不公开",
        Word::Vague,
    ),
    ("自然人 公民 个人 居民 辖区居民 自然人申请人 公民个人 公民申请人", Word::Applicant(&[C::NaturalPerson])),
    ("商业企业 企业 辖区企业 企业法人", Word::Applicant(&[C::Business])),
    ("科研机构 科研院所 科研单位 高校 高等院校 高校科研院所 高校及科研院所", Word::Applicant(&[C::Research])),
    ("社会公益组织 公益组织", Word::Applicant(&[C::PublicInterest])),
    ("法律服务机构 律师事务所 律师事务所等法律服务机构 律所", Word::Applicant(&[C::LegalService])),
    ("其他组织 其它组织", Word::Applicant(&[C::OtherOrganization])),
    (
        "法人或其他组织 法人或者其他组织 法人及其他组织 法人和其他组织 法人、其他组织 法人与其他组织 单位 \
         法人 法人或其它组织 法人组织 法人单位",
        Word::Applicant(ORGANIZATIONS),
    ),
    (
        "群众 社会公众 公众 市民 村民 辖区群众 公民、法人和其他组织 公民、法人或其他组织 \
         公民、法人或者其他组织 公民、法人及其他组织 公民、法人和其它组织 公民、法人以及其他组织 公民、法人 \
         公民和法人 自然人、法人和其他组织 自然人、法人或其他组织 自然人、法人或者其他组织 单位和个人 \
         单位或个人 个人和单位 个人或单位 企业和群众 群众和企业",
        Word::Everybody,
    ),
    (
        "行政复议 复议 行政复议案件 行政复议申请 申请行政复议 被申请行政复议 复议案件 信息公开行政复议",
        Word::Dispute(&[R::Reconsideration]),
    ),
    (
        "行政诉讼 诉讼 行政应诉 应诉 行政诉讼案件 行政应诉案件 应诉案件 提起行政诉讼 被提起行政诉讼 \
         行政官司",
        Word::Dispute(SUITS),
    ),
    (
        "未经复议直接起诉 直接起诉 直接提起诉讼 未经复议直接提起诉讼 直接向法院起诉 直接向人民法院起诉",
        Word::Dispute(&[R::DirectSuit]),
    ),
    (
        "复议后起诉 复议后提起诉讼 经复议后起诉 复议后提起 经复议后提起诉讼",
        Word::Dispute(&[R::SuitAfterReconsideration]),
    ),
    (
        "结果维持 维持 获维持 判决维持 予以维持 维持原行政行为 裁判维持 驳回诉讼请求 判决驳回诉讼请求",
        Word::Verdict(&[C::Upheld]),
    ),
    (
        "结果纠正 纠正 纠错 被纠正 被纠错 撤销 被撤销 确认违法 责令重新答复 责令履行 败诉 被纠正（含败诉）",
        Word::Verdict(&[C::Corrected]),
    ),
    ("其他结果 其它结果 终止审理 终止 准予撤诉 撤诉", Word::Verdict(&[C::Other])),
    (
        "尚未审结 未审结 正在审理 审理中 在审 审理之中 正在审理中 尚在审理 尚在审理中 尚未办结 未结案 \
         正在办理",
        Word::Verdict(&[C::Pending]),
    ),
    ("已审结 审结", Word::Verdict(&[C::Upheld, C::Corrected, C::Other])),
    ("被申请 被提起 被诉 被申请人 被告", Word::Accused),
    ("规章 政府规章 部门规章 地方政府规章", Word::Text(R::Regulations)),
    ("行政规范性文件 规范性文件", Word::Text(R::NormativeDocuments)),
    (
        "制发 新制发 制定 新制定 出台 新出台 印发 新印发 发布 公布 制定出台 制定发布 制定印发 制发出台",
        Word::Deed(C::Issued),
    ),
    ("废止 失效 宣布失效 宣布废止 废止或失效 废止和失效 废止失效 废止和宣布失效", Word::Deed(C::Repealed)),
    ("现行有效 继续有效 有效 保留 继续保留", Word::Deed(C::InForce)),
    ("清理 修改 修订 拟修订", Word::CleanUp),
    ("行政许可 行政许可决定 行政许可处理决定 许可决定 许可处理决定", Word::Decision(R::Licenses)),
    ("行政处罚 行政处罚决定 行政处罚处理决定 处罚决定 处罚处理决定", Word::Decision(R::Penalties)),
    (
        "行政强制 行政强制措施 行政强制决定 行政强制执行 行政强制处理决定 强制决定",
        Word::Decision(R::Compulsion),
    ),
    ("作出 实施 采取 做出 作出任何", Word::Decide),
    ("行政事业性收费 行政事业性费用", Word::Fee),
    (
        "信访 投诉 举报 投诉举报 提案 人大代表建议 代表建议 建议 热线 工单 来信 信箱 留言 咨询 12345 12369 \
         12315 公文 法律援助 环评 仲裁 劳动 登记 转办件 交办件 网民 微博 案例 行政处罚类 行政处罚案例 \
         典型案例 行政检查 罚没款 诉求 网格 行政许可事项 行政处罚事项 行政执法事项 备案 解读 方案 指南 目录 \
         调解 行政许可信息 行政处罚信息 议案 受案",
        Word::Foreign,
    ),
    (
        "我局 我镇 我乡 我街道 我县 我市 我区 我省 我委 我厅 我部 我办 本机关 本局 本镇 本乡 本街道 本单位 \
         本级机关 局机关 镇政府 乡政府 街道办 街道办事处 部机关 委机关 厅机关 我单位 本委 本厅 本部",
        Word::Own,
    ),
    (
        "全省 全市 全县 全区 全州 全系统 全行业 各区县 各县区 各县（区） 各级 辖区各 各乡镇 各分局 分局 \
         区县 系统 县区 省级以下 汇总数据 全国 另据统计",
        Word::Wide,
    ),
    (
        "市政府本级 县政府本级 区政府本级 省政府本级 本级 市政府办公室 县政府办公室 区政府办公室 \
         省政府办公厅 市政府办 县政府办 区政府办 省政府办 区政府及其办公室 县政府及县政府办公室 \
         市政府及市政府办公室 市政府办公厅 州政府办公室",
        Word::Office,
    ),
    (
        "县政府网站 市政府网站 区政府网站 省政府网站 县政府门户网站 市政府门户网站 区政府门户网站 \
         省政府门户网站 县政府门户 市政府门户 政府门户网站 政府网站 县政府信息公开 市政府信息公开 \
         县政府常务会议 市政府常务会议",
        Word::Plain,
    ),
    ("市政府 县政府 区政府 省政府 州政府 旗政府", Word::Government),
    (
        "协助 配合 协同 行政复议机构 复议机构 邻近的 行政复议机关 作为复议机关 行政复议职责 复议职能 \
         行政复议职能 为例 某区 某县 某市 某省 某局 某镇 复议机关收案 村委会 居委会 村务公开 村务",
        Word::Elsewhere,
    ),
    (
        "不计入 不属于政府信息公开申请 不作为政府信息公开申请 不属于依申请公开 不按申请统计 \
         不按政府信息公开申请 与政府信息公开申请无关 不在本报告 不纳入 单独编制 不列入 不属于本报告 \
         不在统计 不包括在本",
        Word::Excluded,
    ),
    (
        "未 没有 没 无 尚无 尚未 均无 未曾 从未 暂无 零 无需要 亦无 并无 未有 暂未 无一件 无一起 无一例 \
         无一宗",
        Word::No,
    ),
    ("均 全部 都 所有 均已 均为 均由 全部为 全为 均系 均获 皆", Word::All),
    ("其中 含 包括 包含 内含 分别是", Word::Among),
    ("其余 余 剩余 余下", Word::Rest),
    ("除", Word::Except),
    ("共 共计 合计 总计 一共 总共 两项合计 两者合计 二者合计 两类合计 两类案件合计 合共", Word::Sum),
    ("分别 分别为", Word::Respectively),
    ("增加 减少 增长 下降 上升 提高 降低 同比 环比 较 比 相比 增幅 降幅 减幅 占 多 少", Word::Change),
    (
        "上升到 上升至 升至 升到 增加到 增加至 增至 增长到 增长至 下降到 下降至 降至 降到 降为 减少到 \
         减少至 减至",
        Word::Became,
    ),
    ("日均 月均 年均 人均 平均 平均每 件均 条均", Word::Average),
    ("其他 其它", Word::Other),
];
