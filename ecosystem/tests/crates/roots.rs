//! roots, over its `FloatType` (feature `roots`).

use gradual_ecosystem::case;
use roots::{
    Convergency, FloatType, Roots, find_root_brent, find_root_newton_raphson, find_root_secant,
    find_roots_cubic, find_roots_quadratic, find_roots_quartic,
};

fn largest<T: FloatType>(roots: Roots<T>) -> T {
    *roots.as_ref().last().unwrap()
}

fn quadratic<T: FloatType>(x: T) -> T {
    largest(find_roots_quadratic(T::one(), T::zero(), -x))
}

fn cubic_three_roots<T: FloatType>(x: T) -> T {
    largest(find_roots_cubic(T::one(), -x, -T::from(3), T::one()))
}

fn cubic_one_root<T: FloatType>(x: T) -> T {
    largest(find_roots_cubic(T::one(), T::zero(), x, -x * x))
}

fn quartic<T: FloatType>(x: T) -> T {
    largest(find_roots_quartic(T::one(), x, -T::from(7), -x, T::from(2)))
}

/// The root of y³ + y = x; two more steps after the search bring the derivatives to convergence.
fn newton<T: FloatType>(x: T) -> T {
    let (f, slope) = (|y: T| y * y * y + y - x, |y: T| T::from(3) * y * y + T::one());
    let mut y = find_root_newton_raphson(T::one(), f, slope, &mut Tolerance).unwrap();
    for _ in 0..2 {
        y = y - f(y) / slope(y);
    }
    y
}

/// A bracketing search ends on the root: its derivative follows from the last interpolation.
fn brent<T: FloatType>(x: T) -> T {
    find_root_brent(T::zero(), T::from(3), |y| y * y * y + y - x, &mut Tolerance).unwrap()
}

fn secant<T: FloatType>(x: T) -> T {
    find_root_secant(T::one(), T::from(2), |y| y * y * y + y - x, &mut Tolerance).unwrap()
}

struct Tolerance;

impl<T: FloatType> Convergency<T> for Tolerance {
    fn is_root_found(&mut self, y: T) -> bool {
        let million = T::from(1000) * T::from(1000);
        y.abs() * million * million < T::from(10)
    }
    fn is_converged(&mut self, _: T, _: T) -> bool {
        false
    }
    fn is_iteration_limit_reached(&mut self, iteration: usize) -> bool {
        iteration > 60
    }
}

/// The root of y³ + y = x at x = 2 is 1, and dy/dx = 1 / (3 y² + 1).
fn slope_of_the_root(x: f64) -> f64 {
    let mut y = 1.0;
    for _ in 0..50 {
        y -= (y * y * y + y - x) / (3.0 * y * y + 1.0);
    }
    (3.0 * y * y + 1.0).recip()
}

#[test]
fn closed_forms() {
    case!(quadratic).slope(|x| 0.5 / x.sqrt()).within(1e-14).at(2.0);
    case!(cubic_three_roots).within(1e-8).at(0.7);
    case!(cubic_one_root).within(1e-8).at(0.7);
    case!(quartic).within(1e-7).at(0.7);
}

#[test]
fn searches() {
    case!(brent).slope(slope_of_the_root).within(1e-6).first_order_only().at(5.0);
    case!(secant).slope(slope_of_the_root).within(1e-6).first_order_only().at(5.0);
    case!(newton).slope(slope_of_the_root).within(1e-13).at(5.0);
}
