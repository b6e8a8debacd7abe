//! The beginning of a program.

use std::error::Error;

use mpi::topology::SimpleCommunicator;
use mpi::traits::*;

/// Initialises MPI and runs a program on every rank; the main thread alone may call MPI.
///
/// A panic on any thread of any rank, or an error, ends the whole run with a message: without that the other ranks would wait
/// for ever for this one.
///
/// # Panics
/// If MPI is initialised already.
pub fn on_every_rank(program: impl FnOnce(&SimpleCommunicator) -> Result<(), Box<dyn Error>>) {
    let (universe, _) =
        mpi::initialize_with_threading(mpi::Threading::Funneled).expect("MPI is initialised once");
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        report(panic);
        SimpleCommunicator::world().abort(101);
    }));
    let world = universe.world();
    if let Err(error) = program(&world) {
        eprintln!("rank {}: {error}", world.rank());
        world.abort(1);
    }
}

/// The number behind `--side`, of programs that have no other argument.
///
/// # Errors
/// Any other argument, and what is no number.
pub fn side_from_arguments(otherwise: usize) -> Result<usize, lexopt::Error> {
    use lexopt::prelude::*;
    let (mut side, mut parser) = (otherwise, lexopt::Parser::from_env());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("side") => side = parser.value()?.parse()?,
            other => return Err(other.unexpected()),
        }
    }
    Ok(side)
}
