//! What a newcomer types: one-line programs at literal points, none of them with an annotation.

// References are what is tested here.
#![allow(clippy::op_ref)]

use gradual::*;

#[test]
fn one_variable() {
    assert_eq!(derivative(|x| x.sin(), 0.0), (0.0, 1.0));
    assert_eq!(derivative(|x| (2.0 * x).sin(), 0.0), (0.0, 2.0));
    assert_eq!(derivative(|x| 1.0 / x, 2.0), (0.5, -0.25));
    assert_eq!(derivative(|x| 1.0 - (3.0 * x - x * 2.0).exp(), 0.0), (0.0, -1.0));
    assert_eq!(derivative(|x| if x > 0.0 { 2.0 * x } else { -x }, 3.0), (6.0, 2.0));
    assert_eq!(derivative(|x| (1.0 + x).powi(2) * x.max(0.5), 1.0), (4.0, 8.0));
    assert_eq!(second_derivative(|x| 0.5 * x * x + 100.0 * x, 1.0), (100.5, 101.0, 1.0));
}

#[test]
fn data_beside_jets() {
    let (a, c) = ([1.0, 2.0], 3.0);
    let x = Dual::<f64>::variable(2.0, 0);
    let sum: Dual = a.iter().zip(&[x, x * x]).map(|(a, x)| a * x).sum();
    assert_eq!((sum.value, sum.partial(0)), (10.0, 9.0));
    assert_eq!(derivative(|x| a.iter().map(|a| a * x - &c).sum(), 2.0), (0.0, 3.0));
    assert_eq!(derivative(|x| [x].iter().zip(&a).map(|(x, a)| x * a).sum(), 2.0), (2.0, 1.0));
    assert_eq!(derivative(|x| &c * &x + &x * &c - &c / &x + c * &x, 1.0), (6.0, 12.0));
    let mut y = x;
    y += &c;
    y -= &1.0;
    y *= &c;
    y /= &2.0;
    assert_eq!((y.value, y.partial(0)), (6.0, 1.5));
    // at every depth of nesting
    let third = derivative(|x| derivative(|y| derivative(|z| 2.0 * z.powi(4), y).1, x).1, 2.0);
    assert_eq!(third, (96.0, 96.0));
    assert_eq!(derivative(|x| derivative(|y| &c * &(1.0 - y * y), x).1, 2.0), (-12.0, -6.0));
}
