//! Which forms a stored value can have, and whether some golden file holds each.
//!
//! A list here does not compile while a form of its enum is missing: who adds one, adds a golden file.

use super::files::Stored;
use super::{AtLead, AtOm, AtSource};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use zsm::advice::InstrumentUse;
use zsm::answer::Identifier;
use zsm::assignment::Occasion;
use zsm::case::CloseReason;
use zsm::custody::Step;
use zsm::date::PartialDate;
use zsm::decision::{Route, Stance};
use zsm::degree::{Degree, Dimension, Level};
use zsm::disagreement::Voice;
use zsm::draft::DraftDegree;
use zsm::flow::{Flow, SettledAge, SuspectKind};
use zsm::gate::Subject;
use zsm::hole::Kind as HoleKind;
use zsm::household::{AgeClass, PersonRole, Relation};
use zsm::item::{Code, State, Trouble};
use zsm::judgement::{Judgement, SafetyConditions};
use zsm::look::{Finding, Matter};
use zsm::offence::HgKm;
use zsm::outcome::Outcome;
use zsm::permission::Permission;
use zsm::police::{Document, EntryRoute, Notice};
use zsm::progress::AdviceState;
use zsm::signal::Receiver;
use zsm::{Item, Kind, Role};

/// The forms of an enum, and the fields in which it is stored.
pub(super) struct Every {
    name: &'static str,
    fields: &'static [&'static str],
    pub(super) forms: &'static [&'static str],
}

macro_rules! every {
    ($enum:ident in $($field:literal)|+: $($form:ident)+ $(; never $($never:ident)+)?) => {{
        let _ = |one: &$enum| match one {
            $($enum::$form { .. } => (),)+
            $($($enum::$never { .. } => (),)+)?
        };
        Every { name: stringify!($enum), fields: &[$($field),+], forms: &[$(stringify!($form)),+] }
    }};
}

/// Every event at OM.
pub(super) fn at_om() -> Every {
    every!(AtOm in "kind": Registered PoliceRecorded HouseholdConfirmed FlowSettled Briefed BriefDelivered BriefDeliveredLate Progressed
        AdviceReceived AssignmentEnded FormerBriefed FormerReported FormerTroubled FormerTold NotCounted AnswersRetracted Amended AlertRaised AlertAnswered Reopened Troubled CallTroubled CallRecovered Decided LookedAgain Closed
        CallLogged CustodyRecorded CustodyStruck DossierPermissionDecided SignalReceived)
}

/// Every event at the lead.
pub(super) fn at_lead() -> Every {
    every!(AtLead in "kind": Created Briefed Asked AlsoAsked LetGo Dropped QuestionWithdrawn QuestionDelivered QuestionTakenUp Answered
        OwnFileRecorded DossierReceived FurtherPersonNamed Weighed AdviceSigned AdviceWithdrawn DraftSaved TakenOver NotCounted AnswerRetracted TelephoneAnswerRecorded TelephoneAnswerConfirmed Troubled Recovered Retried DecisionHeard SignalRaised Withdrawn Recalled)
}

/// Every event at a source.
pub(super) fn at_source() -> Every {
    every!(AtSource in "kind": Received TakenUp Answered Retracted SupplementTakenUp SupplementPutDown TelephoneAnswerNoted TelephoneAnswerConfirmed DecisionHeard SignalRaised Withdrawn Troubled Recovered)
}

fn values() -> Vec<Every> {
    use zsm::assignment::Errand as LeadErrand;
    use zsm::case::Errand as OmErrand;
    use zsm::enquiry::Errand as SourceErrand;
    vec![
        every!(Occasion in "occasion": AskedBy SentOnFrom),
        every!(Outcome in "outcome": Known NotKnown Partly TriageRunning Ambiguous Refused WrongRegion),
        every!(Judgement in "judgement": Judged NoReportKnown AcutePart),
        every!(SafetyConditions in "safety_conditions": None List NotYetJudged),
        every!(Degree in "acute"|"structural"|"complexity": Known Onbekend),
        every!(HoleKind in "kind": LeftOut OnlyAcutePart ConditionsNotJudged NoDossier NoLij Withheld),
        every!(Voice in "voice": Adviser Item),
        every!(Dimension in "dimension": Acute Structural Complexity),
        every!(DraftDegree in "acute"|"structural"|"complexity": Known Onbekend),
        every!(Level in "level"|"acute"|"structural": Geen Aanwijzingen Vastgesteld),
        every!(InstrumentUse in "instrument": Used NotUsed),
        every!(Identifier in "identifiers": Bsn NameAndBirth Address),
        every!(Document in "dossier"|"lij": Present Absent Withheld),
        every!(Notice in "report_to_vt"|"zorgmelding": Made NotDue),
        every!(EntryRoute in "entry_route": Police VeiligThuis),
        every!(HgKm in "hg_km": Ja Nee Onbekend),
        every!(SuspectKind in "suspect": Person LegalPerson Unknown),
        every!(SettledAge in "age": Under12 Minor Adult Unresolvable),
        every!(Flow in "flow": A B; never Outside Under12 Undecided), // only a and b are briefed
        every!(AgeClass in "age": Minor Adult Uncertain),
        every!(PersonRole in "roles": Verdachte Slachtoffer Getuige Betrokkene),
        every!(Relation in "relation": Zelf Ouder Partner ExPartner Kind BroerZus OverigGezin GeenFamilie),
        every!(PartialDate in "birth": Day Month Year Unknown),
        every!(Item in "item": VeiligThuis Oudercheck Kindcheck EigenOnderzoek Politiedossier),
        every!(State in "state": NotAsked Queued Asked TakenUp Incomplete Answered Weighed),
        every!(Code in "Incomplete": NogNietVolledig Identiteit Geweigerd Regio),
        every!(Trouble in "trouble": Refused Stuck),
        every!(AdviceState in "advice": None Signed Withdrawn),
        every!(LeadErrand in "errand": Ask Withdraw TellTelephoneAnswer Report Submit Signal),
        every!(OmErrand in "errand": TellLead TellSource TellLeadReopened TellSourceReopened ConfirmAdvice ConfirmAnswer; never Brief Withdraw WithdrawFormer), // they stand on the assignment
        every!(Matter in "matter": Advice Answer),
        every!(Finding in "finding": Current Newer InProgress UnknownQuestion; never Unreachable), // then it is asked on
        every!(SourceErrand in "errand": ReportTakenUp Deliver Signal TakeBackCopies FollowOrigin),
        every!(Receiver in "released_to": Om Politie),
        every!(Subject in "subject": Item Household Advice Flow HgKm Signal Act; never ReportToVt Zorgmelding Assignment), // of an alert
        every!(Route in "route": Halt SepotOnvoorwaardelijk SepotVoorwaardelijk Strafbeschikking Transactie Dagvaarding
            Mediation Overdracht NaderOnderzoek TerugNaarZorg),
        every!(Stance in "stance": Follows Deviates),
        every!(Step in "step": Aankomst Ophouden Inverzekeringstelling Verlenging Voorgeleiding Invrijheidstelling),
        every!(Permission in "permission": Granted Refused),
        every!(CloseReason in "reason": Duplicate DroppedByPolice SuspectDied Transferred PartnerRefuses OutsideScope
            DecidedElsewhere),
        every!(Kind in "kind": Politie Om Rvdk Reclassering VeiligThuis),
        every!(Role in "role": Politie Operator Officier Parketsecretaris Adviseur Balie; never Dienst Beheerder), // they sign nothing
    ]
}

/// Every form that no golden file holds.
pub(super) fn unseen(stored: impl Iterator<Item = Stored>) -> Vec<String> {
    let mut seen = BTreeMap::new();
    for one in stored {
        collect(&one.body, &mut seen);
        one.personal.iter().for_each(|slot| collect(&slot.body, &mut seen));
    }
    let mut faults = Vec::new();
    for every in values() {
        let held = |form: &str| every.fields.iter().any(|field| seen.get(*field).is_some_and(|one| one.contains(form)));
        let missing = every.forms.iter().filter(|form| !held(&plain(form)));
        faults.extend(missing.map(|form| format!("{}::{form}", every.name)));
    }
    faults
}

/// By field, the names that stand in it: a variant is a text, or an object with its name as the only key.
fn collect(json: &Value, seen: &mut BTreeMap<String, BTreeSet<String>>) {
    match json {
        Value::Object(fields) => {
            for (field, value) in fields {
                let inner =
                    if let Value::Array(values) = value { values.as_slice() } else { std::slice::from_ref(value) };
                let names = inner.iter().filter_map(variant).map(|name| plain(&name));
                seen.entry(field.clone()).or_default().extend(names);
                collect(value, seen);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, seen)),
        _ => {}
    }
}

fn variant(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(one) if one.len() == 1 => one.keys().next().cloned(),
        _ => None,
    }
}

/// A name without case and hyphens: some enums are stored in kebab-case.
fn plain(name: &str) -> String {
    name.to_lowercase().replace('-', "")
}
