//! Pictures of closures.

use std::path::PathBuf;

use gradual_gallery::plots::{BLUE, Number, Way, contour, critical_points, landscape};
use gradual_gallery::write_picture;

const WINDOW: [f64; 4] = [-2.0, 2.0, -2.0, 2.0];
const NAMES: [&str; 2] = ["x", "y"];

fn bowl([x, y]: [Number; 2]) -> Number {
    x * x + y * y
}

/// The points of every line of the SVG that has more than forty.
fn long_lines(svg: &str) -> Vec<Vec<[f64; 2]>> {
    let lines = svg.split("<polyline").skip(1).filter_map(|tag| {
        let points = tag.split("points=\"").nth(1)?.split('"').next()?;
        let pair = |text: &str| {
            let (x, y) = text.split_once(',')?;
            Some([x.parse().ok()?, y.parse().ok()?])
        };
        points.split_whitespace().map(pair).collect::<Option<Vec<[f64; 2]>>>()
    });
    lines.filter(|line| line.len() > 40).collect()
}

/// The level lines of a bowl are circles, to a pixel, and all have one centre.
#[test]
fn level_lines_are_where_the_level_is() {
    let lines = long_lines(&contour(bowl, WINDOW, "bowl", NAMES, &[]).unwrap());
    assert!(lines.len() >= 10, "{}", lines.len());
    let closed: Vec<_> = lines.iter().filter(|line| line.first() == line.last()).collect();
    assert!(closed.len() >= 5, "{}", closed.len());
    let mut centres = Vec::new();
    for line in closed {
        let side = |k: usize| {
            let all = line.iter().map(|p| p[k]);
            (all.clone().fold(f64::INFINITY, f64::min), all.fold(f64::NEG_INFINITY, f64::max))
        };
        let ((left, right), (top, bottom)) = (side(0), side(1));
        let (cx, cy) = ((left + right) / 2.0, (top + bottom) / 2.0);
        let (a, b) = ((right - left) / 2.0, (bottom - top) / 2.0);
        centres.push([cx, cy]);
        for [x, y] in line {
            // How far from the ellipse, in pixels.
            let off = (((x - cx) / a).hypot((y - cy) / b) - 1.0) * a;
            assert!(off.abs() < 1.6, "{off}");
        }
    }
    let [x, y] = centres[0];
    assert!(centres.iter().all(|c| (c[0] - x).abs() <= 1.0 && (c[1] - y).abs() <= 1.0));
}

#[test]
fn critical_points_of_a_window() {
    let found = critical_points(|[x, y]| x.powi(3) - 3.0 * x + y * y, WINDOW);
    let kinds: Vec<String> = found.iter().map(|p| p.classification.kind.to_string()).collect();
    assert_eq!(kinds, ["local minimum", "saddle"]);
    assert_eq!(critical_points(|[x, _]| x, WINDOW).len(), 0);
}

/// Functions that have no value somewhere, no slope, or no difference of height.
#[test]
fn odd_functions() {
    let half = contour(|[x, y]| x.ln() + y, WINDOW, "ln x + y", NAMES, &[]).unwrap();
    assert!(long_lines(&half).iter().flatten().all(|p| p[0] > 350.0));
    contour(|[x, y]| 1.0 / (x * y), WINDOW, "1 / (x y)", NAMES, &[]).unwrap();
    contour(|[x, _]| x * 0.0 + 3.0, WINDOW, "3", NAMES, &[]).unwrap();
    contour(|[x, _]| x.sqrt() - 9.0 - x, [-3.0, -2.0, 0.0, 1.0], "nowhere", NAMES, &[]).unwrap();
    landscape(|[x, y]| (x * y).ln(), WINDOW, "ln(x y)", NAMES, [1.0, 1.0]).unwrap();
    assert!(landscape(|[x, _]| x * 0.0 + 3.0, WINDOW, "3", NAMES, [1.0, 1.0]).is_err());
    assert!(
        landscape(|[x, _]| x.sqrt(), [-3.0, -2.0, 0.0, 1.0], "nowhere", NAMES, [1.0, 1.0]).is_err()
    );
}

#[test]
fn files() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let points = vec![[1.0, 1.0], [0.2, 0.2]];
    let ways = [Way { name: "straight down", colour: BLUE, points }];
    let svg = contour(bowl, WINDOW, "x² + y²", NAMES, &ways).unwrap();
    assert!(svg.contains("straight down") && svg.contains("1 step"));
    let (vector, raster) = (folder.join("bowl.svg"), folder.join("bowl.png"));
    write_picture(&svg, &vector).unwrap();
    write_picture(&svg, &raster).unwrap();
    assert_eq!(std::fs::read_to_string(vector).unwrap(), svg);
    let bytes = std::fs::read(raster).unwrap();
    assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
    // width and height, twice the SVG's
    assert_eq!(bytes[16..24], [1960_u32.to_be_bytes(), 1520_u32.to_be_bytes()].concat());
    let error = write_picture(&svg, &folder.join("bowl.jpg")).unwrap_err().to_string();
    assert!(error.ends_with("a picture's name ends in .svg or .png"), "{error}");
}
