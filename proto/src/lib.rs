//! The contract: messages and services, conversions to and from the law, refusals as statuses.
//!
//! The `.proto` files stand beside `src/`; their bindings ([`pb`]) are made at build time, without protoc. A handler
//! [`read`]s a request as values of the law, writes its reply with `From`, and turns a refusal into a [`status`].

pub mod convert;
pub mod pb;
pub mod status;

pub use convert::{
    Answering, Brought, Read, Reported, Writes, advice_readable, draft_readable, further_question, instant, open_point,
    read, read_on, request_id_faults, weighing_readable,
};

/// Every message and service, as an encoded `FileDescriptorSet`.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/zsm.bin"));
