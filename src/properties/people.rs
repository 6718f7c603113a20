//! What people do, at any moment and at wrong ones. That the law refuses it is fine.

mod adviser;
mod anew;
mod beside;
mod decision;
mod desk;
mod everybody;
mod further;
mod office;
mod stranger;
mod telephone;

pub use desk::Said;
pub use everybody::Undone;
pub use further::Further;
pub use office::{Corrected, Listed, REASONS};
pub use telephone::Heard;

use super::world::{Request, World};
use crate::assignment::{self, Assignment};
use crate::case;
use crate::organisation::{Actor, Role};
use crate::refusal::Refusal;
use crate::testing::*;

impl World {
    /// Someone asks an office for something. Tells whether it was done.
    fn act(&mut self, what: &str, request: Request, by: &Actor) -> bool {
        self.tale.say(|| format!("{} {what}", who(by)));
        match self.ask(request, by) {
            Ok(()) => true,
            Err(refusal) => {
                self.tale.refused(&refusal);
                self.prints_nothing_personal(&refusal);
                false
            }
        }
    }

    fn at_om(&mut self, what: &str, command: case::Command, by: &Actor) -> bool {
        self.act(what, Request::Om(command), by)
    }

    fn at_lead(&mut self, what: &str, command: impl FnOnce(&Assignment) -> Option<assignment::Command>) -> bool {
        let Some(assignment) = self.assignment() else { return false };
        let (name, by) = (assignment.name, adviser(assignment.lead.kind));
        command(assignment).is_some_and(|command| self.act(what, Request::Lead(name, command), &by))
    }

    fn prints_nothing_personal(&mut self, refusal: &Refusal) {
        let clean = !format!("{refusal:?}{refusal}").contains(MARKER);
        self.expect(clean, 9, || "a refusal shows something personal".into());
    }
}

/// Who acts, in words.
fn who(by: &Actor) -> String {
    let role = match by.role {
        Role::Politie => return "The police".into(),
        Role::Operator => "operator",
        Role::Officier => "prosecutor",
        Role::Parketsecretaris => "parketsecretaris",
        Role::Adviseur => "adviser",
        Role::Balie => "desk",
        Role::Dienst => "service",
        Role::Beheerder => "administrator",
    };
    format!("The {role} of {}", by.organisation.kind.slug())
}
