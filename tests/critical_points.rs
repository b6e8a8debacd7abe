//! Critical points: classification by the Hessian, and the search for them on standard problems, in every
//! unit.
#![cfg(feature = "nalgebra")]

use gradual::*;
use nalgebra::{DMatrix, DVector, Matrix3, SMatrix, Vector2, dmatrix, dvector, matrix, vector};

mod classification {
    use super::*;

    #[test]
    fn kinds_of_critical_points() {
        let kind = |h: SMatrix<f64, 3, 3>| classify_hessian(&h).kind;
        let diagonal = |a, b, c| kind(Matrix3::from_diagonal(&vector![a, b, c]));
        assert_eq!(diagonal(1.0, 2.0, 3.0), CriticalKind::LocalMinimum);
        assert_eq!(diagonal(-1.0, -2.0, -3.0), CriticalKind::LocalMaximum);
        assert_eq!(diagonal(1.0, -2.0, 3.0), CriticalKind::Saddle { index: 1 });
        assert_eq!(diagonal(-1.0, -2.0, 3.0), CriticalKind::Saddle { index: 2 });
        assert_eq!(diagonal(1.0, 0.0, 3.0), CriticalKind::Degenerate);
        assert_eq!(kind(Matrix3::zeros()), CriticalKind::Degenerate);
        assert_eq!(kind(Matrix3::repeat(f64::NAN)), CriticalKind::Degenerate);
        assert_eq!(diagonal(1.0, f64::INFINITY, 3.0), CriticalKind::Degenerate);
        // one variable, dynamic matrices, single precision
        assert_eq!(classify_hessian(&matrix![2.0]).kind, CriticalKind::LocalMinimum);
        let swap = dmatrix![0.0, 1.0; 1.0, 0.0];
        assert_eq!(classify_hessian(&swap).kind, CriticalKind::Saddle { index: 1 });
        let single = matrix![-2.0_f32, 0.0; 0.0, -1.0];
        assert_eq!(classify_hessian(&single).kind, CriticalKind::LocalMaximum);
    }

    #[test]
    fn names() {
        let kinds = [
            CriticalKind::LocalMinimum,
            CriticalKind::LocalMaximum,
            CriticalKind::Saddle { index: 1 },
            CriticalKind::Saddle { index: 3 },
            CriticalKind::Degenerate,
        ];
        let names = ["local minimum", "local maximum", "saddle", "saddle of index 3", "degenerate"];
        assert_eq!(kinds.map(|kind| kind.to_string()), names);
        assert_eq!(format!("{:>18}|", kinds[3]), " saddle of index 3|");
    }

    /// A space of one point.
    #[test]
    fn no_variables() {
        let none = classify_hessian(&DMatrix::<f64>::zeros(0, 0));
        assert_eq!((none.kind, none.eigenvalues.len()), (CriticalKind::LocalMinimum, 0));
        let constant = |_: &DVector<BlockDual<f64, 4, 4>>| Jet::constant(3.0);
        let found = critical_point(constant, &DVector::zeros(0)).unwrap();
        assert_eq!((found.value, found.iterations), (3.0, 0));
        assert_eq!(found.classification.kind, CriticalKind::LocalMinimum);
    }

    /// The tolerance is relative to the matrix: scaling changes nothing, and rounding leaves no curvature
    /// where there is none.
    #[test]
    fn tolerance_is_relative() {
        for scale in [1e-200, 1.0, 1e200] {
            let small = matrix![1.0, 0.0; 0.0, 1e-10] * scale;
            assert_eq!(classify_hessian(&small).kind, CriticalKind::LocalMinimum);
            // a rank-one matrix in a general position
            let v = vector![0.3, -0.7, 0.1];
            let h: Matrix3<f64> = v * v.transpose() * scale;
            assert_eq!(classify_hessian(&h).kind, CriticalKind::Degenerate);
        }
    }

    /// 8 n ε of the largest, on either side, in both precisions and several dimensions.
    #[test]
    fn tolerance_is_eight_n_epsilon() {
        fn kind<T: Scalar + nalgebra::RealField, const N: usize>(small: T) -> CriticalKind {
            let mut h = SMatrix::<T, N, N>::identity();
            h[(0, 0)] = small;
            classify_hessian(&h).kind
        }
        for sign in [1.0, -1.0] {
            let lies = |n: f64, factor: f64| sign * factor * 8.0 * n * f64::EPSILON;
            let regular = if sign > 0.0 {
                CriticalKind::LocalMinimum
            } else {
                CriticalKind::Saddle { index: 1 }
            };
            assert_eq!(kind::<f64, 2>(lies(2.0, 0.99)), CriticalKind::Degenerate);
            assert_eq!(kind::<f64, 2>(lies(2.0, 1.01)), regular);
            assert_eq!(kind::<f64, 5>(lies(5.0, 0.99)), CriticalKind::Degenerate);
            assert_eq!(kind::<f64, 5>(lies(5.0, 1.01)), regular);
            let lies = |factor: f32| sign as f32 * factor * 16.0 * f32::EPSILON;
            assert_eq!(kind::<f32, 2>(lies(0.99)), CriticalKind::Degenerate);
            assert_eq!(kind::<f32, 2>(lies(1.01)), regular);
        }
    }

    #[test]
    fn tolerance_of_ones_own() {
        let h = matrix![1.0, 0.0; 0.0, -1e-3];
        let kind = |tolerance| classify_hessian_within(&h, tolerance).kind;
        assert_eq!(kind(0.0), CriticalKind::Saddle { index: 1 });
        assert_eq!(kind(0.9e-3), CriticalKind::Saddle { index: 1 });
        assert_eq!(kind(1.1e-3), CriticalKind::Degenerate);
        let ten = classify_hessian_within(&(h * 10.0), 0.9e-3);
        assert_eq!(ten.kind, CriticalKind::Saddle { index: 1 });
    }

    /// H v = λ v, ascending, orthonormal.
    #[test]
    fn eigenpairs_say_so() {
        let h = matrix![2.0, -1.0, 0.5; -1.0, 0.0, 1.0; 0.5, 1.0, -3.0];
        let point = classify_hessian(&h);
        let (values, directions) = (point.eigenvalues, point.directions);
        assert!(values[0] < values[1] && values[1] < values[2]);
        let residual = h * directions - directions * Matrix3::from_diagonal(&values);
        assert!(residual.amax() < 1e-14);
        assert!((directions.transpose() * directions - Matrix3::identity()).amax() < 1e-14);
    }
}

/// Test functions; references to Moré, Garbow and Hillstrom, Testing unconstrained optimization software
/// (1981), as MGH.
mod problems {
    use super::Real;

    /// MGH 1.
    pub fn rosenbrock<T: Real<Scalar = f64>>(x: &[T]) -> T {
        (x[1] - x[0] * x[0]).powi(2) * 100.0 + (x[0] - 1.0).powi(2)
    }

    pub fn himmelblau<T: Real<Scalar = f64>>(x: &[T]) -> T {
        (x[0].powi(2) + x[1] - 11.0).powi(2) + (x[0] + x[1].powi(2) - 7.0).powi(2)
    }

    /// MGH 5.
    pub fn beale<T: Real<Scalar = f64>>(x: &[T]) -> T {
        let term = |(c, i): (f64, i32)| (x[0] - x[0] * x[1].powi(i) - c).powi(2);
        [1.5, 2.25, 2.625].into_iter().zip(1..).map(term).sum()
    }

    /// MGH 14.
    pub fn wood<T: Real<Scalar = f64>>(x: &[T]) -> T {
        (x[1] - x[0] * x[0]).powi(2) * 100.0
            + (x[0] - 1.0).powi(2)
            + (x[3] - x[2] * x[2]).powi(2) * 90.0
            + (x[2] - 1.0).powi(2)
            + (x[1] + x[3] - 2.0).powi(2) * 10.0
            + (x[1] - x[3]).powi(2) * 0.1
    }

    /// MGH 13: singular at its minimum.
    pub fn powell<T: Real<Scalar = f64>>(x: &[T]) -> T {
        (x[0] + x[1] * 10.0).powi(2)
            + (x[2] - x[3]).powi(2) * 5.0
            + (x[1] - x[2] * 2.0).powi(4)
            + (x[0] - x[3]).powi(4) * 10.0
    }

    /// MGH 4.
    pub fn brown<T: Real<Scalar = f64>>(x: &[T]) -> T {
        (x[0] - 1e6).powi(2) + (x[1] - 2e-6).powi(2) + (x[0] * x[1] - 2.0).powi(2)
    }

    pub fn monkey_saddle<T: Real<Scalar = f64>>(x: &[T]) -> T {
        x[0].powi(3) - x[0] * x[1] * x[1] * 3.0
    }

    pub fn cubes<T: Real<Scalar = f64>>(x: &[T]) -> T {
        x[0].powi(3) + x[1].powi(3)
    }

    /// Three curvatures whose units are far apart.
    pub fn unequal<T: Real<Scalar = f64>>(x: &[T]) -> T {
        (x[0] * 1e12 - 1.0).powi(2) - (x[1] * 1e-9 - 2.0).powi(2)
            + (x[2] - 3.0).powi(2)
            + (x[0] * 1e12 * x[2] - 3.0).powi(2)
    }
}

type Found = CriticalPoint<f64, DVector<f64>, DMatrix<f64>>;
type Missed = CriticalPointError<f64, DVector<f64>>;
type Number = BlockDual<f64, 4, 4>;

/// The search with the function in units of `height` and the variables in units of `length`; the result in
/// units of 1.
fn search(
    f: fn(&[Number]) -> Number,
    start: &[f64],
    (height, length): (f64, f64),
) -> Result<Found, Missed> {
    let mut scaled = Vec::new();
    let start = DVector::from_column_slice(start) * length;
    let mut found = critical_point(
        |x| {
            scaled.clear();
            scaled.extend(x.iter().map(|x| *x / length));
            f(&scaled) * height
        },
        &start,
    )?;
    found.point /= length;
    found.gradient *= length / height;
    found.hessian *= length / height * length;
    found.value /= height;
    Ok(found)
}

const UNITS: [(f64, f64); 8] = [
    (1.0, 1.0),
    (1e150, 1.0),
    (1e-150, 1.0),
    (1.0, 1e15),
    (1.0, 1e-15),
    (1e150, 1e-15),
    (1e-150, 1e15),
    (2.5e120, 0.7e7),
];

/// Is every coordinate within `tolerance` of the expected one, relative to it or to 1e-3?
#[track_caller]
fn assert_at(found: &Found, expected: &[f64], tolerance: f64) {
    for (x, e) in found.point.iter().zip(expected) {
        let error = (x - e).abs();
        assert!(error <= tolerance * e.abs().max(1e-3), "{} {expected:?}", found.point);
    }
}

#[test]
fn rosenbrock_from_everywhere_in_every_unit() {
    for i in 0..21 {
        for j in 0..21 {
            let start = [0.2 * f64::from(i) - 2.0, 0.2 * f64::from(j) - 2.0];
            let found = search(problems::rosenbrock, &start, UNITS[0]).unwrap();
            assert_at(&found, &[1.0, 1.0], 1e-13);
            assert_eq!(found.classification.kind, CriticalKind::LocalMinimum);
            assert!(found.iterations <= 100, "{start:?}: {}", found.iterations);
        }
    }
    for units in UNITS {
        let found = search(problems::rosenbrock, &[-1.2, 1.0], units).unwrap();
        assert_at(&found, &[1.0, 1.0], 1e-13);
        assert_eq!(found.classification.kind, CriticalKind::LocalMinimum, "{units:?}");
    }
}

/// The nine critical points of Himmelblau's function.
const HIMMELBLAU: [([f64; 2], CriticalKind); 9] = [
    ([3.0, 2.0], CriticalKind::LocalMinimum),
    ([-2.805118086952745, 3.131312518250573], CriticalKind::LocalMinimum),
    ([-3.779310253377747, -3.2831859912861696], CriticalKind::LocalMinimum),
    ([3.5844283403304917, -1.8481265269644036], CriticalKind::LocalMinimum),
    ([-0.2708445906673476, -0.9230385564799815], CriticalKind::LocalMaximum),
    ([3.385154183607021, 0.07385187983774928], CriticalKind::Saddle { index: 1 }),
    ([0.08667750455539636, 2.884254701174776], CriticalKind::Saddle { index: 1 }),
    ([-3.0730257507643897, -0.08135304428796751], CriticalKind::Saddle { index: 1 }),
    ([-0.12796134673068008, -1.9537149802445763], CriticalKind::Saddle { index: 1 }),
];

#[test]
fn himmelblau_from_everywhere_in_every_unit() {
    let which = |found: &Found| {
        let near = |(x, _): &([f64; 2], _)| {
            (found.point[0] - x[0]).abs() < 1e-13 && (found.point[1] - x[1]).abs() < 1e-13
        };
        let index = HIMMELBLAU.iter().position(near).unwrap_or_else(|| panic!("{}", found.point));
        assert_eq!(found.classification.kind, HIMMELBLAU[index].1);
        index
    };
    let mut all = [0; 9];
    for i in 0..21 {
        for j in 0..21 {
            let start = [0.5 * f64::from(i) - 5.0, 0.5 * f64::from(j) - 5.0];
            let found = search(problems::himmelblau, &start, UNITS[0]).unwrap();
            assert!(found.iterations < 20, "{start:?}: {}", found.iterations);
            all[which(&found)] += 1;
            // at some of the starts, in all units
            if (i + 3 * j) % 20 == 0 {
                for units in UNITS {
                    let again = search(problems::himmelblau, &start, units).unwrap();
                    assert_eq!(which(&again), which(&found), "{start:?} {units:?}");
                }
            }
        }
    }
    assert!(all.iter().all(|count| *count > 10), "{all:?}");
}

#[test]
fn near_the_start() {
    let find = |x, y| critical_point(|v| problems::himmelblau(v.as_slice()), &vector![x, y]);
    for (start, index) in [([2.5, 2.5], 0), ([-0.2, -0.8], 4), ([0.1, 2.9], 6)] {
        let found = find(start[0], start[1]).unwrap();
        let (expected, kind) = HIMMELBLAU[index];
        assert!((found.point - Vector2::from(expected)).norm() < 1e-14);
        assert_eq!(found.classification.kind, kind);
        assert!(found.gradient.norm() < 1e-12 && found.iterations < 10);
        assert_eq!(found.value, problems::himmelblau(found.point.as_slice()));
        assert_eq!(found.hessian, hessian(|v| problems::himmelblau(v.as_slice()), &found.point).2);
    }
}

#[test]
fn standard_problems_in_every_unit() {
    for units in UNITS {
        let beale = search(problems::beale, &[1.0, 1.0], units).unwrap();
        let minimum = (&beale.point - dvector![3.0, 0.5]).norm() < 1e-12;
        let saddle = (&beale.point - dvector![0.0, 1.0]).norm() < 1e-12;
        let kind = beale.classification.kind;
        assert!(
            minimum && kind == CriticalKind::LocalMinimum
                || saddle && kind == CriticalKind::Saddle { index: 1 }
        );

        let beale = search(problems::beale, &[2.5, 0.4], units).unwrap();
        assert_at(&beale, &[3.0, 0.5], 1e-12);
        assert_eq!(beale.classification.kind, CriticalKind::LocalMinimum);

        // a saddle near the usual start is as good as the minimum
        let wood = search(problems::wood, &[-3.0, -1.0, -3.0, -1.0], units).unwrap();
        let minimum = (&wood.point - dvector![1.0, 1.0, 1.0, 1.0]).norm() < 1e-12;
        assert!(
            wood.gradient.norm() < 1e-11 && wood.iterations < 60,
            "{units:?} {} {}",
            wood.iterations,
            wood.gradient
        );
        assert_eq!(minimum, wood.classification.kind == CriticalKind::LocalMinimum);
        let wood = search(problems::wood, &[0.9, 1.1, 1.1, 0.9], units).unwrap();
        assert_at(&wood, &[1.0; 4], 1e-12);

        let brown = search(problems::brown, &[1.0, 1.0], units).unwrap();
        assert_at(&brown, &[1e6, 2e-6], 1e-12);
        assert!((brown.point[1] / 2e-6 - 1.0).abs() < 1e-12);
        assert_eq!(brown.classification.kind, CriticalKind::LocalMinimum);
    }
}

/// Where the Hessian is singular the convergence is slow, and second derivatives do not decide.
#[test]
fn degenerate_points_in_every_unit() {
    for units in UNITS {
        let powell = search(problems::powell, &[3.0, -1.0, 0.0, 1.0], units).unwrap();
        assert!(powell.point.norm() < 1e-7 && powell.gradient.norm() < 1e-20);
        assert_eq!(powell.classification.kind, CriticalKind::Degenerate);
        for f in [problems::monkey_saddle, problems::cubes] {
            for start in [[1.0, 0.7], [-0.3, 0.9], [2.0, 2.0]] {
                let found = search(f, &start, units).unwrap();
                assert!(found.point.norm() < 1e-14 && found.gradient.norm() < 1e-28);
                assert_eq!(found.classification.kind, CriticalKind::Degenerate, "{units:?}");
            }
        }
    }
    // x³ is no minimum, wherever the search comes from; nor is it one at 0 itself, nor is x⁴ decided
    for n in [3, 4, 5] {
        for start in [0.0_f64, 1.0, -1.0, 1e-3, 1e10] {
            let found = critical_point(|x| x[0].powi(n), &vector![start]).unwrap();
            assert_eq!(found.classification.kind, CriticalKind::Degenerate, "{n} {start}");
            assert!(found.point[0].abs() <= 1e-13 * start.abs());
        }
    }
    // beside a curvature of ordinary size
    let found = critical_point(|x| x[0].powi(4) + x[1].powi(2), &vector![1.0, 1.0]).unwrap();
    assert_eq!(found.classification.kind, CriticalKind::Degenerate);
    let found =
        critical_point(|x| (x[0] - 1.0).powi(3) + x[1].powi(2), &vector![3.0_f64, 1.0]).unwrap();
    assert!((found.point[0] - 1.0).abs() < 1e-13);
    assert_eq!(found.classification.kind, CriticalKind::Degenerate);
    // a valley of minima
    let found = critical_point(|x| (x[0] + x[1] - 1.0).powi(2), &vector![3.0, 1.0]).unwrap();
    assert_eq!(found.classification.kind, CriticalKind::Degenerate);
}

/// The kind does not depend on the units either, where the matrix alone looks singular.
#[test]
fn variables_of_different_units() {
    let found = search(problems::unequal, &[3e-12, 1e8, 1.0], (1.0, 1.0)).unwrap();
    assert!((found.point[1] / 2e9 - 1.0).abs() < 1e-14);
    assert_eq!(found.classification.kind, CriticalKind::Saddle { index: 1 });
    assert_eq!(classify_hessian(&found.hessian).kind, CriticalKind::Degenerate);
    let unequal = |x: &nalgebra::Vector3<HyperDual<f64, 3>>| problems::unequal(x.as_slice());
    let static_one = critical_point(unequal, &vector![3e-12, 1e8, 1.0]).unwrap();
    assert_eq!(static_one.classification.kind, CriticalKind::Saddle { index: 1 });
}

/// The potential energy of atoms of argon, in joules and metres.
fn lennard_jones(x: &[Number]) -> Number {
    const EPSILON: f64 = 1.65e-21;
    const SIGMA: f64 = 3.4e-10;
    let mut energy = Number::constant(0.0);
    for (i, a) in x.chunks(3).enumerate() {
        for b in x[..3 * i].chunks(3) {
            let square: Number = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
            let attraction = (square / (SIGMA * SIGMA)).powi(-3);
            energy += (attraction * attraction - attraction) * (4.0 * EPSILON);
        }
    }
    energy
}

/// What is found is critical, whatever the units; a molecule may move and turn, so that its minimum is
/// degenerate.
#[test]
fn atoms_in_metres_and_joules() {
    let mut seed = 12345_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as f64 / f64::from(1 << 31)
    };
    let mut bound = 0;
    for n in [2, 3, 4, 5] {
        for spread in [0.9, 1.0, 1.3, 2.0, 3.0, 10.0] {
            let coordinate = |i: usize| {
                let along = if i.is_multiple_of(3) { 1.0 } else { 0.3 };
                ((i / 3) as f64 * along + 0.4 * random()) * spread * 3.4e-10
            };
            let start: Vec<f64> = (0..3 * n).map(coordinate).collect();
            let Ok(found) = search(lennard_jones, &start, (1.0, 1.0)) else { continue };
            // forces in units of ε/σ
            assert!(found.gradient.norm() < 1e-11 * 1.65e-21 / 3.4e-10, "{n} {spread}");
            // all pairs at distances where they feel each other
            assert!(found.point.amax() < 1e-7);
            assert!(
                found.value < -0.99 * (n - 1) as f64 * 1.65e-21,
                "{n} {spread} {}",
                found.value
            );
            assert_eq!(found.classification.kind, CriticalKind::Degenerate);
            bound += 1;
        }
    }
    assert!(bound >= 18, "{bound}");
    // the dimer on a line: its distance is 2^(1/6) σ
    let on_a_line = |x: &[Number]| {
        let zero = Number::constant(0.0);
        lennard_jones(&[x[0], zero, zero, zero, zero, zero])
    };
    for start in [0.8, 1.0, 1.5, 3.0, 10.0] {
        let found = search(on_a_line, &[start * 3.4e-10], (1.0, 1.0)).unwrap();
        let distance = found.point[0] / 3.4e-10 / 2.0_f64.powf(1.0 / 6.0);
        assert!((distance - 1.0).abs() < 1e-14);
        assert_eq!(found.classification.kind, CriticalKind::LocalMinimum);
    }
}

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
