//! What the law of a function says of the ends of the floats' range: where its coefficients are ordinary numbers, and how it
//! goes beyond.

use crate::law::Law;
use crate::real::Scalar;

/// Where the coefficients c_k = f⁽ᵏ⁾(x) / k! of a function, and f⁽ᵏ⁾(x) itself, are sure to be normal numbers, or zeros
/// that belong there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Window<T> {
    /// Wherever the value is a normal number.
    Everywhere,
    /// Where |z|ᵖ is for |p| ≤ `power`, but for a factor of 2 to the `bits`.
    Powers { of: T, power: i32, bits: i32 },
    /// Where |z|⁻ᵖ is for 0 ≤ p ≤ `power`, or z is small.
    InversePowers { of: T, power: i32, bits: i32 },
    /// Where e⁻ᶻ is, but for a factor of 2 to the `bits`.
    Decay { of: T, bits: i32 },
    /// Nowhere.
    Nowhere,
}

impl<T: Scalar> Window<T> {
    /// Is the point inside?
    #[inline(always)]
    pub(crate) fn holds(self) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Powers { of, power, bits } => of.has_powers(power, bits),
            Self::InversePowers { of, power, bits } => of.has_inverse_powers(power, bits),
            // A bit is less than 0.7.
            Self::Decay { of, bits } => {
                -of > T::min_positive_value().ln() + T::literal(0.7 * f64::from(bits))
            }
            Self::Nowhere => false,
        }
    }
}

/// How a function goes at an end of the floats' range, as a power of x or as an exponential.
///
/// In t = n / `unit` the coefficients of f(x + n) are e_1 = `first` and e_k = e_{k-1} times a ratio over k, times `scale`: the
/// e_k are ordinary numbers where c_k = `scale` e_k / `unit`ᵏ is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tail<T> {
    pub unit: T,
    pub first: T,
    pub scale: T,
    way: Way<T>,
}

#[derive(Clone, Copy, Debug)]
enum Way<T> {
    /// The ratio (a - k + 1) / `over`, with the exponent a.
    Power { exponent: T, over: T },
    /// The same ratio for every k.
    Exponential { rate: T },
}

impl<T: Scalar> Tail<T> {
    /// e_k. Not by a loop, of which the compiler would make a long function.
    fn coefficient(&self, k: usize) -> T {
        if k < 2 {
            return self.first;
        }
        let (order, one) = (T::literal(k as f64), T::literal(1.0));
        let ratio = match self.way {
            Way::Power { exponent, over } => (exponent - order + one) / over,
            Way::Exponential { rate } => rate,
        };
        self.coefficient(k - 1) * ratio / order
    }

    /// y' = `first` / `unit` · (x / `unit`)ᵃ⁻¹ with the exponent a.
    #[inline]
    fn power(unit: T, first: T, exponent: T) -> Self {
        let one = T::literal(1.0);
        Self { unit, first, scale: one, way: Way::Power { exponent, over: one } }
    }

    /// y' = `slope` eʰ eʰ with h so small that y' underflows where eʰ does not.
    #[inline]
    fn exponential(h: T, slope: T, rate: T) -> Self {
        let scale = h.exp();
        let way = Way::Exponential { rate };
        Self { unit: T::literal(1.0), first: slope * scale, scale, way }
    }

    /// e_k where it is an ordinary number and the coefficient c_k is none.
    #[inline(never)]
    pub(crate) fn instead_of(&self, k: usize, c: T) -> Option<T> {
        let e = self.coefficient(k);
        (!is_ordinary(k, c) && is_ordinary(k, e)).then_some(e)
    }

    /// The tail, where its numbers are ordinary.
    #[inline]
    fn if_normal(self) -> Option<Self> {
        let normal = self.first.is_normal() && self.unit.is_finite() && self.unit != T::ZERO;
        normal.then_some(self)
    }
}

/// Are the coefficient c_k and the derivative k! c_k, which the rules meet, normal numbers?
fn is_ordinary<T: Scalar>(k: usize, c: T) -> bool {
    c.is_normal() && (c * factorial::<T>(k)).is_finite()
}

fn factorial<T: Scalar>(k: usize) -> T {
    if k < 2 { T::one() } else { factorial::<T>(k - 1) * T::literal(k as f64) }
}

/// How many binary digits `n` has.
#[inline(always)]
fn bits(n: i32) -> i32 {
    (i32::BITS - n.leading_zeros()) as i32
}

impl<T: Scalar> Law<T> {
    /// Where the coefficients at x to this order are ordinary.
    #[inline(always)]
    pub(crate) fn window(self, x: T, order: usize) -> Window<T> {
        let (k, one) = (order as i32, T::literal(1.0));
        // f⁽ᵏ⁾ has a factor k! at most beside its power.
        let factorial = k * bits(k);
        match self {
            Self::Power { exponent: a } => {
                let last = T::literal(order as f64);
                // A power of a number below such an exponent leaves the range before its product with the exponent does.
                if a >= last && a <= T::literal(24.0) {
                    // The powers are between 1 and the value.
                    return Window::Everywhere;
                }
                if a.abs() <= T::epsilon() {
                    return Window::Nowhere;
                }
                // A factor a - j of the binomial may be small.
                let is_small = |z: T| z != T::ZERO && z.abs() < T::literal(0.0625);
                let has_small_factor = || (0..order).any(|j| is_small(a - T::literal(j as f64)));
                let reach = (a - one).abs().max((a - last).abs());
                if reach <= one && !has_small_factor() {
                    return Window::Everywhere;
                }
                let reach = reach.max(one);
                // Rounded up. A reach beyond an i32 leaves no x inside.
                let Some(whole) = reach.to_i32() else { return Window::Nowhere };
                let power = if T::literal(f64::from(whole)) < reach { whole + 1 } else { whole };
                // The binomial has k factors, of at most |a| + k.
                let factor = bits(power.saturating_add(2 * k)).saturating_mul(k);
                Window::Powers { of: x, power, bits: factor }
            }
            // The slope of a logarithm to a base next to 1 overflows at numbers that are not yet tiny.
            Self::Logarithm { argument, scale } if order > 1 || scale.abs() > T::literal(4.0) => {
                Window::Powers { of: argument, power: k, bits: factorial }
            }
            Self::Inverse { sign, .. } if sign > T::ZERO => {
                Window::InversePowers { of: x, power: k + 1, bits: factorial }
            }
            // Without a slope.
            Self::InverseRoot { q, .. } if order > 1 && q == T::ZERO => Window::Nowhere,
            Self::InverseRoot { sign, .. } if sign > T::ZERO && order > 1 => {
                Window::InversePowers { of: x, power: k, bits: factorial }
            }
            Self::Exponential { level, .. } if level != T::ZERO => {
                Window::Decay { of: -x, bits: factorial }
            }
            Self::Riccati { sign } if sign < T::ZERO => {
                Window::Decay { of: x.abs() * T::literal(2.0), bits: factorial }
            }
            _ => Window::Everywhere,
        }
    }

    /// Is the slope finite wherever the window to first order holds?
    #[inline(always)]
    pub(crate) fn is_bounded_inside(self) -> bool {
        match self {
            Self::Power { exponent } => exponent == -T::literal(1.0),
            Self::Inverse { sign, .. } => sign > T::ZERO,
            Self::Riccati { sign } => sign < T::ZERO,
            _ => false,
        }
    }

    /// [`Law::tail`] in a function of its own, for all laws.
    #[inline(never)]
    pub(crate) fn any_tail(self, x: T, y: T) -> Option<Tail<T>> {
        self.tail(x, y)
    }

    /// How the function goes outside of the window, where y is its value at x. (At 0, at infinity and where it is not
    /// defined it goes nowhere.)
    // In line, so that of a row's law only its own arm is there.
    #[inline(always)]
    pub(crate) fn tail(self, x: T, y: T) -> Option<Tail<T>> {
        let (zero, one) = (T::ZERO, T::literal(1.0));
        let tail = match self {
            _ if y.is_nan() => return None,
            // Powers of a large exponent come with parts that are as small.
            Self::Power { exponent } if exponent.abs() > one && (x / exponent).is_normal() => {
                let way = Way::Power { exponent, over: exponent };
                Tail { unit: x / exponent, first: y, scale: one, way }
            }
            Self::Power { exponent } => Tail::power(x, y * exponent, exponent),
            Self::Logarithm { argument, scale } => Tail::power(argument, scale, zero),
            // The slope is 1/x² far out.
            Self::Inverse { sign, .. } if sign > zero => Tail::power(x, x.recip(), -one),
            // The slope is 1/|x| far out.
            Self::InverseRoot { q, sign } if sign > zero && q != zero => {
                Tail::power(x, one.copysign(x), zero)
            }
            Self::Exponential { rate, level } if level != zero => {
                Tail::exponential(x * rate * T::literal(0.5), rate, rate)
            }
            // tanh x is ±(1 - 2 exp(-2|x|)) far out.
            Self::Riccati { sign } if sign < zero => {
                Tail::exponential(-x.abs(), T::literal(4.0), -T::literal(2.0).copysign(x))
            }
            _ => return None,
        };
        tail.if_normal()
    }
}
