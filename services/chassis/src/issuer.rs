//! The development issuer: tokens for whoever asks, and therefore for loopback only.

mod key;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header};

use crate::caller::Caller;
use crate::ids::Ids;
use crate::verifier::{AUDIENCE, Claims, ISSUER, Verifier};

#[cfg(test)]
pub(crate) mod tests;

/// Issues tokens without asking who is there: it stands in for the identity provider of the
/// organisations while one develops.
#[derive(Clone)]
pub struct DevelopmentIssuer {
    signing: EncodingKey,
    public: Vec<u8>,
    ids: Ids,
}

/// The address is reachable from elsewhere, and development tokens must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0} is reachable from other machines; tokens of the development issuer are accepted on loopback only, so listen on 127.0.0.1 or [::1]"
)]
pub struct NotLoopback(pub SocketAddr);

/// Why there is no development issuer, or no token of it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The key file could not be read or written.
    #[error("the key of the development issuer at {path} cannot be read or written", path = path.display())]
    File {
        /// Where it is.
        path: std::path::PathBuf,
        /// What went wrong there.
        source: io::Error,
    },
    /// The key file holds something else.
    #[error(
        "{path} holds no Ed25519 key; remove it to have a new one made, which ends all tokens of the old one",
        path = .0.display()
    )]
    NotAKey(std::path::PathBuf),
    /// No key could be made.
    #[error("no key could be made for the development issuer")]
    NoKey,
    /// The token could not be written.
    #[error("the token could not be signed")]
    Unsigned,
}

impl DevelopmentIssuer {
    /// The issuer of this folder: its `issuer.key`, made when there is none. Several processes may
    /// open the same folder at once; all get the same key.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let path = folder.join("issuer.key");
        let document = key::load_or_make(folder, &path)?;
        let issuer = Self::holding(&document).ok_or_else(|| Error::NotAKey(path.clone()))?;
        tracing::warn!(
            key = %path.display(),
            "DEVELOPMENT ISSUER IN USE: anyone who can read this key can be any official; never use it with real data"
        );
        Ok(issuer)
    }

    /// An issuer whose key ends with this process, for tests and scenarios.
    pub fn ephemeral() -> Result<Self, Error> {
        Self::holding(&key::make()?).ok_or(Error::NoKey)
    }

    /// A token that says it is `caller` who shows it, from `now` for as long as `ttl`.
    pub fn issue(&self, caller: &Caller, now: Timestamp, ttl: SignedDuration) -> Result<String, Error> {
        let iat = now.as_second();
        self.sign(&Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            sub: caller.person.clone(),
            org: caller.organisation.clone(),
            region: caller.region.clone(),
            role: caller.role.clone(),
            iat,
            exp: iat.saturating_add(ttl.as_secs()),
            jti: self.ids.draw().to_string(),
        })
    }

    /// Verifies what this issuer issues.
    pub fn verifier(&self) -> Verifier {
        Verifier::trusting(&self.public)
    }

    pub(crate) fn sign(&self, claims: &Claims) -> Result<String, Error> {
        jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), claims, &self.signing).map_err(|_| Error::Unsigned)
    }

    fn holding(document: &[u8]) -> Option<Self> {
        let public = key::public_half(document)?;
        Some(Self { signing: EncodingKey::from_ed_der(document), public, ids: Ids::system() })
    }
}

impl fmt::Debug for DevelopmentIssuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DevelopmentIssuer")
    }
}

/// Refuses an address that others can reach.
pub fn check_loopback(addr: SocketAddr) -> Result<(), NotLoopback> {
    if addr.ip().to_canonical().is_loopback() { Ok(()) } else { Err(NotLoopback(addr)) }
}
