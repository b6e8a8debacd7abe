//! The page of a formula, in a browser where there is one: the program that the variable CHROMIUM names, or one
//! that is in the path.

use std::path::{Path, PathBuf};
use std::process::Command;

use gradual::hessian;
use gradual_gallery::explore::{Formula, page};

const SADDLE: &str = "x^2*y + sin(y)";
const HIMMELBLAU: &str = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";
const WINDOW: [f64; 4] = [-4.0, 4.0, -4.0, 4.0];

fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|program| program.is_file())
}

/// The document that the browser makes of a page that begins with `hash`; none where there is no browser.
fn document(name: &str, formula: &str, hash: &str) -> Option<String> {
    let Some(browser) = chromium() else {
        eprintln!("no chromium was found: the page was not opened");
        return None;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("{name}.html"));
    let text = page(&Formula::parse(formula).unwrap(), WINDOW).unwrap();
    std::fs::write(&file, text).unwrap();
    let profile = folder.join(format!("{name}-profile"));
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(["--virtual-time-budget=3000", "--dump-dom"])
        .arg(format!("file://{}#{hash}", file.display()))
        .output()
        .expect("the browser runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The text of an element.
fn cell<'a>(document: &'a str, id: &str) -> &'a str {
    let rest = document.split(&format!("id=\"{id}\">")).nth(1).expect(id);
    rest.split('<').next().unwrap()
}

/// The numbers in a text.
fn numbers(text: &str) -> Vec<f64> {
    let plain = text.replace('−', "-");
    let number = |word: &str| word.trim_matches(|c: char| !c.is_ascii_digit() && c != '-').parse();
    plain.split([' ', ',']).filter_map(|word| number(word).ok()).collect()
}

#[test]
fn a_page_needs_nothing_else() {
    let text = page(&Formula::parse(SADDLE).unwrap(), WINDOW).unwrap();
    for outside in ["http:", "https:", "src=", "href=", "@import", "url(", "{{"] {
        assert!(!text.contains(outside), "{outside}");
    }
    assert!(text.contains("default-src 'none'"));
    assert!(text.contains("<title>f(x, y) = x^2*y + sin(y)</title>"));
    assert!(text.contains("<td>saddle</td><td>(0, 1.5708)</td>"));
    let error = |text: &str| page(&Formula::parse(text).unwrap(), WINDOW).unwrap_err();
    assert_eq!(error("x^2"), "a page is for two variables, not 1");
    assert_eq!(error("sqrt(-1 - x^2 - y^2)"), "the function has no finite value in the window");
}

/// At a node the page shows gradual's numbers, and between nodes nearly.
#[test]
fn the_pointer_shows_the_function() {
    let formula = Formula::parse(SADDLE).unwrap();
    for (point, bound) in [([3.0, 2.0], 1e-6), ([1.234, -0.777], 2e-4), ([-4.0, 4.0], 1e-6)] {
        let hash = format!("at={},{}", point[0], point[1]);
        let Some(document) = document(&format!("pointer{}", point[0]), SADDLE, &hash) else {
            return;
        };
        let (value, gradient, curvature) = hessian(|v| formula.at(&v), point);
        let close = |id: &str, expected: &[f64], bound: f64| {
            let shown = numbers(cell(&document, id));
            assert!(shown.len() >= expected.len(), "{id}: {shown:?}");
            for (a, b) in shown.iter().zip(expected) {
                assert!((a - b).abs() <= bound * (1.0 + b.abs()), "{id} at {point:?}: {a} {b}");
            }
        };
        close("point", &point, 1e-6);
        close("value", &[value], bound);
        close("gradient", &gradient, bound);
        close("length", &[gradient[0].hypot(gradient[1])], bound);
        let [[xx, xy], [_, yy]] = curvature;
        close("hessian", &[xx, xy, xy, yy], 10.0 * bound);
        let radius = ((xx - yy) / 2.0).hypot(xy);
        let middle = (xx + yy) / 2.0;
        close("curvatures", &[middle - radius], 10.0 * bound);
        assert!(cell(&document, "shape").starts_with("a saddle"));
        let plane = cell(&document, "plane");
        assert!(plane.starts_with("z = ") && plane.contains("(x&nbsp;"), "{plane}");
        assert_eq!(cell(&document, "descent"), "click on the map");
    }
}

/// From a hill of Himmelblau's function to the minimum at (3, 2).
#[test]
fn a_descent_ends_at_a_minimum() {
    let Some(found) = document("descent", HIMMELBLAU, "from=1,1") else { return };
    let text = cell(&found, "descent");
    assert!(text.ends_with("the gradient is zero there"), "{text}");
    let (_, end) = text.split_once(" to ").unwrap();
    let [x, y, f] = numbers(end)[..] else { panic!("{text}") };
    assert!((x - 3.0).abs() < 1e-3 && (y - 2.0).abs() < 1e-3 && f.abs() < 1e-4, "{text}");
    let Some(found) = document("leaves", SADDLE, "from=1,-1") else { return };
    assert!(cell(&found, "descent").ends_with("there it leaves the map"));
    let Some(found) = document("nowhere", "ln(x) + y", "from=-1,1") else { return };
    assert_eq!(cell(&found, "value"), "–");
    assert!(cell(&found, "descent").contains("0 steps"));
}
