//! Errands: derived, carried out in parallel, retried with back-off, and never dropped without a word (E3).

use crate::clerk::{Clerk, Entry};
use crate::law::Law;
use crate::no::No;
use crate::policy::Budget;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::Arc;
use tonic::{Code, Status};
use tracing::field::{Empty, debug};
use tracing::{Instrument, Span};
use zsm::item::Trouble;
use zsm::name::derive;
use zsm::{Actor, Organisation, Refusal};
use zsm_chassis::telemetry::context;
use zsm_journal::{Batch, Errand, Failure, NewErrand, NewStop, Receipt};
use zsm_proto::status::code_name;

/// After so many tries, half a minute apart in all, nothing that was under way before can still arrive: a call has a term
/// of 10 s, and what it asked to be written is written or has failed by then.
const OVERTAKES: u32 = 5;

/// The longest pause between two tries of what may not wait (D27), in law time.
const LONGEST_OF_URGENT: SignedDuration = SignedDuration::from_secs(5);

/// What came of withdrawing something from an office that has never heard of it: what is withdrawn may still be on its
/// way, and its own call given up. Until that cannot be any more, the withdrawal is tried again.
///
/// # Errors
/// UNAVAILABLE while it may still arrive.
pub fn withdrawn_before_it_came(tries: u32) -> Result<(), Status> {
    if tries < OVERTAKES { Err(Status::unavailable("it may still be on its way")) } else { Ok(()) }
}

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
    /// Carries out an errand, given the stream as it is now, and how often it was tried before.
    fn carry(
        &self,
        state: Arc<L::State>,
        version: u64,
        errand: L::Errand,
        tries: u32,
    ) -> impl Future<Output = Carried<L::Command>> + Send;

    /// Who the stream's own office acts as when it notes a reply.
    fn acts_as(&self, state: &L::State) -> Option<Actor>;
}

/// Errands of any kind of stream in a journal, for the runner and the administrator.
pub trait Routed: Send + Sync {
    /// The collection whose errands these are.
    fn collection(&self) -> &'static str;
    /// Carries one out and notes what came of it. Never fails: what cannot be noted now is tried again later.
    fn run(&self, errand: Errand) -> Later<'_, ()>;
    /// What one does, in words; nothing when this release cannot read it.
    fn task(&self, errand: &Errand) -> Option<String>;
    /// The organisation to whose dossiers a stream belongs; nothing for a stream without facts.
    fn owner<'a>(&'a self, stream: &'a str) -> Later<'a, Result<Option<Organisation>, No>>;
    /// Starts one anew, due at once.
    fn retry(&self, errand: Errand, receipt: Receipt) -> Later<'_, Result<(), No>>;
    /// Stops one. What it was to bring stands out as trouble in its stream, for it must not be dropped silently.
    fn stop(&self, errand: Errand, stop: NewStop, receipt: Receipt) -> Later<'_, Result<(), No>>;
}

/// What comes of it later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What becomes of an errand with what is written to its stream.
#[derive(Clone, Debug)]
pub(crate) enum Fate {
    /// It is done.
    Done(String),
    /// It gives up.
    GivenUp(String),
    /// An administrator stops it.
    Stopped(NewStop),
    /// It starts anew.
    Revived(String),
}

/// An errand as the journal keeps it: what to do, and since which version of the stream. Carried out on anything older,
/// it would tell old news and the new would never be told.
#[derive(Serialize, Deserialize)]
struct Kept<E> {
    since: u64,
    errand: E,
}

impl Fate {
    pub(crate) fn enter(self, batch: &mut Batch) {
        match self {
            Fate::Done(id) => batch.settles.push(id),
            Fate::GivenUp(id) => batch.gives_up = Some(id),
            Fate::Stopped(stop) => batch.stops = Some(stop),
            Fate::Revived(id) => batch.revives = Some(id),
        }
    }
}

/// The errands of a batch: each once, under a key derived from stream, version and content (E4).
pub(crate) fn new<L: Law>(stream: &str, wanted: BTreeSet<L::Errand>, version: u64, at: Timestamp) -> Vec<NewErrand> {
    let new = wanted.into_iter().filter_map(|errand| {
        let subject = serde_json::to_string(&Kept { since: version, errand }).ok()?;
        let id = derive(&format!("{stream}:{subject}")).to_string();
        let urgent = L::is_urgent(errand);
        Some(NewErrand { id, kind: L::COLLECTION.into(), subject, not_before: at.as_microsecond(), urgent })
    });
    new.collect()
}

/// Those that rest and need not be revived: the same is put down anew, or nobody waits for it any more.
pub(crate) fn replaced<L: Law>(resting: &[Errand], wanted: &BTreeSet<L::Errand>, after: &L::State) -> Vec<String> {
    let of_no_use = |errand: &&Errand| {
        read::<L>(errand).is_some_and(|kept| wanted.contains(&kept.errand) || L::is_void(after, kept.errand))
    };
    resting.iter().filter(of_no_use).map(|errand| errand.id.clone()).collect()
}

fn read<L: Law>(errand: &Errand) -> Option<Kept<L::Errand>> {
    serde_json::from_str(&errand.subject).ok()
}

/// A clerk with the way its errands are carried out.
#[derive(Debug)]
pub(crate) struct Route<L: Law, K> {
    pub(crate) office: &'static str,
    pub(crate) clerk: Clerk<L>,
    pub(crate) carrier: K,
    pub(crate) budget: Budget,
}

impl<L: Law, K: Carry<L>> Routed for Route<L, K> {
    fn collection(&self) -> &'static str {
        L::COLLECTION
    }

    fn run(&self, errand: Errand) -> Later<'_, ()> {
        let span = tracing::info_span!(
            parent: None, "errand", office = self.office, kind = L::COLLECTION, tries = errand.attempts, code = Empty
        );
        // It goes on the trace of the act that caused it, however long ago and whatever ended meanwhile (E9).
        if let Some(cause) = &errand.trace {
            context::continues(&span, cause);
        }
        let run = async move {
            if let Err(no) = self.carry_out(&errand).await {
                tracing::error!(errand = %errand.id, %no, "errand could not be noted");
                // When even that fails, the errand stays due and the slow tick finds it.
                if let Err(no) = self.again(&errand, &no.status("")).await {
                    tracing::error!(errand = %errand.id, %no, "errand could not be postponed");
                }
            }
        };
        Box::pin(run.instrument(span))
    }

    fn task(&self, errand: &Errand) -> Option<String> {
        read::<L>(errand).map(|kept| kept.errand.to_string())
    }

    fn owner<'a>(&'a self, stream: &'a str) -> Later<'a, Result<Option<Organisation>, No>> {
        Box::pin(async move {
            let read = self.clerk.read(stream).await?;
            Ok(self.carrier.acts_as(&read.state).map(|by| by.organisation))
        })
    }

    fn retry(&self, errand: Errand, receipt: Receipt) -> Later<'_, Result<(), No>> {
        Box::pin(async move {
            let entry = Entry { stream: &errand.stream, etag: None, fate: Some(Fate::Revived(errand.id.clone())) };
            self.clerk.write(entry, |_, _| Ok(Vec::new()), |_| Some(receipt.clone())).await.map(drop)
        })
    }

    fn stop(&self, errand: Errand, stop: NewStop, receipt: Receipt) -> Later<'_, Result<(), No>> {
        Box::pin(async move {
            let entry = Entry { stream: &errand.stream, etag: None, fate: Some(Fate::Stopped(stop)) };
            let what = read::<L>(&errand).map(|kept| kept.errand);
            let trouble = |state: &L::State, at| match (what, self.carrier.acts_as(state)) {
                (Some(what), Some(by)) if L::recovered(state, what).is_none() => {
                    L::decide(state, L::trouble(what, Trouble::Stuck), &by, at)
                }
                // It stands out already, or this release cannot say what it is.
                _ => Ok(Vec::new()),
            };
            self.clerk.write(entry, trouble, |_| Some(receipt.clone())).await.map(drop)
        })
    }
}

impl<L: Law, K: Carry<L>> Route<L, K> {
    async fn carry_out(&self, errand: &Errand) -> Result<(), No> {
        let Some(kept) = read::<L>(errand) else {
            // Written by another release; it waits for one that knows it.
            tracing::error!(errand = %errand.id, "an errand that this release cannot read");
            return self.again(errand, &Status::unimplemented("")).await;
        };
        let what = kept.errand;
        context::name(&Span::current(), &format!("{}/{}", L::COLLECTION, name(&what)));
        let read = self.clerk.read_at_least(&errand.stream, kept.since).await?;
        let Some(by) = self.carrier.acts_as(&read.state) else { return self.done(errand, |_, _| Ok(Vec::new())).await };
        match self.carrier.carry(Arc::clone(&read.state), read.version, what, errand.attempts).await {
            Carried::Replied(command) => {
                match self.done(errand, |state, at| L::decide(state, command.clone(), &by, at)).await {
                    // A reply that the law refuses counts as a call that was refused.
                    Err(No::Refused(refusal)) => {
                        tracing::warn!(errand = %errand.id, reason = refusal.code(), "reply refused");
                        let status = zsm_proto::status::refused(&refusal, "");
                        self.trouble(errand, what, Trouble::Refused, by, &status).await
                    }
                    other => other,
                }
            }
            // Decided on the stream as it is then: it may have been stopped while it was under way.
            Carried::Done => {
                let recovered = |state: &L::State, at| match L::recovered(state, what) {
                    Some(command) => L::decide(state, command, &by, at),
                    None => Ok(Vec::new()),
                };
                self.done(errand, recovered).await
            }
            Carried::Failed(status) => {
                Span::current().record("code", debug(status.code()));
                tracing::info!(errand = %errand.id, code = ?status.code(), tries = errand.attempts, "errand failed");
                // Its tries may count from zero again: an administrator had it tried anew while it was under way.
                let now = self.clerk.journal().errand(&errand.id).await?.map(|(now, _)| now);
                let errand = now.as_ref().unwrap_or(errand);
                match verdict(&status, errand.attempts, self.budget.ceiling) {
                    Some(trouble) => self.trouble(errand, what, trouble, by, &status).await,
                    None => self.again(errand, &status).await,
                }
            }
        }
    }

    /// Says in the stream that an errand does not get through; what carries news is tried on all the same.
    async fn trouble(
        &self,
        errand: &Errand,
        what: L::Errand,
        trouble: Trouble,
        by: Actor,
        status: &Status,
    ) -> Result<(), No> {
        // First, so that whoever sees it sees why.
        self.again(errand, status).await?;
        let fate = L::gives_up(what).then(|| Fate::GivenUp(errand.id.clone()));
        let entry = Entry { stream: &errand.stream, etag: None, fate };
        let noted = self.clerk.write(entry, |state, at| L::decide(state, L::trouble(what, trouble), &by, at), |_| None);
        noted.await.map(drop)
    }

    /// Notes that an errand is done, with what follows from it.
    async fn done(
        &self,
        errand: &Errand,
        follows: impl Fn(&L::State, Timestamp) -> Result<Vec<L::Event>, Refusal>,
    ) -> Result<(), No> {
        let entry = Entry { stream: &errand.stream, etag: None, fate: Some(Fate::Done(errand.id.clone())) };
        self.clerk.write(entry, follows, |_| None).await.map(drop)
    }

    async fn again(&self, errand: &Errand, status: &Status) -> Result<(), No> {
        let tries = errand.attempts.saturating_add(1);
        let now = self.clerk.now();
        let longest = self.budget.longest_pause;
        let longest = if errand.urgent { longest.min(LONGEST_OF_URGENT) } else { longest };
        let pause = pause(&errand.id, tries, longest);
        let at = now.saturating_add(pause).unwrap_or(Timestamp::MAX);
        let failure = Failure { at: now.as_microsecond(), code: failure_code(status) };
        self.clerk.journal().postpone(&errand.id, tries, at.as_microsecond(), failure).await?;
        self.clerk.tray().later(at);
        Ok(())
    }
}

/// Why a call failed, in codes only: a message could be about a person, and so could what looks like no code.
pub(crate) fn failure_code(status: &Status) -> String {
    let name = code_name(status.code());
    let is_code = |reason: &String| {
        (1..=64).contains(&reason.len()) && reason.bytes().all(|one| one.is_ascii_uppercase() || one == b'_')
    };
    match zsm_proto::status::reason(status).filter(is_code) {
        Some(reason) => format!("{name}/{reason}"),
        None => name.to_owned(),
    }
}

/// What an errand is called in its enum.
fn name(errand: &impl Serialize) -> String {
    match serde_json::to_value(errand) {
        Ok(Value::String(unit)) => unit,
        Ok(Value::Object(variant)) => variant.into_iter().next().map(|(name, _)| name).unwrap_or_default(),
        Ok(_) | Err(_) => String::new(),
    }
}

/// Whether a failed call was answered all the same: the other office says no, and will say so again.
pub fn is_answered(status: &Status) -> bool {
    match status.code() {
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
    }
}

/// Whether a failed call is trouble that somebody must see, and which; nothing while it is only tried again.
pub(crate) fn verdict(status: &Status, attempts: u32, ceiling: u32) -> Option<Trouble> {
    if is_answered(status) {
        Some(Trouble::Refused)
    } else {
        (attempts.saturating_add(1) >= ceiling).then_some(Trouble::Stuck)
    }
}

/// The pause before a try: doubling from one second, up to a quarter more by the errand's own key, so that many
/// errands of one outage do not come back at once.
pub(crate) fn pause(id: &str, tries: u32, longest: SignedDuration) -> SignedDuration {
    let longest = longest.as_secs().max(1);
    let seconds = 1_i64.checked_shl(tries.clamp(1, 62) - 1).unwrap_or(longest).min(longest);
    let spread = i64::from(id.bytes().fold(tries, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 250);
    SignedDuration::from_millis(seconds.saturating_mul(1000 + spread))
}

#[cfg(test)]
mod tests;
