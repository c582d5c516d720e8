//! I03: another organ's name in the place of the reporting one, as a copied text leaves it.
//!
//! A name is taken for a slip where it is the subject of a sentence that only the reporting organ can be the subject of,
//! or where it names the same kind of organ in another place. Organs that are visited, joined with or obeyed are none.

use std::sync::LazyLock;

use super::{Basis, Facts, MOST_WORDS, Quote, Review, Rule, Severity};
use crate::form::terms::Field;
use crate::prose::Prose;
use crate::text::{Chars, Ends, Words, is_han};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&I03];

pub(super) static I03: Rule = Rule {
    id: "I03",
    name: "organ-name",
    severity: Severity::Warning,
    basis: Basis::Practice,
    title: "该写本机关名称的地方没有写成别的机关",
    explanation: "照着别的乡镇、部门的稿子改，最容易漏改机关名称。正文里以别的乡镇、街道或者别的部门作主语的，请看一眼是不是漏改；\
                  确实说的是别的机关的，可以填理由说明。",
    wrong: &[
        &[("overview", "云溪镇人民政府公开信息73条。沙湾镇党委、政府多次召开会议研究部署。")],
        &[("overview", "2025年，沙湾镇人民政府认真贯彻条例，公开信息73条。")],
        &[("problems", "存在更新不及时的问题。下一步，沙湾镇将加强培训。")],
    ],
    right: &[
        &[("overview", "云溪镇党委、政府高度重视政府信息公开，各镇政府、乡镇政府和县镇政府网站同步发布。")],
        &[("overview", "我镇与县财政局联合印发工作方案，安排专人维护镇政府网站，加强镇政府信息公开专栏。")],
        &[("overview", "赴沙湾镇人民政府学习，与河口乡人民政府联合公示；原石梁街道办事处的3个社区并入。")],
        &[("overview", "云溪县财政局已将经费列入预算。县政府办公室组织培训2次。")],
        &[("@agency", "云溪县东关街道办事处"), ("lead", "如有疑问，请与我街道综合办公室联系。")],
    ],
    unknown: &[&[("@agency", "")]],
    run: organ_name,
};

/// Words that end the names of organs, the longest first.
static KINDS: Ends = Ends::new(&[
    "人民政府",
    "街道办事处",
    "办事处",
    "委员会",
    "街道",
    "政府",
    "党委",
    "党工委",
    "党政",
    "局",
    "镇",
    "乡",
    "厅",
    "委",
]);

/// What a sentence goes on with where its subject is the reporting organ, speaking well of itself or of its plans.
static DEEDS: LazyLock<Words<()>> = LazyLock::new(|| {
    Words::of(&[
        "先后",
        "多次",
        "召开",
        "认真",
        "高度重视",
        "严格",
        "深入",
        "坚持",
        "积极",
        "按照",
        "围绕",
        "主动公开",
        "全年",
        "持续",
        "切实",
        "贯彻",
        "紧紧",
        "始终",
        "扎实",
        "依法",
        "不断",
        "以习近平",
        "政府信息公开",
        "共公开",
        "共主动",
        "编制",
        "未发出",
        "未收取",
        "现将",
        "主要负责",
    ])
});

/// What it goes on with behind words that only the reporting organ's own doing can follow: 下一步，本镇将….
const OWN_DEEDS: [char; 3] = ['将', '已', '拟'];

/// The ends of clauses that open a sentence, behind which its subject stands.
static OPENERS: Ends = Ends::new(&["一年来", "年", "年度", "以来", "一年", "规定", "要求"]);

/// The ends of clauses behind which the reporting organ speaks of its own measures.
static OWN_OPENERS: Ends =
    Ends::new(&["改进方面", "整改方面", "下一步", "今后", "对此", "为此", "问题", "措施", "打算", "接下来"]);

/// Marks at which a clause ends.
static ENDS: Chars = Chars::new(&['。', '；', '！', '\n', '，', '：', '”']);

fn organ_name(facts: &Facts<'_>, review: &mut Review) {
    let agency = facts.report.agency();
    if agency.is_empty() {
        review.cannot_tell(&I03, || "不知道机关全称，没有核对正文里的机关名称".to_owned());
        return;
    }
    let own = Own { agency, short: facts.report.text(Field::ShortName) };
    for (section, prose) in facts.prose() {
        let (section, text) = (*section, prose.text());
        let marks = prose.others_by_number().iter();
        let starts = marks.filter(|nth| ENDS.has(prose.chars()[**nth].1)).map(|nth| nth + 1);
        let deeds = prose.begins(&DEEDS);
        let found =
            std::iter::once(0).chain(starts).filter_map(|first| other_subject(prose, first, &deeds, &own));
        for range in found.chain(other_contact(prose, &own)).take(MOST_WORDS) {
            let message = format!("正文里出现“{}”，本机关是{agency}。漏改的请改过来。", &text[range.clone()]);
            review.find(&I03, message, vec![section.into()]).quote = Some(Quote::of(section, text, range));
        }
    }
}

/// The other organ that the clause beginning at the character `first` has as its subject, in bytes of the text; `deeds` are
/// the characters that [`DEEDS`] begin at.
fn other_subject(
    prose: &Prose<'_>,
    first: usize,
    deeds: &[usize],
    own: &Own<'_>,
) -> Option<std::ops::Range<usize>> {
    const LONGEST: usize = 20;
    static LEAD: Chars = Chars::new(&[' ', '\u{3000}', '（', '一', '二', '三', '四', '五', '）', '、', '是']);
    let (text, chars) = (prose.text(), prose.chars());
    // A run of marks ends no clause but the first.
    let last = first.checked_sub(2).map(|nth| chars[nth].1);
    if last.is_some_and(|c| ENDS.has(c)) {
        return None;
    }
    let (before, mark) =
        first.checked_sub(1).map_or(("", None), |nth| (&text[..chars[nth].0], Some(chars[nth].1)));
    let opens_sentence = mark != Some('，');
    let is_behind = |ends: &Ends| last.is_some_and(|c| ends.may_end(c)) && ends.are_at_end(before);
    if !opens_sentence && !is_behind(&OPENERS) && !is_behind(&OWN_OPENERS) {
        return None;
    }
    let first = first + chars[first..].iter().take_while(|(_, c)| LEAD.has(*c)).count();
    let start = chars.get(first)?.0;
    // A name is short, so that its verb is near; the whole text is not looked through from every clause. No verb stands
    // behind what is in no name.
    let in_name = chars[first..].iter().take(LONGEST + 1).take_while(|&&(_, c)| is_han(c) || c == '、');
    let end = first + in_name.count();
    let praised =
        deeds.get(deeds.partition_point(|deed| *deed < first + 2)).copied().filter(|deed| *deed < end);
    let own_deed = (first + 2..praised.unwrap_or(end)).find(|&nth| {
        let (at, c) = chars[nth];
        OWN_DEEDS.contains(&c) && KINDS.are_at_end(&text[start..at])
    });
    let verb = own_deed.or(praised)?;
    // Most verbs have no name before them, which is seen at once: what is trimmed below ends with one of these, too.
    let said = &text[start..chars[verb].0];
    if !KINDS.are_at_end(said) && !said.ends_with('、') {
        return None;
    }
    let is_own_doing = mark != Some('。') && is_behind(&OWN_OPENERS);
    let name = said.trim_end_matches("党委、政府").trim_end_matches('、');
    let is_name = name.chars().all(is_han) && KINDS.are_at_end(name);
    if !is_name || is_generic(name) || own.is_meant_by(name) {
        return None;
    }
    let is_weak = own_deed.is_some();
    let is_other = match own.is_same_kind(name) {
        true => !is_weak || own.is_elsewhere(name) || is_own_doing,
        // A government or another office may well be the subject, unless it is praised in our place.
        false => !is_government(name) && (!is_weak || is_own_doing),
    };
    is_other.then(|| start..start + name.len())
}

/// The other office that readers are told to ask: 请与林业局办公室联系 in the report of another bureau.
fn other_contact(prose: &Prose<'_>, own: &Own<'_>) -> Option<std::ops::Range<usize>> {
    const LEAD: &str = "请与";
    let start = prose.places_of(LEAD).min()? + LEAD.len();
    let text = prose.text();
    let name = text[start..].split("联系").next().filter(|name| name.len() < text.len() - start)?;
    let name = name.trim_end_matches(['办', '公', '室', '综', '合', '科', '党', '政']);
    let is_other = name.chars().all(is_han)
        && (3..=16).contains(&name.chars().count())
        && KINDS.are_at_end(name)
        && own.is_same_kind(name)
        && !is_generic(name)
        && !own.is_meant_by(name);
    is_other.then(|| start..start + name.len())
}

/// Whether a name is no organ's own: 我街道, 各乡镇.
fn is_generic(name: &str) -> bool {
    name.starts_with(['我', '本', '全', '各', '该', '原'])
}

/// Whether a name is that of a government or of its office, which is over most reporting organs.
fn is_government(name: &str) -> bool {
    ["政府", "党委", "政府办", "政府办公室"].iter().any(|end| name.ends_with(end))
}

/// The reporting organ by its names.
struct Own<'a> {
    agency: &'a str,
    short: &'a str,
}

impl Own<'_> {
    /// Whether a name may be meant of the organ: one is part of the other, or the name is short for it (县财政局 for
    /// 白苇县财政局, 市人社局 for …市人力资源和社会保障局).
    fn is_meant_by(&self, name: &str) -> bool {
        let (agency, core) = (bare(self.agency), bare(name));
        let is_short_for = |own: &str| {
            let mut own = own.chars();
            core.chars().all(|c| own.any(|other| other == c))
        };
        core.is_empty()
            || agency.contains(core)
            || core.contains(agency)
            || (!self.short.is_empty() && (core.contains(bare(self.short)) || self.short.contains(core)))
            || is_short_for(self.agency)
    }

    /// Whether a name is of the same kind of organ: both townships, both bureaus of education.
    fn is_same_kind(&self, name: &str) -> bool {
        let kind = |name: &str| match () {
            () if name.contains("街道") => "街道",
            () if ["镇", "乡"].iter().any(|end| bare(name).ends_with(end)) => "乡镇",
            () if is_government(name) => "政府",
            () => "部门",
        };
        kind(self.agency) == kind(name)
    }

    /// Whether a name says a place that the organ's own does not.
    fn is_elsewhere(&self, name: &str) -> bool {
        place(name).is_some_and(|place| !self.agency.contains(place))
    }
}

/// A name without what governments and offices are called.
fn bare(name: &str) -> &str {
    static FORMS: Ends =
        Ends::new(&["人民政府", "街道办事处", "办事处", "政府", "党委", "党工委", "党政", "委员会"]);
    FORMS.end(name).map_or(name, |form| &name[..name.len() - form.len()])
}

/// The place that a name begins with, up to its unit: 丰岭县, 南陵岗区; 城乡 and 市场 are none.
fn place(name: &str) -> Option<&str> {
    let units = name.char_indices().filter(|(_, c)| "省市县区州旗镇乡".contains(*c));
    let ends = units.filter(|&(at, _)| {
        let before = &name[..at];
        let is_word = before.ends_with(['城', '社', '和']) && at + "县".len() < name.len();
        before.chars().count() > 1 && !is_word
    });
    ends.map(|(at, c)| &name[..at + c.len_utf8()]).next()
}
