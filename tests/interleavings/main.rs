//! The law among offices that crash and a network that loses, doubles, delays and reorders: thousands of random
//! histories, and every state of a small world.

mod histories;
mod model;

/// A number from the environment, or this one.
fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().map_or(otherwise, |value| value.parse().expect(name))
}
