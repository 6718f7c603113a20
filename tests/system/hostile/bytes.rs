//! Bytes that are no call, too many of them, or too few at a time.

use bytes::Bytes;
use prost::Message;
use prost_types::field_descriptor_proto::Type;
use prost_types::{DescriptorProto, FileDescriptorProto, FileDescriptorSet};
use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;
use tonic::Code;
use zsm::Kind;
use zsm_node::NAMES;
use zsm_proto::pb::om::v1 as om;

use super::content::assert_names;
use super::raw::{Line, ended, framed, head};
use super::{Memory, Scene, drive_a_case};
use crate::client::Client;
use crate::program::House;
use crate::story::{Plot, Story};

/// How deep a message is nested that should not be read; as deep as fits in the largest message.
const DEEP: usize = 500_000;
/// How many calls are begun and dropped.
const DROPPED: usize = 5_000;
/// How many replies are left lying.
const UNREAD: usize = 400;
/// How many cases stand on the page that is asked for.
const LISTED: u32 = 60;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_too_large_is_refused_and_the_office_goes_on() {
    let scene = Scene::set().await;
    for (at, size) in [(Kind::Om, 1024 * 1024), (Kind::Om, 9 * 1024 * 1024)] {
        let large = om::RegisterCaseRequest { bvh_number: "9".repeat(size), ..scene.story.registration() };
        let status = scene.client.once(at, "politie/politie", large).await.unwrap_err();
        assert!(matches!(status.code(), Code::ResourceExhausted | Code::OutOfRange), "{status:?}");
    }
    // Just small enough to be read, and still no number of an incident.
    let long = om::RegisterCaseRequest { bvh_number: "9".repeat(1_000_000), ..scene.story.registration() };
    let status = scene.client.ask(Kind::Om, "politie/politie", long).await.unwrap_err();
    assert_names(&status, "bvh_number");
    scene.unharmed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_no_call_harm_nobody() {
    let scene = Scene::set().await;
    let garbage: [&[u8]; 4] = [
        b"GET / HTTP/1.1\r\nHost: om\r\n\r\n",
        &[0xff; 4096],
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        b"",
    ];
    for kind in NAMES {
        for bytes in garbage {
            let mut line = TcpStream::connect(scene.house.address(kind)).unwrap();
            // The office may hang up before all of it is said.
            line.write_all(bytes).ok();
        }
        assert!(scene.client.is_well(kind).await);
    }
    scene.unharmed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_nested_deeply_is_refused_whatever_it_is_for() {
    let scene = Scene::set().await;
    let memory = Memory::of(&scene.house);
    let bomb = [0x7b; DEEP];
    let contract = FileDescriptorSet::decode(zsm_proto::DESCRIPTORS).unwrap();
    let mut tried = 0;
    let named = |file: &FileDescriptorProto| {
        let package = file.package().to_owned();
        file.message_type.clone().into_iter().map(move |one| (format!(".{package}.{}", one.name()), one))
    };
    let messages: BTreeMap<String, DescriptorProto> = contract.file.iter().flat_map(named).collect();
    for file in contract.file.iter().filter(|file| file.package().starts_with("zsm.")) {
        for service in &file.service {
            let at = match service.name() {
                "CaseService" => Kind::Om,
                "AdviserService" => Kind::Rvdk,
                _ => Kind::VeiligThuis,
            };
            let mut line = Line::open(scene.house.address(at), 65_535).await.unwrap();
            for method in &service.method {
                let path = format!("/{}.{}/{}", file.package(), service.name(), method.name());
                let parts = messages[method.input_type()].field.iter().filter(|field| field.r#type() == Type::Message);
                let nested = parts.map(|part| part_holding(part.number(), &bomb));
                for message in std::iter::once(bomb.to_vec()).chain(nested) {
                    let ended = line.call(&path, &scene.client.token("om/officier"), &message).await;
                    assert!(ended.as_ref().is_ok_and(|code| *code != 0), "{path}: {ended:?}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 40, "{tried} messages were tried");
    memory.assert_bounded(&scene.house, "deeply nested messages");
    scene.unharmed().await;
}

/// A message whose part with this number holds these bytes.
fn part_holding(number: i32, bytes: &[u8]) -> Vec<u8> {
    let mut message = Vec::new();
    prost::encoding::encode_varint(u64::try_from(number).unwrap() << 3 | 2, &mut message);
    prost::encoding::encode_varint(bytes.len() as u64, &mut message);
    message.extend(bytes);
    message
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_is_too_large_and_calls_that_are_dropped_harm_nobody() {
    let scene = Scene::set().await;
    let memory = Memory::of(&scene.house);
    let at = scene.house.address(Kind::Om);
    let path = "/zsm.om.v1.CaseService/ListCases";
    for (heads, long) in [(1, 1024 * 1024), (2_000, 100)] {
        let mut line = Line::open(at, 65_535).await.unwrap();
        let heads: Vec<_> = (0..heads).map(|_| ("x-many", "9".repeat(long))).collect();
        let refused = match line.begin(path, &heads).await {
            Ok((answer, _said)) => ended(answer).await,
            Err(refused) => Err(refused),
        };
        assert!(refused.is_err(), "{refused:?}");
    }
    let token = scene.client.token("om/officier");
    let mut line = Line::open(at, 65_535).await.unwrap();
    for _ in 0..DROPPED {
        let heads = [("authorization", format!("Bearer {token}"))];
        // Dropped, the call is reset. The office may have hung up by now.
        let Ok((answer, said)) = line.begin(path, &heads).await else { break };
        drop((answer, said));
    }
    assert!(scene.client.is_well(Kind::Om).await);
    memory.assert_bounded(&scene.house, "calls that were dropped");
    scene.unharmed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_in_a_byte_at_a_time_holds_up_nobody() {
    let house = House::open();
    let client = Client::of(&house);
    for number in 1..=LISTED {
        let registration = Story::new(number, Plot::Known, client.now()).registration();
        client.ask(Kind::Om, "politie/politie", registration).await.unwrap();
    }
    let memory = Memory::of(&house);
    let token = client.token("om/officier:traag");
    let (mut lines, mut unread, mut refused) = (Vec::new(), Vec::new(), 0);
    while unread.len() + refused < UNREAD {
        let mut line = Line::open(house.address(Kind::Om), 1).await.unwrap();
        for _ in 0..UNREAD / 4 {
            let heads = [("authorization", format!("Bearer {token}"))];
            let (answer, mut said) = line.begin("/zsm.om.v1.CaseService/ListCases", &heads).await.unwrap();
            said.send_data(framed(&[]), true).unwrap();
            match head(answer).await {
                Some((None, body)) => unread.push(body),
                Some((Some(status), _)) => {
                    assert_eq!(status, Code::ResourceExhausted as i32);
                    refused += 1;
                }
                None => panic!("no answer"),
            }
        }
        lines.push(line);
    }
    assert!(refused > 0, "one caller may leave {} replies lying", unread.len());
    let mut reading = unread.pop().unwrap();
    let mut taken = 0;
    for number in LISTED + 1..=LISTED + 3 {
        let byte = reading.data().await.unwrap().unwrap();
        taken += byte.len();
        reading.flow_control().release_capacity(byte.len()).unwrap();
        drive_a_case(&client, number, Plot::Triage).await;
    }
    assert!(taken >= 3);
    memory.assert_bounded(&house, "replies that nobody takes in");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_speaks_a_byte_at_a_time_is_hung_up_on() {
    let house = House::open();
    let client = Client::of(&house);
    let memory = Memory::of(&house);
    let mut line = Line::open(house.address(Kind::Om), 65_535).await.unwrap();
    let heads = [("authorization", format!("Bearer {}", client.token("politie/politie")))];
    let (answer, mut said) = line.begin("/zsm.om.v1.CaseService/RegisterCase", &heads).await.unwrap();
    let spelling = tokio::spawn(async move {
        let message = framed(&[0; 100_000]);
        for place in 0..message.len() {
            // The office may have had enough.
            if said.send_data(Bytes::copy_from_slice(&message[place..=place]), false).is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    // A head of which half was sent: the frame says that it is longer.
    let mut half = TcpStream::connect(house.address(Kind::Om)).unwrap();
    half.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0\0\x01\0\x01\x04\0\0\0\x01\x82").unwrap();
    drive_a_case(&client, 1, Plot::Triage).await;
    assert_eq!(ended(answer).await, Ok(Code::DeadlineExceeded as i32));
    spelling.abort();
    memory.assert_bounded(&house, "calls that are spelt");
    let closed = tokio::task::spawn_blocking(move || {
        half.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        std::io::Read::read_to_end(&mut half, &mut Vec::new())
    });
    closed.await.unwrap().expect("a head that never ends is kept");
}
