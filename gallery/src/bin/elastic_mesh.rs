//! Pulls a rubber sheet at its ends: the least energy of a mesh of neo-Hookean triangles, by Newton's
//! method with a sparse Hessian, each element's part projected to positive semidefinite, and faer's
//! Cholesky factorisation.
//!
//!     cargo run --release -p gradual-gallery --features faer --bin elastic_mesh -- [SIZE]
//!
//! `SIZE` is the number of cells along the short side, 24 by default. The picture is written under
//! `target/pictures`.

use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use faer::Side;
use faer::prelude::Solve;
use faer::sparse::linalg::solvers::{Llt, SymbolicLlt};
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use gradual::Real;
use gradual::structured::shapes::Relative;
use gradual::structured::{Builder, Elements, Nodes, Plan};
use indicatif::{ProgressBar, ProgressStyle};
use plotters::prelude::*;

use gradual_gallery::plots::{Area, Drawn, INK, shade, svg};
use gradual_gallery::save;

/// How far the ends are pulled, and turned, relative to the sheet at rest.
const STRETCH: f64 = 1.6;
const TURN: f64 = 0.35;

/// Lamé's parameters.
const MU: f64 = 1.0;
const LAMBDA: f64 = 4.0;

fn main() -> ExitCode {
    let size = match std::env::args().nth(1).as_deref() {
        Some("--help" | "-h") => {
            println!("Pulls and turns the ends of a rubber sheet, and draws its shape.");
            println!("usage: elastic_mesh [SIZE]   SIZE: cells along the short side (24)");
            return ExitCode::SUCCESS;
        }
        Some(text) => text.parse().ok().filter(|size| (1..=1000).contains(size)),
        None => Some(24),
    };
    let Some(size) = size else {
        eprintln!("elastic_mesh: SIZE is a number from 1 to 1000; try --help");
        return ExitCode::FAILURE;
    };
    match run(size) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("elastic_mesh: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A triangle at rest: the inverse of its edge matrix, and its area.
struct Rest {
    inverse: [[f64; 2]; 2],
    area: f64,
}

impl Rest {
    fn new([a, b, c]: [[f64; 2]; 3]) -> Self {
        let [[p, q], [r, s]] = [[b[0] - a[0], c[0] - a[0]], [b[1] - a[1], c[1] - a[1]]];
        let determinant = p * s - q * r;
        let inverse = [[s, -q], [-r, p]].map(|row| row.map(|entry| entry / determinant));
        Self { inverse, area: determinant / 2.0 }
    }

    /// The energy per area of the triangle with sides u and v: μ/2 (|F|² - 2) - μ ln J + λ/2 (ln J)² with
    /// the deformation gradient F and J = det F (Bonet and Wood, *Nonlinear continuum mechanics for finite
    /// element analysis*, section 6.4.3). NaN if the triangle is turned over.
    #[inline(always)]
    fn density<T: Real<Scalar = f64>>(&self, [u, v]: [[T; 2]; 2]) -> T {
        let [[p, q], [r, s]] = self.inverse;
        let f = [
            [u[0] * p + v[0] * r, u[0] * q + v[0] * s],
            [u[1] * p + v[1] * r, u[1] * q + v[1] * s],
        ];
        let square = f[0][0] * f[0][0] + f[0][1] * f[0][1] + f[1][0] * f[1][0] + f[1][1] * f[1][1];
        let log = (f[0][0] * f[1][1] - f[0][1] * f[1][0]).ln();
        (square - 2.0) * (MU / 2.0) - log * MU + log * log * (LAMBDA / 2.0)
    }
}

struct Sheet {
    nodes: Nodes<2>,
    triangles: Vec<[usize; 3]>,
    rests: Vec<Rest>,
    faces: Elements<Relative<3, 2, 2>, 4>,
    plan: Plan,
}

impl Sheet {
    /// A sheet of 2 `size` × `size` cells, two triangles each, and where its nodes are to begin with: the
    /// ends at their places, the rest spread between them.
    fn new(size: usize) -> Result<(Self, Vec<f64>), Box<dyn Error>> {
        let (long, cell) = (2 * size, 1.0 / size as f64);
        let at = |i: usize, j: usize| i * (size + 1) + j;
        let place = |i: usize, j: usize| [i as f64 * cell - 1.0, j as f64 * cell - 0.5];
        let mut triangles = Vec::new();
        let mut rests = Vec::new();
        for i in 0..long {
            for j in 0..size {
                // Diagonals in both directions, so that none is preferred.
                let (a, b, c, d) = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1));
                let halves =
                    if (i + j) % 2 == 0 { [[a, b, c], [a, c, d]] } else { [[a, b, d], [b, c, d]] };
                for half in halves {
                    triangles.push(half.map(|(i, j)| at(i, j)));
                    rests.push(Rest::new(half.map(|(i, j)| place(i, j))));
                }
            }
        }
        let mut builder = Builder::default();
        let nodes = builder.nodes((long + 1) * (size + 1));
        let faces = builder.relative(&nodes, triangles.iter().copied())?;
        let mut plan = builder.build()?;
        let ends = (0..=size).flat_map(|j| [at(0, j), at(long, j)]);
        plan.hold(ends.flat_map(|node| nodes.variables(node)))?;
        let mut x = Vec::new();
        for i in 0..=long {
            for j in 0..=size {
                let [along, across] = place(i, j);
                let (sin, cos) = (TURN * along).sin_cos();
                x.extend([STRETCH * along - across * sin, across * cos]);
            }
        }
        Ok((Self { nodes, triangles, rests, faces, plan }, x))
    }

    fn energy(&self, x: &[f64]) -> f64 {
        let density = |e: usize, sides| self.rests[e].density(sides) * self.rests[e].area;
        self.plan.value(x).add(self.faces, density).value()
    }

    /// The energy; its gradient and its Hessian go to `g` and `h`.
    fn derivatives(&self, x: &[f64], g: &mut [f64], h: &mut [f64], projected: bool) -> f64 {
        let pass = self.plan.hessian(x, g, h);
        if projected {
            let energy = |e: usize, sides| self.rests[e].density(sides) * self.rests[e].area;
            pass.projected().add(self.faces, energy).value()
        } else {
            let energy = |e: usize, sides| self.rests[e].density(sides) * self.rests[e].area;
            pass.add(self.faces, energy).value()
        }
    }
}

fn run(size: usize) -> Result<(), Box<dyn Error>> {
    let (sheet, mut x) = Sheet::new(size)?;
    let n = x.len();
    println!("{} triangles, {n} coordinates, {} places", sheet.triangles.len(), sheet.plan.nnz());
    let (columns, rows) = sheet.plan.pattern();
    let pattern = SymbolicSparseColMatRef::new_checked(n, n, columns, None, rows);
    let symbolic = SymbolicLlt::try_new(pattern, Side::Lower).map_err(|e| format!("{e:?}"))?;
    let (mut g, mut h) = (vec![0.0; n], vec![0.0; sheet.plan.nnz()]);
    let (mut derivatives, mut solver) = (Duration::ZERO, Duration::ZERO);
    let bar =
        ProgressBar::new_spinner().with_style(ProgressStyle::with_template("{spinner} {msg}")?);
    let mut projected = true;
    let mut lines = Vec::new();
    for step in 0.. {
        let start = Instant::now();
        let energy = sheet.derivatives(&x, &mut g, &mut h, projected);
        derivatives += start.elapsed();
        let norm = g.iter().map(|g| g * g).sum::<f64>().sqrt();
        let kind = if projected { "projected" } else { "exact" };
        lines.push(format!("{step:4}  energy {energy:.12}  |gradient| {norm:.2e}  {kind}"));
        bar.set_message(lines[step].clone());
        bar.tick();
        if norm < 1e-10 {
            break;
        }
        if step == 200 || !energy.is_finite() {
            return Err("no equilibrium after 200 steps".into());
        }
        let start = Instant::now();
        let matrix = SparseColMatRef::new(pattern, &h[..]);
        let factor = Llt::try_new_with_symbolic(symbolic.clone(), matrix, Side::Lower);
        let Ok(factor) = factor else {
            // Not definite: not near enough yet.
            projected = true;
            continue;
        };
        let direction = factor.solve(faer::ColRef::from_slice(&g));
        solver += start.elapsed();
        let moved = |t: f64| -> Vec<f64> {
            x.iter().zip(direction.iter()).map(|(x, d)| x - t * d).collect()
        };
        // Armijo's rule; a triangle that is turned over has no energy, and the step is halved.
        let slope: f64 = g.iter().zip(direction.iter()).map(|(g, d)| g * d).sum();
        let enough = |t: f64| sheet.energy(&moved(t)) <= energy - 1e-4 * t * slope;
        let full = norm < 1e-6;
        let t = std::iter::successors(Some(1.0), |t| Some(t / 2.0))
            .take(40)
            .find(|&t| full || enough(t));
        x = moved(t.ok_or("no step goes downhill")?);
        // Far away the projected Hessian, which always goes downhill; near by the exact one, which
        // converges quadratically.
        projected = norm > 1e-2;
    }
    bar.finish_and_clear();
    lines.iter().for_each(|line| println!("{line}"));
    println!("time: {derivatives:.1?} for derivatives, {solver:.1?} for the solver");
    let deformed = Deformed { sheet, x };
    save(&svg((1000, 520), |area| deformed.draw(area))?, "elastic-mesh")
}

/// The deformed sheet, coloured by energy.
struct Deformed {
    sheet: Sheet,
    x: Vec<f64>,
}

impl Deformed {
    fn draw(&self, area: &Area<'_>) -> Drawn {
        let Self { sheet, x } = self;
        let at = |node: usize| {
            let [u, v] = x[sheet.nodes.variables(node)] else { unreachable!("two coordinates") };
            (u, v)
        };
        let densities: Vec<f64> = sheet
            .triangles
            .iter()
            .zip(&sheet.rests)
            .map(|(triangle, rest)| {
                let [a, b, c] = triangle.map(at);
                rest.density([[b.0 - a.0, b.1 - a.1], [c.0 - a.0, c.1 - a.1]])
            })
            .collect();
        let mut sorted = densities.clone();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (sorted[0], sorted[sorted.len() * 99 / 100]);
        let (picture, scale) = area.split_horizontally(880);
        let mut chart = ChartBuilder::on(&picture)
            .caption(
                format!(
                    "A rubber sheet of {} triangles, pulled and turned at its ends",
                    densities.len()
                ),
                ("sans-serif", 22, &INK),
            )
            .margin(12)
            .build_cartesian_2d(-1.95..1.95, -0.96..0.96)?;
        for (triangle, density) in sheet.triangles.iter().zip(&densities) {
            let corners = triangle.map(at);
            let colour = shade((density - low) / (high - low).max(1e-300));
            chart.draw_series([Polygon::new(corners.to_vec(), colour.filled())])?;
            if densities.len() <= 20_000 {
                let [a, b, c] = corners;
                chart.draw_series([PathElement::new(vec![a, b, c, a], INK.mix(0.35))])?;
            }
        }
        let (top, bottom, bands) = (90, 430, 40);
        let at = |k: i32| bottom - (bottom - top) * k / bands;
        for k in 0..bands {
            let colour = shade(f64::from(k) / f64::from(bands - 1));
            scale.draw(&Rectangle::new([(10, at(k + 1)), (34, at(k))], colour.filled()))?;
        }
        let style = ("sans-serif", 15, &INK).into_text_style(&scale);
        scale.draw(&Text::new("energy per area", (0, top - 28), style.clone()))?;
        for (value, y) in [(high, top), (low, bottom)] {
            scale.draw(&Text::new(format!("{value:.2}"), (42, y - 8), style.clone()))?;
        }
        Ok(())
    }
}
