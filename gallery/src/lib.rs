//! What the programs of the gallery share: surfaces to look at, colours, and files to draw into.

pub mod contours;
pub mod descent;
pub mod surfaces;

use std::error::Error;
use std::path::PathBuf;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::{FontStyle, register_font};

/// Okabe and Ito's colours, which the colour-blind can tell apart.
pub const VERMILION: RGBColor = RGBColor(213, 94, 0);
pub const BLUE: RGBColor = RGBColor(0, 114, 178);
pub const PURPLE: RGBColor = RGBColor(148, 52, 110);
pub const INK: RGBColor = RGBColor(40, 40, 40);

/// The colour of the fraction `t` from low to high: viridis mixed with white, so that dark lines show.
pub fn shade(t: f64) -> RGBColor {
    let RGBColor(r, g, b) = ViridisRGB.get_color(t.clamp(0.0, 1.0));
    let light = |c: u8| (f64::from(c) * 0.62 + 255.0 * 0.38) as u8;
    RGBColor(light(r), light(g), light(b))
}

/// A drawing that works on every backend.
pub trait Picture {
    fn size(&self) -> (u32, u32);
    fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Result<(), Box<dyn Error>>
    where
        B::ErrorType: 'static;
}

/// Draws the picture as SVG and as PNG under `target/pictures`, and says where.
pub fn save(picture: &impl Picture, name: &str) -> Result<(), Box<dyn Error>> {
    // The PNG needs a font of its own; a fresh machine may have none.
    register_font("sans-serif", FontStyle::Normal, dejavu::sans::regular())
        .map_err(|_| "the embedded font is not readable")?;
    let folder = PathBuf::from("target/pictures");
    std::fs::create_dir_all(&folder)?;
    let svg = folder.join(format!("{name}.svg"));
    let png = folder.join(format!("{name}.png"));
    for path in [&svg, &png] {
        if path == &svg {
            let area = SVGBackend::new(path, picture.size()).into_drawing_area();
            picture.draw(&area)?;
            area.present()?;
        } else {
            let area = BitMapBackend::new(path, picture.size()).into_drawing_area();
            picture.draw(&area)?;
            area.present()?;
        }
        println!("wrote {}", path.display());
    }
    Ok(())
}

/// The surface that the command line names; `None` after `--help` and `--list`.
pub fn surface_argument(program: &str) -> Result<Option<surfaces::Surface>, String> {
    let names = || surfaces::ALL.map(|s| s.name()).join(", ");
    let mut arguments = std::env::args().skip(1);
    let Some(argument) = arguments.next() else {
        return Ok(Some(surfaces::Surface::Himmelblau));
    };
    if let Some(extra) = arguments.next() {
        return Err(format!("{program}: unexpected argument '{extra}'; try --help"));
    }
    match argument.as_str() {
        "--help" | "-h" => {
            println!("usage: {program} [FUNCTION | --list]\nFUNCTION is one of {}", names());
            Ok(None)
        }
        "--list" => {
            for surface in surfaces::ALL {
                println!("{:12} {}", surface.name(), surface.formula());
            }
            Ok(None)
        }
        name => match surfaces::ALL.into_iter().find(|s| s.name() == name) {
            Some(surface) => Ok(Some(surface)),
            None => Err(format!("{program}: no function '{name}'; there are {}", names())),
        },
    }
}
