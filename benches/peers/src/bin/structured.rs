//! The scoreboard's section on problems with structure: sums of small terms, sparse Jacobians and
//! Hessians, beside raddy, echidna and tiny-solver.
//!
//! ```text
//! cargo run --release -p gradual-peers --bin structured -- [--quick] [--own] [--count]
//! ```

use std::process::ExitCode;
use std::time::Duration;

use gradual_peers::speed::{Effort, structured};

const HELP: &str = "\
Prints the scoreboard of structured problems as markdown.

  --quick  smaller problems and shorter measurement
  --own    without peers, and not as markdown: task, candidate and nanoseconds, to compare two
           versions of gradual
  --count  as --own, instructions in place of times; under callgrind (benches/peers/count.py)
  --help   this text";

fn main() -> ExitCode {
    // Slow peers take most of the time; three rounds of them are enough.
    let effort = Effort { budget: Duration::from_millis(800), ..Effort::FULL };
    let mut options = structured::Options { effort, quick: false, own: false, count: false };
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--quick" => (options.effort, options.quick) = (Effort::QUICK, true),
            "--own" => options.own = true,
            "--count" => (options.own, options.count) = (true, true),
            "--help" | "-h" => {
                println!("{HELP}");
                return ExitCode::SUCCESS;
            }
            other => {
                eprintln!("structured: unknown argument {other} (--help shows the options)");
                return ExitCode::from(2);
            }
        }
    }
    match structured::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("structured: results disagree: {why}");
            ExitCode::FAILURE
        }
    }
}
