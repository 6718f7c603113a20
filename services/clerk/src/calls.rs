//! How an office calls another: a channel, a short-lived token of its own, a deadline (E8).

use crate::policy::Policy;
use dashmap::DashMap;
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::sync::Arc;
use tonic::transport::Channel;
use tonic::{Request, Status};
use zsm::{Kind, Organisation};
use zsm_chassis::caller::SERVICE_ROLE;
use zsm_chassis::telemetry::context;
use zsm_chassis::{Caller, Clock, DevelopmentIssuer, Ids, Shutdown, Switchboard};

/// How long a service token is good for, in law time.
const TOKEN_TERM: SignedDuration = SignedDuration::from_mins(5);

/// What an office finds around it.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Law time.
    pub clock: Clock,
    /// Where ids are drawn.
    pub ids: Ids,
    /// The other offices.
    pub switchboard: Switchboard,
    /// Who makes tokens.
    pub issuer: DevelopmentIssuer,
    /// When to stop.
    pub shutdown: Shutdown,
    /// What is agreed.
    pub policy: Policy,
}

/// The calls of one office.
#[derive(Clone)]
pub struct Calls {
    around: Surroundings,
    rule: &'static str,
    /// The token of each organisation, with the moment it was made.
    tokens: Arc<DashMap<Organisation, (String, Timestamp)>>,
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls").field("rule", &self.rule).finish_non_exhaustive()
    }
}

impl Calls {
    /// Calls made under a rule, which the token names as who acts.
    pub fn new(around: Surroundings, rule: &'static str) -> Self {
        Self { around, rule, tokens: Arc::default() }
    }

    /// The line to another office.
    pub fn channel(&self, to: Kind) -> Channel {
        self.around.switchboard.channel(to.slug())
    }

    /// A request with the office's own token, on the trace of the errand that makes it: no token of a person is ever
    /// passed on or kept.
    ///
    /// # Errors
    /// INTERNAL when no token can be made.
    pub fn request<T>(&self, organisation: &Organisation, message: T) -> Result<Request<T>, Status> {
        let token = self.token(organisation)?;
        let mut request = Request::new(message);
        request.set_timeout(self.around.policy.deadline);
        zsm_chassis::authenticate::show(&mut request, &token).map_err(Status::from)?;
        context::send(&mut request);
        Ok(request)
    }

    /// The token of an organisation; the same one until half its term is over.
    fn token(&self, organisation: &Organisation) -> Result<String, Status> {
        let now = self.around.clock.now();
        let fresh = |made: Timestamp| made <= now && now.duration_since(made) < TOKEN_TERM / 2;
        if let Some(kept) = self.tokens.get(organisation).filter(|kept| fresh(kept.1)) {
            return Ok(kept.0.clone());
        }
        let caller = Caller {
            organisation: organisation.kind.slug().into(),
            region: organisation.region.as_str().into(),
            role: SERVICE_ROLE.into(),
            person: self.rule.into(),
        };
        let token = self.around.issuer.issue(&caller, now, TOKEN_TERM);
        let token = token.map_err(|_| Status::internal("no token could be made"))?;
        self.tokens.insert(organisation.clone(), (token.clone(), now));
        Ok(token)
    }
}

#[cfg(test)]
mod tests;
