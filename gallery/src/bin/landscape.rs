//! Draws the surface of a function as terrain, with the tangent plane (gradient) and the second-order
//! paraboloid (Hessian) at a point.
//!
//!     cargo run --release -p gradual-gallery --bin landscape -- himmelblau

use std::process::ExitCode;

use gradual_gallery::plots::landscape;
use gradual_gallery::save;
use gradual_gallery::surfaces::of_the_command_line;

fn main() -> ExitCode {
    of_the_command_line("landscape", |surface| {
        let title = format!("f(x, y) = {}", surface.formula());
        let svg = landscape(
            |v| surface.at(v),
            surface.window(),
            &title,
            ["x", "y"],
            surface.point_of_interest(),
        )?;
        save(&svg, &format!("landscape-{}", surface.name()))
    })
}
