//! rstar 0.12, over `RTreeNum` (`Bounded + Num + Signed + Copy + PartialOrd + Debug`).

use gradual_ecosystem::case;
use num_traits::Float;
use rstar::{PointDistance, RTree, RTreeNum};

fn nearest<T: Float + RTreeNum>(x: T) -> T {
    let c = |v: f64| <T as num_traits::NumCast>::from(v).unwrap();
    let points = (0..40).map(|i| [c(3.0 * f64::from(i).sin()), c(f64::from(i).cos())]).collect();
    let query = [x, x * x];
    RTree::bulk_load(points).nearest_neighbor(&query).unwrap().distance_2(&query)
}

#[test]
fn neighbours() {
    case!(nearest).step(1e-3).at(0.7);
}
