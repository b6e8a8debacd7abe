//! Third derivatives of every elementary function against correctly rounded references, in each way to nest three
//! orders. The limits stand in `common/limits.rs`.
//!
//! The extract in `tests/data` is always read; the full set of references when it lies beside the
//! repository.

use std::path::Path;

use crate::common::functions::call;
use crate::common::limits::{Order, Precision, judge};
use crate::common::reference::{Row, extract, full_set, read_directory};
use gradual::{Dual, HyperDual, Real};

/// A number of two variables that carries three orders.
trait Third: Real {
    const NAME: &'static str;

    /// Variable number `i`, on every level.
    fn variable(x: f64, i: usize) -> Self;

    /// The third derivative in variables `i`, `j` and `k`.
    fn third(&self, i: usize, j: usize, k: usize) -> f64;
}

impl Third for Dual<Dual<Dual<f64, 2>, 2>, 2> {
    const NAME: &'static str = "Dual<Dual<Dual>>";

    fn variable(x: f64, i: usize) -> Self {
        Dual::variable(Dual::variable(Dual::variable(x, i), i), i)
    }

    fn third(&self, i: usize, j: usize, k: usize) -> f64 {
        self.partial(i).partial(j).partial(k)
    }
}

impl Third for Dual<HyperDual<f64, 2>, 2> {
    const NAME: &'static str = "Dual<HyperDual>";

    fn variable(x: f64, i: usize) -> Self {
        Dual::variable(HyperDual::variable(x, i), i)
    }

    fn third(&self, i: usize, j: usize, k: usize) -> f64 {
        self.partial(i).second_partial(j, k)
    }
}

impl Third for HyperDual<Dual<f64, 2>, 2> {
    const NAME: &'static str = "HyperDual<Dual>";

    fn variable(x: f64, i: usize) -> Self {
        HyperDual::variable(Dual::variable(x, i), i)
    }

    fn third(&self, i: usize, j: usize, k: usize) -> f64 {
        self.second_partial(i, j).partial(k)
    }
}

/// The derivatives xxx, xxy, xyy and yyy, or xxx alone, with every order in which the levels take the variables.
const ORDERS: [&[[usize; 3]]; 4] = [
    &[[0, 0, 0]],
    &[[0, 0, 1], [0, 1, 0], [1, 0, 0]],
    &[[0, 1, 1], [1, 0, 1], [1, 1, 0]],
    &[[1, 1, 1]],
];

/// Compares the third derivatives of the rows, and says how many were compared and which are off.
fn compare<K: Third>(rows: &[Row]) -> (usize, Vec<String>) {
    let mut compared = 0;
    let mut failures = Vec::new();
    for row in rows.iter().filter(|row| !Precision::Double.value_is_off(row)) {
        let numbers = row.arguments.iter().take(2).enumerate();
        let arguments: Vec<K> = numbers.map(|(i, &x)| K::variable(x, i)).collect();
        if row.third.is_empty() {
            continue;
        }
        let y = call!(row, &arguments);
        for (component, &truth) in row.third.iter().enumerate() {
            for &[i, j, k] in ORDERS[component] {
                let got = y.third(i, j, k);
                let verdict = judge(Precision::Double, row, Order::Third, component, got, truth);
                compared += usize::from(verdict.is_some());
                if let Some(verdict) = verdict.filter(|verdict| !verdict.passes) {
                    failures.push(format!(
                        "{} {:?} of {} ({}): got {got:e}, truth {truth:e}, {} ulps",
                        K::NAME,
                        [i, j, k],
                        row.call(),
                        row.kind,
                        verdict.ulps
                    ));
                }
            }
        }
    }
    (compared, failures)
}

fn check(rows: &[Row]) {
    let kinds = [
        compare::<Dual<Dual<Dual<f64, 2>, 2>, 2>>,
        compare::<Dual<HyperDual<f64, 2>, 2>>,
        compare::<HyperDual<Dual<f64, 2>, 2>>,
    ];
    for compare in kinds {
        let (compared, failures) = compare(rows);
        assert!(compared > rows.len(), "only {compared} derivatives were compared");
        assert!(failures.is_empty(), "{} of {compared}:\n{}", failures.len(), failures.join("\n"));
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn extract_of_the_reference() {
    let rows = read_directory(&extract(root())).expect("the extract comes with the crate");
    check(&rows);
}

#[test]
fn full_reference() {
    match full_set(root()) {
        Some(directory) => check(&read_directory(&directory).expect("readable references")),
        None => println!("the full reference is not here; the extract is checked by itself"),
    }
}
