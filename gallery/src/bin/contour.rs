//! Draws filled contours of a function, its gradient field, its critical points, and the ways that
//! gradient descent, momentum and Newton's method take from one start.
//!
//!     cargo run --release -p gradual-gallery --bin contour -- himmelblau

use std::error::Error;
use std::process::ExitCode;

use gradual::{CriticalKind, gradient};
use nalgebra::{Vector2, vector};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use gradual_gallery::contours::Grid;
use gradual_gallery::surfaces::Surface;
use gradual_gallery::{
    BLUE, INK, PURPLE, Picture, VERMILION, descent, save, shade, surface_argument,
};

fn main() -> ExitCode {
    let result = surface_argument("contour").and_then(|surface| match surface {
        Some(surface) => save(&Contour { surface }, &format!("contour-{}", surface.name()))
            .map_err(|error| format!("contour: {error}")),
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

struct Contour {
    surface: Surface,
}

type Plane<'a, B> = ChartContext<'a, B, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// A way downhill: its name, colour and points.
type Way = (&'static str, RGBColor, Vec<Vector2<f64>>);

impl Picture for Contour {
    fn size(&self) -> (u32, u32) {
        (980, 760)
    }

    fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Result<(), Box<dyn Error>>
    where
        B::ErrorType: 'static,
    {
        let surface = self.surface;
        area.fill(&WHITE)?;
        let (left, right) = area.split_horizontally(740);
        let [x0, x1, y0, y1] = surface.window();
        let mut chart = ChartBuilder::on(&left)
            .caption(format!("f(x, y) = {}", surface.formula()), ("sans-serif", 22, &INK))
            .margin(12)
            .x_label_area_size(40)
            .y_label_area_size(48)
            .build_cartesian_2d(x0..x1, y0..y1)?;
        let grid = Grid::new(surface.window(), 100, |x, y| surface.at(&vector![x, y]));
        let levels = grid.levels(10);
        fill(&mut chart, &grid, &levels)?;
        arrows(&mut chart, surface)?;
        let ways: [Way; 3] = [
            ("gradient descent", VERMILION, descent::gradient_descent(surface, 400)),
            ("with momentum", PURPLE, descent::momentum(surface, 400, 0.9)),
            ("Newton's method", BLUE, descent::newton(surface, 40)),
        ];
        lines(&mut chart, &grid, &levels, &ways)?;
        for (_, colour, path) in &ways {
            way(&mut chart, *colour, path)?;
        }
        let start = surface.start();
        origin(&left, chart.backend_coord(&(start[0], start[1])))?;
        for (point, kind) in surface.critical_points() {
            marker(&left, chart.backend_coord(&(point[0], point[1])), kind)?;
        }
        chart
            .configure_mesh()
            .disable_mesh()
            .axis_style(INK)
            .x_desc("x")
            .y_desc("y")
            .label_style(("sans-serif", 15, &INK))
            .draw()?;
        legend(&right, &ways, &levels)
    }
}

/// The band of the value `v` between levels, as a fraction from 0 to 1.
fn band(v: f64, levels: &[f64]) -> f64 {
    levels.iter().filter(|level| v > **level).count() as f64 / levels.len() as f64
}

/// The bands between the levels, as runs of cells of one colour.
fn fill<B: DrawingBackend>(
    chart: &mut Plane<'_, B>,
    grid: &Grid,
    levels: &[f64],
) -> Result<(), Box<dyn Error>>
where
    B::ErrorType: 'static,
{
    let n = grid.cells();
    for j in 0..n {
        // The value in the middle of a cell decides.
        let colour = |i: usize| {
            let corners = [(i, j), (i + 1, j), (i, j + 1), (i + 1, j + 1)];
            let mean = corners.iter().map(|&(i, j)| grid.values[j][i]).sum::<f64>() / 4.0;
            band(mean, levels)
        };
        let mut start = 0;
        while start < n {
            let mut end = start + 1;
            while end < n && colour(end) == colour(start) {
                end += 1;
            }
            let corners =
                [grid.point(start as f64, j as f64), grid.point(end as f64, (j + 1) as f64)];
            chart.draw_series([Rectangle::new(corners, shade(colour(start)).filled())])?;
            start = end;
        }
    }
    Ok(())
}

/// Points all along a way.
fn dense(path: &[Vector2<f64>]) -> Vec<(f64, f64)> {
    let between = |pair: &[Vector2<f64>]| {
        let (a, b) = (pair[0], pair[1]);
        (0..=20).map(move |k| a.lerp(&b, f64::from(k) / 20.0)).map(|p| (p[0], p[1]))
    };
    path.windows(2).flat_map(between).collect()
}

/// Level lines, with the level written on the longest line of each.
fn lines<B: DrawingBackend>(
    chart: &mut Plane<'_, B>,
    grid: &Grid,
    levels: &[f64],
    ways: &[Way],
) -> Result<(), Box<dyn Error>>
where
    B::ErrorType: 'static,
{
    let [x0, x1, y0, y1] = grid.window;
    let mut taken: Vec<(f64, f64)> = ways.iter().flat_map(|(_, _, path)| dense(path)).collect();
    for &level in levels {
        let found = grid.lines(level);
        for line in &found {
            chart.draw_series([PathElement::new(line.clone(), INK.mix(0.55))])?;
        }
        // A label goes where it is clear of the frame, of the ways and of the other labels.
        let clear = |&(x, y): &(f64, f64)| {
            let (u, v) = ((x - x0) / (x1 - x0), (y - y0) / (y1 - y0));
            let inside = (0.06..0.94).contains(&u) && (0.04..0.96).contains(&v);
            inside
                && taken.iter().all(|&(a, b)| {
                    ((x - a) / (x1 - x0)).abs() > 0.09 || ((y - b) / (y1 - y0)).abs() > 0.045
                })
        };
        let longest = found.iter().max_by_key(|line| line.len());
        let Some(place) = longest.and_then(|line| {
            let middle = line.len() / 2;
            line[middle..].iter().chain(&line[..middle]).copied().find(clear)
        }) else {
            continue;
        };
        taken.push(place);
        let text = format!("{level}");
        let half = 4 + 4 * text.len() as i32;
        let anchor = Pos::new(HPos::Center, VPos::Center);
        let style = ("sans-serif", 13, &INK).into_text_style(chart.plotting_area()).pos(anchor);
        let label = EmptyElement::at(place)
            + Rectangle::new([(-half, -8), (half, 8)], WHITE.mix(0.75).filled())
            + Text::new(text, (0, 0), style);
        chart.draw_series([label])?;
    }
    Ok(())
}

/// The direction of steepest ascent on a grid of points; all arrows have one length.
fn arrows<B: DrawingBackend>(
    chart: &mut Plane<'_, B>,
    surface: Surface,
) -> Result<(), Box<dyn Error>>
where
    B::ErrorType: 'static,
{
    let [x0, x1, y0, y1] = surface.window();
    let count = 17;
    let (dx, dy) = ((x1 - x0) / f64::from(count), (y1 - y0) / f64::from(count));
    for i in 0..count {
        for j in 0..count {
            let tail = vector![x0 + dx * (f64::from(i) + 0.5), y0 + dy * (f64::from(j) + 0.5)];
            let (_, g) = gradient(|v| surface.at(v), &tail);
            // As it looks on the picture, where both axes have the same length.
            let seen = vector![g[0] * dx, g[1] * dy];
            if seen.norm() == 0.0 {
                continue;
            }
            let along = seen.normalize() * 0.38;
            let across = vector![-along[1], along[0]];
            let at = |v: Vector2<f64>| (tail[0] + v[0] * dx, tail[1] + v[1] * dy);
            let style = INK.mix(0.45);
            chart.draw_series([
                PathElement::new(vec![at(-along), at(along)], style),
                PathElement::new(
                    vec![at(along * 0.4 + across * 0.4), at(along), at(along * 0.4 - across * 0.4)],
                    style,
                ),
            ])?;
        }
    }
    Ok(())
}

/// One way downhill: a white outline below, so that it shows on every colour, and its steps as dots.
fn way<B: DrawingBackend>(
    chart: &mut Plane<'_, B>,
    colour: RGBColor,
    path: &[Vector2<f64>],
) -> Result<(), Box<dyn Error>>
where
    B::ErrorType: 'static,
{
    let points: Vec<(f64, f64)> = path.iter().map(|p| (p[0], p[1])).collect();
    chart.draw_series([PathElement::new(points.clone(), WHITE.stroke_width(5))])?;
    chart.draw_series([PathElement::new(points.clone(), colour.stroke_width(3))])?;
    if points.len() < 60 {
        chart.draw_series(points.iter().map(|p| Circle::new(*p, 3, colour.filled())))?;
    }
    Ok(())
}

/// The shape of a critical point around the origin of the screen, y down: a disc for a minimum, a
/// triangle for a maximum, a cross for a saddle, a square for a degenerate point.
fn outline(kind: CriticalKind) -> Vec<(i32, i32)> {
    match kind {
        CriticalKind::LocalMinimum => (0..16)
            .map(|k| f64::from(k) * std::f64::consts::TAU / 16.0)
            .map(|t| ((7.0 * t.cos()).round() as i32, (7.0 * t.sin()).round() as i32))
            .collect(),
        CriticalKind::LocalMaximum => vec![(0, -9), (8, 6), (-8, 6)],
        CriticalKind::Saddle { .. } => vec![
            (-8, -5),
            (-5, -8),
            (0, -3),
            (5, -8),
            (8, -5),
            (3, 0),
            (8, 5),
            (5, 8),
            (0, 3),
            (-5, 8),
            (-8, 5),
            (-3, 0),
        ],
        CriticalKind::Degenerate => vec![(-6, -6), (6, -6), (6, 6), (-6, 6)],
    }
}

/// A critical point at a place of the screen: black with a white edge.
fn marker<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    (x, y): (i32, i32),
    kind: CriticalKind,
) -> Result<(), Box<dyn Error>>
where
    B::ErrorType: 'static,
{
    let shape: Vec<(i32, i32)> = outline(kind).into_iter().map(|(a, b)| (x + a, y + b)).collect();
    let closed: Vec<(i32, i32)> = shape.iter().chain(&shape[..1]).copied().collect();
    area.draw(&Polygon::new(shape, BLACK.filled()))?;
    area.draw(&PathElement::new(closed, WHITE.stroke_width(2)))?;
    Ok(())
}

/// The start of the ways: a white disc with a dark ring.
fn origin<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    at: (i32, i32),
) -> Result<(), Box<dyn Error>>
where
    B::ErrorType: 'static,
{
    area.draw(&Circle::new(at, 7, INK.filled()))?;
    area.draw(&Circle::new(at, 4, WHITE.filled()))?;
    Ok(())
}

/// What the lines, markers and colours mean, beside the picture.
fn legend<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    ways: &[Way],
    levels: &[f64],
) -> Result<(), Box<dyn Error>>
where
    B::ErrorType: 'static,
{
    let middle = Pos::new(HPos::Left, VPos::Center);
    let style = ("sans-serif", 15, &INK).into_text_style(area).pos(middle);
    let mut y = 70;
    let text =
        |line: &str, x: i32, y: i32| area.draw(&Text::new(line.to_string(), (x, y), style.clone()));
    for (name, colour, path) in ways {
        area.draw(&PathElement::new(vec![(8, y), (40, y)], colour.stroke_width(3)))?;
        text(name, 50, y)?;
        let steps = path.len() - 1;
        text(&format!("{steps} step{}", if steps == 1 { "" } else { "s" }), 50, y + 19)?;
        y += 48;
    }
    origin(area, (24, y))?;
    text("start", 50, y)?;
    y += 40;
    for (kind, name) in [
        (CriticalKind::LocalMinimum, "local minimum"),
        (CriticalKind::LocalMaximum, "local maximum"),
        (CriticalKind::Saddle { index: 1 }, "saddle"),
    ] {
        marker(area, (24, y), kind)?;
        text(name, 50, y)?;
        y += 28;
    }
    y += 12;
    let arrow = INK.mix(0.6);
    area.draw(&PathElement::new(vec![(10, y), (38, y)], arrow))?;
    area.draw(&PathElement::new(vec![(31, y - 5), (38, y), (31, y + 5)], arrow))?;
    text("steepest ascent", 50, y)?;
    y += 40;
    text("f(x, y)", 8, y)?;
    y += 18;
    // From high to low, as on a map's scale.
    for k in (0..=levels.len()).rev() {
        let colour = shade(k as f64 / levels.len() as f64);
        area.draw(&Rectangle::new([(8, y), (40, y + 24)], colour.filled()))?;
        if k > 0 {
            text(&levels[k - 1].to_string(), 50, y + 24)?;
        }
        y += 24;
    }
    Ok(())
}
