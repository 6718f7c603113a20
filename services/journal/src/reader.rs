//! The threads that answer reads, each with a connection of its own.

use std::io;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;

use rusqlite::Connection;

use crate::queue::{Queue, held};

/// A read that sends its own answer.
pub(crate) type Question = Box<dyn FnOnce(&Connection) + Send>;

/// Starts a thread for each of the read-only connections.
pub(crate) fn start(connections: Vec<Connection>) -> io::Result<Queue<Question>> {
    let (sender, receiver) = mpsc::channel();
    let questions = Arc::new(Mutex::new(receiver));
    let mut threads = Vec::new();
    for connection in connections {
        let questions = Arc::clone(&questions);
        threads.push(
            thread::Builder::new().name("journal-reader".to_owned()).spawn(move || run(&connection, &questions))?,
        );
    }
    Ok(Queue::new(sender, threads))
}

fn run(connection: &Connection, questions: &Mutex<Receiver<Question>>) {
    while let Some(question) = next(questions) {
        question(connection);
    }
}

/// The next question. Whoever waits holds the lock, and lets go before it answers.
fn next(questions: &Mutex<Receiver<Question>>) -> Option<Question> {
    held(questions).recv().ok()
}
