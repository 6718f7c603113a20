//! What must never happen, each by its number (`ARCHITECTURE.md`, "What must never happen").
//!
//! 9 stands out at every refusal, in [`Office::restart`](super::office::Office::restart) and at the end of a history;
//! 13 in the network, where every refusal of news is a break; 12 where strangers try.

mod alerts;
mod anew;
mod answers;
mod asking;
mod ending;
mod gate;
mod news;
mod people;
mod signals;

use super::world::{Events, World};
use crate::assignment::Event as Lead;
use crate::case::Event as Om;
use crate::testing::MARKER;

/// A check: what is wrong, if anything.
type Check = fn(&World) -> Option<String>;

/// What must be so after every step.
const ALWAYS: [(u8, Check); 22] = [
    (1, gate::the_gate_opens_exactly_when_all_is_in),
    (1, gate::a_decision_rests_on_all_that_was_in),
    (2, answers::an_answer_was_given_by_its_source),
    (3, asking::the_required_set_comes_from_the_rules),
    (3, asking::everyone_required_is_asked_about),
    (3, asking::only_an_own_question_without_an_answer_is_let_go),
    (4, answers::what_was_weighed_stays),
    (4, anew::what_is_signed_anew_is_the_same),
    (5, news::no_advice_counts_twice),
    (5, news::no_report_replaces_a_later_one),
    (5, alerts::every_alert_is_news_and_all_news_an_alert),
    (6, asking::nobody_is_asked_without_need),
    (6, asking::nobody_is_briefed_outside_the_flows),
    (7, ending::an_open_case_waits_for_someone),
    (8, people::a_person_weighs_and_decides),
    (10, gate::out_of_scope_is_earned),
    (11, asking::no_assignment_goes_back_to_an_earlier_version),
    (11, asking::the_required_set_shrinks_only_by_a_human_act),
    (12, people::a_lead_that_does_not_lead_changes_nothing),
    (13, news::a_brief_says_the_same_however_often_it_is_brought),
    (14, signals::no_warning_waits),
    (15, ending::every_open_case_can_be_closed),
];

/// What must be so once every message has arrived.
const AT_REST: [(u8, Check); 8] = [
    (4, answers::what_rests_on_an_answer_taken_back_shows_it),
    (5, news::every_answer_landed),
    (5, news::every_note_landed),
    (5, news::the_decision_was_told),
    (5, news::no_other_decision_is_read),
    (5, alerts::news_after_the_decision_is_an_alert),
    (14, signals::every_warning_landed),
    (15, ending::nobody_works_for_a_closed_case),
];

impl World {
    /// Looks whether all holds after a step in which something happened.
    pub fn check(&mut self) {
        if self.happened.iter().any(|one| !one.events.is_empty()) {
            self.look(&ALWAYS);
        }
        self.happened.clear();
    }

    /// Looks whether all holds when nothing is on its way any more.
    pub fn check_at_rest(&mut self) {
        self.look(&ALWAYS);
        self.look(&AT_REST);
        let clean = !format!("{self:?}").contains(MARKER);
        self.expect(clean, 9, || "something personal can be printed".into());
        self.happened.clear();
    }

    fn look(&mut self, checks: &[(u8, Check)]) {
        for (invariant, check) in checks {
            if let Some(how) = check(self) {
                self.expect(false, *invariant, || how);
            }
        }
    }
}

/// What happened at OM in the latest step.
fn happened_at_om(world: &World) -> impl Iterator<Item = &Om> {
    let events = world.happened.iter().filter_map(|one| match &one.events {
        Events::Om(events) => Some(events),
        Events::Lead(..) | Events::Desk(..) => None,
    });
    events.flatten()
}

/// What happened at leads in the latest step.
fn happened_at_leads(world: &World) -> impl Iterator<Item = &Lead> {
    let events = world.happened.iter().filter_map(|one| match &one.events {
        Events::Lead(_, events) => Some(events),
        Events::Om(_) | Events::Desk(..) => None,
    });
    events.flatten()
}
