//! A pass: the point is seeded, the program run, and the leaves of its tape scattered to the caller's slices.

use alloc::vec::Vec;

use super::tape::{FIXED, Leaves, Session, Tape, leaf_length, new_stamp};
use super::weights::sweep;
use super::{LOST, Local, Separable};
use crate::jet::Jet;
use crate::structured::BlackBoxError;
use crate::structured::pattern::Pattern;

/// The place of a lane that is not used.
const UNUSED: u32 = u32::MAX;

/// The place of a pair of variables that the pattern does not have.
const MISSING: u32 = u32::MAX - 1;

/// The memory of a pass: the seeded point, the tape, and the places of the leaves, which are the same in every
/// pass as long as the program does the same.
pub(in crate::structured) struct Pass<L, const Q: usize> {
    point: Vec<Jet<f64, Separable<L, Q>>>,
    tape: Tape,
    weights: Vec<f64>,
    /// The ids and ends of the leaves for which `places` holds.
    known: Leaves,
    /// For each value of a leaf its place in the gradient or among the Hessian's values.
    places: Vec<u32>,
}

impl<L: Local<Q>, const Q: usize> Pass<L, Q> {
    /// For variables of the given colours.
    pub(in crate::structured) fn new(colours: &[u32]) -> Self {
        let variable = |(&colour, id): (&u32, u32)| Jet {
            value: 0.0,
            derivatives: Separable::variable(colour as usize, id),
        };
        Self {
            point: colours.iter().zip(1..).map(variable).collect(),
            tape: Tape::default(),
            weights: Vec::new(),
            known: Leaves::default(),
            places: Vec::new(),
        }
    }

    /// The value; the gradient goes to `gradient`, and the Hessian's values in the order of `pattern`, which
    /// holds the upper triangle row by row, to `values`, unless the pass is of first order.
    pub(in crate::structured) fn run(
        &mut self,
        program: impl FnOnce(&[Jet<f64, Separable<L, Q>>]) -> Jet<f64, Separable<L, Q>>,
        x: &[f64],
        pattern: &Pattern,
        gradient: &mut [f64],
        values: &mut [f64],
    ) -> Result<f64, BlackBoxError> {
        // A number that somebody has kept from another pass is not taken for one of this pass.
        let stamp = new_stamp();
        for (number, &value) in self.point.iter_mut().zip(x) {
            number.value = value;
            number.derivatives.lanes.stamp = stamp;
        }
        let session = Session::begin(core::mem::take(&mut self.tape), stamp);
        let y = program(&self.point);
        // What is left at hand becomes the last leaf.
        let derivatives = &y.derivatives;
        let constant = derivatives.is_constant();
        let last =
            if constant { 0 } else { derivatives.spill(derivatives.lanes.stamp, 0, [1.0, 0.0]) };
        self.tape = session.finish();
        gradient.fill(0.0);
        values.fill(0.0);
        if last == LOST {
            return Err(BlackBoxError::AnotherPath);
        }
        if !constant {
            if L::SECOND {
                self.scatter_second(last, pattern, gradient, values)?;
            } else {
                self.scatter_first(last, gradient)?;
            }
        }
        Ok(y.value)
    }

    fn scatter_first(&mut self, last: u32, gradient: &mut [f64]) -> Result<(), BlackBoxError> {
        let Self { tape, weights, .. } = self;
        let Leaves { ids, ends, values } = &tape.leaves;
        sweep(tape, last, weights, |leaf, weight| {
            let Some(weight) = weight else { return };
            let range = range::<Q>(ends, leaf);
            for (&id, &value) in ids[range.clone()].iter().zip(&values[range]) {
                // An unused lane has id 0 and is out of bounds.
                if let Some(entry) = gradient.get_mut(id.wrapping_sub(1) as usize) {
                    *entry += weight * value;
                }
            }
        })
    }

    fn scatter_second(
        &mut self,
        last: u32,
        pattern: &Pattern,
        gradient: &mut [f64],
        hessian: &mut [f64],
    ) -> Result<(), BlackBoxError> {
        let leaves = &self.tape.leaves;
        if leaves.ids != self.known.ids || leaves.ends != self.known.ends {
            self.find_places(pattern);
        }
        let Self { tape, weights, places, .. } = self;
        let Leaves { ends, values, .. } = &tape.leaves;
        let mut end = values.len();
        let mut complete = true;
        sweep(tape, last, weights, |leaf, weight| {
            let lanes = if Q <= FIXED { Q } else { range::<Q>(ends, leaf).len() };
            let start = end - leaf_length(lanes, true);
            let (values, places) = (&values[start..end], &places[start..end]);
            end = start;
            let Some(weight) = weight else { return };
            for q in 0..lanes {
                if let Some(entry) = gradient.get_mut(places[q] as usize) {
                    *entry += weight * values[q];
                }
            }
            for (&place, &value) in places[lanes..].iter().zip(&values[lanes..]) {
                match hessian.get_mut(place as usize) {
                    Some(entry) => *entry += weight * value,
                    None => complete &= place == UNUSED || value == 0.0,
                }
            }
        })?;
        // Variables that never met in a curved operation have no place, and a second derivative of zero;
        // unless the program did something else than when it was traced.
        if complete { Ok(()) } else { Err(BlackBoxError::AnotherPath) }
    }

    /// The places of all leaves' values.
    #[cold]
    fn find_places(&mut self, pattern: &Pattern) {
        let Leaves { ids, ends, .. } = &self.tape.leaves;
        self.known.ids.clone_from(ids);
        self.known.ends.clone_from(ends);
        self.places.clear();
        self.places.reserve(self.tape.leaves.values.len());
        let (starts, _) = pattern.compressed();
        for leaf in 0..self.tape.entries as usize {
            let ids = &ids[range::<Q>(ends, leaf)];
            self.places.extend(ids.iter().map(|id| id.wrapping_sub(1)));
            for (a, &i) in ids.iter().enumerate() {
                for &j in &ids[..=a] {
                    let (low, high) = (i.min(j) as usize, i.max(j) as usize);
                    self.places.push(match low.checked_sub(1) {
                        None => UNUSED,
                        Some(low) => match pattern.row(low).binary_search(&(high - 1)) {
                            Ok(place) => (starts[low] + place) as u32,
                            Err(_) => MISSING,
                        },
                    });
                }
            }
        }
    }
}

/// The range of a leaf's ids, which is that of its first partials in a pass of first order.
#[inline(always)]
fn range<const Q: usize>(ends: &[u32], leaf: usize) -> core::ops::Range<usize> {
    if Q <= FIXED {
        leaf * Q..(leaf + 1) * Q
    } else {
        let start = leaf.checked_sub(1).map_or(0, |before| ends[before] as usize);
        start..ends[leaf] as usize
    }
}
