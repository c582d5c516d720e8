//! Whose report it is and for which year: what the title says, and where it is silent or alone, what the rest says.

use super::Recognized;
use super::signature::{Signature, is_name};
use super::title;
use crate::day::{Day, periods, years};
use crate::form::terms::{Field, Level, Section};
use crate::report::{NoticeKind, Value};
use crate::text::full_name;

/// The name of an organ has no more characters than this.
const LONGEST_NAME: usize = 40;

/// The last characters of organs that are no organ's where they end a line of prose: 档案馆, 海关, 大学.
const OTHER_ORGANS: [char; 12] = ['馆', '关', '学', '校', '处', '狱', '行', '台', '场', '库', '园', '团'];

/// Settles organ, level, year and day of publishing once everything has been read.
pub(super) fn settle(to: &mut Recognized) {
    let title = to.title.take().unwrap_or_default();
    let said = title::read(&title);
    if !title.is_empty() {
        to.set(Field::Title, Value::Text(title));
    }
    let (byline, signature) = (to.byline.take(), to.signature.take());
    organ(said.organ, byline.as_ref(), signature.as_ref().map(|(_, signature)| signature), to);
    if let Some(byline) = &byline {
        keep_byline(byline, to);
    }
    if let Some((section, signature)) = &signature {
        compare_signature(*section, signature, to);
    }
    let signed = signature.and_then(|(_, signature)| signature.day);
    let below = byline.and_then(|byline| byline.day);
    if let (Some(signed), Some(below)) = (signed, below)
        && signed != below
    {
        let (signed, below) = (signed.as_signed(), below.as_signed());
        let message = format!("标题下面的日期是{below}，落款是{signed}，发布日期按落款填，请核对。");
        to.notice(NoticeKind::Identity, Some(Field::Published.into()), &below, "", message);
    }
    let day = signed.or(below);
    year(said.year, day, to);
    if let Some(day) = day {
        to.set(Field::Published, Value::Text(day.to_string()));
    }
}

/// Sets the organ: from the title, or else from a signature or the introduction.
fn organ(
    titled: Option<String>,
    byline: Option<&Signature>,
    signature: Option<&Signature>,
    to: &mut Recognized,
) {
    let of = |signature: Option<&Signature>| signature.and_then(|signature| signature.organ.clone());
    let elsewhere = || {
        let below = of(byline).map(|name| (name, "标题下面的署名"));
        let at_end = || of(signature).map(|name| (name, "落款"));
        below.or_else(at_end).or_else(|| Some((introduced(to.text(Section::Lead))?, "引言")))
    };
    let found = titled.map(|name| (name, "")).or_else(elsewhere);
    let Some((name, whence)) = found else {
        let message = "标题、引言和落款里都没有认出机关全称，请填写。".to_owned();
        return to.notice(NoticeKind::Identity, Some(Field::Agency.into()), "", "", message);
    };
    let full = full_name(&name);
    if !whence.is_empty() {
        let message = format!("标题里没有机关名称，按{whence}填作“{full}”，请核对。");
        to.notice(NoticeKind::Identity, Some(Field::Agency.into()), &name, "", message);
    } else if !is_name(&full) && !full.ends_with(OTHER_ORGANS) {
        let message = format!("标题里的机关名称写作“{name}”，看不出是哪个机关，照样填入，请核对机关全称。");
        to.notice(NoticeKind::Identity, Some(Field::Agency.into()), &name, "", message);
    }
    if full != name {
        to.set(Field::ShortName, Value::Text(name));
    }
    if let Some(level) = Level::of_name(&full) {
        to.set(Field::Level, Value::Text(level.key().to_owned()));
    }
    to.set(Field::Agency, Value::Text(full));
}

/// The organ that an introduction names as its author: 由X编制, X编制了, 现将X2025年.
fn introduced(lead: &str) -> Option<String> {
    const BREAKS: [char; 7] = ['，', '。', '；', '：', '、', '\n', '由'];
    let clause = |end: usize| {
        let start = lead[..end].char_indices().rev().take(LONGEST_NAME).last().map_or(end, |(at, _)| at);
        lead[start..end].rsplit(BREAKS).next().unwrap_or_default().trim()
    };
    let written =
        lead.match_indices("编制").map(|(at, _)| clause(at).trim_end_matches(['负', '责', '组', '织']));
    let presented = lead.match_indices("现将").filter_map(|(at, word)| {
        let rest = &lead[at + word.len()..];
        let rest = &rest[..rest.char_indices().nth(LONGEST_NAME).map_or(rest.len(), |(at, _)| at)];
        years(rest).next().map(|(range, _)| rest[..range.start].trim())
    });
    // 局办公室, 我镇: no full name.
    let is_full = |name: &&str| {
        is_name(name)
            && name.chars().count() >= 4
            && !name.starts_with(['局', '厅', '委', '本', '我', '该', '各'])
    };
    let mut names = written.chain(presented).filter(is_full);
    names.next().map(|name| name.chars().filter(|c| !c.is_whitespace()).collect())
}

/// Puts an organ's name under the title back where it is not the organ of the report.
fn keep_byline(byline: &Signature, to: &mut Recognized) {
    if let Some(organ) = byline.organ.as_ref().filter(|organ| !to.is_agency(organ)) {
        let lead = to.texts.entry(Section::Lead).or_default();
        let text = [organ.as_str(), lead.as_str()].join("\n");
        text.trim_end().clone_into(lead);
    }
}

/// Says where a signature names the organ otherwise; the name of another organ stays in the text.
fn compare_signature(section: Section, signature: &Signature, to: &mut Recognized) {
    let Some(organ) = &signature.organ else { return };
    let agency = to.field(Field::Agency);
    if *organ == agency {
        return;
    }
    let message = if to.is_agency(organ) {
        format!("落款写的是“{organ}”，标题里的机关是“{agency}”，没有读入落款，请核对机关全称。")
    } else {
        to.push(section, organ);
        format!("落款写的是“{organ}”，与标题里的机关“{agency}”不同，已留在正文末尾，请核对。")
    };
    to.notice(NoticeKind::Identity, Some(Field::Agency.into()), organ, &signature.at, message);
}

impl Recognized {
    fn field(&self, field: Field) -> String {
        self.values.get(&field.into()).map(ToString::to_string).unwrap_or_default()
    }

    /// Whether a name is the organ of the report, by its full name or a shorter one.
    fn is_agency(&self, name: &str) -> bool {
        let agency = self.field(Field::Agency);
        agency == name
            || (name.chars().count() >= 2 && agency.ends_with(name))
            || name.ends_with(&agency)
            || self.field(Field::ShortName) == name
    }
}

/// Sets the year: what most witnesses say, and in a draw what the title says.
fn year(titled: Option<i64>, day: Option<Day>, to: &mut Recognized) {
    let signed = day.map(|day| day.year() - 1);
    let witnesses = [
        (period(to.text(Section::Lead)), "引言里的统计期限"),
        (signed, "落款日期"),
        (topic(&[to.text(Section::Lead), to.text(Section::Overview)]), "正文"),
    ];
    let witnesses = witnesses.into_iter().filter_map(|(year, whence)| Some((year?, whence)));
    let witnesses: Vec<(i64, &str)> = witnesses.collect();
    let votes = |year: i64| witnesses.iter().filter(|(other, _)| *other == year).count();
    let most = witnesses.iter().map(|(year, _)| *year).rev().max_by_key(|year| votes(*year));
    // Text may have been copied whole from last year's report, a title for the year after it has not.
    let outvotes =
        |year: i64, title: i64| votes(year) > votes(title) + 1 && (year > title || signed == Some(year));
    let year = match (titled, most) {
        (Some(title), Some(year)) if outvotes(year, title) => year,
        (Some(title), _) => title,
        (None, Some(year)) => year,
        (None, None) => {
            let message = "标题和正文里都没有认出报告年度，请填写。".to_owned();
            return to.notice(NoticeKind::Identity, Some(Field::Year.into()), "", "", message);
        }
    };
    let whence: Vec<&str> = witnesses.iter().filter(|(y, _)| *y == year).map(|(_, whence)| *whence).collect();
    let message = match titled {
        None => format!("标题里没有年份，按{}填作 {year} 年，请核对。", whence.join("、")),
        Some(title) if title != year => format!(
            "标题写的是 {title} 年，{}说的都是 {year} 年，年度按 {year} 年，请核对标题。",
            whence.join("、")
        ),
        Some(_) => String::new(),
    };
    if !message.is_empty() {
        to.notice(NoticeKind::Identity, Some(Field::Year.into()), "", "", message);
    }
    to.set(Field::Year, Value::count(year));
}

/// The year of the period that an introduction states.
fn period(lead: &str) -> Option<i64> {
    periods(lead).into_iter().find_map(|(_, years, _)| years.into_iter().flatten().next())
}

/// The year that opens most sentences; `None` in a draw.
fn topic(texts: &[&str]) -> Option<i64> {
    let mut opening: Vec<i64> = Vec::new();
    for text in texts {
        let opens = |at: usize| {
            let before = text[..at].trim_end_matches([' ', '\u{3000}']);
            before.is_empty() || before.ends_with(['。', '；', '\n', '）', ')'])
        };
        opening.extend(years(text).filter(|(range, _)| opens(range.start)).map(|(_, year)| year));
    }
    let votes = |year: i64| opening.iter().filter(|other| **other == year).count();
    let mut all = opening.clone();
    all.sort_unstable();
    all.dedup();
    let most = all.iter().copied().max_by_key(|year| votes(*year))?;
    let is_draw = all.iter().any(|year| *year != most && votes(*year) == votes(most));
    (!is_draw).then_some(most)
}
