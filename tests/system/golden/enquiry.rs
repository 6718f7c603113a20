//! The events of a question at its source, in every form.

use super::samples::*;
use super::{AtSource, Sample};
use jiff::Timestamp;
use zsm::decision::{Notice, Route};
use zsm::enquiry::{Errand, Origin};
use zsm::item::Trouble;
use zsm::question::Question;
use zsm::telephone::{Call, Note};
use zsm::{Actor, Item, Kind, Role};

pub(super) fn samples() -> Vec<Sample<AtSource>> {
    vec![
        ("", received(Item::VeiligThuis)),
        ("kindcheck", received(Item::Kindcheck)),
        ("voorval", received_of_an_incident()),
        ("acuut-deel-telt", received_where_the_acute_part_suffices()),
        ("zaak", received_for_a_case()),
        ("", AtSource::SignalRaised(Box::new(signal(desk())))),
        (
            "signaal",
            AtSource::Troubled { errand: Errand::Signal { signal: signal(desk()).name }, trouble: Trouble::Stuck },
        ),
        ("", AtSource::TakenUp { by: desk() }),
        ("", answered(1, Some(desk()))),
        ("register", answered(1, None)),
        ("hetzelfde", answered_the_same()),
        ("", AtSource::SupplementTakenUp { by: desk() }),
        ("", AtSource::SupplementPutDown { by: desk() }),
        ("", heard(None)),
        ("heropend", heard(Some(at(30)))),
        ("", AtSource::Retracted { version: 2, retraction: retraction(), by: desk() }),
        ("", AtSource::TelephoneAnswerNoted { note: note() }),
        ("", AtSource::TelephoneAnswerConfirmed { number: 1, by: desk() }),
        ("", AtSource::Withdrawn),
        ("", AtSource::Troubled { errand: Errand::Deliver { version: 1 }, trouble: Trouble::Stuck }),
        ("in-behandeling", AtSource::Troubled { errand: Errand::ReportTakenUp, trouble: Trouble::Refused }),
        ("kopieen", AtSource::Troubled { errand: Errand::TakeBackCopies, trouble: Trouble::Stuck }),
        (
            "oorsprong",
            AtSource::Troubled {
                errand: Errand::FollowOrigin { origin: question(Item::VeiligThuis, 3).name },
                trouble: Trouble::Stuck,
            },
        ),
        ("", AtSource::Recovered { errand: Errand::Deliver { version: 1 } }),
    ]
}

pub(super) fn received(item: Item) -> AtSource {
    AtSource::Received { question: Box::new(question(item, 1)) }
}

fn received_of_an_incident() -> AtSource {
    let question = Question { incident: Some(incident()), ..question(Item::VeiligThuis, 3) };
    AtSource::Received { question: Box::new(question) }
}

fn received_for_a_case() -> AtSource {
    let question = Question { case: Some(case()), ..question(Item::VeiligThuis, 4) };
    AtSource::Received { question: Box::new(question) }
}

fn received_where_the_acute_part_suffices() -> AtSource {
    let question = Question { acute_part_suffices: true, ..question(Item::VeiligThuis, 2) };
    AtSource::Received { question: Box::new(question) }
}

fn note() -> Note {
    let call = Call { spoken_with: text("Piket Veilig Thuis"), number: text("030-0000000"), at: at(2) };
    let mut answer = Box::new(answer_of_vt());
    answer.searched.by.clear();
    Note { number: 1, followed: 0, call, answer, at: at(3) }
}

pub(super) fn desk() -> Actor {
    by(Kind::VeiligThuis, Role::Balie)
}

pub(super) fn answered(version: u32, by: Option<Actor>) -> AtSource {
    AtSource::Answered { version, answer: Box::new(answer_of_vt()), by, same_as: None }
}

fn answered_the_same() -> AtSource {
    let same_as = Some(Origin { question: question(Item::VeiligThuis, 3).name, version: 1 });
    AtSource::Answered { version: 1, answer: Box::new(answer_of_vt()), by: Some(desk()), same_as }
}

fn heard(reopened_at: Option<Timestamp>) -> AtSource {
    AtSource::DecisionHeard(Notice { route: Route::Dagvaarding, stance: None, at: at(24), reopened_at })
}
