//! The shape of a register: what an office knows, by person.
//!
//! A register file is JSON or YAML: `{name, as_of, records: […]}`. `as_of` is the instant until which the register is
//! complete; a register that is no longer fresh (24 hours of law time, unless agreed otherwise) answers nothing by itself
//! (D13). A record:
//!
//! | field | meaning |
//! |---|---|
//! | `bsn` | nine digits that pass the elfproef; left out only when unknown, and then there must be a surname |
//! | `surname`, `first_names`, `birth_date`, `postcode`, `house_number` | as in the contract; by these a person is found without a BSN |
//! | `as_of` | when this record was last changed; optional |
//! | `involvement` | `[{kind, from, until, for_advice, for_adviser}]`; dates `YYYY-MM-DD`, `until` empty while it runs |
//! | `parents` | BSNs of the parents, for a kindcheck without known children |
//! | `judgement` | Veilig Thuis only: `{acute, structural, complexity, text, instrument: {name, version}, date, covers: […]}` with levels `GEEN`, `AANWIJZINGEN`, `VASTGESTELD` |
//! | `safety_conditions` | Veilig Thuis only: a list of conditions; empty for none, left out while not judged |
//!
//! A record needs an involvement or a judgement: a person without either is not known. The kinds of involvement are those
//! of the office ([`InvolvementKind::office`]), so that the register of another office is found out. And an answer must be
//! able to tell it all: its texts and lists keep to the limits of the contract, and nothing in them is empty.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use zsm::Kind;
use zsm::date::PartialDate;
use zsm::degree::Level;
use zsm::identity::{Bsn, Identity};
use zsm::name::derive;

/// The register of an office.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Name, as it stands in answers.
    pub name: String,
    /// Complete until this instant.
    pub as_of: Timestamp,
    /// Everyone who is known.
    #[serde(default)]
    pub records: Vec<Record>,
}

/// What the office knows about one person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Citizen service number; empty when unknown.
    #[serde(default)]
    pub bsn: String,
    /// Surname.
    #[serde(default)]
    pub surname: String,
    /// First names.
    #[serde(default)]
    pub first_names: String,
    /// Date of birth, as far as known.
    #[serde(default)]
    pub birth_date: String,
    /// Postcode.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// House number with addition.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub house_number: String,
    /// When this record was last changed.
    #[serde(default)]
    pub as_of: Option<Timestamp>,
    /// How the office is or was involved.
    #[serde(default)]
    pub involvement: Vec<Involvement>,
    /// BSNs of the parents.
    #[serde(default)]
    pub parents: Vec<String>,
    /// Judgement of Veilig Thuis.
    #[serde(default)]
    pub judgement: Option<JudgementRecord>,
    /// Veiligheidsvoorwaarden; empty for none needed, left out while not judged.
    #[serde(default)]
    pub safety_conditions: Option<Vec<String>>,
}

/// One involvement.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Involvement {
    /// What kind.
    pub kind: InvolvementKind,
    /// Since when.
    #[serde(default)]
    pub from: Option<Date>,
    /// Until when; nothing while it runs.
    #[serde(default)]
    pub until: Option<Date>,
    /// What may be used in the advice.
    #[serde(default)]
    pub for_advice: String,
    /// What is for the adviser only.
    #[serde(default)]
    pub for_adviser: String,
}

/// The kinds of involvement of RvdK, 3RO and Veilig Thuis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InvolvementKind {
    /// RvdK: protection inquiry.
    Beschermingsonderzoek,
    /// RvdK: inquiry in a criminal case.
    Strafonderzoek,
    /// RvdK: custody and contact.
    GezagEnOmgang,
    /// RvdK: measure (OTS, voogdij).
    Maatregel,
    /// RvdK: verzoek tot onderzoek running.
    VerzoekTotOnderzoek,
    /// 3RO: supervision.
    Toezicht,
    /// 3RO: advice.
    Advies,
    /// 3RO: community service.
    Taakstraf,
    /// 3RO: electronic monitoring.
    ElektronischToezicht,
    /// VT: first report.
    Melding,
    /// VT: report again.
    Hermelding,
    /// VT: follow-up report.
    Vervolgmelding,
    /// VT: safety plan.
    Veiligheidsplan,
    /// VT: monitoring.
    Monitoring,
}

/// A veiligheidsbeoordeling in the register.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgementRecord {
    /// Acuut gevaar.
    pub acute: LevelRecord,
    /// Structurele onveiligheid.
    pub structural: LevelRecord,
    /// Complexiteit.
    #[serde(default)]
    pub complexity: Option<LevelRecord>,
    /// VT's own words.
    #[serde(default)]
    pub text: String,
    /// The instrument.
    pub instrument: InstrumentRecord,
    /// The day.
    pub date: Date,
    /// References of the reports it covers.
    #[serde(default)]
    pub covers: BTreeSet<String>,
}

/// An instrument and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstrumentRecord {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
}

/// A level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum LevelRecord {
    /// None.
    Geen,
    /// There are signs.
    Aanwijzingen,
    /// Established.
    Vastgesteld,
}

/// Why a register could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Records that are wrong: the number of each, from one, and what is wrong with it.
    #[error("{}", sentences(.0))]
    Records(Vec<(usize, RecordFault)>),
    /// The journal could not be written.
    #[error("the register could not be kept: {0}")]
    Journal(#[from] zsm_journal::Error),
    /// A record could not be written as JSON.
    #[error("a record could not be written as json")]
    Json(#[from] serde_json::Error),
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordFault {
    /// The BSN fails the elfproef.
    Bsn,
    /// Neither a BSN nor a surname.
    Nameless,
    /// The date of birth has a wrong form.
    BirthDate,
    /// A parent's BSN fails the elfproef.
    Parent,
    /// Neither involvement nor judgement.
    Empty,
    /// A kind of involvement of another office.
    Involvement,
    /// A judgement at another office than Veilig Thuis.
    Judgement,
    /// Safety conditions at another office than Veilig Thuis.
    SafetyConditions,
    /// The BSN stands in an earlier record, or without one all that identifies the person does.
    Duplicate,
    /// No answer can tell what it holds: a text too long or a list too large for the contract, or something left empty.
    Untellable,
}

fn sentences(faults: &[(usize, RecordFault)]) -> String {
    let lines: Vec<String> =
        faults.iter().map(|(number, fault)| format!("record {number}: {}", fault.words())).collect();
    lines.join("; ")
}

impl RecordFault {
    /// What is wrong, without the value.
    pub fn words(self) -> &'static str {
        match self {
            RecordFault::Bsn => "the bsn fails the elfproef",
            RecordFault::Nameless => "without a bsn it needs a surname",
            RecordFault::BirthDate => "the birth_date is not a date",
            RecordFault::Parent => "a parent's bsn fails the elfproef",
            RecordFault::Empty => "it has neither involvement nor judgement",
            RecordFault::Involvement => "an involvement is of a kind that another office keeps",
            RecordFault::Judgement => "only Veilig Thuis keeps a judgement",
            RecordFault::SafetyConditions => "only Veilig Thuis keeps safety_conditions",
            RecordFault::Duplicate => "the person stands in an earlier record",
            RecordFault::Untellable => {
                "no answer can tell it: a text is too long, a list too large, or a condition, a reference or the instrument empty"
            }
        }
    }
}

impl Record {
    /// The one key by which the register keeps this record: the BSN, or else what the record says about who it is.
    pub fn key(&self) -> String {
        if !self.bsn.is_empty() {
            return self.bsn.clone();
        }
        let said = [&self.surname, &self.first_names, &self.birth_date, &self.postcode, &self.house_number];
        format!("person:{}", derive(&said.map(String::as_str).join("\n")))
    }

    /// Who it is about.
    pub fn identity(&self) -> Identity {
        Identity {
            bsn: Bsn::parse(&self.bsn),
            surname: self.surname.clone(),
            first_names: self.first_names.clone(),
            birth: PartialDate::parse(&self.birth_date).unwrap_or(PartialDate::Unknown),
            postcode: self.postcode.clone(),
            house_number: self.house_number.clone(),
        }
    }
}

impl From<LevelRecord> for Level {
    fn from(level: LevelRecord) -> Level {
        match level {
            LevelRecord::Geen => Level::Geen,
            LevelRecord::Aanwijzingen => Level::Aanwijzingen,
            LevelRecord::Vastgesteld => Level::Vastgesteld,
        }
    }
}

impl InvolvementKind {
    /// The office that keeps it.
    pub fn office(self) -> Kind {
        match self {
            InvolvementKind::Beschermingsonderzoek
            | InvolvementKind::Strafonderzoek
            | InvolvementKind::GezagEnOmgang
            | InvolvementKind::Maatregel
            | InvolvementKind::VerzoekTotOnderzoek => Kind::Rvdk,
            InvolvementKind::Toezicht
            | InvolvementKind::Advies
            | InvolvementKind::Taakstraf
            | InvolvementKind::ElektronischToezicht => Kind::Reclassering,
            InvolvementKind::Melding
            | InvolvementKind::Hermelding
            | InvolvementKind::Vervolgmelding
            | InvolvementKind::Veiligheidsplan
            | InvolvementKind::Monitoring => Kind::VeiligThuis,
        }
    }

    /// The words an official reads.
    pub fn title(self) -> &'static str {
        match self {
            InvolvementKind::Beschermingsonderzoek => "Beschermingsonderzoek",
            InvolvementKind::Strafonderzoek => "Strafonderzoek",
            InvolvementKind::GezagEnOmgang => "Gezag en omgang",
            InvolvementKind::Maatregel => "Maatregel",
            InvolvementKind::VerzoekTotOnderzoek => "Verzoek tot onderzoek",
            InvolvementKind::Toezicht => "Toezicht",
            InvolvementKind::Advies => "Advies",
            InvolvementKind::Taakstraf => "Taakstraf",
            InvolvementKind::ElektronischToezicht => "Elektronisch toezicht",
            InvolvementKind::Melding => "Melding",
            InvolvementKind::Hermelding => "Hermelding",
            InvolvementKind::Vervolgmelding => "Vervolgmelding",
            InvolvementKind::Veiligheidsplan => "Veiligheidsplan",
            InvolvementKind::Monitoring => "Monitoring",
        }
    }
}

/// Records hold personal data and are not printed.
macro_rules! unprintable {
    ($($record:ident),+) => {
        $(impl std::fmt::Debug for $record {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($record)).finish_non_exhaustive()
            }
        })+
    };
}

unprintable!(Register, Record, Involvement, JudgementRecord);
