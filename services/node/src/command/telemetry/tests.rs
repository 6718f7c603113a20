//! Where the page of metrics listens.

use super::{Page, Telemetry};
use zsm_chassis::telemetry::LogFormat;

fn page(metrics: Option<&str>, first_port: u16) -> Option<String> {
    let metrics = metrics.map(|given| given.parse::<Page>().unwrap());
    let telemetry = Telemetry { metrics, otlp: None, log_format: LogFormat::Human };
    telemetry.settings(first_port).metrics.map(|address| address.to_string())
}

#[test]
fn the_page_is_before_the_first_office_unless_something_else_is_asked() {
    assert_eq!(page(None, 7401).as_deref(), Some("127.0.0.1:7400"));
    assert_eq!(page(None, 1), None, "there is no port before it");
    assert_eq!(page(Some("none"), 7401), None);
    assert_eq!(page(Some("[::1]:9000"), 7401).as_deref(), Some("[::1]:9000"));
    for wrong in ["", "7400", "localhost:7400", "None"] {
        assert!(wrong.parse::<Page>().unwrap_err().contains("127.0.0.1:7400"), "{wrong}");
    }
}
