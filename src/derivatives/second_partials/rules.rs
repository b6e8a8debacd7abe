//! What the operations do to first and second partial derivatives, entry by entry.

use core::array;
use core::marker::PhantomData;

use super::{HessianSize, SecondPartials, Size};
use crate::derivatives::Multiply;
use crate::real::Real;

/// How an operation changes the parts of its left operand.
pub trait Rule<T> {
    /// First partial number `i`, which was `part`.
    fn first(&self, i: usize, part: T) -> T;

    /// Entry `i` of wrapped diagonal `d`, which was `part`.
    fn second(&self, d: usize, i: usize, part: T) -> T;
}

/// An array twice in a row, so that its entries (i + d) mod N for i = 0..N are contiguous.
struct Twice<T, const N: usize>([[T; N]; 2]);

impl<T: Real, const N: usize> Twice<T, N> {
    #[inline(always)]
    fn new(a: &[T; N]) -> Self {
        Self([*a, *a])
    }

    #[inline(always)]
    fn at(&self, i: usize) -> T {
        self.0.as_flattened()[i]
    }

    /// aᵢ bⱼ + aⱼ bᵢ for j = (i + d) mod N.
    #[inline(always)]
    fn cross<M: Multiply>(&self, other: &Self, d: usize, i: usize) -> T {
        M::dot([self.at(i), self.at(i + d)], [other.at(i + d), other.at(i)])
    }
}

/// The same linear function on every part.
pub(super) struct Map<F>(F);

impl<F> Map<F> {
    #[inline(always)]
    pub(super) fn new<G>(_: &G, f: F) -> Self {
        Self(f)
    }
}

impl<T: Real, F: Fn(T) -> T> Rule<T> for Map<F> {
    #[inline(always)]
    fn first(&self, _: usize, part: T) -> T {
        self.0(part)
    }

    #[inline(always)]
    fn second(&self, _: usize, _: usize, part: T) -> T {
        self.0(part)
    }
}

/// The same linear function of two arguments on every pair of parts.
pub(super) struct Zip<'a, T: Real, F, const N: usize>(&'a SecondPartials<T, N>, F)
where
    Size<N>: HessianSize;

impl<'a, T: Real, F, const N: usize> Zip<'a, T, F, N>
where
    Size<N>: HessianSize,
{
    #[inline(always)]
    pub(super) fn new(_: &[T; N], (other, f): (&'a SecondPartials<T, N>, F)) -> Self {
        Self(other, f)
    }
}

impl<T: Real, F: Fn(T, T) -> T, const N: usize> Rule<T> for Zip<'_, T, F, N>
where
    Size<N>: HessianSize,
{
    #[inline(always)]
    fn first(&self, i: usize, part: T) -> T {
        self.1(part, self.0.gradient[i])
    }

    #[inline(always)]
    fn second(&self, d: usize, i: usize, part: T) -> T {
        self.1(part, self.0.entry(d, i))
    }
}

/// f' dx, and f' d²x + f'' dx dx. If x is not `BENT`, d²x is zero.
pub(super) struct Compose<T, M, const N: usize, const BENT: bool> {
    slope: T,
    gradient: Twice<T, N>,
    curved: [T; N],
    how: PhantomData<M>,
}

impl<T: Real, M: Multiply, const N: usize, const BENT: bool> Compose<T, M, N, BENT> {
    #[inline(always)]
    pub(super) fn new(gradient: &[T; N], &[c1, c2]: &[T; 2]) -> Self {
        let second = c2 + c2;
        Self {
            slope: c1,
            gradient: Twice::new(gradient),
            // (f'' · a) · b: a product of two parts may overflow or underflow where this does not.
            curved: array::from_fn(|i| M::times(second, gradient[i])),
            how: PhantomData,
        }
    }
}

impl<T: Real, M: Multiply, const N: usize, const BENT: bool> Rule<T> for Compose<T, M, N, BENT> {
    #[inline(always)]
    fn first(&self, _: usize, part: T) -> T {
        M::times(self.slope, part)
    }

    #[inline(always)]
    fn second(&self, d: usize, i: usize, part: T) -> T {
        let (a, b) = (self.curved[i], self.gradient.at(i + d));
        match (BENT, d) {
            (true, 0) => M::dot_on_diagonal([self.slope, a], [part, b]),
            (true, _) => M::dot([self.slope, a], [part, b]),
            (false, _) => M::times(a, b),
        }
    }
}

/// x dy + y dx, and x d²y + y d²x + dx dy + dy dx. If x is not bent (`X`), d²x is zero, and so for y.
pub(super) struct Product<'a, T: Real, M, const N: usize, const X: bool, const Y: bool>
where
    Size<N>: HessianSize,
{
    x: T,
    y: T,
    dx: Twice<T, N>,
    dy: Twice<T, N>,
    other: &'a SecondPartials<T, N>,
    how: PhantomData<M>,
}

impl<'a, T: Real, M: Multiply, const N: usize, const X: bool, const Y: bool>
    Product<'a, T, M, N, X, Y>
where
    Size<N>: HessianSize,
{
    #[inline(always)]
    pub(super) fn new(dx: &[T; N], (x, other, y): (T, &'a SecondPartials<T, N>, T)) -> Self {
        let (dx, dy) = (Twice::new(dx), Twice::new(&other.gradient));
        Self { x, y, dx, dy, other, how: PhantomData }
    }
}

impl<T: Real, M: Multiply, const N: usize, const X: bool, const Y: bool> Rule<T>
    for Product<'_, T, M, N, X, Y>
where
    Size<N>: HessianSize,
{
    #[inline(always)]
    fn first(&self, i: usize, part: T) -> T {
        M::dot([self.x, part], [self.other.gradient[i], self.y])
    }

    #[inline(always)]
    fn second(&self, d: usize, i: usize, part: T) -> T {
        let cross = self.dx.cross::<M>(&self.dy, d, i);
        match (X, Y) {
            (true, true) => M::dot([self.x, part], [self.other.entry(d, i), self.y]) + cross,
            (true, false) => M::times(part, self.y) + cross,
            (false, true) => M::times(self.x, self.other.entry(d, i)) + cross,
            (false, false) => cross,
        }
    }
}

/// dq = (dx - q dy) / y, and d²q = (d²x - q d²y - dq dy - dy dq) / y.
pub(super) struct Quotient<'a, T: Real, M, const N: usize>
where
    Size<N>: HessianSize,
{
    q: T,
    divisor: T,
    dq: Twice<T, N>,
    dy: Twice<T, N>,
    other: &'a SecondPartials<T, N>,
    how: PhantomData<M>,
}

impl<'a, T: Real, M: Multiply, const N: usize> Quotient<'a, T, M, N>
where
    Size<N>: HessianSize,
{
    #[inline(always)]
    pub(super) fn new(dx: &[T; N], (other, q, y): (&'a SecondPartials<T, N>, T, T)) -> Self {
        let (dy, divisor) = (&other.gradient, M::divisor(y));
        let dq: [T; N] = array::from_fn(|i| M::divide(M::less(dx[i], q, dy[i]), divisor));
        let (dq, dy) = (Twice::new(&dq), Twice::new(dy));
        Self { q, divisor, dq, dy, other, how: PhantomData }
    }
}

impl<T: Real, M: Multiply, const N: usize> Rule<T> for Quotient<'_, T, M, N>
where
    Size<N>: HessianSize,
{
    #[inline(always)]
    fn first(&self, i: usize, _: T) -> T {
        self.dq.at(i)
    }

    #[inline(always)]
    fn second(&self, d: usize, i: usize, part: T) -> T {
        let direct = M::less(part, self.q, self.other.entry(d, i));
        M::divide(direct - self.dq.cross::<M>(&self.dy, d, i), self.divisor)
    }
}
