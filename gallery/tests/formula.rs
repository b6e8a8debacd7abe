//! Formulas: what they mean, that they differentiate, and what is said to wrong ones.

use gradual::special::{erf, erfc, gamma, ln_gamma, logistic};
use gradual::{HyperDual, hessian};
use gradual_gallery::explore::Formula;

fn value(text: &str, x: &[f64]) -> f64 {
    Formula::parse(text).unwrap_or_else(|error| panic!("{error}")).at(x)
}

#[test]
fn the_order_of_operations_is_that_of_mathematics() {
    // As the formula does, so that the compiler computes no power by other means.
    let (x, y) = std::hint::black_box((1.7_f64, 0.6_f64));
    for (text, expected) in [
        ("-x^2 + 0*y", -(x * x)),
        ("2^3^2 + 0*x*y", 512.0),
        ("2^-1 + 0*x*y", 0.5),
        ("x - y - 1", x - y - 1.0),
        ("x / y / 2", x / y / 2.0),
        ("x / y * 2", x / y * 2.0),
        ("-x * y", -x * y),
        ("x * -y", x * -y),
        ("- - x + y", x + y),
        ("+x - +y", x - y),
        ("x^-2 + y", x.powi(-2) + y),
        ("x^0.5 * y", x.powf(0.5) * y),
        ("x^(y + 1)", x.powf(y + 1.0)),
        ("x^y^2", x.powf(y * y)),
        ("2*x^2*y", 2.0 * (x * x) * y),
        ("x**2 + y", x * x + y),
        ("x² · y³ − 1", x * x * y.powi(3) - 1.0),
        ("-x² + y", -(x * x) + y),
        ("(x + y) * (x - y)", (x + y) * (x - y)),
        ("1.5e2*x + .5*y + 2.", 150.0 * x + 0.5 * y + 2.0),
        ("e^x + pi*y", std::f64::consts::E.powf(x) + std::f64::consts::PI * y),
        ("π*x*e*y", std::f64::consts::PI * x * std::f64::consts::E * y),
        ("  x\t+ y ", x + y),
    ] {
        assert_eq!(value(text, &[x, y]), expected, "{text}");
    }
}

/// Each name is the function of that name, and carries its derivatives.
#[test]
fn every_function_is_what_its_name_says() {
    type Number = HyperDual<f64, 2>;
    type Jets = fn(Number, Number) -> Number;
    type Floats = fn(f64, f64) -> f64;
    let table: [(&str, Jets, Floats); 31] = [
        ("sin(x) + y", |x, y| x.sin() + y, |x, y| x.sin() + y),
        ("cos(x) + y", |x, y| x.cos() + y, |x, y| x.cos() + y),
        ("tan(x) + y", |x, y| x.tan() + y, |x, y| x.tan() + y),
        ("asin(x) + y", |x, y| x.asin() + y, |x, y| x.asin() + y),
        ("acos(x) + y", |x, y| x.acos() + y, |x, y| x.acos() + y),
        ("atan(x) + y", |x, y| x.atan() + y, |x, y| x.atan() + y),
        ("sinh(x) + y", |x, y| x.sinh() + y, |x, y| x.sinh() + y),
        ("cosh(x) + y", |x, y| x.cosh() + y, |x, y| x.cosh() + y),
        ("tanh(x) + y", |x, y| x.tanh() + y, |x, y| x.tanh() + y),
        ("asinh(x) + y", |x, y| x.asinh() + y, |x, y| x.asinh() + y),
        ("acosh(1 + x) + y", |x, y| (1.0 + x).acosh() + y, |x, y| (1.0 + x).acosh() + y),
        ("atanh(x) + y", |x, y| x.atanh() + y, |x, y| x.atanh() + y),
        ("exp(x) + y", |x, y| x.exp() + y, |x, y| x.exp() + y),
        ("ln(x) + y", |x, y| x.ln() + y, |x, y| x.ln() + y),
        ("log2(x) + y", |x, y| x.log2() + y, |x, y| x.log2() + y),
        ("log10(x) + y", |x, y| x.log10() + y, |x, y| x.log10() + y),
        ("sqrt(x) + y", |x, y| x.sqrt() + y, |x, y| x.sqrt() + y),
        ("cbrt(x) + y", |x, y| x.cbrt() + y, |x, y| x.cbrt() + y),
        ("abs(x - y)", |x, y| (x - y).abs(), |x, y| (x - y).abs()),
        ("sign(x - y)*x*y", |x, y| (x - y).signum() * x * y, |x, y| (x - y).signum() * x * y),
        ("floor(3*x)*y", |x, y| (3.0 * x).floor() * y, |x, y| (3.0 * x).floor() * y),
        ("erf(x) + y", |x, y| erf(x) + y, |x, y| erf(x) + y),
        ("erfc(x) + y", |x, y| erfc(x) + y, |x, y| erfc(x) + y),
        ("gamma(x) + y", |x, y| gamma(x) + y, |x, y| gamma(x) + y),
        ("ln_gamma(x) + y", |x, y| ln_gamma(x) + y, |x, y| ln_gamma(x) + y),
        ("logistic(x) + y", |x, y| logistic(x) + y, |x, y| logistic(x) + y),
        ("atan2(y, x)", |x, y| y.atan2(x), |x, y| y.atan2(x)),
        ("hypot(x, y)", |x, y| x.hypot(y), |x, y| x.hypot(y)),
        ("max(x, y)", |x, y| x.max(y), |x, y| x.max(y)),
        ("min(x, y)", |x, y| x.min(y), |x, y| x.min(y)),
        ("pow(x, y)", |x, y| x.powf(y), |x, y| x.powf(y)),
    ];
    for (text, jets, floats) in table {
        let formula = Formula::parse(text).unwrap();
        for point in [[0.4, 0.7], [0.9, 0.2]] {
            let expected = hessian(|[x, y]| jets(x, y), point);
            assert_eq!(hessian(|v| formula.at(&v), point), expected, "{text}");
            assert_eq!(formula.at(&point), floats(point[0], point[1]), "{text}");
        }
    }
}

/// A power with a whole exponent has derivatives where the base is zero or negative.
#[test]
fn whole_powers_are_products() {
    for text in ["x^3 + y", "x^(3) + y", "x³ + y", "pow(x, 3) + y", "x^3.0 + y"] {
        let formula = Formula::parse(text).unwrap();
        let (_, g, h) = hessian(|v| formula.at(&v), [-2.0, 0.0]);
        assert_eq!((g[0], h[0][0]), (12.0, -12.0), "{text}");
    }
    let inverse = Formula::parse("x^-1 + y").unwrap();
    assert_eq!(hessian(|v| inverse.at(&v), [-2.0, 0.0]).1, [-0.25, 1.0]);
}

#[test]
fn variables_stand_in_alphabetical_order() {
    let names = |text: &str| Formula::parse(text).unwrap().variables().to_vec();
    assert_eq!(names("z + a*sin(m)"), ["a", "m", "z"]);
    assert_eq!(names("x10 + x2 + x1"), ["x1", "x2", "x10"]);
    assert_eq!(names("e^t + pi"), ["t"]);
    assert_eq!(names("α*β + α"), ["α", "β"]);
    assert_eq!(value("a - b", &[5.0, 3.0]), 2.0);
}

#[test]
fn errors_point_at_the_place() {
    for (text, marks, message) in [
        ("x^2*y + sni(y)", "        ^^^", "no function 'sni'; there are sin, cos"),
        ("x + ", "    ^", "a number, a variable"),
        ("", "^", "a number, a variable"),
        ("3 + * x", "    ^", "a number, a variable"),
        ("2x", " ^", "between two factors a *"),
        ("(x + 1)(x - 1)", "       ^", "between two factors a *"),
        ("x*y(1 + x)", "  ^", "'y' is no function; a product is written with *"),
        ("xy + 1", "^^", "there is no 'xy'"),
        ("(x + 1", "      ^", "')' is missing"),
        ("x + 1)", "     ^", "closes nothing"),
        ("x % 2", "  ^", "no operator"),
        ("sin + x", "^^^", "'sin' is a function"),
        ("sin(x, 2)", "^^^^^^^^^", "'sin' takes one argument"),
        ("atan2(x)", "^^^^^^^^", "'atan2' takes two arguments"),
        ("log(x)", "^^^", "write ln, log2 or log10"),
        ("arctan(x)", "^^^^^^", "write atan"),
        ("π + xy", "    ^^", "there is no 'xy'"),
        ("1 + 2", "^^^^^", "no variable"),
        ("a+b+c+d+g+h", "^^^^^^^^^^^", "6 variables; five are the most"),
    ] {
        let shown = Formula::parse(text).err().expect(text).to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[0].contains(message), "{text}: {}", lines[0]);
        assert_eq!(lines[1..], [format!("    {text}"), format!("    {marks}")]);
    }
}

/// What is accepted never overflows the stack, and what is too much is said to be.
#[test]
fn long_and_deep_formulas() {
    let signs = format!("{}x", "-".repeat(999));
    assert_eq!(value(&signs, &[2.0]), -2.0);
    let tower = format!("x{}", "^x".repeat(499));
    assert_eq!(value(&tower, &[1.0]), 1.0);
    let formula = Formula::parse(&tower).unwrap();
    assert_eq!(hessian(|x| formula.at(&x), [1.0]).1, [1.0]);
    let sum = format!("x{}", "+x".repeat(499));
    assert_eq!(value(&sum, &[0.5]), 250.0);
    let deep = |n: usize| format!("{}x{}", "(".repeat(n), ")".repeat(n));
    assert_eq!(value(&deep(50), &[3.0]), 3.0);
    for (text, message) in [(deep(51), "50 brackets"), (format!("-{signs}"), "1000 characters")] {
        assert!(Formula::parse(&text).err().unwrap().to_string().contains(message));
    }
}
