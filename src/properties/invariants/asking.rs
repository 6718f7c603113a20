//! All that must be asked is asked, and nothing else (invariants 3, 6 and 11).

use super::super::ledger;
use super::super::world::World;
use super::{happened_at_leads, happened_at_om};
use crate::assignment::{Event as Lead, Track};
use crate::case::Event as Om;
use crate::flow::Flow;
use crate::household::PersonNumber;
use crate::item::Item;
use crate::question::Question;
use crate::required::Required;
use std::collections::BTreeSet;

/// Invariant 3. The required set comes from the rules: whatever was asked, the fixed part is in it.
pub(super) fn the_required_set_comes_from_the_rules(world: &World) -> Option<String> {
    let required = &world.case().assignment.as_ref().filter(|_| !world.has_ended())?.required;
    let checks = match world.case().flow() {
        Flow::A => [Item::VeiligThuis, Item::EigenOnderzoek, Item::Politiedossier].as_slice(),
        Flow::B => [Item::VeiligThuis, Item::EigenOnderzoek, Item::Politiedossier, Item::Kindcheck].as_slice(),
        _ => return None,
    };
    let left_out = checks.iter().find(|item| required.of(**item).is_none())?;
    Some(format!("the {left_out} is not required"))
}

/// Invariant 3. Whatever region they live in (A30), everyone required is in a question that runs.
pub(super) fn everyone_required_is_asked_about(world: &World) -> Option<String> {
    let assignment = world.assignment().filter(|assignment| !assignment.withdrawn)?;
    assignment.brief.as_ref()?.required.items().iter().filter(|one| one.item.source().is_some()).find_map(|one| {
        let running = assignment.tracks.get(&one.item).into_iter().flat_map(Track::running);
        // What an adviser asks in words of his own stands in for nothing that is required (D7).
        let running = running.filter(|strand| strand.question.text.is_none());
        let about: BTreeSet<PersonNumber> = running.flat_map(|strand| strand.question.answer_about()).collect();
        let left_out = one.answer_about().into_iter().find(|person| !about.contains(person))?;
        Some(format!("no question of the {} is about person {left_out}", one.item))
    })
}

/// Invariant 3. An adviser lets go of what he asked himself and nobody answered, and of nothing else (D7).
pub(super) fn only_an_own_question_without_an_answer_is_let_go(world: &World) -> Option<String> {
    happened_at_leads(world).find(|event| matches!(event, Lead::LetGo { dismissal: Some(_), .. }))?;
    world.leads.values().flat_map(|office| office.acts()).scan(Vec::new(), let_go).flatten().next()
}

/// What is wrong with what was let go of in an act, after all that happened before it.
fn let_go<'a>(before: &mut Vec<&'a Lead>, act: Vec<&'a Lead>) -> Option<Option<String>> {
    let by_hand = act.iter().any(|event| matches!(event, Lead::LetGo { dismissal: Some(_), .. }));
    let wrong = act.iter().filter(|_| by_hand).find_map(|event| match event {
        Lead::LetGo { item, question, .. } => {
            let own = before.iter().any(|event| {
                matches!(event, Lead::AlsoAsked { question: asked, .. } if asked.name == *question && asked.text.is_some())
            });
            let answered = ledger::is_to_be_weighed(before, *item, *question);
            (!own || answered).then(|| format!("a question of the {item} was let go of: own {own}, answered {answered}"))
        }
        _ => None,
    });
    before.extend(act);
    Some(wrong)
}

/// Invariant 6. No question is asked that need not be asked, and none outside the flows.
pub(super) fn nobody_is_asked_without_need(world: &World) -> Option<String> {
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

/// Invariant 6. Outside the flows no lead is asked for anything.
pub(super) fn nobody_is_briefed_outside_the_flows(world: &World) -> Option<String> {
    let briefed = happened_at_leads(world).find_map(|event| match event {
        Lead::Briefed { brief } if !matches!(brief.flow, Flow::A | Flow::B) => Some(&brief.flow),
        _ => None,
    });
    briefed.map(|flow| format!("a lead was asked for an advice in {flow:?}"))
}

/// Invariant 11. A lead that knows of a later version of its assignment never goes back to an earlier one.
pub(super) fn no_assignment_goes_back_to_an_earlier_version(world: &World) -> Option<String> {
    happened_at_leads(world).find(|event| matches!(event, Lead::Briefed { .. }))?;
    world.leads.values().find_map(|office| {
        let events = office.events().into_iter();
        let versions: Vec<u32> = events
            .filter_map(|event| match event {
                Lead::Briefed { brief } => Some(brief.version),
                _ => None,
            })
            .collect();
        (!versions.is_sorted_by(|one, next| one < next))
            .then(|| format!("a lead was asked for {versions:?}, in this order"))
    })
}

/// Invariant 11. The required set shrinks only by a human act.
pub(super) fn the_required_set_shrinks_only_by_a_human_act(world: &World) -> Option<String> {
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

/// Every question that the lead ever wrote down.
fn asked(world: &World) -> impl Iterator<Item = &Question> {
    world.leads.values().flat_map(|office| office.events()).filter_map(|event| match event {
        Lead::Asked { question: Some(question), .. } | Lead::AlsoAsked { question, .. } => Some(&**question),
        _ => None,
    })
}

fn asked_about(required: &Required) -> BTreeSet<(Item, PersonNumber)> {
    required.items().iter().flat_map(|one| one.subjects.iter().map(|asked| (one.item, asked.person))).collect()
}
