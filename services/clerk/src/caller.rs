//! From a verified token to an actor of the law, and from an actor to a permit (D31).

use tonic::{Request, Status};
use zsm::authority::{self, Act, Permit};
use zsm::{Actor, Kind, Organisation, Refusal, Region, Role};
use zsm_chassis::Caller;

/// Who makes a request.
///
/// # Errors
/// UNAUTHENTICATED without a verified token, PERMISSION_DENIED for an organisation or role that does not exist.
pub fn actor<T>(request: &Request<T>) -> Result<Actor, Status> {
    let caller = Caller::of(request)?;
    let known = Kind::parse(&caller.organisation)
        .zip(Region::parse(&caller.region))
        .zip(Role::parse(&caller.role));
    let ((kind, region), role) =
        known.ok_or_else(|| Status::permission_denied("the token names an organisation or role that does not exist"))?;
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
