//! What a check of derivatives found.

use core::fmt;
use std::string::String;
use std::vec::Vec;

/// Which derivative: of output number `output`, if there are several, with respect to one or two variables,
/// all counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Derivative {
    /// An entry of the gradient.
    First {
        /// The variable.
        variable: usize,
    },
    /// An entry of the Hessian.
    Second {
        /// The variable of the gradient's entry.
        row: usize,
        /// The variable in which that entry is differentiated.
        column: usize,
    },
    /// An entry of a Jacobian.
    Output {
        /// The output.
        output: usize,
        /// The variable.
        variable: usize,
    },
}

impl fmt::Display for Derivative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::First { variable } => std::format!("∂f/∂x{variable}"),
            Self::Second { row, column } if row == column => std::format!("∂²f/∂x{row}²"),
            Self::Second { row, column } => std::format!("∂²f/∂x{row}∂x{column}"),
            Self::Output { output, variable } => std::format!("∂f{output}/∂x{variable}"),
        };
        f.pad(&name)
    }
}

/// What differences say of a derivative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Verdict {
    /// It agrees with them as far as they reach.
    Agrees,
    /// They cannot tell: their own error is too large, there is a kink, or the function is not finite nearby.
    Unclear,
    /// It is wrong.
    Off,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Agrees => "agrees",
            Self::Unclear => "unclear",
            Self::Off => "OFF",
        })
    }
}

/// A derivative beside what differences say of it, at the point where the two are worst.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// Which derivative.
    pub derivative: Derivative,
    /// Whether it is right.
    pub verdict: Verdict,
    /// The derivative as the function's jets or the given derivative have it.
    pub given: f64,
    /// The same by extrapolated differences.
    pub difference: f64,
    /// How accurate the differences are, about.
    pub error: f64,
    /// Where; the point itself, or one near it.
    pub point: Vec<f64>,
}

impl Comparison {
    /// By how much the two differ.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        (self.given - self.difference).abs()
    }
}

/// What [`check_gradient`](super::check_gradient) and its companions found: one comparison for each derivative, the
/// worst of those at all points.
///
/// Displays as a table: all derivatives if there are few, otherwise those that do not agree.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[must_use]
pub struct DerivativeReport {
    /// One comparison for each derivative.
    pub comparisons: Vec<Comparison>,
    /// At how many points.
    pub points: usize,
}

/// Up to so many lines the table shows what agrees as well.
const FEW: usize = 40;

impl DerivativeReport {
    /// Is no derivative off? Those that differences cannot tell do not count.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.count(Verdict::Off) == 0
    }

    /// The number of derivatives of which differences say so.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.comparisons.iter().filter(|entry| entry.verdict == verdict).count()
    }

    /// Panics with the table if a derivative is off.
    #[doc(hidden)]
    #[track_caller]
    pub fn assert_ok(&self) {
        assert!(self.is_ok(), "derivatives that differences do not confirm\n{self}");
    }
}

impl fmt::Display for DerivativeReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (off, unclear) = (self.count(Verdict::Off), self.count(Verdict::Unclear));
        let all = self.comparisons.len();
        write!(f, "{all} derivatives at {} points: {off} off, {unclear} unclear", self.points)?;
        let few = all <= FEW;
        let shown = self.comparisons.iter().filter(|e| few || e.verdict != Verdict::Agrees);
        let mut rows = std::vec![
            ["", "given", "by differences", "deviation", "their error", "", "at"].map(String::from)
        ];
        rows.extend(shown.map(|e| {
            let point: Vec<String> = e.point.iter().take(6).map(|x| std::format!("{x}")).collect();
            let more = if e.point.len() > 6 { ", ..." } else { "" };
            [
                std::format!("{}", e.derivative),
                std::format!("{:.12e}", e.given),
                std::format!("{:.12e}", e.difference),
                std::format!("{:.1e}", e.deviation()),
                std::format!("{:.1e}", e.error),
                std::format!("{}", e.verdict),
                std::format!("[{}{more}]", point.join(", ")),
            ]
        }));
        if rows.len() == 1 {
            return Ok(());
        }
        let width = |k: usize| rows.iter().map(|row| row[k].chars().count()).max().unwrap_or(0);
        let widths: [usize; 7] = core::array::from_fn(width);
        for row in &rows {
            f.write_str("\n")?;
            for (k, cell) in row.iter().enumerate() {
                match k {
                    0 => write!(f, "{cell:<w$}", w = widths[k])?,
                    1..=4 => write!(f, "  {cell:>w$}", w = widths[k])?,
                    5 => write!(f, "  {cell:<w$}", w = widths[k])?,
                    _ => write!(f, "  {cell}")?,
                }
            }
        }
        Ok(())
    }
}
