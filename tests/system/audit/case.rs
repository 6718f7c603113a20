//! What OM's journal tells of every case.

use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use zsm::Role;
use zsm::advice::Advice;
use zsm::assignment::{Errand as LeadErrand, Event as AtLead};
use zsm::case::{Amendment, CloseReason, Errand, Event, Registration};
use zsm::date::day_of;
use zsm::decision::Decision;
use zsm::enquiry::Event as AtSource;
use zsm::household::Household;
use zsm::item::State;
use zsm::look::Matter;
use zsm::name::AssignmentName;
use zsm::organisation::Organisation;
use zsm::outcome::Outcome;
use zsm::progress::{Enquired, Snapshot};
use zsm::required::Required;
use zsm::{Item, Kind};

use super::reading::Reading;
use super::record::{Record, Stream};
use super::round::Round;
use super::{Faults, scope};

/// A case, as far as its events were heard.
struct Heard<'a> {
    name: &'a str,
    facts: Registration,
    household: Option<Household>,
    /// The police corrected others on the list since it was confirmed.
    unconfirmed: bool,
    brief: Option<Brief<'a>>,
    /// The latest version of an assignment of this case.
    briefed: u32,
    /// The lead's journal.
    lead: &'a [AtLead],
    progress: Option<&'a Snapshot>,
    advices: BTreeMap<u32, &'a Advice>,
    /// Sequences of what the lead told, counted or not.
    told: BTreeSet<u64>,
    decided: Option<&'a Decision>,
    closed: bool,
}

/// What was asked of the lead.
#[derive(Clone, Copy)]
struct Brief<'a> {
    assignment: AssignmentName,
    lead: &'a Organisation,
    version: u32,
    required: &'a Required,
    delivered: bool,
}

pub(super) fn check(record: &Record, faults: &mut Faults) {
    for (name, stream) in &record.cases {
        check_case(record, name, stream, faults);
    }
}

fn check_case(record: &Record, name: &str, stream: &Stream<Event>, faults: &mut Faults) {
    let Some(Event::Registered { facts, .. }) = stream.events.first() else {
        return faults.must(false, name, || "does not begin with its registration".into());
    };
    let mut heard = Heard {
        name,
        facts: (**facts).clone(),
        household: None,
        unconfirmed: false,
        brief: None,
        briefed: 0,
        lead: &[],
        progress: None,
        advices: BTreeMap::new(),
        told: BTreeSet::new(),
        decided: None,
        closed: false,
    };
    for (place, (event, at)) in stream.events.iter().zip(&stream.at).enumerate().skip(1) {
        heard.hear(record, event, place.checked_sub(1).map(|before| &stream.events[before]), *at, faults);
    }
    heard.check_what_is_left(record, faults);
}

impl<'a> Heard<'a> {
    fn hear(&mut self, record: &'a Record, event: &'a Event, before: Option<&Event>, at: i64, faults: &mut Faults) {
        let name = self.name;
        let ended = self.closed || self.decided.is_some();
        match event {
            Event::Registered { .. } => faults.must(false, name, || "was registered twice".into()),
            Event::HouseholdConfirmed { household, by, .. } => {
                faults.must(!ended && by.role == Role::Operator, name, || {
                    format!("the household was confirmed by {by:?}")
                });
                self.household = Some(household.clone());
                self.unconfirmed = false;
            }
            Event::Briefed { assignment, lead, version, required, .. } => {
                // Invariant 11: only something that a person did changes what is required.
                let by_a_person = match before {
                    Some(Event::HouseholdConfirmed { by, .. } | Event::PoliceRecorded { by, .. }) => {
                        by.role != Role::Dienst
                    }
                    Some(Event::FlowSettled { by, .. } | Event::DossierPermissionDecided { by, .. }) => {
                        by.role != Role::Dienst
                    }
                    Some(Event::Amended { by, .. } | Event::Reopened { by, .. }) => by.role != Role::Dienst,
                    Some(Event::AssignmentEnded { .. }) => true,
                    _ => false,
                };
                faults.must(by_a_person && !ended && !self.unconfirmed, name, || {
                    format!("brief {version} follows {before:?}")
                });
                let expected = self.briefed + 1;
                self.briefed = *version;
                faults.must(*version == expected, name, || format!("brief {version} stands where {expected} should"));
                self.check_required(required, at, faults);
                self.brief =
                    Some(Brief { assignment: *assignment, lead, version: *version, required, delivered: false });
                if let Some((kind, stream)) = record.assignment(&assignment.to_string()) {
                    faults.must(kind == lead.kind, name, || format!("{assignment} is with {}", kind.slug()));
                    self.lead = &stream.events;
                }
            }
            Event::BriefDelivered { version } | Event::BriefDeliveredLate { version } => match &mut self.brief {
                Some(brief) if *version <= brief.version => brief.delivered |= *version == brief.version,
                _ => faults.must(false, name, || format!("brief {version} was delivered and never written")),
            },
            Event::Progressed { snapshot } => {
                let newer = self.progress.is_none_or(|known| known.sequence < snapshot.sequence);
                faults.must(newer, name, || format!("snapshot {} counts late", snapshot.sequence));
                self.told.insert(snapshot.sequence);
                self.check_snapshot(snapshot, faults);
                self.progress = Some(snapshot);
            }
            Event::AdviceReceived { advice } => {
                let again = self.advices.insert(advice.version, advice).is_some();
                faults.must(!again, name, || format!("advice {} counts twice", advice.version));
                self.check_advice(advice, faults);
            }
            // What was taken back shuts nothing by itself: the item at its new version does.
            Event::AnswersRetracted { .. } => {}
            Event::NotCounted { sequence, .. } => {
                faults.must(self.told.insert(*sequence), name, || format!("snapshot {sequence} is there twice"));
            }
            Event::Decided(decision) => {
                faults.must(!ended, name, || "ended before it was decided".into());
                self.check_decision(decision, faults);
                self.decided = Some(decision);
            }
            Event::Closed(closing) => {
                faults.must(!ended, name, || "ended before it was closed".into());
                let may = matches!(closing.by.role, Role::Officier | Role::Parketsecretaris);
                faults.must(may, name, || format!("was closed by {:?}", closing.by));
                // Invariant 10.
                let household = self.household.as_ref().unwrap_or(&self.facts.household);
                let outside = self.asks(household, at).is_none();
                let earned = closing.reason != CloseReason::OutsideScope || outside;
                faults.must(earned, name, || "was closed as out of scope, and is not".into());
                self.closed = true;
            }
            Event::Amended { amendment, .. } => self.amend(amendment),
            Event::Reopened { .. } => {
                faults.must(ended, name, || "was opened again and had not ended".into());
                (self.decided, self.closed) = (None, false);
            }
            Event::AssignmentEnded { .. } => {
                faults.must(self.brief.is_some(), name, || "an assignment ended that was not there".into());
                (self.brief, self.lead, self.progress) = (None, &[], None);
                self.advices.clear();
                self.told.clear();
            }
            Event::FormerBriefed { .. }
            | Event::FormerReported { .. }
            | Event::FormerTroubled { .. }
            | Event::FormerTold { .. }
            | Event::PoliceRecorded { .. }
            | Event::FlowSettled { .. }
            | Event::SignalReceived(_)
            | Event::AlertRaised(_)
            | Event::AlertAnswered { .. }
            | Event::Troubled { .. }
            | Event::CallLogged { .. }
            | Event::CustodyRecorded(_)
            | Event::CustodyStruck { .. }
            | Event::DossierPermissionDecided { .. }
            | Event::CallTroubled { .. }
            | Event::CallRecovered { .. }
            | Event::LookedAgain { .. } => {}
        }
    }

    /// What is known now. Who else is on the list is for the operator to confirm.
    fn amend(&mut self, amendment: &Amendment) {
        self.facts.act = amendment.act.clone().unwrap_or_else(|| self.facts.act.clone());
        self.facts.hg_km = amendment.hg_km.clone().unwrap_or_else(|| self.facts.hg_km.clone());
        self.unconfirmed |= !amendment.persons.is_empty();
        let lists = [Some(&mut self.facts.household), self.household.as_mut()];
        let suspects = lists.into_iter().flatten().flat_map(|list| &mut list.persons).filter(|one| one.number == 1);
        for (suspect, identity) in suspects.zip(amendment.suspect.iter().cycle()) {
            suspect.identity = identity.clone();
        }
    }

    fn asks(&self, household: &Household, at: i64) -> Option<BTreeMap<Item, BTreeSet<u32>>> {
        scope::asks(&self.facts, household, day_of(Timestamp::from_microsecond(at).unwrap()))
    }

    /// Invariants 3 and 6.
    fn check_required(&self, required: &Required, at: i64, faults: &mut Faults) {
        let asks = self.household.as_ref().and_then(|household| self.asks(household, at));
        let required: BTreeMap<Item, BTreeSet<u32>> =
            required.items().iter().map(|one| (one.item, one.answer_about().into_iter().collect())).collect();
        faults.must(asks.as_ref() == Some(&required), self.name, || format!("{required:?} is required, not {asks:?}"));
    }

    /// Invariants 5 and 12: OM heard what the lead had when it sent this, and of this assignment.
    fn check_snapshot(&self, snapshot: &Snapshot, faults: &mut Faults) {
        let name = self.name;
        let current = self.brief.is_some_and(|brief| brief.assignment == snapshot.assignment);
        faults.must(current, name, || format!("counts what was told of {}", snapshot.assignment));
        let Some(events) = usize::try_from(snapshot.sequence).ok().and_then(|heard| self.lead.get(..heard)) else {
            return faults.must(false, name, || format!("heard {} of what the lead does not have", snapshot.sequence));
        };
        let reading = Reading::of(events);
        let told: BTreeMap<Item, u32> = snapshot.items.iter().map(|(item, one)| (*item, one.standing.latest)).collect();
        let held = reading.latest();
        faults.must(told == held, name, || format!("snapshot {} tells {told:?}, not {held:?}", snapshot.sequence));
        for (item, one) in &snapshot.items {
            let weighed = one.standing.state == State::Weighed;
            faults.must(weighed == reading.open(*item).is_none(), name, || {
                format!("snapshot {} tells {:?} of {item}", snapshot.sequence, one.standing)
            });
        }
    }

    /// Invariant 12: what is counted is what the lead's adviser signed.
    fn check_advice(&self, advice: &Advice, faults: &mut Faults) {
        let signed =
            self.lead.iter().any(|event| matches!(event, AtLead::AdviceSigned { advice: own } if **own == *advice));
        faults.must(signed, self.name, || format!("advice {} was never signed", advice.version));
        let by_lead = self.brief.is_some_and(|brief| advice.signed_by.is_of(brief.lead));
        faults.must(by_lead, self.name, || format!("advice {} was signed by {:?}", advice.version, advice.signed_by));
    }

    /// Invariants 1 and 8: every required item is in, counts, was weighed at its latest version that OM could know, and
    /// stands in the signed advice that was read, with the judgement that Veilig Thuis gave.
    fn check_decision(&self, decision: &Decision, faults: &mut Faults) {
        let name = self.name;
        let mut must = |holds: bool, otherwise: &str| faults.must(holds, name, || format!("decided: {otherwise}"));
        let by_a_person = decision.by.organisation.kind == Kind::Om
            && matches!(decision.by.role, Role::Officier | Role::Parketsecretaris);
        must(by_a_person, "by someone who may not");
        let (Some(brief), Some(progress)) = (self.brief, self.progress) else {
            return must(false, "without a required set or a word from the lead");
        };
        let heard = usize::try_from(progress.sequence).unwrap().min(self.lead.len());
        let reading = Reading::of(&self.lead[..heard]);
        let required: Vec<Item> = brief.required.items().iter().map(|one| one.item).collect();
        must(!required.is_empty(), "over nothing");
        for item in &required {
            let open = reading.open(*item);
            must(open.is_none(), open.as_deref().unwrap_or_default());
        }
        must(reading.brief.is_some_and(|known| known.version == brief.version), "while the lead had another brief");
        must(decision.rests_on == reading.latest(), "on other versions than the lead had");
        must(required.iter().all(|item| decision.rests_on.contains_key(item)), "on less than was required");
        let Some(advice) = self.advices.get(&decision.advice_version) else { return must(false, "on no advice") };
        must(self.advices.keys().next_back() == Some(&advice.version), "on an older advice");
        must(
            reading.advices.last().is_some_and(|own| own.version == advice.version),
            "on another advice than the last",
        );
        must(!reading.taken_back.contains(&advice.version), "on an advice that was taken back");
        must(advice.rests_on == decision.rests_on, "on an advice about other versions");
        must(advice.assignment_version == brief.version, "on an advice for another brief");
        let at_vt: Vec<_> = reading.rounds.get(&Item::VeiligThuis).into_iter().flat_map(Round::answers).collect();
        let judged: Vec<_> = at_vt.iter().filter_map(|(_, answer)| answer.judgement.as_ref()).collect();
        must(judged == advice.judgements().collect::<Vec<_>>(), "on other judgements");
        let known = at_vt.iter().flat_map(|(_, answer)| &answer.outcomes).any(|one| one.outcome != Outcome::NotKnown);
        must(!known || advice.content.substance.contains_key(&Item::VeiligThuis), "without what Veilig Thuis knows");
    }

    /// Invariants 5, 7 and 15: what the lead and OM still have to tell each other stands among the errands.
    fn check_what_is_left(&self, record: &Record, faults: &mut Faults) {
        let Some(brief) = self.brief else { return };
        let name = self.name;
        let at_lead = brief.assignment.to_string();
        let ended = self.closed || self.decided.is_some();
        if !ended && !brief.delivered {
            let told = record.still_to(name, |one: &Errand| matches!(one, Errand::Brief { .. }));
            faults.must(told, name, || format!("nobody brings brief {} to the lead", brief.version));
        }
        let reading = Reading::of(self.lead);
        if self.closed && !reading.withdrawn && !self.lead.is_empty() {
            let told = record.still_to(name, |one: &Errand| *one == Errand::Withdraw);
            faults.must(told, name, || "nobody tells the lead that it was closed".into());
        }
        if let Some(decision) = self.decided {
            self.check_who_hears(decision, record, faults);
        }
        let told_last = self.told.last().copied().unwrap_or(0);
        let news = self.lead.iter().rposition(is_news).map_or(0, |place| place as u64 + 1);
        if told_last < news && !reading.withdrawn {
            let told = |one: &LeadErrand| matches!(one, LeadErrand::Report | LeadErrand::Submit { .. });
            faults.must(record.still_to(&at_lead, told), name, || {
                format!("nobody tells OM what happened at the lead between {told_last} and {news}")
            });
        }
        for advice in reading.advices.iter().filter(|advice| !self.advices.contains_key(&advice.version) && !ended) {
            let told = |one: &LeadErrand| *one == LeadErrand::Submit { version: advice.version };
            faults.must(record.still_to(&at_lead, told), name, || {
                format!("nobody brings advice {} to OM", advice.version)
            });
        }
    }
}

impl Heard<'_> {
    /// The lead and every Veilig Thuis that was asked heard of the decision, or are still to be told (D34).
    fn check_who_hears(&self, decision: &Decision, record: &Record, faults: &mut Faults) {
        let heard = self
            .lead
            .iter()
            .any(|event| matches!(event, AtLead::DecisionHeard(notice) if *notice == decision.for_lead()));
        let told = heard || record.still_to(self.name, |one: &Errand| *one == Errand::TellLead);
        faults.must(told, self.name, || "nobody tells the lead what was decided".into());
        for seen in &decision.look {
            let Matter::Answer(Enquired { item: Item::VeiligThuis, question, .. }) = &seen.matter else { continue };
            let events = record.question(&question.to_string()).map(|(_, stream)| stream.events.as_slice());
            let heard = events
                .unwrap_or_default()
                .iter()
                .any(|event| matches!(event, AtSource::DecisionHeard(notice) if *notice == decision.for_source()));
            let tell = |one: &Errand| *one == Errand::TellSource { question: *question };
            faults.must(heard || record.still_to(self.name, tell), self.name, || {
                format!("nobody tells {question} what was decided")
            });
        }
    }
}

/// What OM must hear.
fn is_news(event: &AtLead) -> bool {
    !matches!(
        event,
        AtLead::Created { .. }
            | AtLead::NotCounted { .. }
            | AtLead::QuestionWithdrawn { .. }
            | AtLead::Troubled { .. }
            | AtLead::Recovered { .. }
            | AtLead::DecisionHeard(_)
            | AtLead::SignalRaised(_)
            | AtLead::Withdrawn
    )
}
