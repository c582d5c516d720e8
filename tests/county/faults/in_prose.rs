//! Faults of words: numbers and years in the prose, the title, what was copied. The tables are as they were.

use nianbao::form::Form;
use nianbao::form::terms::{Field, Section};
use nianbao::report::{Edit, Value};

use super::super::{Filing, LAST_YEAR, Shape};
use super::{Expected, Fault, Planted, Planter, Spot};

/// The first number between two words of a section: its words, and the number.
fn between(filing: &Filing, section: Section, before: &str, after: &str) -> Option<(String, i64)> {
    let text = filing.report.text(section);
    text.match_indices(before).find_map(|(at, _)| {
        let rest = &text[at + before.len()..];
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let number = rest[..end].parse().ok()?;
        rest[end..].starts_with(after).then(|| (format!("{before}{number}{after}"), number))
    })
}

/// Adds to the number between two words of section one.
fn raise(filing: &mut Filing, before: &str, after: &str, by: i64) -> Spot {
    let (words, number) = between(filing, Section::Overview, before, after).unwrap();
    filing.reword(Section::Overview, &words, &format!("{before}{}{after}", number + by));
    Spot::at("overview")
}

fn has(filing: &Filing, before: &str, after: &str) -> bool {
    between(filing, Section::Overview, before, after).is_some()
}

/// Writes a sentence behind a section.
fn append(filing: &mut Filing, section: Section, sentence: &str) -> Spot {
    let text = format!("{}{sentence}", filing.report.text(section));
    write(filing, section, text)
}

fn write(filing: &mut Filing, section: Section, text: String) -> Spot {
    filing.report.apply(Edit::set(section, Some(Value::Text(text))));
    Spot::at(section.key())
}

fn entitle(filing: &mut Filing, title: String) -> Spot {
    filing.report.apply(Edit::set(Field::Title, Some(Value::Text(title))));
    Spot::at("@title")
}

const RECEIVED: [&str; 2] = ["新收政府信息公开申请", "件"];
const CONCLUDED: [&str; 2] = ["办结", "件"];
const IN_FORCE: [&str; 2] = ["现行有效", "件"];
const LICENSES: [&str; 2] = ["行政许可", "件"];
const PUBLISHED: [&str; 2] = ["全年公开政府信息", "条，其中"];
const SHARE: [&str; 2] = ["条，占", "."];
const SUITS: [&str; 2] = ["申请行政复议", "件"];

pub(super) const ALL: &[Planted] = &[
    Planted {
        kind: "a number of the prose that the table denies",
        rule: "P01",
        also: &["P03", "P04"],
        fits: |filing| has(filing, RECEIVED[0], RECEIVED[1]) && filing.count("requests/received/total") > 3,
        plant: |filing| raise(filing, RECEIVED[0], RECEIVED[1], 20),
    },
    Planted {
        kind: "a number of the prose that the table denies",
        rule: "P03",
        also: &["P09"],
        fits: |filing| {
            has(filing, CONCLUDED[0], CONCLUDED[1]) && filing.count("requests/concluded/total") > 3
        },
        plant: |filing| raise(filing, CONCLUDED[0], CONCLUDED[1], 20),
    },
    Planted {
        kind: "a number of the prose that the table denies",
        rule: "P05",
        also: &["P09"],
        fits: |filing| has(filing, SUITS[0], SUITS[1]),
        plant: |filing| raise(filing, SUITS[0], SUITS[1], 5),
    },
    Planted {
        kind: "a number of the prose that the table denies",
        rule: "P06",
        also: &[],
        fits: |filing| has(filing, IN_FORCE[0], IN_FORCE[1]),
        plant: |filing| raise(filing, IN_FORCE[0], IN_FORCE[1], 7),
    },
    Planted {
        kind: "a number of the prose that the table denies",
        rule: "P07",
        also: &[],
        fits: |filing| has(filing, LICENSES[0], LICENSES[1]),
        plant: |filing| raise(filing, LICENSES[0], LICENSES[1], 100),
    },
    Planted {
        kind: "the prose denies what the table has",
        rule: "P08",
        also: &[],
        fits: |filing| filing.count("requests/received/total") > 3,
        plant: |filing| append(filing, Section::OtherMatters, "全年未收到政府信息公开申请。"),
    },
    Planted {
        kind: "parts that do not add up",
        rule: "P09",
        also: &[],
        fits: |filing| has(filing, PUBLISHED[0], PUBLISHED[1]),
        plant: |filing| raise(filing, PUBLISHED[0], PUBLISHED[1], 30),
    },
    Planted {
        kind: "a wrong percentage",
        rule: "P10",
        also: &[],
        fits: |filing| has(filing, SHARE[0], SHARE[1]),
        plant: |filing| raise(filing, SHARE[0], SHARE[1], 10),
    },
    Planted {
        kind: "a stale year in the prose",
        rule: "I02",
        also: &[],
        fits: |filing| filing.report.text(Section::Overview).starts_with("2024年，"),
        plant: |filing| {
            filing.reword(Section::Overview, "2024年", "2023年");
            Spot::at("overview")
        },
    },
    Planted {
        kind: "a stale year in the title",
        rule: "I02",
        also: &[],
        fits: |filing| filing.shape == Shape::Json,
        plant: |filing| entitle(filing, Form::title(filing.agency(), 2023)),
    },
    Planted {
        kind: "another organ's name in the title",
        rule: "I01",
        also: &[],
        fits: |filing| filing.shape == Shape::Json,
        plant: |filing| entitle(filing, Form::title("岚桥县碧水镇人民政府", 2024)),
    },
    Planted {
        kind: "a title of another form",
        rule: "I01",
        also: &[],
        fits: |filing| filing.shape == Shape::Word,
        plant: |filing| entitle(filing, format!("{}2024年度政府信息公开年度报告", filing.agency())),
    },
    Planted {
        kind: "another period",
        rule: "I04",
        also: &[],
        fits: |filing| filing.report.text(Section::Lead).contains("至2024年12月31日"),
        plant: |filing| {
            filing.reword(Section::Lead, "至2024年12月31日", "至2024年11月30日");
            Spot::at("lead")
        },
    },
    Planted {
        kind: "another organ as the subject",
        rule: "I03",
        also: &[],
        fits: |filing| filing.agency().ends_with("镇人民政府"),
        plant: |filing| append(filing, Section::Problems, "下一步，碧水镇将加强业务培训。"),
    },
    Planted {
        kind: "personal data",
        rule: "T02",
        also: &[],
        fits: |_| true,
        plant: |filing| append(filing, Section::OtherMatters, "申请人手机号13900139000，已电话告知。"),
    },
    Planted {
        kind: "a character that is not seen",
        rule: "T03",
        also: &[],
        fits: |filing| filing.shape == Shape::Json,
        plant: |filing| append(filing, Section::OtherMatters, "另有\u{202E}说明。"),
    },
    Planted {
        kind: "words of a template",
        rule: "G02",
        also: &[],
        fits: |_| true,
        plant: |filing| append(filing, Section::OtherMatters, "XX镇将继续做好有关工作。"),
    },
    Planted {
        kind: "a cover letter's words",
        rule: "I07",
        also: &[],
        fits: |_| true,
        plant: |filing| append(filing, Section::OtherMatters, "特此报告。"),
    },
    Planted {
        kind: "no problems",
        rule: "S09",
        also: &[],
        fits: |_| true,
        plant: |filing| write(filing, Section::Problems, "无。".to_owned()),
    },
    Planted {
        kind: "a number of a list skipped",
        rule: "S11",
        also: &[],
        fits: |filing| filing.report.text(Section::Problems).contains("；三是"),
        plant: |filing| {
            filing.reword(Section::Problems, "；三是", "；四是");
            Spot::at("problems")
        },
    },
];

/// What was copied: from another unit, from last year, whole tables.
pub(super) fn copied(planter: &mut Planter<'_>) {
    for section in [Section::Problems, Section::OtherMatters] {
        from_another(planter, section);
        let kind = "prose copied from last year";
        let chosen =
            planter.choose(kind, LAST_YEAR, |filing| !filing.is_renamed_or_merged && filing.bytes.is_none());
        let last = planter.before(chosen).unwrap().report.text(section).replace("2025", "2026");
        let text = last.replace("2024", "2025");
        let spot = write(&mut planter.county.filings[chosen], section, text);
        planter.found(kind, chosen, "Y09", spot, &[]);
    }
    let kind = "last year's tables";
    let chosen =
        planter.choose(kind, LAST_YEAR, |filing| !filing.is_renamed_or_merged && filing.bytes.is_none());
    let last = planter.before(chosen).unwrap().report.clone();
    for info in Form::current().cells() {
        planter.county.filings[chosen].report.apply(Edit::set(info.cell, last.get(info.cell).cloned()));
    }
    let also = &["Y01", "Y02", "P01", "P02", "P03", "P04", "P05", "P06", "P08", "P09"];
    planter.found(kind, chosen, "Y08", Spot::at("proactive"), also);
}

/// A section copied from another unit: both are told, since it cannot be known who copied.
fn from_another(planter: &mut Planter<'_>, section: Section) {
    let kind = "prose copied from another unit";
    let fits = |filing: &Filing| filing.agency().ends_with("镇人民政府") && filing.bytes.is_none();
    let [from, into] = [0; 2].map(|_| planter.choose(kind, LAST_YEAR, fits));
    let text = planter.county.filings[from].report.text(section).to_owned();
    write(&mut planter.county.filings[into], section, text);
    let files = [into, from].map(|chosen| planter.county.filings[chosen].file.clone());
    let found = |file: &String| Expected::Found {
        file: file.clone(),
        rule: "G01",
        place: section.key().to_owned(),
        right: None,
    };
    planter.faults.push(Fault {
        kind,
        year: LAST_YEAR,
        unit: planter.county.filings[into].agency().to_owned(),
        expected: files.iter().map(found).collect(),
        brings: files.into_iter().map(|file| (file, &[][..])).collect(),
    });
}
