//! The methods that an office serves, by name: what a stranger writes in their place enters no log, trace or metric.

use std::collections::BTreeSet;
use std::sync::Arc;

use prost::Message;
use prost_types::FileDescriptorSet;

/// What a method is called that is none of ours.
const UNKNOWN: &str = "unknown";

/// The methods of an office, as `package.Service/Method`.
#[derive(Clone, Debug)]
pub(super) struct Methods(Arc<BTreeSet<String>>);

impl Methods {
    /// Those of its own services, as its contract describes them, and of health and reflection.
    pub(super) fn of(services: &[String], descriptors: &[u8]) -> Self {
        let own = named(descriptors).filter(|(service, _)| services.contains(service));
        let health = named(tonic_health::pb::FILE_DESCRIPTOR_SET);
        let reflection = named(tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET);
        let all = own.chain(health).chain(reflection).map(|(service, method)| format!("{service}/{method}"));
        Self(Arc::new(all.collect()))
    }

    /// The method that a path asks for, as it may be logged.
    pub(super) fn at(&self, path: &str) -> &str {
        path.strip_prefix('/').and_then(|asked| self.0.get(asked)).map_or(UNKNOWN, String::as_str)
    }
}

/// Every service and method of a descriptor set. One that cannot be read was refused before, for reflection.
fn named(descriptors: &[u8]) -> impl Iterator<Item = (String, String)> {
    let files = FileDescriptorSet::decode(descriptors).unwrap_or_default().file;
    files.into_iter().flat_map(|file| {
        let package = file.package().to_owned();
        file.service.into_iter().flat_map(move |service| {
            let name = format!("{package}.{}", service.name());
            service.method.into_iter().map(move |method| (name.clone(), method.name().to_owned()))
        })
    })
}

#[cfg(test)]
mod tests;
