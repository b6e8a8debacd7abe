//! argmin's solvers on function objects, with no hand-written derivative.

use argmin::core::{Executor, OptimizationResult, Solver, State};
use argmin::solver::gaussnewton::GaussNewton;
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use argmin::solver::trustregion::{Steihaug, TrustRegion};
use gradual::{
    ArgminProblem, ArgminResiduals, Real, ScalarFunction, scalar_function, vector_function,
};

/// The chained Rosenbrock function of any dimension; its minimum is at (1, ..., 1).
#[derive(Clone, Copy)]
struct Rosenbrock;

impl ScalarFunction for Rosenbrock {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        x.windows(2).map(|w| (w[1] - w[0] * w[0]).powi(2) * 100.0 + (-w[0] + 1.0).powi(2)).sum()
    }
}

/// NIST's classical start, -1.2 and 1 in turn.
fn start(n: usize) -> Vec<f64> {
    (0..n).map(|i| if i % 2 == 0 { -1.2 } else { 1.0 }).collect()
}

fn assert_solved(x: &[f64], tolerance: f64) {
    assert!(x.iter().all(|x| (x - 1.0).abs() < tolerance), "{x:?}");
}

#[test]
fn newton_with_trust_region() {
    for n in [2, 20] {
        let solver: TrustRegion<_, f64> = TrustRegion::new(Steihaug::new().with_max_iters(50));
        let result = Executor::new(ArgminProblem(Rosenbrock), solver)
            .configure(|state| state.param(start(n)).max_iters(300))
            .run()
            .unwrap();
        let x = result.state().get_best_param().unwrap();
        // with n = 20 this start may lead to the local minimum that is near (-1, 1, ..., 1)
        let (_, g) = Rosenbrock.gradient(&nalgebra::DVector::from_column_slice(x));
        assert!(g.norm() < 1e-6, "n = {n}: {x:?}");
        if n == 2 {
            assert_solved(x, 1e-8);
        }
    }
    // from a start in the main valley, n = 20 ends at the global minimum
    let solver: TrustRegion<_, f64> = TrustRegion::new(Steihaug::new().with_max_iters(50));
    let result = Executor::new(ArgminProblem(Rosenbrock), solver)
        .configure(|state| state.param(vec![0.5; 20]).max_iters(300))
        .run()
        .unwrap();
    assert_solved(result.state().get_best_param().unwrap(), 1e-6);
}

#[test]
fn l_bfgs() {
    for n in [2, 20] {
        let solver = LBFGS::new(MoreThuenteLineSearch::new(), 10);
        let result = Executor::new(ArgminProblem(Rosenbrock), solver)
            .configure(|state| state.param(vec![0.5; n]).max_iters(500))
            .run()
            .unwrap();
        assert_solved(result.state().get_best_param().unwrap(), 1e-5);
    }
}

/// The same problem as residuals, by Gauss and Newton's method (2 × 2, which a `Vec` cannot invert, so
/// the step is checked by hand).
#[test]
fn residuals() {
    use argmin::core::{Jacobian, Operator};
    let problem =
        ArgminResiduals(vector_function!(|x| vec![(x[1] - x[0] * x[0]) * 10.0, -x[0] + 1.0]));
    assert_eq!(problem.apply(&vec![2.0, 3.0]).unwrap(), [-10.0, -1.0]);
    assert_eq!(problem.jacobian(&vec![2.0, 3.0]).unwrap(), [[-40.0, 10.0], [-1.0, 0.0]]);
    let _ = GaussNewton::<f64>::new();
}

fn run<P, S, I>(
    problem: P,
    solver: S,
    x: Vec<f64>,
) -> Result<OptimizationResult<P, S, I>, argmin::core::Error>
where
    S: Solver<P, I>,
    I: State<Param = Vec<f64>> + Configure,
{
    Executor::new(problem, solver).configure(|state| state.configured(x)).run()
}

trait Configure {
    fn configured(self, x: Vec<f64>) -> Self;
}

impl<G, J, H, R> Configure for argmin::core::IterState<Vec<f64>, G, J, H, R, f64> {
    fn configured(self, x: Vec<f64>) -> Self {
        self.param(x).max_iters(20)
    }
}

/// A function that is not a number at the start gives a clear error, not a panic.
#[test]
fn not_a_number() {
    let problem = || ArgminProblem(scalar_function!(|x| x[0].ln() + x[1]));
    let lbfgs = LBFGS::new(MoreThuenteLineSearch::new(), 5);
    let error = run(problem(), lbfgs, vec![-1.0, 1.0]).err().expect("an error").to_string();
    assert!(error.contains("not a number at [-1.0, 1.0]"), "{error}");
    let newton: TrustRegion<_, f64> = TrustRegion::new(Steihaug::new());
    let error = run(problem(), newton, vec![-1.0, 1.0]).err().expect("an error").to_string();
    assert!(error.contains("not a number at [-1.0, 1.0]"), "{error}");
}

/// A vector function whose outputs change in number gives a clear error, not a panic.
#[test]
fn wrong_number_of_outputs() {
    use argmin::core::Jacobian;
    use std::cell::Cell;
    let calls = Cell::new(0);
    let problem = ArgminResiduals(vector_function!([calls: &'a Cell<usize> = &calls] |x| {
        calls.set(calls.get() + 1);
        vec![x[0]; calls.get()]
    }));
    let error = problem.jacobian(&vec![1.0; 40]).unwrap_err().to_string();
    assert_eq!(error, "the function returned 2 outputs, and 1 before");
}
