//! When the lock on a journal is let go.

use super::*;

#[test]
fn the_lock_is_let_go_though_a_child_still_has_a_copy_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let ownership = Ownership::take(&path).unwrap();
    let _copy = ownership.locked.try_clone().unwrap();
    assert!(matches!(Ownership::take(&path), Err(OpenError::Owned { .. })));
    drop(ownership);
    Ownership::take(&path).unwrap();
}
