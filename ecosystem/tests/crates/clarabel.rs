//! clarabel, over its `FloatT`: optima of a quadratic and of a conic problem, differentiated through the interior point.
//!
//! Nothing is linearised around the optimum: the solver's iteration runs on jets, and as each step solves its linear
//! equations anew, the derivative converges with the value.

use clarabel::algebra::{CscMatrix, FloatT};
use clarabel::solver::{
    DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SecondOrderConeT, SolverStatus,
    SupportedConeT, ZeroConeT,
};
use gradual_ecosystem::case;

/// The first unknown of min x'Px/2 + q'x with b - Ax in the cones.
fn solve<T: FloatT>(
    [p, a]: [CscMatrix<T>; 2],
    q: [T; 2],
    b: [T; 3],
    cones: &[SupportedConeT<T>],
) -> T {
    let tolerance = T::from_f64(1e-10).unwrap();
    let settings = DefaultSettings {
        verbose: false,
        tol_gap_abs: tolerance,
        tol_gap_rel: tolerance,
        tol_feas: tolerance,
        ..DefaultSettings::default()
    };
    let mut solver = DefaultSolver::new(&p, &q, &a, &b, cones, settings).unwrap();
    solver.solve();
    assert_eq!(solver.solution.status, SolverStatus::Solved);
    solver.solution.x[0]
}

/// min (x² + y²)/2 - t² x with x + y = 1 and x, y >= 0: x = (1 + t²)/2.
fn quadratic<T: FloatT>(t: T) -> T {
    let (zero, one) = (T::zero(), T::one());
    let a = CscMatrix::from(&[[one, one], [-one, zero], [zero, -one]]);
    let cones = [ZeroConeT(1), NonnegativeConeT(2)];
    solve([CscMatrix::identity(2), a], [-t * t, zero], [one, zero, zero], &cones)
}

/// The point of the unit disc next to (t, 1): x = t/√(1 + t²).
fn conic<T: FloatT>(t: T) -> T {
    let (zero, one) = (T::zero(), T::one());
    let a = CscMatrix::from(&[[zero, zero], [-one, zero], [zero, -one]]);
    solve([CscMatrix::identity(2), a], [-t, -one], [one, zero, zero], &[SecondOrderConeT(3)])
}

#[test]
fn optima() {
    case!(quadratic).slope(|t| t).within(1e-7).first_order_only().at(0.6);
    case!(conic).slope(|t| (1.0 + t * t).powf(-1.5)).within(1e-7).first_order_only().at(0.6);
}
