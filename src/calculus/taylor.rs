//! Taylor series, and what follows from them: derivatives of any order, also mixed ones.

use core::array;

use super::passes::assert_same_length;
use crate::derivatives::{Derivatives, Taylor};
use crate::jet::Jet;
use crate::points::{Curve, Point};
use crate::real::Real;

/// A number with a Taylor series to order K.
type Expanded<T, const K: usize> = Jet<T, Taylor<T, K>>;

/// The variable at x₀.
#[inline]
fn variable<T: Real, const K: usize>(x: T) -> Expanded<T, K> {
    const { assert!(K >= 1 && K <= 40, "a Taylor series of order 1 to 40") };
    Jet { value: x, derivatives: Taylor::variable() }
}

/// (f(x), [c₁, ..., c_K]): the Taylor series of a function of one variable, f(x + t) = f(x) + Σ cₖ tᵏ, cₖ = f⁽ᵏ⁾(x) / k!,
/// to order K = 1 to 40.
///
/// K is the number of coefficients that are taken apart, or is written: `taylor::<5, _>(f, x)`. The cost is O(K²) for
/// each operation and function, where nested dual numbers cost 2ᴷ and more; `docs/taylor.md` says how accurate the
/// coefficients are.
///
/// ```
/// use gradual::taylor;
///
/// let (f, [c1, c2, c3]) = taylor(|t| (2.0 * t).exp() / (1.0 - t), 0.0);
/// assert_eq!((f, c1, c2, c3), (1.0, 3.0, 5.0, 5.0 + 4.0 / 3.0));
///
/// let (_, c) = taylor::<7, _>(|t| t.tan(), 0.0);
/// assert!((c[6] - 17.0 / 315.0_f64).abs() < 1e-16);
/// ```
///
/// A function of several variables is expanded along a curve by [`taylor_along`].
#[must_use]
#[inline]
pub fn taylor<const K: usize, T: Real>(
    f: impl FnOnce(Jet<T, Taylor<T, K>>) -> Jet<T, Taylor<T, K>>,
    x: T,
) -> (T, [T; K]) {
    let y = f(variable(x));
    (y.value, y.derivatives.0)
}

/// [`taylor`] of a function that may fail.
///
/// # Errors
/// The error that `f` returns.
///
/// ```
/// use gradual::try_taylor;
/// let logarithm = |x: f64| try_taylor(|x| if x > 0.0 { Ok(x.ln()) } else { Err("not positive") }, x);
/// assert_eq!(logarithm(1.0), Ok((0.0, [1.0, -0.5])));
/// assert_eq!(logarithm(-1.0), Err("not positive"));
/// ```
#[inline]
pub fn try_taylor<const K: usize, T: Real, E>(
    f: impl FnOnce(Jet<T, Taylor<T, K>>) -> Result<Jet<T, Taylor<T, K>>, E>,
    x: T,
) -> Result<(T, [T; K]), E> {
    let y = f(variable(x))?;
    Ok((y.value, y.derivatives.0))
}

/// (F(t), [c₁, ..., c_K]): the Taylor series of a curve, a function of one variable that returns several numbers, as an
/// array, a tuple, a `Vec`, a vector or a matrix; each coefficient is such a container.
///
/// ```
/// use gradual::taylor_curve;
///
/// let (place, [velocity, half_acceleration]) = taylor_curve(|t| [t.cos(), t.sin()], 0.0);
/// assert_eq!((place, velocity, half_acceleration), ([1.0, 0.0], [0.0, 1.0], [-0.5, 0.0]));
/// ```
#[must_use]
#[inline]
pub fn taylor_curve<const K: usize, T: Real, C: Curve<Jet<T, Taylor<T, K>>>>(
    f: impl FnOnce(Jet<T, Taylor<T, K>>) -> C,
    t: T,
) -> (C::Of<T>, [C::Of<T>; K]) {
    let y = f(variable(t));
    (y.each(|number| number.value), array::from_fn(|i| y.each(|number| number.derivatives.0[i])))
}

/// (f(x), [c₁, ..., c_K]): the Taylor series of a scalar function of several variables along the curve
/// x + v₁ t + v₂ t² + ... + v_K tᴷ whose coefficients are given, f(x + v₁ t + ...) = f(x) + Σ cₖ tᵏ. Along a straight
/// line all but v₁ are zero.
///
/// # Panics
/// If a coefficient and `x` differ in length.
///
/// ```
/// use gradual::taylor_along;
///
/// // x y along (1 + t + t², 2 - t)
/// let (f, c) = taylor_along(|[x, y]| x * y, [1.0, 2.0], [[1.0, -1.0], [1.0, 0.0], [0.0, 0.0]]);
/// assert_eq!((f, c), (2.0, [1.0, 1.0, -1.0])); // (1 + t + t²)(2 - t)
/// ```
#[must_use]
#[inline]
#[track_caller]
pub fn taylor_along<P, V, const K: usize>(
    f: impl FnOnce(
        P::Argument<'_, Jet<P::Scalar, Taylor<P::Scalar, K>>>,
    ) -> Jet<P::Scalar, Taylor<P::Scalar, K>>,
    x: P,
    coefficients: [V; K],
) -> (P::Scalar, [P::Scalar; K])
where
    P: Point,
    V: Point<Scalar = P::Scalar, Gradient = P::Gradient>,
{
    const { assert!(K >= 1 && K <= 40, "a Taylor series of order 1 to 40") };
    for v in &coefficients {
        assert_same_length(&x, v);
    }
    let point = x.seeded(|i, value| {
        let series = array::from_fn(|k| coefficients[k].coordinate(i));
        Jet { value, derivatives: Taylor(series) }
    });
    let y = f(P::argument(&point));
    (y.value, y.derivatives.0)
}

/// (f(x), f'(x), f''(x), f'''(x)) of a function of one variable.
///
/// ```
/// use gradual::third_derivative;
/// assert_eq!(third_derivative(|x| x * x * x, 5.0), (125.0, 75.0, 30.0, 6.0));
/// ```
#[must_use]
#[inline]
pub fn third_derivative<T: Real>(
    f: impl FnOnce(Jet<T, Taylor<T, 3>>) -> Jet<T, Taylor<T, 3>>,
    x: T,
) -> (T, T, T, T) {
    let (y, [c1, c2, c3]) = taylor(f, x);
    (y, c1, c2 + c2, c3 * T::Scalar::literal(6.0))
}

/// (f(x), f⁽ᴷ⁾(x)) of a function of one variable: the K-th derivative, K = 1 to 40.
///
/// ```
/// use gradual::nth_derivative;
/// assert_eq!(nth_derivative::<5, _>(|x| x.powi(6), 1.0), (1.0, 720.0));
/// ```
#[must_use]
#[inline]
pub fn nth_derivative<const K: usize, T: Real>(
    f: impl FnOnce(Jet<T, Taylor<T, K>>) -> Jet<T, Taylor<T, K>>,
    x: T,
) -> (T, T) {
    let (y, c) = taylor(f, x);
    (y, (1..=K).fold(c[K - 1], |c, k| c * T::Scalar::literal(k as f64)))
}

/// The mixed partial derivative of a scalar function with respect to the listed variables, one entry for each
/// differentiation: `[0, 0, 0, 1, 1]` is ∂⁵f/∂x³∂y². K is the length of the list, 1 to 40.
///
/// It is a sum with signs of Taylor coefficients along few directions, Π(nᵢ + 1)/2 for orders nᵢ, so that no tensor is
/// formed: Griewank, Utke and Walther, *Evaluating higher derivative tensors by forward propagation of univariate Taylor
/// series*, Mathematics of Computation 69 (2000), by the polarisation identity
/// ∂ⁿf = 2⁻ᴷ Σ over s ≤ n of (-1)^|s| Π C(nᵢ, sᵢ) · c_K along n - 2s, where c_K are coefficients of order K = |n|.
/// As they are added, the variables should be of like size: scale them where they are not.
///
/// # Panics
/// If a variable is not less than the dimension of `x`.
///
/// ```
/// use gradual::mixed_partial;
///
/// let fxxxyy = mixed_partial(|[x, y]| x.powi(3) * y.powi(2), [0.5, 0.3], [0, 0, 0, 1, 1]);
/// assert!((fxxxyy - 12.0_f64).abs() < 1e-14);
/// ```
#[must_use]
#[track_caller]
pub fn mixed_partial<P: Point, const K: usize>(
    mut f: impl FnMut(
        P::Argument<'_, Jet<P::Scalar, Taylor<P::Scalar, K>>>,
    ) -> Jet<P::Scalar, Taylor<P::Scalar, K>>,
    x: P,
    variables: [usize; K],
) -> P::Scalar {
    const { assert!(K >= 1 && K <= 40, "a derivative of order 1 to 40") };
    let literal = |c: f64| <P::Scalar as Real>::Scalar::literal(c);
    // The distinct variables, and how often each is listed.
    let (mut distinct, mut orders, mut count) = ([0; K], [0_i32; K], 0);
    for v in variables {
        super::passes::assert_variable(&x, v);
        match distinct[..count].iter().position(|d| *d == v) {
            Some(m) => orders[m] += 1,
            None => {
                (distinct[count], orders[count]) = (v, 1);
                count += 1;
            }
        }
    }
    let mut sum = <P::Scalar as num_traits::ConstZero>::ZERO;
    let mut s = [0; K];
    loop {
        // Opposite directions give the same up to the sign, which the weights have too: one of each pair is enough.
        let direction: [i32; K] = array::from_fn(|m| orders[m] - 2 * s[m]);
        if direction.iter().find(|w| **w != 0).is_some_and(|w| *w > 0) {
            let weight: f64 = (0..count).map(|m| signed_binomial(orders[m], s[m])).product();
            let point = x.seeded(|i, value| {
                let mut derivatives = Taylor::ZERO;
                if let Some(m) = distinct[..count].iter().position(|d| *d == i) {
                    derivatives.0[0] = P::Scalar::literal(f64::from(direction[m]));
                }
                Jet { value, derivatives }
            });
            sum += f(P::argument(&point)).derivatives.0[K - 1] * literal(weight);
        }
        let Some(m) = (0..count).find(|m| s[*m] < orders[*m]) else { break };
        s[..m].fill(0);
        s[m] += 1;
    }
    (1..K).fold(sum, |sum, _| sum * literal(0.5))
}

/// (-1)ᵏ C(n, k)
fn signed_binomial(n: i32, k: i32) -> f64 {
    (1..=k).fold(1.0, |b, i| -b * f64::from(n - k + i) / f64::from(i))
}
