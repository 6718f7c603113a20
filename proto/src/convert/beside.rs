//! What OM records beside the gate: calls, custody, and whether the dossier may travel.

use super::Read;
use super::place::Place;
use super::time::instant;
use crate::pb::model::v1 as model;
use crate::pb::om::v1::{self as om, decide_dossier_permission_request, dossier_permission};
use zsm::case::LoggedCall;
use zsm::custody::{Recorded, Step, Struck};
use zsm::permission::Permission;
use zsm::{Actor, Faults, Problem};

impl From<(&LoggedCall, &Actor)> for om::LoggedCall {
    fn from((logged, by): (&LoggedCall, &Actor)) -> Self {
        Self {
            whom: Some((&logged.whom).into()),
            item: logged.item.map_or(model::ItemKind::Unspecified, Into::into).into(),
            call: Some((&logged.call).into()),
            outcome: logged.outcome.text().to_owned(),
            by: Some(by.into()),
        }
    }
}

impl Read<LoggedCall> for om::LoggedCall {
    fn read(self, path: &str, faults: &mut Faults) -> Option<LoggedCall> {
        let mut place = Place::at(path, faults);
        let whom = place.required("whom", self.whom);
        let item = place.optional_choice("item", self.item);
        let call = place.required("call", self.call);
        let outcome = place.case_text("outcome", self.outcome);
        if self.by.is_some() {
            place.fault("by", Problem::Superfluous);
        }
        Some(LoggedCall { whom: whom?, item: item?, call: call?, outcome: outcome? })
    }
}

impl From<Step> for om::CustodyStep {
    fn from(step: Step) -> Self {
        match step {
            Step::Aankomst => Self::Aankomst,
            Step::Ophouden { .. } => Self::Ophouden,
            Step::Inverzekeringstelling => Self::Inverzekeringstelling,
            Step::Verlenging => Self::Verlenging,
            Step::Voorgeleiding => Self::Voorgeleiding,
            Step::Invrijheidstelling => Self::Invrijheidstelling,
        }
    }
}

impl From<&Recorded> for om::CustodyEvent {
    fn from(recorded: &Recorded) -> Self {
        Self {
            step: om::CustodyStep::from(recorded.step).into(),
            remand_possible: match recorded.step {
                Step::Ophouden { voorlopige_hechtenis } => Some(voorlopige_hechtenis),
                _ => None,
            },
            at: Some(instant(recorded.at)),
            by: Some((&recorded.by).into()),
            number: 0,
            struck: None,
        }
    }
}

impl From<&Struck> for om::StruckCustodyEvent {
    fn from(struck: &Struck) -> Self {
        Self { reason: struck.reason.text().to_owned(), by: Some((&struck.by).into()), at: Some(instant(struck.at)) }
    }
}

/// An act of custody: whether voorlopige hechtenis is possible is said with ophouden, and nowhere else.
pub(super) fn step(place: &mut Place<'_>, step: i32, remand_possible: Option<bool>) -> Option<Step> {
    use om::CustodyStep::{
        Aankomst, Inverzekeringstelling, Invrijheidstelling, Ophouden, Unspecified, Verlenging, Voorgeleiding,
    };
    let step = match om::CustodyStep::try_from(step) {
        Ok(Unspecified) => return place.refuse("step", Problem::Missing),
        Err(_) => return place.refuse("step", Problem::Unknown),
        Ok(Ophouden) => {
            return match remand_possible {
                Some(voorlopige_hechtenis) => Some(Step::Ophouden { voorlopige_hechtenis }),
                None => place.refuse("remand_possible", Problem::Missing),
            };
        }
        Ok(Aankomst) => Step::Aankomst,
        Ok(Inverzekeringstelling) => Step::Inverzekeringstelling,
        Ok(Verlenging) => Step::Verlenging,
        Ok(Voorgeleiding) => Step::Voorgeleiding,
        Ok(Invrijheidstelling) => Step::Invrijheidstelling,
    };
    if remand_possible.is_some() {
        place.fault("remand_possible", Problem::Superfluous);
    }
    Some(step)
}

impl From<&Permission> for om::DossierPermission {
    fn from(permission: &Permission) -> Self {
        use dossier_permission::Decision::{Granted, Refused};
        let decision = match permission {
            Permission::Granted => Granted(om::GrantedPermission {}),
            Permission::Refused { because } => Refused(om::RefusedPermission { because: because.text().to_owned() }),
        };
        Self { decision: Some(decision) }
    }
}

/// What a request says about the dossier.
pub(super) fn permission(
    place: &mut Place<'_>,
    decision: Option<decide_dossier_permission_request::Decision>,
) -> Option<Permission> {
    use decide_dossier_permission_request::Decision::{Granted, Refused};
    match decision {
        None => place.refuse("decision", Problem::Missing),
        Some(Granted(_)) => Some(Permission::Granted),
        Some(Refused(refused)) => {
            let because = place.inside("refused").case_text("because", refused.because);
            because.map(|because| Permission::Refused { because })
        }
    }
}
