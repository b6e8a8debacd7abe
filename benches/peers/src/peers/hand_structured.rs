//! Derivatives of sums written by hand, through the same lists of indices and into the same places: what a
//! pass over the elements takes at least.

// The formulas are those of matrices and run over indices, as on paper.
#![allow(clippy::needless_range_loop)]

use ::gradual::structured::{Builder, Plan};

use crate::problems::Residuals;
use crate::problems::bundle::Bundle;
use crate::speed::measure::{Candidate, Class};
use crate::speed::structured::{
    Chain, Fit, Liquid, Scene, Sheet, digest_fit, digest_gradient, digest_hessian, digest_scene,
};
use crate::terms::Rest;

const NAME: &str = "by hand";

/// A gradient, by a function that adds to it and returns the value.
fn gradient(n: usize, mut add: impl FnMut(&mut [f64]) -> f64 + 'static) -> Candidate {
    Candidate::with_memory(
        NAME,
        Class::Hand,
        (0.0, vec![0.0; n]),
        move |(f, g)| {
            g.fill(0.0);
            *f = add(g);
        },
        |(f, g)| digest_gradient(*f, g),
    )
}

/// Gradient and Hessian, by a function that adds to them and returns the value.
fn hessian(plan: Plan, mut add: impl FnMut(&mut [f64], &mut [f64]) -> f64 + 'static) -> Candidate {
    Candidate::with_memory(
        NAME,
        Class::Hand,
        (0.0, vec![0.0; plan.variables()], vec![0.0; plan.nnz()]),
        move |(f, g, h)| {
            g.fill(0.0);
            h.fill(0.0);
            *f = add(g, h);
        },
        move |(f, g, h)| digest_hessian(*f, g, plan.pattern(), h),
    )
}

/// Where columns start, in 32 bits.
fn starts(plan: &Plan) -> Vec<u32> {
    plan.pattern().0.iter().map(|&start| start as u32).collect()
}

/// The place of the entry of two variables.
fn place(plan: &Plan, i: usize, j: usize) -> u32 {
    let (columns, rows) = plan.pattern();
    let (low, high) = (i.min(j), i.max(j));
    let column = &rows[columns[low]..columns[low + 1]];
    (columns[low] + column.binary_search(&high).expect("a place of the pattern")) as u32
}

/// D entries from `first` on.
#[inline(always)]
fn run<const D: usize>(list: &mut [f64], first: u32) -> &mut [f64] {
    let first = first as usize;
    &mut list[first..first + D]
}

/// Adds a block of a node of P coordinates (columns) and a later one of Q (rows); all columns of a node have
/// the same rows below the node.
#[inline(always)]
fn add_block<const P: usize, const Q: usize>(
    h: &mut [f64],
    starts: &[u32],
    (low, place): (usize, u32),
    entry: impl Fn(usize, usize) -> f64,
) {
    let (mut start, height) = (place, starts[low + 1] - starts[low]);
    for c in 0..P {
        run::<Q>(h, start).iter_mut().enumerate().for_each(|(r, h)| *h += entry(r, c));
        start = start.wrapping_add(height).wrapping_sub(c as u32 + 1);
    }
}

/// Adds the lower triangle of a node's own block.
#[inline(always)]
fn add_triangle<const P: usize>(
    h: &mut [f64],
    starts: &[u32],
    low: usize,
    entry: impl Fn(usize, usize) -> f64,
) {
    let (mut start, height) = (starts[low], starts[low + 1] - starts[low]);
    for c in 0..P {
        let column = &mut h[start as usize..start as usize + (P - c)];
        column.iter_mut().enumerate().for_each(|(r, h)| *h += entry(c + r, c));
        start = start.wrapping_add(height).wrapping_sub(c as u32);
    }
}

/// The indices of a list in 32 bits, times the number of coordinates.
fn short<const A: usize>(list: &[[usize; A]], width: usize) -> Vec<[u32; A]> {
    list.iter().map(|nodes| nodes.map(|i| (width * i) as u32)).collect()
}

pub fn chain_gradient(chain: &Chain) -> Candidate {
    let (x, list) = (chain.x.clone(), short(&chain.list, 1));
    gradient(x.len(), move |g| {
        let g = &mut g[..x.len()];
        let mut f = 0.0;
        for &[i, j] in &list {
            let (a, b) = (x[i as usize], x[j as usize]);
            let (valley, p) = (b - a * a, a - 1.0);
            f += p * p + 100.0 * valley * valley;
            g[i as usize] += 2.0 * p - 400.0 * valley * a;
            g[j as usize] += 200.0 * valley;
        }
        f
    })
}

pub fn chain_hessian(chain: &Chain) -> Candidate {
    let mut builder = Builder::new(chain.x.len());
    builder.elements(chain.list.iter().copied()).expect("indices in range");
    let plan = builder.build().expect("a plan");
    let (x, list, starts) = (chain.x.clone(), short(&chain.list, 1), starts(&plan));
    let places: Vec<u32> = chain.list.iter().map(|&[i, j]| place(&plan, i, j)).collect();
    hessian(plan, move |g, h| {
        let (g, starts) = (&mut g[..x.len()], &starts[..x.len()]);
        let mut f = 0.0;
        for (&[i, j], &place) in list.iter().zip(&places) {
            let (i, j) = (i as usize, j as usize);
            let (a, b) = (x[i], x[j]);
            let (valley, p) = (b - a * a, a - 1.0);
            f += p * p + 100.0 * valley * valley;
            g[i] += 2.0 * p - 400.0 * valley * a;
            g[j] += 200.0 * valley;
            h[starts[i] as usize] += 2.0 - 400.0 * valley + 800.0 * a * a;
            h[starts[j] as usize] += 200.0;
            h[place as usize] -= 400.0 * a;
        }
        f
    })
}

/// The energy of a triangle, its derivatives in the deformation gradient's terms: the first ones by the
/// two sides, and t_a = F⁻ᵀ B_a for the second ones, with ln J - 1.
#[inline(always)]
fn neo_hookean(rest: &Rest, [u, v]: [[f64; 2]; 2]) -> (f64, [[f64; 2]; 2], [[f64; 2]; 2], f64) {
    let b = rest.inverse;
    let f: [[f64; 2]; 2] =
        std::array::from_fn(|i| std::array::from_fn(|j| u[i] * b[0][j] + v[i] * b[1][j]));
    let square = f[0][0] * f[0][0] + f[0][1] * f[0][1] + f[1][0] * f[1][0] + f[1][1] * f[1][1];
    let det = f[0][0] * f[1][1] - f[0][1] * f[1][0];
    let (log, inverse) = (det.ln(), 1.0 / det);
    let g = [[f[1][1] * inverse, -f[1][0] * inverse], [-f[0][1] * inverse, f[0][0] * inverse]];
    let value = ((square - 2.0) * 0.5 - log + log * log * 0.5) * rest.area;
    let bend = log - 1.0;
    let (mut slope, mut t) = ([[0.0; 2]; 2], [[0.0; 2]; 2]);
    for a in 0..2 {
        for i in 0..2 {
            t[a][i] = g[i][0] * b[a][0] + g[i][1] * b[a][1];
            slope[a][i] = (f[i][0] * b[a][0] + f[i][1] * b[a][1] + bend * t[a][i]) * rest.area;
        }
    }
    (value, slope, t, bend)
}

/// The two sides of a triangle.
#[inline(always)]
fn sides(x: &[f64], [i, j, k]: [u32; 3]) -> [[f64; 2]; 2] {
    let at = |i: u32| &x[i as usize..i as usize + 2];
    let (a, b, c) = (at(i), at(j), at(k));
    [[b[0] - a[0], b[1] - a[1]], [c[0] - a[0], c[1] - a[1]]]
}

#[inline(always)]
fn add_slopes(g: &mut [f64], nodes: [u32; 3], slope: &[[f64; 2]; 2]) {
    for r in 0..2 {
        run::<2>(g, nodes[0])[r] -= slope[0][r] + slope[1][r];
        run::<2>(g, nodes[1])[r] += slope[0][r];
        run::<2>(g, nodes[2])[r] += slope[1][r];
    }
}

pub fn sheet_gradient(sheet: &Sheet) -> Candidate {
    let (sheet, triangles) = (sheet.clone(), short(&sheet.triangles, 2));
    gradient(sheet.x.len(), move |g| {
        let mut sum = 0.0;
        for (&nodes, rest) in triangles.iter().zip(&sheet.rests) {
            let (value, slope, ..) = neo_hookean(rest, sides(&sheet.x, nodes));
            sum += value;
            add_slopes(g, nodes, &slope);
        }
        sum
    })
}

pub fn sheet_hessian(sheet: &Sheet) -> Candidate {
    let mut builder = Builder::default();
    let nodes = builder.nodes::<2>(sheet.x.len() / 2);
    builder.among(&nodes, sheet.triangles.iter().copied()).expect("indices in range");
    let plan = builder.build().expect("a plan");
    let (starts, triangles) = (starts(&plan), short(&sheet.triangles, 2));
    let places: Vec<[u32; 3]> = sheet
        .triangles
        .iter()
        .map(|&[i, j, k]| [[i, j], [i, k], [j, k]].map(|[a, b]| place(&plan, 2 * a, 2 * b)))
        .collect();
    let sheet = sheet.clone();
    hessian(plan, move |g, h| {
        let mut sum = 0.0;
        let elements = triangles.iter().zip(&places).zip(&sheet.rests);
        for ((&nodes, places), rest) in elements {
            let (value, slope, t, bend) = neo_hookean(rest, sides(&sheet.x, nodes));
            sum += value;
            add_slopes(g, nodes, &slope);
            // The blocks of the two sides, then those of the first node.
            let mut m = [[[[0.0; 2]; 2]; 3]; 3];
            for (a, b) in [(0, 0), (1, 0), (1, 1)] {
                let [p, q] = [rest.inverse[a], rest.inverse[b]];
                let direct = p[0] * q[0] + p[1] * q[1];
                for i in 0..2 {
                    for k in 0..2 {
                        let curved = t[a][i] * t[b][k] - bend * t[b][i] * t[a][k];
                        let direct = if i == k { direct } else { 0.0 };
                        m[a + 1][b + 1][i][k] = (direct + curved) * rest.area;
                    }
                }
            }
            for i in 0..2 {
                for k in 0..2 {
                    m[1][2][i][k] = m[2][1][k][i];
                }
            }
            for i in 0..2 {
                for k in 0..2 {
                    m[1][0][i][k] = -(m[1][1][i][k] + m[1][2][i][k]);
                    m[2][0][i][k] = -(m[2][1][i][k] + m[2][2][i][k]);
                }
            }
            for i in 0..2 {
                for k in 0..2 {
                    m[0][0][i][k] = -(m[1][0][i][k] + m[2][0][i][k]);
                }
            }
            for a in 0..3 {
                add_triangle::<2>(h, &starts, nodes[a] as usize, |r, c| m[a][a][r][c]);
            }
            for (&place, (a, b)) in places.iter().zip([(0, 1), (0, 2), (1, 2)]) {
                if nodes[a] < nodes[b] {
                    let low = (nodes[a] as usize, place);
                    add_block::<2, 2>(h, &starts, low, |r, c| m[b][a][r][c]);
                } else {
                    let low = (nodes[b] as usize, place);
                    add_block::<2, 2>(h, &starts, low, |r, c| m[b][a][c][r]);
                }
            }
        }
        sum
    })
}

/// The energy of two atoms at that difference, and its first and second derivatives by half the square of
/// the distance.
#[inline(always)]
fn lennard_jones(d: &[f64; 3]) -> (f64, f64, f64) {
    let inverse = 1.0 / (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
    let sixth = inverse * inverse * inverse;
    let slope = (sixth - 2.0 * sixth * sixth) * inverse * 24.0;
    let curvature = (7.0 * sixth * sixth - 2.0 * sixth) * inverse * inverse * 96.0;
    ((sixth * sixth - sixth) * 4.0, slope, curvature)
}

#[inline(always)]
fn difference(x: &[f64], [i, j]: [u32; 2]) -> [f64; 3] {
    let (a, b) = (&x[i as usize..i as usize + 3], &x[j as usize..j as usize + 3]);
    [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
}

pub fn liquid_gradient(liquid: &Liquid) -> Candidate {
    let (x, pairs) = (liquid.x.clone(), short(&liquid.pairs, 3));
    gradient(x.len(), move |g| {
        let (g, mut sum) = (&mut g[..x.len()], 0.0);
        for &pair in &pairs {
            let d = difference(&x, pair);
            let (value, slope, _) = lennard_jones(&d);
            sum += value;
            let first = run::<3>(g, pair[0]);
            (0..3).for_each(|r| first[r] -= slope * d[r]);
            let second = run::<3>(g, pair[1]);
            (0..3).for_each(|r| second[r] += slope * d[r]);
        }
        sum
    })
}

pub fn liquid_hessian(liquid: &Liquid) -> Candidate {
    let mut builder = Builder::default();
    let atoms = builder.nodes::<3>(liquid.x.len() / 3);
    builder.among(&atoms, liquid.pairs.iter().copied()).expect("indices in range");
    let plan = builder.build().expect("a plan");
    let (starts, pairs) = (starts(&plan), short(&liquid.pairs, 3));
    let places: Vec<u32> =
        pairs.iter().map(|p| place(&plan, p[0] as usize, p[1] as usize)).collect();
    let x = liquid.x.clone();
    hessian(plan, move |g, h| {
        let (g, mut sum) = (&mut g[..x.len()], 0.0);
        for (&pair, &place) in pairs.iter().zip(&places) {
            let d = difference(&x, pair);
            let (value, slope, curvature) = lennard_jones(&d);
            sum += value;
            let first = run::<3>(g, pair[0]);
            (0..3).for_each(|r| first[r] -= slope * d[r]);
            let second = run::<3>(g, pair[1]);
            (0..3).for_each(|r| second[r] += slope * d[r]);
            let mut m = [[0.0; 3]; 3];
            for r in 0..3 {
                for c in 0..=r {
                    m[r][c] = curvature * d[r] * d[c];
                    m[c][r] = m[r][c];
                }
            }
            (0..3).for_each(|r| m[r][r] += slope);
            let [i, j] = pair.map(|i| i as usize);
            add_triangle::<3>(h, &starts, i, |r, c| m[r][c]);
            add_triangle::<3>(h, &starts, j, |r, c| m[r][c]);
            add_block::<3, 3>(h, &starts, (i.min(j), place), |r, c| -m[r][c]);
        }
        sum
    })
}

/// Two residuals and their derivatives by camera and point.
#[inline(always)]
fn projection(scene: &Scene, e: usize, jacobian: &mut [[f64; 12]; 2]) -> [f64; 2] {
    let (camera, point) = scene.seen(e);
    let mut x = [0.0; 12];
    x[..9].copy_from_slice(&camera);
    x[9..].copy_from_slice(&point);
    Bundle { observed: scene.observed[e] }.jacobian(&x, jacobian)
}

pub fn scene_jacobian(scene: &Scene) -> Candidate {
    let (scene, shape) = (scene.clone(), scene.clone());
    let m = 2 * scene.list.len();
    Candidate::with_memory(
        NAME,
        Class::Hand,
        (vec![0.0; m], vec![0.0; 12 * m]),
        move |(r, j)| {
            let rows = j.as_chunks_mut::<12>().0.as_chunks_mut::<2>().0;
            for (e, (r, rows)) in r.as_chunks_mut::<2>().0.iter_mut().zip(rows).enumerate() {
                let mut by_camera_first = [[0.0; 12]; 2];
                *r = projection(&scene, e, &mut by_camera_first);
                for (row, by_camera_first) in rows.iter_mut().zip(&by_camera_first) {
                    row[..3].copy_from_slice(&by_camera_first[9..]);
                    row[3..].copy_from_slice(&by_camera_first[..9]);
                }
            }
        },
        move |(r, j)| digest_scene(&shape, r, j),
    )
}

pub fn scene_squares(scene: &Scene) -> Candidate {
    let mut builder = Builder::default();
    let points = builder.nodes::<3>(scene.points);
    let cameras = builder.nodes::<9>(scene.cameras);
    builder.between(&cameras, &points, scene.list.iter().copied()).expect("indices in range");
    let plan = builder.build().expect("a plan");
    let list: Vec<[usize; 2]> = scene.list.iter().map(|&seen| scene.starts(seen)).collect();
    let places: Vec<u32> = list.iter().map(|&[i, j]| place(&plan, i, j)).collect();
    let (scene, starts) = (scene.clone(), starts(&plan));
    hessian(plan, move |g, h| {
        let mut sum = 0.0;
        for (e, (&[camera, point], &place)) in list.iter().zip(&places).enumerate() {
            let mut j = [[0.0; 12]; 2];
            let [u, v] = projection(&scene, e, &mut j);
            sum += 0.5 * (u * u + v * v);
            let slope = |k: usize| j[0][k] * u + j[1][k] * v;
            let entry = |a: usize, b: usize| j[0][a] * j[0][b] + j[1][a] * j[1][b];
            let of_camera = run::<9>(g, camera as u32);
            (0..9).for_each(|k| of_camera[k] += slope(k));
            let of_point = run::<3>(g, point as u32);
            (0..3).for_each(|k| of_point[k] += slope(9 + k));
            add_triangle::<9>(h, &starts, camera, entry);
            add_triangle::<3>(h, &starts, point, |r, c| entry(9 + r, 9 + c));
            add_block::<3, 9>(h, &starts, (point, place), |r, c| entry(r, 9 + c));
        }
        sum
    })
}

/// Gauss and Newton's sums of a fit.
pub fn fit(fit: &Fit) -> Candidate {
    let Fit { x: p, rows } = fit.clone();
    Candidate::with_memory(
        NAME,
        Class::Hand,
        (p, 0.0, [0.0; 10], [[0.0; 10]; 10]),
        move |(p, f, jtr, jtj)| {
            let (mut sum, mut slopes, mut products) = (0.0, [0.0; 10], [[0.0; 10]; 10]);
            for &[t, measured] in &rows {
                let (first, second) = ((t - p[3]) / p[4], (t - p[6]) / p[7]);
                let decay = (-p[1] * t).exp();
                let (peak, other) = ((-(first * first)).exp(), (-(second * second)).exp());
                let r = p[0] * decay + p[2] * peak + p[5] * other + p[8] + p[9] * t - measured;
                let along = 2.0 * p[2] * peak * first / p[4];
                let beside = 2.0 * p[5] * other * second / p[7];
                let (by_decay, by_width) = (-p[0] * t * decay, along * first);
                let j = [
                    decay,
                    by_decay,
                    peak,
                    along,
                    by_width,
                    other,
                    beside,
                    beside * second,
                    1.0,
                    t,
                ];
                sum += 0.5 * r * r;
                for i in 0..10 {
                    slopes[i] += j[i] * r;
                    // `0..=i` is not unrolled, and takes 1.6 times as long.
                    for k in 0..i + 1 {
                        products[i][k] += j[i] * j[k];
                    }
                }
            }
            (*f, *jtr, *jtj) = (sum, slopes, products);
        },
        |(_, f, jtr, jtj)| digest_fit(*f, jtr, |i, k| jtj[i.max(k)][i.min(k)]),
    )
}
