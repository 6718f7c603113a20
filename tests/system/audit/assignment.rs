//! What the journals of the leads tell of every assignment.

use std::collections::BTreeSet;
use zsm::assignment::{Errand, Event};
use zsm::case::Event as AtOm;
use zsm::name::QuestionName;
use zsm::question::Question;
use zsm::{Item, Kind, Role};

use super::Faults;
use super::reading::Reading;
use super::record::{Record, Stream};

pub(super) fn check(record: &Record, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (kind, streams) in &record.assignments {
        for (name, stream) in streams {
            faults.must(seen.insert(name), name, || "is with two leads".into());
            check_events(*kind, name, stream, faults);
            let reading = Reading::of(&stream.events);
            check_origin(record, name, stream, &reading, faults);
            for (question, version) in &reading.doubled {
                faults.must(false, name, || format!("{question} at {version} counts twice"));
            }
            for (question, number) in &reading.confirmed_alone {
                faults.must(false, name, || {
                    format!("what was said by telephone on {question}, {number}, was not confirmed by a second adviser")
                });
            }
            for question in reading.asked.values() {
                check_question(record, name, question, &reading, faults);
            }
        }
    }
}

/// What a person did, they did over what was there at that moment (invariants 1, 4, 8).
fn check_events(kind: Kind, name: &str, stream: &Stream<Event>, faults: &mut Faults) {
    let mut reading = Reading::default();
    for (place, event) in stream.events.iter().enumerate() {
        let first = matches!(event, Event::Created { lead, .. } if lead.kind == kind);
        faults.must(first == (place == 0), name, || format!("{place} is {event:?}"));
        match event {
            Event::Weighed { item, weighing } => {
                let by_adviser = weighing.by.role == Role::Adviseur && weighing.by.organisation.kind == kind;
                faults.must(by_adviser, name, || format!("{item} was weighed by {:?}", weighing.by));
                let latest = reading.latest().get(item).copied();
                faults.must(latest == Some(weighing.version), name, || {
                    format!("{item} was weighed at {} while {latest:?} was there", weighing.version)
                });
            }
            Event::AdviceSigned { advice } => {
                let by_adviser = advice.signed_by.role == Role::Adviseur && advice.signed_by.organisation.kind == kind;
                faults.must(by_adviser, name, || {
                    format!("advice {} was signed by {:?}", advice.version, advice.signed_by)
                });
                let counted = advice.version as usize == reading.advices.len() + 1;
                faults.must(counted, name, || format!("advice {} is not the next", advice.version));
                for open in reading.rounds.keys().filter_map(|item| reading.open(*item)) {
                    faults.must(false, name, || format!("advice {} was signed while {open}", advice.version));
                }
                faults.must(advice.rests_on == reading.latest(), name, || {
                    format!("advice {} rests on {:?}, not {:?}", advice.version, advice.rests_on, reading.latest())
                });
            }
            Event::DossierReceived { version, .. } => {
                let newer = reading.latest().get(&Item::Politiedossier).is_none_or(|latest| latest < version);
                faults.must(newer, name, || format!("dossier {version} came after a newer one"));
            }
            Event::Answered { item, question, .. } => {
                let asks = |name: &QuestionName| question.is_none_or(|question| question == *name);
                let asked = reading
                    .rounds
                    .get(item)
                    .is_some_and(|round| round.asked.iter().any(|one| asks(&one.question.name)));
                faults.must(asked && !reading.withdrawn, name, || format!("an answer for {item} counts unasked"));
            }
            _ => {}
        }
        reading.hear(event);
    }
}

/// Invariants 3 and 6: there is a case that asks for this, and the lead works with what OM asked.
fn check_origin(record: &Record, name: &str, stream: &Stream<Event>, reading: &Reading<'_>, faults: &mut Faults) {
    let Some(Event::Created { case, .. }) = stream.events.first() else { return };
    let Some(brief) = reading.brief else { return faults.must(false, name, || "has no brief".into()) };
    let at_om = record.cases.get(&case.to_string()).map_or(&[][..], |stream| &stream.events);
    let asked = at_om.iter().any(|event| {
        matches!(event, AtOm::Briefed { assignment, version, required, .. }
            if assignment.to_string() == name && *version == brief.version && *required == brief.required)
    });
    faults.must(asked, name, || format!("works on brief {} that OM never wrote", brief.version));
    let items: BTreeSet<Item> = brief.required.items().iter().map(|one| one.item).collect();
    let tracked: BTreeSet<Item> = reading.rounds.keys().copied().collect();
    let own = |item: &Item| reading.rounds[item].asked.iter().all(|one| one.question.text.is_some());
    let added = tracked.difference(&items).all(own);
    let whole = items.is_subset(&tracked) && added;
    faults.must(whole, name, || format!("works on {tracked:?}, while {items:?} is required"));
}

/// Every question is at its source or on its way; every answer that was given is here, once, or on its way (invariants
/// 2, 5, 7, 12).
fn check_question(record: &Record, name: &str, question: &Question, reading: &Reading<'_>, faults: &mut Faults) {
    let id = question.name;
    let is_past = reading.past.contains(&id) || reading.withdrawn;
    let let_go = !reading.withdrawn || reading.past.contains(&id) || reading.is_answered(question);
    faults.must(let_go, name, || format!("{id} is still waited for"));
    let asks = || record.still_to(name, |one: &Errand| matches!(one, Errand::Ask { question, .. } if *question == id));
    let at_source = record.question(&id.to_string());
    let Some((source, stream)) = at_source else {
        faults.must(is_past || asks(), name, || format!("nobody asks {id}"));
        return;
    };
    faults.must(Some(source) == question.item.source(), name, || format!("{id} is at {}", source.slug()));
    for ((held, version), answer) in reading.held.range((id, 0)..=(id, u32::MAX)) {
        let same = super::question::answers(stream).any(|given| given.version == *version && given.answer == *answer);
        faults.must(same, name, || format!("holds {held} at {version}, which its source never gave"));
    }
    for given in super::question::answers(stream) {
        if reading.held.contains_key(&(id, given.version)) {
            continue;
        }
        // What the register says comes with the reply to the ask; what a desk says is brought.
        let coming = match given.by {
            None => is_past || asks(),
            Some(_) => super::question::delivers(record, id, given.version),
        };
        faults.must(coming, name, || format!("{id} at {} was given and nobody brings it", given.version));
    }
    if reading.past.contains(&id) && !super::question::is_withdrawn(stream) {
        // An ask that is void ends with telling so.
        let tells = |one: &Errand| matches!(one, Errand::Withdraw { question, .. } if *question == id);
        faults.must(record.still_to(name, tells) || asks(), name, || {
            format!("nobody tells that {id} is no longer needed")
        });
    }
}
