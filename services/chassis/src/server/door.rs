//! The door of an office: how many may be inside at once, and how long one may stand in it without a word.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Sleep, sleep};
use tokio_stream::Stream;
use tonic::transport::server::Connected;

#[cfg(test)]
mod tests;

/// How many connections an office keeps open at once; the next is hung up at once. One that is idle costs some 20 KB,
/// so all of them cost less than 100 MB. An organisation needs one for each of its programs.
const CONNECTIONS: usize = 4096;
/// How long a caller may take to say the first words of HTTP/2; who is there after that is asked by pings.
const FIRST_WORDS: Duration = Duration::from_secs(10);
/// How many bytes those words are.
const PREFACE: usize = 24;
/// How long to wait when no connection can be taken, as when the process is out of file descriptors: asked again at
/// once, the system says the same, and a processor would do nothing else.
const BREATH: Duration = Duration::from_millis(100);

/// Connections as they are let in.
#[derive(Debug)]
pub(super) struct Door {
    listener: TcpListener,
    places: Arc<Semaphore>,
    breath: Option<Pin<Box<Sleep>>>,
    /// The last try failed; said once, not ten times a second.
    out_of_reach: bool,
}

/// A connection that was let in.
#[derive(Debug)]
pub(super) struct Guest<IO> {
    io: IO,
    /// What is still to be heard of the first words, and until when.
    silent: Option<(usize, Pin<Box<Sleep>>)>,
    _place: OwnedSemaphorePermit,
}

impl Door {
    pub(super) fn new(listener: TcpListener) -> Self {
        Self { listener, places: Arc::new(Semaphore::new(CONNECTIONS)), breath: None, out_of_reach: false }
    }
}

impl Stream for Door {
    type Item = io::Result<Guest<TcpStream>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(breath) = &mut self.breath {
                ready!(breath.as_mut().poll(cx));
                self.breath = None;
            }
            match ready!(self.listener.poll_accept(cx)) {
                Ok((tcp, _)) => {
                    self.out_of_reach = false;
                    let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else { continue };
                    // Small messages should not wait for each other; where it cannot be set they do.
                    tcp.set_nodelay(true).ok();
                    return Poll::Ready(Some(Ok(Guest::new(tcp, place))));
                }
                Err(error) => {
                    if !self.out_of_reach {
                        tracing::warn!(%error, "no connection can be taken; trying on");
                    }
                    self.out_of_reach = true;
                    self.breath = Some(Box::pin(sleep(BREATH)));
                }
            }
        }
    }
}

impl<IO> Guest<IO> {
    fn new(io: IO, place: OwnedSemaphorePermit) -> Self {
        Self { io, silent: Some((PREFACE, Box::pin(sleep(FIRST_WORDS)))), _place: place }
    }
}

impl<IO: AsyncRead + Unpin> AsyncRead for Guest<IO> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        if let Some((_, until)) = &mut self.silent
            && until.as_mut().poll(cx).is_ready()
        {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        ready!(Pin::new(&mut self.io).poll_read(cx, into))?;
        if let Some((left, _)) = &mut self.silent {
            *left = left.saturating_sub(into.filled().len() - before);
            if *left == 0 {
                self.silent = None;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Guest<IO> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}

impl<IO: Connected> Connected for Guest<IO> {
    type ConnectInfo = IO::ConnectInfo;

    fn connect_info(&self) -> Self::ConnectInfo {
        self.io.connect_info()
    }
}
