//! ordered-float, over `FloatCore` and `Float`.

use std::collections::{BTreeMap, BinaryHeap};

use gradual_ecosystem::case;
use num_traits::Float;
use num_traits::float::FloatCore;
use ordered_float::{NotNan, OrderedFloat};

fn samples<T: Float>(x: T) -> [T; 5] {
    [x.sin(), x * x, x.exp(), x, T::one()]
}

fn median<T: Float + FloatCore>(x: T) -> T {
    let mut sorted = samples(x).map(OrderedFloat);
    sorted.sort();
    *sorted[2] * *sorted[0]
}

fn keys<T: Float + FloatCore>(x: T) -> T {
    let heap = BinaryHeap::from(samples(x).map(OrderedFloat));
    let map: BTreeMap<_, _> =
        samples(x).into_iter().map(|v| (NotNan::new(v).unwrap(), v * v)).collect();
    *heap.into_sorted_vec()[1] + *map.last_key_value().unwrap().1
}

#[test]
fn order() {
    case!(median).at(0.7);
    case!(keys).at(0.7);
}
