//! What is wrong with a request: every fault by field, all at once, never a value of the request itself.

use std::fmt;

/// One fault: which field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Path of the field in the request, as in `persons[1].identity.bsn`.
    pub field: String,
    /// What is wrong.
    pub problem: Problem,
}

/// Everything that can be wrong with a field. Closed, so that each kind has a code and a Dutch sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Problem {
    /// The field must be filled in.
    Missing,
    /// The field must be left out here.
    Superfluous,
    /// An enum value or outcome that this release does not know (E3, CONTRACT_NEWER when sent by a service).
    Unknown,
    /// The form is wrong: not a date, not a resource name, not a UUID.
    Form,
    /// The text is longer than the contract allows.
    TooLong,
    /// More elements than the contract allows.
    TooMany,
    /// The BSN fails the elfproef.
    Elfproef,
    /// A date or instant that lies in the future.
    InFuture,
    /// The act lies before the suspect's birth.
    BeforeBirth,
    /// The end lies before the beginning.
    EndBeforeStart,
    /// The same person or number twice.
    Duplicate,
    /// A person who is not on the person list.
    UnknownPerson,
    /// An answer or a line about someone who was not asked about.
    NotAsked,
    /// An asked person is left out (D11).
    LeftOut,
    /// A certain adult in a kindcheck, or a certain minor in an oudercheck (A10).
    WrongAge,
    /// A version that does not exist.
    NoSuchVersion,
    /// In HG/KM cases this is not a possible answer (D6, D14).
    NotInHgKm,
    /// NEE while a minor witnessed: a child that witnesses counts as KM (D1, A9).
    WitnessCountsAsKm,
    /// VT's judgement does not cover this case's report (D14).
    ReportNotCovered,
    /// The instrument must be used in flow a (D18).
    InstrumentObligatory,
    /// The advice deviates from VT's judgement without saying why (A32).
    DeviationUnexplained,
    /// Says to follow the advice but takes another route, or deviates without a difference (D34).
    NotTheAdvisedRoute,
    /// A settlement that the facts exclude (D3).
    ExcludedByFacts,
    /// A person drops out of the household without a reason (D7).
    ShrinksWithoutReason,
    /// The number belongs to someone else on the list.
    NumberOfAnother,
    /// The outcome is not one that this office can give.
    NotForThisOffice,
    /// An instant that lies in the past.
    InPast,
    /// Veilig Thuis gave the acute part only; the rest of its triage still runs (D15).
    OnlyAcutePart,
    /// An act that cannot follow on what was recorded.
    OutOfOrder,
    /// A municipality of which nothing is known on that day: a person must choose the region (D32).
    UnknownMunicipality,
    /// A firm degree over a hole in what it rests on (D17).
    AtLeastOverHole,
    /// Of another incident: answers are shared within one only (A12).
    OtherIncident,
    /// For another item: answers are shared for the same purpose only (A12).
    OtherItem,
    /// It does not cover the same persons.
    OtherPersons,
    /// It has no answer.
    NotAnswered,
    /// A telephone call that was made too long ago to stand in for an answer (D28).
    TooLongAgo,
    /// An office that has no part in this.
    OfficeNotInvolved,
    /// A question that the adviser did not add himself (D7).
    NotAskedFurther,
    /// A second woman who is pregnant: a kindcheck asks about one unborn child (A11).
    SecondUnborn,
}

impl Problem {
    /// A stable code for machines.
    pub fn code(self) -> &'static str {
        use Problem::*;
        match self {
            Missing => "ONTBREEKT",
            Superfluous => "OVERBODIG",
            Unknown => "ONBEKENDE_WAARDE",
            Form => "VORM",
            TooLong => "TE_LANG",
            TooMany => "TE_VEEL",
            Elfproef => "BSN_ELFPROEF",
            InFuture => "IN_DE_TOEKOMST",
            BeforeBirth => "VOOR_GEBOORTE",
            EndBeforeStart => "EINDE_VOOR_BEGIN",
            Duplicate => "DUBBEL",
            UnknownPerson => "ONBEKENDE_PERSOON",
            NotAsked => "NIET_GEVRAAGD",
            LeftOut => "WEGGELATEN",
            WrongAge => "VERKEERDE_LEEFTIJD",
            NoSuchVersion => "VERSIE_BESTAAT_NIET",
            NotInHgKm => "NIET_BIJ_HG_KM",
            WitnessCountsAsKm => "GETUIGE_TELT_ALS_KM",
            ReportNotCovered => "MELDING_NIET_BEOORDEELD",
            InstrumentObligatory => "INSTRUMENT_VERPLICHT",
            DeviationUnexplained => "AFWIJKING_ZONDER_REDEN",
            NotTheAdvisedRoute => "NIET_DE_GEADVISEERDE_ROUTE",
            ExcludedByFacts => "UITGESLOTEN_DOOR_FEITEN",
            ShrinksWithoutReason => "KRIMP_ZONDER_REDEN",
            NumberOfAnother => "NUMMER_VAN_EEN_ANDER",
            NotForThisOffice => "NIET_VAN_DIT_BUREAU",
            InPast => "IN_HET_VERLEDEN",
            OnlyAcutePart => "ALLEEN_ACUUT_DEEL",
            OutOfOrder => "VOLGORDE",
            UnknownMunicipality => "ONBEKENDE_GEMEENTE",
            AtLeastOverHole => "TEN_MINSTE_NODIG",
            OtherIncident => "ANDER_VOORVAL",
            OtherItem => "ANDER_ONDERDEEL",
            OtherPersons => "ANDERE_PERSONEN",
            NotAnswered => "NIET_BEANTWOORD",
            TooLongAgo => "TE_LANG_GELEDEN",
            OfficeNotInvolved => "BUREAU_NIET_BETROKKEN",
            NotAskedFurther => "NIET_ZELF_GESTELD",
            SecondUnborn => "TWEEDE_ONGEBOREN_KIND",
        }
    }

    /// A sentence for an official (Dutch, B1).
    pub fn sentence(self) -> &'static str {
        use Problem::*;
        match self {
            Missing => "Vul dit veld in.",
            Superfluous => "Laat dit veld hier leeg.",
            Unknown => "Deze waarde is niet bekend.",
            Form => "De vorm van dit veld klopt niet.",
            TooLong => "De tekst is te lang.",
            TooMany => "Dit zijn er te veel.",
            Elfproef => "Dit BSN klopt niet (elfproef).",
            InFuture => "Dit ligt in de toekomst.",
            BeforeBirth => "Het feit ligt voor de geboorte van de verdachte.",
            EndBeforeStart => "Het einde ligt voor het begin.",
            Duplicate => "Dit staat er twee keer.",
            UnknownPerson => "Deze persoon staat niet op de personenlijst.",
            NotAsked => "Naar deze persoon is niet gevraagd.",
            LeftOut => "Over een gevraagde persoon ontbreekt het antwoord.",
            WrongAge => "Deze persoon hoort door zijn leeftijd niet in deze vraag.",
            NoSuchVersion => "Deze versie bestaat niet.",
            NotInHgKm => "Dit kan niet bij huiselijk geweld of kindermishandeling.",
            WitnessCountsAsKm => "Een kind dat getuige was telt als kindermishandeling: kies JA.",
            ReportNotCovered => "Het oordeel van Veilig Thuis gaat niet over de melding van deze zaak.",
            InstrumentObligatory => "Bij een minderjarige verdachte hoort het triage-instrument gebruikt te zijn.",
            DeviationUnexplained => "Dit wijkt af van het oordeel van Veilig Thuis. Leg uit waarom.",
            NotTheAdvisedRoute => "Volgen of afwijken past niet bij de gekozen route.",
            ExcludedByFacts => "De vastgelegde feiten sluiten dit uit.",
            ShrinksWithoutReason => "Er wordt minder gevraagd dan eerst. Geef een reden.",
            NumberOfAnother => "Dit nummer is van iemand anders. Geef een nieuw nummer.",
            NotForThisOffice => "Dit past niet bij dit bureau.",
            InPast => "Dit ligt in het verleden.",
            OnlyAcutePart => "Alleen het acute deel is beoordeeld. De rest van de triage loopt nog.",
            OutOfOrder => "Dit past niet in de volgorde van wat al is vastgelegd.",
            UnknownMunicipality => {
                "Deze gemeente staat niet in de lijst van deze dag. Kies zelf de regio van Veilig Thuis."
            }
            AtLeastOverHole => "Dit rust op informatie die niet volledig is. Zeg dat het ten minste zo is.",
            OtherIncident => "Die vraag hoort bij een ander voorval.",
            OtherItem => "Die vraag is voor een ander onderdeel.",
            OtherPersons => "Die vraag gaat niet over dezelfde personen.",
            NotAnswered => "Die vraag heeft geen antwoord.",
            TooLongAgo => "Dit is te lang geleden. Bel opnieuw.",
            OfficeNotInvolved => "Dit bureau is niet betrokken bij deze beslissing.",
            NotAskedFurther => "Deze vraag heeft de adviseur niet zelf extra gesteld.",
            SecondUnborn => {
                "De RvdK krijgt de vraag over één ongeboren kind. Bel de RvdK over dit andere kind en noteer dat."
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// All faults found in one request; collect with [`Faults::add`], end with [`Faults::or`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// No faults yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One fault and no other.
    pub fn one(field: impl Into<String>, problem: Problem) -> Self {
        let mut faults = Self::new();
        faults.add(field, problem);
        faults
    }

    /// Notes a fault; the same fault twice counts once.
    pub fn add(&mut self, field: impl Into<String>, problem: Problem) {
        let fault = Fault { field: field.into(), problem };
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    /// Notes a fault unless something holds.
    pub fn require(&mut self, holds: bool, field: impl Into<String>, problem: Problem) {
        if !holds {
            self.add(field, problem);
        }
    }

    /// Takes over the faults of another list.
    pub fn merge(&mut self, other: Faults) {
        for fault in other.0 {
            self.add(fault.field, fault.problem);
        }
    }

    /// The same faults, of fields below a field.
    #[must_use]
    pub fn under(self, field: &str) -> Faults {
        let below = |fault: Fault| Fault { field: format!("{field}.{}", fault.field), ..fault };
        Faults(self.0.into_iter().map(below).collect())
    }

    /// The same faults, those below one field put below another.
    #[must_use]
    pub fn moved(self, from: &str, to: &str) -> Faults {
        let moved = |fault: Fault| match fault.field.strip_prefix(from) {
            Some(rest) if rest.is_empty() || rest.starts_with('.') => Fault { field: format!("{to}{rest}"), ..fault },
            _ => fault,
        };
        Faults(self.0.into_iter().map(moved).collect())
    }

    /// Whether nothing was wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// The value, or everything that is wrong.
    ///
    /// # Errors
    /// The faults, when there are any.
    pub fn or<T>(self, value: T) -> Result<T, Faults> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}
