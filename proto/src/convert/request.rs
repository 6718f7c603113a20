//! The requests, read as the parts that the services work with.

pub(super) mod adviser;
pub(super) mod office;
pub(super) mod om;
pub(super) mod source;
