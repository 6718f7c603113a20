//! One office, served: on a socket, on the switchboard, or on both at once.

mod bind;
mod deadline;
mod door;
mod guard;
mod methods;
mod share;
mod trace;
mod vitals;

use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_util::task::TaskTracker;
use tonic::service::Routes;
use tonic::transport::Server;
use tower::ServiceBuilder;

use crate::authenticate::Authenticate;
use crate::clock::Clock;
use crate::issuer::{NotLoopback, check_loopback};
use crate::line::Line;
use crate::shutdown::Shutdown;
use crate::switchboard::Incoming;
use crate::verifier::Verifier;
use deadline::Deadline;
use door::Door;
use guard::Guard;
use methods::Methods;
use share::Share;
use trace::Trace;
use vitals::Vitals;

pub use bind::{BindError, bind};

#[cfg(test)]
pub(crate) mod tests;

/// How long a call may take when the caller allows no less.
pub const DEADLINE: Duration = Duration::from_secs(10);
/// How many calls of one connection are under way at once. The caller is told and keeps the rest to itself: what waited
/// here would take memory and be under no deadline.
const CALLS_PER_CONNECTION: u32 = 256;
/// How large the head of a call may be. A token takes half a kilobyte.
const HEAD_BYTES: u32 = 16 * 1024;
/// How many calls of a connection may break the rules of HTTP/2 before it is hung up; transport would leave it at that
/// for ever. Calls that are begun and dropped in a row it counts by itself.
const BROKEN_CALLS: usize = 256;
/// How often a socket is asked whether the caller is still there.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(10);
/// How long the answer may take.
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(10);

/// What an office brings: its services and what they are called.
#[derive(Clone, Debug)]
pub struct Office {
    /// The name of the office, such as `veilig-thuis`.
    pub name: &'static str,
    /// Its services, with their message limits set.
    pub routes: Routes,
    /// The encoded descriptor set of its contracts, for reflection.
    pub descriptors: &'static [u8],
    /// The full names of its services, for health.
    pub services: Vec<String>,
    /// Whether it can do its work. While it cannot, its health says so.
    pub able: watch::Receiver<bool>,
}

/// Why an office could not be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The listener is open to others.
    #[error(transparent)]
    NotLoopback(#[from] NotLoopback),
    /// The listener does not say where it listens.
    #[error("the listening socket is not usable")]
    Listener(#[source] std::io::Error),
    /// The contracts of the office cannot be shown.
    #[error("the contract descriptors of the office cannot be read")]
    Descriptors(#[source] tonic_reflection::server::Error),
    /// The transport gave up.
    #[error("the transport of the office failed")]
    Transport(#[source] tonic::transport::Error),
}

/// Serves an office until it has drained after a soft stop, or at once after a hard one; a hard
/// stop breaks its connections. The same routes answer on the socket and on the pipes.
///
/// A stream, once it has begun, is under no deadline and keeps its connection open: an office that
/// streams must end its streams when a soft stop is requested, or the stop will be a hard one.
pub async fn serve(
    office: Office,
    listener: Option<TcpListener>,
    pipes: Incoming,
    verifier: Verifier,
    clock: Clock,
    shutdown: Shutdown,
) -> Result<(), ServeError> {
    if let Some(listener) = &listener {
        check_loopback(listener.local_addr().map_err(ServeError::Listener)?)?;
    }
    let calls = TaskTracker::new();
    let (vitals, health) = Vitals::begin(&office.services).await;
    let reflection = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(office.descriptors)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        .build_v1()
        .map_err(ServeError::Descriptors)?;
    let routes = office.routes.add_service(health).add_service(reflection);
    let layers = ServiceBuilder::new()
        .layer(Trace::new(office.name, Methods::of(&office.services, office.descriptors)))
        .layer(Deadline::new(DEADLINE))
        .layer(Guard::new(calls.clone(), shutdown.clone()))
        .layer(Authenticate::new(verifier, clock))
        .layer(Share::new())
        .into_inner();
    let server = Server::builder()
        .max_concurrent_streams(CALLS_PER_CONNECTION)
        .http2_max_header_list_size(HEAD_BYTES)
        .http2_max_local_error_reset_streams(Some(BROKEN_CALLS))
        .layer(layers);

    let cuttable = shutdown.clone();
    // An office that was unplugged is still an office: it ends by its shutdown and not before.
    let pipes = pipes.map(move |pipe| pipe.map(|pipe| line(pipe, &cuttable))).chain(tokio_stream::pending());
    let on_pipes =
        server.clone().add_routes(routes.clone()).serve_with_incoming_shutdown(pipes, shutdown.soft_requested());
    let on_socket = async {
        let Some(listener) = listener else { return Ok(()) };
        let accepted = Door::new(listener).map(|guest| guest.map(|guest| line(guest, &shutdown)));
        let mut server = server
            .http2_keepalive_interval(Some(KEEP_ALIVE_INTERVAL))
            .http2_keepalive_timeout(Some(KEEP_ALIVE_TIMEOUT));
        server.add_routes(routes).serve_with_incoming_shutdown(accepted, shutdown.soft_requested()).await
    };
    let failing = async {
        tokio::select! {
            () = shutdown.soft_requested() => {}
            () = vitals.follow(office.able) => {}
        }
        vitals.end(&calls).await;
        Ok(())
    };
    tokio::select! {
        biased;
        () = shutdown.hard_requested() => Ok(()),
        served = async { tokio::try_join!(failing, on_pipes, on_socket) } => {
            served.map(drop).map_err(ServeError::Transport)
        }
    }
}

/// A connection that a hard stop cuts and that a shutdown waits for.
fn line<IO>(io: IO, shutdown: &Shutdown) -> Line<IO> {
    Line::new(io, shutdown.scissors()).held(shutdown.held())
}
