//! Every function against the references, in both precisions.

use super::reference::{ORDERS, Row, double, error, error_f32, rows, single};

/// The bounds of the orders 0, 1, 2, 3 and 8, in ulps times the condition number.
fn bounds(function: &str) -> [f64; 5] {
    let name = function.split(':').next().expect("a name");
    match name {
        // The derivatives of ln Φ fall by a factor of about ten each, which those of its terms do not.
        "norm_ln_cdf" => [5.0, 5.0, 10.0, 20.0, 10_000.0],
        // The library's values.
        "beta" | "spherical_j" | "legendre_p" => [5.0, 5.0, 10.0, 20.0, 100.0],
        "gamma_p" | "gamma_q" | "beta_reg" => [20.0, 5.0, 10.0, 20.0, 100.0],
        // Where the order and the argument are of one size, the terms cancel.
        "bessel_i_scaled" => [2.0, 10.0, 15.0, 40.0, 3000.0],
        // Next to k = 0, where the value is small.
        "ln_binomial_k" => [1000.0, 5.0, 10.0, 20.0, 100.0],
        _ => [2.0, 5.0, 10.0, 20.0, 100.0],
    }
}

fn check(row: &Row, got: [f64; 5], error: impl Fn(f64, f64) -> f64) {
    let bounds = bounds(row.function);
    for i in 0..5 {
        let truth = row.derivatives[i];
        let ulps = error(got[i], truth) / row.conditions[i];
        let (name, x, order) = (row.function, row.x, ORDERS[i]);
        // What the page of the documentation states is printed so.
        if std::env::var_os("SHOW").is_some() {
            println!("{name} {x} {order} {ulps:.1} {} {truth}", row.is_ordinary);
        } else {
            let got = got[i];
            assert!(
                ulps <= bounds[i],
                "{name} at {x}, order {order}: {got} for {truth}, {ulps} ulps"
            );
        }
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
