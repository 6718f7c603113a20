//! What the strategies make has no faults.

use super::*;
use crate::flow::SuspectKind;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn registrations_are_lawful(
        (at, registration) in instant().prop_flat_map(|at| (Just(at), registration(at))),
    ) {
        let faults = registration.faults(at);
        prop_assert!(faults.is_empty(), "{faults:?}");
        prop_assert_eq!(registration.household.persons.is_empty(), registration.suspect != SuspectKind::Person);
    }

    #[test]
    fn households_are_lawful(household in household(true)) {
        let faults = household.faults("household", crate::date::day_of(later()));
        prop_assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn answers_are_lawful(
        (question, answer) in question().prop_flat_map(|question| (Just(question.clone()), answer_to(&question))),
    ) {
        let mut faults = question.faults("question", later());
        faults.merge(answer.faults(&question, "answer", later()));
        prop_assert!(faults.is_empty(), "{faults:?}");
    }
}
