//! The check that every crate of the ecosystem goes through.
//!
//! A case is one function of one variable that goes through a foreign crate, written once over that
//! crate's own bound, and run with `f64`, `Dual`, `HyperDual` and `Dual<Dual>`:
//!
//! - the values of all runs agree to the bit (unless the crate has another kernel for `f64`),
//! - the first derivative is the known one: a closed form, or differences of order eight of the `f64`
//!   run,
//! - the first derivatives of the three kinds agree to rounding, and so do the second ones,
//! - the second derivative is the one that differences of the first give.

use gradual::{Dual, HyperDual};

/// The number of two levels, for second derivatives by nesting.
pub type Nested = Dual<Dual>;

/// One function that goes through a foreign crate, in all numbers, and how it is checked.
pub struct Case {
    name: &'static str,
    plain: fn(f64) -> f64,
    dual: fn(Dual) -> Dual,
    hyper: fn(HyperDual) -> HyperDual,
    nested: fn(Nested) -> Nested,
    slope: Option<fn(f64) -> f64>,
    tolerance: f64,
    step: f64,
    second: bool,
    values_within: f64,
}

/// `case!(f)` for a function `f` that is generic over its number.
#[macro_export]
macro_rules! case {
    ($f:path) => {
        $crate::Case::new(stringify!($f), $f, $f, $f, $f)
    };
}

/// `crate_name: [bound] |x| function, at point, check(..);` makes a test of the crate's name: the function, over `T` with
/// the bound, is a [`Case`], checked as the words after the point say.
#[macro_export]
macro_rules! crates {
    ($(
        $name:ident: [$($bound:tt)*] |$x:ident| $body:expr, at $point:literal $(, $check:ident($($how:expr),*))*;
    )*) => {$(
        #[test]
        fn $name() {
            fn through<T: $($bound)*>($x: T) -> T {
                $body
            }
            $crate::case!(through)$(.$check($($how),*))*.at($point);
        }
    )*};
}

impl Case {
    /// The same function in all numbers; see [`case!`].
    pub fn new(
        name: &'static str,
        plain: fn(f64) -> f64,
        dual: fn(Dual) -> Dual,
        hyper: fn(HyperDual) -> HyperDual,
        nested: fn(Nested) -> Nested,
    ) -> Self {
        let (tolerance, step) = (1e-9, 1.0 / 128.0);
        Self {
            name,
            plain,
            dual,
            hyper,
            nested,
            slope: None,
            tolerance,
            step,
            second: true,
            values_within: 0.0,
        }
    }

    /// The known derivative, in place of differences.
    pub fn slope(self, slope: fn(f64) -> f64) -> Self {
        Self { slope: Some(slope), ..self }
    }

    /// How far the derivative may be from the known one, relative to the larger of 1 and the known
    /// one; 1e-9 unless said. The second derivative has ten times as much.
    pub fn within(self, tolerance: f64) -> Self {
        Self { tolerance, ..self }
    }

    /// The step of the differences; 1/128 unless said.
    pub fn step(self, step: f64) -> Self {
        Self { step, ..self }
    }

    /// For an iteration that stops when the value has converged: the second derivative is one step
    /// behind and is not checked.
    pub fn first_order_only(self) -> Self {
        Self { second: false, ..self }
    }

    /// For a crate that has another kernel for `f64`, which rounds differently: the values agree to
    /// this relative tolerance, not to the bit.
    pub fn values_within(self, tolerance: f64) -> Self {
        Self { values_within: tolerance, ..self }
    }

    /// Checks the case at a point.
    #[track_caller]
    pub fn at(&self, x: f64) {
        let name = self.name;
        let value = (self.plain)(x);
        assert!(value.is_finite(), "{name}({x}) = {value}");
        let dual = (self.dual)(Dual::variable(x, 0));
        let hyper = (self.hyper)(HyperDual::variable(x, 0));
        let nested = (self.nested)(Dual::variable(Dual::variable(x, 0), 0));
        for (kind, v) in
            [("Dual", dual.value), ("HyperDual", hyper.value), ("Dual<Dual>", nested.value.value)]
        {
            let same = v.to_bits() == value.to_bits()
                || (v - value).abs() <= self.values_within * value.abs();
            assert!(same, "{name}({x}): {v} in {kind}, {value} in f64");
        }

        let first = dual.partial(0);
        let known = self.slope.map_or_else(|| differences(self.plain, x, self.step), |f| f(x));
        close(name, "the known derivative", first, known, self.tolerance);
        close(name, "HyperDual's first", hyper.partial(0), first, 1e-11);
        close(name, "Dual<Dual>'s first", nested.partial(0).value, first, 1e-11);
        close(name, "Dual<Dual>'s inner first", nested.value.partial(0), first, 1e-11);

        if self.second {
            let second = hyper.second_partial(0, 0);
            let slope = |x| (self.dual)(Dual::variable(x, 0)).partial(0);
            let known = differences(slope, x, self.step);
            close(name, "the known second derivative", second, known, 10.0 * self.tolerance);
            close(name, "Dual<Dual>'s second", nested.partial(0).partial(0), second, 1e-9);
        }
    }
}

/// f'(x) by central differences of order eight.
pub fn differences(f: impl Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    let weights = [4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0];
    let terms = (1..).zip(weights).map(|(k, w)| w * (f(x + k as f64 * h) - f(x - k as f64 * h)));
    terms.sum::<f64>() / h
}

#[track_caller]
fn close(name: &str, what: &str, found: f64, known: f64, tolerance: f64) {
    let error = (found - known).abs() / known.abs().max(1.0);
    assert!(error <= tolerance, "{name}: {found} against {what} {known}, off by {error:e}");
}
