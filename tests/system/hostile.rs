//! What should not come in over the wire: it is refused, it changes nothing, and the office goes on serving others.

mod bytes;
mod content;
mod crowds;
mod raw;

use std::collections::BTreeMap;
use tonic::Status;
use zsm::Kind;
use zsm_journal::Journal;
use zsm_node::NAMES;
use zsm_proto::pb::adviser::v1 as adviser;
use zsm_proto::pb::model::v1 as model;
use zsm_proto::pb::source::v1 as source;

use crate::case::{Acknowledged, Drive, Ending};
use crate::client::Client;
use crate::program::House;
use crate::story::{Plot, Story};

const DESK: &str = "veilig-thuis/balie";
const SERVICE: &str = "veilig-thuis/dienst:regel:bron-1";
/// How much more memory an attack may take, in kilobytes.
const MOST_KILOBYTES: u64 = 200 * 1024;

/// A house in which a desk has taken a question up, and how every stream stands there.
struct Scene {
    house: House,
    client: Client,
    story: Story,
    acknowledged: Acknowledged,
    before: BTreeMap<String, usize>,
}

impl Scene {
    async fn set() -> Self {
        let mut house = House::open();
        let client = Client::of(&house);
        let story = Story::new(1, Plot::AtTheDesk, client.now());
        let mut drive = Drive::new(&client, story.clone());
        while drive.acknowledged.taken_up.is_empty() {
            assert!(drive.act().await);
        }
        let acknowledged = drive.acknowledged;
        // What is under way arrives first, so that a second look sees the same.
        let mut before = versions(&mut house).await;
        loop {
            house.start();
            for kind in NAMES {
                assert!(client.is_well(kind).await);
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            let again = versions(&mut house).await;
            if again == before {
                break;
            }
            before = again;
        }
        house.start();
        Self { house, client, story, acknowledged, before }
    }

    fn question(&self) -> String {
        self.acknowledged.taken_up[0].clone()
    }

    /// A sound answer to the question.
    fn answer(&self) -> model::Answer {
        self.story.desk_answer(zsm::Item::VeiligThuis, &[1, 2], 1)
    }

    async fn answered(&self, answer: model::Answer) -> Status {
        let request = source::AnswerQuestionRequest {
            request_id: self.story.request_id("hostile"),
            name: self.question(),
            etag: String::new(),
            answer: Some(answer),
            same_as: String::new(),
        };
        self.client.change(Kind::VeiligThuis, DESK, request).await.expect_err("it was taken for an answer")
    }

    async fn delivered(&self, mut answer: model::Answer) -> Status {
        // A source says who searched.
        answer.searched.iter_mut().for_each(|searched| searched.by = "veilig-thuis-balie-1".into());
        let request = adviser::DeliverAnswerRequest {
            request_id: self.story.request_id("hostile"),
            name: self.acknowledged.assignment.clone(),
            question: self.question(),
            version: 1,
            answer: Some(answer),
            retraction: None,
        };
        self.client.ask(Kind::Rvdk, SERVICE, request).await.expect_err("it was taken for an answer")
    }

    /// Nothing changed, and the offices still do their work: the case can be finished.
    async fn unharmed(mut self) {
        let after = versions(&mut self.house).await;
        assert_eq!(after, self.before, "something was written");
        self.house.start();
        let finished = Drive::resumed(&self.client, self.story.clone(), self.acknowledged.clone()).finish().await;
        assert_eq!(finished.ended, Some(Ending::Decided));
    }
}

/// Drives a case to its end, with others about.
async fn drive_a_case(client: &Client, number: u32, plot: Plot) {
    let driven = Drive::new(client, Story::new(number, plot, client.now())).finish().await;
    assert!(driven.ended.is_some());
}

/// How much memory a node had before an attack.
struct Memory {
    before: u64,
}

impl Memory {
    fn of(house: &House) -> Self {
        Self { before: kilobytes(house, "VmRSS:") }
    }

    /// The node never took much more, whatever was done to it.
    fn assert_bounded(&self, house: &House, attack: &str) {
        let (now, most) = (kilobytes(house, "VmRSS:"), kilobytes(house, "VmHWM:"));
        eprintln!("{attack}: {} MB before, {} MB now, {} MB at most", self.before / 1024, now / 1024, most / 1024);
        assert!(most < self.before + MOST_KILOBYTES, "{attack} took {} MB", (most - self.before) / 1024);
    }
}

fn kilobytes(house: &House, what: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", house.process())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(what)).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// How many facts every stream holds, and how many errands are open; the node is stopped for it.
async fn versions(house: &mut House) -> BTreeMap<String, usize> {
    assert!(house.interrupt().success());
    let mut versions = BTreeMap::new();
    for kind in NAMES {
        let journal = Journal::open(&house.journal(kind)).await.unwrap();
        for stream in journal.streams("").await.unwrap() {
            let facts = journal.read(&stream).await.unwrap();
            versions.insert(format!("{} {stream}", kind.slug()), facts.len());
        }
        versions.insert(format!("{} errands", kind.slug()), journal.errands().await.unwrap().len());
        journal.close().await;
    }
    versions
}
