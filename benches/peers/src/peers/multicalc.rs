use ::multicalc::scalar::{Dual, HyperDual, Numeric};

use crate::speed::forward::{Forward, Mixed, one_direction_at_a_time};
use crate::speed::measure::{Candidate, Class};
use crate::speed::number::wrapped_number;

const NAME: &str = "multicalc";

wrapped_number! {
    /// First order in one direction: the peer's own derivators and Jacobian take one at a time too.
    [] First [] (Dual<f64>), elementary = Numeric,
    lift = Dual::constant,
    recip = Numeric::recip,
    shift = |mut x: Dual<f64>, c: f64| { x.value += c; x },
    scale = |x: Dual<f64>, c: f64| Dual::new(x.value * c, x.deriv * c),
}

wrapped_number! {
    /// Second order in two directions, as in the peer's own Hessian (which drops value and gradient).
    [] Second [] (HyperDual<f64>), elementary = Numeric,
    lift = HyperDual::constant,
    recip = Numeric::recip,
    shift = |mut x: HyperDual<f64>, c: f64| { x.real += c; x },
    scale = |x: HyperDual<f64>, c: f64| HyperDual::new(x.real * c, x.eps1 * c, x.eps2 * c, x.eps1eps2 * c),
}

impl Forward for First {
    const LANES: usize = 1;

    #[inline]
    fn seed(value: f64, lane: Option<usize>) -> Self {
        Self(if lane.is_some() { Dual::variable(value) } else { Dual::constant(value) })
    }
    #[inline]
    fn value(&self) -> f64 {
        self.0.value
    }
    #[inline]
    fn partial(&self, _lane: usize) -> f64 {
        self.0.deriv
    }
}

impl Mixed for Second {
    #[inline]
    fn seed(value: f64, [first, second]: [f64; 2]) -> Self {
        Self(HyperDual::new(value, first, second, 0.0))
    }
    #[inline]
    fn value(&self) -> f64 {
        self.0.real
    }
    #[inline]
    fn first(&self) -> f64 {
        self.0.eps1
    }
    #[inline]
    fn mixed(&self) -> f64 {
        self.0.eps1eps2
    }
}

one_direction_at_a_time!(NAME, First, Second);

/// How accurate it is: its numbers at the rows of the reference.
pub mod accuracy {
    use crate::accuracy::common::reference::{Row, pairs};
    use crate::accuracy::{Partials, Peer, seeded, unit};
    use ::multicalc::scalar::{Dual, HyperDual, Numeric};

    pub const PEER: Peer = Peer {
        name: "multicalc",
        types: "`Dual`, `HyperDual`, one and two directions at a time",
        first,
        second,
    };

    fn first(row: &Row) -> Partials {
        (0..row.arguments.len())
            .map(|i| {
                let number = |x, k| Dual::new(x, unit(k, i));
                Some(evaluate(row, &seeded(row, number))?.deriv)
            })
            .collect()
    }

    fn second(row: &Row) -> Partials {
        pairs(row.arguments.len())
            .map(|(i, j)| {
                let number = |x, k| HyperDual::new(x, unit(k, i), unit(k, j), 0.0);
                Some(evaluate(row, &seeded(row, number))?.eps1eps2)
            })
            .collect()
    }

    /// The function of a row; `None` where there is none.
    fn evaluate<T: Numeric>(row: &Row, a: &[T]) -> Option<T> {
        Some(match row.function.as_str() {
            "recip" => a[0].recip(),
            "sqrt" => a[0].sqrt(),
            "cbrt" => a[0].cbrt(),
            "exp" => a[0].exp(),
            "exp_m1" => a[0].expm1(),
            "ln" => a[0].ln(),
            "log2" => a[0].log2(),
            "log10" => a[0].log10(),
            "ln_1p" => a[0].ln_1p(),
            "sin" => a[0].sin(),
            "cos" => a[0].cos(),
            "tan" => a[0].tan(),
            "asin" => a[0].asin(),
            "acos" => a[0].acos(),
            "atan" => a[0].atan(),
            "sinh" => a[0].sinh(),
            "cosh" => a[0].cosh(),
            "tanh" => a[0].tanh(),
            "abs" => a[0].abs(),
            "powi" => a[0].powi(row.exponent),
            "add" => a[0] + a[1],
            "sub" => a[0] - a[1],
            "mul" => a[0] * a[1],
            "div" => a[0] / a[1],
            "powf" => a[0].powf(a[1]),
            "atan2" => a[0].atan2(a[1]),
            "hypot" => a[0].hypot(a[1]),
            "mul_add" => a[0].mul_add(a[1], a[2]),
            // exp2, log, asinh, acosh, atanh and `%`
            _ => return None,
        })
    }
}
