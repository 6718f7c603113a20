//! The small synthetic registers of the embedded default: nobody in them exists, every BSN is a published test number
//! or made to pass the elfproef.

use jiff::Timestamp;
use std::collections::BTreeMap;
use zsm::Kind;
use zsm_source::record::Register;

const SHIPPED: [(Kind, &str); 3] = [
    (Kind::Rvdk, include_str!("../registers/rvdk.yaml")),
    (Kind::Reclassering, include_str!("../registers/reclassering.yaml")),
    (Kind::VeiligThuis, include_str!("../registers/veilig-thuis.yaml")),
];

/// The shipped registers, complete until an instant.
///
/// # Errors
/// A sentence, when a shipped file cannot be read; a test guards that.
pub(crate) fn shipped(as_of: Timestamp) -> Result<BTreeMap<Kind, Register>, String> {
    let mut registers = BTreeMap::new();
    for (kind, text) in SHIPPED {
        let read: Result<Register, _> = serde_saphyr::from_str(text);
        let mut register =
            read.map_err(|error| format!("the shipped register of {} is damaged: {error}", kind.slug()))?;
        register.as_of = as_of;
        registers.insert(kind, register);
    }
    Ok(registers)
}

#[cfg(test)]
mod tests {
    //! What ships can be loaded.

    #[test]
    fn every_shipped_register_can_be_read() {
        let registers = super::shipped("2026-11-20T09:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(registers.len(), 3);
        assert!(registers.values().all(|register| !register.records.is_empty()));
    }
}
