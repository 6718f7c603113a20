//! Resource names (AIP-122): `cases/…`, `assignments/…`, `questions/…`, `errands/…`, `signals/…`. They hold no name or number of a person.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Namespace of derived ids (E4).
const NAMESPACE: Uuid = Uuid::from_u128(0x5a53_4d00_0000_5000_8000_7a73_6d00_0001);

macro_rules! resource {
    ($(#[$doc:meta])* $name:ident, $collection:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// The collection that names of this kind begin with.
            pub const COLLECTION: &'static str = $collection;

            /// From an id that was drawn or derived.
            pub fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare id.
            pub fn id(self) -> Uuid {
                self.0
            }

            /// Reads a full name; nothing when it is another kind of name.
            pub fn parse(name: &str) -> Option<Self> {
                let id = name.strip_prefix($collection)?.strip_prefix('/')?;
                let parsed = Uuid::try_parse(id).ok()?;
                // One resource, one name: only the usual form with hyphens and small letters.
                (parsed.hyphenated().to_string() == id).then_some(Self(parsed))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($collection, "/{}"), self.0)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;
            fn try_from(name: String) -> Result<Self, Self::Error> {
                Self::parse(&name).ok_or("not a resource name of this kind")
            }
        }
    };
}

resource!(
    /// The case of one suspect at OM.
    CaseName,
    "cases"
);
resource!(
    /// The lead's advice assignment.
    AssignmentName,
    "assignments"
);
resource!(
    /// One question to one source.
    QuestionName,
    "questions"
);

resource!(
    /// One call that an office has to make.
    ErrandName,
    "errands"
);

resource!(
    /// One acute signal (D27).
    SignalName,
    "signals"
);

impl SignalName {
    /// The signal of an assignment or question, by its number from one: what is sent twice is known again.
    pub fn derive(of: &str, number: usize) -> Self {
        Self(derive(&format!("{of}/signals/{number}")))
    }
}

/// An alert of a case: `cases/…/alerts/…`, by its number from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AlertName {
    /// The case.
    pub case: CaseName,
    /// The number.
    pub number: u32,
}

impl AlertName {
    /// Reads a full name; nothing when it is another kind of name.
    pub fn parse(name: &str) -> Option<Self> {
        let (case, number) = name.split_once("/alerts/")?;
        let read = Self { case: CaseName::parse(case)?, number: number.parse().ok()? };
        // One resource, one name.
        (read.to_string() == name).then_some(read)
    }
}

impl fmt::Display for AlertName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/alerts/{}", self.case, self.number)
    }
}

resource!(
    /// The incident that several cases are of, one for each suspect. It says nothing of the incident.
    IncidentName,
    "incidents"
);

impl IncidentName {
    /// The incident with this BVH number at the table of a region: a hash with no way back (A12, E4).
    pub fn derive(region: &crate::Region, bvh_number: &str) -> Self {
        Self(derive(&format!("incident|{}|{bvh_number}", region.as_str())))
    }
}

impl AssignmentName {
    /// The assignment of a case, by its number (a changed lead is a new assignment, D23).
    pub fn derive(case: CaseName, number: u32) -> Self {
        Self(derive(&format!("{case}/assignments/{number}")))
    }
}

impl QuestionName {
    /// A question is identified by assignment, item and round (E4).
    pub fn derive(assignment: AssignmentName, item: crate::Item, round: u32) -> Self {
        Self(derive(&format!("{assignment}/{item}/{round}")))
    }
}

/// A derived id: the same words give the same id.
pub fn derive(words: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, words.as_bytes())
}
