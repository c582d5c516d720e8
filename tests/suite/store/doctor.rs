//! What the doctor tells of a data directory, and what is a report of it; how damage is mended is told in the module above.

use nianbao::desk::Judgement;
use nianbao::store::{Examination, Grade, Judged, Readings, examine, write_beside};

use super::*;

#[test]
fn the_doctor_tells_damage_of_a_report_that_is_open_too() {
    let grave = |damage: fn(&Scene)| {
        let scene = scene([true, true]);
        let (mut session, mut draft) = writable(scene.library.open_session(scene.id).unwrap());
        let record = session.apply("填写", overview("正在填")).unwrap();
        draft.append(&session, &record).unwrap();
        damage(&scene);
        examine(scene.library.directory()).unwrap().reports[0].found.iter().map(|found| found.grade).max()
    };
    assert_eq!(grave(|_| ()), Some(Grade::Note), "behind is what is open");
    let torn = |scene: &Scene| {
        let journal = std::fs::read(scene.file("journal")).unwrap();
        std::fs::write(scene.file("journal"), &journal[..journal.len() - 9]).unwrap();
    };
    assert_eq!(grave(torn), Some(Grade::Note), "a record may be half written");
    assert_eq!(grave(|scene| std::fs::remove_file(scene.file("journal")).unwrap()), Some(Grade::Attention));
    assert_eq!(
        grave(|scene| std::fs::write(scene.file("report.json"), "{}").unwrap()),
        Some(Grade::Attention)
    );
    let both = |scene: &Scene| {
        for name in ["journal", "report.json"] {
            std::fs::write(scene.file(name), "{}").unwrap();
        }
    };
    assert_eq!(grave(both), Some(Grade::Lost));
}

/// Writes a file that only its owner may read.
fn write(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// What was found beside the reports: where, how grave, and how it is called.
fn told(examined: &Examination) -> Vec<(&str, Grade, &str)> {
    let words = |said: &str| said.find(['，', '（']).unwrap_or(said.len());
    let told = examined
        .found
        .iter()
        .map(|found| (found.path.to_str().unwrap(), found.grade, &found.said[..words(&found.said)]));
    told.collect()
}

#[test]
fn the_doctor_calls_everything_by_what_it_is() {
    let scene = scene([true, true]);
    let data = scene.library.directory();
    let trashed = scene.library.create(&Report::new(Form::current())).unwrap();
    scene.library.trash(trashed).unwrap();
    let judged = Judged::open(data).unwrap();
    for hash in ["ab", "cd"] {
        assert!(judged.keep(hash, None, &Judgement::default(), Some(scene.end())).unwrap());
    }
    Readings::open(data, "1").unwrap().keep("ab12", b"made of it");
    assert_eq!(told(&examine(data).unwrap()), [], "all of it is sound");
    for name in ["desk/ab.said.json", "desk/cd.report.json", "desk/ab.said.json.damaged-1"] {
        write(&data.join(name), b"{");
    }
    for name in ["desk/ab.said.json.damaged-x", "desk/x.damaged-1", "notes.txt", "reports/0009"] {
        write(&data.join(name), b"");
    }
    write(&data.join("readings/1/ab/ab34"), b"01234567 torn");
    let examined = examine(data).unwrap();
    assert_eq!(
        told(&examined),
        [
            ("desk/ab.said.json", Grade::Lost, "审阅的决定和批注读不出来"),
            ("desk/ab.said.json.damaged-1", Grade::Note, "以前损坏的文件"),
            ("desk/ab.said.json.damaged-x", Grade::Attention, "不认识的文件或目录"),
            ("desk/cd.report.json", Grade::Lost, "审阅时留下的报告读不出来"),
            ("desk/x.damaged-1", Grade::Attention, "不认识的文件或目录"),
            ("notes.txt", Grade::Attention, "不认识的文件或目录"),
            ("readings", Grade::Note, "有 1 份读过的结果不完整"),
            ("reports/0009", Grade::Attention, "不认识的文件或目录"),
        ]
    );
    assert_eq!((examined.judgements, examined.readings), (2, 2));
    let reports: Vec<_> = examined.reports.iter().map(|report| (report.id, report.is_trashed)).collect();
    assert_eq!(reports, [(scene.id, false), (trashed, true)]);
}

#[test]
fn the_doctor_knows_a_file_from_the_directory_that_has_its_name() {
    for name in ["reports", "trash", "desk", "readings"] {
        let root = tempfile::tempdir().unwrap();
        std::fs::set_permissions(root.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
        write(&root.path().join(name), b"");
        let examined = examine(root.path()).unwrap();
        assert_eq!(told(&examined), [(name, Grade::Attention, "不认识的文件或目录")]);
    }
}

#[test]
fn the_doctor_tells_what_is_remembered_and_cannot_be_read() {
    let scene = scene([true, true]);
    let path = scene.library.directory().join("memory.json");
    scene.library.remember("ambiguous", "2");
    let sound = std::fs::read_to_string(&path).unwrap();
    for (memory, is_told) in [
        (sound.clone(), false),
        (r#"{"ambiguous":"2"}"#.to_owned(), false),
        (sound.replace(r#""2""#, r#""3""#), true),
        (r#"{"ambiguous":2}"#.to_owned(), true),
        ("{".to_owned(), true),
    ] {
        write(&path, memory.as_bytes());
        let examined = examine(scene.library.directory()).unwrap();
        let expected = [("memory.json", Grade::Note, "记着的界面设置读不出来")];
        assert_eq!(told(&examined), expected[..usize::from(is_told)], "{memory}");
    }
}

#[test]
fn the_doctor_says_who_has_a_report_open() {
    let scene = scene([true, true]);
    let found = || examine(scene.library.directory()).unwrap().reports.remove(0).found;
    assert!(found().is_empty());
    let opened = scene.library.open_session(scene.id).unwrap();
    let said = found();
    assert!(said.len() == 1 && said[0].grade == Grade::Note, "{said:?}");
    assert!(said[0].said.contains(&format!("进程 {}", std::process::id())), "{}", said[0].said);
    drop(opened);
    assert!(found().is_empty());
}

#[test]
fn the_doctor_accounts_for_every_file_among_the_readings() {
    let root = tempfile::tempdir().unwrap();
    let data = root.path().join("data");
    drop(Library::open(&data).unwrap());
    Readings::open(&data, "1").unwrap().keep("ab12", b"made of it");
    let elsewhere = root.path().join("elsewhere/ab");
    std::fs::create_dir_all(&elsewhere).unwrap();
    std::fs::write(elsewhere.join("ab99"), b"somebody's").unwrap();
    for strange in ["readings/x", "readings/1/x", "readings/1/ab/x.doc", "readings/1/ab/.nianbao-7-0"] {
        std::fs::write(data.join(strange), b"").unwrap();
        std::fs::set_permissions(data.join(strange), std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    std::os::unix::fs::symlink(root.path().join("elsewhere"), data.join("readings/link")).unwrap();
    std::fs::set_permissions(data.join("readings/1/ab"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let examined = examine(&data).unwrap();
    let told: Vec<_> =
        examined.found.iter().map(|found| (found.path.to_str().unwrap(), found.grade)).collect();
    assert_eq!(
        told,
        [
            ("readings/link", Grade::Attention),
            ("readings/x", Grade::Attention),
            ("readings/1/x", Grade::Attention),
            ("readings/1/ab/.nianbao-7-0", Grade::Note),
            ("readings/1/ab/x.doc", Grade::Attention),
            ("readings/1/ab", Grade::Attention),
        ]
    );
    assert_eq!(examined.readings, 1);
}

#[test]
fn a_pipe_where_a_file_is_to_be_written_is_not_waited_for() {
    let root = tempfile::tempdir().unwrap();
    let pipe = root.path().join("意见.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let written = write_beside(root.path(), "意见", "txt", b"one").unwrap();
    assert_eq!(written, (root.path().join("意见（2）.txt"), true));
}

#[test]
fn the_doctor_sees_who_may_read_what_was_rescued_or_given_to_an_editor() {
    for name in ["rescued-1.json", "editing-overview-1.txt"] {
        let scene = scene([true, true]);
        let path = scene.library.directory().join(name);
        std::fs::write(&path, b"").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let found = examine(scene.library.directory()).unwrap().found;
        let grades: Vec<_> = found.iter().map(|found| (found.path.to_str().unwrap(), found.grade)).collect();
        assert_eq!(grades, [(name, Grade::Note), (name, Grade::Attention)]);
    }
}

#[test]
fn the_doctor_says_whose_a_kept_journal_of_a_copied_report_is() {
    let scene = scene([true, true]);
    std::fs::copy(scene.file("journal"), scene.file("journal.former-1")).unwrap();
    let copy = scene.library.directory().join("reports/0007");
    std::fs::create_dir(&copy).unwrap();
    for name in ["journal", "report.json", "journal.former-1"] {
        std::fs::copy(scene.file(name), copy.join(name)).unwrap();
    }
    drop(scene.library.open_session("7".parse().unwrap()).unwrap());
    let examined = examine(scene.library.directory()).unwrap();
    let told: Vec<_> = examined.all().filter(|found| found.path.ends_with("journal.former-1")).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].grade == Grade::Note && told[0].said.contains("是报告 0001 以前的"), "{}", told[0].said);
}

#[test]
fn a_directory_that_is_not_named_as_we_name_is_no_report_of_ours() {
    let scene = scene([true, true]);
    let data = scene.library.directory();
    for (name, id) in [("1", None), ("+1", None), ("0001", Some(scene.id))] {
        let directory = data.join("reports").join(name);
        std::fs::create_dir_all(&directory).unwrap();
        std::fs::write(directory.join("x"), b"").unwrap();
        assert_eq!(Library::report_of(data, &directory.join("x")), id, "{name}");
    }
    std::fs::create_dir(data.join("trash/0002")).unwrap();
    assert!(scene.library.list_trash().unwrap().is_empty(), "only begun");
}
