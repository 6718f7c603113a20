//! How an office calls another: by its name, whether over a pipe or a socket.

mod incoming;

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Uri;
use hyper_util::rt::TokioIo;
use tokio::io::DuplexStream;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tonic::Status;
use tonic::transport::{Channel, Endpoint};

use crate::line::Line;
pub use incoming::Incoming;

#[cfg(test)]
mod tests;

/// The largest message an office sends or takes in: 1 MiB. The offices set it on their own
/// clients and servers, which the contract generates.
pub const MESSAGE_LIMIT: usize = 1024 * 1024;

/// What a pipe holds before the writer waits.
const PIPE_BYTES: usize = 64 * 1024;
/// How many pipes may wait to be taken up before the office counts as out of reach.
const WAITING_PIPES: usize = 64;
/// How often a socket is asked whether anyone is still there; a partition hangs it for ever otherwise.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(20);
/// How long the answer may take.
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long dialling may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// One end of a connection within this process.
pub type Pipe = Line<DuplexStream>;

/// Knows the offices by name. Clones know the same offices.
#[derive(Clone, Debug, Default)]
pub struct Switchboard(Arc<Mutex<HashMap<String, Socket>>>);

#[derive(Clone, Debug)]
enum Socket {
    Here(Plug),
    There(Uri),
}

#[derive(Clone, Debug)]
struct Plug {
    pipes: mpsc::Sender<Pipe>,
    pulled: CancellationToken,
}

impl Switchboard {
    /// Makes an office of this process reachable under `name`, and gives what comes in for it. An
    /// office of that name that was there before is unplugged: a restart replaces it.
    pub fn plug(&self, name: &str) -> Incoming {
        let (pipes, arriving) = mpsc::channel(WAITING_PIPES);
        self.replace(name, Socket::Here(Plug { pipes, pulled: CancellationToken::new() }));
        Incoming::new(arriving)
    }

    /// Pulls the plug: what is under way breaks, and new calls fail UNAVAILABLE at once. (A call made
    /// before the channel has noticed is a call under way; see [`broke`].) For a soft stop this is
    /// not needed: a server that drains takes no pipe any more.
    pub fn unplug(&self, name: &str) {
        if let Some(old) = self.sockets().remove(name) {
            old.pull();
        }
    }

    /// Makes an office elsewhere reachable under `name`, for channels asked for from now on.
    pub fn remote(&self, name: &str, at: Uri) {
        self.replace(name, Socket::There(at));
    }

    /// A channel to an office. It connects at the first call and again after every break, so it
    /// outlives restarts of the office; while there is none, calls fail UNAVAILABLE. Must be called
    /// within the runtime.
    pub fn channel(&self, name: &str) -> Channel {
        if let Some(Socket::There(at)) = self.sockets().get(name) {
            return dial(at.clone());
        }
        let (board, name) = (self.clone(), name.to_owned());
        // The authority is never looked at: the connector below knows where to go.
        Endpoint::from_static("http://pipe").connect_with_connector_lazy(tower::service_fn(move |_: Uri| {
            std::future::ready(board.connect(&name).map(TokioIo::new))
        }))
    }

    fn connect(&self, name: &str) -> io::Result<Pipe> {
        let unreachable = || io::Error::new(io::ErrorKind::NotConnected, format!("{name} is not available"));
        let Some(Socket::Here(plug)) = self.sockets().get(name).cloned() else { return Err(unreachable()) };
        let (near, far) = tokio::io::duplex(PIPE_BYTES);
        // Both ends are cut, so that neither has to wait for the other to notice.
        plug.pipes.try_send(Line::new(far, plug.pulled.clone())).map_err(|_| unreachable())?;
        Ok(Line::new(near, plug.pulled))
    }

    fn replace(&self, name: &str, socket: Socket) {
        if let Some(old) = self.sockets().insert(name.to_owned(), socket) {
            old.pull();
        }
    }

    fn sockets(&self) -> MutexGuard<'_, HashMap<String, Socket>> {
        // Nothing is left half done under this lock, so a panic elsewhere spoils nothing.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Socket {
    fn pull(&self) {
        if let Self::Here(plug) = self {
            plug.pulled.cancel();
        }
    }
}

/// Whether a call ended on this side (no connection, a connection that broke, a term that ran out)
/// and not by an answer of the office. The code does not tell: beside UNAVAILABLE, transport says
/// CANCELLED or UNKNOWN. What was asked may have happened or not: ask again under the same request
/// id, and pass it on as UNAVAILABLE.
pub fn broke(status: &Status) -> bool {
    // A status that came from the other side carries no error of this side.
    std::error::Error::source(status).is_some()
}

fn dial(at: Uri) -> Channel {
    Endpoint::from(at)
        .connect_timeout(CONNECT_TIMEOUT)
        .http2_keep_alive_interval(KEEP_ALIVE_INTERVAL)
        .keep_alive_timeout(KEEP_ALIVE_TIMEOUT)
        .keep_alive_while_idle(true)
        .connect_lazy()
}
