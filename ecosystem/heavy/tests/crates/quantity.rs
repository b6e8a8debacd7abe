//! quantity 0.15, over num-dual 0.15's `DualNum` (feature `num-dual`).

use gradual_ecosystem_heavy::case;
use num_dual::DualNum;
use quantity::{Dimensionless, KELVIN, METER, RGAS, SECOND};

/// Torricelli's speed under a column whose height is in the derivative, in m/s.
fn speed_of_outflow<D: DualNum<Primitive = f64> + Copy>(height: D) -> D {
    let height = Dimensionless::new(height) * METER;
    let gravity = 9.81 * METER / (SECOND * SECOND);
    ((height * gravity * 2.0).sqrt() / (METER / SECOND)).into_value()
}

/// The side of a cube of the volume that an ideal gas takes.
fn side_of_a_cube<D: DualNum<Primitive = f64> + Copy>(temperature: D) -> D {
    let t = Dimensionless::new(temperature) * KELVIN;
    let volume = t * RGAS / RGAS / KELVIN * (METER * METER * METER);
    (volume.cbrt().powi::<2>() / (METER * METER)).into_value()
}

#[test]
fn quantities() {
    case!(speed_of_outflow).slope(|h| (9.81 / (2.0 * h)).sqrt()).within(1e-14).at(3.0);
    case!(side_of_a_cube).slope(|t| 2.0 / 3.0 * t.powf(-1.0 / 3.0)).within(1e-14).at(3.0);
}
