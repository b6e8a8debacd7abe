//! Lengths, directions and angles of vectors.

use alloc::vec::Vec;

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage};
use num_traits::Float;

use super::parts::parts;
use super::scaling::magnitude;
use crate::real::{Real, Scalar};

/// The Euclidean norm |v| of a vector, or the Frobenius norm of a matrix.
///
/// Neither overflows nor underflows where the result does not. At the zero vector, where the norm has a cone,
/// the gradient is 0 (the subgradient of least norm) and the second derivatives are NaN, but those of a
/// constant are zero: as [`guarantees`](crate::guarantees) says of kinks. So `norm(v).powi(2)` has no Hessian there, and
/// `v.norm_squared()`, which is smooth, has.
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
    let plain = PlainLength::new(v);
    if T::ORDER == 0 {
        T::lift(plain.value())
    } else if plain.value() == T::Scalar::literal(0.0) {
        // The root has a kink in every variable that takes part.
        let slopes = v.iter().map(|x| x.directions());
        T::nan().times_part(slopes.map(|slope| slope * slope).sum::<T>().sqrt())
    } else {
        HouseholderFrame::new(v, plain).length(v)
    }
}

/// Divides a vector by its norm.
pub(super) fn direct<T: Real>(v: &mut [T]) {
    let plain = PlainLength::new(v);
    if T::ORDER == 0 {
        v.iter_mut().for_each(|x| *x = T::lift(plain.share(x.primal())));
    } else if plain.value() == T::Scalar::literal(0.0) {
        v.iter_mut().for_each(|x| *x /= plain.value());
    } else {
        HouseholderFrame::new(v, plain).direct(v);
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

/// Divides a vector by a power of two that brings squares into the range, and parts of ordinary size not out of it.
pub(super) fn rescale<T: Real>(v: &mut [T]) {
    let least = <T::Scalar as Float>::min_positive_value() * T::Scalar::literal(16.0);
    let scale = scale(v).max(least);
    if scale != T::Scalar::literal(1.0) {
        v.iter_mut().for_each(|x| *x /= scale);
    }
}

/// |v₀| as a product, as a subnormal number has lost digits: a power of two, 1 at ordinary sizes, and what the
/// vector divided by it has for its norm.
#[derive(Clone, Copy)]
struct PlainLength<S> {
    scale: S,
    scaled: S,
}

impl<S: Scalar> PlainLength<S> {
    fn new<T: Real<Scalar = S>>(v: &[T]) -> Self {
        let scale = scale(v);
        let square = |x: &T| {
            let x = x.primal() / scale;
            x * x
        };
        Self { scale, scaled: v.iter().map(square).sum::<S>().sqrt() }
    }

    /// |v₀|.
    #[inline]
    fn value(self) -> S {
        self.scaled * self.scale
    }

    /// May powers of 1/|v₀| overflow?
    #[inline]
    fn is_tiny(self) -> bool {
        self.scale < S::literal(1.0)
    }

    /// x/|v₀|.
    #[inline]
    fn share(self, x: S) -> S {
        if self.is_tiny() { x / self.scale / self.scaled } else { x / self.value() }
    }
}

/// A frame of orthogonal axes at a vector v₀ ≠ 0: n = v₀/|v₀|, and the others as Householder's reflection
/// H = I - β w wᵀ turns them, where w = n + σ e_m, β = 1/(1 + |n_m|), and m is the largest entry of n.
///
/// Column m of H is -σ n. As n_k² is at most 1/2 for k ≠ m, the coordinates across n,
/// (H e)_k = e_k - β n_k (n·e + σ e_m), do not cancel (Golub and Van Loan, Matrix Computations, 4th ed.,
/// section 5.1).
struct HouseholderFrame<T: Real> {
    /// |v₀|.
    plain: PlainLength<T::Scalar>,
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

impl<T: Real> HouseholderFrame<T> {
    fn new(v: &[T], plain: PlainLength<T::Scalar>) -> Self {
        let size = |k: usize| v[k].primal().abs();
        let axis = (1..v.len()).fold(0, |m, k| if size(k) > size(m) { k } else { m });
        let one = T::Scalar::literal(1.0);
        let sign = v[axis].primal().signum();
        let beta = (one + plain.share(size(axis))).recip();
        let change: T = v.iter().map(|x| parts(*x) * plain.share(x.primal())).sum();
        let pull = (change + parts(v[axis]) * sign) * beta;
        Self { plain, axis, sign, beta, along: change + plain.value(), pull }
    }

    /// n_k and the coordinate of v across n that belongs to it, for k ≠ m.
    #[inline]
    fn across(&self, x: T) -> (T::Scalar, T) {
        let n = self.plain.share(x.primal());
        (n, parts(x) - self.pull * n)
    }

    fn others<'a>(&'a self, v: &'a [T]) -> impl Iterator<Item = (T::Scalar, T)> + 'a {
        let others = v.iter().enumerate().filter(|(k, _)| *k != self.axis);
        others.map(|(_, x)| self.across(*x))
    }

    /// x/y for an x without a value. Where quotients may overflow, a part that is zero stays zero.
    #[inline]
    fn over(&self, x: T, y: T) -> T {
        let quotient = x / y;
        let lost = self.plain.is_tiny() && !quotient.all_finite();
        if lost { x.part_over(y) } else { quotient }
    }

    /// c |across|²/y.
    fn bend(&self, v: &[T], c: f64, y: T) -> T {
        let c = T::Scalar::literal(c);
        let across = || self.others(v).map(|(_, across)| across);
        let bend = across().map(|x| x * c * (x / y)).sum::<T>();
        if !self.plain.is_tiny() || bend.all_finite() {
            return bend;
        }
        // Quotients that overflow do so with both signs: then their sum is divided.
        across().map(|x| x * c * x).sum::<T>().part_over(y)
    }

    /// |v|/along = √(1 + |across|²/along²).
    fn stretch(&self, v: &[T]) -> T {
        let slopes = self.others(v).map(|(_, across)| across / self.along);
        let mut square: T = slopes.map(|slope| slope * slope).sum();
        if self.plain.is_tiny() && !square.all_finite() {
            square = self.bend(v, 1.0, self.along).part_over(self.along);
        }
        (square + T::Scalar::literal(1.0)).sqrt()
    }

    /// |v| = along + |across|²/along / (1 + |v|/along).
    fn length(&self, v: &[T]) -> T {
        match T::ORDER {
            1 => self.along,
            // A slope has no second derivatives to offer to the product; its square may overflow.
            2 => self.along + self.bend(v, 0.5, T::lift(self.plain.value())),
            _ => {
                let whole = self.stretch(v) + T::Scalar::literal(1.0);
                self.along + self.bend(v, 1.0, self.along) / whole
            }
        }
    }

    /// v/|v| = n along/|v| + H across/|v|.
    fn direct(&self, v: &mut [T]) {
        let zero = T::Scalar::literal(0.0);
        let (cosine, norm) = if T::ORDER == 1 {
            (T::one(), T::lift(self.plain.value()))
        } else {
            let stretch = self.stretch(v);
            (stretch.recip(), self.along * stretch)
        };
        let tilt: T = self.others(v).map(|(n, across)| across * n).sum();
        for (k, x) in v.iter_mut().enumerate() {
            let (n, across) = self.across(*x);
            let turned =
                if k == self.axis { -(tilt * self.sign) } else { across - tilt * (n * self.beta) };
            let turned = self.over(turned, norm);
            *x = if n == zero { turned } else { cosine * n + turned };
        }
    }
}
