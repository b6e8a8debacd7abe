//! The table of the allowed errors, and what counts as one.

use super::functions::{plain_value, plain_value_f32};
use super::reference::Row;
use super::ulps;

/// The order of a derivative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// A first derivative.
    First,
    /// A second derivative.
    Second,
    /// A third derivative.
    Third,
}

/// What a derivative may differ from the correctly rounded one.
#[derive(Clone, Copy, Debug)]
pub enum Allowed {
    /// So many ulps of the derivative.
    Ulps(u64),
    /// So many ulps of a number that is larger: the sum of the absolute values of the
    /// derivative's terms. For derivatives with a zero inside the domain, where no formula has a
    /// bounded relative error.
    UlpsOf(u64, f64),
}

/// The allowed error of a derivative whose true value is [in range](Precision::in_range).
///
/// | | first order | second order | third order |
/// |---|---|---|---|
/// | ordinary points, one argument, `+ - * / %`, `powi`, `mul_add` | 4 (tanh 6) | 12 | 12 (tanh, atan, asinh: 16 of the terms) |
/// | ordinary points, `powf`, `log`, `atan2`, `hypot` | 8 | 64 (`powf` fxy, `log` fyy: 16 of the terms) | 64 (`powf` fxxy, fxyy, `log` fxyy: 16 of the terms) |
/// | hard points | 1,000 | 100,000 | 100,000 (of the terms as above) |
pub fn allowed(row: &Row, order: Order, component: usize) -> Allowed {
    let two_arguments = matches!(row.function.as_str(), "powf" | "log" | "atan2" | "hypot");
    match (row.is_ordinary(), order) {
        (false, Order::First) => Allowed::Ulps(1_000),
        (false, Order::Second) => Allowed::Ulps(100_000),
        (ordinary, Order::Third) => {
            match sum_of_third_terms(row, component).filter(|s| s.is_normal()) {
                Some(scale) => Allowed::UlpsOf(if ordinary { 16 } else { 100_000 }, scale),
                None if !ordinary => Allowed::Ulps(100_000),
                None if two_arguments => Allowed::Ulps(64),
                None => Allowed::Ulps(12),
            }
        }
        (true, Order::First) if two_arguments => Allowed::Ulps(8),
        (true, Order::First) if row.function == "tanh" => Allowed::Ulps(6),
        (true, Order::First) => Allowed::Ulps(4),
        (true, Order::Second) => match sum_of_terms(row, component) {
            Some(scale) => Allowed::UlpsOf(16, scale),
            None if two_arguments => Allowed::Ulps(64),
            None => Allowed::Ulps(12),
        },
    }
}

/// The sum of the absolute values of the terms of a second derivative with a zero in the domain.
fn sum_of_terms(row: &Row, component: usize) -> Option<f64> {
    const XY: usize = 1;
    const YY: usize = 2;
    match (row.function.as_str(), component) {
        // x^(y-1) (1 + y ln x)
        ("powf", XY) => {
            let (x, y) = (row.arguments[0], row.arguments[1]);
            Some((row.value / x).abs() * (1.0 + (y * x.ln()).abs()))
        }
        // ln x / (y ln y)^2 (1 + 2 / ln y)
        ("log", YY) => {
            let (x, y) = (row.arguments[0], row.arguments[1]);
            let l = y.ln();
            Some(x.ln().abs() / (y * l) / (y * l) * (1.0 + 2.0 / l.abs()) / l.abs())
        }
        _ => None,
    }
}

/// The sum of the absolute values of the terms of a third derivative with a zero in the domain.
fn sum_of_third_terms(row: &Row, component: usize) -> Option<f64> {
    const XXY: usize = 1;
    const XYY: usize = 2;
    let x = row.arguments[0];
    let square = x * x + 1.0;
    match (row.function.as_str(), component) {
        // 2 s (2 t² - s), where s = 1 - t²
        ("tanh", _) => {
            let (t, s) = (x.tanh(), x.cosh().powi(-2));
            Some(2.0 * s * (2.0 * t * t + s))
        }
        // (6 x² - 2) / (1 + x²)³
        ("atan", _) => Some((6.0 * x * x + 2.0) / square.powi(3)),
        // (2 x² - 1) / (1 + x²)^(5/2)
        ("asinh", _) => Some((2.0 * x * x + 1.0) / square.powf(2.5)),
        // x^(y-2) (2y - 1 + y (y - 1) ln x)
        ("powf", XXY) => {
            let y = row.arguments[1];
            let terms = (2.0 * y).abs() + 1.0 + (y * (y - 1.0) * x.ln()).abs();
            Some((row.value / x / x).abs() * terms)
        }
        // x^(y-1) ln x (2 + y ln x)
        ("powf", XYY) => {
            let l = x.ln().abs();
            Some((row.value / x).abs() * l * (2.0 + row.arguments[1].abs() * l))
        }
        // (1 + 2 / ln y) / (x (y ln y)²)
        ("log", XYY) => {
            let y = row.arguments[1];
            let l = y.ln().abs();
            Some((1.0 + 2.0 / l) / x / (y * l) / (y * l))
        }
        _ => None,
    }
}

/// Beyond so many ulps a result is not inaccurate but wrong, whatever the point.
pub const WRONG: u64 = 1_000_000;

/// The precision that a result was calculated in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// `f32`.
    Single,
    /// `f64`.
    Double,
}

impl Precision {
    /// The distance between two numbers of this precision.
    pub fn ulps(self, a: f64, b: f64) -> u64 {
        match self {
            Self::Single => ulps::distance_f32(a, b),
            Self::Double => ulps::distance(a, b),
        }
    }

    /// The nearest number of this precision.
    pub fn round(self, x: f64) -> f64 {
        match self {
            Self::Single => f64::from(x as f32),
            Self::Double => x,
        }
    }

    /// Is it a normal number of this precision?
    pub fn is_normal(self, x: f64) -> bool {
        match self {
            Self::Single => (x as f32).is_normal(),
            Self::Double => x.is_normal(),
        }
    }

    /// Are the limits meant for a true value of this size? Nearer to the ends of the range, what
    /// a formula calculates on the way may overflow or lose digits to underflow.
    pub fn in_range(self, truth: f64) -> bool {
        let (low, high) = match self {
            Self::Single => (1e-35, 1e35),
            Self::Double => (1e-290, 1e290),
        };
        (low..=high).contains(&truth.abs())
    }

    /// Does a result agree with a truth that is too small or too large for a limit? It is to be
    /// small or large too, and never NaN.
    fn is_about(self, got: f64, truth: f64) -> bool {
        if truth.abs() < 1.0 {
            !self.in_range(got / 1e3) && got.abs() < 1.0
        } else {
            !self.in_range(got * 1e3) && got.abs() > 1.0 && got.signum() == truth.signum()
        }
    }

    /// Is the plain value itself so far off that its derivatives cannot be judged?
    pub fn value_is_off(self, row: &Row) -> bool {
        let plain = match self {
            Self::Single => plain_value_f32(row),
            Self::Double => plain_value(row),
        };
        self.ulps(plain, self.round(row.value)) > 1_000
    }

    fn ulp(self, x: f64) -> f64 {
        match self {
            Self::Single => ulps::ulp_f32(x),
            Self::Double => ulps::ulp(x),
        }
    }
}

/// How far a derivative is off.
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    /// The distance from the correctly rounded derivative.
    pub ulps: u64,
    /// Is that allowed?
    pub passes: bool,
}

/// Compares a derivative with the truth; `None` where there is nothing to compare.
pub fn judge(
    precision: Precision,
    row: &Row,
    order: Order,
    component: usize,
    got: f64,
    truth: f64,
) -> Option<Verdict> {
    if truth.is_nan() {
        return None;
    }
    let truth = precision.round(truth);
    let ulps = precision.ulps(got, truth);
    let passes = if truth.is_infinite() {
        got == truth
    } else if precision.in_range(truth) {
        match allowed(row, order, component) {
            Allowed::Ulps(limit) => ulps <= limit,
            Allowed::UlpsOf(limit, scale) => {
                (got - truth).abs() <= limit as f64 * precision.ulp(scale)
            }
        }
    } else {
        precision.is_about(got, truth)
    };
    Some(Verdict { ulps, passes })
}
