//! An elastic sheet in strips: every rank plans the springs that touch its own nodes, so that gradients and Hessians need no
//! message at all. Springs that another rank counts as well give their derivatives here, but no value: `y - y.value`.
//!
//!     mpirun -n 2 mesh [--side 300]
//!
//! Newton's method with conjugate gradients across the ranks; at the end each rank compares its first gradient with that of
//! one plan for the whole sheet.

use std::error::Error;
use std::ops::Range;

use gradual::Real;
use gradual::structured::{Builder, Plan};
use gradual_distributed::{Strip, on_every_rank, side_from_arguments};
use mpi::topology::SimpleCommunicator;
use mpi::traits::*;

/// The energy of a spring that becomes stiffer the longer it is, with a rest length of 0.9.
fn spring<T: Real<Scalar = f64>>([[ax, ay], [bx, by]]: [[T; 2]; 2]) -> T {
    let square = ((bx - ax).hypot(by - ay) - 0.9).powi(2);
    square * 0.5 + square * square * 0.25
}

/// The springs from nodes in the rows `from` to the right, to the next row, and both diagonals there. Nodes are numbered from
/// the first one of `all`, and `wanted` says which rows a spring may end in.
fn springs(
    side: usize,
    from: Range<usize>,
    all: &Range<usize>,
    wanted: impl Fn(usize) -> bool,
) -> Vec<[usize; 2]> {
    let number = |i: usize, j: usize| (i - all.start) * side + j;
    let mut list = Vec::new();
    for i in from {
        for j in 0..side {
            for (below, right) in [(0, 1), (1, -1), (1, 0), (1, 1)] {
                let ends =
                    j.checked_add_signed(right).filter(|&j| j < side).map(|j| (i + below, j));
                if let Some((k, l)) = ends.filter(|&(k, _)| all.contains(&k) && wanted(k)) {
                    list.push([number(i, j), number(k, l)]);
                }
            }
        }
    }
    list
}

/// Where node (i, j) lies before the first step: a little out of place, so that no two springs are the same.
fn place(i: usize, j: usize) -> [f64; 2] {
    let wobble = |k: usize| 0.05 * ((i * 37 + j * 101 + k * 13) as f64).sin();
    [j as f64 + wobble(0), i as f64 + wobble(1)]
}

fn places(side: usize, rows: Range<usize>) -> Vec<f64> {
    rows.flat_map(|i| (0..side).flat_map(move |j| place(i, j))).collect()
}

/// H x from the lower triangle of H.
fn multiply(plan: &Plan, hessian: &[f64], x: &[f64], product: &mut [f64]) {
    let (columns, rows) = plan.pattern();
    product.fill(0.0);
    for j in 0..x.len() {
        for k in columns[j]..columns[j + 1] {
            let i = rows[k];
            product[i] += hessian[k] * x[j];
            if i != j {
                product[j] += hessian[k] * x[i];
            }
        }
    }
}

fn run(world: &SimpleCommunicator) -> Result<(), Box<dyn Error>> {
    let side = side_from_arguments(300)?;
    let strip = Strip::new(world, side, 2 * side);
    let (own, all) = (strip.own(), strip.with_halo());

    let mut builder = Builder::default();
    let nodes = builder.nodes::<2>(all.len() * side);
    // Those of the rank above that end in this one's nodes come first, as they do in the whole sheet: the same order of
    // additions, the same bits.
    let halo =
        builder.among(&nodes, springs(side, all.start..own.start, &all, |k| own.contains(&k)))?;
    let mine = builder.among(&nodes, springs(side, own.clone(), &all, |_| true))?;
    let plan = builder.build()?;

    let n = plan.variables();
    let held: Vec<bool> = all
        .clone()
        .flat_map(|i| (0..side).map(move |j| i == 0 || j == 0 || i + 1 == side || j + 1 == side))
        .flat_map(|edge| [edge; 2])
        .collect();
    let mut x = places(side, all.clone());
    let (mut gradient, mut hessian, mut step) = (vec![0.0; n], vec![0.0; plan.nnz()], vec![0.0; n]);
    let (mut first, mut rounds) = (None, 0);
    for iteration in 0..30 {
        let energy = plan
            .hessian(&x, &mut gradient, &mut hessian)
            .projected()
            .add(halo, |_, ends| {
                let y = spring(ends);
                y - y.value
            })
            .add(mine, |_, ends| spring(ends))
            .value();
        let energy = strip.total(energy);
        first.get_or_insert_with(|| (energy, gradient.clone()));
        let b: Vec<f64> = (0..n).map(|i| if held[i] { 0.0 } else { -gradient[i] }).collect();
        let size = strip.dot(&b, &b).sqrt();
        if size < 1e-10 {
            if world.rank() == 0 {
                println!(
                    "{} variables on {} ranks: {iteration} steps of Newton's method, {rounds} of conjugate gradients, energy {energy:.12e}",
                    2 * side * side,
                    world.size()
                );
            }
            return compare(side, &strip, first.expect("a pass"));
        }
        rounds += strip
            .solve(&b, &mut step, 1e-3_f64.min(size), |v, product| {
                multiply(&plan, &hessian, v, product);
                (0..n).filter(|&i| held[i]).for_each(|i| product[i] = v[i]);
            })
            .map_err(|steps| format!("no solution after {steps} steps of conjugate gradients"))?;
        strip.inner().for_each(|i| x[i] += step[i]);
        strip.exchange(&mut x);
    }
    Err("no minimum after 30 steps".into())
}

/// The first pass beside one plan for the whole sheet.
fn compare(
    side: usize,
    strip: &Strip<'_>,
    (energy, gradient): (f64, Vec<f64>),
) -> Result<(), Box<dyn Error>> {
    let whole = 0..side;
    let mut builder = Builder::default();
    let nodes = builder.nodes::<2>(side * side);
    let all = builder.among(&nodes, springs(side, whole.clone(), &whole, |_| true))?;
    let plan = builder.build()?;
    let x = places(side, whole);
    let mut serial = vec![0.0; x.len()];
    let value = plan.gradient(&x, &mut serial).add(all, |_, ends| spring(ends)).value();
    let own = strip.own();
    let serial = &serial[own.start * strip.width()..own.end * strip.width()];
    let differ = serial
        .iter()
        .zip(&gradient[strip.inner()])
        .filter(|(a, b)| a.to_bits() != b.to_bits())
        .count();
    println!(
        "rows {own:?}: {differ} of {} entries of the gradient differ from the whole sheet's; the energy by {:.0e}",
        serial.len(),
        (energy - value).abs() / value
    );
    Ok(())
}

fn main() {
    on_every_rank(run);
}
