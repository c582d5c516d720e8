//! The program as a clerk uses it, in a real pseudo-terminal: a report from nothing to no error, and killed at random.

use std::path::Path;
use std::time::{Duration, Instant};

use nianbao::check::{self, Severity};
use nianbao::form::terms::{Column, Row, Section};
use nianbao::form::{Cell, Form};
use nianbao::report::{Place, Report, Value};
use nianbao::store::{Access, Library};

use crate::sound::Dice;
use crate::terminal::Terminal;

const SIZE: (u16, u16) = (80, 24);
const ENTER: &str = "\r";
const F9: &str = "\x1b[20~";

/// The rows of the first page of table 3 at [`SIZE`], which are filled without scrolling.
pub(crate) const FIRST_ROWS: [Row; 12] = [
    Row::Received,
    Row::CarriedIn,
    Row::Granted,
    Row::GrantedInPart,
    Row::StateSecret,
    Row::BarredByLaw,
    Row::SecurityAndStability,
    Row::ThirdPartyRights,
    Row::InternalAffairs,
    Row::Deliberative,
    Row::EnforcementFiles,
    Row::AdministrativeInquiry,
];

pub(crate) fn ctrl(letter: char) -> String {
    char::from(letter as u8 & 0x1f).to_string()
}

pub(crate) fn alt(digit: char) -> String {
    format!("\x1b{digit}")
}

pub(crate) fn report(data: &Path, id: &str) -> Report {
    Library::open(data).unwrap().read(id.parse().unwrap()).unwrap()
}

/// The screen, whether a blank was written or is there because nothing was.
pub(crate) fn seen(terminal: &Terminal) -> Vec<String> {
    terminal.text().lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Opens the sample from the empty list of reports.
#[track_caller]
pub(crate) fn open_sample(terminal: &mut Terminal) {
    terminal.wait_for("Ctrl+E");
    terminal.send(&ctrl('e'));
    terminal.wait_for("已存");
}

/// Goes to a place by its spelling.
pub(crate) fn go_to(terminal: &mut Terminal, place: &str) {
    terminal.send(&ctrl('g'));
    terminal.wait_for("转到");
    terminal.send(place);
    terminal.wait_for(place);
    terminal.send(ENTER);
    assert!(
        terminal.wait_until(|t| !t.text().contains("转到哪里") && !t.text().contains(place)),
        "{}",
        terminal.text()
    );
}

/// The row that the cursor is on and what it is called: in a table that scrolls only that changes.
pub(crate) fn row(terminal: &Terminal) -> (u16, String) {
    let (y, _) = terminal.cursor();
    let line = terminal.text().lines().nth(usize::from(y)).unwrap_or_default().to_owned();
    (y, line.split("  ").find(|part| !part.trim().is_empty()).unwrap_or_default().to_owned())
}

/// Types a number into the cell under the cursor, confirms it, and waits until it is saved.
#[track_caller]
pub(crate) fn key_in(terminal: &mut Terminal, number: &str) {
    let before = row(terminal);
    terminal.send(number);
    terminal.send(ENTER);
    let saved = terminal.wait_until(|t| row(t) != before && t.text().contains("已存"));
    assert!(saved, "{number} was never saved\n{}", terminal.text());
}

/// Makes a report of a township and fills it with zeros in one act.
fn new_zero_report(terminal: &mut Terminal) {
    terminal.send(&ctrl('n'));
    terminal.wait_for("机关全称");
    for answer in ["岚桥县青石镇人民政府", "", ""] {
        terminal.send(answer);
        terminal.wait_for(answer);
        terminal.send(ENTER);
    }
    terminal.wait_for("岚桥县青石镇人民政府 2025 年");
    terminal.send(&ctrl('o'));
    terminal.wait_for("166 个空白格");
    terminal.send(ENTER);
    terminal.wait_for("零报告 166 格");
    // Totals are keyed, as somebody does who has a paper form before him.
    terminal.send(&ctrl('t'));
    terminal.wait_for("手工填写");
}

/// Twelve numbers that add up, but for the last 0 of one total.
fn key_in_with_a_slip(terminal: &mut Terminal) {
    for (place, number) in [
        ("received/natural_person", "12"),
        ("carried_in/natural_person", "1"),
        ("granted/natural_person", "8"),
        ("granted_in_part/natural_person", "3"),
        ("not_held/natural_person", "2"),
        ("concluded/natural_person", "13"),
        ("received/total", "12"),
        ("carried_in/total", "1"),
        ("granted/total", "8"),
        ("granted_in_part/total", "3"),
        ("not_held/total", "20"),
        ("concluded/total", "13"),
    ] {
        go_to(terminal, &format!("requests/{place}"));
        key_in(terminal, number);
    }
}

/// Applies the fix that is offered first for the cell under the cursor.
fn mend(terminal: &mut Terminal) {
    terminal.wait_for("A0");
    terminal.send(F9);
    terminal.wait_until(|t| t.text().contains("已采用") || t.text().contains("哪一种"));
    if terminal.text().contains("哪一种") {
        terminal.send(ENTER);
    }
    terminal.wait_for("已采用");
}

#[test]
fn a_report_is_filled_from_nothing_to_no_error() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path(), &[], SIZE);
    open_sample(&mut terminal);
    terminal.wait_for("错 2");
    terminal.send(&ctrl('w'));
    terminal.wait_for("共 1 份");

    new_zero_report(&mut terminal);
    key_in_with_a_slip(&mut terminal);
    go_to(&mut terminal, "requests/not_held/total");
    mend(&mut terminal);
    terminal.wait_for("错 0");
    for (section, text) in [
        ('1', "2025年，岚桥县青石镇人民政府主动公开政府信息58条，新收申请12件。"),
        ('5', "存在更新不够及时的问题。下一步按月检查，逐项整改。"),
        ('6', "本年度没有收取信息处理费。"),
    ] {
        terminal.send(&alt(section));
        terminal.send(text);
        terminal.wait_for(text.rsplit(['，', '。']).nth(1).unwrap());
    }
    terminal.send(&alt('3'));
    terminal.wait_for("（七）总计");
    go_to(&mut terminal, "requests/repeated/business");
    assert!(terminal.wait_until(|t| row(t).1.contains("重复申请")), "{}", terminal.text());
    terminal.send(&ctrl('q'));
    assert_eq!(terminal.exit_status(), 0);
    assert!(terminal.is_restored());

    let kept = report(data.path(), "2");
    assert_eq!(check::check(&kept).count(Severity::Error), 0);
    let total = kept.number(Cell { row: Row::NotHeld, column: Column::Total }).unwrap();
    assert_eq!(total.as_count(), Some(2));
    assert_eq!(kept.prose().count(), 3);

    let mut again = Terminal::start(data.path(), &[], SIZE);
    again.wait_for("青石镇");
    again.send("青石镇");
    assert!(again.wait_until(|t| !t.text().contains("云溪")));
    again.send(ENTER);
    assert!(again.wait_until(|t| row(t).1.contains("重复申请")), "{}", again.text());
}

#[test]
fn killed_at_any_moment_no_confirmed_cell_is_lost() {
    // Filled one after the other until the program is killed.
    let column = &FIRST_ROWS[4..];
    let data = tempfile::tempdir().unwrap();
    let library = Library::open(data.path()).unwrap();
    let mut dice = Dice::new(9);
    let kills = crate::laws::samples(20).min(2_000);
    let (mut lost, mut recovered) = (0, 0);
    for round in 0..kills {
        let mut blank = Report::new(Form::current());
        blank.apply(Report::identity("岚桥县青石镇人民政府", None, 2025));
        let id = library.create(&blank).unwrap();
        let mut terminal = Terminal::start(data.path(), &[], SIZE);
        terminal.wait_for("共 1 份");
        terminal.send(ENTER);
        terminal.wait_for("已存");
        go_to(&mut terminal, "requests/state_secret/natural_person");
        let last = dice.below(column.len());
        for step in 0..last {
            key_in(&mut terminal, &(1000 + step).to_string());
        }
        terminal.send(&(1000 + last).to_string());
        std::thread::sleep(Duration::from_micros(dice.below(4_000) as u64));
        terminal.send(ENTER);
        std::thread::sleep(Duration::from_micros(dice.below(12_000) as u64));
        terminal.kill();

        let opened = library.open_session(id).unwrap();
        let Access::Writable(_) = opened.access else {
            panic!("the lock outlived its process in round {round}")
        };
        recovered += usize::from(opened.recovered.is_some());
        let kept: Vec<Option<i64>> = column
            .iter()
            .map(|&row| {
                opened.session.report().number(Cell { row, column: Column::NaturalPerson })?.as_count()
            })
            .collect();
        let acknowledged = (0..last).all(|step| kept[step] == i64::try_from(1000 + step).ok());
        let later = kept[last].is_none_or(|number| number == i64::try_from(1000 + last).unwrap());
        let nothing_else = kept[last + 1..].iter().all(Option::is_none);
        lost += usize::from(!(acknowledged && later && nothing_else));
        drop(opened.access);
        library.trash(id).unwrap();
    }
    eprintln!("{kills} kills: {lost} lost, {recovered} said to be recovered");
    assert_eq!(lost, 0);
    // The control: were the program ended in order, nothing would have to be recovered.
    assert!(recovered > kills / 2, "only {recovered} of {kills} were killed in the middle");
}

#[test]
fn prose_is_saved_while_one_goes_on_typing() {
    let data = tempfile::tempdir().unwrap();
    let library = Library::open(data.path()).unwrap();
    library.create(&Report::new(Form::current())).unwrap();
    let mut terminal = Terminal::start(data.path(), &[], SIZE);
    terminal.wait_for("共 1 份");
    terminal.send(ENTER);
    terminal.wait_for("已存");
    terminal.send(&alt('1'));
    terminal.wait_for("在这里输入");
    // Never a pause, and no mark that would end the phrase.
    let saved = (0..300).any(|_| {
        terminal.send("政");
        std::thread::sleep(Duration::from_millis(50));
        terminal.take_in_all();
        terminal.text().contains("政政政政") && terminal.text().contains("已存")
    });
    terminal.kill();
    assert!(saved);
    assert!(report(data.path(), "1").text(Section::Overview).contains("政政政政"));
}

#[test]
fn the_terminal_is_given_back_when_the_line_drops() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path(), &[], SIZE);
    open_sample(&mut terminal);
    terminal.terminate();
    terminal.exit_status();
    assert!(terminal.is_restored());
    assert_eq!(report(data.path(), "1").agency(), "云溪镇人民政府");
}

#[test]
fn a_terminal_that_takes_nothing_does_not_keep_the_program_from_ending() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path(), &[], SIZE);
    open_sample(&mut terminal);
    terminal.send(&alt('1'));
    terminal.wait_for("主动公开");
    terminal.send("\x1b[1;5H写到一半");
    terminal.wait_for("写到一半");
    terminal.stall();
    let since = Instant::now();
    terminal.terminate();
    assert!(terminal.ends(), "it waits for the terminal for ever");
    eprintln!("ended {} ms after it was asked to", since.elapsed().as_millis());
    assert!(report(data.path(), "1").text(Section::Overview).starts_with("写到一半"));
}

#[test]
fn a_second_window_may_write_once_the_first_is_closed() {
    let data = tempfile::tempdir().unwrap();
    let mut first = Terminal::start(data.path(), &[], SIZE);
    open_sample(&mut first);
    let mut second = Terminal::start(data.path(), &[], SIZE);
    second.wait_for("共 1 份");
    second.send(ENTER);
    second.wait_for("只读");
    go_to(&mut first, "requests/received/business");
    key_in(&mut first, "77");
    go_to(&mut second, "requests/received/research");
    second.send("5");
    second.wait_for("不能改");
    first.send(&ctrl('q'));
    assert_eq!(first.exit_status(), 0);
    second.send("5");
    second.wait_for("现在可以修改了");
    key_in(&mut second, "");
    drop(second);
    let kept = report(data.path(), "1");
    let count = |column| kept.number(Cell { row: Row::Received, column }).unwrap().as_count();
    assert_eq!((count(Column::Business), count(Column::Research)), (Some(77), Some(5)));
}

#[test]
fn a_pasted_block_is_shown_before_it_is_taken() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path(), &[], SIZE);
    open_sample(&mut terminal);
    go_to(&mut terminal, "disputes/reconsideration/upheld");
    terminal.send("\x1b[200~4\t1\t0\t0\t5\x1b[201~");
    terminal.wait_for("粘贴");
    terminal.send(ENTER);
    assert!(
        terminal.wait_until(|t| t.text().contains("已存") && !t.text().contains("Esc 返回")),
        "{}",
        terminal.text()
    );
    let pasted = report(data.path(), "1");
    let total = Place::parse("disputes/reconsideration/total").unwrap();
    assert_eq!(pasted.get(total), Some(&Value::count(5)));
    terminal.send(&ctrl('z'));
    terminal.wait_for("撤销：");
    assert_eq!(report(data.path(), "1").get(total), Some(&Value::count(0)));
}

#[test]
fn a_number_on_the_command_line_opens_that_report_of_the_library() {
    let data = tempfile::tempdir().unwrap();
    let library = Library::open(data.path()).unwrap();
    let ids = [2024, 2025].map(|year| {
        let mut report = Report::new(Form::current());
        report.apply(Report::identity("岚桥县水利局", None, year));
        library.create(&report).unwrap()
    });
    let mut terminal = Terminal::start(data.path(), &[&ids[0].to_string()], SIZE);
    terminal.wait_for("岚桥县水利局2024年");
    // It is the report itself, not a file that is looked at.
    terminal.wait_for("已存");
    terminal.send(&ctrl('q'));
    assert_eq!(terminal.exit_status(), 0);
}
