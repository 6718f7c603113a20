//! Every way in which the law says no. Closed: a new one does not compile until it has a code in the contract.

use crate::fault::Faults;
use crate::gate::{Incomplete, Open};
use std::fmt;

/// A refusal: expected, and the caller can act on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The request is wrong in itself.
    Malformed(Faults),
    /// There is no such thing.
    NotFound,
    /// It is there already, under this name.
    AlreadyExists(String),
    /// This caller may not do this.
    Forbidden(Forbidden),
    /// The gate is shut.
    Incomplete(Incomplete),
    /// An advice cannot be signed: what is wrong with it, and what is open.
    Unsignable(Faults, Vec<Open>),
    /// Not in this state.
    NotNow(NotNow),
    /// Someone changed it since it was read.
    Outdated,
}

/// Why a caller may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Forbidden {
    /// The role may not do this at all (D31).
    Role,
    /// Another organisation or region than the one concerned (D19, D32).
    Organisation,
    /// No mandate on this day (D31).
    Mandate,
}

/// Why not in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotNow {
    /// Outside §3.8, or under twelve (D2).
    OutsideScope,
    /// A decision was made.
    Decided,
    /// The case is closed.
    Closed,
    /// Nothing is undecided.
    NothingToSettle,
    /// The assignment or question was withdrawn.
    Withdrawn,
    /// The answer does not count yet, so there is nothing to weigh.
    NotWeighable,
    /// A newer version arrived.
    Superseded,
    /// This item is not part of the assignment.
    NotRequired,
    /// The question is neither refused nor stuck.
    NotInTrouble,
    /// A colleague handles the assignment.
    WithColleague,
    /// The alert was answered otherwise.
    AlertAnswered,
    /// The case has not ended.
    StillOpen,
    /// No signed advice stands.
    NoAdviceStands,
    /// Nothing is newer than what the advice rests on.
    NothingNew,
    /// A question from before it told which case it is asked for (D27).
    CaseNotTold,
    /// The advice rests on an answer that was taken back.
    RestsOnRetracted,
    /// Who noted a telephone answer does not confirm it (D20).
    SecondPerson,
    /// The question is answered: what came in is weighed.
    Answered,
    /// The office that was phoned said something itself since (D20).
    AnsweredItself,
    /// Something newer was said or signed since.
    Overtaken,
}

impl Forbidden {
    /// A stable code for machines.
    pub fn code(self) -> &'static str {
        match self {
            Forbidden::Role => "ROL",
            Forbidden::Organisation => "ANDERE_ORGANISATIE",
            Forbidden::Mandate => "GEEN_MANDAAT",
        }
    }
}

impl NotNow {
    /// A stable code for machines.
    pub fn code(self) -> &'static str {
        match self {
            NotNow::OutsideScope => "BUITEN_REIKWIJDTE",
            NotNow::Decided => "AL_BESLIST",
            NotNow::Closed => "GESLOTEN",
            NotNow::NothingToSettle => "NIETS_TE_BESLISSEN",
            NotNow::Withdrawn => "INGETROKKEN",
            NotNow::NotWeighable => "NOG_NIET_TE_WEGEN",
            NotNow::Superseded => "ACHTERHAALD",
            NotNow::NotRequired => "NIET_NODIG",
            NotNow::NotInTrouble => "LOOPT_NOG",
            NotNow::WithColleague => "BIJ_EEN_COLLEGA",
            NotNow::AlertAnswered => "AL_BEANTWOORD",
            NotNow::StillOpen => "NIET_GEEINDIGD",
            NotNow::NoAdviceStands => "GEEN_GELDEND_ADVIES",
            NotNow::NothingNew => "NIETS_NIEUWS",
            NotNow::CaseNotTold => "ZAAK_NIET_BEKEND",
            NotNow::RestsOnRetracted => "RUST_OP_INGETROKKEN_ANTWOORD",
            NotNow::SecondPerson => "TWEEDE_PERSOON_NODIG",
            NotNow::Answered => "BEANTWOORD",
            NotNow::AnsweredItself => "ZELF_GEANTWOORD",
            NotNow::Overtaken => "INGEHAALD",
        }
    }

    /// A sentence for an official (Dutch, B1).
    pub fn sentence(self) -> &'static str {
        match self {
            NotNow::OutsideScope => "Deze zaak valt buiten de afspraken voor ZSM. Sluit de zaak af.",
            NotNow::Decided => "In deze zaak is al beslist.",
            NotNow::Closed => "Deze zaak is gesloten.",
            NotNow::NothingToSettle => "De stroom van deze zaak staat al vast.",
            NotNow::Withdrawn => "Deze opdracht of vraag is ingetrokken.",
            NotNow::NotWeighable => "Dit antwoord telt nog niet mee. Er is nog niets te wegen.",
            NotNow::Superseded => "Er is een nieuwere versie. Weeg die.",
            NotNow::NotRequired => "Dit onderdeel hoort niet bij deze opdracht.",
            NotNow::NotInTrouble => "Deze vraag loopt nog.",
            NotNow::WithColleague => "Een collega behandelt deze opdracht. Neem de opdracht eerst over.",
            NotNow::AlertAnswered => "Op deze melding is al geantwoord.",
            NotNow::StillOpen => "Deze zaak loopt nog.",
            NotNow::NoAdviceStands => "Er is geen getekend advies dat geldt. Teken een advies.",
            NotNow::NothingNew => "Er is niets nieuws. Het advies geldt nog.",
            NotNow::CaseNotTold => "Bij deze vraag staat niet om welke zaak het gaat. Bel het OM meteen.",
            NotNow::Answered => "Deze vraag is beantwoord. Weeg het antwoord.",
            NotNow::RestsOnRetracted => {
                "Het advies rust op een antwoord dat is teruggetrokken. Schrijf het advies opnieuw en teken het."
            }
            NotNow::Overtaken => "Dit is ingehaald door een nieuwer bericht. Lees het opnieuw.",
            NotNow::SecondPerson => "U legde dit antwoord zelf vast. Een collega moet het bevestigen.",
            NotNow::AnsweredItself => {
                "Uw organisatie liet na dit gesprek zelf iets weten. U kunt het gesprek niet meer bevestigen."
            }
        }
    }
}

impl Refusal {
    /// A stable code for machines (the reason in `google.rpc.ErrorInfo`).
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Malformed(_) => "ONJUIST_VERZOEK",
            Refusal::NotFound => "BESTAAT_NIET",
            Refusal::AlreadyExists(_) => "BESTAAT_AL",
            Refusal::Forbidden(why) => why.code(),
            Refusal::Incomplete(_) => "POORT_DICHT",
            Refusal::Unsignable(faults, _) if faults.is_empty() => "POORT_DICHT",
            Refusal::Unsignable(..) => "ONJUIST_VERZOEK",
            Refusal::NotNow(why) => why.code(),
            Refusal::Outdated => "INTUSSEN_GEWIJZIGD",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::Malformed(_) => "Het verzoek klopt niet.",
            Refusal::NotFound => "Dit bestaat niet.",
            Refusal::AlreadyExists(_) => "Deze zaak is al geregistreerd.",
            Refusal::Forbidden(Forbidden::Role) => "Uw rol mag dit niet.",
            Refusal::Forbidden(Forbidden::Organisation) => "Dit hoort bij een andere organisatie of regio.",
            Refusal::Forbidden(Forbidden::Mandate) => "Er is op deze dag geen mandaat voor u vastgelegd.",
            Refusal::Incomplete(_) => "De poort is dicht: nog niet alle informatie is beschikbaar en gewogen.",
            Refusal::Unsignable(..) => "Het advies kan nog niet worden getekend.",
            Refusal::NotNow(why) => why.sentence(),
            Refusal::Outdated => "Intussen is dit gewijzigd. Lees het opnieuw.",
        })
    }
}

impl std::error::Error for Refusal {}

impl From<Faults> for Refusal {
    fn from(faults: Faults) -> Self {
        Refusal::Malformed(faults)
    }
}

impl From<Incomplete> for Refusal {
    fn from(incomplete: Incomplete) -> Self {
        Refusal::Incomplete(incomplete)
    }
}

impl From<Forbidden> for Refusal {
    fn from(why: Forbidden) -> Self {
        Refusal::Forbidden(why)
    }
}

impl From<NotNow> for Refusal {
    fn from(why: NotNow) -> Self {
        Refusal::NotNow(why)
    }
}
