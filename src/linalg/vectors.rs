//! Lengths, directions and angles of vectors.

use alloc::vec::Vec;

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage};
use num_traits::Float;

use super::parts::parts;
use super::scaling::magnitude;
use crate::real::Real;

/// The Euclidean norm |v| of a vector, or the Frobenius norm of a matrix.
///
/// Neither overflows nor underflows where the result does not. At the zero vector, where the norm has a cone,
/// the gradient is 0 (the subgradient of least norm) and the second derivatives are NaN, but those of a
/// constant are zero: as [`guarantees`](crate::guarantees) says of kinks.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Vector2;
/// let v = Vector2::from(Dual::variables(&[3.0, 4.0]));
/// let norm = linalg::norm(&v);
/// assert_eq!((norm.value, norm.gradient()), (5.0, [0.6, 0.8]));
/// ```
#[must_use]
pub fn norm<T, R, C, S>(v: &Matrix<T, R, C, S>) -> T
where
    T: Real,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    length(v.clone_owned().as_slice())
}

/// v/|v|; NaN for the zero vector.
///
/// The derivative is (I - n nᵀ)/|v| with n = v/|v|. It is computed in a frame of which n is one axis, so that
/// the small entries of a vector close to an axis keep their digits.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Vector2;
/// let [x, y] = Dual::variables(&[2.0, 0.0]);
/// let n = linalg::normalize(&Vector2::new(x, y));
/// assert_eq!((n[0].value, n[0].gradient()), (1.0, [0.0, 0.0]));
/// assert_eq!((n[1].value, n[1].gradient()), (0.0, [0.0, 0.5]));
/// ```
#[must_use]
pub fn normalize<T, R, C, S>(v: &Matrix<T, R, C, S>) -> OMatrix<T, R, C>
where
    T: Real,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let mut direction = v.clone_owned();
    direct(direction.as_mut_slice());
    direction
}

/// The angle between two vectors, from 0 to π; 0 if one of them is zero.
///
/// It is atan2(|a ∧ b|, a·b), which is accurate from 0 to π; the arc cosine of a·b/(|a||b|) has no digits at
/// either end. The norm of a ∧ b, of the products a_i b_j - a_j b_i for i < j, takes n²/2 operations for
/// vectors of n entries. At 0 and at π the angle has a cone, and the derivatives of a [`norm`] at zero.
///
/// # Panics
/// If the numbers of entries differ.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Vector2;
/// let [x, y] = Dual::variables(&[1.0, 1e-20]);
/// let axis = Vector2::x().map(Dual::constant);
/// let angle = linalg::angle_between(&axis, &Vector2::new(x, y));
/// assert_eq!((angle.value, angle.gradient()), (1e-20, [-1e-20, 1.0]));
/// ```
#[must_use]
#[track_caller]
pub fn angle_between<T, R1, C1, S1, R2, C2, S2>(
    a: &Matrix<T, R1, C1, S1>,
    b: &Matrix<T, R2, C2, S2>,
) -> T
where
    T: Real,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    DefaultAllocator: Allocator<R1, C1> + Allocator<R2, C2>,
{
    assert!(
        a.len() == b.len(),
        "the angle between vectors of {} and of {} entries",
        a.len(),
        b.len()
    );
    let (mut a, mut b) = (a.clone_owned(), b.clone_owned());
    let (a, b) = (a.as_mut_slice(), b.as_mut_slice());
    rescale(a);
    rescale(b);
    let dot: T = a.iter().zip(b.iter()).map(|(a, b)| *a * *b).sum();
    let sine = match (&*a, &*b) {
        (&[a0, a1], &[b0, b1]) => length(&[cross_term(a0, b1, a1, b0)]),
        (&[a0, a1, a2], &[b0, b1, b2]) => length(&[
            cross_term(a1, b2, a2, b1),
            cross_term(a2, b0, a0, b2),
            cross_term(a0, b1, a1, b0),
        ]),
        (a, b) => {
            let pairs = (0..a.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
            let wedge: Vec<T> = pairs.map(|(i, j)| cross_term(a[i], b[j], a[j], b[i])).collect();
            length(&wedge)
        }
    };
    if sine == T::zero() && dot == T::zero() { T::zero() } else { sine.atan2(dot) }
}

/// a b - c d, whose value does not cancel (Kahan; Jeannerod, Louvet and Muller, Mathematics of Computation 82,
/// 2013).
#[inline]
pub(super) fn cross_term<T: Real>(a: T, b: T, c: T, d: T) -> T {
    let product = c * d;
    let error = (-c).mul_add(d, product);
    a.mul_add(b, -product) + error
}

/// The norm of a vector.
pub(super) fn length<T: Real>(v: &[T]) -> T {
    let plain = plain_length(v);
    if T::ORDER == 0 {
        T::lift(plain)
    } else if plain == T::Scalar::literal(0.0) {
        // Zero where the square of the norm has no second derivative.
        let square: T = v.iter().map(|x| *x * *x).sum();
        T::nan().times_part(square)
    } else {
        Frame::new(v, plain).length(v)
    }
}

/// Divides a vector by its norm.
pub(super) fn direct<T: Real>(v: &mut [T]) {
    let plain = plain_length(v);
    if T::ORDER == 0 || plain == T::Scalar::literal(0.0) {
        v.iter_mut().for_each(|x| *x /= plain);
    } else {
        Frame::new(v, plain).direct(v);
    }
}

/// The power of two by which entries are divided so that their squares neither overflow nor underflow.
fn scale<T: Real>(v: &[T]) -> T::Scalar {
    let (zero, one) = (T::Scalar::literal(0.0), T::Scalar::literal(1.0));
    let largest = v.iter().fold(zero, |largest, x| largest.max(x.primal().abs()));
    let limit = <T::Scalar as Float>::max_value().sqrt().sqrt();
    let ordinary = largest < limit && largest > limit.recip();
    if ordinary || largest == zero || !largest.is_finite() { one } else { magnitude(largest) }
}

/// Divides a vector by a power of two that brings squares into the range.
pub(super) fn rescale<T: Real>(v: &mut [T]) {
    let scale = scale(v);
    if scale != T::Scalar::literal(1.0) {
        v.iter_mut().for_each(|x| *x /= scale);
    }
}

fn plain_length<T: Real>(v: &[T]) -> T::Scalar {
    let scale = scale(v);
    let square = |x: &T| {
        let x = x.primal() / scale;
        x * x
    };
    v.iter().map(square).sum::<T::Scalar>().sqrt() * scale
}

/// A frame of orthogonal axes at a vector v₀ ≠ 0: n = v₀/|v₀|, and the others as Householder's reflection
/// H = I - β w wᵀ turns them, where w = n + σ e_m, β = 1/(1 + |n_m|), and m is the largest entry of n.
///
/// Column m of H is -σ n. As n_k² is at most 1/2 for k ≠ m, the coordinates across n,
/// (H e)_k = e_k - β n_k (n·e + σ e_m), do not cancel (Golub and Van Loan, Matrix Computations, 4th ed.,
/// section 5.1).
struct Frame<T: Real> {
    /// |v₀|.
    plain: T::Scalar,
    /// m.
    axis: usize,
    /// σ, the sign of n_m.
    sign: T::Scalar,
    beta: T::Scalar,
    /// The coordinate of v along n.
    along: T,
    /// β (n·e + σ e_m) for the change e of v.
    pull: T,
}

impl<T: Real> Frame<T> {
    fn new(v: &[T], plain: T::Scalar) -> Self {
        let size = |k: usize| v[k].primal().abs();
        let axis = (1..v.len()).fold(0, |m, k| if size(k) > size(m) { k } else { m });
        let one = T::Scalar::literal(1.0);
        let sign = v[axis].primal().signum();
        let beta = (one + size(axis) / plain).recip();
        let change: T = v.iter().map(|x| parts(*x) * (x.primal() / plain)).sum();
        let pull = (change + parts(v[axis]) * sign) * beta;
        Self { plain, axis, sign, beta, along: change + plain, pull }
    }

    /// n_k and the coordinate of v across n that belongs to it, for k ≠ m.
    #[inline]
    fn across(&self, x: T) -> (T::Scalar, T) {
        let n = x.primal() / self.plain;
        (n, parts(x) - self.pull * n)
    }

    fn others<'a>(&'a self, v: &'a [T]) -> impl Iterator<Item = (T::Scalar, T)> + 'a {
        let others = v.iter().enumerate().filter(|(k, _)| *k != self.axis);
        others.map(|(_, x)| self.across(*x))
    }

    /// |v|/along = √(1 + |across|²/along²).
    fn stretch(&self, v: &[T]) -> T {
        let square = |(_, across): (T::Scalar, T)| {
            let slope = across / self.along;
            slope * slope
        };
        (self.others(v).map(square).sum::<T>() + T::Scalar::literal(1.0)).sqrt()
    }

    /// |v| = along + |across|²/along / (1 + |v|/along).
    fn length(&self, v: &[T]) -> T {
        match T::ORDER {
            1 => self.along,
            2 => {
                // A slope has no second derivatives to offer to the product; its square may overflow.
                let half = T::Scalar::literal(0.5);
                let bend = |(_, across): (T::Scalar, T)| across * (across / self.plain);
                self.along + self.others(v).map(bend).sum::<T>() * half
            }
            _ => {
                let bend = |(_, across): (T::Scalar, T)| across * (across / self.along);
                let bend: T = self.others(v).map(bend).sum();
                self.along + bend / (self.stretch(v) + T::Scalar::literal(1.0))
            }
        }
    }

    /// v/|v| = n along/|v| + H across/|v|.
    fn direct(&self, v: &mut [T]) {
        let (cosine, norm) = if T::ORDER == 1 {
            (T::one(), T::lift(self.plain))
        } else {
            let stretch = self.stretch(v);
            (stretch.recip(), self.along * stretch)
        };
        let tilt = self.others(v).map(|(n, across)| across * n).sum::<T>() / norm;
        for (k, x) in v.iter_mut().enumerate() {
            let (n, across) = self.across(*x);
            let turned = if k == self.axis {
                -(tilt * self.sign)
            } else {
                across / norm - tilt * (n * self.beta)
            };
            *x = cosine * n + turned;
        }
    }
}
