//! argmin's solvers on function objects, with no hand-written derivative.

use argmin::core::{Executor, IterState, OptimizationResult, Solver, State};
use argmin::solver::gaussnewton::{GaussNewton, GaussNewtonLS};
use argmin::solver::linesearch::condition::ArmijoCondition;
use argmin::solver::linesearch::{BacktrackingLineSearch, MoreThuenteLineSearch};
use argmin::solver::newton::{Newton, NewtonCG};
use argmin::solver::quasinewton::{LBFGS, SR1TrustRegion};
use argmin::solver::trustregion::{CauchyPoint, Dogleg, Steihaug, TrustRegion};
use gradual::adaptors::argmin::{Matrix, Problem, Residuals};
// All of it: no name at the root is that of argmin.
use gradual::*;

use super::nist::MISRA1A;

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
        let result = Executor::new(Problem::new(Rosenbrock), solver)
            .configure(|state| state.param(start(n)).max_iters(300))
            .run()
            .unwrap();
        let x = result.state().get_best_param().unwrap();
        // with n = 20 this start may lead to the local minimum that is near (-1, 1, ..., 1)
        let (_, g) = Rosenbrock.gradient(x);
        assert!(g.iter().all(|g| g.abs() < 1e-6), "n = {n}: {x:?}");
        if n == 2 {
            assert_solved(x, 1e-8);
        }
    }
    // from a start in the main valley, n = 20 ends at the global minimum
    let solver: TrustRegion<_, f64> = TrustRegion::new(Steihaug::new().with_max_iters(50));
    let result = Executor::new(Problem::new(Rosenbrock), solver)
        .configure(|state| state.param(vec![0.5; 20]).max_iters(300))
        .run()
        .unwrap();
    assert_solved(result.state().get_best_param().unwrap(), 1e-6);
}

#[test]
fn l_bfgs() {
    for n in [2, 20] {
        let solver = LBFGS::new(MoreThuenteLineSearch::new(), 10);
        let result = Executor::new(Problem::new(Rosenbrock), solver)
            .configure(|state| state.param(vec![0.5; n]).max_iters(500))
            .run()
            .unwrap();
        assert_solved(result.state().get_best_param().unwrap(), 1e-5);
    }
}

/// Every solver of argmin that takes a Hessian runs on one problem.
#[test]
fn solvers_with_hessians() {
    let start = || vec![1.2, 1.2];
    let newton = run(Problem::new(Rosenbrock), Newton::new(), start()).unwrap();
    assert_solved(newton.state().get_param().unwrap(), 1e-12);
    let dogleg: TrustRegion<_, f64> = TrustRegion::new(Dogleg::new());
    let dogleg = run(Problem::new(Rosenbrock), dogleg, start()).unwrap();
    assert_solved(dogleg.state().get_best_param().unwrap(), 1e-8);
    let sr1 = SR1TrustRegion::new(Steihaug::new().with_max_iters(20));
    let sr1 = run(Problem::new(Rosenbrock), sr1, start()).unwrap();
    assert_solved(sr1.state().get_best_param().unwrap(), 1e-5);
    // these two mostly descend along the gradient, slowly in this valley: most of the way is enough
    let most = 0.01 * Rosenbrock.eval(&start());
    let cauchy: TrustRegion<_, f64> = TrustRegion::new(CauchyPoint::new());
    let cauchy = run(Problem::new(Rosenbrock), cauchy, start()).unwrap();
    assert!(cauchy.state().get_best_cost() < most);
    let newton_cg = NewtonCG::new(MoreThuenteLineSearch::new());
    let newton_cg = run(Problem::new(Rosenbrock), newton_cg, start()).unwrap();
    assert!(newton_cg.state().get_best_cost() < most);
}

/// y = b₁ (1 - exp(-b₂ x)).
struct Misra1a;

impl VectorFunction for Misra1a {
    fn eval<T: Real<Scalar = f64>>(&self, b: &[T]) -> Vec<T> {
        MISRA1A.iter().map(|&(x, y)| b[0] * (-(-b[1] * x).exp() + 1.0) - y).collect()
    }
}

/// Demands nine digits of NIST's certified parameters and residual sum of squares, from NIST's near and far
/// start.
#[track_caller]
fn assert_certified<S, G, R>(solver: impl Fn() -> S)
where
    S: Solver<Residuals<Misra1a>, IterState<Vec<f64>, G, Matrix, (), R, f64>>,
{
    let certified = [2.3894212918e2, 5.5015643181e-4, 1.2455138894e-1];
    for start in [[250.0, 0.0005], [500.0, 0.0001]] {
        let result = run(Residuals::new(Misra1a), solver(), start.to_vec()).unwrap();
        let state = result.state();
        let b = state.get_param().unwrap();
        for (got, certified) in [b[0], b[1], state.get_cost().powi(2)].iter().zip(certified) {
            assert!((got - certified).abs() < 1e-9 * certified, "{got} and {certified}");
        }
    }
}

#[test]
fn gauss_newton() {
    assert_certified(|| GaussNewton::new().with_tolerance(1e-15).unwrap());
}

#[test]
fn gauss_newton_with_line_search() {
    assert_certified(|| {
        let search = BacktrackingLineSearch::new(ArmijoCondition::new(1e-4).unwrap());
        GaussNewtonLS::new(search).with_tolerance(1e-15).unwrap()
    });
}

/// Parameters that the residuals do not determine give a clear error.
#[test]
fn undetermined_parameters() {
    let problem = Residuals::new(vector_function!(|x| vec![x[0] + x[1], x[0] + x[1] - 1.0]));
    let error = run(problem, GaussNewton::new(), vec![1.0, 1.0]).err().expect("an error");
    assert_eq!(error.to_string(), "the matrix has no inverse");
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

impl<G, J, H, R> Configure for IterState<Vec<f64>, G, J, H, R, f64> {
    fn configured(self, x: Vec<f64>) -> Self {
        self.param(x).max_iters(100)
    }
}

/// A function that is not a number at the start gives a clear error, not a panic.
#[test]
fn not_a_number() {
    let problem = || Problem::new(function!(|x| x[0].ln() + x[1]));
    let lbfgs = LBFGS::new(MoreThuenteLineSearch::new(), 5);
    let error = run(problem(), lbfgs, vec![-1.0, 1.0]).err().expect("an error").to_string();
    assert!(error.contains("not a number at [-1.0, 1.0]"), "{error}");
    let newton: TrustRegion<_, f64> = TrustRegion::new(Steihaug::new());
    let error = run(problem(), newton, vec![-1.0, 1.0]).err().expect("an error").to_string();
    assert!(error.contains("not a number at [-1.0, 1.0]"), "{error}");
    let residuals = Residuals::new(vector_function!(|x| vec![x[0].ln(), x[1]]));
    let error = run(residuals, GaussNewton::new(), vec![-1.0, 1.0]).err().expect("an error");
    assert!(error.to_string().contains("not a number at [-1.0, 1.0]"), "{error}");
}

/// A vector function whose outputs change in number, within one Jacobian or between evaluations, gives a
/// clear error, not a panic.
#[test]
fn wrong_number_of_outputs() {
    use argmin::core::Jacobian;
    use std::cell::Cell;
    let calls = Cell::new(0);
    let changing = |period: usize| {
        let calls = &calls;
        calls.set(0);
        vector_function!(move |x| {
            calls.set(calls.get() + 1);
            vec![x[0]; 1 + calls.get() / period]
        })
    };
    let error = Residuals::new(changing(2)).jacobian(&vec![1.0; 40]).unwrap_err().to_string();
    assert_eq!(error, "the function returned 2 outputs, and 1 before at the same point");

    // The residuals of one evaluation and the Jacobian of another do not fit together.
    let error = run(Residuals::new(changing(2)), GaussNewton::new(), vec![1.0, 1.0]);
    let error = error.err().expect("an error").to_string();
    assert!(error.starts_with("the function returned 2 outputs, and 1 before"), "{error}");
    let search = BacktrackingLineSearch::new(ArmijoCondition::new(1e-4).unwrap());
    let solver = GaussNewtonLS::new(search);
    let error = run(Residuals::new(changing(2)), solver, vec![1.0, 1.0]).err().expect("an error");
    assert!(error.to_string().starts_with("the function returned 2 outputs"), "{error}");
}

/// The same problem from a closure's text: the solvers take whatever is a function.
#[test]
fn texts() {
    let weight = 100.0;
    let rosenbrock = function!(|[x, y]| (1.0 - x).powi(2) + weight * (y - x * x).powi(2));
    let newton = run(Problem::new(rosenbrock), Newton::new(), vec![1.2, 1.2]).unwrap();
    assert_solved(newton.state().get_param().unwrap(), 1e-12);
    let lbfgs = LBFGS::new(MoreThuenteLineSearch::new(), 10);
    let lbfgs = run(Problem::new(&rosenbrock), lbfgs, vec![0.5, 0.5]).unwrap();
    assert_solved(lbfgs.state().get_best_param().unwrap(), 1e-5);

    let residuals = vector_function!(|b| {
        MISRA1A.iter().map(|(x, y)| b[0] * (1.0 - (-b[1] * x).exp()) - y).collect()
    });
    let solver = GaussNewton::new().with_tolerance(1e-15).unwrap();
    let result = run(Residuals::new(residuals), solver, vec![250.0, 0.0005]).unwrap();
    let b = result.state().get_param().unwrap();
    assert!((b[0] - 2.3894212918e2).abs() < 1e-9 * b[0], "{b:?}");
}

/// A function's own error ends the run.
#[test]
fn functions_that_fail() {
    let unknown = || std::io::Error::other("no data there");
    let f = try_function!(|[x, y]| if x < 2.0 { Ok(x * x + y * y) } else { Err(unknown()) });
    let lbfgs = LBFGS::new(MoreThuenteLineSearch::new(), 5);
    let result = run(Problem::new(&f), lbfgs, vec![1.0, 1.0]).unwrap();
    assert!(result.state().get_best_cost() < 1e-12);
    let error = run(Problem::new(&f), Newton::new(), vec![3.0, 1.0]).err().expect("an error");
    assert_eq!(error.to_string(), "no data there");
    let r = try_vector_function!(|[x]| if x < 2.0 { Ok(vec![x, x - 1.0]) } else { Err(unknown()) });
    let result = run(Residuals::new(&r), GaussNewton::new(), vec![1.0]).unwrap();
    assert!((result.state().get_param().unwrap()[0] - 0.5).abs() < 1e-12);
    let error = run(Residuals::new(&r), GaussNewton::new(), vec![3.0]).err().expect("an error");
    assert_eq!(error.to_string(), "no data there");
}
