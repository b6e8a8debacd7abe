//! Problems with structure: sums of small terms, and sparse derivatives of black boxes. Each task has a
//! table of its own, in plain evaluations through the same lists.

use crate::black_boxes::{Bratu, Brusselator};
use crate::peers::{echidna, gradual_structured as gradual, raddy, tiny_solver};
use crate::speed::measure::{Candidate, Class, check, measure};
use crate::terms;
use crate::turns::Effort;

/// The chained Rosenbrock function of n variables.
pub struct Chain {
    pub x: Vec<f64>,
    pub list: Vec<[usize; 2]>,
}

impl Chain {
    fn new(n: usize) -> Self {
        Self {
            x: (0..n).map(|i| 0.5 + 0.1 * (i as f64).sin()).collect(),
            list: (0..n - 1).map(|i| [i, i + 1]).collect(),
        }
    }
}

/// Points seen by cameras, for bundle adjustment.
#[derive(Clone)]
pub struct Scene {
    pub cameras: usize,
    pub points: usize,
    /// 9 for each camera, then 3 for each point.
    pub x: Vec<f64>,
    pub list: Vec<[usize; 2]>,
    pub observed: Vec<[f64; 2]>,
}

impl Scene {
    fn new(cameras: usize, points: usize, observations: usize) -> Self {
        let (x, list, observed) = terms::scene(cameras, points, observations);
        Self { cameras, points, x, list, observed }
    }
}

/// What matrices are multiplied with, so that they can be compared whatever their form.
pub fn probe(i: usize) -> f64 {
    1.0 + 0.5 * (i as f64).sin()
}

/// The product of a matrix, given by its entries, with the probe.
pub fn times_probe(n: usize, entries: impl Iterator<Item = (usize, usize, f64)>) -> Vec<f64> {
    let mut product = vec![0.0; n];
    entries.for_each(|(i, j, value)| product[i] += value * probe(j));
    product
}

/// The same for a symmetric matrix, given by one triangle.
pub fn symmetric_times_probe(
    n: usize,
    entries: impl Iterator<Item = (usize, usize, f64)>,
) -> Vec<f64> {
    let both = entries.flat_map(|(i, j, value)| {
        [Some((i, j, value)), (i != j).then_some((j, i, value))].into_iter().flatten()
    });
    times_probe(n, both)
}

/// Value, gradient, and the product of the Hessian, given by columns of one triangle, with the probe.
pub fn digest_hessian(f: f64, g: &[f64], pattern: (&[usize], &[usize]), h: &[f64]) -> Vec<f64> {
    let (columns, rows) = pattern;
    let entries = columns
        .windows(2)
        .enumerate()
        .flat_map(|(j, ends)| (ends[0]..ends[1]).map(move |k| (rows[k], j, h[k])));
    let mut digest = vec![f];
    digest.extend(g);
    digest.extend(symmetric_times_probe(g.len(), entries));
    digest
}

/// One task: who took part, and how long each took.
struct Task {
    name: String,
    candidates: Vec<Candidate>,
    /// How many numbers of each kind a result has.
    blocks: Vec<usize>,
    /// (one of gradual's, a peer or another form, how many times faster it is to be)
    goals: Vec<(&'static str, &'static str, f64)>,
}

impl Task {
    fn run(mut self, effort: Effort) -> Result<(), String> {
        eprintln!("{}", self.name);
        // The digests are checked with the function's value; plain floats return that alone.
        check(&mut self.candidates, &self.blocks).map_err(|why| format!("{}: {why}", self.name))?;
        let seconds = measure(&mut self.candidates, effort);
        let plain = self.time(&seconds, "plain f64");
        let gradual = self.candidates.iter().position(|c| c.class == Class::Gradual);
        let gradual = seconds[gradual.expect("gradual takes part")];
        println!("### {}\n", self.name);
        println!("| | µs | plain evaluations | times gradual |\n|---|---:|---:|---:|");
        for (candidate, &time) in self.candidates.iter().zip(&seconds) {
            let (plain, ratio) = (time / plain, time / gradual);
            println!("| {} | {:.1} | {plain:.2} | {ratio:.2} |", candidate.name, time * 1e6);
        }
        println!();
        for &(ours, other, goal) in &self.goals {
            let ratio = self.time(&seconds, other) / self.time(&seconds, ours);
            let verdict = if ratio >= goal { "met" } else { "NOT MET" };
            println!("- {ours} at least {goal} times as fast as {other}: {verdict}, {ratio:.2}");
        }
        println!();
        Ok(())
    }

    fn time(&self, seconds: &[f64], name: &str) -> f64 {
        let index = self.candidates.iter().position(|c| c.name == name);
        seconds[index.expect("it takes part")]
    }
}

/// Runs and prints all tasks.
pub fn run(effort: Effort, quick: bool) -> Result<(), String> {
    println!("# Structured problems\n");
    for n in [1000, 100_000] {
        let chain = Chain::new(n);
        let mut candidates = vec![
            gradual::plain_chain(&chain),
            gradual::chain_gradient(&chain),
            gradual::black_box_gradient(&chain),
            echidna::chain_gradient(&chain),
        ];
        if n == 1000 {
            candidates.push(gradual::dense_gradient(&chain));
        }
        let name = format!("Rosenbrock, n = {n}: value and gradient");
        let goals = vec![("gradual, black box", "echidna tape", 2.0)];
        Task { name, candidates, blocks: vec![1, n], goals }.run(effort)?;

        let mut candidates = vec![
            gradual::plain_chain(&chain),
            gradual::chain_hessian(&chain),
            gradual::black_box_hessian(&chain),
            raddy::triplets(&chain),
            raddy::matrix(&chain),
            echidna::chain_hessian(&chain, true),
        ];
        if n == 1000 && !quick {
            candidates.push(echidna::chain_hessian(&chain, false));
        }
        let name = format!("Rosenbrock, n = {n}: value, gradient and sparse Hessian");
        let goals = vec![
            ("gradual, black box", "raddy, triplets", 2.0),
            ("gradual, black box", "echidna, pattern given", 10.0),
        ];
        Task { name, candidates, blocks: vec![1, n, n], goals }.run(effort)?;
    }

    let scene = if quick { Scene::new(20, 500, 5000) } else { Scene::new(100, 5000, 100_000) };
    let (m, name) = (2 * scene.list.len(), "Bundle adjustment: residuals and Jacobian");
    let candidates = vec![
        gradual::plain_scene(&scene),
        gradual::scene_jacobian(&scene),
        tiny_solver::jacobian(&scene),
    ];
    let name = format!("{name}, {} observations", scene.list.len());
    Task { name, candidates, blocks: vec![m, m], goals: vec![] }.run(effort)?;

    let side = if quick { 32 } else { 64 };
    let (brusselator, n) = (Brusselator { side }, 2 * side * side);
    let x = point(n);
    let candidates = vec![
        gradual::plain_black_box(&brusselator, &x),
        gradual::traced_jacobian(&brusselator, &x),
        gradual::dense_chunks(&brusselator, &x),
    ];
    let name = format!("Brusselator, n = {n}: sparse Jacobian");
    let goals = vec![("gradual, traced", "gradual, dense chunks", 300.0)];
    Task { name, candidates, blocks: vec![n, n], goals: goals.clone() }.run(effort)?;

    let side = if quick { 40 } else { 100 };
    let (bratu, n) = (Bratu::new(side), side * side);
    let x = point(n);
    let candidates = vec![
        gradual::plain_black_box(&bratu, &x),
        gradual::traced_jacobian(&bratu, &x),
        gradual::dense_chunks(&bratu, &x),
    ];
    let name = format!("Bratu, n = {n}: sparse Jacobian");
    Task { name, candidates, blocks: vec![n, n], goals }.run(effort)
}

fn point(n: usize) -> Vec<f64> {
    (0..n).map(|i| 0.5 + 0.4 * (i as f64).sin()).collect()
}
