//! The value of a jet is the plain value, bit for bit: random programs of operations give the same
//! numbers on jets as on f64 and f32, and take the same branches.

use gradual::{Dual, HyperDual, Real};
use num_traits::{Euclid, Float, Signed};
use proptest::prelude::*;

const REGISTERS: usize = 4;

/// One operation on two registers, stored into a third.
#[derive(Clone, Debug)]
struct Step {
    operation: usize,
    a: usize,
    b: usize,
    target: usize,
    constant: f64,
    exponent: i32,
}

type Operation<T> = fn(T, T, T, i32) -> T;

/// Everything that a program over num-traits can do to numbers.
fn operations<T: Float + Euclid + Signed + Copy>() -> Vec<Operation<T>> {
    vec![
        |a, b, _, _| a + b,
        |a, b, _, _| a - b,
        |a, b, _, _| a * b,
        |a, b, _, _| a / b,
        |a, b, _, _| a % b,
        |a, _, _, _| -a,
        |a, b, c, _| a.mul_add(b, c),
        |a, _, c, _| a + c,
        |a, _, c, _| c * a,
        |a, _, c, _| a / c,
        |a, _, _, _| a.recip(),
        |a, _, _, _| Float::abs(a),
        |a, _, _, _| Float::signum(a),
        |a, b, _, _| a.copysign(b),
        |a, b, _, _| a.max(b),
        |a, b, _, _| a.min(b),
        |a, b, c, _| if b <= c { a.clamp(b, c) } else { a },
        |a, _, _, _| a.floor(),
        |a, _, _, _| a.ceil(),
        |a, _, _, _| a.round(),
        |a, _, _, _| a.trunc(),
        |a, _, _, _| a.fract(),
        |a, _, _, n| a.powi(n),
        |a, b, _, _| a.powf(b),
        |a, _, c, _| a.powf(c),
        |a, _, _, _| a.sqrt(),
        |a, _, _, _| a.cbrt(),
        |a, _, _, _| a.exp(),
        |a, _, _, _| a.exp2(),
        |a, _, _, _| a.exp_m1(),
        |a, _, _, _| a.ln(),
        |a, _, _, _| a.log2(),
        |a, _, _, _| a.log10(),
        |a, _, _, _| a.ln_1p(),
        |a, b, _, _| a.log(b),
        |a, b, _, _| a.hypot(b),
        |a, b, _, _| a.atan2(b),
        |a, _, _, _| a.sin(),
        |a, _, _, _| a.cos(),
        |a, _, _, _| a.tan(),
        |a, _, _, _| a.sin_cos().0 - a.sin_cos().1,
        |a, _, _, _| a.asin(),
        |a, _, _, _| a.acos(),
        |a, _, _, _| a.atan(),
        |a, _, _, _| a.sinh(),
        |a, _, _, _| a.cosh(),
        |a, _, _, _| a.tanh(),
        |a, _, _, _| a.asinh(),
        |a, _, _, _| a.acosh(),
        |a, _, _, _| a.atanh(),
        |a, _, _, _| a.to_degrees(),
        |a, _, _, _| a.to_radians(),
        |a, b, _, _| a.div_euclid(&b),
        |a, b, _, _| a.rem_euclid(&b),
        |a, b, _, _| Signed::abs_sub(&a, &b),
        |a, b, c, _| if a < b { c } else { a },
        |a, b, c, _| if a == b || a.is_nan() { c } else { a },
        |a, b, c, _| if a.is_sign_negative() && b.is_finite() { c } else { b },
    ]
}

fn run<T: Float + Euclid + Signed + Copy>(program: &[Step], mut registers: [T; 4]) -> [T; 4] {
    let operations = operations::<T>();
    for step in program {
        let constant = T::from(step.constant).unwrap();
        let operation = operations[step.operation % operations.len()];
        registers[step.target] =
            operation(registers[step.a], registers[step.b], constant, step.exponent);
    }
    registers
}

fn same<S: Float>(a: S, b: S) -> bool {
    a.is_nan() && b.is_nan() || a == b && a.is_sign_negative() == b.is_sign_negative()
}

fn check<S, J>(program: &[Step], start: [f64; 4], seed: impl Fn(S, usize) -> J)
where
    S: Real<Scalar = S> + Signed,
    J: Real<Scalar = S> + Signed,
{
    let plain = start.map(S::literal);
    let jets = std::array::from_fn(|i| seed(plain[i], i));
    let expected = run(program, plain);
    let got = run(program, jets).map(Real::primal);
    for (e, g) in expected.into_iter().zip(got) {
        assert!(same(e, g), "expected {e:?}, got {g:?} from {program:?} at {start:?}");
    }
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => -10.0..10.0_f64,
        2 => any::<f64>(),
        1 => prop::sample::select(vec![
            0.0, -0.0, 1.0, -1.0, 0.5, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, f64::MAX,
            f64::MIN_POSITIVE, 5e-324, f64::EPSILON,
        ]),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let register = 0..REGISTERS;
    let exponent = prop_oneof![6 => -5..6, 1 => any::<i32>()];
    (0..1000_usize, register.clone(), register.clone(), register, number(), exponent).prop_map(
        |(operation, a, b, target, constant, exponent)| Step {
            operation,
            a,
            b,
            target,
            constant,
            exponent,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn random_programs(program in prop::collection::vec(step(), 1..12), start in [number(), number(), number(), number()]) {
        check(&program, start, |v: f64, i| Dual::<f64, 4>::variable(v, i));
        check(&program, start, |v: f64, _| Dual::<f64>::constant(v));
        check(&program, start, |v: f64, i| HyperDual::<f64, 4>::variable(v, i));
        check(&program, start, |v: f32, i| Dual::<f32, 4>::variable(v, i));
        check(&program, start, |v: f32, i| HyperDual::<f32, 4>::variable(v, i));
        check(&program, start, |v: f64, i| {
            Dual::<Dual<f64, 4>, 4>::variable(Dual::variable(v, i), i)
        });
    }
}

/// Every operation by itself at points that matter, so that none depends on the luck of the draw.
#[test]
fn every_operation_at_special_points() {
    let special = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        2.0,
        -7.5,
        0.5,
        1e-8,
        1e8,
        1e155,
        -1e155,
        1e300,
        1e-300,
        5e-324,
        f64::MAX,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];
    for operation in 0..operations::<f64>().len() {
        for a in special {
            for b in special {
                for exponent in [0, 1, 2, -1, i32::MIN, i32::MAX] {
                    let step = Step { operation, a: 0, b: 1, target: 2, constant: b, exponent };
                    let start = [a, b, 0.0, 0.0];
                    let program = [step];
                    check(&program, start, |v: f64, i| HyperDual::<f64, 4>::variable(v, i));
                    check(&program, start, |v: f32, i| Dual::<f32, 4>::variable(v, i));
                }
            }
        }
    }
}

/// Scalar operators give what the same operators on plain floats give.
#[test]
fn operators_with_plain_floats() {
    for x in [3.0, -0.7, 0.0, 1e300, f64::INFINITY] {
        let d = Dual::<f64>::variable(x, 0);
        let pairs = [
            (2.5 + d, 2.5 + x),
            (2.5 - d, 2.5 - x),
            (2.5 * d, 2.5 * x),
            (2.5 / d, 2.5 / x),
            (2.5 % d, 2.5 % x),
            (d + 2.5, x + 2.5),
            (d - 2.5, x - 2.5),
            (d * 2.5, x * 2.5),
            (d / 2.5, x / 2.5),
            (d % 2.5, x % 2.5),
        ];
        for (jet, plain) in pairs {
            assert!(same(jet.value, plain), "{} and {plain} at {x}", jet.value);
        }
        let mut assigned = (d, x);
        assigned.0 += 1.5;
        assigned.1 += 1.5;
        assigned.0 *= 3.0;
        assigned.1 *= 3.0;
        assigned.0 -= 0.1;
        assigned.1 -= 0.1;
        assigned.0 /= 0.3;
        assigned.1 /= 0.3;
        assigned.0 %= 0.7;
        assigned.1 %= 0.7;
        assert!(same(assigned.0.value, assigned.1));
    }
}

/// Empty and ordinary sums and products.
#[test]
fn sums_and_products() {
    fn check(plain: &[f64]) {
        let jets: Vec<Dual> = plain.iter().map(|&v| Dual::variable(v, 0)).collect();
        assert!(same(jets.iter().sum::<Dual>().value, plain.iter().sum::<f64>()));
        assert!(same(jets.iter().product::<Dual>().value, plain.iter().product::<f64>()));
        assert!(same(jets.iter().copied().sum::<Dual>().value, plain.iter().sum::<f64>()));
        assert!(same(jets.into_iter().product::<Dual>().value, plain.iter().product::<f64>()));
    }
    for plain in [&[][..], &[-0.0], &[0.1, 0.2, 0.3], &[f64::INFINITY, 2.0], &[1e308, 1e308]] {
        check(plain);
    }
}
