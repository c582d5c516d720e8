//! D3: the power goes. What was acknowledged is there when the program is started again, and nothing is half.
//!
//! Once on a model of the disk, with every state that it may leave; once on real file systems, whose machine stops.

mod disk;
mod images;
mod record;
mod session;

use portable_pty::CommandBuilder;

use self::disk::Rules;
use self::record::Recorder;
use self::session::{PROGRAM, Session, Tally, World};
use super::{Scale, figure, scale};
use crate::pty::{FIRST_ROWS, ctrl, go_to, key_in};
use crate::terminal::{Line, Terminal};

const SIZE: (u16, u16) = (80, 24);

/// How many states are made of a point, and how many are looked at in all.
fn limits() -> (usize, usize) {
    match scale() {
        Scale::Sample => (6, 40),
        Scale::Quick => (12, 150),
        Scale::Full => (64, usize::MAX),
    }
}

/// A session in a directory of its own; `None` where nothing can be traced.
fn session() -> Option<(tempfile::TempDir, Session)> {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().join("root");
    std::fs::create_dir(&root).unwrap();
    let recorder = Recorder::new(&root, directory.path().join("log"))?;
    Some((directory, Session::new(recorder)))
}

/// Makes a report, which has this number.
fn new(session: &mut Session, id: &'static str, year: &str) {
    let arguments = ["new", "--agency", "岚桥县青石镇人民政府", "--year", year];
    let made =
        session.command(&arguments, |world| drop(world.reports.insert(id.to_owned(), Default::default())));
    assert_eq!(made, id);
}

fn set(session: &mut Session, id: &'static str, row: &str, value: i64) {
    let place = format!("requests/{row}/natural_person");
    session.command(&["set", id, &format!("{place}={value}")], Session::cell(id, &place, value));
}

/// The interface, traced.
fn interface(session: &Session, data: &std::path::Path) -> Terminal {
    let words = session.recorder.words(None);
    let mut command = CommandBuilder::new(&words[0]);
    command.args(&words[1..]);
    command.arg(PROGRAM);
    command.cwd(data.parent().unwrap());
    Terminal::run(Line::NEAR, command, data, SIZE, &[])
}

/// Cells filled in on the screen, one taken back, one written over.
fn key_in_cells(session: &mut Session, data: &std::path::Path) {
    let mut terminal = interface(session, data);
    terminal.wait_for("共 1 份");
    terminal.send("\r");
    terminal.wait_for("已存");
    go_to(&mut terminal, "requests/state_secret/natural_person");
    for (row, value) in FIRST_ROWS[4..10].iter().zip(7001..) {
        let place = format!("requests/{}/natural_person", row.key());
        session.step(Session::cell("0001", &place, value), |_| key_in(&mut terminal, &value.to_string()));
    }
    let last = format!("requests/{}/natural_person", FIRST_ROWS[9].key());
    let undone = |world: &mut World| {
        world.reports.get_mut("0001").unwrap().1.remove(&last);
    };
    session.step(undone, |_| {
        terminal.send(&ctrl('z'));
        assert!(
            terminal.wait_until(|t| t.text().contains("撤销：") && t.text().contains("已存")),
            "{}",
            terminal.text()
        );
    });
    terminal.send(&ctrl('s'));
    terminal.wait_for("已存盘");
    go_to(&mut terminal, "requests/received/natural_person");
    session.step(Session::cell("0001", "requests/received/natural_person", 7007), |_| {
        key_in(&mut terminal, "7007");
    });
    terminal.send(&ctrl('q'));
    assert_eq!(terminal.exit_status(), 0);
}

/// A report thrown away on the screen and brought back.
fn trash_and_restore(session: &mut Session, data: &std::path::Path) {
    let mut terminal = interface(session, data);
    terminal.wait_for("共 2 份");
    let trashed = |is| move |world: &mut World| world.reports.get_mut("0001").unwrap().0 = is;
    for again in [false, true] {
        terminal.send("\x1b[3~");
        terminal.wait_for("删除报告");
        session.step(trashed(true), |_| {
            terminal.send("\r");
            terminal.wait_for("共 1 份");
        });
        if !again {
            session.step(trashed(false), |_| {
                terminal.send(&ctrl('z'));
                terminal.wait_for("共 2 份");
            });
        }
    }
    terminal.send(&ctrl('q'));
    assert_eq!(terminal.exit_status(), 0);
}

/// Files beside the library: exported, replaced, made in a directory that is new.
fn write_files(session: &mut Session, root: &std::path::Path) {
    for arguments in [
        &["export", "2", "-o", "out.md"][..],
        &["export", "2", "-o", "saved.json"],
        &["set", "saved.json", "requests/granted/natural_person=5"],
        &["letters", "2", "-o", "意见/第一批", "--to", "txt", "--all"],
    ] {
        let path = match arguments {
            ["set", ..] => "saved.json",
            ["letters", ..] => "意见/第一批/审核意见－岚桥县青石镇人民政府.txt",
            _ => arguments[3],
        };
        session.command(arguments, |_| ());
        let content = std::fs::read(root.join(path)).unwrap();
        session.amend(|world| drop(world.files.insert(path.into(), content)));
    }
}

fn assert_kept(what: &str, tallies: &[Tally]) {
    let wrong: Vec<&String> = tallies.iter().flat_map(|tally| &tally.wrong).collect();
    let states: Vec<usize> = tallies.iter().map(|tally| tally.states).collect();
    figure(
        "D3",
        &format!(
            "{what}: {} points, {states:?} states (ordered, weakest), {} wrong",
            tallies[0].points,
            wrong.len()
        ),
    );
    assert!(wrong.is_empty(), "{}", wrong.iter().take(12).map(|one| format!("{one}\n")).collect::<String>());
}

#[test]
fn whatever_the_disk_leaves_of_a_session_everything_acknowledged_is_there() {
    let Some((directory, mut session)) = session() else { return };
    let root = directory.path().join("root").canonicalize().unwrap();
    let data = root.join("data");
    new(&mut session, "0001", "2025");
    set(&mut session, "0001", "carried_in", 3);
    set(&mut session, "0001", "carried_in", 4);
    key_in_cells(&mut session, &data);
    new(&mut session, "0002", "2024");
    set(&mut session, "0002", "received", 6);
    write_files(&mut session, &root);
    trash_and_restore(&mut session, &data);
    let (each, most) = limits();
    let tallies = [Rules::Ordered, Rules::Weakest].map(|rules| session.cut_everywhere(rules, each, most));
    assert_kept("a session", &tallies);
}

/// Where a command may be killed so that the next one finds its work done and not made to last.
fn kills(calls: &[(&str, usize)]) -> Vec<String> {
    calls
        .iter()
        .flat_map(|(call, count)| (1..=*count).map(move |when| format!("{call}:when={when}")))
        .collect()
}

#[test]
fn what_a_killed_program_left_unsure_does_not_take_along_what_the_next_one_was_told() {
    let all = kills(&[("fsync", 8), ("mkdir", 4), ("rename", 2)]);
    let (each, most) = limits();
    let mut tallies = [Tally::default(), Tally::default()];
    for at in scale().of(all, 3, 6) {
        let Some((_directory, mut session)) = session() else { return };
        let arguments = ["new", "--agency", "岚桥县青石镇人民政府", "--year", "2025"];
        assert!(session.killed(&arguments, &at, |_| ()), "{at}");
        session.untold = 1;
        let made = session.command(&arguments, |_| ());
        session.amend(|world| drop(world.reports.insert(made.clone(), Default::default())));
        for (rules, tally) in [Rules::Ordered, Rules::Weakest].into_iter().zip(&mut tallies) {
            tally.add(session.cut_everywhere(rules, each, most / 3), &at);
        }
    }
    assert_kept("begun anew after a kill", &tallies);
}

#[test]
fn what_a_killed_editor_left_unsure_does_not_take_along_what_the_next_one_was_told() {
    let Some((_directory, mut session)) = session() else { return };
    new(&mut session, "0001", "2025");
    let place = "requests/received/natural_person";
    let all = kills(&[("write", 4), ("fdatasync", 1), ("fsync", 4), ("rename", 2)]);
    for (at, value) in scale().of(all, 11, 11).iter().zip((10..).step_by(10)) {
        session.killed(&["set", "1", &format!("{place}={value}")], at, Session::cell("0001", place, value));
        set(&mut session, "0001", "received", value + 1);
    }
    let (each, most) = limits();
    assert_kept(
        "edited after a kill",
        &[Rules::Ordered, Rules::Weakest].map(|rules| session.cut_everywhere(rules, each, most)),
    );
}

#[test]
fn what_was_mended_and_not_made_to_last_does_not_take_along_what_is_keyed_in_then() {
    let mut tallies = [Tally::default(), Tally::default()];
    for at in scale().of(vec!["fsync:when=2", "rename:when=1", "fsync:when=3"], 1, 3) {
        let Some((directory, mut session)) = session() else { return };
        let data = directory.path().join("root").canonicalize().unwrap().join("data");
        new(&mut session, "0001", "2025");
        set(&mut session, "0001", "received", 3);
        // A record that was being written when a program was killed.
        let torn = "printf '000000c8 b9a7' >> data/reports/0001/journal";
        session.step(|_| (), |recorder| recorder.run("sh", &["-c", torn], None));
        assert!(session.killed(&["set", "1", "overview=甲"], at, |_| ()), "{at}");
        key_in_cells(&mut session, &data);
        let (each, most) = limits();
        for (rules, tally) in [Rules::Ordered, Rules::Weakest].into_iter().zip(&mut tallies) {
            tally.add(session.cut_everywhere(rules, each, most / 2), at);
        }
    }
    assert_kept("keyed in after a kill", &tallies);
}

/// Saves a file in some way, twice, from a shell; gives what is wrong with it under each of the rules.
fn saved_by(script: &str) -> Option<[usize; 2]> {
    let (_directory, mut session) = session()?;
    for text in ["一二三四", "五六七八"] {
        let script = script.replace("TEXT", text);
        session.step(
            |world| drop(world.files.insert("f".into(), text.into())),
            |recorder| assert!(recorder.run("sh", &["-c", &script], None).status.success()),
        );
    }
    Some(
        [Rules::Ordered, Rules::Weakest]
            .map(|rules| session.cut_everywhere(rules, 64, usize::MAX).wrong.len()),
    )
}

#[test]
fn a_saver_that_is_broken_is_caught() {
    let sound = "printf TEXT > t && sync t && mv t f && sync .";
    let Some(sound) = saved_by(sound) else { return };
    assert_eq!(sound, [0, 0]);
    let mut caught = Vec::new();
    for (what, script) in [
        ("truncates in place", "printf TEXT > f && sync f && sync ."),
        ("does not sync", "printf TEXT > t && mv t f"),
        ("syncs the directory only", "printf TEXT > t && mv t f && sync ."),
        ("does not sync the directory", "printf TEXT > t && sync t && mv t f"),
        ("removes before it renames", "printf TEXT > t && sync t && rm -f f && sync . && mv t f && sync ."),
    ] {
        let wrong = saved_by(script).unwrap();
        assert!(wrong.iter().all(|&wrong| wrong > 0), "a saver that {what}: {wrong:?}");
        caught.push(format!("{what}: {}", wrong[1]));
    }
    figure("D3", &format!("broken savers caught: {}", caught.join(", ")));
}
