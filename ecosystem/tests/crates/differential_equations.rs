//! differential-equations, over its blanket `Real` (`RealField + SupersetOf<f64>`).

use differential_equations::prelude::*;
use differential_equations::traits::Real;
use gradual_ecosystem::case;

fn c<T: Real>(x: f64) -> T {
    nalgebra::convert(x)
}

/// y' = x y from y(0) = 1 to t = 1: e^x, by a method of fixed step.
fn growth<T: Real>(x: T) -> T {
    let solution =
        IVP::ode_from_fn(|_, y: &T, dydt: &mut T| *dydt = x * *y, c(0.0), c(1.0), c(1.0))
            .method(ExplicitRungeKutta::rk4(c(0.01)))
            .solve()
            .unwrap();
    *solution.y.last().unwrap()
}

/// The van der Pol oscillator at t = 1, by an adaptive method of order eight.
fn oscillator<T: Real>(mu: T) -> T {
    let system = |_: T, y: &[T; 2], dydt: &mut [T; 2]| {
        *dydt = [y[1], mu * (c::<T>(1.0) - y[0] * y[0]) * y[1] - y[0]];
    };
    let solution = IVP::ode_from_fn(system, c(0.0), c(1.0), [c(2.0), c(0.0)])
        .method(ExplicitRungeKutta::dop853().rtol(c::<T>(1e-12)).atol(c::<T>(1e-12)))
        .solve()
        .unwrap();
    solution.y.last().unwrap()[0]
}

#[test]
fn initial_value_problems() {
    case!(growth).slope(f64::exp).within(1e-8).first_order_only().at(0.7);
    case!(oscillator).within(1e-8).at(0.7);
}
