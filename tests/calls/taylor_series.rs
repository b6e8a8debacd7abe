//! Taylor series against nesting, against references in high precision, in small and large units, and in nested
//! numbers; mixed derivatives against closed forms.
#![cfg(feature = "nalgebra")]

use std::array;

use gradual::derivatives::{Derivatives, Gradient, Laplacian, Taylor};
use gradual::{
    Dual, Jet, Real, derivative, hessian, jacobian, mixed_partial, nth_derivative, taylor,
    taylor_along, taylor_curve, third_derivative, third_derivatives, try_taylor,
};

type Series<const K: usize> = Jet<f64, Taylor<f64, K>>;

/// Functions of one variable near 0.7, with every law among them.
fn functions<T: Real<Scalar = f64>>(x: T) -> [T; 34] {
    let one = T::literal(1.0);
    let wavy = x.sin() + x * x * 0.5;
    [
        wavy.recip(),
        wavy.sqrt(),
        wavy.cbrt(),
        wavy.exp(),
        wavy.exp2(),
        wavy.exp_m1(),
        wavy.ln(),
        wavy.log2(),
        wavy.log10(),
        wavy.ln_1p(),
        wavy.sin(),
        wavy.cos(),
        wavy.tan(),
        (wavy * 0.7).asin(),
        (wavy * 0.7).acos(),
        wavy.atan(),
        wavy.sinh(),
        wavy.cosh(),
        wavy.tanh(),
        wavy.asinh(),
        (wavy + 1.5).acosh(),
        (wavy * 0.7).atanh(),
        wavy.sinc(),
        wavy.sinhc(),
        wavy.powi(2),
        wavy.powi(5),
        wavy.powi(-3),
        wavy.powf(T::literal(2.5)),
        wavy.powf(x + 1.0),
        (wavy + 1.5).log(wavy + 2.0),
        wavy.hypot(x - 2.0),
        wavy.atan2(x - 2.0),
        (one - x * 2.0) / (wavy + 1.0) * wavy,
        wavy.mul_add(x, one) - wavy.max(x),
    ]
}

/// The derivatives of order 0 to 6, from dual numbers nested six times.
fn by_nesting(x: f64) -> [[f64; 7]; 34] {
    type D6 = Dual<Dual<Dual<Dual<Dual<Dual>>>>>;
    let x: D6 = Dual::variable(
        Dual::variable(
            Dual::variable(Dual::variable(Dual::variable(Dual::variable(x, 0), 0), 0), 0),
            0,
        ),
        0,
    );
    functions(x).map(|y| {
        let p = |y: Dual| [y.value, y.partial(0)];
        [
            y.primal(),
            p(y.value.value.value.value.value)[1],
            p(y.value.value.value.value.partial(0))[1],
            p(y.value.value.value.partial(0).partial(0))[1],
            p(y.value.value.partial(0).partial(0).partial(0))[1],
            p(y.value.partial(0).partial(0).partial(0).partial(0))[1],
            p(y.partial(0).partial(0).partial(0).partial(0).partial(0))[1],
        ]
    })
}

#[test]
fn series_agree_with_nesting() {
    for x in [0.7, 0.45, 0.9] {
        let nested = by_nesting(x);
        let t: Series<6> = Jet { value: x, derivatives: Taylor::variable() };
        for (i, (y, d)) in functions(t).into_iter().zip(nested).enumerate() {
            assert_eq!(y.value, d[0], "function {i}: the value is the plain value");
            let largest = d.iter().fold(0.0_f64, |m, c| m.max(c.abs()));
            let mut factorial = 1.0;
            for (k, exact) in d.into_iter().enumerate().skip(1) {
                factorial *= k as f64;
                let error = (y.derivatives.0[k - 1] * factorial - exact).abs();
                assert!(error <= 1e-12 * largest, "function {i} at {x}, order {k}: {error:e}");
            }
        }
    }
}

/// Along a curve that is not straight, and in nested numbers: the series of derivatives is the derivative of the series.
#[test]
fn laws_hold_in_nested_numbers() {
    type Nested = Jet<Dual<f64, 2>, Taylor<Dual<f64, 2>, 5>>;
    let step = 1e-6;
    let curve = |a: f64, b: f64| -> Series<5> {
        Jet { value: a, derivatives: Taylor([1.0, b, 0.3, -0.2, 0.1]) }
    };
    let (a, b) = (0.7, 0.4);
    let constant = |c: f64| Dual::<f64, 2>::constant(c);
    let x: Nested = Jet {
        value: Dual::variable(a, 0),
        derivatives: Taylor([
            constant(1.0),
            Dual::variable(b, 1),
            constant(0.3),
            constant(-0.2),
            constant(0.1),
        ]),
    };
    let ends = [
        [functions(curve(a - step, b)), functions(curve(a + step, b))],
        [functions(curve(a, b - step)), functions(curve(a, b + step))],
    ];
    let plain = functions(curve(a, b));
    for (i, y) in functions(x).into_iter().enumerate() {
        for k in 0..5 {
            let c = y.derivatives.0[k];
            let size = plain[i].derivatives.0.iter().fold(1.0_f64, |m, c| m.max(c.abs()));
            assert!((c.value - plain[i].derivatives.0[k]).abs() < 1e-12 * size, "function {i}");
            for (v, [low, high]) in ends.iter().enumerate() {
                let rise = high[i].derivatives.0[k] - low[i].derivatives.0[k];
                let error = (c.partial(v) - rise / (2.0 * step)).abs();
                assert!(error < 1e-6 * size.powi(2), "function {i}, order {k}, {v}: {error:e}");
            }
        }
    }
}

/// What a row of the table of references says, and what is found: the error of coefficient k in units in the last place
/// of the largest of its neighbours, brought to order k by the radius of convergence.
fn worst_ulps(c: &[f64], found: &[f64], radius: f64, orders: usize) -> f64 {
    let scale = |k: usize| {
        if radius.is_finite() {
            return radius;
        }
        // Entire functions: by the ratio of the neighbours themselves.
        let largest =
            |range: std::ops::RangeInclusive<usize>| range.fold(0.0_f64, |m, k| m.max(c[k].abs()));
        (largest(k.saturating_sub(2)..=k.max(1) - 1) / largest(k + 1..=k + 2)).cbrt()
    };
    (1..=orders).fold(0.0, |worst, k| {
        let r = scale(k);
        let size = (c[k - 1].abs() / r).max(c[k].abs()).max(c[k + 1].abs() * r);
        if size < f64::MIN_POSITIVE / f64::EPSILON {
            return worst;
        }
        let error = (found[k - 1] - c[k]).abs() / (size * f64::EPSILON);
        f64::max(worst, if error.is_nan() { f64::INFINITY } else { error })
    })
}

fn by_name(name: &str, x: f64) -> [f64; 40] {
    let t: Series<40> = Jet { value: x, derivatives: Taylor::variable() };
    let one = || Jet::constant(1.0);
    if let Some((function, unit)) = name.strip_suffix("(1+t))").and_then(|n| n.split_once('(')) {
        let x = (t + 1.0) * unit.parse::<f64>().expect("a unit");
        return by_function(function, x).derivatives.0;
    }
    let y = match name {
        "exp(sin)" => t.sin().exp(),
        "sin(exp)" => t.exp().sin(),
        "exp(-x^2/2)" => (-t * t / 2.0).exp(),
        "sqrt(1+x^2)" => (1.0 + t * t).sqrt(),
        "ln(1+x^2)" => (1.0 + t * t).ln(),
        "recip(1+x^2)" => (1.0 + t * t).recip(),
        "tanh(x^2)" => (t * t).tanh(),
        "atan(exp)" => t.exp().atan(),
        "asin(sin/2)" => (t.sin() / 2.0).asin(),
        "(x^2+2)^-1.5" => (t * t + 2.0).powf(-1.5),
        "x^x" => t.powf(t),
        "log_x(x+1)" => (t + 1.0).log(t),
        "hypot(x;1+x^2)" => t.hypot(one() + t * t),
        "atan2(x;1+x^2)" => t.atan2(one() + t * t),
        _ => by_function(name, t),
    };
    y.derivatives.0
}

fn by_function(name: &str, x: Series<40>) -> Series<40> {
    match name {
        "recip" => x.recip(),
        "sqrt" => x.sqrt(),
        "cbrt" => x.cbrt(),
        "exp" => x.exp(),
        "exp2" => x.exp2(),
        "exp_m1" => x.exp_m1(),
        "ln" => x.ln(),
        "log2" => x.log2(),
        "log10" => x.log10(),
        "ln_1p" => x.ln_1p(),
        "sin" => x.sin(),
        "cos" => x.cos(),
        "tan" => x.tan(),
        "asin" => x.asin(),
        "acos" => x.acos(),
        "atan" => x.atan(),
        "sinh" => x.sinh(),
        "cosh" => x.cosh(),
        "tanh" => x.tanh(),
        "asinh" => x.asinh(),
        "acosh" => x.acosh(),
        "atanh" => x.atanh(),
        "powf2.5" => x.powf(2.5),
        "powf-1.5" => x.powf(-1.5),
        "powf0.9" => x.powf(0.9),
        "powi-3" => x.powi(-3),
        _ => panic!("no function {name}"),
    }
}

/// The goals of `docs/taylor.md`.
#[test]
fn series_against_references() {
    let mut page = String::new();
    let mut failures = Vec::new();
    for line in include_str!("../data/taylor.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [kind, name, x, radius] = cells[..4] else { panic!("a short line") };
        let numbers: Vec<f64> = cells[4..].iter().map(|c| c.parse().expect("a number")).collect();
        let (x, radius): (f64, f64) =
            (x.parse().expect("a point"), radius.parse().expect("a radius"));
        let found = by_name(name, x);
        let ulps = [5, 10, 20, 40].map(|order| worst_ulps(&numbers, &found, radius, order));
        page += &format!("| {kind} | {name} | {x} |");
        ulps.iter().for_each(|u| page += &format!(" {u:.1} |"));
        page.push('\n');
        let limits = match (kind, name) {
            ("row", "atan" | "asinh") => [50.0, 50.0, 50.0, 100.0],
            ("row", _) => [25.0; 4],
            // Its terms are a thousand times its coefficients.
            ("composed", "x^x") if x == 2.0 => [25.0, 25.0, 2000.0, 2000.0],
            ("composed", _) => [25.0, 25.0, 60.0, 500.0],
            _ => [60.0; 4],
        };
        if ulps.iter().zip(limits).any(|(ulps, limit)| *ulps > limit) {
            failures.push(format!("{name} at {x}: {ulps:?}"));
        }
    }
    if std::env::var_os("PRINT").is_some() {
        println!("{page}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_order_is_that_of_the_pattern() {
    let (f, [c1]) = taylor(|t| t.exp(), 0.0);
    assert_eq!((f, c1), (1.0, 1.0));
    let (_, [.., last]) = taylor::<40, _>(|t| 1.0 / (1.0 - t), 0.0);
    assert_eq!(last, 1.0);
    let (_, c) = taylor::<3, _>(|t: Jet<f32, _>| t.exp(), 0.0_f32);
    assert_eq!(c, [1.0, 0.5, 1.0 / 6.0]);
    assert_eq!(try_taylor::<2, f64, _>(|_| Err("no data"), 1.0), Err("no data"));
}

#[test]
fn curves_of_several_outputs() {
    let (place, [v, a]) = taylor_curve(|t| (t.cos(), t.sin()), 0.0);
    assert_eq!((place, v, a), ((1.0, 0.0), (0.0, 1.0), (-0.5, 0.0)));
}

#[cfg(feature = "nalgebra")]
#[test]
fn curves_of_vecs_and_vectors() {
    let (y, [c]) = taylor_curve(|t| vec![t, t * t], 3.0);
    assert_eq!((y, c), (vec![3.0, 9.0], vec![1.0, 6.0]));
    let (y, [c1, c2]) = taylor_curve(|t| nalgebra::vector![t, t * t], 3.0);
    assert_eq!((y[1], c1[1], c2[1]), (9.0, 6.0, 1.0));
}

#[test]
fn derivatives_of_high_order() {
    assert_eq!(third_derivative(|x| x.powi(4), 2.0), (16.0, 32.0, 48.0, 48.0));
    assert_eq!(nth_derivative::<4, _>(|x| x.powi(4), 2.0), (16.0, 24.0));
    let (_, ninth) = nth_derivative::<9, _>(|x| x.sin(), 0.5);
    assert!((ninth - 0.5_f64.cos()).abs() < 1e-15);
    // nested: the derivative of the third derivative of x⁵ is 120 x
    let (_, fourth) = derivative(|x| third_derivative(|y| y.powi(5), x).3, 2.0);
    assert!(f64::abs(fourth - 240.0) < 1e-12);
}

/// Constants, kinks and singular points: as for every other kind.
#[test]
fn constants_stay_constants() {
    let c: Series<4> = Jet::constant(0.0);
    for y in [c.sqrt(), c.ln(), c.recip(), c.cbrt(), c.powf(0.5), c.acos(), c.atan2(c), c.hypot(c)]
    {
        assert_eq!(y.derivatives, Taylor::ZERO);
    }
    let t: Series<3> = Jet { value: 0.0, derivatives: Taylor::variable() };
    assert_eq!(t.sqrt().derivatives.0, [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY]);
    assert_eq!(t.abs().derivatives.0[1..], [0.0, 0.0]);
    assert_eq!((t * t).sqrt().value, 0.0);
    assert_eq!(t.powi(2).derivatives, Taylor([0.0, 1.0, 0.0]));
    assert_eq!(((t + 1.0) * (t + 1.0)).powi(2).derivatives.0, [4.0, 6.0, 4.0]);
    let x: Series<3> = Jet { value: -1.0, derivatives: Taylor::variable() };
    assert!(x.ln().derivatives.0.iter().all(|c| c.is_nan()));
    assert_eq!((x * 2.0).to_string(), "-2 + 2t + 0t^2 + 0t^3");
}

#[test]
fn mixed_partials_against_closed_forms() {
    // ∂ⁿ exp(x y) by hand, and functions whose derivatives are known
    let (x, y) = (0.5_f64, 0.3);
    let e = (x * y).exp();
    let f = |[x, y]: [Series<5>; 2]| (x * y).exp();
    // ∂³/∂x³ = y³ e, ∂/∂y = (3 y² + x y³) e, ∂²/∂y² = (6 y + 6 x y² + x² y³) e
    let exact = (6.0 * y + 6.0 * x * y * y + x * x * y * y * y) * e;
    let found = mixed_partial(f, [x, y], [0, 0, 0, 1, 1]);
    assert!((found - exact).abs() < 8.0 * f64::EPSILON * exact, "{found} {exact}");
    let reordered = mixed_partial(f, [x, y], [1, 0, 0, 1, 0]);
    assert!((found - reordered).abs() < 8.0 * f64::EPSILON * exact);
    // all second and third derivatives
    let x = [0.4, -0.8, 0.2];
    let g = |x: [_; 3]| third(x);
    #[allow(unused_variables)] // h is of use where slices are points
    let (_, _, h, t) = third_derivatives(g, x);
    for (i, j) in (0..9).map(|n| (n / 3, n % 3)) {
        #[cfg(feature = "alloc")]
        {
            let f = mixed_partial(|x| (x[0] * x[1]).sin() * x[2].exp(), &x[..], [i, j]);
            let error: f64 = f - h[i][j];
            assert!(error.abs() < 1e-14);
        }
        for (k, exact) in t[i][j].into_iter().enumerate() {
            let found = mixed_partial(third::<Series<3>>, x, [i, j, k]);
            assert!((found - exact).abs() < 1e-14);
        }
    }
    // one variable alone
    let (_, d) = nth_derivative::<6, _>(|x| x.sin(), 0.4);
    assert!(f64::abs(mixed_partial(|[x]| x.sin(), [0.4], [0; 6]) - d) < 1e-13);
}

fn third<T: Real<Scalar = f64>>([x, y, z]: [T; 3]) -> T {
    (x * y).sin() * z.exp()
}

#[test]
#[should_panic(expected = "partial derivative 2 of a function of 2 variables")]
fn no_third_variable() {
    let _ = mixed_partial(|[x, y]| x * y, [1.0, 2.0], [0, 2]);
}

/// Along a curve: the chain rule with the gradient and the Hessian.
#[test]
fn along_curves() {
    let (x, v, a) = ([0.4, -0.8, 0.2], [1.0, 0.5, -2.0], [0.3, 0.1, 0.7]);
    let (f, [c1, c2]) = taylor_along(third, x, [v, a]);
    let (value, g, h) = hessian(third, x);
    let dot = |a: [f64; 3], b: [f64; 3]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    assert_eq!(f, value);
    assert!((c1 - dot(g, v)).abs() < 1e-15);
    assert!((c2 - dot(g, a) - 0.5 * dot(array::from_fn(|i| dot(h[i], v)), v)).abs() < 1e-15);
    assert_eq!(jacobian(|x| [third(x)], x).0, [f]);
}

#[cfg(feature = "alloc")]
#[test]
#[should_panic(expected = "the direction has 1 components and the point 2")]
fn coefficients_as_long_as_the_point() {
    let _ = taylor_along(|x| x[0], &vec![1.0, 2.0], [&vec![1.0]]);
}

/// Every function of the table, and powers.
fn table<T: Real<Scalar = f64>>(x: T) -> [T; 31] {
    [
        x.recip(),
        x.sqrt(),
        x.cbrt(),
        x.exp(),
        x.exp2(),
        x.exp_m1(),
        x.ln(),
        x.log2(),
        x.log10(),
        x.ln_1p(),
        x.sin(),
        x.cos(),
        x.tan(),
        x.asin(),
        x.acos(),
        x.atan(),
        x.sinh(),
        x.cosh(),
        x.tanh(),
        x.asinh(),
        x.acosh(),
        x.atanh(),
        x.sinc(),
        x.sinhc(),
        x.powi(2),
        x.powi(3),
        x.powi(-1),
        x.powf(T::literal(0.5)),
        x.powf(T::literal(-1.5)),
        x.abs(),
        x * 2.0 - x / 3.0,
    ]
}

/// At zeros, singular points and the ends of the range the kinds say what `HyperDual` says.
#[test]
fn kinds_agree_at_the_ends() {
    let same = |a: f64, b: f64| {
        // x² multiplies out: at infinity `HyperDual` has infinity times zero there, and a shorter rule may not.
        a == b || b.is_nan() || (a - b).abs() <= 4.0 * f64::EPSILON * b.abs()
    };
    let ends = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        -2.0,
        1e-300,
        -1e-300,
        1e-8,
        1e8,
        1e9,
        1e100,
        -1e100,
        700.0,
        -700.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];
    for x in ends {
        let expected = table(gradual::HyperDual::<f64>::variable(x, 0));
        let laplacian = table(Jet { value: x, derivatives: Laplacian::<f64, 1>::unit(0) });
        let series = table(Jet { value: x, derivatives: Taylor::<f64, 2>::variable() });
        for (i, y) in expected.into_iter().enumerate() {
            let (slope, curvature) = (y.partial(0), y.second_partial(0, 0));
            let [l, t] = [
                (laplacian[i].value, laplacian[i].partial(0)),
                (series[i].value, series[i].derivatives.0[0]),
            ];
            for (value, first) in [l, t] {
                assert!(value.to_bits() == y.value.to_bits() || value.is_nan(), "{i} at {x:e}");
                assert!(same(first, slope), "function {i} at {x:e}: {first:e}, {slope:e}");
            }
            for second in [laplacian[i].derivatives.laplacian(), 2.0 * series[i].derivatives.0[1]] {
                assert!(
                    same(second, curvature),
                    "function {i} at {x:e}: {second:e}, {curvature:e}"
                );
            }
        }
    }
}
