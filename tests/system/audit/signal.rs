//! What the journals tell of acute signals (invariant 14).

use super::Faults;
use super::record::Record;
use std::collections::BTreeMap;
use zsm::assignment::{Errand as LeadErrand, Event as AtLead};
use zsm::case::Event as AtOm;
use zsm::enquiry::{Errand as SourceErrand, Event as AtSource};
use zsm::name::SignalName;

/// Every warning that was raised is at OM, once, or is still to be brought there.
pub(super) fn check(record: &Record, faults: &mut Faults) {
    let mut heard: BTreeMap<SignalName, usize> = BTreeMap::new();
    for event in record.cases.values().flat_map(|stream| &stream.events) {
        if let AtOm::SignalReceived(signal) = event {
            *heard.entry(signal.name).or_default() += 1;
        }
    }
    for (name, times) in &heard {
        faults.must(*times == 1, &name.to_string(), || format!("reached OM {times} times"));
    }
    for (name, stream) in record.assignments.values().flatten() {
        for event in &stream.events {
            let AtLead::SignalRaised(signal) = event else { continue };
            let tells = |one: &LeadErrand| *one == LeadErrand::Signal { signal: signal.name };
            let told = heard.contains_key(&signal.name) || record.still_to(name, tells);
            faults.must(told, name, || format!("nobody brings {} to OM", signal.name));
        }
    }
    for (name, stream) in record.questions.values().flatten() {
        for event in &stream.events {
            let AtSource::SignalRaised(signal) = event else { continue };
            let tells = |one: &SourceErrand| *one == SourceErrand::Signal { signal: signal.name };
            let told = heard.contains_key(&signal.name) || record.still_to(name, tells);
            faults.must(told, name, || format!("nobody brings {} to OM", signal.name));
        }
    }
}
