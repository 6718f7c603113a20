//! The tray between clerks and their runner: an errand is handed over as soon as it is durable, and the table is read
//! only when nobody can have handed it over (E3).

use jiff::Timestamp;
use std::fmt;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use zsm_journal::{Errand, NewErrand, Standing};

/// Where errands are put for the runner. Clones are the same tray.
#[derive(Clone)]
pub struct Tray {
    notes: UnboundedSender<Note>,
}

/// What the runner is told.
#[derive(Debug)]
pub(crate) enum Note {
    /// An errand that is durable.
    New(Errand),
    /// An errand was put off until then.
    Later(Timestamp),
    /// The table holds what was not handed over.
    Look,
}

impl Tray {
    pub(crate) fn new() -> (Self, UnboundedReceiver<Note>) {
        // Every errand in it is in the journal already, so that a bound would save nothing.
        let (notes, arriving) = unbounded_channel();
        (Self { notes }, arriving)
    }

    /// Hands over what was put down with a batch of a stream, written in a trace.
    pub(crate) fn put(&self, stream: &str, trace: Option<String>, errands: Vec<NewErrand>) {
        for NewErrand { id, kind, subject, not_before, urgent } in errands {
            let (stream, trace, standing) = (stream.to_owned(), trace.clone(), Standing::Tried);
            let (attempts, put_at, failure) = (0, None, None);
            self.note(Note::New(Errand {
                id,
                stream,
                kind,
                subject,
                attempts,
                not_before,
                urgent,
                standing,
                put_at,
                failure,
                trace,
            }));
        }
    }

    /// Says that an errand was put off.
    pub(crate) fn later(&self, at: Timestamp) {
        self.note(Note::Later(at));
    }

    /// Has the table read.
    pub(crate) fn look(&self) {
        self.note(Note::Look);
    }

    fn note(&self, note: Note) {
        // A runner that has stopped reads the table when it starts again.
        let _ = self.notes.send(note);
    }
}

impl fmt::Debug for Tray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tray")
    }
}
