//! What there is to say of the reports before their figures are compared: which of them are in no sum and why, and where
//! the years are not of the same units.

use super::{Doubled, Trends};
use crate::form::Form;
use crate::form::terms::Level;
use crate::rollup::named;
use crate::units::roster::Part;

/// Something that whoever reads the figures has to know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// What kind of thing it is, in two or three characters.
    pub lead: &'static str,
    /// The sentence.
    pub message: String,
}

impl Trends<'_> {
    /// The reports that are in no sum, and the units with several.
    pub fn set_aside(&self) -> Vec<Told> {
        let doubled =
            self.doubled().iter().map(|doubled| Told { lead: "重报", message: self.double(doubled) });
        let passed = self.filed.iter().zip(&self.parts).filter_map(|(one, part)| {
            let agency = Some(one.agency.as_str()).filter(|agency| !agency.is_empty());
            let (lead, why) = self.passed_over(part, agency, one.year, one.form())?;
            Some(Told { lead, message: format!("{}：{why}", one.file) })
        });
        doubled.chain(passed).collect()
    }

    fn double(&self, Doubled { unit, year, reports, is_taken }: &Doubled) -> String {
        let files: Vec<&str> = reports.iter().map(|report| self.filed[*report].file.as_str()).collect();
        let mut agencies: Vec<&str> =
            reports.iter().map(|report| self.filed[*report].agency.as_str()).collect();
        agencies.sort_unstable();
        agencies.dedup();
        let then = match (is_taken, &agencies[..]) {
            (true, _) => "这里用到的数都相同，只计了一份。请只留一份".to_owned(),
            (false, [_]) => "数不相同，都没有计入。请问清用哪一份，把另外的移走".to_owned(),
            (false, _) => {
                format!("写的机关是{}，数不相同，都没有计入。合并以前的，请先合成一份", agencies.join("、"))
            }
        };
        let name = self.name(*unit);
        format!("{name}有 {} 份 {year} 年度的报告（{}），{then}。", files.len(), files.join("、"))
    }

    /// Why a report is in no sum, unless its unit has several, and what to do.
    fn passed_over(
        &self,
        part: &Part,
        agency: Option<&str>,
        year: Option<i64>,
        form: &Form,
    ) -> Option<(&'static str, String)> {
        let whose = agency.unwrap_or("没有写明机关");
        Some(match part {
            Part::Counted(_) | Part::Again(_) | Part::Disputed(_) => return None,
            Part::Unsure(units) => {
                let units: Vec<&str> = units.iter().map(|unit| self.name(*unit)).collect();
                let units = named(&units);
                (
                    "认不准",
                    format!(
                        "写的是“{whose}”，可能是{units}，没有计入。是的话，请在名册里它的简称一栏写上“{whose}”。"
                    ),
                )
            }
            Part::Unknown if agency.is_some() => (
                "不认识",
                format!("{whose}，名册里没有，没有计入。该报的请加进名册，改了名的请写在原名一栏。"),
            ),
            Part::Unknown => ("不认识", format!("{whose}，没有计入。请在报告里补上机关全称。")),
            Part::Parent => ("未计入", format!("{whose}，是本级自己的报告，不与下级单位的相加。")),
            Part::Outside(_) => ("未计入", format!("{whose}，不是名册最上一级的直接下级。")),
            Part::OtherYear => match year {
                Some(year) => {
                    ("未计入", format!("{whose}，写的是 {year} 年，那时没有统一的表样。请核对年度。"))
                }
                None => ("未计入", format!("{whose}，没有写明年度。请在报告里补上。")),
            },
            Part::OtherForm(_) => {
                let (own, year) = (form.decree.key, year.unwrap_or_default());
                (
                    "未计入",
                    format!(
                        "{whose}，{year} 年度的用了 {own} 年表样，各格的口径不同。请退回改用规定的表样。"
                    ),
                )
            }
        })
    }

    /// Where the years or the units are not such that they can be compared as they stand.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if !self.has_register {
            let over = |unit: &usize| {
                matches!(self.level(*unit), Some(Level::County | Level::City | Level::Province))
            };
            let above =
                self.scope.units.iter().find(|unit| over(unit)).filter(|_| self.scope.units.len() > 1);
            let above = above.map_or_else(String::new, |unit| {
                format!("{}如果是本级自己的报告，会与下级的重复相加；有名册就不会", self.name(*unit))
            });
            let comma = if above.is_empty() { "" } else { "；" };
            remarks
                .push(format!("没有单位名册（--units），看不出谁缺报，更名的算作两个单位{comma}{above}。"));
        }
        let years: Vec<i64> = self.years().collect();
        for pair in years.windows(2) {
            let [before, year] = [pair[0], pair[1]];
            match year - before {
                1 => {}
                2 => remarks.push(format!("没有 {} 年的报告，{year} 年没有上年可比。", before + 1)),
                _ => remarks.push(format!(
                    "没有 {} 至 {} 年的报告，{year} 年没有上年可比。",
                    before + 1,
                    year - 1
                )),
            }
        }
        let uneven: Vec<String> = years.iter().filter_map(|year| self.coverage(*year)).collect();
        if !uneven.is_empty() {
            let uneven = uneven.join("；");
            remarks.push(format!(
                "各年报来的单位不同，合计不能直接比：{uneven}。与上年比，只算两年都有数的单位。"
            ));
        }
        let form =
            |year: Option<&i64>| year.and_then(|year| Form::for_year(*year)).map(|form| form.decree.key);
        if form(years.first()) != form(years.last()) {
            let first = Form::current().decree.first_year;
            remarks.push(format!("{first} 年起换了表样：以前的表里没有规范性文件的制发数和有效数。"));
        }
        let unplaced = self.scope.units.iter().filter(|unit| self.level(**unit).is_none()).count();
        if unplaced > 0 {
            remarks.push(format!("有 {unplaced} 个单位看不出层级，没有与同级比；可以在名册的层级一栏写上。"));
        }
        remarks
    }

    /// Which units a year lacks: of those that had to report, or where nobody says which, beside the year before it.
    fn coverage(&self, year: i64) -> Option<String> {
        let said = |what: &str, units: &[usize]| {
            let names: Vec<&str> = units.iter().map(|unit| self.name(*unit)).collect();
            (!names.is_empty()).then(|| format!("{what} {} 个（{}）", names.len(), named(&names)))
        };
        let (joined, left) = match self.has_register {
            true => (Vec::new(), self.missing(year)),
            false => self.joined_and_left(year)?,
        };
        let lacking = if self.has_register { "缺报" } else { "比上年少" };
        let said: Vec<String> =
            [said("比上年多", &joined), said(lacking, &left)].into_iter().flatten().collect();
        (!said.is_empty()).then(|| format!("{year} 年{}", said.join("，")))
    }
}
