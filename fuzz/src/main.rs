//! Random programs over gradual's numbers: every kind, precision and depth against each other and plain
//! floats.
//!
//! `cargo run --release -p gradual-fuzz -- --minutes 10 --seed 1`; the summary goes to the standard output as
//! markdown, progress to the standard error. Ends with an error if anything differs, or if there are more faults at the ends
//! of the range than are known.

mod calls;
mod check;
mod faults;
mod kinds;
mod operations;
mod random;
mod record;
mod wide;

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use gradual::{BlockDual, Dual, HyperDual, Scalar};

use kinds::{Kind, Parts};
use operations::{ARGUMENTS, Forms, N, NAMES, Operation};
use random::Random;
use record::Record;

/// How many numbers a program works on.
const REGISTERS: usize = 6;

/// How many operations a program has.
const LENGTH: usize = 64;

/// One call of the calculus in so many programs.
const CALLS: u64 = 16;

/// So many short programs at the ends of the range with every program.
const WIDE: usize = 100;

fn register<S: Scalar>(random: &mut Random) -> Parts<S> {
    let mut parts = Parts::constant(random.number());
    if random.below(4) > 0 {
        parts.first = std::array::from_fn(|_| random.part());
        for i in 0..N {
            for j in 0..=i {
                let second = if random.below(2) == 0 { S::zero() } else { random.part() };
                (parts.second[i][j], parts.second[j][i]) = (second, second);
            }
        }
    }
    parts
}

/// Can a program go on with it? Infinite and huge derivatives would only make more of them.
fn is_ordinary<S: Scalar>(parts: &Parts<S>) -> bool {
    let limit = S::literal(if S::epsilon() > S::literal(1e-10) { 1e12 } else { 1e90 });
    let ordinary = |x: S| x == S::zero() || (x.abs() < limit && x.abs() > limit.recip());
    parts.value.is_finite() && parts.all_derivatives(ordinary)
}

fn program<S>(random: &mut Random, record: &mut Record)
where
    S: Scalar + Forms<Scalar = S>,
    Dual<S, N>: Kind<S>,
    HyperDual<S, N>: Kind<S>,
    BlockDual<S, N, N>: Kind<S>,
    Dual<Dual<S, N>, N>: Kind<S>,
    Dual<HyperDual<S, N>, N>: Kind<S>,
    HyperDual<Dual<S, N>, N>: Kind<S>,
{
    let mut registers: [Parts<S>; REGISTERS] = std::array::from_fn(|_| register(random));
    for _ in 0..LENGTH {
        let operation = Operation {
            number: random.below(NAMES.len()),
            form: random.below(12),
            plain: random.number(),
            exponent: random.exponent(),
        };
        let arguments: [Parts<S>; ARGUMENTS] =
            std::array::from_fn(|_| registers[random.below(REGISTERS)]);
        let result = check::step(&operation, &arguments, record);
        let target = random.below(REGISTERS);
        registers[target] =
            if is_ordinary(&result) && random.below(8) > 0 { result } else { register(random) };
        record.steps[usize::from(S::epsilon() > S::literal(1e-10))] += 1;
    }
    record.programs += 1;
}

/// The arguments of the command line.
struct Arguments {
    minutes: f64,
    /// How many programs at most: the same ones on every machine.
    programs: u64,
    seed: u64,
    threads: u64,
}

fn arguments() -> Result<Arguments, String> {
    let threads = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let mut result = Arguments { minutes: 1.0, programs: u64::MAX, seed: 1, threads };
    let mut words = std::env::args().skip(1);
    while let Some(name) = words.next() {
        let word = words.next().ok_or(format!("{name} wants a number"))?;
        let bad = |e: &dyn std::fmt::Display| format!("{name} {word}: {e}");
        match name.as_str() {
            "--minutes" => result.minutes = word.parse().map_err(|e| bad(&e))?,
            "--programs" => result.programs = word.parse().map_err(|e| bad(&e))?,
            "--seed" => result.seed = word.parse().map_err(|e| bad(&e))?,
            "--threads" => result.threads = word.parse().map_err(|e| bad(&e))?,
            _ => {
                return Err(format!(
                    "{name}: known are --minutes, --programs, --seed and --threads"
                ));
            }
        }
    }
    Ok(result)
}

/// The programs of one thread.
fn run(arguments: &Arguments, thread: u64, start: Instant, operations: &AtomicU64) -> Record {
    let limit = Duration::from_secs_f64(60.0 * arguments.minutes);
    let mut record = Record::default();
    let mut reported = 0;
    for number in (thread..arguments.programs).step_by(arguments.threads.max(1) as usize) {
        let mut random = Random::new(arguments.seed, number);
        if number % 4 == 3 {
            program::<f32>(&mut random, &mut record);
        } else {
            program::<f64>(&mut random, &mut record);
        }
        if number.is_multiple_of(CALLS) {
            calls::compare(&mut random, &mut record);
        }
        for _ in 0..WIDE {
            wide::program(&mut random, &mut record.wide);
        }
        let count = record.operations();
        operations.fetch_add(count - reported, Ordering::Relaxed);
        reported = count;
        if start.elapsed() >= limit {
            break;
        }
    }
    record
}

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    let (start, operations) = (Instant::now(), AtomicU64::new(0));
    let record = thread::scope(|scope| {
        let (arguments, operations) = (&arguments, &operations);
        let threads: Vec<_> = (0..arguments.threads.max(1))
            .map(|thread| scope.spawn(move || run(arguments, thread, start, operations)))
            .collect();
        while threads.iter().any(|thread| !thread.is_finished()) {
            thread::sleep(Duration::from_millis(500));
            let (seconds, count) = (start.elapsed().as_secs(), operations.load(Ordering::Relaxed));
            eprint!(
                "\r{seconds} of {:.0} s, {:.1} million operations",
                60.0 * arguments.minutes,
                count as f64 / 1e6
            );
        }
        eprintln!();
        let mut all = Record::default();
        for thread in threads {
            all.merge(thread.join().expect("no operation panics"));
        }
        all
    });
    print!("{}", record.markdown(arguments.seed, start.elapsed().as_secs_f64()));
    let complaints = record.complaints();
    complaints.iter().for_each(|complaint| eprintln!("{complaint}"));
    let right = record.different() == 0 && complaints.is_empty();
    if right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
