//! Sums of squared residuals, against the same sums on numbers that carry all derivatives at once.

use gradual::structured::Builder;
use gradual::structured::losses::{Cauchy, Huber};
use gradual::{HyperDual, Real};

use crate::sums::{Case, N, Random, all_near, near, pair};

#[test]
fn random_residuals_agree_with_dense_derivatives() {
    for seed in 0..60 {
        let case = Case::new(seed);
        let (x, plan) = (Random(seed + 1000).point(), &case.plan);
        let variables = HyperDual::<f64, N>::variables(&x);
        let reference = case.losses(&variables, |s| s);
        let rows: Vec<HyperDual<f64, N>> =
            case.arguments(&variables).iter().flat_map(|(e, x)| pair(*e, x)).collect();

        let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![f64::NAN; plan.jacobian_nnz()]);
        add_residuals!(plan.jacobian(&x, &mut r, &mut j), case).done();
        let (starts, columns) = plan.jacobian_pattern();
        assert_eq!((rows.len() + 1, columns.len()), (starts.len(), j.len()));
        let (mut jtj, mut jtr) = ([[0.0; N]; N], [0.0; N]);
        for (k, row) in rows.iter().enumerate() {
            near(r[k], row.value, "residual");
            let mut line = [0.0; N];
            let places = starts[k]..starts[k + 1];
            assert!(columns[places.clone()].is_sorted_by(|a, b| a < b));
            places.for_each(|place| line[columns[place]] = j[place]);
            all_near(&[line], &[row.gradient()], "row");
            for a in 0..N {
                jtr[a] += line[a] * r[k];
                (0..N).for_each(|b| jtj[a][b] += line[a] * line[b]);
            }
        }

        let (mut g, mut h) = ([0.0; N], vec![f64::NAN; plan.nnz()]);
        let f = add_squares!(plan.gauss_newton(&x, &mut g, &mut h), case).value();
        near(f, reference.value, "half square");
        all_near(&[g, g], &[jtr, reference.gradient()], "Jᵀr");
        all_near(&case.dense(&h), &jtj, "JᵀJ");
        let pass = plan.gauss_newton(&x, &mut g, &mut h).projected();
        near(add_squares!(pass, case).value(), reference.value, "half square");
        all_near(&case.dense(&h), &jtj, "JᵀJ, projected");

        let (v, mut product) = (Random(seed + 2000).point(), [0.0; N]);
        let f = add_squares!(plan.hvp(&x, &v, &mut g, &mut product), case).value();
        near(f, reference.value, "half square");
        let along = jtj.map(|row| row.iter().zip(&v).map(|(h, v)| h * v).sum());
        all_near(&[g, product], &[jtr, along], "JᵀJ v");

        for width in [0.1, 0.7, 5.0] {
            let huber = |s: HyperDual<f64, N>| {
                if s.value <= width * width { s } else { s.sqrt() * (2.0 * width) - width * width }
            };
            let cauchy = |s: HyperDual<f64, N>| (s / (width * width) + 1.0).ln() * (width * width);
            let (by_huber, by_cauchy) =
                (case.losses(&variables, huber), case.losses(&variables, cauchy));
            let f = add_robust!(plan.value(&x), case, Huber::new(width)).value();
            near(f, by_huber.value, "Huber");
            let f = add_robust!(plan.gradient(&x, &mut g), case, Huber::new(width)).value();
            near(f, by_huber.value, "Huber");
            all_near(&[g], &[by_huber.gradient()], "Huber's gradient");
            let pass = plan.gauss_newton(&x, &mut g, &mut h);
            near(add_robust!(pass, case, Cauchy::new(width)).value(), by_cauchy.value, "Cauchy");
            all_near(&[g], &[by_cauchy.gradient()], "Cauchy's gradient");
        }
    }
}

/// Weights of a robust loss: ρ' JᵀJ, element by element.
#[test]
fn robust_squares_are_weighted() {
    let mut builder = Builder::new(2);
    let seen = builder.elements([[0, 1], [1, 0]]).unwrap().residuals::<1>(&mut builder);
    let plan = builder.build().unwrap();
    let (mut g, mut h) = ([0.0; 2], [0.0; 3]);
    let pass = plan.gauss_newton(&[3.0, 4.0], &mut g, &mut h);
    // residuals 11 and -10 of slopes (1, 2) and (-2, 1), of width 1: weights 1/11 and 1/10
    let f = pass
        .add(seen.robust(Huber::new(1.0)), |e, [a, b]| {
            [if e == 0 { a + b * 2.0 } else { a - b * 2.0 - 8.0 }]
        })
        .value();
    near(f, 0.5 * (2.0 * 11.0 - 1.0) + 0.5 * (2.0 * 10.0 - 1.0), "cost");
    all_near(&[g], &[[1.0 + 2.0, 2.0 - 1.0]], "gradient");
    let [a, b] = [1.0 / 11.0, 1.0 / 10.0];
    all_near(&[h], &[[a + 4.0 * b, 2.0 * a - 2.0 * b, 4.0 * a + b]], "ρ' JᵀJ");
}

#[test]
fn rows_of_groups_that_are_not_added_are_zero() {
    let mut builder = Builder::new(2);
    let groups: Vec<_> = (0..70)
        .map(|_| builder.elements([[0, 1], [1, 0]]).unwrap().residuals::<1>(&mut builder))
        .collect();
    let plan = builder.build().unwrap();
    for added in [vec![], vec![1, 63, 64, 69], vec![0, 65]] {
        let (mut r, mut j) = (vec![f64::NAN; 140], vec![f64::NAN; 280]);
        let mut pass = plan.jacobian(&[2.0, 3.0], &mut r, &mut j);
        for &group in &added {
            pass = pass.add(groups[group], |_, [a, b]| [a * a * b]);
        }
        pass.done();
        for group in 0..70 {
            let (r, j) = (&r[2 * group..][..2], &j[4 * group..][..4]);
            if added.contains(&group) {
                assert_eq!((r, j), (&[12.0, 18.0][..], &[12.0, 4.0, 9.0, 12.0][..]), "{group}");
            } else {
                assert_eq!((r, j), (&[0.0; 2][..], &[0.0; 4][..]), "{group} of {added:?}");
            }
        }
    }
}

#[test]
fn held_variables_leave_products_with_gauss_and_newtons_matrix() {
    for seed in 0..20 {
        let mut case = Case::new(seed);
        case.plan.hold(Random(seed + 3000).choose::<4>(N)).unwrap();
        let (x, v) = (Random(seed + 1000).point(), Random(seed + 2000).point());
        let plan = &case.plan;
        let (mut g, mut h, mut product) = ([0.0; N], vec![f64::NAN; plan.nnz()], [0.0; N]);
        let f = add_robust!(plan.gauss_newton(&x, &mut g, &mut h), case, Cauchy::new(0.5)).value();
        let matrix = case.dense(&h);
        let along = matrix.map(|row| row.iter().zip(&v).map(|(h, v)| h * v).sum());
        let mut same = [0.0; N];
        let pass = plan.hvp(&x, &v, &mut same, &mut product);
        assert_eq!(add_robust!(pass, case, Cauchy::new(0.5)).value(), f);
        assert_eq!(g, same);
        all_near(&[product], &[along], "ρ' JᵀJ v");
    }
}

#[test]
fn not_a_number_stays_in_its_element() {
    fn f<T: Real<Scalar = f64>>(v: &[T]) -> [T; 2] {
        [v[0].sqrt() * v[v.len() - 1], v[0] * 2.0]
    }
    let mut builder = Builder::new(7);
    let pairs = builder.elements([[0, 1], [2, 3]]).unwrap().residuals::<2>(&mut builder);
    let lists = builder.up_to::<3>([&[4, 5][..], &[6]]).unwrap().residuals::<2>(&mut builder);
    let plan = builder.build().unwrap();
    let x: [f64; 7] = [-1.0, 2.0, 3.0, 4.0, -5.0, 6.0, 7.0];
    let spoiled = [0, 1, 4, 5];
    let (mut g, mut h) = ([0.0; 7], vec![0.0; plan.nnz()]);
    let pass = plan.gauss_newton(&x, &mut g, &mut h);
    let half = pass.add(pairs, |_, v| f(&v)).add(lists, |_, v| f(&v)).value();
    assert!(half.is_nan());
    let (columns, rows) = plan.pattern();
    for j in 0..7 {
        assert_eq!(g[j].is_nan(), spoiled.contains(&j));
        for s in columns[j]..columns[j + 1] {
            assert_eq!(h[s].is_nan(), spoiled.contains(&j) && spoiled.contains(&rows[s]));
        }
    }
    let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
    let pass = plan.jacobian(&x, &mut r, &mut j);
    pass.add(pairs, |_, v| f(&v)).add(lists, |_, v| f(&v)).done();
    let nan: Vec<usize> = (0..8).filter(|&k| r[k].is_nan()).collect();
    assert_eq!(nan, [0, 4]);
    let (starts, _) = plan.jacobian_pattern();
    for k in 0..8 {
        assert_eq!(j[starts[k]..starts[k + 1]].iter().any(|part| part.is_nan()), nan.contains(&k));
    }
}

/// The pattern is made once.
#[test]
fn the_pattern_of_the_jacobian_is_the_same_slices() {
    let mut builder = Builder::new(3);
    let _ = builder.elements([[0, 1], [2, 1]]).unwrap().residuals::<1>(&mut builder);
    let plan = builder.build().unwrap();
    let ((rows, columns), (same, too)) = (plan.jacobian_pattern(), plan.jacobian_pattern());
    assert_eq!((rows, columns), (&[0, 2, 4][..], &[0, 1, 1, 2][..]));
    assert_eq!((rows.as_ptr(), columns.as_ptr()), (same.as_ptr(), too.as_ptr()));
}
