//! `compare`: what one report has otherwise than another, for the clerk and, as JSON, for other programs.
//!
//! What differs and how sentences are paired is [`compare`](crate::compare)'s affair; here it is only laid out.

mod shape;

use std::path::Path;

use super::arguments::Compare;
use super::past::{self, AUTO};
use super::print::Output;
use super::reading::Readers;
use super::{Desk, Error, Status, digest};
use crate::batch::{self, Source};
use crate::check::{Background, Finding, Review};
use crate::compare::{Change, Comparison, FollowUp, Occasion, Passage, Words, words};
use crate::form::Form;
use crate::form::terms::{Field, Level};
use crate::language::Language;
use crate::report::{Place, Report, Value};
use crate::width::{Ambiguous, fit, pad_left, width};
use shape::Compared;

/// The most columns that a value takes; what is longer is seen whole with `--json`.
const MOST_COLUMNS: usize = 16;

/// A report that is compared.
struct Side {
    /// As it was named.
    name: String,
    report: Report,
}

/// Compares two reports and prints where they differ.
pub(super) fn run(arguments: &Compare, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let named = [&arguments.old, &arguments.new];
    if named.iter().all(|named| *named == Path::new("-")) {
        return Err(Error::Misuse("标准输入只能读一份报告".to_owned()));
    }
    let sources = [batch::one(named[0])?, batch::one(named[1])?];
    let readers = Readers::plain(desk);
    let side = |nth: usize| -> Result<Side, Error> {
        let report =
            readers.one(&sources[nth]).map(|read| read.report).map_err(|error| error.about(named[nth]))?;
        Ok(Side { name: batch::spelled(named[nth]), report })
    };
    let (old, new) = (side(0)?, side(1)?);
    let comparison = Comparison::between(&old.report, &new.report);
    let reviews = match comparison.occasion {
        Occasion::Versions => {
            let is_kept = sources.iter().any(|source| matches!(source, Source::Library(_)));
            let last_year = arguments.last_year.as_deref().or(is_kept.then_some(Path::new(AUTO)));
            Some(reviews([&old, &new], last_year, (&readers, desk), output)?)
        }
        // From one year to the next all findings are others.
        Occasion::Years => {
            [&old, &new].into_iter().for_each(|side| warn(side, output));
            None
        }
    };
    let follow_up = reviews.as_ref().map(|[old, new]| FollowUp::between(old, new));
    if arguments.json {
        output.json(&Compared::new([&old, &new], &comparison, follow_up.as_ref()));
    } else {
        print([&old, &new], &comparison, follow_up.as_ref(), output);
    }
    let is_same = comparison.is_empty() && follow_up.is_none_or(|follow_up| follow_up.is_empty());
    Ok(if is_same { Status::Clean } else { Status::Found })
}

/// What the rules say of two versions; both before the same, so that no finding comes or goes but by the reports.
fn reviews(
    sides: [&Side; 2],
    last_year: Option<&Path>,
    (readers, desk): (&Readers, &Desk),
    output: &mut Output,
) -> Result<[Review; 2], Error> {
    let profile = desk.config()?.profile;
    let past = past::named(last_year, readers, output)?;
    Ok(sides.map(|side| {
        let (last, remark) = past.before(&side.report);
        remark.iter().for_each(|remark| output.note(remark));
        let background = Background {
            previous: last.map(|read| read.report),
            profile: profile.clone(),
            ..Background::default()
        };
        crate::check::check_before(&side.report, &background)
    }))
}

/// Says that something was not read cleanly, where no finding does.
fn warn(side: &Side, output: &mut Output) {
    if let count @ 1.. = side.report.notices().count() {
        let name = &side.name;
        output.note(&format!(
            "{name}：读入时有 {count} 处请核对，空白可能是没有读出来；用 nianbao check 查看。"
        ));
    }
}

fn print(
    [old, new]: [&Side; 2],
    comparison: &Comparison,
    follow_up: Option<&FollowUp<'_>>,
    output: &mut Output,
) {
    output.wrapped("前一份：", &digest::heading(&old.name, &old.report));
    output.wrapped("后一份：", &digest::heading(&new.name, &new.report));
    comparison.warnings.iter().for_each(|warning| output.wrapped("注意：", warning));
    let form = new.report.form();
    let section = |change: &Change| change.place.section();
    for changes in comparison.changes.chunk_by(|one, next| section(one) == section(next)) {
        output.line("");
        output.line(&digest::part(Some(changes[0].place), form));
        match changes {
            [prose] if matches!(prose.place, Place::Section(_)) => print_prose(prose, output),
            fields if fields[0].place.cell().is_none() => print_fields(fields, form, output),
            cells => print_cells(cells, comparison.occasion, form, output),
        }
    }
    if let Some(follow_up) = follow_up {
        print_findings(follow_up, form, output);
    }
    output.line("");
    output.wrapped("", &summary(comparison, follow_up));
}

/// Prints the fields that differ, a line each.
fn print_fields(changes: &[Change], form: &Form, output: &mut Output) {
    let language = output.language();
    let label = |change: &Change| language.say(&change.place.label(form)).into_owned();
    let columns = widest(changes.iter().map(label));
    for change in changes {
        let [old, new] = sides(change, language);
        let lead = format!("  {}  ", fit(&label(change), columns, Ambiguous::Narrow));
        output.rows(lead, &format!("{old} → {new}"));
    }
}

/// Prints the cells that differ, a line each: the numbers below one another, then the label, which may be long.
fn print_cells(changes: &[Change], occasion: Occasion, form: &Form, output: &mut Output) {
    let language = output.language();
    let row = |change: &Change| {
        let [old, new] = sides(change, language);
        let ratio = change.ratio().filter(|_| occasion == Occasion::Years);
        [old, new, difference(change), ratio.map_or_else(String::new, |ratio| ratio.to_string())]
    };
    let rows: Vec<[String; 4]> = changes.iter().map(row).collect();
    let columns: [usize; 4] = std::array::from_fn(|nth| widest(rows.iter().map(|row| &row[nth])));
    for (change, row) in changes.iter().zip(&rows) {
        let right = |nth: usize| pad_left(&row[nth], columns[nth], Ambiguous::Narrow);
        let mut lead = format!("  {} → {}  ", right(0), right(1));
        for nth in [2, 3].into_iter().filter(|&nth| columns[nth] > 0) {
            lead += &format!("{}  ", right(nth));
        }
        output.wrapped(&lead, &change.place.label(form));
    }
}

/// The columns that the widest of several texts takes, as far as there is room for it.
fn widest(texts: impl Iterator<Item = impl AsRef<str>>) -> usize {
    texts.map(|text| width(text.as_ref(), Ambiguous::Narrow)).max().unwrap_or_default().min(MOST_COLUMNS)
}

/// What stood and what stands at a place.
fn sides(change: &Change, language: Language) -> [String; 2] {
    [&change.old, &change.new].map(|value| said(change.place, value.as_ref(), language))
}

/// A value as the clerk knows it.
fn said(place: Place, value: Option<&Value>, language: Language) -> String {
    match (place, value) {
        (_, None) => language.say("空白").into_owned(),
        (Place::Field(Field::Level), Some(Value::Text(key))) => {
            Level::from_key(key).map_or_else(|| key.clone(), |level| language.say(level.label()).into_owned())
        }
        (_, Some(value)) => value.to_string(),
    }
}

/// By how much a number went up or down: `+3`.
fn difference(change: &Change) -> String {
    match change.difference() {
        None => String::new(),
        Some(difference) if difference.is_zero() => "写法不同".to_owned(),
        Some(difference) if difference.is_negative() => difference.to_string(),
        Some(difference) => format!("+{difference}"),
    }
}

/// Prints the sentences of a section that differ.
fn print_prose(change: &Change, output: &mut Output) {
    let passages = change.passages();
    let mut same = 0;
    for passage in &passages {
        match *passage {
            Passage::Same(_) => same += 1,
            Passage::Removed(old) => output.quoted("  删去  ", old),
            Passage::Added(new) => output.quoted("  增加  ", new),
            Passage::Changed { old, new } => {
                let words = words(old, new);
                output.quoted("  改动  前：", &marked(&words, |old, _| old));
                output.quoted("        后：", &marked(&words, |_, new| new));
            }
        }
    }
    match same {
        0 => {}
        all if all == passages.len() => output.line("  只是空白或者分段不同，文字一样"),
        same => output.line(&format!("  另有 {same} 句没有变")),
    }
}

/// One of two sentences, with the words in brackets that the other does not have.
fn marked(words: &[Words], side: impl for<'w> Fn(&'w str, &'w str) -> &'w str) -> String {
    let mark = |words: &Words| match words {
        Words::Same(same) => same.clone(),
        Words::Other { old, new } => match side(old, new) {
            "" => String::new(),
            words => format!("【{words}】"),
        },
    };
    words.iter().map(mark).collect()
}

fn print_findings(follow_up: &FollowUp<'_>, form: &Form, output: &mut Output) {
    let still: Vec<&Finding> = follow_up.still.iter().map(|(_, now)| *now).collect();
    let kinds =
        [("已经改好的问题", &follow_up.gone), ("新出现的问题", &follow_up.new), ("仍然有的问题", &still)];
    for (title, findings) in kinds {
        if !findings.is_empty() {
            output.line("");
            output.line(&format!("{title}（{}）", findings.len()));
            findings.iter().for_each(|finding| print_finding(finding, form, output));
        }
    }
}

fn print_finding(finding: &Finding, form: &Form, output: &mut Output) {
    let lead = format!("  {} {}  ", finding.severity.label(), finding.rule.id);
    output.wrapped(&lead, &format!("{}：{}", digest::part(finding.place(), form), finding.message));
    if let Some(reason) = &finding.waived {
        output.quoted("            已说明：", reason);
    }
}

fn summary(comparison: &Comparison, follow_up: Option<&FollowUp<'_>>) -> String {
    let count = |is: fn(&Place) -> bool| comparison.changes.iter().filter(|change| is(&change.place)).count();
    let cells = count(|place| place.cell().is_some());
    let fields = count(|place| matches!(place, Place::Field(_)));
    let prose = count(|place| matches!(place, Place::Section(_)));
    let differs = match comparison.changes.is_empty() {
        true => "内容没有不同".to_owned(),
        false => format!("{cells} 格、{prose} 部分文字、{fields} 项封面内容不同"),
    };
    let found = follow_up.map_or_else(String::new, |follow_up| {
        let FollowUp { gone, new, still } = follow_up;
        format!("；问题改好 {}，新出现 {}，仍有 {}", gone.len(), new.len(), still.len())
    });
    format!("合计：{differs}，另有 {} 格相同{found}。", comparison.same)
}
