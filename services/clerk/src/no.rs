//! The ways in which a clerk says no, and the one place where they become a status.

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};
use zsm::Refusal;
use zsm::personal::SealError;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum No {
    /// The law says no; the caller can act on it.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// The request id was used for a request with another content (E4).
    #[error("the request id was used for another request")]
    RequestReused,
    /// Others kept changing the stream.
    #[error("the stream kept changing")]
    Contended,
    /// The journal could not be read or written.
    #[error("the journal cannot be used: {0}")]
    Journal(zsm_journal::Error),
    /// What the journal holds cannot be read.
    #[error(transparent)]
    Unreadable(#[from] SealError),
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        No::Refused(refusal)
    }
}

impl From<zsm_journal::Error> for No {
    fn from(error: zsm_journal::Error) -> Self {
        No::Journal(error)
    }
}

impl No {
    /// The status for a caller who asked about a resource.
    pub fn status(&self, resource: &str) -> Status {
        match self {
            No::Refused(refusal) => zsm_proto::status::refused(refusal, resource),
            No::RequestReused => reasoned(
                Code::AlreadyExists,
                "Dit verzoeknummer is al gebruikt voor een ander verzoek.",
                "VERZOEKNUMMER_HERGEBRUIKT",
            ),
            No::Contended => reasoned(Code::Aborted, "Anderen wijzigen dit nu. Probeer het opnieuw.", "DRUK"),
            No::Journal(error) => {
                tracing::error!(%error, "journal");
                reasoned(Code::Unavailable, "Opslaan lukt nu niet. Probeer het opnieuw.", "OPSLAG")
            }
            No::Unreadable(error) => {
                tracing::error!(%error, "journal holds what cannot be read");
                reasoned(Code::Internal, "Dit kan niet worden gelezen.", "ONLEESBAAR")
            }
        }
    }
}

fn reasoned(code: Code, message: &str, reason: &str) -> Status {
    let mut details = ErrorDetails::new();
    details.set_error_info(reason, "zsm", std::collections::HashMap::new());
    Status::with_error_details(code, message, details)
}
