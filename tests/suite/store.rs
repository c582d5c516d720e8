//! The store: nothing acknowledged is lost, nothing damaged is taken for sound.
#![expect(clippy::disallowed_methods, reason = "these tests damage files on purpose")]

mod doctor;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::session::Session;
use nianbao::store::{Access, Draft, Id, Library, Opened, Overwrite, StoreError, read_input, write_output};

/// A library with one report that was edited a few times; and every state that it went through.
struct Scene {
    _root: tempfile::TempDir,
    library: Library,
    id: Id,
    states: Vec<Report>,
    cursor: Place,
}

fn writable(opened: Opened) -> (Session, Draft) {
    match opened.access {
        Access::Writable(draft) => (opened.session, draft),
        refused => panic!("{refused:?}"),
    }
}

fn overview(text: &str) -> Edit {
    Edit::set(Section::Overview, Some(Value::Text(text.to_owned())))
}

/// `close` says whether the report was closed in order after half of the edits, and whether at the end.
fn scene(close: [bool; 2]) -> Scene {
    let root = tempfile::tempdir().unwrap();
    let library = Library::open(&root.path().join("data")).unwrap();
    let id = library.create(&Report::new(Form::current())).unwrap();
    let mut states = vec![library.read(id).unwrap()];
    let cursor = Place::from(Section::Problems);
    for (half, is_closed) in close.into_iter().enumerate() {
        let (mut session, mut draft) = writable(library.open_session(id).unwrap());
        for step in 0..3 {
            let record = session.apply("填写", overview(&format!("第{half}轮，第{step}步"))).unwrap();
            draft.append(&session, &record).unwrap();
            states.push(session.report().clone());
        }
        let record = session.undo().unwrap();
        draft.append(&session, &record).unwrap();
        states.push(session.report().clone());
        if is_closed {
            draft.close(&session, Some(cursor)).unwrap();
        }
    }
    Scene { _root: root, library, id, states, cursor }
}

impl Scene {
    fn file(&self, name: &str) -> PathBuf {
        self.library.directory().join("reports").join(self.id.to_string()).join(name)
    }

    fn end(&self) -> &Report {
        self.states.last().unwrap()
    }
}

#[test]
fn a_report_comes_back_with_its_history_and_its_cursor() {
    let scene = scene([true, true]);
    let opened = scene.library.open_session(scene.id).unwrap();
    assert_eq!(
        (opened.session.report(), opened.cursor, &opened.recovered),
        (scene.end(), Some(scene.cursor), &None)
    );
    let (mut session, _draft) = writable(opened);
    assert!(session.redo().is_some());
    while session.undo().is_some() {}
    assert_eq!(session.report(), &scene.states[0]);
}

#[test]
fn without_closing_everything_acknowledged_is_there_and_it_is_said() {
    let scene = scene([true, false]);
    assert_eq!(&scene.library.read(scene.id).unwrap(), scene.end());
    let opened = scene.library.open_session(scene.id).unwrap();
    assert_eq!(opened.session.report(), scene.end());
    assert!(opened.recovered.unwrap().contains("4 步"));
    assert_eq!(opened.cursor, Some(Section::Overview.into()));
}

#[test]
fn a_damaged_file_is_kept_and_mended_from_the_other_once() {
    for (file, other) in [("journal", "report.json"), ("report.json", "journal")] {
        let scene = scene([true, true]);
        let sound = [file, other].map(|name| std::fs::read(scene.file(name)).unwrap());
        for byte in (0..sound[0].len()).step_by(29) {
            for entry in std::fs::read_dir(scene.file("")).unwrap().flatten() {
                std::fs::remove_file(entry.path()).unwrap();
            }
            let mut damaged = sound[0].clone();
            damaged[byte] ^= 1 << (byte % 8);
            std::fs::write(scene.file(file), &damaged).unwrap();
            std::fs::write(scene.file(other), &sound[1]).unwrap();
            let opened = scene.library.open_session(scene.id).unwrap();
            assert_eq!(opened.session.report(), scene.end(), "{file} {byte}");
            assert!(opened.recovered.is_some(), "{file} {byte}");
            assert_eq!(std::fs::read(scene.file(&format!("{file}.damaged-1"))).unwrap(), damaged);
            drop(opened);
            let again = scene.library.open_session(scene.id).unwrap();
            assert_eq!((again.session.report(), again.recovered), (scene.end(), None), "{file} {byte}");
        }
    }
}

#[test]
fn what_a_newer_version_has_written_is_only_read_and_never_changed() {
    let scene = scene([true, true]);
    let body = r#"0000000000000009 {"do":"attach","file":"台账.xlsx"}"#;
    let line = format!("{:08x} {:08x} {body}\n", body.len(), crc32fast::hash(body.as_bytes()));
    let mut journal = std::fs::read(scene.file("journal")).unwrap();
    journal.extend(line.as_bytes());
    std::fs::write(scene.file("journal"), &journal).unwrap();
    for _ in 0..2 {
        let opened = scene.library.open_session(scene.id).unwrap();
        assert!(matches!(opened.access, Access::ReadOnly(StoreError::Newer(_))));
        assert_eq!(opened.session.report(), scene.end());
        assert_eq!(std::fs::read(scene.file("journal")).unwrap(), journal);
    }
    assert!(
        matches!(scene.library.read(scene.id), Err(StoreError::Newer(_))),
        "perhaps not what it says now"
    );
}

#[test]
fn a_saver_that_truncates_in_place_is_caught() {
    let scene = scene([true, true]);
    let path = scene.file("report.json");
    std::fs::remove_file(scene.file("journal")).unwrap();
    // The broken saver, killed between truncation and write.
    std::fs::write(&path, b"").unwrap();
    assert!(matches!(scene.library.open_session(scene.id), Err(StoreError::Damaged(_))));
}

#[test]
fn damaged_files_are_kept_aside() {
    let scene = scene([true, true]);
    let mut journal = std::fs::read(scene.file("journal")).unwrap();
    let middle = journal.len() / 2;
    journal[middle] ^= 1;
    std::fs::write(scene.file("journal"), &journal).unwrap();
    let opened = scene.library.open_session(scene.id).unwrap();
    assert_eq!(opened.session.report(), scene.end());
    assert_eq!(std::fs::read(scene.file("journal.damaged-1")).unwrap(), journal);
}

#[test]
fn a_second_session_is_told_who_and_only_reads() {
    let scene = scene([true, true]);
    let first = scene.library.open_session(scene.id).unwrap();
    let second = scene.library.open_session(scene.id).unwrap();
    let Access::ReadOnly(StoreError::Busy(owner)) = second.access else { panic!("two writers") };
    assert_eq!(owner.process, std::process::id());
    assert!(owner.to_string().contains(&format!("进程 {}", std::process::id())));
    assert!(matches!(scene.library.trash(scene.id), Err(StoreError::Busy(_))));
    drop(first);
    assert!(matches!(scene.library.open_session(scene.id).unwrap().access, Access::Writable(_)));
}

#[test]
fn a_change_from_outside_is_noticed_and_not_overwritten() {
    for replaced in [false, true] {
        let scene = scene([true, true]);
        let (mut session, mut draft) = writable(scene.library.open_session(scene.id).unwrap());
        let mut bytes = std::fs::read(scene.file("journal")).unwrap();
        if replaced {
            std::fs::remove_file(scene.file("journal")).unwrap();
        } else {
            bytes.push(b'x');
        }
        std::fs::write(scene.file("journal"), &bytes).unwrap();
        let record = session.apply("填写", overview("我的")).unwrap();
        assert!(matches!(draft.append(&session, &record), Err(StoreError::ChangedOutside(_))));
        assert_eq!(std::fs::read(scene.file("journal")).unwrap(), bytes);
    }
}

#[test]
fn a_change_from_outside_is_noticed_by_what_the_files_hold() {
    for name in ["journal", "report.json"] {
        let scene = scene([true, true]);
        let (mut session, mut draft) = writable(scene.library.open_session(scene.id).unwrap());
        let mut bytes = std::fs::read(scene.file(name)).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        // The same file, as long as it was.
        std::fs::write(scene.file(name), &bytes).unwrap();
        let record = session.apply("填写", overview("我的")).unwrap();
        let said = draft.append(&session, &record).and_then(|()| draft.save(&session));
        let Err(StoreError::ChangedOutside(path)) = said else { panic!("{name}: {said:?}") };
        assert_eq!(path, scene.file(name));
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
        assert!(draft.close(&session, None).is_err(), "from then on always");
        drop(draft);
        drop(scene.library.open_session(scene.id).unwrap());
        assert_eq!(std::fs::read(scene.file(&format!("{name}.damaged-1"))).unwrap(), bytes, "kept");
    }
}

#[test]
fn after_a_change_from_outside_nothing_is_called_saved_any_more() {
    let scene = scene([true, true]);
    let (mut session, mut draft) = writable(scene.library.open_session(scene.id).unwrap());
    let sound = std::fs::read(scene.file("journal")).unwrap();
    std::fs::write(scene.file("journal"), [&sound[..], b"x"].concat()).unwrap();
    for text in ["一", "一二", "一二三"] {
        let record = session.apply("填写", overview(text)).unwrap();
        assert!(matches!(draft.append(&session, &record), Err(StoreError::ChangedOutside(_))), "{text}");
        assert!(matches!(draft.save(&session), Err(StoreError::ChangedOutside(_))), "{text}");
        // The change is taken back; what the other program has read and will write, nobody knows.
        std::fs::write(scene.file("journal"), &sound).unwrap();
    }
    drop(draft);
    let opened = scene.library.open_session(scene.id).unwrap();
    assert_eq!((opened.session.report(), &opened.recovered), (scene.end(), &None));
}

#[test]
fn the_trash_gives_back_and_numbers_are_not_used_again() {
    let scene = scene([true, true]);
    scene.library.trash(scene.id).unwrap();
    assert!(scene.library.list().unwrap().is_empty());
    let next = scene.library.create(&Report::new(Form::current())).unwrap();
    assert_ne!(next, scene.id);
    scene.library.restore(scene.id).unwrap();
    assert_eq!(&scene.library.read(scene.id).unwrap(), scene.end());
    assert!(matches!(scene.library.read("99".parse().unwrap()), Err(StoreError::NoSuchReport(_))));
}

#[test]
fn what_was_only_begun_is_no_report_and_its_number_is_not_used() {
    let scene = scene([true, true]);
    let begun = Id::from_str("7").unwrap();
    // Nor is what is not named as we name: "1" would be listed as 0001 once more.
    for name in [&begun.to_string(), "1", "+2", "copy of 0001"] {
        std::fs::create_dir(scene.library.directory().join("reports").join(name)).unwrap();
    }
    assert_eq!(scene.library.list().unwrap().iter().map(|entry| entry.id).collect::<Vec<_>>(), [scene.id]);
    assert!(matches!(scene.library.open_session(begun), Err(StoreError::NoSuchReport(_))));
    assert_ne!(scene.library.create(&Report::new(Form::current())).unwrap(), begun);
}

#[test]
fn only_the_owner_may_look_in() {
    let scene = scene([true, true]);
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(scene.library.directory()), 0o700);
    assert_eq!(mode(scene.file("journal").parent().unwrap()), 0o700);
    for name in ["journal", "report.json", "lock", "view.json"] {
        assert_eq!(mode(&scene.file(name)), 0o600, "{name}");
    }
}

#[test]
fn no_link_is_followed_where_we_write() {
    for (name, is_writable) in [
        ("lock", false),
        ("journal", true),
        ("report.json", true),
        ("view.json", true),
        ("../../memory.json", true),
    ] {
        let scene = scene([true, true]);
        let victim = scene.library.directory().join("victim");
        std::fs::write(&victim, b"precious").unwrap();
        let _ = std::fs::remove_file(scene.file(name));
        std::os::unix::fs::symlink(&victim, scene.file(name)).unwrap();
        scene.library.remember("ambiguous", "2");
        let opened = scene.library.open_session(scene.id);
        assert_eq!(opened.is_ok(), is_writable, "{name}");
        if let Ok(opened) = opened {
            let (mut session, mut draft) = writable(opened);
            let record = session.apply("填写", overview("新的")).unwrap();
            draft.append(&session, &record).unwrap();
            draft.close(&session, None).unwrap();
            assert!(scene.file(name).symlink_metadata().unwrap().is_file(), "{name} was not written");
            assert_eq!(scene.library.read(scene.id).unwrap().text(Section::Overview), "新的");
        }
        assert_eq!(std::fs::read(&victim).unwrap(), b"precious", "{name}");
    }
}

#[test]
fn a_journal_that_becomes_a_link_is_not_written_through() {
    let scene = scene([true, true]);
    let (mut session, mut draft) = writable(scene.library.open_session(scene.id).unwrap());
    let victim = scene.library.directory().join("victim");
    std::fs::rename(scene.file("journal"), &victim).unwrap();
    std::os::unix::fs::symlink(&victim, scene.file("journal")).unwrap();
    let before = std::fs::read(&victim).unwrap();
    let record = session.apply("填写", overview("新的")).unwrap();
    assert!(matches!(draft.append(&session, &record), Err(StoreError::ChangedOutside(_))));
    drop(draft);
    let opened = scene.library.open_session(scene.id);
    assert!(matches!(opened, Err(StoreError::Io { .. })), "a sound journal is a link of somebody's");
    assert_eq!(std::fs::read(&victim).unwrap(), before);
}

#[test]
fn what_is_remembered_is_recalled() {
    let scene = scene([true, true]);
    assert_eq!(scene.library.recall("ambiguous"), None);
    scene.library.remember("ambiguous", "2");
    assert_eq!(Library::open(scene.library.directory()).unwrap().recall("ambiguous").as_deref(), Some("2"));
}

#[test]
fn outputs_are_whole_and_never_overwrite_unasked() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("报告.txt");
    write_output(&path, b"one", Overwrite::No).unwrap();
    assert!(matches!(write_output(&path, b"two", Overwrite::No), Err(StoreError::Exists(_))));
    for mode in [0o600, 0o664, 0o444] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        write_output(&path, b"two", Overwrite::Yes).unwrap();
        assert_eq!(read_input(&path).unwrap(), b"two");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, mode, "who may read it stays");
    }
    let link = root.path().join("link");
    std::os::unix::fs::symlink(root.path().join("absent"), &link).unwrap();
    assert!(matches!(write_output(&link, b"two", Overwrite::No), Err(StoreError::Exists(_))));
    std::fs::remove_file(link).unwrap();
    let long = root.path().join("报".repeat(84));
    write_output(&long, b"three", Overwrite::No).unwrap();
    assert!(matches!(write_output(root.path(), b"", Overwrite::Yes), Err(StoreError::NotAFile(_))));
    assert!(matches!(read_input(root.path()), Err(StoreError::NotAFile(_))));
    assert!(matches!(read_input(&root.path().join("nowhere")), Err(StoreError::Io { .. })));
    assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 2, "nothing is left beside");
}

#[test]
fn a_journal_that_grew_long_is_begun_anew_and_every_version_is_still_there() {
    let scene = scene([true, true]);
    let (mut session, mut draft) = writable(scene.library.open_session(scene.id).unwrap());
    let mut states = scene.states.clone();
    for step in 0..8 {
        let record = session.apply(&"填写".repeat(100_000), overview(&format!("长{step}"))).unwrap();
        draft.append(&session, &record).unwrap();
        states.push(session.report().clone());
    }
    draft.close(&session, None).unwrap();
    drop(draft);
    let opened = scene.library.open_session(scene.id).unwrap();
    assert_eq!((opened.session.report(), &opened.recovered), (states.last().unwrap(), &None));
    assert!(scene.file("journal.former-1").exists());
    let mut versions = Vec::new();
    scene.library.versions(scene.id, |version| versions.push(version.report.clone())).unwrap();
    assert!(versions == states, "{} of {}", versions.len(), states.len());
}

#[test]
fn after_a_torn_record_the_versions_before_it_are_there_word_for_word() {
    let scene = scene([true, false]);
    let mut journal = std::fs::read(scene.file("journal")).unwrap();
    let sound = journal.clone();
    journal.extend(b"00000040 12345678 0000");
    std::fs::write(scene.file("journal"), &journal).unwrap();
    drop(scene.library.open_session(scene.id).unwrap());
    assert!(std::fs::read(scene.file("journal")).unwrap() == sound);
    let mut versions = Vec::new();
    scene.library.versions(scene.id, |version| versions.push(version.report.clone())).unwrap();
    assert!(versions == scene.states, "{} of {}", versions.len(), scene.states.len());
}
