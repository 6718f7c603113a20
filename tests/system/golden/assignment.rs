//! The events of an assignment at the lead, in every form.

use super::samples::*;
use super::{AtLead, Sample, desk};
use jiff::Timestamp;
use zsm::advice::{Advice, FurtherJudgement};
use zsm::answer::Answer;
use zsm::assignment::{Brief, Dismissal, Errand, Occasion};
use zsm::decision::{Notice, Route, Stance};
use zsm::degree::Level;
use zsm::flow::Flow;
use zsm::item::Trouble;
use zsm::judgement::{Judgement, SafetyConditions};
use zsm::outcome::Outcome;
use zsm::question::Question;
use zsm::{Item, Kind, Organisation, Region, Role};

pub(super) fn samples() -> Vec<Sample<AtLead>> {
    use Item::{EigenOnderzoek, Kindcheck, Oudercheck, VeiligThuis};
    let mut samples = vec![
        ("", created()),
        ("", briefed(1)),
        ("b", AtLead::Briefed { brief: Box::new(brief_b()) }),
        ("acuut-deel-telt", AtLead::Briefed { brief: Box::new(Brief { acute_part_suffices: true, ..brief(2) }) }),
        ("voorval", AtLead::Briefed { brief: Box::new(Brief { incident: Some(incident()), ..brief(4) }) }),
        ("", asked(VeiligThuis, 1)),
        ("voorval", asked_of_an_incident()),
        ("zaak", asked_for_a_case()),
        ("", AtLead::SignalRaised(Box::new(signal(by(Kind::Rvdk, Role::Adviseur))))),
        ("signaal", AtLead::Troubled { errand: signal_errand(), trouble: Trouble::Stuck }),
        ("kindcheck", asked(Kindcheck, 1)),
        ("eigen-onderzoek", own_file_due(EigenOnderzoek)),
        ("", also_asked(None)),
        ("doorgevraagd", also_asked(Some(Occasion::AskedBy(by(Kind::Rvdk, Role::Adviseur))))),
        ("doorgestuurd", also_asked(Some(Occasion::SentOnFrom(question_name(VeiligThuis, 1))))),
        ("", let_go(None)),
        (
            "met-reden",
            let_go(Some(Dismissal { reason: text("Verkeerde partner."), by: by(Kind::Rvdk, Role::Adviseur) })),
        ),
        ("", AtLead::Dropped { item: Kindcheck }),
        ("", withdrawn(VeiligThuis, 1)),
        ("", AtLead::QuestionDelivered { item: VeiligThuis, question: None }),
        ("vraag", AtLead::QuestionDelivered { item: VeiligThuis, question: Some(question_name(VeiligThuis, 2)) }),
        ("", AtLead::QuestionTakenUp { item: Oudercheck, question: None, sequence: 2 }),
        (
            "vraag",
            AtLead::QuestionTakenUp { item: Oudercheck, question: Some(question_name(Oudercheck, 2)), sequence: 1 },
        ),
        ("", answered(VeiligThuis, 1, answer_of_vt())),
        ("elke-uitkomst", answered(VeiligThuis, 2, every_outcome())),
        ("acuut-deel", answered(VeiligThuis, 4, answer_in_part())),
        ("geen-melding", answered(VeiligThuis, 3, no_report())),
        ("vraag", answered_one_of(VeiligThuis, 2, answer_of_vt())),
        ("", AtLead::OwnFileRecorded { answer: Box::new(answer(vec![Outcome::NotKnown])) }),
        ("", AtLead::DossierReceived { version: 1, police: police() }),
        ("zonder-stukken", AtLead::DossierReceived { version: 2, police: no_papers() }),
        ("niet-verstrekt", AtLead::DossierReceived { version: 3, police: police().without_dossier() }),
        ("", further_named(None)),
        ("bron", further_named(Some(office(Kind::VeiligThuis)))),
        ("", AtLead::Weighed { item: VeiligThuis, weighing: weighing(VeiligThuis, 1) }),
        ("", AtLead::AdviceSigned { advice: Box::new(advice(1, &[(VeiligThuis, 1)])) }),
        ("onbekend", AtLead::AdviceSigned { advice: Box::new(sparse_advice()) }),
        ("twee-regios", AtLead::AdviceSigned { advice: Box::new(advice_on_two_judgements()) }),
        ("", AtLead::AdviceWithdrawn(withdrawal())),
        ("", not_counted(1)),
        ("", answer_retracted()),
        ("", AtLead::Retried { item: Oudercheck, question: question_name(Oudercheck, 1) }),
        ("", heard(Stance::Follows, None)),
        ("afgeweken", heard(Stance::Deviates { because: text("Zwaarder door herhaling.") }, None)),
        ("heropend", heard(Stance::Follows, Some(at(30)))),
        ("", AtLead::Withdrawn),
        ("", AtLead::Recalled),
    ];
    let errands = [
        ("", ask(VeiligThuis)),
        ("intrekken", Errand::Withdraw { question: question_name(VeiligThuis, 1), addressee: Kind::VeiligThuis }),
        ("telefoon", Errand::TellTelephoneAnswer { question: question_name(VeiligThuis, 1), number: 1 }),
        ("voortgang", Errand::Report),
        ("advies", Errand::Submit { version: 1 }),
    ];
    samples.extend(errands.map(|(form, errand)| (form, AtLead::Troubled { errand, trouble: Trouble::Stuck })));
    samples.push(("geweigerd", AtLead::Troubled { errand: ask(VeiligThuis), trouble: Trouble::Refused }));
    samples.extend(desk::samples());
    samples.push(("", AtLead::Recovered { errand: Errand::Submit { version: 1 } }));
    samples
}

pub(super) fn created() -> AtLead {
    AtLead::Created { name: assignment(), case: case(), lead: office(Kind::Rvdk), principal: office(Kind::Om) }
}

fn brief(version: u32) -> Brief {
    Brief {
        version,
        household_version: 1,
        flow: Flow::A,
        household: household(),
        required: required(&REQUIRED),
        hg_km: true,
        arrested: true,
        police: police(),
        dossier_version: 1,
        incident: None,
        acute_part_suffices: false,
    }
}

pub(super) fn briefed(version: u32) -> AtLead {
    AtLead::Briefed { brief: Box::new(brief(version)) }
}

fn brief_b() -> Brief {
    let items = [Item::VeiligThuis, Item::Kindcheck, Item::EigenOnderzoek, Item::Politiedossier];
    Brief { flow: Flow::B, household: everyone(), required: required(&items), police: no_papers(), ..brief(1) }
}

pub(super) fn asked(item: Item, round: u32) -> AtLead {
    let question = question(item, round);
    AtLead::Asked { item, about: question.answer_about(), question: Some(Box::new(question)) }
}

/// The same question to Veilig Thuis in another region, which was sent on and holds a question of the adviser.
fn also_asked(occasion: Option<Occasion>) -> AtLead {
    AtLead::AlsoAsked { item: Item::VeiligThuis, question: Box::new(in_another_region()), occasion }
}

fn let_go(dismissal: Option<Dismissal>) -> AtLead {
    AtLead::LetGo { item: Item::VeiligThuis, question: question_name(Item::VeiligThuis, 2), dismissal }
}

pub(super) fn in_another_region() -> Question {
    let question = question(Item::VeiligThuis, 2);
    let reported_in = Some(question.addressee.region.clone());
    let addressee = Organisation::new(Kind::VeiligThuis, region("noord"));
    let text = Some(text("Is het kind daar nu veilig?"));
    Question { addressee, report: None, zorgmelding: None, reported_in, text, ..question }
}

fn advice_on_two_judgements() -> Advice {
    let by = Organisation::new(Kind::VeiligThuis, region("noord"));
    let further_judgements = vec![FurtherJudgement { by, judgement: Judgement::NoReportKnown }];
    Advice { judged_by: Some(office(Kind::VeiligThuis)), further_judgements, ..advice(1, &[(Item::VeiligThuis, 2)]) }
}

fn region(name: &str) -> Region {
    Region::parse(name).unwrap()
}

fn asked_for_a_case() -> AtLead {
    let asked = question(Item::VeiligThuis, 4);
    let about = asked.answer_about();
    let question = Question { case: Some(case()), ..asked };
    AtLead::Asked { item: Item::VeiligThuis, question: Some(Box::new(question)), about }
}

fn signal_errand() -> Errand {
    Errand::Signal { signal: signal(by(Kind::Rvdk, Role::Adviseur)).name }
}

fn asked_of_an_incident() -> AtLead {
    let question = Question { incident: Some(incident()), ..question(Item::VeiligThuis, 4) };
    AtLead::Asked { item: question.item, about: question.answer_about(), question: Some(Box::new(question)) }
}

/// An item that the lead or OM provides itself.
pub(super) fn own_file_due(item: Item) -> AtLead {
    AtLead::Asked { item, question: None, about: vec![1] }
}

pub(super) fn withdrawn(item: Item, round: u32) -> AtLead {
    let addressee = office(item.source().unwrap());
    AtLead::QuestionWithdrawn { question: question_name(item, round), addressee }
}

pub(super) fn answered(item: Item, version: u32, answer: Answer) -> AtLead {
    AtLead::Answered { item, question: None, version, answer: Box::new(answer) }
}

pub(super) fn further_named(by: Option<Organisation>) -> AtLead {
    AtLead::FurtherPersonNamed { further: furthers().swap_remove(0), person: further_person(), by }
}

/// An answer to one of several questions of an item.
pub(super) fn answered_one_of(item: Item, round: u32, answer: Answer) -> AtLead {
    let question = Some(question_name(item, round));
    AtLead::Answered { item, question, version: 1, answer: Box::new(answer) }
}

pub(super) fn not_counted(version: u32) -> AtLead {
    let answer = Box::new(answer(vec![Outcome::NotKnown; 3]));
    AtLead::NotCounted { question: question_name(Item::VeiligThuis, 1), version, answer }
}

fn answer_retracted() -> AtLead {
    AtLead::AnswerRetracted { question: question_name(Item::VeiligThuis, 1), version: 2, retraction: retraction() }
}

pub(super) fn ask(item: Item) -> Errand {
    Errand::Ask { item, question: question_name(item, 1) }
}

/// Every outcome that there is, with a judgement that leaves out what it may.
fn every_outcome() -> Answer {
    let outcomes = vec![
        Outcome::Known(substance(1)),
        Outcome::NotKnown,
        Outcome::Partly { substance: substance(3), still_to_come: text("Het oude dossier.") },
        Outcome::TriageRunning { substance: substance(4), expected: at(120) },
        Outcome::Ambiguous { candidates: 2 },
        Outcome::Refused { ground: text("Beroepsgeheim.") },
        Outcome::WrongRegion { region: "noord".into() },
    ];
    let judgement = Some(judged(Level::Vastgesteld, None));
    Answer { judgement, safety_conditions: Some(SafetyConditions::NotYetJudged), ..answer(outcomes) }
}

fn no_report() -> Answer {
    let judgement = Some(Judgement::NoReportKnown);
    Answer { judgement, safety_conditions: Some(SafetyConditions::None), ..answer(vec![Outcome::NotKnown; 3]) }
}

fn heard(stance: Stance, reopened_at: Option<Timestamp>) -> AtLead {
    AtLead::DecisionHeard(Notice { route: Route::Dagvaarding, stance: Some(stance), at: at(24), reopened_at })
}
