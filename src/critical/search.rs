//! The search for a critical point, in plain floats.

use alloc::vec::Vec;

use num_traits::Float;

use super::arrival::{kind, with_zeros};
use super::classification::CriticalKind;
use super::error::CriticalPointErrorKind;
use super::model::{Model, Step};
use super::problem::{Local, Problem};

/// What a search makes smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// The gradient, to reach a critical point of any kind.
    Rest,
    /// The value.
    Minimum,
    /// The negative of the value.
    Maximum,
}

impl Goal {
    /// By which the function is multiplied, so that its value falls.
    pub(super) fn sign(self) -> f64 {
        if self == Self::Maximum { -1.0 } else { 1.0 }
    }
}

/// The end of a search.
pub(super) struct End {
    pub(super) here: Local,
    pub(super) iterations: usize,
    /// The kind of the critical point; or why there is none.
    pub(super) outcome: Result<CriticalKind, CriticalPointErrorKind>,
}

/// The largest number of steps to one goal.
const MAX_ITERATIONS: usize = 300;

/// So many steps in sequence that do not become shorter are a flight to infinity.
const MAX_STRIDES: usize = 200;

/// So many steps that are not Newton's are a crawl along a valley of ‖∇f‖, which hardly leads to zero.
const MAX_STRUGGLES: usize = 25;

/// So often the radius of one step is made smaller.
const MAX_CUTS: usize = 200;

/// Where a step is so much shorter than the way to here, the convergence is over, or as good as rounding
/// admits.
const RESOLUTION: f64 = 4.0;

/// Searches for a critical point of any kind near the start; where the gradient cannot be made smaller
/// there, for a minimum, then for a maximum.
///
/// The first search ends at a minimum of ‖∇f‖, which need not be zero. The other two have the value as their
/// merit, and reach a critical point whenever the function is bounded on that side.
pub(super) fn search(problem: &mut Problem<'_>, start: &[f64]) -> End {
    let start = (problem.evaluate)(start);
    if !start.is_finite() {
        return End { here: start, iterations: 0, outcome: Err(CriticalPointErrorKind::NotFinite) };
    }
    if start.point.is_empty() {
        // The one point of the space is isolated.
        return End { here: start, iterations: 0, outcome: Ok(CriticalKind::LocalMinimum) };
    }
    let mut iterations = 0;
    let mut nearest = None;
    for goal in [Goal::Rest, Goal::Minimum, Goal::Maximum] {
        let mut search = Search::new(problem, start.clone());
        let mut result = search.run(goal);
        if goal != Goal::Rest && result == Err(CriticalPointErrorKind::Stuck) {
            // As low as the values can tell; the last digits are the gradient's.
            search.pause();
            result = search.run(Goal::Rest);
        }
        iterations += search.iterations;
        let (here, reach) = (search.here, search.reach);
        match result {
            Ok(resolution) => {
                let here = with_zeros(problem, here, &resolution);
                let kind = kind(problem, &here, &resolution, &reach);
                return End { here, iterations, outcome: Ok(kind) };
            }
            // The first search comes nearest, as it makes the gradient small.
            Err(kind) => nearest = nearest.or(Some((here, kind))),
        }
    }
    let (here, kind) = nearest.expect("the first search failed as well");
    End { here, iterations, outcome: Err(kind) }
}

struct Search<'a, 'b> {
    problem: &'a mut Problem<'b>,
    here: Local,
    /// The largest size of each coordinate on the way since the steps became shorter and shorter.
    reach: Vec<f64>,
    /// The last step, and the radius of the next one as a multiple of it.
    last: Option<(Vec<f64>, f64)>,
    /// The gradient at the start.
    slope: Vec<f64>,
    /// The size of the start, or of the first changes, of each coordinate.
    origin: Vec<f64>,
    /// The largest size of each part of the gradient on the way.
    steepest: Vec<f64>,
    /// Steps in sequence that did not become shorter.
    strides: usize,
    /// Steps that were not Newton's.
    struggles: usize,
    /// Is the convergence slow, as it is to a point where the Hessian is singular?
    linear: bool,
    iterations: usize,
}

impl<'a, 'b> Search<'a, 'b> {
    fn new(problem: &'a mut Problem<'b>, here: Local) -> Self {
        let sizes = |parts: &[f64]| parts.iter().map(|part| part.abs()).collect::<Vec<_>>();
        Self {
            reach: sizes(&here.point),
            origin: sizes(&here.point),
            steepest: sizes(&here.gradient),
            slope: here.gradient.clone(),
            problem,
            here,
            last: None,
            strides: 0,
            struggles: 0,
            linear: false,
            iterations: 0,
        }
    }

    /// How far the critical point may be from here in each coordinate; or why there is none.
    fn run(&mut self, goal: Goal) -> Result<Vec<f64>, CriticalPointErrorKind> {
        while self.iterations < MAX_ITERATIONS {
            if let Some(outcome) = self.advance(goal) {
                return outcome;
            }
            self.iterations += 1;
        }
        Err(CriticalPointErrorKind::NoConvergence)
    }

    /// Forgets the last step, for a search with another goal from here.
    fn pause(&mut self) {
        (self.last, self.linear) = (None, false);
        (self.strides, self.struggles) = (0, 0);
    }

    /// Takes a step, or ends the search.
    fn advance(&mut self, goal: Goal) -> Option<Result<Vec<f64>, CriticalPointErrorKind>> {
        if self.is_lost() {
            return Some(Err(CriticalPointErrorKind::Runaway));
        }
        if self.here.gradient.iter().all(|g| *g == 0.0) {
            return Some(Ok(self.resolution(&[])));
        }
        let model = Model::new(&self.here);
        let newton = model.newton();
        let within = |sizes: &[f64], tolerance: f64| {
            newton.change.iter().zip(sizes).all(|(s, x)| s.abs() <= tolerance * x)
        };
        let sizes: Vec<f64> = self.here.point.iter().map(|x| x.abs()).collect();
        let tolerance = RESOLUTION * self.problem.epsilon;
        if within(&sizes, tolerance) && self.has_fallen(&model, 1.0)
            || self.linear && within(&self.reach, tolerance) && self.has_fallen(&model, self.much())
        {
            return Some(Ok(self.resolution(&newton.change)));
        }
        if goal == Goal::Rest && model.is_stuck(16.0 * self.problem.epsilon) {
            return Some(self.settled(&model, &newton).ok_or(CriticalPointErrorKind::Stuck));
        }
        if self.strides > MAX_STRIDES {
            return Some(Err(CriticalPointErrorKind::Runaway));
        }
        if goal == Goal::Rest && self.struggles > MAX_STRUGGLES {
            return Some(Err(CriticalPointErrorKind::Stuck));
        }
        let mut radius = self
            .last
            .as_ref()
            .map_or(model.typical_length(), |(step, factor)| factor * model.length(step));
        for _ in 0..MAX_CUTS {
            let step = model.step(goal, radius);
            let next: Vec<f64> = self
                .here
                .point
                .iter()
                .zip(&step.change)
                .map(|(x, s)| (self.problem.round)(x + s))
                .collect();
            if next == self.here.point || !step.length.is_normal() {
                break;
            }
            let there = (self.problem.evaluate)(&next);
            let gain = if there.is_finite() { self.gain(goal, &model, &step, &there) } else { 0.0 };
            if gain > 1e-4 {
                if self.fades(&there) {
                    return Some(Err(CriticalPointErrorKind::Runaway));
                }
                let factor = if gain < 0.25 { 0.5 } else { 2.0 };
                self.walk(&model, &newton, step, factor, there);
                return None;
            }
            // No better: by rounding, or because the model ends before.
            if let Some(resolution) = self.settled(&model, &newton) {
                return Some(Ok(resolution));
            }
            radius = 0.25 * step.length;
        }
        Some(self.settled(&model, &newton).ok_or(CriticalPointErrorKind::Stuck))
    }

    /// The part of the promised improvement that came true.
    fn gain(&self, goal: Goal, model: &Model, step: &Step, there: &Local) -> f64 {
        if goal == Goal::Rest {
            let from = model.steepness(&self.here.gradient);
            let to = model.steepness(&there.gradient);
            return (from - to) * (from + to) / 2.0 / step.promise;
        }
        // Below that the values cannot tell.
        let noise = 1e3 * self.problem.epsilon * model.height(self.here.value).abs();
        if step.promise > noise {
            goal.sign() * model.height(self.here.value - there.value) / step.promise
        } else {
            0.0
        }
    }

    fn walk(&mut self, model: &Model, newton: &Step, step: Step, factor: f64, there: Local) {
        let ratio = self.last.as_ref().map_or(1.0, |(last, _)| step.length / model.length(last));
        let shorter = ratio < 0.95;
        self.linear = shorter && ratio > 0.2;
        self.strides = if shorter { 0 } else { self.strides + 1 };
        self.struggles += usize::from(step.length < 0.99 * newton.length);
        for (steepest, slope) in self.steepest.iter_mut().zip(&there.gradient) {
            *steepest = steepest.max(slope.abs());
        }
        for (origin, change) in self.origin.iter_mut().zip(&step.change) {
            if self.iterations < 10 {
                *origin = origin.max(change.abs());
            }
        }
        for (reach, (from, to)) in
            self.reach.iter_mut().zip(self.here.point.iter().zip(&there.point))
        {
            let near = from.abs().max(to.abs());
            *reach = if shorter { reach.max(near) } else { near };
        }
        self.last = Some((step.change, factor));
        self.here = there;
    }

    /// Does the function fade away, so that a part of its gradient is zero only as the numbers end? It is no
    /// more critical for it: eˣ is not at -1000.
    fn fades(&self, there: &Local) -> bool {
        let last = self.problem.min_positive / self.problem.epsilon;
        let faint = fourth_root(self.problem.min_positive);
        (0..there.point.len()).any(|i| {
            there.gradient[i] == 0.0
                && there.hessian.column(i).amax() == 0.0
                && self.here.gradient[i] != 0.0
                && self.here.gradient[i].abs() < last.max(faint * self.steepest[i])
        })
    }

    /// Is the point so far away that the numbers there hardly resolve what was the scale at the start?
    fn is_lost(&self) -> bool {
        let limit = self.much() * self.much() * self.much();
        let far = |(x, origin): (&f64, &f64)| *origin > 0.0 && x.abs() * limit > *origin;
        self.here.point.iter().zip(&self.origin).any(far)
    }

    /// How far the critical point may be: what rounding hides, or the last step.
    fn resolution(&self, newton: &[f64]) -> Vec<f64> {
        let hidden = self.reach.iter().map(|x| 8.0 * RESOLUTION * self.problem.epsilon * x);
        hidden
            .enumerate()
            .zip(&self.reach)
            .map(|((i, hidden), reach)| {
                newton.get(i).map_or(hidden, |s| hidden.max((4.0 * s.abs()).min(1e-2 * reach)))
            })
            .collect()
    }

    /// Is the gradient at most so many times that of the start or the largest on the way? At a singular point,
    /// such as 0 for the square root, Newton's steps vanish as well.
    fn has_fallen(&self, model: &Model, factor: f64) -> bool {
        let before = if factor < 1.0 { &self.steepest } else { &self.slope };
        model.steepness(&self.here.gradient) <= factor * model.steepness(before)
    }

    /// How much smaller the gradient becomes, at least, on the way to a point where the Hessian is singular.
    fn much(&self) -> f64 {
        fourth_root(self.problem.epsilon)
    }

    /// The resolution, where the gradient is zero as far as its rounding errors can tell.
    fn settled(&mut self, model: &Model, newton: &Step) -> Option<Vec<f64>> {
        let sizes: Vec<f64> = self.here.point.iter().map(|x| x.abs()).collect();
        let settled = self.has_fallen(model, 1.0) && self.is_rounding(newton, &sizes)
            || self.has_fallen(model, self.much()) && self.is_rounding(newton, &self.reach.clone());
        settled.then(|| self.resolution(&newton.change))
    }

    /// Is the gradient not larger than its errors, if the coordinates have sizes as given?
    fn is_rounding(&mut self, newton: &Step, sizes: &[f64]) -> bool {
        let n = self.here.point.len();
        let (hessian, tolerance) = (&self.here.hessian, RESOLUTION * self.problem.epsilon);
        let hidden = |errors: &[f64]| {
            self.here.gradient.iter().zip(errors).all(|(g, error)| g.abs() <= *error)
        };
        // What the last bits of the coordinates do to the gradient.
        let mut errors: Vec<f64> = (0..n)
            .map(|i| (0..n).map(|j| hessian[(i, j)].abs() * tolerance * sizes[j]).sum())
            .collect();
        if hidden(&errors) {
            return true;
        }
        if newton.change.iter().zip(sizes).any(|(s, x)| s.abs() > 1e-2 * x) {
            return false;
        }
        // The errors of its evaluation, which neighbouring points show.
        let distances: Vec<f64> = sizes.iter().map(|x| tolerance * x).collect();
        for there in self.problem.around(&self.here.point, &distances) {
            if !there.is_finite() {
                return false;
            }
            for (i, error) in self.here.departures(&there).into_iter().enumerate() {
                errors[i] = errors[i].max(8.0 * error);
            }
        }
        hidden(&errors)
    }
}

fn fourth_root(x: f64) -> f64 {
    Float::sqrt(Float::sqrt(x))
}
