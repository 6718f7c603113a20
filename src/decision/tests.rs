//! What a decision must say.

use super::*;
use crate::testing::*;

fn found(proposed: &Proposed, advised: Option<(u32, Route)>) -> Vec<(String, Problem)> {
    proposed.faults(advised, now()).iter().map(|fault| (fault.field.clone(), fault.problem)).collect()
}

const ADVISED: Option<(u32, Route)> = Some((1, Route::Dagvaarding));

#[test]
fn a_decision_says_how_it_contributes_to_safety_and_which_advice_was_read() {
    // R-3.8.2-4, D34.
    assert_eq!(found(&proposed(1), ADVISED), []);
    let silent = Proposed { motivation: empty(), ..proposed(2) };
    assert_eq!(
        found(&silent, ADVISED),
        [("motivation".to_owned(), Problem::Missing), ("advice_version".to_owned(), Problem::NoSuchVersion),]
    );
}

#[test]
fn following_and_deviating_fit_the_route() {
    let deviates = |route, because| Proposed { route, stance: Stance::Deviates { because }, ..proposed(1) };
    let route = [("route".to_owned(), Problem::NotTheAdvisedRoute)];
    assert_eq!(found(&Proposed { route: Route::Halt, ..proposed(1) }, ADVISED), route);
    assert_eq!(found(&deviates(Route::Dagvaarding, text("want")), ADVISED), route);
    assert_eq!(found(&deviates(Route::Halt, text("want")), ADVISED), []);
    assert_eq!(found(&deviates(Route::Halt, empty()), ADVISED), [("deviates.because".to_owned(), Problem::Missing)]);
}

#[test]
fn a_decision_stands_until_it_is_heard_that_the_case_was_opened_again_in_whatever_order() {
    // D34.
    let made = |hour| Notice { route: Route::Halt, stance: None, at: hours(hour), reopened_at: None };
    let lapsed = Notice { reopened_at: Some(hours(2)), ..made(1) };
    assert_eq!(Notice::standing(&[made(1)]), Some(&made(1)));
    assert_eq!(Notice::standing(&[made(1), lapsed.clone()]), None);
    assert_eq!(Notice::standing(&[lapsed.clone(), made(1)]), None);
    assert_eq!(Notice::standing(&[made(3), lapsed, made(1)]), Some(&made(3)));
    assert_eq!(Notice::standing(&[]), None);
}
