//! The rows of the scoreboard: which candidates compete on which function at which n.

use ::gradual::derivatives::{HessianSize, Size};

use crate::peers::baseline::Shape;
use crate::peers::gradual::OnGradual;
use crate::peers::jax::Jax;
use crate::peers::num_dual::ByReference;
use crate::peers::{
    autodiff, baseline, cpp, echidna, gradual, hyperdual, hyperjet, multicalc, num_dual,
};
use crate::problems::{
    Ackley, Bundle, Helmholtz, LennardJones, Network, Problem, Residuals, Rosenbrock,
};
use crate::speed::measure::{Candidate, check, count, measure, retain_own};
use crate::speed::report::{Order, Row, Time};
use crate::turns::Effort;

/// What to run.
pub struct Board {
    pub effort: Effort,
    pub quick: bool,
    /// Without peers.
    pub own: bool,
    /// Instructions in place of seconds.
    pub count: bool,
    /// JAX, if it was asked for.
    pub jax: Option<Jax>,
    /// Lower-case part of the names of the functions to run.
    pub only: Option<String>,
}

/// value + gradient, static n; `D` is `N + 1`.
fn gradients<P: OnGradual, const N: usize, const D: usize>(problem: &P) -> Vec<Candidate> {
    let mut all = vec![
        baseline::plain::<P, [f64; N]>(problem),
        baseline::gradient_by_hand::<P, [f64; N]>(problem),
    ];
    all.extend(gradual::static_gradients::<P, N>(problem));
    all.extend([
        num_dual::gradient::<P, N>(problem),
        hyperdual::gradient::<P, N, D>(problem),
        hyperjet::gradient::<P, N>(problem),
        echidna::gradient::<P, N>(problem),
        multicalc::gradient::<P, N>(problem),
        autodiff::gradient::<P, N>(problem),
        baseline::difference_gradient::<P, [f64; N]>(problem),
        echidna::reverse_gradient(problem),
        echidna::tape_gradient(problem),
    ]);
    all.extend(cpp::gradients::<P, N>(problem));
    all
}

/// value + gradient, dynamic n; peers without a dynamic call go through the point eight variables
/// at a time.
fn dynamic_gradients<P: OnGradual>(problem: &P) -> Vec<Candidate> {
    let mut all = vec![
        baseline::plain::<P, Vec<f64>>(problem),
        baseline::gradient_by_hand::<P, Vec<f64>>(problem),
    ];
    all.extend(gradual::dynamic_gradients(problem));
    all.extend([
        num_dual::gradient_in_chunks(problem),
        hyperdual::gradient_in_chunks(problem),
        hyperjet::gradient_in_chunks(problem),
        echidna::gradient_in_chunks(problem),
        multicalc::gradient_in_chunks(problem),
        autodiff::gradient_in_chunks(problem),
        baseline::difference_gradient::<P, Vec<f64>>(problem),
        echidna::reverse_gradient(problem),
        echidna::tape_gradient(problem),
    ]);
    all
}

/// value + gradient + Hessian of the peers, static n; `H` is `N (N + 1) / 2`, `D` is `N + 1`.
fn peer_hessians<P: OnGradual, const N: usize, const H: usize, const D: usize>(
    problem: &P,
) -> Vec<Candidate> {
    vec![
        num_dual::hessian::<P, N>(problem),
        hyperdual::hessian::<P, N, D>(problem),
        hyperjet::hessian::<P, N, H>(problem),
        echidna::hessian::<P, N>(problem),
        multicalc::hessian::<P, N>(problem),
        autodiff::hessian::<P, N>(problem),
        baseline::difference_hessian::<P, [f64; N]>(problem),
        echidna::tape_hessian(problem),
    ]
}

fn hessian_baselines<P: Problem, X: Shape>(problem: &P) -> Vec<Candidate> {
    let mut all = vec![baseline::plain::<P, X>(problem)];
    all.extend(baseline::hessian_by_hand::<P, X>(problem));
    all
}

/// value + gradient + Hessian, static n.
fn hessians<P: OnGradual, const N: usize, const H: usize, const D: usize>(
    problem: &P,
) -> Vec<Candidate>
where
    Size<N>: HessianSize,
{
    let mut all = hessian_baselines::<P, [f64; N]>(problem);
    all.extend(gradual::static_hessians::<P, N>(problem));
    all.extend(peer_hessians::<P, N, H, D>(problem));
    all
}

/// value + gradient + Hessian at an n for which gradual goes by blocks, and the peers do not.
fn block_hessians<P: OnGradual, const N: usize, const H: usize, const D: usize>(
    problem: &P,
) -> Vec<Candidate> {
    let mut all = hessian_baselines::<P, [f64; N]>(problem);
    all.extend(gradual::dynamic_hessians(problem));
    all.extend(peer_hessians::<P, N, H, D>(problem));
    all
}

/// No further candidates.
fn nothing<P: Problem, const N: usize>(_: &P) -> [Candidate; 0] {
    []
}

/// num-dual in the by-reference form: its static numbers once more, and its dynamic ones.
fn referenced_gradients<P: ByReference, const N: usize>(problem: &P) -> [Candidate; 2] {
    [num_dual::gradient_by_reference::<P, N>(problem), num_dual::dynamic_gradient(problem)]
}

/// num-dual in the by-reference form: its static numbers once more, and its dynamic ones.
fn referenced_hessians<P: ByReference, const N: usize>(problem: &P) -> [Candidate; 2] {
    [num_dual::hessian_by_reference::<P, N>(problem), num_dual::dynamic_hessian(problem)]
}

impl Board {
    /// Checks and times one row, unless the function was not asked for.
    fn row(
        &self,
        rows: &mut Vec<Row>,
        function: &'static str,
        n: usize,
        order: Order,
        candidates: impl FnOnce() -> Vec<Candidate>,
    ) -> Result<(), String> {
        if self.only.as_ref().is_some_and(|only| !function.to_lowercase().contains(only)) {
            return Ok(());
        }
        eprintln!("{function}, {order}, n = {n}");
        let mut candidates = candidates();
        if self.own {
            retain_own(&mut candidates);
        }
        if let Some(blocks) = order.blocks(n) {
            check(&mut candidates, &blocks)
                .map_err(|why| format!("{function}, {order}, n = {n}: {why}"))?;
        }
        let seconds = if self.count {
            count(&format!("{function}, {order}, n = {n}"), &mut candidates);
            Vec::new()
        } else {
            measure(&mut candidates, self.effort)
        };
        let times = candidates
            .iter()
            .zip(seconds)
            .map(|(c, seconds)| Time { name: c.name, class: c.class, seconds })
            .collect();
        rows.push(Row { function, n, order, times });
        Ok(())
    }

    fn jax<P: Problem>(&self, problem: &P, order: Order) -> Vec<Candidate> {
        self.jax.iter().flat_map(|jax| jax.candidates(problem, order)).collect()
    }

    /// All rows, or the first disagreement between candidates.
    pub fn run(&self) -> Result<Vec<Row>, String> {
        let mut rows = Vec::new();
        // Each n comes with the constants that follow from it, which stable Rust cannot compute:
        // `d` = n + 1 and `h` = n (n + 1) / 2. `also` adds candidates of one function only.
        macro_rules! gradient {
            ($problem:expr, $also:ident, $(($n:literal, $d:literal)),*) => {$({
                let problem = $problem($n);
                self.row(&mut rows, name(&problem), $n, Order::Gradient, || {
                    let mut all = gradients::<_, $n, $d>(&problem);
                    all.extend($also::<_, $n>(&problem));
                    all.extend(self.jax(&problem, Order::Gradient));
                    all
                })?;
            })*};
        }
        macro_rules! hessian {
            ($form:ident: $problem:expr, $also:ident, $(($n:literal, $h:literal, $d:literal)),*) => {$({
                let problem = $problem($n);
                self.row(&mut rows, name(&problem), $n, Order::Hessian, || {
                    let mut all = $form::<_, $n, $h, $d>(&problem);
                    all.extend($also::<_, $n>(&problem));
                    all.extend(self.jax(&problem, Order::Hessian));
                    all
                })?;
            })*};
        }

        gradient!(Rosenbrock, referenced_gradients, (2, 3), (4, 5), (8, 9), (16, 17));
        for n in [100, 1000] {
            self.long_gradient(&mut rows, &Rosenbrock(n), n)?;
        }
        hessian!(hessians: Rosenbrock, referenced_hessians, (2, 3, 3), (4, 10, 5), (8, 36, 9), (16, 136, 17));
        hessian!(block_hessians: Rosenbrock, referenced_hessians, (30, 465, 31));
        self.long_hessian(&mut rows, 100)?;
        if !self.quick {
            self.longest_hessian(&mut rows, 1000)?;
        }

        gradient!(Ackley, nothing, (2, 3), (8, 9), (16, 17));
        hessian!(hessians: Ackley, nothing, (2, 3, 3), (8, 36, 9), (16, 136, 17));

        gradient!(Helmholtz::new, referenced_gradients, (4, 5), (8, 9), (16, 17), (32, 33));
        hessian!(hessians: Helmholtz::new, referenced_hessians,
            (4, 10, 5), (8, 36, 9), (16, 136, 17), (32, 528, 33));
        hessian!(block_hessians: Helmholtz::new, referenced_hessians, (30, 465, 31));

        gradient!(|_| LennardJones, nothing, (24, 25));
        hessian!(hessians: |_| LennardJones, nothing, (24, 300, 25));

        gradient!(|_| Network::new(), nothing, (33, 34));
        hessian!(block_hessians: |_| Network::new(), nothing, (33, 561, 34));

        let bundle = Bundle::new();
        self.row(&mut rows, <Bundle as Residuals<12, 2>>::NAME, 12, Order::Jacobian, || {
            jacobians(&bundle)
        })?;
        self.chunks(&mut rows)?;
        Ok(rows)
    }

    fn long_gradient(
        &self,
        rows: &mut Vec<Row>,
        problem: &Rosenbrock,
        n: usize,
    ) -> Result<(), String> {
        self.row(rows, Rosenbrock::NAME, n, Order::Gradient, || {
            let mut all = dynamic_gradients(problem);
            all.extend(gradual::long_gradients(problem));
            all.push(num_dual::dynamic_gradient(problem));
            all
        })
    }

    /// Only the calls that take a point of any length.
    fn long_hessian(&self, rows: &mut Vec<Row>, n: usize) -> Result<(), String> {
        let problem = Rosenbrock(n);
        self.row(rows, Rosenbrock::NAME, n, Order::Hessian, || {
            let mut all = hessian_baselines::<_, Vec<f64>>(&problem);
            all.extend(gradual::dynamic_hessians(&problem));
            all.extend(gradual::long_hessians(&problem));
            all.push(baseline::difference_hessian::<_, Vec<f64>>(&problem));
            all.push(echidna::tape_hessian(&problem));
            all.push(num_dual::dynamic_hessian(&problem));
            all
        })
    }

    /// Seconds a call: only gradual and the tape.
    fn longest_hessian(&self, rows: &mut Vec<Row>, n: usize) -> Result<(), String> {
        let problem = Rosenbrock(n);
        self.row(rows, Rosenbrock::NAME, n, Order::Hessian, || {
            let mut all = hessian_baselines::<_, Vec<f64>>(&problem);
            all.extend(gradual::dynamic_hessians(&problem).into_iter().take(1));
            all.extend(gradual::long_hessians(&problem));
            all.push(echidna::tape_hessian(&problem));
            all
        })
    }

    /// The dynamic gradient beside single passes with static chunks of several sizes.
    fn chunks(&self, rows: &mut Vec<Row>) -> Result<(), String> {
        let problem = Rosenbrock(1000);
        self.row(rows, Rosenbrock::NAME, 1000, Order::Chunks, || {
            let mut all: Vec<_> =
                gradual::dynamic_gradients(&problem).into_iter().take(1).collect();
            all.extend([
                gradual::one_chunk::<_, 4>(&problem, "4"),
                gradual::one_chunk::<_, 6>(&problem, "6"),
                gradual::one_chunk::<_, 8>(&problem, "8"),
                gradual::one_chunk::<_, 10>(&problem, "10"),
                gradual::one_chunk::<_, 12>(&problem, "12"),
                gradual::one_chunk::<_, 16>(&problem, "16"),
                gradual::one_chunk::<_, 24>(&problem, "24"),
                gradual::one_chunk::<_, 32>(&problem, "32"),
            ]);
            all
        })
    }
}

fn name<P: Problem>(_: &P) -> &'static str {
    P::NAME
}

fn jacobians(bundle: &Bundle) -> Vec<Candidate> {
    let mut all = vec![
        baseline::plain_residuals::<_, 12, 2>(bundle),
        baseline::jacobian_by_hand::<_, 12, 2>(bundle),
    ];
    all.extend(gradual::jacobians(bundle));
    all.extend([
        num_dual::jacobian::<_, 12, 2>(bundle),
        hyperdual::jacobian(bundle),
        hyperjet::jacobian::<_, 12, 2>(bundle),
        echidna::jacobian::<_, 12, 2>(bundle),
        multicalc::jacobian::<_, 12, 2>(bundle),
        autodiff::jacobian::<_, 12, 2>(bundle),
        baseline::difference_jacobian::<_, 12, 2>(bundle),
    ]);
    all
}
