//! Where the persons of a list live: from a municipality follows the region of Veilig Thuis, on that day (A30, D32).

use jiff::civil::Date;
use std::collections::BTreeSet;
use zsm::municipality::Municipalities;
use zsm::{Faults, Problem, Region};
use zsm_clerk::Policy;
use zsm_proto::pb::model::v1 as model;

/// What is known here of regions.
#[derive(Clone, Debug)]
pub(crate) struct Residences {
    pub(crate) regions: BTreeSet<Region>,
    pub(crate) municipalities: Municipalities,
}

impl Residences {
    pub(crate) fn of(policy: &Policy) -> Self {
        Self { regions: policy.regions.clone(), municipalities: policy.municipalities.clone() }
    }

    /// Gives everyone whose municipality is known the region of that day. Where none is said nothing is filled in, and
    /// where it is not known the operator must choose: never a default. A region that the operator chose stands.
    pub(crate) fn settle<'a>(
        &self,
        persons: impl Iterator<Item = &'a mut model::Person>,
        field: &str,
        day: Date,
    ) -> Faults {
        let mut faults = Faults::new();
        for (index, person) in persons.enumerate() {
            let here = format!("{field}[{index}]");
            if !person.vt_region.is_empty() {
                let known = Region::parse(&person.vt_region).is_none_or(|region| self.regions.contains(&region));
                faults.require(known, format!("{here}.vt_region"), Problem::Unknown);
            } else if !person.municipality.is_empty() {
                let region = self.municipalities.region_of(&person.municipality, day);
                match region.filter(|region| self.regions.contains(region)) {
                    Some(region) => region.as_str().clone_into(&mut person.vt_region),
                    None => faults.add(format!("{here}.municipality"), Problem::UnknownMunicipality),
                }
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests;
