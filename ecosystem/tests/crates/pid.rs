//! pid, over `FloatCore`.

use gradual_ecosystem::case;
use num_traits::float::FloatCore;
use pid::Pid;

fn c<T: FloatCore>(x: f64) -> T {
    <T as num_traits::NumCast>::from(x).unwrap()
}

/// The state of a first-order plant after a second of control, by the integral gain.
fn closed_loop<T: FloatCore>(gain: T) -> T {
    let mut pid = Pid::<T>::new(c::<T>(1.0), c::<T>(100.0));
    pid.p(c::<T>(2.0), c::<T>(50.0)).i(gain, c::<T>(50.0)).d(c::<T>(0.1), c::<T>(50.0));
    let mut state = T::zero();
    for _ in 0..20 {
        let control = pid.next_control_output(state).output;
        state = state + (control - state) * c(0.05);
    }
    state
}

#[test]
fn control() {
    case!(closed_loop).at(0.3);
}
