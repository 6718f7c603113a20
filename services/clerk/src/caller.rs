//! What a request says: who makes it, what that caller may do (D31), and what is asked.

use tonic::{Request, Status};
use zsm::authority::{self, Act, Permit};
use zsm::{Actor, Faults, Kind, Organisation, Refusal, Region, Role};
use zsm_chassis::Caller;
use zsm_proto::Read;

/// Who makes a request.
///
/// # Errors
/// UNAUTHENTICATED without a verified token, PERMISSION_DENIED for an organisation or role that does not exist.
pub fn actor<T>(request: &Request<T>) -> Result<Actor, Status> {
    let caller = Caller::of(request)?;
    let known = Kind::parse(&caller.organisation).zip(Region::parse(&caller.region)).zip(Role::parse(&caller.role));
    let ((kind, region), role) = known
        .ok_or_else(|| Status::permission_denied("the token names an organisation or role that does not exist"))?;
    Ok(Actor { organisation: Organisation::new(kind, region), role, person: caller.person.clone() })
}

/// The permit of whoever makes a request, for an act.
///
/// # Errors
/// As [`actor`], and PERMISSION_DENIED when the table has no row for it.
pub fn permit<T>(request: &Request<T>, act: Act) -> Result<Permit, Status> {
    let actor = actor(request)?;
    authority::permit(actor, act).map_err(|why| zsm_proto::status::refused(&Refusal::Forbidden(why), ""))
}

/// What a request asks, as values of the law, with the faults found on the way.
///
/// # Errors
/// INVALID_ARGUMENT with every fault by field, when there is nothing to go on with.
pub fn parse<M: Read<T>, T>(message: M) -> Result<(T, Faults), Status> {
    zsm_proto::read_on(message).map_err(|faults| zsm_proto::status::refused(&Refusal::Malformed(faults), ""))
}
