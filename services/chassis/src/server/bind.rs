//! The port of an office, or one clear sentence.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::issuer::{NotLoopback, check_loopback};

/// Why there is no port.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// It would be open to others.
    #[error(transparent)]
    NotLoopback(#[from] NotLoopback),
    /// Someone else has it.
    #[error(
        "port {port} on {host} is already in use by another process; stop that process or choose another port",
        port = .0.port(),
        host = .0.ip()
    )]
    Taken(SocketAddr),
    /// It may not be ours.
    #[error("port {port} on {host} may not be used by this user; choose a port above 1023", port = .0.port(), host = .0.ip())]
    Forbidden(SocketAddr),
    /// The machine does not have this address, or something else is wrong with it.
    #[error("cannot listen on {at}")]
    Failed {
        /// What was asked for.
        at: SocketAddr,
        /// What the machine said.
        source: io::Error,
    },
}

/// Listens on a port of this machine; port 0 is any free one.
pub async fn bind(at: SocketAddr) -> Result<TcpListener, BindError> {
    check_loopback(at)?;
    TcpListener::bind(at).await.map_err(|source| match source.kind() {
        ErrorKind::AddrInUse => BindError::Taken(at),
        ErrorKind::PermissionDenied => BindError::Forbidden(at),
        _ => BindError::Failed { at, source },
    })
}
