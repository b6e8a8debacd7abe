//! Draws the surface of a function as terrain, with the tangent plane (gradient) and the second-order
//! paraboloid (Hessian) at a point.
//!
//!     cargo run --release -p gradual-gallery --bin landscape -- himmelblau

use std::error::Error;
use std::process::ExitCode;

use gradual::{classify_hessian, hessian};
use nalgebra::{Matrix2, Vector2, vector};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use gradual_gallery::surfaces::Surface;
use gradual_gallery::{BLUE, INK, Picture, VERMILION, save, shade, surface_argument};

fn main() -> ExitCode {
    let result = surface_argument("landscape").and_then(|surface| match surface {
        Some(surface) => {
            let name = format!("landscape-{}", surface.name());
            save(&Landscape::new(surface), &name).map_err(|error| format!("landscape: {error}"))
        }
        None => Ok(()),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// A surface, a point on it, and the derivatives there.
struct Landscape {
    surface: Surface,
    point: Vector2<f64>,
    value: f64,
    gradient: Vector2<f64>,
    hessian: Matrix2<f64>,
    /// The lowest and the highest value shown.
    heights: [f64; 2],
}

/// A piece of a surface: corners in the unit cube, and a colour.
struct Patch {
    corners: [[f64; 3]; 4],
    colour: RGBAColor,
    edge: RGBAColor,
}

const CELLS: usize = 32;

impl Landscape {
    fn new(surface: Surface) -> Self {
        let point = surface.point_of_interest();
        let (value, gradient, hessian) = hessian(|v| surface.at(v), &point);
        let [x0, x1, y0, y1] = surface.window();
        let mut heights = [f64::INFINITY, f64::NEG_INFINITY];
        for i in 0..=CELLS {
            for j in 0..=CELLS {
                let (s, t) = (i as f64 / CELLS as f64, j as f64 / CELLS as f64);
                let z = surface.at(&vector![x0 + (x1 - x0) * s, y0 + (y1 - y0) * t]);
                heights = [heights[0].min(z), heights[1].max(z)];
            }
        }
        Self { surface, point, value, gradient, hessian, heights }
    }

    /// The plane through the point with the gradient's slope.
    fn plane(&self, v: &Vector2<f64>) -> f64 {
        self.value + self.gradient.dot(&(v - self.point))
    }

    /// The Taylor polynomial of second order.
    fn paraboloid(&self, v: &Vector2<f64>) -> f64 {
        let d = v - self.point;
        self.plane(v) + d.dot(&(self.hessian * d)) / 2.0
    }

    /// A point of space in the unit cube.
    fn scaled(&self, v: &Vector2<f64>, z: f64) -> [f64; 3] {
        let [x0, x1, y0, y1] = self.surface.window();
        let [low, high] = self.heights;
        [(v[0] - x0) / (x1 - x0), (v[1] - y0) / (y1 - y0), (z - low) / (high - low)]
    }

    /// A surface over the rectangle around `centre`, in patches; those that leave the cube are left out.
    fn patches(
        &self,
        centre: Vector2<f64>,
        size: Vector2<f64>,
        cells: usize,
        height: impl Fn(&Vector2<f64>) -> f64,
        colour: impl Fn(f64) -> [RGBAColor; 2],
    ) -> Vec<Patch> {
        let corner = |i: usize, j: usize| {
            let at = |k: usize| k as f64 / cells as f64 - 0.5;
            let v = centre + vector![size[0] * at(i), size[1] * at(j)];
            self.scaled(&v, height(&v))
        };
        let mut patches = Vec::new();
        for i in 0..cells {
            for j in 0..cells {
                let corners =
                    [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)];
                if corners.iter().flatten().all(|c| (-1e-9..=1.0 + 1e-9).contains(c)) {
                    let z = corners.iter().map(|c| c[2]).sum::<f64>() / 4.0;
                    let [colour, edge] = colour(z);
                    patches.push(Patch { corners, colour, edge });
                }
            }
        }
        patches
    }
}

/// The direction of view: the cube turned about its vertical axis, seen from above.
struct View {
    turn: f64,
    tilt: f64,
}

const VIEW: View = View { turn: 0.62, tilt: 0.55 };

impl View {
    /// Where a point of the cube is on the screen, and how far away it is.
    fn project(&self, [x, y, z]: [f64; 3]) -> ((i32, i32), f64) {
        let (x, y, z) = (x - 0.5, y - 0.5, (z - 0.5) * 0.75);
        let (right, back) =
            (x * self.turn.cos() - y * self.turn.sin(), x * self.turn.sin() + y * self.turn.cos());
        let up = z * self.tilt.cos() + back * self.tilt.sin();
        let depth = back * self.tilt.cos() - z * self.tilt.sin();
        let scale = 460.0;
        ((390 + (right * scale) as i32, 400 - (up * scale) as i32), depth)
    }
}

impl Picture for Landscape {
    fn size(&self) -> (u32, u32) {
        (980, 760)
    }

    fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Result<(), Box<dyn Error>>
    where
        B::ErrorType: 'static,
    {
        area.fill(&WHITE)?;
        let [x0, x1, y0, y1] = self.surface.window();
        let size = vector![x1 - x0, y1 - y0];
        let centre = vector![(x0 + x1) / 2.0, (y0 + y1) / 2.0];
        let terrain = |v: &Vector2<f64>| self.surface.at(v);
        let mut patches =
            self.patches(centre, size, CELLS, terrain, |z| [shade(z).mix(0.9), INK.mix(0.25)]);
        let plane = |v: &Vector2<f64>| self.plane(v);
        let paraboloid = |v: &Vector2<f64>| self.paraboloid(v);
        let tint = |colour: RGBColor| move |_| [colour.mix(0.30), colour.mix(0.75)];
        patches.extend(self.patches(self.point, size * 0.34, 8, plane, tint(BLUE)));
        patches.extend(self.patches(self.point, size * 0.34, 12, paraboloid, tint(VERMILION)));

        frame(area)?;
        // The farthest first.
        let depth = |p: &Patch| p.corners.iter().map(|c| VIEW.project(*c).1).sum::<f64>();
        patches.sort_by(|a, b| depth(b).total_cmp(&depth(a)));
        for patch in &patches {
            let shape: Vec<(i32, i32)> = patch.corners.iter().map(|c| VIEW.project(*c).0).collect();
            let outline: Vec<(i32, i32)> = shape.iter().chain(&shape[..1]).copied().collect();
            area.draw(&Polygon::new(shape, patch.colour.filled()))?;
            area.draw(&PathElement::new(outline, patch.edge))?;
        }
        let (at, _) = VIEW.project(self.scaled(&self.point, self.value));
        area.draw(&Circle::new(at, 6, WHITE.filled()))?;
        area.draw(&Circle::new(at, 4, BLACK.filled()))?;
        labels(area, self)?;
        legend(area, self)
    }
}

/// The floor of the cube and three uprights.
fn frame<B: DrawingBackend>(area: &DrawingArea<B, Shift>) -> Result<(), Box<dyn Error>>
where
    B::ErrorType: 'static,
{
    let grey = INK.mix(0.4);
    for k in 0..=4 {
        let t = f64::from(k) / 4.0;
        for line in [[[t, 0.0, 0.0], [t, 1.0, 0.0]], [[0.0, t, 0.0], [1.0, t, 0.0]]] {
            area.draw(&PathElement::new(line.map(|p| VIEW.project(p).0).to_vec(), grey))?;
        }
    }
    for upright in [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0]] {
        let line = [0.0, 1.0].map(|z| VIEW.project([upright[0], upright[1], z]).0);
        area.draw(&PathElement::new(line.to_vec(), grey))?;
    }
    Ok(())
}

/// The names of the axes, and numbers at their ends.
fn labels<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    landscape: &Landscape,
) -> Result<(), Box<dyn Error>>
where
    B::ErrorType: 'static,
{
    let [x0, x1, y0, y1] = landscape.surface.window();
    let [low, high] = landscape.heights;
    let middle = Pos::new(HPos::Center, VPos::Center);
    let style = ("sans-serif", 15, &INK).into_text_style(area).pos(middle);
    let labels = [
        ([0.0, -0.07, 0.0], format!("{x0}")),
        ([0.5, -0.12, 0.0], "x".into()),
        ([1.0, -0.07, 0.0], format!("{x1}")),
        ([-0.06, 0.06, 0.0], format!("{y0}")),
        ([-0.12, 0.5, 0.0], "y".into()),
        ([-0.06, 0.94, 0.0], format!("{y1}")),
        ([-0.02, 1.09, 0.06], format!("{low:.0}")),
        ([-0.02, 1.09, 0.5], "f".into()),
        ([-0.02, 1.09, 1.0], format!("{high:.0}")),
    ];
    for (place, text) in labels {
        area.draw(&Text::new(text, VIEW.project(place).0, style.clone()))?;
    }
    Ok(())
}

fn legend<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    landscape: &Landscape,
) -> Result<(), Box<dyn Error>>
where
    B::ErrorType: 'static,
{
    let left = Pos::new(HPos::Left, VPos::Center);
    let text = |line: String, x: i32, y: i32, size: i32| {
        let style = ("sans-serif", size, &INK).into_text_style(area).pos(left);
        area.draw(&Text::new(line, (x, y), style))
    };
    text(format!("f(x, y) = {}", landscape.surface.formula()), 30, 30, 22)?;
    let Landscape { point, value, gradient, hessian, .. } = landscape;
    let key = |colour: RGBAColor, y: i32| {
        area.draw(&Rectangle::new([(740, y - 8), (764, y + 8)], colour.filled()))
    };
    key(shade(0.5).mix(0.9), 90)?;
    text("the function".into(), 774, 90, 15)?;
    key(BLUE.mix(0.45), 118)?;
    text("tangent plane".into(), 774, 118, 15)?;
    key(VERMILION.mix(0.45), 146)?;
    text("paraboloid of 2nd order".into(), 774, 146, 15)?;
    area.draw(&Circle::new((752, 174), 4, BLACK.filled()))?;
    text(format!("at ({}, {})", point[0], point[1]), 774, 174, 15)?;
    let curvature = classify_hessian(hessian);
    let lines = [
        format!("f = {value:.3}"),
        format!("∇f = ({:.3}, {:.3})", gradient[0], gradient[1]),
        format!("H = ({:.2}, {:.2};", hessian[(0, 0)], hessian[(0, 1)]),
        format!("      {:.2}, {:.2})", hessian[(1, 0)], hessian[(1, 1)]),
        "curvatures of H:".into(),
        format!("{:.2} and {:.2}", curvature.eigenvalues[0], curvature.eigenvalues[1]),
    ];
    for (line, y) in lines.into_iter().zip((210..).step_by(24)) {
        text(line, 740, y, 15)?;
    }
    Ok(())
}
