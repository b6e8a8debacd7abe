//! Sums of small terms, against the same sums on numbers that carry all derivatives at once.

#![cfg(all(feature = "std", feature = "nalgebra"))]

use gradual::structured::{
    Among, AnySize, Between, Builder, Cauchy, Element, ElementOfAnySize, ElementSum, Elements,
    Huber, Plan, PlanError, Relative, Residuals, Single, Squares, Term, UpTo,
};
use gradual::{Dual, HyperDual, Real, element};

/// The number of variables of the random sums: 4 single ones, 3 nodes of 2 and 2 of 3 coordinates.
const N: usize = 16;

/// Numbers as they come (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn real(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    /// K different numbers below n.
    fn choose<const K: usize>(&mut self, n: usize) -> [usize; K] {
        let mut all: Vec<usize> = (0..n).collect();
        std::array::from_fn(|_| all.swap_remove(self.below(all.len())))
    }

    fn list<const K: usize>(&mut self, n: usize) -> Vec<[usize; K]> {
        (0..self.below(6)).map(|_| self.choose(n)).collect()
    }

    fn point(&mut self) -> [f64; N] {
        std::array::from_fn(|_| self.real())
    }
}

/// A function of any number of variables with a full Hessian, another one for each element.
fn curved<T: Real<Scalar = f64>>(e: usize, x: &[T]) -> T {
    let mut y = T::lift(0.3 + e as f64 * 0.1);
    for (k, &x) in x.iter().enumerate() {
        y = (y * 1.1 + x * (1.0 + 0.2 * k as f64)).sin() + x * y * 0.5;
    }
    y
}

/// Two residuals.
fn pair<T: Real<Scalar = f64>>(e: usize, x: &[T]) -> [T; 2] {
    [curved(e, x), curved(e + 7, x) * 2.0 + 0.5]
}

/// A random sum with groups of all shapes.
struct Case {
    plan: Plan,
    singles: Vec<[usize; 3]>,
    amongs: Vec<[usize; 2]>,
    betweens: Vec<[usize; 2]>,
    relatives: Vec<[usize; 3]>,
    lists: Vec<Vec<usize>>,
    single: Elements<Single, 3>,
    among: Elements<Among<2, 2>, 4>,
    between: Elements<Between<3, 2>, 5>,
    relative: Elements<Relative<3, 2, 2>, 4>,
    up_to: Elements<UpTo, 4>,
    any_size: AnySize,
    single_residuals: Residuals<Single, 3, 2>,
    among_residuals: Residuals<Among<2, 2>, 4, 2>,
    between_residuals: Residuals<Between<3, 2>, 5, 2>,
    relative_residuals: Residuals<Relative<3, 2, 2>, 4, 2>,
}

struct Curved;

impl ElementOfAnySize for Curved {
    fn eval<T: Real<Scalar = f64>>(&self, e: usize, x: &[T]) -> T {
        curved(e + 20, x)
    }
}

/// All groups are added to a pass.
macro_rules! add_all {
    ($pass:expr, $case:expr, $add:ident) => {
        $pass
            .$add($case.single, |e, v| curved(e, &v))
            .$add($case.among, |e, [a, b]| curved(e, &[a[0], a[1], b[0], b[1]]))
            .$add($case.between, |e, (a, b)| curved(e, &[a[0], a[1], a[2], b[0], b[1]]))
            .$add($case.relative, |e, [a, b]| curved(e, &[a[0], a[1], b[0], b[1]]))
            .$add($case.up_to, |e, v| curved(e, &v))
    };
}

/// The same of residuals.
macro_rules! add_residuals {
    ($pass:expr, $case:expr, $($add:tt)*) => {
        $pass
            .$($add)*($case.single_residuals, |e, v| pair(e, &v))
            .$($add)*($case.among_residuals, |e, [a, b]| pair(e, &[a[0], a[1], b[0], b[1]]))
            .$($add)*($case.between_residuals, |e, (a, b)| {
                pair(e, &[a[0], a[1], a[2], b[0], b[1]])
            })
            .$($add)*($case.relative_residuals, |e, [a, b]| pair(e, &[a[0], a[1], b[0], b[1]]))
    };
}

macro_rules! add_robust {
    ($pass:expr, $case:expr, $add:ident, $loss:expr) => {
        $pass
            .$add($case.single_residuals, $loss, |e, v| pair(e, &v))
            .$add($case.among_residuals, $loss, |e, [a, b]| pair(e, &[a[0], a[1], b[0], b[1]]))
            .$add($case.between_residuals, $loss, |e, (a, b)| {
                pair(e, &[a[0], a[1], a[2], b[0], b[1]])
            })
            .$add($case.relative_residuals, $loss, |e, [a, b]| pair(e, &[a[0], a[1], b[0], b[1]]))
    };
}

impl Case {
    fn new(seed: u64) -> Self {
        let mut random = Random(seed);
        let mut builder = Builder::new(4);
        let flat = builder.nodes::<2>(3);
        let solid = builder.nodes::<3>(2);
        let builder = &mut builder;
        let singles = random.list(N);
        let amongs = random.list(3);
        let betweens: Vec<[usize; 2]> =
            (0..random.below(6)).map(|_| [random.below(2), random.below(3)]).collect();
        let relatives = random.list(3);
        let lists: Vec<Vec<usize>> = (0..random.below(6))
            .map(|_| random.choose::<10>(N)[..1 + random.below(10)].to_vec())
            .collect();
        let single = builder.elements(singles.iter().copied()).unwrap();
        let among = builder.among(&flat, amongs.iter().copied()).unwrap();
        let between = builder.between(&solid, &flat, betweens.iter().copied()).unwrap();
        let relative = builder.relative(&flat, relatives.iter().copied()).unwrap();
        let up_to = builder.up_to(lists.iter().map(|list| &list[..list.len().min(4)])).unwrap();
        let any_size = builder.any_size(&lists).unwrap();
        let single_residuals = single.residuals(builder);
        let among_residuals = among.residuals(builder);
        let between_residuals = between.residuals(builder);
        let relative_residuals = relative.residuals(builder);
        let plan = builder.clone().parts(1 + random.below(8)).build().unwrap();
        Self {
            plan,
            singles,
            amongs,
            betweens,
            relatives,
            lists,
            single,
            among,
            between,
            relative,
            up_to,
            any_size,
            single_residuals,
            among_residuals,
            between_residuals,
            relative_residuals,
        }
    }

    /// The variables of every element that has residuals.
    fn arguments<T: Real<Scalar = f64>>(&self, x: &[T; N]) -> Vec<(usize, Vec<T>)> {
        let flat = |i: usize| [x[4 + 2 * i], x[5 + 2 * i]];
        let solid = |i: usize| [x[10 + 3 * i], x[11 + 3 * i], x[12 + 3 * i]];
        let minus = |a: [T; 2], b: [T; 2]| [a[0] - b[0], a[1] - b[1]];
        let mut all = Vec::new();
        all.extend(
            self.singles.iter().enumerate().map(|(e, list)| (e, list.map(|i| x[i]).to_vec())),
        );
        all.extend(
            self.amongs
                .iter()
                .enumerate()
                .map(|(e, list)| (e, list.map(flat).as_flattened().to_vec())),
        );
        all.extend(
            self.betweens
                .iter()
                .enumerate()
                .map(|(e, &[p, q])| (e, [&solid(p)[..], &flat(q)[..]].concat())),
        );
        all.extend(self.relatives.iter().enumerate().map(|(e, list)| {
            let [a, b, c] = list.map(flat);
            (e, [minus(b, a), minus(c, a)].as_flattened().to_vec())
        }));
        all
    }

    /// The whole sum, on any number.
    fn sum<T: Real<Scalar = f64>>(&self, x: &[T; N]) -> T {
        let mut sum: T = self.arguments(x).iter().map(|(e, x)| curved(*e, x)).sum();
        for (e, list) in self.lists.iter().enumerate() {
            let x: Vec<T> = list.iter().map(|&i| x[i]).collect();
            sum += curved(e, &x[..x.len().min(4)]);
            sum += curved(e + 20, &x);
        }
        sum
    }

    /// The sum of losses.
    fn losses<T: Real<Scalar = f64>>(&self, x: &[T; N], rho: impl Fn(T) -> T) -> T {
        let cost = |(e, x): &(usize, Vec<T>)| {
            let [a, b] = pair(*e, x);
            rho(a * a + b * b) * 0.5
        };
        self.arguments(x).iter().map(cost).sum()
    }

    /// A matrix from its lower triangle.
    fn dense(&self, values: &[f64]) -> [[f64; N]; N] {
        dense(&self.plan, values)
    }
}

fn dense(plan: &Plan, values: &[f64]) -> [[f64; N]; N] {
    let (columns, rows) = plan.pattern();
    let mut h = [[0.0; N]; N];
    for j in 0..N {
        assert_eq!(rows[columns[j]], j, "the diagonal comes first");
        assert!(rows[columns[j]..columns[j + 1]].is_sorted_by(|a, b| a < b));
        for k in columns[j]..columns[j + 1] {
            h[rows[k]][j] = values[k];
            h[j][rows[k]] = values[k];
        }
    }
    h
}

/// Sums in another order differ by rounding errors.
#[track_caller]
fn near(got: f64, expected: f64, what: &str) {
    assert!((got - expected).abs() <= 1e-13 * (1.0 + expected.abs()), "{what}: {got} {expected}");
}

#[track_caller]
fn all_near<const M: usize>(got: &[[f64; M]], expected: &[[f64; M]], what: &str) {
    for (got, expected) in got.as_flattened().iter().zip(expected.as_flattened()) {
        near(*got, *expected, what);
    }
}

#[test]
fn random_sums_agree_with_dense_derivatives() {
    for seed in 0..60 {
        let case = Case::new(seed);
        let (x, v) = (Random(seed + 1000).point(), Random(seed + 2000).point());
        let reference = case.sum(&HyperDual::<f64, N>::variables(&x));
        let plan = &case.plan;
        let (mut g, mut hv, mut h) = ([0.0; N], [0.0; N], vec![f64::NAN; plan.nnz()]);

        let f = add_all!(plan.value(&x), case, add).add_any_size(&case.any_size, &Curved).value();
        near(f, reference.value, "value");

        let pass = add_all!(plan.gradient(&x, &mut g), case, add);
        near(pass.add_any_size(&case.any_size, &Curved).value(), reference.value, "value");
        all_near(&[g], &[reference.gradient()], "gradient");

        let pass = add_all!(plan.hessian(&x, &mut g, &mut h), case, add);
        near(pass.add_any_size(&case.any_size, &Curved).value(), reference.value, "value");
        all_near(&[g], &[reference.gradient()], "gradient");
        all_near(&case.dense(&h), &reference.hessian(), "Hessian");

        let pass = add_all!(plan.hvp(&x, &v, &mut g, &mut hv), case, add);
        near(pass.add_any_size(&case.any_size, &Curved).value(), reference.value, "value");
        let product = reference.hessian().map(|row| row.iter().zip(&v).map(|(h, v)| h * v).sum());
        all_near(&[hv], &[product], "product");
        all_near(&[g], &[reference.gradient()], "gradient");
    }
}

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
        add_residuals!(plan.jacobian(&x, &mut r, &mut j), case, add).done();
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
        let f = add_residuals!(plan.gauss_newton(&x, &mut g, &mut h), case, squares).value();
        near(f, reference.value, "half square");
        all_near(&[g, g], &[jtr, reference.gradient()], "Jᵀr");
        all_near(&case.dense(&h), &jtj, "JᵀJ");

        for width in [0.1, 0.7, 5.0] {
            let huber = |s: HyperDual<f64, N>| {
                if s.value <= width * width { s } else { s.sqrt() * (2.0 * width) - width * width }
            };
            let cauchy = |s: HyperDual<f64, N>| (s / (width * width) + 1.0).ln() * (width * width);
            let (by_huber, by_cauchy) =
                (case.losses(&variables, huber), case.losses(&variables, cauchy));
            let f = add_robust!(plan.value(&x), case, robust, Huber(width)).value();
            near(f, by_huber.value, "Huber");
            let f = add_robust!(plan.gradient(&x, &mut g), case, robust, Huber(width)).value();
            near(f, by_huber.value, "Huber");
            all_near(&[g], &[by_huber.gradient()], "Huber's gradient");
            let pass = plan.gauss_newton(&x, &mut g, &mut h);
            near(add_robust!(pass, case, robust, Cauchy(width)).value(), by_cauchy.value, "Cauchy");
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
        .robust(seen, Huber(1.0), |e, [a, b]| {
            [if e == 0 { a + b * 2.0 } else { a - b * 2.0 - 8.0 }]
        })
        .value();
    near(f, 0.5 * (2.0 * 11.0 - 1.0) + 0.5 * (2.0 * 10.0 - 1.0), "cost");
    all_near(&[g], &[[1.0 + 2.0, 2.0 - 1.0]], "gradient");
    let [a, b] = [1.0 / 11.0, 1.0 / 10.0];
    all_near(&[h], &[[a + 4.0 * b, 2.0 * a - 2.0 * b, 4.0 * a + b]], "ρ' JᵀJ");
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
    let squares = plan.value(&x).squares(seen, |_, v| [term(v)]).value();
    let squares64 = plan.value(&exact).squares(seen, |_, v| [term(v)]).value();
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
        let pass = add_all!(plan.hessian(&x, &mut g, &mut h), case, add);
        near(pass.add_any_size(&case.any_size, &Curved).value(), reference.value, "value");
        all_near(&[g], &[expected_g], "gradient");
        all_near(&case.dense(&h), &expected_h, "Hessian");
        let pass = add_all!(plan.hvp(&x, &v, &mut g, &mut hv), case, add);
        let _ = pass.add_any_size(&case.any_size, &Curved).value();
        let product = expected_h.map(|row| row.iter().zip(&v).map(|(h, v)| h * v).sum());
        all_near(&[hv], &[product], "product");

        let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![f64::NAN; plan.jacobian_nnz()]);
        add_residuals!(plan.jacobian(&x, &mut r, &mut j), case, add).done();
        let (_, columns) = plan.jacobian_pattern();
        let (zero, free): (Vec<_>, Vec<_>) =
            j.iter().zip(&columns).partition(|(_, column)| held.contains(column));
        assert!(zero.iter().all(|(value, _)| **value == 0.0));
        assert!(free.iter().all(|(value, _)| **value != 0.0));

        // What was held becomes free again.
        assert!(matches!(
            case.plan.hold([2, N]),
            Err(PlanError::OutOfRange { element: 1, index: N, count: N })
        ));
        case.plan.hold([]).unwrap();
        let pass = add_all!(case.plan.gradient(&x, &mut g), case, add);
        let _ = pass.add_any_size(&case.any_size, &Curved).value();
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
fn bad_lists_are_refused() {
    let mut builder = Builder::new(5);
    let nodes = builder.nodes::<3>(2);
    let other = builder.nodes::<2>(1);
    assert_eq!(builder.variables(), 13);
    assert_eq!(
        builder.elements([[0, 1], [0, 13]]).unwrap_err(),
        PlanError::OutOfRange { element: 1, index: 13, count: 13 }
    );
    assert_eq!(
        builder.elements([[0, 1, 2], [4, 3, 4]]).unwrap_err(),
        PlanError::Repeated { element: 1, index: 4 }
    );
    assert_eq!(
        builder.among(&nodes, [[0, 2]]).unwrap_err(),
        PlanError::OutOfRange { element: 0, index: 2, count: 2 }
    );
    assert_eq!(
        builder.relative(&nodes, [[0, 1], [1, 1]]).unwrap_err(),
        PlanError::Repeated { element: 1, index: 1 }
    );
    assert_eq!(
        builder.between(&nodes, &other, [[1, 1]]).unwrap_err(),
        PlanError::OutOfRange { element: 0, index: 1, count: 1 }
    );
    let same = builder.between(&nodes, &nodes, [[1, 1]]).unwrap_err();
    assert_eq!(same, PlanError::Repeated { element: 0, index: 1 });
    assert_eq!(builder.up_to::<2>([vec![0], vec![]]).unwrap_err(), PlanError::Empty { element: 1 });
    assert_eq!(
        builder.up_to::<2>([[0, 1, 2]]).unwrap_err(),
        PlanError::TooManyLanes { element: 0, size: 3, lanes: 2 }
    );
    assert_eq!(
        builder.up_to::<4>([[0, 1, 0]]).unwrap_err(),
        PlanError::Repeated { element: 0, index: 0 }
    );
    assert_eq!(
        builder.any_size(&[vec![0], (0..33).collect()]).unwrap_err(),
        PlanError::TooManyLanes { element: 1, size: 33, lanes: 32 }
    );
    let errors = [
        (PlanError::OutOfRange { element: 3, index: 9, count: 5 }, "number 9 of 5"),
        (PlanError::Repeated { element: 3, index: 9 }, "number 9 twice"),
        (PlanError::Empty { element: 3 }, "element 3 has no variable"),
        (PlanError::TooManyLanes { element: 3, size: 9, lanes: 4 }, "9 variables"),
        (PlanError::TooLarge, "32 bits"),
    ];
    for (error, text) in errors {
        assert!(error.to_string().contains(text), "{error}");
    }
    // A list that is refused leaves nothing behind.
    let good = builder.elements([[0, 1]]).unwrap();
    let plan = builder.build().unwrap();
    assert_eq!(plan.value(&[2.0; 13]).add(good, |_, [a, b]| a * b).value(), 4.0);
    assert_eq!(plan.nnz(), 21); // 5 variables, 2 nodes of 3, 1 node of 2, and a pair
}

#[test]
#[cfg(target_pointer_width = "64")]
fn more_variables_than_32_bits_are_refused() {
    assert_eq!(Builder::new(1 << 32).build().unwrap_err(), PlanError::TooLarge);
    let mut builder = Builder::new(1 << 33);
    assert_eq!(builder.elements([[1 << 32]]).unwrap_err(), PlanError::TooLarge);
}

fn two() -> (Plan, Elements<Single, 2>, Residuals<Single, 2, 1>) {
    let mut builder = Builder::new(3);
    let all = builder.elements([[0, 1], [1, 2]]).unwrap();
    let seen = all.residuals(&mut builder);
    (builder.build().unwrap(), all, seen)
}

#[test]
#[should_panic(expected = "a point with 2 coordinates for a plan with 3 variables")]
fn a_short_point_panics() {
    let _ = two().0.value(&[0.0; 2]);
}

#[test]
#[should_panic(expected = "4 places for the gradient, and 3 are needed")]
fn a_long_gradient_panics() {
    let _ = two().0.gradient(&[0.0; 3], &mut [0.0; 4]);
}

#[test]
#[should_panic(expected = "3 places for the values, and 5 are needed")]
fn too_few_values_panic() {
    let _ = two().0.hessian(&[0.0; 3], &mut [0.0; 3], &mut [0.0; 3]);
}

#[test]
#[should_panic(expected = "2 places for the direction, and 3 are needed")]
fn a_short_direction_panics() {
    let _ = two().0.hvp(&[0.0; 3], &[0.0; 2], &mut [0.0; 3], &mut [0.0; 3]);
}

#[test]
#[should_panic(expected = "1 places for the residuals, and 2 are needed")]
fn too_few_residuals_panic() {
    let _ = two().0.jacobian(&[0.0; 3], &mut [0.0; 1], &mut [0.0; 4]);
}

#[test]
#[should_panic(expected = "of another plan")]
fn a_group_of_another_plan_panics() {
    let other = Builder::new(3).build().unwrap();
    let _ = other.value(&[0.0; 3]).add(two().1, |_, [a, b]| a * b);
}

#[test]
#[should_panic(expected = "of another plan")]
fn residuals_of_another_plan_panic() {
    let mut builder = Builder::new(3);
    builder.elements([[0, 1], [1, 2]]).unwrap();
    let other = builder.build().unwrap();
    let _ = other.jacobian(&[0.0; 3], &mut [], &mut []).add(two().2, |_, [a, b]| [a * b]);
}

#[test]
#[should_panic(expected = "of another builder")]
fn residuals_of_another_builder_panic() {
    let _ = two().1.residuals::<1>(&mut Builder::new(3));
}

#[test]
fn an_error_ends_a_pass_and_not_the_plan() {
    let (plan, all, seen) = two();
    let x = [1.0, 2.0, 3.0];
    let (mut g, mut h) = ([0.0; 3], vec![0.0; plan.nnz()]);
    let mut calls = 0;
    let failed = plan.hessian(&x, &mut g, &mut h).try_add(all, |e, [a, b]| {
        calls += 1;
        if e == 0 { Err("no") } else { Ok(a * b) }
    });
    assert_eq!((failed.err(), calls), (Some("no"), 1));
    let failed = plan
        .gradient(&x, &mut g)
        .try_robust(seen, Squares, |e, [a, b]| if e == 1 { Err("no") } else { Ok([a * b]) });
    assert_eq!(failed.err(), Some("no"));
    let (mut r, mut j) = (vec![0.0; 2], vec![0.0; 4]);
    let failed = plan
        .jacobian(&x, &mut r, &mut j)
        .try_add(seen, |e, [a, b]| if e == 1 { Err("no") } else { Ok([a * b]) });
    assert_eq!(failed.err(), Some("no"));
    let f = plan.hessian(&x, &mut g, &mut h).add(all, |_, [a, b]| a * b).value();
    assert_eq!((f, g, &h[..]), (8.0, [2.0, 4.0, 2.0], &[0.0, 1.0, 0.0, 1.0, 0.0][..]));
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
fn not_a_number_stays_in_its_element() {
    let mut builder = Builder::new(4);
    let all = builder.elements([[0, 1], [2, 3]]).unwrap();
    let plan = builder.build().unwrap();
    let x: [f64; 4] = [-1.0, 2.0, 3.0, 4.0];
    let (mut g, mut h) = ([0.0; 4], vec![0.0; plan.nnz()]);
    for projected in [false, true] {
        let pass = plan.hessian(&x, &mut g, &mut h);
        let f = if projected {
            pass.projected().add(all, |_, [a, b]| a.sqrt() * b).value()
        } else {
            pass.add(all, |_, [a, b]| a.sqrt() * b).value()
        };
        assert!(f.is_nan() && g[0].is_nan() && h[0].is_nan());
        assert!(g[2..].iter().chain(&h[3..]).all(|part| part.is_finite()));
        assert_eq!(g[3], 3_f64.sqrt());
    }
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
fn the_object_is_the_pass() {
    for seed in 0..20 {
        let case = Case::new(seed);
        let (x, v) = (Random(seed + 1000).point(), Random(seed + 2000).point());
        let reference = case.sum(&HyperDual::<f64, N>::variables(&x));
        let scale = [1.0, 1.0];
        struct OfNodes;
        impl Element<Among<2, 2>, 4> for OfNodes {
            fn eval<T: Real<Scalar = f64>>(&self, e: usize, x: [[T; 2]; 2]) -> T {
                curved(e, x.as_flattened())
            }
        }
        let sum = ElementSum::new(case.plan.clone())
            .with(element!(case.single, |e, v| curved(e, &v) * scale[0]))
            .with(Term::new(case.among, OfNodes))
            .with(element!(case.between, |e, (a, b)| curved(e, &[a[0], a[1], a[2], b[0], b[1]])))
            .with(element!(case.relative, move |e, [a, b]| curved(e, &[a[0], a[1], b[0], b[1]])))
            .with(element!(case.up_to, |e, v| curved(e, &v)))
            .with_any_size(&case.any_size, &Curved);
        let (mut g, mut hv, mut h) = ([0.0; N], [0.0; N], vec![0.0; case.plan.nnz()]);
        near(sum.value(&x), reference.value, "value");
        near(sum.gradient(&x, &mut g), reference.value, "value");
        all_near(&[g], &[reference.gradient()], "gradient");
        near(sum.hessian(&x, &mut g, &mut h), reference.value, "value");
        all_near(&case.dense(&h), &reference.hessian(), "Hessian");
        sum.hvp(&x, &v, &mut g, &mut hv);
        let product = reference.hessian().map(|row| row.iter().zip(&v).map(|(h, v)| h * v).sum());
        all_near(&[hv], &[product], "product");
        let mut projected = vec![0.0; h.len()];
        let pass = case.plan.hessian(&x, &mut g, &mut projected).projected();
        let _ = add_all!(pass, case, add).add_any_size(&case.any_size, &Curved).value();
        sum.projected_hessian(&x, &mut g, &mut h);
        assert_eq!(h, projected);
    }
}

#[cfg(feature = "rayon")]
mod on_threads {
    use super::*;

    /// A chain long enough for several parts, with terms across it.
    fn long(n: usize, parts: usize) -> (Plan, Elements<Single, 3>, Residuals<Single, 3, 2>) {
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
            let fp = plan.value(&x).par_add(all, |e, v| curved(e, &v)).value();
            assert_eq!(f, fp);
            let f = plan.gradient(&x, &mut g).add(all, |e, v| curved(e, &v)).value();
            let fp = plan.gradient(&x, &mut gp).par_add(all, |e, v| curved(e, &v)).value();
            assert_eq!((f, &g), (fp, &gp));
            let f = plan.hessian(&x, &mut g, &mut h).add(all, |e, v| curved(e, &v)).value();
            let pass = plan.hessian(&x, &mut gp, &mut hp);
            assert_eq!(f, pass.par_add(all, |e, v| curved(e, &v)).value());
            assert_eq!((&g, &h), (&gp, &hp));
            let pass = plan.hvp(&x, &v, &mut g, &mut hv);
            let f = pass.add(all, |e, v| curved(e, &v)).value();
            let pass = plan.hvp(&x, &v, &mut gp, &mut hvp);
            assert_eq!(f, pass.par_add(all, |e, v| curved(e, &v)).value());
            assert_eq!((&g, &hv), (&gp, &hvp));
            let pass = plan.gauss_newton(&x, &mut g, &mut h);
            let f = pass.robust(seen, Huber(0.5), |e, v| pair(e, &v)).value();
            let pass = plan.gauss_newton(&x, &mut gp, &mut hp);
            assert_eq!(f, pass.par_robust(seen, Huber(0.5), |e, v| pair(e, &v)).value());
            assert_eq!((&g, &h), (&gp, &hp));
            let results = || (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
            let ((mut r, mut j), (mut rp, mut jp)) = (results(), results());
            plan.jacobian(&x, &mut r, &mut j).add(seen, |e, v| pair(e, &v)).done();
            plan.jacobian(&x, &mut rp, &mut jp).par_add(seen, |e, v| pair(e, &v)).done();
            assert_eq!((r, j), (rp, jp));
        }
    }

    #[test]
    fn elements_that_span_the_variables_are_evaluated_once() {
        let evaluations = |builder: Builder, list: &[[usize; 2]]| {
            let mut builder = builder;
            let pairs = builder.elements(list.iter().copied()).unwrap();
            let plan = builder.build().unwrap();
            let (x, mut g) = (vec![1.0; 8192], vec![0.0; 8192]);
            let count = std::sync::atomic::AtomicUsize::new(0);
            let term = |_, [a, b]: [Dual<f64, 2>; 2]| {
                count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                a * b
            };
            let _ = plan.gradient(&x, &mut g).par_add(pairs, term).value();
            count.into_inner()
        };
        let near: Vec<_> = (0..8191).map(|i| [i, i + 1]).collect();
        let far: Vec<_> = (0..4096).map(|i| [i, i + 4096]).collect();
        assert_eq!(evaluations(Builder::new(8192), &near), 8191 + 3);
        assert_eq!(evaluations(Builder::new(8192), &far), 4096);
        // Half of the 12288 places are those of the first 3072 columns, which have two each.
        assert_eq!(evaluations(Builder::new(8192).parts(2), &far), 4096 + 3072);
    }

    #[test]
    fn random_sums_of_all_shapes_have_the_same_bits() {
        for seed in 0..50 {
            let case = Case::new(seed);
            let (x, plan) = (Random(seed + 1000).point(), &case.plan);
            let (mut g, mut h) = ([0.0; N], vec![0.0; plan.nnz()]);
            let (mut gp, mut hp) = ([0.0; N], vec![0.0; plan.nnz()]);
            let f = add_all!(plan.hessian(&x, &mut g, &mut h), case, add).value();
            let fp = add_all!(plan.hessian(&x, &mut gp, &mut hp), case, par_add).value();
            assert_eq!((f, g, &h), (fp, gp, &hp));
            let f = add_robust!(plan.gauss_newton(&x, &mut g, &mut h), case, robust, Cauchy(1.0));
            let f = f.value();
            let pass = plan.gauss_newton(&x, &mut gp, &mut hp);
            assert_eq!(f, add_robust!(pass, case, par_robust, Cauchy(1.0)).value());
            assert_eq!((g, &h), (gp, &hp));
        }
    }

    #[test]
    fn the_first_error_comes_out() {
        let (plan, all, _) = long(5000, 8);
        let x = vec![1.0; 5000];
        let failed = plan
            .value(&x)
            .par_try_add(all, |e, [a, b, c]| if e % 1000 == 999 { Err(e) } else { Ok(a * b * c) });
        assert_eq!(failed.err(), Some(999));
    }

    #[test]
    fn the_object_has_the_same_bits() {
        let (plan, all, _) = long(5000, 5);
        let sum = ElementSum::new(plan).with(element!(all, |e, v| curved(e, &v)));
        let x: Vec<f64> = (0..5000).map(|i| (i as f64).sin()).collect();
        let results = || (vec![0.0; 5000], vec![0.0; sum.plan().nnz()]);
        let ((mut g, mut h), (mut gp, mut hp)) = (results(), results());
        assert_eq!(sum.hessian(&x, &mut g, &mut h), sum.par_hessian(&x, &mut gp, &mut hp));
        assert_eq!((&g, h), (&gp, hp));
        assert_eq!(sum.gradient(&x, &mut g), sum.par_gradient(&x, &mut gp));
        assert_eq!(g, gp);
    }
}
