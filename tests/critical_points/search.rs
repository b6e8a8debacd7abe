//! What the search promises of its points, and what it says where there are none.

use crate::problems;
use crate::scaled::{Number, assert_at, search};
use gradual::*;
use nalgebra::{Vector2, dvector, matrix, vector};

/// Random functions of three variables in random units: what is found is critical, and not far away, where the
/// numbers resolve nothing.
#[test]
fn what_is_found_is_critical() {
    let mut seed = 7_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as f64 / f64::from(1 << 30) - 1.0
    };
    let mut count = 0;
    for trial in 0..300 {
        let c: [f64; 14] = std::array::from_fn(|_| 2.0 * random());
        let terms: [u32; 5] = std::array::from_fn(|_| (4.5 * (random() + 1.0)) as u32);
        let length = 10.0_f64.powf(20.0 * random());
        let start: [f64; 3] = std::array::from_fn(|_| 3.0 * random());
        let f = |v: [HyperDual<f64, 3>; 3]| {
            let [x, y, z] = v.map(|x| x / length);
            let mut sum = ((x * c[0] + y * c[1]).powi(2) + z * z * c[2]) * 0.1;
            for (k, term) in terms.iter().enumerate() {
                let u = x * c[3 + k] + y * c[4 + k] - z * c[5 + k] + c[6 + k];
                sum += match term {
                    0 => u.sin(),
                    1 => u.exp() * 0.3,
                    2 => u.powi(3),
                    3 => u.powi(4),
                    4 => (-u * u).exp(),
                    5 => u.atan(),
                    6 => (u * u + 0.5).ln(),
                    7 => (u * u + 1.0).sqrt(),
                    _ => u.powi(2) * c[7],
                };
            }
            sum
        };
        let Ok(found) = critical_point(f, start.map(|x| x * length)) else { continue };
        count += 1;
        let largest = |parts: &[f64], unit: f64| {
            parts.iter().fold(1.0, |largest: f64, part| largest.max((part * unit).abs()))
        };
        let size = largest(&found.point, 1.0 / length);
        let curvature = largest(found.hessian.as_flattened(), length * length);
        for slope in found.gradient {
            assert!((slope * length).abs() < 1e-12 * curvature * size, "{trial}: {found:?}");
        }
        assert!(size < 1e4, "{trial}: {found:?}");
    }
    assert!(count > 200, "{count}");
}

/// Every kind of point, with results in its own containers.
#[test]
fn every_kind_of_point() {
    let valley = |x: f64, y: f64| ((x - 1.0).abs() < 1e-14, (y - 1.0).abs() < 1e-14);
    let array = critical_point(|v| problems::rosenbrock(&v), [-1.2, 1.0]).unwrap();
    let [x, y]: [f64; 2] = array.point;
    assert_eq!(valley(x, y), (true, true));
    let [[a, b], [c, d]] = array.hessian;
    assert!((a - 802.0).abs() < 1e-9 && (b + 400.0).abs() < 1e-9 && b == c && d == 200.0);
    let [low, high] = array.classification.eigenvalues;
    assert!(low > 0.3 && high > 1000.0 && (low + high - a - d).abs() < 1e-9);
    // the first direction lies along the valley, y = 2 x
    let [[s, _], [t, _]] = array.classification.directions;
    assert!((t / s - 2.0).abs() < 0.01);

    let vec = vec![-1.2, 1.0];
    let of_vec = critical_point(problems::rosenbrock, &vec).unwrap();
    assert_eq!(of_vec.point, array.point.to_vec());
    assert_eq!(of_vec.classification.directions.len(), 2);
    let of_slice = critical_point(problems::rosenbrock, &vec[..]).unwrap();
    assert_eq!(of_slice, of_vec);
    let matrix = matrix![-1.2, 5.0; 1.0, 5.0];
    let of_column = critical_point(|v| problems::rosenbrock(v.as_slice()), &matrix.column(0));
    assert_eq!(of_column.unwrap().point, Vector2::from(array.point));
    assert_eq!(classify_hessian(&of_vec.hessian).kind, CriticalKind::LocalMinimum);
    assert_eq!(classify_hessian(&array.hessian).kind, CriticalKind::LocalMinimum);
    #[cfg(feature = "ndarray")]
    {
        let start = ndarray::arr1(&[-1.2, 1.0]);
        let found = critical_point(|v| problems::rosenbrock(v.as_slice().unwrap()), &start);
        let found = found.unwrap();
        assert_eq!(found.point.to_vec(), array.point);
        assert_eq!(classify_hessian(&found.hessian).kind, CriticalKind::LocalMinimum);
    }
}

#[test]
#[should_panic(expected = "a matrix of 2 rows has a row of 3 entries")]
fn a_matrix_that_is_not_square() {
    let _ = classify_hessian(&vec![vec![1.0, 2.0], vec![2.0, 1.0, 0.0]]);
}

/// A chain of Rosenbrock's valleys in ten variables.
#[test]
fn dynamic_points() {
    let chain = |x: &[Number]| {
        x.windows(2).map(|w| (w[1] - w[0] * w[0]).powi(2) * 100.0 + (w[0] - 1.0).powi(2)).sum()
    };
    for start in [0.9, 0.0, -1.0, 2.0] {
        let found = search(chain, &[start; 10], (1.0, 1.0)).unwrap();
        assert!(found.gradient.norm() < 1e-10, "{}", found.gradient);
        if start == 0.9 {
            assert_at(&found, &[1.0; 10], 1e-12);
            assert_eq!(found.classification.kind, CriticalKind::LocalMinimum);
        }
    }
}

#[test]
fn a_start_that_is_critical() {
    let found = critical_point(|x| x.norm_squared(), &vector![0.0, 0.0]).unwrap();
    assert_eq!((found.iterations, found.value), (0, 0.0));
    assert_eq!(found.classification.kind, CriticalKind::LocalMinimum);
    // also where the Hessian is singular there
    let flat = critical_point(|x| x[0].powi(4) + x[1].powi(4), &vector![0.0, 0.0]).unwrap();
    assert_eq!(flat.classification.kind, CriticalKind::Degenerate);
    // and where rounding leaves something of the gradient
    let x = 1.0_f64 / 3.0;
    let near =
        critical_point(|v| (v[0] - x).exp() - v[0] + v[0].powi(2) - v[0] * (2.0 * x), &vector![x]);
    let near = near.unwrap();
    assert!((near.point[0] - x).abs() < 1e-15 && near.iterations < 3);
    assert_eq!(near.classification.kind, CriticalKind::LocalMinimum);
}

/// The search ends as near as the numbers can tell, and no sooner.
#[test]
fn accuracy() {
    // the root of 2x + eˣ, from far and near
    for start in [-3.0_f64, 0.0, 1.0, 5.0, 100.0] {
        let found = critical_point(|v| v[0].powi(2) + v[0].exp(), &vector![start]).unwrap();
        let x = -0.351_733_711_249_195_84;
        assert!((found.point[0] - x).abs() <= 1e-16, "{start}: {}", found.point[0]);
    }
    // in single precision
    for start in [-3.0_f32, 0.0, 1.0, 5.0] {
        let found = critical_point(|v| v[0].powi(2) + v[0].exp(), &vector![start]).unwrap();
        assert!((found.point[0] + 0.351_733_7).abs() <= 6e-8, "{start}: {}", found.point[0]);
        assert_eq!(found.classification.kind, CriticalKind::LocalMinimum);
    }
    // a critical point at zero, up to the rounding of 0.1 + 0.2 - 0.3
    let found = critical_point(|v| (v[0] - 0.3 + 0.1 + 0.2).cos(), &vector![0.5_f64]).unwrap();
    assert!(found.point[0].abs() < 1e-16);
    assert_eq!(found.classification.kind, CriticalKind::LocalMaximum);
    // far from the start, on the scale of the start
    let found = critical_point(|v| v[0].powi(4) - v[0].powi(2), &vector![1e10]).unwrap();
    assert!((found.point[0] - 0.5_f64.sqrt()).abs() < 1e-15);
    // a fourfold root whose gradient is noise within 1e-5
    let quartic = |x: f64| {
        move |v: &nalgebra::Vector1<HyperDual>| {
            v[0].powi(4) - v[0].powi(3) * (4.0 * x) + v[0].powi(2) * (6.0 * x * x)
                - v[0] * (4.0 * x * x * x)
        }
    };
    let found = critical_point(quartic(1.1), &vector![3.0]).unwrap();
    assert!((found.point[0] - 1.1).abs() < 1e-4);
}

/// Functions without a critical point, or without one on that side of a pole.
#[test]
fn no_critical_point() {
    let kind = |f: fn(HyperDual) -> HyperDual, start: f64| {
        let missed = critical_point(|x| f(x[0]), &vector![start]).unwrap_err();
        assert!(missed.gradient[0] != 0.0 && missed.value.is_finite() && missed.iterations > 0);
        missed.kind
    };
    // fading away, also where the numbers end
    for start in [0.0, 1.0, -50.0, -700.0] {
        let kind = kind(|x| x.exp(), start);
        assert!(kind == CriticalPointErrorKind::Runaway || start == -700.0);
    }
    assert_eq!(kind(|x| x.ln(), 0.5), CriticalPointErrorKind::Runaway);
    assert_eq!(kind(|x| x.atan(), 0.5), CriticalPointErrorKind::Runaway);
    assert_eq!(kind(|x| x.recip(), 1.5), CriticalPointErrorKind::Runaway);
    kind(|x| x.sqrt(), 0.5);
    kind(|x| (x - 1.0).sqrt(), 1.5);
    kind(|x| (x - 1.0).powf(1.5) + x, 1.5);
    // straight, and with a gradient x² + 1
    assert_eq!(kind(|x| x * 3.0, 1.0), CriticalPointErrorKind::Stuck);
    assert_eq!(kind(|x| x.powi(3) / 3.0 + x, 0.7), CriticalPointErrorKind::Stuck);
    let missed = critical_point(|x| x[0] + x[1] * 2.0, &vector![1.0, 1.0]).unwrap_err();
    assert_eq!((missed.kind, missed.gradient), (CriticalPointErrorKind::Stuck, vector![1.0, 2.0]));
}

/// One variable has a critical value, another one fades away.
#[test]
fn a_partial_runaway() {
    let f = |x: &Vector2<HyperDual<f64, 2>>| (x[0] - 1.0).powi(2) + (-x[1]).exp();
    let missed = critical_point(f, &vector![3.0, 1.0]).unwrap_err();
    assert_eq!(missed.kind, CriticalPointErrorKind::Runaway);
}

#[test]
fn not_finite() {
    let at = |x: f64| Vector2::new(x, 1.0);
    let missed = critical_point(|x| x[0].ln() + x[1], &at(-1.0)).unwrap_err();
    assert_eq!((missed.kind, missed.iterations), (CriticalPointErrorKind::NotFinite, 0));
    assert_eq!(missed.point, at(-1.0));
    let missed = critical_point(|x| x[0] * f64::NAN + x[1], &dvector![1.0, 2.0]).unwrap_err();
    assert_eq!(missed.kind, CriticalPointErrorKind::NotFinite);
    let text = missed.to_string();
    assert!(text.contains("not finite at the start") && text.contains("after 0 steps"), "{text}");
}

/// Where zero is as good as what the search arrived at, it is zero.
#[test]
fn zeros_are_zero() {
    let flat = critical_point(|[x, y, z]| x * x - y * y + z.powi(4), [0.3, 0.2, 0.4]).unwrap();
    assert_eq!((flat.point, flat.value, flat.gradient), ([0.0; 3], 0.0, [0.0; 3]));
    for power in [2, 3, 4, 6] {
        let found =
            critical_point(|[x, y]| x.powi(power) + (y - 1.0).powi(2) * (x + 2.0), [0.7, 0.1]);
        let [x, y] = found.unwrap().point;
        assert!(x == 0.0 && (y - 1.0_f64).abs() < 1e-15, "{power}: {x:e}, {y}");
    }
    // a coordinate that is small beside the others, and not zero
    let small =
        critical_point(|[x, y]| (x - 1e-20).powi(2) * 1e30 + (y - 1.0).powi(2), [1e-19, 0.3]);
    assert!((small.unwrap().point[0] - 1e-20_f64).abs() < 1e-34);
    // f32
    let found = critical_point(|[x]| x * x.sin(), [0.5_f32]).unwrap();
    assert_eq!(found.point, [0.0]);
}
