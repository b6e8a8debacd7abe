//! The first and second partial derivatives with respect to N variables, the second ones as
//! wrapped diagonals.
//!
//! The Hessian is symmetric, so half of it is enough; but the rows of a triangle have different
//! lengths, which does not suit vector instructions. Row d of the *wrapped diagonals* holds
//! `H[i][(i + d) mod N]` for i = 0..N, and d = 0..=N/2 covers every pair: all rows have length N
//! and every loop is full-width and contiguous. For even N the last row holds each of its pairs
//! twice; the accessors read the first of the two, so the Hessian is symmetric to the bit.

mod diagonals;
mod rules;

pub use diagonals::{Diagonals, Rows, Size};

use core::array;
use core::fmt;

use self::rules::{Compose, Map, Product, Quotient, Rule, Zip};
use super::{Derivatives, Gradient, HessianBlock, Multiply, PartWriter, display};
use crate::real::Real;

/// The bytes that the target's vector registers hold, about: smaller results are made beside their
/// operands, in registers.
const REGISTERS: usize = if cfg!(target_feature = "avx512f") {
    2048
} else if cfg!(target_feature = "avx") {
    1024
} else {
    512
};

/// The bytes above which an operation is a function of its own.
const LONG: usize = 2048;

/// The N first and the N × N symmetric second partial derivatives of a number; the kind of
/// [`HyperDual`](crate::HyperDual).
#[derive(Copy, Debug)]
pub struct SecondPartials<T: Real, const N: usize>
where
    Size<N>: Diagonals<N>,
{
    gradient: [T; N],
    diagonals: <Size<N> as Diagonals<N>>::Rows<T>,
}

// In one piece; derived, it would be part by part.
impl<T: Real, const N: usize> Clone for SecondPartials<T, N>
where
    Size<N>: Diagonals<N>,
{
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Real, const N: usize> SecondPartials<T, N>
where
    Size<N>: Diagonals<N>,
{
    /// The derivatives with the given gradient and the upper triangle of the given Hessian.
    #[inline]
    pub fn new(gradient: [T; N], hessian: [[T; N]; N]) -> Self {
        let mut diagonals = <Size<N> as Diagonals<N>>::Rows::<T>::ZERO;
        for (d, row) in diagonals.as_mut().iter_mut().enumerate() {
            for (i, entry) in row.iter_mut().enumerate() {
                let j = (i + d) % N;
                *entry = hessian[i.min(j)][i.max(j)];
            }
        }
        Self { gradient, diagonals }
    }

    /// Do products ask whether an operand is a constant?
    const ASKS: bool = Self::IN_PLACE || N <= 2 && !cfg!(target_feature = "avx");

    /// The derivatives as `rule` changes them.
    #[inline(always)]
    fn changed(&self, rule: &impl Rule<T, N>) -> Self {
        if Self::IN_PLACE {
            let mut result = *self;
            result.change(rule);
            result
        } else {
            Self {
                gradient: array::from_fn(|i| rule.first(i, self.gradient[i])),
                diagonals: Size::changed(&self.diagonals, rule),
            }
        }
    }

    /// Changes the derivatives by `rule` where they are.
    #[inline(always)]
    fn change(&mut self, rule: &impl Rule<T, N>) {
        Size::change(&mut self.diagonals, rule);
        for i in 0..N {
            self.gradient[i] = rule.first(i, self.gradient[i]);
        }
    }

    /// Runs a kernel in place; a long one as a function of its own, so that a program with many
    /// operations stays small. References are arguments of it, and not captured: no copies are made
    /// for it.
    #[inline(always)]
    fn run<O, A>(&mut self, other: O, arguments: A, kernel: impl FnOnce(&mut Self, O, A)) {
        if size_of::<Self>() > LONG {
            self.run_out_of_line(other, arguments, kernel);
        } else {
            kernel(self, other, arguments);
        }
    }

    #[inline(never)]
    fn run_out_of_line<O, A>(
        &mut self,
        other: O,
        arguments: A,
        kernel: impl FnOnce(&mut Self, O, A),
    ) {
        kernel(self, other, arguments);
    }

    /// ∂²/∂x_i ∂x_j.
    ///
    /// # Panics
    /// If `i` or `j` is not less than N.
    #[inline]
    pub fn second_partial(&self, i: usize, j: usize) -> T {
        let (low, high) = (i.min(j), i.max(j));
        assert!(high < N, "second partial ({i}, {j}) of a jet with {N} variables (counted from 0)");
        let distance = high - low;
        let rows = self.diagonals.as_ref();
        if distance <= N / 2 { rows[distance][low] } else { rows[N - distance][high] }
    }

    /// The symmetric matrix of all second partial derivatives.
    #[inline]
    pub fn hessian(&self) -> [[T; N]; N] {
        array::from_fn(|i| array::from_fn(|j| self.second_partial(i, j)))
    }
}

impl<T: Real, const N: usize> Derivatives<T> for SecondPartials<T, N>
where
    Size<N>: Diagonals<N>,
{
    type Series = [T; 2];
    const ZERO: Self = Self { gradient: [T::ZERO; N], diagonals: Rows::ZERO };
    const IN_PLACE: bool = size_of::<Self>() > REGISTERS;

    #[inline]
    fn map(&self, f: impl Fn(T) -> T) -> Self {
        self.changed(&Map(f))
    }

    #[inline]
    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self {
        self.changed(&Zip(other, f))
    }

    #[inline]
    fn map_assign(&mut self, f: impl Fn(T) -> T) {
        if Self::IN_PLACE {
            self.run((), f, |this, (), f| this.change(&Map(f)));
        } else {
            *self = self.map(f);
        }
    }

    #[inline]
    fn zip_assign(&mut self, other: &Self, f: impl Fn(T, T) -> T) {
        if Self::IN_PLACE {
            self.run(other, f, |this, other, f| this.change(&Zip(other, f)));
        } else {
            *self = self.zip(other, f);
        }
    }

    #[inline]
    fn spared(&self) -> bool {
        // By measurement: a branch in each product costs more than it saves where the parts would be
        // in registers. Nearly always the first row tells.
        let zero = |row: &[T; N]| row.iter().fold(true, |all, part| all & part.all_zero());
        Self::ASKS && zero(&self.gradient) && self.diagonals.as_ref().iter().all(zero)
    }

    #[inline]
    fn all(&self, mut test: impl FnMut(&T) -> bool) -> bool {
        self.gradient.iter().all(&mut test)
            && self.diagonals.as_ref().as_flattened().iter().all(test)
    }

    #[inline]
    fn all_pairs(&self, other: &Self, mut test: impl FnMut(&T, &T) -> bool) -> bool {
        // Through the accessor, as the last row of an even N has entries that are never read.
        self.gradient.iter().zip(&other.gradient).all(|(a, b)| test(a, b))
            && (0..N).all(|i| {
                (i..N).all(|j| test(&self.second_partial(i, j), &other.second_partial(i, j)))
            })
    }

    #[inline]
    fn compose<M: Multiply>(&self, c: &[T; 2]) -> Self {
        self.changed(&Compose::<T, M, N>::new(&self.gradient, c))
    }

    #[inline]
    fn product<M: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
        self.changed(&Product::<T, M, N>::new(&self.gradient, x, other, y))
    }

    #[inline]
    fn quotient<M: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
        self.changed(&Quotient::<T, M, N>::new(&self.gradient, other, q, y))
    }

    #[inline]
    fn compose_assign<M: Multiply>(&mut self, c: &[T; 2]) {
        if Self::IN_PLACE {
            self.run((), *c, |this, (), c| {
                this.change(&Compose::<T, M, N>::new(&this.gradient, &c));
            });
        } else {
            *self = self.compose::<M>(c);
        }
    }

    #[inline]
    fn product_assign<M: Multiply>(&mut self, x: T, other: &Self, y: T) {
        if Self::IN_PLACE {
            self.run(other, (x, y), |this, other, (x, y)| {
                this.change(&Product::<T, M, N>::new(&this.gradient, x, other, y));
            });
        } else {
            *self = self.product::<M>(x, other, y);
        }
    }

    #[inline]
    fn quotient_assign<M: Multiply>(&mut self, other: &Self, q: T, y: T) {
        if Self::IN_PLACE {
            self.run(other, (q, y), |this, other, (q, y)| {
                this.change(&Quotient::<T, M, N>::new(&this.gradient, other, q, y));
            });
        } else {
            *self = self.quotient::<M>(other, q, y);
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<T>) -> fmt::Result {
        display::term(f, &self.gradient, part)?;
        f.write_str("ε")?;
        if N == 1 {
            display::term(f, &[self.second_partial(0, 0)], part)?;
        } else {
            display::rows(f, self.hessian(), part)?;
        }
        f.write_str("ε²")
    }
}

impl<T: Real, const N: usize> PartialEq for SecondPartials<T, N>
where
    Size<N>: Diagonals<N>,
{
    fn eq(&self, other: &Self) -> bool {
        self.all_pairs(other, T::all_eq)
    }
}

impl<T: Real, const N: usize> Gradient<T> for SecondPartials<T, N>
where
    Size<N>: Diagonals<N>,
{
    type Array = [T; N];
    const VARIABLES: usize = N;

    #[inline]
    fn from_gradient(gradient: [T; N]) -> Self {
        Self { gradient, diagonals: Rows::ZERO }
    }

    #[inline]
    fn gradient(&self) -> &[T; N] {
        &self.gradient
    }
}

/// The whole Hessian as one block: every variable is a row and a column.
impl<T: Real, const N: usize> HessianBlock<T> for SecondPartials<T, N>
where
    Size<N>: Diagonals<N>,
{
    const ROWS: usize = N;
    const COLUMNS: usize = N;

    #[inline]
    fn seed(row: Option<usize>, _: Option<usize>) -> Self {
        row.map_or(Self::ZERO, Self::unit)
    }

    #[inline]
    fn first(&self, row: usize) -> T {
        self.gradient[row]
    }

    #[inline]
    fn second(&self, row: usize, column: usize) -> T {
        self.second_partial(row, column)
    }
}
