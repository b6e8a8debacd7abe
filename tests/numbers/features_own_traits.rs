//! Features `roots`, `palette`, `geo`, `euclid`, `faer`, `diffsol` and `approx-0-4`: the methods of each crate's own
//! traits are the inherent ones, or have the plain value and the derivatives of the same function.

#[allow(unused_imports)]
use gradual::{Dual, HyperDual, Jet};

#[allow(unused_macros)]
macro_rules! same {
    ($x:expr; $($name:ident::$method:ident)*) => {$(
        assert!($name::$method($x).all_eq(&Jet::$method($x)), stringify!($method));
    )*};
}

#[cfg(feature = "roots")]
#[test]
fn roots() {
    use roots::FloatType;

    let x = HyperDual::<f64>::variable(0.7, 0);
    same! { x; FloatType::sqrt FloatType::atan FloatType::acos FloatType::sin FloatType::cos FloatType::abs }
    assert!(FloatType::powf(x, x).all_eq(&x.powf(x)));
    for value in [0.7, -0.7] {
        let x = Dual::<f64>::variable(value, 0);
        assert_eq!(FloatType::cbrt(x).value.to_bits(), FloatType::cbrt(value).to_bits());
        assert_eq!(FloatType::cbrt(x).partial(0), x.cbrt().partial(0));
    }
    assert_eq!(<Dual as FloatType>::one_third().value, 1.0 / 3.0);
    assert_eq!(<Dual as FloatType>::two_third_pi().value, <f64 as FloatType>::two_third_pi());
    assert_eq!(<Dual as FloatType>::pi().value, std::f64::consts::PI);
    assert!(<Dual as FloatType>::zero().all_eq(&Dual::constant(0.0)));
    assert!(<Dual as FloatType>::one().all_eq(&Dual::constant(1.0)));
}

#[cfg(feature = "palette")]
#[test]
fn palette_numbers() {
    use palette::num::{Real as PaletteReal, *};

    let x = HyperDual::<f64>::variable(0.7, 0);
    same! { x;
        Abs::abs Sqrt::sqrt Cbrt::cbrt Exp::exp Ln::ln Round::round Round::floor Round::ceil
        Signum::signum Recip::recip Trigonometry::sin Trigonometry::cos Trigonometry::tan
        Trigonometry::asin Trigonometry::acos Trigonometry::atan
    }
    assert!(Trigonometry::atan2(x, x + 1.0).all_eq(&x.atan2(x + 1.0)));
    assert!(Hypot::hypot(x, x).all_eq(&x.hypot(x)));
    assert!(Powf::powf(x, x).all_eq(&x.powf(x)) && Powi::powi(x, 5).all_eq(&x.powi(5)));
    let fifth = Powu::powu(x, 5);
    assert_eq!(fifth.value.to_bits(), Powu::powu(0.7_f64, 5).to_bits());
    assert_eq!(fifth.partial(0), x.powi(5).partial(0));
    assert!(MulAdd::mul_add(x, x, x).all_eq(&x.mul_add(x, x)));
    assert!(MulSub::mul_sub(x, x, x + 1.0).all_eq(&(x * x - (x + 1.0))));
    let (low, high) = MinMax::min_max(x * 2.0, x);
    assert!(low.all_eq(&x) && high.all_eq(&(x * 2.0)));
    assert!(Clamp::clamp(x, x * 2.0, x * 3.0).all_eq(&(x * 2.0)));
    assert!(
        Clamp::clamp_min(x, x * 2.0).all_eq(&(x * 2.0)) && Clamp::clamp_max(x, x * 2.0).all_eq(&x)
    );
    assert!(x.is_valid_divisor() && !(x * 0.0).is_valid_divisor());
    assert!(<HyperDual<f64> as PaletteReal>::from_f64(0.25).all_eq(&HyperDual::constant(0.25)));
    assert!(<HyperDual<f64> as Zero>::zero().all_zero());
    assert!(<HyperDual<f64> as One>::one().all_eq(&HyperDual::constant(1.0)));
    assert!(<HyperDual<f64> as FromScalar>::from_scalar(x).all_eq(&x));
    assert!(<HyperDual<f64> as FromScalarArray<1>>::from_array([x]).all_eq(&x));
    assert!(IntoScalarArray::<1>::into_array(x)[0].all_eq(&x));
}

/// A tie of values keeps the order in `min_max`, and the comparisons are those of the values.
#[cfg(feature = "palette")]
#[test]
fn palette_comparisons() {
    use palette::num::*;

    let x = Dual::<f64>::variable(0.7, 0);
    for (other, less, equal) in [(0.6, false, false), (0.7, false, true), (0.8, true, false)] {
        let y = Dual::constant(other);
        assert_eq!(PartialCmp::lt(&x, &y), less);
        assert_eq!(PartialCmp::lt_eq(&x, &y), less || equal);
        assert_eq!(PartialCmp::eq(&x, &y), equal);
        assert_eq!(PartialCmp::neq(&x, &y), !equal);
        assert_eq!(PartialCmp::gt_eq(&x, &y), !less);
        assert_eq!(PartialCmp::gt(&x, &y), !less && !equal);
        let (low, high) = MinMax::min_max(x, y);
        let (first, last) = if less || equal { (x, y) } else { (y, x) };
        assert!(low.all_eq(&first) && high.all_eq(&last));
        let (mut clamped, mut raised, mut lowered) = (x, x, x);
        clamped.clamp_assign(y, y + 1.0);
        raised.clamp_min_assign(y);
        lowered.clamp_max_assign(y);
        assert!(clamped.all_eq(&x.clamp(y, y + 1.0)));
        assert!(raised.all_eq(&x.max(y)) && lowered.all_eq(&x.min(y)));
    }
}

#[cfg(feature = "palette")]
#[test]
fn palette_angles() {
    use palette::angle::*;

    for degrees in [-500.0, -1e-30, 10.0, 200.0, 360.0, 725.0_f64] {
        let x = Dual::<f64>::variable(degrees, 0);
        let (signed, unsigned) = (x.normalize_signed_angle(), x.normalize_unsigned_angle());
        assert_eq!(signed.value, degrees.normalize_signed_angle());
        assert_eq!(unsigned.value, degrees.normalize_unsigned_angle());
        assert_eq!((signed.partial(0), unsigned.partial(0)), (1.0, 1.0));
        assert!(x.angle_eq(&(x + 360.0)) && !x.angle_eq(&(x + 90.0)));
        assert!(x.degrees_to_radians().all_eq(&x.to_radians()));
        assert!(x.radians_to_degrees().all_eq(&x.to_degrees()));
    }
    assert!(Dual::<f64>::half_rotation().all_eq(&Dual::constant(180.0)));
    assert!(Dual::<f64>::full_rotation().all_eq(&Dual::constant(360.0)));
}

#[cfg(feature = "geo")]
#[test]
fn geo() {
    use float_next_after::NextAfter;
    use geo::{Area, GeoFloat, GeoNum, polygon};

    fn geometry<T: GeoFloat>() {}
    geometry::<HyperDual<f32, 2>>();
    geometry::<Dual<Dual>>();

    let x = Dual::<f64>::variable(1.0, 0);
    let next = x.next_after(Dual::constant(2.0));
    assert_eq!((next.value, next.partial(0)), (1.0_f64.next_after(2.0), 1.0));
    assert_eq!(GeoNum::total_cmp(&x, &Dual::constant(f64::NAN)), std::cmp::Ordering::Less);
    let zero = Dual::constant(0.0);
    let area = polygon![(x: zero, y: zero), (x: x * 4.0, y: zero), (x: zero, y: x)].unsigned_area();
    assert_eq!((area.value, area.partial(0)), (2.0, 4.0)); // 2 x²
}

#[cfg(feature = "euclid")]
#[test]
fn euclid() {
    use euclid::Trig;
    use euclid::approxeq::ApproxEq;

    let x = HyperDual::<f64>::variable(0.7, 0);
    same! { x; Trig::sin Trig::cos Trig::tan }
    let angle = Trig::fast_atan2(x, x + 1.0);
    assert_eq!(angle.value.to_bits(), f64::fast_atan2(0.7, 1.7).to_bits());
    assert_eq!(angle.partial(0), x.atan2(x + 1.0).partial(0));
    assert!(Trig::degrees_to_radians(x).all_eq(&x.to_radians()));
    assert!(Trig::radians_to_degrees(x).all_eq(&x.to_degrees()));
    assert!(x.approx_eq(&(x + 1e-7)) && !x.approx_eq(&(x + 1e-5)));
    assert!(x.approx_eq_eps(&(x + 0.1), &HyperDual::constant(0.2)));
    assert!(!x.approx_eq_eps(&(x + 0.1), &HyperDual::constant(0.05)));
    let epsilon = <HyperDual<f64> as ApproxEq<HyperDual<f64>>>::approx_epsilon();
    assert_eq!(epsilon.value, <f64 as ApproxEq<f64>>::approx_epsilon());
}

#[cfg(feature = "approx-0-4")]
#[test]
fn approx_0_4() {
    use approx_0_4::{AbsDiffEq, RelativeEq, UlpsEq};

    let x = Dual::<f64>::variable(1.0, 0);
    let near = Dual::constant(1.0 + 1e-9);
    assert!(
        x.abs_diff_eq(&near, Dual::constant(1e-8))
            && !x.abs_diff_eq(&near, Dual::default_epsilon())
    );
    assert!(x.relative_eq(&near, Dual::default_epsilon(), Dual::constant(1e-8)));
    assert!(!x.ulps_eq(&near, Dual::default_epsilon(), Dual::<f64>::default_max_ulps()));
}

#[cfg(feature = "faer")]
#[test]
fn faer() {
    use faer_traits::{ComplexField, RealField};

    fn check<T: RealField + gradual::Real<Scalar = f64>>() {
        // Scaling must be exact, undo itself and leave room for derivatives.
        let (small, big) = (T::sqrt_min_positive_impl(), T::sqrt_max_positive_impl());
        assert_eq!((small * big).primal(), 1.0);
        assert_eq!((small * small).primal(), T::min_positive_impl().primal());
        assert_eq!((big * big).primal(), T::max_positive_impl().primal());
        assert_eq!((T::epsilon_impl().primal(), T::nbits_impl()), (f64::EPSILON, 53));
        assert!(T::nan_impl().is_nan() && T::infinity_impl().is_infinite());
        assert!(T::one_impl().is_one() && T::zero_impl().is_zero());
        assert_eq!(T::from_f64_impl(0.1).primal(), 0.1);
    }
    check::<Dual>();
    check::<HyperDual<f64, 3>>();
    check::<Dual<Dual>>();
    assert_eq!(<Dual<f32> as RealField>::sqrt_max_positive_impl().value, 2.0_f32.powi(32));

    let x = HyperDual::<f64>::variable(-0.7, 0);
    assert!(
        ComplexField::abs_impl(&x).all_eq(&x.abs()) && ComplexField::abs1_impl(&x).all_eq(&x.abs())
    );
    assert!(ComplexField::abs2_impl(&x).all_eq(&(x * x)));
    assert!(ComplexField::recip_impl(&x).all_eq(&x.recip()));
    assert!(ComplexField::sqrt_impl(&-x).all_eq(&(-x).sqrt()));
    assert!(ComplexField::mul_real_impl(&x, &x).all_eq(&(x * x)));
    assert!(ComplexField::conj_impl(&x).all_eq(&x) && ComplexField::imag_part_impl(&x).all_zero());
    assert!(<HyperDual<f64> as ComplexField>::from_real_impl(&x).all_eq(&x));
    assert!(ComplexField::real_part_impl(&x).all_eq(&x) && ComplexField::copy_impl(&x).all_eq(&x));
    assert!(ComplexField::mul_pow2_impl(&x, &HyperDual::constant(0.5)).all_eq(&(x * 0.5)));
    for value in [0.7, f64::INFINITY, f64::NAN] {
        let x = Dual::<f64>::variable(value, 0);
        assert_eq!(ComplexField::is_finite_impl(&x), value.is_finite());
        assert_eq!(ComplexField::is_nan_impl(&x), value.is_nan());
    }
}

#[cfg(feature = "diffsol")]
#[test]
fn diffsol() {
    use diffsol_la::Scalar;

    let x = HyperDual::<f64>::variable(0.7, 0);
    same! { x; Scalar::sqrt Scalar::cbrt Scalar::exp Scalar::sin Scalar::cos }
    assert!(Scalar::max(x, x * 2.0).all_eq(&(x * 2.0)) && !Scalar::is_nan(x));
    assert!(<Dual as Scalar>::NAN.is_nan() && <Dual as Scalar>::INFINITY.is_infinite());
    assert!(<Dual<Dual> as Scalar>::EPSILON.all_eq(&Dual::constant(Dual::constant(f64::EPSILON))));
}
