//! What keeps the gate shut.

use crate::pb::model::v1 as model;
use zsm::gate::Open;

/// An open point of a case or assignment, under that resource's name (D30).
pub fn open_point(open: &Open, resource: &str) -> model::OpenPoint {
    model::OpenPoint {
        subject: format!("{resource}/items/{}", open.subject.slug()),
        reason: open.reason.code().to_owned(),
        sentence: open.sentence(),
    }
}
