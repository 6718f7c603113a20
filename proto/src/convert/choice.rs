//! Enums, one to one: a value that is not set or not known is never taken for another.

use crate::pb::{adviser::v1 as adviser, model::v1 as model, om::v1 as om, source::v1 as source};
use zsm::Problem;
use zsm::answer::Identifier;
use zsm::case::{AdviceStanding, CloseReason, Exit};
use zsm::custody::Standing;
use zsm::decision::Route;
use zsm::degree::{Dimension, Level};
use zsm::enquiry::Stage;
use zsm::flow::{Flow, SettledAge};
use zsm::hole;
use zsm::household::{AgeClass, PersonRole, Relation};
use zsm::identity::Deviation;
use zsm::item::{Code, Item, Trouble};
use zsm::organisation::{Kind, Role};
use zsm::police::EntryRoute;
use zsm::signal::Receiver;

use super::request::adviser::Reported;

/// A value of the law that an enum number stands for.
pub(super) trait Choice: Sized {
    /// The value, or what is wrong with the number.
    fn choose(number: i32) -> Result<Self, Problem>;
}

/// Every value of the law has its value on the wire and the other way round; both matches are exhaustive.
macro_rules! mirror {
    ($law:ty = $wire:ty { $($value:ident = $on_wire:ident),+ $(,)? }) => {
        impl From<$law> for $wire {
            fn from(value: $law) -> Self {
                match value {
                    $(<$law>::$value => <$wire>::$on_wire,)+
                }
            }
        }

        impl Choice for $law {
            fn choose(number: i32) -> Result<Self, Problem> {
                match <$wire>::try_from(number) {
                    Ok(<$wire>::Unspecified) => Err(Problem::Missing),
                    $(Ok(<$wire>::$on_wire) => Ok(<$law>::$value),)+
                    Err(_) => Err(Problem::Unknown),
                }
            }
        }
    };
}

mirror!(Exit = om::AlertExit {
    Stands = BlijftStaan,
    Reopened = Heropend,
});

mirror!(AdviceStanding = om::AdviceStanding {
    None = Geen,
    Signed = Getekend,
    Stale = Achterhaald,
    Withdrawn = Ingetrokken,
});

mirror!(Kind = model::OrganisationKind {
    Politie = Politie,
    Om = Om,
    Rvdk = Rvdk,
    Reclassering = Reclassering,
    VeiligThuis = VeiligThuis,
});

mirror!(Role = model::OfficialRole {
    Politie = Politie,
    Operator = Operator,
    Officier = OfficierVanJustitie,
    Parketsecretaris = Parketsecretaris,
    Adviseur = Adviseur,
    Balie = Balie,
    Dienst = Dienst,
    Beheerder = Beheerder,
});

mirror!(PersonRole = model::PersonRole {
    Verdachte = Verdachte,
    Slachtoffer = Slachtoffer,
    Getuige = Getuige,
    Betrokkene = Betrokkene,
});

mirror!(Relation = model::Relation {
    Zelf = Zelf,
    Ouder = Ouder,
    Partner = Partner,
    ExPartner = ExPartner,
    Kind = Kind,
    BroerZus = BroerZus,
    OverigGezin = OverigGezin,
    GeenFamilie = GeenFamilie,
});

mirror!(AgeClass = model::AgeClass { Minor = Minderjarig, Adult = Meerderjarig, Uncertain = Onzeker });

mirror!(EntryRoute = model::EntryRoute { Police = Politie, VeiligThuis = VeiligThuis });

mirror!(SettledAge = model::SettledAge {
    Under12 = Onder12,
    Minor = Minderjarig,
    Adult = Meerderjarig,
    Unresolvable = Onoplosbaar,
});

mirror!(Route = model::Route {
    Halt = Halt,
    SepotOnvoorwaardelijk = SepotOnvoorwaardelijk,
    SepotVoorwaardelijk = SepotVoorwaardelijk,
    Strafbeschikking = Strafbeschikking,
    Transactie = Transactie,
    Dagvaarding = Dagvaarding,
    Mediation = Mediation,
    Overdracht = Overdracht,
    NaderOnderzoek = NaderOnderzoek,
    TerugNaarZorg = TerugNaarZorg,
});

mirror!(Item = model::ItemKind {
    VeiligThuis = VeiligThuis,
    Oudercheck = Oudercheck,
    Kindcheck = Kindcheck,
    EigenOnderzoek = EigenOnderzoek,
    Politiedossier = Politiedossier,
});

mirror!(Identifier = model::IdentifierKind {
    Bsn = Bsn,
    NameAndBirth = NaamEnGeboortedatum,
    Address = Adres,
});

mirror!(Level = model::Level { Geen = Geen, Aanwijzingen = Aanwijzingen, Vastgesteld = Vastgesteld });

mirror!(Dimension = model::Dimension {
    Acute = AcuutGevaar,
    Structural = StructureleOnveiligheid,
    Complexity = Complexiteit,
});

mirror!(hole::Kind = model::HoleKind {
    LeftOut = Weggelaten,
    OnlyAcutePart = AlleenAcuteDeel,
    ConditionsNotJudged = VoorwaardenNietBeoordeeld,
    NoDossier = GeenDossier,
    NoLij = GeenLij,
    Withheld = NietVrijgegeven,
});

mirror!(Code = model::IncompleteCode {
    NogNietVolledig = NogNietVolledig,
    Identiteit = Identiteit,
    Geweigerd = Geweigerd,
    Regio = Regio,
});

mirror!(Trouble = model::Trouble { Refused = Geweigerd, Stuck = Vastgelopen });

mirror!(Receiver = model::Receiver { Om = Om, Politie = Politie });

mirror!(CloseReason = om::CloseReason {
    Duplicate = Dubbel,
    DroppedByPolice = IngetrokkenDoorPolitie,
    SuspectDied = VerdachteOverleden,
    Transferred = Overgedragen,
    PartnerRefuses = PartnerWeigert,
    OutsideScope = BuitenReikwijdte,
    DecidedElsewhere = BuitenSysteemBeslist,
});

impl From<Standing> for om::CustodyState {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Vrij => Self::Vrij,
            Standing::Aangekomen => Self::Aangekomen,
            Standing::Opgehouden { .. } => Self::Opgehouden,
            Standing::InVerzekering => Self::InVerzekering,
            Standing::Verlengd => Self::Verlengd,
            Standing::Voorgeleid => Self::Voorgeleid,
            Standing::InVrijheid => Self::InVrijheid,
        }
    }
}

impl From<&Flow> for model::Flow {
    fn from(flow: &Flow) -> Self {
        match flow {
            Flow::A => Self::A,
            Flow::B => Self::B,
            Flow::Outside(_) => Self::BuitenReikwijdte,
            Flow::Under12 => Self::Onder12,
            Flow::Undecided(_) => Self::Onbeslist,
        }
    }
}

/// Only what a lead can be asked for: a brief exists in flows a and b alone.
impl Choice for Flow {
    fn choose(number: i32) -> Result<Self, Problem> {
        match model::Flow::try_from(number) {
            Ok(model::Flow::A) => Ok(Flow::A),
            Ok(model::Flow::B) => Ok(Flow::B),
            Ok(model::Flow::Unspecified) => Err(Problem::Missing),
            Ok(model::Flow::BuitenReikwijdte | model::Flow::Onder12 | model::Flow::Onbeslist) | Err(_) => {
                Err(Problem::Unknown)
            }
        }
    }
}

impl From<Stage> for adviser::QuestionState {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Received => Self::Ontvangen,
            Stage::TakenUp => Self::Opgepakt,
            Stage::Answered => Self::Beantwoord,
            Stage::Retracted => Self::AntwoordIngetrokken,
            Stage::Withdrawn => Self::Ingetrokken,
        }
    }
}

impl From<Reported> for adviser::QuestionState {
    fn from(reported: Reported) -> Self {
        match reported {
            Reported::Received => Self::Ontvangen,
            Reported::TakenUp => Self::Opgepakt,
        }
    }
}

/// A source reports only these two: an answer is delivered, and the lead withdraws.
impl Choice for Reported {
    fn choose(number: i32) -> Result<Self, Problem> {
        use adviser::QuestionState;
        match QuestionState::try_from(number) {
            Ok(QuestionState::Ontvangen) => Ok(Reported::Received),
            Ok(QuestionState::Opgepakt) => Ok(Reported::TakenUp),
            Ok(QuestionState::Unspecified) => Err(Problem::Missing),
            Ok(QuestionState::Beantwoord | QuestionState::Ingetrokken | QuestionState::AntwoordIngetrokken)
            | Err(_) => Err(Problem::Unknown),
        }
    }
}

mirror!(Deviation = source::Deviation {
    OtherBsn = BsnAnders,
    BsnNotHeld = BsnNietInRegister,
    SurnameSlip = AchternaamEenLetter,
    SurnameVariant = AchternaamAndereVorm,
    OtherSurname = AchternaamAnders,
    FirstNamesSlip = VoornaamEenLetter,
    FirstNamesVariant = VoornaamAndereVorm,
    OtherFirstNames = VoornaamAnders,
    FirstNamesUnknown = VoornaamOnbekend,
    BirthSwapped = GeboortedatumOmgedraaid,
    BirthSlip = GeboortedatumEenCijfer,
    BirthPartial = GeboortedatumDeels,
    OtherBirth = GeboortedatumAnders,
    BirthUnknown = GeboortedatumOnbekend,
    OtherAddress = AdresAnders,
    AddressUnknown = AdresOnbekend,
    SeveralFit = MeerPersonen,
});
