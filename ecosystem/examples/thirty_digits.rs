//! Derivatives to thirty digits: the same function over `f64` and over a double-double.
//!
//!     cargo run --release -p gradual-ecosystem --example thirty_digits
//!
//! f(x) = sin(eˣ) / (1 + x²) at x = 1/3, its first three derivatives, and the known digits.

use gradual::{Dual, HyperDual, Real};
use gradual_ecosystem::double_double::Quad;
use num_traits::Num;

fn f<T: Real>(x: T) -> T {
    x.exp().sin() / (x * x + T::one())
}

/// f, f', f'' and f''' at 1/3, the third by nesting.
fn derivatives<S: gradual::Scalar>() -> [S; 4] {
    let x = S::literal(1.0) / S::literal(3.0);
    let y = f(Dual::<HyperDual<S>>::variable(HyperDual::variable(x, 0), 0));
    [
        y.value.value,
        y.value.partial(0),
        y.value.second_partial(0, 0),
        y.partial(0).second_partial(0, 0),
    ]
}

/// By mpmath, with 60 digits.
const KNOWN: [&str; 4] = [
    "0.8862250531225023542590151665820673",
    "-0.3128188415093177274522123569653795",
    "-2.727036999447325572067735792616413",
    "1.212021905402800384832354027617591",
];

fn main() {
    let (narrow, wide) = (derivatives::<f64>(), derivatives::<Quad>());
    println!("sin(exp x) / (1 + x²) at x = 1/3, digits that are right in brackets\n");
    for (order, known) in KNOWN.iter().enumerate() {
        let exact = Quad::from_str_radix(known, 10).expect("a number");
        let digits = |y: Quad| {
            let error = num_traits::Float::abs((y - exact) / exact);
            if error == Quad::literal(0.0) { 32.0 } else { -error.0.high().log10() }
        };
        println!("derivative {order}   known  {known}");
        println!("   double-double  {:.30} ({:.1})", wide[order], digits(wide[order]));
        println!(
            "   f64            {:.16e} ({:.1})\n",
            narrow[order],
            digits(Quad::literal(narrow[order]))
        );
        assert!(digits(wide[order]) > 30.0);
    }
}
