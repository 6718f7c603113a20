//! Chance that can be repeated.

/// Numbers from a seed (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

/// The variable that gives another seed.
const VARIABLE: &str = "TESTS_SEED";

impl Chance {
    /// From the seed in the environment, or this one; gives the seed, to be told when a test fails.
    pub(crate) fn seeded(otherwise: u64) -> (Self, u64) {
        let seed = std::env::var(VARIABLE).ok().map_or(otherwise, |seed| seed.parse().expect(VARIABLE));
        (Self(seed), seed)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}
