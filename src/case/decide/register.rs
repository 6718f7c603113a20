//! What the police bring: the registration, and what comes later (D5, D6, A40).

use super::brief::with_brief;
use super::own;
use crate::authority::{self, Act};
use crate::case::{Alert, Case, End, Event, Registration};
use crate::gate::Subject;
use crate::item::Item;
use crate::name::CaseName;
use crate::organisation::Actor;
use crate::police::PoliceRecord;
use crate::refusal::{NotNow, Refusal};
use jiff::Timestamp;

pub(super) fn register(
    name: CaseName,
    facts: Box<Registration>,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    authority::may(by, Act::RegisterCase)?;
    facts.faults(at).or(())?;
    own(by.organisation.region == facts.region)?;
    Ok(vec![Event::Registered { name, facts, by: by.clone() }])
}

pub(super) fn record_police(
    case: &Case,
    police: &PoliceRecord,
    by: &Actor,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if let Some(End::Closed(_)) = &case.end {
        return Err(NotNow::Closed.into());
    }
    let facts = &case.facts;
    police.faults("police", facts.entry_route, facts.hg_km.binds(), &facts.household).or(())?;
    let updated = facts.police.updated(police);
    if updated == facts.police {
        return Ok(Vec::new());
    }
    let news = parts_that_differ(&facts.police, &updated);
    let recorded = Event::PoliceRecorded { police: updated, by: by.clone() };
    if case.end.is_none() {
        return Ok(with_brief(case, vec![recorded], at));
    }
    // After the decision it is news for the prosecutor (A14).
    let version = u32::try_from(case.revision).unwrap_or(u32::MAX);
    let alerts = news.into_iter().map(|subject| Event::AlertRaised(Alert { subject, version, at }));
    Ok([recorded].into_iter().chain(alerts).collect())
}

fn parts_that_differ(before: &PoliceRecord, after: &PoliceRecord) -> Vec<Subject> {
    let PoliceRecord { dossier, lij, report_to_vt, zorgmelding } = before;
    let parts = [
        (Subject::Item(Item::Politiedossier), (dossier, lij) != (&after.dossier, &after.lij)),
        (Subject::ReportToVt, *report_to_vt != after.report_to_vt),
        (Subject::Zorgmelding, *zorgmelding != after.zorgmelding),
    ];
    parts.into_iter().filter(|(_, differs)| *differs).map(|(subject, _)| subject).collect()
}
