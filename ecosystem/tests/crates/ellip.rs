//! ellip, over `Float`: elliptic integrals.

use gradual_ecosystem::case;
use num_traits::Float;

fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

/// Carlson's R_F, by duplication.
fn carlson<T: Float>(x: T) -> T {
    ellip::elliprf(x, c(1.0), c(2.0)).unwrap() + ellip::elliprc(c(2.0), x).unwrap()
}

/// The incomplete integral of the first kind, with respect to its upper limit.
fn upper_limit<T: Float>(phi: T) -> T {
    ellip::ellipf(phi, c(0.3)).unwrap()
}

#[test]
fn elliptic_integrals() {
    case!(carlson).first_order_only().within(1e-7).at(0.7);
    case!(upper_limit)
        .slope(|phi| (1.0 - 0.3 * phi.sin().powi(2)).sqrt().recip())
        .first_order_only()
        .within(1e-7)
        .at(0.7);
}
