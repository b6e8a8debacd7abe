//! Features `nalgebra-0-34`, `-0-32`, `-0-30` and `-0-29`: the fields of earlier nalgebras, every method the
//! inherent one.
#![cfg(any(
    feature = "nalgebra-0-34",
    feature = "nalgebra-0-32",
    feature = "nalgebra-0-30",
    feature = "nalgebra-0-29"
))]

use gradual::derivatives::Derivatives;
use gradual::{Dual, HyperDual, Jet, Real};

gradual::scalar! {
    /// A scalar of one's own is a field for them all, too.
    pub struct Mine(pub f64);
    ZERO = 0.0;
    ONE = 1.0;
}

/// Calls each method of a list through the trait and by its inherent name.
macro_rules! same {
    ($field:ident, $x:expr; $($method:ident)*) => {$({
        let (x, name) = ($x, stringify!($method));
        assert!($field::$method(x).all_eq(&Jet::$method(x)), "{name}");
    })*};
}

macro_rules! fields {
    ($($feature:literal $module:ident $simba:ident;)*) => {$(
        #[cfg(feature = $feature)]
        mod $module {
            use super::*;
            use $simba::scalar::{ComplexField, RealField, SubsetOf, SupersetOf};
            use $simba::simd::SimdValue;

            fn check<T: Real + RealField, K: Derivatives<T>>(x: Jet<T, K>) {
                same! { ComplexField, x;
                    floor ceil round trunc fract abs signum recip sin cos tan asin acos atan sinh cosh
                    tanh asinh atanh log2 log10 ln ln_1p sqrt exp exp2 exp_m1 cbrt sinc sinhc
                }
                same! { ComplexField, x + Jet::constant(T::one()); acosh }
                let y = x * x;
                assert!(RealField::atan2(x, y).all_eq(&Jet::atan2(x, y)));
                assert!(RealField::copysign(x, -y).all_eq(&Jet::copysign(x, -y)));
                assert!(RealField::max(x, y).all_eq(&Jet::max(x, y)));
                assert!(RealField::min(x, y).all_eq(&Jet::min(x, y)));
                assert!(RealField::clamp(x, y, y).all_eq(&y));
                assert!(ComplexField::hypot(x, y).all_eq(&Jet::hypot(x, y)));
                assert!(ComplexField::powf(x, y).all_eq(&Jet::powf(x, y)));
                assert!(ComplexField::powc(x, y).all_eq(&Jet::powf(x, y)));
                assert!(ComplexField::powi(x, -3).all_eq(&Jet::powi(x, -3)));
                assert!(ComplexField::log(x, y).all_eq(&Jet::log(x, y)));
                assert!(ComplexField::mul_add(x, y, x).all_eq(&Jet::mul_add(x, y, x)));
                assert!(ComplexField::scale(x, y).all_eq(&(x * y)));
                assert!(ComplexField::unscale(x, y).all_eq(&(x / y)));
                assert!(ComplexField::modulus_squared(x).all_eq(&y));
                assert!(ComplexField::conjugate(x).all_eq(&x));
                assert!(ComplexField::try_sqrt(-x).is_none());
                assert!(RealField::is_sign_negative(&-x));
                assert!(<Jet<T, K> as RealField>::pi().all_eq(&Jet::constant(<T as RealField>::pi())));
                assert_eq!(x.splat_and_extract(), x);
            }

            trait Lane: SimdValue<Element = Self> + Sized + Copy {
                fn splat_and_extract(self) -> Self {
                    SimdValue::select(<Self as SimdValue>::splat(self), self.yes(), self).extract(0)
                }
                fn yes(self) -> Self::SimdBool;
            }

            impl<T: Real, K: Derivatives<T>> Lane for Jet<T, K> {
                fn yes(self) -> bool {
                    true
                }
            }

            #[test]
            fn methods() {
                check(Dual::<f64>::variable(0.7, 0));
                check(HyperDual::<f64, 2>::variable(0.7, 1));
                check(Dual::<f32>::variable(0.7, 0));
                check(Dual::<Mine>::variable(Mine(0.7), 0));
                check(Dual::<Dual>::variable(Dual::variable(0.7, 0), 0));
            }

            #[test]
            fn conversions() {
                let x = Dual::<f64>::variable(0.7, 0);
                assert_eq!(SubsetOf::<f64>::to_superset(&x), 0.7);
                let lifted: Dual = SupersetOf::<f64>::from_subset(&0.7);
                assert!(lifted.all_eq(&Dual::constant(0.7)));
            }
        }
    )*};
}

fields! {
    "nalgebra-0-34" v0_34 simba_0_9;
    "nalgebra-0-32" v0_32 simba_0_8;
    "nalgebra-0-30" v0_30 simba_0_7;
    "nalgebra-0-29" v0_29 simba_0_6;
}
