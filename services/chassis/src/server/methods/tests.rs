//! Only names that we know are logged.

use prost::Message;
use prost_types::{FileDescriptorProto, FileDescriptorSet, MethodDescriptorProto, ServiceDescriptorProto};

use super::Methods;

fn contract() -> Vec<u8> {
    let service = |name: &str| ServiceDescriptorProto {
        name: Some(name.into()),
        method: vec![MethodDescriptorProto { name: Some("Weigh".into()), ..Default::default() }],
        ..Default::default()
    };
    let file = FileDescriptorProto {
        package: Some("zsm.dossier.v1".into()),
        service: vec![service("Dossier"), service("OfAnotherOffice")],
        ..Default::default()
    };
    FileDescriptorSet { file: vec![file] }.encode_to_vec()
}

#[test]
fn a_method_is_named_only_when_this_office_serves_it() {
    let methods = Methods::of(&["zsm.dossier.v1.Dossier".into()], &contract());
    for ours in [
        "zsm.dossier.v1.Dossier/Weigh",
        "grpc.health.v1.Health/Check",
        "grpc.health.v1.Health/Watch",
        "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    ] {
        assert_eq!(methods.at(&format!("/{ours}")), ours);
    }
    for strange in [
        "",
        "/",
        "/jan.jansen/Weigh",
        "/zsm.dossier.v1.Dossier/Jansen",
        "/zsm.dossier.v1.Dossier/Weigh/",
        "//zsm.dossier.v1.Dossier/Weigh",
        "/zsm.dossier.v1.OfAnotherOffice/Weigh",
        "/grpc.health.v1.Health/Jansen",
    ] {
        assert_eq!(methods.at(strange), "unknown", "{strange}");
    }
}
