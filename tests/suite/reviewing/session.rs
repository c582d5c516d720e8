//! A reviewer's work in a real pseudo-terminal, with files: what was decided is there again, what was sent instead is
//! compared, the total is of what was accepted, and letters are written beside the folder.

use std::path::{Path, PathBuf};

use nianbao::desk::Decision;
use nianbao::export::Kind;
use nianbao::import;
use nianbao::report::Report;
use nianbao::store::Judged;
use nianbao::width::Ambiguous;

use crate::cli::report;
use crate::pty::{ctrl, go_to};
use crate::sound::Dice;
use crate::support::written;
use crate::terminal::{Line, Picture, Terminal};

const SIZE: (u16, u16) = (80, 24);
const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const F5: &str = "\x1b[15~";

/// A slip that rules of severity error find fault with.
const SLIP: (&str, &str) = ("requests/received/total", "3");

/// Who has to report; the last has sent nothing.
const UNITS: [&str; 7] =
    ["云溪镇人民政府", "柳河镇人民政府", "西坪镇人民政府", "财政局", "民政局", "水务局", "审计局"];

/// A folder of six reports in as many formats, last year's of two beside them, and the register.
struct Office {
    home: tempfile::TempDir,
}

fn of(unit: &str, changes: &[(&str, &str)]) -> Report {
    let agency = format!("岚桥县{unit}");
    let title = format!("岚桥县{unit}2025年政府信息公开工作年度报告");
    let whose = [("@agency", agency.as_str()), ("@title", title.as_str())];
    report(&[&whose, changes].concat())
}

impl Office {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let office = Self { home };
        std::fs::create_dir(office.path("报送")).unwrap();
        let register: Vec<String> =
            UNITS.iter().enumerate().map(|(nth, unit)| format!("{},岚桥县{unit},X\n", nth + 1)).collect();
        std::fs::write(office.path("名册.csv"), format!("代码,全称,上级\nX,岚桥县,\n{}", register.concat()))
            .unwrap();
        let kinds = [Kind::Word, Kind::Workbook, Kind::Text, Kind::Markdown, Kind::Page, Kind::Json];
        for (nth, (unit, kind)) in UNITS.iter().zip(kinds).enumerate() {
            let changes = if nth == 0 { &[SLIP][..] } else { &[] };
            office.put(&format!("{}{unit}.{}", nth + 1, kind.extension()), &of(unit, changes), kind);
        }
        for unit in &UNITS[..2] {
            let mut last = of(unit, &[]);
            last.apply(Report::identity(&format!("岚桥县{unit}"), None, 2024));
            office.put(&format!("上年/{unit}.docx"), &last, Kind::Word);
        }
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.path("library")
    }

    /// Puts a report among those that came in.
    fn put(&self, name: &str, report: &Report, kind: Kind) {
        let path = self.path("报送").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, written(report, kind)).unwrap();
    }

    /// Opens the folder.
    fn begin(&self, kind: Ambiguous, told: &str, more: &[&str]) -> Terminal {
        let (folder, register) = (self.path("报送"), self.path("名册.csv"));
        let arguments = ["--ambiguous", told, "review", name(&folder), "--units", name(&register)];
        Terminal::start_as(kind, &self.data(), &[&arguments, more].concat(), SIZE)
    }

    /// Opens the folder, and waits until it is read.
    #[track_caller]
    fn review(&self, kind: Ambiguous, told: &str, more: &[&str]) -> Terminal {
        let mut terminal = self.begin(kind, told, more);
        terminal.wait_for("个文件，要审");
        terminal
    }

    #[track_caller]
    fn open(&self) -> Terminal {
        self.review(Ambiguous::Narrow, "1", &[])
    }

    /// What was decided on organs, as it is on disk.
    fn decided(&self) -> Vec<(String, Decision)> {
        let (judgements, damaged) = Judged::at(&self.data()).all().unwrap();
        assert!(damaged.is_empty(), "{damaged:?}");
        judgements.into_values().filter_map(|said| Some((said.agency, said.decision?))).collect()
    }
}

fn name(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn alt(letter: char) -> String {
    format!("\x1b{letter}")
}

/// The screen without blanks: words that were wrapped are whole.
fn seen(terminal: &Terminal) -> String {
    terminal.text().split_whitespace().collect()
}

/// Sends keys and waits until the screen shows some words, wherever they are wrapped.
#[track_caller]
fn press(terminal: &mut Terminal, keys: &str, words: &str) {
    terminal.send(keys);
    assert!(
        terminal.wait_until(|terminal| seen(terminal).contains(words)),
        "never saw {words:?} on\n{}",
        terminal.text()
    );
}

#[test]
fn what_is_pressed_before_the_list_is_there_decides_on_no_report() {
    let office = Office::new();
    let mut terminal = office.begin(Ambiguous::Narrow, "1", &[]);
    terminal.send(&alt('y').repeat(2));
    terminal.wait_for("个文件，要审");
    press(&mut terminal, "柳河镇", "查找柳河镇");
    assert_eq!(office.decided(), []);
    press(&mut terminal, &alt('y'), "柳河镇人民政府：已通过");
    assert_eq!(office.decided().len(), 1);
}

#[test]
fn a_folder_is_reviewed_from_the_first_report_to_the_total() {
    let office = Office::new();
    let mut terminal = office.open();
    assert!(seen(&terminal).contains("读了8个文件，要审6份，缺报1个单位"), "{}", terminal.text());
    press(&mut terminal, "云溪镇", "查找云溪镇");
    press(&mut terminal, ENTER, "错误A0");
    press(&mut terminal, &alt('p'), "批注");
    press(&mut terminal, "请对照台账逐项核对", "逐项核对");
    press(&mut terminal, ENTER, "批注已记下");
    press(&mut terminal, &alt('t'), "云溪镇人民政府：已退回");
    for unit in &UNITS[1..5] {
        press(&mut terminal, &alt('y'), &format!("{unit}：已通过"));
    }
    press(&mut terminal, &alt('y'), "水务局：已通过。要审的都审完了");
    press(&mut terminal, &alt('a'), "审核意见已写到");
    press(&mut terminal, &alt('h'), "只加已通过的（5份）");
    press(&mut terminal, ENTER, "7个单位，加进了5个（只加了已通过的）");
    // Who has sent a report that is not accepted is not missing.
    let account = seen(&terminal);
    assert!(account.contains("没有加进的，缺报1个：岚桥县审计局。"), "{}", terminal.text());
    assert!(account.contains("没有加进的，已退回1个：岚桥县云溪镇人民政府。"), "{}", terminal.text());
    assert!(!account.contains("R02"), "{}", terminal.text());
    press(&mut terminal, ESC, "汇总，不全");
    terminal.send(&ctrl('q'));
    assert_eq!(terminal.exit_status(), 0);
    assert!(terminal.is_restored());

    let letters: Vec<PathBuf> =
        std::fs::read_dir(office.path("报送-审核意见")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [letter] = &letters[..] else { panic!("{letters:?}") };
    let document = import::document(&std::fs::read(letter).unwrap()).unwrap();
    let text = format!("{document:?}");
    assert!(text.contains("请对照台账逐项核对") && text.contains("云溪镇人民政府"), "{text}");

    let mut again = office.open();
    assert!(seen(&again).contains("已退回1已通过5"), "{}", again.text());
    office.put("云溪镇（改）.docx", &of(UNITS[0], &[]), Kind::Word);
    press(&mut again, F5, "读了9个文件，要审1份");
    press(&mut again, "改后重报", "查找改后重报");
    assert!(seen(&again).contains("云溪镇人民政府"), "{}", again.text());
    press(&mut again, &alt('c'), "与上次审的那一稿比较");
    assert!(seen(&again).contains("请对照台账逐项核对"), "{}", again.text());
    assert!(seen(&again).contains("改好了的问题") && seen(&again).contains("A0"), "{}", again.text());
    assert!(seen(&again).contains("新收政府信息公开申请数量，总计：3改为0"), "{}", again.text());
    press(&mut again, ESC, "查找改后重报");
    press(&mut again, &alt('y'), "云溪镇人民政府：已通过。要审的都审完了");
    press(&mut again, &alt('h'), "只加已通过的（6份）");
    // The report that was returned is not added up beside the one in its place, however that stands.
    press(&mut again, "全部", "查找全部");
    press(&mut again, ENTER, "7个单位，加进了6个（审没审的都加了）");
    assert!(!seen(&again).contains("不止一份"), "{}", again.text());
    press(&mut again, ESC, "汇总，不全");
}

#[test]
fn beside_a_total_stands_last_years_of_the_reports_that_were_named_for_it() {
    let office = Office::new();
    let unit = format!("岚桥县{}", UNITS[2]);
    let mut last = of(UNITS[2], &[("proactive/regulations/in_force", "844")]);
    last.apply(Report::identity(&unit, None, 2024));
    office.put("../去年/西坪镇人民政府.docx", &last, Kind::Word);
    let last_year = office.path("去年");
    let mut terminal = office.review(Ambiguous::Narrow, "1", &["--last-year", name(&last_year)]);
    press(&mut terminal, &alt('h'), "全部加起来");
    press(&mut terminal, "全部", "查找全部");
    press(&mut terminal, ENTER, "7个单位，加进了");
    press(&mut terminal, ESC, "汇总，不全");
    go_to(&mut terminal, "proactive/regulations/in_force");
    // Those that lie in the folder under review count too: both of them say 0.
    assert!(terminal.wait_until(|terminal| seen(terminal).contains("上年844")), "{}", terminal.text());
}

#[test]
fn letters_are_written_although_a_file_that_was_returned_cannot_be_read() {
    let office = Office::new();
    std::fs::write(office.path("报送/0坏了.docx"), b"PK\x03\x04 no more").unwrap();
    let mut terminal = office.open();
    press(&mut terminal, "坏了", "查找坏了");
    press(&mut terminal, &alt('t'), "0坏了.docx：已退回");
    press(&mut terminal, ESC, "水务局");
    press(&mut terminal, "云溪镇", "查找云溪镇");
    press(&mut terminal, &alt('t'), "云溪镇人民政府：已退回");
    press(&mut terminal, &alt('a'), "审核意见已写到");
    assert!(
        seen(&terminal).contains("0坏了.docx"),
        "whoever is to be told otherwise is named\n{}",
        terminal.text()
    );
    assert_eq!(std::fs::read_dir(office.path("报送-审核意见")).unwrap().count(), 1);
}

#[test]
fn killed_between_two_decisions_none_that_was_shown_is_lost() {
    let office = Office::new();
    let mut dice = Dice::new(4);
    for round in 0..6 {
        let _ = std::fs::remove_dir_all(office.data().join("desk"));
        let mut terminal = office.open();
        press(&mut terminal, "柳河", "查找柳河");
        press(&mut terminal, ENTER, "岚桥县柳河镇人民政府2025年政府");
        let shown = dice.below(4);
        for unit in &UNITS[1..=shown] {
            press(&mut terminal, &alt('y'), &format!("{unit}：已通过"));
        }
        terminal.send(&alt('y'));
        std::thread::sleep(std::time::Duration::from_micros(dice.below(30_000) as u64));
        terminal.kill();
        let decided = office.decided();
        for unit in &UNITS[1..=shown] {
            assert!(
                decided.contains(&(format!("岚桥县{unit}"), Decision::Accepted)),
                "{unit} is lost in round {round}: {decided:?}"
            );
        }
        assert!(decided.len() <= shown + 1, "{decided:?}");
        let again = office.open();
        assert!(
            decided.is_empty() || seen(&again).contains(&format!("已通过{}", decided.len())),
            "{}",
            again.text()
        );
    }
}

/// Where the first words of the rows begin, and where what stands in columns ends.
fn columns(picture: &Picture) -> Vec<Vec<usize>> {
    let row = |y| {
        let words = picture.words(y);
        let numbers = words.iter().filter(|(_, word)| word.parse::<u64>().is_ok()).map(|(at, _)| at.end);
        words.first().map(|(at, _)| at.start).into_iter().chain(numbers).collect()
    };
    (2..picture.rows.len() - 4).map(row).collect()
}

#[test]
fn the_queue_stands_straight_on_terminals_of_both_kinds() {
    let office = Office::new();
    let odd = "“一网通办”服务中心——①";
    office.put("“财政”…①.txt", &of(odd, &[SLIP]), Kind::Text);
    let walk = |kind: Ambiguous, told: &str| -> Vec<Vec<Vec<usize>>> {
        let mut terminal = office.review(kind, told, &[]);
        let mut all = Vec::new();
        let steps = [
            ("", "一网通办"),
            ("\t", "按机关名称"),
            ("\x1b[B", "1云溪镇人民政府.docx"),
            ("一网通办", "查找一网通办"),
            (&alt('p'), "写进给这个单位"),
            ("写“①”——…逐项核实", "逐项核实"),
            (ESC, "-逐项核实"),
            (&alt('h'), "汇总哪些"),
            (ESC, "-汇总哪些"),
        ];
        for (keys, words) in steps {
            match words.strip_prefix('-') {
                None => press(&mut terminal, keys, words),
                Some(gone) => {
                    terminal.send(keys);
                    assert!(terminal.wait_until(|terminal| !seen(terminal).contains(gone)));
                }
            }
            let before = terminal.drawn_anew().unwrap();
            let unlike: Vec<String> = before.differs(&terminal.picture()).into_iter().collect();
            assert_eq!(unlike, [""; 0], "{kind:?}, told {told}, after {keys:?}\n{}", terminal.text());
            assert_eq!(terminal.take_faults(), [""; 0], "{kind:?}, told {told}, after {keys:?}");
            for y in 0..before.rows.len() {
                assert_eq!(before.rows[y][0].text, " ", "row {y} has no margin\n{}", terminal.text());
            }
            all.push(columns(&before));
        }
        all
    };
    let narrow = walk(Ambiguous::Narrow, "1");
    for (kind, told) in [(Ambiguous::Wide, "2"), (Ambiguous::Narrow, "safe"), (Ambiguous::Wide, "safe")] {
        assert_eq!(walk(kind, told)[..3], narrow[..3], "{kind:?}, told {told}");
    }
}

#[test]
fn escape_stops_the_reading_of_the_folder_and_it_can_be_gone_on_with() {
    let office = Office::new();
    let hangs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/office/hangs.sh");
    let programs = office.path("programs");
    std::fs::create_dir(&programs).unwrap();
    std::os::unix::fs::symlink(hangs, programs.join("soffice")).unwrap();
    let slow = office.path("报送/0.rtf");
    std::fs::write(&slow, "{\\rtf1 x}").unwrap();
    let path = format!("{}:/usr/bin:/bin", programs.display());
    let folder = office.path("报送");
    let arguments = ["--ambiguous", "1", "review", name(&folder)];
    let mut terminal =
        Terminal::start_behind(Line::NEAR, &office.data(), &arguments, SIZE, &[("PATH", path.as_str())]);
    terminal.wait_for("正在读报来的文件");
    press(&mut terminal, ESC, "已停下");
    assert!(seen(&terminal).contains("F5重新读目录"), "{}", terminal.text());
    std::fs::remove_file(slow).unwrap();
    press(&mut terminal, F5, "读了8个文件，要审6份");
    terminal.send(&ctrl('q'));
    assert_eq!(terminal.exit_status(), 0);
}
