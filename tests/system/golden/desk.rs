//! What colleagues at the lead's desk do with each other, and where they and the partners disagree.

use super::samples::*;
use super::{AtLead, Sample};
use std::collections::{BTreeMap, BTreeSet};
use zsm::advice::{Advice, InstrumentUse};
use zsm::answer::Answer;
use zsm::decision::Route;
use zsm::degree::{Dimension, Level};
use zsm::disagreement::{Disagreement, Explained, Voice};
use zsm::draft::{Draft, DraftDegree, DraftProposal, SavedDraft};
use zsm::hole::{self, Hole};
use zsm::judgement::SafetyConditions;
use zsm::opinion::{Held, Opinion};
use zsm::outcome::Outcome;
use zsm::telephone::Call;
use zsm::{Actor, Item, Kind, Role};

pub(super) fn samples() -> Vec<Sample<AtLead>> {
    let with_opinion = Answer { opinion: Some(worried()), ..answer(vec![Outcome::NotKnown]) };
    vec![
        ("zienswijze", AtLead::OwnFileRecorded { answer: Box::new(with_opinion) }),
        ("oneens", AtLead::AdviceSigned { advice: Box::new(advice_with_differences()) }),
        ("gaten", AtLead::AdviceSigned { advice: Box::new(advice_over_holes()) }),
        ("nieuwe-opdracht", AtLead::AdviceSigned { advice: Box::new(advice_under_a_new_brief()) }),
        ("", AtLead::DraftSaved { draft: Box::new(saved(1, Draft::default())) }),
        ("vol", AtLead::DraftSaved { draft: Box::new(saved(2, draft())) }),
        ("", AtLead::TakenOver { by: colleague(), from: Some(by(Kind::Rvdk, Role::Adviseur)) }),
        ("", telephone_answer()),
        (
            "",
            AtLead::TelephoneAnswerConfirmed {
                item: Item::VeiligThuis,
                question: question_name(Item::VeiligThuis, 1),
                number: 1,
                by: colleague(),
            },
        ),
        ("van-niemand", AtLead::TakenOver { by: colleague(), from: None }),
    ]
}

fn colleague() -> Actor {
    Actor { person: "ambtenaar-9".into(), ..by(Kind::Rvdk, Role::Adviseur) }
}

fn telephone_answer() -> AtLead {
    AtLead::TelephoneAnswerRecorded {
        item: Item::VeiligThuis,
        question: question_name(Item::VeiligThuis, 1),
        number: 1,
        call: Call { spoken_with: text("Piket Veilig Thuis"), number: text("030-0000000"), at: at(2) },
        answer: Box::new(answer(vec![Outcome::NotKnown; 3])),
        by: by(Kind::Rvdk, Role::Adviseur),
    }
}

fn worried() -> Opinion {
    Opinion { acute: Some(Level::Vastgesteld), structural: None, complexity: Some(Level::Aanwijzingen) }
}

fn lines() -> Vec<Explained> {
    let line = |dimension, voice| Explained {
        disagreement: Disagreement { dimension, voice },
        text: text("Waarom dit verschil er is."),
    };
    vec![
        line(Dimension::Acute, Voice::Item(Item::Oudercheck)),
        line(Dimension::Structural, Voice::Adviser),
        line(Dimension::Complexity, Voice::Adviser),
    ]
}

fn advice_with_differences() -> Advice {
    let mut advice = advice(3, &[(Item::VeiligThuis, 1), (Item::Oudercheck, 1)]);
    advice.content.disagreements = lines();
    Advice { opinions: vec![Held { item: Item::Oudercheck, opinion: worried() }], ..advice }
}

/// It says the same over news, and every kind of hole is under it.
fn advice_over_holes() -> Advice {
    use hole::Kind::{ConditionsNotJudged, LeftOut, NoDossier, NoLij, OnlyAcutePart, Withheld};
    let in_vt = [(Dimension::Acute, ConditionsNotJudged), (Dimension::Structural, OnlyAcutePart)];
    let in_vt = [&in_vt[..], &[(Dimension::Complexity, LeftOut)]].concat();
    let in_dossier = [NoDossier, NoLij, Withheld].map(|kind| (Dimension::Acute, kind));
    let hole = |item| move |(dimension, kind)| Hole { dimension, item, kind };
    let in_vt = in_vt.into_iter().map(hole(Item::VeiligThuis));
    let holes = in_vt.chain(in_dossier.into_iter().map(hole(Item::Politiedossier))).collect();
    Advice { reaffirms: Some(3), holes, ..advice(4, &[(Item::VeiligThuis, 2)]) }
}

fn advice_under_a_new_brief() -> Advice {
    let brief_has_no_effect = Some(text("Hetzelfde gezin."));
    Advice { reaffirms: Some(4), brief_has_no_effect, ..advice(5, &[(Item::VeiligThuis, 2)]) }
}

fn saved(version: u32, draft: Draft) -> SavedDraft {
    SavedDraft { version, draft, by: colleague(), at: at(11) }
}

fn draft() -> Draft {
    let rests_on = BTreeSet::from([Item::VeiligThuis]);
    let known = DraftDegree::Known { level: None, at_least: true, severity: text("Nog in te vullen."), rests_on };
    Draft {
        acute: Some(known),
        structural: Some(DraftDegree::Onbekend { because: text("Nog niet gelezen.") }),
        complexity: None,
        instrument: Some(InstrumentUse::NotUsed { because: text("Volgt.") }),
        judgement_version: 1,
        disagreements: lines(),
        substance: BTreeMap::from([(Item::VeiligThuis, text("Begin van een tekst."))]),
        safety_conditions: Some(SafetyConditions::NotYetJudged),
        proposal: Some(DraftProposal { route: Some(Route::Halt), reason: text("Eerste gedachte.") }),
    }
}
