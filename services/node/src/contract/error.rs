//! What can be wrong with a name or a value that should fit the contract.

/// A sentence for the one who wrote the name or the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    /// The program was built with descriptors that cannot be read.
    #[error("het contract in dit programma is niet te lezen: {0}")]
    Unreadable(String),
    /// The text has no `/`.
    #[error("`{given}` is geen aanroep; schrijf Dienst/Methode, zoals CaseService/GetCase")]
    NotAMethodName {
        /// What was written.
        given: String,
    },
    /// No such service.
    #[error("het contract kent geen dienst `{given}`; wel {known}")]
    UnknownService {
        /// What was written.
        given: String,
        /// What there is.
        known: String,
    },
    /// No such method.
    #[error("{service} kent geen methode `{given}`; wel {known}")]
    UnknownMethod {
        /// The service.
        service: String,
        /// What was written.
        given: String,
        /// What there is.
        known: String,
    },
    /// A value does not fit the field where it stands.
    #[error("{path}: {problem}")]
    Field {
        /// Where, as in `household.persons[0].roles[1]`.
        path: String,
        /// What is wrong.
        problem: String,
    },
}

impl ContractError {
    /// `problem` at the field `path`.
    pub(crate) fn at(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Field { path: path.into(), problem: problem.into() }
    }
}
