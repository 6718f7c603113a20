//! What could not be brought to another office (E3).

use crate::pb::model::v1 as model;
use zsm::item::Trouble;
use zsm::{assignment, case, enquiry};

/// What the lead could not bring to OM or a source.
impl From<(assignment::Errand, Trouble)> for model::Undelivered {
    fn from((errand, trouble): (assignment::Errand, Trouble)) -> Self {
        let kind = match errand {
            assignment::Errand::Report => model::UndeliveredKind::Voortgang,
            assignment::Errand::Submit { .. } => model::UndeliveredKind::Advies,
            assignment::Errand::Signal { .. } => model::UndeliveredKind::AcuutSignaal,
            assignment::Errand::TellTelephoneAnswer { .. } => model::UndeliveredKind::Telefoongesprek,
            assignment::Errand::Withdraw { .. } => model::UndeliveredKind::Intrekking,
            assignment::Errand::Ask { .. } => model::UndeliveredKind::Unspecified,
        };
        undelivered(kind, trouble)
    }
}

/// What a source could not bring to the lead or OM.
impl From<(enquiry::Errand, Trouble)> for model::Undelivered {
    fn from((errand, trouble): (enquiry::Errand, Trouble)) -> Self {
        let kind = match errand {
            enquiry::Errand::ReportTakenUp => model::UndeliveredKind::Opgepakt,
            enquiry::Errand::Signal { .. } => model::UndeliveredKind::AcuutSignaal,
            enquiry::Errand::Deliver { .. } => model::UndeliveredKind::Antwoord,
            enquiry::Errand::TakeBackCopies | enquiry::Errand::FollowOrigin { .. } => {
                model::UndeliveredKind::ZelfdeAntwoord
            }
        };
        undelivered(kind, trouble)
    }
}

/// What OM could not bring to the lead or a source.
impl From<(case::Errand, Trouble)> for model::Undelivered {
    fn from((errand, trouble): (case::Errand, Trouble)) -> Self {
        let kind = match errand {
            case::Errand::Brief { .. } => model::UndeliveredKind::Opdracht,
            case::Errand::Withdraw | case::Errand::WithdrawFormer { .. } => model::UndeliveredKind::Intrekking,
            case::Errand::TellLead
            | case::Errand::TellSource { .. }
            | case::Errand::TellLeadReopened { .. }
            | case::Errand::TellSourceReopened { .. } => model::UndeliveredKind::Beslissing,
            case::Errand::ConfirmAdvice | case::Errand::ConfirmAnswer { .. } => model::UndeliveredKind::Navraag,
        };
        undelivered(kind, trouble)
    }
}

fn undelivered(kind: model::UndeliveredKind, trouble: Trouble) -> model::Undelivered {
    model::Undelivered { kind: kind.into(), trouble: model::Trouble::from(trouble).into() }
}
