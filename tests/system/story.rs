//! The stories that cases are made of. Nobody in them exists.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;
use zsm::{Item, Kind};
use zsm_proto::instant;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::model::v1::person_outcome::Outcome;
use zsm_proto::pb::om::v1 as om;
use zsm_proto::pb::om::v1::register_case_request::Suspect;

/// Under which request ids are derived: a story asks the same whenever it is told.
const REQUESTS: Uuid = Uuid::from_u128(0x7a73_6d00_7465_5374_9000_0000_0000_0001);

/// Stands in every free text of every story: wherever it turns up, something personal got out.
pub(crate) const MARK: &str = "Kwikzilver";
/// Words by which the people of these stories, and what is said of them, are known wherever they turn up.
pub(crate) const PERSONAL: [&str; 8] = [
    "999990",
    "Fictief",
    "Voorbeeld",
    "Sanne",
    "Gelezen en gewogen",
    "Wat de partner",
    "Herhaald geweld",
    "Draagt bij",
];

/// What kind of case it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plot {
    /// Flow a: nobody is known anywhere, and every register says so by itself.
    Unknown,
    /// Flow a: the mother has no BSN, so both questions go to a desk.
    AtTheDesk,
    /// The same; the adviser, and the desk of Veilig Thuis, warn of acute danger (D27).
    Warned,
    /// Flow b: everyone is known, and the judgement of Veilig Thuis covers the report.
    Known,
    /// Flow b: the judgement does not cover the report yet. The register answers that the triage runs, then the desk
    /// gives the judgement, and thinks better of it once it was weighed.
    Triage,
    /// Flow a, as at the desk; the police drop the case when a desk has begun to work on it.
    Dropped,
    /// The same, dropped as soon as the household is confirmed, while the lead hears of it and asks.
    DroppedAtOnce,
    /// An adult, and no domestic violence: outside the agreements, where nobody is asked anything (D1, D2).
    Outside,
}

/// One case.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    /// Tells stories of one house apart.
    pub(crate) number: u32,
    /// What kind of case it is.
    pub(crate) plot: Plot,
    now: Timestamp,
}

impl Plot {
    /// Those that end with a decision.
    pub(crate) const DECIDED: [Plot; 4] = [Plot::Unknown, Plot::AtTheDesk, Plot::Known, Plot::Triage];
    /// Every plot.
    pub(crate) const ALL: [Plot; 8] = [
        Plot::Unknown,
        Plot::AtTheDesk,
        Plot::Warned,
        Plot::Known,
        Plot::Triage,
        Plot::Dropped,
        Plot::DroppedAtOnce,
        Plot::Outside,
    ];

    /// The suspect is a minor.
    fn in_flow_a(self) -> bool {
        matches!(self, Plot::Unknown | Plot::AtTheDesk | Plot::Warned | Plot::Dropped | Plot::DroppedAtOnce)
    }

    /// There is domestic violence.
    fn is_hg_km(self) -> bool {
        matches!(self, Plot::Known | Plot::Triage)
    }

    /// The mother is known by name only.
    fn is_without_bsn(self) -> bool {
        matches!(self, Plot::AtTheDesk | Plot::Warned | Plot::Dropped | Plot::DroppedAtOnce)
    }
}

impl Story {
    /// The story with this number, which happens now.
    pub(crate) fn new(number: u32, plot: Plot, now: Timestamp) -> Self {
        Self { number, plot, now }
    }

    /// The id of a request in this story.
    pub(crate) fn request_id(&self, what: &str) -> String {
        Uuid::new_v5(&REQUESTS, format!("{}/{what}", self.number).as_bytes()).to_string()
    }

    /// Who leads.
    pub(crate) fn lead(&self) -> (Kind, &'static str) {
        if self.plot.in_flow_a() {
            (Kind::Rvdk, "rvdk/adviseur")
        } else {
            (Kind::Reclassering, "reclassering/adviseur")
        }
    }

    /// The desks that must answer, and how often.
    pub(crate) fn answers_of_desks(&self) -> &'static [(Item, u32)] {
        match self.plot {
            Plot::Unknown | Plot::Known | Plot::DroppedAtOnce | Plot::Outside => &[],
            Plot::AtTheDesk | Plot::Warned | Plot::Dropped => &[(Item::VeiligThuis, 1), (Item::Oudercheck, 1)],
            Plot::Triage => &[(Item::VeiligThuis, 2)],
        }
    }

    /// A warning of acute danger.
    pub(crate) fn warning(&self) -> model::Warning {
        let released_to = vec![model::Receiver::Om.into()];
        model::Warning { situation: told("Er is nu gevaar."), action: told("Ga langs."), released_to }
    }

    /// The route that is advised and taken.
    pub(crate) fn route(&self) -> model::Route {
        if self.plot.in_flow_a() { model::Route::Halt } else { model::Route::Dagvaarding }
    }

    fn report(&self) -> String {
        match self.plot {
            // The report that the shipped register of Veilig Thuis judges.
            Plot::Known => "VT-2026-0001".into(),
            _ => format!("VT-2026-1{:05}", self.number),
        }
    }

    fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::UTC).date()
    }

    fn born(&self, years_ago: i32) -> String {
        self.today().saturating_sub(years_ago.years()).to_string()
    }

    /// The registration.
    pub(crate) fn registration(&self) -> om::RegisterCaseRequest {
        let hour_ago = instant(self.now - SignedDuration::from_hours(1));
        let hg_km = if !self.plot.is_hg_km() {
            model::HgKm {
                answer: model::HgKmAnswer::Nee.into(),
                established_by: told("wachtcommandant"),
                established_at: Some(hour_ago),
                minors_witnessed: Some(false),
            }
        } else {
            model::HgKm { answer: model::HgKmAnswer::Ja.into(), ..Default::default() }
        };
        om::RegisterCaseRequest {
            request_id: self.request_id("register"),
            bvh_number: format!("PL0900-2026-{:06}", self.number),
            arrested: Some(true),
            arrived_at: Some(hour_ago),
            entry_route: model::EntryRoute::Politie.into(),
            region: "midden".into(),
            act: Some(model::Act {
                from: self.today().saturating_sub(1.day()).to_string(),
                until: String::new(),
                place: told("Utrecht"),
            }),
            offences: vec![if self.plot.is_hg_km() { "300 Sr".into() } else { "310 Sr".into() }],
            hg_km: Some(hg_km),
            suspect: Some(Suspect::Person(self.suspect())),
            household: Some(model::Household { persons: self.others(), unborn_of: Vec::new() }),
            police: Some(self.police()),
            ..Default::default()
        }
    }

    fn police(&self) -> model::PoliceRecord {
        use model::document::State as Document;
        use model::notice::State as Notice;
        let document = |state| Some(model::Document { state: Some(state) });
        let notice = |state| Some(model::Notice { state: Some(state) });
        let not_due = |because: &str| {
            notice(Notice::NotDue(model::NotDueNotice { because: told(because), vt_reference: String::new() }))
        };
        let present =
            model::PresentDocument { reference: told(&format!("PV-{}", self.number)), summary: told("Zie bijlage.") };
        if !self.plot.is_hg_km() {
            model::PoliceRecord {
                dossier: document(Document::Present(present)),
                lij: document(Document::AbsentBecause(told("Het LIJ was niet bereikbaar."))),
                report_to_vt: not_due("Geen huiselijk geweld of kindermishandeling."),
                zorgmelding: not_due("Geen zorgen over de thuissituatie."),
            }
        } else {
            let made = model::MadeNotice { reference: self.report(), person: 3 };
            model::PoliceRecord {
                dossier: document(Document::Present(present)),
                lij: None,
                report_to_vt: notice(Notice::Made(made)),
                zorgmelding: not_due("De melding aan Veilig Thuis omvat de zorg over het kind."),
            }
        }
    }

    /// The person list, the suspect too.
    pub(crate) fn household(&self) -> model::Household {
        let suspect = model::Person {
            number: 1,
            roles: vec![model::PersonRole::Verdachte.into()],
            relation: model::Relation::Zelf.into(),
            at_address: true,
            ..Default::default()
        };
        let persons = std::iter::once(suspect).chain(self.others()).collect();
        model::Household { persons, unborn_of: Vec::new() }
    }

    fn suspect(&self) -> model::Identity {
        if self.plot.in_flow_a() {
            identity("999990044", "Fictief", "Bram", &self.born(15))
        } else {
            identity("999990020", "Voorbeeld", "Daan", "1991-08-21")
        }
    }

    fn others(&self) -> Vec<model::Person> {
        let person = |number, identity, role: model::PersonRole, relation: model::Relation| model::Person {
            number,
            identity: Some(identity),
            roles: vec![role.into()],
            relation: relation.into(),
            at_address: true,
            further_person: None,
            ..model::Person::default()
        };
        if self.plot.in_flow_a() {
            let bsn = if self.plot.is_without_bsn() { "" } else { "999990056" };
            let mother = identity(bsn, "Fictief", "Els", &self.born(44));
            vec![person(2, mother, model::PersonRole::Betrokkene, model::Relation::Ouder)]
        } else {
            let (partner, child) = (
                identity("999990019", "Voorbeeld", "Sanne", "1994-03-02"),
                identity("999990032", "Voorbeeld", "Noor", "2018-05-14"),
            );
            vec![
                person(2, partner, model::PersonRole::Slachtoffer, model::Relation::Partner),
                person(3, child, model::PersonRole::Slachtoffer, model::Relation::Kind),
            ]
        }
    }

    /// What the lead finds in its own files about these persons.
    pub(crate) fn own_file(&self, about: &[u32]) -> model::Answer {
        model::Answer {
            outcomes: self.nobody(about),
            searched: Some(self.searched("Eigen register")),
            ..Default::default()
        }
    }

    /// The answer of a desk about these persons, at this turn.
    pub(crate) fn desk_answer(&self, item: Item, about: &[u32], turn: u32) -> model::Answer {
        let searched = Some(self.searched("Register van de balie"));
        if item != Item::VeiligThuis {
            return model::Answer { outcomes: self.nobody(about), searched, ..Default::default() };
        }
        let none = model::safety_conditions::State::None(model::NoSafetyConditions {});
        let (outcomes, judgement) = if self.plot.in_flow_a() {
            (self.nobody(about), model::judgement::Judgement::NoReportKnown(model::NoReportKnown {}))
        } else {
            let known = |person: &u32| model::PersonOutcome {
                person: *person,
                outcome: Some(Outcome::Known(model::Substance {
                    for_advice: told(&format!("Wat Veilig Thuis weet, keer {turn}.")),
                    for_adviser: told("De melder wil niet bekend worden."),
                })),
            };
            (about.iter().map(known).collect(), model::judgement::Judgement::Judged(self.judged()))
        };
        model::Answer {
            outcomes,
            searched,
            judgement: Some(model::Judgement { judgement: Some(judgement) }),
            safety_conditions: Some(model::SafetyConditions { state: Some(none) }),
            further_persons: Vec::new(),
            opinion: None,
        }
    }

    fn judged(&self) -> model::Judged {
        model::Judged {
            acute: model::Level::Aanwijzingen.into(),
            structural: model::Level::Vastgesteld.into(),
            complexity: model::Level::Unspecified.into(),
            text: told("Herhaald geweld."),
            instrument: Some(instrument()),
            date: self.today().to_string(),
            covers: vec![self.report()],
        }
    }

    fn nobody(&self, about: &[u32]) -> Vec<model::PersonOutcome> {
        let not_known = |person: &u32| model::PersonOutcome {
            person: *person,
            outcome: Some(Outcome::NotKnown(model::NotKnown {})),
        };
        about.iter().map(not_known).collect()
    }

    fn searched(&self, register: &str) -> model::Searched {
        model::Searched {
            identifiers: vec![model::IdentifierKind::NaamEnGeboortedatum.into()],
            register: told(register),
            as_of: Some(instant(self.now - SignedDuration::from_mins(5))),
            by: String::new(),
        }
    }

    /// The advice, quoting the judgement at this version, with the substance of the items in which someone is known.
    pub(crate) fn advice(&self, judgement_version: u32, known_in: &[model::ItemKind]) -> model::AdviceContent {
        use model::degree::Degree;
        let known = |level: model::Level| model::Degree {
            degree: Some(Degree::Known(model::KnownDegree {
                level: level.into(),
                at_least: false,
                severity: told("In woorden."),
                rests_on: vec![model::ItemKind::VeiligThuis.into()],
            })),
        };
        let (acute, structural) = if self.plot.in_flow_a() {
            (model::Level::Geen, model::Level::Geen)
        } else {
            (model::Level::Aanwijzingen, model::Level::Vastgesteld)
        };
        let unknown =
            Degree::Onbekend(model::UnknownDegree { because: told("Er is nog niet met het gezin gesproken.") });
        let substance =
            |item: &model::ItemKind| model::Substantiation { item: (*item).into(), text: told("Wat de partner zei.") };
        let none = model::safety_conditions::State::None(model::NoSafetyConditions {});
        model::AdviceContent {
            acute: Some(known(acute)),
            structural: Some(known(structural)),
            complexity: Some(model::Degree { degree: Some(unknown) }),
            instrument: Some(model::InstrumentUse { r#use: Some(model::instrument_use::Use::Used(instrument())) }),
            judgement_version,
            deviation: String::new(),
            disagreements: Vec::new(),
            substance: known_in.iter().map(substance).collect(),
            safety_conditions: Some(model::SafetyConditions { state: Some(none) }),
            proposal: Some(model::RouteProposal { route: self.route().into(), reason: told("Past bij de feiten.") }),
        }
    }
}

/// Free text, which says of itself that it may be seen by nobody else.
pub(crate) fn told(words: &str) -> String {
    format!("{words} {MARK}")
}

fn identity(bsn: &str, surname: &str, first_names: &str, birth_date: &str) -> model::Identity {
    model::Identity {
        bsn: bsn.into(),
        surname: told(surname),
        first_names: told(first_names),
        postcode: "9876ZX".into(),
        house_number: "12".into(),
        birth_date: birth_date.into(),
    }
}

fn instrument() -> model::Instrument {
    model::Instrument { name: "Triage-instrument Veilig Thuis".into(), version: "0.6".into() }
}
