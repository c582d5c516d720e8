//! The reviewer's desk on the screen. How a filing stands is tried beside `desk`; a whole session with files is in
//! [`session`].

mod deciding;
mod queue;
mod session;

use nianbao::desk::{Brief, Desk as Filed, Filing, Judgement, Judgements, Row, State};
use nianbao::document::{Block, Document, Grid, GridCell, GridRow};
use nianbao::form::terms::Level;
use nianbao::report::{Place, Report};
use nianbao::session::Session;
use nianbao::tui::action::{Action, Answer, Arrival, Effect, Errand, Origin, Outcome};
use nianbao::tui::app::queue::OnDesk;
use nianbao::units::Units;

use crate::screens::{Desk, sample};

const SIZE: (u16, u16) = (80, 24);

/// A desk on the screen, and a world that does for it what it asks and remembers what that was.
struct Review {
    desk: Desk,
    reports: Vec<Report>,
    errands: Vec<Errand>,
}

impl Review {
    fn new(size: (u16, u16), filed: Filed, reports: Vec<Report>) -> Self {
        let mut review = Self { desk: Desk::library(size, &[]), reports, errands: Vec::new() };
        review.survey(filed);
        review
    }

    fn survey(&mut self, filed: Filed) {
        self.desk.act(Action::Answer(Answer::Desk(Outcome::Surveyed(Box::new(filed), None))));
        self.desk.effects.clear();
    }

    /// Presses keys one by one; what is asked for is done before the next.
    fn press(&mut self, keys: &str) {
        for word in keys.split_whitespace() {
            self.desk.press(word);
            while let Some(effect) = (!self.desk.effects.is_empty()).then(|| self.desk.effects.remove(0)) {
                if let Effect::Desk(errand) = effect {
                    self.errands.push(errand.clone());
                    self.perform(errand);
                }
            }
        }
    }

    fn perform(&mut self, errand: Errand) {
        let answer = match errand {
            Errand::Take(number) => Answer::Opened(Box::new(Arrival {
                session: Session::new(self.reports[number].clone()),
                origin: Origin::File(self.filing(number).file.clone().into()),
                cursor: None,
                message: None,
                on_desk: Some(OnDesk::Filing { number, last: None }),
            })),
            Errand::Judge(number, said) => Answer::Desk(Outcome::Judged(number, said)),
            _ => return,
        };
        self.desk.act(Action::Answer(answer));
    }

    fn filed(&self) -> &Filed {
        &self.desk.app.queue.as_ref().unwrap().desk
    }

    fn filing(&self, number: usize) -> &Filing {
        &self.filed().filings[number]
    }

    fn state(&self, number: usize) -> State {
        self.filed().state(self.filing(number))
    }

    fn said(&self, number: usize) -> Judgement {
        self.filed().judgement(self.filing(number)).cloned().unwrap_or_default()
    }

    /// What was noted of a filing, with the place and the words that it is about.
    fn notes(&self, number: usize) -> Vec<(String, String, String)> {
        let spelled = |place: Option<Place>| place.map_or_else(String::new, |place| place.to_string());
        self.said(number).notes.into_iter().map(|note| (spelled(note.place), note.quote, note.text)).collect()
    }

    /// Which filing is open.
    fn open(&self) -> Option<usize> {
        self.desk.app.open.as_ref()?.on_desk.as_ref()?.number()
    }

    /// Which filing is selected in the queue.
    fn selected(&self) -> Option<usize> {
        self.desk.app.queue.as_ref()?.selected()?.filing
    }

    /// The lines of the queue from top to bottom, each by what it shows of itself.
    fn lines(&self) -> Vec<String> {
        let queue = self.desk.app.queue.as_ref().unwrap();
        let name = |row: &&Row| {
            let file = queue.filing(row).map(|filing| filing.file.clone());
            if row.agency.is_empty() { file.unwrap_or_default() } else { row.agency.clone() }
        };
        queue.found().iter().map(name).collect()
    }

    /// The last that was said, or what stands over the screen: the screen without blanks.
    fn seen(&self) -> String {
        self.desk.seen().split_whitespace().collect()
    }

    fn judged(&self) -> usize {
        self.errands.iter().filter(|errand| matches!(errand, Errand::Judge(..))).count()
    }
}

fn report(agency: &str, year: i64) -> Report {
    let mut report = sample();
    report.apply(Report::identity(agency, Level::of_name(agency), year));
    report
}

fn filing(nth: usize, file: &str, report: &Report, errors: usize, warnings: usize) -> Filing {
    let brief = Brief {
        whose: report.identified(),
        last: None,
        copied: None,
        is_late: false,
        errors,
        warnings,
        untold: 0,
    };
    Filing { file: file.to_owned(), sha256: Some(format!("{nth:02}")), content: Ok(brief) }
}

/// A register of these units, all under one county.
fn register(names: &[&str]) -> Units {
    let row = |cells: [&str; 3]| GridRow { cells: cells.map(GridCell::new).to_vec(), at: String::new() };
    let numbers: Vec<String> = (1..=names.len()).map(|number| number.to_string()).collect();
    let units = names.iter().zip(&numbers).map(|(name, number)| row([number, name, "A"]));
    let rows = [row(["代码", "全称", "上级"]), row(["A", "岚桥县", ""])].into_iter().chain(units).collect();
    Units::read(&Document { blocks: vec![Block::Grid(Grid::new(rows))], remarks: Vec::new() }).unwrap()
}

const CLOUD: &str = "岚桥县云溪镇人民政府";
const WILLOW: &str = "岚桥县柳河镇人民政府";
const FINANCE: &str = "岚桥县财政局";
const WATER: &str = "岚桥县水务局";
const WEST: &str = "岚桥县西坪镇人民政府";

/// Three reports of the year, of which the first has errors, the second nothing, the third warnings; a file that cannot
/// be read, a report of the year before, and a unit that has sent nothing.
fn desk() -> (Filed, Vec<Report>) {
    let reports = [(CLOUD, 2025), (WILLOW, 2025), (FINANCE, 2025), ("", 2025), (WATER, 2024)];
    let reports: Vec<Report> = reports.into_iter().map(|(agency, year)| report(agency, year)).collect();
    let mut filings = vec![
        filing(0, "报送/01云溪镇.docx", &reports[0], 2, 1),
        filing(1, "报送/02柳河镇.txt", &reports[1], 0, 0),
        filing(2, "报送/03财政局.xlsx", &reports[2], 0, 3),
    ];
    filings.push(Filing {
        file: "报送/04民政局.pdf".to_owned(),
        sha256: Some("03".to_owned()),
        content: Err("这个 PDF 有密码".to_owned()),
    });
    filings.push(filing(4, "报送/05水务局.docx", &reports[4], 0, 0));
    let units = Some(register(&[CLOUD, WILLOW, FINANCE, WATER, WEST]));
    (Filed { year: Some(2025), filings, judgements: Judgements::new(), units }, reports)
}

fn review(size: (u16, u16)) -> Review {
    let (filed, reports) = desk();
    Review::new(size, filed, reports)
}
