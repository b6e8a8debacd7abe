//! Functions of two variables to look at.

use std::process::ExitCode;

use gradual::Real;

use crate::plots::{Drawn, Window};

#[derive(Clone, Copy, PartialEq)]
pub enum Surface {
    Bowl,
    Saddle,
    Himmelblau,
    Rosenbrock,
}

pub const ALL: [Surface; 4] =
    [Surface::Bowl, Surface::Saddle, Surface::Himmelblau, Surface::Rosenbrock];

impl Surface {
    /// The function itself, over any number.
    pub fn at<T: Real<Scalar = f64>>(self, [x, y]: [T; 2]) -> T {
        match self {
            Self::Bowl => x * x + y * y,
            Self::Saddle => x * x - y * y,
            Self::Himmelblau => (x * x + y - 11.0).powi(2) + (x + y * y - 7.0).powi(2),
            Self::Rosenbrock => (-x + 1.0).powi(2) + (y - x * x).powi(2) * 100.0,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Bowl => "bowl",
            Self::Saddle => "saddle",
            Self::Himmelblau => "himmelblau",
            Self::Rosenbrock => "rosenbrock",
        }
    }

    pub fn formula(self) -> &'static str {
        match self {
            Self::Bowl => "x² + y²",
            Self::Saddle => "x² - y²",
            Self::Himmelblau => "(x² + y - 11)² + (x + y² - 7)²",
            Self::Rosenbrock => "(1 - x)² + 100 (y - x²)²",
        }
    }

    /// The part of the plane that is shown: x from, x to, y from, y to.
    pub fn window(self) -> Window {
        match self {
            Self::Bowl | Self::Saddle => [-2.0, 2.0, -2.0, 2.0],
            Self::Himmelblau => [-5.0, 5.0, -5.0, 5.0],
            Self::Rosenbrock => [-2.0, 2.0, -1.0, 3.0],
        }
    }

    /// Where the descents start.
    pub fn start(self) -> [f64; 2] {
        match self {
            Self::Bowl => [-1.6, 1.2],
            Self::Saddle => [1.7, 0.05],
            Self::Himmelblau => [0.2, -4.3],
            Self::Rosenbrock => [-1.2, 1.0],
        }
    }

    /// The step size of gradient descent.
    pub fn rate(self) -> f64 {
        match self {
            Self::Bowl => 0.08,
            Self::Saddle => 0.05,
            Self::Himmelblau => 0.004,
            Self::Rosenbrock => 0.0012,
        }
    }

    /// The point at which the landscape shows its tangent plane and paraboloid.
    pub fn point_of_interest(self) -> [f64; 2] {
        match self {
            Self::Bowl => [0.8, -0.8],
            Self::Saddle => [0.6, 0.6],
            Self::Himmelblau => [0.5, -1.5],
            Self::Rosenbrock => [0.7, 1.2],
        }
    }
}

/// Runs `program` with the surface that the command line names.
pub fn of_the_command_line(program: &str, run: impl FnOnce(Surface) -> Drawn) -> ExitCode {
    let names = || ALL.map(Surface::name).join(", ");
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let surface = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--help" | "-h"] => {
            println!("usage: {program} [FUNCTION | --list]\nFUNCTION is one of {}", names());
            return ExitCode::SUCCESS;
        }
        ["--list"] => {
            for surface in ALL {
                println!("{:12} {}", surface.name(), surface.formula());
            }
            return ExitCode::SUCCESS;
        }
        [] => Ok(Surface::Himmelblau),
        [name] => ALL
            .into_iter()
            .find(|s| s.name() == name)
            .ok_or_else(|| format!("no function '{name}'; there are {}", names())),
        [_, extra, ..] => Err(format!("unexpected argument '{extra}'; try --help")),
    };
    match surface.map_err(Into::into).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{program}: {error}");
            ExitCode::FAILURE
        }
    }
}
