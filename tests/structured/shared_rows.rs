//! Elements that all have the same variables: against the same elements with a list of them.

use gradual::element;
use gradual::structured::losses::Huber;
use gradual::structured::shapes::{Shared, Single};
use gradual::structured::{Builder, ElementSum, Elements, Plan, PlanError, Residuals};

use crate::sums::{curved, pair};

/// Rows over variables 4, 1, 2 of 6, and a few other elements, with the shared form and with the listed one.
struct Both {
    plan: Plan,
    shared: Elements<Shared, 3>,
    listed: Elements<Single, 3>,
    others: Elements<Single, 2>,
    shared_residuals: Residuals<Elements<Shared, 3>, 2>,
    listed_residuals: Residuals<Elements<Single, 3>, 2>,
}

fn both(rows: usize) -> Both {
    let mut builder = Builder::new(6);
    let shared = builder.shared([4, 1, 2], rows).unwrap();
    let listed = builder.elements((0..rows).map(|_| [4, 1, 2])).unwrap();
    let others = builder.elements([[0, 4], [5, 1], [3, 2]]).unwrap();
    let shared_residuals = shared.residuals(&mut builder);
    let listed_residuals = listed.residuals(&mut builder);
    let plan = builder.build().unwrap();
    Both { plan, shared, listed, others, shared_residuals, listed_residuals }
}

const X: [f64; 6] = [0.3, -0.2, 0.5, 0.7, -0.4, 0.1];

#[track_caller]
fn near(a: &[f64], b: &[f64]) {
    let size = b.iter().fold(1.0, |size: f64, b| size.max(b.abs()));
    assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-13 * size), "{a:?} {b:?}");
}

#[test]
fn every_pass_gives_what_lists_give() {
    for rows in [0, 1, 2, 31, 33, 100, 5000] {
        let Both { mut plan, shared, listed, others, .. } = both(rows);
        for held in [vec![], vec![1, 5]] {
            plan.hold(held).unwrap();
            let v = [0.5, -1.0, 2.0, 0.3, 0.7, -0.2];
            let results = || ([0.0; 6], vec![0.0; plan.nnz()], [0.0; 6]);
            let ((mut g, mut h, mut p), (mut g2, mut h2, mut p2)) = (results(), results());
            macro_rules! numbers {
                ($($one:expr, $other:expr;)*) => {$({
                    let one = $one.add(shared, |e, x| curved(e, &x));
                    let one = one.add(others, |e, x| curved(e, &x)).value();
                    let other = $other.add(listed, |e, x| curved(e, &x));
                    let other = other.add(others, |e, x| curved(e, &x)).value();
                    near(&[one], &[other]);
                    near(&g, &g2);
                    near(&h, &h2);
                    near(&p, &p2);
                })*};
            }
            numbers! {
                plan.value(&X), plan.value(&X);
                plan.gradient(&X, &mut g), plan.gradient(&X, &mut g2);
                plan.hessian(&X, &mut g, &mut h), plan.hessian(&X, &mut g2, &mut h2);
                plan.hessian(&X, &mut g, &mut h).projected(),
                    plan.hessian(&X, &mut g2, &mut h2).projected();
                plan.hvp(&X, &v, &mut g, &mut p), plan.hvp(&X, &v, &mut g2, &mut p2);
            }
        }
    }
}

#[test]
fn residuals_give_what_lists_give() {
    for rows in [0, 1, 40, 3000] {
        let both = both(rows);
        let (plan, loss) = (&both.plan, Huber::new(0.4));
        let (one, other) = (both.shared_residuals.robust(loss), both.listed_residuals.robust(loss));
        let (mut g, mut g2) = ([f64::NAN; 6], [f64::NAN; 6]);
        let (mut h, mut h2) = (vec![f64::NAN; plan.nnz()], vec![f64::NAN; plan.nnz()]);
        let f = plan.gauss_newton(&X, &mut g, &mut h).add(one, |e, x| pair(e, &x)).value();
        let f2 = plan.gauss_newton(&X, &mut g2, &mut h2).add(other, |e, x| pair(e, &x)).value();
        near(&[f], &[f2]);
        near(&g, &g2);
        near(&h, &h2);
        near(&[plan.value(&X).add(one, |e, x| pair(e, &x)).value()], &[f]);

        let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
        assert_eq!((r.len(), j.len()), (4 * rows, 12 * rows));
        let pass = plan.jacobian(&X, &mut r, &mut j).add(both.shared_residuals, |e, x| pair(e, &x));
        pass.add(both.listed_residuals, |e, x| pair(e, &x)).done();
        assert_eq!(r[..2 * rows], r[2 * rows..]);
        assert_eq!(j[..6 * rows], j[6 * rows..]);
        let (starts, columns) = plan.jacobian_pattern();
        assert_eq!((starts.len(), columns.len()), (4 * rows + 1, 12 * rows));
        assert!(columns.chunks(3).all(|row| row == [1, 2, 4]));
    }
}

#[test]
#[cfg(feature = "rayon")]
fn threads_give_the_same_bits() {
    for rows in [1, 33, 10_000] {
        let both = both(rows);
        let plan = &both.plan;
        let seen = both.shared_residuals;
        let results = || ([f64::NAN; 6], vec![f64::NAN; plan.nnz()]);
        let ((mut g, mut h), (mut gp, mut hp)) = (results(), results());
        let f = plan.hessian(&X, &mut g, &mut h).add(both.shared, |e, x| curved(e, &x)).value();
        for threads in [1, 2, 3, 7] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let fp = pool.install(|| {
                let pass = plan.hessian(&X, &mut gp, &mut hp).par();
                pass.add(both.shared, |e, x| curved(e, &x)).value()
            });
            assert_eq!((f, g, &h), (fp, gp, &hp));
        }
        let f = plan.gauss_newton(&X, &mut g, &mut h).add(seen, |e, x| pair(e, &x)).value();
        let pass = plan.gauss_newton(&X, &mut gp, &mut hp).par();
        assert_eq!(f, pass.add(seen, |e, x| pair(e, &x)).value());
        assert_eq!((g, &h), (gp, &hp));

        let rows = || (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
        let ((mut r, mut j), (mut rp, mut jp)) = (rows(), rows());
        plan.jacobian(&X, &mut r, &mut j).add(seen, |e, x| pair(e, &x)).done();
        plan.jacobian(&X, &mut rp, &mut jp).par().add(seen, |e, x| pair(e, &x)).done();
        assert_eq!((r, j), (rp, jp));
    }
}

#[test]
fn an_error_is_that_of_the_first_row() {
    let both = both(20_000);
    let mut g = [0.0; 6];
    let fails = |e: usize| if e == 777 || e > 15_000 { Err(e) } else { Ok(()) };
    let pass = both.plan.gradient(&X, &mut g);
    let failed = pass.try_add(both.shared, |e, [a, b, c]| fails(e).map(|()| a * b * c));
    assert_eq!(failed.err(), Some(777));
    #[cfg(feature = "rayon")]
    for _ in 0..20 {
        let pass = both.plan.gradient(&X, &mut g).par();
        let failed = pass.try_add(both.shared, |e, [a, b, c]| fails(e).map(|()| a * b * c));
        assert_eq!(failed.err(), Some(777));
    }
}

#[test]
fn a_plan_has_no_place_for_each_row() {
    let bytes = |rows| {
        let mut builder = Builder::new(10);
        let rows = builder.shared::<10>(std::array::from_fn(|i| i), rows).unwrap();
        let _ = rows.residuals::<1>(&mut builder);
        builder.build().unwrap().bytes()
    };
    assert_eq!(bytes(10), bytes(10_000_000));
    assert!(bytes(10) < 2000);
}

#[test]
fn bad_variables_are_refused() {
    let mut builder = Builder::new(3);
    let out = PlanError::OutOfRange { element: 0, index: 3, count: 3 };
    assert_eq!(builder.shared([0, 3], 5).unwrap_err(), out);
    let repeated = PlanError::Repeated { element: 0, index: 1 };
    assert_eq!(builder.shared([1, 0, 1], 5).unwrap_err(), repeated);
    #[cfg(target_pointer_width = "64")]
    assert_eq!(builder.shared([1, 0], 1 << 32).unwrap_err(), PlanError::TooLarge);
}

#[test]
fn an_object_takes_them() {
    let Both { plan, shared, shared_residuals, .. } = both(500);
    let sum = ElementSum::new(plan.clone())
        .with(element!(shared, |e, x| curved(e, &x)))
        .with(element!(shared_residuals, |e, x| pair(e, &x)));
    let (mut g, mut h) = ([0.0; 6], vec![0.0; plan.nnz()]);
    let f = sum.hessian(&X, &mut g, &mut h);
    let (mut g2, mut h2) = ([0.0; 6], vec![0.0; plan.nnz()]);
    let pass = plan.gauss_newton(&X, &mut g2, &mut h2).add(shared, |e, x| curved(e, &x));
    assert_eq!(f, pass.add(shared_residuals, |e, x| pair(e, &x)).value());
    assert_eq!((g, h), (g2, h2));
}
