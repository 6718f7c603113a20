//! Whether the dossier may travel to the lead (R-1.4f-2, R-1.4f-3, A34).

use super::brief::with_brief;
use crate::case::{Case, Event};
use crate::organisation::Actor;
use crate::permission::Permission;
use crate::refusal::Refusal;
use jiff::Timestamp;

pub(super) fn decide(case: &Case, permission: Permission, by: &Actor, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    permission.faults().or(())?;
    if case.permission.as_ref() == Some(&permission) {
        return Ok(Vec::new());
    }
    Ok(with_brief(case, vec![Event::DossierPermissionDecided { permission, by: by.clone() }], at))
}
