//! raddy: sums of small terms with second derivatives, in the manner of TinyAD.

use ::raddy::Ad;
use ::raddy::make::val;
use ::raddy::sparse::objective::Objective;
use ::raddy::types::advec;
use faer_of_raddy::Col;

use crate::speed::measure::{Candidate, Class};
use crate::speed::structured::{Chain, times_probe};

struct RosenbrockTerm;

impl Objective<2> for RosenbrockTerm {
    type EvalArgs = ();

    fn eval(&self, x: &advec<2, 2>, (): &()) -> Ad<2> {
        let (a, b) = (&x[0], &x[1]);
        let valley = b - a * a;
        let distance = a - val::scalar(1.0);
        &distance * &distance + &valley * &valley * val::scalar(100.0)
    }
}

/// Value, gradient and the Hessian's entries as triplets, a place more than once.
pub fn triplets(chain: &Chain) -> Candidate {
    let (list, n) = (chain.list.clone(), chain.x.len());
    let x = Col::from_fn(n, |i| chain.x[i]);
    Candidate::with_memory(
        "raddy, triplets",
        Class::Forward,
        None,
        move |result| *result = Some(RosenbrockTerm.compute(&x, &list, &())),
        move |result| {
            let result = result.as_ref().expect("computed");
            let mut digest = vec![result.value];
            digest.extend((0..n).map(|i| result.grad[i]));
            digest.extend(times_probe(n, result.hess_trips.iter().copied()));
            digest
        },
    )
}

/// The same, and the matrix made of the triplets.
pub fn matrix(chain: &Chain) -> Candidate {
    let (list, n) = (chain.list.clone(), chain.x.len());
    let x = Col::from_fn(n, |i| chain.x[i]);
    Candidate::with_memory(
        "raddy, matrix",
        Class::Forward,
        None,
        move |result| {
            let computed = RosenbrockTerm.compute(&x, &list, &());
            let matrix = faer_of_raddy::sparse::SparseColMat::try_new_from_triplets(
                n,
                n,
                &computed.hess_trips,
            );
            *result = Some((computed.value, computed.grad, matrix.expect("indices in range")));
        },
        move |result| {
            let (value, gradient, matrix) = result.as_ref().expect("computed");
            let mut digest = vec![*value];
            digest.extend((0..n).map(|i| gradient[i]));
            let entries = (0..n).flat_map(|j| {
                let rows = matrix.row_indices_of_col(j);
                rows.zip(matrix.values_of_col(j)).map(move |(i, value)| (i, j, *value))
            });
            digest.extend(times_probe(n, entries));
            digest
        },
    )
}
