//! Questions and their answers.

use super::person::{BORN, born, identity, identity_born, relation, roles};
use super::{assignment_name, case_text, instant, instant_after_all, reference, region, text};
use crate::answer::{Answer, FurtherPerson, Identifier, PersonOutcome, Searched};
use crate::date::{PartialDate, day_of};
use crate::degree::Level;
use crate::household::{PersonNumber, SUSPECT};
use crate::item::Item;
use crate::judgement::{AcutePart, Instrument, Judged, Judgement, SafetyConditions};
use crate::name::{CaseName, IncidentName, QuestionName};
use crate::opinion::Opinion;
use crate::organisation::{Kind, Organisation};
use crate::outcome::{Outcome, Substance};
use crate::personal::Sensitive;
use crate::question::{Question, ReferencePerson, Subject};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::{select, subsequence};

/// The unborn child's mother, where a question is about one.
const MOTHER: PersonNumber = 40;

/// A question to any source.
pub fn question() -> impl Strategy<Value = Question> {
    let item = select(vec![Item::VeiligThuis, Item::Oudercheck, Item::Kindcheck]);
    item.prop_flat_map(|item| {
        let others = btree_set(1..=9u32, usize::from(item != Item::Kindcheck)..=4)
            .prop_flat_map(move |numbers| numbers.into_iter().map(|number| subject(item, number)).collect::<Vec<_>>());
        let names = (assignment_name(), 1..=9u32, region());
        let references = (option::of(reference()), option::of(reference()));
        let flags = (any::<bool>(), any::<bool>(), any::<bool>(), instant());
        let rest = (option::of(region()), option::of(case_text()));
        (Just(item), names, others, search_key(item), references, flags, rest)
    })
    .prop_map(
        |(
            item,
            (assignment, round, region),
            subjects,
            reference,
            (report, zorgmelding),
            (hg_km, arrested, acute_part_suffices, asked_at),
            (reported_in, text),
        )| {
            let asker = if item == Item::Kindcheck { Kind::Reclassering } else { Kind::Rvdk };
            let addressee = item.source().unwrap_or(Kind::VeiligThuis);
            Question {
                name: QuestionName::derive(assignment, item, round),
                assignment,
                item,
                round,
                asked_by: Organisation::new(asker, region.clone()),
                addressee: Organisation::new(addressee, region),
                subjects,
                reference,
                hg_km,
                report,
                zorgmelding,
                arrested,
                asked_on: day_of(asked_at),
                case: round.is_multiple_of(3).then(|| CaseName::new(assignment.id())),
                incident: round.is_multiple_of(2).then(|| IncidentName::new(assignment.id())),
                acute_part_suffices,
                reported_in,
                text,
            }
        },
    )
}

/// Someone whose age fits the item, on any day from 2024 to 2030.
fn subject(item: Item, number: PersonNumber) -> impl Strategy<Value = Subject> {
    let birth = match item {
        Item::Kindcheck => prop_oneof![born(2014..=2019).boxed(), Just(PartialDate::Unknown).boxed()].boxed(),
        Item::Oudercheck => born(1950..=1999).boxed(),
        _ => born(BORN).boxed(),
    };
    (identity_born(birth), roles(number), relation(number), any::<bool>()).prop_map(
        move |(identity, roles, relation, age_uncertain)| Subject {
            person: number,
            identity: Sensitive::about(number, identity),
            roles,
            relation,
            age_uncertain,
        },
    )
}

fn search_key(item: Item) -> BoxedStrategy<Option<ReferencePerson>> {
    if item != Item::Kindcheck {
        return Just(None).boxed();
    }
    let key = (identity(), any::<bool>()).prop_map(|(identity, unborn)| {
        let person = if unborn { MOTHER } else { SUSPECT };
        Some(ReferencePerson { person, identity: Sensitive::about(person, identity), unborn })
    });
    key.boxed()
}

fn substance(person: PersonNumber) -> impl Strategy<Value = Substance> {
    (text(), prop_oneof![Just(String::new()), text().boxed()]).prop_map(move |(for_advice, for_adviser)| Substance {
        for_advice: Sensitive::about(person, for_advice),
        for_adviser: Sensitive::about(person, for_adviser),
    })
}

/// An outcome that this item can have for a person.
pub fn outcome(item: Item, person: PersonNumber) -> BoxedStrategy<Outcome> {
    let partly = (substance(person), text()).prop_map(move |(substance, still)| Outcome::Partly {
        substance,
        still_to_come: Sensitive::about(person, still),
    });
    let refused = text().prop_map(move |ground| Outcome::Refused { ground: Sensitive::about(person, ground) });
    let region = prop_oneof![Just(String::new()), region().prop_map(|region| region.as_str().to_owned())];
    let everywhere = prop_oneof![
        3 => substance(person).prop_map(Outcome::Known),
        3 => Just(Outcome::NotKnown),
        1 => partly,
        1 => (2..=5u32).prop_map(|candidates| Outcome::Ambiguous { candidates }),
        1 => refused,
        1 => region.prop_map(|region| Outcome::WrongRegion { region }),
    ];
    if item != Item::VeiligThuis {
        return everywhere.boxed();
    }
    let running = (substance(person), instant_after_all())
        .prop_map(|(substance, expected)| Outcome::TriageRunning { substance, expected });
    prop_oneof![9 => everywhere, 1 => running].boxed()
}

fn level() -> impl Strategy<Value = Level> {
    select(vec![Level::Geen, Level::Aanwijzingen, Level::Vastgesteld])
}

/// An instrument.
pub(super) fn instrument() -> impl Strategy<Value = Instrument> {
    (text(), "[0-9]\\.[0-9]").prop_map(|(name, version)| Instrument { name, version })
}

fn judged(report: Option<String>) -> impl Strategy<Value = Judged> {
    let levels = (level(), level(), option::of(level()));
    (levels, case_text(), instrument(), instant(), btree_set(reference(), 0..=3)).prop_map(
        move |((acute, structural, complexity), text, instrument, at, mut covers)| {
            covers.extend(report.clone());
            Judged { acute, structural, complexity, text, instrument, date: day_of(at), covers }
        },
    )
}

/// A judgement of Veilig Thuis.
pub fn judgement() -> impl Strategy<Value = Judgement> {
    let part = (judged(None), any::<bool>()).prop_map(|(judged, suffices)| acute_part_of(judged, suffices));
    prop_oneof![
        3 => judged(None).prop_map(Judgement::Judged),
        1 => part.prop_map(Judgement::AcutePart),
        1 => Just(Judgement::NoReportKnown)
    ]
}

fn acute_part_of(judged: Judged, suffices: bool) -> AcutePart {
    let Judged { acute, text, instrument, date, covers, .. } = judged;
    AcutePart { acute, text, instrument, date, covers, suffices }
}

/// Veiligheidsvoorwaarden.
pub fn safety_conditions() -> impl Strategy<Value = SafetyConditions> {
    prop_oneof![
        Just(SafetyConditions::None),
        vec(case_text(), 1..=3).prop_map(SafetyConditions::List),
        Just(SafetyConditions::NotYetJudged),
    ]
}

/// An answer that has no faults as an answer to this question.
pub fn answer_to(question: &Question) -> BoxedStrategy<Answer> {
    let item = question.item;
    let about = question.answer_about();
    let outcomes: Vec<_> = about.into_iter().map(|person| (Just(person), outcome(item, person))).collect();
    let vt = item == Item::VeiligThuis;
    let report = question.report.clone();
    let suffices = question.acute_part_suffices;
    let no_report = !question.hg_km && report.is_none();
    let judged = judged(report).prop_map(|judged| Some(Judgement::Judged(judged)));
    let judgement = match (vt, no_report) {
        (false, _) => Just(None).boxed(),
        (true, false) => judged.boxed(),
        (true, true) => prop_oneof![judged, Just(Some(Judgement::NoReportKnown))].boxed(),
    };
    let conditions =
        if vt { safety_conditions().prop_map(Some).boxed() } else { option::of(safety_conditions()).boxed() };
    let opinion = if vt { Just(None).boxed() } else { option::of(opinion()).boxed() };
    (outcomes, searched(), judgement, conditions, vec(further_person(), 0..=2), opinion, any::<bool>())
        .prop_map(move |(outcomes, searched, judgement, safety_conditions, further_persons, opinion, in_part)| {
            let outcome = |(person, outcome)| PersonOutcome { person, outcome };
            let outcomes: Vec<_> = outcomes.into_iter().map(outcome).collect();
            let runs = outcomes.iter().any(|one| one.outcome.is_triage_running());
            let in_part = in_part && runs && !outcomes.iter().any(|one| one.outcome.is_known());
            let judgement = match judgement {
                Some(Judgement::Judged(judged)) if in_part => {
                    Some(Judgement::AcutePart(acute_part_of(judged, suffices)))
                }
                other => other,
            };
            Answer { outcomes, searched, judgement, safety_conditions, further_persons, opinion }
        })
        .boxed()
}

/// An answer to some question.
pub fn answer() -> impl Strategy<Value = Answer> {
    question().prop_flat_map(|question| answer_to(&question))
}

/// A partner's own view of some dimensions.
pub(super) fn opinion() -> impl Strategy<Value = Opinion> {
    let levels = (option::of(level()), option::of(level()), option::of(level()));
    let some = levels.prop_filter("a view of something", |(acute, structural, complexity)| {
        acute.or(*structural).or(*complexity).is_some()
    });
    some.prop_map(|(acute, structural, complexity)| Opinion { acute, structural, complexity })
}

fn searched() -> impl Strategy<Value = Searched> {
    let identifiers = vec![Identifier::Bsn, Identifier::NameAndBirth, Identifier::Address];
    (subsequence(identifiers, 1..=3), text(), instant(), reference()).prop_map(|(identifiers, register, as_of, by)| {
        Searched { identifiers: identifiers.into_iter().collect(), register, as_of, by }
    })
}

fn further_person() -> impl Strategy<Value = FurtherPerson> {
    (identity(), case_text())
        .prop_map(|(identity, remark)| FurtherPerson { identity: Sensitive::case(identity), remark })
}
