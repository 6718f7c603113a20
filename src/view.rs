//! What a caller may see of a case at OM (D29, D31).

use crate::organisation::Role;
use crate::signal::{Receiver, Warning};

/// What of a case is shown. Everything not named here is a state, which all who may read the case may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// The person list.
    pub household: bool,
    /// How far each item is, and what is open.
    pub states: bool,
    /// The advices, once signed.
    pub advices: bool,
    /// The content of the decision.
    pub decision: bool,
    /// As whom acute signals are read; nothing when none is ever released to this role.
    pub receiver: Option<Receiver>,
}

impl Sight {
    /// Whether what is going on is shown: to whom it is released (D27).
    pub fn reads(&self, warning: &Warning) -> bool {
        self.receiver.is_some_and(|receiver| warning.released_to.contains(&receiver))
    }

    /// Whether it is shown that there is a signal, and what must be done: at the table always.
    pub fn learns_of(&self, warning: &Warning) -> bool {
        self.states || self.reads(warning)
    }
}

/// What a role sees: police the state of a case, the operator household and states, the prosecution all.
pub fn of_case(role: Role) -> Sight {
    let receiver = Receiver::of(role);
    match role {
        Role::Politie => Sight { receiver, ..Sight::default() },
        Role::Operator => Sight { household: true, states: true, ..Sight::default() },
        Role::Officier | Role::Parketsecretaris => {
            Sight { household: true, states: true, advices: true, decision: true, receiver }
        }
        Role::Adviseur | Role::Balie | Role::Dienst | Role::Beheerder => Sight::default(),
    }
}
