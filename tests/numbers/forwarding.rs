//! Every method of the foreign traits gives, in all parts, what the inherent method of the jet gives,
//! and every form of an operator what the form with two values gives.

use gradual::{Dual, HyperDual};

type J = HyperDual<f64, 2>;

/// All parts, as bits.
fn bits(x: J) -> Vec<u64> {
    std::iter::once(x.value)
        .chain(x.gradient())
        .chain(x.hessian().into_iter().flatten())
        .map(|part| if part.is_nan() { f64::NAN.to_bits() } else { part.to_bits() })
        .collect()
}

/// Points that reach every branch, with non-trivial parts.
fn points() -> Vec<(J, J)> {
    let values = [0.3, -0.7, 1.5, -2.5, 3.0, 0.0, -0.0, 1e-5, 40.0, f64::INFINITY, f64::NAN];
    let mut points = Vec::new();
    for x in values {
        for y in values {
            let a = J::new(x, [1.0, 0.5], [[0.25, -1.0], [-1.0, 2.0]]);
            let b = J::new(y, [-0.5, 2.0], [[1.5, 0.125], [0.125, -3.0]]);
            points.push((a, b));
        }
    }
    points
}

#[track_caller]
fn same(name: &str, x: J, y: J, trait_result: J, inherent: J) {
    assert_eq!(bits(trait_result), bits(inherent), "{name} at {x}, {y}");
}

/// Compares `<J as Trait>::method` with `J::method`.
macro_rules! unary {
    ($trait:path: $($name:ident)*) => {
        for (x, y) in points() {
            $(same(stringify!($name), x, y, <J as $trait>::$name(x), J::$name(x));)*
        }
    };
}

macro_rules! unary_by_reference {
    ($trait:path: $($name:ident)*) => {
        for (x, y) in points() {
            $(same(stringify!($name), x, y, <J as $trait>::$name(&x), J::$name(x));)*
        }
    };
}

macro_rules! binary {
    ($trait:path: $($name:ident)*) => {
        for (x, y) in points() {
            $(same(stringify!($name), x, y, <J as $trait>::$name(x, y), J::$name(x, y));)*
        }
    };
}

macro_rules! queries {
    ($trait:path: $($name:ident)*) => {
        for (x, _) in points() {
            $(assert_eq!(<J as $trait>::$name(x), x.value.$name(), "{} at {x}", stringify!($name));)*
        }
    };
}

/// Constants of the plain float, lifted.
macro_rules! constants {
    ($trait:path: $($name:ident)*) => {
        $(
            let lifted = <J as $trait>::$name();
            let plain = <f64 as $trait>::$name();
            assert_eq!(bits(lifted), bits(J::constant(plain)), stringify!($name));
            let single = <Dual<f32> as $trait>::$name();
            assert_eq!(single.value.to_bits(), <f32 as $trait>::$name().to_bits(), stringify!($name));
        )*
    };
}

mod num_traits_ {
    use super::*;
    use num_traits::float::{FloatCore, TotalOrder};
    use num_traits::*;

    #[test]
    fn float() {
        unary! { Float: floor ceil round trunc fract abs signum recip sqrt exp exp2 ln log2 log10
        to_degrees to_radians cbrt sin cos tan asin acos atan exp_m1 ln_1p sinh cosh tanh asinh acosh
        atanh }
        binary! { Float: powf log max min abs_sub hypot atan2 copysign }
        queries! { Float: is_nan is_infinite is_finite is_normal is_subnormal is_sign_positive
        is_sign_negative classify }
        constants! { Float: nan infinity neg_infinity neg_zero min_value min_positive_value epsilon
        max_value }
        for (x, y) in points() {
            same("mul_add", x, y, Float::mul_add(x, y, x), x.mul_add(y, x));
            same("sin_cos", x, y, Float::sin_cos(x).0, x.sin());
            same("sin_cos", x, y, Float::sin_cos(x).1, x.cos());
            for n in [-3, -1, 0, 1, 2, 7] {
                same("powi", x, y, Float::powi(x, n), x.powi(n));
            }
            if y <= 1.0 {
                same("clamp", x, y, Float::clamp(x, y, J::constant(1.0)), x.clamp(y, 1.0));
            }
            assert_eq!(Float::integer_decode(x), Float::integer_decode(x.value));
        }
    }

    #[test]
    fn float_core() {
        unary! { FloatCore: floor ceil round trunc fract abs signum recip to_degrees to_radians }
        binary! { FloatCore: max min }
        queries! { FloatCore: is_nan is_infinite is_finite is_normal is_subnormal is_sign_positive
        is_sign_negative classify }
        constants! { FloatCore: nan infinity neg_infinity neg_zero min_value min_positive_value
        epsilon max_value }
        for (x, y) in points() {
            same("powi", x, y, FloatCore::powi(x, 3), x.powi(3));
            assert_eq!(FloatCore::integer_decode(x), FloatCore::integer_decode(x.value));
            if y <= 1.0 {
                same("clamp", x, y, FloatCore::clamp(x, y, J::constant(1.0)), x.clamp(y, 1.0));
            }
        }
    }

    #[test]
    fn constants_and_bounds() {
        constants! { FloatConst: E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2
        FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8 LN_10 LN_2 LOG10_E LOG2_E PI SQRT_2 TAU LOG10_2
        LOG2_10 }
        constants! { Bounded: min_value max_value }
        constants! { Zero: zero }
        constants! { One: one }
        assert_eq!(bits(J::ZERO), bits(J::zero()));
        assert_eq!(bits(J::ONE), bits(J::one()));
        assert!(J::zero().is_zero() && !J::one().is_zero() && J::one().is_one());
    }

    #[test]
    fn signed_euclid_and_the_rest() {
        unary_by_reference! { Signed: abs signum }
        for (x, y) in points() {
            same("abs_sub", x, y, Signed::abs_sub(&x, &y), x.abs_sub(y));
            assert_eq!(Signed::is_positive(&x), Signed::is_positive(&x.value));
            assert_eq!(Signed::is_negative(&x), Signed::is_negative(&x.value));
            same("rem_euclid", x, y, Euclid::rem_euclid(&x, &y), x.rem_euclid(y));
            same("div_euclid", x, y, Euclid::div_euclid(&x, &y), x.div_euclid(y));
            let (q, r) = Euclid::div_rem_euclid(&x, &y);
            same("div_rem_euclid", x, y, q, x.div_euclid(y));
            same("div_rem_euclid", x, y, r, x.rem_euclid(y));
            same("inv", x, y, Inv::inv(x), x.recip());
            same("inv", x, y, Inv::inv(&x), x.recip());
            same("mul_add", x, y, MulAdd::mul_add(x, y, x), x.mul_add(y, x));
            let mut z = x;
            z.mul_add_assign(y, x);
            same("mul_add_assign", x, y, z, x.mul_add(y, x));
            assert_eq!(TotalOrder::total_cmp(&x, &y), x.value.total_cmp(&y.value));
            same("pow", x, y, Pow::pow(x, y), x.powf(y));
            same("pow", x, y, Pow::pow(x, 2.5), x.powf(2.5));
            same("pow", x, y, Pow::pow(x, 3_i32), x.powi(3));
            same("pow", x, y, Pow::pow(x, 3_u8), x.powi(3));
            same("pow", x, y, Pow::pow(x, -3_i8), x.powi(-3));
            same("pow", x, y, Pow::pow(&x, 3_u16), x.powi(3));
            same("pow", x, y, Pow::pow(&x, &-3_i16), x.powi(-3));
            same("pow", x, y, Pow::pow(x, &y), x.powf(y));
        }
    }

    #[test]
    fn casts() {
        let x = J::variable(3.75, 0);
        assert_eq!((x.to_f64(), x.to_f32(), x.to_i32()), (Some(3.75), Some(3.75), Some(3)));
        assert_eq!((x.to_u8(), x.to_i64(), x.to_usize()), (Some(3), Some(3), Some(3)));
        assert_eq!((x.to_i8(), x.to_u128(), J::constant(-1.0).to_u32()), (Some(3), Some(3), None));
        let y: f64 = x.as_();
        let z: i32 = x.as_();
        let w: J = 7_u8.as_();
        let same_jet: J = x.as_();
        assert_eq!(bits(same_jet), bits(x));
        assert_eq!((y, z), (3.75, 3));
        assert_eq!(bits(w), bits(J::constant(7.0)));
        assert_eq!(bits(<J as NumCast>::from(2_i64).unwrap()), bits(J::constant(2.0)));
        assert_eq!(bits(J::from_f64(0.1).unwrap()), bits(J::constant(0.1)));
        assert_eq!(bits(J::from_i128(-5).unwrap()), bits(J::constant(-5.0)));
        assert_eq!(bits(J::from_str_radix("101", 2).unwrap()), bits(J::constant(5.0)));
        assert_eq!(bits("1e-3".parse().unwrap()), bits(J::constant(1e-3)));
        assert!("1 + 2".parse::<J>().is_err());
        assert_eq!(bits(J::default()), bits(J::constant(0.0)));
        for c in
            [2.0_f64.into(), 2.0_f32.into(), 2_i8.into(), 2_u16.into(), 2_i32.into(), 2_u32.into()]
        {
            assert_eq!(bits(c), bits(J::constant(2.0)));
        }
    }
}

#[cfg(feature = "nalgebra")]
mod simba_ {
    use super::*;
    use nalgebra::{ComplexField, Field, RealField, SimdValue};
    use simba::scalar::{SubsetOf, SupersetOf};

    fn is_field<T: Field>(_: T) {}

    #[test]
    fn complex_field() {
        unary! { ComplexField: floor ceil round trunc fract abs signum recip sin cos tan asin acos
        atan sinh cosh tanh asinh acosh atanh log2 log10 ln ln_1p sqrt exp exp2 exp_m1 cbrt sinc
        sinhc }
        binary! { ComplexField: hypot log powf }
        for (x, y) in points() {
            same("powc", x, y, ComplexField::powc(x, y), x.powf(y));
            same("powi", x, y, ComplexField::powi(x, 5), x.powi(5));
            same("mul_add", x, y, ComplexField::mul_add(x, y, x), x.mul_add(y, x));
            same("sin_cos", x, y, ComplexField::sin_cos(x).0, x.sin());
            same("sin_cos", x, y, ComplexField::sin_cos(x).1, x.cos());
            same("sinh_cosh", x, y, x.sinh_cosh().0, x.sinh());
            same("sinh_cosh", x, y, x.sinh_cosh().1, x.cosh());
            same("from_real", x, y, J::from_real(x), x);
            same("real", x, y, x.real(), x);
            same("imaginary", x, y, x.imaginary(), J::constant(0.0));
            same("conjugate", x, y, x.conjugate(), x);
            same("modulus", x, y, x.modulus(), x.abs());
            same("norm1", x, y, x.norm1(), x.abs());
            same("modulus_squared", x, y, x.modulus_squared(), x * x);
            same("scale", x, y, ComplexField::scale(x, y), x * y);
            same("unscale", x, y, x.unscale(y), x / y);
            same("argument", x, y, x.argument(), J::constant(x.value.argument()));
            same("to_polar", x, y, x.to_polar().0, x.abs());
            same("to_polar", x, y, x.to_polar().1, J::constant(x.value.argument()));
            assert_eq!(ComplexField::is_finite(&x), x.value.is_finite());
            assert_eq!(x.try_sqrt().map(bits), (x >= 0.0).then(|| bits(x.sqrt())));
            same("cosc", x, y, x.cosc().with(x.value.cosc()), x.cosc());
            same("coshc", x, y, x.coshc().with(x.value.coshc()), x.coshc());
            let (modulus, sign) = x.to_exp();
            assert_eq!(modulus.value.to_bits(), x.value.to_exp().0.to_bits());
            same("to_exp", x, y, sign, J::constant(x.value.to_exp().1));
            is_field(x);
        }
    }

    trait With {
        fn with(self, value: f64) -> Self;
    }

    impl With for J {
        fn with(self, value: f64) -> J {
            J { value, ..self }
        }
    }

    /// The values are those that simba gives for f64, whose rounding may differ from std's.
    #[test]
    fn values_are_those_of_simba() {
        macro_rules! values {
            ($($name:ident)*) => {
                for (x, _) in points() {
                    $(
                        let (jet, plain) = (ComplexField::$name(x).value, ComplexField::$name(x.value));
                        assert!(jet.to_bits() == plain.to_bits() || jet.is_nan() && plain.is_nan(), "{} at {x}", stringify!($name));
                    )*
                }
            };
        }
        values! { floor ceil round trunc fract abs signum recip sin cos tan asin acos atan sinh cosh tanh
        asinh acosh atanh log2 log10 ln ln_1p sqrt exp exp2 exp_m1 cbrt sinc sinhc cosc coshc modulus
        modulus_squared argument norm1 }
    }

    #[test]
    fn real_field() {
        binary! { RealField: copysign max min atan2 }
        constants! { RealField: pi two_pi frac_pi_2 frac_pi_3 frac_pi_4 frac_pi_6 frac_pi_8 frac_1_pi
        frac_2_pi frac_2_sqrt_pi e log2_e log10_e ln_2 ln_10 }
        assert_eq!(<J as RealField>::min_value().map(bits), Some(bits(J::constant(f64::MIN))));
        assert_eq!(<J as RealField>::max_value().map(bits), Some(bits(J::constant(f64::MAX))));
        for (x, y) in points() {
            assert_eq!(RealField::is_sign_positive(&x), x.value.is_sign_positive());
            assert_eq!(RealField::is_sign_negative(&x), x.value.is_sign_negative());
            // as simba's for f64: no panic for an empty interval
            let clamped = RealField::clamp(x, y, J::constant(1.0));
            let plain = RealField::clamp(x.value, y.value, 1.0);
            assert!(clamped.value == plain || plain.is_nan());
        }
    }

    #[test]
    fn lanes_and_subsets() {
        let (x, y) = (J::variable(2.0, 0), J::variable(3.0, 1));
        assert_eq!(J::LANES, 1);
        assert_eq!(bits(J::splat(x)), bits(x));
        assert_eq!(bits(x.extract(0)), bits(x));
        assert_eq!((bits(x.select(true, y)), bits(x.select(false, y))), (bits(x), bits(y)));
        let mut z = x;
        z.replace(0, y);
        assert_eq!(bits(z), bits(y));
        assert_eq!(bits(nalgebra::convert::<f64, J>(0.1)), bits(J::constant(0.1)));
        assert_eq!(bits(nalgebra::convert::<f32, J>(0.5)), bits(J::constant(0.5)));
        assert_eq!(nalgebra::try_convert::<J, f64>(x), Some(2.0));
        assert_eq!(<J as SubsetOf<f64>>::to_superset(&x), 2.0);
        assert_eq!(bits(<J as SubsetOf<J>>::to_superset(&x)), bits(x));
        assert!(<J as SupersetOf<f64>>::is_in_subset(&x));
    }
}

#[cfg(feature = "approx")]
mod approx_ {
    use super::*;
    use approx::{AbsDiffEq, RelativeEq, UlpsEq};

    /// Comparisons see the value only.
    #[test]
    fn comparisons() {
        let (x, c) = (J::variable(1.0, 0), J::constant(1.0 + 1e-9));
        let tolerance = J::constant(1e-8);
        assert!(x.abs_diff_eq(&c, tolerance) && x.abs_diff_ne(&c, J::constant(1e-10)));
        assert!(x.relative_eq(&c, J::constant(0.0), tolerance));
        assert!(x.relative_ne(&c, J::constant(0.0), J::constant(1e-10)));
        // either tolerance will do: an absolute one, or a relative one
        assert!(x.relative_eq(&c, tolerance, J::constant(1e-10)));
        assert!(x.ulps_eq(&c, tolerance, 0));
        assert!(x.ulps_eq(&J::constant(1.0_f64.next_up()), J::constant(0.0), 1));
        assert!(x.ulps_ne(&c, J::constant(0.0), 4));
        assert_eq!(bits(J::default_epsilon()), bits(J::constant(f64::EPSILON)));
        assert_eq!(bits(J::default_max_relative()), bits(J::constant(f64::default_max_relative())));
        assert_eq!(J::default_max_ulps(), f64::default_max_ulps());
    }
}

/// Value and reference forms, assignment forms, and those with a plain float on either side.
#[test]
fn operator_forms() {
    macro_rules! forms {
        ($($op:tt $assign:tt)*) => {
            for (x, y) in points() {
                $(
                    let expected = x $op y;
                    same(stringify!($op), x, y, &x $op y, expected);
                    same(stringify!($op), x, y, x $op &y, expected);
                    same(stringify!($op), x, y, &x $op &y, expected);
                    let mut z = x;
                    z $assign y;
                    same(stringify!($assign), x, y, z, expected);
                    let mut z = x;
                    z $assign &y;
                    same(stringify!($assign), x, y, z, expected);
                    let c = 2.5;
                    let expected = x $op c;
                    same(stringify!($op), x, y, &x $op c, expected);
                    let mut z = x;
                    z $assign c;
                    same(stringify!($assign), x, y, z, expected);
                    same(stringify!($op), x, y, c $op &x, c $op x);
                    close(stringify!($op), x $op c, x $op J::constant(c));
                    close(stringify!($op), c $op x, J::constant(c) $op x);
                )*
                same("neg", x, y, -&x, -x);
            }
        };
    }
    forms! { + += - -= * *= / /= % %= }
}

/// A plain float and a constant jet mean the same, up to rounding, where everything is finite.
#[track_caller]
fn close(name: &str, scalar: J, lifted: J) {
    let parts = |x: J| -> Vec<f64> {
        std::iter::once(x.value)
            .chain(x.gradient())
            .chain(x.hessian().into_iter().flatten())
            .collect()
    };
    for (a, b) in parts(scalar).into_iter().zip(parts(lifted)) {
        if a.is_finite() && b.is_finite() {
            assert!(
                (a - b).abs() <= 8.0 * f64::EPSILON * a.abs().max(b.abs()),
                "{name}: {scalar} and {lifted}"
            );
        }
    }
}

#[test]
fn comparisons_with_plain_floats() {
    let x = J::variable(2.0, 0);
    assert_eq!([x == 2.0, 2.0 == x, x != 3.0], [true; 3]);
    assert_eq!([x < 3.0, x <= 2.0, 1.0 < x, 2.0 >= x], [true; 4]);
    assert_eq!(x.partial_cmp(&f64::NAN), None);
    let nested = Dual::<Dual<f32>>::variable(Dual::variable(2.0, 0), 0);
    assert!(nested > 1.5 && 2.5 > nested && nested == 2.0);
}
