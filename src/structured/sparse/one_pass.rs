//! A pass: the point is seeded, the program run, and the leaves of its tape scattered to the caller's slices.

use core::ops::Range;
use core::sync::atomic::{AtomicU64, Ordering};

use alloc::vec::Vec;

use num_traits::Zero;

use super::error::SparseError;
use super::pattern::Pattern;
use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::Real;
use crate::switches::LANES_FIXED;
use crate::tracing::lanes::{LARGEST, variable};
use crate::tracing::tape::{Leaves, Tape, TapeSession};
use crate::tracing::weights::sweep;
use crate::tracing::{LocalPartials, Separable};

/// The place of a lane that is not used, or of what another pass gives.
const UNUSED: u32 = u32::MAX;

/// The place of a pair of variables that the pattern does not have, or of a variable of another plan.
const MISSING: u32 = u32::MAX - 1;

/// The number of a pass.
type Number<L, const Q: usize> = Jet<<L as LocalPartials<Q>>::Part, Separable<L, Q>>;

/// Which colours a pass has lanes for. The variables of the others are constants in it.
#[derive(Clone, Copy)]
pub(super) enum Seeds {
    /// All, each with a lane of its own; or several to a lane, which first derivatives may share.
    All { lanes: u32 },
    /// Two blocks of so many colours. Every pair of colours is in some pair of blocks.
    Blocks { width: u32, blocks: [u32; 2] },
}

impl Seeds {
    /// Those of all passes over so many colours.
    pub(super) fn of(colours: usize, lanes: usize, second: bool) -> impl Iterator<Item = Self> {
        let all = colours <= lanes || !second;
        let width = lanes / 2;
        let count = if all { 0 } else { colours.div_ceil(width) as u32 };
        let pairs = (1..count).flat_map(|b| (0..b).map(move |a| [a, b]));
        let in_blocks = pairs.map(move |blocks| Self::Blocks { width: width as u32, blocks });
        all.then_some(Self::All { lanes: lanes as u32 }).into_iter().chain(in_blocks)
    }

    /// The lane of a colour.
    fn lane(self, colour: u32) -> Option<usize> {
        match self {
            Self::All { lanes } => Some((colour % lanes) as usize),
            Self::Blocks { width, blocks } => {
                let block = blocks.iter().position(|&block| block == colour / width)?;
                Some(block * width as usize + (colour % width) as usize)
            }
        }
    }

    /// Is it this pass whose results are taken for two variables of those colours? If they are of one
    /// block, which several passes have, it is the first one of these.
    fn owns(self, a: u32, b: u32) -> bool {
        match self {
            Self::All { .. } => true,
            Self::Blocks { width, blocks: [low, high] } => {
                let (a, b) = (a / width, b / width);
                match (a.min(b), a.max(b)) {
                    (0, 0) => [low, high] == [0, 1],
                    (a, b) if a == b => [low, high] == [0, a],
                    (a, b) => [low, high] == [a, b],
                }
            }
        }
    }
}

/// The memory of a pass: the seeded point, the tape, and the places of the leaves, which are the same in every
/// pass as long as the program does the same.
pub(super) struct OnePass<L: LocalPartials<Q>, const Q: usize> {
    seeds: Seeds,
    /// The number of the first variable.
    base: u64,
    point: Vec<Number<L, Q>>,
    tape: Tape,
    weights: Vec<f64>,
    /// The words and ends of the leaves for which `places` holds.
    known_words: Vec<u64>,
    known_ends: Vec<usize>,
    /// For each value of a leaf its place in the gradient or among the Hessian's values.
    places: Vec<u32>,
}

impl<L: LocalPartials<Q>, const Q: usize> OnePass<L, Q> {
    /// For variables of the given colours.
    pub(super) fn new(colours: &[u32], seeds: Seeds) -> Self {
        let base = first_of(colours.len() as u64);
        let seed = |(&colour, id): (&u32, u64)| Jet {
            value: L::Part::zero(),
            derivatives: match seeds.lane(colour) {
                Some(lane) => Separable::variable(lane, id),
                None => Separable::ZERO,
            },
        };
        Self {
            seeds,
            base,
            point: colours.iter().zip(base..).map(seed).collect(),
            tape: Tape::NEW,
            weights: Vec::new(),
            known_words: Vec::new(),
            known_ends: Vec::new(),
            places: Vec::new(),
        }
    }

    /// The value; this pass's share of the gradient is added to `gradient`, and that of the Hessian's values in the
    /// order of `pattern`, which holds the upper triangle row by row, to `values`, unless the pass is of first
    /// order.
    pub(super) fn run(
        &mut self,
        program: impl FnOnce(&[Number<L, Q>]) -> Number<L, Q>,
        x: &[L::Part],
        places: (&Pattern, &[u32]),
        gradient: &mut [L::Part],
        values: &mut [L::Part],
    ) -> Result<L::Part, SparseError> {
        self.point.iter_mut().zip(x).for_each(|(number, &value)| number.value = value);
        let session = TapeSession::begin(core::mem::replace(&mut self.tape, Tape::NEW));
        let y = program(&self.point);
        // What is left at hand becomes the last leaf.
        let last = y.derivatives.spill(0, [1.0, 0.0]);
        self.tape = session.finish();
        let last = self.tape.entry(last).filter(|&last| last != 0);
        let last = last.ok_or(SparseError::AnotherPath)?;
        let complete = if L::SECOND {
            self.scatter_second(last, places, gradient, values)?
        } else {
            self.scatter_first(last, gradient)?
        };
        // Variables that never met in a curved operation have no place, and a second derivative of zero;
        // unless the program did something else than when it was traced.
        if complete { Ok(y.value) } else { Err(SparseError::AnotherPath) }
    }

    fn scatter_first(&mut self, last: u32, gradient: &mut [L::Part]) -> Result<bool, SparseError> {
        let Self { base, tape, weights, .. } = self;
        let Leaves { words, ends, values } = &tape.leaves;
        let mut complete = true;
        sweep(tape, last, weights, |leaf, weight| {
            let Some(weight) = weight else { return };
            let range = range::<Q>(ends, leaf);
            for (&word, &value) in words[range.clone()].iter().zip(&values[range]) {
                match gradient.get_mut(variable(word).wrapping_sub(*base) as usize) {
                    Some(entry) => *entry += L::Part::literal(weight * value),
                    None => complete &= variable(word) == 0,
                }
            }
        })?;
        Ok(complete)
    }

    fn scatter_second(
        &mut self,
        last: u32,
        (pattern, colours): (&Pattern, &[u32]),
        gradient: &mut [L::Part],
        hessian: &mut [L::Part],
    ) -> Result<bool, SparseError> {
        let Leaves { words, ends, .. } = &self.tape.leaves;
        if *words != self.known_words || *ends != self.known_ends {
            self.known_words.clone_from(words);
            self.known_ends.clone_from(ends);
            self.find_places(pattern, colours);
        }
        let Self { tape, weights, places, .. } = self;
        let Leaves { ends, values, .. } = &tape.leaves;
        let mut end = values.len();
        let mut complete = true;
        sweep(tape, last, weights, |leaf, weight| {
            let lanes = if Q <= LANES_FIXED { Q } else { range::<Q>(ends, leaf).len() };
            let start = end - leaf_length::<Q>(lanes);
            let (values, places) = (&values[start..end], &places[start..end]);
            end = start;
            let Some(weight) = weight else { return };
            for q in 0..lanes {
                match gradient.get_mut(places[q] as usize) {
                    Some(entry) => *entry += L::Part::literal(weight * values[q]),
                    None => complete &= places[q] == UNUSED,
                }
            }
            for a in 0..lanes {
                let row = row_start::<Q>(lanes, a);
                for (&place, &value) in places[row..=row + a].iter().zip(&values[row..=row + a]) {
                    match hessian.get_mut(place as usize) {
                        Some(entry) => *entry += L::Part::literal(weight * value),
                        None => complete &= place == UNUSED || value == 0.0,
                    }
                }
            }
        })?;
        Ok(complete)
    }

    /// The places of all leaves' values.
    #[cold]
    fn find_places(&mut self, pattern: &Pattern, colours: &[u32]) {
        let (starts, _) = pattern.compressed();
        let n = self.point.len();
        self.places.clear();
        self.places.reserve(self.tape.leaves.values.len());
        let mut variables = Vec::new();
        for leaf in 0..self.tape.entries() as usize {
            let words = &self.known_words[range::<Q>(&self.known_ends, leaf)];
            variables.clear();
            variables.extend(words.iter().map(|&word| {
                match variable(word) {
                    0 => UNUSED,
                    id => u32::try_from(id.wrapping_sub(self.base))
                        .ok()
                        .filter(|&i| (i as usize) < n)
                        .unwrap_or(MISSING),
                }
            }));
            let owns = |i: u32, j: u32| self.seeds.owns(colours[i as usize], colours[j as usize]);
            let own = |&i: &u32| if i >= MISSING || owns(i, i) { i } else { UNUSED };
            self.places.extend(variables.iter().map(own));
            for (a, &i) in variables.iter().enumerate() {
                let columns = if Q <= LANES_FIXED { Q } else { a + 1 };
                self.places.extend(variables[..columns].iter().map(|&j| {
                    let (low, high) = (i.min(j), i.max(j));
                    if high >= MISSING {
                        return high;
                    }
                    if !owns(i, j) {
                        return UNUSED;
                    }
                    match pattern.row(low as usize).binary_search(&(high as usize)) {
                        Ok(place) => (starts[low as usize] + place) as u32,
                        Err(_) => MISSING,
                    }
                }));
            }
        }
    }
}

/// The first of `n` numbers for the variables of a pass, which no other pass of late has had.
///
/// A number that a program has kept from another pass is recognised by them. They begin again only after two thousand
/// millions.
fn first_of(n: u64) -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |next| Some(after(next, n)));
    after(next.unwrap_or_else(|next| next), n) - n
}

/// The number that follows the next `n` ones, of which the first is `next` unless that would lead too far.
fn after(next: u64, n: u64) -> u64 {
    if next + n <= LARGEST { next + n } else { 1 + n }
}

/// The number of a leaf's values in a pass of second order.
#[inline(always)]
fn leaf_length<const Q: usize>(lanes: usize) -> usize {
    row_start::<Q>(lanes, lanes)
}

/// Where the second partials of lane `a` begin in a leaf: behind the first ones, and the rows before.
#[inline(always)]
fn row_start<const Q: usize>(lanes: usize, a: usize) -> usize {
    lanes + if Q <= LANES_FIXED { Q * a } else { a * (a + 1) / 2 }
}

/// The range of a leaf's words, which is that of its values in a pass of first order.
#[inline(always)]
fn range<const Q: usize>(ends: &[usize], leaf: usize) -> Range<usize> {
    if Q <= LANES_FIXED {
        leaf * Q..(leaf + 1) * Q
    } else {
        leaf.checked_sub(1).map_or(0, |before| ends[before])..ends[leaf]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_variables_follow_each_other_and_begin_again_in_time() {
        assert_eq!(after(7, 10) - 10, 7);
        assert_eq!(after(LARGEST - 10, 10) - 10, LARGEST - 10);
        assert_eq!(after(LARGEST - 9, 10) - 10, 1);
        assert_eq!(after(1, LARGEST - 1), LARGEST);
        let [first, second] = [5, 3].map(first_of);
        assert!(second >= first + 5 && first >= 1);
    }
}
