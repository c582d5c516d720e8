//! Sizes, names that are taken, and what comes into being while something is written.

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
