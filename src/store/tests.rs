//! Moments in which another process holds the number of a report.

use super::*;
use crate::form::Form;

#[test]
fn a_report_comes_back_from_the_trash_as_soon_as_nobody_holds_its_number() {
    let root = tempfile::tempdir().unwrap();
    let library = Library::open(root.path()).unwrap();
    let id = library.create(&Report::new(Form::current())).unwrap();
    library.trash(id).unwrap();
    let hold = || std::fs::create_dir(library.path(id)).unwrap();
    let let_go = || std::fs::remove_dir(library.path(id)).unwrap();
    hold();
    let mut waited = 0;
    let restored = library.restore_after(id, || waited += 1);
    assert!(matches!(restored, Err(StoreError::Io { .. })), "held for good: {restored:?}");
    assert_eq!(waited, 4, "tried five times");
    library.restore_after(id, let_go).unwrap();
    assert!(library.read(id).is_ok());
    library.trash(id).unwrap();
    std::fs::remove_dir(library.reports()).unwrap();
    let refused = library.restore_after(id, || panic!("what is wrong is no matter of waiting"));
    assert!(matches!(refused, Err(StoreError::Io { .. })), "{refused:?}");
}
