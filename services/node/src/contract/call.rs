//! One call of a method that is known by its descriptor only.

use http::uri::PathAndQuery;
use prost_reflect::{DynamicMessage, MethodDescriptor};
use tonic::client::Grpc;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::Channel;
use tonic::{Request, Status};

use super::codec::DynamicCodec;

/// Calls `method` with `request`, as who holds `token`; without a token when that is empty.
pub async fn call(
    channel: Channel,
    method: &MethodDescriptor,
    token: &str,
    request: DynamicMessage,
) -> Result<DynamicMessage, Status> {
    if method.is_client_streaming() || method.is_server_streaming() {
        return Err(Status::unimplemented(format!("{} streams; only single calls are made", method.full_name())));
    }
    let path = format!("/{}/{}", method.parent_service().full_name(), method.name());
    let path = PathAndQuery::try_from(path).map_err(|problem| Status::internal(format!("no path: {problem}")))?;
    let mut request = Request::new(request);
    if !token.is_empty() {
        let bearer = MetadataValue::<Ascii>::try_from(format!("Bearer {token}"))
            .map_err(|_| Status::invalid_argument("the token holds characters that no header can carry"))?;
        request.metadata_mut().insert("authorization", bearer);
    }
    let mut client = Grpc::new(channel);
    client.ready().await.map_err(|problem| Status::unavailable(format!("the office cannot be reached: {problem}")))?;
    let reply = client.unary(request, path, DynamicCodec::new(method.output())).await?;
    Ok(reply.into_inner())
}
