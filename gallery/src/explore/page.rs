//! One page, complete in itself, on which the pointer shows a function of two variables.

use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use gradual::hessian;

use super::Formula;
use super::study::{short, tuple};
use crate::plots::{Window, critical_points};

/// The page without its data.
const TEMPLATE: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("page.js");

/// The nodes along each side of the grid on which the page knows the function exactly.
const NODES: usize = 81;

/// The text of a page that shows a function of two variables over a window: value, gradient, tangent plane and
/// curvature at the pointer, and a descent from where it clicks. It needs no server and no network.
///
/// In it are the exact values, gradients and Hessians on a grid, between whose nodes the page takes the bicubic
/// polynomials with those values and derivatives.
///
/// # Errors
/// If the formula has not two variables, or no value anywhere in the window.
pub fn page(formula: &Formula, window: Window) -> Result<String, String> {
    let [x_name, y_name] = formula.variables() else {
        return Err(format!("a page is for two variables, not {}", formula.variables().len()));
    };
    let [x0, x1, y0, y1] = window;
    let f = |x: f64, y: f64| hessian(|v| formula.at(&v), [x, y]);
    let place = |low: f64, high: f64, k: f64| low + (high - low) * k / (NODES - 1) as f64;
    let mut numbers = Vec::with_capacity(NODES * NODES * 6);
    for j in 0..NODES {
        for i in 0..NODES {
            let (value, [x, y], [[xx, xy], [_, yy]]) =
                f(place(x0, x1, i as f64), place(y0, y1, j as f64));
            numbers.extend([value, x, y, xx, xy, yy]);
        }
    }
    if !numbers.iter().step_by(6).any(|value| value.is_finite()) {
        return Err("the function has no finite value in the window".into());
    }
    let bytes: Vec<u8> = numbers.iter().flat_map(|x| x.to_le_bytes()).collect();
    let critical = critical_points(|v| formula.at(&v), window);
    let points: Vec<String> = critical
        .iter()
        .map(|c| {
            format!("[{:?},{:?},{:?}]", c.point[0], c.point[1], c.classification.kind.to_string())
        })
        .collect();
    let mut rows = String::new();
    for c in &critical {
        let (kind, point, value) = (c.classification.kind, tuple(&c.point), short(c.value));
        let curvatures = tuple(&c.classification.eigenvalues);
        let _ = write!(
            rows,
            "<tr><td>{kind}</td><td>{point}</td><td>{value}</td><td>{curvatures}</td></tr>"
        );
    }
    if rows.is_empty() {
        rows = "<tr><td colspan=\"4\">none was found</td></tr>".into();
    }
    let data = format!(
        "{{\"window\":{window:?},\"nodes\":{NODES},\"names\":[{x_name:?},{y_name:?}],\"critical\":[{}],\
         \"numbers\":\"{}\"}}",
        points.join(","),
        BASE64_STANDARD.encode(bytes),
    );
    // What a formula is made of needs no escape in HTML.
    let title = format!("f({x_name}, {y_name}) = {}", formula.text());
    let replaced = TEMPLATE
        .replace("{{title}}", &title)
        .replace("{{x}}", x_name)
        .replace("{{y}}", y_name)
        .replace("{{nodes}}", &NODES.to_string())
        .replace("{{critical}}", &rows);
    Ok(replaced.replace("{{data}}", &data).replace("{{script}}", SCRIPT))
}
