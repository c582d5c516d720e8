//! The prose of a report, told from its tables: one wording a topic, another one than last year's and than most other
//! units'. The sentences themselves are in [`wordings`](super::wordings).

use nianbao::day::Day;
use nianbao::form::Cell;
use nianbao::form::terms::{Column, Field, Row, Section};
use nianbao::number::Decimal;
use nianbao::prose::{Topic, compose};
use nianbao::report::{Edit, Report, Value};

use super::wordings::{self, Wordings};
use crate::sound::Dice;

/// Who tells: with the year of the report it decides on every wording.
#[derive(Clone)]
pub(super) struct Voice {
    pub(super) seed: u64,
    /// The number of the unit in its county.
    pub(super) number: usize,
    pub(super) county: String,
}

/// A report that is being told.
struct Telling<'r> {
    report: &'r Report,
    voice: &'r Voice,
    dice: Dice,
    year: usize,
    theme: &'static str,
}

impl Voice {
    /// Writes the prose of a report, its day of publishing, and nothing else.
    pub(super) fn write(&self, report: &mut Report) {
        let year = usize::try_from(report.year().unwrap()).unwrap();
        let dice = Dice::new(self.seed * 32 + u64::try_from(year % 32).unwrap());
        let mut telling = Telling { report, voice: self, dice, year, theme: "" };
        let lead = telling.lead();
        let (overview, problems, other) = (telling.overview(), telling.problems(), telling.other_matters());
        let published = (!self.number.is_multiple_of(3)).then(|| {
            let day = format!("{}年1月{}日", year + 1, 8 + telling.dice.below(18));
            Value::Text(Day::read(&day).unwrap().to_string())
        });
        for (section, text) in [
            (Section::Lead, lead),
            (Section::Overview, overview),
            (Section::Problems, problems),
            (Section::OtherMatters, other),
        ] {
            report.apply(Edit::set(
                section,
                Some(Value::Text(text)).filter(|_| section != Section::Lead || self.number % 3 != 1),
            ));
        }
        report.apply(Edit::set(Field::Published, published));
    }

    /// How much information was published in a year.
    fn information(&self, year: usize) -> [i64; 3] {
        let mut dice = Dice::new(self.seed * 32 + u64::try_from(year % 32 + 7).unwrap());
        [40, 60, 25].map(|least| i64::try_from(least + dice.below(150)).unwrap())
    }
}

impl Telling<'_> {
    /// The wording of a topic: two units, or two years of one, share few of them.
    fn pick(&mut self, topic: usize, wordings: Wordings) -> String {
        let number = self.voice.number;
        let turn = number * (2 * topic + 1) + number / 8 * (topic + 1) + self.year * 3;
        self.tell(wordings[turn % wordings.len()])
    }

    /// Some different wordings of a list, other ones each year.
    fn several<const N: usize>(&mut self, list: Wordings) -> [String; N] {
        let mut order: Vec<usize> = (0..list.len()).collect();
        let mut dice = Dice::new(self.voice.seed);
        (1..order.len()).rev().for_each(|last| order.swap(last, dice.below(last + 1)));
        std::array::from_fn(|at| self.tell(list[order[(self.year * N + at) % list.len()]]))
    }

    /// A wording with its choices made and its keys filled in.
    fn tell(&mut self, wording: &str) -> String {
        self.theme = wordings::THEMES[self.dice.below(wordings::THEMES.len())];
        let mut told = String::new();
        let mut rest = wording;
        while let Some((before, choices)) = rest.split_once('[') {
            let (choices, after) = choices.split_once(']').unwrap();
            let choices: Vec<&str> = choices.split('|').collect();
            told += before;
            told += choices[self.dice.below(choices.len())];
            rest = after;
        }
        told += rest;
        let mut filled = String::new();
        let mut rest = told.as_str();
        while let Some((before, key)) = rest.split_once('{') {
            let (key, after) = key.split_once('}').unwrap();
            filled += before;
            filled += &self.value(key);
            rest = after;
        }
        filled + rest
    }

    fn value(&mut self, key: &str) -> String {
        let [a, b, c] = self.voice.information(self.year);
        let total = a + b + c;
        let name = self.report.agency();
        match key {
            "name" => name.to_owned(),
            "county" => self.voice.county.clone(),
            "we" => match name.trim_end_matches("人民政府").trim_end_matches("办事处").chars().last() {
                Some('道') => "我街道",
                Some('镇') => "我镇",
                Some('乡') => "我乡",
                Some('会') => "我委",
                _ => "我局",
            }
            .to_owned(),
            "theme" => self.theme.to_owned(),
            "year" => self.year.to_string(),
            "next" => (self.year + 1).to_string(),
            "n1" => (1 + self.dice.below(3)).to_string(),
            "n2" => (2 + self.dice.below(9)).to_string(),
            "n3" => (12 + self.dice.below(70)).to_string(),
            "phone" => format!("{:04}", self.dice.below(10_000)),
            "info" => total.to_string(),
            "ia" => a.to_string(),
            "ib" => b.to_string(),
            "ic" => c.to_string(),
            "pa" => percent(a, total),
            "change" => {
                let last: i64 = self.voice.information(self.year - 1).iter().sum();
                match total - last {
                    0 => format!("的{last}条持平"),
                    more @ 1.. => format!("的{last}条增加{more}条"),
                    less => format!("的{last}条减少{}条", -less),
                }
            }
            key => self.of_tables(key),
        }
    }

    fn count(&self, row: Row, column: Column) -> i64 {
        self.report.number(Cell { row, column }).and_then(Decimal::as_whole).unwrap_or_default()
    }

    fn total(&self, row: Row) -> i64 {
        self.count(row, Column::Total)
    }

    /// What the tables say.
    fn of_tables(&mut self, key: &str) -> String {
        let received = self.total(Row::Received);
        let number = match key {
            "r" => received,
            "i" => self.total(Row::CarriedIn),
            "c" => self.total(Row::Concluded),
            "o" => self.total(Row::CarriedOut),
            "np" => self.count(Row::Received, Column::NaturalPerson),
            "org" => received - self.count(Row::Received, Column::NaturalPerson),
            "w" => received / 2,
            "l" => received / 3,
            "v" => received - received / 2 - received / 3,
            "re" => self.total(Row::Reconsideration),
            "su" => self.total(Row::DirectSuit) + self.total(Row::SuitAfterReconsideration),
            "di" => self.count(Row::NormativeDocuments, Column::Issued),
            "dr" => self.count(Row::NormativeDocuments, Column::Repealed),
            "df" => self.count(Row::NormativeDocuments, Column::InForce),
            "li" => self.count(Row::Licenses, Column::Decisions),
            "pe" => self.count(Row::Penalties, Column::Decisions),
            "cm" => self.count(Row::Compulsion, Column::Decisions),
            "outcomes" => return self.outcomes(),
            other => panic!("no key {other}"),
        };
        number.to_string()
    }

    fn outcomes(&self) -> String {
        const NAMES: [(&str, &[Row]); 5] = [
            ("予以公开", &[Row::Granted]),
            ("部分公开", &[Row::GrantedInPart]),
            (
                "不予公开",
                &[
                    Row::ThirdPartyRights,
                    Row::InternalAffairs,
                    Row::EnforcementFiles,
                    Row::AdministrativeInquiry,
                ],
            ),
            ("无法提供", &[Row::NotHeld, Row::NotExisting, Row::Unclear]),
            ("不予处理", &[Row::Petition, Row::Repeated]),
        ];
        let counted = NAMES.map(|(name, rows)| (name, rows.iter().map(|&row| self.total(row)).sum::<i64>()));
        let told = counted.iter().filter(|(_, count)| *count > 0);
        told.map(|(name, count)| format!("{name}{count}件")).collect::<Vec<_>>().join("、")
    }

    fn composed(&mut self, topic: Topic, at: usize, list: Wordings) -> String {
        let sentence = compose(self.report, topic).unwrap().unwrap();
        self.pick(at, list).replace("COMPOSED", &sentence)
    }

    fn lead(&mut self) -> String {
        self.pick(0, wordings::LEADS)
    }

    fn overview(&mut self) -> String {
        let has_requests = self.total(Row::Received) > 0 && self.total(Row::Concluded) > 0;
        let all_requests = self.total(Row::Received) + self.total(Row::CarriedIn);
        let disputes = [Row::Reconsideration, Row::DirectSuit, Row::SuitAfterReconsideration];
        let has_disputes = disputes.iter().any(|&row| self.total(row) > 0);
        let parts = [
            self.pick(0, wordings::OPENINGS),
            self.pick(1, wordings::ACTIVE),
            match () {
                () if has_requests => self.composed(Topic::Requests, 2, wordings::REQUESTS),
                () if all_requests == 0 => self.pick(2, wordings::NO_REQUESTS),
                () => self.composed(Topic::Requests, 2, &["依申请公开方面，COMPOSED"]),
            },
            self.composed(
                Topic::Disputes,
                3,
                if has_disputes { wordings::DISPUTES } else { wordings::NO_DISPUTES },
            ),
            self.composed(Topic::Documents, 4, wordings::DOCUMENTS),
            self.composed(Topic::Decisions, 0, wordings::DECISIONS),
            self.pick(5, wordings::MANAGEMENT),
            self.pick(6, wordings::PLATFORM),
            self.pick(7, wordings::SUPERVISION),
        ];
        match self.voice.number % 4 {
            0 => {
                let [opening, active, requests, disputes, documents, decisions, rest @ ..] = parts;
                let [management, platform, supervision] = rest;
                format!(
                    "{opening}\n（一）主动公开。{active}{decisions}\n（二）依申请公开。{requests}{disputes}\n（三）政府信息管理。\
                     {management}{documents}\n（四）平台建设。{platform}\n（五）监督保障。{supervision}"
                )
            }
            1 => parts.concat(),
            _ => parts.join("\n"),
        }
    }

    fn problems(&mut self) -> String {
        let (problems, measures): ([String; 5], [String; 5]) =
            (self.several(wordings::PROBLEMS), self.several(wordings::MEASURES));
        let (head, then) = (self.pick(1, wordings::PROBLEMS_HEAD), self.pick(2, wordings::MEASURES_HEAD));
        let listed = |list: &[String; 5], before: &str, behind: &str, between: &str| {
            let numbered = ["一", "二", "三", "四", "五"].iter().zip(list);
            let listed: Vec<String> =
                numbered.map(|(number, words)| format!("{before}{number}{behind}{words}")).collect();
            listed.join(between)
        };
        match self.voice.number % 3 {
            0 => {
                let [problems, measures] = [&problems, &measures].map(|list| listed(list, "", "是", "；"));
                format!("{head}{problems}。\n{then}{measures}。")
            }
            1 => {
                let [problems, measures] =
                    [&problems, &measures].map(|list| listed(list, "（", "）", "。\n"));
                format!("{head}\n{problems}。\n{then}\n{measures}。")
            }
            _ => format!("{head}{}。{then}{}。", problems.join("；"), measures.join("；")),
        }
    }

    fn other_matters(&mut self) -> String {
        let (fees, proposals) = (self.pick(3, wordings::FEES), self.pick(4, wordings::PROPOSALS));
        let standards: [String; 3] = self.several(wordings::STANDARDS);
        let agenda: [String; 3] = self.several(wordings::AGENDA);
        let between = if self.voice.number.is_multiple_of(2) { "\n" } else { "" };
        [&[fees, proposals][..], &standards, &agenda].concat().join(between)
    }
}

/// A share with one decimal, rounded.
fn percent(part: i64, whole: i64) -> String {
    let thousandths = (part * 2_000 + whole) / (2 * whole);
    format!("{}.{}", thousandths / 10, thousandths % 10)
}
