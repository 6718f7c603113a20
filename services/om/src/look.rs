//! The last look before a decision (D28): the only call that leaves from a handler (E2). The lead and every source are
//! asked side by side; who says nothing in time that can be read, was not reached.

use crate::carry::RULE;
use std::time::Duration;
use tokio::task::JoinSet;
use tonic::transport::Channel;
use tonic::{Response, Status};
use tracing::Instrument;
use zsm::look::{Finding, Look, Matter};
use zsm::progress::Enquired;
use zsm::{Kind, Organisation};
use zsm_clerk::{Calls, Surroundings, is_answered};
use zsm_proto::Read;
use zsm_proto::pb::adviser::v1 as adviser;
use zsm_proto::pb::adviser::v1::adviser_service_client::AdviserServiceClient;
use zsm_proto::pb::source::v1 as source;
use zsm_proto::pb::source::v1::source_service_client::SourceServiceClient;

/// How long an office has to answer, in machine time.
const PATIENCE: Duration = Duration::from_secs(2);

/// Looks at the other offices.
#[derive(Clone, Debug)]
pub(crate) struct LastLook {
    calls: Calls,
}

impl LastLook {
    pub(crate) fn new(around: &Surroundings) -> Self {
        Self { calls: Calls::new(around.clone(), RULE) }
    }

    /// What each of the offices says, asked by OM at this table.
    pub(crate) async fn at(&self, matters: Vec<Matter>, table: &Organisation) -> Look {
        let mut asked = JoinSet::new();
        for matter in matters {
            let (look, table) = (self.clone(), table.clone());
            let asking = async move {
                let said = tokio::time::timeout(PATIENCE, look.ask(&matter, &table)).await;
                let finding = said.ok().and_then(Result::ok).unwrap_or(Finding::Unreachable);
                (matter, finding)
            };
            // On the trace of the decision that they are asked for.
            asked.spawn(asking.in_current_span());
        }
        Look::new(asked.join_all().await)
    }

    /// What one office says.
    ///
    /// # Errors
    /// Why nothing was heard.
    pub(crate) async fn ask(&self, matter: &Matter, table: &Organisation) -> Result<Finding, Status> {
        said(self.call(matter, table).await)
    }

    async fn call(&self, matter: &Matter, table: &Organisation) -> Result<Finding, Status> {
        match matter {
            Matter::Advice { assignment, lead, version, assignment_version } => {
                let question = adviser::ConfirmAdviceCurrentRequest {
                    name: assignment.to_string(),
                    advice_version: *version,
                    assignment_version: *assignment_version,
                };
                let request = self.calls.request(table, question)?;
                let mut lead = AdviserServiceClient::new(self.channel(lead.kind));
                heard(lead.confirm_advice_current(request).await?)
            }
            Matter::Answer(Enquired { question, addressee, version, .. }) => {
                let question = source::ConfirmAnswerCurrentRequest { name: question.to_string(), version: *version };
                let request = self.calls.request(table, question)?;
                let mut source = SourceServiceClient::new(self.channel(addressee.kind));
                heard(source.confirm_answer_current(request).await?)
            }
        }
    }

    fn channel(&self, kind: Kind) -> Channel {
        self.calls.channel(kind)
    }
}

/// An office that refuses was reached, and does not stand by what it is asked about: no call by telephone goes before that.
fn said(heard: Result<Finding, Status>) -> Result<Finding, Status> {
    heard.or_else(|status| if is_answered(&status) { Ok(Finding::UnknownQuestion) } else { Err(status) })
}

/// A reply that cannot be read is no answer (invariant 2).
fn heard<M: Read<Finding>>(reply: Response<M>) -> Result<Finding, Status> {
    zsm_proto::read(reply.into_inner()).map_err(|_| Status::internal("the reply is of a newer contract"))
}

#[cfg(test)]
mod tests;
