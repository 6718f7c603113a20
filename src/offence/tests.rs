//! The act and HG/KM: out of scope is earned.

use super::*;
use crate::fault::Fault;
use crate::testing::*;
use jiff::civil::date;

fn found(faults: &Faults) -> Vec<(String, Problem)> {
    faults.iter().map(|Fault { field, problem }| (field.clone(), *problem)).collect()
}

#[test]
fn an_act_ends_after_it_begins_and_not_in_the_future() {
    let on = |from, until| found(&act(from, until).faults("a", today()));
    assert_eq!(on(today(), today()), []);
    assert_eq!(on(date(2026, 5, 2), date(2026, 5, 1)), [("a.until".to_owned(), Problem::EndBeforeStart)]);
    let tomorrow = date(2026, 6, 2);
    assert_eq!(
        on(tomorrow, tomorrow),
        [("a.from".to_owned(), Problem::InFuture), ("a.until".to_owned(), Problem::InFuture)]
    );
}

#[test]
fn nee_names_who_established_it_and_when() {
    // D1.
    let nee = HgKm::Nee { established_by: empty(), established_at: hours(1), minors_witnessed: false };
    assert_eq!(
        found(&nee.faults("hg_km", now())),
        [("hg_km.established_by".to_owned(), Problem::Missing), ("hg_km.established_at".to_owned(), Problem::InFuture),]
    );
    assert!(crate::testing::nee().faults("hg_km", now()).is_empty());
}

#[test]
fn a_minor_who_witnessed_makes_it_kindermishandeling() {
    // Footnote 2 of the model, A9.
    let witnessed = HgKm::Nee { established_by: text("agent"), established_at: hours(-1), minors_witnessed: true };
    assert_eq!(
        found(&witnessed.faults("hg_km", now())),
        [("hg_km.minors_witnessed".to_owned(), Problem::WitnessCountsAsKm)]
    );
}

#[test]
fn unknown_binds_as_if_it_were_ja() {
    assert!(HgKm::Ja.binds() && HgKm::Onbekend.binds() && !nee().binds());
}
