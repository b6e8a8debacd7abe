//! The scoreboard's section on problems with structure: sums of small terms, sparse Jacobians and
//! Hessians, beside raddy, echidna and tiny-solver.
//!
//! ```text
//! cargo run --release -p gradual-peers --bin structured -- [--quick]
//! ```

use std::process::ExitCode;
use std::time::Duration;

use gradual_peers::speed::{Effort, structured};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let quick = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--quick"] => true,
        ["--help" | "-h"] => {
            println!("Prints the scoreboard of structured problems as markdown.\n");
            println!("  --quick  smaller problems and shorter measurement");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("structured: the one option is --quick (--help says more)");
            return ExitCode::from(2);
        }
    };
    // Slow peers take most of the time; three rounds of them are enough.
    let full = Effort { budget: Duration::from_millis(800), ..Effort::FULL };
    match structured::run(if quick { Effort::QUICK } else { full }, quick) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("structured: results disagree: {why}");
            ExitCode::FAILURE
        }
    }
}
