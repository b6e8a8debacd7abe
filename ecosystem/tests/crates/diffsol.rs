//! diffsol, over its `Scalar` (feature `diffsol`). The bounds of its solvers are long, so the case is
//! written once and for each number.

use diffsol::{NalgebraLU, NalgebraMat, OdeBuilder, OdeSolverMethod, Vector};

/// The end of logistic growth y' = x y (1 - y) from 1/10, at t = 2, by the implicit BDF method.
macro_rules! growth {
    ($($name:ident $number:ty;)*) => {$(
        fn $name(rate: $number) -> $number {
            type T = $number;
            let one = T::from(1.0);
            let problem = OdeBuilder::<NalgebraMat<T>>::new()
                .rtol(1e-10)
                .atol([1e-10])
                .rhs_implicit(
                    move |y, _, _, dydt| dydt[0] = rate * y[0] * (one - y[0]),
                    move |y, _, _, v, jv| jv[0] = rate * (one - y[0] - y[0]) * v[0],
                )
                .init(|_, _, y| y[0] = T::from(0.1), 1)
                .build()
                .unwrap();
            let mut solver = problem.bdf::<NalgebraLU<T>>().unwrap();
            while solver.state().t < T::from(2.0) {
                solver.step().unwrap();
            }
            solver.interpolate(T::from(2.0)).unwrap().get_index(0)
        }
    )*};
}

growth! {
    plain f64;
    dual gradual::Dual;
    hyper gradual::HyperDual;
    nested gradual_ecosystem::Nested;
}

/// y = 1 / (1 + 9 e^(-2x)).
fn known(x: f64) -> f64 {
    let e = 9.0 * (-2.0 * x).exp();
    2.0 * e / (1.0 + e).powi(2)
}

#[test]
fn stiff_solver() {
    let case = gradual_ecosystem::Case::new("growth", plain, dual, hyper, nested);
    case.slope(known).within(1e-6).at(0.7);
}
