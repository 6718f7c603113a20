//! Writes that carry a request id: the first reply is given again to a repeat, and only to a true repeat (E4).

use crate::clerk::{Clerk, Deed, Performed};
use crate::law::Law;
use crate::no::No;
use prost::Message;
use std::fmt::Display;
use tonic::{Response, Status};
use zsm::authority::Permit;
use zsm::name::derive;
use zsm::{Faults, Problem};
use zsm_journal::{Error, Receipt};
use zsm_proto::Writes;

/// The revision of an etag, if it is one.
pub fn revision_in(etag: &str) -> Option<u64> {
    etag.strip_prefix('r').and_then(|digits| digits.parse().ok())
}

/// The etag of a revision.
pub fn etag(revision: u64) -> String {
    format!("r{revision}")
}

impl<L: Law> Clerk<L> {
    /// Performs the command of a request once, and gives its reply; a repeat gets the first reply. With the command come
    /// the faults found while it was read: if there are any, it is refused with those and all that the law adds.
    ///
    /// # Errors
    /// What the law refuses and a journal that cannot be written, as a status that names the resource; also when the
    /// request id is missing or was used for another request.
    pub async fn reply<Q, R>(
        &self,
        request: &Q,
        permit: &Permit,
        name: impl Display,
        command: (L::Command, Faults),
        reply: impl Fn(&Performed<L::State>) -> R,
    ) -> Result<Response<R>, Status>
    where
        Q: Writes,
        R: Message + Default,
    {
        let name = name.to_string();
        let once = self.once(request, permit, name.clone(), command, |done| reply(done).encode_to_vec()).await;
        let said = once.and_then(|once| match once {
            Once::Now(done) => Ok(reply(&done)),
            Once::Before(kept) => R::decode(kept.reply.as_slice()).map_err(|_| No::Contended),
        });
        said.map(Response::new).map_err(|no| no.status(&name))
    }

    /// The same for a reply that says how things are now: the receipt keeps no reply, for it can hold personal data.
    ///
    /// # Errors
    /// What the law refuses, and a journal that cannot be written; also when the request id is missing or was used for
    /// another request.
    pub async fn write_and_read<Q: Writes>(
        &self,
        request: &Q,
        permit: &Permit,
        stream: String,
        command: (L::Command, Faults),
    ) -> Result<Performed<L::State>, No> {
        match self.once(request, permit, stream.clone(), command, |_| Vec::new()).await? {
            Once::Now(done) => Ok(done),
            Once::Before(_) => self.read(&stream).await,
        }
    }

    async fn once<Q: Writes>(
        &self,
        request: &Q,
        permit: &Permit,
        stream: String,
        (command, mut faults): (L::Command, Faults),
        reply: impl Fn(&Performed<L::State>) -> Vec<u8>,
    ) -> Result<Once<L::State>, No> {
        let by = permit.actor().clone();
        faults.merge(zsm_proto::request_id_faults(request.request_id()));
        let etag = request.etag().map(|text| read_etag(text, &mut faults));
        let blank = receipt(request, permit);
        if !faults.is_empty() {
            // What was lawful the first time can be judged otherwise later, as the day or a setting is another.
            let kept = self.journal().receipt(&blank.key).await?.filter(|kept| kept.digest == blank.digest);
            return match kept {
                Some(kept) => Ok(Once::Before(kept)),
                None => Err(self.refusal(&stream, command, &by, faults).await?.into()),
            };
        }
        let deed = Deed { stream, command, by, etag };
        let receipt = |done: &Performed<L::State>| Some(Receipt { reply: reply(done), ..blank.clone() });
        match self.perform(deed, receipt).await {
            Ok(done) => Ok(Once::Now(done)),
            Err(No::Journal(Error::ReceiptExists(kept))) => same_request(kept, &blank).map(Once::Before),
            // The journal finds a repeat by itself when it is asked to write. What is refused does not come that far, and
            // may be refused for what its first time did.
            Err(no) => match self.journal().receipt(&blank.key).await? {
                Some(kept) => same_request(kept, &blank).map(Once::Before),
                None => Err(no),
            },
        }
    }
}

enum Once<S> {
    Now(Performed<S>),
    Before(Receipt),
}

/// The receipt of a request, to which the reply is still to be added.
pub(crate) fn receipt<Q: Writes>(request: &Q, permit: &Permit) -> Receipt {
    let by = permit.actor();
    let key = format!("{:?}:{}:{}:{}", permit.act(), by.organisation, by.person, request.request_id());
    Receipt { key, digest: digest(request), reply: Vec::new() }
}

/// What was kept, if it is of the same request.
pub(crate) fn same_request(kept: Receipt, asked: &Receipt) -> Result<Receipt, No> {
    if kept.digest == asked.digest { Ok(kept) } else { Err(No::RequestReused) }
}

/// The content of a request; the etag is left out, for it says what was read and not what is asked.
fn digest<Q: Writes>(request: &Q) -> String {
    // The digest stays in this journal; it keeps no secret and need not be a cryptographic one.
    uuid::Uuid::new_v5(&derive("receipt"), &request.content()).to_string()
}

fn read_etag(text: &str, faults: &mut Faults) -> u64 {
    let problem = if text.is_empty() { Problem::Missing } else { Problem::Form };
    let revision = revision_in(text);
    faults.require(revision.is_some(), "etag", problem);
    revision.unwrap_or_default()
}

#[cfg(test)]
mod tests;
