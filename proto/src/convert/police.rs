//! What the police bring.

use super::Read;
use super::place::Place;
use crate::pb::model::v1::{self as model, document, notice};
use zsm::police::{Document, Notice, PoliceRecord};
use zsm::{Faults, Problem, Sensitive};

impl From<&Document> for model::Document {
    fn from(document: &Document) -> Self {
        let state = match document {
            Document::Present { reference, summary } => document::State::Present(model::PresentDocument {
                reference: reference.clone(),
                summary: summary.text().to_owned(),
            }),
            Document::Absent { because } => document::State::AbsentBecause(because.text().to_owned()),
            Document::Withheld => document::State::Withheld(model::WithheldDocument {}),
        };
        Self { state: Some(state) }
    }
}

impl Read<Document> for model::Document {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Document> {
        let mut place = Place::at(path, faults);
        match self.state {
            None => place.refuse("state", Problem::Missing),
            Some(document::State::AbsentBecause(because)) => {
                Some(Document::Absent { because: place.case_text("absent_because", because)? })
            }
            Some(document::State::Withheld(_)) => Some(Document::Withheld),
            Some(document::State::Present(present)) => {
                let mut place = place.inside("present");
                let reference = place.required_short("reference", present.reference);
                let summary = place.text("summary", present.summary);
                Some(Document::Present { reference: reference?, summary: Sensitive::case(summary?) })
            }
        }
    }
}

impl From<&Notice> for model::Notice {
    fn from(notice: &Notice) -> Self {
        let state = match notice {
            Notice::Made { reference, under } => notice::State::Made(model::MadeNotice {
                reference: reference.clone(),
                person: under.unwrap_or_default(),
            }),
            Notice::NotDue { because, vt_reference } => notice::State::NotDue(model::NotDueNotice {
                because: because.text().to_owned(),
                vt_reference: vt_reference.clone().unwrap_or_default(),
            }),
        };
        Self { state: Some(state) }
    }
}

impl Read<Notice> for model::Notice {
    fn read(self, path: &str, faults: &mut Faults) -> Option<Notice> {
        let mut place = Place::at(path, faults);
        match self.state {
            None => place.refuse("state", Problem::Missing),
            Some(notice::State::Made(made)) => {
                let reference = place.inside("made").required_short("reference", made.reference);
                Some(Notice::Made { reference: reference?, under: (made.person != 0).then_some(made.person) })
            }
            Some(notice::State::NotDue(not_due)) => {
                let mut place = place.inside("not_due");
                let because = place.case_text("because", not_due.because);
                let vt_reference = place.optional_short("vt_reference", not_due.vt_reference);
                Some(Notice::NotDue { because: because?, vt_reference: vt_reference? })
            }
        }
    }
}

impl From<&PoliceRecord> for model::PoliceRecord {
    fn from(record: &PoliceRecord) -> Self {
        Self {
            dossier: record.dossier.as_ref().map(Into::into),
            lij: record.lij.as_ref().map(Into::into),
            report_to_vt: record.report_to_vt.as_ref().map(Into::into),
            zorgmelding: record.zorgmelding.as_ref().map(Into::into),
        }
    }
}

impl Read<PoliceRecord> for model::PoliceRecord {
    fn read(self, path: &str, faults: &mut Faults) -> Option<PoliceRecord> {
        let mut place = Place::at(path, faults);
        let dossier = place.optional("dossier", self.dossier);
        let lij = place.optional("lij", self.lij);
        let report_to_vt = place.optional("report_to_vt", self.report_to_vt);
        let zorgmelding = place.optional("zorgmelding", self.zorgmelding);
        Some(PoliceRecord { dossier: dossier?, lij: lij?, report_to_vt: report_to_vt?, zorgmelding: zorgmelding? })
    }
}
