//! The bindings, one module per package.
#![expect(
    unused_qualifications,
    clippy::all,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    reason = "generated from the contract, where every message and field has its comment"
)]

/// Shared messages.
pub mod model {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("zsm.model.v1");
    }
}

/// What every office offers its administrator.
pub mod office {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("zsm.office.v1");
    }
}

/// OM.
pub mod om {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("zsm.om.v1");
    }
}

/// The lead adviser.
pub mod adviser {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("zsm.adviser.v1");
    }
}

/// The source.
pub mod source {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("zsm.source.v1");
    }
}
