//! Eigenvalues and eigenvectors of Λ + E for a plain diagonal Λ and a nilpotent E, by perturbation theory.
//!
//! For a cluster c of equal or neighbouring eigenvalues, the columns X_c with the identity in the rows of c
//! span the invariant subspace that the cluster's axes become: (Λ + E) X_c = X_c (Λ_c + M). The rows of c say
//! M = (E X)_c, the others X_ij (λ_j - λ_i) = (E X)_ij - (X M)_ij. Differences within a cluster are not divided
//! by, and each pass is right to one more order: the series of Rayleigh and Schrödinger for any order (Kato,
//! Perturbation Theory for Linear Operators, 2nd ed., chapter II).

use alloc::vec::Vec;

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OMatrix};
use num_traits::NumAssign;

/// The clusters of an invariant basis.
pub(super) struct Perturbed<X: nalgebra::Scalar, D: Dim>
where
    DefaultAllocator: Allocator<D, D>,
{
    /// X, the identity within the clusters.
    pub basis: OMatrix<X, D, D>,
    /// M, zero between different clusters.
    pub shift: OMatrix<X, D, D>,
}

/// The bases and the blocks of all clusters to the given order; where only the blocks are wanted, the basis is
/// one order short. `cluster` has the number of each position's cluster, and `divide(x, i, j)` is
/// x/(λ_j - λ_i); `times` is the product of E, which has no value, and a matrix.
pub(super) fn perturb<X, D>(
    e: &OMatrix<X, D, D>,
    order: usize,
    vectors: bool,
    cluster: &[usize],
    times: impl Fn(&OMatrix<X, D, D>, &OMatrix<X, D, D>) -> OMatrix<X, D, D>,
    divide: impl Fn(X, usize, usize) -> X,
) -> Perturbed<X, D>
where
    X: NumAssign + Copy + nalgebra::Scalar,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    let n = e.nrows();
    let shape = e.shape_generic();
    let unit = |i: usize, j: usize| if i == j { X::one() } else { X::zero() };
    let mut basis = OMatrix::from_fn_generic(shape.0, shape.1, unit);
    let mut shift = OMatrix::from_element_generic(shape.0, shape.1, X::zero());
    let together: Vec<Vec<usize>> =
        (0..n).map(|j| (0..n).filter(|i| cluster[*i] == cluster[j]).collect()).collect();
    for step in 1..=order {
        let changed = if step == 1 { e.clone() } else { times(e, &basis) };
        for j in 0..n {
            for &i in &together[j] {
                shift[(i, j)] = changed[(i, j)];
            }
        }
        if step == order && !vectors {
            break;
        }
        let before = basis.clone();
        for j in 0..n {
            for i in (0..n).filter(|i| cluster[*i] != cluster[j]) {
                let mut x = changed[(i, j)];
                if step > 1 {
                    for &k in &together[j] {
                        x -= before[(i, k)] * shift[(k, j)];
                    }
                }
                basis[(i, j)] = divide(x, i, j);
            }
        }
    }
    Perturbed { basis, shift }
}
