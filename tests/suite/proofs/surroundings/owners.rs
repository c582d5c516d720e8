//! Root in the directory of a user, and every mask.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use super::{NEW, PROGRAM, USER, below, done, is_root, program};
use crate::proofs::figure;

/// The same run by the user.
fn as_user(mut command: Command) -> Command {
    command.uid(USER).gid(USER);
    command
}

/// A directory that is the user's.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    chown(home.path(), Some(USER), Some(USER)).unwrap();
    home
}

#[track_caller]
fn assert_his(directory: &Path) {
    for path in below(directory) {
        let there = path.symlink_metadata().unwrap();
        assert_eq!((there.uid(), there.gid()), (USER, USER), "{}", path.display());
    }
}

#[test]
fn what_root_does_in_the_directory_of_a_user_stays_the_users() {
    if !is_root() {
        return;
    }
    let home = home();
    let data = home.path().join("data");
    done(as_user(program(&data, &NEW)));
    // As under sudo: with the home of the user.
    done(program(&data, &["set", "1", "requests/received/natural_person=3"]));
    done(program(&data, &NEW));
    assert_his(&data);
    for id in ["1", "2"] {
        done(as_user(program(&data, &["set", id, "requests/received/natural_person=4"])));
        assert!(done(as_user(program(&data, &["show", id, "--json"]))).contains("natural_person\":4"));
    }
    // A directory that root is the first to make, deep in the home.
    let mut first = program("", &NEW);
    first.env_remove("NIANBAO_DATA_DIR").env("HOME", home.path()).env("SUDO_UID", USER.to_string());
    done(first);
    assert_his(&home.path().join(".local"));
    // A file that is written over is still his; a new one is root's, as with any other program.
    let out = home.path().join("out.md");
    let export = ["export", "1", "-o", out.to_str().unwrap(), "--force"];
    done(as_user(program(&data, &export)));
    done(program(&data, &export));
    assert_eq!(out.metadata().unwrap().uid(), USER);
    figure("surroundings", "root in a user's directory: everything stays the user's");
}

#[test]
fn whatever_the_mask_the_data_is_for_its_owner_and_only_for_him() {
    let plain =
        |command: Command| if rustix::process::geteuid().is_root() { as_user(command) } else { command };
    for mask in ["000", "022", "077", "277", "777"] {
        let home = tempfile::tempdir().unwrap();
        if rustix::process::geteuid().is_root() {
            chown(home.path(), Some(USER), Some(USER)).unwrap();
        }
        let data = home.path().join("data");
        let masked = |arguments: &[&str]| {
            let mut command = Command::new("sh");
            command.args(["-c", &format!("umask {mask}; exec \"$0\" \"$@\""), PROGRAM]).args(arguments);
            command.env_clear().env("NIANBAO_DATA_DIR", &data).current_dir(home.path());
            done(plain(command))
        };
        masked(&NEW);
        masked(&["set", "1", "requests/received/natural_person=3"]);
        masked(&["check", "1"]);
        assert!(masked(&["show", "1", "--json"]).contains("natural_person\":3"), "{mask}");
        assert_eq!(masked(&["list", "--json"]).lines().count(), 1);
        for path in below(&data).iter().filter(|path| !path.starts_with(data.join("readings"))) {
            let there = path.metadata().unwrap();
            let meant = if there.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(there.permissions().mode() & 0o777, meant, "{mask}: {}", path.display());
        }
    }
}
