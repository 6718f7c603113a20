//! What is so, worked out once more from the bare histories.

use super::world::World;
use crate::answer::{Answer, PersonOutcome};
use crate::assignment::Event as Lead;
use crate::case::{Amendment, Event as Om};
use crate::enquiry::Event as Source;
use crate::household::{Household, PersonNumber};
use crate::item::Item;
use crate::name::QuestionName;
use crate::offence::HgKm;
use crate::organisation::Region;
use crate::outcome::Outcome;
use crate::police::{EntryRoute, Notice, PoliceRecord};
use crate::question::Question;
use crate::required::{Required, Requirement};
use std::collections::{BTreeMap, BTreeSet};

/// What OM knows by itself.
struct Office {
    route: EntryRoute,
    hg_km: HgKm,
    police: PoliceRecord,
    household: Option<Household>,
    brief: Option<(u32, Required)>,
    troubled: bool,
    advices: BTreeSet<u32>,
    heard: u64,
}

/// May the prosecutor decide? All information available and weighed (R-3.8-3), and the rest of D7.
pub(super) fn ready(world: &World) -> bool {
    let Some(office) = office(&world.om.events()) else { return false };
    let (Some(household), Some((version, required))) = (&office.household, &office.brief) else { return false };
    let told = told(world);
    // Whom only an answer that was taken back named is on the list for no reason (D10).
    holds(&office, household, (*version, required), &told) && on_the_list(household).is_subset(&further(&told))
}

/// Is what OM was told still so, when everybody is asked (D28)? Nothing at the lead, and no answer at a source, that OM
/// does not have yet; and nobody works on one.
pub(super) fn current(world: &World) -> bool {
    let (Some(office), Some(lead)) = (office(&world.om.events()), world.lead()) else { return false };
    let (Some(household), Some((version, required))) = (&office.household, &office.brief) else { return false };
    let all = lead.events();
    holds(&office, household, (*version, required), &all)
        && latest(&all) == latest(&told(world))
        && wanted(&all).into_iter().all(|question| answered(world, &all, question))
}

/// The lead has every answer to this question that its source gave, and nobody there adds to it.
fn answered(world: &World, told: &[&Lead], asked: QuestionName) -> bool {
    let heard = told.iter().filter_map(|event| match event {
        Lead::Answered { question, version, .. } if *question == Some(asked) => Some(*version),
        Lead::AnswerRetracted { question, version, .. } if *question == asked => Some(*version),
        _ => None,
    });
    let Some(source) = world.desks.get(&asked).map(super::office::Office::events) else { return false };
    let given =
        source.iter().filter(|event| matches!(event, Source::Answered { .. } | Source::Retracted { .. })).count();
    let adding = source.iter().rev().find_map(|event| match event {
        Source::TakenUp { .. } | Source::SupplementTakenUp { .. } => Some(true),
        Source::SupplementPutDown { .. } | Source::Answered { .. } | Source::Retracted { .. } => Some(false),
        _ => None,
    });
    let withdrawn = source.iter().any(|event| matches!(event, Source::Withdrawn));
    heard.max().unwrap_or(0) == u32::try_from(given).expect("few") && adding != Some(true) && !withdrawn
}

/// Every question that was asked and is still wanted.
fn wanted(events: &[&Lead]) -> BTreeSet<QuestionName> {
    let mut wanted = BTreeSet::new();
    for event in events {
        match event {
            Lead::Asked { question: Some(question), .. } | Lead::AlsoAsked { question, .. } => {
                wanted.insert(question.name);
            }
            Lead::QuestionWithdrawn { question, .. } | Lead::LetGo { question, .. } => drop(wanted.remove(question)),
            _ => {}
        }
    }
    wanted
}

/// The gate, over what the lead went through.
fn holds(office: &Office, household: &Household, (version, required): (u32, &Required), told: &[&Lead]) -> bool {
    let hg_km = !matches!(office.hg_km, HgKm::Onbekend);
    let reported = office.police.report_to_vt.is_some() || matches!(office.hg_km, HgKm::Nee { .. });
    let listed = further(told).is_subset(&on_the_list(household));
    let weighed: Option<BTreeMap<Item, u32>> = required
        .items()
        .iter()
        .cloned()
        .chain(added(told, required))
        .map(|one| Some((one.item, weighed_version(told, &one)?)))
        .collect();
    let signed = told.iter().rev().find_map(|event| match event {
        Lead::AdviceSigned { advice } => Some(Some(advice)),
        Lead::AdviceWithdrawn(_) => Some(None),
        _ => None,
    });
    let signed = signed.flatten();
    let rests = signed.zip(weighed).is_some_and(|(advice, weighed)| {
        office.advices.contains(&advice.version)
            && advice.assignment_version == version
            && weighed.iter().all(|(item, latest)| advice.rests_on.get(item) == Some(latest))
    });
    hg_km
        && reported
        && office.police.zorgmelding.is_some()
        && listed
        && rests
        && !office.troubled
        && briefed(told) == Some(version)
}

/// What the lead had gone through when it sent the latest report that OM has.
pub(super) fn told(world: &World) -> Vec<&Lead> {
    let heard = office(&world.om.events()).map_or(0, |office| office.heard);
    let Some(lead) = world.lead() else { return Vec::new() };
    lead.events().into_iter().take(heard as usize).collect()
}

/// The latest version of each item.
pub(super) fn latest(events: &[&Lead]) -> BTreeMap<Item, u32> {
    let latest = |item| Round::of(events, item).latest().map(|version| (item, version));
    Item::ALL.into_iter().filter_map(latest).collect()
}

fn office(events: &[&Om]) -> Option<Office> {
    let Some(Om::Registered { facts, .. }) = events.first() else { return None };
    let mut office = Office {
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
            Om::PoliceRecorded { police, .. } => office.police = police.clone(),
            Om::HouseholdConfirmed { household, .. } => office.household = Some(household.clone()),
            Om::FlowSettled { settlement, .. } => office.hg_km = settlement.hg_km.clone().unwrap_or(office.hg_km),
            Om::Briefed { version, required, .. } => {
                (office.brief, office.troubled) = (Some((*version, required.clone())), false);
            }
            Om::BriefDelivered { .. } | Om::BriefDeliveredLate { .. } => office.troubled = false,
            Om::Troubled { .. } => office.troubled = true,
            Om::Progressed { snapshot } => office.heard = office.heard.max(snapshot.sequence),
            Om::AdviceReceived { advice } => drop(office.advices.insert(advice.version)),
            Om::AssignmentEnded { .. } => {
                (office.brief, office.troubled, office.advices, office.heard) = (None, false, BTreeSet::new(), 0);
                // Whom only a lead of before knows, the operator must see to first (D10).
                let unknown = |list: &Household| list.persons.iter().any(|person| person.further.is_some());
                office.household = office.household.filter(|list| !unknown(list));
            }
            Om::Amended { amendment, .. } => office.amend(amendment),
            Om::Registered { .. }
            | Om::NotCounted { .. }
            | Om::FormerBriefed { .. }
            | Om::FormerReported { .. }
            | Om::FormerTroubled { .. }
            | Om::FormerTold { .. }
            | Om::AnswersRetracted { .. }
            | Om::SignalReceived(_)
            | Om::AlertRaised(_)
            | Om::AlertAnswered { .. }
            | Om::Reopened { .. }
            | Om::Decided(_)
            | Om::Closed(_)
            | Om::CallLogged { .. }
            | Om::CustodyRecorded(_)
            | Om::DossierPermissionDecided { .. }
            | Om::CallTroubled { .. }
            | Om::CallRecovered { .. }
            | Om::LookedAgain { .. } => {}
        }
    }
    Some(office)
}

impl Office {
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

fn briefed(events: &[&Lead]) -> Option<u32> {
    events.iter().rev().find_map(|event| match event {
        Lead::Briefed { brief } => Some(brief.version),
        _ => None,
    })
}

/// Whom the list holds because an answer named them.
fn on_the_list(household: &Household) -> BTreeSet<String> {
    let further = household.persons.iter().filter_map(|person| person.further.as_ref());
    further.map(|further| further.reference.clone()).collect()
}

/// Whom an answer names that was not taken back.
fn further(events: &[&Lead]) -> BTreeSet<String> {
    let taken_back = |name: &QuestionName, version: u32| {
        let of = |event: &&Lead| matches!(event, Lead::AnswerRetracted { question, retraction, .. } if question == name && retraction.of == version);
        events.iter().any(of)
    };
    let naming = |event: &&Lead| match event {
        Lead::Answered { question: Some(question), version, answer, .. } if !taken_back(question, *version) => {
            answer.further_persons.clone()
        }
        Lead::OwnFileRecorded { answer } => answer.further_persons.clone(),
        Lead::TelephoneAnswerConfirmed { question, number, .. } => {
            let (followed, answer) = noted(events, *question, *number);
            if taken_back(question, followed) { Vec::new() } else { answer.further_persons.clone() }
        }
        _ => Vec::new(),
    };
    let standing: Vec<_> = events.iter().flat_map(naming).collect();
    let named = |event: &&Lead| match event {
        Lead::FurtherPersonNamed { further, person, .. } => {
            let still = standing.iter().any(|other| other.identity == person.identity);
            still.then(|| further.reference.clone())
        }
        _ => None,
    };
    events.iter().filter_map(named).collect()
}

/// What the lead asks beside what is required.
fn added(events: &[&Lead], required: &Required) -> Vec<Requirement> {
    let runs = |item: &Item| required.of(*item).is_none() && !Round::of(events, *item).questions.is_empty();
    let bare = |item| Requirement { item, subjects: Vec::new(), reference: None };
    Item::ALL.into_iter().filter(runs).map(bare).collect()
}

/// What was noted by telephone under a number, and the version at the source that was there then.
fn noted<'a>(events: &[&'a Lead], of: QuestionName, at: u32) -> (u32, &'a Answer) {
    let mut there = 0;
    for event in events {
        match event {
            Lead::Answered { question: Some(question), version, .. }
            | Lead::AnswerRetracted { question, version, .. }
                if *question == of =>
            {
                there = there.max(*version);
            }
            Lead::TelephoneAnswerRecorded { question, number, answer, .. } if *question == of && *number == at => {
                return (there, answer);
            }
            _ => {}
        }
    }
    panic!("it was noted")
}

/// The latest version of an item, if it counts for everyone asked about and was weighed.
fn weighed_version(events: &[&Lead], one: &Requirement) -> Option<u32> {
    let round = Round::of(events, one.item);
    let latest = round.latest()?;
    let weighed = events.iter().any(
        |event| matches!(event, Lead::Weighed { item, weighing } if *item == one.item && weighing.version == latest),
    );
    (round.counts(&one.answer_about()) && weighed).then_some(latest)
}

/// What runs of an item: its questions with every answer to each, or what the lead or OM provided itself.
#[derive(Default)]
struct Round<'a> {
    before: u32,
    highest: u32,
    questions: BTreeMap<QuestionName, Asked<'a>>,
    provided: Option<(u32, Option<&'a Answer>)>,
}

/// A question to a region, and what its source told by version; no answer where it took one back.
struct Asked<'a> {
    question: &'a Question,
    told: BTreeMap<u32, Option<&'a Answer>>,
    /// What was confirmed by telephone, each with the version at the source that it followed.
    telephoned: Vec<(u32, &'a Answer)>,
}

impl<'a> Asked<'a> {
    fn of(question: &'a Question) -> (QuestionName, Self) {
        (question.name, Asked { question, told: BTreeMap::new(), telephoned: Vec::new() })
    }

    fn at_source(&self) -> u32 {
        self.told.last_key_value().map_or(0, |(version, _)| *version)
    }

    /// How many versions of the item came of it.
    fn versions(&self) -> u32 {
        self.at_source() + u32::try_from(self.telephoned.len()).expect("few")
    }

    /// What was said last: by telephone, unless the source told something itself after that.
    fn answer(&self) -> Option<&'a Answer> {
        let by_telephone = self.telephoned.last().filter(|(followed, _)| *followed == self.at_source());
        by_telephone.map(|(_, answer)| *answer).or_else(|| *self.told.last_key_value()?.1)
    }
}

impl<'a> Round<'a> {
    fn of(events: &[&'a Lead], of: Item) -> Self {
        let mut round = Round::default();
        for event in events {
            match event {
                Lead::Asked { item, question, .. } if *item == of => {
                    let questions = question.iter().map(|question| Asked::of(question)).collect();
                    round = Round { before: round.highest, highest: round.highest, questions, provided: None };
                }
                Lead::AlsoAsked { item, question } if *item == of => round.questions.extend([Asked::of(question)]),
                Lead::Dropped { item } if *item == of => {
                    round = Round { before: round.highest, highest: round.highest, ..Round::default() };
                }
                Lead::LetGo { item, question } if *item == of => {
                    let gone = round.questions.remove(question).expect("it was asked");
                    round.before += if gone.versions() > 0 { gone.versions() + 1 } else { 0 };
                }
                Lead::Answered { item, question: Some(question), version, answer } if *item == of => {
                    let asked = round.questions.get_mut(question).expect("it was asked");
                    asked.told.insert(*version, Some(answer));
                }
                Lead::AnswerRetracted { question, version, .. } => {
                    if let Some(asked) = round.questions.get_mut(question) {
                        asked.told.insert(*version, None);
                    }
                }
                Lead::TelephoneAnswerConfirmed { item, question, number, .. } if *item == of => {
                    let asked = round.questions.get_mut(question).expect("it was asked");
                    asked.telephoned.push(noted(events, *question, *number));
                }
                Lead::OwnFileRecorded { answer } if of == Item::EigenOnderzoek => {
                    round.provided = Some((round.highest + 1, Some(answer)));
                }
                Lead::DossierReceived { version, .. } if of == Item::Politiedossier => {
                    round.provided = Some((*version, None));
                }
                _ => {}
            }
            round.highest = round.latest().map_or(round.highest, |latest| latest.max(round.highest));
        }
        round
    }

    /// Its version: the latest at every source, counted on from before.
    fn latest(&self) -> Option<u32> {
        let told: u32 = self.questions.values().map(Asked::versions).sum();
        let asked = (told > 0).then_some(self.before + told);
        asked.or(self.provided.map(|(version, _)| version))
    }

    fn answers(&self) -> impl Iterator<Item = (&'a Question, u32, &'a Answer)> {
        let latest = |asked: &Asked<'a>| Some((asked.question, asked.at_source(), asked.answer()?));
        self.questions.values().filter_map(latest)
    }

    /// Every question has an answer, and everyone asked about is known or was searched for and not known.
    fn counts(&self, about: &[PersonNumber]) -> bool {
        if let Some((_, answer)) = self.provided {
            return answer.is_none_or(|answer| speaks_of(&answer.outcomes.iter().collect::<Vec<_>>(), about));
        }
        self.answers().count() == self.questions.len() && speaks_of(&self.outcomes(), about)
    }

    /// What counts of all answers: who is sent to another region is spoken of there, and somebody must judge on the
    /// report.
    fn outcomes(&self) -> Vec<&'a PersonOutcome> {
        let moved = |one: &PersonOutcome| matches!(one.outcome, Outcome::WrongRegion { .. });
        let judged = self
            .answers()
            .any(|(question, _, answer)| question.reported_in.is_none() && !answer.outcomes.iter().all(moved));
        let said = |region: &Region, about: u32| {
            let mut others = self.answers().filter(|(question, ..)| question.addressee.region != *region);
            others.any(|(_, _, answer)| answer.outcomes.iter().any(|one| one.person == about && !moved(one)))
        };
        let mut outcomes = Vec::new();
        for (question, _, answer) in self.answers() {
            let elsewhere = |one: &PersonOutcome| moved(one) && judged && said(&question.addressee.region, one.person);
            outcomes.extend(answer.outcomes.iter().filter(|one| !elsewhere(one)));
        }
        outcomes
    }
}

fn speaks_of(outcomes: &[&PersonOutcome], about: &[PersonNumber]) -> bool {
    let all_count = outcomes.iter().all(|one| matches!(one.outcome, Outcome::Known(_) | Outcome::NotKnown));
    all_count && about.iter().all(|person| outcomes.iter().any(|one| one.person == *person))
}
