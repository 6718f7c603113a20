//! The token a caller shows, and the ways it is refused.

use std::fmt;
use std::sync::Arc;

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

/// Tells whether a token was issued by whom we trust, and to whom.
#[derive(Clone)]
pub struct Verifier(Arc<DecodingKey>);

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
        Self(Arc::new(DecodingKey::from_ed_der(public_key)))
    }

    /// Who shows this token, if it holds at `now` (law time).
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Caller, Rejected> {
        let claims = self.read(token)?;
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
        Ok(Caller { organisation: claims.org, region: claims.region, role: claims.role, person: claims.sub })
    }

    fn read(&self, token: &str) -> Result<Claims, Rejected> {
        let mut signed = Validation::new(Algorithm::EdDSA);
        // The library compares with the machine's time; terms here are in law time.
        signed.validate_exp = false;
        signed.validate_nbf = false;
        // The audience is compared by us, beside the rest, so that its refusal is named.
        signed.validate_aud = false;
        signed.required_spec_claims.clear();
        match jsonwebtoken::decode::<Claims>(token, &self.0, &signed) {
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
        Self::unauthenticated(rejected.to_string())
    }
}
