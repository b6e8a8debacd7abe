//! What a block of a Hessian, or a long number, notes of its parts changes no result: constants at infinity, parts given from
//! outside, sums in place of every kind of operand.

use gradual::{BlockDual, Dual, HyperDual};

type Block = BlockDual<f64, 2, 2>;

const INF: f64 = f64::INFINITY;

fn all_nan(x: &Block) -> bool {
    let mut parts = x.row_partials().into_iter().chain(x.column_partials());
    parts.all(f64::is_nan) && x.mixed_partials().as_flattened().iter().all(|p| p.is_nan())
}

/// Sums in place see NaN parts that came of ∞ · 0, whatever the number was before.
#[test]
fn zeros_times_infinity_enter_sums() {
    let (constant, linear) = (Block::constant(2.0), Block::coordinate(3.0, Some(0), Some(1)));
    let spoiled = [
        constant * INF,
        constant * Block::constant(INF),
        Block::constant(INF) * constant,
        Block::constant(f64::NAN) * constant,
    ];
    for spoiled in spoiled {
        assert!(all_nan(&spoiled), "{spoiled:?}");
        for start in [constant, linear, linear * linear] {
            let (mut sum, mut difference) = (start, start);
            sum += spoiled;
            difference -= &spoiled;
            assert!(all_nan(&sum) && all_nan(&difference), "{start:?} and {spoiled:?}");
        }
    }
    // ∞ times the zero second partials of a linear number
    let mut sum = constant;
    sum += linear * INF;
    assert!(sum.mixed_partials().as_flattened().iter().all(|p| p.is_nan()));
    assert_eq!((sum.row_partials()[0], sum.column_partials()[1]), (INF, INF));
}

/// As above, in Hessians that are changed in place.
#[test]
fn zeros_times_infinity_in_long_numbers() {
    type Long = HyperDual<f64, 9>;
    let (constant, linear) = (Long::constant(2.0), Long::variable(3.0, 1));
    let spoiled = [constant * INF, constant * Long::constant(INF), Long::constant(INF) * constant];
    for spoiled in spoiled {
        for start in [constant, linear, linear * linear] {
            let mut sum = start;
            sum += spoiled;
            assert!(sum.gradient().iter().all(|p| p.is_nan()), "{start:?} and {spoiled:?}");
            assert!(
                sum.hessian().as_flattened().iter().all(|p| p.is_nan()),
                "{start:?} and {spoiled:?}"
            );
        }
    }
    let mut sum = linear;
    sum += linear * INF;
    assert!(sum.hessian().as_flattened().iter().all(|p| p.is_nan()));
    // parts given from outside, and what is written over a constant
    let mut hessian = [[0.0; 9]; 9];
    hessian[2][3] = 5.0;
    let mut sum = linear;
    sum += Long::new(0.0, [0.0; 9], hessian);
    assert_eq!((sum.second_partial(3, 2), sum.partial(1)), (5.0, 1.0));
    let mut difference = constant;
    difference.derivatives = (linear * linear).derivatives;
    difference -= linear;
    assert_eq!((difference.second_partial(1, 1), difference.partial(1)), (2.0, 5.0));
}

/// Guarded operations leave the parts of a constant zero, and what is zero stays out of sums.
#[test]
fn constants_at_singular_points() {
    let zero = Block::constant(0.0);
    let x = Block::coordinate(3.0, Some(0), Some(0));
    for constant in
        [zero.ln(), zero.recip(), x.floor() / zero, zero.sqrt(), Block::constant(INF).exp()]
    {
        assert!(constant.is_constant(), "{constant:?}");
        let mut sum = x * x;
        sum += constant;
        assert_eq!(sum.row_partials(), [6.0, 0.0]);
        assert_eq!(sum.mixed_partials(), [[2.0, 0.0], [0.0, 0.0]]);
    }
}

/// Parts given to `new`, zero or not, enter sums and rules as they are.
#[test]
fn parts_from_outside() {
    let parts = |mixed| BlockDual::new(2.0, [0.0, 0.0], [0.0, 0.0], mixed);
    for mixed in [[[0.0, 0.0], [0.0, 5.0]], [[0.0; 2]; 2], [[f64::NAN, 0.0], [0.0, 0.0]]] {
        let mut sum = Block::coordinate(3.0, Some(0), Some(1));
        sum += parts(mixed);
        assert_eq!((sum.row_partials(), sum.column_partials()), ([1.0, 0.0], [0.0, 1.0]));
        let got = sum.mixed_partials();
        for (got, given) in got.as_flattened().iter().zip(mixed.as_flattened()) {
            assert_eq!(got.to_bits(), given.to_bits());
        }
        // exp'' = exp' = exp, and there are no first partials
        let exp = parts(mixed).exp().mixed_partials();
        for (got, given) in exp.as_flattened().iter().zip(mixed.as_flattened()) {
            assert!(*got == given * 2f64.exp() || got.is_nan() && given.is_nan());
        }
    }
    let mut sum = Block::constant(1.0);
    sum -= BlockDual::new(0.0, [1.0, 0.0], [0.0, 2.0], [[0.0; 2]; 2]);
    assert_eq!((sum.row_partials(), sum.column_partials()), ([-1.0, 0.0], [0.0, -2.0]));
    // written through the field of a jet
    let mut x = Block::constant(1.0);
    x.derivatives =
        BlockDual::new(0.0, [1.0, 2.0], [3.0, 4.0], [[5.0, 6.0], [7.0, 8.0]]).derivatives;
    let mut sum = Block::constant(0.0);
    sum += x;
    assert_eq!(sum.mixed_partials(), [[5.0, 6.0], [7.0, 8.0]]);
}

/// Long sums in place of constants, linear and curved terms: as in the other kinds, to the bit.
#[test]
fn sums_in_place() {
    fn program<T: gradual::Real<Scalar = f64>>([x, y]: [T; 2]) -> T {
        let mut sum = T::lift(0.5);
        sum += T::lift(3.0);
        sum += x * 2.0;
        sum -= y;
        sum += T::lift(2.0).sin();
        let mut linear = T::lift(0.0);
        linear -= x * 0.25;
        linear += y * 3.0;
        sum += linear * linear;
        sum -= x * y;
        sum += linear;
        sum -= T::lift(1.0) / (x + T::lift(4.0));
        sum * x
    }
    let x = [1.25, -0.75];
    let hyper = program(HyperDual::variables(&x));
    let block = program([0, 1].map(|i| Block::coordinate(x[i], Some(i), Some(i))));
    let dual = program(Dual::variables(&x));
    assert_eq!((block.value, block.row_partials()), (hyper.value, hyper.gradient()));
    assert_eq!((dual.value, dual.gradient()), (hyper.value, hyper.gradient()));
    assert_eq!(block.column_partials(), hyper.gradient());
    assert_eq!(block.mixed_partials(), hyper.hessian());
}
