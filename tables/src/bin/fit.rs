//! Fits two peaks on a background to the rows of a table: parameters with standard errors.
//!
//!     fit --parquet FOLDER [--make ROWS [--files 8]] [--start 1.9,2.9,...] [--method newton|gauss-newton]
//!         [--partitions 2] [--ballista df://localhost:50050]
//!
//! `--parquet` and `--csv` take a file or a folder of them, with columns x and y. `--make` writes generated rows there first.

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use gradual_tables::{Engine, Table, fit, peaks};

struct Arguments {
    table: PathBuf,
    make: Option<usize>,
    files: usize,
    start: [f64; peaks::N],
    newton: bool,
    partitions: usize,
    ballista: Option<String>,
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    use lexopt::prelude::*;
    let partitions = std::thread::available_parallelism()?.get();
    let (mut table, mut make, mut files, mut start) = (None, None, 8, peaks::START);
    let (mut newton, mut partitions, mut ballista) = (true, partitions, None);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("parquet" | "csv") => table = Some(PathBuf::from(parser.value()?)),
            Long("make") => make = Some(parser.value()?.parse()?),
            Long("files") => files = parser.value()?.parse()?,
            Long("start") => {
                let text = parser.value()?.string()?;
                let numbers: Vec<f64> = text
                    .split(',')
                    .map(|number| number.trim().parse())
                    .collect::<Result<_, _>>()?;
                let count = numbers.len();
                start = numbers
                    .try_into()
                    .map_err(|_| format!("--start: {count} numbers for {} parameters", peaks::N))?;
            }
            Long("method") => {
                newton = match parser.value()?.string()?.as_str() {
                    "newton" => true,
                    "gauss-newton" => false,
                    other => return Err(format!("no method {other}: newton, gauss-newton").into()),
                }
            }
            Long("partitions") => partitions = parser.value()?.parse::<usize>()?.max(1),
            Long("ballista") => ballista = Some(parser.value()?.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let table = table.ok_or("which table? --parquet or --csv, with a file or a folder")?;
    Ok(Arguments { table, make, files, start, newton, partitions, ballista })
}

#[cfg(feature = "ballista")]
async fn remote(
    address: &str,
    table: &Table,
    loss: &gradual_tables::Loss<{ peaks::N }>,
    partitions: usize,
) -> Result<Engine<{ peaks::N }>, Box<dyn Error>> {
    Ok(Engine::remote(address, table, loss, partitions).await?)
}

#[cfg(not(feature = "ballista"))]
async fn remote(
    _: &str,
    _: &Table,
    _: &gradual_tables::Loss<{ peaks::N }>,
    _: usize,
) -> Result<Engine<{ peaks::N }>, Box<dyn Error>> {
    Err("this program was built without the feature ballista".into())
}

async fn run() -> Result<(), Box<dyn Error>> {
    let arguments = arguments()?;
    if let Some(rows) = arguments.make {
        peaks::write(&arguments.table, rows, arguments.files)?;
    }
    let table = Table::open(&arguments.table)?;
    let loss = if arguments.newton { peaks::newton() } else { peaks::gauss_newton() };
    let engine = match &arguments.ballista {
        Some(address) => remote(address, &table, &loss, arguments.partitions).await?,
        None => Engine::embedded(&table, &loss, arguments.partitions).await?,
    };

    let clock = Instant::now();
    let found = fit(&engine, arguments.start, |step| {
        println!(
            "step {}: loss {:.12e}, the largest change {:.1e}",
            step.number, step.loss, step.change
        );
    })
    .await?;
    let seconds = clock.elapsed().as_secs_f64();
    println!(
        "{} rows of {} files, {} left out for a null; {} steps, {seconds:.3} s",
        found.rows,
        table.files().len(),
        found.left_out,
        found.steps
    );
    for i in 0..peaks::N {
        let (p, error) = (found.parameters[i], found.standard_errors[i]);
        println!("p{i} = {p:.10} ± {error:.1e}   bits {:016x}", p.to_bits());
    }
    Ok(())
}

#[tokio::main]
async fn main() {
    if let Err(error) = run().await {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
