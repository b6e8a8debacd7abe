//! geo, over `GeoFloat` (feature `geo`).

use geo::{
    Area, BoundingRect, Centroid, ConvexHull, Distance, Euclidean, GeoFloat, Haversine, Length,
    LineString, Point, Polygon, Rotate, Scale, coord, line_string, polygon,
};
use gradual_ecosystem::case;
use num_traits::FromPrimitive;

fn c<T: GeoFloat>(x: f64) -> T {
    <T as num_traits::NumCast>::from(x).unwrap()
}

/// A quadrilateral with one moving corner.
fn shape<T: GeoFloat>(x: T) -> Polygon<T> {
    let (o, four) = (T::zero(), c(4.0));
    polygon![(x: o, y: o), (x: four, y: x), (x: four + x * x, y: four), (x: x.sin(), y: c(3.0))]
}

fn path<T: GeoFloat>(x: T) -> LineString<T> {
    line_string![(x: x, y: T::zero()), (x: c(1.0), y: x * x), (x: c(3.0), y: x.exp())]
}

/// A triangle of height x over a base of 3.
fn triangle<T: GeoFloat>(x: T) -> T {
    let triangle =
        polygon![(x: T::zero(), y: T::zero()), (x: c(3.0), y: T::zero()), (x: c(1.0), y: x)];
    triangle.unsigned_area()
}

fn area<T: GeoFloat>(x: T) -> T {
    shape(x).unsigned_area()
}

fn centroid<T: GeoFloat>(x: T) -> T {
    let p = shape(x).centroid().unwrap();
    p.x() + p.y() * c(2.0)
}

fn length<T: GeoFloat>(x: T) -> T {
    Euclidean.length(&path(x))
}

fn distance<T: GeoFloat>(x: T) -> T {
    Euclidean.distance(&Point::new(x, c(3.0)), &path(x))
}

fn great_circle<T: GeoFloat + FromPrimitive>(x: T) -> T {
    Haversine.distance(Point::new(x, c(50.0)), Point::new(c(8.0), x * c(40.0))) / c(1e6)
}

fn hull<T: GeoFloat>(x: T) -> T {
    let mut points = shape(x).exterior().clone();
    points.0.push(coord! { x: c(1.0), y: x });
    points.convex_hull().unsigned_area()
}

fn transformed<T: GeoFloat>(x: T) -> T {
    let moved = shape(x).rotate_around_point(x * c(30.0), Point::new(x, c(1.0))).scale(x);
    let bounds = moved.bounding_rect().unwrap();
    bounds.width() * bounds.height()
}

#[test]
fn shapes() {
    case!(triangle).slope(|_| 1.5).within(1e-15).at(0.7);
    case!(area).at(0.7);
    case!(centroid).at(0.7);
    case!(length).at(0.7);
    case!(distance).at(0.7);
    case!(great_circle).at(0.7);
    case!(hull).at(0.7);
    case!(transformed).at(0.7);
}
