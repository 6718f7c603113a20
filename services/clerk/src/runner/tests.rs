//! What may not wait finds room.

use super::*;
use crate::testing::{Bring, Office};

#[tokio::test]
async fn a_warning_has_room_although_everything_else_hangs() {
    // D27.
    let office = Office::open().await;
    let room = Budget::default().side_by_side;
    office.other.leave.forget_permits(1_000);
    let shutdown = Shutdown::new();
    shutdown.spawn("runner", office.runner.clone().run(shutdown.clone()));
    for number in 0..=room {
        office.tell(Bring::News(u32::try_from(number).unwrap())).await;
    }
    office.tell(Bring::Warning).await;
    let found_room = async {
        while office.runner.under_way().len() <= room {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), found_room).await.unwrap();
    assert_eq!(office.runner.under_way().values().filter(|urgent| **urgent).count(), 1);
}
