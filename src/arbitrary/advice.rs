//! The advice, the weighings, and the progress towards them.

use super::answer::{instrument, judgement, opinion, safety_conditions};
use super::person::further;
use super::{
    actor, assignment_name, case_text, instant, item, items, organisation, question_name, route, text, version,
};
use crate::advice::{Advice, Content, FurtherJudgement, InstrumentUse, Proposal};
use crate::degree::{Degree, Dimension, Level, SCALE};
use crate::disagreement::{Disagreement, Explained, Voice};
use crate::draft::{Draft, DraftDegree, DraftProposal};
use crate::hole::{Hole, Kind};
use crate::item::{Code, Standing, State, Trouble};
use crate::opinion::Held;
use crate::personal::Sensitive;
use crate::progress::{AdviceState, Enquired, Excess, Progress, Snapshot};
use crate::weighing::{Line, Weighing};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

/// A degree that rests on some of the items.
pub fn degree() -> impl Strategy<Value = Degree> {
    let level = select(vec![Level::Geen, Level::Aanwijzingen, Level::Vastgesteld]);
    let known = (level, any::<bool>(), case_text(), items())
        .prop_map(|(level, at_least, severity, rests_on)| Degree::Known { level, at_least, severity, rests_on });
    prop_oneof![3 => known, 1 => case_text().prop_map(|because| Degree::Onbekend { because })]
}

/// Lines on differences, each difference once.
fn disagreements() -> impl Strategy<Value = Vec<Explained>> {
    let voice = prop_oneof![Just(Voice::Adviser), item().prop_map(Voice::Item)];
    let disagreement =
        (select(Dimension::ALL.to_vec()), voice).prop_map(|(dimension, voice)| Disagreement { dimension, voice });
    btree_map(disagreement, case_text(), 0..=3)
        .prop_map(|lines| lines.into_iter().map(|(disagreement, text)| Explained { disagreement, text }).collect())
}

/// What an adviser writes; every item may be in it.
pub fn content() -> impl Strategy<Value = Content> {
    let instrument = prop_oneof![
        instrument().prop_map(InstrumentUse::Used),
        case_text().prop_map(|because| InstrumentUse::NotUsed { because }),
    ];
    let proposal = (route(), case_text()).prop_map(|(route, reason)| Proposal { route, reason });
    let degrees = (degree(), degree(), degree());
    let substance = btree_map(item(), case_text(), 0..=5);
    let said = (option::of(case_text()), disagreements());
    let rest = (instrument, 1..=9u32, said, substance, safety_conditions(), proposal);
    (degrees, rest).prop_map(|((acute, structural, complexity), rest)| {
        let (instrument, judgement_version, (deviation, disagreements), substance, safety_conditions, proposal) = rest;
        Content {
            acute,
            structural,
            complexity,
            instrument,
            judgement_version,
            deviation,
            disagreements,
            substance,
            safety_conditions,
            proposal,
        }
    })
}

fn hole() -> impl Strategy<Value = Hole> {
    use Kind::{ConditionsNotJudged, LeftOut, NoDossier, NoLij, OnlyAcutePart, Withheld};
    let kind = select(vec![LeftOut, OnlyAcutePart, ConditionsNotJudged, NoDossier, NoLij, Withheld]);
    (select(Dimension::ALL.to_vec()), item(), kind).prop_map(|(dimension, item, kind)| Hole { dimension, item, kind })
}

/// A signed advice.
pub fn advice() -> impl Strategy<Value = Advice> {
    let rests_on = btree_map(item(), version(), 1..=5);
    let further = (organisation(), judgement()).prop_map(|(by, judgement)| FurtherJudgement { by, judgement });
    let opinions = vec((item(), opinion()).prop_map(|(item, opinion)| Held { item, opinion }), 0..=2);
    let judgements = (judgement(), option::of(organisation()), vec(further, 0..=2), opinions);
    let reaffirms = (option::of(version()), option::of(case_text()));
    let grounds = (rests_on, reaffirms, btree_set(hole(), 0..=3));
    // Boxed, for what it takes on a stack.
    (version(), content().boxed(), judgements.boxed(), grounds.boxed(), version(), actor(), instant()).prop_map(
        |(
            version,
            content,
            (judgement, judged_by, further_judgements, opinions),
            (rests_on, (reaffirms, brief_has_no_effect), holes),
            assignment_version,
            signed_by,
            signed_at,
        )| Advice {
            version,
            content,
            judgement,
            judged_by,
            further_judgements,
            opinions,
            rests_on,
            assignment_version,
            scale: SCALE,
            signed_by,
            signed_at,
            reaffirms,
            brief_has_no_effect,
            holes,
        },
    )
}

/// An advice that is not finished: any part may be missing or empty.
pub fn draft() -> impl Strategy<Value = Draft> {
    let words = || prop_oneof![Just(Sensitive::case(String::new())), case_text()];
    let level = option::of(select(vec![Level::Geen, Level::Aanwijzingen, Level::Vastgesteld]));
    let known = (level, any::<bool>(), words(), btree_set(item(), 0..=3))
        .prop_map(|(level, at_least, severity, rests_on)| DraftDegree::Known { level, at_least, severity, rests_on });
    let degree = prop_oneof![known, words().prop_map(|because| DraftDegree::Onbekend { because })];
    let unused = words().prop_map(|because| InstrumentUse::NotUsed { because });
    let instrument = option::of(prop_oneof![instrument().prop_map(InstrumentUse::Used), unused]);
    let proposal = option::of((option::of(route()), words()));
    let proposal = proposal.prop_map(|one| one.map(|(route, reason)| DraftProposal { route, reason }));
    let conditions = option::of(safety_conditions());
    let rest = (instrument, 0..=9u32, disagreements(), btree_map(item(), words(), 0..=3), conditions, proposal);
    (vec(option::of(degree), 3), rest).prop_map(|(mut degrees, rest)| {
        let (instrument, judgement_version, disagreements, substance, safety_conditions, proposal) = rest;
        let (complexity, structural, acute) =
            (degrees.pop().flatten(), degrees.pop().flatten(), degrees.pop().flatten());
        Draft {
            acute,
            structural,
            complexity,
            instrument,
            judgement_version,
            disagreements,
            substance,
            safety_conditions,
            proposal,
        }
    })
}

/// A line about a person.
pub fn line() -> impl Strategy<Value = Line> {
    (1..=9u32, text()).prop_map(|(person, text)| Line { person, text: Sensitive::about(person, text) })
}

/// A weighing.
pub fn weighing() -> impl Strategy<Value = Weighing> {
    (version(), case_text(), vec(line(), 0..=4), actor(), instant())
        .prop_map(|(version, reason, lines, by, at)| Weighing { version, reason, lines, by, at })
}

/// How far an item is: no answer, an answer, or a weighed one.
pub fn standing() -> impl Strategy<Value = Standing> {
    let waiting = select(vec![State::NotAsked, State::Queued, State::Asked, State::TakenUp]);
    let trouble = option::of(select(vec![Trouble::Refused, Trouble::Stuck]));
    let code = select(vec![Code::NogNietVolledig, Code::Identiteit, Code::Geweigerd, Code::Regio]);
    let before = (waiting, trouble).prop_map(|(state, trouble)| Standing { state, trouble, ..Standing::untouched() });
    let answered = prop_oneof![Just(State::Answered), code.prop_map(State::Incomplete)];
    let after = (answered, version())
        .prop_flat_map(|(state, latest)| (Just(state), Just(latest), 0..latest))
        .prop_map(|(state, latest, weighed)| Standing { state, latest, weighed, trouble: None });
    let weighed =
        version().prop_map(|latest| Standing { state: State::Weighed, latest, weighed: latest, trouble: None });
    prop_oneof![before, after, weighed]
}

/// How far an item is, and since when.
pub fn progress() -> impl Strategy<Value = Progress> {
    (standing(), instant()).prop_map(|(standing, since)| Progress { standing, since })
}

/// A snapshot of an assignment.
pub fn snapshot() -> impl Strategy<Value = Snapshot> {
    let advice = prop_oneof![
        Just(AdviceState::None),
        version().prop_map(AdviceState::Signed),
        version().prop_map(AdviceState::Withdrawn),
    ];
    let further = btree_set(further(), 0..=3).prop_map(|further| further.into_iter().collect());
    let items = btree_map(item(), progress(), 1..=5);
    let questions = vec(enquired(), 0..=3);
    let excess = vec((item(), instant()).prop_map(|(item, asked_at)| Excess { item, asked_at }), 0..=3);
    let retracted = btree_map(item(), btree_set(version(), 1..=3), 0..=2);
    let told = (questions, excess, retracted);
    (assignment_name(), version(), 1..=u64::MAX, items, advice, further, told).prop_map(
        |(assignment, assignment_version, sequence, items, advice, further_persons, (questions, excess, retracted))| {
            Snapshot {
                assignment,
                assignment_version,
                sequence,
                items,
                advice,
                further_persons,
                questions,
                excess,
                retracted,
            }
        },
    )
}

fn enquired() -> impl Strategy<Value = Enquired> {
    (item(), question_name(), organisation(), 0..=9u32).prop_map(|(item, question, addressee, version)| Enquired {
        item,
        question,
        addressee,
        version,
    })
}
