//! Sums of small terms, against the same sums on numbers that carry all derivatives at once.

use gradual::structured::shapes::{Few, UpTo};
use gradual::structured::{Builder, Element, Plan, PlanError};
use gradual::{HyperDual, Real};

use crate::sums::{Case, N, Random, all_near, curved, near};

#[test]
fn random_sums_agree_with_dense_derivatives() {
    for seed in 0..60 {
        let case = Case::new(seed);
        let (x, v) = (Random(seed + 1000).point(), Random(seed + 2000).point());
        let reference = case.sum(&HyperDual::<f64, N>::variables(&x));
        let plan = &case.plan;
        let (mut g, mut hv, mut h) = ([0.0; N], [0.0; N], vec![f64::NAN; plan.nnz()]);

        let f = add_all!(plan.value(&x), case).value();
        near(f, reference.value, "value");

        let pass = add_all!(plan.gradient(&x, &mut g), case);
        near(pass.value(), reference.value, "value");
        all_near(&[g], &[reference.gradient()], "gradient");

        let pass = add_all!(plan.hessian(&x, &mut g, &mut h), case);
        near(pass.value(), reference.value, "value");
        all_near(&[g], &[reference.gradient()], "gradient");
        all_near(&case.dense(&h), &reference.hessian(), "Hessian");

        let pass = add_all!(plan.hvp(&x, &v, &mut g, &mut hv), case);
        near(pass.value(), reference.value, "value");
        let product = reference.hessian().map(|row| row.iter().zip(&v).map(|(h, v)| h * v).sum());
        all_near(&[hv], &[product], "product");
        all_near(&[g], &[reference.gradient()], "gradient");
    }
}

#[test]
fn single_precision_is_the_same_program() {
    let mut builder = Builder::new(4);
    let all = builder.elements([[0, 1, 2], [3, 1, 0]]).unwrap();
    let seen = all.residuals::<1>(&mut builder);
    let plan = builder.build().unwrap();
    fn term<T: Real>([a, b, c]: [T; 3]) -> T {
        (a * b).sin() * c + a / (c * c + T::literal(1.0))
    }
    let x = [0.5_f32, -0.25, 0.75, 1.5];
    let (mut g, mut h, mut hv) = ([0.0_f32; 4], vec![0.0_f32; plan.nnz()], [0.0_f32; 4]);
    let f = plan.hessian(&x, &mut g, &mut h).projected().add(all, |_, v| term(v)).value();
    let exact = x.map(f64::from);
    let (mut g64, mut h64) = ([0.0; 4], vec![0.0; plan.nnz()]);
    let f64 = plan.hessian(&exact, &mut g64, &mut h64).projected().add(all, |_, v| term(v)).value();
    let close =
        |a: f32, b: f64| assert!((f64::from(a) - b).abs() < 1e-6 * (1.0 + b.abs()), "{a} {b}");
    close(f, f64);
    g.iter().zip(g64).for_each(|(&a, b)| close(a, b));
    h.iter().zip(h64).for_each(|(&a, b)| close(a, b));
    let mut g_again = [0.0_f32; 4];
    assert_eq!(plan.hvp(&x, &[0.0; 4], &mut g_again, &mut hv).add(all, |_, v| term(v)).value(), f);
    assert_eq!((g_again, hv), (g, [0.0; 4]));
    let squares = plan.value(&x).add(seen, |_, v| [term(v)]).value();
    let squares64 = plan.value(&exact).add(seen, |_, v| [term(v)]).value();
    close(squares, squares64);
}

/// Derivatives of a sum with respect to a parameter: its numbers may be jets.
#[test]
fn sums_nest() {
    let mut builder = Builder::new(2);
    let all = builder.elements([[0, 1]]).unwrap();
    let plan = builder.build().unwrap();
    let (_, slope) = gradual::derivative(
        |t| {
            let mut g = [t; 2];
            let x = [t, t * 2.0];
            let f = plan.gradient(&x, &mut g).add(all, |_, [a, b]| a * a * b).value();
            assert_eq!(f, 2.0 * t * t * t);
            g[0]
        },
        3.0,
    );
    assert_eq!(slope, 8.0 * 3.0); // ∂/∂a = 2 a b = 4 t²
}

#[test]
fn held_variables_leave_the_problem() {
    for seed in 0..50 {
        let mut case = Case::new(seed);
        let (x, v) = (Random(seed + 1000).point(), Random(seed + 2000).point());
        let held: [usize; 4] = Random(seed + 3000).choose(N);
        let reference = case.sum(&HyperDual::<f64, N>::variables(&x));
        case.plan.hold(held).unwrap();
        let plan = &case.plan;
        let (mut g, mut hv, mut h) = ([0.0; N], [0.0; N], vec![0.0; plan.nnz()]);
        let (mut expected_g, mut expected_h) = (reference.gradient(), reference.hessian());
        for i in held {
            expected_g[i] = 0.0;
            (0..N).for_each(|j| (expected_h[i][j], expected_h[j][i]) = (0.0, 0.0));
            expected_h[i][i] = 1.0;
        }
        let pass = add_all!(plan.hessian(&x, &mut g, &mut h), case);
        near(pass.value(), reference.value, "value");
        all_near(&[g], &[expected_g], "gradient");
        all_near(&case.dense(&h), &expected_h, "Hessian");
        let pass = add_all!(plan.hvp(&x, &v, &mut g, &mut hv), case);
        let _ = pass.value();
        let product = expected_h.map(|row| row.iter().zip(&v).map(|(h, v)| h * v).sum());
        all_near(&[hv], &[product], "product");

        let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![f64::NAN; plan.jacobian_nnz()]);
        add_residuals!(plan.jacobian(&x, &mut r, &mut j), case).done();
        let (_, columns) = plan.jacobian_pattern();
        let (zero, free): (Vec<_>, Vec<_>) =
            j.iter().zip(columns).partition(|(_, column)| held.contains(column));
        assert!(zero.iter().all(|(value, _)| **value == 0.0));
        assert!(free.iter().all(|(value, _)| **value != 0.0));

        // What was held becomes free again.
        assert!(matches!(
            case.plan.hold([2, N]),
            Err(PlanError::OutOfRange { element: 1, index: N, count: N })
        ));
        case.plan.hold([]).unwrap();
        let pass = add_all!(case.plan.gradient(&x, &mut g), case);
        let _ = pass.value();
        all_near(&[g], &[reference.gradient()], "gradient");
    }
}

#[test]
fn nodes_agree_with_single_variables() {
    let triangles = [[0, 1, 2], [3, 2, 1], [4, 0, 3]];
    let mut of_nodes = Builder::default();
    let nodes = of_nodes.nodes::<2>(5);
    let faces = of_nodes.among(&nodes, triangles).unwrap();
    let mut of_variables = Builder::new(10);
    let flat = triangles.map(|t| std::array::from_fn::<_, 6, _>(|k| 2 * t[k / 2] + k % 2));
    let same = of_variables.elements(flat).unwrap();
    let (of_nodes, of_variables) = (of_nodes.build().unwrap(), of_variables.build().unwrap());
    assert_eq!(of_nodes.pattern(), of_variables.pattern());
    assert!(of_nodes.bytes() < of_variables.bytes());
    assert_eq!(nodes.variables(3), 6..8);
    let x: [f64; 10] = std::array::from_fn(|i| (i as f64).sin());
    let run = |plan: &Plan| (vec![0.0; 10], vec![0.0; plan.nnz()]);
    let ((mut g, mut h), (mut g2, mut h2)) = (run(&of_nodes), run(&of_variables));
    let pass = of_nodes.hessian(&x, &mut g, &mut h);
    let f = pass.add(faces, |e, v| curved(e, v.as_flattened())).value();
    let pass = of_variables.hessian(&x, &mut g2, &mut h2);
    assert_eq!(f, pass.add(same, |e, v| curved(e, &v)).value());
    assert_eq!((g, h), (g2, h2));
}

#[test]
fn projection_is_to_the_nearest() {
    for seed in 0..100 {
        let mut random = Random(seed);
        let mut builder = Builder::new(4);
        let all = builder.elements([[0, 1, 2, 3]]).unwrap();
        let plan = builder.build().unwrap();
        let m: [[f64; 4]; 4] = std::array::from_fn(|_| std::array::from_fn(|_| random.real()));
        // one matrix in four is definite, one singular
        let m = match seed % 4 {
            0 => std::array::from_fn(|i| {
                std::array::from_fn(|j| (0..4).map(|k| m[i][k] * m[j][k]).sum::<f64>())
            }),
            1 => std::array::from_fn(|i| std::array::from_fn(|j| m[0][i] * m[1][j])),
            _ => m,
        };
        let (mut g, mut h) = ([0.0; 4], [0.0; 10]);
        let _ = plan
            .hessian(&[0.0; 4], &mut g, &mut h)
            .projected()
            .add(all, |_, x| {
                let mut sum = x[0] * 0.0;
                (0..16).for_each(|k| sum += x[k / 4] * x[k % 4] * m[k / 4][k % 4]);
                sum
            })
            .value();
        let full = nalgebra::Matrix4::from_fn(|i, j| m[i][j] + m[j][i]);
        let eigen = full.symmetric_eigen();
        let positive = nalgebra::Matrix4::from_diagonal(&eigen.eigenvalues.map(|l| l.max(0.0)));
        let nearest = eigen.eigenvectors * positive * eigen.eigenvectors.transpose();
        let mut k = 0;
        for j in 0..4 {
            for i in j..4 {
                assert!(
                    (h[k] - nearest[(i, j)]).abs() < 1e-14 * 8.0,
                    "{} {}",
                    h[k],
                    nearest[(i, j)]
                );
                k += 1;
            }
        }
    }
}

#[test]
fn what_the_slices_held_before_does_not_matter() {
    let n = 5000;
    let x: Vec<f64> = (0..n).map(|i| (i as f64).sin()).collect();
    let mut builder = Builder::new(n).parts(4);
    let all = builder.elements((0..n - 10).map(|i| [i, i + 2])).unwrap();
    let plan = builder.build().unwrap();
    let results = |old: f64| (vec![old; n], vec![old; plan.nnz()]);
    let (zeros, (mut g, mut h)) = (results(0.0), results(f64::NAN));
    // a pass without terms
    assert_eq!(plan.hessian(&x, &mut g, &mut h).value(), 0.0);
    assert_eq!((&g, &h), (&zeros.0, &zeros.1));
    let term = |_, [a, b]: [_; 2]| a * b;
    let (mut expected_g, mut expected_h) = zeros.clone();
    let f = plan.hessian(&x, &mut expected_g, &mut expected_h).add(all, term).value();
    (g, h) = results(f64::NAN);
    assert_eq!(plan.hessian(&x, &mut g, &mut h).add(all, term).value(), f);
    assert_eq!((&g, &h), (&expected_g, &expected_h));
    #[cfg(feature = "rayon")]
    {
        (g, h) = results(f64::NAN);
        assert_eq!(plan.hessian(&x, &mut g, &mut h).par().add(all, term).value(), f);
        assert_eq!((&g, &h), (&expected_g, &expected_h));
        assert_eq!(plan.hessian(&x, &mut g, &mut h).par().value(), 0.0);
        assert_eq!((&g, &h), (&zeros.0, &zeros.1));
    }
}

/// Elements of any size have 1 to 32 variables: all sizes, in one group.
#[test]
fn every_size_that_is_allowed() {
    struct Product;
    impl<const K: usize> Element<UpTo, K> for Product {
        fn eval<T: Real<Scalar = f64>>(&self, e: usize, x: Few<T, K>) -> T {
            x.iter().fold(T::one(), |product, x| product * *x) * (e + 1) as f64
        }
    }
    let lists: Vec<Vec<usize>> = (1..=32).map(|size| (0..size).collect()).collect();
    let mut builder = Builder::new(32);
    let all = builder.any_size(&lists).unwrap();
    assert_eq!((all.len(), all.is_empty()), (32, false));
    let plan = builder.build().unwrap();
    let (x, mut g) = ([1.0; 32], [0.0; 32]);
    let sum = plan.gradient(&x, &mut g).add_any_size(&all, &Product).value();
    assert_eq!(sum, (32 * 33 / 2) as f64);
    // variable i is in the elements of more than i variables
    let expected: [f64; 32] = std::array::from_fn(|i| (i + 1..=32).sum::<usize>() as f64);
    assert_eq!(g, expected);
}

#[test]
fn every_handle_knows_how_many_it_stands_for() {
    let mut builder = Builder::new(2);
    let (none, nodes) = (builder.nodes::<2>(0), builder.nodes::<2>(3));
    assert_eq!((none.len(), none.is_empty()), (0, true));
    assert_eq!((nodes.len(), nodes.is_empty()), (3, false));
    let empty = builder.elements([[0, 1]; 0]).unwrap();
    let pairs = builder.elements([[0, 1], [1, 0]]).unwrap();
    assert_eq!((empty.len(), empty.is_empty()), (0, true));
    assert_eq!((pairs.len(), pairs.is_empty()), (2, false));
    let sizes = builder.any_size(&[vec![0], vec![0, 1]]).unwrap().residuals::<1>(&mut builder);
    assert_eq!((sizes.len(), sizes.is_empty()), (2, false));
    let none: [Vec<usize>; 0] = [];
    let sizes = builder.any_size(&none).unwrap().residuals::<1>(&mut builder);
    assert_eq!((sizes.len(), sizes.is_empty()), (0, true));
}
