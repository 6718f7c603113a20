//! Only names that we know are logged.

use super::Trace;

#[test]
fn a_method_is_logged_only_when_it_is_one_of_ours() {
    let trace = Trace::new("om", vec!["zsm.dossier.v1.Dossier".into()]);
    assert_eq!(trace.method("/zsm.dossier.v1.Dossier/Weigh"), "zsm.dossier.v1.Dossier/Weigh");
    assert_eq!(trace.method("/grpc.health.v1.Health/Check"), "grpc.health.v1.Health/Check");
    for strange in ["", "/", "/jan.jansen/Weigh", "/zsm.dossier.v1.Dossier/jan-jansen", "/zsm.dossier.v1.Dossier/a/b"] {
        assert_eq!(trace.method(strange), "unknown", "{strange}");
    }
}
