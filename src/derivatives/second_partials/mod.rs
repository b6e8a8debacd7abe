//! The first and second partial derivatives with respect to N variables, the second ones as
//! wrapped diagonals.
//!
//! The Hessian is symmetric, so half of it is enough; but the rows of a triangle have different
//! lengths, which does not suit vector instructions. Row d of the *wrapped diagonals* holds
//! `H[i][(i + d) mod N]` for i = 0..N, and d = 0..=N/2 covers every pair: the rows have length N
//! and every loop is full-width and contiguous. For even N the last row would hold each of its pairs
//! twice: only its first half is kept, but for N = 2, where the accessors read the first of the two.

mod absorbing;
mod rules;
mod size;

pub use size::{HessianSize, Size};

use core::array;
use core::fmt::{self, Debug};

use self::rules::{Compose, Map, Product, Quotient, Rule, Zip};
use self::size::{WrappedDiagonals, column};
use super::guard::{all_finite, cold};
use super::level::{Level, Note};
use super::{
    Absorbing, Derivatives, Gradient, HessianBlock, Multiply, Operations, PartWriter, Plain,
    display, slopes,
};
use crate::real::Real;
use crate::sealed::Sealed;
use crate::switches;

/// The N first and the N × N symmetric second partial derivatives of a number; the kind of
/// [`HyperDual`](crate::HyperDual).
#[derive(Copy)]
pub struct SecondPartials<T: Real, const N: usize>
where
    Size<N>: HessianSize,
{
    gradient: [T; N],
    diagonals: <Size<N> as HessianSize>::Diagonals<T>,
    /// What of these is known to be zero.
    note: <Size<N> as HessianSize>::Note,
}

// In one piece; derived, it would be part by part.
impl<T: Real, const N: usize> Clone for SecondPartials<T, N>
where
    Size<N>: HessianSize,
{
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Real, const N: usize> Debug for SecondPartials<T, N>
where
    Size<N>: HessianSize,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut form = f.debug_struct("SecondPartials");
        form.field("gradient", &self.gradient).field("hessian", &self.hessian()).finish()
    }
}

impl<T: Real, const N: usize> SecondPartials<T, N>
where
    Size<N>: HessianSize,
{
    /// The derivatives with the given gradient and the upper triangle of the given Hessian.
    ///
    /// ```
    /// use gradual::derivatives::SecondPartials;
    /// let parts = SecondPartials::new([3.0, 4.0], [[5.0, 6.0], [6.0, 7.0]]);
    /// assert_eq!(
    ///     format!("{parts:?}"),
    ///     "SecondPartials { gradient: [3.0, 4.0], hessian: [[5.0, 6.0], [6.0, 7.0]] }"
    /// );
    /// ```
    #[inline]
    #[must_use]
    pub fn new(gradient: [T; N], hessian: [[T; N]; N]) -> Self {
        let mut result = Self { note: Note::of(Level::General), ..Self::from_gradient(gradient) };
        result.diagonals.fill(|d, i| {
            let j = column(d, i, N);
            hessian[i.min(j)][i.max(j)]
        });
        result
    }

    /// ∂²/∂x_i ∂x_j.
    ///
    /// # Panics
    /// If `i` or `j` is not less than N.
    #[inline]
    #[must_use]
    #[track_caller]
    pub fn second_partial(&self, i: usize, j: usize) -> T {
        let (low, high) = (i.min(j), i.max(j));
        assert!(high < N, "second partial ({i}, {j}) of a jet with {N} variables (counted from 0)");
        let distance = high - low;
        if distance <= N / 2 { self.entry(distance, low) } else { self.entry(N - distance, high) }
    }

    /// The symmetric matrix of all second partial derivatives.
    #[inline]
    #[must_use]
    pub fn hessian(&self) -> [[T; N]; N] {
        array::from_fn(|i| array::from_fn(|j| self.second_partial(i, j)))
    }

    /// Entry `i` of wrapped diagonal `d`.
    #[inline(always)]
    fn entry(&self, d: usize, i: usize) -> T {
        self.diagonals.entry(d, i)
    }

    /// What is known to be zero.
    #[inline(always)]
    fn level(&self) -> Level {
        self.note.level()
    }

    /// Are the value and the gradient finite? Then a product with a constant is the same as scaling: all that it
    /// adds are products of these with zeros.
    #[inline]
    fn is_regular(&self, value: T) -> bool {
        let start = value.all_finite();
        self.gradient.iter().fold(start, |all, part| all & part.all_finite())
    }

    /// The derivatives as a rule changes them, which is made from their gradient and the arguments.
    #[inline(always)]
    fn changed<M: Multiply, A, R: Rule<T>>(
        &self,
        level: Level,
        arguments: A,
        rule: impl FnOnce(&[T; N], A) -> R,
    ) -> Self {
        if Self::IN_PLACE || M::IS_COLD {
            let mut result = *self;
            result.change(&rule(&self.gradient, arguments));
            result.note = Note::of(level);
            result
        } else {
            let rule = rule(&self.gradient, arguments);
            Self {
                gradient: array::from_fn(|i| rule.first(i, self.gradient[i])),
                diagonals: Size::changed(&self.diagonals, &rule),
                note: Note::of(level),
            }
        }
    }

    /// Changes the derivatives by a rule as [`Self::changed`] does, where they are if that pays.
    ///
    /// The rule captures nothing, so that its arguments are not copied for it; and where a number is long, it is
    /// followed in a function of its own, so that a program with many operations stays small.
    #[inline(always)]
    fn update<A, R: Rule<T>>(
        &mut self,
        level: Level,
        arguments: A,
        rule: impl FnOnce(&[T; N], A) -> R,
    ) {
        if switches::is_out_of_line(size_of::<Self>()) {
            self.update_out_of_line(arguments, rule);
            self.note = Note::of(level);
        } else if Self::IN_PLACE {
            self.change(&rule(&self.gradient, arguments));
            self.note = Note::of(level);
        } else {
            *self = self.changed::<Plain, _, _>(level, arguments, rule);
        }
    }

    #[inline(never)]
    fn update_out_of_line<A, R: Rule<T>>(
        &mut self,
        arguments: A,
        rule: impl FnOnce(&[T; N], A) -> R,
    ) {
        self.change(&rule(&self.gradient, arguments));
    }

    #[inline(always)]
    fn change(&mut self, rule: &impl Rule<T>) {
        Size::change(&mut self.diagonals, rule);
        self.change_gradient(rule);
    }

    #[inline(always)]
    fn change_gradient(&mut self, rule: &impl Rule<T>) {
        for i in 0..N {
            self.gradient[i] = rule.first(i, self.gradient[i]);
        }
    }
}

impl<T: Real, const N: usize> Derivatives<T> for SecondPartials<T, N>
where
    Size<N>: HessianSize,
{
    type Series = [T; 2];
    type Operations = Self;
    const ZERO: Self =
        Self { gradient: [T::ZERO; N], diagonals: WrappedDiagonals::ZERO, note: Note::CONSTANT };

    #[inline]
    fn map(&self, f: impl Fn(T) -> T) -> Self {
        self.changed::<Plain, _, _>(self.level().mapped(&f), f, Map::new)
    }

    #[inline]
    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self {
        self.changed::<Plain, _, _>(self.level().zipped(other.level(), &f), (other, f), Zip::new)
    }

    #[inline]
    fn all(&self, mut test: impl FnMut(&T) -> bool) -> bool {
        self.gradient.iter().all(&mut test) && self.diagonals.all(test)
    }

    #[inline]
    fn all_pairs(&self, other: &Self, mut test: impl FnMut(&T, &T) -> bool) -> bool {
        // Through the accessor, as the second row of N = 2 has an entry that is never read.
        self.gradient.iter().zip(&other.gradient).all(|(a, b)| test(a, b))
            && (0..N).all(|i| {
                (i..N).all(|j| test(&self.second_partial(i, j), &other.second_partial(i, j)))
            })
    }

    // In line always: a call would make the result elsewhere and copy it.
    #[inline(always)]
    fn compose<M: Multiply>(&self, c: &[T; 2]) -> Self {
        let level = self.level().composed::<T, M>(c[0], c[1]);
        self.changed::<M, _, _>(level, c, Compose::<T, M, N, true>::new)
    }

    #[inline]
    fn product<M: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
        let level = self.level().product::<T, M>(x, other.level(), y);
        self.changed::<M, _, _>(level, (x, other, y), Product::<T, M, N, true, true>::new)
    }

    #[inline]
    fn quotient<M: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
        let level = self.level().quotient::<T, M>(other.level(), q, y);
        self.changed::<M, _, _>(level, (other, q, y), Quotient::<T, M, N>::new)
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

impl<T: Real, const N: usize> Sealed for SecondPartials<T, N> where Size<N>: HessianSize {}

impl<T: Real, const N: usize> Operations<T, Self> for SecondPartials<T, N>
where
    Size<N>: HessianSize,
{
    #[inline(always)]
    fn composes(dx: &Self, value: T, &[c1, c2]: &[T; 2]) -> bool {
        // f'' a multiplies other parts, zero ones among them; where it is finite, so is f''.
        let second = c2 + c2;
        all_finite([value, c1].into_iter().chain(dx.gradient.iter().map(|a| second * *a)))
    }

    #[inline(always)]
    fn divides(dx: &Self, dy: &Self, q: T, y: T) -> bool {
        // The parts of q multiply those of y; where they are finite, so are q and 1/y.
        let divisor = Plain::divisor(y);
        all_finite(
            (dx.gradient.iter().zip(&dy.gradient))
                .map(|(a, b)| Plain::divide(Plain::less(*a, q, *b), divisor)),
        )
    }

    fn is_flat(dx: &Self) -> bool {
        super::is_flat(dx)
    }

    fn directions(dx: &Self) -> Self {
        let bends = |i| (0..N).any(|j| !dx.second_partial(i, j).all_zero());
        slopes(|i| !dx.gradient[i].all_zero() || bends(i))
    }

    #[inline(never)]
    fn compose_absorbing(mut dx: Self, c: &[T; 2]) -> Self {
        let [whole, half] = dx.diagonals.slices_mut();
        absorbing::compose(&dx.gradient, whole, 0, c);
        absorbing::compose(&dx.gradient, half, N / 2, c);
        dx.gradient = dx.gradient.map(|part| Absorbing::times(c[0], part));
        dx.note = Note::of(Level::General);
        dx
    }

    #[inline(never)]
    fn quotient_absorbing(mut dx: Self, dy: &Self, q: T, y: T) -> Self {
        for (dx, dy) in dx.gradient.iter_mut().zip(&dy.gradient) {
            *dx = Absorbing::divide(Absorbing::less(*dx, q, *dy), y);
        }
        let (dq, dy_parts) = ((q, &dx.gradient[..]), (y, &dy.gradient[..]));
        let ([whole, half], others) = (dx.diagonals.slices_mut(), dy.diagonals.slices());
        absorbing::quotient(dq, dy_parts, whole, others[0], 0);
        absorbing::quotient(dq, dy_parts, half, others[1], N / 2);
        dx.note = Note::of(Level::General);
        dx
    }

    const MASKED: bool = switches::is_masked(T::DEPTH, N);

    const IN_PLACE: bool = switches::is_changed_in_place(size_of::<Self>());

    #[inline]
    fn map_assign(dx: &mut Self, f: impl Fn(T) -> T) {
        let level = dx.level().mapped(&f);
        if level == Level::General {
            dx.update(level, f, Map::new);
        } else {
            dx.change_gradient(&Map::new(&(), f));
        }
    }

    #[inline]
    fn zip_assign(dx: &mut Self, dy: &Self, f: impl Fn(T, T) -> T) {
        let level = dx.level().max(dy.level());
        match dy.level() {
            Level::General => dx.update(level, (dy, f), Zip::new),
            Level::Linear => {
                dx.change_gradient(&Zip::new(&dx.gradient, (dy, f)));
                dx.note = Note::of(level);
            }
            Level::Constant => {}
        }
    }

    #[inline]
    fn product_assign(dx: &mut Self, x: T, dy: &Self, y: T) {
        // Most constant factors are plain floats that generic code has lifted.
        if dy.level() == Level::Constant && dx.is_regular(x) {
            Self::map_assign(dx, |part| part * y);
        } else if dx.level() == Level::Constant && dy.is_regular(y) {
            *dx = *dy;
            Self::map_assign(dx, |part| x * part);
        } else {
            let level = dx.level().product::<T, Plain>(x, dy.level(), y);
            let arguments = (x, dy, y);
            match dx.level().bent_in_product(x, dy.level(), y) {
                (true, true) => {
                    dx.update(level, arguments, Product::<T, Plain, N, true, true>::new)
                }
                (true, _) => dx.update(level, arguments, Product::<T, Plain, N, true, false>::new),
                (_, true) => dx.update(level, arguments, Product::<T, Plain, N, false, true>::new),
                _ => dx.update(level, arguments, Product::<T, Plain, N, false, false>::new),
            }
        }
    }

    #[inline]
    fn compose_guarded_assign(dx: &mut Self, serves: bool, c: &[T; 2]) {
        if dx.level() == Level::Constant {
            return;
        }
        if serves {
            if dx.level().bent_under(c[0]) {
                dx.update(Level::General, c, Compose::<T, Plain, N, true>::new);
            } else {
                dx.update(Level::General, c, Compose::<T, Plain, N, false>::new);
            }
        } else {
            let (copy, c) = (*dx, *c);
            *dx = cold(move || Self::compose_absorbing(copy, &c));
        }
    }

    #[inline]
    fn quotient_guarded_assign(dx: &mut Self, dy: &Self, q: T, y: T) {
        if Self::divides(dx, dy, q, y) {
            let level = dx.level().quotient::<T, Plain>(dy.level(), q, y);
            dx.update(level, (dy, q, y), Quotient::<T, Plain, N>::new);
        } else {
            let (copy, dy) = (*dx, *dy);
            *dx = cold(move || Self::quotient_absorbing(copy, &dy, q, y));
        }
    }
}

impl<T: Real, const N: usize> PartialEq for SecondPartials<T, N>
where
    Size<N>: HessianSize,
{
    fn eq(&self, other: &Self) -> bool {
        self.all_pairs(other, T::all_eq)
    }
}

impl<T: Real, const N: usize> Gradient<T> for SecondPartials<T, N>
where
    Size<N>: HessianSize,
{
    type Array = [T; N];
    const VARIABLES: usize = N;

    #[inline]
    fn from_gradient(gradient: [T; N]) -> Self {
        Self { gradient, diagonals: WrappedDiagonals::ZERO, note: Note::of(Level::Linear) }
    }

    #[inline]
    fn gradient(&self) -> &[T; N] {
        &self.gradient
    }
}

/// The whole Hessian as one block: every variable is a row and a column.
impl<T: Real, const N: usize> HessianBlock<T> for SecondPartials<T, N>
where
    Size<N>: HessianSize,
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

    #[inline(always)]
    fn list_second(&self, entry: impl FnMut(usize, usize, T)) -> bool {
        let listed = switches::is_listed(N);
        if listed {
            Size::each(&self.diagonals, entry);
        }
        listed
    }
}
