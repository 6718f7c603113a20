//! The events of a case at OM, in every form.

use super::samples::*;
use super::{AtOm, Sample};
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};
use zsm::case::{Alert, Amendment, CloseReason, Closing, Errand, Lapse, LoggedCall, Registration, Settlement};
use zsm::custody::{Recorded, Step};
use zsm::decision::{Decision, Route, Stance};
use zsm::flow::{SettledAge, SuspectKind};
use zsm::gate::Subject;
use zsm::household::Household;
use zsm::item::{Code, Standing, State, Trouble};
use zsm::look::{Finding, Matter, Seen};
use zsm::name::{AssignmentName, QuestionName};
use zsm::offence::{Act, HgKm};
use zsm::permission::Permission;
use zsm::police::{EntryRoute, PoliceRecord};
use zsm::progress::{AdviceState, Enquired, Excess, Progress, Snapshot};
use zsm::telephone::Call;
use zsm::{Item, Kind, Region, Role, Sensitive};

pub(super) fn samples() -> Vec<Sample<AtOm>> {
    let mut samples = vec![
        ("", registered(registration())),
        ("onbekende", registered(unknown_suspect())),
        ("rechtspersoon", registered(legal_person())),
        ("", AtOm::PoliceRecorded { police: police(), by: by(Kind::Politie, Role::Politie) }),
        ("zonder-stukken", AtOm::PoliceRecorded { police: no_papers(), by: by(Kind::Politie, Role::Politie) }),
        ("", confirmed()),
        ("iedereen", everyone_confirmed()),
        ("regio", confirmed_in_another_region()),
        ("", settled(Some(SettledAge::Minor), None)),
        ("onder-12", settled(Some(SettledAge::Under12), None)),
        ("volwassen", settled(Some(SettledAge::Adult), Some(HgKm::Ja))),
        ("onvindbaar", settled(Some(SettledAge::Unresolvable), Some(nee()))),
        ("alleen-hg-km", settled(None, Some(HgKm::Ja))),
        ("", briefed(&REQUIRED)),
        ("b", briefed(&[Item::VeiligThuis, Item::Kindcheck, Item::EigenOnderzoek, Item::Politiedossier])),
        ("", AtOm::BriefDelivered { version: 1 }),
        ("", AtOm::BriefDeliveredLate { version: 1 }),
        ("", AtOm::AdviceReceived { advice: Box::new(advice(1, &weighed())) }),
        ("onbekend", AtOm::AdviceReceived { advice: Box::new(sparse_advice()) }),
        ("", AtOm::NotCounted { sequence: 9, advice: None }),
        ("advies", AtOm::NotCounted { sequence: 0, advice: Some(Box::new(advice(2, &weighed()))) }),
        ("", AtOm::AssignmentEnded { number: 1, corrected: true }),
        ("", AtOm::FormerBriefed { number: 1, version: 2 }),
        ("", AtOm::FormerReported { number: 1, sequence: 9, advice: None, excess: Vec::new() }),
        ("advies", former_advice()),
        ("", AtOm::FormerTroubled { number: 1, trouble: Trouble::Stuck }),
        ("", AtOm::FormerTold { number: 1 }),
        ("", AtOm::AnswersRetracted { assignment: assignment(), versions: taken_back() }),
        ("", alert(Subject::Item(Item::VeiligThuis), 2)),
        ("advies", alert(Subject::Advice, 2)),
        ("gezin", alert(Subject::Household, 1)),
        ("stroom", alert(Subject::Flow, 12)),
        ("hg-km", alert(Subject::HgKm, 12)),
        ("acuut-signaal", alert(Subject::Signal, 1)),
        ("feit", alert(Subject::Act, 13)),
        ("", AtOm::SignalReceived(Box::new(signal(by(Kind::VeiligThuis, Role::Balie))))),
        ("", amended(amendment())),
        ("een-deel", amended(Amendment { hg_km: Some(HgKm::Ja), ..nothing_amended() })),
        ("", AtOm::AlertAnswered { number: 1, reason: text("Verandert niets."), by: by(Kind::Om, Role::Officier) }),
        ("", reopened(None)),
        ("beslist", reopened(Some(Lapse { assignment: 1, questions: vec![asked_of_vt()] }))),
        ("", AtOm::Troubled { trouble: Trouble::Stuck }),
        ("geweigerd", AtOm::Troubled { trouble: Trouble::Refused }),
    ];
    samples.extend(progressed());
    samples.extend(decided());
    samples.extend(after_the_decision());
    samples.extend(closed());
    samples.extend(beside());
    samples
}

pub(super) fn registered(facts: Registration) -> AtOm {
    AtOm::Registered { name: case(), facts: Box::new(facts), by: by(Kind::Politie, Role::Politie) }
}

pub(super) fn registration() -> Registration {
    Registration {
        bvh_number: "2026000001".into(),
        parketnummer: Some("01-000001-26".into()),
        arrested: true,
        arrived_at: Some(at(-3)),
        entry_route: EntryRoute::Police,
        region: Region::midden(),
        act: Act { from: date(2026, 2, 28), until: date(2026, 3, 1), place: text("Proefplaats") },
        offences: vec!["art. 300 Sr".into()],
        hg_km: HgKm::Ja,
        suspect: SuspectKind::Person,
        suspect_label: text(""),
        household: household(),
        police: PoliceRecord::default(),
    }
}

fn unknown_suspect() -> Registration {
    Registration {
        parketnummer: None,
        arrested: false,
        arrived_at: None,
        hg_km: HgKm::Onbekend,
        suspect: SuspectKind::Unknown,
        suspect_label: text("NN 1"),
        household: Household::default(),
        ..registration()
    }
}

fn legal_person() -> Registration {
    Registration {
        entry_route: EntryRoute::VeiligThuis,
        hg_km: nee(),
        suspect: SuspectKind::LegalPerson,
        suspect_label: text("Proefbedrijf"),
        household: Household::default(),
        police: no_papers(),
        ..registration()
    }
}

fn nee() -> HgKm {
    HgKm::Nee { established_by: text("Agent Proef"), established_at: at(-2), minors_witnessed: false }
}

pub(super) fn confirmed() -> AtOm {
    AtOm::HouseholdConfirmed { version: 1, household: household(), reason: None, by: by(Kind::Om, Role::Operator) }
}

/// Someone lives where another Veilig Thuis works.
fn confirmed_in_another_region() -> AtOm {
    let mut household = household();
    household.persons[1].vt_region = Region::parse("noord");
    AtOm::HouseholdConfirmed { version: 3, household, reason: None, by: by(Kind::Om, Role::Operator) }
}

fn everyone_confirmed() -> AtOm {
    let reason = Some(text("Woont daar niet meer."));
    AtOm::HouseholdConfirmed { version: 2, household: everyone(), reason, by: by(Kind::Om, Role::Operator) }
}

fn settled(age: Option<SettledAge>, hg_km: Option<HgKm>) -> AtOm {
    let settlement = Settlement { age, hg_km, reason: text("Uit de stukken.") };
    AtOm::FlowSettled { settlement, by: by(Kind::Om, Role::Parketsecretaris) }
}

pub(super) fn briefed(items: &[Item]) -> AtOm {
    let lead = office(if items.contains(&Item::Kindcheck) { Kind::Reclassering } else { Kind::Rvdk });
    AtOm::Briefed { assignment: assignment(), lead, version: 1, required: required(items), dossier_version: 1 }
}

/// The suspect was born earlier than was said.
pub(super) fn turns_out_an_adult() -> AtOm {
    let identity = household().persons.first().and_then(|suspect| suspect.identity.reveal().cloned());
    let identity =
        identity.map(|identity| zsm::identity::Identity { birth: zsm::date::PartialDate::Year(1990), ..identity });
    amended(Amendment { suspect: identity.map(|identity| Sensitive::about(1, identity)), ..nothing_amended() })
}

/// The assignment after that of [`assignment`].
pub(super) fn second_assignment() -> AssignmentName {
    AssignmentName::derive(case(), 2)
}

pub(super) fn briefed_to_another_lead() -> AtOm {
    let items = [Item::VeiligThuis, Item::Kindcheck, Item::EigenOnderzoek, Item::Politiedossier];
    AtOm::Briefed {
        assignment: second_assignment(),
        lead: office(Kind::Reclassering),
        version: 2,
        required: required(&items),
        dossier_version: 1,
    }
}

/// Every item of flow a, weighed at its first version.
pub(super) fn weighed() -> [(Item, u32); 4] {
    REQUIRED.map(|item| (item, 1))
}

pub(super) fn snapshot(sequence: u64, advice: AdviceState, states: &[State]) -> Snapshot {
    let standing = |state: State| Standing {
        state,
        latest: u32::from(matches!(state, State::Incomplete(_) | State::Answered | State::Weighed)),
        weighed: u32::from(state == State::Weighed),
        trouble: match state {
            State::Queued => Some(Trouble::Stuck),
            State::Asked => Some(Trouble::Refused),
            _ => None,
        },
    };
    let progress = |state: &State| Progress { standing: standing(*state), since: at(2) };
    Snapshot {
        assignment: assignment(),
        assignment_version: 1,
        sequence,
        items: REQUIRED.into_iter().zip(states.iter().map(progress)).collect(),
        advice,
        further_persons: Vec::new(),
        questions: Vec::new(),
        excess: Vec::new(),
        retracted: BTreeMap::new(),
    }
}

fn taken_back() -> BTreeMap<Item, BTreeSet<u32>> {
    BTreeMap::from([(Item::VeiligThuis, BTreeSet::from([1, 2])), (Item::Oudercheck, BTreeSet::from([1]))])
}

fn progressed() -> Vec<Sample<AtOm>> {
    use State::{Answered, Asked, Incomplete, NotAsked, Queued, TakenUp, Weighed};
    let codes = [Code::NogNietVolledig, Code::Identiteit, Code::Geweigerd, Code::Regio].map(Incomplete);
    let named = |snapshot: Snapshot| Snapshot { further_persons: furthers(), ..snapshot };
    let withdrawn = snapshot(4, AdviceState::Withdrawn(1), &[Answered, Weighed, Weighed, Weighed]);
    let snapshots = [
        ("", snapshot(1, AdviceState::None, &[NotAsked, Queued, Asked, TakenUp])),
        ("onvolledig", snapshot(2, AdviceState::None, &codes)),
        ("getekend", snapshot(3, AdviceState::Signed(1), &[Weighed; 4])),
        ("ingetrokken", named(withdrawn)),
        (
            "achteraf-een-ander",
            Snapshot { retracted: taken_back(), ..snapshot(7, AdviceState::Signed(1), &[Answered; 4]) },
        ),
        ("te-veel", Snapshot { excess: excess(), ..snapshot(6, AdviceState::None, &[Answered; 4]) }),
        (
            "vragen",
            Snapshot {
                questions: enquired().into(),
                ..snapshot(5, AdviceState::None, &[Answered, Asked, Weighed, Weighed])
            },
        ),
    ];
    snapshots.map(|(form, snapshot)| (form, AtOm::Progressed { snapshot })).into()
}

fn amended(amendment: Amendment) -> AtOm {
    AtOm::Amended { amendment: Box::new(amendment), by: by(Kind::Politie, Role::Politie) }
}

fn nothing_amended() -> Amendment {
    let reason = text("Overgenomen uit het paspoort.");
    Amendment { suspect: None, act: None, offences: Vec::new(), hg_km: None, persons: Vec::new(), reason }
}

fn amendment() -> Amendment {
    let household = household();
    Amendment {
        suspect: household.persons.first().map(|suspect| suspect.identity.clone()),
        act: Some(registration().act),
        offences: vec!["art. 302 Sr".into()],
        hg_km: Some(nee()),
        persons: household.persons.into_iter().skip(1).collect(),
        ..nothing_amended()
    }
}

pub(super) fn former_advice() -> AtOm {
    let advice = Some(Box::new(advice(2, &weighed())));
    AtOm::FormerReported { number: 1, sequence: 10, advice, excess: excess() }
}

fn excess() -> Vec<Excess> {
    vec![Excess { item: Item::Oudercheck, asked_at: at(1) }, Excess { item: Item::VeiligThuis, asked_at: at(1) }]
}

fn enquired() -> [Enquired; 2] {
    let enquired = |item, addressee: Kind, version| Enquired {
        item,
        question: QuestionName::derive(assignment(), item, 1),
        addressee: office(addressee),
        version,
    };
    [enquired(Item::VeiligThuis, Kind::VeiligThuis, 2), enquired(Item::Oudercheck, Kind::Reclassering, 0)]
}

pub(super) fn alert(subject: Subject, version: u32) -> AtOm {
    AtOm::AlertRaised(Alert { subject, version, at: at(30) })
}

pub(super) fn decision(route: Route, stance: Stance) -> Decision {
    Decision {
        route,
        motivation: text("Draagt bij aan de veiligheid van betrokkenen."),
        advice_version: 1,
        stance,
        rests_on: BTreeMap::from(weighed()),
        by: by(Kind::Om, Role::Officier),
        mandate: None,
        at: at(24),
        look: Vec::new(),
    }
}

fn matters() -> [Matter; 2] {
    let [vt, _] = enquired();
    let advice =
        Matter::Advice { assignment: assignment(), lead: office(Kind::Rvdk), version: 1, assignment_version: 1 };
    [Matter::Answer(vt), advice]
}

/// Everything was looked at; Veilig Thuis was phoned.
fn looked_at() -> Decision {
    let [vt, advice] = matters();
    let call = Call { spoken_with: text("Piket Proef"), number: text("030-0000000"), at: at(23) };
    let look = vec![Seen { matter: vt, phoned: Some(call) }, Seen { matter: advice, phoned: None }];
    Decision { look, ..decision(Route::Dagvaarding, Stance::Follows) }
}

fn asked_of_vt() -> QuestionName {
    QuestionName::derive(assignment(), Item::VeiligThuis, 1)
}

fn reopened(lapse: Option<Lapse>) -> AtOm {
    AtOm::Reopened { reason: text("Afspraken geschonden."), by: by(Kind::Om, Role::Officier), lapse }
}

fn after_the_decision() -> Vec<Sample<AtOm>> {
    let question = asked_of_vt();
    let troubled = |errand| AtOm::CallTroubled { errand, trouble: Trouble::Stuck };
    let [vt, advice] = matters();
    let again = |finding| AtOm::LookedAgain { matter: vt.clone(), finding };
    vec![
        ("", troubled(Errand::TellLead)),
        ("bron", troubled(Errand::TellSource { question })),
        ("heropend", troubled(Errand::TellLeadReopened { number: 1 })),
        ("heropend-bron", troubled(Errand::TellSourceReopened { question })),
        ("navraag-advies", troubled(Errand::ConfirmAdvice)),
        ("navraag", troubled(Errand::ConfirmAnswer { question })),
        ("", AtOm::CallRecovered { errand: Errand::TellLead }),
        ("", again(Finding::Current)),
        ("nieuwer", again(Finding::Newer)),
        ("in-bewerking", again(Finding::InProgress)),
        ("onbekend", again(Finding::UnknownQuestion)),
        ("advies", AtOm::LookedAgain { matter: advice, finding: Finding::Current }),
        ("laatste-blik", AtOm::Decided(Box::new(looked_at()))),
    ]
}

fn decided() -> Vec<Sample<AtOm>> {
    use Route::*;
    let deviates = || Stance::Deviates { because: text("Zwaarder door herhaling.") };
    let mandated = Decision {
        mandate: Some("mandaat-1".into()),
        by: by(Kind::Om, Role::Parketsecretaris),
        ..decision(Dagvaarding, deviates())
    };
    let others = [
        ("sepot", SepotOnvoorwaardelijk),
        ("sepot-voorwaardelijk", SepotVoorwaardelijk),
        ("strafbeschikking", Strafbeschikking),
        ("transactie", Transactie),
        ("mediation", Mediation),
        ("overdracht", Overdracht),
        ("nader-onderzoek", NaderOnderzoek),
        ("terug-naar-zorg", TerugNaarZorg),
    ];
    let others = others.map(|(form, route)| (form, decision(route, deviates())));
    let all = [("", decision(Halt, Stance::Follows)), ("mandaat", mandated)].into_iter().chain(others);
    all.map(|(form, decision)| (form, AtOm::Decided(Box::new(decision)))).collect()
}

fn closed() -> Vec<Sample<AtOm>> {
    use CloseReason::*;
    let reasons = [
        ("", Duplicate),
        ("politie", DroppedByPolice),
        ("overleden", SuspectDied),
        ("overgedragen", Transferred),
        ("partner-weigert", PartnerRefuses),
        ("buiten-reikwijdte", OutsideScope),
        ("elders-beslist", DecidedElsewhere),
    ];
    let closing =
        |reason| Closing { reason, explanation: text("Toelichting."), by: by(Kind::Om, Role::Officier), at: at(20) };
    reasons.map(|(form, reason)| (form, AtOm::Closed(closing(reason)))).into()
}

/// What is recorded beside the gate, and whether the dossier may travel.
fn beside() -> Vec<Sample<AtOm>> {
    let call = |item| LoggedCall {
        whom: office(Kind::VeiligThuis),
        item,
        call: Call { spoken_with: text("Dienst Proef"), number: text("0800-0000"), at: at(4) },
        outcome: text("Belt terug voor vier uur."),
    };
    let logged = |item| AtOm::CallLogged { call: Box::new(call(item)), by: by(Kind::Om, Role::Operator) };
    let decided = |permission| AtOm::DossierPermissionDecided { permission, by: by(Kind::Om, Role::Officier) };
    let steps = [
        ("", Step::Aankomst),
        ("ophouden", Step::Ophouden { voorlopige_hechtenis: true }),
        ("verzekering", Step::Inverzekeringstelling),
        ("verlenging", Step::Verlenging),
        ("voorgeleiding", Step::Voorgeleiding),
        ("vrijheid", Step::Invrijheidstelling),
    ];
    let custody = |step| AtOm::CustodyRecorded(Recorded { step, at: at(1), by: by(Kind::Politie, Role::Politie) });
    let mut samples = vec![
        ("", logged(Some(Item::VeiligThuis))),
        ("zaak", logged(None)),
        ("", decided(Permission::Granted)),
        ("geweigerd", decided(Permission::Refused { because: text("Er volgt nog een aanhouding.") })),
    ];
    samples.extend(steps.map(|(form, step)| (form, custody(step))));
    let reason = text("Hij bleef op het bureau.");
    samples.push(("", AtOm::CustodyStruck { number: 1, reason, by: by(Kind::Politie, Role::Politie) }));
    samples
}
