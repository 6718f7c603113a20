//! Round trips, refusals by field path, and reading whatever comes in.

mod refusals;
mod round_trip;
mod samples;
mod total;
mod writing;

use super::{Read, read};
use zsm::Problem;

/// What is wrong with a message: paths and problems, in the order in which they were found.
fn faults_of<M: Read<T>, T>(message: M) -> Vec<(String, Problem)> {
    match read(message) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(|fault| (fault.field.clone(), fault.problem)).collect(),
    }
}

/// That these and no others are wrong with a message.
#[track_caller]
fn refused<M: Read<T>, T>(message: M, expected: &[(&str, Problem)]) {
    let expected: Vec<_> = expected.iter().map(|(path, problem)| ((*path).to_owned(), *problem)).collect();
    assert_eq!(faults_of(message), expected);
}
