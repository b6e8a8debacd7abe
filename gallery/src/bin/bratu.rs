//! Bratu's equation Δu + λ eᵘ = 0 on the unit square, zero on its edge: a flame that loses at the walls the
//! heat that it makes. Below λ = 6.808 it has two solutions, a cool one and a hot one. Newton's method finds
//! both; its Jacobian comes from the plain loops below, by a trace, colours and one pass.
//!
//!     cargo run --release -p gradual-gallery --features faer --bin bratu -- 100

use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use faer::prelude::Solve;
use faer::sparse::linalg::solvers::{Lu, SymbolicLu};
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use gradual::structured::sparse::JacobianPlan;
use gradual::{Real, VectorFunction};
use indicatif::{ProgressBar, ProgressStyle};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use gradual_gallery::plots::{Area, BLUE, Drawn, INK, VERMILION, axes, shade, svg, write};
use gradual_gallery::save;

const LAMBDA: f64 = 6.0;

/// The coarsest grid, on which the search for a solution starts.
const COARSEST: usize = 12;

const HELP: &str = "usage: bratu [SIZE]
Solves Bratu's equation on SIZE x SIZE inner points; 100 unless told (10,000 unknowns), 1000 for a million.
Draws both solutions to target/pictures.";

/// The equation by five-point differences on `side` x `side` inner points.
struct Bratu {
    side: usize,
}

impl VectorFunction for Bratu {
    fn eval<T: Real<Scalar = f64>>(&self, u: &[T]) -> Vec<T> {
        let mut residuals = Vec::new();
        self.eval_into(u, &mut residuals);
        residuals
    }

    fn eval_into<T: Real<Scalar = f64>>(&self, u: &[T], residuals: &mut Vec<T>) {
        let n = self.side;
        let h = 1.0 / (n + 1) as f64;
        residuals.clear();
        for i in 0..n {
            for j in 0..n {
                let k = n * i + j;
                let mut sum = u[k] * -4.0;
                if i > 0 {
                    sum += u[k - n];
                }
                if i + 1 < n {
                    sum += u[k + n];
                }
                if j > 0 {
                    sum += u[k - 1];
                }
                if j + 1 < n {
                    sum += u[k + 1];
                }
                residuals.push(sum + u[k].exp() * (LAMBDA * h * h));
            }
        }
    }
}

/// A solution on a grid, zero around it.
struct Grid {
    side: usize,
    u: Vec<f64>,
}

impl Grid {
    fn new(side: usize, u: impl Fn(f64, f64) -> f64) -> Self {
        let at = |k: usize| (k + 1) as f64 / (side + 1) as f64;
        let u = (0..side * side).map(|k| u(at(k % side), at(k / side))).collect();
        Self { side, u }
    }

    /// The value at a point of the unit square, bilinear between the grid's points.
    fn at(&self, x: f64, y: f64) -> f64 {
        let value = |i: usize, j: usize| {
            let inside = (1..=self.side).contains(&i) && (1..=self.side).contains(&j);
            if inside { self.u[self.side * (j - 1) + i - 1] } else { 0.0 }
        };
        let (x, y) = (x * (self.side + 1) as f64, y * (self.side + 1) as f64);
        let (i, j) = (x as usize, y as usize);
        let (s, t) = (x - i as f64, y - j as f64);
        let row = |j| value(i, j) * (1.0 - s) + value(i + 1, j) * s;
        row(j) * (1.0 - t) + row(j + 1) * t
    }

    fn max(&self) -> f64 {
        self.u.iter().copied().fold(0.0, f64::max)
    }
}

/// Where the time went.
#[derive(Default)]
struct Times {
    plan: Duration,
    jacobians: Duration,
    solver: Duration,
}

/// Newton's method from `grid`; the number of steps.
fn newton(grid: &mut Grid, times: &mut Times, bar: &ProgressBar) -> Result<usize, Box<dyn Error>> {
    let bratu = Bratu { side: grid.side };
    let n = grid.u.len();
    let start = Instant::now();
    let plan: JacobianPlan = JacobianPlan::trace(&bratu, &grid.u);
    times.plan += start.elapsed();
    let (columns, rows) = plan.pattern();
    let start = Instant::now();
    let symbolic = SymbolicSparseColMatRef::new_checked(n, n, columns, None, rows);
    let factorisation = SymbolicLu::try_new(symbolic).map_err(|error| format!("{error:?}"))?;
    times.solver += start.elapsed();
    let (mut residuals, mut values) = (vec![0.0; n], vec![0.0; plan.nnz()]);
    for step in 1..=30 {
        let start = Instant::now();
        plan.jacobian(&bratu, &grid.u, &mut residuals, &mut values)?;
        times.jacobians += start.elapsed();
        let start = Instant::now();
        let matrix = SparseColMatRef::new(symbolic, &values[..]);
        let lu = Lu::try_new_with_symbolic(factorisation.clone(), matrix)
            .map_err(|error| format!("{error:?}"))?;
        let change = lu.solve(faer::ColRef::from_slice(&residuals));
        times.solver += start.elapsed();
        let mut largest = 0.0_f64;
        for (u, change) in grid.u.iter_mut().zip(change.iter()) {
            *u -= change;
            largest = largest.max(change.abs());
        }
        bar.set_message(format!("{} x {}, step {step}: {largest:.1e}", grid.side, grid.side));
        bar.tick();
        if largest < 1e-9 {
            return Ok(step);
        }
        if !largest.is_finite() {
            break;
        }
    }
    Err("Newton's method does not converge".into())
}

/// The solution that a bump of the given height leads to: found on a coarse grid, and carried to finer ones.
fn solve(
    name: &'static str,
    height: f64,
    side: usize,
    times: &mut Times,
) -> Result<Grid, Box<dyn Error>> {
    let mut sides = vec![side];
    while sides[0] > 2 * COARSEST {
        sides.insert(0, sides[0] / 2);
    }
    let style = ProgressStyle::with_template("{prefix:10} [{bar:30}] {pos}/{len} {msg}")
        .expect("a valid template")
        .progress_chars("=> ");
    let bar = ProgressBar::new(sides.len() as u64).with_style(style).with_prefix(name);
    let pi = std::f64::consts::PI;
    let mut grid = Grid::new(sides[0], |x, y| height * (pi * x).sin() * (pi * y).sin());
    let mut steps = Vec::new();
    for &side in &sides {
        grid = Grid::new(side, |x, y| grid.at(x, y));
        steps.push(newton(&mut grid, times, &bar)?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    println!("{name} solution: largest value {:.6}; Newton steps per grid {steps:?}", grid.max());
    Ok(grid)
}

fn run(side: usize) -> Result<(), Box<dyn Error>> {
    let mut times = Times::default();
    let cool = solve("cool", 0.8, side, &mut times)?;
    let hot = solve("hot", 4.0, side, &mut times)?;
    if hot.max() - cool.max() < 0.1 {
        return Err("both starts lead to one solution".into());
    }
    let Times { plan, jacobians, solver } = times;
    println!("{} unknowns, λ = {LAMBDA}", side * side);
    println!("time: plans {plan:.2?}, Jacobians {jacobians:.2?}, linear solver {solver:.2?}");
    let solutions = Solutions { cool, hot };
    save(&svg((1200, 387), |area| solutions.draw(area))?, "bratu")
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let side = match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => Ok(100),
        (Some("--help" | "-h"), _) => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        (Some(size), None) => {
            size.parse().ok().filter(|side| (3..=3000).contains(side)).ok_or(size.to_owned())
        }
        (Some(_), Some(extra)) => Err(extra),
    };
    match side.map_err(|wrong| format!("unexpected argument '{wrong}'; try --help")) {
        Ok(side) => match run(side) {
            Ok(()) => return ExitCode::SUCCESS,
            Err(error) => eprintln!("bratu: {error}"),
        },
        Err(message) => eprintln!("bratu: {message}"),
    }
    ExitCode::FAILURE
}

struct Solutions {
    cool: Grid,
    hot: Grid,
}

/// The cells that the pictures of the square have in a row.
const CELLS: usize = 76;

impl Solutions {
    fn draw(&self, area: &Area<'_>) -> Drawn {
        let top = self.hot.max();
        let (left, right) = area.split_horizontally(840);
        let (maps, scale) = left.split_horizontally(740);
        let panels = maps.split_evenly((1, 2));
        for (panel, (name, grid)) in panels.iter().zip([("cool", &self.cool), ("hot", &self.hot)]) {
            map(panel, name, grid, top)?;
        }
        bar(&scale, top)?;
        self.profiles(&right, top)
    }
}

/// A solution as a map, in the colours of both.
fn map(area: &Area<'_>, name: &str, grid: &Grid, top: f64) -> Drawn {
    let mut chart = ChartBuilder::on(area)
        .caption(format!("the {name} solution, up to {:.3}", grid.max()), ("sans-serif", 19, &INK))
        .margin(10)
        .x_label_area_size(36)
        .y_label_area_size(44)
        .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
    let edge = |k: usize| k as f64 / CELLS as f64;
    for j in 0..CELLS {
        for i in 0..CELLS {
            let u = grid.at(edge(i) + 0.5 / CELLS as f64, edge(j) + 0.5 / CELLS as f64);
            let corners = [(edge(i), edge(j)), (edge(i + 1), edge(j + 1))];
            chart.draw_series([Rectangle::new(corners, shade(u / top).filled())])?;
        }
    }
    axes(&mut chart, "x", "y")
}

/// Which colour is which value.
fn bar(area: &Area<'_>, top: f64) -> Drawn {
    let (high, low, steps) = (60, 340, 50);
    let at = |k: i32| low - (low - high) * k / steps;
    for k in 0..steps {
        let colour = shade(f64::from(k) / f64::from(steps - 1));
        area.draw(&Rectangle::new([(8, at(k + 1)), (30, at(k))], colour.filled()))?;
    }
    write(area, "u", (15, high - 18), 16)?;
    for k in 0..=4 {
        write(
            area,
            &format!("{:.1}", top * f64::from(k) / 4.0),
            (38, low - (low - high) * k / 4),
            14,
        )?;
    }
    Ok(())
}

impl Solutions {
    /// Both along the line through the middle.
    fn profiles(&self, area: &Area<'_>, top: f64) -> Drawn {
        let mut chart = ChartBuilder::on(area)
            .caption("along y = 1/2", ("sans-serif", 19, &INK))
            .margin(10)
            .margin_right(24)
            .x_label_area_size(36)
            .y_label_area_size(44)
            .build_cartesian_2d(0.0..1.0, 0.0..1.1 * top)?;
        chart
            .configure_mesh()
            .light_line_style(WHITE)
            .bold_line_style(INK.mix(0.15))
            .x_labels(5)
            .y_labels(6)
            .axis_style(INK)
            .x_desc("x")
            .y_desc("u")
            .label_style(("sans-serif", 14, &INK))
            .draw()?;
        for (name, grid, colour) in [("cool", &self.cool, BLUE), ("hot", &self.hot, VERMILION)] {
            let line = (0..=200).map(|k| f64::from(k) / 200.0).map(|x| (x, grid.at(x, 0.5)));
            chart.draw_series(LineSeries::new(line, colour.stroke_width(3)))?;
            let anchor = Pos::new(HPos::Center, VPos::Bottom);
            let style = ("sans-serif", 16, &colour).into_text_style(area).pos(anchor);
            let place = (0.5, grid.at(0.5, 0.5) + 0.02 * top);
            chart.draw_series([Text::new(name, place, style)])?;
        }
        Ok(())
    }
}
