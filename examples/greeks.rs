//! The sensitivities of a European call to third order, by Black and Scholes, a day to expiry: at the money, ten per cent and
//! thirty per cent out of it, where the price has a hundred and forty zeros behind its point and still all its
//! derivatives. Each is compared with a reference, made by differences in 700-bit arithmetic.
//!
//!     cargo run --release --example greeks --features special

use std::process::ExitCode;

use gradual::special::norm_cdf;
use gradual::{Real, third_derivatives};

const SPOT: f64 = 100.0;
const VOLATILITY: f64 = 0.2;
const TIME: f64 = 1.0 / 365.0;
const RATE: f64 = 0.03;

const NAMES: [&str; 8] = ["price", "delta", "gamma", "vega", "vanna", "speed", "zomma", "ultima"];

/// The strikes, and what belongs to the names.
const REFERENCES: [(f64, [f64; 8]); 3] = [
    (
        100.0,
        [
            0.42173508903501217,
            0.505220249352226,
            0.3810564521701227,
            2.087980559836289,
            -0.0052199513995907195,
            -0.008573770173827761,
            -1.9052170114581184,
            -0.011083397230138212,
        ],
    ),
    (
        110.0,
        [
            5.493989682672725e-21,
            4.888298811886019e-20,
            4.295457901073636e-19,
            2.3536755622321295e-18,
            2.0464159055756223e-17,
            3.726118111873363e-18,
            1.7557436353356032e-16,
            3.883049746382854e-13,
        ],
    ),
    (
        130.0,
        [
            3.7063615932889808e-140,
            8.900505835905161e-139,
            2.1331177821186075e-137,
            1.1688316614348535e-136,
            2.7979771817250124e-135,
            5.1020421210839104e-136,
            6.684401120293221e-134,
            1.1459128136142267e-129,
        ],
    ),
];

/// The price, at a spot and a volatility of any number.
fn call<T: Real<Scalar = f64>>(strike: f64, spot: T, volatility: T) -> T {
    let deviation = volatility * TIME.sqrt();
    let drift = (volatility * volatility * 0.5 + RATE) * TIME;
    let d1 = ((spot / strike).ln() + drift) / deviation;
    spot * norm_cdf(d1) - norm_cdf(d1 - deviation) * (strike * (-RATE * TIME).exp())
}

fn main() -> ExitCode {
    if let Some(argument) = std::env::args().nth(1) {
        println!("Greeks of a call to third order. Usage: greeks (no arguments)");
        if argument != "--help" {
            eprintln!("greeks: unknown argument '{argument}'");
            return ExitCode::FAILURE;
        }
        return ExitCode::SUCCESS;
    }
    let mut worst = 0.0_f64;
    for (strike, references) in REFERENCES {
        let (price, g, h, t) = third_derivatives(
            |[spot, volatility]| call(strike, spot, volatility),
            [SPOT, VOLATILITY],
        );
        let greeks = [price, g[0], h[0][0], g[1], h[0][1], t[0][0][0], t[0][0][1], t[1][1][1]];
        println!("strike {strike}");
        for ((name, greek), reference) in NAMES.iter().zip(greeks).zip(references) {
            let error = (greek / reference - 1.0).abs();
            worst = worst.max(error);
            println!("  {name:<7}{greek:>24.15e}   relative error {error:.0e}");
        }
    }
    // The formula itself loses a part of the digits: at d1 = -25 the rounding of d1 - σ√T changes φ(d2) by 25 roundings, and
    // the terms with φ, which cancel in the derivatives, are larger than the rest by 1/(σ√T) = 100 at each order.
    if worst < 1e-9 {
        ExitCode::SUCCESS
    } else {
        eprintln!("greeks: a relative error of {worst:.1e}");
        ExitCode::FAILURE
    }
}
