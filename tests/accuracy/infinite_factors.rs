//! Infinite factors beside zero parts, in every kind and size: products multiply out, guarded operations keep
//! zero parts zero.

#![allow(clippy::op_ref)] // the forms by reference are what is tested

use gradual::derivatives::{Derivatives, HessianSize, Size};
use gradual::{BlockDual, Dual, HyperDual, Jet};

const INF: f64 = f64::INFINITY;

/// A kind over f64 whose first variables can be seeded.
trait Kind: Sized {
    const VARIABLES: usize;

    fn seeded(value: f64, i: usize) -> Self;

    /// All parts: the first partials, then the second ones.
    fn parts(&self) -> Vec<f64>;
}

impl<const N: usize> Kind for Dual<f64, N> {
    const VARIABLES: usize = N;

    fn seeded(value: f64, i: usize) -> Self {
        Self::variable(value, i)
    }
    fn parts(&self) -> Vec<f64> {
        self.gradient().to_vec()
    }
}

impl<const N: usize> Kind for HyperDual<f64, N>
where
    Size<N>: HessianSize,
{
    const VARIABLES: usize = N;

    fn seeded(value: f64, i: usize) -> Self {
        Self::variable(value, i)
    }
    fn parts(&self) -> Vec<f64> {
        let mut parts = self.gradient().to_vec();
        parts.extend(self.hessian().as_flattened());
        parts
    }
}

impl<const M: usize> Kind for BlockDual<f64, M, M> {
    const VARIABLES: usize = M;

    fn seeded(value: f64, i: usize) -> Self {
        Self::coordinate(value, Some(i), Some(i))
    }
    fn parts(&self) -> Vec<f64> {
        let mut parts = self.row_partials().to_vec();
        parts.extend(self.mixed_partials().as_flattened());
        parts
    }
}

impl<const N: usize> Kind for Dual<Dual<f64, N>, N> {
    const VARIABLES: usize = N;

    fn seeded(value: f64, i: usize) -> Self {
        Self::variable(Dual::variable(value, i), i)
    }
    fn parts(&self) -> Vec<f64> {
        let mut parts: Vec<f64> = self.gradient().iter().map(|p| p.value).collect();
        parts.extend(self.gradient().iter().flat_map(|p| p.gradient()));
        parts
    }
}

/// Calls `$check::<K>()` for kinds of one variable and more, in registers, in place and out of line.
macro_rules! in_kinds {
    ($check:ident: $($first:literal)*; $($second:literal)*) => {
        $($check::<Dual<f64, $first>>();)*
        $($check::<HyperDual<f64, $second>>();)*
        $check::<BlockDual<f64, 1, 1>>();
        $check::<BlockDual<f64, 2, 2>>();
        $check::<BlockDual<f64, 4, 4>>();
        $check::<BlockDual<f64, 12, 12>>();
        $check::<Dual<Dual<f64, 2>, 2>>();
        $check::<Dual<Dual<f64, 4>, 4>>();
    };
}

macro_rules! in_every_kind {
    ($($(#[$doc:meta])* $name:ident => $check:ident;)*) => {$(
        $(#[$doc])*
        #[test]
        fn $name() {
            in_kinds! { $check: 1 2 3 4 8 13 16 17 40; 1 2 3 4 7 8 9 11 16 17 24 32 }
        }
    )*};
}

/// Are corresponding numbers equal, or both NaN?
fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b || a.is_nan() && b.is_nan())
}

/// Every way to write the product of `x` and `y`.
fn products<T: gradual::Real, K: Derivatives<T>>(x: Jet<T, K>, y: Jet<T, K>) -> [Jet<T, K>; 8] {
    let (mut assigned, mut by_reference) = (x, x);
    assigned *= y;
    by_reference *= &y;
    let (mut turned, mut turned_by_reference) = (y, y);
    turned *= x;
    turned_by_reference *= &x;
    [x * y, &x * &y, y * x, &y * &x, assigned, by_reference, turned, turned_by_reference]
}

trait Number: Kind + Copy {
    fn constant(value: f64) -> Self;
    fn products(self, other: Self) -> Vec<Vec<f64>>;
    fn scaled(self, c: f64) -> Vec<f64>;
    fn fused(self, a: f64, b: f64) -> Vec<f64>;
    fn fused_jets(self, a: Self, b: Self) -> Vec<f64>;
    fn sum_of_product(self, a: Self, b: Self) -> Vec<f64>;
    fn exp_of_scaled(self, c: f64) -> Vec<f64>;
    fn divided(self, y: Self) -> Vec<f64>;
    fn times_float(self, c: f64) -> Self;
    fn powi(self, n: i32) -> Vec<f64>;
    fn power_by_products(self, n: i32) -> Vec<f64>;
}

impl<T: gradual::Real<Scalar = f64>, K: Derivatives<T>> Number for Jet<T, K>
where
    Self: Kind,
{
    fn constant(value: f64) -> Self {
        Self::constant(T::lift(value))
    }
    fn products(self, other: Self) -> Vec<Vec<f64>> {
        products(self, other).iter().map(Kind::parts).collect()
    }
    fn scaled(self, c: f64) -> Vec<f64> {
        (self * c).parts()
    }
    fn fused(self, a: f64, b: f64) -> Vec<f64> {
        self.mul_add(a, b).parts()
    }
    fn fused_jets(self, a: Self, b: Self) -> Vec<f64> {
        self.mul_add(a, b).parts()
    }
    fn sum_of_product(self, a: Self, b: Self) -> Vec<f64> {
        (self * a + b).parts()
    }
    fn exp_of_scaled(self, c: f64) -> Vec<f64> {
        (self * c).exp().parts()
    }
    fn divided(self, y: Self) -> Vec<f64> {
        (self / y).parts()
    }
    fn times_float(self, c: f64) -> Self {
        self * c
    }
    fn powi(self, n: i32) -> Vec<f64> {
        self.powi(n).parts()
    }
    fn power_by_products(self, n: i32) -> Vec<f64> {
        (1..n).fold(self, |power, _| power * self).parts()
    }
}

/// All parts but ∂/∂x₀ and ∂²/∂x₀² are zero.
fn assert_unrelated_parts_are_zero<K: Kind>(parts: &[f64], what: &str) {
    for (i, part) in parts.iter().enumerate() {
        let own = i == 0 || i == K::VARIABLES;
        assert!(own || *part == 0.0, "{what}: part {i} is {part}, and belongs to another variable");
    }
}

fn products_of_infinity<K: Number>() {
    let (x, c) = (K::seeded(INF, 0), K::constant(2.0));
    for parts in x.products(c) {
        // ∞ · 0 stands in every first partial
        assert!(parts.iter().all(|part| part.is_nan()), "∞ times a constant: {parts:?}");
    }
    // a plain float has no parts
    let parts = x.scaled(2.0);
    assert!(parts[0] == 2.0 && parts[1..].iter().all(|part| *part == 0.0), "{parts:?}");
}

fn products_of_infinite_parts<K: Number>() {
    // the slope of √x at 0 is ∞; its product with a constant has ∞ · 0 beside the other variables
    let x = K::seeded(1.0, 0).times_float(INF);
    let all = x.products(K::constant(2.0));
    for parts in &all[1..] {
        assert!(same(parts, &all[0]), "{parts:?}, {:?}", all[0]);
    }
    let finite = K::seeded(3.0, 0).products(K::constant(2.0));
    for parts in finite {
        assert!(same(&parts, &K::seeded(3.0, 0).scaled(2.0)), "{parts:?}");
    }
}

fn fused_products<K: Number>() {
    let x = K::seeded(INF, 0);
    assert!(same(&x.fused(2.0, 1.0), &x.scaled(2.0)));
    for value in [INF, 1.5] {
        let (x, a, b) = (K::seeded(value, 0), K::constant(2.0), K::seeded(1.0, 0));
        assert!(same(&x.fused_jets(a, b), &x.sum_of_product(a, b)));
    }
}

fn overflowing_curvature<K: Number>() {
    // f'' = 1e304 is finite, f'' · 1e10 is not
    let parts = K::seeded(7e-8, 0).exp_of_scaled(1e10);
    assert!(parts[0] > 1e300, "{parts:?}");
    assert_unrelated_parts_are_zero::<K>(&parts, "exp");
    // the slope of the quotient overflows, its value does not
    let parts = K::seeded(1e-20, 0).times_float(1e20).divided(K::constant(1e-300));
    assert_eq!(parts[0], INF);
    assert_unrelated_parts_are_zero::<K>(&parts, "quotient");
}

fn powers_are_products<K: Number>() {
    for x in [2.0, -0.5, 0.0] {
        for n in [2, 3] {
            let (power, product) = (K::seeded(x, 0).powi(n), K::seeded(x, 0).power_by_products(n));
            assert!(same(&power, &product), "{x}^{n}: {power:?}, {product:?}");
        }
    }
    // ∞ · 0 as in the product
    let parts = K::seeded(INF, 0).powi(2);
    assert!(parts[0] == INF && parts[1..].iter().all(|part| part.is_nan()), "{parts:?}");
}

in_every_kind! {
    /// One rule in every kind and size, whatever the order of the operands and the form of the operator.
    infinity_times_a_constant => products_of_infinity;
    infinite_parts_times_a_constant => products_of_infinite_parts;
    /// `mul_add` has the derivatives of `x * a + b`, at ∞ too.
    mul_add_at_infinity => fused_products;
    /// The parts of unrelated variables stay zero where a product on the way overflows.
    overflow_leaves_unrelated_parts => overflowing_curvature;
    powi_is_a_product => powers_are_products;
}

/// A plain factor has no parts on any level: beside an infinite constant the addend keeps its derivatives.
#[test]
fn mul_add_of_an_infinite_constant_and_a_plain_factor() {
    let b = Dual::<Dual<f64, 2>, 2>::variable(Dual::variable(1.5, 1), 0);
    for x in [INF, f64::NAN] {
        let sum = Dual::constant(Dual::constant(x)).mul_add(2.0, b);
        assert_eq!(sum.value.gradient(), [0.0, 1.0], "{x}");
        assert_eq!(sum.gradient().map(|part| part.value), [1.0, 0.0], "{x}");
    }
}
