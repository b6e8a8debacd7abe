//! Trains small tanh networks with gradients from dual numbers: a 2-16-16-2 network on two interleaved
//! moons by gradient descent with momentum, and a 4-8-3 network on Fisher's iris data by momentum and
//! by Newton-CG with Hessian-vector products.
//!
//!     cargo run --release -p gradual-gallery --bin train

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use gradual::special::{log_sum_exp, logistic};
use gradual::{Real, gradient, hvp};
use indicatif::{ProgressBar, ProgressStyle};
use nalgebra::DVector;
use plotters::prelude::*;

use gradual_gallery::plots::{Area, BLUE, Drawn, INK, VERMILION, axes, shade, svg};
use gradual_gallery::save;

const HELP: &str = "usage: train [moons | iris]\nWithout an argument, both.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        [] => moons().and_then(|()| iris()),
        ["moons"] => moons(),
        ["iris"] => iris(),
        _ => Err("unknown arguments; try --help".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A fully connected network: tanh between the layers, class scores at the end.
struct Network {
    sizes: &'static [usize],
}

/// Inputs and the number of the class.
type Example = (Vec<f64>, usize);

impl Network {
    /// The number of weights and biases.
    fn parameters(&self) -> usize {
        self.sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
    }

    /// Random weights of the size that keeps the signals' size.
    fn start(&self, random: &mut Random) -> DVector<f64> {
        let mut weights = Vec::with_capacity(self.parameters());
        for pair in self.sizes.windows(2) {
            let bound = (6.0 / (pair[0] + pair[1]) as f64).sqrt();
            for _ in 0..pair[1] {
                weights.extend((0..pair[0]).map(|_| random.between(-bound, bound)));
                weights.push(0.0);
            }
        }
        DVector::from_vec(weights)
    }

    /// The scores of the classes, for weights of any number type.
    fn scores<T: Real<Scalar = f64>>(&self, weights: &[T], input: &[f64]) -> Vec<T> {
        let mut rest = weights;
        let mut signal: Vec<T> = Vec::new();
        for (layer, pair) in self.sizes.windows(2).enumerate() {
            let (now, later) = rest.split_at((pair[0] + 1) * pair[1]);
            rest = later;
            let neuron = |row: &[T]| {
                let (bias, row) = row.split_last().expect("a bias");
                let sum: T = if layer == 0 {
                    // plain inputs: only a scaling of the weights
                    row.iter().zip(input).map(|(w, x)| *w * *x).sum()
                } else {
                    row.iter().zip(&signal).map(|(w, x)| *w * *x).sum()
                };
                let sum = sum + *bias;
                if layer + 2 < self.sizes.len() { sum.tanh() } else { sum }
            };
            signal = now.chunks(pair[0] + 1).map(neuron).collect();
        }
        signal
    }

    /// Mean cross-entropy, with a little weight decay.
    fn loss<T: Real<Scalar = f64>>(&self, weights: &[T], examples: &[Example]) -> T {
        let entropy: T = examples
            .iter()
            .map(|(input, class)| {
                let scores = self.scores(weights, input);
                log_sum_exp(&scores) - scores[*class]
            })
            .sum();
        let decay: T = weights.iter().map(|w| *w * *w).sum();
        entropy / examples.len() as f64 + decay * 1e-4
    }

    fn class(&self, weights: &[f64], input: &[f64]) -> usize {
        let scores = self.scores(weights, input);
        (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0)
    }

    fn accuracy(&self, weights: &[f64], examples: &[Example]) -> f64 {
        let right = examples.iter().filter(|(x, class)| self.class(weights, x) == *class).count();
        right as f64 / examples.len() as f64
    }
}

/// The losses on the way: after how many seconds, and how large.
type Curve = Vec<(f64, f64)>;

/// Gradient descent with momentum (Polyak, 1964) on the whole set of examples.
fn momentum(
    network: &Network,
    examples: &[Example],
    weights: &mut DVector<f64>,
    steps: u64,
    rate: f64,
) -> Curve {
    let bar = progress("momentum", steps);
    let mut velocity = DVector::zeros(weights.len());
    let (mut curve, start) = (Curve::new(), Instant::now());
    for _ in 0..steps {
        let (loss, slope) = gradient(|w| network.loss(w.as_slice(), examples), &*weights);
        velocity = velocity * 0.9 - slope * rate;
        *weights += &velocity;
        curve.push((start.elapsed().as_secs_f64(), loss));
        bar.set_message(message(network, examples, weights, loss));
        bar.inc(1);
    }
    bar.finish();
    curve
}

/// Newton's method whose linear systems H s = -g are solved by conjugate gradients, with H only in products
/// (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm 7.1).
fn newton_cg(
    network: &Network,
    examples: &[Example],
    weights: &mut DVector<f64>,
    steps: u64,
) -> Curve {
    let bar = progress("Newton-CG", steps);
    let plain = |w: &DVector<f64>| network.loss(w.as_slice(), examples);
    let (mut curve, start) = (Curve::new(), Instant::now());
    for _ in 0..steps {
        let (loss, slope) = gradient(|w| network.loss(w.as_slice(), examples), &*weights);
        curve.push((start.elapsed().as_secs_f64(), loss));
        bar.set_message(message(network, examples, weights, loss));
        bar.inc(1);
        let product =
            |v: &DVector<f64>| hvp(|w| network.loss(w.as_slice(), examples), &*weights, v).2;
        let mut step = conjugate_gradients(product, &slope);
        // Backtrack until the loss falls in proportion to the step.
        let promised = step.dot(&slope);
        let mut length = 1.0;
        while plain(&(&*weights + &step)) > loss + 1e-4 * length * promised && length > 1e-6 {
            step *= 0.5;
            length *= 0.5;
        }
        *weights += &step;
        if slope.norm() < 1e-6 {
            break;
        }
    }
    bar.finish();
    curve
}

/// Solves H s = -g inexactly; stops at a direction of negative curvature.
fn conjugate_gradients(
    product: impl Fn(&DVector<f64>) -> DVector<f64>,
    slope: &DVector<f64>,
) -> DVector<f64> {
    let tolerance = slope.norm() * slope.norm().sqrt().min(0.5);
    let mut step = DVector::zeros(slope.len());
    let mut residual = slope.clone();
    let mut direction = -slope;
    for k in 0..20 {
        let curved = product(&direction);
        let curvature = direction.dot(&curved);
        if curvature <= 0.0 {
            return if k == 0 { direction } else { step };
        }
        let squared = residual.norm_squared();
        let alpha = squared / curvature;
        step += &direction * alpha;
        residual += curved * alpha;
        if residual.norm() < tolerance {
            break;
        }
        direction = &direction * (residual.norm_squared() / squared) - &residual;
    }
    step
}

fn message(network: &Network, examples: &[Example], weights: &DVector<f64>, loss: f64) -> String {
    let accuracy = 100.0 * network.accuracy(weights.as_slice(), examples);
    format!("loss {loss:.4}, accuracy {accuracy:5.1} %")
}

fn progress(name: &'static str, steps: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:10} [{bar:30}] {pos:>4}/{len} {msg}")
        .expect("a valid template")
        .progress_chars("=> ");
    ProgressBar::new(steps).with_style(style).with_prefix(name)
}

/// Two half circles, interleaved, with noise: 2 × 100 points.
fn moons() -> Result<(), Box<dyn Error>> {
    let mut random = Random(2026);
    let mut examples: Vec<Example> = Vec::new();
    for i in 0..200 {
        let (class, t) = (i % 2, std::f64::consts::PI * random.between(0.0, 1.0));
        let (x, y) = match class {
            0 => (t.cos(), t.sin()),
            _ => (1.0 - t.cos(), 0.5 - t.sin()),
        };
        let noise = |random: &mut Random| 0.12 * random.normal();
        examples.push((vec![x + noise(&mut random), y + noise(&mut random)], class));
    }
    let network = Network { sizes: &[2, 16, 16, 2] };
    let mut weights = network.start(&mut random);
    println!("two moons: {} points, {} parameters", examples.len(), weights.len());
    let curve = momentum(&network, &examples, &mut weights, 250, 0.1);
    let accuracy = network.accuracy(weights.as_slice(), &examples);
    println!("accuracy {:.1} %", 100.0 * accuracy);
    cost_of_a_gradient(&network, &examples, &weights);
    let moons = Moons { network: &network, weights: &weights, examples: &examples, curve };
    save(&svg((1040, 480), |area| moons.draw(area))?, "train-moons")?;
    if accuracy < 0.97 {
        return Err(format!("the moons were learnt to {:.1} % only", 100.0 * accuracy).into());
    }
    Ok(())
}

/// Fisher's iris: every third flower is kept for the test.
fn iris() -> Result<(), Box<dyn Error>> {
    let examples = iris_data()?;
    let (test, train): (Vec<_>, Vec<_>) =
        examples.iter().cloned().enumerate().partition(|(i, _)| i % 3 == 0);
    let (test, train): (Vec<Example>, Vec<Example>) =
        (test.into_iter().map(|(_, e)| e).collect(), train.into_iter().map(|(_, e)| e).collect());
    let network = Network { sizes: &[4, 8, 3] };
    let start = network.start(&mut Random(7));
    println!("\niris: {} flowers, {} parameters", examples.len(), start.len());
    let mut by_momentum = start.clone();
    let slow = momentum(&network, &train, &mut by_momentum, 400, 0.1);
    let mut weights = start;
    let fast = newton_cg(&network, &train, &mut weights, 40);
    for (name, w) in [("momentum", &by_momentum), ("Newton-CG", &weights)] {
        println!(
            "{name:10} accuracy {:.1} % of the training set, {:.1} % of the test set, {:.1} % of all",
            100.0 * network.accuracy(w.as_slice(), &train),
            100.0 * network.accuracy(w.as_slice(), &test),
            100.0 * network.accuracy(w.as_slice(), &examples),
        );
    }
    cost_of_a_gradient(&network, &train, &weights);
    let curves = [("momentum", BLUE, &slow), ("Newton-CG", VERMILION, &fast)];
    save(&svg((620, 480), |area| losses(area, &curves))?, "train-iris")?;
    let accuracy = network.accuracy(weights.as_slice(), &examples);
    if accuracy < 0.97 {
        return Err(format!("iris was learnt to {:.1} % only", 100.0 * accuracy).into());
    }
    Ok(())
}

/// The flowers, each measure scaled to mean 0 and deviation 1.
fn iris_data() -> Result<Vec<Example>, Box<dyn Error>> {
    let mut examples: Vec<Example> = Vec::new();
    for line in include_str!("../../data/iris.csv").lines().skip(1) {
        let (numbers, species) = line.rsplit_once(',').ok_or("a row without species")?;
        let input = numbers.split(',').map(str::parse).collect::<Result<Vec<f64>, _>>()?;
        let class = ["setosa", "versicolor", "virginica"].iter().position(|s| *s == species);
        examples.push((input, class.ok_or("an unknown species")?));
    }
    for k in 0..4 {
        let n = examples.len() as f64;
        let mean = examples.iter().map(|(x, _)| x[k]).sum::<f64>() / n;
        let variance = examples.iter().map(|(x, _)| (x[k] - mean).powi(2)).sum::<f64>() / n;
        for (x, _) in &mut examples {
            x[k] = (x[k] - mean) / variance.sqrt();
        }
    }
    Ok(examples)
}

/// Prints what a forward-mode gradient costs, and what reverse mode would.
fn cost_of_a_gradient(network: &Network, examples: &[Example], weights: &DVector<f64>) {
    let fastest = |f: &mut dyn FnMut() -> f64| {
        let mut seconds = f64::INFINITY;
        for _ in 0..5 {
            let start = Instant::now();
            std::hint::black_box(f());
            seconds = seconds.min(start.elapsed().as_secs_f64());
        }
        seconds
    };
    let plain = fastest(&mut || network.loss(weights.as_slice(), examples));
    let forward = fastest(&mut || gradient(|w| network.loss(w.as_slice(), examples), &*weights).0);
    let n = weights.len() as f64;
    println!(
        "one gradient of {n} parameters: {:.2} ms, {:.1} µs per parameter, {:.0} times the plain loss",
        1e3 * forward,
        1e6 * forward / n,
        forward / plain
    );
    println!(
        "(reverse mode needs about 4 times the plain loss for any number of parameters: for large \
         networks it is the better tool)"
    );
}

/// The decision boundary and the loss.
struct Moons<'a> {
    network: &'a Network,
    weights: &'a DVector<f64>,
    examples: &'a [Example],
    curve: Curve,
}

impl Moons<'_> {
    fn draw(&self, area: &Area<'_>) -> Drawn {
        let (left, right) = area.split_horizontally(560);
        let mut chart = ChartBuilder::on(&left)
            .caption("probability of the second moon", ("sans-serif", 18, &INK))
            .margin(12)
            .x_label_area_size(40)
            .y_label_area_size(48)
            .build_cartesian_2d(-1.6..2.6, -1.2..1.7)?;
        let cells = 60;
        for i in 0..cells {
            for j in 0..cells {
                let at = |k: i32, low: f64, high: f64| {
                    low + (high - low) * f64::from(k) / f64::from(cells)
                };
                let (x, y) = (at(i, -1.6, 2.6), at(j, -1.2, 1.7));
                let (x1, y1) = (at(i + 1, -1.6, 2.6), at(j + 1, -1.2, 1.7));
                let centre = [(x + x1) / 2.0, (y + y1) / 2.0];
                let s = self.network.scores(self.weights.as_slice(), &centre);
                let probability = logistic(s[1] - s[0]);
                let colour = shade(probability).filled();
                chart.draw_series([Rectangle::new([(x, y), (x1, y1)], colour)])?;
            }
        }
        for (x, class) in self.examples {
            let point = (x[0], x[1]);
            // Shape tells the classes apart as well as colour.
            if *class == 0 {
                chart.draw_series([Circle::new(point, 4, WHITE.filled())])?;
                chart.draw_series([Circle::new(point, 3, BLUE.filled())])?;
            } else {
                chart.draw_series([TriangleMarker::new(point, 6, WHITE.filled())])?;
                chart.draw_series([TriangleMarker::new(point, 4, VERMILION.filled())])?;
            }
        }
        axes(&mut chart, "x", "y")?;
        losses(&right, &[("momentum", BLUE, &self.curve)])
    }
}

/// Loss over seconds, on a logarithmic scale.
fn losses(area: &Area<'_>, curves: &[(&str, RGBColor, &Curve)]) -> Drawn {
    let points = || curves.iter().flat_map(|(_, _, curve)| curve.iter());
    let end = points().map(|p| p.0).fold(0.0, f64::max);
    let low = points().map(|p| p.1).fold(f64::INFINITY, f64::min);
    // From a power of ten, below which there would be no numbers.
    let low = 0.999 * 10_f64.powf(low.log10().floor());
    let high = points().map(|p| p.1).fold(0.0, f64::max);
    let mut chart = ChartBuilder::on(area)
        .caption("loss", ("sans-serif", 18, &INK))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..end * 1.02, (low..high * 1.2).log_scale())?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(INK.mix(0.15))
        .x_desc("seconds")
        .y_desc("mean cross-entropy")
        .label_style(("sans-serif", 14, &INK))
        .y_label_formatter(&|v| format!("{v:.2}"))
        .axis_style(INK)
        .draw()?;
    for (name, colour, curve) in curves {
        let colour = *colour;
        chart
            .draw_series(LineSeries::new(curve.iter().copied(), colour.stroke_width(2)))?
            .label(*name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 22, y)], colour.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .background_style(WHITE.mix(0.85))
        .border_style(INK.mix(0.4))
        .label_font(("sans-serif", 14, &INK))
        .draw()?;
    Ok(())
}

/// A small generator of random numbers (xorshift64*, Marsaglia 2003 and Vigna 2016), so that every run is
/// the same.
struct Random(u64);

impl Random {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11;
        low + (high - low) * bits as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal, by Box and Muller's method.
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.between(f64::MIN_POSITIVE, 1.0).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.between(0.0, 1.0)).cos()
    }
}
