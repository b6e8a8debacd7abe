//! One test for each guarantee and each convention at a kink or singularity, in every kind: `Dual`,
//! `HyperDual`, `BlockDual`, nested jets, f64 and f32.

use gradual::{BlockDual, Dual, HyperDual, Operand, Real};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// A number of one or two variables, whatever its kind and precision.
trait Kind: Real + Operand<Self> {
    /// Variable number `i` of two.
    fn variable(v: f64, i: usize) -> Self;
    fn constant(v: f64) -> Self {
        Self::literal(v)
    }
    /// The value, the first partials and, where the kind has them, the second ones.
    fn value(&self) -> f64;
    fn first(&self) -> [f64; 2];
    fn second(&self) -> Option<[[f64; 2]; 2]>;
}

macro_rules! kinds {
    ($($s:ident)*) => {$(
        impl Kind for Dual<$s, 2> {
            fn variable(v: f64, i: usize) -> Self {
                Dual::variable(v as $s, i)
            }
            fn value(&self) -> f64 {
                self.value as f64
            }
            fn first(&self) -> [f64; 2] {
                self.gradient().map(|p| p as f64)
            }
            fn second(&self) -> Option<[[f64; 2]; 2]> {
                None
            }
        }

        impl Kind for HyperDual<$s, 2> {
            fn variable(v: f64, i: usize) -> Self {
                HyperDual::variable(v as $s, i)
            }
            fn value(&self) -> f64 {
                self.value as f64
            }
            fn first(&self) -> [f64; 2] {
                self.gradient().map(|p| p as f64)
            }
            fn second(&self) -> Option<[[f64; 2]; 2]> {
                Some(self.hessian().map(|row| row.map(|p| p as f64)))
            }
        }

        impl Kind for BlockDual<$s, 2, 2> {
            fn variable(v: f64, i: usize) -> Self {
                BlockDual::coordinate(v as $s, Some(i), Some(i))
            }
            fn value(&self) -> f64 {
                self.value as f64
            }
            fn first(&self) -> [f64; 2] {
                let rows = self.row_partials();
                for (row, column) in rows.iter().zip(self.column_partials()) {
                    assert!(*row == column || row.is_nan() && column.is_nan());
                }
                rows.map(|p| p as f64)
            }
            fn second(&self) -> Option<[[f64; 2]; 2]> {
                Some(self.mixed_partials().map(|row| row.map(|p| p as f64)))
            }
        }

        impl Kind for Dual<Dual<$s, 2>, 2> {
            fn variable(v: f64, i: usize) -> Self {
                Dual::variable(Dual::variable(v as $s, i), i)
            }
            fn value(&self) -> f64 {
                self.value.value as f64
            }
            fn first(&self) -> [f64; 2] {
                self.gradient().map(|p| p.value as f64)
            }
            fn second(&self) -> Option<[[f64; 2]; 2]> {
                Some(self.gradient().map(|p| p.gradient().map(|q| q as f64)))
            }
        }
    )*};
}

kinds! { f64 f32 }

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
        }
    )*};
}

fn x<K: Kind>(v: f64) -> K {
    K::variable(v, 0)
}

fn y<K: Kind>(v: f64) -> K {
    K::variable(v, 1)
}

/// NaN equals NaN; zeros compare with their sign when `signed`.
fn same(a: f64, b: f64) -> bool {
    a == b || a.is_nan() && b.is_nan()
}

#[track_caller]
fn expect<K: Kind>(z: K, value: f64, first: [f64; 2]) {
    assert!(same(z.value(), value), "value of {z:?}, expected {value}");
    for i in 0..2 {
        assert!(same(z.first()[i], first[i]), "partial {i} of {z:?}, expected {first:?}");
    }
}

/// f(x), with the slope and the curvature in x; nothing depends on the other variable.
#[track_caller]
fn expect_x<K: Kind>(z: K, value: f64, slope: f64, curvature: f64) {
    expect(z, value, [slope, 0.0]);
    if let Some(second) = z.second() {
        assert!(same(second[0][0], curvature), "curvature of {z:?}, expected {curvature}");
        assert!(second[0][1] == 0.0 && second[1][0] == 0.0 && second[1][1] == 0.0, "{z:?}");
    }
}

/// All derivatives are zero.
#[track_caller]
fn expect_constant<K: Kind>(z: K, value: f64) {
    expect_x(z, value, 0.0, 0.0);
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
        assert!((z.first()[0] / n - 1.0).abs() < 1e-6);
        if let Some(second) = z.second() {
            assert!((second[0][0] / (n * (n - 1.0)) - 1.0).abs() < 1e-6, "{second:?}");
        }
        assert!(x::<K>(1.0).powi(i32::MIN).first()[0] < -2.1e9);
    }

    /// powf with a constant exponent: negative bases and one-sided limits at zero.
    fn constant_powers<K>() {
        let c = K::constant;
        expect_x(x::<K>(-2.0).powf(c(3.0)), -8.0, 12.0, -12.0);
        expect_x(x::<K>(-2.0).powf(c(-1.0)), -0.5, -0.25, -0.25);
        expect(x::<K>(-2.0).powf(c(0.5)), NAN, [NAN, 0.0]);
        expect_x(x::<K>(0.0).powf(c(0.0)), 1.0, 0.0, 0.0);
        expect_x(x::<K>(0.0).powf(c(1.0)), 0.0, 1.0, 0.0);
        expect_x(x::<K>(0.0).powf(c(2.0)), 0.0, 0.0, 2.0);
        expect_x(x::<K>(0.0).powf(c(3.0)), 0.0, 0.0, 0.0);
        expect(x::<K>(0.0).powf(c(0.5)), 0.0, [INF, 0.0]);
        expect(x::<K>(0.0).powf(c(1.5)), 0.0, [0.0, 0.0]);
        expect(x::<K>(0.0).powf(c(-0.5)), INF, [-INF, 0.0]);
    }

    /// 0^y with y > 0 has zero derivative with respect to y; 0^0 has -∞.
    fn variable_exponents<K>() {
        expect(x::<K>(0.0).powf(y::<K>(2.0)), 0.0, [0.0, 0.0]);
        expect(K::constant(0.0).powf(y::<K>(0.5)), 0.0, [0.0, 0.0]);
        expect(K::constant(0.0).powf(y::<K>(0.0)), 1.0, [0.0, -INF]);
        expect(x::<K>(1.0).powf(y::<K>(3.0)), 1.0, [3.0, 0.0]);
        expect(x::<K>(-2.0).powf(y::<K>(0.5)), NAN, [NAN, NAN]);
    }

    /// hypot and atan2 at the origin: NaN derivatives unless the parts are zero.
    fn polar_coordinates_at_the_origin<K>() {
        expect(x::<K>(0.0).hypot(y::<K>(0.0)), 0.0, [NAN, NAN]);
        expect(x::<K>(0.0).hypot(K::constant(0.0)), 0.0, [NAN, 0.0]);
        expect(x::<K>(0.0).atan2(y::<K>(0.0)), 0.0, [NAN, NAN]);
        // on the axes everything is regular
        expect(x::<K>(0.0).hypot(y::<K>(-2.0)), 2.0, [0.0, -1.0]);
        expect(x::<K>(1.0).atan2(K::constant(0.0)), x::<K>(1.0).atan2(K::constant(0.0)).value(), [0.0, 0.0]);
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
            expect_x(x::<K>(zero).sqrt(), 0.0, INF, -INF);
            expect(x::<K>(zero).cbrt(), 0.0, [INF, 0.0]);
            expect_x(x::<K>(zero).ln(), -INF, INF, -INF);
        }
        assert!(x::<K>(-0.0).sqrt().is_sign_negative());
        expect_x(x::<K>(1.0).asin(), x::<K>(1.0).asin().value(), INF, INF);
        expect_x(x::<K>(1.0).acosh(), 0.0, INF, -INF);
        expect_x(x::<K>(1.0).atanh(), INF, INF, INF);
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
        expect_x(x::<K>(INF).atan(), x::<K>(INF).atan().value(), 0.0, 0.0);
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
            assert_eq!(h.value(), 5.0 * scale);
            let [hx, hy] = h.first();
            assert!((hx - 0.6).abs() < 1e-7 && (hy - 0.8).abs() < 1e-7, "{h:?}");
            let angle = x::<K>(scale).atan2(y::<K>(scale)).first()[0] * scale;
            assert!((angle - 0.5).abs() < 1e-6, "{angle}");
        }
    }

    /// `%` and rem_euclid have partials 1 and -q.
    fn remainders<K>() {
        expect(x::<K>(7.5) % y::<K>(2.0), 1.5, [1.0, -3.0]);
        expect(x::<K>(-7.5) % y::<K>(2.0), -1.5, [1.0, 3.0]);
        expect(x::<K>(-7.5).rem_euclid(&y::<K>(2.0)), 0.5, [1.0, 4.0]);
        expect(x::<K>(6.0) % y::<K>(2.0), 0.0, [1.0, -3.0]);
        expect(x::<K>(3.0) % y::<K>(INF), 3.0, [1.0, 0.0]);
    }

    /// The positive difference is a kink with derivative zero on the flat side.
    fn positive_difference<K>() {
        expect(x::<K>(3.0).abs_sub(y::<K>(1.0)), 2.0, [1.0, -1.0]);
        expect_constant(x::<K>(1.0).abs_sub(y::<K>(3.0)), 0.0);
        expect_constant(x::<K>(1.0).abs_sub(y::<K>(1.0)), 0.0);
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
