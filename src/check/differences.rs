//! Derivatives by extrapolated differences, with an estimate of their error: Ridders' method (Accurate computation
//! of F'(x) and F'(x)F''(x), Advances in Engineering Software 4, 1982), from steps that are halved.

use std::vec::Vec;

/// The precision of the numbers that a function is evaluated in.
#[derive(Clone, Copy)]
pub(super) struct Precision {
    pub(super) epsilon: f64,
    pub(super) round: fn(f64) -> f64,
}

/// A derivative by differences.
#[derive(Clone, Copy, Debug)]
pub(super) struct Difference {
    pub(super) slope: f64,
    /// About how far the slope may be off.
    pub(super) error: f64,
    /// Is there a kink or a jump, where left and right slopes do not approach each other?
    pub(super) kink: bool,
}

/// How often the step is halved at most.
const HALVINGS: usize = 30;

/// How many terms of the error's expansion in h² are removed at most.
const EXTRAPOLATIONS: usize = 6;

/// The derivatives of the outputs of `f` at `x` with respect to variable `j`, which has the size `scale`.
pub(super) fn differences(
    f: &mut dyn FnMut(&[f64]) -> Vec<f64>,
    x: &[f64],
    j: usize,
    scale: f64,
    precision: Precision,
) -> Vec<Difference> {
    let centre = f(x);
    let mut ladders: Vec<Ladder> = centre.iter().map(|_| Ladder::new()).collect();
    let mut at = x.to_vec();
    let mut step = scale / 8.0;
    for _ in 0..HALVINGS {
        let mut along = |offset: f64| {
            at[j] = (precision.round)(x[j] + offset);
            (at[j], f(&at))
        };
        let ((right, above), (left, below)) = (along(step), along(-step));
        if right == x[j] || left == x[j] {
            break;
        }
        for (i, ladder) in ladders.iter_mut().enumerate() {
            let (above, below) = (above.get(i).copied(), below.get(i).copied());
            let (above, below) = (above.unwrap_or(f64::NAN), below.unwrap_or(f64::NAN));
            let rightwards = (above - centre[i]) / (right - x[j]);
            let leftwards = (centre[i] - below) / (x[j] - left);
            let size = above.abs().max(below.abs()).max(centre[i].abs());
            let noise = precision.epsilon * size / step;
            ladder.add((above - below) / (right - left), rightwards - leftwards, noise);
        }
        step /= 2.0;
    }
    ladders.into_iter().map(Ladder::finish).collect()
}

/// The table of extrapolations for one output.
struct Ladder {
    /// The last row of the table.
    row: Vec<f64>,
    steps: Vec<Step>,
}

/// What one step size gives.
struct Step {
    /// The central difference.
    slope: f64,
    /// The difference of the two one-sided slopes.
    gap: f64,
    /// What rounding may do to either.
    noise: f64,
    /// The best extrapolation that ends with this step, and its error.
    best: (f64, f64),
}

impl Ladder {
    fn new() -> Self {
        Self { row: Vec::new(), steps: Vec::new() }
    }

    /// Adds the slope for half the last step.
    fn add(&mut self, slope: f64, gap: f64, noise: f64) {
        if !slope.is_finite() {
            // A step out of the domain; the table starts again with smaller ones.
            *self = Self::new();
            return;
        }
        let mut row = std::vec![slope];
        let mut best = (slope, f64::INFINITY);
        let mut factor = 1.0;
        for k in 0..self.row.len().min(EXTRAPOLATIONS) {
            factor *= 4.0;
            let next = row[k] + (row[k] - self.row[k]) / (factor - 1.0);
            let error = (next - row[k]).abs().max((next - self.row[k]).abs()).max(noise);
            if error < best.1 {
                best = (next, error);
            }
            row.push(next);
        }
        self.row = row;
        self.steps.push(Step { slope, gap: gap.abs(), noise, best });
    }

    fn finish(self) -> Difference {
        let steps = &self.steps;
        // Large steps may agree by accident, as on a fast oscillation; smaller ones refute that.
        let refuted = |k: usize, (slope, error): (f64, f64)| {
            steps[k..].windows(2).any(|pair| {
                let doubt = (pair[1].slope - pair[0].slope).abs() + pair[1].noise + error;
                (pair[1].slope - slope).abs() > 10.0 * doubt
            })
        };
        // Extrapolations agree by accident, too: the next two steps bear them out, or not.
        let borne_out = |k: usize| {
            let (slope, error) = steps[k].best;
            let others = &steps[k.min(steps.len().saturating_sub(3))..];
            let apart = |other: &Step| (slope - other.best.0).abs();
            (slope, others.iter().take(3).map(apart).fold(error, f64::max))
        };
        let (slope, error) = (0..steps.len())
            .filter(|k| !refuted(*k, steps[*k].best))
            .map(borne_out)
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .unwrap_or((f64::NAN, f64::INFINITY));
        // For smooth functions the gap is halved with the step until it is noise.
        let clear = steps.iter().take_while(|step| step.gap > 100.0 * step.noise);
        let gaps: Vec<f64> = clear.map(|step| step.gap).collect();
        let kink = match gaps[..] {
            [.., first, _, _, last] if gaps.len() >= 8 => {
                last > 0.5 * first && last > 1e-6 * slope.abs()
            }
            _ => false,
        };
        Difference { slope, error, kink }
    }
}
