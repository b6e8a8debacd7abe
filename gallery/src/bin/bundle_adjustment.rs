//! Bundle adjustment: cameras and points from where the points appear in the cameras' images, by
//! Levenberg and Marquardt's method with a sparse JᵀJ and faer's Cholesky factorisation.
//!
//!     cargo run --release -p gradual-gallery --features faer --bin bundle_adjustment -- [SIZE | FILE]
//!
//! `FILE` is a scene in the text format of "Bundle adjustment in the large" (Agarwal et al., 2010).
//! Without one a scene of `SIZE` points is made, 3000 by default, written to
//! `target/bundle-adjustment.txt` in that format, and read from there. The picture is written under
//! `target/pictures`.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use faer::Side;
use faer::prelude::Solve;
use faer::sparse::linalg::solvers::{Llt, SymbolicLlt};
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use gradual::Real;
use gradual::structured::losses::Huber;
use gradual::structured::shapes::Between;
use gradual::structured::{Builder, Elements, Nodes, Plan, Residuals};
use indicatif::{ProgressBar, ProgressStyle};
use plotters::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use gradual_gallery::plots::{Area, BLUE, Drawn, INK, VERMILION, svg};
use gradual_gallery::save;

/// Where scenes that are made are written to.
const MADE: &str = "target/bundle-adjustment.txt";

/// The error in pixels from which on an observation counts less.
const WIDTH: f64 = 2.0;

const STEPS: u64 = 50;

fn main() -> ExitCode {
    let result = match std::env::args().nth(1).as_deref() {
        Some("--help" | "-h") => {
            println!("Finds cameras and points from images of the points.");
            println!("usage: bundle_adjustment [SIZE | FILE]");
            println!(
                "SIZE: points of a scene that is made (3000); FILE: a scene in the format of BAL"
            );
            return ExitCode::SUCCESS;
        }
        None => make(3000).and_then(|()| run(Path::new(MADE))),
        Some(text) => match text.parse() {
            Ok(0..20) => Err("a scene has 20 points or more".into()),
            Ok(points) => make(points).and_then(|()| run(Path::new(MADE))),
            Err(_) => run(Path::new(text)),
        },
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle_adjustment: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Cameras (rotation vector, translation, focal length, two coefficients of distortion), points, and
/// which camera saw which point where.
struct Scene {
    cameras: Vec<[f64; 9]>,
    points: Vec<[f64; 3]>,
    seen: Vec<([usize; 2], [f64; 2])>,
}

/// `p` turned by the rotation vector `w` (Rodrigues' formula; to first order at the identity, where the
/// angle has no derivative).
#[inline(always)]
fn turned<T: Real<Scalar = f64>>(w: [T; 3], p: [T; 3]) -> [T; 3] {
    let cross = [w[1] * p[2] - w[2] * p[1], w[2] * p[0] - w[0] * p[2], w[0] * p[1] - w[1] * p[0]];
    let square = w[0] * w[0] + w[1] * w[1] + w[2] * w[2];
    if square.primal() < f64::EPSILON * f64::EPSILON {
        return [p[0] + cross[0], p[1] + cross[1], p[2] + cross[2]];
    }
    let angle = square.sqrt();
    let (sin, cos) = angle.sin_cos();
    let sinc = sin / angle;
    let along = (w[0] * p[0] + w[1] * p[1] + w[2] * p[2]) * (-cos + 1.0) / square;
    [0, 1, 2].map(|r| p[r] * cos + cross[r] * sinc + w[r] * along)
}

/// Where a camera sees a point: the format's convention, with the camera looking along -z.
#[inline(always)]
fn projected<T: Real<Scalar = f64>>(camera: [T; 9], point: [T; 3]) -> [T; 2] {
    let [a, b, c, x, y, z, focal, k1, k2] = camera;
    let p = turned([a, b, c], point);
    let depth = -(p[2] + z);
    let (u, v) = ((p[0] + x) / depth, (p[1] + y) / depth);
    let square = u * u + v * v;
    let scale = focal * (square * (square * k2 + k1) + 1.0);
    [scale * u, scale * v]
}

/// Makes a scene: cameras on an arc around a hill, of which each point is seen by five, with errors of
/// half a pixel, and one observation in fifty that is entirely wrong. The file has the cameras and points
/// as they might have been guessed.
fn make(points: usize) -> Result<(), Box<dyn Error>> {
    let mut random = StdRng::seed_from_u64(7);
    let mut noise = |scale: f64| scale * (0..4).map(|_| random.random::<f64>() - 0.5).sum::<f64>();
    let count = (points / 60).clamp(8, 200);
    let cameras: Vec<[f64; 9]> = (0..count)
        .map(|c| {
            let angle = 1.6 * (c as f64 / (count - 1) as f64 - 0.5);
            // Looks at the origin from a distance of 5 and a little above.
            [
                0.15 + noise(0.02),
                angle,
                noise(0.05),
                noise(0.1),
                noise(0.1),
                -5.0,
                500.0,
                1e-2,
                -1e-3,
            ]
        })
        .collect();
    let hill: Vec<[f64; 3]> = (0..points)
        .map(|_| {
            let (x, z) = (noise(2.4), noise(2.4));
            [x, (-(x * x + z * z)).exp() - 0.5 + noise(0.02), z]
        })
        .collect();
    let mut text = format!("{count} {points} {}\n", 5 * points);
    for (p, &point) in hill.iter().enumerate() {
        for k in 0..5 {
            let camera = (p * 3 + k * (1 + p % 3)) % count;
            let [mut u, mut v] = projected(cameras[camera], point).map(|u| u + noise(1.0));
            if (5 * p + k) % 50 == 7 {
                (u, v) = (u + noise(200.0), v + noise(200.0));
            }
            writeln!(text, "{camera} {p} {u} {v}")?;
        }
    }
    for camera in cameras {
        for (k, number) in camera.into_iter().enumerate() {
            let error = if k < 3 {
                0.01
            } else if k < 6 {
                0.05
            } else {
                0.0
            };
            writeln!(text, "{}", number + noise(error))?;
        }
    }
    for number in hill.as_flattened() {
        writeln!(text, "{}", number + noise(0.1))?;
    }
    std::fs::create_dir_all("target")?;
    std::fs::write(MADE, text)?;
    println!("wrote {MADE}");
    Ok(())
}

impl Scene {
    fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        Self::parse(&text).map_err(|error| format!("{}: {error}", path.display()).into())
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut words = text.split_ascii_whitespace().enumerate();
        let mut word = || words.next().ok_or_else(|| "the file ends too early".to_string());
        let mut count = || {
            let (k, word) = word()?;
            word.parse::<usize>().map_err(|_| format!("word {k}, '{word}', is not a count"))
        };
        let [cameras, points, seen] = [count()?, count()?, count()?];
        let mut list = Vec::new();
        let number = |(k, word): (usize, &str)| {
            word.parse::<f64>().map_err(|_| format!("word {k}, '{word}', is not a number"))
        };
        for _ in 0..seen {
            let index = |(k, word): (usize, &str)| {
                word.parse::<usize>().map_err(|_| format!("word {k}, '{word}', is not an index"))
            };
            list.push(([index(word()?)?, index(word()?)?], [number(word()?)?, number(word()?)?]));
        }
        let mut numbers =
            |count: usize| (0..count).map(|_| number(word()?)).collect::<Result<Vec<_>, _>>();
        let cameras = numbers(9 * cameras)?.as_chunks().0.to_vec();
        let points = numbers(3 * points)?.as_chunks().0.to_vec();
        match words.next() {
            Some((k, _)) => Err(format!("the scene ends before word {k}, and the file does not")),
            None => Ok(Self { cameras, points, seen: list }),
        }
    }
}

/// A scene as a sum of squares.
struct Problem {
    plan: Plan,
    points: Nodes<3>,
    cameras: Nodes<9>,
    errors: Residuals<Elements<Between<9, 3>, 12>, 2>,
    seen: Vec<([usize; 2], [f64; 2])>,
}

impl Problem {
    /// The problem, and its coordinates. Points stand before cameras, as the factorisation is to
    /// eliminate them first.
    fn new(scene: Scene) -> Result<(Self, Vec<f64>), Box<dyn Error>> {
        let Scene { cameras: nine, points: three, seen } = scene;
        let mut builder = Builder::default();
        let points = builder.nodes::<3>(three.len());
        let cameras = builder.nodes::<9>(nine.len());
        let pairs = builder.between(&cameras, &points, seen.iter().map(|&(pair, _)| pair))?;
        let errors = pairs.residuals::<2>(&mut builder);
        let plan = builder.build()?;
        let x = [three.as_flattened(), nine.as_flattened()].concat();
        Ok((Self { plan, points, cameras, errors, seen }, x))
    }

    #[inline(always)]
    fn error<T: Real<Scalar = f64>>(&self, e: usize, camera: [T; 9], point: [T; 3]) -> [T; 2] {
        let [u, v] = projected(camera, point);
        let (_, seen) = self.seen[e];
        [u - seen[0], v - seen[1]]
    }

    fn cost(&self, x: &[f64]) -> f64 {
        let error = |e, (camera, point)| self.error(e, camera, point);
        self.plan.value(x).add(self.errors.robust(Huber::new(WIDTH)), error).value()
    }

    fn normal_equations(&self, x: &[f64], jtr: &mut [f64], jtj: &mut [f64]) -> f64 {
        let error = |e, (camera, point)| self.error(e, camera, point);
        self.plan
            .gauss_newton(x, jtr, jtj)
            .add(self.errors.robust(Huber::new(WIDTH)), error)
            .value()
    }

    /// The distances in pixels between where points are seen and where they should be, in order.
    fn distances(&self, x: &[f64]) -> Vec<f64> {
        let distance = |e: usize, [camera, point]: [usize; 2]| {
            let camera = x[self.cameras.variables(camera)].as_chunks().0[0];
            let point = x[self.points.variables(point)].as_chunks().0[0];
            let [u, v] = self.error(e, camera, point);
            u.hypot(v)
        };
        let mut all: Vec<f64> =
            self.seen.iter().enumerate().map(|(e, &(pair, _))| distance(e, pair)).collect();
        all.sort_by(f64::total_cmp);
        all
    }
}

fn run(path: &Path) -> Result<(), Box<dyn Error>> {
    let (problem, mut x) = Problem::new(Scene::read(path)?)?;
    let (plan, n) = (&problem.plan, x.len());
    let (cameras, points) = (problem.cameras.len(), problem.points.len());
    println!("{cameras} cameras, {points} points, {} observations", problem.seen.len());
    println!("{n} unknowns, {} places in JᵀJ", plan.nnz());
    let before = problem.distances(&x);
    let start = x.clone();
    let (columns, rows) = plan.pattern();
    let pattern = SymbolicSparseColMatRef::new_checked(n, n, columns, None, rows);
    let symbolic = SymbolicLlt::try_new(pattern, Side::Lower).map_err(|e| format!("{e:?}"))?;
    let (mut jtr, mut jtj) = (vec![0.0; n], vec![0.0; plan.nnz()]);
    let (mut derivatives, mut solver) = (Duration::ZERO, Duration::ZERO);
    let style = ProgressStyle::with_template("{bar:30} step {pos}, cost {msg}")?;
    let bar = ProgressBar::new(STEPS).with_style(style);
    let mut damping = 1e-4;
    let first = problem.cost(&x);
    let mut cost = first;
    for step in 0..STEPS {
        let clock = Instant::now();
        cost = problem.normal_equations(&x, &mut jtr, &mut jtj);
        derivatives += clock.elapsed();
        bar.set_position(step);
        bar.set_message(format!("{cost:.6}"));
        let clock = Instant::now();
        let better = loop {
            if damping > 1e12 {
                break None;
            }
            // Marquardt's term; the diagonal is the first entry of each column.
            let mut damped = jtj.clone();
            columns[..n].iter().for_each(|&slot| damped[slot] += damping * damped[slot].max(1e-6));
            let matrix = SparseColMatRef::new(pattern, &damped[..]);
            if let Ok(factor) = Llt::try_new_with_symbolic(symbolic.clone(), matrix, Side::Lower) {
                let change = factor.solve(faer::ColRef::from_slice(&jtr));
                let moved: Vec<f64> = x.iter().zip(change.iter()).map(|(x, d)| x - d).collect();
                let new = problem.cost(&moved);
                if new < cost {
                    break Some((moved, new));
                }
            }
            damping *= 10.0;
        };
        solver += clock.elapsed();
        let Some((moved, new)) = better else { break };
        (x, damping) = (moved, (damping * 0.1).max(1e-12));
        let settled = cost - new <= 1e-9 * cost;
        cost = new;
        if settled {
            break;
        }
    }
    bar.finish_and_clear();
    let after = problem.distances(&x);
    let median = |sorted: &[f64]| sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
    println!("cost {first:.6e} -> {cost:.6e}");
    println!("median error {:.3} -> {:.3} pixels", median(&before), median(&after));
    println!("time: {derivatives:.1?} for derivatives, {solver:.1?} for the solver");
    let adjusted = Adjusted { problem, start, x, before, after };
    save(&svg((1100, 520), |area| adjusted.draw(area))?, "bundle-adjustment")
}

/// The scene from above, and how large the errors are.
struct Adjusted {
    problem: Problem,
    start: Vec<f64>,
    x: Vec<f64>,
    before: Vec<f64>,
    after: Vec<f64>,
}

impl Adjusted {
    fn draw(&self, area: &Area<'_>) -> Drawn {
        let (left, right) = area.split_horizontally(550);
        self.draw_from_above(&left)?;
        self.draw_errors(&right)
    }
}

impl Adjusted {
    fn draw_from_above(&self, area: &Area<'_>) -> Drawn {
        let Problem { points, cameras, .. } = &self.problem;
        let above = |x: &[f64]| -> Vec<(f64, f64)> {
            (0..points.len()).map(|i| &x[points.variables(i)]).map(|p| (p[0], p[2])).collect()
        };
        // A camera is where the turned and moved point is zero: at -Rᵀ t.
        let centres: Vec<(f64, f64)> = (0..cameras.len())
            .map(|c| &self.x[cameras.variables(c)])
            .map(|c| turned([-c[0], -c[1], -c[2]], [-c[3], -c[4], -c[5]]))
            .map(|centre| (centre[0], centre[2]))
            .collect();
        let (found, guessed) = (above(&self.x), above(&self.start));
        // What lies far out would make the rest small.
        let within = |pick: fn(&(f64, f64)) -> f64| {
            let mut all: Vec<f64> = found.iter().map(pick).collect();
            all.sort_by(f64::total_cmp);
            let (low, high) = (all[all.len() / 50], all[all.len() - 1 - all.len() / 50]);
            let centres = centres.iter().map(pick);
            let range = centres.fold((low, high), |(low, high), c| (low.min(c), high.max(c)));
            let edge = 0.08 * (range.1 - range.0);
            range.0 - edge..range.1 + edge
        };
        let (across, along) = (within(|p| p.0), within(|p| p.1));
        let mut chart = ChartBuilder::on(area)
            .caption("The scene from above", ("sans-serif", 20, &INK))
            .margin(12)
            .x_label_area_size(36)
            .y_label_area_size(44)
            .build_cartesian_2d(across.clone(), along.clone())?;
        chart.configure_mesh().disable_mesh().axis_style(INK).x_desc("x").y_desc("z").draw()?;
        let dots = |points: &[(f64, f64)], colour: RGBAColor| {
            let seen = points.iter().filter(|p| across.contains(&p.0) && along.contains(&p.1));
            seen.map(|&p| Circle::new(p, 2, colour.filled())).collect::<Vec<_>>()
        };
        chart
            .draw_series(dots(&guessed, INK.mix(0.2)))?
            .label("points, as guessed")
            .legend(|(x, y)| Circle::new((x + 10, y), 3, INK.mix(0.25).filled()));
        chart
            .draw_series(dots(&found, BLUE.mix(0.6)))?
            .label("points")
            .legend(|(x, y)| Circle::new((x + 10, y), 3, BLUE.filled()));
        chart
            .draw_series(centres.iter().map(|&c| TriangleMarker::new(c, 6, VERMILION.filled())))?
            .label("cameras")
            .legend(|(x, y)| TriangleMarker::new((x + 10, y), 5, VERMILION.filled()));
        legend(&mut chart, SeriesLabelPosition::LowerRight)
    }

    /// The share of the observations whose error is below a bound.
    fn draw_errors(&self, area: &Area<'_>) -> Drawn {
        let largest = self.before.iter().chain(&self.after).fold(1.0_f64, |m, e| m.max(*e));
        let mut chart = ChartBuilder::on(area)
            .caption("Observations with at most that error", ("sans-serif", 20, &INK))
            .margin(12)
            .x_label_area_size(36)
            .y_label_area_size(52)
            .build_cartesian_2d((0.01..largest * 1.2).log_scale(), 0.0..100.0)?;
        chart
            .configure_mesh()
            .light_line_style(WHITE)
            .bold_line_style(INK.mix(0.12))
            .axis_style(INK)
            .x_desc("pixels")
            .y_desc("per cent")
            .draw()?;
        for (errors, colour, name) in
            [(&self.before, INK.mix(0.6), "before"), (&self.after, BLUE.mix(1.0), "after")]
        {
            let share = |k: usize| 100.0 * (k + 1) as f64 / errors.len() as f64;
            let points = errors.iter().enumerate().step_by((errors.len() / 300).max(1));
            let curve = points.map(|(k, &e)| (e.max(0.01), share(k)));
            chart.draw_series(LineSeries::new(curve, colour.stroke_width(3)))?.label(name).legend(
                move |(x, y)| PathElement::new([(x, y), (x + 20, y)], colour.stroke_width(3)),
            );
        }
        legend(&mut chart, SeriesLabelPosition::UpperLeft)
    }
}

fn legend<'a, C: CoordTranslate>(
    chart: &mut ChartContext<'a, SVGBackend<'a>, C>,
    position: SeriesLabelPosition,
) -> Drawn {
    chart
        .configure_series_labels()
        .position(position)
        .background_style(WHITE.mix(0.8))
        .label_font(("sans-serif", 14, &INK))
        .draw()?;
    Ok(())
}
