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
        if ladders.iter().all(|ladder| ladder.done) {
            break;
        }
        step /= 2.0;
    }
    ladders.into_iter().map(Ladder::finish).collect()
}

/// The table of extrapolations for one output.
struct Ladder {
    row: Vec<f64>,
    best: Difference,
    /// Differences of the one-sided slopes, with their noise.
    gaps: Vec<(f64, f64)>,
    /// Rows in sequence that were much worse than the best one.
    worse: usize,
    done: bool,
}

impl Ladder {
    fn new() -> Self {
        let best = Difference { slope: f64::NAN, error: f64::INFINITY, kink: false };
        Self { row: Vec::new(), best, gaps: Vec::new(), worse: 0, done: false }
    }

    /// Adds the slope for half the last step.
    fn add(&mut self, slope: f64, gap: f64, noise: f64) {
        if !slope.is_finite() {
            // A step out of the domain; the table starts again with smaller ones.
            self.row.clear();
            self.gaps.clear();
            return;
        }
        self.gaps.push((gap.abs(), noise));
        let mut row = std::vec![slope];
        let mut least = f64::INFINITY;
        let mut factor = 1.0;
        for k in 0..self.row.len().min(EXTRAPOLATIONS) {
            factor *= 4.0;
            let next = row[k] + (row[k] - self.row[k]) / (factor - 1.0);
            let error = (next - row[k]).abs().max((next - self.row[k]).abs()).max(noise);
            if error < self.best.error {
                self.best = Difference { slope: next, error, kink: false };
            }
            least = least.min(error);
            row.push(next);
        }
        self.row = row;
        self.worse = if least > 10.0 * self.best.error { self.worse + 1 } else { 0 };
        // Long enough for the one-sided slopes to show a kink as well.
        self.done = self.worse > 3 && self.gaps.len() > 10;
    }

    fn finish(mut self) -> Difference {
        // For smooth functions the gap is halved with the step until it is noise.
        let clear = self.gaps.iter().take_while(|(gap, noise)| *gap > 100.0 * noise);
        let gaps: Vec<f64> = clear.map(|(gap, _)| *gap).collect();
        let size = self.best.slope.abs();
        self.best.kink = match gaps[..] {
            [.., first, _, _, last] if gaps.len() >= 8 => last > 0.5 * first && last > 1e-6 * size,
            _ => false,
        };
        self.best
    }
}
