//! Questions as they are written down: who is asked about whom, under which name, with which references (D14, E4).

use crate::assignment::{Assignment, Brief};
use crate::item::Item;
use crate::name::QuestionName;
use crate::organisation::{Kind, Organisation, Region};
use crate::personal::Sensitive;
use crate::police::Notice;
use crate::question::{Question, ReferencePerson, Subject};
use jiff::civil::Date;

/// Writes the questions of one item, one after another: rounds count on, and one region bears this case's report.
pub(super) struct Writer<'a> {
    assignment: &'a Assignment,
    brief: &'a Brief,
    item: Item,
    source: Kind,
    round: u32,
    bearer: Option<Region>,
}

/// What one question asks.
#[derive(Clone)]
pub(super) struct Ask {
    pub(super) region: Region,
    pub(super) subjects: Vec<Subject>,
    pub(super) reference: Option<ReferencePerson>,
    pub(super) asked_on: Date,
    pub(super) text: Option<Sensitive<String>>,
}

impl<'a> Writer<'a> {
    /// For an item that is asked of another organisation; with the region that bears the report already, if any does.
    pub(super) fn new(
        assignment: &'a Assignment,
        brief: &'a Brief,
        item: Item,
        bearer: Option<&Region>,
    ) -> Option<Writer<'a>> {
        let source = item.source()?;
        let round = assignment.tracks.get(&item).map_or(0, |track| track.round);
        Some(Writer { assignment, brief, item, source, round, bearer: bearer.cloned() })
    }

    /// The next question. The first region of Veilig Thuis bears the report; another judges on what it knows itself.
    pub(super) fn write(&mut self, ask: Ask) -> Question {
        self.round += 1;
        let bearer = self.bearer.get_or_insert_with(|| ask.region.clone()).clone();
        self.put(ask, bearer)
    }

    /// Whether a question asks this already, with the report or beside it, as it was put then. Who is no longer named stays
    /// asked about until OM confirms a list without that person: who it was is not told anew (D12).
    pub(super) fn is_put_in(&self, question: &Question, ask: &Ask) -> bool {
        let bearer = question.reported_in.as_ref().unwrap_or(&question.addressee.region);
        let gone = self.assignment.no_longer_named(&self.brief.household);
        question.without_identity_of(&gone).asks_the_same_as(&self.put(ask.clone(), bearer.clone()))
    }

    /// The question, where this region bears the report.
    fn put(&self, ask: Ask, bearer: Region) -> Question {
        let at_vt = self.item == Item::VeiligThuis;
        let bears = bearer == ask.region;
        // What the lead's own region agreed on binds no other (D15).
        let home = ask.region == self.assignment.lead.region;
        let police = &self.brief.police;
        // Only Veilig Thuis needs the references of the notices made to it (P6).
        let reference = |notice: Option<&Notice>| Some(notice.filter(|_| at_vt && bears)?.at_vt()?.to_owned());
        Question {
            name: QuestionName::derive(self.assignment.name, self.item, self.round),
            assignment: self.assignment.name,
            item: self.item,
            round: self.round,
            asked_by: self.assignment.lead.clone(),
            addressee: Organisation::new(self.source, ask.region),
            subjects: ask.subjects,
            reference: ask.reference,
            hg_km: self.brief.hg_km,
            report: reference(police.report_to_vt.as_ref()),
            zorgmelding: reference(police.zorgmelding.as_ref()),
            arrested: self.brief.arrested,
            asked_on: ask.asked_on,
            incident: self.brief.incident,
            case: Some(self.assignment.case),
            reported_in: (at_vt && !bears).then_some(bearer),
            acute_part_suffices: self.brief.acute_part_suffices && at_vt && home,
            text: ask.text,
        }
    }
}
