//! Solutions of the guide's exercises.
#![cfg(feature = "nalgebra")]

use gradual::derivatives::{Laplacian, Taylor};
use gradual::*;
use nalgebra::{SVector, dvector, matrix, vector};
use num_traits::Float;

/// 1. The distance from (1, 2), over any number.
fn distance<T: Float>(x: T, y: T) -> T {
    let two = T::one() + T::one();
    (x - T::one()).hypot(y - two)
}

#[test]
fn exercise_1() {
    assert_eq!(distance(4.0_f64, 6.0), 5.0);
    assert_eq!(distance(4.0_f32, 6.0), 5.0);
    let (_, g) = gradient(|v| distance(v[0], v[1]), &vector![4.0, 6.0]);
    assert_eq!(g, vector![0.6, 0.8]);
}

/// 2. x² - y² is zero at the origin, so the level set is x² = y²: the two diagonals.
#[test]
fn exercise_2() {
    let f = |x: f64, y: f64| x * x - y * y;
    for t in [-2.0, -0.5, 0.0, 1.0, 3.0] {
        assert_eq!((f(t, t), f(t, -t)), (0.0, 0.0));
    }
}

/// 3. ∂p/∂T = n R / V and ∂p/∂V = -n R T / V².
#[test]
fn exercise_3() {
    let pressure = |v: &SVector<Dual, 2>| 8.314 * v[0] / v[1];
    let point = vector![300.0, 0.025];
    let (_, by_temperature) = partial(pressure, &point, 0);
    let (_, by_volume) = partial(pressure, &point, 1);
    assert!((by_temperature - 8.314 / 0.025).abs() < 1e-12);
    assert!((by_volume + 8.314 * 300.0 / (0.025 * 0.025)).abs() < 1e-8);
}

/// 4. ∂f/∂x = (1 + xy) e^(xy) and ∂f/∂y = x² e^(xy).
#[test]
fn exercise_4() {
    let (_, g) = gradient(|v| v[0] * (v[0] * v[1]).exp(), &vector![1.0, 0.5]);
    let e = 0.5_f64.exp();
    assert!((g - vector![1.5 * e, e]).norm() < 1e-15);
}

/// 5. Against the gradient (2x, 6y) = (6, 6): along (-1, -1)/√2.
#[test]
fn exercise_5() {
    let (_, g) = gradient(|v| v[0] * v[0] + v[1] * v[1] * 3.0, &vector![3.0, 1.0]);
    assert_eq!(g, vector![6.0, 6.0]);
    let downhill = -g.normalize();
    assert!((downhill + vector![0.5_f64.sqrt(), 0.5_f64.sqrt()]).norm() < 1e-15);
}

/// 6. The direction is (3, 4)/5 and the gradient (-2, -4), so the rate is -22/5.
#[test]
fn exercise_6() {
    let temperature = |v: &SVector<Dual, 2>| 100.0 - v[0] * v[0] - 2.0 * v[1] * v[1];
    let (_, rate) = directional_derivative(temperature, &vector![1.0, 1.0], &vector![0.6, 0.8]);
    assert!((rate + 4.4).abs() < 1e-15);
}

/// 7. The gradient of the length is the direction itself.
#[test]
fn exercise_7() {
    for point in [vector![3.0_f64, 4.0, 0.0], vector![-1.0, 2.0, 2.0], vector![1e3, 1e-3, 1.0]] {
        let (length, g) = gradient(|v| v.norm(), &point);
        assert!((g.norm() - 1.0).abs() < 1e-15);
        assert!((g - point / length).norm() < 1e-15);
    }
}

/// 8. H = [6x, -3; -3, 6y]. The origin is a saddle, (1, 1) a minimum.
#[test]
fn exercise_8() {
    let at = |x: f64, y: f64| {
        hessian(|v| v[0].powi(3) + v[1].powi(3) - v[0] * v[1] * 3.0, &vector![x, y])
    };
    let (_, g, h) = at(1.0, 1.0);
    assert_eq!((g, h), (vector![0.0, 0.0], matrix![6.0, -3.0; -3.0, 6.0]));
    assert_eq!(classify_hessian(&h).kind, CriticalKind::LocalMinimum);
    let (_, g, h) = at(0.0, 0.0);
    assert_eq!(
        (g, classify_hessian(&h).kind),
        (vector![0.0, 0.0], CriticalKind::Saddle { index: 1 })
    );
}

/// 9. The eigenvalues are 2 + k and 2 - k: a minimum for |k| < 2, degenerate at k = ±2 (a valley of
///    constant height), a saddle beyond.
#[test]
fn exercise_9() {
    let kind = |k: f64| {
        let f = |v: &SVector<HyperDual<f64, 2>, 2>| v[0] * v[0] + v[0] * v[1] * k + v[1] * v[1];
        classify_hessian(&hessian(f, &vector![0.0, 0.0]).2).kind
    };
    assert_eq!([kind(-1.9), kind(0.0), kind(1.9)], [CriticalKind::LocalMinimum; 3]);
    assert_eq!([kind(-2.0), kind(2.0)], [CriticalKind::Degenerate; 2]);
    assert_eq!([kind(-2.1), kind(2.1)], [CriticalKind::Saddle { index: 1 }; 2]);
}

/// 10. The Hessians are zero at the origin, where x⁴ + y⁴ has a minimum and x³ none.
#[test]
fn exercise_10() {
    let (_, g, h) = hessian(|v| v[0].powi(4) + v[1].powi(4), &vector![0.0, 0.0]);
    assert_eq!((g, classify_hessian(&h).kind), (vector![0.0, 0.0], CriticalKind::Degenerate));
    let (_, g, h) = hessian(|v| v[0].powi(3), &vector![0.0]);
    assert_eq!((g, classify_hessian(&h).kind), (vector![0.0], CriticalKind::Degenerate));
}

/// 11. The largest curvature is 20, so beyond η = 2/20 every step overshoots by more than it gains.
#[test]
fn exercise_11() {
    let descend = |rate: f64| {
        let mut x = vector![4.0, 1.0];
        for _ in 0..100 {
            let (_, g) = gradient(|v| v[0] * v[0] + v[1] * v[1] * 10.0, &x);
            x -= g * rate;
        }
        x.norm()
    };
    assert!(descend(0.09) < 1e-6);
    assert!(descend(0.11) > 1e6);
}

/// 12. One step: the sum of squares is a paraboloid, and Newton's method steps to its critical point.
#[test]
fn exercise_12() {
    let data = [(0.0, 1.0), (1.0, 3.0), (2.0, 5.5)];
    for start in [dvector![0.0, 0.0], dvector![100.0, -7.0]] {
        let (_, g, h) =
            hessian(|p| data.iter().map(|&(x, y)| (p[0] + p[1] * x - y).powi(2)).sum(), &start);
        let line = &start - h.lu().solve(&g).unwrap();
        // by the formulas of linear regression
        assert!((line - dvector![11.0 / 12.0, 2.25]).norm() < 1e-12);
    }
}

/// 13. (2 + 3ε)(4 - ε) = 8 + (12 - 2)ε.
#[test]
fn exercise_13() {
    let product = Dual::new(2.0, [3.0]) * Dual::new(4.0, [-1.0]);
    assert_eq!(product.to_string(), "8 + 10ε");
}

/// 14. (2 + ε)ⁿ = 2ⁿ + n 2ⁿ⁻¹ ε.
#[test]
fn exercise_14() {
    let x = Dual::<f64>::variable(2.0, 0);
    let mut power = x;
    for n in 1..=6 {
        assert_eq!(power.value, 2.0_f64.powi(n));
        assert_eq!(power.partial(0), f64::from(n) * 2.0_f64.powi(n - 1));
        power *= x;
    }
}

/// 15. 5 · 4 · 3 x² = 60.
#[test]
fn exercise_15() {
    type D1 = Dual;
    type D2 = Dual<D1>;
    type D3 = Dual<D2>;
    let third =
        derivative(|x: D1| derivative(|y: D2| derivative(|z: D3| z.powi(5), y).1, x).1, 1.0);
    assert_eq!(third.1, 60.0);
}

/// 16. Chunks of 16 variables: 63 of them. Blocks of 4 × 4, each pair of the 250 chunks of 4 once: 250 · 251 / 2.
#[test]
fn exercise_16() {
    let x = vec![1.0; 1000];
    let mut evaluations = 0;
    let _ = gradient(
        |v| {
            evaluations += 1;
            v[0] * v[999]
        },
        &x,
    );
    assert_eq!(evaluations, 63);
    evaluations = 0;
    let _ = hessian(
        |v| {
            evaluations += 1;
            v[0] * v[999]
        },
        &x,
    );
    assert_eq!(evaluations, 31_375);
}

/// 17. Five neighbours of a row differ, so five colours; two evaluations of four lanes each would do, one of eight does.
#[cfg(feature = "std")]
#[test]
fn exercise_17() {
    use gradual::structured::sparse::JacobianPlan;

    let rod = vector_function!(|u| {
        let at = |i: usize| if i < 2 || i >= u.len() + 2 { 1.0.into() } else { u[i - 2] };
        (0..u.len()).map(|i| at(i) + at(i + 1) - 4.0 * at(i + 2) + at(i + 3) + at(i + 4)).collect()
    });
    let plan = JacobianPlan::trace(&rod, &[1.5; 100]);
    assert_eq!((plan.colouring().count(), plan.passes()), (5, 1));
}

const GROWTH: [(f64, f64); 3] = [(0.0, 1.0), (1.0, 2.0), (2.0, 4.0)];

/// 18. The data lie on 2^t, so a = 1 and b = ln 2.
#[test]
fn exercise_18() {
    let loss =
        function!(|[a, b]| GROWTH.iter().map(|(t, y)| (a * (b * t).exp() - y).powi(2)).sum());
    let mut p = vector![1.0, 0.5];
    for _ in 0..10 {
        let (_, g, h) = loss.hessian(&p);
        p -= h.lu().solve(&g).unwrap();
    }
    assert!((p - vector![1.0, 2.0_f64.ln()]).norm() < 1e-12);
}

/// 19. The residuals are zero there, so the right side is. (With noise left in the data it would be small and not zero.)
#[test]
fn exercise_19() {
    let residuals =
        vector_function!(|[a, b]| GROWTH.iter().map(|(t, y)| a * (b * t).exp() - y).collect());
    let (r, j) = residuals.jacobian(&vector![1.0, 2.0_f64.ln()]);
    let step = (j.transpose() * &j).lu().solve(&(-j.transpose() * r)).unwrap();
    assert!(step.norm() < 1e-15);
}

/// 20. (eᵗ - 1)/t = 1 + t/2 + t²/6 + ..., one over it is 1 - t/2 + t²/12 - t⁴/720 + ...
#[test]
fn exercise_20() {
    let (_, c) = taylor::<7, _>(|t| t.exp(), 0.0);
    let quotient =
        Jet { value: c[0], derivatives: Taylor::<f64, 6>(std::array::from_fn(|i| c[i + 1])) };
    let series = quotient.recip();
    let factorial = |k: usize| (1..=k).map(|i| i as f64).product::<f64>();
    let bernoulli = |k: usize| series.derivatives.0[k - 1] * factorial(k);
    let exact = [-1.0 / 2.0, 1.0 / 6.0, 0.0, -1.0 / 30.0, 0.0, 1.0 / 42.0];
    for (i, exact) in exact.into_iter().enumerate() {
        assert!((bernoulli(i + 1) - exact).abs() < 1e-14);
    }
}

/// 21. Δ rᵖ = p (p + 1) rᵖ⁻², so p = -1: the potential of a charge.
#[test]
fn exercise_21() {
    let x = [1.0, 2.0, -0.5];
    let mut p = -1.5;
    for _ in 0..20 {
        let (sum, slope) = derivative(
            |p: Dual| {
                let radius = |[x, y, z]: [Jet<Dual, Laplacian<Dual, 3>>; 3]| {
                    (x * x + y * y + z * z).sqrt().powf(Jet::constant(p))
                };
                laplacian(radius, x.map(Dual::constant)).2
            },
            p,
        );
        p -= sum / slope;
    }
    assert!((p + 1.0).abs() < 1e-14, "{p}");
}

/// 22. Its curl is zero, and it is the gradient of x² y + y z.
#[test]
fn exercise_22() {
    let x = [0.3, -0.7, 1.1];
    let (field, rot) = curl(|[x, y, z]| [2.0 * x * y, x * x + z, y], x);
    assert_eq!(rot, [0.0; 3]);
    assert_eq!(gradient(|[x, y, z]| x * x * y + y * z, x).1, field);
}
