//! What must never happen, each by its number (`ARCHITECTURE.md`, "What must never happen").
//!
//! 9 stands out at every refusal, in [`Office::restart`](super::office::Office::restart) and at the end of a history;
//! 13 in the network, where every refusal of news is a break; 12 where strangers try.

use super::ledger;
use super::office::Office;
use super::world::{Events, World};
use crate::assignment::{self, Event as Lead};
use crate::case::{self, Alert, CloseReason, End, Event as Om, Waiting};
use crate::enquiry::{self, Event as Desk, Given};
use crate::flow::Flow;
use crate::gate::Subject;
use crate::household::PersonNumber;
use crate::item::Item;
use crate::name::QuestionName;
use crate::offence::HgKm;
use crate::organisation::Role;
use crate::question::Question;
use crate::required::Required;
use crate::testing::*;
use std::collections::BTreeSet;

/// A check: what is wrong, if anything.
type Check = fn(&World) -> Option<String>;

/// What must be so after every step.
const ALWAYS: [(u8, Check); 13] = [
    (1, the_gate_opens_exactly_when_all_is_in),
    (2, an_answer_was_given_by_its_source),
    (3, the_required_set_comes_from_the_rules),
    (4, what_was_weighed_stays),
    (5, nothing_counts_twice),
    (6, nobody_is_asked_without_need),
    (7, an_open_case_waits_for_someone),
    (8, a_person_weighs_and_decides),
    (10, out_of_scope_is_earned),
    (11, the_required_set_shrinks_only_by_a_human_act),
    (12, a_lead_that_does_not_lead_changes_nothing),
    (14, no_warning_waits),
    (15, every_open_case_can_be_closed),
];

/// What must be so once every message has arrived.
const AT_REST: [(u8, Check); 4] = [
    (5, every_answer_landed),
    (5, news_after_the_decision_is_an_alert),
    (14, every_warning_landed),
    (15, nobody_works_for_a_closed_case),
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

/// Invariant 1. No decision without a passed gate, and the gate opens exactly when the histories say so.
fn the_gate_opens_exactly_when_all_is_in(world: &World) -> Option<String> {
    if world.has_ended() {
        return None;
    }
    let (gate, ready) = (case::gate(world.case()), ledger::ready(world));
    match gate {
        Ok(_) if !ready => Some("the gate is open, and by the histories something is missing".into()),
        Err(incomplete) if ready => Some(format!("by the histories all is ready, and open is {:?}", incomplete.open())),
        Ok(_) | Err(_) => {
            // Everybody is asked once more whether all is still so (D28).
            let possible = ready && ledger::current(world);
            (world.may_decide() != possible).then(|| format!("a decision is possible: {}", !possible))
        }
    }
}

/// Invariant 2. Silence is never an answer: what counts as one was given, word for word, at its source.
fn an_answer_was_given_by_its_source(world: &World) -> Option<String> {
    let answers = happened_at_leads(world).filter_map(|event| match event {
        Lead::Answered { item, question: Some(question), version, answer } => Some((item, question, version, answer)),
        _ => None,
    });
    answers.into_iter().find_map(|(item, question, version, answer)| {
        let source = world.desks.get(question).and_then(|desk| desk.body());
        let mut given = source.into_iter().flat_map(|enquiry| &enquiry.answers);
        let found = given.any(|given| given.version == *version && given.answer == **answer);
        (!found).then(|| format!("nobody gave answer {version} of the {item}"))
    })
}

/// Invariant 3. The required set comes from the rules: whatever was asked, the fixed part is in it.
fn the_required_set_comes_from_the_rules(world: &World) -> Option<String> {
    let required = &world.case().assignment.as_ref().filter(|_| !world.has_ended())?.required;
    let checks = match world.case().flow() {
        Flow::A => [Item::VeiligThuis, Item::EigenOnderzoek, Item::Politiedossier].as_slice(),
        Flow::B => [Item::VeiligThuis, Item::EigenOnderzoek, Item::Politiedossier, Item::Kindcheck].as_slice(),
        _ => return None,
    };
    let left_out = checks.iter().find(|item| required.of(**item).is_none())?;
    Some(format!("the {left_out} is not required"))
}

/// Invariant 4. Nothing weighed is silently replaced: the version that was weighed is there, as it arrived.
fn what_was_weighed_stays(world: &World) -> Option<String> {
    world.leads.values().filter_map(|office| office.body()).find_map(|assignment| {
        let of = |(item, track): (&Item, &assignment::Track)| {
            let gone = track.weighings.iter().find(|weighing| track.version(weighing.version).is_none())?;
            Some(format!("version {} of the {item} was weighed, and is gone", gone.version))
        };
        assignment.tracks.iter().find_map(of)
    })
}

/// Invariant 5. No news counts twice.
fn nothing_counts_twice(world: &World) -> Option<String> {
    let mut seen = BTreeSet::new();
    let twice = world.om.events().into_iter().find_map(|event| match event {
        Om::AdviceReceived { advice } => (!seen.insert(advice.version)).then(|| format!("advice {}", advice.version)),
        // Advices of another assignment count from one again.
        Om::AssignmentEnded { .. } => {
            seen.clear();
            None
        }
        _ => None,
    });
    let alerts = world.case().latest_alerts();
    let same = |one: &Alert| alerts.iter().filter(|it| (it.subject, it.version) == (one.subject, one.version)).count();
    let alert = alerts.iter().find(|alert| match alert.subject {
        // Signed, and taken back.
        Subject::Advice => same(alert) > 2,
        // As many persons may be other persons.
        Subject::Household => false,
        _ => same(alert) > 1,
    });
    twice
        .or(alert.map(|alert| format!("the alert about {:?}", alert.subject)))
        .map(|what| format!("{what} counts twice"))
}

/// Invariant 6. No question is asked that need not be asked, and none outside the flows.
fn nobody_is_asked_without_need(world: &World) -> Option<String> {
    asked(world).find_map(|question| {
        let wrong = question.subjects.iter().any(|subject| {
            let age = subject.identity.reveal().map(|identity| identity.birth.age_on(question.asked_on));
            match question.item {
                Item::Kindcheck => age.is_some_and(|age| age.reached(18)),
                Item::Oudercheck => age.is_some_and(|age| age.under(18)),
                _ => false,
            }
        });
        wrong.then(|| format!("the {} is about someone of the wrong age", question.item))
    })
}

/// Invariant 7. An open case waits for something, and for the decision exactly when nothing else is open; one that ended waits
/// for whoever must see its news. A warning that nobody looked at comes first (D27).
fn an_open_case_waits_for_someone(world: &World) -> Option<String> {
    let case = world.case();
    let waiting = case::waiting(case);
    let wrong = match (&case.end, waiting) {
        (_, Some(Waiting::Signal)) => case.signals.is_empty(),
        (None, None | Some(Waiting::Alert)) => true,
        (None, Some(waiting)) => (waiting == Waiting::Decision) != case::gate(case).is_ok(),
        (Some(_), None) => case.unanswered().next().is_some(),
        (Some(_), Some(Waiting::Alert | Waiting::Trouble)) => false,
        (Some(_), Some(_)) => true,
    };
    wrong.then(|| format!("it waits for {waiting:?}"))
}

/// Invariant 8. A person weighs and decides: no office does so by itself.
fn a_person_weighs_and_decides(world: &World) -> Option<String> {
    let by_service = world.happened.iter().filter(|one| one.by.role == Role::Dienst);
    by_service.into_iter().find_map(|one| {
        let human = match &one.events {
            Events::Om(events) => events.iter().any(|event| {
                matches!(event, Om::Decided(_) | Om::Closed(_) | Om::HouseholdConfirmed { .. } | Om::FlowSettled { .. })
            }),
            Events::Lead(_, events) => events.iter().any(|event| {
                matches!(
                    event,
                    Lead::Weighed { .. }
                        | Lead::AdviceSigned { .. }
                        | Lead::AdviceWithdrawn(_)
                        | Lead::OwnFileRecorded { .. }
                        | Lead::TelephoneAnswerRecorded { .. }
                        | Lead::TelephoneAnswerConfirmed { .. }
                )
            }),
            Events::Desk(_, events) => events.iter().any(|event| {
                matches!(event, Desk::Answered { by: Some(_), .. } | Desk::TakenUp { .. } | Desk::Retracted { .. })
            }),
        };
        human.then(|| "an office did by itself what a person must do".into())
    })
}

/// Invariant 10. Out of scope is earned: somebody established that it is no HG/KM.
fn out_of_scope_is_earned(world: &World) -> Option<String> {
    let case = world.case();
    let earned = !matches!(case.flow(), Flow::Outside(_)) || matches!(case.facts.hg_km, HgKm::Nee { .. });
    let recorded = happened_at_om(world)
        .any(|event| matches!(event, Om::Closed(closing) if closing.reason == CloseReason::OutsideScope));
    (!earned || (recorded && !case.is_outside_scope())).then(|| "it is out of scope and nobody established so".into())
}

/// Invariant 11. The required set shrinks only by a human act.
fn the_required_set_shrinks_only_by_a_human_act(world: &World) -> Option<String> {
    let new = happened_at_om(world).any(|event| matches!(event, Om::Briefed { .. }));
    let (mut before, mut acted) = (BTreeSet::new(), false);
    for event in world.om.events().into_iter().filter(|_| new) {
        match event {
            Om::HouseholdConfirmed { .. } | Om::FlowSettled { .. } | Om::Amended { .. } | Om::Reopened { .. } => {
                acted = true
            }
            Om::Briefed { required, .. } => {
                let now = asked_about(required);
                if !before.is_subset(&now) && !acted {
                    return Some("it asks about fewer persons, and nobody did that".into());
                }
                (before, acted) = (now, false);
            }
            _ => {}
        }
    }
    None
}

/// Invariant 12. Only the owner speaks: what OM counts stems from the current lead.
fn a_lead_that_does_not_lead_changes_nothing(world: &World) -> Option<String> {
    let case = world.case();
    let (progress, assigned) = (case.progress.as_ref()?, case.assignment.as_ref()?);
    (progress.assignment == assigned.name && gone_beyond(world)).then(|| "OM heard more than its lead knows".into())
}

/// Whether OM has a snapshot that its lead cannot have sent.
fn gone_beyond(world: &World) -> bool {
    let heard = world.case().progress.as_ref().map_or(0, |progress| progress.sequence);
    world.lead().is_none_or(|lead| lead.version() < heard)
}

/// Invariant 14. No warning waits behind the gate.
fn no_warning_waits(world: &World) -> Option<String> {
    let lead = world.leads.values().find_map(|office| {
        let raise = assignment::Command::RaiseSignal(warning());
        office.refusal(raise, &adviser(office.body()?.lead.kind), world.now)
    });
    let desk = world.desks.values().find_map(|office| {
        let raise = enquiry::Command::RaiseSignal(warning());
        office.refusal(raise, &of(&office.body()?.question.addressee, Role::Balie), world.now)
    });
    lead.or(desk).map(|refusal| format!("a warning is refused: {refusal:?}"))
}

/// Invariant 14. Every warning that was raised reached OM, once, and it is an alert (D27).
fn every_warning_landed(world: &World) -> Option<String> {
    let leads = world.leads.values().filter_map(Office::body).flat_map(|lead| &lead.signals);
    let desks = world.desks.values().filter_map(Office::body).flat_map(|desk| &desk.signals);
    let heard = &world.case().signals;
    let lost = leads.chain(desks).find(|raised| heard.iter().filter(|one| one == raised).count() != 1);
    let alerts = world.case().alerts.iter().filter(|alert| alert.subject == Subject::Signal).count();
    lost.map(|lost| format!("the warning of {} did not land once", lost.by.organisation))
        .or_else(|| (alerts != heard.len()).then(|| "a warning is no alert".into()))
}

/// Invariant 15. Every case can end: whoever may close one is never held back.
fn every_open_case_can_be_closed(world: &World) -> Option<String> {
    let close = case::Command::Close(CloseReason::Transferred, text("reden"));
    let refusal = world.om.refusal(close, &prosecutor(), world.now).filter(|_| !world.has_ended())?;
    Some(format!("it cannot be closed: {refusal:?}"))
}

/// Invariant 5. Every answer that a desk gave is known at the lead: it counts, or is recorded as one that does not. What
/// the register gave travels in the reply to the ask alone: it is known while the question is wanted and gets through.
fn every_answer_landed(world: &World) -> Option<String> {
    world.desks.iter().find_map(|(name, desk)| {
        let enquiry = desk.body()?;
        let lead = world.leads.get(&enquiry.question.assignment)?;
        let arrived = |version| lead.events().into_iter().any(|event| landed(event, *name, version));
        let strand = lead.body().filter(|one| !one.withdrawn).and_then(|one| one.strand(*name));
        let wanted = strand.is_some_and(|strand| strand.open_trouble().is_none() && strand.latest_version() == 0);
        let lost = |given: &&Given| {
            let waited_for = given.by.is_some() || wanted;
            !arrived(given.version) && waited_for && !enquiry.is_retracted(given.version)
        };
        if let Some(lost) = enquiry.retractions.iter().find(|one| !arrived(one.version)) {
            return Some(format!("retraction {} of the {} never landed", lost.version, enquiry.question.item));
        }
        let lost = enquiry.answers.iter().find(lost)?;
        Some(format!("answer {} of the {} never landed", lost.version, enquiry.question.item))
    })
}

fn landed(event: &Lead, of: QuestionName, at: u32) -> bool {
    match event {
        Lead::Answered { question: Some(question), version, .. }
        | Lead::NotCounted { question, version, .. }
        | Lead::AnswerRetracted { question, version, .. } => *question == of && *version == at,
        _ => false,
    }
}

/// Invariant 5. After the decision news is an alert (A14).
fn news_after_the_decision_is_an_alert(world: &World) -> Option<String> {
    let Some(End::Decided(decision)) = &world.case().end else { return None };
    let told = |subject| world.case().latest_alerts().iter().any(|alert| alert.subject == subject);
    let latest = ledger::latest(&ledger::told(world));
    let news =
        latest.iter().find(|(item, version)| decision.rests_on.get(*item).is_some_and(|rested| rested != *version));
    let (item, version) = news.filter(|(item, _)| !told(Subject::Item(**item)))?;
    Some(format!("version {version} of the {item} came after the decision, and nobody hears of it"))
}

/// Invariant 15. Nobody works for a case that was closed.
fn nobody_works_for_a_closed_case(world: &World) -> Option<String> {
    let Some(End::Closed(_)) = &world.case().end else { return None };
    let works = world.leads.values().filter_map(|one| one.body()).any(|one| !one.withdrawn);
    works.then(|| "the lead still works on it".into())
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

/// Every question that the lead ever wrote down.
fn asked(world: &World) -> impl Iterator<Item = &Question> {
    world.leads.values().flat_map(|office| office.events()).filter_map(|event| match event {
        Lead::Asked { question: Some(question), .. } => Some(&**question),
        _ => None,
    })
}

fn asked_about(required: &Required) -> BTreeSet<(Item, PersonNumber)> {
    required.items().iter().flat_map(|one| one.subjects.iter().map(|asked| (one.item, asked.person))).collect()
}
