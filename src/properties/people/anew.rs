//! What the adviser signs anew, and what colleagues at one desk do (D24).

use super::super::office::Office;
use super::super::world::{Request, World};
use crate::assignment::{Assignment, Command, Reading, Reaffirmation};
use crate::draft::{Draft, DraftProposal};
use crate::item::Item;
use crate::organisation::Actor;
use crate::testing::*;

impl World {
    /// The adviser signs the same anew over all that is newer, and says of a new brief that it has no effect; or says that
    /// exactly where there is none.
    pub fn reaffirm(&mut self, rightly: bool) {
        self.at_lead("signs the same anew", |assignment| {
            let readings = assignment.newer().into_iter().filter_map(|newer| reading(assignment, newer.item));
            let rests_on = assignment.advices.last().map(|advice| advice.assignment_version);
            let new_brief = assignment.brief.as_ref().map(|brief| brief.version) != rests_on;
            let brief_has_no_effect = if new_brief == rightly { text("geen gevolg") } else { empty() };
            Some(Command::Reaffirm(Reaffirmation { readings: readings.collect(), brief_has_no_effect }))
        });
    }

    /// An adviser keeps what is written so far; or a colleague does, who did not read what was kept since.
    pub fn save_draft(&mut self, words: u8, colleague: bool) {
        let Some(assignment) = self.assignment() else { return };
        let (name, by, read) = (assignment.name, one_of(assignment, colleague), assignment.drafts);
        let unread = colleague && assignment.draft.is_some();
        let based_on = if unread { read.saturating_sub(1) } else { read };
        let reason = text(&format!("nog niet af {words}"));
        let draft = Box::new(Draft { proposal: Some(DraftProposal { route: None, reason }), ..Draft::default() });
        let before = self.lead().map(Office::version);
        self.act("keeps a draft", Request::Lead(name, Command::SaveDraft { based_on, draft }), &by);
        let kept = self.lead().map(Office::version) == before;
        self.expect(!unread || kept, 4, || "a draft replaced one that nobody had read".into());
    }

    /// A colleague takes the assignment over, or the adviser does.
    pub fn take_over(&mut self, colleague: bool) {
        let Some(assignment) = self.assignment() else { return };
        let (name, by) = (assignment.name, one_of(assignment, colleague));
        let who = if colleague { "a colleague" } else { "the first" };
        self.act(&format!("({who}) takes the assignment over"), Request::Lead(name, Command::TakeOver), &by);
    }

    /// The adviser takes back what a colleague took over.
    pub(super) fn have_it_back(&mut self) {
        let first = |assignment: &Assignment| assignment.is_with_colleague_of(&one_of(assignment, false));
        if self.assignment().is_some_and(first) {
            self.take_over(false);
        }
    }
}

fn reading(assignment: &Assignment, item: Item) -> Option<Reading> {
    match weighing(assignment, item)? {
        Command::Weigh { item, version, reason, lines } => Some(Reading { item, version, reason, lines }),
        _ => None,
    }
}

fn one_of(assignment: &Assignment, colleague: bool) -> Actor {
    let first = adviser(assignment.lead.kind);
    if colleague { Actor { person: "ambtenaar-2".into(), ..first } } else { first }
}
