//! Draws filled contours of a function, its gradient field, its critical points, and the ways that
//! gradient descent, momentum and Newton's method take from one start.
//!
//!     cargo run --release -p gradual-gallery --bin contour -- himmelblau

use std::process::ExitCode;

use gradual_gallery::plots::{BLUE, PURPLE, VERMILION, Way, contour};
use gradual_gallery::surfaces::{Surface, of_the_command_line};
use gradual_gallery::{descent, save};

fn main() -> ExitCode {
    of_the_command_line("contour", |surface| {
        let title = format!("f(x, y) = {}", surface.formula());
        let svg = contour(|v| surface.at(v), surface.window(), &title, ["x", "y"], &ways(surface))?;
        save(&svg, &format!("contour-{}", surface.name()))
    })
}

fn ways(surface: Surface) -> [Way; 3] {
    let ways = [
        ("gradient descent", VERMILION, descent::gradient_descent(surface, 400)),
        ("with momentum", PURPLE, descent::momentum(surface, 400, 0.9)),
        ("Newton's method", BLUE, descent::newton(surface, 40)),
    ];
    ways.map(|(name, colour, points)| Way { name, colour, points })
}
