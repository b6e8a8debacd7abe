//! Elements between two families of nodes, whichever of them the builder saw first, and residuals of more elements
//! than a thread takes at a time.
use gradual::structured::{Builder, Plan};
use gradual::{HyperDual, Real};

/// 2 nodes of three coordinates and 2 of two.
const N: usize = 10;

type J = HyperDual<f64, N>;

fn term<T: Real<Scalar = f64>>([a, b, c]: [T; 3], [p, q]: [T; 2]) -> T {
    (a * p + b * q).sin() * c + a * b * c + p * p * q + c * q
}

fn residuals<T: Real<Scalar = f64>>(solid: [T; 3], flat: [T; 2]) -> [T; 2] {
    [term(solid, flat), term([flat[0], solid[2], flat[1]], [solid[0], solid[1]])]
}

/// The nodes of either family, as their first variables, and the elements.
const ELEMENTS: [[usize; 2]; 3] = [[0, 1], [1, 0], [1, 1]];

/// The Jacobian by rows, dense.
fn rows(plan: &Plan, values: &[f64]) -> Vec<[f64; N]> {
    let (starts, columns) = plan.jacobian_pattern();
    let row = |ends: &[usize]| {
        let mut row = [0.0; N];
        for k in ends[0]..ends[1] {
            row[columns[k]] += values[k];
        }
        assert!(columns[ends[0]..ends[1]].is_sorted_by(|a, b| a < b));
        row
    };
    starts.windows(2).map(row).collect()
}

#[test]
fn either_family_may_come_first() {
    let x: [f64; N] =
        std::array::from_fn(|i| 0.3 + 0.17 * i as f64 * if i % 3 == 0 { -1.0 } else { 1.0 });
    let variables = J::variables(&x);
    for flat_first in [false, true] {
        let mut builder = Builder::new(0);
        let (solid, flat) = if flat_first {
            let flat = builder.nodes::<2>(2);
            (builder.nodes::<3>(2), flat)
        } else {
            (builder.nodes::<3>(2), builder.nodes::<2>(2))
        };
        let between = builder.between(&solid, &flat, ELEMENTS).unwrap();
        let seen = between.residuals::<2>(&mut builder);
        let (of_solid, of_flat) = if flat_first { (4, 0) } else { (0, 6) };
        let arguments = |[s, f]: [usize; 2]| -> ([J; 3], [J; 2]) {
            let at = |i: usize| variables[i];
            (
                std::array::from_fn(|r| at(of_solid + 3 * s + r)),
                std::array::from_fn(|r| at(of_flat + 2 * f + r)),
            )
        };
        let plan = builder.build().unwrap();
        let expected: J = ELEMENTS.iter().map(|e| arguments(*e)).map(|(s, f)| term(s, f)).sum();

        let (mut g, mut h) = ([f64::NAN; N], vec![f64::NAN; plan.nnz()]);
        let value = plan.hessian(&x, &mut g, &mut h).add(between, |_, (s, f)| term(s, f)).value();
        assert!((value - expected.value).abs() < 1e-13);
        for (i, slope) in g.iter().enumerate() {
            assert!((slope - expected.partial(i)).abs() < 1e-13, "{flat_first} {i}");
        }
        let (columns, places) = plan.pattern();
        let mut dense = [[0.0; N]; N];
        for j in 0..N {
            for k in columns[j]..columns[j + 1] {
                dense[places[k]][j] = h[k];
                dense[j][places[k]] = h[k];
            }
        }
        for (i, row) in dense.iter().enumerate() {
            for (j, entry) in row.iter().enumerate() {
                let difference = entry - expected.second_partial(i, j);
                assert!(difference.abs() < 1e-13, "{flat_first} {i} {j}: {difference:e}");
            }
        }

        let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![f64::NAN; plan.jacobian_nnz()]);
        plan.jacobian(&x, &mut r, &mut j).add(seen, |_, (s, f)| residuals(s, f)).done();
        let truth: Vec<J> =
            ELEMENTS.iter().map(|e| arguments(*e)).flat_map(|(s, f)| residuals(s, f)).collect();
        for (k, row) in rows(&plan, &j).iter().enumerate() {
            assert!((r[k] - truth[k].value).abs() < 1e-14);
            for (i, entry) in row.iter().enumerate() {
                assert!((entry - truth[k].partial(i)).abs() < 1e-14, "{flat_first} {k} {i}");
            }
        }

        // half the squares, by the value alone and with derivatives
        let cost: J = truth.iter().map(|r| *r * *r * 0.5).sum();
        let by_value = plan.value(&x).add(seen, |_, (s, f)| residuals(s, f)).value();
        assert!((by_value - cost.value).abs() < 1e-13 * cost.value);
        let by_slope = plan.gradient(&x, &mut g).add(seen, |_, (s, f)| residuals(s, f)).value();
        assert!((by_slope - cost.value).abs() < 1e-13 * cost.value);
        for (i, slope) in g.iter().enumerate() {
            assert!((slope - cost.partial(i)).abs() < 1e-12, "{flat_first} {i}");
        }
    }
}

/// On threads the elements are shared out; each is told its own number.
#[cfg(feature = "rayon")]
#[test]
fn shares_of_threads_know_the_numbers_of_their_elements() {
    const COUNT: usize = 2000;
    let mut builder = Builder::new(COUNT + 1);
    let pairs = builder.elements((0..COUNT).map(|i| [i, i + 1])).unwrap();
    let seen = pairs.residuals::<2>(&mut builder);
    let plan = builder.build().unwrap();
    let x: Vec<f64> = (0..=COUNT).map(|i| (i as f64 * 0.37).sin()).collect();
    let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
    plan.jacobian(&x, &mut r, &mut j)
        .par()
        .add(seen, |e, [a, b]| [a * b + e as f64, a * (e as f64) - b])
        .done();
    for e in 0..COUNT {
        let [a, b] = [x[e], x[e + 1]];
        assert_eq!(r[2 * e..2 * e + 2], [a * b + e as f64, a * e as f64 - b]);
        assert_eq!(j[4 * e..4 * e + 4], [b, a, e as f64, -1.0]);
    }
}
