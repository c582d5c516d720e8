//! Writes that fail, files that are damaged, and files of a newer version.

mod closing;
mod model;

use super::super::history::{self, Cause};
use super::super::load::load;
use super::*;
use crate::form::Form;
use crate::form::terms::Section;
use crate::report::{Edit, Report, Value};

/// Opens the report of a directory to write to it.
fn opened(directory: &Path) -> (Draft, Session) {
    let loaded = load(directory, Id(1)).unwrap();
    let lock = Lock::take(&directory.join("lock")).unwrap().unwrap();
    (Draft::new(directory, Id(1), &loaded, lock).unwrap(), loaded.session)
}

/// A new report in a directory of its own, opened to write to it.
fn begun() -> (tempfile::TempDir, Draft, Session) {
    let directory = tempfile::tempdir().unwrap();
    create(directory.path(), Id(1), &Session::new(Report::new(Form::current()))).unwrap();
    let (draft, session) = opened(directory.path());
    (directory, draft, session)
}

#[test]
fn after_a_failed_write_the_journal_is_written_afresh_from_memory() {
    let (directory, mut draft, mut session) = begun();
    for text in ["一", "一二", "一二三"] {
        // Every write to this file fails, as on a full disk.
        draft.journal = File::open(directory.path().join(JOURNAL)).unwrap();
        let record =
            session.apply("填写", Edit::set(Section::Overview, Some(Value::Text(text.into())))).unwrap();
        draft.append(&session, &record).unwrap();
        assert_eq!(load(directory.path(), Id(1)).unwrap().session.history(), session.history());
    }
}

#[test]
fn what_could_not_be_written_is_not_called_written_and_is_written_later() {
    let directory = tempfile::tempdir().unwrap();
    let home = directory.path().join("report");
    std::fs::create_dir(&home).unwrap();
    let mut session = Session::new(Report::new(Form::current()));
    create(&home, Id(1), &session).unwrap();
    let (mut draft, _) = opened(&home);
    draft.journal = File::open(home.join(JOURNAL)).unwrap();
    draft.directory = directory.path().join("nowhere");
    draft.standing = Standing::Broken { torn: 0 };
    let record = session.apply("填写", Edit::set(Section::Overview, Some(Value::Text("一".into())))).unwrap();
    let error = draft.append(&session, &record).unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
    draft.directory = home.clone();
    let record = session.apply("填写", Edit::set(Section::Overview, Some(Value::Text("二".into())))).unwrap();
    draft.append(&session, &record).unwrap();
    let after = load(&home, Id(1)).unwrap();
    assert_eq!(after.session.history(), session.history());
    assert!(after.sequence >= 2, "{}", after.sequence);
}

#[test]
fn what_somebody_else_wrote_while_the_draft_was_broken_is_not_overwritten() {
    let (directory, _) = edited(true);
    let (mut draft, mut session) = opened(directory.path());
    let mut write = |draft: &mut Draft, text: &str| {
        let edit = Edit::set(Section::Overview, Some(Value::Text(text.into())));
        let record = session.apply("填写", edit).unwrap();
        draft.append(&session, &record).and_then(|()| draft.save(&session))
    };
    draft.directory = directory.path().join(JOURNAL);
    assert!(matches!(write(&mut draft, "五"), Err(StoreError::Io { .. })));
    draft.directory = directory.path().to_owned();
    let mut foreign = std::fs::read(directory.path().join(JOURNAL)).unwrap();
    foreign.extend(b"somebody else's\n");
    std::fs::write(directory.path().join(JOURNAL), &foreign).unwrap();
    for text in ["六", "七"] {
        assert!(matches!(write(&mut draft, text), Err(StoreError::ChangedOutside(_))));
        assert_eq!(std::fs::read(directory.path().join(JOURNAL)).unwrap(), foreign);
    }
}

#[test]
fn behind_the_end_of_a_broken_journal_only_what_was_being_written_may_stand() {
    let (directory, _) = edited(true);
    for (torn, more, is_ours) in [(0, 0, true), (0, 1, false), (30, 0, true), (30, 30, true), (30, 31, false)]
    {
        let path = directory.path().join(JOURNAL);
        let (mut draft, session) = opened(directory.path());
        draft.standing = Standing::Broken { torn };
        let sound = std::fs::read(&path).unwrap();
        std::fs::write(&path, [&sound[..], &vec![0; more]].concat()).unwrap();
        assert_eq!(draft.save(&session).is_ok(), is_ours, "{more} bytes behind {torn}");
        // What was begun anew is the file that is expected from then on.
        assert_eq!(draft.save(&session).is_ok(), is_ours);
        std::fs::write(&path, sound).unwrap();
    }
}

#[test]
fn records_that_a_fresh_journal_holds_already_are_not_added_again() {
    for fails in [false, true] {
        let (directory, _) = edited(true);
        let (mut draft, mut session) = opened(directory.path());
        let edit = Edit::set(Section::Overview, Some(Value::Text("五".into())));
        // Both happen before either is put on disk.
        let records = [session.apply("填写", edit).unwrap(), session.undo().unwrap()];
        if fails {
            draft.journal = File::open(directory.path().join(JOURNAL)).unwrap();
        }
        for record in records {
            draft.append(&session, &record).unwrap();
        }
        let found = load(directory.path(), Id(1)).unwrap().session;
        assert_eq!((found.report(), found.history()), (session.report(), session.history()));
        session.undo().unwrap();
        draft.save(&session).unwrap();
        let found = load(directory.path(), Id(1)).unwrap().session;
        assert_eq!(
            (found.report(), found.history()),
            (session.report(), session.history()),
            "never appended"
        );
    }
}

#[test]
fn a_journal_that_is_begun_anew_loses_no_version() {
    let (directory, mut draft, mut session) = begun();
    let mut accepted = vec![session.report().clone()];
    let text = |text: &str| Edit::set(Section::Overview, Some(Value::Text(text.into())));
    for step in 0..4 {
        let record = match step {
            1 => session.undo(),
            3 => session.amend(text("二，三")),
            _ => session.apply("填写", text(["一", "", "二"][step])),
        };
        draft.append(&session, &record.unwrap()).unwrap();
        accepted.push(session.report().clone());
    }
    // The record is in the file, but its sync fails; another one has come meanwhile.
    let records = [session.apply("填写", text("四")), session.apply("填写", text("五"))].map(Option::unwrap);
    let line = journal::record(draft.sequence + 1, &records[0]);
    draft.journal.write_all(&line).unwrap();
    draft.standing = Standing::Broken { torn: line.len() as u64 };
    for record in &records {
        draft.append(&session, record).unwrap();
        accepted.push(session.report().clone());
    }
    let record = session.undo().unwrap();
    draft.append(&session, &record).unwrap();
    accepted.push(session.report().clone());
    let mut versions = Vec::new();
    history::versions(directory.path(), Id(1), |version| {
        versions.push((version.cause, version.report.clone()));
    })
    .unwrap();
    assert!(accepted.iter().all(|report| versions.iter().any(|(_, version)| version == report)));
    assert_eq!(&versions.last().unwrap().1, session.report());
    assert!(
        versions.iter().skip(1).all(|(cause, _)| *cause != Cause::Beginning),
        "nothing is missing between"
    );
    assert!(versions.windows(2).all(|two| two[0].1 != two[1].1));
}

/// The versions of a report whose journal is begun anew for the records after the first `before`: its states, deduplicated,
/// and what `versions` tells of them.
fn begun_anew(before: usize, unsaved: usize, is_in_the_file: bool) -> (Vec<Report>, Vec<(Cause, Report)>) {
    let (directory, mut draft, mut session) = begun();
    let mut accepted = vec![session.report().clone()];
    let text = |text: &str| Edit::set(Section::Overview, Some(Value::Text(text.into())));
    let (mut step, mut written) = (0, 0);
    while step < 9 {
        let take = if step == before { unsaved } else { 1 };
        let records: Vec<_> = (step..step + take)
            .map(|step| {
                let said = text(&"一二三四五六七八九"[..3 * (step + 1)]);
                let record = match step {
                    2 | 3 if before < 4 && unsaved == 1 => session.amend(said),
                    5 if unsaved == 1 => session.undo(),
                    _ => session.apply("填写", said),
                };
                accepted.push(session.report().clone());
                record.unwrap()
            })
            .collect();
        if step == before {
            if is_in_the_file {
                draft.journal.write_all(&journal::record(draft.sequence + 1, &records[0])).unwrap();
            }
            draft.standing = Standing::Broken { torn: 10_000 };
        }
        for record in &records {
            draft.append(&session, record).unwrap();
            written += 1;
        }
        step += take;
    }
    assert_eq!(written, accepted.len() - 1);
    accepted.dedup();
    let mut versions = Vec::new();
    let each = |version: history::Version<'_>| versions.push((version.cause, version.report.clone()));
    history::versions(directory.path(), Id(1), each).unwrap();
    (accepted, versions)
}

#[test]
fn a_journal_that_is_begun_anew_makes_up_no_version_and_leaves_none_out() {
    for before in 0..9 {
        for unsaved in [1, 3, 4].into_iter().filter(|unsaved| before + unsaved <= 9) {
            for is_in_the_file in [false, true] {
                let (accepted, versions) = begun_anew(before, unsaved, is_in_the_file);
                let what = format!("{unsaved} after {before}, {is_in_the_file}");
                let told: Vec<_> =
                    versions.iter().map(|(_, report)| report.text(Section::Overview)).collect();
                let expected: Vec<_> = accepted.iter().map(|report| report.text(Section::Overview)).collect();
                assert_eq!(told, expected, "{what}");
                let begins = versions.iter().filter(|(cause, _)| *cause == Cause::Beginning).count();
                assert_eq!(begins, 1, "nothing is missing between: {what}");
            }
        }
    }
}

/// A directory with a report of four records; `closed` says whether it was closed after two of them or after all.
fn edited(closed: bool) -> (tempfile::TempDir, Vec<Report>) {
    let (directory, mut draft, mut session) = begun();
    let mut states = vec![session.report().clone()];
    for step in 1..=4 {
        let edit = Edit::set(Section::Overview, Some(Value::Text("一二三四"[..3 * step].into())));
        let record = if step == 4 { session.undo() } else { session.apply("填写", edit) };
        draft.append(&session, &record.unwrap()).unwrap();
        states.push(session.report().clone());
        if step == 2 || (step == 4 && closed) {
            draft.save(&session).unwrap();
        }
    }
    (directory, states)
}

#[test]
fn either_file_alone_gives_the_report_whatever_was_cut_off_or_flipped_in_the_other() {
    for (closed, file) in [(true, JOURNAL), (false, JOURNAL), (true, SNAPSHOT)] {
        let (directory, states) = edited(closed);
        let path = directory.path().join(file);
        let sound = std::fs::read(&path).unwrap();
        let cut = (0..sound.len()).map(|length| sound[..length].to_vec());
        let flipped = (0..sound.len() * 8).map(|bit| {
            let mut flipped = sound.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            flipped
        });
        for damage in cut.chain(flipped) {
            std::fs::write(&path, &damage).unwrap();
            let what = || format!("{file} {closed}: {}", String::from_utf8_lossy(&damage));
            let loaded = load(directory.path(), Id(1)).unwrap_or_else(|error| panic!("{error}: {}", what()));
            let held = if file == SNAPSHOT || closed { 4 } else { 2 };
            let is_shown = states[held..].contains(loaded.session.report());
            assert!(is_shown, "{} {}", loaded.session.report().to_json(), what());
            // A journal that ends after an earlier record is as it was then: nothing can tell.
            let is_earlier = file == JOURNAL && sound.starts_with(&damage) && damage.ends_with(b"\n");
            assert!(loaded.recovered.is_some() || is_earlier, "not told: {}", what());
            let is_cut = file == JOURNAL && sound.starts_with(&damage);
            assert!(
                loaded.mend.is_some_and(|mend| mend.keep.contains(&file)) || is_cut,
                "not kept: {}",
                what()
            );
            assert!(!loaded.is_newer, "{}", what());
        }
    }
}

#[test]
fn a_record_is_sound_whatever_became_of_the_newline_after_it() {
    let (directory, states) = edited(false);
    let path = directory.path().join(JOURNAL);
    let sound = std::fs::read(&path).unwrap();
    let ends = (0..sound.len()).filter(|&at| sound[at] == b'\n');
    let flipped = ends.map(|at| [&sound[..at], b"\x0b", &sound[at + 1..]].concat());
    for damaged in flipped.chain([sound[..sound.len() - 1].to_vec()]) {
        std::fs::write(&path, damaged).unwrap();
        let loaded = load(directory.path(), Id(1)).unwrap();
        assert_eq!((loaded.session.report(), loaded.session.history().len()), (&states[4], 2));
        assert!(loaded.mend.is_some_and(|mend| mend.journal.is_some()) && loaded.recovered.is_some());
    }
}

#[test]
fn a_journal_is_kept_where_a_file_cannot_have_two_names() {
    let (directory, _) = edited(true);
    let path = directory.path().join(JOURNAL);
    let refused = |_: &Path, _: &Path| Err(ErrorKind::Unsupported.into());
    for number in 1..=2 {
        assert!(keep_linked(&path, refused));
        let kept = directory.path().join(format!("{JOURNAL}{FORMER}{number}"));
        assert_eq!(std::fs::read(kept).unwrap(), std::fs::read(&path).unwrap());
    }
    assert!(!keep_linked(&directory.path().join("nowhere"), refused));
}

#[test]
fn what_cannot_be_looked_at_is_not_taken_for_absent() {
    let (directory, _) = edited(true);
    let below_a_file = directory.path().join(JOURNAL).join("x");
    assert!(keep(&below_a_file).is_err() && held_by(&below_a_file).is_err());
    let nowhere = directory.path().join("nowhere");
    assert!(keep(&nowhere).is_ok() && held_by(&nowhere).unwrap().is_none());
    let path = directory.path().join(SNAPSHOT);
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(&path, &path).unwrap();
    let refused = load(directory.path(), Id(1));
    assert!(matches!(refused, Err(StoreError::Io { .. })), "a link that leads to itself");
}

#[test]
fn a_journal_that_is_taken_away_while_it_is_sound_is_never_written_again() {
    let (directory, _) = edited(true);
    let (path, aside) = (directory.path().join(JOURNAL), directory.path().join("aside"));
    let (mut draft, session) = opened(directory.path());
    std::fs::rename(&path, &aside).unwrap();
    assert!(matches!(draft.save(&session), Err(StoreError::ChangedOutside(_))));
    std::fs::rename(&aside, &path).unwrap();
    assert!(matches!(draft.save(&session), Err(StoreError::ChangedOutside(_))));
}

#[test]
fn without_a_journal_the_snapshot_is_the_report_and_it_is_said() {
    let (directory, states) = edited(true);
    std::fs::remove_file(directory.path().join(JOURNAL)).unwrap();
    let loaded = load(directory.path(), Id(1)).unwrap();
    assert_eq!(loaded.session.report(), &states[4]);
    let said = loaded.recovered.unwrap();
    assert!(said.starts_with("操作记录不见了") && !said.contains("另外保留"), "{said}");
    for (id, expected) in [(Id(1), 1), (Id(2), 0)] {
        let mut versions = 0;
        history::versions(directory.path(), id, |version| {
            versions += u32::from(version.report == &states[4])
        })
        .unwrap();
        assert_eq!(versions, expected, "it is a version of its own report only");
    }
}

#[test]
fn of_two_damaged_files_both_are_kept() {
    let (directory, _) = edited(true);
    for name in [JOURNAL, SNAPSHOT] {
        let mut bytes = std::fs::read(directory.path().join(name)).unwrap();
        let near_the_end = bytes.len() - 20;
        bytes[near_the_end] ^= 1;
        std::fs::write(directory.path().join(name), bytes).unwrap();
    }
    let loaded = load(directory.path(), Id(1)).unwrap();
    assert_eq!(loaded.session.report().text(Section::Overview), "一二三");
    let lock = Lock::take(&directory.path().join("lock")).unwrap().unwrap();
    drop(Draft::new(directory.path(), Id(1), &loaded, lock).unwrap());
    for name in [JOURNAL, SNAPSHOT] {
        assert!(directory.path().join(format!("{name}.damaged-1")).exists(), "{name}");
    }
    assert_eq!(load(directory.path(), Id(1)).unwrap().recovered, None);
}

#[test]
fn what_a_newer_version_has_written_is_read_as_far_as_it_is_understood() {
    let (directory, states) = edited(false);
    let journal = std::fs::read(directory.path().join(JOURNAL)).unwrap();
    for json in [
        r#"{"do":"attach","file":"台账.xlsx"}"#,
        r#"{"do":"edit","label":"填写","edit":{"set":{},"attach":["台账.xlsx"]}}"#,
        r#"{"do":"edit","label":"填写","edit":{"set":{"@region":"云溪"}}}"#,
        r#"{"do":"edit","label":"填写","edit":{"set":{}},"by":"王"}"#,
    ] {
        let bytes = [&journal[..], &journal::line(5, json)].concat();
        std::fs::write(directory.path().join(JOURNAL), &bytes).unwrap();
        let loaded = load(directory.path(), Id(1)).unwrap();
        assert!(loaded.is_newer, "{json}");
        assert_eq!(loaded.session.report(), &states[4]);
    }
    let begin = journal::line(0, r#"{"begin":{"schema":2,"form":"2021","values":{}}}"#);
    std::fs::write(directory.path().join(JOURNAL), &begin).unwrap();
    let loaded = load(directory.path(), Id(1)).unwrap();
    assert_eq!((loaded.is_newer, loaded.session.report()), (true, &states[2]), "the snapshot can be read");
    std::fs::remove_file(directory.path().join(SNAPSHOT)).unwrap();
    assert!(matches!(load(directory.path(), Id(1)), Err(StoreError::Newer(_))));
}
