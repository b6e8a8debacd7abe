//! num-dual's traits, so that code over its `DualNum`, as the equations of state of feos are, runs on jets.
//!
//! Each release has traits of its own, which differ in where they name the plain float. They are implemented for `f64`
//! alone: two implementations that differ in an associated type would overlap.

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::Real;

/// xⁿ for a plain exponent. (Here no bound brings a second set of operators, as num-dual's do below.)
#[inline]
fn power<T: Real<Scalar = f64>, K: Derivatives<T>>(x: Jet<T, K>, n: f64) -> Jet<T, K> {
    x.powf(n)
}

/// The logarithm of x to a plain base.
#[inline]
fn logarithm<T: Real<Scalar = f64>, K: Derivatives<T>>(x: Jet<T, K>, base: f64) -> Jet<T, K> {
    x.log(base)
}

/// The spherical Bessel function j₁(x) = (sin x / x - cos x) / x.
fn spherical_bessel_1<T: Real<Scalar = f64>>(x: T) -> T {
    if x.abs() < 2.0 {
        x / 3.0 * spherical_bessel_series(1, x * x)
    } else {
        (x.sinc() - x.cos()) / x
    }
}

/// The spherical Bessel function j₂(x) = (3/x² - 1) sin x / x - 3 cos x / x².
fn spherical_bessel_2<T: Real<Scalar = f64>>(x: T) -> T {
    let square = x * x;
    if x.abs() < 2.0 {
        square / 15.0 * spherical_bessel_series(2, square)
    } else {
        (x.sinc() * (-square + 3.0) - x.cos() * 3.0) / square
    }
}

/// (2n + 1)!! j_n(x) / xⁿ = Σ (-x²/2)ᵏ / (k! (2n + 3)(2n + 5)...(2n + 2k + 1)), at x² < 4, where each term is less than
/// half the one before it and the closed forms cancel (NIST Digital Library of Mathematical Functions, 10.53.1).
fn spherical_bessel_series<T: Real<Scalar = f64>>(n: u32, square: T) -> T {
    (1..=12)
        .rev()
        .fold(T::one(), |sum, k| -square * sum / f64::from(2 * k * (2 * n + 2 * k + 1)) + 1.0)
}

/// The methods that `DualNum` has in every release.
macro_rules! functions {
    () => {
        const NDERIV: usize = <Self as Real>::ORDER;

        forward! {
            (&self) -> Self: recip sqrt cbrt exp exp2 exp_m1 ln ln_1p log2 log10 sin cos tan asin acos atan sinh cosh tanh
                asinh acosh atanh;
            (&self) -> (Self, Self): sin_cos;
            (&self, n: i32) -> Self: powi;
            (&self, other: Self) -> Self: atan2;
            (&self, a: Self, b: Self) -> Self: mul_add;
        }

        #[inline]
        fn powf(&self, n: f64) -> Self {
            power(*self, n)
        }

        #[inline]
        fn powd(&self, exponent: Self) -> Self {
            Jet::powf(*self, exponent)
        }

        #[inline]
        fn log(&self, base: f64) -> Self {
            logarithm(*self, base)
        }

        #[inline]
        fn sph_j0(&self) -> Self {
            Jet::sinc(*self)
        }

        fn sph_j1(&self) -> Self {
            spherical_bessel_1(*self)
        }

        fn sph_j2(&self) -> Self {
            spherical_bessel_2(*self)
        }
    };
}

/// What a jet consists of, since 0.14.
#[cfg(any(feature = "num-dual", feature = "num-dual-0-14"))]
macro_rules! inner {
    () => {
        type InnerDual = T;

        #[inline]
        fn from_re(re: T) -> Self {
            Self::constant(re)
        }
    };
}

/// The traits of one release: the parameters of `DualNum` with those of its bound, and of `DualStruct`; and what else
/// `DualNum` has.
macro_rules! dual_num {
    ($version:ident, [$($float:ident)?] [$($bound:tt)*], [$($of:ty),*], { $($inner:tt)* }) => {
        use super::{
            Derivatives, Jet, Real, logarithm, power, spherical_bessel_1, spherical_bessel_2,
        };
        use $version::{DualNum, DualStruct, Mappable};

        impl<T, K> DualStruct<$($of),*> for Jet<T, K>
        where
            T: Real<Scalar = f64> + DualNum<$($bound)*>,
            K: Derivatives<T>,
        {
            type Real = f64;
            type Inner = T;

            #[inline]
            fn re(&self) -> f64 {
                self.primal()
            }

            #[inline]
            fn from_inner(inner: &T) -> Self {
                Self::constant(*inner)
            }
        }

        impl<T, K> DualNum<$($float)?> for Jet<T, K>
        where
            T: Real<Scalar = f64> + DualNum<$($bound)*>,
            K: Derivatives<T>,
        {
            $($inner)*
            functions! {}
        }

        /// A jet as a function's only result.
        impl<T: Real, K: Derivatives<T>> Mappable<Self> for Jet<T, K> {
            type Output<O> = O;

            #[inline]
            fn map_dual<M: Fn(Self) -> O, O>(self, f: M) -> O {
                f(self)
            }
        }
    };
}

#[cfg(feature = "num-dual-0-13")]
mod v0_13 {
    dual_num! { num_dual_0_13, [f64] [f64], [Self, f64], {} }
}

#[cfg(feature = "num-dual-0-14")]
mod v0_14 {
    dual_num! { num_dual_0_14, [f64] [f64], [f64], { inner! {} } }
}

#[cfg(feature = "num-dual")]
mod current {
    dual_num! {
        num_dual, [] [Primitive = f64], [],
        {
            type Primitive = f64;

            inner! {}

            #[inline]
            fn scale(self, factor: &T) -> Self {
                self.map(|part| part * *factor)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{spherical_bessel_1, spherical_bessel_2};
    use crate::second_derivative;

    /// mpmath with 40 digits, from the closed forms; the series ends at 2.
    #[test]
    fn spherical_bessel_functions_keep_their_digits() {
        let known: [(u32, f64, [f64; 3]); 12] = [
            (1, 0.003, [0.0009999991000002894, 0.33333243333381546, -0.0005999993571430822]),
            (2, 0.003, [5.999996142858108e-07, 0.00039999948571447857, 0.13333281904794048]),
            (1, 0.1, [0.033300011902557575, 0.3323339284171301, -0.019976199733646196]),
            (2, 0.1, [0.0006661906084455688, 0.01331429364919051, 0.13276230147508547]),
            (1, 1.0, [0.3011686789397568, 0.23913362692838294, -0.17709857491700906]),
            (2, 1.0, [0.06203505201137386, 0.11506352290563521, 0.0800482142455989]),
            (1, 1.9375, [0.43373111725771046, 0.03409137875971882, -0.23783966636665252]),
            (2, 1.9375, [0.1897698430507124, 0.13989394092112356, -0.03086069681539536]),
            (1, 2.0, [0.4353977749799916, 0.01925093843284923, -0.23694982592284503]),
            (2, 2.0, [0.19844794905714658, 0.13772585139427174, -0.03850187686569846]),
            (1, 7.25, [-0.06267527947360822, 0.1308181293736168, 0.024202728988668196]),
            (2, 7.25, [-0.1394629955079076, -0.004966453746198181, 0.12491337565102158]),
        ];
        for (n, x, known) in known {
            let f = if n == 1 { spherical_bessel_1 } else { spherical_bessel_2 };
            let (y, slope, curvature) = second_derivative(f, x);
            for (k, (found, known)) in [y, slope, curvature].into_iter().zip(known).enumerate() {
                assert!(
                    (found - known).abs() <= 2e-15 * known.abs() + 1e-16,
                    "j{n}, {k}: {found} {known}"
                );
            }
        }
        assert_eq!(second_derivative(spherical_bessel_1, 0.0), (0.0, 1.0 / 3.0, 0.0));
        assert_eq!(second_derivative(spherical_bessel_2, 0.0), (0.0, 0.0, 2.0 / 15.0));
    }
}
