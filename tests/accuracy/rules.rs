//! Every rule of differentiation against correctly rounded references: function × kind × row, in `Dual`,
//! `HyperDual`, `BlockDual`, nested jets, f64 and f32. The limits stand in `common/limits.rs`.
//!
//! The extract in `tests/data` is always read; the full set of references when it lies beside the
//! repository.

use std::collections::BTreeMap;
use std::path::Path;

use crate::common::functions::call;
use crate::common::limits::{Order, Precision, judge};
use crate::common::reference::{Row, extract, full_set, pairs, read_directory};
use gradual::{BlockDual, Dual, HyperDual};

/// First and second partial derivatives, the latter in the order of [`Row::second`], where the kind
/// has them.
struct Derivatives {
    first: Vec<f64>,
    second: Vec<f64>,
}

/// A kind of number over one precision: its name and how it differentiates a row.
struct Kind {
    name: &'static str,
    precision: Precision,
    differentiate: fn(&Row) -> Derivatives,
}

/// Differentiates the function of a row of N arguments on numbers that `$variable` seeds, and reads the
/// parts with `$first` and `$second`.
macro_rules! differentiate {
    ($row:ident, $s:ident, |$n:ident| $number:ty, $variable:expr, $first:expr, $second:expr) => {{
        macro_rules! with {
            ($count:literal) => {{
                const $n: usize = $count;
                type Number = $number;
                let variable: fn($s, usize) -> Number = $variable;
                let first: fn(&Number, usize) -> $s = $first;
                let second: Option<fn(&Number, usize, usize) -> $s> = $second;
                let arguments: Vec<Number> =
                    (0..$n).map(|i| variable($row.arguments[i] as $s, i)).collect();
                let y: Number = call!($row, &arguments);
                Derivatives {
                    first: (0..$n).map(|i| f64::from(first(&y, i))).collect(),
                    second: second.map_or(Vec::new(), |second| {
                        pairs($n).map(|(i, j)| f64::from(second(&y, i, j))).collect()
                    }),
                }
            }};
        }
        match $row.arguments.len() {
            1 => with!(1),
            2 => with!(2),
            _ => with!(3),
        }
    }};
}

macro_rules! kinds {
    ($($s:ident $precision:ident:
        $dual:literal $hyper:literal $block:literal $nested:literal $inner:literal $outer:literal;)*) => {
        &[$(
            Kind {
                name: $dual,
                precision: Precision::$precision,
                differentiate: |row| differentiate!(
                    row, $s, |N| Dual<$s, N>, Dual::variable, |y, i| y.partial(i), None
                ),
            },
            Kind {
                name: $hyper,
                precision: Precision::$precision,
                differentiate: |row| differentiate!(
                    row, $s, |N| HyperDual<$s, N>, HyperDual::variable,
                    |y, i| y.partial(i), Some(|y, i, j| y.second_partial(i, j))
                ),
            },
            Kind {
                name: $block,
                precision: Precision::$precision,
                differentiate: |row| differentiate!(
                    row, $s, |N| BlockDual<$s, N, N>,
                    |v, i| BlockDual::coordinate(v, Some(i), Some(i)),
                    |y, i| y.row_partials()[i], Some(|y, i, j| y.mixed_partials()[i][j])
                ),
            },
            Kind {
                name: $nested,
                precision: Precision::$precision,
                differentiate: |row| differentiate!(
                    row, $s, |N| Dual<Dual<$s, N>, N>,
                    |v, i| Dual::variable(Dual::variable(v, i), i),
                    |y, i| y.partial(i).value, Some(|y, i, j| y.partial(i).partial(j))
                ),
            },
            Kind {
                name: $inner,
                precision: Precision::$precision,
                differentiate: |row| differentiate!(
                    row, $s, |N| Dual<HyperDual<$s, N>, N>,
                    |v, i| Dual::variable(HyperDual::variable(v, i), i),
                    |y, i| y.partial(i).value, Some(|y, i, j| y.partial(i).partial(j))
                ),
            },
            Kind {
                name: $outer,
                precision: Precision::$precision,
                differentiate: |row| differentiate!(
                    row, $s, |N| HyperDual<Dual<$s, N>, N>,
                    |v, i| HyperDual::variable(Dual::variable(v, i), i),
                    |y, i| y.partial(i).value, Some(|y, i, j| y.second_partial(i, j).value)
                ),
            },
        )*]
    };
}

const KINDS: &[Kind] = kinds! {
    f64 Double: "Dual<f64>" "HyperDual<f64>" "BlockDual<f64>"
        "Dual<Dual<f64>>" "Dual<HyperDual<f64>>" "HyperDual<Dual<f64>>";
    f32 Single: "Dual<f32>" "HyperDual<f32>" "BlockDual<f32>"
        "Dual<Dual<f32>>" "Dual<HyperDual<f32>>" "HyperDual<Dual<f32>>";
};

struct Failure {
    text: String,
    ulps: u64,
}

fn check(rows: &[Row]) {
    let mut failures: BTreeMap<(&str, &str), Vec<Failure>> = BTreeMap::new();
    let mut compared = 0;
    for kind in KINDS {
        for row in rows {
            let exact = row.arguments.iter().all(|&x| kind.precision.round(x) == x);
            if !exact || kind.precision.value_is_off(row) {
                continue;
            }
            let derivatives = (kind.differentiate)(row);
            let orders = [
                (Order::First, derivatives.first, &row.first),
                (Order::Second, derivatives.second, &row.second),
            ];
            for (order, got, truths) in orders {
                for (component, (got, &truth)) in got.into_iter().zip(truths).enumerate() {
                    let Some(verdict) = judge(kind.precision, row, order, component, got, truth)
                    else {
                        continue;
                    };
                    compared += 1;
                    if !verdict.passes {
                        let text = format!(
                            "{order:?} derivative {component} of {} ({}): got {got:e}, truth {truth:e}, {} ulps",
                            row.call(),
                            row.kind,
                            verdict.ulps,
                        );
                        let failure = Failure { text, ulps: verdict.ulps };
                        failures.entry((kind.name, &row.function)).or_default().push(failure);
                    }
                }
            }
        }
    }
    assert!(compared > 10 * rows.len(), "only {compared} derivatives were compared");
    let report: Vec<String> = failures
        .iter_mut()
        .map(|((kind, function), failures)| {
            failures.sort_by_key(|failure| std::cmp::Reverse(failure.ulps));
            let worst: Vec<&str> = failures.iter().take(3).map(|f| f.text.as_str()).collect();
            format!("{kind} {function}, {} failures:\n    {}", failures.len(), worst.join("\n    "))
        })
        .collect();
    assert!(report.is_empty(), "of {compared} derivatives:\n{}", report.join("\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn extract_of_the_reference() {
    let rows = read_directory(&extract(root())).expect("the extract comes with the crate");
    assert!(rows.len() > 300);
    check(&rows);
}

#[test]
fn full_reference() {
    match full_set(root()) {
        Some(directory) => check(&read_directory(&directory).expect("readable references")),
        None => println!("the full reference is not here; the extract is checked by itself"),
    }
}
