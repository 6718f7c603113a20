//! The gate: shut over nothing, shut by anything new, open only when all is in, weighed and signed.

use super::*;
use crate::arbitrary;
use crate::item::Code;
use crate::required::{RULE_SET, Requirement};
use proptest::prelude::*;
use proptest::sample::select;

const ITEMS: [Item; 4] = [Item::VeiligThuis, Item::Oudercheck, Item::EigenOnderzoek, Item::Politiedossier];

fn over(items: &[Item]) -> Required {
    let requirement = |item: &Item| Requirement { item: *item, subjects: Vec::new(), reference: None };
    Required::try_new(
        items.iter().map(requirement).collect(),
        RULE_SET,
        crate::date::day_of(jiff::Timestamp::UNIX_EPOCH),
    )
    .unwrap()
}

fn weighed(version: u32) -> Standing {
    Standing { state: State::Weighed, latest: version, weighed: version, trouble: None }
}

fn all_weighed() -> BTreeMap<Item, Standing> {
    ITEMS.into_iter().map(|item| (item, weighed(2))).collect()
}

fn versions(standings: &BTreeMap<Item, Standing>) -> BTreeMap<Item, u32> {
    standings.iter().map(|(item, standing)| (*item, standing.latest)).collect()
}

fn signed(rests_on: &BTreeMap<Item, u32>) -> Advised<'_> {
    Advised::Signed { version: 3, rests_on, current: true }
}

fn try_pass(standings: &BTreeMap<Item, Standing>, advice: Advised<'_>, office: &[Open]) -> Result<Complete, Vec<Open>> {
    let required = over(&ITEMS);
    let view = View { required: Some(&required), standings, advice, office };
    pass(view).map_err(|incomplete| incomplete.open().to_vec())
}

fn open(subject: Subject, reason: Reason) -> Open {
    Open { subject, reason }
}

#[test]
fn it_opens_when_all_is_in_weighed_and_signed() {
    let standings = all_weighed();
    let rests_on = versions(&standings);
    let complete = try_pass(&standings, signed(&rests_on), &[]).unwrap();
    assert_eq!((complete.advice_version(), complete.rests_on()), (3, &rests_on));
}

#[test]
fn it_never_opens_over_nothing() {
    // D2: no required set, with or without an advice and a reason.
    let standings = all_weighed();
    let rests_on = versions(&standings);
    let incomplete =
        pass(View { required: None, standings: &standings, advice: signed(&rests_on), office: &[] }).unwrap_err();
    assert_eq!(incomplete.open(), [open(Subject::Household, Reason::Missing), open(Subject::Advice, Reason::Stale),]);
    let office = [open(Subject::Flow, Reason::Undecided)];
    let nothing = BTreeMap::new();
    let view = View { required: None, standings: &nothing, advice: Advised::None, office: &office };
    assert_eq!(pass(view).unwrap_err().open(), [office[0], open(Subject::Advice, Reason::Missing)]);
}

#[test]
fn it_names_everything_that_is_open_at_once() {
    let standings = BTreeMap::from([
        (Item::VeiligThuis, Standing { state: State::Incomplete(Code::Geweigerd), ..weighed(1) }),
        (Item::Oudercheck, Standing { state: State::TakenUp, ..Standing::untouched() }),
        (Item::Politiedossier, Standing { state: State::Answered, weighed: 1, ..weighed(2) }),
    ]);
    let office = [open(Subject::ReportToVt, Reason::Missing)];
    assert_eq!(
        try_pass(&standings, Advised::None, &office).unwrap_err(),
        [
            office[0],
            open(Subject::Item(Item::VeiligThuis), Reason::Incomplete(Code::Geweigerd)),
            open(Subject::Item(Item::Oudercheck), Reason::TakenUp),
            open(Subject::Item(Item::EigenOnderzoek), Reason::Missing),
            open(Subject::Item(Item::Politiedossier), Reason::NotWeighed),
            open(Subject::Advice, Reason::Missing),
        ]
    );
}

#[test]
fn what_oms_own_office_must_see_to_keeps_it_shut() {
    let standings = all_weighed();
    let rests_on = versions(&standings);
    let office = [open(Subject::Zorgmelding, Reason::Missing)];
    assert_eq!(try_pass(&standings, signed(&rests_on), &office).unwrap_err(), office);
}

#[test]
fn the_advice_must_rest_on_exactly_the_latest_versions() {
    let standings = all_weighed();
    let stale = vec![open(Subject::Advice, Reason::Stale)];
    for item in ITEMS {
        for version in [0, 1, 3] {
            let mut rests_on = versions(&standings);
            rests_on.insert(item, version);
            assert_eq!(try_pass(&standings, signed(&rests_on), &[]).unwrap_err(), stale, "{item} at {version}");
        }
        let mut rests_on = versions(&standings);
        rests_on.remove(&item);
        assert_eq!(try_pass(&standings, signed(&rests_on), &[]).unwrap_err(), stale, "without {item}");
    }
}

#[test]
fn an_advice_that_is_withdrawn_or_of_an_older_assignment_keeps_it_shut() {
    let standings = all_weighed();
    let rests_on = versions(&standings);
    let older = Advised::Signed { version: 3, rests_on: &rests_on, current: false };
    for (advice, reason) in
        [(older, Reason::Stale), (Advised::Withdrawn, Reason::Withdrawn), (Advised::None, Reason::Missing)]
    {
        assert_eq!(try_pass(&standings, advice, &[]).unwrap_err(), [open(Subject::Advice, reason)]);
    }
}

#[test]
fn every_state_but_weighed_at_the_latest_version_holds_back() {
    let states = [
        (State::NotAsked, Reason::NotAsked),
        (State::Queued, Reason::Queued),
        (State::Asked, Reason::Asked),
        (State::TakenUp, Reason::TakenUp),
        (State::Answered, Reason::NotWeighed),
        (State::Incomplete(Code::Regio), Reason::Incomplete(Code::Regio)),
    ];
    for (state, reason) in states {
        let standing = Standing { state, ..weighed(2) };
        assert_eq!(holds_back(Item::VeiligThuis, standing), Some(reason));
    }
    assert_eq!(holds_back(Item::VeiligThuis, weighed(2)), None);
    assert_eq!(holds_back(Item::VeiligThuis, Standing { weighed: 1, ..weighed(2) }), Some(Reason::NotWeighed));
    assert_eq!(holds_back(Item::VeiligThuis, weighed(0)), Some(Reason::NotWeighed), "weighed at no version at all");
    let untouched = Standing::untouched();
    assert_eq!(holds_back(Item::EigenOnderzoek, untouched), Some(Reason::Missing), "nobody else is asked");
}

#[test]
fn trouble_keeps_it_shut_whatever_the_state() {
    for (trouble, reason) in [(Trouble::Refused, Reason::CallRefused), (Trouble::Stuck, Reason::Stuck)] {
        let standing = Standing { trouble: Some(trouble), ..weighed(2) };
        assert_eq!(holds_back(Item::VeiligThuis, standing), Some(reason));
    }
}

#[test]
fn every_open_point_has_a_sentence_without_codes() {
    let shut = open(Subject::Item(Item::VeiligThuis), Reason::Incomplete(Code::Identiteit));
    assert_eq!(shut.sentence(), "Veilig Thuis: het is niet zeker om wie het gaat.");
    assert_eq!(open(Subject::Advice, Reason::Missing).sentence(), "Het advies ontbreekt nog.");
}

fn any_standings() -> impl Strategy<Value = BTreeMap<Item, Standing>> {
    let one = prop_oneof![3 => (1..=3u32).prop_map(weighed), 1 => arbitrary::standing()];
    proptest::collection::vec(one, 4).prop_map(|standings| ITEMS.into_iter().zip(standings).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_is_open_exactly_when_every_item_is_weighed_at_its_latest_version(standings in any_standings()) {
        let rests_on = versions(&standings);
        let ready = standings.values().all(|one| {
            one.state == State::Weighed && one.trouble.is_none() && one.latest > 0 && one.weighed == one.latest
        });
        prop_assert_eq!(try_pass(&standings, signed(&rests_on), &[]).is_ok(), ready);
    }

    #[test]
    fn removing_an_answer_never_opens_it(standings in any_standings(), item in select(ITEMS.to_vec())) {
        let rests_on = versions(&standings);
        let mut without = standings.clone();
        without.remove(&item);
        prop_assert!(try_pass(&without, signed(&rests_on), &[]).is_err());
        let mut untouched = standings;
        untouched.insert(item, Standing::untouched());
        prop_assert!(try_pass(&untouched, signed(&rests_on), &[]).is_err());
    }

    #[test]
    fn removing_a_weighing_never_opens_it(standings in any_standings(), item in select(ITEMS.to_vec())) {
        let rests_on = versions(&standings);
        let mut unweighed = standings;
        let one = unweighed.get_mut(&item).unwrap();
        (one.state, one.weighed) = (State::Answered, 0);
        prop_assert!(try_pass(&unweighed, signed(&rests_on), &[]).is_err());
    }

    #[test]
    fn a_new_version_never_opens_it_and_shuts_it_when_it_was_open(
        standings in any_standings(), item in select(ITEMS.to_vec()), new in arbitrary::standing(), more in 1..5u32,
    ) {
        let rests_on = versions(&standings);
        let latest = rests_on[&item] + more;
        let mut newer = standings;
        newer.insert(item, Standing { latest, weighed: new.weighed.min(latest), ..new });
        prop_assert!(try_pass(&newer, signed(&rests_on), &[]).is_err());
        newer.insert(item, weighed(latest));
        prop_assert!(try_pass(&newer, signed(&rests_on), &[]).is_err(), "not even when it was weighed: sign again");
    }

    #[test]
    fn the_order_of_the_required_items_makes_no_difference(
        standings in any_standings(), order in Just(ITEMS.to_vec()).prop_shuffle(),
    ) {
        let rests_on = versions(&standings);
        let outcome = |items: &[Item]| {
            let required = over(items);
            let view = View { required: Some(&required), standings: &standings, advice: signed(&rests_on), office: &[] };
            pass(view).map_err(|incomplete| incomplete.open().iter().copied().collect::<std::collections::BTreeSet<_>>())
        };
        prop_assert_eq!(outcome(&order), outcome(&ITEMS));
    }

    #[test]
    fn requiring_more_never_opens_it(standings in any_standings(), dropped in select(ITEMS.to_vec())) {
        let rests_on = versions(&standings);
        let fewer: Vec<Item> = ITEMS.into_iter().filter(|item| *item != dropped).collect();
        let required = over(&fewer);
        let view = View { required: Some(&required), standings: &standings, advice: signed(&rests_on), office: &[] };
        if pass(view).is_err() {
            prop_assert!(try_pass(&standings, signed(&rests_on), &[]).is_err());
        }
    }
}
