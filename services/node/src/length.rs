//! Lengths of time as people write them: `25h`, `90m`, `3d`, `2h30m`; a day is 24 hours.

use jiff::{SignedDuration, Span, SpanRelativeTo};
use serde::{Deserialize, Serialize};

/// A length of time that is not nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Length(pub(crate) SignedDuration);

/// The length that is written here; nothing when it is none.
pub(crate) fn parse(text: &str) -> Option<SignedDuration> {
    let span: Span = text.parse().ok()?;
    span.to_duration(SpanRelativeTo::days_are_24_hours()).ok().filter(SignedDuration::is_positive)
}

impl TryFrom<String> for Length {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        parse(&text).map(Length).ok_or("this is no length of time such as \"24h\", \"90m\", \"3d\" or \"10s\"")
    }
}

impl From<Length> for String {
    fn from(Length(length): Length) -> Self {
        format!("{length:#}")
    }
}
