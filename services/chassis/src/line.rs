//! A connection that can be cut: by pulling a plug, or by a hard stop.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tokio_util::task::task_tracker::TaskTrackerToken;
use tonic::transport::server::Connected;

/// A connection, and what cuts it.
#[derive(Debug)]
pub struct Line<IO> {
    io: IO,
    cut: Pin<Box<WaitForCancellationFutureOwned>>,
    scissors: CancellationToken,
    _held: Option<TaskTrackerToken>,
}

impl<IO> Line<IO> {
    pub(crate) fn new(io: IO, scissors: CancellationToken) -> Self {
        Self { io, cut: Box::pin(scissors.clone().cancelled_owned()), scissors, _held: None }
    }

    /// The same, counted as running until it is dropped.
    pub(crate) fn held(self, by: TaskTrackerToken) -> Self {
        Self { _held: Some(by), ..self }
    }

    fn is_cut(&self) -> io::Result<()> {
        if self.scissors.is_cancelled() { Err(io::ErrorKind::ConnectionAborted.into()) } else { Ok(()) }
    }
}

impl<IO: AsyncRead + Unpin> AsyncRead for Line<IO> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        // A connection of HTTP/2 always has a read waiting, so waking the reader is enough.
        if self.cut.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        Pin::new(&mut self.io).poll_read(cx, into)
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Line<IO> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        self.is_cut()?;
        Pin::new(&mut self.io).poll_write(cx, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.is_cut()?;
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}

impl<IO: Connected> Connected for Line<IO> {
    type ConnectInfo = IO::ConnectInfo;

    fn connect_info(&self) -> Self::ConnectInfo {
        self.io.connect_info()
    }
}
