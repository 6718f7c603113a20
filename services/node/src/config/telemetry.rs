//! `[telemetry]`: what the served offices say about themselves, and to whom.

use super::address::{Listen, is_bare};
use http::Uri;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use zsm_chassis::telemetry::{LogFormat, Settings};

/// `[telemetry]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TelemetrySection {
    /// Where the page of metrics listens.
    pub(super) metrics: Option<Page>,
    /// The collector that gets traces and metrics by OTLP over gRPC.
    pub(super) otlp: Option<Collector>,
    /// How logs are written.
    log_format: Format,
}

/// Where the page of metrics listens, if anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) enum Page {
    None,
    At(Listen),
}

/// A collector. Debug output hides what may be secret in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Collector(Uri);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    Human,
    Json,
}

impl Default for TelemetrySection {
    fn default() -> Self {
        Self { metrics: None, otlp: None, log_format: Format::Human }
    }
}

impl TelemetrySection {
    /// With something said of everything.
    pub(super) fn complete() -> Self {
        let collector = Collector(Uri::from_static("http://127.0.0.1:4317"));
        Self { metrics: Some(Page::At(Listen::example())), otlp: Some(collector), ..Self::default() }
    }

    pub(super) fn settings(&self) -> Settings {
        let Self { metrics: _, otlp, log_format } = self;
        let logs = match log_format {
            Format::Human => LogFormat::Human,
            Format::Json => LogFormat::Json,
        };
        Settings { logs, otlp: otlp.as_ref().map(|collector| collector.0.clone()), metrics: self.page() }
    }

    /// Where the page of metrics listens; nothing when there is none.
    pub(super) fn page(&self) -> Option<SocketAddr> {
        match self.metrics {
            Some(Page::At(listen)) => Some(listen.socket()),
            Some(Page::None) | None => None,
        }
    }
}

impl Page {
    /// The page on the port before the first office; none when there is no such port.
    pub(super) fn before(first_port: u16) -> Self {
        match first_port.checked_sub(1) {
            None | Some(0) => Page::None,
            Some(port) => Page::At(Listen::new(port)),
        }
    }
}

impl TryFrom<String> for Page {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "none" { Ok(Page::None) } else { Listen::try_from(text).map(Page::At) }
    }
}

impl From<Page> for String {
    fn from(page: Page) -> Self {
        match page {
            Page::None => "none".to_owned(),
            Page::At(listen) => listen.into(),
        }
    }
}

/// What is wrong is told without the text: it may hold a secret.
impl TryFrom<String> for Collector {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const WRONG: &str = "this is no address of a collector, such as \"http://127.0.0.1:4317\" (without a path)";
        let address: Uri = text.parse().map_err(|_| WRONG)?;
        let whole = address.scheme_str() == Some("http") && address.host().is_some_and(|host| !host.is_empty());
        if whole && is_bare(&address) { Ok(Self(address)) } else { Err(WRONG) }
    }
}

impl From<Collector> for String {
    fn from(collector: Collector) -> Self {
        collector.0.to_string().trim_end_matches('/').to_owned()
    }
}

impl std::fmt::Debug for Collector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Collector").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    //! Where the page of metrics listens.

    use super::*;

    #[test]
    fn the_page_is_before_the_first_office_when_there_is_a_port() {
        assert_eq!(String::from(Page::before(7401)), "127.0.0.1:7400");
        assert_eq!(Page::before(1), Page::None);
        assert_eq!(Page::before(0), Page::None);
    }

    #[test]
    fn a_page_is_an_address_on_this_machine_or_none() {
        let page = |text: &str| Page::try_from(text.to_owned());
        assert_eq!(page("none"), Ok(Page::None));
        assert_eq!(page("[::1]:9000").map(String::from), Ok("[::1]:9000".to_owned()));
        for wrong in ["", "7400", "localhost:7400", "None", "0.0.0.0:7400"] {
            assert!(page(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_collector_is_named_without_its_text_when_it_is_wrong() {
        for wrong in [
            "",
            "secret",
            "https://user:secret@localhost:4317",
            "http://localhost:4317/secret",
            "http://localhost:4317/?token=secret",
            "http://localhost:4317?@=secret",
            "http://user:secret@",
        ] {
            assert!(!Collector::try_from(wrong.to_owned()).unwrap_err().contains("secret"), "{wrong}");
        }
    }
}
