//! faer: its fields, so that its decompositions and solvers run on jets, without vector instructions.

use faer_traits::pulp::{Scalar as NoVectors, Simd};
use faer_traits::{ComplexField, RealField, SimdCapabilities};
use num_traits::Float;

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::{Real, Scalar};

/// The operations on vectors of numbers. faer calls them for numbers that say they have vectors, which
/// jets do not: a vector has no content here, and its operations nothing to do.
macro_rules! no_vectors {
    ($($name:ident($($arg:ty),*);)*) => {$(
        #[inline]
        fn $name<S: Simd>(_: &S $(, _: $arg)*) {}
    )*};
}

macro_rules! of_a_number {
    ($($name:ident($($x:ident),*) -> $result:ty: $rule:expr;)*) => {$(
        #[inline]
        #[track_caller]
        fn $name($($x: &Self),*) -> $result {
            $rule
        }
    )*};
}

impl<T: Real + RealField, K: Derivatives<T>> ComplexField for Jet<T, K> {
    const IS_REAL: bool = true;
    const SIMD_CAPABILITIES: SimdCapabilities = SimdCapabilities::Copy;
    type Arch = NoVectors;
    type Unit = Self;
    type Index = usize;
    type Real = Self;
    type SimdCtx<S: Simd> = S;
    type SimdMask<S: Simd> = ();
    type SimdMemMask<S: Simd> = ();
    type SimdVec<S: Simd> = ();
    type SimdIndex<S: Simd> = ();

    #[inline]
    fn zero_impl() -> Self {
        Self::default()
    }

    #[inline]
    fn one_impl() -> Self {
        Self::constant(T::one())
    }

    #[inline]
    fn nan_impl() -> Self {
        Self::constant(<T as Float>::nan())
    }

    #[inline]
    fn infinity_impl() -> Self {
        Self::constant(<T as Float>::infinity())
    }

    of_a_number! {
        from_real_impl(x) -> Self: *x;
        real_part_impl(x) -> Self: *x;
        copy_impl(x) -> Self: *x;
        conj_impl(x) -> Self: *x;
        recip_impl(x) -> Self: x.recip();
        sqrt_impl(x) -> Self: x.sqrt();
        abs_impl(x) -> Self: x.abs();
        abs1_impl(x) -> Self: x.abs();
        abs2_impl(x) -> Self: x * x;
        is_finite_impl(x) -> bool: x.is_finite();
        is_nan_impl(x) -> bool: x.is_nan();
        mul_real_impl(x, y) -> Self: x * y;
        mul_pow2_impl(x, y) -> Self: x * y;
    }

    #[inline]
    fn from_f64_impl(real: f64) -> Self {
        Self::literal(real)
    }

    #[inline]
    fn imag_part_impl(_: &Self) -> Self {
        Self::default()
    }

    #[inline]
    fn simd_ctx<S: Simd>(simd: S) -> S {
        simd
    }

    #[inline]
    fn ctx_from_simd<S: Simd>(simd: &S) -> S {
        *simd
    }

    no_vectors! {
        simd_mask_between(usize, usize);
        simd_mem_mask_between(usize, usize);
        simd_splat(&Self);
        simd_splat_real(&Self);
        simd_add((), ());
        simd_sub((), ());
        simd_neg(());
        simd_conj(());
        simd_abs1(());
        simd_abs_max(());
        simd_mul_real((), ());
        simd_mul_pow2((), ());
        simd_mul((), ());
        simd_conj_mul((), ());
        simd_mul_add((), (), ());
        simd_conj_mul_add((), (), ());
        simd_abs2(());
        simd_abs2_add((), ());
        simd_equal((), ());
        simd_less_than((), ());
        simd_less_than_or_equal((), ());
        simd_greater_than((), ());
        simd_greater_than_or_equal((), ());
        simd_select((), (), ());
        simd_index_select((), (), ());
        simd_index_splat(usize);
        simd_index_add((), ());
        simd_index_less_than((), ());
        simd_and_mask((), ());
        simd_or_mask((), ());
        simd_not_mask(());
    }

    // faer declares these two `unsafe` and the signatures must agree; nothing in them is.
    #[inline]
    #[allow(unsafe_code)]
    unsafe fn simd_mask_load_raw<S: Simd>(_: &S, _: (), _: *const ()) {}

    #[inline]
    #[allow(unsafe_code)]
    unsafe fn simd_mask_store_raw<S: Simd>(_: &S, _: (), _: *mut (), _: ()) {}

    /// The sum of no numbers.
    #[inline]
    fn simd_reduce_sum<S: Simd>(_: &S, _: ()) -> Self {
        Self::default()
    }

    /// The largest of no numbers.
    #[inline]
    fn simd_reduce_max<S: Simd>(_: &S, _: ()) -> Self {
        Self::constant(<T as Float>::neg_infinity())
    }

    /// None of no lanes.
    #[inline]
    fn simd_first_true_mask<S: Simd>(_: &S, _: ()) -> usize {
        0
    }
}

impl<T: Real + RealField, K: Derivatives<T>> RealField for Jet<T, K> {
    #[inline]
    fn epsilon_impl() -> Self {
        Self::constant(T::epsilon_impl())
    }

    #[inline]
    fn nbits_impl() -> usize {
        T::nbits_impl()
    }

    #[inline]
    fn min_positive_impl() -> Self {
        Self::lift(least())
    }

    #[inline]
    fn max_positive_impl() -> Self {
        Self::lift(least::<T::Scalar>().recip())
    }

    #[inline]
    fn sqrt_min_positive_impl() -> Self {
        Self::lift(least::<T::Scalar>().sqrt())
    }

    #[inline]
    fn sqrt_max_positive_impl() -> Self {
        Self::lift(least::<T::Scalar>().sqrt().recip())
    }
}

/// The number that faer shall take for the smallest one: 2⁻⁵¹² for f64, 2⁻⁶⁴ for f32.
///
/// faer scales by it before it squares, up to the end of the range, where derivatives larger than
/// the value would overflow. Half the range of exponents leaves the other half to the derivatives;
/// scaling by a power of two is exact, so ordinary values stay the same.
#[inline]
fn least<S: Scalar>() -> S {
    S::min_positive_value().sqrt() * S::literal(0.5)
}
