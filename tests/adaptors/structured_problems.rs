//! Sums of small terms as argmin's problems.

use argmin::core::{Executor, State};
use argmin::solver::linesearch::condition::ArmijoCondition;
use argmin::solver::linesearch::{BacktrackingLineSearch, MoreThuenteLineSearch};
use argmin::solver::newton::NewtonCG;
use argmin::solver::quasinewton::LBFGS;
use gradual::adaptors::argmin::SparseProblem;
use gradual::element;
use gradual::structured::{Builder, ElementSum};

fn rosenbrock(n: usize) -> ElementSum<'static> {
    let mut builder = Builder::new(n);
    let pairs = builder.elements((1..n).map(|i| [i - 1, i])).unwrap();
    ElementSum::new(builder.build().unwrap())
        .with(element!(pairs, |_, [a, b]| (1.0 - a).powi(2) + 100.0 * (b - a * a).powi(2)))
}

#[test]
fn quasi_newton() {
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), 7);
    let sum = rosenbrock(50);
    let result = Executor::new(SparseProblem::new(&sum), solver)
        .configure(|state| state.param(vec![0.5; 50]).max_iters(500))
        .run()
        .unwrap();
    let x = result.state().get_best_param().unwrap();
    assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-5), "{x:?}");
}

#[test]
fn gauss_and_newton_with_conjugate_gradients() {
    // Newton's Hessian is indefinite at the start: a residual of -7/8 bends by 3, with a slope of 3/4.
    let mut builder = Builder::new(20);
    let pairs = builder.elements((1..20).map(|i| [i - 1, i])).unwrap();
    let pairs = pairs.residuals(&mut builder);
    let sum = ElementSum::new(builder.build().unwrap())
        .with(element!(pairs, |_, [a, b]| [a.powi(3) - 1.0, b - a]));
    let search = BacktrackingLineSearch::new(ArmijoCondition::new(1e-4).unwrap());
    let result = Executor::new(SparseProblem::new(&sum), NewtonCG::new(search))
        .configure(|state| state.param(vec![0.5; 20]).max_iters(500))
        .run()
        .unwrap();
    let x = result.state().get_best_param().unwrap();
    assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-5), "{x:?}");
}

#[test]
fn newton_with_conjugate_gradients() {
    // convex, so that Newton's method needs no luck
    let mut builder = Builder::new(50);
    let pairs = builder.elements((1..50).map(|i| [i - 1, i])).unwrap();
    let sum = ElementSum::new(builder.build().unwrap())
        .with(element!(pairs, |_, [a, b]| (1.0 - a).powi(2) + (b - a).cosh()));
    let search = BacktrackingLineSearch::new(ArmijoCondition::new(1e-4).unwrap());
    let result = Executor::new(SparseProblem::new(&sum), NewtonCG::new(search))
        .configure(|state| state.param(vec![0.5; 50]).max_iters(100))
        .run()
        .unwrap();
    let x = result.state().get_best_param().unwrap();
    assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-5), "{x:?}");
    assert!(sum.value(x) - 49.0 < 1e-12);
}
