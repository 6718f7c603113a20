//! The facts of a case, and the acts on it.

use super::person::household;
use super::{case_text, instant, instant_before, item, later, reference, region, route, text, version};
use crate::assignment::Brief;
use crate::case::{CloseReason, Registration, Settlement};
use crate::date::day_of;
use crate::decision::{Decision, Proposed, Stance};
use crate::flow::{Doubt, Flow, Outside, SettledAge, SuspectKind};
use crate::household::{Household, SUSPECT};
use crate::look::Phoned;
use crate::name::IncidentName;
use crate::offence::{Act, HgKm};
use crate::personal::Sensitive;
use crate::police::{Document, EntryRoute, Notice, PoliceRecord};
use crate::required::{self, Asked, Facts, Reference, Required, Requirement};
use crate::telephone::Call;
use jiff::{Timestamp, ToSpan};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::{select, subsequence};

/// An act that was done by an instant.
pub fn act(at: Timestamp) -> impl Strategy<Value = Act> {
    (0..=60i32, 0..=300i32, case_text()).prop_map(move |(lasted, ago, place)| {
        let today = day_of(at);
        let until = today.saturating_sub(ago.days());
        Act { from: until.saturating_sub(lasted.days()), until, place }
    })
}

/// HG/KM as it was known at an instant.
pub fn hg_km(at: Timestamp) -> impl Strategy<Value = HgKm> {
    let nee = (case_text(), instant_before(at)).prop_map(|(established_by, established_at)| HgKm::Nee {
        established_by,
        established_at,
        minors_witnessed: false,
    });
    prop_oneof![Just(HgKm::Ja), nee, Just(HgKm::Onbekend)]
}

fn document() -> impl Strategy<Value = Document> {
    prop_oneof![
        (reference(), case_text()).prop_map(|(reference, summary)| Document::Present { reference, summary }),
        case_text().prop_map(|because| Document::Absent { because }),
    ]
}

fn notice() -> impl Strategy<Value = Notice> {
    prop_oneof![
        (reference(), option::of(Just(SUSPECT))).prop_map(|(reference, under)| Notice::Made { reference, under }),
        (case_text(), option::of(reference()))
            .prop_map(|(because, vt_reference)| Notice::NotDue { because, vt_reference }),
    ]
}

/// What a lead may get to see of what the police brought: also with the dossier withheld.
pub fn police_record() -> impl Strategy<Value = PoliceRecord> {
    (brought(), any::<bool>()).prop_map(|(record, withheld)| if withheld { record.without_dossier() } else { record })
}

/// What the police bring. Whether a notice may be "not due" hangs on the case.
fn brought() -> impl Strategy<Value = PoliceRecord> {
    (option::of(document()), option::of(document()), option::of(notice()), option::of(notice()))
        .prop_map(|(dossier, lij, report_to_vt, zorgmelding)| PoliceRecord { dossier, lij, report_to_vt, zorgmelding })
}

/// Any flow.
pub fn flow() -> impl Strategy<Value = Flow> {
    let doubts = vec![Doubt::AroundTwelve, Doubt::AroundEighteen, Doubt::HgKmUnknown, Doubt::SuspectUnknown];
    prop_oneof![
        Just(Flow::A),
        Just(Flow::B),
        select(vec![Outside::AdultWithoutHgKm, Outside::LegalPerson]).prop_map(Flow::Outside),
        Just(Flow::Under12),
        subsequence(doubts, 1..=4).prop_map(|doubts| Flow::Undecided(doubts.into_iter().collect())),
    ]
}

/// A registration that is right at an instant.
pub fn registration(at: Timestamp) -> impl Strategy<Value = Registration> {
    let suspect = prop_oneof![
        8 => household(false).prop_map(|household| (SuspectKind::Person, String::new(), household)),
        1 => reference().prop_map(|number| (SuspectKind::LegalPerson, number, Household::default())),
        1 => reference().prop_map(|label| (SuspectKind::Unknown, label, Household::default())),
    ];
    let numbers = (reference(), option::of(reference()), region(), vec(text(), 1..4));
    let entry = select(vec![EntryRoute::Police, EntryRoute::VeiligThuis]);
    let facts = (any::<bool>(), instant_before(at), entry, act(at), hg_km(at), brought());
    (numbers, facts, suspect).prop_map(|(numbers, facts, (suspect, label, household))| {
        let (bvh_number, parketnummer, region, offences) = numbers;
        let (arrested, arrived_at, entry_route, act, hg_km, police) = facts;
        let fits = police.faults("police", entry_route, hg_km.binds(), &household).is_empty();
        Registration {
            bvh_number,
            parketnummer,
            arrested,
            arrived_at: arrested.then_some(arrived_at),
            entry_route,
            region,
            act,
            offences,
            hg_km,
            suspect,
            suspect_label: Sensitive::case(label),
            household,
            police: if fits { police } else { PoliceRecord { report_to_vt: None, zorgmelding: None, ..police } },
        }
    })
}

/// A settlement of an age, of HG/KM, or of both.
pub fn settlement(at: Timestamp) -> impl Strategy<Value = Settlement> {
    let ages = vec![SettledAge::Under12, SettledAge::Minor, SettledAge::Adult, SettledAge::Unresolvable];
    let known = hg_km(at).prop_map(|hg_km| Some(hg_km).filter(|hg_km| *hg_km != HgKm::Onbekend));
    (option::of(select(ages)), known, case_text()).prop_map(|(age, hg_km, reason)| Settlement { age, hg_km, reason })
}

/// A call that was made by an instant.
pub fn call(at: Timestamp) -> impl Strategy<Value = Call> {
    (case_text(), case_text(), instant_before(at)).prop_map(|(spoken_with, number, at)| Call {
        spoken_with,
        number,
        at,
    })
}

/// Why a case ends.
pub fn close_reason() -> impl Strategy<Value = CloseReason> {
    select(vec![
        CloseReason::Duplicate,
        CloseReason::DroppedByPolice,
        CloseReason::SuspectDied,
        CloseReason::Transferred,
        CloseReason::PartnerRefuses,
        CloseReason::OutsideScope,
        CloseReason::DecidedElsewhere,
    ])
}

/// A decision that is asked for.
pub fn proposed() -> impl Strategy<Value = Proposed> {
    let phoned = vec(phoned(), 0..=2);
    (route(), case_text(), version(), stance(), phoned).prop_map(
        |(route, motivation, advice_version, stance, phoned)| Proposed {
            route,
            motivation,
            advice_version,
            stance,
            phoned,
        },
    )
}

fn phoned() -> impl Strategy<Value = Phoned> {
    (super::organisation(), call(later())).prop_map(|(office, call)| Phoned { office, call })
}

fn stance() -> impl Strategy<Value = Stance> {
    prop_oneof![Just(Stance::Follows), case_text().prop_map(|because| Stance::Deviates { because })]
}

/// A decision that was made.
pub fn decision() -> impl Strategy<Value = Decision> {
    let rests_on = btree_map(item(), version(), 1..=5);
    (proposed(), rests_on, super::actor(), option::of(reference()), instant()).prop_map(
        |(proposed, rests_on, by, mandate, at)| Decision {
            route: proposed.route,
            motivation: proposed.motivation,
            advice_version: proposed.advice_version,
            stance: proposed.stance,
            rests_on,
            by,
            mandate,
            at,
            look: Vec::new(),
        },
    )
}

/// A required set of any form; for one that fits a person list see [`brief`].
pub fn required() -> impl Strategy<Value = Required> {
    let asked = btree_set(1..=9u32, 0..=4).prop_flat_map(|persons| {
        let asked = |person| any::<bool>().prop_map(move |age_uncertain| Asked { person, age_uncertain });
        persons.into_iter().map(asked).collect::<Vec<_>>()
    });
    let search = (1..=9u32, any::<bool>()).prop_map(|(person, unborn)| Reference { person, unborn });
    let parts = btree_map(item(), (asked, option::of(search)), 1..=5);
    (parts, version(), instant()).prop_filter_map("at least one item", |(parts, rule_set, at)| {
        let requirement = |(item, (subjects, reference))| Requirement { item, subjects, reference };
        Required::try_new(parts.into_iter().map(requirement).collect(), rule_set, day_of(at)).ok()
    })
}

/// A brief, with the required set that the rules give.
pub fn brief() -> BoxedStrategy<Brief> {
    let facts = instant().prop_flat_map(|at| (Just(at), act(at), hg_km(at)));
    let flow = select(vec![Flow::A, Flow::B]);
    let versions = (version(), version(), 0..=3u32);
    (facts, flow, household(true), any::<bool>(), police_record(), versions)
        .prop_filter_map("a required set", |((at, act, hg_km), flow, household, arrested, police, versions)| {
            let facts = Facts { flow: &flow, act: &act, hg_km: &hg_km, settled: None, household: &household };
            let required = required::compute(facts, at)?;
            let (version, household_version, dossier_version) = versions;
            let hg_km = hg_km.binds();
            Some(Brief {
                version,
                household_version,
                flow,
                household,
                required,
                hg_km,
                arrested,
                police,
                dossier_version,
                incident: (version % 2 == 0).then(|| IncidentName::new(uuid::Uuid::from_u128(version.into()))),
                acute_part_suffices: false,
            })
        })
        .boxed()
}
