//! Sums of small terms on several threads: the same bits.

use gradual::structured::losses::{Cauchy, Huber};
use gradual::structured::shapes::Single;
use gradual::structured::{Builder, ElementSum, Elements, Plan, Residuals};
use gradual::{Dual, element};
use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::sums::{Case, N, Pairs, Random, curved, pair};

/// A chain long enough for several parts, with terms across it.
fn long(n: usize, parts: usize) -> (Plan, Elements<Single, 3>, Residuals<Elements<Single, 3>, 2>) {
    let mut random = Random(7);
    let mut builder = Builder::new(n).parts(parts);
    let list = (0..3 * n).map(|k| {
        let i = k % (n - 7);
        if k % 10 == 0 { random.choose(n) } else { [i + 5, i, i + 2] }
    });
    let all = builder.elements(list).unwrap();
    let seen = all.residuals(&mut builder);
    (builder.build().unwrap(), all, seen)
}

#[test]
fn results_have_the_same_bits() {
    let n = 5000;
    let x: Vec<f64> = (0..n).map(|i| (i as f64).sin()).collect();
    let v: Vec<f64> = (0..n).map(|i| (i as f64).cos()).collect();
    for parts in [1, 2, 7, 32, 1000] {
        let (plan, all, seen) = long(n, parts);
        let zeros = || vec![0.0; n];
        let (mut g, mut hv, mut h) = (zeros(), zeros(), vec![0.0; plan.nnz()]);
        let (mut gp, mut hvp, mut hp) = (zeros(), zeros(), vec![0.0; plan.nnz()]);

        let f = plan.value(&x).add(all, |e, v| curved(e, &v)).value();
        let fp = plan.value(&x).par().add(all, |e, v| curved(e, &v)).value();
        assert_eq!(f, fp);
        let f = plan.gradient(&x, &mut g).add(all, |e, v| curved(e, &v)).value();
        let fp = plan.gradient(&x, &mut gp).par().add(all, |e, v| curved(e, &v)).value();
        assert_eq!((f, &g), (fp, &gp));
        let f = plan.hessian(&x, &mut g, &mut h).add(all, |e, v| curved(e, &v)).value();
        let pass = plan.hessian(&x, &mut gp, &mut hp);
        assert_eq!(f, pass.par().add(all, |e, v| curved(e, &v)).value());
        assert_eq!((&g, &h), (&gp, &hp));
        let pass = plan.hvp(&x, &v, &mut g, &mut hv);
        let f = pass.add(all, |e, v| curved(e, &v)).value();
        let pass = plan.hvp(&x, &v, &mut gp, &mut hvp);
        assert_eq!(f, pass.par().add(all, |e, v| curved(e, &v)).value());
        assert_eq!((&g, &hv), (&gp, &hvp));
        let pass = plan.gauss_newton(&x, &mut g, &mut h);
        let f = pass.add(seen.robust(Huber::new(0.5)), |e, v| pair(e, &v)).value();
        let pass = plan.gauss_newton(&x, &mut gp, &mut hp);
        assert_eq!(f, pass.par().add(seen.robust(Huber::new(0.5)), |e, v| pair(e, &v)).value());
        assert_eq!((&g, &h), (&gp, &hp));
        let results = || (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
        let ((mut r, mut j), (mut rp, mut jp)) = (results(), results());
        plan.jacobian(&x, &mut r, &mut j).add(seen, |e, v| pair(e, &v)).done();
        plan.jacobian(&x, &mut rp, &mut jp).par().add(seen, |e, v| pair(e, &v)).done();
        assert_eq!((r, j), (rp, jp));
    }
}

/// Evaluates a pass of that many variables on two threads, of which one waits so long in each element until the other has
/// had one: the number of evaluations, and whether both had some.
fn on_two_threads(builder: Builder, list: &[[usize; 2]], wait: Duration) -> (usize, bool) {
    let (n, mut builder) = (builder.variables(), builder);
    let pairs = builder.elements(list.iter().copied()).unwrap();
    let plan = builder.build().unwrap();
    let (x, mut g) = (vec![1.0; n], vec![0.0; n]);
    let (calls, threads) = (AtomicUsize::new(0), Mutex::new(HashSet::new()));
    let term = |_: usize, [a, b]: [Dual<f64, 2>; 2]| {
        calls.fetch_add(1, Ordering::Relaxed);
        threads.lock().unwrap().insert(std::thread::current().id());
        // A round of jobs may be a single one, in which nobody comes.
        if threads.lock().unwrap().len() < 2 {
            std::thread::sleep(wait);
        }
        a * b
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let _ = pool.install(|| plan.gradient(&x, &mut g).par().add(pairs, term).value());
    (calls.into_inner(), threads.into_inner().unwrap().len() == 2)
}

#[test]
fn threads_share_elements_and_evaluate_few_of_them_twice() {
    let wait = Duration::from_millis(1);
    let near: Vec<_> = (0..8191).map(|i| [i, i + 1]).collect();
    assert_eq!(on_two_threads(Builder::new(8192), &near, wait), (8191 + 3, true));
    // Each spans the variables, as an observation does, which has a camera and a point.
    let far: Vec<_> = (0..20_480).map(|i| [i / 5, 4096 + 61 * i % 100]).collect();
    assert_eq!(on_two_threads(Builder::new(8192), &far, wait), (20_480, true));
    // Few of them are one job.
    let far: Vec<_> = (0..8192).map(|i| [i / 2, 4096 + 61 * i % 100]).collect();
    assert_eq!(on_two_threads(Builder::new(8192), &far, Duration::ZERO), (8192, false));
    // By owners, if parts are asked for: what is between them is evaluated for both.
    assert_eq!(on_two_threads(Builder::new(8192).parts(2), &far, wait), (13654, true));
    // Parts are by work: few variables with many neighbours.
    let many: Vec<_> =
        (0..1000).flat_map(|i| (i + 1..1000.min(i + 20)).map(move |j| [i, j])).collect();
    let (evaluations, both) = on_two_threads(Builder::new(1000), &many, wait);
    assert!(both && evaluations > many.len() && 3 * evaluations <= 4 * many.len());
}

/// Few elements that span the variables: they are one job, and nobody waits for a second thread.
#[test]
fn elements_that_span_the_variables_are_evaluated_once() {
    let span: Vec<_> = (0..4096).map(|i| [i, i + 4096]).collect();
    let evaluations = |builder| on_two_threads(builder, &span, Duration::ZERO).0;
    assert_eq!(evaluations(Builder::new(8192)), 4096);
    // Half of the 12288 places are those of the first 3072 columns, which have two each.
    assert_eq!(evaluations(Builder::new(8192).parts(2)), 4096 + 3072);
}

/// Cameras and points, and beside them a few elements of three nodes: of one part, of two, and of three and more.
#[test]
fn jobs_of_pairs_of_parts_have_the_same_bits() {
    let mut builder = Builder::new(8192);
    let far = builder.elements((0..20_000).map(|i| [4096 + 61 * i % 100, i % 4096])).unwrap();
    let wide = (0..40).map(|i| [100 * i, 4100 + i, 4000 - 50 * i]);
    let narrow = (0..39).flat_map(|i| {
        [[100 * i, 100 * i + 2, 100 * i + 1], [100 * i, 100 * i + 102, 100 * i + 51]]
    });
    let wide = builder.elements(wide.chain(narrow)).unwrap();
    let plan = builder.build().unwrap();
    let x: Vec<f64> = (0..8192).map(|i| f64::from(i).sin()).collect();
    let results = || (vec![0.0; 8192], vec![0.0; plan.nnz()]);
    let ((mut g, mut h), (mut gp, mut hp)) = (results(), results());
    let pass = plan.hessian(&x, &mut g, &mut h);
    let f = pass.add(far, |e, v| curved(e, &v)).add(wide, |e, v| curved(e, &v)).value();
    let pass = plan.hessian(&x, &mut gp, &mut hp).par();
    let fp = pass.add(far, |e, v| curved(e, &v)).add(wide, |e, v| curved(e, &v)).value();
    assert_eq!((f, g, h), (fp, gp, hp));
    let fails = |e: usize, [a, b]: [f64; 2]| if e % 4000 == 3999 { Err(e) } else { Ok(a * b) };
    assert_eq!(plan.value(&x).try_add(far, fails).err(), Some(3999));
    assert_eq!(plan.value(&x).par().try_add(far, fails).err(), Some(3999));
}

#[test]
fn random_sums_of_all_shapes_have_the_same_bits() {
    for seed in 0..50 {
        let case = Case::new(seed);
        let (x, plan) = (Random(seed + 1000).point(), &case.plan);
        let (mut g, mut h) = ([0.0; N], vec![0.0; plan.nnz()]);
        let (mut gp, mut hp) = ([0.0; N], vec![0.0; plan.nnz()]);
        let f = add_all!(plan.hessian(&x, &mut g, &mut h), case).value();
        let fp = add_all!(plan.hessian(&x, &mut gp, &mut hp).par(), case).value();
        assert_eq!((f, g, &h), (fp, gp, &hp));
        let f = add_robust!(plan.gauss_newton(&x, &mut g, &mut h), case, Cauchy::new(1.0));
        let f = f.value();
        let pass = plan.gauss_newton(&x, &mut gp, &mut hp);
        assert_eq!(f, add_robust!(pass.par(), case, Cauchy::new(1.0)).value());
        assert_eq!((g, &h), (gp, &hp));
    }
}

#[test]
fn the_first_error_comes_out() {
    let (plan, all, seen) = long(5000, 8);
    let x = vec![1.0; 5000];
    let fails = |e: usize| if e % 1000 == 999 { Err(e) } else { Ok(()) };
    let pass = plan.value(&x).par();
    let failed = pass.try_add(all, |e, [a, b, c]| fails(e).map(|()| a * b * c));
    assert_eq!(failed.err(), Some(999));
    let pass = plan.value(&x).par();
    let failed = pass
        .try_add(seen.robust(Huber::new(0.5)), |e, [a, b, c]| fails(e).map(|()| [a * b, b * c]));
    assert_eq!(failed.err(), Some(999));
    let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
    let pass = plan.jacobian(&x, &mut r, &mut j).par();
    let failed = pass.try_add(seen, |e, [a, b, c]| fails(e).map(|()| [a * b, b * c]));
    assert_eq!(failed.err(), Some(999));
    // The plan works on.
    let pass = plan.jacobian(&x, &mut r, &mut j).par();
    pass.add(seen, |_, [a, b, c]| [a * b, b * c]).done();
    assert!(r.iter().all(|r| *r == 1.0));
}

/// Elements of all sizes, enough for several parts of the Jacobian.
#[test]
fn rows_of_different_length_have_the_same_bits() {
    let (n, mut random) = (3000, Random(9));
    let lists: Vec<Vec<usize>> = (0..4000)
        .map(|_| {
            let first = random.below(n - 8);
            (first..first + 1 + random.below(6)).collect()
        })
        .collect();
    let mut builder = Builder::new(n).parts(7);
    let seen = builder.up_to::<6>(&lists).unwrap().residuals::<2>(&mut builder);
    let any = builder.any_size(&lists).unwrap().residuals::<2>(&mut builder);
    let plan = builder.build().unwrap();
    let x: Vec<f64> = (0..n).map(|i| (i as f64).sin()).collect();
    let results = || (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
    let ((mut r, mut j), (mut rp, mut jp)) = (results(), results());
    let f = |e: usize, v: &[_]| pair(e + 20, v);
    plan.jacobian(&x, &mut r, &mut j).add(seen, |e, v| f(e, &v)).add_any_size(&any, &Pairs).done();
    let pass = plan.jacobian(&x, &mut rp, &mut jp).par();
    pass.add(seen, |e, v| f(e, &v)).add_any_size(&any, &Pairs).done();
    assert_eq!((&r, &j), (&rp, &jp));
    // Both groups are the same function.
    assert_eq!(r[..8000], r[8000..]);
    assert_eq!(j[..j.len() / 2], j[j.len() / 2..]);
    let results = || (vec![0.0; n], vec![0.0; plan.nnz()]);
    let ((mut g, mut h), (mut gp, mut hp)) = (results(), results());
    let pass = plan.gauss_newton(&x, &mut g, &mut h);
    let half = pass.add(seen, |e, v| pair(e + 20, &v)).add_any_size(&any, &Pairs).value();
    let pass = plan.gauss_newton(&x, &mut gp, &mut hp).par();
    let same = pass.add(seen, |e, v| pair(e + 20, &v)).add_any_size(&any, &Pairs).value();
    assert_eq!((half, g, h), (same, gp, hp));
}

#[test]
fn the_object_has_the_same_bits() {
    let (plan, all, seen) = long(5000, 5);
    let sum = || {
        ElementSum::new(plan.clone())
            .with(element!(all, |e, v| curved(e, &v)))
            .with(element!(seen.robust(Huber::new(0.5)), |e, v| pair(e, &v)))
    };
    let (sum, par) = (sum(), sum().par());
    let x: Vec<f64> = (0..5000).map(|i| (i as f64).sin()).collect();
    let results = || (vec![0.0; 5000], vec![0.0; sum.plan().nnz()]);
    let ((mut g, mut h), (mut gp, mut hp)) = (results(), results());
    assert_eq!(sum.hessian(&x, &mut g, &mut h), par.hessian(&x, &mut gp, &mut hp));
    assert_eq!((&g, h), (&gp, hp));
    assert_eq!(sum.gradient(&x, &mut g), par.gradient(&x, &mut gp));
    assert_eq!(g, gp);
}

/// After an error in one part the others do not go on to their ends; the error is that of the first element all the same.
#[test]
fn an_error_ends_the_work_of_all_threads() {
    let n = 200_000;
    let mut builder = Builder::new(n).parts(2);
    let all = builder.elements((1..n).map(|i| [i - 1, i])).unwrap();
    let plan = builder.build().unwrap();
    let x = vec![1.0; n];
    let calls = AtomicUsize::new(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let failed = pool.install(|| {
        plan.value(&x).par().try_add(all, |e, [a, b]| {
            calls.fetch_add(1, Ordering::Relaxed);
            if e == 10 || e > n / 2 { Err(e) } else { Ok(a * b) }
        })
    });
    assert_eq!(failed.err(), Some(10));
    // Ten of the first part, and one of the second at most.
    assert!(calls.into_inner() <= 12);
}

/// Parts are by work: a thousand atoms with many neighbours are several, and few pairs are evaluated twice.
#[test]
fn a_thousand_atoms_with_many_neighbours_are_several_parts() {
    let mut builder = Builder::default();
    let atoms = builder.nodes::<3>(1000);
    let near = (0..1000_usize).flat_map(|i| (i + 1..1000.min(i + 20)).map(move |j| [i, j]));
    let pairs = builder.relative(&atoms, near).unwrap();
    let plan = builder.build().unwrap();
    let x: Vec<f64> = (0..3000).map(|i| f64::from(i).sin()).collect();
    let calls = AtomicUsize::new(0);
    let pass = plan.value(&x).par().add(pairs, |_, [[x, y, z]]| {
        calls.fetch_add(1, Ordering::Relaxed);
        x * y * z
    });
    let value = pass.value();
    assert_eq!(value, plan.value(&x).add(pairs, |_, [[x, y, z]]| x * y * z).value());
    let (calls, elements) = (calls.into_inner(), pairs.len());
    assert!(elements < calls && 3 * calls <= 4 * elements, "{calls} of {elements}");
}
