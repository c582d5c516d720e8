//! Names: of directories, of files, of organs, in arguments, and links that stand where a name of ours belongs.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;

use super::{NEW, below, done, program, refused};
use crate::proofs::figure;

#[test]
fn the_data_may_lie_under_any_name() {
    let names: [&[u8]; 7] =
        [b" a b ", b"a\nb", b"\xff\xfe", b"-rf", "年报　".as_bytes(), b"$(touch x)", b"a\x1b[31m\"'\\"];
    for name in names {
        let root = tempfile::tempdir().unwrap();
        let data = root.path().join(OsStr::from_bytes(name)).join("data");
        done(program(&data, &NEW));
        done(program(&data, &["set", "1", "requests/received/natural_person=3"]));
        assert!(done(program(&data, &["show", "1", "--json"])).contains("natural_person\":3"));
        assert_eq!(done(program(&data, &["list", "--json"])).lines().count(), 1);
        let path = done(program(&data, &["path"]));
        assert!(path.lines().count() == 1 && !path.contains('\x1b'), "{path:?}");
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 1, "{name:?}");
    }
    // Named from where one is: there, and nowhere else.
    let root = tempfile::tempdir().unwrap();
    let mut relative = program("a/data", &NEW);
    relative.current_dir(root.path());
    done(relative);
    assert!(root.path().join("a/data/reports/0001/journal").exists());
    // Empty is as if it were not there.
    let mut empty = program("", &NEW);
    empty.current_dir(root.path()).env("HOME", root.path());
    done(empty);
    assert!(root.path().join(".local/share/nianbao/reports/0001/journal").exists());
    assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 2);
}

#[test]
fn whatever_an_organ_is_called_its_files_lie_where_they_were_asked_for() {
    let root = tempfile::tempdir().unwrap();
    let (data, out) = (root.path().join("data"), root.path().join("意见"));
    let long = "报".repeat(85);
    let names =
        ["../../x", "-rf", "a\nb", &long, "/etc/passwd", ".", "..", "CON", " ", "\u{202e}镇", "a\u{1b}[2J"];
    for name in names {
        done(program(&data, &["new", &format!("--agency={name}"), "--year", "2025"]));
    }
    let ids: Vec<String> = (1..=names.len()).map(|id| id.to_string()).collect();
    let mut arguments: Vec<&str> = ids.iter().map(String::as_str).collect();
    arguments.splice(0..0, ["letters", "--to", "txt", "--all", "-o", out.to_str().unwrap()]);
    let mut letters = program(&data, &arguments);
    letters.current_dir(root.path());
    done(letters);
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), names.len());
    assert!(below(&out).iter().skip(1).all(|path| path.parent() == Some(&out) && path.is_file()));
    assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 2, "{:?}", below(root.path()));
    figure("surroundings", &format!("{} names of organs, each in its place", names.len()));
}

#[test]
fn arguments_may_be_anything() {
    let root = tempfile::tempdir().unwrap();
    let data = root.path().join("data");
    done(program(&data, &NEW));
    let long = format!("{}.md", "报".repeat(84));
    done(program(&data, &["export", "1", "-o", root.path().join(&long[..]).to_str().unwrap()]));
    let too_long = root.path().join(format!("{}.md", "报".repeat(85)));
    let arguments: [&[&[u8]]; 12] = [
        &[b"show", b"../../x"],
        &[b"show", b"--", b"-rf"],
        &[b"show", b"\xff"],
        &[b"check", b"no\nsuch\xff.docx"],
        &[b"set", b"1", b"overview=\xff"],
        &[b"set", b"1", b"\xff=1"],
        &[b"new", b"--agency", b"\xff", b"--year", b"2025"],
        &[b"export", b"1", b"-o", b"\xff"],
        &[b"export", b"1", b"-o", too_long.as_os_str().as_bytes()],
        &[b"letters", b"1", b"-o", too_long.as_os_str().as_bytes(), b"--all"],
        &[b"\xff"],
        &[b"--\xff"],
    ];
    for words in arguments {
        let mut command = program(&data, &[]);
        command.args(words.iter().map(|word| OsStr::from_bytes(word))).current_dir(root.path());
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
        assert!(!said.contains("os error") && !said.contains("panicked"), "{words:?}: {said}");
        assert!(said.chars().any(|c| ('一'..='龥').contains(&c)), "{words:?}: {said}");
    }
    assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 2);
    assert_eq!(done(program(&data, &["list", "--json"])).lines().count(), 1);
}

#[test]
fn a_link_in_the_place_of_what_is_ours_leads_nowhere() {
    for name in ["readings", "memory.json", "reports/0001/lock", "reports/0001/view.json", "rescued-1.json"] {
        let root = tempfile::tempdir().unwrap();
        let (data, victim) = (root.path().join("data"), root.path().join("victim"));
        std::fs::create_dir_all(victim.join("within")).unwrap();
        std::fs::write(victim.join("within/file"), "precious").unwrap();
        done(program(&data, &NEW));
        let (link, target) =
            (data.join(name), if name == "readings" { victim.clone() } else { victim.join("within/file") });
        let _ = std::fs::remove_file(&link);
        symlink(target, link).unwrap();
        // Everything that writes or sweeps, as far as it comes.
        done(program(&data, &["list"]));
        assert_ne!(program(&data, &["check", "1"]).output().unwrap().status.code(), Some(2), "{name}");
        let set = program(&data, &["set", "1", "overview=无。"]).output().unwrap();
        if name.ends_with("lock") {
            let said = refused(&set);
            assert!(said.contains("符号链接") && said.contains("0001/lock"), "{said}");
        } else {
            assert!(set.status.success(), "{name}: {set:?}");
        }
        let left: Vec<_> =
            below(&victim).into_iter().map(|path| path.strip_prefix(&victim).unwrap().to_owned()).collect();
        assert_eq!(left, ["", "within", "within/file"].map(std::path::PathBuf::from), "{name}");
        assert_eq!(std::fs::read_to_string(victim.join("within/file")).unwrap(), "precious", "{name}");
    }
}
