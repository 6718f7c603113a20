//! The contract as data: every RPC from its descriptor, messages as JSON.

mod call;
mod codec;
mod converse;
mod error;
mod reading;
pub(crate) mod request;
mod shape;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use prost_reflect::{
    DescriptorPool, DynamicMessage, MessageDescriptor, MethodDescriptor, ReflectMessage, SerializeOptions,
};
use serde_json::Value;

pub use call::call;
pub use converse::converse;
pub use error::ContractError;
pub use shape::Shape;
pub(crate) use shape::{below, field};

static CONTRACT: LazyLock<Result<Contract, ContractError>> = LazyLock::new(|| {
    DescriptorPool::decode(zsm_proto::DESCRIPTORS)
        .map(|pool| Contract { pool })
        .map_err(|problem| ContractError::Unreadable(problem.to_string()))
});

/// Every service, method and message that the offices speak.
#[derive(Clone, Debug)]
pub struct Contract {
    pool: DescriptorPool,
}

impl Contract {
    /// The contract this program was built with; it is read once.
    pub fn load() -> Result<&'static Self, ContractError> {
        CONTRACT.as_ref().map_err(Clone::clone)
    }

    /// The method called `Service/Method`; the service by its short or its full name.
    pub fn method(&self, name: &str) -> Result<MethodDescriptor, ContractError> {
        let (service, method) =
            name.split_once('/').ok_or_else(|| ContractError::NotAMethodName { given: name.to_owned() })?;
        let service =
            self.pool.services().find(|known| known.name() == service || known.full_name() == service).ok_or_else(
                || ContractError::UnknownService {
                    given: service.to_owned(),
                    known: listed(self.pool.services().map(|known| known.name().to_owned())),
                },
            )?;
        service.methods().find(|known| known.name() == method).ok_or_else(|| ContractError::UnknownMethod {
            service: service.name().to_owned(),
            given: method.to_owned(),
            known: listed(service.methods().map(|known| known.name().to_owned())),
        })
    }

    /// The names of all methods, as `Service/Method`, in the order of the contract.
    pub fn methods(&self) -> Vec<String> {
        self.pool
            .services()
            .flat_map(|service| {
                let methods: Vec<_> =
                    service.methods().map(|method| format!("{}/{}", service.name(), method.name())).collect();
                methods
            })
            .collect()
    }
}

/// The message that `json` describes. Names of fields may be snake_case or camelCase, names of enum values may
/// be short (`SLACHTOFFER`); `null` leaves a field out.
pub fn read_message(json: &Value, message: &MessageDescriptor) -> Result<DynamicMessage, ContractError> {
    let canonical = reading::canonical(json, message)?;
    DynamicMessage::deserialize(message.clone(), canonical)
        .map_err(|problem| ContractError::at(message.name(), problem.to_string()))
}

/// The JSON of a message: names as in the contract, enum values by name, what has no value left out.
pub fn write_message(message: &DynamicMessage) -> Result<Value, ContractError> {
    let options = SerializeOptions::new().use_proto_field_name(true).stringify_64_bit_integers(false);
    message
        .serialize_with_options(serde_json::value::Serializer, &options)
        .map_err(|problem| ContractError::at(message.descriptor().name(), problem.to_string()))
}

fn listed(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
