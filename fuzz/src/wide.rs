//! The ends of the range: every operation of a random program on f32 numbers, against the same operation on f64 numbers.
//!
//! Between two functions a derivative may leave the range of the floats though the results do not: the curvature of ln at
//! 1e-30 is -1e60, that of the logarithm of a bell curve -1. The chain rule written out has no number there to
//! compare with, but f64 holds them all. So where the f64 result has ordinary f32 numbers for its value and its
//! derivatives, the f32 result has to have the same ones, in every kind, give or take what rounding of the arguments does to
//! them.
//!
//! A program ends where a derivative is no ordinary f32 number: nothing is promised from there on.
//!
//! Where `guarantees` promises the derivatives there may be no fault. Those beyond that, where a relative change or its square
//! leaves the range of f32, are counted by function and have a limit.

use gradual::{BlockDual, Dual, HyperDual};

use crate::faults::Tally;
use crate::kinds::{Kind, Parts};
use crate::operations::{ARGUMENTS, N, NAMES, Operation};
use crate::random::Random;

/// What rounding of the arguments does may be exceeded by this factor, in the f32 operation with all its own roundings.
const ROUNDINGS: f64 = 64.0;

/// Is it zero or well inside the range of f32?
fn ordinary(x: f64) -> bool {
    x == 0.0 || (1e-36 < x.abs() && x.abs() < 1e37)
}

/// The same in f64.
fn widened(
    operation: &Operation<f32>,
    arguments: &[Parts<f32>; ARGUMENTS],
) -> (Operation<f64>, [Parts<f64>; ARGUMENTS]) {
    let Operation { number, form, plain, exponent } = *operation;
    let plain = f64::from(plain);
    (Operation { number, form, plain, exponent }, arguments.map(|argument| argument.map(f64::from)))
}

/// What f64 says that an f32 operation gives.
struct Reference {
    exact: Parts<f64>,
    /// How far off it is for arguments that are rounded.
    spread: Parts<f64>,
}

impl Reference {
    fn new(
        operation: &Operation<f32>,
        arguments: &[Parts<f32>; ARGUMENTS],
        random: &mut Random,
    ) -> Self {
        let (operation, arguments) = widened(operation, arguments);
        let apply = |arguments: [Parts<f64>; ARGUMENTS]| {
            parts(operation.apply(arguments.each_ref().map(HyperDual::<f64, N>::make)))
        };
        let exact = apply(arguments);
        let mut spread = Parts::constant(0.0);
        for _ in 0..3 {
            let mut rounded = |x: f64| x * (1.0 + (2.0 * random.unit() - 1.0) * 2_f64.powi(-22));
            let other = apply(arguments.map(|argument| argument.map(&mut rounded).symmetric()));
            spread = spread.zip(other.zip(exact, |a, b| (a - b).abs()), |spread, difference| {
                if difference.is_nan() { f64::INFINITY } else { spread.max(difference) }
            });
        }
        Self { exact, spread }
    }

    /// Is the value the f32 one, and a number that a program can go on with?
    fn confirms(&self, value: f32) -> bool {
        let value = f64::from(value);
        ordinary(value) && (self.exact.value - value).abs() <= 1e-5 * value.abs()
    }

    /// Are the derivatives of this order, and those below, ordinary numbers of f32?
    fn is_ordinary(&self, order: usize) -> bool {
        let first = self.exact.first.iter().all(|&part| ordinary(part));
        first && (order < 2 || self.exact.second.as_flattened().iter().all(|&part| ordinary(part)))
    }

    /// The first part of a result in f32 that is not the one of f64.
    fn fault<K: Kind<f32>>(&self, result: K) -> Option<Fault> {
        let whole = self.is_ordinary(2);
        let mut fault = None;
        result.read(|i, j, got| {
            let (exact, spread) = match j {
                None => (self.exact.first[i], self.spread.first[i]),
                Some(j) if whole => (self.exact.second[i][j], self.spread.second[i][j]),
                Some(_) => return,
            };
            let allowed = 1e-4 * exact.abs() + ROUNDINGS * spread + 1e-35;
            let agrees = (f64::from(got) - exact).abs() <= allowed;
            if !agrees && fault.is_none() {
                fault = Some(Fault { kind: K::NAME, at: (i, j), got, exact });
            }
        });
        fault
    }
}

/// A derivative that is wrong.
struct Fault {
    kind: &'static str,
    at: (usize, Option<usize>),
    got: f32,
    exact: f64,
}

fn parts<S: gradual::Scalar>(x: HyperDual<S, N>) -> Parts<S> {
    Parts { value: x.value, first: x.gradient(), second: x.hessian() }
}

/// Are the relative changes so small that terms of third order are in range, which numbers of third order have, too?
fn cubes_are_in_range(arguments: &[Parts<f32>; ARGUMENTS]) -> bool {
    let (mut first, mut second) = (0.0_f64, 0.0_f64);
    for argument in arguments.map(|argument| argument.map(f64::from)) {
        let over = |largest: f64, part: &f64| largest.max((part / argument.value).abs());
        first = argument.first.iter().fold(first, over);
        second = argument.second.as_flattened().iter().fold(second, over);
    }
    first.powi(3).max(first * second) < 1e37
}

/// Are the products ordinary numbers that the rule of a quotient q = x/y forms before it divides by y, q dy, q d²y and dq dy?
fn keeps_a_quotient(operation: &Operation<f64>, arguments: &[Parts<f64>; ARGUMENTS]) -> bool {
    let divisor = match NAMES[operation.number] {
        "/" => arguments[1],
        // The plain number on the left.
        "/ plain" if operation.form % 4 == 2 => arguments[0],
        _ => return true,
    };
    let q = parts(operation.apply(arguments.each_ref().map(HyperDual::<f64, N>::make)));
    let slopes = divisor.first.iter().chain(divisor.second.as_flattened());
    let mut products = slopes.map(|part| q.value * part);
    let mut mixed = q.first.iter().flat_map(|a| divisor.first.map(|b| a * b));
    products.all(ordinary) && mixed.all(ordinary)
}

/// Does `guarantees` promise the derivatives of this result: are the relative changes of the arguments and their squares
/// ordinary numbers, and does no term of the chain rule overflow?
fn is_promised(operation: &Operation<f32>, arguments: &[Parts<f32>; ARGUMENTS]) -> bool {
    let (operation, arguments) = widened(operation, arguments);
    let values = arguments.map(|argument| argument.value);
    let local = parts(operation.apply(HyperDual::<f64, N>::variables(&values)));
    let takes_part =
        |p: &usize| local.first[*p] != 0.0 || local.second[*p].iter().any(|&second| second != 0.0);
    let in_range = |x: f64| x.abs() < 1e37;
    keeps_a_quotient(&operation, &arguments)
        && (0..ARGUMENTS).filter(takes_part).all(|p| {
            let Parts { value, first, second } = arguments[p];
            let relative = first.iter().all(|part| ordinary((part / value) * (part / value)))
                && second.as_flattened().iter().all(|part| ordinary(part / value));
            let slopes = first.iter().chain(second.as_flattened());
            let slopes = slopes.into_iter().all(|part| in_range(local.first[p] * part));
            let curvatures = (0..ARGUMENTS).filter(takes_part).all(|q| {
                let products = first.iter().flat_map(|a| arguments[q].first.map(|b| a * b));
                products.into_iter().all(|product| in_range(local.second[p][q] * product))
            });
            relative && slopes && curvatures
        })
}

/// 10 to a power in ±`decades`, of either sign.
fn wide(random: &mut Random, decades: f64) -> f32 {
    let sign = if random.below(4) == 0 { -1.0 } else { 1.0 };
    (sign * 10_f64.powf(decades * (2.0 * random.unit() - 1.0))) as f32
}

/// A number that a program starts with: of ordinary size or anywhere in the range, with parts of its own size, as those
/// of an exponential are, or a variable.
fn start(random: &mut Random) -> Parts<f32> {
    let decades = random.of(&[3.0, 36.0]);
    let value = wide(random, decades);
    if random.below(3) == 0 {
        let mut variable = Parts::constant(value);
        variable.first[random.below(N)] = 1.0;
        return variable;
    }
    let mut part = |_: f32| match random.below(4) {
        0 => 0.0,
        _ => (2.0 * random.unit() as f32 - 1.0) * value,
    };
    let parts = Parts::constant(0.0).map(&mut part).symmetric();
    Parts { value, ..parts }
}

fn operation(random: &mut Random) -> Operation<f32> {
    let number = random.below(NAMES.len());
    let decades = random.of(&[1.0, 30.0]);
    let plain = match NAMES[number] {
        "powf plain" => 8.0 * random.unit() as f32 - 4.0,
        _ => wide(random, decades),
    };
    let exponent = random.below(12) as i32 - 6;
    Operation { number, form: random.below(12), plain, exponent }
}

/// A program of a few operations, each on what the one before gave.
pub fn program(random: &mut Random, tally: &mut Tally) {
    tally.programs += 1;
    let mut arguments: [Parts<f32>; ARGUMENTS] = std::array::from_fn(|_| start(random));
    for _ in 0..2 + random.below(3) {
        let operation = operation(random);
        let result = operation.apply(arguments.each_ref().map(HyperDual::<f32, N>::make));
        let reference = Reference::new(&operation, &arguments, random);
        if !reference.confirms(result.value) {
            return;
        }
        if !reference.is_ordinary(1) {
            tally.ended += 1;
            return;
        }
        tally.operations += 1;
        let fault = fault_in::<Dual<f32, N>>(&operation, &arguments, &reference)
            .or_else(|| reference.fault(result))
            .or_else(|| fault_in::<BlockDual<f32, N, N>>(&operation, &arguments, &reference))
            .or_else(|| fault_in::<Dual<Dual<f32, N>, N>>(&operation, &arguments, &reference))
            .or_else(|| fault_in::<Dual<HyperDual<f32, N>, N>>(&operation, &arguments, &reference))
            .or_else(|| fault_in::<HyperDual<Dual<f32, N>, N>>(&operation, &arguments, &reference));
        if let Some(Fault { kind, at, got, exact }) = fault {
            let third = ["Dual<HyperDual", "HyperDual<Dual"].iter().any(|name| kind.contains(name));
            let promised =
                is_promised(&operation, &arguments) && (!third || cubes_are_in_range(&arguments));
            tally.fault(NAMES[operation.number], promised, got.is_finite(), || {
                format!(
                    "{kind} {at:?} is {got:e}, not {exact:e}, by {operation:?} of {arguments:?}"
                )
            });
            return;
        }
        if !reference.is_ordinary(2) {
            tally.ended += 1;
            return;
        }
        arguments[0] = parts(result);
    }
}

fn fault_in<K: Kind<f32>>(
    operation: &Operation<f32>,
    arguments: &[Parts<f32>; ARGUMENTS],
    reference: &Reference,
) -> Option<Fault> {
    reference.fault(operation.apply(arguments.each_ref().map(K::make)))
}
