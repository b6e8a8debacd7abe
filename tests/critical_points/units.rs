//! The search on standard problems, from near and far, with functions and variables in every unit.

use crate::problems;
use crate::scaled::{Found, Number, UNITS, assert_at, search};
use gradual::*;
use nalgebra::{Vector2, dvector, vector};

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
