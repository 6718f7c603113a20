//! One call as a person means it: with an id, and the etag as it is now, filled in when they are left out.

use std::time::Duration;

use prost_reflect::{DynamicMessage, MethodDescriptor};
use serde_json::Value;
use tonic::Status;
use tonic::transport::Channel;

use super::request::{etag, etag_source, fill_etag, fill_id};

/// How long a reply may take, in real time.
const PATIENCE: Duration = Duration::from_secs(30);

/// Calls a method with a request in JSON; `id` becomes its request id unless it has one. The outer error is a sentence
/// (Dutch): the request does not fit the method, or nobody answers.
pub async fn converse(
    channel: &Channel,
    method: &MethodDescriptor,
    token: &str,
    mut with: Value,
    id: String,
) -> Result<Result<DynamicMessage, Status>, String> {
    fill_id(&mut with, &method.input(), id);
    if let Some((getter, asked)) = etag_source(&with, method) {
        // When reading is refused, the call itself tells what is wrong.
        let read = deliver(channel, &getter, token, &asked).await?;
        fill_etag(&mut with, read.ok().as_ref().and_then(etag));
    }
    deliver(channel, method, token, &with).await
}

async fn deliver(
    channel: &Channel,
    method: &MethodDescriptor,
    token: &str,
    with: &Value,
) -> Result<Result<DynamicMessage, Status>, String> {
    let message = super::read_message(with, &method.input())
        .map_err(|problem| format!("`with` past niet in {}: {problem}", method.input().name()))?;
    tokio::time::timeout(PATIENCE, super::call(channel.clone(), method, token, message))
        .await
        .map_err(|_| format!("geen antwoord op {} binnen {PATIENCE:?}", method.name()))
}
