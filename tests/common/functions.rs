//! The list of the functions: from the name in a reference row to the call.

use super::reference::Row;

/// Calls the function of a [`Row`] on the numbers `$a` (a slice, of any type with `f64`'s methods).
///
/// A macro, so that one list serves the plain floats, the inherent methods of a number type, and
/// code that is generic over a trait.
macro_rules! call {
    ($row:expr, $a:expr) => {
        match $row.function.as_str() {
            "recip" => $a[0].recip(),
            "sqrt" => $a[0].sqrt(),
            "cbrt" => $a[0].cbrt(),
            "exp" => $a[0].exp(),
            "exp2" => $a[0].exp2(),
            "exp_m1" => $a[0].exp_m1(),
            "ln" => $a[0].ln(),
            "log2" => $a[0].log2(),
            "log10" => $a[0].log10(),
            "ln_1p" => $a[0].ln_1p(),
            "sin" => $a[0].sin(),
            "cos" => $a[0].cos(),
            "tan" => $a[0].tan(),
            "asin" => $a[0].asin(),
            "acos" => $a[0].acos(),
            "atan" => $a[0].atan(),
            "sinh" => $a[0].sinh(),
            "cosh" => $a[0].cosh(),
            "tanh" => $a[0].tanh(),
            "asinh" => $a[0].asinh(),
            "acosh" => $a[0].acosh(),
            "atanh" => $a[0].atanh(),
            "abs" => $a[0].abs(),
            "powi" => $a[0].powi($row.exponent),
            "add" => $a[0] + $a[1],
            "sub" => $a[0] - $a[1],
            "mul" => $a[0] * $a[1],
            "div" => $a[0] / $a[1],
            "rem" => $a[0] % $a[1],
            "powf" => $a[0].powf($a[1]),
            "log" => $a[0].log($a[1]),
            "atan2" => $a[0].atan2($a[1]),
            "hypot" => $a[0].hypot($a[1]),
            "mul_add" => $a[0].mul_add($a[1], $a[2]),
            unknown => panic!("no function is called {unknown}"),
        }
    };
}
pub(crate) use call;

/// The value that plain `f64` gives.
pub fn plain_value(row: &Row) -> f64 {
    call!(row, &row.arguments)
}

/// The value that plain `f32` gives.
pub fn plain_value_f32(row: &Row) -> f64 {
    let arguments: Vec<f32> = row.arguments.iter().map(|x| *x as f32).collect();
    f64::from(call!(row, &arguments))
}
