//! One test for each guarantee and each convention at a kink or singularity, in every kind: `Dual`,
//! `HyperDual`, `BlockDual`, nested jets, f64 and f32.

use gradual::{BlockDual, Dual, HyperDual, Real};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// A number of one or two variables, whatever its kind, precision and depth.
trait Kind: Real {
    /// Variable number `i` of two, on every level.
    fn variable(v: f64, i: usize) -> Self;

    fn constant(v: f64) -> Self {
        Self::literal(v)
    }

    /// Every part that is the derivative with respect to the variables named, in whatever order the
    /// levels take them.
    fn parts(&self, variables: &[usize]) -> Vec<f64>;
}

/// `variables` without the entries at the given places.
fn without(variables: &[usize], places: &[usize]) -> Vec<usize> {
    let rest = variables.iter().enumerate().filter(|(place, _)| !places.contains(place));
    rest.map(|(_, &i)| i).collect()
}

/// All parts of a jet: those of its value, of its first partials as `first` gives them, and of its
/// second ones.
fn all_parts<T: Kind>(
    value: &T,
    variables: &[usize],
    first: impl Fn(usize) -> Vec<T>,
    second: Option<&dyn Fn(usize, usize) -> T>,
) -> Vec<f64> {
    let mut parts = value.parts(variables);
    for (p, &i) in variables.iter().enumerate() {
        for partial in first(i) {
            parts.extend(partial.parts(&without(variables, &[p])));
        }
        for (q, &j) in variables.iter().enumerate() {
            if let Some(second) = second.filter(|_| p != q) {
                parts.extend(second(i, j).parts(&without(variables, &[p, q])));
            }
        }
    }
    parts
}

macro_rules! plain_kinds {
    ($($s:ident)*) => {$(
        impl Kind for $s {
            fn variable(v: f64, _: usize) -> Self {
                v as $s
            }

            fn parts(&self, variables: &[usize]) -> Vec<f64> {
                if variables.is_empty() { vec![f64::from(*self)] } else { Vec::new() }
            }
        }
    )*};
}

plain_kinds! { f64 f32 }

impl<T: Kind> Kind for Dual<T, 2> {
    fn variable(v: f64, i: usize) -> Self {
        Dual::variable(T::variable(v, i), i)
    }

    fn parts(&self, variables: &[usize]) -> Vec<f64> {
        all_parts(&self.value, variables, |i| vec![self.partial(i)], None)
    }
}

impl<T: Kind> Kind for HyperDual<T, 2> {
    fn variable(v: f64, i: usize) -> Self {
        HyperDual::variable(T::variable(v, i), i)
    }

    fn parts(&self, variables: &[usize]) -> Vec<f64> {
        let second = |i, j| self.second_partial(i, j);
        all_parts(&self.value, variables, |i| vec![self.partial(i)], Some(&second))
    }
}

impl<T: Kind> Kind for BlockDual<T, 2, 2> {
    fn variable(v: f64, i: usize) -> Self {
        BlockDual::coordinate(T::variable(v, i), Some(i), Some(i))
    }

    fn parts(&self, variables: &[usize]) -> Vec<f64> {
        let first = |i: usize| vec![self.row_partials()[i], self.column_partials()[i]];
        let second = |i: usize, j: usize| self.mixed_partials()[i][j];
        all_parts(&self.value, variables, first, Some(&second))
    }
}

/// Runs the test body for every kind.
macro_rules! in_every_kind {
    ($($(#[$doc:meta])* fn $name:ident<$k:ident>() $body:block)*) => {$(
        $(#[$doc])*
        #[test]
        fn $name() {
            fn check<$k: Kind>() $body
            check::<Dual<f64, 2>>();
            check::<Dual<f32, 2>>();
            check::<HyperDual<f64, 2>>();
            check::<HyperDual<f32, 2>>();
            check::<BlockDual<f64, 2, 2>>();
            check::<BlockDual<f32, 2, 2>>();
            check::<Dual<Dual<f64, 2>, 2>>();
            check::<Dual<Dual<f32, 2>, 2>>();
            check::<Dual<HyperDual<f64, 2>, 2>>();
            check::<HyperDual<Dual<f64, 2>, 2>>();
            check::<BlockDual<Dual<f64, 2>, 2, 2>>();
            check::<Dual<Dual<Dual<f64, 2>, 2>, 2>>();
        }
    )*};
}

fn x<K: Kind>(v: f64) -> K {
    K::variable(v, 0)
}

fn y<K: Kind>(v: f64) -> K {
    K::variable(v, 1)
}

/// NaN equals NaN.
fn same(a: f64, b: f64) -> bool {
    a == b || a.is_nan() && b.is_nan()
}

/// Every part with respect to these variables has the expected value.
#[track_caller]
fn expect_parts<K: Kind>(z: K, variables: &[usize], expected: f64) {
    for part in z.parts(variables) {
        assert!(
            same(part, expected),
            "derivative {variables:?} is {part}, expected {expected}, in a {}: {z:?}",
            std::any::type_name::<K>()
        );
    }
}

#[track_caller]
fn expect<K: Kind>(z: K, value: f64, first: [f64; 2]) {
    expect_parts(z, &[], value);
    for (i, first) in first.into_iter().enumerate() {
        expect_parts(z, &[i], first);
    }
}

/// The second derivatives xx, xy and yy.
#[track_caller]
fn expect_second<K: Kind>(z: K, [xx, xy, yy]: [f64; 3]) {
    expect_parts(z, &[0, 0], xx);
    expect_parts(z, &[0, 1], xy);
    expect_parts(z, &[1, 0], xy);
    expect_parts(z, &[1, 1], yy);
}

/// The third derivatives xxx, xxy, xyy and yyy.
#[track_caller]
fn expect_third<K: Kind>(z: K, [xxx, xxy, xyy, yyy]: [f64; 4]) {
    let expected = [xxx, xxy, xyy, yyy];
    for i in 0..8 {
        let variables = [i & 1, i >> 1 & 1, i >> 2];
        expect_parts(z, &variables, expected[variables.iter().sum::<usize>()]);
    }
}

/// f(x), with the slope and the curvature in x; nothing depends on the other variable.
#[track_caller]
fn expect_x<K: Kind>(z: K, value: f64, slope: f64, curvature: f64) {
    expect(z, value, [slope, 0.0]);
    expect_second(z, [curvature, 0.0, 0.0]);
    for variables in [[0, 0, 1], [1, 0, 1], [1, 1, 1]] {
        expect_parts(z, &variables, 0.0);
    }
}

/// The value, and three derivatives in x.
#[track_caller]
fn expect_xxx<K: Kind>(z: K, [value, slope, curvature, third]: [f64; 4]) {
    expect_x(z, value, slope, curvature);
    expect_parts(z, &[0, 0, 0], third);
}

/// All derivatives are zero.
#[track_caller]
fn expect_constant<K: Kind>(z: K, value: f64) {
    expect_xxx(z, [value, 0.0, 0.0, 0.0]);
}

/// The value, and the derivatives named.
fn value<K: Kind>(z: K) -> f64 {
    z.parts(&[])[0]
}

fn part<K: Kind>(z: K, variables: &[usize]) -> Option<f64> {
    z.parts(variables).first().copied()
}

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

    /// A constant never spoils a derivative: its zero parts stay zero beside singular factors.
    fn constants_stay_constant<K>() {
        let c = K::constant;
        expect_constant(c(0.0).sqrt(), 0.0);
        expect_constant(c(0.0).cbrt(), 0.0);
        expect_constant(c(0.0).ln(), -INF);
        expect_constant(c(0.0).log2(), -INF);
        expect_constant(c(0.0).log10(), -INF);
        expect_constant(c(-1.0).ln_1p(), -INF);
        expect_constant(c(-1.0).ln(), NAN);
        expect_constant(c(1.0).acos(), 0.0);
        expect_constant(c(1.0).acosh(), 0.0);
        expect_constant(c(1.0).atanh(), INF);
        expect_constant(c(0.0).recip(), INF);
        expect_constant(c(1.0) / c(0.0), INF);
        expect_constant(c(0.0) / c(0.0), NAN);
        expect_constant(c(0.0).powf(c(0.5)), 0.0);
        expect_constant(c(0.0).powf(c(-0.5)), INF);
        expect_constant(c(0.0).powi(-1), INF);
        expect_constant(c(0.0).log(c(2.0)), -INF);
        expect_constant(c(0.0).atan2(c(0.0)), 0.0);
        expect_constant(c(0.0).hypot(c(0.0)), 0.0);
        expect_constant(c(800.0).exp(), f64::INFINITY);
        expect_constant(c(1.0) % c(0.0), NAN);
        expect_constant(c(NAN).abs(), NAN);
    }

    /// ... and in a function of two arguments the other variable's derivative is unharmed.
    fn singular_in_one_variable_only<K>() {
        // y does not enter √x at x = 0, nor x the zero of the other factor
        expect(x::<K>(0.0).sqrt() + y::<K>(3.0), 3.0, [INF, 1.0]);
        expect(x::<K>(1.0) / K::constant(0.0), INF, [INF, 0.0]);
        expect(K::constant(1.0) / x::<K>(0.0), INF, [-INF, 0.0]);
        expect(x::<K>(-2.0).powf(y::<K>(3.0)), -8.0, [12.0, NAN]);
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

    /// powi(0) is the constant 1 everywhere, powi(1) is x itself.
    fn integer_powers<K>() {
        for v in [0.0, 2.0, -3.0, INF, NAN] {
            expect_constant(x::<K>(v).powi(0), 1.0);
            expect_x(x::<K>(v).powi(1), v, 1.0, 0.0);
        }
        // also of a number whose derivatives are infinite
        expect_x(x::<K>(0.0).sqrt().powi(1), 0.0, INF, -INF);
        expect_constant(x::<K>(0.0).sqrt().powi(0), 1.0);
        expect_x(x::<K>(0.0).powi(2), 0.0, 0.0, 2.0);
        expect_x(x::<K>(0.0).powi(3), 0.0, 0.0, 0.0);
        expect_x(x::<K>(-2.0).powi(3), -8.0, 12.0, -12.0);
        expect_x(x::<K>(0.0).powi(-1), INF, -INF, INF);
        // n (n - 1) does not fit an i32
        let z = x::<K>(1.0).powi(i32::MAX);
        let n = f64::from(i32::MAX);
        assert!((part(z, &[0]).unwrap() / n - 1.0).abs() < 1e-6);
        if let Some(second) = part(z, &[0, 0]) {
            assert!((second / (n * (n - 1.0)) - 1.0).abs() < 1e-6, "{second:?}");
        }
        assert!(part(x::<K>(1.0).powi(i32::MIN), &[0]).unwrap() < -2.1e9);
    }

    /// powf with a constant exponent: negative bases and one-sided limits at zero.
    fn constant_powers<K>() {
        let c = K::constant;
        let zero = |exponent: f64| x::<K>(0.0).powf(c(exponent));
        expect_xxx(x::<K>(-2.0).powf(c(3.0)), [-8.0, 12.0, -12.0, 6.0]);
        expect_xxx(x::<K>(-2.0).powf(c(-1.0)), [-0.5, -0.25, -0.25, -0.375]);
        expect_xxx(x::<K>(-2.0).powf(c(0.5)), [NAN; 4]);
        expect_xxx(zero(0.0), [1.0, 0.0, 0.0, 0.0]);
        expect_xxx(zero(1.0), [0.0, 1.0, 0.0, 0.0]);
        expect_xxx(zero(2.0), [0.0, 0.0, 2.0, 0.0]);
        expect_xxx(zero(3.0), [0.0, 0.0, 0.0, 6.0]);
        expect_xxx(zero(0.5), [0.0, INF, -INF, INF]);
        expect_xxx(x::<K>(-0.0).powf(c(0.5)), [0.0, INF, -INF, INF]);
        expect_xxx(zero(0.3), [0.0, INF, -INF, INF]);
        expect_xxx(zero(1.5), [0.0, 0.0, INF, -INF]);
        expect_xxx(zero(2.5), [0.0, 0.0, 0.0, INF]);
        expect_xxx(zero(-0.5), [INF, -INF, INF, -INF]);
        expect_xxx(zero(-1.0), [INF, -INF, INF, -INF]);
        // from below, where the power is defined there
        expect_xxx(x::<K>(-0.0).powf(c(-1.0)), [-INF, -INF, -INF, -INF]);
        expect_xxx(x::<K>(-0.0).powf(c(-2.0)), [INF, INF, INF, INF]);
    }

    /// 0^y: zero with y > 0, -∞ in y with y = 0; in general the limits from above.
    fn variable_exponents<K>() {
        let zero = |exponent: f64| x::<K>(0.0).powf(y::<K>(exponent));
        expect(zero(2.0), 0.0, [0.0, 0.0]);
        expect_second(zero(2.0), [2.0, 0.0, 0.0]);
        expect(zero(1.0), 0.0, [1.0, 0.0]);
        expect_second(zero(1.0), [0.0, -INF, 0.0]);
        expect(zero(0.5), 0.0, [INF, 0.0]);
        expect_second(zero(0.5), [-INF, -INF, 0.0]);
        expect_third(zero(0.5), [INF, INF, INF, 0.0]);
        expect(zero(0.0), 1.0, [0.0, -INF]);
        expect_second(zero(0.0), [0.0, INF, INF]);
        expect(zero(-1.0), INF, [-INF, -INF]);
        expect_second(zero(-1.0), [INF, INF, INF]);
        expect(K::constant(0.0).powf(y::<K>(0.5)), 0.0, [0.0, 0.0]);
        expect(K::constant(0.0).powf(y::<K>(0.0)), 1.0, [0.0, -INF]);
        expect(x::<K>(1.0).powf(y::<K>(3.0)), 1.0, [3.0, 0.0]);
        expect(x::<K>(-2.0).powf(y::<K>(0.5)), NAN, [NAN, NAN]);
        expect_second(x::<K>(-2.0).powf(y::<K>(3.0)), [-12.0, NAN, NAN]);
        // x^x: the slope is x^x (1 + ln x)
        expect_xxx(x::<K>(0.0).powf(x::<K>(0.0)), [1.0, -INF, INF, -INF]);
    }

    /// Where the value of a power leaves the range and its derivatives do not, or do with it.
    fn powers_at_the_ends_of_the_range<K>() {
        let (c, wide) = (K::constant, x::<K>(1e300).is_finite());
        expect_xxx(x::<K>(0.5).powf(c(if wide { 1e155 } else { 1e20 })), [0.0; 4]);
        if wide {
            expect_x(x::<K>(1e160).powf(c(3.0)), INF, INF, 6e160);
            let large = x::<K>(1e300).powf(c(2.5));
            expect(large, INF, [INF, 0.0]);
            if let Some(second) = part(large, &[0, 0]) {
                assert!((second / 3.75e150 - 1.0).abs() < 1e-15, "{second:e}");
            }
            let small = x::<K>(1e-310).powf(c(2.0));
            expect_x(small, 0.0, 2e-310, 2.0);
        }
    }

    /// hypot at the origin: gradient zero, NaN beyond; atan2: NaN. Unless the parts are zero.
    fn polar_coordinates_at_the_origin<K>() {
        for (zero, other) in [(0.0, 0.0), (-0.0, 0.0), (-0.0, -0.0)] {
            let h = x::<K>(zero).hypot(y::<K>(other));
            expect(h, 0.0, [0.0, 0.0]);
            expect_second(h, [NAN; 3]);
            expect_third(h, [NAN; 4]);
        }
        expect_xxx(x::<K>(0.0).hypot(K::constant(0.0)), [0.0, 0.0, NAN, NAN]);
        expect_xxx(K::constant(0.0).hypot(x::<K>(0.0)), [0.0, 0.0, NAN, NAN]);
        // a distance that happens to be zero does not poison a sum
        expect(x::<K>(0.0).hypot(y::<K>(0.0)) + x::<K>(2.0), 2.0, [1.0, 0.0]);
        let angle = x::<K>(0.0).atan2(y::<K>(0.0));
        expect(angle, 0.0, [NAN, NAN]);
        expect_second(angle, [NAN; 3]);
        expect_xxx(x::<K>(0.0).atan2(K::constant(0.0)), [0.0, NAN, NAN, NAN]);
        // on the axes everything is regular
        expect(x::<K>(0.0).hypot(y::<K>(-2.0)), 2.0, [0.0, -1.0]);
        expect(x::<K>(1.0).atan2(K::constant(0.0)), value(x::<K>(1.0).atan2(K::constant(0.0))), [0.0, 0.0]);
        expect(x::<K>(0.0).atan2(y::<K>(2.0)), 0.0, [0.5, 0.0]);
    }

    /// copysign follows x up to the sign.
    fn copysign<K>() {
        expect_x(x::<K>(3.0).copysign(K::constant(-1.0)), -3.0, -1.0, 0.0);
        expect_x(x::<K>(-3.0).copysign(K::constant(0.0)), 3.0, -1.0, 0.0);
        expect(x::<K>(3.0).copysign(y::<K>(-0.0)), -3.0, [-1.0, 0.0]);
        expect(x::<K>(3.0).copysign(y::<K>(0.0)), 3.0, [1.0, 0.0]);
    }

    /// The one-sided limits of the roots and logarithms at zero, of either sign.
    fn one_sided_limits<K>() {
        for zero in [0.0, -0.0] {
            expect_xxx(x::<K>(zero).sqrt(), [0.0, INF, -INF, INF]);
            expect(x::<K>(zero).cbrt(), 0.0, [INF, 0.0]);
            expect_xxx(x::<K>(zero).ln(), [-INF, INF, -INF, INF]);
            expect_xxx(x::<K>(zero).log2(), [-INF, INF, -INF, INF]);
            expect_xxx(x::<K>(zero).log10(), [-INF, INF, -INF, INF]);
            expect_xxx(x::<K>(zero).log(K::constant(3.0)), [-INF, INF, -INF, INF]);
        }
        assert!(x::<K>(-0.0).sqrt().is_sign_negative());
        expect_xxx(x::<K>(1.0).asin(), [value(x::<K>(1.0).asin()), INF, INF, INF]);
        expect_xxx(x::<K>(-1.0).asin(), [value(x::<K>(-1.0).asin()), INF, -INF, INF]);
        expect_xxx(x::<K>(1.0).acos(), [0.0, -INF, -INF, -INF]);
        expect_xxx(x::<K>(1.0).acosh(), [0.0, INF, -INF, INF]);
        expect_xxx(x::<K>(1.0).atanh(), [INF, INF, INF, INF]);
        expect_xxx(x::<K>(-1.0).atanh(), [-INF, INF, -INF, INF]);
    }

    /// Zero divisors, in quotients and in negative powers: ±∞ by the signs.
    fn zero_divisors<K>() {
        for power in [x::<K>(0.0).recip(), x::<K>(0.0).powi(-1), K::constant(1.0) / x::<K>(0.0)] {
            expect_xxx(power, [INF, -INF, INF, -INF]);
        }
        expect_xxx(x::<K>(0.0).powi(-2), [INF, -INF, INF, -INF]);
        expect_xxx(x::<K>(0.0).powi(-3), [INF, -INF, INF, -INF]);
        expect_xxx(x::<K>(-0.0).powi(-2), [INF, INF, INF, INF]);
        // a first derivative that is zero, beside a second one that is not
        let square = x::<K>(0.0) * x::<K>(0.0);
        for quotient in [square / K::constant(0.0), square / K::Scalar::literal(0.0)] {
            expect_x(quotient, NAN, 0.0, INF);
        }
        expect(x::<K>(1.0) / K::constant(0.0), INF, [INF, 0.0]);
    }

    /// Out of the domain all parts are NaN, but for those of variables that do not enter.
    fn out_of_the_domain<K>() {
        let undefined = [
            x::<K>(-1.0).ln(), x::<K>(-1.0).log2(), x::<K>(-1.0).log10(), x::<K>(-2.0).ln_1p(), x::<K>(-1.0).sqrt(),
            x::<K>(2.0).asin(), x::<K>(-2.0).acos(), x::<K>(0.5).acosh(), x::<K>(-2.0).acosh(), x::<K>(-1e300).acosh(),
            x::<K>(2.0).atanh(), x::<K>(-2.0).atanh(), x::<K>(-2.0).log(K::constant(3.0)),
            x::<K>(INF).sin(), x::<K>(INF).cos(),
        ];
        for z in undefined {
            expect_x(z, NAN, NAN, NAN);
        }
        expect(x::<K>(INF).tan(), NAN, [NAN, 0.0]);
        // there is no remainder, and a linear function has no curvature
        expect_x(x::<K>(1.0) % K::constant(0.0), NAN, NAN, 0.0);
        expect_x(x::<K>(INF) % K::constant(2.0), NAN, NAN, 0.0);
    }

    /// NaN goes in and NaN comes out.
    fn nan<K>() {
        let n = x::<K>(NAN);
        let results = [
            n.recip(), n.sqrt(), n.cbrt(), n.exp(), n.exp2(), n.exp_m1(), n.ln(), n.log2(),
            n.log10(), n.ln_1p(), n.sin(), n.cos(), n.tan(), n.asin(), n.acos(), n.atan(),
            n.sinh(), n.cosh(), n.tanh(), n.asinh(), n.acosh(), n.atanh(), n.powi(3), n.powi(-7),
            n.powf(K::constant(2.5)), n.log(K::constant(2.0)), n.hypot(K::constant(1.0)),
            n.atan2(K::constant(1.0)), n / x::<K>(2.0), n % K::constant(2.0), n.abs(),
        ];
        for z in results {
            expect(z, NAN, [NAN, 0.0]);
        }
        expect(n + y::<K>(1.0), NAN, [1.0, 1.0]);
        expect(n * y::<K>(1.0), NAN, [NAN, NAN]);
        expect(n.powi(2), NAN, [NAN, NAN]);
    }

    /// Infinities: the limits of the derivatives.
    fn infinities<K>() {
        expect_x(x::<K>(INF).recip(), 0.0, 0.0, 0.0);
        expect_x(x::<K>(INF).sqrt(), INF, 0.0, 0.0);
        expect_x(x::<K>(INF).cbrt(), INF, 0.0, 0.0);
        expect_x(x::<K>(INF).ln(), INF, 0.0, 0.0);
        expect_x(x::<K>(INF).exp(), INF, INF, INF);
        expect_x(x::<K>(-INF).exp(), 0.0, 0.0, 0.0);
        expect_x(x::<K>(INF).tanh(), 1.0, 0.0, 0.0);
        expect_x(x::<K>(-INF).tanh(), -1.0, 0.0, 0.0);
        expect_x(x::<K>(INF).atan(), value(x::<K>(INF).atan()), 0.0, 0.0);
        expect_x(x::<K>(-INF).asinh(), -INF, 0.0, 0.0);
        expect_x(x::<K>(INF).acosh(), INF, 0.0, 0.0);
        expect(x::<K>(2.0) / y::<K>(INF), 0.0, [0.0, 0.0]);
        expect(x::<K>(INF).hypot(y::<K>(1.0)), INF, [1.0, 0.0]);
    }

    /// Overflow and underflow of the squares do not reach hypot and atan2.
    fn polar_coordinates_at_the_ends_of_the_range<K>() {
        let big = if x::<K>(1e300).is_finite() { 2f64.powi(1000) } else { 2f64.powi(120) };
        let small = big.recip();
        for scale in [big, small] {
            let h = x::<K>(3.0 * scale).hypot(y::<K>(4.0 * scale));
            assert_eq!(value(h), 5.0 * scale);
            let [hx, hy] = [0, 1].map(|i| part(h, &[i]).unwrap());
            assert!((hx - 0.6).abs() < 1e-7 && (hy - 0.8).abs() < 1e-7, "{h:?}");
            let angle = part(x::<K>(scale).atan2(y::<K>(scale)), &[0]).unwrap() * scale;
            assert!((angle - 0.5).abs() < 1e-6, "{angle}");
        }
    }

    /// A coordinate much smaller than the other one keeps its second derivative.
    fn hypot_of_coordinates_far_apart<K>() {
        if !x::<K>(1e300).is_finite() {
            return;
        }
        let h = x::<K>(1e-300).hypot(y::<K>(1e-140));
        for (variables, expected) in [([0, 0], 1e140), ([0, 1], -1e-20), ([1, 1], 1e-180)] {
            if let Some(second) = part(h, &variables) {
                assert!((second / expected - 1.0).abs() < 1e-13, "{variables:?}: {second:e}");
            }
        }
        // next to the smallest numbers, where 1/h overflows
        let tiny = x::<K>(5e-324).hypot(y::<K>(1e-309));
        expect_parts(tiny, &[0, 0], INF);
        let both = x::<K>(3e-310).hypot(K::constant(4e-310));
        assert!((part(both, &[0]).unwrap() - 0.6).abs() < 1e-13);
        expect_second(both, [INF, 0.0, 0.0]);
    }

    /// A logarithm to or of a subnormal number: infinite where the derivative overflows, and not beyond.
    fn logarithms_of_subnormal_numbers<K>() {
        if !x::<K>(1e300).is_finite() {
            return;
        }
        let about = |z: K, variables: &[usize], expected: f64| {
            if let Some(got) = part(z, variables) {
                assert!((got / expected - 1.0).abs() < 1e-12, "{got:e}, expected {expected:e}");
            }
        };
        let (a, b, l) = (1e-310_f64, 1e300_f64, 1e300_f64.ln());
        let z = x::<K>(a).log(y::<K>(b));
        // -1/(a b l²)
        about(z, &[0, 1], -(1.0 / (a * b)) / (l * l));
        about(z, &[1], -(a.ln() / b) / (l * l));
        let z = x::<K>(b).log(y::<K>(a));
        about(z, &[0, 1], -(1.0 / (a * b)) / (a.ln() * a.ln()));
        about(z, &[0], (b * a.ln()).recip());
        expect_parts(z, &[1, 1], INF);
        expect_x(x::<K>(f64::MIN_POSITIVE).log(K::constant(0.9)), f64::MIN_POSITIVE.log(0.9),
            1.0 / 0.9_f64.ln() / f64::MIN_POSITIVE, INF);
    }

    /// ln x = 0 beside derivatives of 1/ln b that overflow: the logarithm of one is zero to every base.
    fn logarithms_of_one_to_tiny_bases<K>() {
        let b = if x::<K>(1e300).is_finite() { 1e-222 } else { 1e-29 };
        let l = value(x::<K>(b).ln());
        let z = x::<K>(1.0).log(y::<K>(b));
        expect_parts(z, &[1], 0.0);
        expect_parts(z, &[1, 1], 0.0);
        expect_parts(z, &[1, 1, 1], 0.0);
        for part in z.parts(&[0]) {
            assert!((part * l - 1.0).abs() < 1e-6, "{part:e}");
        }
    }

    /// The derivatives of ln b overflow, those of the logarithm to the base b do not.
    fn logarithms_whose_base_changes_fast<K>() {
        let (b, scale) = if x::<K>(1e300).is_finite() { (1e-150, 1e6) } else { (1e-19, 10.0) };
        for near in [1.0 - 1.0 / 1024.0, 1.0] {
            let l = value(x::<K>(b).ln());
            let z = K::constant(near).log(y::<K>(b) * K::constant(scale) - K::constant(b * (scale - 1.0)));
            let b = b / scale;
            let expected = near.ln() / (b * l) / (b * l) * (1.0 + 2.0 / l);
            for part in z.parts(&[1, 1]) {
                let error = if near == 1.0 { part } else { part / expected - 1.0 };
                assert!(error.abs() < 1e-4, "{part:e}, expected {expected:e}");
            }
            if near == 1.0 {
                expect_parts(z, &[1], 0.0);
            }
        }
    }

    /// ln 0 is infinite, and so are its derivatives, though 1/b² underflows.
    fn logarithms_of_zero_to_huge_bases<K>() {
        let b = if x::<K>(1e300).is_finite() { 1e170 } else { 1e25 };
        let z = K::constant(0.0).log(y::<K>(b));
        expect(z, -INF, [0.0, INF]);
        expect_parts(z, &[1, 1], -INF);
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

    /// (x + y)/2 is linear, with equal weights.
    fn midpoints<K>() {
        expect(Real::midpoint(x::<K>(1.0), y::<K>(4.0)), 2.5, [0.5, 0.5]);
        expect_second(Real::midpoint(x::<K>(1.0), y::<K>(4.0)), [0.0; 3]);
        expect(Real::midpoint(x::<K>(3.0), x::<K>(5.0)), 4.0, [1.0, 0.0]);
    }

    /// The positive difference is a kink with derivative zero on the flat side.
    fn positive_difference<K>() {
        expect(x::<K>(3.0).abs_sub(y::<K>(1.0)), 2.0, [1.0, -1.0]);
        expect_constant(x::<K>(1.0).abs_sub(y::<K>(3.0)), 0.0);
        expect_constant(x::<K>(1.0).abs_sub(y::<K>(1.0)), 0.0);
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
