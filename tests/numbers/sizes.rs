//! Numbers of every size follow the same rules, whether their parts fit into registers or are changed
//! in place: `HyperDual` with 1 to 32 variables and blocks of several shapes against nested duals.

use gradual::{BlockDual, Dual, HyperDual, Real};

/// Every operation and class of rule, on shared and on temporary operands, with lifted constants.
fn program<T: Real<Scalar = f64>>(x: &[T]) -> T {
    let lift = T::lift;
    let mut sum = lift(0.25);
    let mut scale = x[0] * lift(0.5) + lift(1.0);
    for (i, &a) in x.iter().enumerate() {
        let b = x[(i + 1) % x.len()];
        // operators, by value and in place
        let mut t = a * b - b / (a * a + 1.5) + (a - b) * (b - a);
        t += a % lift(0.4) - -b;
        t -= lift(2.0) / (b + lift(3.0));
        t *= a + 0.75;
        t /= b * b + 2.0;
        scale = scale * 0.9 + lift(0.1) * t.sin();
        // functions of one, two and three arguments
        let positive = a * a + b * b + lift(0.3);
        sum += positive.ln() * t.exp() - positive.sqrt().recip() + t.tanh().powi(3);
        sum += positive.powf(b) + positive.powf(lift(0.7)) + a.hypot(positive) - t.atan2(positive);
        sum += t.mul_add(a, scale).abs() + a.max(b) - t.floor() + t.fract();
    }
    (sum * scale).cbrt() * lift(3.0) + sum / lift(7.0)
}

fn point<const N: usize>() -> [f64; N] {
    std::array::from_fn(|i| 0.9 + 0.6 * (2.3 * i as f64 + 0.4).sin())
}

#[track_caller]
fn close(what: &str, got: f64, expected: f64, size: f64) {
    let error = (got - expected).abs();
    assert!(error <= 1e-12 * size, "{what}: {got:e}, expected {expected:e}");
}

/// The largest entry, as the measure of what rounding may do.
fn largest<'a>(entries: impl Iterator<Item = &'a f64>) -> f64 {
    entries.fold(1.0, |size: f64, entry| size.max(entry.abs()))
}

type Nested<const N: usize> = Dual<Dual<f64, N>, N>;

fn nested<const N: usize>(x: &[f64; N]) -> (f64, [f64; N], [[f64; N]; N]) {
    let variables: [Nested<N>; N] =
        std::array::from_fn(|i| Dual::variable(Dual::variable(x[i], i), i));
    let y = program(&variables);
    (y.value.value, y.value.gradient(), y.gradient().map(|row| row.gradient()))
}

/// Runs a part of a test with a stack frame of its own: the large numbers of an unoptimised program
/// would fill the stack together.
fn apart(part: impl FnOnce()) {
    part();
}

macro_rules! for_each_size {
    ($f:ident: $($n:literal)*) => {$(apart(|| $f!($n));)*};
}

#[test]
fn hyper_duals_agree_with_nested_duals() {
    macro_rules! check {
        ($n:literal) => {{
            let x = point::<$n>();
            let (value, gradient, hessian) = nested(&x);
            let y = program(&HyperDual::<f64, $n>::variables(&x));
            assert_eq!(y.value.to_bits(), program(&x).to_bits(), "N = {}", $n);
            assert_eq!(y.value.to_bits(), value.to_bits(), "N = {}", $n);
            let (first, second) =
                (largest(gradient.iter()), largest(hessian.as_flattened().iter()));
            for i in 0..$n {
                close(concat!("gradient, N = ", $n), y.partial(i), gradient[i], first);
                for j in 0..$n {
                    let got = y.second_partial(i, j);
                    close(concat!("Hessian, N = ", $n), got, hessian[i][j], second);
                }
            }
        }};
    }
    for_each_size! { check: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 20 23 24 29 31 32 }
}

#[test]
fn blocks_agree_with_nested_duals() {
    const N: usize = 24;
    let x = point::<N>();
    let (_, _, hessian) = nested(&x);
    let size = largest(hessian.as_flattened().iter());
    macro_rules! check {
        ($m:literal $k:literal, $rows:expr, $columns:expr) => {{
            let (rows, columns): (usize, usize) = ($rows, $columns);
            let variables: [BlockDual<f64, $m, $k>; N] = std::array::from_fn(|i| {
                let place = |start, size| (start..start + size).contains(&i).then(|| i - start);
                BlockDual::coordinate(x[i], place(rows, $m), place(columns, $k))
            });
            let y = program(&variables);
            for a in 0..$m {
                for b in 0..$k {
                    let got = y.mixed_partials()[a][b];
                    close("block", got, hessian[rows + a][columns + b], size);
                }
            }
        }};
    }
    check!(1 1, 3, 7);
    check!(4 4, 0, 0);
    check!(4 4, 4, 20);
    check!(2 6, 9, 8);
    check!(12 12, 0, 12);
    check!(24 24, 0, 0);
}

/// The forms of an operator give the same parts, to the bit, where a number is changed in place too.
#[test]
fn forms_of_operators() {
    macro_rules! check {
        ($n:literal) => {{
            let v = HyperDual::<f64, $n>::variables(&point());
            let (x, y) = (v[0].exp() * v[$n - 1], v[$n / 2] / v[0].cosh() + 0.3);
            macro_rules! forms {
                ($op:tt $assign:tt) => {apart(|| {
                    let parts = |z: HyperDual<f64, $n>| (z.value, z.gradient(), z.hessian());
                    let expected = parts(x $op y);
                    assert_eq!(parts(&x $op y), expected, "{}, N = {}", stringify!($op), $n);
                    assert_eq!(parts(x $op &y), expected, "{}, N = {}", stringify!($op), $n);
                    assert_eq!(parts(&x $op &y), expected, "{}, N = {}", stringify!($op), $n);
                    let mut z = x;
                    z $assign y;
                    assert_eq!(parts(z), expected, "{}, N = {}", stringify!($assign), $n);
                    let mut z = x;
                    z $assign &y;
                    assert_eq!(parts(z), expected, "{}, N = {}", stringify!($assign), $n);
                })};
            }
            forms!(+ +=);
            forms!(- -=);
            forms!(* *=);
            forms!(/ /=);
            forms!(% %=);
        }};
    }
    for_each_size! { check: 1 2 3 4 8 9 16 24 32 }
}

/// A lifted constant means what the plain float means, on either side.
#[test]
fn lifted_constants() {
    macro_rules! check {
        ($n:literal) => {{
            let v = HyperDual::<f64, $n>::variables(&point());
            let x = v[0].exp() * v[$n - 1];
            let c = HyperDual::<f64, $n>::constant(1.7);
            assert!((x * c).all_eq(&(x * 1.7)), "N = {}", $n);
            assert!((c * x).all_eq(&(1.7 * x)), "N = {}", $n);
            assert!((c * c).is_constant(), "N = {}", $n);
            let mut z = x;
            z *= c;
            assert!(z.all_eq(&(x * 1.7)), "N = {}", $n);
            // no gradient and yet no constant: x² at 0
            let square = (v[0] - v[0].value).powi(2);
            assert!((square * x).second_partial(0, 0) == 2.0 * x.value, "N = {}", $n);
            assert!((x * square).second_partial(0, 0) == 2.0 * x.value, "N = {}", $n);
        }};
    }
    for_each_size! { check: 1 2 3 4 8 9 16 24 32 }
}

/// A constant beside a singular factor, in every size.
#[test]
fn constants_stay_constant() {
    macro_rules! check {
        ($n:literal) => {{
            type H = HyperDual<f64, $n>;
            let zero = H::constant(0.0);
            for y in [
                zero.sqrt(),
                zero.ln(),
                zero.cbrt(),
                zero.recip(),
                zero / zero,
                H::constant(1.0) / zero,
            ] {
                assert!(y.is_constant(), "N = {}: {y}", $n);
            }
            let x = H::variable(0.0, $n - 1);
            let y = x.sqrt();
            assert_eq!(y.partial($n - 1), f64::INFINITY, "N = {}", $n);
            for i in (0..$n).filter(|i| *i != $n - 1) {
                assert_eq!((y.partial(i), y.second_partial(i, i)), (0.0, 0.0), "N = {}", $n);
            }
        }};
    }
    for_each_size! { check: 1 2 4 8 9 16 24 32 }
}
