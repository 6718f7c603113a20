//! What OM knows by itself, from its own history.

use crate::case::{Amendment, Event};
use crate::household::Household;
use crate::offence::HgKm;
use crate::police::{EntryRoute, Notice, PoliceRecord};
use crate::required::Required;
use std::collections::BTreeSet;

/// What OM knows by itself.
pub(super) struct Office {
    pub(super) route: EntryRoute,
    pub(super) hg_km: HgKm,
    pub(super) police: PoliceRecord,
    pub(super) household: Option<Household>,
    pub(super) brief: Option<(u32, Required)>,
    pub(super) troubled: bool,
    pub(super) advices: BTreeSet<u32>,
    pub(super) heard: u64,
}

impl Office {
    /// After these events, once it was registered.
    pub(super) fn after(events: &[&Event]) -> Option<Self> {
        let Some(Event::Registered { facts, .. }) = events.first() else { return None };
        let mut office = Self {
            route: facts.entry_route,
            hg_km: facts.hg_km.clone(),
            police: facts.police.clone(),
            household: None,
            brief: None,
            troubled: false,
            advices: BTreeSet::new(),
            heard: 0,
        };
        for event in events {
            match event {
                Event::PoliceRecorded { police, .. } => office.police = police.clone(),
                Event::HouseholdConfirmed { household, .. } => office.household = Some(household.clone()),
                Event::FlowSettled { settlement, .. } => {
                    office.hg_km = settlement.hg_km.clone().unwrap_or(office.hg_km)
                }
                Event::Briefed { version, required, .. } => {
                    (office.brief, office.troubled) = (Some((*version, required.clone())), false);
                }
                Event::BriefDelivered { .. } | Event::BriefDeliveredLate { .. } => office.troubled = false,
                Event::Troubled { .. } => office.troubled = true,
                Event::Progressed { snapshot } => office.heard = office.heard.max(snapshot.sequence),
                Event::AdviceReceived { advice } => drop(office.advices.insert(advice.version)),
                Event::AssignmentEnded { .. } => {
                    (office.brief, office.troubled, office.advices, office.heard) = (None, false, BTreeSet::new(), 0);
                    // Whom only a lead of before knows, the operator must see to first (D10).
                    let unknown = |list: &Household| list.persons.iter().any(|person| person.further.is_some());
                    office.household = office.household.filter(|list| !unknown(list));
                }
                Event::Amended { amendment, .. } => office.amend(amendment),
                Event::Registered { .. }
                | Event::NotCounted { .. }
                | Event::FormerBriefed { .. }
                | Event::FormerReported { .. }
                | Event::FormerTroubled { .. }
                | Event::FormerTold { .. }
                | Event::AnswersRetracted { .. }
                | Event::SignalReceived(_)
                | Event::AlertRaised(_)
                | Event::AlertAnswered { .. }
                | Event::Reopened { .. }
                | Event::Decided(_)
                | Event::Closed(_)
                | Event::CallLogged { .. }
                | Event::CustodyRecorded(_)
                | Event::CustodyStruck { .. }
                | Event::DossierPermissionDecided { .. }
                | Event::CallTroubled { .. }
                | Event::CallRecovered { .. }
                | Event::LookedAgain { .. } => {}
            }
        }
        Some(office)
    }

    /// The police corrected what they registered; a list that they touch must be confirmed anew.
    fn amend(&mut self, amendment: &Amendment) {
        self.hg_km = amendment.hg_km.clone().unwrap_or_else(|| self.hg_km.clone());
        if !amendment.persons.is_empty() {
            self.household = None;
        }
        // "Not due" is lawful in HG/KM only where Veilig Thuis heard of it first (D6).
        let not_due = matches!(self.police.report_to_vt, Some(Notice::NotDue { .. }));
        if not_due && self.route == EntryRoute::Police && !matches!(self.hg_km, HgKm::Nee { .. }) {
            self.police.report_to_vt = None;
        }
    }
}
