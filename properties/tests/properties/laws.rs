//! The laws of calculus, as properties: all kinds agree, differentiation is linear, the chain rule holds,
//! inverse functions have reciprocal slopes, and high-order finite differences agree.
#![allow(clippy::needless_range_loop, clippy::reversed_empty_ranges)]

use gradual::{BlockDual, Dual, HyperDual, Real, derivative, second_derivative};
use proptest::prelude::*;

/// |a - b| in units of the last place of the larger one.
fn ulps(a: f64, b: f64) -> f64 {
    let unit = f64::max(a.abs(), b.abs()) * f64::EPSILON;
    if a == b || a.is_nan() && b.is_nan() { 0.0 } else { (a - b).abs() / unit.max(1e-300) }
}

/// A function of one argument over any number, by name, with an interval inside its domain.
struct Unary {
    name: &'static str,
    low: f64,
    high: f64,
}

/// The list of functions, and the way to call number `index` of it on any number.
macro_rules! unary {
    ($($name:ident in $low:literal..$high:literal;)*) => {
        const UNARY: &[Unary] =
            &[$(Unary { name: stringify!($name), low: $low, high: $high }),*];

        fn call<T: Real>(name: &str, x: T) -> T {
            match name {
                $(stringify!($name) => x.$name(),)*
                _ => unreachable!("no such function"),
            }
        }
    };
}

unary! {
    recip in 0.1..10.0;
    sqrt in 0.01..100.0;
    cbrt in -8.0..-0.1;
    exp in -5.0..5.0;
    exp2 in -5.0..5.0;
    exp_m1 in -3.0..3.0;
    ln in 0.1..10.0;
    log2 in 0.1..10.0;
    log10 in 0.1..10.0;
    ln_1p in -0.9..3.0;
    sin in 0.1..3.0;
    cos in -1.4..1.4;
    tan in -1.4..1.4;
    asin in -0.99..0.99;
    acos in -0.99..0.99;
    atan in -5.0..5.0;
    sinh in -3.0..3.0;
    cosh in -3.0..3.0;
    tanh in -3.0..3.0;
    asinh in -5.0..5.0;
    acosh in 1.01..5.0;
    atanh in -0.99..0.99;
    sinc in -6.0..6.0;
    sinhc in -6.0..6.0;
    abs in -3.0..3.0;
    to_degrees in -3.0..3.0;
    to_radians in -3.0..3.0;
}

type Binary<T> = fn(T, T) -> T;

/// Functions of two arguments, for positive ones.
fn binary<T: Real>() -> Vec<(&'static str, Binary<T>)> {
    vec![
        ("add", |x, y| x + y),
        ("sub", |x, y| x - y),
        ("mul", |x, y| x * y),
        ("div", |x, y| x / y),
        ("rem", |x, y| x % y),
        ("powf", |x, y| x.powf(y)),
        ("log", |x, y| x.log(y + T::literal(1.0))),
        ("hypot", |x, y| x.hypot(y)),
        ("atan2", |x, y| x.atan2(y)),
        ("mul_add", |x, y| x.mul_add(y, x)),
        ("max", |x, y| x.max(y)),
        ("min", |x, y| x.min(y)),
        ("copysign", |x, y| x.copysign(y)),
        ("midpoint", |x, y| Real::midpoint(x, y)),
    ]
}

/// Value, gradient and Hessian of a function of two variables, from each kind that has them.
fn all_kinds(
    f: Binary<HyperDual<f64, 2>>,
    block: Binary<BlockDual<f64, 2, 2>>,
    nested: Binary<Dual<Dual<f64, 2>, 2>>,
    x: [f64; 2],
) -> [(f64, [f64; 2], [[f64; 2]; 2]); 3] {
    let [a, b] = HyperDual::variables(&x);
    let hyper = f(a, b);
    let [a, b]: [BlockDual<f64, 2, 2>; 2] =
        std::array::from_fn(|i| BlockDual::coordinate(x[i], Some(i), Some(i)));
    let block = block(a, b);
    let [a, b] = std::array::from_fn(|i| Dual::variable(Dual::variable(x[i], i), i));
    let nested = nested(a, b);
    [
        (hyper.value, hyper.gradient(), hyper.hessian()),
        (block.value, block.row_partials(), block.mixed_partials()),
        (
            nested.value.value,
            nested.gradient().map(|p| p.value),
            nested.gradient().map(|p| p.gradient()),
        ),
    ]
}

fn point(f: &Unary, t: f64) -> f64 {
    f.low + (f.high - f.low) * t
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Dual, HyperDual, BlockDual and nested jets agree on every function of one argument.
    #[test]
    fn kinds_agree_on_one_argument(t in 0.0..1.0_f64) {
        for f in UNARY {
            let x = point(f, t);
            let dual = call(f.name, Dual::<f64>::variable(x, 0));
            let hyper = call(f.name, HyperDual::<f64>::variable(x, 0));
            let nested = call(f.name, Dual::<Dual>::variable(Dual::variable(x, 0), 0));
            prop_assert_eq!(dual.value, hyper.value);
            prop_assert_eq!(dual.value, nested.value.value);
            // the same row of the table, so the same bits
            prop_assert_eq!(dual.partial(0), hyper.partial(0));
            prop_assert!(ulps(dual.partial(0), nested.value.partial(0)) <= 2.0, "{}", f.name);
            let (closed, twice) = (hyper.second_partial(0, 0), nested.partial(0).partial(0));
            // cosh and the like have no zero here, the others' second derivatives may come close to one
            let scale = ulps(closed, twice).min((closed - twice).abs() / f64::EPSILON / 0.1);
            prop_assert!(scale <= 16.0, "{} at {x}: {closed} and {twice}", f.name);
        }
    }

    /// ... and on every function of two arguments, with symmetric Hessians.
    #[test]
    fn kinds_agree_on_two_arguments(x in 0.2..5.0_f64, y in 0.2..5.0_f64) {
        let (hyper, block, nested) = (binary(), binary(), binary());
        for (i, (name, plain)) in binary::<f64>().into_iter().enumerate() {
            let results = all_kinds(hyper[i].1, block[i].1, nested[i].1, [x, y]);
            for (value, gradient, hessian) in results {
                prop_assert_eq!(value.to_bits(), plain(x, y).to_bits(), "{}", name);
                for i in 0..2 {
                    prop_assert!(ulps(gradient[i], results[0].1[i]) <= 4.0, "{name} at {x}, {y}");
                    for j in 0..2 {
                        let difference = (hessian[i][j] - results[0].2[i][j]).abs();
                        let size = results[0].2.as_flattened().iter().fold(1e-3, |a: f64, b| a.max(b.abs()));
                        prop_assert!(difference <= 64.0 * f64::EPSILON * size, "{name} at {x}, {y}: {results:?}");
                    }
                }
            }
            prop_assert_eq!(results[0].2[0][1].to_bits(), results[0].2[1][0].to_bits());
        }
    }

    /// d(a f + b g) = a df + b dg.
    #[test]
    fn differentiation_is_linear(t in 0.0..1.0_f64, a in -3.0..3.0_f64, b in -3.0..3.0_f64, i in 0..UNARY.len()) {
        let (f, x) = (&UNARY[i], point(&UNARY[i], t));
        let (_, df, ddf) = second_derivative(|x| call(f.name, x), x);
        let (_, combined, second) = second_derivative(|x| a * call(f.name, x) + b * x * x, x);
        let (first_terms, second_terms) = ([a * df, 2.0 * b * x], [a * ddf, 2.0 * b]);
        prop_assert!((combined - first_terms.iter().sum::<f64>()).abs() <= 4.0 * f64::EPSILON * (first_terms[0].abs() + first_terms[1].abs()));
        prop_assert!((second - second_terms.iter().sum::<f64>()).abs() <= 4.0 * f64::EPSILON * (second_terms[0].abs() + second_terms[1].abs()));
    }

    /// (f ∘ g)' = f'(g) g', (f ∘ g)'' = f''(g) g'² + f'(g) g''.
    #[test]
    fn chain_rule(t in 0.0..1.0_f64, i in 0..UNARY.len(), j in 0..UNARY.len()) {
        // g maps into the interval of f
        let (f, g) = (&UNARY[i], &UNARY[j]);
        let x = point(g, t);
        let middle = (f.low + f.high) / 2.0;
        let inner = |x: HyperDual| (call(g.name, x) * 0.1).sin() * ((f.high - f.low) / 2.1) + middle;
        let (value, dg, ddg) = second_derivative(inner, x);
        let (_, df, ddf) = second_derivative(|x| call(f.name, x), value);
        let (_, first, second) = second_derivative(|x| call(f.name, inner(x)), x);
        prop_assert!(ulps(first, df * dg) <= 8.0, "{} of {} at {x}", f.name, g.name);
        let terms = [ddf * dg * dg, df * ddg];
        let size = terms[0].abs() + terms[1].abs();
        prop_assert!((second - terms[0] - terms[1]).abs() <= 8.0 * f64::EPSILON * size);
    }

    /// The slope of an inverse function is the reciprocal slope: f(g(x)) = x has derivative 1 and
    /// curvature 0.
    #[test]
    fn inverse_pairs(t in 0.05..0.95_f64) {
        type Round = (&'static str, fn(HyperDual) -> HyperDual, f64, f64);
        let pairs: [Round; 13] = [
            ("exp ln", |x| x.ln().exp(), 0.1, 10.0),
            ("ln exp", |x| x.exp().ln(), -3.0, 3.0),
            ("exp2 log2", |x| x.log2().exp2(), 0.1, 10.0),
            ("exp_m1 ln_1p", |x| x.ln_1p().exp_m1(), -0.9, 3.0),
            ("sin asin", |x| x.asin().sin(), -0.9, 0.9),
            ("cos acos", |x| x.acos().cos(), -0.9, 0.9),
            ("tan atan", |x| x.atan().tan(), -3.0, 3.0),
            ("sinh asinh", |x| x.asinh().sinh(), -3.0, 3.0),
            ("cosh acosh", |x| x.acosh().cosh(), 1.2, 5.0),
            ("tanh atanh", |x| x.atanh().tanh(), -0.9, 0.9),
            ("square sqrt", |x| x.sqrt().powi(2), 0.1, 10.0),
            ("cube cbrt", |x| x.cbrt().powi(3), 0.1, 10.0),
            ("recip recip", |x| x.recip().recip(), 0.1, 10.0),
        ];
        for (name, f, low, high) in pairs {
            let x = low + (high - low) * t;
            let (value, slope, curvature) = second_derivative(f, x);
            let bound = 1e-13 * (1.0 + x.abs().recip());
            prop_assert!((value - x).abs() <= bound * x.abs().max(1.0), "{name} at {x}: value {value}");
            prop_assert!((slope - 1.0).abs() <= bound, "{name} at {x}: slope {slope}");
            prop_assert!(curvature.abs() <= 2e-12 * (1.0 + x.abs().recip().powi(2)), "{name} at {x}: curvature {curvature}");
        }
    }

    /// x^c = exp(c ln x) where both are well conditioned, in value and derivatives.
    #[test]
    fn powers_are_exponentials(x in 0.5..2.0_f64, c in -3.0..3.0_f64) {
        let [a, b] = HyperDual::variables(&[x, c]);
        let (power, exponential) = (a.powf(b), (b * a.ln()).exp());
        prop_assert!(ulps(power.value, exponential.value) <= 16.0);
        let size = (1.0 + x.recip()).powi(2) * (1.0 + c.abs()).powi(2) * power.value;
        for i in 0..2 {
            prop_assert!((power.partial(i) - exponential.partial(i)).abs() <= 16.0 * f64::EPSILON * size);
            for j in 0..2 {
                prop_assert!((power.second_partial(i, j) - exponential.second_partial(i, j)).abs() <= 16.0 * f64::EPSILON * size);
            }
        }
    }

    /// A central difference of order eight agrees.
    #[test]
    fn finite_differences(t in 0.1..0.9_f64) {
        for f in UNARY.iter().filter(|f| f.name != "abs") {
            let x = point(f, t);
            let room = f64::min(x - f.low, f.high - x);
            let h = 1e-2 * room.min(1.0);
            let plain = |x: f64| call(f.name, x);
            let weights = [4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0];
            let difference: f64 = weights
                .iter()
                .zip(1..)
                .map(|(w, k)| w * (plain(x + f64::from(k) * h) - plain(x - f64::from(k) * h)))
                .sum::<f64>() / h;
            let (value, slope) = derivative(|x| call(f.name, x), x);
            let rounding = 8.0 * f64::EPSILON * value.abs() / h;
            prop_assert!((slope - difference).abs() <= rounding + 1e-9 * slope.abs().max(1.0), "{} at {x}: {slope} and {difference}", f.name);
        }
    }
}

/// Hessians of every size that is provided: symmetric to the bit and equal to the
/// known one.
#[test]
fn hessians_of_every_size() {
    macro_rules! sizes {
        // Each in a function of its own, whose stack frame goes when it returns.
        ($($n:literal)*) => {$({
            fn check() {
            let x: [f64; $n] = std::array::from_fn(|i| 0.5 + i as f64 / 8.0);
            let v = HyperDual::<f64, $n>::variables(&x);
            // f = (Σ i x_i)³ / 6 + Σ exp(x_i): H = (Σ i x_i) i j + δ exp(x_i)
            let s: HyperDual<f64, $n> =
                v.iter().zip(1..).map(|(x, i)| *x * f64::from(i)).sum();
            let y = s.powi(3) / 6.0 + v.iter().map(|x| x.exp()).sum::<HyperDual<f64, $n>>();
            let h = y.hessian();
            for i in 0..$n {
                for j in 0..$n {
                    assert_eq!(h[i][j].to_bits(), h[j][i].to_bits(), "N = {}", $n);
                    assert_eq!(h[i][j], y.second_partial(i, j));
                    let mut expected = s.value * (i + 1) as f64 * (j + 1) as f64;
                    if i == j {
                        expected += x[i].exp();
                    }
                    assert!(ulps(h[i][j], expected) <= 4.0, "N = {}: {} {}", $n, h[i][j], expected);
                }
            }
            // asymmetric use of the operands, which rounds differently when swapped
            let mut z = v[0];
            for k in 1..$n {
                z = (z * v[k] + v[k].sin() / v[0]) / (v[k - 1] + 1.5);
            }
            let h = z.hessian();
            for i in 0..$n {
                for j in 0..$n {
                    assert_eq!(h[i][j].to_bits(), h[j][i].to_bits());
                }
            }
            }
            check();
        })*};
    }
    sizes! { 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 }
}

/// A second difference of exact integers: products and quotients on small integers are exact.
#[test]
fn polynomials_are_exact() {
    let (f, g, h) = second_derivative(|x| x * x * x - 2.0 * x * x + 7.0 * x - 1.0, 3.0);
    assert_eq!((f, g, h), (29.0, 22.0, 14.0));
    let [x, y] = HyperDual::variables(&[2.0, 4.0]);
    let q = x / y;
    assert_eq!((q.value, q.gradient()), (0.5, [0.25, -0.125]));
    assert_eq!(q.hessian(), [[0.0, -0.0625], [-0.0625, 0.0625]]);
}

/// Next to a diagonal the mixed second derivative of atan2(y, x), (y² - x²)/(x² + y²)², is small and keeps
/// its digits: cos 2θ comes from (x - y)(x + y).
#[test]
fn atan2_next_to_a_diagonal() {
    for distance in [1e-3, 1e-6, 1e-9, 1e-12] {
        let (y, x) = (1.0 + distance, 1.0_f64);
        let [a, b] = HyperDual::variables(&[y, x]);
        let expected = (y - x) * (y + x) / (x * x + y * y).powi(2);
        assert!(ulps(a.atan2(b).second_partial(0, 1), expected) <= 8.0, "distance {distance}");
    }
}
