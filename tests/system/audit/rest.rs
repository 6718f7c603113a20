//! What the journals tell once nothing is left to be done: everything that was acknowledged is there, once.

use std::collections::BTreeMap;
use zsm::answer::Answer;
use zsm::assignment::Event as AtLead;
use zsm::case::Event as AtOm;
use zsm::enquiry::Event as AtSource;
use zsm::gate::Subject;

use super::Faults;
use super::question;
use super::reading::Reading;
use super::record::{Record, Streams};
use crate::case::{Acknowledged, Ending};

pub(super) fn check(record: &Record, driven: &[Acknowledged], faults: &mut Faults) {
    for (kind, errand) in &record.errands {
        faults.must(false, kind.slug(), || format!("an errand is left over: {errand:?}"));
    }
    let (registered, acknowledged) = (record.cases.len(), driven.len());
    faults.must(registered == acknowledged, "om", || format!("{registered} cases, {acknowledged} were acknowledged"));
    for one in driven {
        check_case(record, one, faults);
    }
    check_calls(record, faults);
    check_desks(record, faults);
}

fn check_case(record: &Record, told: &Acknowledged, faults: &mut Faults) {
    let mut must = |holds: bool, otherwise: String| faults.must(holds, &told.case, || otherwise);
    let Some(stream) = record.cases.get(&told.case) else { return must(false, "was acknowledged and is gone".into()) };
    let count = |is: fn(&AtOm) -> bool| stream.events.iter().filter(|event| is(event)).count();
    let confirmed = count(|one| matches!(one, AtOm::HouseholdConfirmed { .. }));
    must(confirmed == usize::from(told.household), format!("was confirmed {confirmed} times"));
    let decided = count(|one| matches!(one, AtOm::Decided(_)));
    let closed = count(|one| matches!(one, AtOm::Closed(_)));
    let ended = match told.ended {
        Some(Ending::Decided) => (1, 0),
        Some(Ending::Closed) => (0, 1),
        None => (0, 0),
    };
    must((decided, closed) == ended, format!("was decided {decided} and closed {closed} times"));
    let (warned, heard) = (told.warned.len(), count(|one| matches!(one, AtOm::SignalReceived(_))));
    must(heard == warned, format!("{warned} warnings were raised, and OM heard {heard}"));
    if told.assignment.is_empty() {
        return;
    }
    let Some((_, stream)) = record.assignment(&told.assignment) else {
        return must(false, format!("{} is with no lead", told.assignment));
    };
    let reading = Reading::of(&stream.events);
    must(reading.withdrawn == (closed == 1), "the lead was told otherwise".into());
    for (item, version) in &told.weighings {
        let times = reading.weighed.get(item).into_iter().flatten().filter(|one| *one == version).count();
        must(times == 1, format!("{item} at {version} was weighed {times} times"));
    }
    must(reading.own_files == told.own_file as usize, format!("{} own files", reading.own_files));
    let advices: Vec<u32> = reading.advices.iter().map(|advice| advice.version).collect();
    must(advices == (1..=told.advice).collect::<Vec<_>>(), format!("the advices {advices:?} were signed"));
    for (source, name, version) in &told.answers {
        let given = record.questions[source].get(name);
        let given = given.is_some_and(|stream| question::answers(stream).any(|one| one.version == *version));
        must(given, format!("{name} at {version} is gone"));
    }
    for name in &told.taken_up {
        let taken = record.question(name);
        let taken =
            taken.is_some_and(|(_, stream)| stream.events.iter().any(|one| matches!(one, AtSource::TakenUp { .. })));
        must(taken, format!("{name} is no longer taken up"));
    }
    for name in reading.asked.keys() {
        let Some((_, given)) = record.question(&name.to_string()) else {
            must(reading.past.contains(name), format!("{name} is at no source"));
            continue;
        };
        let given: BTreeMap<u32, &Answer> = question::answers(given).map(|one| (one.version, one.answer)).collect();
        let held: BTreeMap<u32, &Answer> = reading
            .held
            .range((*name, 0)..=(*name, u32::MAX))
            .map(|((_, version), answer)| (*version, *answer))
            .collect();
        let (gave, holds) = (given.keys().collect::<Vec<_>>(), held.keys().collect::<Vec<_>>());
        must(given == held, format!("of {name} the source gave {gave:?}, the lead holds {holds:?}"));
    }
}

/// Invariant 13: no call was refused for good or given up, and no news came that could not count: a kill is no reason.
fn check_calls(record: &Record, faults: &mut Faults) {
    for (name, event) in all(&record.cases) {
        // A snapshot that a newer one overtook is no news; an advice that does not count would be.
        let lost = matches!(event, AtOm::NotCounted { advice: Some(_), .. });
        let odd = lost
            || matches!(event, AtOm::Troubled { .. } | AtOm::CallTroubled { .. })
            || matches!(event, AtOm::AlertRaised(alert) if alert.subject != Subject::Signal);
        faults.must(!odd, name, || format!("{event:?}"));
    }
    for (name, event) in record.assignments.values().flat_map(all) {
        faults.must(!matches!(event, AtLead::Troubled { .. }), name, || format!("{event:?}"));
    }
    for (name, event) in record.questions.values().flat_map(all) {
        faults.must(!matches!(event, AtSource::Troubled { .. }), name, || format!("{event:?}"));
    }
}

/// Invariant 15: no desk has a question in hand of a case that ended.
fn check_desks(record: &Record, faults: &mut Faults) {
    for (name, stream) in record.questions.values().flatten() {
        let done = question::is_withdrawn(stream) || question::answers(stream).next().is_some();
        faults.must(done, name, || "still waits at a desk".into());
    }
}

/// Every event of every stream, with the name of its stream.
fn all<E>(streams: &Streams<E>) -> impl Iterator<Item = (&String, &E)> {
    streams.iter().flat_map(|(name, stream)| stream.events.iter().map(move |event| (name, event)))
}
