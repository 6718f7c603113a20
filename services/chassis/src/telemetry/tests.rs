//! A filter is read or refused, and setting up twice is fine.

use super::{filter, init_logs};

#[test]
fn a_filter_defaults_to_info_and_nonsense_is_refused() {
    assert_eq!(filter(None).unwrap().to_string(), "info");
    assert_eq!(filter(Some(" ")).unwrap().to_string(), "info");
    assert_eq!(filter(Some("warn")).unwrap().to_string(), "warn");
    assert!(filter(Some("zsm=loud=er")).is_err());
}

#[test]
fn setting_up_twice_is_fine() {
    init_logs().unwrap();
    init_logs().unwrap();
}
