//! kdtree, over `Float + Zero + One`.

use gradual_ecosystem::case;
use kdtree::KdTree;
use kdtree::distance::squared_euclidean;
use num_traits::Float;

fn nearest<T: Float>(x: T) -> T {
    let mut tree = KdTree::new(2);
    for i in 0..40 {
        let t = T::from(i).unwrap();
        tree.add([t.sin() * T::from(3.0).unwrap(), t.cos()], i).unwrap();
    }
    let found = tree.nearest(&[x, x * x], 3, &squared_euclidean).unwrap();
    found.iter().fold(T::zero(), |sum, (distance, _)| sum + *distance)
}

#[test]
fn neighbours() {
    case!(nearest).step(1e-3).at(0.7);
}
