//! A queue of work and the threads that carry it out.

use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crate::Error;

/// Work that waits, and the threads that take it up. The queue has no bound of its own: every piece of work has a
/// caller waiting for it, so that the callers are the bound.
pub(crate) struct Queue<T> {
    sender: Mutex<Option<Sender<T>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl<T> Queue<T> {
    /// A queue that feeds `threads`, which end once the queue is empty and has no sender left.
    pub(crate) fn new(sender: Sender<T>, threads: Vec<JoinHandle<()>>) -> Queue<T> {
        Queue { sender: Mutex::new(Some(sender)), threads: Mutex::new(threads) }
    }

    /// Hands work in. Refused once the queue is closed.
    pub(crate) fn send(&self, work: T) -> Result<(), Error> {
        match &*held(&self.sender) {
            Some(sender) => sender.send(work).map_err(|_| Error::Stopped),
            None => Err(Error::Stopped),
        }
    }

    /// Takes no more work, and waits until what was handed in is done and the threads have ended.
    pub(crate) fn close(&self) {
        drop(held(&self.sender).take());
        for thread in held(&self.threads).drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the journal ended in a panic");
            }
        }
    }
}

impl<T> Drop for Queue<T> {
    fn drop(&mut self) {
        self.close();
    }
}

/// Locks a mutex whatever became of its last holder: what these guard is whole at every moment.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
