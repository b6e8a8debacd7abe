//! `explore` as it is typed.

use std::path::Path;
use std::process::Command;

/// What the program prints; an error is what it says.
fn explore(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_explore")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

#[test]
fn formulas_and_points() {
    let shown = explore(&["x^2*y + sin(y)", "--at", "3,2"]).unwrap();
    assert!(shown.starts_with("f(x, y) = x^2*y + sin(y)\nat (3, 2)\n"), "{shown}");
    assert!(shown.contains("\n∂f/∂x          12\n"));
    // A sign may come first, in the formula and in the point; without a point it is the origin.
    let shown = explore(&["-x^2 + y", "--at", "-1, 2"]).unwrap();
    assert!(shown.contains("at (-1, 2)\n") && shown.contains("∂f/∂x          2\n"), "{shown}");
    assert!(explore(&["-2*x^2"]).unwrap().contains("The point is critical: local maximum."));
    let narrow = explore(&["x^2 - 4*x", "--within=1"]).unwrap();
    assert!(narrow.contains("No critical point was found within 1"), "{narrow}");
    assert!(explore(&["--help"]).unwrap().starts_with("usage: explore FORMULA"));
}

#[test]
fn mistakes() {
    for (arguments, message) in [
        (&["x^2 + sni(x)"][..], "    x^2 + sni(x)\n          ^^^\n"),
        (&[], "which formula? try --help"),
        (&["x*y", "--at", "1"], "the formula has 2 variables (x, y), the point 1"),
        (&["x*y", "--at", "1,b"], "invalid float literal"),
        (&["x*y", "--within", "0"], "--within is positive"),
        (&["x*y", "--within", "inf"], "--within is positive"),
        (&["x*y", "--at", "nan,1"], "finite numbers"),
        (&["ln(x)"], "at (0) the function is -inf"),
        (&["x^2", "--picture", "x.svg"], "pictures and pages are for formulas of two variables"),
        (&["x*y", "--picture", "x.jpg"], "a picture's name ends in .svg or .png"),
        (&["x*y", "z"], "unexpected argument"),
        (&["x*y", "--draw"], "invalid option '--draw'"),
    ] {
        let error = explore(arguments).unwrap_err();
        assert!(
            error.starts_with("explore: ") && error.contains(message),
            "{arguments:?}: {error}"
        );
    }
}

#[test]
fn files() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let [picture, page] = ["explored.svg", "explored.html"].map(|name| folder.join(name));
    let (picture, page) = (picture.to_str().unwrap(), page.to_str().unwrap());
    let shown =
        explore(&["u^2 - v^2", "--within", "2", "--picture", picture, "--html", page]).unwrap();
    assert!(shown.ends_with(&format!("wrote {picture}\nwrote {page}\n")), "{shown}");
    let drawn = std::fs::read_to_string(picture).unwrap();
    assert!(drawn.contains("f(u, v) = u^2 - v^2") && drawn.contains("saddle"));
    assert!(drawn.contains("\nu\n</text>") && drawn.contains("\nv\n</text>"));
    assert!(std::fs::read_to_string(page).unwrap().contains("\"window\":[-2.0, 2.0, -2.0, 2.0]"));
}
