//! nalgebra-sparse, over `RealField`.

use gradual_ecosystem::case;
use nalgebra::{DVector, Matrix4, RealField};
use nalgebra_sparse::factorization::CscCholesky;
use nalgebra_sparse::{CscMatrix, CsrMatrix};

/// The stiffness of a chain of springs, one of them of stiffness x.
fn stiffness<T: RealField + Copy>(x: T) -> Matrix4<T> {
    let c = |v: f64| nalgebra::convert::<f64, T>(v);
    let (z, two) = (T::zero(), c(2.0));
    Matrix4::new(
        two + x,
        -x,
        z,
        z,
        -x,
        x + c(1.0),
        c(-1.0),
        z,
        z,
        c(-1.0),
        c(3.0),
        c(-2.0),
        z,
        z,
        c(-2.0),
        c(2.5),
    )
}

fn cholesky<T: RealField + Copy>(x: T) -> T {
    let matrix = CscMatrix::from(&stiffness(x));
    let load = DVector::from_element(4, x.sin());
    CscCholesky::factor(&matrix).unwrap().solve(&load)[(2, 0)]
}

fn products<T: RealField + Copy>(x: T) -> T {
    let matrix = CsrMatrix::from(&stiffness(x));
    let square = &matrix * &matrix.transpose();
    (&square * DVector::from_element(4, x)).norm()
}

#[test]
fn sparse_matrices() {
    case!(cholesky).at(0.7);
    case!(products).at(0.7);
}
