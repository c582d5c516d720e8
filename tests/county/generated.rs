//! A fictional county: a register of units and their sound reports of several years, in the formats and under the file
//! names that offices use. The same seed gives the same county. Faults are planted by [`faults`], never here.

pub(crate) mod faults;
mod files;
mod prose;
mod register;
mod tables;
mod wordings;

use std::collections::BTreeMap;

use nianbao::form::terms::{Field, Section};
use nianbao::form::{Cell, Form};
use nianbao::report::{Edit, Report, Value};

pub(crate) use files::Shape;
pub(crate) use register::Unit;

use crate::sound::Dice;
use tables::Books;

/// The last year that is reported on.
pub(crate) const LAST_YEAR: i64 = 2025;

/// A report that a unit has sent in.
#[derive(Clone)]
pub(crate) struct Filing {
    /// The unit, as a number in [`County::units`].
    pub(crate) unit: usize,
    /// The year of the folder that it was put into.
    pub(crate) year: i64,
    /// The path of the file below the folder of the county: `2025/岚桥县云溪镇人民政府2025年年报.docx`.
    pub(crate) file: String,
    pub(crate) shape: Shape,
    pub(crate) report: Report,
    /// The file as it is, where it is not just the report in its shape.
    pub(crate) bytes: Option<Vec<u8>>,
    voice: prose::Voice,
    /// Whether its unit had other names before the last year.
    is_renamed_or_merged: bool,
}

/// A county with what its units have sent in.
pub(crate) struct County {
    /// The county itself, then its units.
    pub(crate) units: Vec<Unit>,
    pub(crate) filings: Vec<Filing>,
}

/// The county 岚桥县 with so many units and the reports of so many years, the last of them [`LAST_YEAR`].
pub(crate) fn generate(seed: u64, units: usize, years: usize) -> County {
    numbered(seed, 0, units, years)
}

/// The name of any of many counties.
pub(crate) fn name(number: usize) -> String {
    register::units(number, 0).remove(0).name
}

/// The same for any of many counties, each with another name and other reports.
pub(crate) fn numbered(seed: u64, number: usize, units: usize, years: usize) -> County {
    let units = register::units(number, units);
    let mut county = County { units, filings: Vec::new() };
    let first = LAST_YEAR + 1 - i64::try_from(years).unwrap();
    for unit in 1..county.units.len() {
        let mut books: BTreeMap<String, Books> = BTreeMap::new();
        for year in first..=LAST_YEAR {
            let names = county.units[unit].names_in(year);
            if names.iter().all(|name| !books.contains_key(name)) {
                // Renamed or merged: what was open goes on under the new name.
                let handed_on = std::mem::take(&mut books).into_values().reduce(Books::joined);
                books.extend(handed_on.map(|handed_on| (names[0].clone(), handed_on)));
            }
            for (office, name) in names.into_iter().enumerate() {
                // Everything that is drawn depends on who it is of and on nothing that was drawn before.
                let mix =
                    usize::try_from(seed).unwrap() * 8_191 + number * 131_071 + unit * 1_021 + office * 67;
                let mix = u64::try_from(mix).unwrap();
                let mut dice = Dice::new(mix * 64 + u64::try_from(year % 64).unwrap());
                let of_it = books.entry(name.clone()).or_insert_with(|| Books::opened(&name, &mut dice));
                let mut report = of_it.close_year(&mut dice);
                let level = county.units[unit].level;
                report.apply(Report::identity(&name, Some(level), year));
                let voice = prose::Voice {
                    seed: mix,
                    number: unit + office,
                    county: county.units[0].name_without_kind().to_owned(),
                };
                voice.write(&mut report);
                let shape = Shape::of(unit + unit / 10 + office);
                let file = files::name(&report, shape, number * 50 + unit + office);
                let is_renamed_or_merged = !county.units[unit].former_names.is_empty();
                county.filings.push(Filing {
                    unit,
                    year,
                    file,
                    shape,
                    report,
                    bytes: None,
                    voice,
                    is_renamed_or_merged,
                });
            }
        }
    }
    county
}

impl County {
    /// The register as a list between commas.
    pub(crate) fn register(&self) -> String {
        register::list(&self.units)
    }

    /// The reports of a year.
    pub(crate) fn of_year(&self, year: i64) -> impl Iterator<Item = &Filing> {
        self.filings.iter().filter(move |filing| filing.year == year)
    }

    /// What each cell adds up to over the reports of a year, in ten-thousandths: an arithmetic of its own.
    pub(crate) fn sums(&self, year: i64) -> Vec<(Cell, i128)> {
        let of_one = |report: &Report, cell| {
            let (units, scale) = report.number(cell).unwrap().fraction();
            i128::from(units) * 10i128.pow(4 - u32::from(scale))
        };
        let cells = Form::current().cells().iter().map(|info| info.cell);
        cells
            .map(|cell| (cell, self.of_year(year).map(|filing| of_one(&filing.report, cell)).sum()))
            .collect()
    }
}

impl Filing {
    /// The bytes of its file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.bytes.clone().unwrap_or_else(|| self.shape.bytes(&self.report))
    }

    /// Puts text at a place, read as a clerk's input is.
    fn put(&mut self, place: &str, text: &str) {
        let place = nianbao::report::Place::parse(place).unwrap();
        self.report.apply(Edit::set(place, Value::read(place, text).0));
    }

    /// Replaces words of a section that must be in it.
    fn reword(&mut self, section: Section, from: &str, to: &str) {
        let text = self.report.text(section);
        assert!(text.contains(from), "{}: {from} is not in {text}", self.report.agency());
        let text = text.replacen(from, to, 1);
        self.report.apply(Edit::set(section, Some(Value::Text(text))));
    }

    /// Writes the prose anew from the tables as they are now.
    fn retell(&mut self) {
        self.voice.write(&mut self.report);
    }

    /// The number in a cell.
    fn count(&self, place: &str) -> i64 {
        let cell = nianbao::report::Place::parse(place).unwrap().cell().unwrap();
        self.report.number(cell).unwrap().as_count().unwrap()
    }

    /// The name that the report gives its organ.
    pub(crate) fn agency(&self) -> &str {
        self.report.text(Field::Agency)
    }
}
