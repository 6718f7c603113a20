//! Ids are ordered and distinct; a seed repeats itself.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::Ids;

fn draw(ids: &Ids, count: usize) -> Vec<Uuid> {
    (0..count).map(|_| ids.draw()).collect()
}

#[test]
fn ids_are_version_seven_and_in_the_order_they_were_drawn() {
    for ids in [Ids::system(), Ids::seeded(7)] {
        let drawn = draw(&ids, 1_000);
        assert!(drawn.iter().all(|id| id.get_version_num() == 7));
        assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]));
    }
}

#[test]
fn the_same_seed_draws_the_same_ids_and_another_seed_others() {
    assert_eq!(draw(&Ids::seeded(7), 100), draw(&Ids::seeded(7), 100));
    let distinct: BTreeSet<_> = (0..20).flat_map(|seed| draw(&Ids::seeded(seed), 100)).collect();
    assert_eq!(distinct.len(), 2_000);
}

#[test]
fn clones_do_not_draw_an_id_twice() {
    let ids = Ids::seeded(7);
    assert_ne!(ids.clone().draw(), ids.draw());
}
