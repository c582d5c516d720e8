//! Faults of files: tables that are pictures or were cut, files that are damaged, another form.

use nianbao::form::Form;
use nianbao::form::terms::{Field, Section};
use nianbao::report::{Edit, Report, Value};

use super::super::files::in_word;
use super::super::{Filing, LAST_YEAR, Shape};
use super::{Expected, Planter, Spot};

/// The bytes of a page with a piece of it replaced, from a mark to the end of another, the first behind some words.
fn cut(text: &str, behind: &str, from: &str, to: &str, by: &str) -> String {
    let start = text.find(behind).unwrap();
    let start = start + text[start..].find(from).unwrap();
    let end = start + text[start..].find(to).unwrap() + to.len();
    format!("{}{by}{}", &text[..start], &text[end..])
}

const TABLE_3: &str = "三、收到和处理政府信息公开申请情况";

/// What cannot be told of a table that is not there.
const WITHOUT_TABLE: &[&str] = &["A06"];

pub(super) fn plant(planter: &mut Planter<'_>) {
    let pictured = "a picture in place of a table";
    for shape in [Shape::Page, Shape::Word] {
        let chosen = planter.choose(pictured, LAST_YEAR, |filing| filing.shape == shape);
        let filing = &mut planter.county.filings[chosen];
        let bytes = filing.bytes();
        filing.bytes = Some(match shape {
            Shape::Word => {
                let picture = "<w:p><w:r><w:drawing/></w:r></w:p>";
                in_word(&bytes, |xml| cut(xml, TABLE_3, "<w:tbl>", "</w:tbl>", picture))
            }
            _ => {
                let page = String::from_utf8(bytes).unwrap();
                // The heading of the section is the caption of its table.
                let picture = format!("<h2>{TABLE_3}</h2><p><img src=\"t3.png\" width=\"600\"></p>");
                cut(&page, TABLE_3, "<table", "</table>", &picture).into_bytes()
            }
        });
        planter.found(pictured, chosen, "S03", Spot::at("requests"), &[]);
    }
    let kind = "rows lost in pasting";
    let chosen = planter.choose(kind, LAST_YEAR, |filing| filing.shape == Shape::Text);
    let filing = &mut planter.county.filings[chosen];
    let text = String::from_utf8(filing.bytes()).unwrap();
    let is_kept = |line: &&str| !line.contains("（七）总计") && !line.contains("3.补正后申请内容仍不明确");
    filing.bytes = Some(text.lines().filter(is_kept).collect::<Vec<_>>().join("\n").into_bytes());
    planter.found(kind, chosen, "A06", Spot::at("requests/concluded/total"), WITHOUT_TABLE);

    let kind = "a section left out";
    let chosen = planter.choose(kind, LAST_YEAR, |filing| filing.shape == Shape::Text);
    let filing = &mut planter.county.filings[chosen];
    let text = String::from_utf8(filing.bytes()).unwrap();
    filing.bytes = Some(cut(&text, "\n五、", "\n五、", "\n六、", "\n六、").into_bytes());
    planter.found(kind, chosen, "S01", Spot::at("problems"), &[]);

    let kind = "the form of 2019";
    let chosen = planter.choose(kind, LAST_YEAR, |filing| filing.shape == Shape::PlainPage);
    let filing = &mut planter.county.filings[chosen];
    filing.bytes = Some(filing.shape.bytes(&on_the_old_form(filing)));
    let file = filing.file.clone();
    let place = "@year".to_owned();
    let found = Expected::Found { file: file.clone(), rule: "S06", place, right: None };
    let passed = Expected::Passed { file, part: "other_form" };
    planter.note(kind, chosen, vec![found, passed], &["Y01", "P01", "P02", "P03", "P04", "P05", "P08"]);
    unreadable(planter);
}

/// A report on the form that is no more, zero in every cell.
fn on_the_old_form(filing: &Filing) -> Report {
    let form = Form::from_key("2019").unwrap();
    let mut old = Report::new(form);
    old.apply(Report::identity(filing.agency(), filing.report.level(), LAST_YEAR));
    for info in form.cells() {
        old.apply(Edit::set(info.cell, Some(Value::count(0))));
    }
    for section in Section::PROSE {
        old.apply(Edit::set(section, filing.report.get(section).cloned()));
    }
    old.apply(Edit::set(Field::Published, filing.report.get(Field::Published).cloned()));
    old
}

/// Files that no report can be read from; their units are missed.
fn unreadable(planter: &mut Planter<'_>) {
    for (kind, shape) in [("a damaged file", Shape::Covered), ("an empty file", Shape::Csv)] {
        let chosen = planter.choose(kind, LAST_YEAR, |filing| filing.shape == shape);
        let filing = &mut planter.county.filings[chosen];
        let mut bytes = filing.bytes();
        bytes.truncate(if shape == Shape::Csv { 0 } else { bytes.len() / 2 });
        filing.bytes = Some(bytes);
        let file = filing.file.clone();
        planter.note(kind, chosen, vec![Expected::Unreadable { file }, Expected::Missing], &[]);
    }
}
