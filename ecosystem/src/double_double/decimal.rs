//! Decimal digits, zero, one and conversions.

use core::fmt;

use num_traits::{Float, Num, NumCast, One, ToPrimitive, Zero};

use super::DoubleDouble;

/// 31 significant digits, as `-1.234...e-5`; the precision of the format changes how many follow the point.
impl fmt::LowerExp for DoubleDouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.high == 0.0 || !self.high.is_finite() {
            return fmt::LowerExp::fmt(&self.high, f);
        }
        let places = f.precision().unwrap_or(30);
        let ten = Self::new(10.0);
        let mut exponent = self.high.abs().log10().floor() as i32;
        let mut rest =
            self.abs() / ten.powi(exponent) + ten.powi(-(places as i32)) / Self::new(2.0);
        // log10 rounds, and so may the last digit up to the next power of ten
        if rest >= ten {
            rest = rest / ten;
            exponent += 1;
        }
        if self.high < 0.0 {
            write!(f, "-")?;
        }
        for place in 0..=places {
            let digit = rest.floor();
            write!(f, "{}", digit.high)?;
            if place == 0 && places > 0 {
                write!(f, ".")?;
            }
            rest = (rest - digit) * ten;
        }
        write!(f, "e{exponent}")
    }
}

impl fmt::Display for DoubleDouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::LowerExp::fmt(self, f)
    }
}

impl Num for DoubleDouble {
    type FromStrRadixErr = num_traits::ParseFloatError;

    /// Digits with a point and an exponent, `-1.25e-3`, in base ten; all of them count.
    fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        // The syntax is f64's, and so are the infinities and NaN.
        let near = <f64 as Num>::from_str_radix(text, radix)?;
        if radix != 10 || !near.is_finite() {
            return Ok(Self::new(near));
        }
        let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let mut exponent: i32 = exponent.parse().unwrap_or(0);
        if let Some((_, decimals)) = digits.split_once('.') {
            exponent -= decimals.len() as i32;
        }
        let ten = Self::new(10.0);
        let whole = digits
            .bytes()
            .filter(u8::is_ascii_digit)
            .fold(Self::zero(), |x, digit| x * ten + Self::new((digit - b'0').into()));
        let x = if exponent < 0 { whole / ten.powi(-exponent) } else { whole * ten.powi(exponent) };
        Ok(if text.starts_with('-') { -x } else { x })
    }
}

impl Zero for DoubleDouble {
    fn zero() -> Self {
        Self::new(0.0)
    }

    fn is_zero(&self) -> bool {
        self.high == 0.0
    }
}

impl One for DoubleDouble {
    fn one() -> Self {
        Self::new(1.0)
    }
}

impl ToPrimitive for DoubleDouble {
    fn to_i64(&self) -> Option<i64> {
        self.high.to_i64()
    }

    fn to_u64(&self) -> Option<u64> {
        self.high.to_u64()
    }

    fn to_f64(&self) -> Option<f64> {
        Some(self.high)
    }
}

impl NumCast for DoubleDouble {
    fn from<T: ToPrimitive>(n: T) -> Option<Self> {
        n.to_f64().map(Self::new)
    }
}
