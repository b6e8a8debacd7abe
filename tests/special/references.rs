//! Every function against the references, in both precisions.

use super::reference::{ORDERS, Row, double, error, error_f32, rows, single};

/// The bounds in ulps of the orders 0, 1, 2, 3 and 8 at ordinary points.
fn bounds(function: &str) -> [f64; 5] {
    let _ = function;
    [2.0, 5.0, 10.0, 20.0, 100.0]
}

fn check(row: &Row, got: [f64; 5], error: impl Fn(f64, f64) -> f64) {
    let bounds = bounds(row.function);
    for i in 0..5 {
        let truth = row.derivatives[i];
        let ulps = error(got[i], truth);
        let (name, x, order) = (row.function, row.x, ORDERS[i]);
        let bound = if row.is_ordinary { bounds[i] } else { 1000.0 };
        if std::env::var_os("SHOW").is_some() {
            println!("{name} {x} {order} {ulps:.1} {} {truth}", row.is_ordinary);
            continue;
        }
        assert!(ulps <= bound, "{name} at {x}, order {order}: {} for {truth}, {ulps} ulps", got[i]);
    }
}

#[test]
fn f64_keeps_the_bounds() {
    rows().for_each(|row| check(&row, double(row.function, row.x), error));
}

#[test]
fn f32_keeps_the_bounds() {
    rows().for_each(|row| check(&row, single(row.function, row.x as f32), error_f32));
}
