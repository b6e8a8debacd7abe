//! Speed scoreboard: gradual beside other ways to differentiate, measured in one process with the
//! candidates taking turns, least time of many repetitions, after all results have been compared.
//!
//! ```text
//! cargo run --release -p gradual-peers --bin speed -- [--quick] [--own] [--count] [--only <function>] [--jax <python>]
//! ```

use std::process::ExitCode;

use gradual_peers::peers::jax::Jax;
use gradual_peers::speed::{Board, Effort, report};

const HELP: &str = "\
Prints the speed scoreboard as markdown.

  --quick             short measurement, and without the slowest row
  --own               without peers, and not as markdown: function, candidate and nanoseconds,
                      to compare two versions of gradual
  --count             as --own, instructions in place of times; under callgrind
                      (benches/peers/count.py)
  --jax <python>      beside JAX too, which this Python has (pip install jax)
  --only <function>   only functions whose name contains this (rosenbrock, ackley, helmholtz,
                      lennard, network, bundle)
  --help              this text";

fn main() -> ExitCode {
    let board = match parse(std::env::args().skip(1)) {
        Ok(Some(board)) => board,
        Ok(None) => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(why) => {
            eprintln!("speed: {why} (--help shows the options)");
            return ExitCode::from(2);
        }
    };
    let own = board.own;
    match board.run() {
        Ok(rows) if rows.is_empty() => {
            eprintln!("speed: no function of that name (--help lists them)");
            ExitCode::from(2)
        }
        Ok(rows) => {
            if own {
                report::print_times(&rows);
            } else {
                report::print(&rows);
            }
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("speed: no times are given, because results disagree: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The board that the arguments ask for; `None` when they ask for help.
fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Board>, String> {
    let mut board = Board {
        effort: Effort::FULL,
        quick: false,
        own: false,
        count: false,
        jax: None,
        only: None,
    };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => {
                board.quick = true;
                board.effort = Effort::QUICK;
            }
            "--own" => board.own = true,
            "--count" => (board.own, board.count) = (true, true),
            "--jax" => {
                let python = arguments.next().ok_or("--jax needs a Python that has it")?;
                let (jax, version) = Jax::start(&python)?;
                eprintln!("{version}");
                board.jax = Some(jax);
            }
            "--only" => {
                let function = arguments.next().ok_or("--only needs the name of a function")?;
                board.only = Some(function.to_lowercase());
            }
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("unknown argument {other}")),
        }
    }
    Ok(Some(board))
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn board(arguments: &[&str]) -> Result<Option<(bool, bool, Option<String>)>, String> {
        let arguments = arguments.iter().map(|a| (*a).to_owned());
        Ok(parse(arguments)?.map(|board| (board.quick, board.own, board.only)))
    }

    #[test]
    fn arguments() {
        assert_eq!(board(&[]), Ok(Some((false, false, None))));
        let only = Some("ackley".to_owned());
        assert_eq!(board(&["--quick", "--only", "Ackley"]), Ok(Some((true, false, only))));
        assert_eq!(board(&["--own"]), Ok(Some((false, true, None))));
        assert_eq!(board(&["--help"]), Ok(None));
        assert!(board(&["--only"]).is_err());
        assert!(board(&["--jax", "/no/such/python"]).is_err());
        assert!(board(&["--fast"]).is_err());
    }
}
