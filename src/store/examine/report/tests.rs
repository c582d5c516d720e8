//! What is said of every kind of thing that can lie in the directory of a report.

use std::os::unix::fs::symlink;

use super::*;
use crate::form::Form;
use crate::form::terms::Section;
use crate::report::{Edit, Report, Value};
use crate::session::Session;
use crate::store::{Access, Draft, Examination, Library, examine};

/// Takes a step, and says that it was acknowledged.
fn step(session: &mut Session, draft: &mut Draft, text: &str) {
    let edit = Edit::set(Section::Overview, Some(Value::Text(text.to_owned())));
    let record = session.apply("填写", edit).unwrap();
    draft.append(session, &record).unwrap();
}

/// What is said of a report that was closed in order, after something was done in its directory: of which file, how
/// grave it is, and in what words.
fn told(happens: impl FnOnce(&Path)) -> Vec<(String, Grade, String)> {
    let root = tempfile::tempdir().unwrap();
    let library = Library::open(&root.path().join("data")).unwrap();
    let id = library.create(&Report::new(Form::current())).unwrap();
    let opened = library.open_session(id).unwrap();
    let (mut session, Access::Writable(mut draft)) = (opened.session, opened.access) else { panic!("{id}") };
    for text in ["一", "二", "三"] {
        step(&mut session, &mut draft, text);
    }
    draft.close(&session, Some(Section::Overview.into())).unwrap();
    drop(draft);
    happens(&library.directory().join(REPORTS).join(id.to_string()));
    let name = |found: &Found| found.path.file_name().unwrap().to_str().unwrap().to_owned();
    let found = examine(library.directory()).unwrap().reports.remove(0).found;
    found.into_iter().map(|found| (name(&found), found.grade, found.said)).collect()
}

/// The same, where it is of one file alone; `begins` is how it begins.
fn is_told(name: &str, grade: Grade, begins: &str, happens: impl FnOnce(&Path)) {
    let told = told(happens);
    let is_so =
        matches!(&told[..], [(of, how, said)] if of == name && *how == grade && said.starts_with(begins));
    assert!(is_so, "{name}: {told:?}");
}

#[test]
fn nothing_is_said_of_the_files_of_a_sound_report() {
    assert_eq!(told(|_| ()), []);
    // What the journal was before it was begun anew is one of them.
    let former = |at: &Path| {
        std::fs::copy(at.join(JOURNAL), at.join("journal.former-1")).unwrap();
    };
    assert_eq!(told(former), []);
}

#[test]
fn what_stands_in_the_place_of_a_file_of_ours_is_told() {
    for name in [JOURNAL, SNAPSHOT] {
        let elsewhere = tempfile::tempdir().unwrap();
        is_told(name, Grade::Attention, "是符号链接", |at| {
            std::fs::copy(at.join(name), elsewhere.path().join(name)).unwrap();
            std::fs::remove_file(at.join(name)).unwrap();
            symlink(elsewhere.path().join(name), at.join(name)).unwrap();
        });
    }
    for (name, said) in [
        (LOCK, "不是普通文件，报告可能打不开"),
        (VIEW, UNKNOWN),
        ("journal.former-1", UNKNOWN),
        ("report.json.former-1", UNKNOWN),
    ] {
        is_told(name, Grade::Attention, said, |at| {
            let _ = std::fs::remove_file(at.join(name));
            std::fs::create_dir(at.join(name)).unwrap();
        });
    }
}

#[test]
fn a_cursor_that_cannot_be_read_is_told() {
    let sealed = String::from_utf8(sealed::seal(r#"{"cursor":"overview"}"#)).unwrap();
    for sound in [&sealed, "{}", "[1]"] {
        assert_eq!(told(|at| std::fs::write(at.join(VIEW), sound).unwrap()), [], "{sound}");
    }
    for broken in [&sealed.replace("overview", "problems"), "{", ""] {
        is_told(VIEW, Grade::Note, "记着的光标位置读不出来", |at| {
            std::fs::write(at.join(VIEW), broken).unwrap();
        });
    }
}

#[test]
fn what_lies_beside_the_files_of_a_report_is_called_by_what_it_is() {
    for (name, grade, said) in [
        (".nianbao-7-0", Grade::Note, UNFINISHED),
        ("journal.damaged-1", Grade::Note, KEPT),
        ("report.json.damaged-12", Grade::Note, KEPT),
        ("report.json.damaged-x", Grade::Attention, UNKNOWN),
        ("notes.damaged-1", Grade::Attention, UNKNOWN),
        ("journal.former-x", Grade::Attention, UNKNOWN),
        ("notes.txt", Grade::Attention, UNKNOWN),
    ] {
        is_told(name, grade, said, |at| std::fs::write(at.join(name), b"").unwrap());
    }
}

#[test]
fn a_former_journal_of_which_versions_are_lost_is_told() {
    let former = "journal.former-1";
    let said = "以前的操作记录读不全，其中几版找不回来";
    is_told(former, Grade::Attention, said, |at| std::fs::write(at.join(former), b"").unwrap());
    is_told(former, Grade::Attention, said, |at| {
        let mut journal = std::fs::read(at.join(JOURNAL)).unwrap();
        // In the last record, but not its newline.
        let last = journal.len() - 9;
        journal[last] ^= 1;
        std::fs::write(at.join(former), journal).unwrap();
    });
}

#[test]
fn what_is_half_written_is_told_only_where_nobody_is_writing_it() {
    let root = tempfile::tempdir().unwrap();
    let library = Library::open(&root.path().join("data")).unwrap();
    let id = library.create(&Report::new(Form::current())).unwrap();
    let opened = library.open_session(id).unwrap();
    let (mut session, Access::Writable(mut draft)) = (opened.session, opened.access) else { panic!("{id}") };
    step(&mut session, &mut draft, "一");
    step(&mut session, &mut draft, "二");
    let journal = library.directory().join(REPORTS).join(id.to_string()).join(JOURNAL);
    let whole = std::fs::read(&journal).unwrap();
    std::fs::write(&journal, &whole[..whole.len() - 9]).unwrap();
    let told = || {
        let found = examine(library.directory()).unwrap().reports.remove(0).found;
        found.into_iter().map(|found| (found.grade, found.said, found.remedy)).collect::<Vec<_>>()
    };
    let open = told();
    assert!(matches!(&open[..], [(Grade::Note, said, "")] if said.starts_with("正由")), "{open:?}");
    drop(draft);
    let said = "上次意外中断，恢复到最后一次确认的内容".to_owned();
    assert_eq!(told(), [(Grade::Note, said, OPEN)]);
}

#[test]
fn a_file_that_has_gone_since_it_was_listed_is_not_told() {
    let root = tempfile::tempdir().unwrap();
    let done = Examination::default();
    let look = Look { data: root.path(), done, open: Vec::new(), strange: Vec::new() };
    for name in [".nianbao-7-0", "journal.damaged-1", "notes.txt"] {
        let said = look.file(&root.path().join(name), name, Id(1));
        assert!(matches!(said, Ok(None)), "{name}");
    }
}
