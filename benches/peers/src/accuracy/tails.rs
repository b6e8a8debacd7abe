//! Programs of one variable between whose functions a derivative leaves the range of the floats, though value, slope and curvature of
//! the whole are ordinary numbers.

use std::fmt::Write as _;

use ::autodiff::FT;
use ::gradual::HyperDual;
use ::hyperdual::Hyperdual;
use ::hyperjet::jets::Jet2;
use ::num_dual::{Dual2_64, DualNum};
use num_traits::Float;

/// A program at a point, and what is true there.
struct Case {
    program: Program,
    text: &'static str,
    x: f64,
    /// The slope and the curvature.
    truth: [f64; 2],
    /// The size of the terms that these are sums of.
    size: [f64; 2],
}

#[derive(Clone, Copy)]
enum Program {
    LogLogistic,
    Softplus,
    LogGaussian,
    Length,
    Reciprocal,
    Power,
    LogExp,
    Root,
    InverseSquare,
    Arctangent,
    AreaSine,
}

const E_400: f64 = 1.9151695967140057e-174;
const E_200: f64 = 1.3838965267367376e-87;
const E_60: f64 = 8.75651076269652e-27;

/// In which `truth` and `size` are the same numbers where they do not cancel.
const fn case(program: Program, text: &'static str, x: f64, truth: [f64; 2]) -> Case {
    let size = [
        if truth[0] == 0.0 { 1.0 } else { truth[0] },
        if truth[1] == 0.0 { 1.0 } else { truth[1] },
    ];
    Case { program, text, x, truth, size }
}

const CASES: &[Case] = &[
    case(Program::LogLogistic, "`ln(1/(1 + e⁻ˣ))`", -300.0, [1.0, 0.0]),
    case(Program::LogLogistic, "`ln(1/(1 + e⁻ˣ))`", -400.0, [1.0, 0.0]),
    case(Program::Softplus, "`ln_1p(eˣ)`", 400.0, [1.0, 0.0]),
    case(Program::LogGaussian, "`ln(exp(-x²/2))`", 27.0, [-27.0, -1.0]),
    Case {
        program: Program::Length,
        text: "`√(x² + x²)`",
        x: 1e-104,
        truth: [std::f64::consts::SQRT_2, 0.0],
        size: [1.0, 1e104],
    },
    case(Program::Reciprocal, "`1/eˣ`", 400.0, [-E_400, E_400]),
    case(Program::Reciprocal, "`1/eˣ`", -400.0, [-1.0 / E_400, 1.0 / E_400]),
    case(Program::Power, "`(eˣ)^0.1`", -600.0, [0.1 * E_60, 0.01 * E_60]),
    case(Program::LogExp, "`ln eˣ`", -400.0, [1.0, 0.0]),
    case(Program::Root, "`∛eˣ`", -600.0, [E_200 / 3.0, E_200 / 9.0]),
    case(Program::InverseSquare, "`(eˣ)⁻²`", 200.0, [-2.0 * E_400, 4.0 * E_400]),
    case(Program::Arctangent, "`atan eˣ`", 400.0, [E_400, -E_400]),
    case(Program::AreaSine, "`asinh eˣ`", 400.0, [1.0, 0.0]),
];

/// The program on numbers whose elementary functions are those of a trait.
macro_rules! program {
    ($case:expr, $x:expr, $c:expr) => {{
        let (x, c) = ($x, $c);
        match $case.program {
            Program::LogLogistic => ((-x).exp() + c(1.0)).recip().ln(),
            Program::Softplus => x.exp().ln_1p(),
            Program::LogGaussian => (-x * x * c(0.5)).exp().ln(),
            Program::Length => (x * x + x * x).sqrt(),
            Program::Reciprocal => x.exp().recip(),
            Program::Power => x.exp().powf(c(0.1)),
            Program::LogExp => x.exp().ln(),
            Program::Root => x.exp().cbrt(),
            Program::InverseSquare => x.exp().powi(-2),
            Program::Arctangent => x.exp().atan(),
            Program::AreaSine => x.exp().asinh(),
        }
    }};
}

fn float<T: Float>(case: &Case, x: T) -> T {
    program!(case, x, |c| T::from(c).expect("a float takes an f64"))
}

/// The slope and the curvature; `None` where the crate has no such function.
type Result = Option<[f64; 2]>;

fn gradual(case: &Case) -> Result {
    let y = float(case, HyperDual::<f64, 1>::variable(case.x, 0));
    Some([y.partial(0), y.second_partial(0, 0)])
}

fn num_dual(case: &Case) -> Result {
    let y: Dual2_64 = {
        // The exponent of its `powf` is a plain number.
        let x = Dual2_64::new(case.x, 1.0, 0.0);
        program!(case, x, |c: f64| c)
    };
    Some([y.v1, y.v2])
}

fn hyperdual(case: &Case) -> Result {
    type Inner = Hyperdual<f64, 2>;
    let one = Inner::from_slice(&[1.0, 0.0]);
    let x = Hyperdual::<Inner, 2>::from_slice(&[Inner::from_slice(&[case.x, 1.0]), one]);
    let y = float(case, x);
    Some([y[1][0], y[1][1]])
}

fn hyperjet(case: &Case) -> Result {
    let x = Jet2::<1, 1>::variable(case.x, 0);
    let y = match case.program {
        Program::LogLogistic => (1.0 / ((-x).exp() + 1.0)).ln(),
        Program::LogGaussian => (-x * x * 0.5).exp().ln(),
        Program::Length => (x * x + x * x).sqrt(),
        Program::Reciprocal => 1.0 / x.exp(),
        Program::Power => x.exp().powf(0.1),
        Program::LogExp => x.exp().ln(),
        Program::InverseSquare => x.exp().powi(-2),
        Program::Arctangent => x.exp().atan(),
        Program::Softplus | Program::Root | Program::AreaSine => return None,
    };
    Some([y.grad[0], y.hess[0]])
}

fn autodiff(case: &Case) -> Result {
    let y = float(case, FT::new(FT::new(case.x, 1.0), FT::new(1.0, 0.0)));
    Some([y.dx.x, y.dx.dx])
}

/// A crate's name, and what its numbers make of a program.
type Peer = (&'static str, fn(&Case) -> Result);

const PEERS: &[Peer] = &[
    ("gradual", gradual),
    ("num-dual", num_dual),
    ("hyperdual", hyperdual),
    ("hyperjet", hyperjet),
    ("autodiff", autodiff),
];

/// What is wrong of a result.
fn cell(case: &Case, result: Result) -> String {
    let Some(result) = result else { return "–".into() };
    let names = ["slope", "curvature"];
    let wrong: Vec<String> = (0..2)
        .filter(|&k| {
            let right = (result[k] - case.truth[k]).abs() <= 1e-9 * case.size[k].abs();
            !right
        })
        .map(|k| {
            let (got, name) = (result[k], names[k]);
            let off = ((got - case.truth[k]) / case.size[k]).abs();
            if off < 0.01 {
                format!("{name} off by {off:.0e}")
            } else if got == 0.0 {
                format!("{name} 0")
            } else if got.is_finite() {
                format!("{name} {got:.1e}")
            } else {
                format!("{name} {}", got.to_string().replace("inf", "∞"))
            }
        })
        .collect();
    if wrong.is_empty() { "right".into() } else { format!("**{}**", wrong.join(", ")) }
}

/// The section of the page.
pub fn section() -> String {
    let names: Vec<&str> = PEERS.iter().map(|(name, _)| *name).collect();
    let mut text = format!(
        "## Between two functions\n\nPrograms of one variable whose value, slope and curvature are ordinary numbers, while a \
         derivative of a function on the way overflows or underflows: what comes wrong by more than 1e-9 of its terms. The \
         truth in the third and fourth column.\n\n| program | at | slope | curvature | {} |\n|---|---|---|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len()),
    );
    for case in CASES {
        let [slope, curvature] = case.truth;
        let cells: Vec<String> =
            PEERS.iter().map(|(_, evaluate)| cell(case, evaluate(case))).collect();
        let number = |x: f64| {
            if x.abs() < 1e-3 && x != 0.0 || x.abs() > 1e3 {
                format!("{x:.2e}")
            } else {
                format!("{:.4}", x).trim_end_matches('0').trim_end_matches('.').to_string()
            }
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            case.text,
            number(case.x),
            number(slope),
            number(curvature),
            cells.join(" | "),
        );
    }
    text
}
