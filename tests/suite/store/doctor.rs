//! What the doctor tells of a data directory, and what is a report of it; how damage is mended is told in the module above.

use nianbao::store::{Grade, Readings, examine, write_beside};

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
