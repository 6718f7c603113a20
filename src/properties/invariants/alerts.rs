//! After the decision all news is an alert, and every alert is raised by something new, once (invariant 5, A14).

use super::super::ledger;
use super::super::world::World;
use super::happened_at_om;
use crate::case::{Alert, End, Event};
use crate::decision::Decision;
use crate::gate::Subject;
use crate::item::Item;
use crate::look::Finding;
use crate::police::PoliceRecord;
use crate::progress::{AdviceState, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

/// Invariant 5. Every alert has news of its own, and all that a lead tells after the decision is an alert: by the
/// reference of a person, by the version of an item, by what became of the advice.
pub(super) fn every_alert_is_news_and_all_news_an_alert(world: &World) -> Option<String> {
    let new = happened_at_om(world).any(|event| matches!(event, Event::AlertRaised(_) | Event::Progressed { .. }));
    let mut known = Known::default();
    world.om.acts().filter(|_| new).find_map(|act| {
        let wrong = known.weigh(&act);
        act.into_iter().for_each(|event| known.learn(event));
        wrong
    })
}

/// What a correction can be news about.
const FACTS: [Subject; 4] = [Subject::Flow, Subject::Household, Subject::HgKm, Subject::Act];

/// What was known before something happened.
#[derive(Default)]
struct Known<'a> {
    decision: Option<&'a Decision>,
    police: Option<&'a PoliceRecord>,
    told: Option<&'a Snapshot>,
    alerted: BTreeSet<(Item, u32)>,
    /// What nobody answered yet, by the number of the alert: its subject and version.
    unanswered: BTreeMap<u32, (Subject, u32)>,
    /// How many alerts there were.
    alerts: u32,
}

impl<'a> Known<'a> {
    /// Whether the alerts of what was decided at once are those that its news asks for.
    fn weigh(&self, act: &[&Event]) -> Option<String> {
        let raised: Vec<Subject> = act
            .iter()
            .filter_map(|event| match event {
                Event::AlertRaised(alert) => Some(alert.subject),
                _ => None,
            })
            .collect();
        let (mut must, mut may) = (BTreeSet::new(), BTreeSet::new());
        for event in act {
            match event {
                Event::SignalReceived(_) => must.extend([Subject::Signal]),
                Event::Progressed { snapshot } => must.extend(self.news(snapshot)),
                Event::PoliceRecorded { police, .. } => {
                    must.extend(self.parts(police));
                    // It may have to be brought anew, for a correction made "not due" unlawful (D6).
                    may.extend([Subject::ReportToVt].into_iter().filter(|_| self.decision.is_some()));
                }
                Event::AnswersRetracted { versions, .. } => {
                    may.extend(versions.keys().map(|item| Subject::Item(*item)))
                }
                Event::LookedAgain { matter, finding } if *finding != Finding::Current => {
                    // Unless somebody must look at that already.
                    must.extend(Some(matter.subject()).filter(|subject| !self.awaits(*subject, |_| true)));
                }
                Event::Amended { amendment, .. } if self.decision.is_some() && raised.is_empty() => {
                    return Some(format!(
                        "a correction came after the decision, and nobody hears of it: {amendment:?}"
                    ));
                }
                Event::Amended { .. } => may.extend(FACTS),
                _ => {}
            }
        }
        let once: BTreeSet<Subject> = raised.iter().copied().collect();
        if once.len() < raised.len() {
            return Some(format!("the same news is an alert twice: {raised:?}"));
        }
        if let Some(unheard) = must.difference(&once).next() {
            return Some(format!("news about {unheard:?} came, and nobody hears of it"));
        }
        let unfounded = once.iter().find(|subject| !must.contains(subject) && !may.contains(subject))?;
        Some(format!("an alert about {unfounded:?}, and nothing is new"))
    }

    /// Which parts the police brought that whoever decided did not have.
    fn parts(&self, police: &PoliceRecord) -> BTreeSet<Subject> {
        let Some(before) = self.police.filter(|_| self.decision.is_some()) else { return BTreeSet::new() };
        let mut parts = BTreeSet::new();
        if before.dossier != police.dossier || before.lij != police.lij {
            parts.insert(Subject::Item(Item::Politiedossier));
        }
        if before.report_to_vt != police.report_to_vt {
            parts.insert(Subject::ReportToVt);
        }
        if before.zorgmelding != police.zorgmelding {
            parts.insert(Subject::Zorgmelding);
        }
        parts
    }

    /// What a snapshot tells that whoever decided did not know, and has not heard since.
    fn news(&self, snapshot: &Snapshot) -> BTreeSet<Subject> {
        let Some(decision) = self.decision else { return BTreeSet::new() };
        let newer = snapshot.items.iter().filter(|(item, progress)| {
            let latest = progress.standing.latest;
            let known = self.told.and_then(|told| told.items.get(item));
            let known = known.is_some_and(|known| known.standing.latest == latest);
            rested_on(decision, **item) != latest
                && !self.alerted.contains(&(**item, latest))
                && !(known && self.alerted.contains(&(**item, 0)))
        });
        let mut news: BTreeSet<Subject> = newer.map(|(item, _)| Subject::Item(*item)).collect();
        let advised = |told: &Snapshot| told.advice;
        let before = self.told.map(advised);
        if before != Some(snapshot.advice) && snapshot.advice != AdviceState::Signed(decision.advice_version) {
            news.insert(Subject::Advice);
        }
        if !named(snapshot).is_subset(&self.told.map(named).unwrap_or_default()) {
            news.insert(Subject::Household);
        }
        // What an office said itself when it was phoned has no version, and stands for what comes in meanwhile.
        news.retain(|subject| !self.awaits(*subject, |version| version == 0));
        news
    }

    /// Whether somebody must look at news on this already.
    fn awaits(&self, subject: Subject, version: impl Fn(u32) -> bool) -> bool {
        self.unanswered.values().any(|(about, at)| *about == subject && version(*at))
    }

    fn learn(&mut self, event: &'a Event) {
        match event {
            Event::Registered { facts, .. } => self.police = Some(&facts.police),
            Event::PoliceRecorded { police, .. } => self.police = Some(police),
            Event::Decided(decision) => self.decision = Some(decision),
            Event::Reopened { .. } => {
                self.decision = None;
                self.alerted.clear();
                self.unanswered.clear();
            }
            Event::AlertAnswered { number, .. } => drop(self.unanswered.remove(number)),
            Event::AssignmentEnded { .. } => self.told = None,
            Event::Progressed { snapshot } => self.told = Some(snapshot),
            Event::AlertRaised(alert) => {
                self.alerts += 1;
                self.unanswered.insert(self.alerts, (alert.subject, alert.version));
                if let Subject::Item(item) = alert.subject {
                    self.alerted.insert((item, alert.version));
                }
            }
            _ => {}
        }
    }
}

/// The version of an item that a decision rests on; none of an item that was asked later.
fn rested_on(decision: &Decision, item: Item) -> u32 {
    decision.rests_on.get(&item).copied().unwrap_or(0)
}

/// Whom a snapshot names, by reference.
fn named(snapshot: &Snapshot) -> BTreeSet<&str> {
    snapshot.further_persons.iter().map(|further| &*further.reference).collect()
}

/// Invariant 5. Whatever came after the decision, somebody hears of it (A14).
pub(super) fn news_after_the_decision_is_an_alert(world: &World) -> Option<String> {
    let Some(End::Decided(decision)) = &world.case().end else { return None };
    // Who was phoned may have said first that there is something newer, before anybody knew its version (D28).
    let told = |item: Item, version: u32| {
        let about = |alert: &Alert| alert.subject == Subject::Item(item) && [version, 0].contains(&alert.version);
        world.case().latest_alerts().iter().any(about)
    };
    let latest = ledger::latest(&ledger::told(world));
    let untold = |item: Item, version: u32| rested_on(decision, item) != version && !told(item, version);
    let (item, version) = latest.iter().find(|(item, version)| untold(**item, **version))?;
    Some(format!("version {version} of the {item} came after the decision, and nobody hears of it"))
}
