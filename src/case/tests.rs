//! smoke
use crate::testing::*;
use crate::offence::HgKm;
#[test]
fn smoke() {
    for s in [FIFTEEN, ADULT] {
    let (mut case, _) = ready(registration(parent_and_child(s), HgKm::Ja));
    case.done(super::Command::Decide(proposed(1), None), &prosecutor());
    }
}
