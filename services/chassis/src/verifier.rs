//! The token a caller shows, and the ways it is refused.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use dashmap::DashMap;
use jiff::Timestamp;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use tonic::Status;

use crate::caller::Caller;

#[cfg(test)]
mod tests;

/// Whom a token must be meant for.
pub(crate) const AUDIENCE: &str = "zsm";
/// Who a token must be issued by.
pub(crate) const ISSUER: &str = "zsm-ontwikkel";
/// How far the clock of the issuer may run ahead of ours.
const LEEWAY_SECONDS: i64 = 60;

/// How many tokens are remembered as well signed.
const REMEMBERED: usize = 4_096;

/// Tells whether a token was issued by whom we trust, and to whom. Clones share what they remember.
#[derive(Clone)]
pub struct Verifier {
    key: Arc<DecodingKey>,
    /// A token is shown with every call, and its signature costs more than all else that is done at the door. Only what
    /// does not change is remembered: whether it holds now is asked each time.
    well_signed: Arc<DashMap<String, Arc<Claims>>>,
    /// The regions whose callers are let in; nothing for any region.
    regions: Option<Arc<BTreeSet<String>>>,
}

/// Why a token was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// No bearer token was shown.
    #[error("a bearer token is required")]
    Missing,
    /// What was shown is not a token of ours.
    #[error("the bearer token cannot be read")]
    Malformed,
    /// The signature is not of the key we trust, or of another kind.
    #[error("the bearer token was not signed with a key known here")]
    Signature,
    /// Law time is past its expiry.
    #[error("the bearer token has expired")]
    Expired,
    /// It was issued further in the future than clocks differ.
    #[error("the bearer token is not valid yet")]
    NotYet,
    /// It names another issuer.
    #[error("the bearer token comes from an unknown issuer")]
    Issuer,
    /// It is meant for another system.
    #[error("the bearer token is meant for another system")]
    Audience,
    /// It is of a region that is not known here.
    #[error("the bearer token is of a region that is not known here")]
    Region,
}

/// What a token claims.
#[derive(Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) iss: String,
    pub(crate) aud: String,
    pub(crate) sub: String,
    pub(crate) org: String,
    pub(crate) region: String,
    pub(crate) role: String,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
    pub(crate) jti: String,
}

impl Verifier {
    /// Trusts the holder of the private half of this Ed25519 key.
    pub(crate) fn trusting(public_key: &[u8]) -> Self {
        Self { key: Arc::new(DecodingKey::from_ed_der(public_key)), well_signed: Arc::default(), regions: None }
    }

    /// The same, for callers of these regions only.
    #[must_use]
    pub fn within(self, regions: impl IntoIterator<Item = String>) -> Self {
        Self { regions: Some(Arc::new(regions.into_iter().collect())), ..self }
    }

    /// Who shows this token, if it holds at `now` (law time).
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Caller, Rejected> {
        let claims = self.claims(token)?;
        if claims.iss != ISSUER {
            return Err(Rejected::Issuer);
        }
        if claims.aud != AUDIENCE {
            return Err(Rejected::Audience);
        }
        if claims.iat > now.as_second().saturating_add(LEEWAY_SECONDS) {
            return Err(Rejected::NotYet);
        }
        if claims.exp <= now.as_second() {
            return Err(Rejected::Expired);
        }
        if self.regions.as_ref().is_some_and(|known| !known.contains(&claims.region)) {
            return Err(Rejected::Region);
        }
        Ok(Caller {
            organisation: claims.org.clone(),
            region: claims.region.clone(),
            role: claims.role.clone(),
            person: claims.sub.clone(),
        })
    }

    fn claims(&self, token: &str) -> Result<Arc<Claims>, Rejected> {
        if let Some(claims) = self.well_signed.get(token) {
            return Ok(Arc::clone(&claims));
        }
        let claims = Arc::new(self.read(token)?);
        if self.well_signed.len() >= REMEMBERED {
            self.well_signed.clear();
        }
        self.well_signed.insert(token.to_owned(), Arc::clone(&claims));
        Ok(claims)
    }

    fn read(&self, token: &str) -> Result<Claims, Rejected> {
        let mut signed = Validation::new(Algorithm::EdDSA);
        // The library compares with the machine's time; terms here are in law time.
        signed.validate_exp = false;
        signed.validate_nbf = false;
        // The audience is compared by us, beside the rest, so that its refusal is named.
        signed.validate_aud = false;
        signed.required_spec_claims.clear();
        match jsonwebtoken::decode::<Claims>(token, &self.key, &signed) {
            Ok(token) => Ok(token.claims),
            Err(error) => Err(match error.kind() {
                ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm => Rejected::Signature,
                _ => Rejected::Malformed,
            }),
        }
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier")
    }
}

impl From<Rejected> for Status {
    fn from(rejected: Rejected) -> Self {
        match rejected {
            // Who calls is certain; that caller has no business here.
            Rejected::Region => Self::permission_denied(rejected.to_string()),
            _ => Self::unauthenticated(rejected.to_string()),
        }
    }
}
