//! Closing a report where not everything can be written.

use super::*;

#[test]
fn only_a_snapshot_that_is_missing_is_made_up_for() {
    let (directory, mut draft, mut session) = begun();
    let mut keep = |draft: &mut Draft, text: &str| {
        let edit = Edit::set(Section::Overview, Some(Value::Text(text.to_owned())));
        let record = session.apply("填写", edit).unwrap();
        draft.append(&session, &record).unwrap();
        session.clone()
    };
    // Nothing can be put in the place of a directory that is not empty.
    let snapshot = directory.path().join(SNAPSHOT);
    let now = keep(&mut draft, "一");
    std::fs::remove_file(&snapshot).unwrap();
    std::fs::create_dir_all(snapshot.join("in it")).unwrap();
    draft.snapshot = Some(crc32fast::hash(b""));
    assert!(draft.close(&now, None).unwrap().is_some(), "the journal has everything");
    std::fs::remove_dir_all(&snapshot).unwrap();
    // Somebody else has put another journal in the place of ours: what was appended may be gone.
    let now = keep(&mut draft, "一二");
    std::fs::write(directory.path().join("other"), b"").unwrap();
    std::fs::rename(directory.path().join("other"), directory.path().join(JOURNAL)).unwrap();
    assert!(matches!(draft.close(&now, None), Err(StoreError::ChangedOutside(_))));
}
