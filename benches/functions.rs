//! The gradient of a function object against the call with a closure, at the same point. A static point is
//! done in one pass of exactly its size by the call, and in passes of 16 with a rest of 4, 8, 12 or 16 by the
//! object.
//!
//!     cargo bench -p gradual-benches --bench functions [-- --quick]

#[path = "support/turns.rs"]
mod turns;

use std::hint::black_box;

use gradual::{function, gradient};
use turns::{Effort, Task};

/// The least times of two tasks, in nanoseconds.
fn compare(a: &mut dyn Task, b: &mut dyn Task) -> [f64; 2] {
    turns::compare([a, b], Effort::from_arguments()).map(|seconds| 1e9 * seconds)
}

macro_rules! texts {
    ($($name:literal: |$x:ident| $body:expr;)*) => {
        fn at<const N: usize>() {
            let x: [f64; N] = std::array::from_fn(|i| 0.5 + 0.01 * i as f64);
            $(
                let object = function!(|$x| $body);
                let [call, static_object] = compare(
                    &mut || { black_box(gradient(|$x| $body, black_box(x))); },
                    &mut || { black_box(object.gradient(black_box(x))); },
                );
                let [chunks, dynamic_object] = compare(
                    &mut || { black_box(gradient(|$x| $body, black_box(&x[..]))); },
                    &mut || { black_box(object.gradient(black_box(&x[..]))); },
                );
                println!(
                    "{:12}{N:>4}{call:>12.1}{static_object:>12.1}{:>8.2}{chunks:>12.1}{dynamic_object:>12.1}{:>8.2}",
                    $name, static_object / call, dynamic_object / chunks,
                );
            )*
        }
    };
}

texts! {
    "Rosenbrock": |x| {
        x.windows(2).map(|w| (1.0 - w[0]).powi(2) + 100.0 * (w[1] - w[0] * w[0]).powi(2)).sum()
    };
    "logarithms": |x| x.iter().map(|x| (1.0 + x * x).ln()).sum();
    "all pairs": |x| x.iter().flat_map(|a| x.iter().map(move |b| a * b)).sum();
}

fn main() {
    println!("nanoseconds  n        call      object   ratio  call, slice      object   ratio");
    at::<3>();
    at::<4>();
    at::<5>();
    at::<6>();
    at::<8>();
    at::<9>();
    at::<12>();
    at::<16>();
    at::<17>();
    at::<24>();
    at::<32>();
    at::<33>();
    at::<40>();
}
