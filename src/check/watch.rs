//! The branch watch: where a program decides on values alone.

use core::fmt;
use core::panic::Location;
use std::string::String;
use std::vec::Vec;

use super::watched::{TOLD_APART, Watched};
use crate::jet::{Decision, Jet, Witness, witnessed};
use crate::points::Point;

/// A place in a program where derivatives may go missing; see [`watch`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// What was decided.
    pub decision: Decision,
    /// Where: the line that calls the number's method, in your code or in that of a crate you use.
    pub place: &'static Location<'static>,
    /// How often.
    pub count: usize,
    /// The value that was seen, at the first time.
    pub value: f64,
    /// The variables that the numbers at this place depend on, counted from 0; from 127 on they are one.
    pub variables: Vec<usize>,
}

/// What [`watch`] saw: empty if no decision hangs on an exact value.
///
/// Displays as a list, one line for each place.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[must_use]
pub struct BranchReport {
    /// The places, in the order in which the program came to them first.
    pub findings: Vec<Finding>,
}

impl BranchReport {
    /// Is there nothing to report?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Runs `f` at the point `x` and reports each place where the program decides on a value alone although the value
/// varies: where the decision would be another one an infinitesimal step away, or where the derivatives are
/// dropped. Derivatives through such a place may be wrong, and not only missing; see the
/// [guarantees](crate::guarantees).
///
/// It sees exact tests (`is_zero`, `== 0.0`), comparisons of equal values, and of zero with a constant next to it
/// (`norm < 1e-12`), ties in `max`, `min` and `clamp`, the
/// kinks of `abs`, `copysign` and `hypot`, the steps of `floor`, `round`, `%`, ..., the sign of a zero, and
/// conversions to plain numbers (`to_f64`, `NumCast`, `as_`), in your code and in the crates that it calls; not
/// the fields of a jet, nor [`Real::primal`](crate::Real::primal), which say themselves that they drop derivatives. A
/// number varies if a first or second derivative is not zero; numbers with the same derivatives are told apart
/// by nothing. Comparisons through references (`&a == &b`) are reported at the standard library's line for
/// them.
///
/// It does not see thresholds that the value lies at a distance from (`norm < 1e-6` at 1e-8), nor decisions that hang on
/// rounding. So a bisection in a fixed bracket is not reported, though its result is a constant: every number in it was
/// given, and the function only says which. [`check_gradient`](super::check_gradient) finds what that loses, and
/// `implicit` has the derivatives of what any solver found.
///
/// What it reports need not be an error: `x.abs()` in the search for a pivot does no harm.
///
/// It watches the thread that it is called on.
///
/// ```
/// use gradual::check::{Decision, watch};
///
/// // skips the multiplication by a zero, and with it the derivative 3
/// let report = watch(|[x]| if x == 0.0 { x } else { x * (x + 3.0) }, [0.0]);
/// assert_eq!(report.findings[0].decision, Decision::Comparison);
/// println!("{report}");
/// # assert!(report.to_string().contains("comparison of equal values at 0, once, of variable 0"));
///
/// assert!(watch(|[x]| if x == 0.0 { x } else { x * (x + 3.0) }, [0.5]).is_empty());
/// ```
pub fn watch<P: Point, R>(
    f: impl FnOnce(P::Argument<'_, Jet<P::Scalar, Watched<P::Scalar>>>) -> R,
    x: P,
) -> BranchReport {
    let point = x.seeded(|i, value| Jet { value, derivatives: Watched::seed(i) });
    let (_, witnesses) = witnessed(|| f(P::argument(&point)));
    BranchReport { findings: witnesses.into_iter().map(Finding::new).collect() }
}

impl Finding {
    fn new(witness: Witness) -> Self {
        let Witness { decision, place, count, value, sources } = witness;
        let variables = (0..=TOLD_APART).filter(|i| sources >> i & 1 == 1).collect();
        Self { decision, place, count, value, variables }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let variables: Vec<String> = self.variables.iter().map(|i| std::format!("{i}")).collect();
        let (place, value) = (self.place, self.value);
        let times =
            if self.count == 1 { "once".into() } else { std::format!("{} times", self.count) };
        let noun = if variables.len() == 1 { "variable" } else { "variables" };
        write!(
            f,
            "{place}: {} at {value}, {times}, of {noun} {}: {}",
            self.decision,
            variables.join(", "),
            self.decision.consequence()
        )
    }
}

impl fmt::Display for BranchReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("no decision on an exact value");
        }
        for (i, finding) in self.findings.iter().enumerate() {
            let end = if i == 0 { "" } else { "\n" };
            write!(f, "{end}{finding}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::ExactTest => "exact test",
            Self::Comparison => "comparison of equal values",
            Self::Threshold => "comparison of zero with a threshold",
            Self::Tie => "tie",
            Self::Kink => "kink",
            Self::Sign => "sign of zero",
            Self::Step => "step",
            Self::Conversion => "conversion to a plain number",
        })
    }
}

impl Decision {
    /// What becomes of the derivatives.
    fn consequence(self) -> &'static str {
        match self {
            Self::Threshold => "what counts as zero may be treated without its derivatives",
            Self::ExactTest | Self::Comparison => {
                "the other branch is taken next to here, and this one may not have its derivatives"
            }
            Self::Tie => "the derivatives are those of one operand",
            Self::Kink => "the derivatives are those of one side",
            Self::Sign | Self::Step => "the value jumps here, the derivatives are zero",
            Self::Conversion => "the derivatives are dropped",
        }
    }
}
