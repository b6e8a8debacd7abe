//! welford, over `Num + NumAssign + NumCast`.

use gradual_ecosystem::case;
use num_traits::{Float, NumAssign};
use welford::Welford;

fn variance<T: Float + NumAssign>(x: T) -> T {
    let mut statistics = Welford::<T>::new();
    for v in [x, x * x, x.sin(), T::one()] {
        statistics.push(v);
    }
    statistics.var().unwrap() + statistics.mean().unwrap()
}

#[test]
fn statistics() {
    case!(variance).at(0.7);
}
