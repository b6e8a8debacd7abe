//! A kind of any order needs no new rule: Taylor coefficients to order K in one variable, defined here
//! outside the crate by the eight methods of the trait, give third derivatives (and the tenth)
//! of every function.

use core::fmt;

use gradual::derivatives::{ByRules, Derivatives, Multiply, PartWriter};
use gradual::{Jet, Real};

/// c_1, ..., c_K of a function of one variable t.
#[derive(Clone, Copy, Debug)]
struct Taylor<const K: usize>([f64; K]);

impl<const K: usize> Taylor<K> {
    /// c_k, with c_0 given.
    fn at(&self, k: usize, zeroth: f64) -> f64 {
        if k == 0 { zeroth } else { self.0[k - 1] }
    }
}

impl<const K: usize> Derivatives<f64> for Taylor<K> {
    type Series = [f64; K];
    type Operations = ByRules;
    const ZERO: Self = Self([0.0; K]);

    fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        Self(self.0.map(f))
    }

    fn zip(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self(std::array::from_fn(|i| f(self.0[i], other.0[i])))
    }

    fn all(&self, test: impl FnMut(&f64) -> bool) -> bool {
        self.0.iter().all(test)
    }

    fn all_pairs(&self, other: &Self, mut test: impl FnMut(&f64, &f64) -> bool) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| test(a, b))
    }

    /// Horner's rule in the polynomial x(t) - x(0).
    fn compose<M: Multiply>(&self, c: &[f64; K]) -> Self {
        // ((c_K x + c_{K-1}) x + ...) x, where x has the value zero
        let mut sum = Self::ZERO;
        for &c in c.iter().rev() {
            sum = sum.product::<M>(c, self, 0.0);
        }
        sum
    }

    fn product<M: Multiply>(&self, x: f64, other: &Self, y: f64) -> Self {
        Self(std::array::from_fn(|i| {
            let k = i + 1;
            (0..=k).map(|j| M::times(self.at(j, x), other.at(k - j, y))).sum()
        }))
    }

    fn quotient<M: Multiply>(&self, other: &Self, q: f64, y: f64) -> Self {
        let mut result = Self::ZERO;
        for k in 1..=K {
            let known: f64 = (0..k).map(|j| M::times(result.at(j, q), other.at(k - j, y))).sum();
            result.0[k - 1] = M::divide(self.0[k - 1] - known, M::divisor(y));
        }
        result
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<f64>) -> fmt::Result {
        for (i, c) in self.0.iter().enumerate() {
            f.write_str(" + ")?;
            part(c, f)?;
            write!(f, " t^{}", i + 1)?;
        }
        Ok(())
    }
}

fn variable<const K: usize>(x: f64) -> Jet<f64, Taylor<K>> {
    let mut t = Taylor::ZERO;
    t.0[0] = 1.0;
    Jet { value: x, derivatives: t }
}

/// The value and three derivatives, to a few ulps of the largest of them (some have zeros).
#[track_caller]
fn expect(name: &str, y: Jet<f64, Taylor<3>>, expected: [f64; 4]) {
    let c = y.derivatives.0;
    let got = [y.value, c[0], c[1] * 2.0, c[2] * 6.0];
    let size = expected.iter().fold(0.0, |a: f64, b| a.max(b.abs()));
    for k in 0..4 {
        let error = (got[k] - expected[k]).abs();
        assert!(error <= 8.0 * f64::EPSILON * size, "{name}: {got:?}, expected {expected:?}");
    }
}

/// Third derivatives against closed forms, on both branches of the functions that have them.
#[test]
fn third_derivatives() {
    for x in [0.3_f64, 0.7, 1.9, -0.3, -1.9] {
        let v = variable::<3>(x);
        let (s, c, t, th) = (x.sin(), x.cos(), x.tan(), x.tanh());
        let e = x.exp();
        let q = 1.0 + x * x;
        let sech2 = 1.0 / x.cosh().powi(2);
        expect("recip", v.recip(), [1.0 / x, -1.0 / x.powi(2), 2.0 / x.powi(3), -6.0 / x.powi(4)]);
        expect("exp", v.exp(), [e; 4]);
        expect("exp_m1", v.exp_m1(), [x.exp_m1(), e, e, e]);
        expect("sin", v.sin(), [s, c, -s, -c]);
        expect("cos", v.cos(), [c, -s, -c, s]);
        let r = 1.0 + t * t;
        expect("tan", v.tan(), [t, r, 2.0 * t * r, 2.0 * r * (1.0 + 3.0 * t * t)]);
        expect("sinh", v.sinh(), [x.sinh(), x.cosh(), x.sinh(), x.cosh()]);
        expect("cosh", v.cosh(), [x.cosh(), x.sinh(), x.cosh(), x.sinh()]);
        let third = 2.0 * sech2 * (2.0 * th * th - sech2);
        expect("tanh", v.tanh(), [th, sech2, -2.0 * th * sech2, third]);
        let third = (6.0 * x * x - 2.0) / q.powi(3);
        expect("atan", v.atan(), [x.atan(), 1.0 / q, -2.0 * x / q.powi(2), third]);
        let third = (2.0 * x * x - 1.0) * q.powf(-2.5);
        expect("asinh", v.asinh(), [x.asinh(), q.powf(-0.5), -x * q.powf(-1.5), third]);
        let y = x.cbrt();
        let third = 10.0 / 27.0 * y / x / x / x;
        expect("cbrt", v.cbrt(), [y, y / x / 3.0, -2.0 / 9.0 * y / x / x, third]);
        let powers = [x.powi(5), 5.0 * x.powi(4), 20.0 * x.powi(3), 60.0 * x.powi(2)];
        expect("powi", v.powi(5), powers);
        expect("powi", v.powi(2), [x * x, 2.0 * x, 2.0, 0.0]);
        if x > 0.0 {
            let y = x.sqrt();
            expect("sqrt", v.sqrt(), [y, 0.5 / y, -0.25 / y / x, 0.375 / y / x / x]);
            expect("ln", v.ln(), [x.ln(), 1.0 / x, -1.0 / x.powi(2), 2.0 / x.powi(3)]);
            let p = x.powf(2.5);
            let powers = [p, 2.5 * p / x, 3.75 * p / x / x, 1.875 * p / x.powi(3)];
            expect("powf", v.powf(Jet::constant(2.5)), powers);
            // the derivative of x^x is x^x (1 + ln x)
            let (f, l) = (x.powf(x), 1.0 + x.ln());
            let third = f * (l.powi(3) + 3.0 * l / x - 1.0 / (x * x));
            expect("x^x", v.powf(v), [f, f * l, f * (l * l + 1.0 / x), third]);
        }
        if x.abs() < 1.0 {
            let w = 1.0 - x * x;
            let root = [w.powf(-0.5), x * w.powf(-1.5), (1.0 + 2.0 * x * x) * w.powf(-2.5)];
            expect("asin", v.asin(), [x.asin(), root[0], root[1], root[2]]);
            expect("acos", v.acos(), [x.acos(), -root[0], -root[1], -root[2]]);
            let third = (2.0 + 6.0 * x * x) / w.powi(3);
            expect("atanh", v.atanh(), [x.atanh(), 1.0 / w, 2.0 * x / w.powi(2), third]);
        }
        if x > 1.0 {
            let w = x * x - 1.0;
            let third = (2.0 * x * x + 1.0) * w.powf(-2.5);
            expect("acosh", v.acosh(), [x.acosh(), w.powf(-0.5), -x * w.powf(-1.5), third]);
        }
    }
}

/// The functions of two arguments, expanded where nothing cancels, to third order: along a line they
/// must agree with the functions of one argument that they reduce to.
#[test]
fn two_arguments_to_third_order() {
    for x in [0.3, 0.99, 1.01, 5.0, -2.0] {
        let (t, one) = (variable::<3>(x), Jet::constant(1.0));
        // atan2(t, 1) = atan t, hypot(t, 1) = √(1 + t²)
        let (angle, atan) = (t.atan2(one), t.atan());
        let (length, root) = (t.hypot(one), (t * t + 1.0).sqrt());
        for k in 0..3 {
            let difference = (angle.derivatives.0[k] - atan.derivatives.0[k]).abs();
            assert!(difference < 8.0 * f64::EPSILON, "atan2 at {x}, order {}", k + 1);
            let difference = (length.derivatives.0[k] - root.derivatives.0[k]).abs();
            assert!(difference < 8.0 * f64::EPSILON, "hypot at {x}, order {}", k + 1);
        }
    }
}

/// High order: known series, and compositions that must undo each other.
#[test]
fn tenth_order() {
    let y = variable::<10>(0.0);
    let mut factorial = 1.0;
    for k in 1..=10 {
        factorial *= k as f64;
        assert!((y.exp().derivatives.0[k - 1] * factorial - 1.0).abs() < 1e-14);
    }
    // 1/(1 - t) = 1 + t + t² + ...
    let geometric = (-y + 1.0).recip();
    assert_eq!(geometric.derivatives.0, [1.0; 10]);
    // atan t = t - t³/3 + t⁵/5 - ...
    for (k, c) in (1..).zip(y.atan().derivatives.0) {
        let expected = [0.0, 1.0, 0.0, -1.0][k % 4] / k as f64;
        assert!((c - expected).abs() < 1e-15, "atan, order {k}: {c}");
    }
    // exp(ln(1 + t)) = 1 + t
    let round = y.ln_1p().exp().derivatives.0;
    assert!((round[0] - 1.0).abs() < 1e-15 && round[1..].iter().all(|c| c.abs() < 1e-14));
    // sinc t = 1 - t²/6 + t⁴/120 - ..., near and far from zero
    assert!((y.sinc().derivatives.0[3] - 1.0 / 120.0).abs() < 1e-17);
    let far = variable::<10>(3.0);
    let difference = (far.sinc() - far.sin() / far).derivatives.0;
    assert!(difference.iter().all(|c| c.abs() < 1e-13), "{difference:?}");
}

/// The coefficients of `got` are those of `expected`, to `tolerance` of the largest.
#[track_caller]
fn agree(name: &str, got: Jet<f64, Taylor<8>>, expected: Jet<f64, Taylor<8>>, tolerance: f64) {
    let (got, expected) = (got.derivatives.0, expected.derivatives.0);
    let size = expected.iter().fold(0.0, |a: f64, b| a.max(b.abs()));
    for k in 0..8 {
        let error = (got[k] - expected[k]).abs();
        assert!(error <= tolerance * size, "{name}, order {}: {got:?}, {expected:?}", k + 1);
    }
}

/// Functions and their inverses undo each other to every order.
#[test]
fn inverse_functions() {
    for x in [0.2, -0.45, 0.6, -0.7] {
        let t = variable::<8>(x);
        agree("sin asin", t.asin().sin(), t, 1e-11);
        agree("cos acos", t.acos().cos(), t, 1e-11);
        agree("tan atan", t.atan().tan(), t, 1e-12);
        agree("sinh asinh", t.asinh().sinh(), t, 1e-12);
        agree("tanh atanh", t.atanh().tanh(), t, 1e-10);
        agree("exp_m1 ln_1p", t.ln_1p().exp_m1(), t, 1e-11);
        agree("cbrt", t.cbrt().powi(3), t, 1e-9);
        let far = variable::<8>(1.0 + x.abs());
        agree("cosh acosh", far.acosh().cosh(), far, 1e-9);
        agree("sqrt", far.sqrt() * far.sqrt(), far, 1e-13);
        agree("exp2 log2", far.log2().exp2(), far, 1e-12);
        agree("log10", far.log10() * 10.0_f64.ln(), far.ln(), 1e-14);
        agree("tanh", far.tanh(), far.sinh() / far.cosh(), 1e-13);
        agree("powf", far.powf(Jet::constant(2.5)), far.powi(2) * far.sqrt(), 1e-13);
        agree("powi", far.powi(-3), (far * far * far).recip(), 1e-12);
        agree("x^x", far.powf(t), (t * far.ln()).exp(), 1e-12);
        let base = far * 2.0 + t;
        agree("log", far.log(base), far.ln() / base.ln(), 1e-12);
    }
    for x in [1.5, -1.9, 0.01, 2.5, -6.0] {
        let t = variable::<8>(x);
        if x.abs() > 0.1 {
            agree("sinc", t.sinc(), t.sin() / t, 1e-11);
            agree("sinhc", t.sinhc(), t.sinh() / t, 1e-11);
        }
        agree("sinc in a product", t.sinc() * t, t.sin(), 1e-13);
        agree("sinhc in a product", t.sinhc() * t, t.sinh(), 1e-13);
    }
}

/// Along a circle the distance stays and the angle is the parameter; along a ray it is the other way round; along
/// a line through neither, both are those of the functions of one argument.
#[test]
fn polar_coordinates() {
    for angle in [0.3, 1.2, 2.0, -0.7, -2.9] {
        let t = variable::<8>(angle);
        let (x, y) = (t.cos() * 2.5, t.sin() * 2.5);
        agree("angle of a circle", y.atan2(x), t, 1e-12);
        let length = x.hypot(y).derivatives.0;
        assert!(length.iter().all(|c| c.abs() < 1e-13), "{length:?}");

        let (c, s) = (angle.cos(), angle.sin());
        let r = variable::<8>(1.5);
        agree("length of a ray", (r * c).hypot(r * s), r, 1e-13);
        let turn = (r * s).atan2(r * c).derivatives.0;
        assert!(turn.iter().all(|c| c.abs() < 1e-14), "{turn:?}");

        let line = r * 0.5 + angle;
        agree("line", r.hypot(line), (r * r + line * line).sqrt(), 1e-12);
        agree("slope", line.atan2(r), (line / r).atan(), 1e-12);
    }
}

/// The same where 1/h² overflows: the length and the angle are homogeneous, so scaling both coordinates scales
/// the one and leaves the other.
#[test]
fn tiny_coordinates_to_every_order() {
    // 2⁻⁵²⁰: coefficient k of a function of t/scale is divided by scaleᵏ, which is beyond the range. So the
    // coordinates vary as slowly as they are small.
    let scale = 2.0_f64.powi(-520);
    let t = variable::<8>(0.4);
    let (x, y) = (t.exp(), t * t + 0.5);
    let (tiny_x, tiny_y) = (x * scale, y * scale);
    agree("hypot", tiny_x.hypot(tiny_y) / scale, x.hypot(y), 1e-13);
    agree("atan2", tiny_y.atan2(tiny_x), y.atan2(x), 1e-13);
}

/// Generic code and the traits see a number like any other.
#[test]
fn a_number_like_any_other() {
    fn cubic<T: Real<Scalar = f64>>(x: T) -> T {
        x * x * x * 2.0 - x
    }
    let x = variable::<4>(3.0);
    assert_eq!((cubic(x).value, cubic(x).derivatives.0), (51.0, [53.0, 18.0, 2.0, 0.0]));
    assert_eq!(variable::<2>(1.5).to_string(), "1.5 + 1 t^1 + 0 t^2");
    assert_eq!(num_traits::Float::max(x, Jet::constant(5.0)), 5.0);
}
