//! What sees the value only, selects, or goes in steps; and what is linear: remainders and midpoints.

use crate::kinds::{
    INF, NAN, expect, expect_constant, expect_second, expect_x, in_every_kind, x, y,
};
use gradual::{Dual, HyperDual, Real};

in_every_kind! {
    /// Comparison, equality and the queries see the value only.
    fn queries_see_the_value<K>() {
        let (a, b) = (x::<K>(0.0), y::<K>(0.0));
        assert!(a == b && a <= b && a >= b && a.is_zero() && K::ZERO == a);
        assert!(x::<K>(1.0).is_one() && !x::<K>(2.0).is_one());
        assert!(x::<K>(1.0) < y::<K>(2.0) && x::<K>(3.0) > y::<K>(2.0));
        assert_eq!(x::<K>(1.0).total_cmp(&y::<K>(2.0)), std::cmp::Ordering::Less);
        // 0 + ∞ε
        let root = x::<K>(0.0).sqrt();
        assert!(root.is_finite() && !root.is_nan() && !root.all_finite());
        assert!(x::<K>(1.0).is_normal() && !x::<K>(0.0).is_normal());
        assert_eq!(x::<K>(INF).classify(), std::num::FpCategory::Infinite);
        assert!(x::<K>(-0.0).is_sign_negative() && x::<K>(0.0).is_sign_positive());
    }

    /// The comparison of all parts tells a variable from a constant.
    fn comparison_of_all_parts<K>() {
        assert!(x::<K>(2.0) == K::constant(2.0));
        assert!(!x::<K>(2.0).all_eq(&K::constant(2.0)) && x::<K>(2.0).all_eq(&x::<K>(2.0)));
        assert!(!x::<K>(2.0).all_eq(&y::<K>(2.0)));
    }

    /// abs follows the sign bit, as f64's signum does.
    fn abs<K>() {
        expect_x(x::<K>(3.0).abs(), 3.0, 1.0, 0.0);
        expect_x(x::<K>(-3.0).abs(), 3.0, -1.0, 0.0);
        expect_x(x::<K>(0.0).abs(), 0.0, 1.0, 0.0);
        expect_x(x::<K>(-0.0).abs(), 0.0, -1.0, 0.0);
        expect(x::<K>(NAN).abs(), NAN, [NAN, 0.0]);
    }

    /// max and min take the operand that the plain ones take: self on a tie, never a NaN's.
    fn max_and_min<K>() {
        let (a, b) = (x::<K>(1.0), y::<K>(2.0));
        expect(a.max(b), 2.0, [0.0, 1.0]);
        expect(b.max(a), 2.0, [0.0, 1.0]);
        expect(a.min(b), 1.0, [1.0, 0.0]);
        expect(b.min(a), 1.0, [1.0, 0.0]);
        expect(x::<K>(1.0).max(y::<K>(1.0)), 1.0, [1.0, 0.0]);
        expect(x::<K>(1.0).min(y::<K>(1.0)), 1.0, [1.0, 0.0]);
        expect(x::<K>(NAN).max(y::<K>(1.0)), 1.0, [0.0, 1.0]);
        expect(x::<K>(1.0).max(y::<K>(NAN)), 1.0, [1.0, 0.0]);
        expect(x::<K>(NAN).min(y::<K>(1.0)), 1.0, [0.0, 1.0]);
        expect(x::<K>(1.0).min(y::<K>(NAN)), 1.0, [1.0, 0.0]);
    }

    /// clamp: x on the closed interval, the bound outside, NaN for NaN.
    fn clamp<K>() {
        let c = K::constant;
        expect_x(x::<K>(0.5).clamp(c(0.0), c(1.0)), 0.5, 1.0, 0.0);
        expect_x(x::<K>(1.0).clamp(c(0.0), c(1.0)), 1.0, 1.0, 0.0);
        expect_x(x::<K>(0.0).clamp(c(0.0), c(1.0)), 0.0, 1.0, 0.0);
        expect_constant(x::<K>(2.0).clamp(c(0.0), c(1.0)), 1.0);
        expect(x::<K>(2.0).clamp(c(0.0), y::<K>(1.0)), 1.0, [0.0, 1.0]);
        expect_x(x::<K>(NAN).clamp(c(0.0), c(1.0)), NAN, 1.0, 0.0);
    }

    /// Steps have derivative zero, also at the steps; fract has derivative 1.
    fn steps<K>() {
        for v in [2.5, -2.5, 3.0, 0.0] {
            expect_constant(x::<K>(v).floor(), v.floor());
            expect_constant(x::<K>(v).ceil(), v.ceil());
            expect_constant(x::<K>(v).round(), v.round());
            expect_constant(x::<K>(v).trunc(), v.trunc());
            expect_constant(x::<K>(v).signum(), v.signum());
            expect_x(x::<K>(v).fract(), v.fract(), 1.0, 0.0);
        }
        expect_constant(x::<K>(-0.0).signum(), -1.0);
        expect_constant(x::<K>(NAN).signum(), NAN);
        expect_constant(x::<K>(7.5).div_euclid(&y::<K>(-2.0)), -3.0);
    }

    /// copysign follows x up to the sign.
    fn copysign<K>() {
        expect_x(x::<K>(3.0).copysign(K::constant(-1.0)), -3.0, -1.0, 0.0);
        expect_x(x::<K>(-3.0).copysign(K::constant(0.0)), 3.0, -1.0, 0.0);
        expect(x::<K>(3.0).copysign(y::<K>(-0.0)), -3.0, [-1.0, 0.0]);
        expect(x::<K>(3.0).copysign(y::<K>(0.0)), 3.0, [1.0, 0.0]);
    }

    /// The positive difference is a kink with derivative zero on the flat side.
    fn positive_difference<K>() {
        expect(x::<K>(3.0).abs_sub(y::<K>(1.0)), 2.0, [1.0, -1.0]);
        expect_constant(x::<K>(1.0).abs_sub(y::<K>(3.0)), 0.0);
        expect_constant(x::<K>(1.0).abs_sub(y::<K>(1.0)), 0.0);
    }

    /// (x + y)/2 is linear, with equal weights.
    fn midpoints<K>() {
        expect(Real::midpoint(x::<K>(1.0), y::<K>(4.0)), 2.5, [0.5, 0.5]);
        expect_second(Real::midpoint(x::<K>(1.0), y::<K>(4.0)), [0.0; 3]);
        expect(Real::midpoint(x::<K>(3.0), x::<K>(5.0)), 4.0, [1.0, 0.0]);
    }

    /// `%` and rem_euclid have partials 1 and -q.
    fn remainders<K>() {
        expect(x::<K>(7.5) % y::<K>(2.0), 1.5, [1.0, -3.0]);
        expect(x::<K>(-7.5) % y::<K>(2.0), -1.5, [1.0, 3.0]);
        expect(x::<K>(-7.5).rem_euclid(&y::<K>(2.0)), 0.5, [1.0, 4.0]);
        expect(x::<K>(6.0) % y::<K>(2.0), 0.0, [1.0, -3.0]);
        expect(x::<K>(3.0) % y::<K>(INF), 3.0, [1.0, 0.0]);
    }

    /// The integer quotient is the nearest integer to (x - r) / y, which rounding may leave below it.
    fn quotients_that_rounding_leaves_below<K>() {
        if x::<K>(1e300).is_finite() {
            let [a, b] = std::hint::black_box([159.2, 0.7]);
            assert!((a - a % b) / b < 227.0);
            expect(x::<K>(159.2) % y::<K>(0.7), 159.2 % 0.7, [1.0, -227.0]);
        }
    }
}

/// Ties go to the even neighbour, everything else to the nearest one, with derivative zero.
#[test]
fn rounding_ties_to_even() {
    for v in [-3.5, -2.5, -1.7, -1.5, -1.2, -0.5, 0.5, 0.7, 1.2, 1.5, 2.5, 3.5, 7.0] {
        let rounded = HyperDual::<f64>::variable(v, 0).round_ties_even();
        assert_eq!(rounded.value, v.round_ties_even(), "at {v}");
        assert!(rounded.is_constant());
    }
}

/// The price of seeing values only, as the documentation states it: code that skips work for a zero
/// value drops that value's derivatives.
#[test]
fn skipping_a_zero_drops_its_derivative() {
    fn product<T: num_traits::Float>(a: T, b: T) -> T {
        if a == T::zero() { T::zero() } else { a * b }
    }
    let d = Dual::<f64>::variable(0.0, 0);
    assert_eq!((d * 3.0).partial(0), 3.0);
    assert_eq!(product(d, Dual::constant(3.0)).partial(0), 0.0);
}
