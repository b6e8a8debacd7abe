//! Shapes: how the variables of an element become lanes, and how derivatives in lanes find their places.
//!
//! An element touches *runs* of consecutive variables: single variables, or the coordinates of nodes. The
//! plan knows one place for each pair of runs, and the entries of the block between them follow from it.

mod among;
mod between;
mod lanes;
mod relative;
mod shared;
mod single;
mod up_to;

pub use among::Among;
pub use between::Between;
pub use lanes::Lanes;
pub use relative::Relative;
pub use shared::Shared;
pub use single::Single;
pub use up_to::{Few, UpTo};

use core::ops::Range;

use super::source::Source;
use super::target::Window;
use crate::real::Real;
use crate::sealed::Sealed;

/// A shape of elements with K lanes, one for each number that the element's function depends on:
/// [`Single`] variables, the same ones for all ([`Shared`]), nodes [`Among`] a family, a node [`Between`] two
/// families, differences of nodes ([`Relative`]), and [`UpTo`] K variables. Implemented for these only.
#[diagnostic::on_unimplemented(
    message = "no elements of the shape `{Self}` with {K} lanes",
    note = "an element has at most 32 lanes"
)]
pub trait Shape<const K: usize>: Copy + 'static + Sealed {
    /// What the element's function gets, for a number `J`.
    type Arguments<J>;

    /// Whose variables are listed: those of [each](Each) element, or one list [for all](ForAll).
    #[doc(hidden)]
    type Listed;

    /// The first variables of the element's runs.
    #[doc(hidden)]
    type Index: AsRef<[u32]> + Copy + Sync;

    /// The number of runs.
    #[doc(hidden)]
    const RUNS: usize;

    /// A list of first variables, element by element.
    #[doc(hidden)]
    fn indices(list: &[u32]) -> &[Self::Index];

    /// The first variables of the runs of some elements, one after the other, out of such a list.
    #[doc(hidden)]
    #[inline(always)]
    fn of_elements(
        list: &[Self::Index],
        elements: Range<usize>,
    ) -> impl Iterator<Item = &Self::Index> {
        list[elements].iter()
    }

    /// The variable whose owner counts the element's value.
    #[doc(hidden)]
    #[inline(always)]
    fn home(index: &Self::Index) -> u32 {
        index.as_ref()[0]
    }

    /// The lanes' values, which depend on `x` linearly.
    #[doc(hidden)]
    fn gather<T: Real>(x: impl Source<T>, index: &Self::Index) -> [T; K];

    /// The lanes as the function wants them, each made in its place.
    #[doc(hidden)]
    fn arguments<J: Copy>(lane: impl FnMut(usize) -> J, index: &Self::Index) -> Self::Arguments<J>;

    /// Adds first derivatives.
    #[doc(hidden)]
    fn spread<T: Real>(lanes: &[T; K], index: &Self::Index, gradient: &mut Window<'_, T>);

    /// Adds the symmetric matrix `h` of second derivatives to the lower triangle. `places` has one place
    /// for each pair of runs: that of the first entry of their block; `starts` has that of each column.
    ///
    /// Places are of 32 bits until they are used: so the compiler knows that none of them plus the length
    /// of a run overflows, and one comparison checks a run.
    #[doc(hidden)]
    fn scatter<T: Real>(
        h: impl Fn(usize, usize) -> T,
        index: &Self::Index,
        places: &[u32],
        starts: &[u32],
        values: &mut Window<'_, T>,
    );

    /// The most entries of a row.
    #[doc(hidden)]
    const MOST: usize;

    /// The entries of the element's rows.
    #[doc(hidden)]
    #[inline(always)]
    fn entries(_: &Self::Index) -> usize {
        Self::MOST
    }

    /// The variables of a row, in ascending order, to the first places.
    #[doc(hidden)]
    fn columns(index: &Self::Index, columns: &mut [usize]);

    /// Writes the first derivatives as a row, in the order of its variables.
    #[doc(hidden)]
    fn row<T: Real>(lanes: &[T; K], index: &Self::Index, row: &mut [T]);
}

/// Each element has variables of its own.
pub struct Each;

/// All elements have the same variables.
pub struct ForAll;

impl Sealed for Shared {}
impl Sealed for Single {}
impl Sealed for UpTo {}
impl<const A: usize, const D: usize> Sealed for Among<A, D> {}
impl<const P: usize, const Q: usize> Sealed for Between<P, Q> {}
impl<const A: usize, const B: usize, const D: usize> Sealed for Relative<A, B, D> {}

/// `array::from_fn`, which is not always compiled in place where the entries are large.
#[inline(always)]
fn lanes_from<J: Copy, const K: usize>(mut lane: impl FnMut(usize) -> J) -> [J; K] {
    let mut lanes = [lane(0); K];
    for (a, place) in lanes.iter_mut().enumerate().skip(1) {
        *place = lane(a);
    }
    lanes
}

/// The entries of column `j` in the lower triangle. A column of the same node that is c columns further
/// to the right has c entries less.
#[inline(always)]
fn height(starts: &[u32], j: u32) -> u32 {
    let j = j as usize;
    starts[j + 1].wrapping_sub(starts[j])
}

/// Adds a block below the diagonal: `P` rows, and `Q` columns of which the first has `height` entries;
/// `h` takes the column first, as the entries of a column are neighbours.
///
/// All columns of a node have the same rows below the node's own, so that column c starts
/// height + (height - 1) + ... (c terms) further on, and the block's rows stand c places earlier in it.
#[inline(always)]
fn add_block<const P: usize, const Q: usize, T: Real>(
    values: &mut Window<'_, T>,
    place: u32,
    height: u32,
    h: impl Fn(usize, usize) -> T,
) {
    let mut start = place;
    for c in 0..Q {
        values.add_run(start, P, |r| h(c, r));
        start = start.wrapping_add(height).wrapping_sub(c as u32 + 1);
    }
}

/// Adds the lower triangle of a node's own block.
#[inline(always)]
fn add_triangle<const D: usize, T: Real>(
    values: &mut Window<'_, T>,
    starts: &[u32],
    first: u32,
    h: impl Fn(usize, usize) -> T,
) {
    if D == 1 {
        values.add(starts[first as usize], h(0, 0));
        return;
    }
    let (mut start, height) = (starts[first as usize], height(starts, first));
    for c in 0..D {
        values.add_run(start, D - c, |r| h(c, c + r));
        start = start.wrapping_add(height).wrapping_sub(c as u32);
    }
}

/// Adds the matrix of an element that has `A` runs of `D` lanes each.
#[inline(always)]
fn scatter_runs<const A: usize, const D: usize, T: Real>(
    h: impl Fn(usize, usize) -> T,
    index: &[u32; A],
    places: &[u32],
    starts: &[u32],
    values: &mut Window<'_, T>,
) {
    let places = &places[..A * (A - 1) / 2];
    for a in 0..A {
        for b in 0..a {
            let place = places[a * (a - 1) / 2 + b];
            if D == 1 {
                values.add(place, h(a, b));
            } else if index[a] > index[b] {
                let height = height(starts, index[b]);
                add_block::<D, D, T>(values, place, height, |c, r| h(b * D + c, a * D + r));
            } else {
                let height = height(starts, index[a]);
                add_block::<D, D, T>(values, place, height, |c, r| h(a * D + c, b * D + r));
            }
        }
        add_triangle::<D, T>(values, starts, index[a], |c, r| h(a * D + c, a * D + r));
    }
}

/// The runs that stand before run `a` in ascending order.
#[inline(always)]
fn rank<const A: usize>(index: &[u32; A], a: usize) -> usize {
    index.iter().filter(|&&i| i < index[a]).count()
}

/// The variables of `A` runs of `D` each, in ascending order.
fn run_columns<const A: usize, const D: usize>(index: &[u32; A], columns: &mut [usize]) {
    for a in 0..A {
        let run = &mut columns[rank(index, a) * D..][..D];
        run.iter_mut().enumerate().for_each(|(r, column)| *column = index[a] as usize + r);
    }
}
