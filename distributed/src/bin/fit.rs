//! A fit of eight parameters by Newton's or Gauss and Newton's method, to rows that are spread over ranks.
//!
//!     mpirun -n 2 fit [--rows 1000000] [--method newton|gauss-newton] [--state FILE]
//!
//! With a state file the parameters are kept after each step, and a run that finds them there goes on from them, on any number
//! of ranks and to the same bits.

use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gradual::{Dual, HyperDual};
use gradual_distributed::{on_every_rank, rows_of, sum};
use mpi::traits::*;
use nalgebra::{SMatrix, SVector};

#[path = "../../../benches/problems/peaks.rs"]
mod peaks;
use peaks::{N, START, half_square, model, row};

/// ½ Σ r² with its gradient and its Hessian.
fn newton(rows: &[(f64, f64)], p: &[f64; N]) -> HyperDual<f64, N> {
    let p = HyperDual::variables(p);
    rows.iter().fold(HyperDual::default(), |sum, &row| sum + half_square(&p, row))
}

/// ½ Σ r² with its gradient Jᵀr, and JᵀJ in place of the Hessian.
fn gauss_newton(rows: &[(f64, f64)], p: &[f64; N]) -> HyperDual<f64, N> {
    let p = Dual::variables(p);
    rows.iter().fold(HyperDual::default(), |sum, &(x, y)| {
        let r = model(&p, x) - y;
        let j = r.gradient();
        sum + HyperDual::new(
            0.5 * r.value * r.value,
            j.map(|j| j * r.value),
            j.map(|a| j.map(|b| a * b)),
        )
    })
}

struct Arguments {
    rows: usize,
    newton: bool,
    state: Option<PathBuf>,
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    use lexopt::prelude::*;
    let mut found = Arguments { rows: 1_000_000, newton: true, state: None };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("rows") => found.rows = parser.value()?.parse()?,
            Long("method") => {
                found.newton = match parser.value()?.string()?.as_str() {
                    "newton" => true,
                    "gauss-newton" => false,
                    other => return Err(format!("no method {other}: newton, gauss-newton").into()),
                }
            }
            Long("state") => found.state = Some(parser.value()?.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    if found.rows <= N {
        return Err(format!("{} rows for {N} parameters", found.rows).into());
    }
    Ok(found)
}

/// The parameters of an earlier run, to the bit.
fn read(state: &Path) -> Result<[f64; N], Box<dyn Error>> {
    let bits: Vec<u64> = fs::read_to_string(state)?
        .split_whitespace()
        .map(|word| u64::from_str_radix(word, 16))
        .collect::<Result<_, _>>()?;
    let count = bits.len();
    let bits: [u64; N] =
        bits.try_into().map_err(|_| format!("{}: {count} numbers for {N}", state.display()))?;
    Ok(bits.map(f64::from_bits))
}

/// Beside the file first, so that there is a whole one at any time.
fn write(state: &Path, p: &[f64; N]) -> std::io::Result<()> {
    let beside = state.with_extension("new");
    fs::write(&beside, p.map(|p| format!("{:016x}", p.to_bits())).join("\n"))?;
    fs::rename(beside, state)
}

fn run(world: &mpi::topology::SimpleCommunicator) -> Result<(), Box<dyn Error>> {
    let Arguments { rows, newton: by_newton, state } = arguments()?;
    let (ranks, rank) = (world.size() as usize, world.rank() as usize);
    let of_rows = if by_newton { newton } else { gauss_newton };
    let mine = rows_of(rows, ranks, rank);
    let data: Vec<_> = mine.clone().map(|i| row(i, rows)).collect();
    let part = |range: Range<usize>| &data[range.start - mine.start..range.end - mine.start];
    let mut p = match &state {
        Some(state) if state.exists() => read(state)?,
        _ => START,
    };
    // Nobody writes the file before all have read it.
    world.barrier();

    let clock = Instant::now();
    for step in 1..=50 {
        fail_if_told(rank + 1 == ranks && step == 3, world, rows);
        let loss = sum(world, rows, |range| of_rows(part(range), &p));
        let hessian = SMatrix::<f64, N, N>::from_fn(|i, j| loss.second_partial(i, j));
        let cholesky = hessian.cholesky().ok_or("the Hessian is not positive definite")?;
        // Every rank has the same sums to the bit and takes the same step: there is nothing to send.
        let change = cholesky.solve(&-SVector::from(loss.gradient()));
        (0..N).for_each(|i| p[i] += change[i]);
        if let (0, Some(state)) = (rank, &state) {
            write(state, &p)?;
        }
        if rank == 0 {
            println!(
                "step {step}: ½ Σ r² = {:.12e}, the largest change {:.1e}",
                loss.value,
                change.amax()
            );
        }
        if change.amax() < 1e-12 {
            if rank == 0 {
                let seconds = clock.elapsed().as_secs_f64() / f64::from(step);
                let threads = rayon::current_num_threads();
                println!(
                    "{rows} rows, {ranks} ranks of {threads} threads: {seconds:.4} s a step, {:.1} ns a row",
                    seconds * 1e9 / rows as f64
                );
                // Standard errors of least squares: σ² H⁻¹, with σ² from the residuals.
                let variance = cholesky.inverse() * (2.0 * loss.value / (rows - N) as f64);
                for i in 0..N {
                    println!(
                        "p{i} = {:.10} ± {:.1e}   bits {:016x}",
                        p[i],
                        variance[(i, i)].sqrt(),
                        p[i].to_bits()
                    );
                }
            }
            return Ok(());
        }
    }
    Err("no minimum after 50 steps".into())
}

/// For the tests: the ways in which a rank can be lost in the middle of a run.
fn fail_if_told(here: bool, world: &mpi::topology::SimpleCommunicator, rows: usize) {
    if here {
        match std::env::var("FAIL").as_deref() {
            Ok("panic") => panic!("this rank fails"),
            Ok("thread") => drop(sum::<N>(world, rows, |_| panic!("a thread of this rank fails"))),
            Ok("exit") => std::process::exit(3),
            Ok("abort") => std::process::abort(),
            _ => {}
        }
    }
}

fn main() {
    on_every_rank(run);
}
