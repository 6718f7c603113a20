//! What someone of elsewhere tries.

use super::super::world::{Request, World};
use super::who;
use crate::organisation::{Kind, Role};
use crate::outcome::Outcome;
use crate::question::Question;
use crate::testing::*;
use crate::{assignment, case};

impl World {
    /// Someone of another region does what only the owner may (invariant 12).
    pub fn stranger(&mut self, what: u8) {
        let Some(assignment) = self.assignment() else { return };
        let (name, lead) = (assignment.name, assignment.lead.kind);
        let running = assignment.tracks.values().flat_map(assignment::Track::running);
        let asked: Vec<_> = running.map(|strand| &*strand.question).collect();
        let deliver = |question: &Question| {
            let answer = Box::new(answer_to(question, |_| Outcome::NotKnown));
            assignment::Command::Deliver { question: question.name, version: 1, answer }
        };
        let far = elsewhere(lead, Role::Dienst);
        let attempt = match what % 5 {
            0 => {
                let of_another = |question: &&&Question| question.addressee.region != far.organisation.region;
                let one = asked.iter().find(of_another);
                one.map(|one| (Request::Lead(name, deliver(one)), elsewhere(one.addressee.kind, Role::Dienst)))
            }
            1 => asked.last().map(|one| (Request::Lead(name, deliver(one)), service(lead))),
            2 => {
                let snapshot = assignment.snapshot(self.lead().map_or(0, |office| office.version()) + 100);
                Some((Request::Om(case::Command::ReportProgress(snapshot)), far))
            }
            3 => Some((Request::Lead(name, assignment::Command::Withdraw), elsewhere(Kind::Om, Role::Dienst))),
            _ => {
                let sign = assignment::Command::Sign(Box::new(content(assignment)));
                Some((Request::Lead(name, sign), elsewhere(lead, Role::Adviseur)))
            }
        };
        let Some((request, by)) = attempt else { return };
        let done = self.act("of elsewhere does what is not its own to do", request, &by);
        self.expect(!done, 12, || format!("{} of {} spoke for another", who(&by), by.organisation));
    }
}
