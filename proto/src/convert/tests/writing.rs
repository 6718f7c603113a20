//! What only goes out: every field says what the law says.

use crate::convert::{instant, open_point};
use crate::pb::{adviser::v1 as adviser, model::v1 as model, om::v1 as om};
use proptest::prelude::*;
use zsm::arbitrary as any_of;
use zsm::decision::Stance;
use zsm::gate::{Open, Reason, Subject};
use zsm::household::SUSPECT;
use zsm::identity::Identity;
use zsm::{Item, Sensitive};

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_decision(decision in any_of::decision()) {
        let written = om::Decision::from(&decision);
        prop_assert_eq!(written.route(), model::Route::from(decision.route));
        prop_assert_eq!(written.motivation, decision.motivation.text());
        prop_assert_eq!(written.advice_version, decision.advice_version);
        prop_assert_eq!(written.deviates_because.is_empty(), decision.stance == Stance::Follows);
        prop_assert_eq!(written.rests_on.len(), decision.rests_on.len());
        prop_assert_eq!(written.by, Some((&decision.by).into()));
        prop_assert_eq!(written.mandate, decision.mandate.unwrap_or_default());
        prop_assert_eq!(written.at, Some(instant(decision.at)));
    }

    #[test]
    fn a_weighing(weighing in any_of::weighing()) {
        let written = model::Weighing::from(&weighing);
        prop_assert_eq!(written.version, weighing.version);
        prop_assert_eq!(written.reason, weighing.reason.text());
        prop_assert_eq!(written.lines.len(), weighing.lines.len());
        prop_assert_eq!(written.by, Some((&weighing.by).into()));
        prop_assert_eq!(written.at, Some(instant(weighing.at)));
    }

    #[test]
    fn a_flow(flow in any_of::flow()) {
        let written = model::Flow::from(&flow);
        prop_assert_ne!(written, model::Flow::Unspecified);
        prop_assert_eq!(written.as_str_name(), format!("FLOW_{}", flow.code()));
    }

    #[test]
    fn who_was_forgotten_is_left_out(mut person in any_of::person(SUSPECT)) {
        prop_assert!(model::Person::from(&person).identity.is_some());
        person.identity = Sensitive::<Identity>::forgotten(SUSPECT);
        prop_assert_eq!(model::Person::from(&person).identity, None);
    }
}

#[test]
fn an_open_point_stands_under_its_resource() {
    let item = Open { subject: Subject::Item(Item::VeiligThuis), reason: Reason::NotWeighed };
    let point = open_point(&item, "cases/1");
    assert_eq!(point.subject, "cases/1/items/veilig-thuis");
    assert_eq!(point.reason, "NIET_GEWOGEN");
    let office = Open { subject: Subject::ReportToVt, reason: Reason::Missing };
    assert_eq!(open_point(&office, "cases/1").subject, "cases/1/items/melding-veilig-thuis");
}

#[test]
fn a_stage_is_a_state() {
    use zsm::enquiry::Stage;
    let states = [Stage::Received, Stage::TakenUp, Stage::Answered, Stage::Withdrawn].map(adviser::QuestionState::from);
    assert_eq!(states.map(i32::from), [1, 2, 3, 4]);
}
