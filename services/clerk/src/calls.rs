//! How an office calls another: a channel, a short-lived token of its own, a deadline (E8).

use jiff::SignedDuration;
use std::time::Duration;
use tonic::transport::Channel;
use tonic::{Request, Status};
use zsm::{Kind, Organisation, Role};
use zsm_chassis::{Caller, Clock, DevelopmentIssuer, Ids, Shutdown, Switchboard};

/// How long another office has to reply, in machine time.
const DEADLINE: Duration = Duration::from_secs(10);
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
}

/// The calls of one office.
#[derive(Clone, Debug)]
pub struct Calls {
    around: Surroundings,
    rule: &'static str,
}

impl Calls {
    /// Calls made under a rule, which the token names as who acts.
    pub fn new(around: Surroundings, rule: &'static str) -> Self {
        Self { around, rule }
    }

    /// The line to another office.
    pub fn channel(&self, to: Kind) -> Channel {
        self.around.switchboard.channel(to.slug())
    }

    /// A request with the office's own token: no token of a person is ever passed on or kept.
    ///
    /// # Errors
    /// INTERNAL when no token can be made.
    pub fn request<T>(&self, organisation: &Organisation, message: T) -> Result<Request<T>, Status> {
        let caller = Caller {
            organisation: organisation.kind.slug().into(),
            region: organisation.region.as_str().into(),
            role: Role::Dienst.slug().into(),
            person: self.rule.into(),
        };
        let failed = |_| Status::internal("no token could be made");
        let token = self.around.issuer.issue(&caller, self.around.clock.now(), TOKEN_TERM).map_err(failed)?;
        let mut request = Request::new(message);
        request.set_timeout(DEADLINE);
        zsm_chassis::authenticate::show(&mut request, &token).map_err(Status::from)?;
        Ok(request)
    }
}
