//! One-pass Hessians and gradients of scalar programs against dense ones.

use gradual::structured::sparse::{HessianPlan, SparseError};
use gradual::{Function, Real, ScalarFunction};
use nalgebra::{DMatrix, DVector};

use crate::problems::dense::{Outcome, compare, expanded};
use crate::problems::random::{Program, Random};
use crate::problems::{Rosenbrock, Wide};

#[test]
fn ten_thousand_random_programs_give_the_dense_derivatives() {
    let mut random = Random(11);
    let (mut agreed, mut shared, mut several, mut left, mut not_finite) = (0, 0, 0, 0, 0);
    for round in 0..10_000 {
        let program = if round % 3 == 0 {
            let n = 1 + random.below(12);
            let steps = 1 + random.below(30);
            Program::anything(&mut random, n, steps, 1)
        } else {
            let n = 4 + random.below(if round % 3 == 1 { 8 } else { 40 });
            Program::of_terms(&mut random, n)
        };
        let x = random.point(program.inputs());
        let plan = HessianPlan::trace(&program, &x).unwrap();
        // Beyond 32 colours it takes several passes.
        several += usize::from(plan.colouring().count() > 32);
        // On the traced path there is no way out.
        match compare(&plan, &program, &x) {
            Outcome::Agrees => agreed += 1,
            Outcome::NotFinite => not_finite += 1,
            outcome => panic!("{outcome:?} in round {round}: {program:?} at {x:?}"),
        }
        shared += usize::from(plan.colouring().count() < program.inputs());
        // Elsewhere programs that select may do something else.
        let elsewhere = random.point(program.inputs());
        if compare(&plan, &program, &elsewhere) == Outcome::AnotherPath {
            assert!(program.selects());
            left += 1;
            if let Ok(both) = HessianPlan::trace_at(&program, &[&x, &elsewhere]) {
                assert_ne!(compare(&both, &program, &x), Outcome::AnotherPath);
                assert_ne!(compare(&both, &program, &elsewhere), Outcome::AnotherPath);
            }
        }
    }
    // All kinds of outcome have been seen.
    let seen = (agreed, shared, several, left, not_finite);
    assert!(
        agreed > 9000 && shared > 5000 && several >= 3 && left > 30 && not_finite < 100,
        "{seen:?}"
    );
}

#[test]
fn rosenbrock_has_two_lanes_and_the_dense_derivatives() {
    let mut random = Random(4);
    let x = random.point(50);
    let plan = HessianPlan::trace(&Rosenbrock, &x).unwrap();
    assert_eq!((plan.nnz(), plan.colouring().count()), (99, 2));
    for _ in 0..5 {
        assert_eq!(compare(&plan, &Rosenbrock, &random.point(50)), Outcome::Agrees);
    }
}

#[test]
fn every_number_of_lanes_gives_the_dense_derivatives() {
    // Beyond 32 it takes several passes, one for each pair of blocks of 16.
    for width in [1, 2, 3, 4, 5, 6, 7, 9, 12, 13, 17, 32, 33, 48, 49, 70] {
        let f = Wide { width };
        let x = Random(8).point(width + 8);
        let plan = HessianPlan::trace(&f, &x).unwrap();
        assert_eq!(plan.colouring().count(), width);
        assert_eq!(compare(&plan, &f, &x), Outcome::Agrees);
    }
    let error = HessianPlan::trace(&Wide { width: 257 }, &[0.5; 300]).unwrap_err();
    assert_eq!(error, SparseError::Dense { lanes: 257 });
}

/// Sums in every form: nested, of differences, means, weighted by constants and by numbers, used twice.
struct Sums;

impl ScalarFunction for Sums {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        let squares: T = x.iter().map(|x| x.powi(2)).sum();
        let mut running = T::zero();
        for w in x.windows(3) {
            running -= (w[0] * w[1]).sin() / (w[2] * w[2] + 1.0);
            running += w[1].hypot(w[2] + 3.0);
        }
        let mean = squares / x.len() as f64;
        let lifted = T::literal(0.25) * running + mean * T::literal(-3.0);
        let rows: T = x.chunks(4).map(|row| row.iter().map(|x| x.exp()).sum::<T>() * 0.5).sum();
        let twice = lifted.mul_add(T::literal(2.0), rows) - lifted / T::literal(3.0);
        let (once, again) = (running, running);
        let nothing = once - again;
        -twice.midpoint(squares) + nothing + T::literal(4.0) - x[3] * 7.0
    }
}

#[test]
fn sums_in_every_form_are_seen_as_sums() {
    let mut random = Random(6);
    let x = random.point(30);
    let plan = HessianPlan::trace(&Sums, &x).unwrap();
    assert_eq!(plan.colouring().count(), 3);
    for _ in 0..10 {
        assert_eq!(compare(&plan, &Sums, &random.point(30)), Outcome::Agrees);
    }
}

/// A constant, a linear function and nothing at all.
struct Trivial {
    slope: f64,
}

impl ScalarFunction for Trivial {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        if self.slope == 0.0 { T::literal(3.0) } else { x.iter().map(|x| *x * self.slope).sum() }
    }
}

#[test]
fn trivial_functions_have_trivial_derivatives() {
    for (slope, n) in [(0.0, 3), (2.0, 3), (2.0, 1), (0.0, 0)] {
        let f = Trivial { slope };
        let x = vec![1.0; n];
        let plan = HessianPlan::trace(&f, &x).unwrap();
        let (value, gradient, hessian) = expanded(&plan, &f, &x).unwrap();
        assert_eq!(value, f.value(&DVector::from_vec(x)));
        assert!(gradient.iter().all(|g| *g == slope));
        assert!(hessian.iter().all(|h| *h == 0.0));
    }
}

#[test]
fn both_triangles_say_where_each_value_comes_from() {
    let plan = HessianPlan::trace(&Sums, &[0.5; 12]).unwrap();
    let mut values = vec![0.0; plan.nnz()];
    plan.hessian(&Sums, &[0.5; 12], &mut [0.0; 12], &mut values).unwrap();
    let whole = plan.symmetric();
    let (columns, rows, from) = (&whole.columns, &whole.rows, &whole.from);
    let (_, _, h) = expanded(&plan, &Sums, &[0.5; 12]).unwrap();
    let mut seen = DMatrix::zeros(12, 12);
    for j in 0..12 {
        let column = &rows[columns[j]..columns[j + 1]];
        assert!(column.windows(2).all(|pair| pair[0] < pair[1]));
        for s in columns[j]..columns[j + 1] {
            seen[(rows[s], j)] = values[from[s] as usize];
        }
    }
    assert_eq!(seen, h);
    assert_eq!(rows.len(), 2 * plan.nnz() - 12);
}

/// Atoms on a jittered grid that attract their neighbours, as plain loops over all pairs.
struct Molecule {
    cutoff: f64,
}

impl ScalarFunction for Molecule {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        let mut energy = T::zero();
        for (i, a) in x.chunks(3).enumerate() {
            for b in x.chunks(3).skip(i + 1) {
                let (dx, dy, dz) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
                let d2 = dx * dx + dy * dy + dz * dz;
                if d2 < self.cutoff * self.cutoff {
                    let s = (d2 * d2 * d2).recip();
                    energy += (s * s - s) * 4.0;
                }
            }
        }
        energy
    }
}

fn atoms(side: usize) -> Vec<f64> {
    let mut random = Random(3);
    let mut x = Vec::new();
    for k in 0..side * side * side {
        let place = [k % side, k / side % side, k / side / side];
        x.extend(place.iter().zip(random.point(3)).map(|(&p, r)| p as f64 + 0.02 * r));
    }
    x
}

/// What is computed and thrown away, as the distance of two atoms that are far from each other, counts for nothing.
#[test]
fn a_molecule_has_the_colours_of_its_neighbours() {
    let x = atoms(3);
    let f = Molecule { cutoff: 1.2 };
    let plan = HessianPlan::trace(&f, &x).unwrap();
    // Six neighbours at most: 54 pairs of atoms with nine entries, and six for each atom.
    assert_eq!(plan.nnz(), 54 * 9 + 27 * 6);
    assert!(plan.colouring().count() <= 32, "{}", plan.colouring().count());
    assert_eq!(compare(&plan, &f, &x), Outcome::Agrees);
    // With more neighbours than there are lanes it takes several passes.
    let f = Molecule { cutoff: 2.5 };
    let plan = HessianPlan::trace(&f, &x).unwrap();
    assert!(plan.nnz() < 81 * 82 / 2 && plan.colouring().count() > 32);
    assert_eq!(compare(&plan, &f, &x), Outcome::Agrees);
    // A molecule of twice the side has hardly more colours.
    let plan = HessianPlan::trace(&Molecule { cutoff: 1.2 }, &atoms(6)).unwrap();
    assert_eq!(plan.nnz(), 3 * 36 * 5 * 9 + 216 * 6);
    assert!(plan.colouring().count() <= 32, "{}", plan.colouring().count());
}
