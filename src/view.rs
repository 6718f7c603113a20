//! What a caller may see of a case at OM (D29, D31).

use crate::organisation::Role;

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
}

/// What a role sees: police the state of a case, the operator household and states, the prosecution all.
pub fn of_case(role: Role) -> Sight {
    match role {
        Role::Politie => Sight::default(),
        Role::Operator => Sight { household: true, states: true, ..Sight::default() },
        Role::Officier | Role::Parketsecretaris => {
            Sight { household: true, states: true, advices: true, decision: true }
        }
        Role::Adviseur | Role::Balie | Role::Dienst | Role::Beheerder => Sight::default(),
    }
}
