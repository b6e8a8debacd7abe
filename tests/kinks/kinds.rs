//! The kinds that every test runs in, and what it expects of their parts.

use gradual::{BlockDual, Dual, HyperDual, Real};

pub const INF: f64 = f64::INFINITY;
pub const NAN: f64 = f64::NAN;

/// A number of one or two variables, whatever its kind, precision and depth.
pub trait Kind: Real {
    /// Variable number `i` of two, on every level.
    fn variable(v: f64, i: usize) -> Self;

    fn constant(v: f64) -> Self {
        Self::literal(v)
    }

    /// Every part that is the derivative with respect to the variables named, in whatever order the
    /// levels take them.
    fn parts(&self, variables: &[usize]) -> Vec<f64>;
}

/// `variables` without the entries at the given places.
fn without(variables: &[usize], places: &[usize]) -> Vec<usize> {
    let rest = variables.iter().enumerate().filter(|(place, _)| !places.contains(place));
    rest.map(|(_, &i)| i).collect()
}

/// All parts of a jet: those of its value, of its first partials as `first` gives them, and of its
/// second ones.
fn all_parts<T: Kind>(
    value: &T,
    variables: &[usize],
    first: impl Fn(usize) -> Vec<T>,
    second: Option<&dyn Fn(usize, usize) -> T>,
) -> Vec<f64> {
    let mut parts = value.parts(variables);
    for (p, &i) in variables.iter().enumerate() {
        for partial in first(i) {
            parts.extend(partial.parts(&without(variables, &[p])));
        }
        for (q, &j) in variables.iter().enumerate() {
            if let Some(second) = second.filter(|_| p != q) {
                parts.extend(second(i, j).parts(&without(variables, &[p, q])));
            }
        }
    }
    parts
}

macro_rules! plain_kinds {
    ($($s:ident)*) => {$(
        impl Kind for $s {
            fn variable(v: f64, _: usize) -> Self {
                v as $s
            }

            fn parts(&self, variables: &[usize]) -> Vec<f64> {
                if variables.is_empty() { vec![f64::from(*self)] } else { Vec::new() }
            }
        }
    )*};
}

plain_kinds! { f64 f32 }

impl<T: Kind> Kind for Dual<T, 2> {
    fn variable(v: f64, i: usize) -> Self {
        Dual::variable(T::variable(v, i), i)
    }

    fn parts(&self, variables: &[usize]) -> Vec<f64> {
        all_parts(&self.value, variables, |i| vec![self.partial(i)], None)
    }
}

impl<T: Kind> Kind for HyperDual<T, 2> {
    fn variable(v: f64, i: usize) -> Self {
        HyperDual::variable(T::variable(v, i), i)
    }

    fn parts(&self, variables: &[usize]) -> Vec<f64> {
        let second = |i, j| self.second_partial(i, j);
        all_parts(&self.value, variables, |i| vec![self.partial(i)], Some(&second))
    }
}

impl<T: Kind> Kind for BlockDual<T, 2, 2> {
    fn variable(v: f64, i: usize) -> Self {
        BlockDual::coordinate(T::variable(v, i), Some(i), Some(i))
    }

    fn parts(&self, variables: &[usize]) -> Vec<f64> {
        let first = |i: usize| vec![self.row_partials()[i], self.column_partials()[i]];
        let second = |i: usize, j: usize| self.mixed_partials()[i][j];
        all_parts(&self.value, variables, first, Some(&second))
    }
}

/// Runs the test body for every kind.
macro_rules! in_every_kind {
    ($($(#[$doc:meta])* fn $name:ident<$k:ident>() $body:block)*) => {$(
        $(#[$doc])*
        #[test]
        fn $name() {
            fn check<$k: $crate::kinds::Kind>() $body
            check::<gradual::Dual<f64, 2>>();
            check::<gradual::Dual<f32, 2>>();
            check::<gradual::HyperDual<f64, 2>>();
            check::<gradual::HyperDual<f32, 2>>();
            check::<gradual::BlockDual<f64, 2, 2>>();
            check::<gradual::BlockDual<f32, 2, 2>>();
            check::<gradual::Dual<gradual::Dual<f64, 2>, 2>>();
            check::<gradual::Dual<gradual::Dual<f32, 2>, 2>>();
            check::<gradual::Dual<gradual::HyperDual<f64, 2>, 2>>();
            check::<gradual::HyperDual<gradual::Dual<f64, 2>, 2>>();
            check::<gradual::BlockDual<gradual::Dual<f64, 2>, 2, 2>>();
            check::<gradual::Dual<gradual::Dual<gradual::Dual<f64, 2>, 2>, 2>>();
        }
    )*};
}
pub(crate) use in_every_kind;

pub fn x<K: Kind>(v: f64) -> K {
    K::variable(v, 0)
}

pub fn y<K: Kind>(v: f64) -> K {
    K::variable(v, 1)
}

/// NaN equals NaN.
fn same(a: f64, b: f64) -> bool {
    a == b || a.is_nan() && b.is_nan()
}

/// Every part with respect to these variables has the expected value.
#[track_caller]
pub fn expect_parts<K: Kind>(z: K, variables: &[usize], expected: f64) {
    for part in z.parts(variables) {
        assert!(
            same(part, expected),
            "derivative {variables:?} is {part}, expected {expected}, in a {}: {z:?}",
            std::any::type_name::<K>()
        );
    }
}

#[track_caller]
pub fn expect<K: Kind>(z: K, value: f64, first: [f64; 2]) {
    expect_parts(z, &[], value);
    for (i, first) in first.into_iter().enumerate() {
        expect_parts(z, &[i], first);
    }
}

/// The second derivatives xx, xy and yy.
#[track_caller]
pub fn expect_second<K: Kind>(z: K, [xx, xy, yy]: [f64; 3]) {
    expect_parts(z, &[0, 0], xx);
    expect_parts(z, &[0, 1], xy);
    expect_parts(z, &[1, 0], xy);
    expect_parts(z, &[1, 1], yy);
}

/// The third derivatives xxx, xxy, xyy and yyy.
#[track_caller]
pub fn expect_third<K: Kind>(z: K, [xxx, xxy, xyy, yyy]: [f64; 4]) {
    let expected = [xxx, xxy, xyy, yyy];
    for i in 0..8 {
        let variables = [i & 1, i >> 1 & 1, i >> 2];
        expect_parts(z, &variables, expected[variables.iter().sum::<usize>()]);
    }
}

/// f(x), with the slope and the curvature in x; nothing depends on the other variable.
#[track_caller]
pub fn expect_x<K: Kind>(z: K, value: f64, slope: f64, curvature: f64) {
    expect(z, value, [slope, 0.0]);
    expect_second(z, [curvature, 0.0, 0.0]);
    for variables in [[0, 0, 1], [1, 0, 1], [1, 1, 1]] {
        expect_parts(z, &variables, 0.0);
    }
}

/// The value, and three derivatives in x.
#[track_caller]
pub fn expect_xxx<K: Kind>(z: K, [value, slope, curvature, third]: [f64; 4]) {
    expect_x(z, value, slope, curvature);
    expect_parts(z, &[0, 0, 0], third);
}

/// All derivatives are zero.
#[track_caller]
pub fn expect_constant<K: Kind>(z: K, value: f64) {
    expect_xxx(z, [value, 0.0, 0.0, 0.0]);
}

/// The value, and the derivatives named.
pub fn value<K: Kind>(z: K) -> f64 {
    z.parts(&[])[0]
}

pub fn part<K: Kind>(z: K, variables: &[usize]) -> Option<f64> {
    z.parts(variables).first().copied()
}
