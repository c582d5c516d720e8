//! Sizes, names that are taken, what comes into being while something is written, and who may read and write what is ours.

use std::os::unix::fs::{chown, symlink};
use std::os::unix::net::UnixListener;
use std::time::Duration;

use rustix::fs::{FileType, Mode, fcntl_getfl, mknodat};

use super::*;

/// The names in a directory, in order.
fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_of_the_largest_size_is_read_whole_and_one_byte_more_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("报告.docx");
    let file = File::create(&path).unwrap();
    file.set_len(LIMIT).unwrap();
    assert_eq!(read_input(&path).unwrap().len() as u64, LIMIT);
    file.set_len(LIMIT + 1).unwrap();
    let refused = read_input(&path).unwrap_err();
    assert!(refused.to_string().contains("超过 50 MB"), "{refused}");
    let file = File::create(root.path().join("journal")).unwrap();
    file.set_len(OWN_LIMIT + 1).unwrap();
    assert_eq!(read_own(&root.path().join("journal")).unwrap(), None);
}

#[test]
fn what_is_written_beside_takes_the_first_free_name_and_is_not_written_twice() {
    let root = tempfile::tempdir().unwrap();
    let directory = root.path().join("意见");
    let write = |bytes| {
        let (path, is_written) = write_beside(&directory, "水务局", "txt", bytes).unwrap();
        (path.file_name().unwrap().to_str().unwrap().to_owned(), is_written)
    };
    for (bytes, name, is_written) in [
        (b"one", "水务局.txt", true),
        (b"one", "水务局.txt", false),
        (b"two", "水务局（2）.txt", true),
        (b"two", "水务局（2）.txt", false),
        (b"six", "水务局（3）.txt", true),
        (b"one", "水务局.txt", false),
    ] {
        assert_eq!(write(bytes), (name.to_owned(), is_written));
    }
    assert_eq!(names(&directory).len(), 3);
}

#[test]
fn a_file_that_comes_into_being_while_it_is_written_is_not_overwritten_unasked() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("报告.txt");
    let written = stream_output(&path, Overwrite::No, |out| {
        std::fs::write(&path, b"somebody's")?;
        out.write_all(b"ours")
    });
    assert!(matches!(&written, Err(StoreError::Exists(named)) if *named == path), "{written:?}");
    assert!(matches!(add(&path, b"ours"), Err(StoreError::Exists(_))));
    // What the writer meets with is no file in the place of this one, and --force no remedy.
    let failed = stream_output(&path, Overwrite::Yes, |_| Err(io::ErrorKind::AlreadyExists.into()));
    assert!(matches!(failed, Err(StoreError::Io { .. })), "{failed:?}");
    assert_eq!(std::fs::read(&path).unwrap(), b"somebody's");
    assert_eq!(names(root.path()), ["报告.txt"]);
}

#[test]
fn what_another_process_is_writing_beside_is_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let others = [0, 1, 2].map(|number| format!("{UNFINISHED}{}-{number}", std::process::id()));
    for other in &others {
        std::fs::write(root.path().join(other), b"theirs").unwrap();
    }
    replace(&root.path().join("journal"), b"ours").unwrap();
    assert_eq!(std::fs::read(root.path().join("journal")).unwrap(), b"ours");
    for other in &others {
        assert_eq!(std::fs::read(root.path().join(other)).unwrap(), b"theirs");
    }
    assert_eq!(names(root.path()).len(), 4);
}

#[test]
fn a_directory_may_be_there_already_and_a_file_in_its_place_is_told() {
    let root = tempfile::tempdir().unwrap();
    // When it is to be made it is there: with its parent.
    make_output_directory(&root.path().join("新/..")).unwrap();
    make_output_directory(&root.path().join("新")).unwrap();
    std::fs::write(root.path().join("文件"), b"").unwrap();
    let refused = make_output_directory(&root.path().join("文件"));
    assert!(matches!(refused, Err(StoreError::Io { .. })), "{refused:?}");
}

/// Who may read and write what is there.
fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().mode() & 0o777
}

#[test]
fn its_owner_may_use_what_is_ours_and_whom_he_has_let_in_stays_in() {
    let root = tempfile::tempdir().unwrap();
    let (file, directory) = (root.path().join("lock"), root.path().join("reports"));
    let opened = File::create(&file).unwrap();
    for (was, is) in [(0, 0o600), (0o200, 0o600), (0o444, 0o600), (0o600, 0o600), (0o640, 0o640)] {
        std::fs::set_permissions(&file, Permissions::from_mode(was)).unwrap();
        grant_file(&opened, &file).unwrap();
        assert_eq!(mode(&file), is, "a file of {was:o}");
    }
    std::fs::create_dir(&directory).unwrap();
    for (was, is) in [(0, 0o700), (0o500, 0o700), (0o055, 0o700), (0o700, 0o700), (0o750, 0o750)] {
        std::fs::set_permissions(&directory, Permissions::from_mode(was)).unwrap();
        grant_directory(&directory).unwrap();
        assert_eq!(mode(&directory), is, "a directory of {was:o}");
    }
}

#[test]
fn what_root_makes_belongs_to_whom_the_directory_does_and_an_output_to_whom_it_did() {
    if !rustix::process::geteuid().is_root() {
        // Nobody else can give anything away.
        return;
    }
    let root = tempfile::tempdir().unwrap();
    let whose = |path: &Path| path.metadata().map(|there| (there.uid(), there.gid())).unwrap();
    for (user, group) in [(1234, 1235), (0, 1235), (1234, 0), (0, 0)] {
        chown(root.path(), Some(user), Some(group)).unwrap();
        let below = root.path().join("reports");
        make_directory(&below).unwrap();
        replace(&below.join("journal"), b"ours").unwrap();
        for path in [&below, &below.join("journal")] {
            assert_eq!(whose(path), (user, group), "{}", path.display());
        }
        std::fs::remove_dir_all(&below).unwrap();
        let output = root.path().join("报告.txt");
        std::fs::write(&output, b"old").unwrap();
        std::fs::set_permissions(&output, Permissions::from_mode(0o640)).unwrap();
        chown(&output, Some(user), Some(group)).unwrap();
        write_output(&output, b"new", Overwrite::Yes).unwrap();
        assert_eq!((whose(&output), mode(&output)), ((user, group), 0o640), "its group may read it still");
    }
}

#[test]
fn what_is_no_file_of_ours_is_not_read_and_what_is_not_there_is_told() {
    let root = tempfile::tempdir().unwrap();
    let [gone, directory, pipe, socket] =
        ["gone", "directory", "pipe", "socket"].map(|name| root.path().join(name));
    std::fs::create_dir(&directory).unwrap();
    mknodat(CWD, &pipe, FileType::Fifo, Mode::from(0o600), 0).unwrap();
    let _listener = UnixListener::bind(&socket).unwrap();
    // With a writer nobody waits for one; so this can fail, and does not wait for ever.
    let writer = OpenOptions::new().read(true).write(true).open(&pipe).unwrap();
    let opened = open_to_read(&pipe).unwrap();
    assert!(fcntl_getfl(&opened).unwrap().contains(OFlags::NONBLOCK), "a pipe is waited for");
    drop((writer, opened));
    for strange in [directory, pipe, socket] {
        assert_eq!(read_own(&strange).unwrap(), None, "{}", strange.display());
    }
    assert_eq!(read_own(&gone).unwrap_err().kind(), io::ErrorKind::NotFound);
}

#[test]
fn a_file_of_ours_is_not_opened_through_a_link() {
    let root = tempfile::tempdir().unwrap();
    let (victim, link) = (root.path().join("victim"), root.path().join("lock"));
    std::fs::write(&victim, b"precious").unwrap();
    symlink(&victim, &link).unwrap();
    assert!(open_own(&link).is_err() && open_end(&link).is_err());
}

#[test]
fn only_what_a_killed_writer_has_left_is_taken_away() {
    let root = tempfile::tempdir().unwrap();
    for name in [".nianbao-7-0", ".nianbao-8-1", ".nianbao", "journal", "x.nianbao-7-0"] {
        std::fs::write(root.path().join(name), b"").unwrap();
    }
    clear_unfinished(root.path());
    assert_eq!(names(root.path()), [".nianbao", "journal", "x.nianbao-7-0"]);
}

#[test]
fn a_report_is_as_young_as_the_youngest_of_its_files() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(modified(root.path()), 0);
    for (name, seconds) in [("journal", 1_600_000_000), ("report.json", 1_700_000_000), ("view.json", 5)] {
        let file = File::create(root.path().join(name)).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    }
    assert_eq!(modified(root.path()), 1_700_000_000);
    assert_eq!(modified(&root.path().join("gone")), 0);
}

#[test]
fn a_file_is_written_in_the_directory_that_it_is_for() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("报告.txt");
    let written = stream_output(&path, Overwrite::No, |_| {
        let beside = names(root.path());
        assert!(beside.len() == 1 && beside[0].starts_with(UNFINISHED), "{beside:?}");
        Ok(())
    });
    written.unwrap();
    assert_eq!(names(root.path()), ["报告.txt"]);
    for (path, directory) in [("报告.txt", "."), ("出/报告.txt", "出"), ("/报告.txt", "/"), ("/", ".")]
    {
        assert_eq!(directory_of(Path::new(path)), Path::new(directory), "{path}");
    }
}

#[test]
fn what_cannot_be_made_to_last_is_not_called_saved() {
    let root = tempfile::tempdir().unwrap();
    let gone = root.path().join("gone");
    assert!(sync_directory(&gone).is_err());
    let refused = confirm(&gone.join("报告.txt")).unwrap_err().to_string();
    assert!(refused.contains("文件已写好，确认写入磁盘失败"), "{refused}");
}

/// What says that it is empty may be made up while it is read, and a file may grow or shrink after it was asked.
#[test]
fn a_file_is_read_whole_whatever_it_says_of_its_length() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("报告.json");
    let written: Vec<u8> = (0..200).collect();
    std::fs::write(&path, &written).unwrap();
    for said in [0, 100, 136, 137, 199, 200, 201, 300, 1 << 40] {
        assert_eq!(read_whole(&path, said).unwrap(), written, "said {said}");
    }
}
