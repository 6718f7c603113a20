//! Errands: derived, carried out in parallel, retried with back-off, and never dropped without a word (E3).

use crate::clerk::{Clerk, Deed};
use crate::law::Law;
use crate::no::No;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::Arc;
use tonic::{Code, Status};
use zsm::Actor;
use zsm::item::Trouble;
use zsm::name::derive;
use zsm_journal::{Errand, NewErrand};

/// After this many tries an errand stands out as stuck: with the longest pause of 15 minutes, about half a day.
const CEILING: u32 = 60;
/// The longest pause between two tries, in law time.
const LONGEST_PAUSE: i64 = 15 * 60;

/// What came of carrying out an errand.
#[derive(Debug)]
pub enum Carried<C> {
    /// Done; the reply enters as this command.
    Replied(C),
    /// Done, or no longer wanted; there is nothing to note.
    Done,
    /// The call failed.
    Failed(Status),
}

/// How an office carries out the errands of one kind of stream.
pub trait Carry<L: Law>: Send + Sync + 'static {
    /// Carries out an errand, given the stream as it is now.
    fn carry(
        &self,
        state: Arc<L::State>,
        version: u64,
        errand: L::Errand,
    ) -> impl Future<Output = Carried<L::Command>> + Send;

    /// Who the stream's own office acts as when it notes a reply.
    fn acts_as(&self, state: &L::State) -> Option<Actor>;
}

/// Errands of any kind of stream in a journal, for the runner.
pub trait Routed: Send + Sync {
    /// The collection whose errands these are.
    fn collection(&self) -> &'static str;
    /// Carries one out and notes what came of it. Never fails: what cannot be noted now is tried again later.
    fn run(&self, errand: Errand) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

pub(crate) struct NewErrands;

/// An errand as the journal keeps it: what to do, and since which version of the stream. Carried out on anything older,
/// it would tell old news and the new would never be told.
#[derive(Serialize, Deserialize)]
struct Kept<E> {
    since: u64,
    errand: E,
}

impl NewErrands {
    /// The errands of a batch: each once, under a key derived from stream, version and content (E4).
    pub(crate) fn of<L: Law>(stream: &str, events: &[L::Event], version: u64, at: Timestamp) -> Vec<NewErrand> {
        let errands: BTreeSet<L::Errand> = events.iter().flat_map(L::react).collect();
        let new = errands.into_iter().filter_map(|errand| {
            let subject = serde_json::to_string(&Kept { since: version, errand }).ok()?;
            let id = derive(&format!("{stream}:{subject}")).to_string();
            Some(NewErrand { id, kind: L::COLLECTION.into(), subject, not_before: at.as_microsecond() })
        });
        new.collect()
    }
}

/// A clerk with the way its errands are carried out.
#[derive(Debug)]
pub(crate) struct Route<L: Law, K> {
    pub(crate) clerk: Clerk<L>,
    pub(crate) carrier: K,
}

impl<L: Law, K: Carry<L>> Routed for Route<L, K> {
    fn collection(&self) -> &'static str {
        L::COLLECTION
    }

    fn run(&self, errand: Errand) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            if let Err(no) = self.carry_out(&errand).await {
                tracing::error!(errand = %errand.id, %no, "errand could not be noted");
                // When even that fails, the errand stays due and the slow tick finds it.
                if let Err(no) = self.again(&errand).await {
                    tracing::error!(errand = %errand.id, %no, "errand could not be postponed");
                }
            }
        })
    }
}

impl<L: Law, K: Carry<L>> Route<L, K> {
    async fn carry_out(&self, errand: &Errand) -> Result<(), No> {
        let Ok(kept) = serde_json::from_str::<Kept<L::Errand>>(&errand.subject) else {
            // Written by another release; it waits for one that knows it.
            tracing::error!(errand = %errand.id, "an errand that this release cannot read");
            return self.again(errand).await;
        };
        let what = kept.errand;
        let read = self.clerk.read_at_least(&errand.stream, kept.since).await?;
        let Some(by) = self.carrier.acts_as(&read.state) else { return self.settle(errand).await };
        match self.carrier.carry(Arc::clone(&read.state), read.version, what).await {
            Carried::Replied(command) => match self.note(errand, command, by.clone()).await {
                // A reply that the law refuses counts as a call that was refused.
                Err(No::Refused(refusal)) => {
                    tracing::warn!(errand = %errand.id, reason = refusal.code(), "reply refused");
                    self.trouble(errand, what, Trouble::Refused, by).await
                }
                other => other,
            },
            Carried::Done => match L::recovered(&read.state, what) {
                Some(command) => self.note(errand, command, by).await,
                None => self.settle(errand).await,
            },
            Carried::Failed(status) => {
                tracing::info!(errand = %errand.id, code = ?status.code(), tries = errand.attempts, "errand failed");
                match verdict(&status, errand.attempts) {
                    Some(trouble) => self.trouble(errand, what, trouble, by).await,
                    None => self.again(errand).await,
                }
            }
        }
    }

    /// Says in the stream that an errand does not get through; what carries news is tried on all the same.
    async fn trouble(&self, errand: &Errand, what: L::Errand, trouble: Trouble, by: Actor) -> Result<(), No> {
        let command = L::trouble(what, trouble);
        if L::gives_up(what) {
            return self.note(errand, command, by).await;
        }
        let deed = Deed { stream: errand.stream.clone(), command, by, etag: None, settles: None };
        self.clerk.perform(deed).await?;
        self.again(errand).await
    }

    async fn settle(&self, errand: &Errand) -> Result<(), No> {
        Ok(self.clerk.journal().settle(&errand.id).await?)
    }

    async fn note(&self, errand: &Errand, command: L::Command, by: Actor) -> Result<(), No> {
        let stream = errand.stream.clone();
        let deed = Deed { stream, command, by, etag: None, settles: Some(errand.id.clone()) };
        self.clerk.perform(deed).await.map(drop)
    }

    async fn again(&self, errand: &Errand) -> Result<(), No> {
        let tries = errand.attempts.saturating_add(1);
        let at = self.clerk.now().saturating_add(pause(&errand.id, tries)).unwrap_or(Timestamp::MAX);
        self.clerk.journal().postpone(&errand.id, tries, at.as_microsecond()).await?;
        self.clerk.tray().later(at);
        Ok(())
    }
}

/// Whether a failed call is trouble that somebody must see, and which; nothing while it is only tried again.
pub(crate) fn verdict(status: &Status, attempts: u32) -> Option<Trouble> {
    let final_answer = match status.code() {
        _ if zsm_chassis::switchboard::broke(status) => false,
        Code::InvalidArgument
        | Code::PermissionDenied
        | Code::NotFound
        | Code::AlreadyExists
        | Code::OutOfRange
        | Code::FailedPrecondition => true,
        Code::Ok
        | Code::Cancelled
        | Code::Unknown
        | Code::DeadlineExceeded
        | Code::ResourceExhausted
        | Code::Aborted
        | Code::Unimplemented
        | Code::Internal
        | Code::Unavailable
        | Code::DataLoss
        | Code::Unauthenticated => false,
    };
    if final_answer { Some(Trouble::Refused) } else { (attempts + 1 >= CEILING).then_some(Trouble::Stuck) }
}

/// The pause before a try: doubling from one second, up to a quarter more by the errand's own key, so that many
/// errands of one outage do not come back at once.
pub(crate) fn pause(id: &str, tries: u32) -> SignedDuration {
    let seconds = 1_i64.checked_shl(tries.min(20).saturating_sub(1)).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE);
    let spread = i64::from(id.bytes().fold(tries, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 250);
    SignedDuration::from_millis(seconds * 1000 + seconds * spread)
}

#[cfg(test)]
mod tests;
