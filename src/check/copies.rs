//! What was copied: Y08 and Y09 from last year's report, G01 from another unit's.

use std::ops::Range;

use super::previous::last;
use super::{Basis, Facts, Finding, Quote, Review, Rule, Severity};
use crate::form::terms::Section;
use crate::prose::{Crowd, Normal, Similarity};
use crate::report::{Place, Report};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&Y08, &Y09, &G01];

pub(super) static Y08: Rule = Rule {
    id: "Y08",
    name: "tables-copied",
    severity: Severity::Warning,
    basis: Basis::Regulations("第四十九条、第五十条"),
    title: "三张表不与上年完全相同",
    explanation: "三张表的数与去年一格不差、又不全是 0，多半是用去年的文件改的，表里的数忘了更新。",
    wrong: &[&[("last:=", "")]],
    right: &[&[], &[("last:=", ""), ("proactive/licenses/decisions", "77001")]],
    unknown: &[&[("last:", "")]],
    run: tables_copied,
};

pub(super) static Y09: Rule = Rule {
    id: "Y09",
    name: "prose-copied",
    severity: Severity::Warning,
    basis: Basis::Practice,
    title: "正文不照抄上年",
    explanation: "去掉标点、数字和法定套话之后，这一部分有多少字落在与上年报告相同的、十二个字以上的连片文字里。\
                  达到配置里的比例（默认 80%）就提示，并列出最长的相同文字。不到一百字的部分，去掉之后不到五十字的，都不比。",
    wrong: &[&[("overview", LONG), ("last:overview", LONG)]],
    right: &[
        &[("overview", LONG)],
        &[
            ("problems", "存在更新不及时的问题。下一步加强培训。"),
            ("last:problems", "存在更新不及时的问题。下一步加强培训。"),
        ],
    ],
    unknown: &[&[("last:", "")]],
    run: prose_copied,
};

pub(super) static G01: Rule = Rule {
    id: "G01",
    name: "copied-from-another",
    severity: Severity::Warning,
    basis: Basis::Practice,
    title: "各单位的正文互不照抄（check --across 比对）",
    explanation: "用 check --across 检查一个文件夹时，把各单位的每一部分两两相比：去掉标点、数字和法定套话之后，落在相同的、十二个字以上的\
                  连片文字里的字达到配置里的比例（默认 80%）就提示。每份报告只提示最像的那一部分：像哪一份，另外还有几份。不到一百字的部分，去掉之后不到五十字的，\
                  可能是同一个机关的报告，都不比。",
    wrong: &[&[("overview", LONG), ("other:overview", LONG)]],
    right: &[&[("overview", LONG)]],
    unknown: &[],
    run: |facts, review| {
        review.findings.extend(facts.copied.filter(|copied| still_stands(copied, facts)).cloned())
    },
};

/// Sections shorter than this are not compared, in characters.
const COMPARED_FROM: usize = 100;

/// A section of a fictional report, long enough to be compared.
const LONG: &str = "2025年，云溪镇围绕群众关心的惠农补贴、村庄规划和集体资产管理开展公开，在便民服务大厅设查阅点，每月逢集到各村宣讲，\
                    印制明白纸并入户发放；对群众提出的疑问由驻村干部现场解答，答复不了的登记转办并在十日内回话。年内修订公开目录，\
                    压缩重复栏目，把低保、危房改造、耕地保护等事项集中到一张清单上，方便群众按户查找。";

fn tables_copied(facts: &Facts<'_>, review: &mut Review) {
    let Some(last) = last(&Y08, facts, review) else { return };
    let cells = || facts.form.cells().iter().map(|info| info.cell);
    let is_same = cells().all(|cell| facts.report.get(cell) == last.get(cell));
    let is_all_zero = cells().all(|cell| facts.number_in(cell).is_none_or(crate::number::Decimal::is_zero));
    if is_same && !is_all_zero && last.form().decree.key == facts.form.decree.key {
        let message = "三张表与上年报告一格不差。请核对是否忘了更新。".to_owned();
        review.find(
            &Y08,
            message,
            vec![Section::Proactive.into(), Section::Requests.into(), Section::Disputes.into()],
        );
    }
}

/// Whether what a finding quotes is still in the report: it was found of the report as it came in.
fn still_stands(copied: &Finding, facts: &Facts<'_>) -> bool {
    copied.quote.as_ref().is_some_and(|quote| facts.report.text(quote.place).contains(&quote.text))
}

/// The sections that are compared.
fn compared() -> impl Iterator<Item = Section> {
    Section::PROSE.into_iter().filter(|section| *section != Section::Lead)
}

/// A section that is compared, if it is long enough.
fn long_enough(report: &Report, section: Section) -> Option<&str> {
    Some(report.text(section)).filter(|text| text.chars().count() >= COMPARED_FROM)
}

/// A section made ready to be compared, if it is long enough, and what counts of it is: a section of little more than figures
/// and set phrases is alike every year and everywhere.
fn ready(report: &Report, section: Section) -> Option<Normal> {
    long_enough(report, section).map(Normal::new).filter(|normal| normal.len() >= COMPARED_FROM / 2)
}

/// How much of a report there is to be compared with others, in bytes.
pub fn extent(report: &Report) -> usize {
    compared().filter_map(|section| long_enough(report, section)).map(str::len).sum()
}

/// The longest of the stretches that a section has in common with another, with the figures at its ends: in short, and where
/// it stands.
fn longest(section: Section, text: &str, similarity: &Similarity) -> Option<(String, Quote)> {
    let Range { start, end } = similarity.stretches.first()?.clone();
    let separates = |c: char| matches!(c, '.' | ',');
    let is_of_a_figure =
        |c: char| c.is_numeric() && !c.is_alphabetic() || separates(c) || matches!(c, '%' | '％');
    let before = &text[text[..start].trim_end_matches(is_of_a_figure).len()..start];
    let before = before.trim_start_matches(|c| separates(c) || matches!(c, '%' | '％'));
    let behind = &text[end..text.len() - text[end..].trim_start_matches(is_of_a_figure).len()];
    let behind = behind.trim_end_matches(separates);
    // A separator at the words is none of a figure.
    let start = if before.ends_with(separates) { start } else { start - before.len() };
    let end = if behind.starts_with(separates) { end } else { end + behind.len() };
    Some((shortened(&text[start..end]), Quote::of(section, text, start..end)))
}

fn prose_copied(facts: &Facts<'_>, review: &mut Review) {
    let Some(last) = last(&Y09, facts, review) else { return };
    for section in compared() {
        let Some(now) = ready(facts.report, section) else { continue };
        let Some(then) = ready(last, section) else { continue };
        let (text, similarity) = (facts.report.text(section), now.within(&then));
        if similarity.percent >= facts.profile.similarity {
            let Some((words, quote)) = longest(section, text, &similarity) else { continue };
            let message = format!(
                "这一部分有 {}% 的文字与上年报告相同，最长的一段是“{words}”。请按今年的情况改写。",
                similarity.percent
            );
            review.find(&Y09, message, vec![section.into()]).quote = Some(quote);
        }
    }
}

/// G01 over the reports of a folder: for each, at most one finding, on the section that is nearest to another's. Asks
/// again and again whether to go on, and gives nothing if not.
pub fn among(
    reports: &[(&str, &Report)],
    threshold: i64,
    goes_on: &mut dyn FnMut() -> bool,
) -> Option<Vec<Option<Finding>>> {
    let mut crowds = Vec::new();
    for section in compared() {
        let mut is_stopped = false;
        let texts = reports.iter().map_while(|(_, report)| {
            is_stopped = !goes_on();
            (!is_stopped).then(|| ready(report, section))
        });
        crowds.push((section, Crowd::new(texts)));
        if is_stopped {
            return None;
        }
    }
    (0..reports.len()).map(|own| goes_on().then(|| nearest(reports, &crowds, own, threshold))).collect()
}

fn nearest(
    reports: &[(&str, &Report)],
    crowds: &[(Section, Crowd)],
    own: usize,
    threshold: i64,
) -> Option<Finding> {
    // Of each other report the section that is nearest, the last of several.
    let mut twins: Vec<Option<(i64, Section)>> = vec![None; reports.len()];
    for (section, crowd) in crowds {
        for (twin, percent) in twins.iter_mut().zip(crowd.percents(own)) {
            if percent >= threshold && percent > 0 && twin.is_none_or(|(most, _)| percent >= most) {
                *twin = Some((percent, *section));
            }
        }
    }
    let twins = twins.into_iter().enumerate();
    let mut twins: Vec<(i64, usize, Section)> =
        twins.filter_map(|(other, twin)| twin.map(|(percent, section)| (percent, other, section))).collect();
    twins.retain(|(_, other, _)| !reports[own].1.may_be_of_one_organ(reports[*other].1));
    twins.sort_by_key(|(percent, other, _)| (std::cmp::Reverse(*percent), *other));
    let &(percent, other, section) = twins.first()?;
    let (report, twin) = (reports[own].1, reports[other].1);
    let similarity = ready(report, section)?.within(&ready(twin, section)?);
    let (words, quote) = longest(section, report.text(section), &similarity)?;
    let name = if twin.agency().is_empty() { reports[other].0 } else { twin.agency() };
    let more = if twins.len() > 1 {
        format!("；本报告与另外 {} 份也有相同的部分", twins.len() - 1)
    } else {
        String::new()
    };
    let message = format!(
        "这一部分有 {percent}% 的文字与{name}的报告相同，最长的一段是“{words}”{more}。请按本单位的情况改写。"
    );
    let mut review = Review::default();
    review.find(&G01, message, vec![Place::Section(section)]).quote = Some(quote);
    review.findings.pop()
}

/// The beginning of a long stretch, up to the end of a clause where one ends in its second half.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let text: Vec<char> = text.chars().filter(|c| *c != '\n').collect();
    if text.len() <= MOST {
        return text.into_iter().collect();
    }
    let end = text[..MOST].iter().rposition(|c| matches!(c, '，' | '。' | '；'));
    let end = end.filter(|end| *end >= MOST / 2).unwrap_or(MOST);
    text[..end].iter().collect::<String>() + ".."
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::form::terms::Field;
    use crate::report::{Edit, Value};

    /// A report of an organ, with its texts.
    fn report(agency: &str, texts: &[(Section, &str)]) -> Report {
        let mut report = Report::new(Form::current());
        let mut write =
            |place: Place, text: &str| report.apply(Edit::set(place, Some(Value::Text(text.to_owned()))));
        write(Field::Agency.into(), agency);
        texts.iter().for_each(|(section, text)| drop(write((*section).into(), text)));
        report
    }

    #[test]
    fn the_nearest_section_of_the_first_of_the_nearest_is_named_and_nobody_beside_itself() {
        let (overview, problems, other) = (Section::Overview, Section::Problems, Section::OtherMatters);
        let han = |from: usize, count: usize| ('一'..).skip(from).take(count).collect::<String>();
        let (own, more, common) = (han(0, 200), han(1000, 200), han(2000, 200));
        let nearly = |text: &str, percent: usize| {
            let kept = text.chars().take(2 * percent).collect::<String>();
            kept + &han(3000 + 10 * percent, 200 - 2 * percent)
        };
        let reports = [
            report("甲", &[(overview, &own), (other, &more)]),
            report("乙", &[(overview, &nearly(&own, 85))]),
            report("丙", &[(overview, &nearly(&own, 95)), (other, &nearly(&more, 90))]),
            report("丁", &[(overview, &nearly(&own, 79))]),
            report("", &[(problems, &common), (other, &common)]),
            report("", &[(problems, &common), (other, &common)]),
            report("云溪县财政局", &[(overview, LONG), (Section::Lead, &own)]),
            report("财政局", &[(overview, LONG), (problems, &own)]),
        ];
        let names = ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "6.txt", "7.txt", "8.txt"];
        let all: Vec<(&str, &Report)> = names.into_iter().zip(&reports).collect();
        let found = among(&all, 80, &mut || true).unwrap();
        let said = |found: &Option<Finding>| {
            let Finding { message, quote, .. } = found.as_ref()?;
            let (before, after) = message.split_once("，最长的一段是“")?;
            let (_, after) = after.split_once('”')?;
            let after = after.strip_suffix("。请按本单位的情况改写。")?;
            Some((format!("{before}{after}"), quote.as_ref()?.place))
        };
        let of = |words: &str, section| Some((words.to_owned(), Place::Section(section)));
        assert_eq!(
            found.iter().map(said).collect::<Vec<_>>(),
            [
                of("这一部分有 95% 的文字与丙的报告相同；本报告与另外 1 份也有相同的部分", overview),
                of("这一部分有 85% 的文字与甲的报告相同；本报告与另外 1 份也有相同的部分", overview),
                of("这一部分有 95% 的文字与甲的报告相同；本报告与另外 1 份也有相同的部分", overview),
                None,
                of("这一部分有 100% 的文字与6.txt的报告相同", other),
                of("这一部分有 100% 的文字与5.txt的报告相同", other),
                None,
                None,
            ]
        );
    }

    #[test]
    fn a_copy_with_other_figures_is_one_and_figures_alone_are_none() {
        let last = LONG.replace("十日", "5.5日");
        let of = |text: &str| report("甲", &[(Section::Overview, text)]);
        let percent = |one: &str, other: &str| {
            Some(ready(&of(one), Section::Overview)?.within(&ready(&of(other), Section::Overview)?).percent)
        };
        let with = |figure: &str| LONG.replace("，", &format!("{figure}件，"));
        assert_eq!(percent(&with("7"), &with("1,234.5")), Some(100));
        assert!(
            percent(LONG, &last).is_some_and(|percent| (80..100).contains(&percent)),
            "words for figures are words"
        );
        let figures = "收到申请12345件，办结12345件。".repeat(7);
        assert_eq!(
            (figures.chars().count() >= COMPARED_FROM, percent(&figures, &figures)),
            (true, Some(100))
        );
        let figures = "申请1234567件。".repeat(10);
        assert_eq!((figures.chars().count() >= COMPARED_FROM, percent(&figures, &figures)), (true, None));
    }

    #[test]
    fn what_is_quoted_has_the_whole_figures_at_its_ends_and_nothing_else() {
        let words = "公开".repeat(60);
        for (before, head, tail, behind) in [
            ("", "2025年", "共12.5%", "。"),
            ("今年，", "1,234件", "共12", "，"),
            ("一九九〇", "年", "共3％", ""),
            ("12,", "办公", "共享", ",12件"),
            ("完成5%，", "7.5件", "共1,234", ".又"),
        ] {
            let text = format!("{before}{head}{words}{tail}{behind}");
            let bare = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            let other = format!("{}{words}{}", bare(head), bare(tail));
            let similarity = Normal::new(&text).within(&Normal::new(&other));
            let (_, quote) = longest(Section::Overview, &text, &similarity).unwrap();
            assert_eq!(quote.text, format!("{head}{words}{tail}"), "{text}");
        }
    }

    #[test]
    fn what_was_copied_is_told_until_it_is_written_anew() {
        let reports = ["甲", "乙"].map(|agency| report(agency, &[(Section::Overview, LONG)]));
        let all = [("1.txt", &reports[0]), ("2.txt", &reports[1])];
        let finding = among(&all, 80, &mut || true).unwrap().swap_remove(0).unwrap();
        let stands =
            |text: &str| still_stands(&finding, &Facts::new(&report("甲", &[(Section::Overview, text)])));
        assert!(stands(LONG) && stands(&format!("{LONG}新的一句。")));
        assert!(!stands(&LONG.replace("明白纸", "宣传单")));
    }

    #[test]
    fn what_is_not_compared_does_not_count() {
        let report =
            report("甲", &[(Section::Lead, LONG), (Section::Overview, LONG), (Section::Problems, "无")]);
        assert_eq!(extent(&report), LONG.len());
    }

    #[test]
    fn whoever_waits_for_the_comparison_is_asked_at_each_report_of_each_round() {
        let report = report("", &[(Section::Overview, LONG)]);
        let reports = vec![("1.docx", &report); 30];
        let mut asked = 0;
        let mut count = || {
            asked += 1;
            true
        };
        assert!(among(&reports, 80, &mut count).is_some_and(|found| found.iter().all(Option::is_some)));
        assert_eq!(asked, (compared().count() + 1) * reports.len());
        for mut left in 0..asked {
            let mut until_then = || {
                let goes_on = left > 0;
                left -= usize::from(goes_on);
                goes_on
            };
            assert!(among(&reports, 80, &mut until_then).is_none());
        }
    }

    #[test]
    fn a_long_stretch_ends_with_a_clause_of_its_second_half() {
        let of = |clauses: [usize; 3]| clauses.map(|length| "甲".repeat(length)).join("，");
        assert_eq!(shortened("公开\n七件。"), "公开七件。");
        assert_eq!(shortened(&(of([19, 19, 0]) + "\n")), of([19, 19, 0]), "line ends are no words");
        assert_eq!(shortened(&of([19, 12, 30])), "甲".repeat(19) + "，" + &"甲".repeat(12) + "..");
        assert_eq!(shortened(&of([4, 60, 1])), "甲甲甲甲，".to_owned() + &"甲".repeat(35) + "..");
    }
}
