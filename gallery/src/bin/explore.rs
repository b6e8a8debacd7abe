//! A function of one to five variables, as a formula: its value, derivatives and critical points, a picture, and
//! a page on which the pointer shows them.
//!
//!     cargo run --release -p gradual-gallery --bin explore -- "x^2*y + sin(y)" --at 3,2

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use gradual_gallery::explore::{Formula, Study, page};
use gradual_gallery::plots::contour;
use gradual_gallery::write_picture;
use lexopt::prelude::*;

const HELP: &str = "\
usage: explore FORMULA [--at POINT] [--within REACH] [--picture FILE] [--html FILE]

explore \"x^2*y + sin(y)\" --at 3,2 prints the value, the partial derivatives, the gradient, the
Hessian and its eigenvalues at (3, 2), and the critical points near by.

FORMULA     + - * / ^, brackets, pi, e, variables of one letter (digits may follow: x1), and
            sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp ln log2 log10
            sqrt cbrt abs sign floor erf erfc gamma ln_gamma logistic, and of two arguments
            atan2 hypot max min pow
--at        the values of the variables in alphabetical order; 0 unless told
--within    how far to look for critical points, and half the picture's width; 5 unless told
--picture   draws contours, gradient field and critical points, as .svg or .png (two variables)
--html      writes a page that shows everything at the pointer (two variables); open it in a browser";

struct Arguments {
    formula: String,
    at: Option<Vec<f64>>,
    within: f64,
    picture: Option<PathBuf>,
    html: Option<PathBuf>,
}

/// What the command line says; `None` if it asks for help.
fn arguments() -> Result<Option<Arguments>, lexopt::Error> {
    let (mut formula, mut at, mut within, mut picture, mut html) = (None, None, 5.0, None, None);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("at") => {
                let numbers = parser.value()?.parse_with(|text| {
                    text.split(',').map(|x| x.trim().parse()).collect::<Result<Vec<f64>, _>>()
                });
                at = Some(numbers?);
            }
            Long("within") => within = parser.value()?.parse()?,
            Long("picture") => picture = Some(parser.value()?.into()),
            Long("html") => html = Some(parser.value()?.into()),
            Value(text) if formula.is_none() => formula = Some(text.string()?),
            // A formula may begin with a sign.
            Short(first) if formula.is_none() => {
                let rest = parser.optional_value().map(|rest| rest.string()).transpose()?;
                formula = Some(format!("-{first}{}", rest.unwrap_or_default()));
            }
            other => return Err(other.unexpected()),
        }
    }
    let formula = formula.ok_or("which formula? try --help")?;
    Ok(Some(Arguments { formula, at, within, picture, html }))
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let formula = Formula::parse(&arguments.formula)?;
    let origin = || vec![0.0; formula.variables().len()];
    let point = arguments.at.clone().unwrap_or_else(origin);
    let within = arguments.within;
    if !(within > 0.0 && within.is_finite()) || point.iter().any(|x| !x.is_finite()) {
        return Err("the point is made of finite numbers, and --within is positive".into());
    }
    let study = Study::new(&formula, &point, within)?;
    write!(std::io::stdout(), "{study}")?;
    if arguments.picture.is_none() && arguments.html.is_none() {
        return Ok(());
    }
    let [x, y] = point[..] else {
        return Err("pictures and pages are for formulas of two variables".into());
    };
    let window = [x - within, x + within, y - within, y + within];
    if let Some(path) = &arguments.picture {
        let title = format!("f({}) = {}", formula.variables().join(", "), formula.text());
        let names = [&*formula.variables()[0], &*formula.variables()[1]];
        write_picture(&contour(|x| formula.at(&x), window, &title, names, &[])?, path)?;
        println!("wrote {}", path.display());
    }
    if let Some(path) = &arguments.html {
        std::fs::write(path, page(&formula, window)?)?;
        println!("wrote {}", path.display());
    }
    Ok(())
}

fn main() -> ExitCode {
    let result = match arguments() {
        Ok(None) => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Some(arguments)) => run(&arguments),
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("explore: {error}");
            ExitCode::FAILURE
        }
    }
}
