//! From the law to bytes and back is the same value.

use super::samples::wire;
use crate::convert::{Read, read};
use crate::pb::{adviser::v1 as adviser, model::v1 as model, om::v1 as om, source::v1 as source};
use proptest::prelude::*;
use prost::Message;
use zsm::arbitrary as any_of;
use zsm::assignment::{Creation, Reply};
use zsm::case::Amendment;
use zsm::household::{Household, SUSPECT};
use zsm::{Faults, Sensitive};

/// Over the wire, in bytes.
fn carried<M: Message + Default>(message: &M) -> M {
    M::decode(message.encode_to_vec().as_slice()).unwrap()
}

fn tripped<M, T>(value: &T) -> Result<T, Faults>
where
    M: Message + Default + Read<T> + for<'a> From<&'a T>,
{
    read(carried(&M::from(value)))
}

macro_rules! trips {
    ($($test:ident: $message:ty = $value:expr;)+) => {
        proptest! {
            #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]
            $(#[test]
            fn $test(value in $value) {
                prop_assert_eq!(tripped::<$message, _>(&value), Ok(value));
            })+
        }
    };
}

trips! {
    identities: model::Identity = any_of::identity();
    further_references: model::FurtherReference = any_of::further();
    households: model::Household = any_of::household(true);
    organisations: model::Organisation = any_of::organisation();
    officials: model::Official = any_of::actor();
    acts: model::Act = any_of::act(any_of::later());
    hg_km: model::HgKm = any_of::hg_km(any_of::later());
    police_records: model::PoliceRecord = any_of::police_record();
    telephone_calls: model::TelephoneCall = any_of::call(any_of::later());
    required_sets: model::RequiredSet = any_of::required();
    questions: model::Question = any_of::question();
    answers: model::Answer = any_of::answer();
    judgements: model::Judgement = any_of::judgement();
    safety_conditions: model::SafetyConditions = any_of::safety_conditions();
    degrees: model::Degree = any_of::degree();
    contents: model::AdviceContent = any_of::content();
    drafts: model::AdviceContent = any_of::draft();
    advices: model::Advice = any_of::advice();
    lines: model::WeighingLine = any_of::line();
    snapshots: model::Snapshot = any_of::snapshot();
    briefs: adviser::Brief = any_of::brief();
    replies: source::AskQuestionResponse = prop_oneof![
        (any_of::version(), any_of::answer()).prop_map(|(version, answer)| Reply::Answered(version, Box::new(answer))),
        Just(Reply::Pending),
    ];
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn instants(microsecond in -62_000_000_000_000_000i64..=253_000_000_000_000_000, nanos in 0..1000i64) {
        let at = jiff::Timestamp::from_nanosecond(i128::from(microsecond) * 1000 + i128::from(nanos)).unwrap();
        prop_assert_eq!(read(crate::convert::instant(at)), Ok(at));
    }

    #[test]
    fn registrations(registration in any_of::registration(any_of::later())) {
        prop_assert_eq!(read(carried(&wire(&registration))), Ok(registration));
    }

    /// A suspect who is not on the list comes to stand on it.
    #[test]
    fn a_registration_without_a_list(registration in any_of::registration(any_of::later())) {
        let mut request = wire(&registration);
        request.household = None;
        let read = read(request).unwrap();
        prop_assert_eq!(read.suspect, registration.suspect);
        prop_assert_eq!(
            read.household.person(SUSPECT).map(|suspect| &suspect.identity),
            registration.household.person(SUSPECT).map(|suspect| &suspect.identity),
        );
    }

    /// When confirming, the suspect's identity may be left out.
    #[test]
    fn a_suspect_without_identity(mut household in any_of::household(true)) {
        household.persons[0].identity = Sensitive::forgotten(SUSPECT);
        prop_assert_eq!(tripped::<model::Household, Household>(&household), Ok(household));
    }

    #[test]
    fn settlements(settlement in any_of::settlement(any_of::later()), name in any_of::case_name()) {
        let request = om::SettleFlowRequest {
            name: name.to_string(),
            age: settlement.age.map_or(model::SettledAge::Unspecified, Into::into).into(),
            hg_km: settlement.hg_km.as_ref().map(Into::into),
            reason: settlement.reason.text().into(),
            ..Default::default()
        };
        prop_assert_eq!(read(carried(&request)), Ok((name, settlement)));
    }

    #[test]
    fn proposals_to_decide(proposed in any_of::proposed(), name in any_of::case_name()) {
        use om::decide_case_request::Stance as Wire;
        use zsm::decision::Stance;
        let stance = match &proposed.stance {
            Stance::Follows => Wire::Follows(om::FollowsAdvice {}),
            Stance::Deviates { because } => Wire::Deviates(om::DeviatesFromAdvice { because: because.text().into() }),
        };
        let request = om::DecideCaseRequest {
            name: name.to_string(),
            route: model::Route::from(proposed.route).into(),
            motivation: proposed.motivation.text().into(),
            advice_version: proposed.advice_version,
            stance: Some(stance),
            phoned: proposed.phoned.iter().map(Into::into).collect(),
            ..Default::default()
        };
        prop_assert_eq!(read(carried(&request)), Ok((name, proposed)));
    }

    #[test]
    fn closings(reason in any_of::close_reason(), why in any_of::case_text(), name in any_of::case_name()) {
        let request = om::CloseCaseRequest {
            name: name.to_string(),
            reason: om::CloseReason::from(reason).into(),
            explanation: why.text().into(),
            ..Default::default()
        };
        prop_assert_eq!(read(carried(&request)), Ok((name, reason, why)));
    }

    /// Who leads and who asks are never taken for each other.
    #[test]
    fn assignments(
        (name, case) in (any_of::assignment_name(), any_of::case_name()),
        (lead, principal) in (any_of::organisation(), any_of::organisation()),
        (earlier, brief) in (any::<u32>(), any_of::brief()),
    ) {
        let request = adviser::CreateAssignmentRequest {
            request_id: String::new(),
            name: name.to_string(),
            case: case.to_string(),
            lead: Some((&lead).into()),
            principal: Some((&principal).into()),
            brief: Some((&brief).into()),
            earlier,
        };
        prop_assert_eq!(read(carried(&request)), Ok(Creation { name, case, earlier, lead, principal, brief }));
    }

    /// What is left out of a correction stays as it was.
    #[test]
    fn corrections(
        name in any_of::case_name(),
        facts in any_of::registration(any_of::later()),
        parts in any::<[bool; 4]>(),
        reason in any_of::case_text(),
    ) {
        let [suspect, act, hg_km, persons] = parts;
        let identity = facts.household.person(SUSPECT).map(|person| person.identity.clone());
        let others = facts.household.persons.iter().filter(|one| one.number != SUSPECT && one.further.is_none());
        let amendment = Amendment {
            suspect: identity.filter(|_| suspect),
            act: act.then_some(facts.act),
            offences: facts.offences,
            hg_km: hg_km.then_some(facts.hg_km),
            persons: others.filter(|_| persons).cloned().collect(),
            reason,
        };
        let request = om::AmendCaseRequest {
            name: name.to_string(),
            amendment: Some((&amendment).into()),
            reason: amendment.reason.text().to_owned(),
            ..Default::default()
        };
        prop_assert_eq!(read(carried(&request)), Ok((name, amendment)));
    }

    #[test]
    fn weighings(
        name in any_of::assignment_name(),
        item in any_of::item(),
        weighing in any_of::weighing(),
    ) {
        let request = adviser::WeighAnswerRequest {
            name: name.to_string(),
            item: model::ItemKind::from(item).into(),
            version: weighing.version,
            reason: weighing.reason.text().into(),
            lines: weighing.lines.iter().map(Into::into).collect(),
            ..Default::default()
        };
        let expected = (name, item, weighing.version, weighing.reason, weighing.lines);
        prop_assert_eq!(read(carried(&request)), Ok(expected));
    }
}
