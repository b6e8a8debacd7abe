//! Level lines by marching squares.

use std::collections::HashMap;

/// Values on a grid over a window: `values[j][i]` at column i and row j.
pub struct Grid {
    pub window: [f64; 4],
    pub values: Vec<Vec<f64>>,
}

impl Grid {
    /// `cells` × `cells` cells.
    pub fn new(window: [f64; 4], cells: usize, f: impl Fn(f64, f64) -> f64) -> Self {
        let [x0, x1, y0, y1] = window;
        let at = |low: f64, high: f64, i: usize| low + (high - low) * i as f64 / cells as f64;
        let row = |j| (0..=cells).map(|i| f(at(x0, x1, i), at(y0, y1, j))).collect();
        Self { window, values: (0..=cells).map(row).collect() }
    }

    pub fn cells(&self) -> usize {
        self.values.len() - 1
    }

    /// The coordinates of column i and row j.
    pub fn point(&self, i: f64, j: f64) -> (f64, f64) {
        let [x0, x1, y0, y1] = self.window;
        let n = self.cells() as f64;
        (x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * j / n)
    }

    /// About `count` levels at even quantiles of the values, rounded to two digits.
    pub fn levels(&self, count: usize) -> Vec<f64> {
        let mut sorted: Vec<f64> = self.values.iter().flatten().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let mut levels: Vec<f64> =
            (1..=count).map(|k| two_digits(sorted[(sorted.len() - 1) * k / (count + 1)])).collect();
        levels.dedup();
        levels
    }

    /// The lines on which the value is `level`.
    pub fn lines(&self, level: f64) -> Vec<Vec<(f64, f64)>> {
        let mut segments = Vec::new();
        for j in 0..self.cells() {
            for i in 0..self.cells() {
                self.cell(i, j, level, &mut segments);
            }
        }
        join(segments)
            .into_iter()
            .map(|line| line.iter().map(|p| self.crossing(*p, level)).collect())
            .collect()
    }

    /// The segments in one cell, as pairs of the edges that they cross.
    fn cell(&self, i: usize, j: usize, level: f64, segments: &mut Vec<[Edge; 2]>) {
        let above = |i: usize, j: usize| self.values[j][i] > level;
        let edges = [
            (Edge { i, j, up: false }, above(i, j) != above(i + 1, j)),
            (Edge { i: i + 1, j, up: true }, above(i + 1, j) != above(i + 1, j + 1)),
            (Edge { i, j: j + 1, up: false }, above(i, j + 1) != above(i + 1, j + 1)),
            (Edge { i, j, up: true }, above(i, j) != above(i, j + 1)),
        ];
        let crossed: Vec<Edge> = edges.into_iter().filter(|(_, c)| *c).map(|(e, _)| e).collect();
        match crossed[..] {
            [a, b] => segments.push([a, b]),
            // A saddle: the value in the middle says which corners belong together.
            [bottom, right, top, left] => {
                let middle = (self.values[j][i]
                    + self.values[j][i + 1]
                    + self.values[j + 1][i]
                    + self.values[j + 1][i + 1])
                    / 4.0;
                if (middle > level) == above(i, j) {
                    segments.extend([[bottom, right], [top, left]]);
                } else {
                    segments.extend([[bottom, left], [top, right]]);
                }
            }
            _ => {}
        }
    }

    /// Where the level crosses an edge, by linear interpolation.
    fn crossing(&self, edge: Edge, level: f64) -> (f64, f64) {
        let Edge { i, j, up } = edge;
        let a = self.values[j][i];
        let b = if up { self.values[j + 1][i] } else { self.values[j][i + 1] };
        let t = (level - a) / (b - a);
        if up { self.point(i as f64, j as f64 + t) } else { self.point(i as f64 + t, j as f64) }
    }
}

/// The edge of the grid that starts at (i, j) and goes up or to the right.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Edge {
    i: usize,
    j: usize,
    up: bool,
}

/// Segments that share an edge, as lines.
fn join(segments: Vec<[Edge; 2]>) -> Vec<Vec<Edge>> {
    let mut at: HashMap<Edge, Vec<usize>> = HashMap::new();
    for (s, ends) in segments.iter().enumerate() {
        for end in ends {
            at.entry(*end).or_default().push(s);
        }
    }
    let mut used = vec![false; segments.len()];
    // Follows unused segments from an end for as long as there are any.
    let follow = |from: Edge, used: &mut Vec<bool>| {
        let mut line = Vec::new();
        let mut end = from;
        while let Some(&s) = at[&end].iter().find(|s| !used[**s]) {
            used[s] = true;
            let [a, b] = segments[s];
            end = if a == end { b } else { a };
            line.push(end);
        }
        line
    };
    let mut lines = Vec::new();
    for s in 0..segments.len() {
        if !used[s] {
            let start = segments[s][0];
            let forward = follow(start, &mut used);
            let mut line = follow(start, &mut used);
            line.reverse();
            line.push(start);
            line.extend(forward);
            lines.push(line);
        }
    }
    lines
}

/// Rounded to two significant digits.
fn two_digits(v: f64) -> f64 {
    if v == 0.0 {
        return 0.0;
    }
    let unit = 10_f64.powf(v.abs().log10().floor() - 1.0);
    let rounded = (v / unit).round() * unit;
    // Without the rounding error of the product.
    format!("{rounded:.6}").parse().unwrap_or(rounded)
}
