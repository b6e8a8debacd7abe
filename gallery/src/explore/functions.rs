//! The functions that a formula may name.

use gradual::{Real, special};

/// The names of functions, and what each does to its arguments, from one list.
macro_rules! functions {
    ($names:ident, $apply:ident($($x:ident),+) { $($name:literal => $value:expr,)+ }) => {
        pub const $names: &[&str] = &[$($name),+];

        /// # Panics
        /// For a name that is not in the list.
        pub fn $apply<T: Real<Scalar = f64>>(name: &str, $($x: T),+) -> T {
            match name {
                $($name => $value,)+
                _ => panic!("{name} is not in the list of functions"),
            }
        }
    };
}

functions!(UNARY, unary(x) {
    "sin" => x.sin(),
    "cos" => x.cos(),
    "tan" => x.tan(),
    "asin" => x.asin(),
    "acos" => x.acos(),
    "atan" => x.atan(),
    "sinh" => x.sinh(),
    "cosh" => x.cosh(),
    "tanh" => x.tanh(),
    "asinh" => x.asinh(),
    "acosh" => x.acosh(),
    "atanh" => x.atanh(),
    "exp" => x.exp(),
    "ln" => x.ln(),
    "log2" => x.log2(),
    "log10" => x.log10(),
    "sqrt" => x.sqrt(),
    "cbrt" => x.cbrt(),
    "abs" => x.abs(),
    "sign" => x.signum(),
    "floor" => x.floor(),
    "erf" => special::erf(x),
    "erfc" => special::erfc(x),
    "gamma" => special::gamma(x),
    "ln_gamma" => special::ln_gamma(x),
    "logistic" => special::logistic(x),
});

functions!(BINARY, binary(a, b) {
    "atan2" => a.atan2(b),
    "hypot" => a.hypot(b),
    "max" => a.max(b),
    "min" => a.min(b),
    "pow" => a.powf(b),
});
