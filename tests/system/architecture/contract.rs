//! The contract: every part of it is explained, and every RPC stands in the table of who may do what.

use super::root;
use super::sources::files;
use prost::Message;
use prost_types::FileDescriptorSet;
use std::collections::BTreeSet;
use zsm::authority::Act;

#[test]
fn every_part_of_the_contract_is_explained() {
    let mut bare = Vec::new();
    let contracts = files(&root().join("proto"), "proto");
    assert!(!contracts.is_empty());
    for contract in contracts {
        let text = std::fs::read_to_string(&contract).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        // A statement may go on over several lines; only the first of them needs a comment above it.
        let mut begins = true;
        for (number, line) in lines.iter().enumerate() {
            if line.is_empty() || line.starts_with("//") {
                continue;
            }
            let explained = number > 0 && lines[number - 1].starts_with("//");
            if begins && is_a_part(line) && !explained {
                bare.push(format!("{}:{}: {line}", contract.display(), number + 1));
            }
            let code = line.split("//").next().unwrap_or_default().trim_end();
            begins = code.ends_with([';', '{', '}']);
        }
    }
    assert!(bare.is_empty(), "without a comment above it:\n{}", bare.join("\n"));
}

/// A service, rpc, message, enum, oneof, field or enum value: all but what frames a file.
fn is_a_part(line: &str) -> bool {
    const FRAME: [&str; 6] = ["syntax", "package", "import", "option", "reserved", "}"];
    !FRAME.iter().any(|word| line.starts_with(word))
}

#[test]
fn every_rpc_is_an_act_and_every_act_an_rpc() {
    let contract = FileDescriptorSet::decode(zsm_proto::DESCRIPTORS).unwrap();
    let ours = contract.file.iter().filter(|file| file.package().starts_with("zsm."));
    let services: Vec<_> = ours.flat_map(|file| &file.service).collect();
    let methods = |service: &&_| -> Vec<String> {
        let service: &prost_types::ServiceDescriptorProto = service;
        service.method.iter().map(|method| method.name().to_owned()).collect()
    };
    let adviser = services.iter().filter(|service| service.name() == "AdviserService").flat_map(methods);
    let of_adviser: BTreeSet<String> = adviser.collect();
    // What leads and sources both offer is an act of its own at a source: others may do it there.
    let rpcs = services.iter().flat_map(|service| {
        let shared = |name: &String| service.name() == "SourceService" && of_adviser.contains(name);
        let act = move |name: String| if shared(&name) { format!("{name}AtSource") } else { name };
        methods(service).into_iter().map(act).collect::<Vec<_>>()
    });
    let rpcs: Vec<String> = rpcs.collect();
    let acts: BTreeSet<String> = Act::ALL.map(|act| format!("{act:?}")).into();
    assert_eq!(rpcs.iter().cloned().collect::<BTreeSet<_>>(), acts);
    assert_eq!(rpcs.len(), acts.len(), "an RPC of the same name in two services would share one act");
}
