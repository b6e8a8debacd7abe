//! Eigenvalues of matrices that are not symmetric.

use crate::families::{Blocks, Dense, Diagonal, Family, ORIGIN, every_kind, plain, times};
use crate::kinds::Kind;
use gradual::Dual;
use gradual::linalg::{self, LinalgError};
use nalgebra::{Complex, DMatrix, Matrix2, Matrix3, Matrix4};

/// The power sums Σ λᵏ = tr Aᵏ for k up to n determine the eigenvalues.
fn eigenvalues_have_the_right_power_sums<T: Kind>(family: Family, symmetric: bool) {
    let mut a = family.at(T::variables(ORIGIN), symmetric);
    if !symmetric {
        // pairs that are not real
        a[(0, 1)] += T::literal(6.0);
        a[(1, 0)] -= T::literal(6.0);
    }
    let values = linalg::eigenvalues(&a).unwrap();
    let reference = plain(&a).complex_eigenvalues();
    assert_eq!(values.map(|z| Complex::new(z.re.primal(), z.im.primal())), reference);
    assert_eq!(symmetric, values.iter().all(|z| z.im.all_zero()));
    let mut powers = values.map(|_| Complex::new(T::one(), T::zero()));
    let mut power = Matrix4::identity();
    for k in 1..=4 {
        power = times(&power, &a);
        powers.iter_mut().zip(&values).for_each(|(p, z)| *p *= *z);
        let sum = powers.iter().fold(Complex::new(T::zero(), T::zero()), |sum, p| sum + p);
        assert!((sum.re - power.trace()).within(1e-10), "{family:?}, {k}: {sum} {}", power.trace());
        assert!(sum.im.within(1e-10));
    }
}

#[test]
fn general_eigenvalues_have_the_right_power_sums() {
    for family in [Dense, Diagonal, Blocks] {
        every_kind!(eigenvalues_have_the_right_power_sums(family, true));
        every_kind!(eigenvalues_have_the_right_power_sums(family, false));
    }
}

#[test]
fn defective_eigenvalues_are_an_error() {
    let x = Dual::<f64>::variable(0.0, 0);
    let c = Dual::<f64>::constant;
    let jordan = Matrix2::new(c(1.0), c(1.0), x, c(1.0)); // 1 ± √x
    assert!(matches!(linalg::eigenvalues(&jordan), Err(LinalgError::Repeated { .. })));
    // turned, so that rounding parts the two
    let turn = nalgebra::Rotation3::new(nalgebra::vector![0.3, 0.4, -0.5]);
    let jordan = Matrix3::new(1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 2.0);
    let turned = turn.matrix() * jordan * turn.matrix().transpose();
    let turned = turned.map_with_location(|i, _, m| if i == 0 { x + m } else { c(m) });
    assert!(matches!(linalg::eigenvalues(&turned), Err(LinalgError::Repeated { .. })));
}

/// The error names two of the eigenvalues that are equal, however many there are: here the first thirty.
#[test]
fn the_error_names_equal_eigenvalues() {
    for n in [3, 8, 30] {
        let jordan = DMatrix::from_fn(n + 2, n + 2, |i, j| match (i, j) {
            _ if i == j => Dual::<f64>::variable(if i < n { 1.0 } else { 2.0 + i as f64 }, 0),
            _ if i + 1 == j && j < n => Dual::constant(1.0),
            _ => Dual::constant(0.0),
        });
        match linalg::eigenvalues(&jordan) {
            Err(LinalgError::Repeated { first, second }) => assert!(first < second && second < n),
            other => panic!("{other:?}"),
        }
    }
}
