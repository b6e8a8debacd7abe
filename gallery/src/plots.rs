//! Pictures of a function of two variables: [`contour`] and [`landscape`] take any closure and return the text
//! of an SVG. This file stands alone; copy it with its five dependencies (contour, dejavu, gradual, nalgebra,
//! plotters).

use std::error::Error;

use contour::ContourBuilder;
use gradual::{CriticalKind, CriticalPoint, HyperDual, classify_hessian, critical_point, hessian};
use nalgebra::{Vector2, vector};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, register_font};

/// What the closures compute with: a value, its gradient and its Hessian.
pub type Number = HyperDual<f64, 2>;

/// The part of the plane that is shown: x from, x to, y from, y to.
pub type Window = [f64; 4];

/// A way on the map, such as the steps of a descent, with its name and colour.
pub struct Way {
    pub name: &'static str,
    pub colour: RGBColor,
    pub points: Vec<[f64; 2]>,
}

/// What drawing returns.
pub type Drawn<T = ()> = Result<T, Box<dyn Error>>;

/// Where the pictures are drawn.
pub type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

type Plane<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

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

/// The text of an SVG of that size, on white.
pub fn svg(size: (u32, u32), draw: impl FnOnce(&Area<'_>) -> Drawn) -> Drawn<String> {
    // How wide a text is has to be known to centre it, and a fresh machine may have no fonts.
    register_font("sans-serif", FontStyle::Normal, dejavu::sans::regular())
        .map_err(|_| "the embedded font is not readable")?;
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        area.fill(&WHITE)?;
        draw(&area)?;
        area.present()?;
    }
    // On a page that is narrower the picture is smaller.
    Ok(text.replacen("<svg ", "<svg style=\"max-width: 100%; height: auto\" ", 1))
}

/// A number with three digits.
fn short(x: f64) -> String {
    let rounded: f64 = format!("{x:.2e}").parse().unwrap_or(x);
    let plain = rounded == 0.0 || (1e-3..1e6).contains(&rounded.abs());
    if plain { rounded.to_string() } else { format!("{rounded:e}") }
}

/// A line of text whose left end, half way up, is at `place`.
pub fn write(area: &Area<'_>, line: &str, place: (i32, i32), size: i32) -> Drawn {
    let left = Pos::new(HPos::Left, VPos::Center);
    let style = ("sans-serif", size, &INK).into_text_style(area).pos(left);
    Ok(area.draw(&Text::new(line.to_string(), place, style))?)
}

/// The critical points in a window, found from a grid of starts, sorted by value.
pub fn critical_points(
    f: impl Fn([Number; 2]) -> Number,
    [x0, x1, y0, y1]: Window,
) -> Vec<CriticalPoint<f64, [f64; 2], [[f64; 2]; 2]>> {
    let mut found: Vec<CriticalPoint<f64, [f64; 2], [[f64; 2]; 2]>> = Vec::new();
    let at = |low: f64, high: f64, k: i32| low + (high - low) * f64::from(k) / 12.0;
    for (i, j) in (0..=12).flat_map(|i| (0..=12).map(move |j| (i, j))) {
        let Ok(p) = critical_point(&f, [at(x0, x1, i), at(y0, y1, j)]) else { continue };
        let inside = (x0..=x1).contains(&p.point[0]) && (y0..=y1).contains(&p.point[1]);
        let apart = |q: &[f64; 2]| {
            ((q[0] - p.point[0]) / (x1 - x0)).hypot((q[1] - p.point[1]) / (y1 - y0)) > 1e-6
        };
        if inside && found.iter().all(|other| apart(&other.point)) {
            found.push(p);
        }
    }
    found.sort_by(|a, b| a.value.total_cmp(&b.value));
    found
}

/// Filled contours of a function, its gradient field, its critical points, and ways from one start, with a title and the
/// names of the variables.
///
/// ```
/// let svg = gradual_gallery::plots::contour(
///     |[x, y]| x.powi(2) * y + y.sin(),
///     [-3.0, 3.0, -3.0, 3.0],
///     "x² y + sin y",
///     ["x", "y"],
///     &[],
/// );
/// assert!(svg.unwrap().starts_with("<svg"));
/// ```
pub fn contour(
    f: impl Fn([Number; 2]) -> Number,
    window: Window,
    title: &str,
    names: [&str; 2],
    ways: &[Way],
) -> Drawn<String> {
    let [x0, x1, y0, y1] = window;
    svg((980, 760), |area| {
        let (left, right) = area.split_horizontally(740);
        let mut chart = ChartBuilder::on(&left)
            .caption(title, ("sans-serif", 22, &INK))
            .margin(12)
            .x_label_area_size(40)
            .y_label_area_size(48)
            .build_cartesian_2d(x0..x1, y0..y1)?;
        let grid = Grid::new(window, 120, |x, y| f([x.into(), y.into()]).value);
        let levels = grid.levels(10);
        grid.fill(&mut chart, &levels)?;
        arrows(&mut chart, window, &f)?;
        grid.lines(&mut chart, &levels, ways)?;
        for way in ways {
            // A white outline below, so that it shows on every colour, and its steps as dots.
            let points: Vec<(f64, f64)> = way.points.iter().map(|p| (p[0], p[1])).collect();
            for (colour, width) in [(WHITE, 5), (way.colour, 3)] {
                chart
                    .draw_series([PathElement::new(points.clone(), colour.stroke_width(width))])?;
            }
            if points.len() < 60 {
                let dot = |p: &(f64, f64)| Circle::new(*p, 3, way.colour.filled());
                chart.draw_series(points.iter().map(dot))?;
            }
        }
        if let Some(start) = ways.first().and_then(|way| way.points.first()) {
            origin(&left, chart.backend_coord(&(start[0], start[1])))?;
        }
        let critical = critical_points(&f, window);
        for p in &critical {
            let place = chart.backend_coord(&(p.point[0], p.point[1]));
            marker(&left, place, p.classification.kind)?;
        }
        axes(&mut chart, names[0], names[1])?;
        let kinds: Vec<CriticalKind> = critical.iter().map(|p| p.classification.kind).collect();
        contour_legend(&right, ways, &kinds, &levels)
    })
}

/// Axes with names and numbers, and no lines across.
pub fn axes(chart: &mut Plane<'_, '_>, x: &str, y: &str) -> Drawn {
    let mut mesh = chart.configure_mesh();
    let mesh = mesh.disable_mesh().axis_style(INK).label_style(("sans-serif", 15, &INK));
    Ok(mesh.x_desc(x).y_desc(y).draw()?)
}

/// Values at the corners of cells over a window, row by row.
struct Grid {
    window: Window,
    cells: usize,
    values: Vec<f64>,
}

impl Grid {
    fn new(window: Window, cells: usize, f: impl Fn(f64, f64) -> f64) -> Self {
        let [x0, x1, y0, y1] = window;
        let at = |low: f64, high: f64, i: usize| low + (high - low) * i as f64 / cells as f64;
        let row = |j| (0..=cells).map(move |i| (i, j));
        let corners = (0..=cells).flat_map(row);
        let values = corners.map(|(i, j)| f(at(x0, x1, i), at(y0, y1, j))).collect();
        Self { window, cells, values }
    }

    /// About `count` levels at even quantiles of the values, rounded to two digits.
    fn levels(&self, count: usize) -> Vec<f64> {
        let mut sorted: Vec<f64> = self.values.iter().copied().filter(|v| v.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let quantile = |k| sorted.get(sorted.len().saturating_sub(1) * k / (count + 1));
        let two_digits = |v: &f64| format!("{v:.1e}").parse().ok();
        let mut levels: Vec<f64> =
            (1..=count).filter_map(quantile).filter_map(two_digits).collect();
        levels.dedup();
        levels
    }

    /// The values without those that are not finite, and marching squares over them.
    fn marching_squares(&self) -> (ContourBuilder, Vec<f64>) {
        let finite = || self.values.iter().copied().filter(|v| v.is_finite());
        let (low, high) = finite().fold((0.0, 0.0), |(l, h), v| (v.min(l), v.max(h)));
        let tame = |v: &f64| if v.is_nan() { low } else { v.clamp(low, high) };
        let n = self.cells + 1;
        // The builder's coordinates are those of pixels, whose values are in their middles.
        (ContourBuilder::new(n, n, true), self.values.iter().map(tame).collect())
    }

    /// The place of a builder's point, within the window.
    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let [x0, x1, y0, y1] = self.window;
        let at = |low: f64, high: f64, t: f64| {
            low + (high - low) * ((t - 0.5) / self.cells as f64).clamp(0.0, 1.0)
        };
        (at(x0, x1, x), at(y0, y1, y))
    }

    /// What is above each level, over what is above the one before.
    fn fill(&self, chart: &mut Plane<'_, '_>, levels: &[f64]) -> Drawn {
        let [x0, x1, y0, y1] = self.window;
        chart.draw_series([Rectangle::new([(x0, y0), (x1, y1)], shade(0.0).filled())])?;
        let (builder, values) = self.marching_squares();
        for (k, above) in builder.contours(&values, levels)?.iter().enumerate() {
            let colour = shade((k + 1) as f64 / levels.len() as f64);
            for polygon in &above.geometry().0 {
                // Holes turn the other way; a cut to each and back makes one outline of all.
                let outside = polygon.exterior().coords();
                let holes = polygon.interiors().iter();
                let cut =
                    holes.flat_map(|hole| hole.coords().chain(polygon.exterior().coords().take(1)));
                let outline: Vec<_> = outside.chain(cut).map(|p| self.place(p.x, p.y)).collect();
                chart.draw_series([Polygon::new(outline, colour.filled())])?;
            }
        }
        // White where there is no value.
        for (k, _) in self.values.iter().enumerate().filter(|(_, v)| v.is_nan()) {
            let (i, j) = ((k % (self.cells + 1)) as f64, (k / (self.cells + 1)) as f64);
            let corners = [self.place(i, j), self.place(i + 1.0, j + 1.0)];
            chart.draw_series([Rectangle::new(corners, WHITE.filled())])?;
        }
        Ok(())
    }

    /// The lines of a level: a ring around what is above it, without its ways along the frame.
    fn open_lines(&self, ring: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let edge = self.cells as f64 + 0.5;
        let framed = |&(x, y): &(f64, f64)| x <= 0.5 || y <= 0.5 || x >= edge || y >= edge;
        // A ring that meets the frame begins there.
        let points = &ring[..ring.len().saturating_sub(1)];
        let turn = points.iter().position(framed).unwrap_or(0);
        let mut turned = [&points[turn..], &points[..turn]].concat();
        turned.extend(turned.first().copied());
        let runs = turned.split(framed).filter(|run| run.len() > 1);
        runs.map(|run| run.iter().map(|p| self.place(p.0, p.1)).collect()).collect()
    }

    /// Level lines, with the level written on the longest line of each.
    fn lines(&self, chart: &mut Plane<'_, '_>, levels: &[f64], ways: &[Way]) -> Drawn {
        let [x0, x1, y0, y1] = self.window;
        let mut taken: Vec<(f64, f64)> = ways.iter().flat_map(|way| dense(&way.points)).collect();
        let (builder, values) = self.marching_squares();
        for (rings, &level) in builder.lines(&values, levels)?.iter().zip(levels) {
            let ring = |line: &Vec<_>| self.open_lines(line);
            let rings = rings.geometry().0.iter();
            let rings: Vec<Vec<(f64, f64)>> =
                rings.map(|line| line.coords().map(|p| (p.x, p.y)).collect()).collect();
            let lines: Vec<_> = rings.iter().flat_map(ring).collect();
            for line in &lines {
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
            let longest = lines.iter().max_by_key(|line| line.len());
            let Some(place) = longest.and_then(|line| {
                let middle = line.len() / 2;
                line[middle..].iter().chain(&line[..middle]).copied().find(clear)
            }) else {
                continue;
            };
            taken.push(place);
            let text = short(level);
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
}

/// Points all along a way.
fn dense(path: &[[f64; 2]]) -> Vec<(f64, f64)> {
    let between = |pair: &[[f64; 2]]| {
        let (a, b) = (Vector2::from(pair[0]), Vector2::from(pair[1]));
        (0..=20).map(move |k| a.lerp(&b, f64::from(k) / 20.0)).map(|p| (p[0], p[1]))
    };
    path.windows(2).flat_map(between).collect()
}

/// The direction of steepest ascent on a grid of points; all arrows have one length.
fn arrows(
    chart: &mut Plane<'_, '_>,
    [x0, x1, y0, y1]: Window,
    f: impl Fn([Number; 2]) -> Number,
) -> Drawn {
    let count = 17;
    let (dx, dy) = ((x1 - x0) / f64::from(count), (y1 - y0) / f64::from(count));
    for (i, j) in (0..count).flat_map(|i| (0..count).map(move |j| (i, j))) {
        let tail = [x0 + dx * (f64::from(i) + 0.5), y0 + dy * (f64::from(j) + 0.5)];
        let (_, g, _) = hessian(&f, tail);
        // As it looks on the picture, where both axes have the same length.
        let seen = vector![g[0] * dx, g[1] * dy];
        if seen.norm() == 0.0 || !seen.norm().is_finite() {
            continue;
        }
        let along = seen.normalize() * 0.38;
        let across = vector![-along[1], along[0]];
        let at = |v: Vector2<f64>| (tail[0] + v[0] * dx, tail[1] + v[1] * dy);
        let head = [along * 0.4 + across * 0.4, along, along * 0.4 - across * 0.4];
        for line in [vec![at(-along), at(along)], head.map(at).to_vec()] {
            chart.draw_series([PathElement::new(line, INK.mix(0.45))])?;
        }
    }
    Ok(())
}

/// A critical point at a place of the screen, y down, black with a white edge: a disc for a minimum, a
/// triangle for a maximum, a cross for a saddle, a square for a degenerate point.
fn marker(area: &Area<'_>, (x, y): (i32, i32), kind: CriticalKind) -> Drawn {
    let outline: Vec<(i32, i32)> = match kind {
        CriticalKind::LocalMinimum => (0..16)
            .map(|k| f64::from(k) * std::f64::consts::TAU / 16.0)
            .map(|t| ((7.0 * t.cos()).round() as i32, (7.0 * t.sin()).round() as i32))
            .collect(),
        CriticalKind::LocalMaximum => vec![(0, -9), (8, 6), (-8, 6)],
        CriticalKind::Saddle { .. } => {
            let arm = [(-8, -5), (-5, -8), (0, -3), (5, -8), (8, -5), (3, 0)];
            arm.into_iter().chain(arm.map(|(a, b)| (-a, -b))).collect()
        }
        _ => vec![(-6, -6), (6, -6), (6, 6), (-6, 6)],
    };
    let shape: Vec<(i32, i32)> = outline.into_iter().map(|(a, b)| (x + a, y + b)).collect();
    let closed: Vec<(i32, i32)> = shape.iter().chain(&shape[..1]).copied().collect();
    area.draw(&Polygon::new(shape, BLACK.filled()))?;
    Ok(area.draw(&PathElement::new(closed, WHITE.stroke_width(2)))?)
}

/// The start of the ways: a white disc with a dark ring.
fn origin(area: &Area<'_>, at: (i32, i32)) -> Drawn {
    area.draw(&Circle::new(at, 7, INK.filled()))?;
    Ok(area.draw(&Circle::new(at, 4, WHITE.filled()))?)
}

/// What the lines, markers and colours mean, beside the picture.
fn contour_legend(area: &Area<'_>, ways: &[Way], kinds: &[CriticalKind], levels: &[f64]) -> Drawn {
    let mut y = 70;
    for way in ways {
        area.draw(&PathElement::new(vec![(8, y), (40, y)], way.colour.stroke_width(3)))?;
        write(area, way.name, (50, y), 15)?;
        let steps = way.points.len() - 1;
        let plural = if steps == 1 { "" } else { "s" };
        write(area, &format!("{steps} step{plural}"), (50, y + 19), 15)?;
        y += 48;
    }
    if !ways.is_empty() {
        origin(area, (24, y))?;
        write(area, "start", (50, y), 15)?;
        y += 40;
    }
    for (name, kind) in [
        ("local minimum", CriticalKind::LocalMinimum),
        ("local maximum", CriticalKind::LocalMaximum),
        ("saddle", CriticalKind::Saddle { index: 1 }),
        ("degenerate", CriticalKind::Degenerate),
    ] {
        if kinds.contains(&kind) {
            marker(area, (24, y), kind)?;
            write(area, name, (50, y), 15)?;
            y += 28;
        }
    }
    y += 12;
    let arrow = INK.mix(0.6);
    area.draw(&PathElement::new(vec![(10, y), (38, y)], arrow))?;
    area.draw(&PathElement::new(vec![(31, y - 5), (38, y), (31, y + 5)], arrow))?;
    write(area, "steepest ascent", (50, y), 15)?;
    y += 40;
    write(area, "f", (8, y), 15)?;
    y += 18;
    // From high to low, as on a map's scale.
    for k in (0..=levels.len()).rev() {
        let colour = shade(k as f64 / levels.len().max(1) as f64);
        area.draw(&Rectangle::new([(8, y), (40, y + 24)], colour.filled()))?;
        if k > 0 {
            write(area, &short(levels[k - 1]), (50, y + 24), 15)?;
        }
        y += 24;
    }
    Ok(())
}

/// A surface as terrain, with its tangent plane (the gradient) and its paraboloid of second order (the Hessian)
/// at a point, with a title and the names of the variables.
///
/// ```
/// let bowl = gradual_gallery::plots::landscape(
///     |[x, y]| x * x + y * y,
///     [-2.0, 2.0, -2.0, 2.0],
///     "x² + y²",
///     ["x", "y"],
///     [0.8, -0.8],
/// );
/// assert!(bowl.unwrap().contains("tangent plane"));
/// ```
pub fn landscape(
    f: impl Fn([Number; 2]) -> Number,
    window: Window,
    title: &str,
    names: [&str; 2],
    point: [f64; 2],
) -> Drawn<String> {
    let (value, gradient, curvature) = hessian(&f, point);
    let [x0, x1, y0, y1] = window;
    let plain = |x: f64, y: f64| f([x.into(), y.into()]).value;
    let grid = Grid::new(window, CELLS, plain);
    let finite = grid.values.iter().copied().filter(|v| v.is_finite());
    let (low, high) =
        finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (v.min(l), v.max(h)));
    if low >= high {
        return Err("a landscape needs different heights".into());
    }
    let plane =
        |x: f64, y: f64| value + gradient[0] * (x - point[0]) + gradient[1] * (y - point[1]);
    let paraboloid = |x: f64, y: f64| {
        let d = vector![x - point[0], y - point[1]];
        let [[xx, xy], [_, yy]] = curvature;
        plane(x, y) + (xx * d[0] * d[0] + 2.0 * xy * d[0] * d[1] + yy * d[1] * d[1]) / 2.0
    };
    let cube = |x: f64, y: f64, z: f64| {
        [(x - x0) / (x1 - x0), (y - y0) / (y1 - y0), (z - low) / (high - low)]
    };
    // The corners of a surface over a cell; none where it leaves the cube.
    let corner = |low: f64, high: f64, k: usize| low + (high - low) * k as f64 / CELLS as f64;
    let patch = |(i, j): (usize, usize), height: &Height<'_>| {
        let corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)].map(|(i, j)| {
            let (x, y) = (corner(x0, x1, i), corner(y0, y1, j));
            cube(x, y, height(x, y))
        });
        corners.iter().flatten().all(|c| (-1e-9..=1.0 + 1e-9).contains(c)).then_some(corners)
    };
    let near = |(i, j): (usize, usize)| {
        let middle = |k: usize| (k as f64 + 0.5) / CELLS as f64;
        let [u, v, _] = cube(point[0], point[1], 0.0);
        (middle(i) - u).abs() < 0.18 && (middle(j) - v).abs() < 0.18
    };
    let mut cells: Vec<(usize, usize)> =
        (0..CELLS).flat_map(|i| (0..CELLS).map(move |j| (i, j))).collect();
    // The farthest column first, and in each the lowest patch: so nothing covers what is before it.
    cells.sort_by(|a, b| {
        let far = |c: &(usize, usize)| VIEW.project([c.0 as f64, c.1 as f64, 0.0]).1;
        far(b).total_cmp(&far(a))
    });
    svg((980, 760), |area| {
        frame(area)?;
        for &cell in &cells {
            let mut patches = Vec::new();
            if let Some(corners) = patch(cell, &plain) {
                let mean = corners.iter().map(|c| c[2]).sum::<f64>() / 4.0;
                patches.push((corners, shade(mean).mix(0.8), INK.mix(0.16)));
            }
            let overlays: [(&Height<'_>, RGBColor); 2] = [(&plane, BLUE), (&paraboloid, VERMILION)];
            for (height, colour) in overlays.into_iter().filter(|_| near(cell)) {
                let corners = patch(cell, height);
                patches.extend(corners.map(|c| (c, colour.mix(0.5), colour.mix(0.6))));
            }
            patches.sort_by(|a, b| a.0[0][2].total_cmp(&b.0[0][2]));
            for (corners, fill, edge) in patches {
                let shape: Vec<(i32, i32)> = corners.map(|c| VIEW.project(c).0).to_vec();
                let outline = shape.iter().chain(&shape[..1]).copied().collect::<Vec<_>>();
                area.draw(&Polygon::new(shape, fill.filled()))?;
                area.draw(&PathElement::new(outline, edge))?;
            }
        }
        let (at, _) = VIEW.project(cube(point[0], point[1], value));
        area.draw(&Circle::new(at, 6, WHITE.filled()))?;
        area.draw(&Circle::new(at, 4, BLACK.filled()))?;
        // To a hundredth of what they differ by.
        let unit = 10_f64.powf((high - low).log10().floor() - 1.0);
        let height = |z: f64| short((z / unit).round() * unit);
        let centre = Pos::new(HPos::Center, VPos::Center);
        let style = ("sans-serif", 15, &INK).into_text_style(area).pos(centre);
        for (place, text) in [
            ([0.0, -0.07, 0.0], format!("{x0}")),
            ([0.5, -0.12, 0.0], names[0].into()),
            ([1.0, -0.07, 0.0], format!("{x1}")),
            ([-0.06, 0.06, 0.0], format!("{y0}")),
            ([-0.12, 0.5, 0.0], names[1].into()),
            ([-0.06, 0.94, 0.0], format!("{y1}")),
            ([-0.02, 1.09, 0.06], height(low)),
            ([-0.02, 1.09, 0.5], "f".into()),
            ([-0.02, 1.09, 1.0], height(high)),
        ] {
            area.draw(&Text::new(text, VIEW.project(place).0, style.clone()))?;
        }
        write(area, title, (30, 30), 22)?;
        landscape_legend(area, point, value, gradient, curvature)
    })
}

/// The height of a surface over the plane.
type Height<'a> = dyn Fn(f64, f64) -> f64 + 'a;

/// The cells of a landscape along each side.
const CELLS: usize = 32;

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
        let right = x * self.turn.cos() - y * self.turn.sin();
        let back = x * self.turn.sin() + y * self.turn.cos();
        let up = z * self.tilt.cos() + back * self.tilt.sin();
        let depth = back * self.tilt.cos() - z * self.tilt.sin();
        ((390 + (right * 460.0) as i32, 400 - (up * 460.0) as i32), depth)
    }
}

/// The floor of the cube and three uprights.
fn frame(area: &Area<'_>) -> Drawn {
    let line = |from: [f64; 3], to: [f64; 3]| {
        let ends = vec![VIEW.project(from).0, VIEW.project(to).0];
        area.draw(&PathElement::new(ends, INK.mix(0.4)))
    };
    for t in (0..=4).map(|k| f64::from(k) / 4.0) {
        line([t, 0.0, 0.0], [t, 1.0, 0.0])?;
        line([0.0, t, 0.0], [1.0, t, 0.0])?;
    }
    for [x, y] in [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0]] {
        line([x, y, 0.0], [x, y, 1.0])?;
    }
    Ok(())
}

fn landscape_legend(
    area: &Area<'_>,
    point: [f64; 2],
    value: f64,
    gradient: [f64; 2],
    curvature: [[f64; 2]; 2],
) -> Drawn {
    let colours = [shade(0.5), BLUE, VERMILION];
    let names = ["the function", "tangent plane", "paraboloid of 2nd order"];
    for ((colour, name), y) in colours.into_iter().zip(names).zip((90..).step_by(28)) {
        area.draw(&Rectangle::new([(740, y - 8), (764, y + 8)], colour.mix(0.7).filled()))?;
        write(area, name, (774, y), 15)?;
    }
    area.draw(&Circle::new((752, 174), 4, BLACK.filled()))?;
    write(area, &format!("at ({}, {})", point[0], point[1]), (774, 174), 15)?;
    write(area, &format!("f = {value:.3}"), (740, 214), 15)?;
    write(area, &format!("∇f = ({:.3}, {:.3})", gradient[0], gradient[1]), (740, 240), 15)?;
    write(area, "H =", (740, 281), 15)?;
    let right = Pos::new(HPos::Right, VPos::Center);
    let style = ("sans-serif", 15, &INK).into_text_style(area).pos(right);
    for (row, y) in curvature.iter().zip([270, 293]) {
        for (entry, x) in row.iter().zip([850, 930]) {
            area.draw(&Text::new(format!("{entry:.2}"), (x, y), style.clone()))?;
        }
    }
    for (x, inwards) in [(778, 5), (938, -5)] {
        let bracket = [(x + inwards, 259), (x, 259), (x, 304), (x + inwards, 304)];
        area.draw(&PathElement::new(bracket.to_vec(), INK))?;
    }
    let [low, high] = classify_hessian(&curvature).eigenvalues;
    write(area, "curvatures of H:", (740, 330), 15)?;
    write(area, &format!("{low:.2} and {high:.2}"), (740, 354), 15)
}
