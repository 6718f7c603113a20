//! Refusals as statuses, with `google.rpc` details a caller can act on.

use crate::convert::open_point;
use std::collections::HashMap;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};
use zsm::gate::Open;
use zsm::{Faults, Refusal};

/// The domain of every reason.
pub const DOMAIN: &str = "zsm";

/// Most faults told at once: details travel in a header, which may hold 8 KiB.
const TOLD_LIMIT: usize = 40;

/// Most bytes of text in the details; in base64, with their framing, they stay below the header's limit.
const TEXT_BYTES: usize = 4_500;

/// The status of a refusal about a resource.
///
/// The message is a sentence for an official; the details hold the stable code and every fault or open point, as far
/// as a header can carry them. Neither holds a value of the request.
pub fn refused(refusal: &Refusal, resource: &str) -> Status {
    let mut told = Told::new();
    let code = match refusal {
        Refusal::Malformed(faults) => {
            told.faults(faults);
            Code::InvalidArgument
        }
        Refusal::NotFound => Code::NotFound,
        Refusal::AlreadyExists(name) => {
            told.metadata.insert("name".into(), name.clone());
            Code::AlreadyExists
        }
        Refusal::Forbidden(_) => Code::PermissionDenied,
        Refusal::Incomplete(incomplete) => {
            told.open(incomplete.open(), resource);
            Code::FailedPrecondition
        }
        Refusal::Unsignable(faults, open) => {
            told.open(open, resource);
            told.faults(faults);
            if faults.is_empty() { Code::FailedPrecondition } else { Code::InvalidArgument }
        }
        Refusal::NotNow(_) => Code::FailedPrecondition,
        Refusal::Outdated => Code::Aborted,
    };
    Status::with_error_details(code, refusal.to_string(), told.details(refusal.code()))
}

/// The stable code of a refusal, as it stands in a status.
pub fn reason(status: &Status) -> Option<String> {
    status.get_details_error_info().map(|info| info.reason)
}

/// The name of a gRPC code, as other languages write it.
pub fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}

/// Details that stay small enough for a header.
struct Told {
    details: ErrorDetails,
    metadata: HashMap<String, String>,
    count: usize,
    bytes: usize,
}

impl Told {
    fn new() -> Self {
        Self { details: ErrorDetails::new(), metadata: HashMap::new(), count: 0, bytes: 0 }
    }

    /// Notes the faults by field, and how many there are where not all can be told.
    fn faults(&mut self, faults: &Faults) {
        for fault in faults.iter() {
            let description = format!("{}: {}", fault.problem.code(), fault.problem.sentence());
            if self.fits(fault.field.len() + description.len()) {
                self.details.add_bad_request_violation(&fault.field, description);
            }
        }
        if !faults.is_empty() {
            self.metadata.insert("total".into(), faults.iter().count().to_string());
        }
    }

    fn open(&mut self, open: &[Open], resource: &str) {
        for point in open.iter().map(|one| open_point(one, resource)) {
            if self.fits(point.subject.len() + point.reason.len() + point.sentence.len()) {
                self.details.add_precondition_failure_violation(point.reason, point.subject, point.sentence);
            }
        }
    }

    fn fits(&mut self, bytes: usize) -> bool {
        self.count += 1;
        self.bytes += bytes;
        self.count <= TOLD_LIMIT && self.bytes <= TEXT_BYTES
    }

    fn details(mut self, reason: &str) -> ErrorDetails {
        self.details.set_error_info(reason, DOMAIN, self.metadata);
        self.details
    }
}

#[cfg(test)]
mod tests;
