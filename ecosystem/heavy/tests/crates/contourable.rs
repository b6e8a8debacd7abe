//! contourable, over num-dual 0.15's `DualNum` (feature `num-dual`).

use contourable::Contour;
use contourable::line::Line;
use gradual_ecosystem_heavy::case;
use nalgebra::{ComplexField, Point2};
use num_dual::DualNum;

/// The length of the line from (x, 1) to (2, x²).
fn length<D: DualNum<Primitive = f64> + ComplexField<RealField = D> + Copy>(x: D) -> D {
    let (one, two) = (D::from(1.0), D::from(2.0));
    Line::new(Point2::new(x, one), Point2::new(two, x * x)).length()
}

/// The middle of three points that divide that line.
fn middle<D: DualNum<Primitive = f64> + ComplexField<RealField = D> + Copy>(x: D) -> D {
    let (one, two) = (D::from(1.0), D::from(2.0));
    let line = Line::new(Point2::new(x, one), Point2::new(two, x * x));
    let (start, end) = line.s_interval();
    let points = line.divide(start, end, 3);
    points[1].x * points[1].y
}

#[test]
fn lines() {
    case!(length).at(0.7);
    case!(middle).at(0.7);
}
