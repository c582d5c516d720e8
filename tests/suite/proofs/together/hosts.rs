//! Owners that are not there any more, or elsewhere, and users who are not the same.

use std::fs::File;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use nianbao::form::Form;
use nianbao::report::Report;
use nianbao::store::{Access, Library, StoreError};

use super::{PROGRAM, SHARED, number, set};

/// A library with one report, and its lock file.
fn library() -> (tempfile::TempDir, Library, PathBuf) {
    let data = tempfile::tempdir().unwrap();
    let library = Library::open(data.path()).unwrap();
    let mut report = Report::new(Form::current());
    report.apply(Report::identity("岚桥县青石镇人民政府", None, 2025));
    library.create(&report).unwrap();
    let lock = data.path().join("reports/0001/lock");
    (data, library, lock)
}

fn record(host: &str, process: u32, since: u64) -> String {
    format!(r#"{{"user":"wang","uid":1000,"host":"{host}","process":{process},"since":{since}}}"#)
}

#[test]
fn what_an_owner_left_behind_keeps_nobody_out() {
    let here = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    // After a restart the number may be that of anything; process 1 is always there.
    for (host, process, since) in [(&here[..], 1, 0), (&here, 4_000_000, now), ("elsewhere", 7, now + 9_999)]
    {
        let (_data, library, lock) = library();
        for left in [record(host, process, since), "{".to_owned(), "\0".repeat(99)] {
            std::fs::write(&lock, left).unwrap();
            let opened = library.open_session("1".parse().unwrap()).unwrap();
            assert!(matches!(opened.access, Access::Writable(_)), "{host} {process}");
        }
    }
}

#[test]
fn an_owner_on_another_machine_or_with_another_clock_is_told_as_he_wrote_it() {
    let (_data, library, lock) = library();
    let id = "1".parse().unwrap();
    drop(library.open_session(id).unwrap());
    let held = File::options().read(true).write(true).open(&lock).unwrap();
    // A child that another test is starting has the lock too until it is another program.
    held.lock().unwrap();
    for (left, told) in [
        (record("bangongshi-3", 4711, u64::MAX), "用户 wang 在 bangongshi-3 上（进程 4711，刚刚）"),
        (record("bangongshi-3", 4711, 0), "天前）"),
        (String::new(), "另一个程序"),
        ("\0".repeat(99), "另一个程序"),
    ] {
        std::fs::write(&lock, left).unwrap();
        let Access::ReadOnly(StoreError::Busy(owner)) = library.open_session(id).unwrap().access else {
            panic!("two writers")
        };
        assert!(owner.to_string().contains(told), "{owner}");
    }
}

#[test]
fn a_clock_that_goes_back_changes_nothing() {
    let (data, library, _) = library();
    let id = "1".parse().unwrap();
    for (value, time) in (1..).zip([0, 4_000_000_000, 1, 2_000_000_000]) {
        let opened = library.open_session(id).unwrap();
        let (mut session, Access::Writable(mut draft)) = (opened.session, opened.access) else { panic!() };
        assert_eq!(number(session.report(), SHARED[0]), value - 1);
        let record = session.apply("填写", set(SHARED[0], value)).unwrap();
        draft.append(&session, &record).unwrap();
        if value % 2 == 0 {
            draft.close(&session, None).unwrap();
        }
        drop(draft);
        for entry in std::fs::read_dir(data.path().join("reports/0001")).unwrap().flatten() {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(time);
            File::options().write(true).open(entry.path()).unwrap().set_modified(time).unwrap();
        }
        assert_eq!(number(&library.read(id).unwrap(), SHARED[0]), value);
        assert_eq!(library.list().unwrap().len(), 1);
    }
}

/// The program run by somebody else; nothing, said aloud, where that may not be.
fn as_user(uid: u32, data: &Path, arguments: &[&str]) -> Option<Output> {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_clear().env("NIANBAO_DATA_DIR", data).current_dir("/").uid(uid).gid(uid);
    if !rustix::process::geteuid().is_root() {
        crate::support::skipped("only root may run a program as somebody else");
        return None;
    }
    Some(command.output().unwrap())
}

#[test]
fn two_users_of_one_directory_are_told_what_they_may_not_read() {
    let (data, _library, _) = library();
    let owners: Vec<PathBuf> = ["", "reports", "trash"].map(|name| data.path().join(name)).to_vec();
    // Nobody else looks in, unless the owner opens it.
    let Some(output) = as_user(61_001, data.path(), &["list"]) else { return };
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("没有权限") && said.contains("提示："), "{said}");
    owners.iter().for_each(|path| std::fs::set_permissions(path, PermissionsExt::from_mode(0o777)).unwrap());
    let made = ["new", "--agency", "岚桥县白水镇人民政府", "--year", "2025"];
    for (user, id) in [(61_001, "0002"), (61_002, "0003")] {
        let output = as_user(user, data.path(), &made).unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), id, "{:?}", output.stderr);
        let own = as_user(user, data.path(), &["set", id, "overview=无。"]).unwrap();
        assert!(own.status.success(), "{own:?}");
        for command in [
            &["set", "1", "overview=无。"][..],
            &["show", "1"],
            &["export", "1", "-o", "/dev/null", "--to", "md"],
        ] {
            let output = as_user(user, data.path(), command).unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{command:?}: {said}");
            assert!(said.contains("没有权限") && said.contains("0001") && said.contains("提示："), "{said}");
        }
        let list = as_user(user, data.path(), &["list"]).unwrap();
        let (out, said) = (String::from_utf8(list.stdout).unwrap(), String::from_utf8(list.stderr).unwrap());
        assert!(out.contains("白水镇") && (out + &said).contains("没有权限"), "{said}");
    }
}
