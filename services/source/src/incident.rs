//! Questions of one incident at one desk, of which an answer can be the same (A12).

use crate::law::{Enquiries, related};
use zsm::Actor;
use zsm::enquiry::{Command, Enquiry};
use zsm_clerk::{Clerk, No};

/// The other questions of the same incident for the same item, to the same desk.
pub(crate) async fn others(clerk: &Clerk<Enquiries>, enquiry: &Enquiry) -> Result<Vec<Enquiry>, No> {
    let Some(place) = related(&enquiry.question) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for stream in clerk.journal().holders(&place).await? {
        let read = clerk.read(&stream).await?;
        let other = read.state.as_deref().filter(|other| {
            other.question.addressee == enquiry.question.addressee && other.question.name != enquiry.question.name
        });
        found.extend(other.cloned());
    }
    Ok(found)
}

/// Takes back what was given elsewhere as the same as an answer that was taken back (D12).
///
/// A copy that is written at the same moment is not missed: it sees by itself whether its origin still stands, and of
/// the two whoever comes last finds the other.
pub(crate) async fn take_back_copies(clerk: &Clerk<Enquiries>, enquiry: &Enquiry, by: &Actor) -> Result<(), No> {
    for other in others(clerk, enquiry).await? {
        let command = Command::FollowOrigin(Box::new(enquiry.clone()));
        clerk.note(&other.question.name.to_string(), command, by).await?;
    }
    Ok(())
}
