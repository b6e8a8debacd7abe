//! The steps that the quadratic model suggests, and the points that are looked at around another one.
#![cfg(feature = "std")]

use alloc::vec::Vec;

use nalgebra::{DMatrix, DVector};

use super::model::{Model, Step};
use super::problem::{Local, Problem};
use super::search::Goal;

fn local(gradient: &[f64], hessian: &[f64]) -> Local {
    let n = gradient.len();
    let hessian = DMatrix::from_row_slice(n, n, hessian);
    Local { point: alloc::vec![0.0; n], value: 0.0, gradient: gradient.to_vec(), hessian }
}

/// Models of every inertia. Entries of magnitude 1 on the diagonal keep the model's units at 1.
fn models() -> Vec<Local> {
    let mut models = Vec::new();
    for signs in [[1.0, 1.0, 1.0], [1.0, -1.0, 1.0], [-1.0, -1.0, 1.0], [-1.0, -1.0, -1.0]] {
        for [a, b, c] in [[0.3, -0.2, 0.4], [0.6, 0.5, -0.7], [0.0, 0.0, 0.0]] {
            for gradient in [[0.7, -0.4, 0.2], [1e-3, 2e-3, -1e-3], [0.0, 3.0, 0.0]] {
                let [x, y, z] = signs;
                models.push(local(&gradient, &[x, a, b, a, y, c, b, c, z]));
            }
        }
    }
    models
}

/// g·p + p·Hp/2, and the length of g + Hp.
fn modelled(at: &Local, step: &DVector<f64>) -> (f64, f64) {
    let g = DVector::from_column_slice(&at.gradient);
    let bent = &at.hessian * step;
    (g.dot(step) + step.dot(&bent) / 2.0, (g + bent).norm())
}

/// Points spread evenly over the ball, by the golden angle on spheres.
fn ball(radius: f64) -> impl Iterator<Item = DVector<f64>> {
    (1..=4).flat_map(move |shell| {
        (0..200).map(move |k| {
            let z = 1.0 - (f64::from(k) + 0.5) / 100.0;
            let (angle, across) = (2.399_963_229_728_653 * f64::from(k), (1.0 - z * z).sqrt());
            let unit = [across * angle.cos(), across * angle.sin(), z];
            DVector::from_iterator(3, unit.map(|x| x * radius * f64::from(shell) / 4.0))
        })
    })
}

fn change(step: &Step) -> DVector<f64> {
    DVector::from_column_slice(&step.change)
}

/// No point of the ball is better for the goal than the step, to a per cent; it keeps to the radius, and its
/// promise is what the model says.
#[test]
fn steps_are_the_best_within_their_radius() {
    for at in models() {
        let model = Model::new(&at);
        let (_, before) = modelled(&at, &DVector::zeros(3));
        for radius in [0.05, 0.7, 5.0] {
            for (goal, merit) in [
                (Goal::Rest, (|_, rest| rest) as fn(f64, f64) -> f64),
                (Goal::Minimum, |value, _| value),
                (Goal::Maximum, |value, _| -value),
            ] {
                let step = model.step(goal, radius);
                assert!(step.length <= radius * (1.0 + 1e-12));
                assert!((change(&step).norm() - step.length).abs() < 1e-12 * radius);
                let (value, rest) = modelled(&at, &change(&step));
                let reached = merit(value, rest);
                let best = ball(radius).map(|p| modelled(&at, &p)).map(|(v, r)| merit(v, r));
                let best = best.fold(f64::INFINITY, f64::min);
                let gained = merit(0.0, before) - reached;
                assert!(reached <= best + 0.01 * gained.abs(), "{goal:?} {radius}: {at:?}");
                let promise = match goal {
                    Goal::Rest => (before * before - rest * rest) / 2.0,
                    Goal::Minimum => -value,
                    Goal::Maximum => value,
                };
                assert!((step.promise - promise).abs() <= 1e-12 * (1.0 + promise.abs()));
            }
        }
    }
}

/// Where the gradient has no part along the lowest curvature, the step takes the rest of the radius along it, to
/// the side that its part, if there is any, points to.
#[test]
fn the_hard_case() {
    for (part, side) in [(0.0, 0.0), (1e-9, -1.0), (-1e-9, 1.0), (1e-200, -1.0), (-1e-200, 1.0)] {
        let at = local(&[0.5, part], &[1.0, 0.0, 0.0, -1.0]);
        // the minimum of x/2 + x²/2 - y²/2 within the radius: x (1 + 1) = -1/2
        let step = Model::new(&at).step(Goal::Minimum, 2.0);
        let along = (4.0 - 0.0625_f64).sqrt();
        assert!((step.change[0] + 0.25).abs() < 1e-3, "{:?}", step.change);
        assert!((step.change[1].abs() - along).abs() < 1e-3, "{:?}", step.change);
        assert!((step.length - 2.0).abs() < 2e-3);
        assert!(side == 0.0 || step.change[1].signum() == side, "{:?}", step.change);
        let upside_down = local(&[-0.5, -part], &[-1.0, 0.0, 0.0, 1.0]);
        let step = Model::new(&upside_down).step(Goal::Maximum, 2.0);
        assert!((step.change[0] + 0.25).abs() < 1e-3, "{:?}", step.change);
        assert!(side == 0.0 || step.change[1].signum() == side, "{:?}", step.change);
    }
}

/// Newton's step, a length and its errors, in the units of the problem and not in those of the model.
#[test]
fn in_the_units_of_the_problem() {
    for [f, x, y] in [[1.0, 1.0, 1.0], [1e-200, 1e12, 1e-9], [1e150, 1e-30, 1e10]] {
        // f (3 x'² - 2 y'²)/2 + f (6 x' + 4 y'), where x' = x/unit
        let at = local(&[6.0 * f / x, 4.0 * f / y], &[3.0 * f / x / x, 0.0, 0.0, -2.0 * f / y / y]);
        let model = Model::new(&at);
        let newton = model.newton();
        assert!((newton.change[0] / x + 2.0).abs() < 1e-12);
        assert!((newton.change[1] / y - 2.0).abs() < 1e-12);
        assert!((model.length(&newton.change) / newton.length - 1.0).abs() < 1e-12);
        let reach = model.reach_of(&[0.3 * f / x, 0.0]);
        assert!((reach[0] / x - 0.1).abs() < 1e-12 && reach[1] == 0.0, "{reach:?}");
        let reach = model.reach_of(&[0.0, 0.3 * f / y]);
        assert!(reach[0] == 0.0 && (reach[1] / y - 0.15).abs() < 1e-12, "{reach:?}");
    }
}

/// ‖Hĝ‖³/‖HHĝ‖², and 1 where that is undefined; ‖g‖ has a minimum that is not zero where Hg is.
#[test]
fn typical_lengths_and_dead_ends() {
    let model = Model::new(&local(&[3.0, 4.0], &[1.0, 0.0, 0.0, 1.0]));
    assert!((model.typical_length() - 5.0).abs() < 1e-12 && !model.is_stuck(1e-12));
    let model = Model::new(&local(&[3.0, 4.0], &[1.0, 0.0, 0.0, -1.0]));
    assert!((model.typical_length() - 5.0).abs() < 1e-12);
    let model = Model::new(&local(&[0.0, 4.0], &[1.0, 0.0, 0.0, 0.0]));
    assert_eq!(model.typical_length(), 1.0);
    assert!(model.is_stuck(1e-12));
    // along curvature ½, beside one of 2
    let model = Model::new(&local(&[1.0, -1.0], &[1.25, 0.75, 0.75, 1.25]));
    assert!((model.typical_length() - 8.0_f64.sqrt()).abs() < 1e-12);
    assert!(!model.is_stuck(0.2) && model.is_stuck(0.26));
}

/// Four points in the four directions of every two coordinates, at different shares of the distance.
#[test]
fn points_around_another() {
    let mut evaluate = |point: &[f64]| {
        let n = point.len();
        let zero = alloc::vec![0.0; n];
        Local { point: point.to_vec(), value: 0.0, gradient: zero, hessian: DMatrix::zeros(n, n) }
    };
    let round: fn(f64) -> f64 = |x| x;
    let mut problem =
        Problem { evaluate: &mut evaluate, round, epsilon: f64::EPSILON, min_positive: 1e-300 };
    let (centre, distances) = ([0.0; 5], [1.0, 2.0, 4.0, 0.5, 0.25]);
    let points = problem.around(&centre, &distances);
    for there in &points {
        let shares: Vec<f64> =
            there.point.iter().zip(distances).map(|(x, d)| x.abs() / d).collect();
        assert!(shares.iter().all(|share| (0.7..=1.0).contains(share)), "{shares:?}");
        for i in 0..5 {
            assert!(shares[i + 1..].iter().all(|other| (other - shares[i]).abs() > 0.07));
        }
    }
    for (a, b) in [(0, 1), (1, 2), (2, 3)] {
        let mut quadrants: Vec<(bool, bool)> =
            points.iter().map(|there| (there.point[a] > 0.0, there.point[b] > 0.0)).collect();
        quadrants.sort_unstable();
        quadrants.dedup();
        assert!(quadrants.len() > 1, "{quadrants:?}");
        assert!(a > 0 || quadrants.len() == 4, "{quadrants:?}");
    }
    // the shares of the four points differ as well
    let mut first: Vec<f64> = points.iter().map(|there| there.point[0].abs()).collect();
    first.sort_by(f64::total_cmp);
    assert!(first.windows(2).all(|pair| pair[1] - pair[0] > 0.07), "{first:?}");
}

/// What the gradient does beyond the Hessian: here x³ and y², whose Hessian at (1, 0) is diag(6, 2).
#[test]
fn departures() {
    let mut here = local(&[3.0, 0.0], &[6.0, 0.0, 0.0, 2.0]);
    here.point = Vec::from([1.0, 0.0]);
    let mut there = local(&[27.0, 1.0], &[18.0, 0.0, 0.0, 2.0]);
    there.point = Vec::from([3.0, 0.5]);
    // 27 - 3 - 6 · 2 = 12, and 1 - 0 - 2 · ½ = 0
    assert_eq!(here.departures(&there), [12.0, 0.0]);
    assert_eq!(there.departures(&here), [12.0, 0.0]);
}

#[test]
fn the_sign_of_a_goal() {
    assert!(
        Goal::Rest.sign() == 1.0 && Goal::Minimum.sign() == 1.0 && Goal::Maximum.sign() == -1.0
    );
}
