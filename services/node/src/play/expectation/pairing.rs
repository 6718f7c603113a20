//! Which expected thing is which actual thing, when the order says nothing.

/// What is left after as many as possible were paired.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Leftover {
    /// Positions of expected things that nothing fits.
    pub(super) expected: Vec<usize>,
    /// Positions of actual things that nobody expected.
    pub(super) actual: Vec<usize>,
}

/// Pairs every expected thing with another actual thing that it fits, as many as possible: an expected thing that
/// fits several never takes the only one that fits another.
pub(super) fn pair(expected: usize, actual: usize, fits: impl Fn(usize, usize) -> bool) -> Leftover {
    let mut partner: Vec<Option<usize>> = vec![None; actual];
    for one in 0..expected {
        let mut seen = vec![false; actual];
        place(one, &mut partner, &mut seen, &fits);
    }
    Leftover {
        expected: (0..expected).filter(|one| !partner.contains(&Some(*one))).collect(),
        actual: (0..actual).filter(|other| partner[*other].is_none()).collect(),
    }
}

fn place(one: usize, partner: &mut [Option<usize>], seen: &mut [bool], fits: &impl Fn(usize, usize) -> bool) -> bool {
    for other in 0..partner.len() {
        if seen[other] || !fits(one, other) {
            continue;
        }
        seen[other] = true;
        let free = match partner[other] {
            None => true,
            Some(holder) => place(holder, partner, seen, fits),
        };
        if free {
            partner[other] = Some(one);
            return true;
        }
    }
    false
}
