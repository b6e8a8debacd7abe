//! Random sums of small terms, and the same sums on numbers that carry all derivatives at once.

// Each user takes a part of it.
#![allow(dead_code, unused_macros)]

use gradual::Real;
use gradual::structured::shapes::{Among, AnySize, Between, Few, Relative, Single, UpTo};
use gradual::structured::{Builder, Element, ElementResiduals, Elements, Plan, Residuals};

/// The number of variables of the random sums: 4 single ones, 3 nodes of 2 and 2 of 3 coordinates.
pub const N: usize = 16;

#[path = "../common/generator.rs"]
mod generator;

pub use generator::Random;

impl Random {
    /// K different numbers below n.
    pub fn choose<const K: usize>(&mut self, n: usize) -> [usize; K] {
        let mut all: Vec<usize> = (0..n).collect();
        std::array::from_fn(|_| all.swap_remove(self.below(all.len())))
    }

    pub fn list<const K: usize>(&mut self, n: usize) -> Vec<[usize; K]> {
        (0..self.below(6)).map(|_| self.choose(n)).collect()
    }

    pub fn point(&mut self) -> [f64; N] {
        std::array::from_fn(|_| self.real())
    }
}

/// A function of any number of variables with a full Hessian, another one for each element.
pub fn curved<T: Real<Scalar = f64>>(e: usize, x: &[T]) -> T {
    let mut y = T::lift(0.3 + e as f64 * 0.1);
    for (k, &x) in x.iter().enumerate() {
        y = (y * 1.1 + x * (1.0 + 0.2 * k as f64)).sin() + x * y * 0.5;
    }
    y
}

/// Two residuals.
pub fn pair<T: Real<Scalar = f64>>(e: usize, x: &[T]) -> [T; 2] {
    [curved(e, x), curved(e + 7, x) * 2.0 + 0.5]
}

/// A random sum with groups of all shapes.
pub struct Case {
    pub plan: Plan,
    pub singles: Vec<[usize; 3]>,
    pub amongs: Vec<[usize; 2]>,
    pub betweens: Vec<[usize; 2]>,
    pub relatives: Vec<[usize; 3]>,
    pub lists: Vec<Vec<usize>>,
    pub single: Elements<Single, 3>,
    pub among: Elements<Among<2, 2>, 4>,
    pub between: Elements<Between<3, 2>, 5>,
    pub relative: Elements<Relative<3, 2, 2>, 4>,
    pub up_to: Elements<UpTo, 4>,
    pub any_size: AnySize,
    pub single_residuals: Residuals<Elements<Single, 3>, 2>,
    pub among_residuals: Residuals<Elements<Among<2, 2>, 4>, 2>,
    pub between_residuals: Residuals<Elements<Between<3, 2>, 5>, 2>,
    pub relative_residuals: Residuals<Elements<Relative<3, 2, 2>, 4>, 2>,
    pub up_to_residuals: Residuals<Elements<UpTo, 4>, 2>,
    pub any_size_residuals: Residuals<AnySize, 2>,
}

pub struct Curved;

impl<const K: usize> Element<UpTo, K> for Curved {
    fn eval<T: Real<Scalar = f64>>(&self, e: usize, x: Few<T, K>) -> T {
        curved(e + 20, &x)
    }
}

/// All groups are added to a pass.
macro_rules! add_all {
    ($pass:expr, $case:expr) => {
        $pass
            .add($case.single, |e, v| $crate::sums::curved(e, &v))
            .add($case.among, |e, [a, b]| $crate::sums::curved(e, &[a[0], a[1], b[0], b[1]]))
            .add($case.between, |e, (a, b)| {
                $crate::sums::curved(e, &[a[0], a[1], a[2], b[0], b[1]])
            })
            .add($case.relative, |e, [a, b]| $crate::sums::curved(e, &[a[0], a[1], b[0], b[1]]))
            .add($case.up_to, |e, v| $crate::sums::curved(e, &v))
            .add_any_size(&$case.any_size, &$crate::sums::Curved)
    };
}

/// The residuals of all groups are added to the pass of a Jacobian.
macro_rules! add_residuals {
    ($pass:expr, $case:expr) => {
        $pass
            .add($case.single_residuals, |e, v| $crate::sums::pair(e, &v))
            .add($case.among_residuals, |e, [a, b]| {
                $crate::sums::pair(e, &[a[0], a[1], b[0], b[1]])
            })
            .add($case.between_residuals, |e, (a, b)| {
                $crate::sums::pair(e, &[a[0], a[1], a[2], b[0], b[1]])
            })
            .add($case.relative_residuals, |e, [a, b]| {
                $crate::sums::pair(e, &[a[0], a[1], b[0], b[1]])
            })
            .add($case.up_to_residuals, |e, v| $crate::sums::pair(e, &v))
            .add_any_size(&$case.any_size_residuals, &$crate::sums::Pairs)
    };
}

/// Their squares, with a loss.
macro_rules! add_robust {
    ($pass:expr, $case:expr, $loss:expr) => {
        $pass
            .add($case.single_residuals.robust($loss), |e, v| $crate::sums::pair(e, &v))
            .add($case.among_residuals.robust($loss), |e, [a, b]| {
                $crate::sums::pair(e, &[a[0], a[1], b[0], b[1]])
            })
            .add($case.between_residuals.robust($loss), |e, (a, b)| {
                $crate::sums::pair(e, &[a[0], a[1], a[2], b[0], b[1]])
            })
            .add($case.relative_residuals.robust($loss), |e, [a, b]| {
                $crate::sums::pair(e, &[a[0], a[1], b[0], b[1]])
            })
            .add($case.up_to_residuals.robust($loss), |e, v| $crate::sums::pair(e, &v))
            .add_any_size(&$case.any_size_residuals.clone().robust($loss), &$crate::sums::Pairs)
    };
}

/// Their squares as they are.
macro_rules! add_squares {
    ($pass:expr, $case:expr) => {
        add_robust!($pass, $case, gradual::structured::losses::Squares)
    };
}

/// The residuals of elements of any size.
pub struct Pairs;

impl<const K: usize> ElementResiduals<UpTo, K, 2> for Pairs {
    fn eval<T: Real<Scalar = f64>>(&self, e: usize, x: Few<T, K>) -> [T; 2] {
        pair(e + 20, &x)
    }
}

impl Case {
    pub fn new(seed: u64) -> Self {
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
        let up_to_residuals = up_to.residuals(builder);
        let any_size_residuals = any_size.clone().residuals(builder);
        let plan = std::mem::take(builder).parts(1 + random.below(8)).build().unwrap();
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
            up_to_residuals,
            any_size_residuals,
        }
    }

    /// The number and the variables of every element, group by group.
    pub fn arguments<T: Real<Scalar = f64>>(&self, x: &[T; N]) -> Vec<(usize, Vec<T>)> {
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
        let of = |list: &Vec<usize>| list.iter().map(|&i| x[i]).collect::<Vec<T>>();
        let lists = || self.lists.iter().map(of).enumerate();
        all.extend(lists().map(|(e, x)| (e, x[..x.len().min(4)].to_vec())));
        all.extend(lists().map(|(e, x)| (e + 20, x)));
        all
    }

    /// The whole sum, on any number.
    pub fn sum<T: Real<Scalar = f64>>(&self, x: &[T; N]) -> T {
        self.arguments(x).iter().map(|(e, x)| curved(*e, x)).sum()
    }

    /// The sum of losses.
    pub fn losses<T: Real<Scalar = f64>>(&self, x: &[T; N], rho: impl Fn(T) -> T) -> T {
        let cost = |(e, x): &(usize, Vec<T>)| {
            let [a, b] = pair(*e, x);
            rho(a * a + b * b) * 0.5
        };
        self.arguments(x).iter().map(cost).sum()
    }

    /// A matrix from its lower triangle.
    pub fn dense(&self, values: &[f64]) -> [[f64; N]; N] {
        dense(&self.plan, values)
    }
}

pub fn dense(plan: &Plan, values: &[f64]) -> [[f64; N]; N] {
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
pub fn near(got: f64, expected: f64, what: &str) {
    assert!((got - expected).abs() <= 1e-13 * (1.0 + expected.abs()), "{what}: {got} {expected}");
}

#[track_caller]
pub fn all_near<const M: usize>(got: &[[f64; M]], expected: &[[f64; M]], what: &str) {
    for (got, expected) in got.as_flattened().iter().zip(expected.as_flattened()) {
        near(*got, *expected, what);
    }
}
