//! What comes in for an office within this process.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::mpsc;
use tokio_stream::Stream;

use super::Pipe;

/// The pipes that callers open to an office. Dropping it makes the office unreachable; it ends
/// when the office is unplugged.
#[derive(Debug)]
pub struct Incoming(mpsc::Receiver<Pipe>);

impl Incoming {
    pub(super) fn new(arriving: mpsc::Receiver<Pipe>) -> Self {
        Self(arriving)
    }
}

impl Stream for Incoming {
    type Item = io::Result<Pipe>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx).map(|pipe| pipe.map(Ok))
    }
}
