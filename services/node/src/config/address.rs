//! Addresses of offices. Tokens come from the development issuer and nothing is encrypted, so all stay on loopback.

use http::Uri;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Where an office of this node listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Listen(SocketAddr);

/// Where an office is served by another process. Debug output hides what may be secret in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Address(Uri);

impl Listen {
    pub(super) fn new(port: u16) -> Self {
        Self((Ipv4Addr::LOCALHOST, port).into())
    }

    pub(super) fn example() -> Self {
        Self::new(7401)
    }

    pub(super) fn socket(self) -> SocketAddr {
        self.0
    }
}

impl Address {
    pub(super) fn example() -> Self {
        Self(Uri::from_static("http://127.0.0.1:7401"))
    }

    pub(super) fn uri(&self) -> Uri {
        self.0.clone()
    }

    /// The socket it is about.
    pub(super) fn socket(&self) -> Option<SocketAddr> {
        Some(SocketAddr::new(ip(&self.0)?, self.0.port_u16()?))
    }
}

impl TryFrom<String> for Listen {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let address: SocketAddr =
            text.parse().map_err(|_| "this is no address to listen on, such as \"127.0.0.1:7401\"".to_owned())?;
        zsm_chassis::check_loopback(address).map_err(|error| error.to_string())?;
        if address.port() == 0 {
            return Err("port 0 is no port that others could find".to_owned());
        }
        Ok(Self(address))
    }
}

/// What is wrong is told without the text: it may hold a secret.
impl TryFrom<String> for Address {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const WRONG: &str = "this is no address of an office, such as \"http://127.0.0.1:7401\" (loopback only)";
        let address: Uri = text.parse().map_err(|_| WRONG)?;
        let here = ip(&address).is_some_and(|ip| ip.to_canonical().is_loopback());
        let whole = address.scheme_str() == Some("http") && address.port_u16().is_some_and(|port| port > 0);
        if here && is_bare(&address) && whole { Ok(Self(address)) } else { Err(WRONG) }
    }
}

fn ip(address: &Uri) -> Option<IpAddr> {
    address.host()?.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Whether nothing follows host and port: who reads the configuration would see it.
pub(super) fn is_bare(address: &Uri) -> bool {
    matches!(address.path(), "" | "/") && address.query().is_none()
}

impl From<Listen> for String {
    fn from(listen: Listen) -> Self {
        listen.0.to_string()
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0.to_string().trim_end_matches('/').to_owned()
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Address").finish_non_exhaustive()
    }
}
