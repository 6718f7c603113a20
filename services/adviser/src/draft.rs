//! What became of a draft that was sent: saved, or beside one that somebody else saved.
//!
//! The receipt of the request keeps versions only, for a draft is personal data: its text is put in the reply afterwards,
//! so that a repeat gets the same reply.

use crate::law::Assignments;
use crate::shown;
use zsm::assignment::{Event, State};
use zsm::draft::{Draft, SavedDraft};
use zsm_clerk::{Clerk, No};
use zsm_proto::pb::adviser::v1::save_advice_draft_response::Outcome;
use zsm_proto::pb::adviser::v1::{AdviceDraft, DraftConflict, SaveAdviceDraftResponse};
use zsm_proto::pb::model::v1::AdviceContent;

/// What became of it, without any text: it is saved when the draft now says what was sent.
pub(crate) fn outcome(state: &State, sent: &Draft) -> SaveAdviceDraftResponse {
    let kept = state.as_ref().and_then(|assignment| assignment.draft.as_deref());
    let outcome = kept.map(|kept| {
        let draft = AdviceDraft { content: None, ..kept.into() };
        if kept.draft == *sent {
            Outcome::Saved(draft)
        } else {
            Outcome::Conflict(DraftConflict { theirs: Some(draft), yours: None })
        }
    });
    SaveAdviceDraftResponse { outcome }
}

/// The same with the texts.
pub(crate) async fn in_words(
    clerk: &Clerk<Assignments>,
    stream: &str,
    said: SaveAdviceDraftResponse,
    sent: Option<AdviceContent>,
) -> Result<SaveAdviceDraftResponse, No> {
    let outcome = match said.outcome {
        Some(Outcome::Saved(draft)) => Some(Outcome::Saved(AdviceDraft { content: sent, ..draft })),
        Some(Outcome::Conflict(DraftConflict { theirs: Some(draft), .. })) => {
            let theirs = saved(clerk, stream, draft.version).await?;
            let read = clerk.read(stream).await?;
            let theirs =
                read.state.as_deref().zip(theirs).map(|(assignment, theirs)| shown::draft(assignment, &theirs));
            Some(Outcome::Conflict(DraftConflict { theirs, yours: sent }))
        }
        other => other,
    };
    Ok(SaveAdviceDraftResponse { outcome })
}

/// A draft as it was saved, also when it was signed or another was saved since.
async fn saved(clerk: &Clerk<Assignments>, stream: &str, version: u32) -> Result<Option<SavedDraft>, No> {
    let history = clerk.history(stream).await?;
    Ok(history.into_iter().find_map(|(event, _)| match event {
        Event::DraftSaved { draft } if draft.version == version => Some(*draft),
        _ => None,
    }))
}
