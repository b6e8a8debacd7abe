//! Random programs: straight-line code over the variables, every operation drawn from a seeded generator.

use gradual::{Real, Scalar, ScalarFunction, VectorFunction};

#[path = "../common/generator.rs"]
mod generator;

pub use generator::Random;

impl Random {
    /// Uniform between `low` and `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub fn point(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.between(-1.5, 1.5)).collect()
    }
}

/// One operation on earlier results, which are counted from the variables on.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A constant that generic code has lifted.
    Constant(f64),
    Add(usize, usize),
    Subtract(usize, usize),
    Multiply(usize, usize),
    Divide(usize, usize),
    Scale(usize, f64),
    Shift(usize, f64),
    Reduce(usize, f64),
    /// A function of one argument by its number.
    Bend(usize, u8),
    Hypot(usize, usize),
    Atan2(usize, usize),
    MulAdd(usize, usize, usize),
    Midpoint(usize, usize),
    Max(usize, usize),
    /// One of two results, by the sign of a third.
    Choose(usize, usize, usize),
    /// The sum of the results from one number on, up to another.
    Sum(usize, usize),
}

/// A program over `n` variables.
#[derive(Clone, Debug)]
pub struct Program {
    n: usize,
    steps: Vec<Step>,
    outputs: Vec<usize>,
}

impl Program {
    /// Any operations on any earlier results.
    pub fn anything(random: &mut Random, n: usize, steps: usize, outputs: usize) -> Self {
        let mut program = Self { n, steps: Vec::new(), outputs: Vec::new() };
        for count in n..n + steps {
            // Operands are recent ones half of the time, so that programs become deep.
            let mut operand = || {
                let r = random.below(2 * count);
                if r < count { r } else { count - 1 - random.below(count.min(4)) }
            };
            let operands = [operand(), operand(), operand()];
            let step = step(random, operands);
            program.steps.push(step);
        }
        let last = n + steps;
        program.outputs = (0..outputs).map(|_| last - 1 - random.below(steps)).collect();
        program
    }

    /// Terms of a few variables each, added up, subtracted, weighted, in nested sums and means; now and then
    /// a curved function of such a sum.
    pub fn of_terms(random: &mut Random, n: usize) -> Self {
        let mut program = Self { n, steps: Vec::new(), outputs: Vec::new() };
        let mut sums = Vec::new();
        for _ in 0..1 + random.below(4) {
            let mut sum = None;
            for _ in 0..1 + random.below(8) {
                let term = program.term(random);
                sum = Some(match (sum, random.below(4)) {
                    (None, _) => term,
                    (Some(sum), 0) => program.push(Step::Subtract(sum, term)),
                    (Some(sum), 1) => program.push(Step::Add(term, sum)),
                    (Some(sum), _) => program.push(Step::Add(sum, term)),
                });
            }
            let mut sum = sum.unwrap_or(0);
            for _ in 0..random.below(3) {
                let c = random.between(-2.0, 2.0);
                sum = match random.below(6) {
                    0 => program.push(Step::Reduce(sum, c)),
                    1 => program.push(Step::Shift(sum, c)),
                    2 => {
                        let c = program.push(Step::Constant(c));
                        program.push(Step::Multiply(c, sum))
                    }
                    3 => {
                        let c = program.push(Step::Constant(c));
                        program.push(Step::MulAdd(sum, c, sum))
                    }
                    4 if random.below(12) == 0 => {
                        program.push(Step::Bend(sum, random.below(9) as u8))
                    }
                    _ => program.push(Step::Scale(sum, c)),
                };
            }
            sums.push(sum);
        }
        // Sums of sums, one of them perhaps twice.
        let mut total = sums[0];
        for _ in 0..random.below(2 * sums.len()) {
            let other = sums[random.below(sums.len())];
            total = match random.below(5) {
                0 => program.push(Step::Subtract(total, other)),
                1 => program.push(Step::Midpoint(other, total)),
                2 => program.push(Step::Max(total, other)),
                _ => program.push(Step::Add(total, other)),
            };
        }
        program.outputs.push(total);
        program
    }

    fn push(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.n + self.steps.len() - 1
    }

    /// A few operations on up to three variables.
    fn term(&mut self, random: &mut Random) -> usize {
        let first = random.below(self.n);
        let mut own: Vec<usize> =
            (0..1 + random.below(3)).map(|k| (first + k * k) % self.n).collect();
        for _ in 0..random.below(5) {
            let mut operand = || own[random.below(own.len())];
            let operands = [operand(), operand(), operand()];
            let step = step(random, operands);
            own.push(self.push(step));
        }
        own[own.len() - 1]
    }

    /// The number of variables.
    pub fn inputs(&self) -> usize {
        self.n
    }

    /// Does it select by value?
    pub fn selects(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Max(..) | Step::Choose(..)))
    }

    fn results<T: Real>(&self, x: &[T]) -> Vec<T> {
        let literal = T::Scalar::literal;
        let mut r = x.to_vec();
        for &step in &self.steps {
            r.push(match step {
                Step::Constant(c) => T::literal(c),
                Step::Add(a, b) => r[a] + r[b],
                Step::Subtract(a, b) => r[a] - r[b],
                Step::Multiply(a, b) => r[a] * r[b],
                Step::Divide(a, b) => r[a] / (r[b] * r[b] + literal(1.5)),
                Step::Scale(a, c) => r[a] * literal(c),
                Step::Shift(a, c) => -r[a] + literal(c),
                Step::Reduce(a, c) => r[a] / literal(c.abs() + 1.0),
                Step::Bend(a, which) => bend(r[a], which),
                Step::Hypot(a, b) => r[a].hypot(r[b] + literal(2.5)),
                Step::Atan2(a, b) => r[a].atan2(r[b] + literal(2.5)),
                Step::MulAdd(a, b, c) => r[a].mul_add(r[b], r[c]),
                Step::Midpoint(a, b) => r[a].midpoint(r[b]),
                Step::Max(a, b) => r[a].max(r[b]),
                Step::Choose(a, b, c) => {
                    if r[a] > T::zero() {
                        r[b]
                    } else {
                        r[c]
                    }
                }
                Step::Sum(a, b) => r[a..b].iter().sum(),
            });
        }
        r
    }
}

fn step(random: &mut Random, [a, b, c]: [usize; 3]) -> Step {
    match random.below(20) {
        0 => Step::Constant(random.between(-2.0, 2.0)),
        1 => Step::Subtract(a, b),
        2..=4 => Step::Multiply(a, b),
        5 => Step::Divide(a, b),
        6 => Step::Scale(a, random.between(-2.0, 2.0)),
        7 => Step::Shift(a, random.between(-2.0, 2.0)),
        8..=10 => Step::Bend(a, random.below(9) as u8),
        11 => Step::Hypot(a, b),
        12 => Step::Atan2(a, b),
        13 => Step::MulAdd(a, b, c),
        14 => Step::Midpoint(a, b),
        15 => Step::Max(a, b),
        16 => Step::Choose(a, b, c),
        17 => Step::Sum(a.min(b), a.max(b)),
        _ => Step::Add(a, b),
    }
}

fn bend<T: Real>(x: T, which: u8) -> T {
    let (half, one) = (T::Scalar::literal(0.5), T::Scalar::literal(1.0));
    match which {
        0 => x.sin(),
        1 => x.tanh(),
        2 => x.powi(2),
        3 => (x * x + one).sqrt(),
        4 => (-x * x).exp(),
        5 => x.atan(),
        6 => (x * x + one).ln(),
        7 => (x * x + half).powf(T::literal(1.5)),
        _ => x.cos(),
    }
}

impl<S: Scalar> ScalarFunction<S> for Program {
    fn eval<T: Real<Scalar = S>>(&self, x: &[T]) -> T {
        self.results(x)[self.outputs[0]]
    }
}

impl<S: Scalar> VectorFunction<S> for Program {
    fn eval<T: Real<Scalar = S>>(&self, x: &[T]) -> Vec<T> {
        let results = self.results(x);
        self.outputs.iter().map(|&output| results[output]).collect()
    }
}
