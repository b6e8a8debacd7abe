//! The protocol of every derivative: seed, evaluate, assemble.
//!
//! A call says how the coordinates are seeded ([`Seeds`]) and what becomes of the number that an evaluation returns;
//! the evaluations themselves are here, for the calls, threads, workspaces, function objects and checks alike. A point
//! that is done in one evaluation is seeded once:
//!
//! ```text
//!              x            value   partials
//!           ┌ 3.0 ┐        ┌ 3.0 │ 1 0 0 ┐
//!   seed    │ 2.0 │   →    │ 2.0 │ 0 1 0 │   →   f   →   assemble: value, gradient
//!           └ 5.0 ┘        └ 5.0 │ 0 0 1 ┘
//! ```
//!
//! A longer one is done chunk by chunk of the variables, or block by block of the Hessian: between two evaluations the
//! coordinates that leave the region, or enter it, are seeded again in place. Here are two passes over three variables
//! in chunks of two:
//!
//! ```text
//!   3.0 │ 1 0              3.0 │ 0 0
//!   2.0 │ 0 1   →   f      2.0 │ 0 0   →   f
//!   5.0 │ 0 0              5.0 │ 1 0
//! ```

use core::convert::Infallible;
use core::hint::black_box;
use core::marker::PhantomData;

use super::regions::{Block, Chunk, Region};
use crate::derivatives::{Along, Derivatives, Gradient, HasLaplacian, HessianBlock};
use crate::jet::Jet;
use crate::points::{HessianPoint, Point, SecondAt};
use crate::real::{Real, Scalar};
use crate::switches::{ALONG_IN_ONE, is_apart_as_integer};

/// How the coordinates of a point are seeded, and in which regions: what a derivative says to begin with.
pub(crate) trait Seeds<T: Real> {
    /// What the numbers carry.
    type Kind: Derivatives<T>;

    /// What one evaluation differentiates.
    type Region: Region;

    /// Points of up to so many coordinates are done in one evaluation.
    const ALL: usize;

    /// The first region of a point of `n` coordinates.
    fn first(n: usize) -> Self::Region;

    /// The derivatives of coordinate `i`, which is at that place of the region.
    fn seed(&self, i: usize, place: <Self::Region as Region>::Place) -> Self::Kind;
}

/// The number that a function is evaluated on.
pub(crate) type Seeded<T, S> = Jet<T, <S as Seeds<T>>::Kind>;

/// The variables of a chunk, each with a partial derivative of its own: gradients, Jacobians, Laplacians.
pub(crate) struct Variables<K>(PhantomData<fn() -> K>);

impl<K> Variables<K> {
    pub(crate) const SEEDS: Self = Self(PhantomData);
}

impl<T: Real, K: Gradient<T>> Seeds<T> for Variables<K> {
    type Kind = K;
    type Region = Chunk;
    const ALL: usize = K::VARIABLES;

    #[inline(always)]
    #[track_caller]
    fn first(n: usize) -> Chunk {
        Chunk::first(n, K::VARIABLES)
    }

    #[inline(always)]
    fn seed(&self, _: usize, place: Option<usize>) -> K {
        place.map_or(K::ZERO, K::unit)
    }
}

/// The variables of a block's rows and columns: Hessians.
pub(crate) struct Blocks<K>(PhantomData<fn() -> K>);

impl<K> Blocks<K> {
    pub(crate) const SEEDS: Self = Self(PhantomData);
}

impl<T: Real, K: HessianBlock<T>> Seeds<T> for Blocks<K> {
    type Kind = K;
    type Region = Block;
    const ALL: usize = if K::ROWS < K::COLUMNS { K::ROWS } else { K::COLUMNS };

    #[inline(always)]
    #[track_caller]
    fn first(n: usize) -> Block {
        Block::first(n, K::ROWS, K::COLUMNS)
    }

    #[inline(always)]
    fn seed(&self, _: usize, (row, column): (Option<usize>, Option<usize>)) -> K {
        K::seed(row, column)
    }
}

/// The variables of a chunk, and beside them a direction of which component i is `component(i)`: Hessian-vector
/// products.
pub(crate) struct Directed<K, C> {
    component: C,
    kind: PhantomData<fn() -> K>,
}

impl<K, C> Directed<K, C> {
    pub(crate) fn along(component: C) -> Self {
        Self { component, kind: PhantomData }
    }
}

impl<T: Real, K: Along<T>, C: Fn(usize) -> T> Seeds<T> for Directed<K, C> {
    type Kind = K;
    type Region = Chunk;
    const ALL: usize = if K::ROWS <= ALONG_IN_ONE { K::ROWS } else { 0 };

    #[inline(always)]
    #[track_caller]
    fn first(n: usize) -> Chunk {
        Chunk::first(n, K::ROWS)
    }

    #[inline(always)]
    fn seed(&self, i: usize, place: Option<usize>) -> K {
        K::seed_along(place, (self.component)(i))
    }
}

/// Does one evaluation do all, by the point's type?
const fn is_whole(coordinates: Option<usize>, all: usize) -> bool {
    matches!(coordinates, Some(n) if n <= all)
}

/// Does one evaluation at the point `P` do all, by its type? Then a call takes [`evaluate_once`], so that little is
/// compiled anew for every function.
pub(crate) const fn is_done_at_once<P: Point, S: Seeds<P::Scalar>>() -> bool {
    is_whole(P::COORDINATES, S::ALL)
}

/// Evaluates `f` at `x` in the first region.
#[inline(always)]
pub(crate) fn evaluate_once<P: Point, S: Seeds<P::Scalar>, Y>(
    mut f: impl FnMut(P::Argument<'_, Seeded<P::Scalar, S>>) -> Y,
    x: &P,
    seeds: &S,
) -> Y {
    let point = seeded(x, &S::first(x.dimension()), seeds);
    f(P::argument(&point))
}

/// Evaluates `f` at `x` as often as the seeds ask for, and hands each result with its region to `assemble`.
///
/// # Errors
/// The first error that `f` returns.
#[inline(always)]
#[track_caller]
pub(crate) fn evaluate<P: Point, S: Seeds<P::Scalar>, Y, E>(
    mut f: impl FnMut(P::Argument<'_, Seeded<P::Scalar, S>>) -> Result<Y, E>,
    x: &P,
    seeds: &S,
    assemble: impl FnMut(&S::Region, Y),
) -> Result<(), E> {
    let first = S::first(x.dimension());
    evaluate_from::<P, S, Y, E>(|point| f(P::argument(point)), x, seeds, first, assemble)
}

/// [`evaluate`] from a given region on, for functions that take the seeded point as it is stored.
#[inline(always)]
pub(crate) fn evaluate_from<P: Point, S: Seeds<P::Scalar>, Y, E>(
    mut f: impl FnMut(&mut P::Of<Seeded<P::Scalar, S>>) -> Result<Y, E>,
    x: &P,
    seeds: &S,
    first: S::Region,
    mut assemble: impl FnMut(&S::Region, Y),
) -> Result<(), E> {
    let mut point = seeded(x, &first, seeds);
    if const { is_whole(P::COORDINATES, S::ALL) } {
        // Without the loop, which would be compiled anew for every function.
        assemble(&first, f(&mut point)?);
        return Ok(());
    }
    evaluate_seeded::<P, S, Y, E>(f, &mut point, seeds, first, assemble)
}

/// [`evaluate_from`] a region for which a point is seeded already.
///
/// The point is borrowed: the function may take its address anywhere, and the rest is to stay in registers.
#[inline(always)]
pub(crate) fn evaluate_seeded<P: Point, S: Seeds<P::Scalar>, Y, E>(
    mut f: impl FnMut(&mut P::Of<Seeded<P::Scalar, S>>) -> Result<Y, E>,
    point: &mut P::Of<Seeded<P::Scalar, S>>,
    seeds: &S,
    first: S::Region,
    mut assemble: impl FnMut(&S::Region, Y),
) -> Result<(), E> {
    // By measurement: with the seeding before the evaluation; after it, long gradients took 4 % more instructions.
    let (mut region, mut begun) = (first, false);
    loop {
        if begun {
            let Some(next) = region.next() else { return Ok(()) };
            reseed(P::coordinates(point), &region, &next, seeds);
            region = next;
        } else {
            begun = true;
        }
        let y = f(point)?;
        assemble(&region, y);
    }
}

/// The point `x` with its coordinates seeded for a region.
#[inline(always)]
pub(crate) fn seeded<P: Point, S: Seeds<P::Scalar>>(
    x: &P,
    region: &S::Region,
    seeds: &S,
) -> P::Of<Seeded<P::Scalar, S>> {
    x.seeded(|i, value| Jet { value, derivatives: seeds.seed(i, region.place(i)) })
}

/// Seeds the coordinates of a point for the next region, of which it is seeded for `region`.
#[inline(always)]
pub(crate) fn reseed<T: Real, S: Seeds<T>>(
    coordinates: &mut [Seeded<T, S>],
    region: &S::Region,
    next: &S::Region,
    seeds: &S,
) {
    region.change(next, |i, place| coordinates[i].derivatives = seeds.seed(i, place));
}

impl Chunk {
    /// The value, apart from the derivatives; the first ones go to their places of the gradient.
    #[inline(always)]
    pub(crate) fn write<T: Real, K: Gradient<T>>(&self, y: &Jet<T, K>, gradient: &mut [T]) -> T {
        let value = apart(y.value, K::VARIABLES);
        for (slot, partial) in gradient[self.variables.clone()].iter_mut().zip(y.gradient()) {
            *slot = partial;
        }
        value
    }

    /// The value; the first derivatives go to their places of the gradient, and their Laplacian is added to the sum.
    #[inline(always)]
    pub(crate) fn write_laplacian<T: Real, K: HasLaplacian<T>>(
        &self,
        y: &Jet<T, K>,
        gradient: &mut [T],
        sum: &mut T,
    ) -> T {
        *sum += y.derivatives.laplacian();
        self.write(y, gradient)
    }

    /// The value; the first derivatives go to their places of the gradient, and the second ones along the
    /// direction to those of the product.
    #[inline(always)]
    pub(crate) fn write_product<T: Real, K: Along<T>>(
        &self,
        y: &Jet<T, K>,
        gradient: &mut [T],
        product: &mut [T],
    ) -> T {
        for (row, i) in self.variables.clone().enumerate() {
            (gradient[i], product[i]) = (y.derivatives.first(row), y.derivatives.second(row, 0));
        }
        y.value
    }
}

impl Block {
    /// The value; the first derivatives go to their places of the gradient, and the second ones to theirs of the Hessian.
    ///
    /// Not generic over what calls it, so that it is compiled once for each kind of point.
    #[inline]
    pub(crate) fn write_at<P: HessianPoint>(
        &self,
        y: &SecondAt<P>,
        gradient: &mut [P::Scalar],
        hessian: &mut P::Hessian,
    ) -> P::Scalar {
        self.write::<P, _>(y, gradient, |i, j, second| *P::entry(hessian, i, j) = second)
    }

    /// The value; the first derivatives go to their places of the gradient and the second ones, by `entry`, to theirs of
    /// the symmetric Hessian of a function at a `P`.
    #[inline(always)]
    pub(crate) fn write<P: Point, K: HessianBlock<P::Scalar>>(
        &self,
        y: &Jet<P::Scalar, K>,
        gradient: &mut [P::Scalar],
        mut entry: impl FnMut(usize, usize, P::Scalar),
    ) -> P::Scalar {
        let derivatives = &y.derivatives;
        let mut both = |i, j, second| {
            entry(i, j, second);
            entry(j, i, second);
        };
        // Where the type says so, the rest is not compiled.
        let whole = const { is_whole(P::COORDINATES, <Blocks<K> as Seeds<P::Scalar>>::ALL) };
        if whole || self.is_whole() {
            let n = gradient.len();
            if n < K::ROWS || !derivatives.list_second(&mut both) {
                for i in 0..n {
                    for j in i..n {
                        both(i, j, derivatives.second(i, j));
                    }
                }
            }
            for (i, slot) in gradient.iter_mut().enumerate() {
                *slot = derivatives.first(i);
            }
            return y.value;
        }
        for (a, i) in self.rows.variables.clone().enumerate() {
            gradient[i] = derivatives.first(a);
            for (b, j) in self.columns.variables.clone().enumerate().filter(|(_, j)| *j >= i) {
                both(i, j, derivatives.second(a, b));
            }
        }
        y.value
    }
}

/// A value, apart from the derivatives that are stored beside it: the compiler makes vectors from neighbours in the
/// result, and would pair the value with the first derivative throughout the function, the second with the third,
/// and so on (measured: 0.5 to 1.0 of the time with 2 to 16 variables, `docs/performance.md`).
#[inline(always)]
fn apart<T: Real>(value: T, parts: usize) -> T {
    if T::DEPTH > 0 {
        value
    } else if is_apart_as_integer(parts) {
        T::lift(value.primal().through_memory())
    } else {
        black_box(value)
    }
}

/// The result of a computation that cannot fail.
#[inline]
pub(crate) fn infallible<R>(result: Result<R, Infallible>) -> R {
    let Ok(result) = result;
    result
}

/// Panics if a direction does not have a component for each coordinate.
#[inline]
#[track_caller]
pub(crate) fn assert_same_length(x: &impl Point, v: &impl Point) {
    let (x, v) = (x.dimension(), v.dimension());
    assert!(x == v, "the direction has {v} components and the point {x}");
}

/// Panics if the point has no coordinate number `i`.
#[inline]
#[track_caller]
pub(crate) fn assert_variable(x: &impl Point, i: usize) {
    let n = x.dimension();
    assert!(i < n, "partial derivative {i} of a function of {n} variables (counted from 0)");
}
