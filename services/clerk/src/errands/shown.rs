//! An errand as its administrator sees it.

use jiff::Timestamp;
use zsm::Actor;
use zsm::name::ErrandName;
use zsm_journal::{Errand, Standing, Stop};
use zsm_proto::instant;
use zsm_proto::pb::office::v1 as pb;

pub(super) fn errand(errand: Errand, task: String, stop: Option<Stop>) -> pb::Errand {
    let state = state(&errand);
    let failure = errand.failure.map(|failure| pb::ErrandFailure { at: at(failure.at), code: failure.code });
    pb::Errand {
        name: format!("{}/{}", ErrandName::COLLECTION, errand.id),
        resource: errand.stream,
        task,
        state: state.into(),
        tries: errand.attempts,
        put_at: errand.put_at.and_then(at),
        next_try: at(errand.not_before).filter(|_| errand.standing == Standing::Tried),
        failure,
        stop: stop.filter(|_| errand.standing == Standing::Stopped).map(shown),
    }
}

pub(super) fn state(errand: &Errand) -> pb::ErrandState {
    match errand.standing {
        Standing::Tried if errand.attempts == 0 => pb::ErrandState::Pending,
        Standing::Tried => pb::ErrandState::Retrying,
        Standing::GivenUp => pb::ErrandState::GivenUp,
        Standing::Stopped => pb::ErrandState::Stopped,
    }
}

/// Who stops an errand, as the journal keeps it.
pub(super) fn kept(by: &Actor) -> String {
    serde_json::to_string(by).unwrap_or_default()
}

fn shown(stop: Stop) -> pb::ErrandStop {
    let by: Option<Actor> = serde_json::from_str(&stop.by).ok();
    pb::ErrandStop { at: at(stop.at), by: by.as_ref().map(Into::into), reason: stop.reason }
}

fn at(micros: i64) -> Option<prost_types::Timestamp> {
    Timestamp::from_microsecond(micros).ok().map(instant)
}
