//! Points without Hessians: a static size that is not provided, a matrix.
use gradual::hessian;
use nalgebra::{SVector, matrix};

fn main() {
    hessian(|x| x[0], [1.0; 33]);
    hessian(|x| x[0], &SVector::<f64, 40>::zeros());
    hessian(|m| m.determinant(), &matrix![1.0, 2.0; 3.0, 4.0]);
}
