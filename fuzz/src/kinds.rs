//! The kinds of numbers: made of given parts, and read back.

use gradual::{BlockDual, Dual, HyperDual, Real, Scalar};

use crate::operations::{Forms, N};

/// A value with first and second derivatives, as plain floats.
#[derive(Clone, Copy, Debug)]
pub struct Parts<S> {
    /// The value.
    pub value: S,
    /// The first partial derivatives.
    pub first: [S; N],
    /// The symmetric second partial derivatives.
    pub second: [[S; N]; N],
}

impl<S: Scalar> Parts<S> {
    /// A constant.
    pub fn constant(value: S) -> Self {
        Self { value, first: [S::zero(); N], second: [[S::zero(); N]; N] }
    }

    /// Every number by itself, the value first.
    pub fn map<R: Scalar>(&self, mut f: impl FnMut(S) -> R) -> Parts<R> {
        let value = f(self.value);
        let first = self.first.map(&mut f);
        Parts { value, first, second: self.second.map(|row| row.map(&mut f)) }
    }

    /// Every number with its counterpart.
    pub fn zip(&self, other: Self, mut f: impl FnMut(S, S) -> S) -> Self {
        Self {
            value: f(self.value, other.value),
            first: std::array::from_fn(|i| f(self.first[i], other.first[i])),
            second: std::array::from_fn(|i| {
                std::array::from_fn(|j| f(self.second[i][j], other.second[i][j]))
            }),
        }
    }

    /// The same with second derivatives that are symmetric: those above the diagonal are taken from below.
    pub fn symmetric(mut self) -> Self {
        for i in 0..N {
            for j in 0..i {
                self.second[j][i] = self.second[i][j];
            }
        }
        self
    }

    /// Does `test` hold for all derivatives?
    pub fn all_derivatives(&self, test: impl Fn(S) -> bool) -> bool {
        self.first.iter().chain(self.second.as_flattened()).all(|&part| test(part))
    }
}

/// One kind of number with three variables.
pub trait Kind<S: Scalar>: Forms<Scalar = S> {
    /// Its name, for reports.
    const NAME: &'static str;

    /// The number with these parts, as far as the kind holds them.
    fn make(parts: &Parts<S>) -> Self;

    /// Calls `see` with every copy of every first and second derivative: (i, None, part) or (i, Some(j), part).
    fn read(&self, see: impl FnMut(usize, Option<usize>, S));
}

macro_rules! kinds {
    ($($s:ident)*) => {$(
        impl Kind<$s> for Dual<$s, N> {
            const NAME: &'static str = concat!("Dual<", stringify!($s), ">");

            fn make(p: &Parts<$s>) -> Self {
                Dual::new(p.value, p.first)
            }

            fn read(&self, mut see: impl FnMut(usize, Option<usize>, $s)) {
                (0..N).for_each(|i| see(i, None, self.partial(i)));
            }
        }

        impl Kind<$s> for HyperDual<$s, N> {
            const NAME: &'static str = concat!("HyperDual<", stringify!($s), ">");

            fn make(p: &Parts<$s>) -> Self {
                HyperDual::new(p.value, p.first, p.second)
            }

            fn read(&self, mut see: impl FnMut(usize, Option<usize>, $s)) {
                for i in 0..N {
                    see(i, None, self.partial(i));
                    (0..N).for_each(|j| see(i, Some(j), self.second_partial(i, j)));
                }
            }
        }

        impl Kind<$s> for BlockDual<$s, N, N> {
            const NAME: &'static str = concat!("BlockDual<", stringify!($s), ">");

            fn make(p: &Parts<$s>) -> Self {
                BlockDual::new(p.value, p.first, p.first, p.second)
            }

            fn read(&self, mut see: impl FnMut(usize, Option<usize>, $s)) {
                for i in 0..N {
                    see(i, None, self.row_partials()[i]);
                    see(i, None, self.column_partials()[i]);
                    (0..N).for_each(|j| see(i, Some(j), self.mixed_partials()[i][j]));
                }
            }
        }

        impl Kind<$s> for Dual<Dual<$s, N>, N> {
            const NAME: &'static str = concat!("Dual<Dual<", stringify!($s), ">>");

            fn make(p: &Parts<$s>) -> Self {
                let partial = |i: usize| Dual::new(p.first[i], p.second[i]);
                Dual::new(Dual::new(p.value, p.first), std::array::from_fn(partial))
            }

            fn read(&self, mut see: impl FnMut(usize, Option<usize>, $s)) {
                self.value.read(&mut see);
                for i in 0..N {
                    see(i, None, self.partial(i).value);
                    (0..N).for_each(|j| see(i, Some(j), self.partial(i).partial(j)));
                }
            }
        }

        impl Kind<$s> for Dual<HyperDual<$s, N>, N> {
            const NAME: &'static str = concat!("Dual<HyperDual<", stringify!($s), ">>");

            fn make(p: &Parts<$s>) -> Self {
                let partial = |i: usize| HyperDual::new(p.first[i], p.second[i], [[0.0; N]; N]);
                Dual::new(HyperDual::make(p), std::array::from_fn(partial))
            }

            fn read(&self, mut see: impl FnMut(usize, Option<usize>, $s)) {
                self.value.read(&mut see);
                for i in 0..N {
                    see(i, None, self.partial(i).value);
                    (0..N).for_each(|j| see(i, Some(j), self.partial(i).partial(j)));
                }
            }
        }

        impl Kind<$s> for HyperDual<Dual<$s, N>, N> {
            const NAME: &'static str = concat!("HyperDual<Dual<", stringify!($s), ">>");

            fn make(p: &Parts<$s>) -> Self {
                let first = std::array::from_fn(|i| Dual::new(p.first[i], p.second[i]));
                let second = p.second.map(|row| row.map(Dual::constant));
                HyperDual::new(Dual::new(p.value, p.first), first, second)
            }

            fn read(&self, mut see: impl FnMut(usize, Option<usize>, $s)) {
                self.value.read(&mut see);
                for i in 0..N {
                    let partial = self.partial(i);
                    see(i, None, partial.value);
                    for j in 0..N {
                        see(i, Some(j), partial.partial(j));
                        see(i, Some(j), self.second_partial(i, j).value);
                    }
                }
            }
        }
    )*};
}

kinds! { f64 f32 }

/// The plain value of a number.
pub fn plain<S: Scalar, T: Real<Scalar = S>>(x: T) -> S {
    x.primal()
}
