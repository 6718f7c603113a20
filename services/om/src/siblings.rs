//! The cases of other suspects of the same incident (A12, A13): shown together, decided each by itself.

use crate::law::{Cases, of_incident};
use crate::shown::state;
use zsm::case::Case;
use zsm::progress::AdviceState;
use zsm::view::Sight;
use zsm_clerk::{Clerk, No};
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::om::v1 as pb;

/// The other cases of the incident that the caller may read.
///
/// # Errors
/// A journal that cannot be read.
pub(crate) async fn of(clerk: &Clerk<Cases>, case: &Case, may_read: impl Fn(&Case) -> bool) -> Result<Vec<Case>, No> {
    let mut siblings = Vec::new();
    for stream in clerk.journal().holders(&of_incident(case.incident())).await? {
        let read = clerk.read(&stream).await?;
        let other = read.state.as_deref().filter(|other| other.name != case.name && may_read(other));
        siblings.extend(other.cloned());
    }
    Ok(siblings)
}

/// How far another suspect's case is, as far as the caller may see it.
pub(crate) fn shown(case: &Case, sight: Sight) -> pb::Sibling {
    let advice = case.progress.as_ref().map_or(AdviceState::None, |snapshot| snapshot.advice);
    let advice = if sight.states { advice.into() } else { model::AdviceState::Unspecified };
    pb::Sibling {
        name: case.name.to_string(),
        state: state(case).into(),
        flow: model::Flow::from(&case.flow()).into(),
        advice: advice.into(),
    }
}

/// The names of those whose gate is shut: they hold this decision back in nothing, and are told.
pub(crate) fn open(siblings: &[Case]) -> Vec<String> {
    siblings.iter().filter(|case| case.is_held_back()).map(|case| case.name.to_string()).collect()
}
