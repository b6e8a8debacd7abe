//! lbfgs, whose trait `LbfgsPrecision` has implementations for `f32` and `f64` alone: a local number opens it.

use gradual::Dual;
use gradual_ecosystem::differences;
use lbfgs::{Lbfgs, LbfgsPrecision};

gradual::scalar! {
    /// A jet of this crate's own.
    pub struct Local(pub Dual);
    ZERO = Dual::new(0.0, [0.0]);
    ONE = Dual::new(1.0, [0.0]);
}

impl LbfgsPrecision for Local {
    const DEFAULT_SY_TOLERANCE: Self = Self(Dual::new(1e-10, [0.0]));
    const ABS_TOL: Self = Self(Dual::new(1e-8, [0.0]));
    const REL_TOL: Self = Self(Dual::new(1e-10, [0.0]));
}

/// Where three steps of L-BFGS on the valley of Rosenbrock, with its bend at `a`, lead to.
fn steps<T>(a: T, c: impl Fn(f64) -> T) -> T
where
    T: LbfgsPrecision + std::iter::Sum + std::fmt::Debug + 'static,
{
    let gradient = |x: &[T; 2]| {
        let across = x[1] - x[0] * x[0];
        [c(2.0) * (x[0] - a) - c(40.0) * x[0] * across, c(20.0) * across]
    };
    let mut solver = Lbfgs::new(2, 4);
    let mut x = [c(-0.5), c(0.8)];
    for _ in 0..3 {
        let mut step = gradient(&x);
        solver.update_hessian(&step, &x);
        solver.apply_hessian(&mut step);
        x = [x[0] - c(0.01) * step[0], x[1] - c(0.01) * step[1]];
    }
    x[0] + x[1].sin()
}

#[test]
fn lbfgs_runs_on_a_local_number() {
    let y = steps(Local(Dual::variable(1.2, 0)), |x| Local(Dual::constant(x))).0;
    let plain = |a| steps::<f64>(a, |x| x);
    assert_eq!(y.value.to_bits(), plain(1.2).to_bits());
    let known = differences(plain, 1.2, 1e-3);
    assert!((y.partial(0) - known).abs() < 1e-11, "{} {known}", y.partial(0));
}

/// A local number is a plain float to this crate, so it has derivatives of its own.
#[test]
fn jets_over_the_local_number() {
    let x = Local(Dual::variable(2.0, 0));
    let (_, slope) = gradual::derivative(|t| t * t * t, x);
    assert_eq!((slope.0.value, slope.0.partial(0)), (12.0, 12.0));
}
