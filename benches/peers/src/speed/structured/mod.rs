//! Problems with structure: sums of small terms, and sparse derivatives of programs. Each task has a
//! table of its own, in plain evaluations through the same lists.

mod problems;
mod task;

pub use problems::*;
use task::{Goal, Task};

use crate::peers::{
    cpp, echidna, gradual_sparse as sparse, gradual_structured as gradual, hand_structured as hand,
    raddy, tiny_solver,
};
use crate::programs::{Bratu, Brusselator};
use crate::speed::machine;
use crate::speed::measure::measure;
use crate::speed::report::verdict;
use crate::turns::Effort;

/// What threads are asked for, where there are enough elements.
const THREADS: f64 = 1.7;

/// What to run.
#[derive(Clone, Copy)]
pub struct Options {
    pub effort: Effort,
    /// Smaller problems.
    pub quick: bool,
    /// Without peers, and not as markdown.
    pub own: bool,
    /// Instructions in place of seconds.
    pub count: bool,
}

/// Runs and prints all tasks.
pub fn run(options: Options) -> Result<(), String> {
    let quick = options.quick;
    if !options.own {
        println!("# Structured problems\n\n{}\n", machine::describe());
    }
    for n in [1000, 100_000] {
        chain(&Chain::new(n), options)?;
    }
    if !options.own {
        growth(options);
    }
    sheet(&Sheet::new(if quick { 20 } else { 71 }), options)?;
    liquid(&Liquid::new(if quick { 8 } else { 16 }), options)?;
    let scene = if quick { Scene::new(20, 500, 5000) } else { Scene::new(100, 5000, 100_000) };
    bundle(&scene, options)?;
    fit(&Fit::new(if quick { 100_000 } else { 1_000_000 }), options)?;

    let side = if quick { 32 } else { 64 };
    let (brusselator, n) = (Brusselator { side }, 2 * side * side);
    let x = point(n);
    let candidates = vec![
        sparse::plain_program(&brusselator, &x),
        sparse::traced_jacobian(&brusselator, &x),
        sparse::dense_chunks(&brusselator, &x),
    ];
    let name = format!("Brusselator, n = {n}: sparse Jacobian");
    let goals = vec![Goal::Faster("gradual, traced", "gradual, dense chunks", 300.0)];
    Task { name, note: None, candidates, blocks: vec![n, n], goals: goals.clone() }.run(options)?;

    let side = if quick { 40 } else { 100 };
    let (bratu, n) = (Bratu::new(side), side * side);
    let x = point(n);
    let candidates = vec![
        sparse::plain_program(&bratu, &x),
        sparse::traced_jacobian(&bratu, &x),
        sparse::dense_chunks(&bratu, &x),
    ];
    let name = format!("Bratu, n = {n}: sparse Jacobian");
    Task { name, note: None, candidates, blocks: vec![n, n], goals }.run(options)
}

/// Rosenbrock's chain, as a sum and as a program.
fn chain(chain: &Chain, options: Options) -> Result<(), String> {
    let n = chain.x.len();
    let (small, large) = (n == 1000, n >= 100_000);
    let mut candidates = vec![
        gradual::plain_chain(chain),
        gradual::chain_gradient(chain),
        hand::chain_gradient(chain),
        sparse::chain_gradient(chain),
    ];
    // Not made only to be left out: these take gigabytes.
    let peers = !options.own;
    if peers {
        candidates.push(echidna::chain_gradient(chain));
    }
    let mut goals = vec![Goal::Faster("gradual, sparse", "echidna tape", 2.0)];
    if small {
        candidates.push(sparse::dense_gradient(chain));
    }
    if large {
        goals.push(Goal::Plain("gradual, terms", 1.5));
    }
    let name = format!("Rosenbrock, n = {n}: value and gradient");
    Task { name, note: None, candidates, blocks: vec![1, n], goals }.run(options)?;

    let mut candidates = vec![
        gradual::plain_chain(chain),
        gradual::chain_hessian(chain, false),
        hand::chain_hessian(chain),
        gradual::chain_plan(chain),
        sparse::chain_hessian(chain),
    ];
    if peers {
        candidates.push(raddy::triplets(chain));
        candidates.push(raddy::matrix(chain));
        candidates.push(echidna::chain_hessian(chain, true));
        if small && !options.quick {
            candidates.push(echidna::chain_hessian(chain, false));
        }
    }
    let mut goals = vec![
        Goal::Faster("gradual, sparse", "raddy, triplets", 2.0),
        Goal::Faster("gradual, sparse", "echidna, pattern given", 10.0),
    ];
    if large {
        candidates.push(gradual::chain_hessian(chain, true));
        goals.push(Goal::Plain("gradual, terms", 5.0));
        goals.push(Goal::Faster("gradual, two threads", "gradual, terms", THREADS));
    }
    let name = format!("Rosenbrock, n = {n}: value, gradient and sparse Hessian");
    let note = Some(gradual::chain_bytes(chain));
    Task { name, note, candidates, blocks: vec![1, n, n], goals }.run(options)
}

/// What a sum takes for each of its variables, as the number of variables grows.
fn growth(Options { effort, quick, .. }: Options) {
    eprintln!("growth");
    println!("## Rosenbrock: nanoseconds for each variable\n");
    println!("| n | plain f64 | gradient | Hessian | plan | Hessian, gain of two threads |");
    println!("|---:|---:|---:|---:|---:|---:|");
    let mut gain = 0.0;
    for n in [1_000, 10_000, 100_000, 1_000_000].into_iter().take(if quick { 3 } else { 4 }) {
        let chain = Chain::new(n);
        let mut candidates = [
            gradual::plain_chain(&chain),
            gradual::chain_gradient(&chain),
            gradual::chain_hessian(&chain, false),
            gradual::chain_plan(&chain),
        ];
        let seconds = measure(&mut candidates, effort);
        let each = seconds.iter().map(|time| format!("{:.2}", time * 1e9 / n as f64));
        // By themselves: where other tasks take long turns, the second thread falls asleep.
        let pair = [false, true].map(|threads| gradual::chain_hessian(&chain, threads));
        let seconds = measure(&mut { pair }, effort);
        gain = seconds[0] / seconds[1];
        println!("| {n} | {} | {gain:.2} |", each.collect::<Vec<_>>().join(" | "));
    }
    let verdict = verdict(gain >= THREADS);
    println!(
        "\n- two threads at least {THREADS} times as fast as one, in the last row: {verdict}, {gain:.2}\n"
    );
}

/// A mesh, whose elements depend on differences of nodes.
fn sheet(sheet: &Sheet, options: Options) -> Result<(), String> {
    let (n, elements) = (sheet.x.len(), sheet.triangles.len());
    let name = format!("neo-Hookean sheet, {elements} triangles");
    let candidates = vec![
        gradual::plain_sheet(sheet),
        gradual::sheet_gradient(sheet),
        hand::sheet_gradient(sheet),
    ];
    let goals = vec![Goal::Plain("gradual, terms", 3.0)];
    let title = format!("{name}: value and gradient");
    Task { name: title, note: None, candidates, blocks: vec![1, n], goals }.run(options)?;

    let candidates = vec![
        gradual::plain_sheet(sheet),
        gradual::sheet_hessian(sheet),
        hand::sheet_hessian(sheet),
        gradual::sheet_plan(sheet),
    ];
    let goals = vec![Goal::Plain("gradual, terms", 6.0)];
    let title = format!("{name}: value, gradient and sparse Hessian");
    let note = Some(gradual::sheet_bytes(sheet));
    Task { name: title, note, candidates, blocks: vec![1, n, n], goals }.run(options)
}

/// Molecular dynamics: many pairs of atoms.
fn liquid(liquid: &Liquid, options: Options) -> Result<(), String> {
    let (n, elements) = (liquid.x.len(), liquid.pairs.len());
    let name = format!("Lennard-Jones, {elements} pairs of {} atoms", n / 3);
    let candidates = vec![
        gradual::plain_liquid(liquid),
        gradual::liquid_gradient(liquid),
        hand::liquid_gradient(liquid),
    ];
    let goals = vec![Goal::Plain("gradual, terms", 4.0)];
    let title = format!("{name}: value and gradient");
    Task { name: title, note: None, candidates, blocks: vec![1, n], goals }.run(options)?;

    let candidates = vec![
        gradual::plain_liquid(liquid),
        gradual::liquid_hessian(liquid, false),
        hand::liquid_hessian(liquid),
        gradual::liquid_plan(liquid),
        gradual::liquid_hessian(liquid, true),
    ];
    let goals = vec![Goal::Plain("gradual, terms", 12.0)];
    let title = format!("{name}: value, gradient and sparse Hessian");
    let note = Some(gradual::liquid_bytes(liquid));
    Task { name: title, note, candidates, blocks: vec![1, n, n], goals }.run(options)
}

/// Least squares with two residuals for each observation.
fn bundle(scene: &Scene, options: Options) -> Result<(), String> {
    let (n, m) = (scene.x.len(), 2 * scene.list.len());
    let name = format!("Bundle adjustment, {} observations", scene.list.len());
    let mut candidates = vec![
        gradual::plain_scene(scene),
        gradual::scene_jacobian(scene),
        hand::scene_jacobian(scene),
        tiny_solver::jacobian(scene),
    ];
    candidates.extend(cpp::scene_jacobian(scene));
    let goals = vec![
        Goal::Plain("gradual, terms", 3.5),
        Goal::Faster("gradual, terms", "Ceres Jet, clang", 1.1),
    ];
    let title = format!("{name}: residuals and Jacobian");
    Task { name: title, note: None, candidates, blocks: vec![m, m], goals }.run(options)?;

    let candidates = vec![
        gradual::plain_squares(scene),
        gradual::scene_squares(scene, false),
        hand::scene_squares(scene),
        gradual::scene_plan(scene),
        gradual::scene_squares(scene, true),
    ];
    let goals = vec![
        Goal::Plain("gradual, terms", 6.0),
        Goal::Faster("gradual, two threads", "gradual, terms", THREADS),
    ];
    let title = format!("{name}: ½|r|², Jᵀr and JᵀJ");
    let note = Some(gradual::scene_bytes(scene));
    Task { name: title, note, candidates, blocks: vec![1, n, n], goals }.run(options)
}

/// Many rows over few parameters.
fn fit(fit: &Fit, options: Options) -> Result<(), String> {
    let mut candidates = vec![
        gradual::plain_fit(fit),
        gradual::fit(fit, true),
        gradual::fit(fit, false),
        gradual::fit_by_gradients(fit),
        hand::fit(fit),
    ];
    candidates.extend(cpp::fit(fit));
    let goals = vec![
        Goal::Faster("gradual, shared", "by hand, clang", 0.8),
        Goal::Faster("gradual, shared", "Ceres Jet, clang", 1.0),
    ];
    let name = format!("Fit of 10 parameters, {} rows: ½|r|², Jᵀr and JᵀJ", fit.rows.len());
    Task { name, note: None, candidates, blocks: vec![1, 10, 10], goals }.run(options)
}
