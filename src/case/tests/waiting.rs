//! What a case waits for, from its registration to its end.

use super::*;
use crate::item::Item;
use crate::outcome::Outcome;

/// The case after the lead has told how far it is.
fn told(case: &mut Story<CaseLaw>, assignment: &Story<AssignmentLaw>) -> Option<String> {
    case.done(submission(assignment), &service(Kind::Rvdk));
    waits(case)
}

fn waits(case: &Story<CaseLaw>) -> Option<String> {
    waiting(case.body()).map(|waiting| waiting.to_string())
}

fn is(name: &str) -> Option<String> {
    Some(name.to_owned())
}

#[test]
fn a_case_waits_for_one_thing_after_another_until_it_is_decided() {
    let mut case = registered(minor());
    assert_eq!(waits(&case), is("gezin"));
    case.done(Command::ConfirmHousehold(case.body().facts.household.clone(), None), &operator());
    assert_eq!(waits(&case), is("adviseur"));
    let mut assignment = assigned(&case);
    assert_eq!(told(&mut case, &assignment), is("antwoord-veilig-thuis"));
    deliver(&mut assignment, Item::VeiligThuis, 1, |_| Outcome::NotKnown);
    assert_eq!(told(&mut case, &assignment), is("antwoord-oudercheck"));
    complete_but(&mut assignment, Item::Oudercheck);
    assert_eq!(told(&mut case, &assignment), is("aanvulling-oudercheck"));
    deliver(&mut assignment, Item::Oudercheck, 2, |_| Outcome::NotKnown);
    assert_eq!(told(&mut case, &assignment), is("weging-oudercheck"));
    weigh_all(&mut assignment);
    assert_eq!(told(&mut case, &assignment), is("ondertekening"));
    sign(&mut assignment);
    assert_eq!(told(&mut case, &assignment), is("beslissing"));
    case.done(decide_it(&case, 1), &prosecutor());
    assert_eq!(waits(&case), None);
    deliver(&mut assignment, Item::VeiligThuis, 2, known);
    assert_eq!(told(&mut case, &assignment), is("nieuws-na-beslissing"));
}

/// Everything in and weighed, but one item, of which the answer is not sure whom it is about.
pub(super) fn complete_but(assignment: &mut Story<AssignmentLaw>, item: Item) {
    search_own_file(assignment);
    for weighed in [Item::VeiligThuis, Item::EigenOnderzoek, Item::Politiedossier] {
        let command = weighing(assignment.body(), weighed).unwrap();
        assignment.done(command, &adviser(Kind::Rvdk));
    }
    deliver(assignment, item, 1, |_| Outcome::Ambiguous { candidates: 2 });
}

#[test]
fn what_only_a_person_can_undo_comes_before_all_else() {
    let brief = Errand::Brief { version: 1 };
    let mut case = confirmed(minor());
    case.done(Command::NoteTrouble(brief, Trouble::Stuck), &service(Kind::Om));
    assert_eq!(waits(&case), is("storing"));
    assert_eq!(waits(&registered(outside())), is("sluiting"));
    assert_eq!(waits(&registered(under_twelve())), is("sluiting"));
    assert_eq!(waits(&registered(parked())), is("stroom"));
    assert_eq!(waits(&registered(registration(parent_and_child(ADULT), HgKm::Onbekend))), is("stroom"));
    let mut without = minor();
    without.police.report_to_vt = None;
    assert_eq!(waits(&confirmed(without)), is("politie"));
}

#[test]
fn a_case_that_was_closed_waits_for_nothing_unless_its_withdrawal_does_not_arrive() {
    let mut case = confirmed(minor());
    case.done(close(CloseReason::Transferred), &prosecutor());
    assert_eq!(waits(&case), None);
    case.done(Command::NoteTrouble(Errand::Withdraw, Trouble::Stuck), &service(Kind::Om));
    assert_eq!(waits(&case), is("storing"));
}

#[test]
fn a_brief_that_is_overtaken_by_the_end_is_no_lasting_trouble() {
    // E3: it withdraws what may have come there, or has nothing left to do.
    let brief = Errand::Brief { version: 1 };
    let stuck = Command::NoteTrouble(brief, Trouble::Stuck);
    let mut closed = confirmed(minor());
    closed.done(close(CloseReason::Transferred), &prosecutor());
    closed.done(stuck.clone(), &service(Kind::Om));
    assert_eq!(waits(&closed), is("storing"));
    let came_through = closed.body().recovered(brief).expect("it stands out as trouble");
    closed.done(came_through, &service(Kind::Om));
    assert_eq!((waits(&closed), closed.body().recovered(brief)), (None, None));
    let (mut decided, _) = ready(minor());
    decided.done(decide_it(&decided, 1), &prosecutor());
    assert_eq!(decided.done(stuck, &service(Kind::Om)), []);
}

#[test]
fn a_lead_of_before_that_does_not_hear_of_its_end_is_trouble_while_the_case_goes_on() {
    // E3, D23.
    let mut case = confirmed(minor());
    case.done(amend(suspect_is(identity(1, ADULT))), &police());
    assert_eq!(waits(&case), is("adviseur"));
    case.done(Command::NoteTrouble(Errand::WithdrawFormer { number: 1 }, Trouble::Stuck), &service(Kind::Om));
    assert_eq!(waits(&case), is("storing"));
    let begun = case.body().moved_at;
    case.now = hours(1);
    case.done(Command::NoteFormerTold(1), &service(Kind::Om));
    assert_eq!((waits(&case), case.body().moved_at), (is("adviseur"), begun), "it goes on waiting as it did");
}
