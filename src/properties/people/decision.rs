//! The prosecutor decides, after a last look (D28, D34).

use super::super::office::Office;
use super::super::world::World;
use crate::decision::Proposed;
use crate::look::{Finding, Look, Matter, Phoned};
use crate::organisation::Kind;
use crate::telephone::Call;
use crate::testing::*;
use crate::{assignment, case, enquiry};

impl World {
    /// The prosecutor decides.
    pub fn decide(&mut self) {
        self.at_om("decides", self.decision(), &prosecutor());
    }

    /// Whether the prosecutor can decide now.
    pub fn may_decide(&self) -> bool {
        self.om.refusal(self.decision(), &prosecutor(), self.now).is_none()
    }

    fn decision(&self) -> case::Command {
        let version = self.case().latest_advice().map_or(1, |advice| advice.version);
        case::Command::Decide(proposed(version), None, self.last_look(&proposed(version)))
    }

    /// The prosecutor decides though one office does not answer: somebody phoned it (D28).
    pub fn decide_by_telephone(&mut self, silent: u8) {
        let version = self.case().latest_advice().map_or(1, |advice| advice.version);
        let mut proposed = proposed(version);
        let matters = self.matters(&proposed);
        let Some(silent) = matters.get(usize::from(silent) % matters.len().max(1)) else { return };
        let call = Call { spoken_with: text("piket"), number: text("030"), at: self.now };
        proposed.phoned.push(Phoned { office: silent.office().clone(), call });
        let look = |matter: &Matter| if matter == silent { Finding::Unreachable } else { self.finding(matter) };
        let look = Look::new(matters.iter().map(|matter| (matter.clone(), look(matter))).collect());
        self.at_om(
            "decides, and phoned who did not answer",
            case::Command::Decide(proposed, None, look),
            &prosecutor(),
        );
    }

    /// What the others say when OM looks for the last time (D28).
    fn last_look(&self, proposed: &Proposed) -> Look {
        let matters = self.matters(proposed).into_iter();
        Look::new(matters.map(|matter| (matter.clone(), self.finding(&matter))).collect())
    }

    /// What has to be looked at.
    fn matters(&self, proposed: &Proposed) -> Vec<Matter> {
        let read = self.case().revision;
        case::to_look_at(self.om.state(), read, proposed, None, &prosecutor(), self.now).unwrap_or_default()
    }

    /// What one office says.
    pub(in super::super) fn finding(&self, matter: &Matter) -> Finding {
        let om = service(Kind::Om);
        let said = match matter {
            Matter::Advice { assignment, version, assignment_version, .. } => {
                let lead = self.leads.get(assignment).map_or(&None, Office::state);
                assignment::confirm(lead, *version, *assignment_version, &om)
            }
            Matter::Answer(enquired) => {
                let desk = self.desks.get(&enquired.question).map_or(&None, Office::state);
                enquiry::confirm(desk, enquired.version, &om)
            }
        };
        said.unwrap_or(Finding::Unreachable)
    }
}
