//! Whatever happens, what must never happen does not.

use super::*;

#[test]
fn through_whatever_histories_what_must_never_happen_does_not() {
    let extent = Extent { histories: 300, early: 50, late: 10 };
    try_histories(extent, 7).unwrap_or_else(|story| panic!("{story}"));
}
