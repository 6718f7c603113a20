//! `zsm.office.v1.ErrandService`: what an office still has to bring to others, for its administrator.
//!
//! It shows streams, tasks, states and codes: no content, and nothing about a person. An administrator sees the errands
//! of the own organisation, region and all (D32), and can let one be tried now or stop it.

mod shown;

use crate::caller::{parse, permit};
use crate::no::No;
use crate::page::page_size;
use crate::runner::Runner;
use crate::write::{receipt, same_request};
use tonic::service::RoutesBuilder;
use tonic::{Request, Response, Status};
use zsm::authority::{Act, Permit};
use zsm::name::ErrandName;
use zsm::refusal::{Forbidden, Refusal};
use zsm::{Faults, Kind, Problem};
use zsm_chassis::MESSAGE_LIMIT;
use zsm_journal::{Errand, Error, Journal, NewStop, Receipt};
use zsm_proto::pb::office::v1 as pb;
use zsm_proto::pb::office::v1::errand_service_server::{ErrandService, ErrandServiceServer, SERVICE_NAME};
use zsm_proto::{Writes, request_id_faults};

/// The errands of an office, as its administrator meets them.
#[derive(Clone, Debug)]
pub struct Errands {
    kind: Kind,
    runner: Runner,
}

/// What an administrator does to an errand.
enum Change {
    Retry,
    Stop(String),
}

impl Errands {
    /// Full name of the gRPC service.
    pub const SERVICE: &'static str = SERVICE_NAME;

    /// The errands of an office of this kind, by the runner that knows them all.
    pub fn new(kind: Kind, runner: &Runner) -> Self {
        Self { kind, runner: runner.clone() }
    }

    /// Mounts the service.
    pub fn mount(self, routes: &mut RoutesBuilder) {
        routes.add_service(
            ErrandServiceServer::new(self)
                .max_decoding_message_size(MESSAGE_LIMIT)
                .max_encoding_message_size(MESSAGE_LIMIT),
        );
    }

    fn journal(&self) -> &Journal {
        self.runner.journal()
    }

    /// An administrator of another office has no business here.
    fn of_this_office(&self, permit: &Permit) -> Result<(), No> {
        let own = permit.actor().organisation.kind == self.kind;
        if own { Ok(()) } else { Err(Refusal::Forbidden(Forbidden::Organisation).into()) }
    }

    /// Whether an errand is of the caller's own organisation. Where that cannot be told, it is: somebody must see it.
    async fn is_own(&self, permit: &Permit, errand: &Errand) -> Result<bool, No> {
        let Some(route) = self.runner.route(errand) else { return Ok(true) };
        match route.owner(&errand.stream).await {
            Ok(owner) => Ok(owner.is_none_or(|owner| permit.actor().is_of(&owner))),
            Err(No::Unreadable(_)) => Ok(true),
            Err(no) => Err(no),
        }
    }

    async fn list(&self, permit: &Permit, request: pb::ListErrandsRequest) -> Result<pb::ListErrandsResponse, No> {
        self.of_this_office(permit)?;
        let size = page_size(request.page_size)?;
        let mut after = match request.page_token.as_str() {
            "" => 0,
            token => token.parse().map_err(|_| Refusal::Malformed(Faults::one("page_token", Problem::Form)))?,
        };
        let state: Option<pb::ErrandState> = zsm_proto::read(request).map_err(Refusal::Malformed)?;
        let mut page = pb::ListErrandsResponse::default();
        let errands = self.journal().errands_after(after, size + 1).await?;
        let more = errands.len() > size;
        for (place, errand) in errands.into_iter().take(size) {
            after = place;
            if state.is_none_or(|state| state == shown::state(&errand)) && self.is_own(permit, &errand).await? {
                page.errands.push(self.shown(errand).await?);
            }
        }
        page.next_page_token = if more { after.to_string() } else { String::new() };
        Ok(page)
    }

    async fn shown(&self, errand: Errand) -> Result<pb::Errand, No> {
        let task = self.runner.route(&errand).and_then(|route| route.task(&errand)).unwrap_or_default();
        let stop = self.journal().errand(&errand.id).await?.and_then(|(_, stop)| stop);
        Ok(shown::errand(errand, task, stop))
    }

    /// Changes an errand once for each request; a repeat finds the receipt of the first.
    async fn change<Q: Writes>(
        &self,
        permit: &Permit,
        request: &Q,
        name: ErrandName,
        mut faults: Faults,
        change: Change,
    ) -> Result<(), No> {
        self.of_this_office(permit)?;
        faults.merge(request_id_faults(request.request_id()));
        faults.or(()).map_err(Refusal::Malformed)?;
        let blank = receipt(request, permit);
        if let Some(kept) = self.journal().receipt(&blank.key).await? {
            return same_request(kept, &blank).map(drop);
        }
        match self.change_now(permit, name, change, blank.clone()).await {
            // The same request arrived twice at once, and the other was first.
            Err(No::Journal(Error::ReceiptExists(kept))) => same_request(kept, &blank).map(drop),
            other => other,
        }
    }

    async fn change_now(&self, permit: &Permit, name: ErrandName, change: Change, receipt: Receipt) -> Result<(), No> {
        let (errand, _) = self.journal().errand(&name.id().to_string()).await?.ok_or(Refusal::NotFound)?;
        if !self.is_own(permit, &errand).await? {
            return Err(Refusal::Forbidden(Forbidden::Organisation).into());
        }
        let route = self.runner.route(&errand).ok_or(Refusal::NotFound)?;
        match change {
            Change::Retry => route.retry(errand, receipt).await,
            Change::Stop(reason) => {
                let by = shown::kept(permit.actor());
                let stop = NewStop { errand: errand.id.clone(), by, reason };
                route.stop(errand, stop, receipt).await
            }
        }
    }
}

#[tonic::async_trait]
impl ErrandService for Errands {
    async fn list_errands(
        &self,
        request: Request<pb::ListErrandsRequest>,
    ) -> Result<Response<pb::ListErrandsResponse>, Status> {
        let permit = permit(&request, Act::ListErrands)?;
        let page = self.list(&permit, request.into_inner()).await;
        page.map(Response::new).map_err(|no| no.status(""))
    }

    async fn retry_errand(
        &self,
        request: Request<pb::RetryErrandRequest>,
    ) -> Result<Response<pb::RetryErrandResponse>, Status> {
        let permit = permit(&request, Act::RetryErrand)?;
        let request = request.into_inner();
        let (name, faults): (ErrandName, _) = parse(request.clone())?;
        let done = self.change(&permit, &request, name, faults, Change::Retry).await;
        done.map(|()| Response::new(pb::RetryErrandResponse {})).map_err(|no| no.status(&name.to_string()))
    }

    async fn stop_errand(
        &self,
        request: Request<pb::StopErrandRequest>,
    ) -> Result<Response<pb::StopErrandResponse>, Status> {
        let permit = permit(&request, Act::StopErrand)?;
        let request = request.into_inner();
        let ((name, reason), faults): ((ErrandName, String), _) = parse(request.clone())?;
        let done = self.change(&permit, &request, name, faults, Change::Stop(reason)).await;
        done.map(|()| Response::new(pb::StopErrandResponse {})).map_err(|no| no.status(&name.to_string()))
    }
}

#[cfg(test)]
mod tests;
