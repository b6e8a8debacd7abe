//! What types show of themselves, and the small questions that they answer.
#![cfg(feature = "std")]

use std::error::Error;
use std::fmt;

use gradual::derivatives::{BlockPartials, Partials, SecondPartials};
use gradual::structured::losses::{Cauchy, Huber, Squares};
use gradual::structured::{Builder, ElementSum, Loss};
use gradual::{Dual, jacobian, try_jacobian};

/// Kinds compare part by part; NaN equals nothing.
#[test]
fn kinds_compare_all_parts() {
    let first = Partials([1.0, 2.0]);
    assert!(first == Partials([1.0, 2.0]) && first != Partials([1.0, 2.5]));
    assert!(Partials([f64::NAN]) != Partials([f64::NAN]));
    let second = |xx: f64, y: f64| SecondPartials::new([1.0, y], [[xx, 3.0], [3.0, 4.0]]);
    assert!(second(2.0, 5.0) == second(2.0, 5.0));
    assert!(second(2.0, 5.0) != second(2.5, 5.0) && second(2.0, 5.0) != second(2.0, 5.5));
    let block = |row: f64, column: f64, mixed: f64| BlockPartials::new([row], [column], [[mixed]]);
    assert!(block(1.0, 2.0, 3.0) == block(1.0, 2.0, 3.0));
    assert!(block(1.0, 2.0, 3.0) != block(1.5, 2.0, 3.0));
    assert!(block(1.0, 2.0, 3.0) != block(1.0, 2.5, 3.0));
    assert!(block(1.0, 2.0, 3.0) != block(1.0, 2.0, 3.5));
    assert_eq!(
        format!("{:?}", second(2.0, 5.0)),
        "SecondPartials { gradient: [1.0, 5.0], hessian: [[2.0, 3.0], [3.0, 4.0]] }"
    );
}

#[test]
fn losses() {
    // up to the width the squares, beyond it 2 w |r| - w²
    assert_eq!([0.0, 3.0, 4.0].map(|s| Huber::new(2.0).rho(s)), [0.0, 3.0, 4.0]);
    assert_eq!(Huber::new(2.0).rho(25.0), 2.0 * 2.0 * 5.0 - 4.0);
    assert_eq!(Huber::new(0.5).rho(9.0), 2.0 * 0.5 * 3.0 - 0.25);
    // w² ln(1 + s/w²)
    for (width, s) in [(2.0, 0.0), (2.0, 12.0), (0.5, 0.75), (3.0, 1e-9)] {
        let expected = width * width * f64::ln_1p(s / (width * width));
        assert!((Cauchy::new(width).rho(s) - expected).abs() <= 1e-15 * expected);
    }
    assert!((Cauchy::new(2.0).rho(12.0) - 4.0 * 4.0_f64.ln()).abs() < 1e-14);
    assert_eq!(Squares.rho(7.0), 7.0);
    // ρ'(0) = 1, and the slope is continuous at the width
    let slope = |loss: &dyn Fn(Dual) -> Dual, s: f64| loss(Dual::variable(s, 0)).partial(0);
    assert_eq!(slope(&|s| Huber::new(2.0).rho(s), 0.0), 1.0);
    assert_eq!(slope(&|s| Huber::new(2.0).rho(s), 4.0 + 1e-15), 1.0);
    assert_eq!(slope(&|s| Cauchy::new(2.0).rho(s), 0.0), 1.0);
    assert_eq!(slope(&|s| Cauchy::new(2.0).rho(s), 4.0), 0.5);
}

#[test]
fn sums_say_what_they_are() {
    let mut builder = Builder::new(0);
    let none = builder.nodes::<3>(0);
    let points = builder.nodes::<2>(4);
    assert!((none.len(), none.is_empty()) == (0, true));
    assert!((points.len(), points.is_empty()) == (4, false));
    let nothing = builder.elements(Vec::<[usize; 2]>::new()).unwrap();
    let pairs = builder.elements([[0, 1], [2, 3], [4, 7]]).unwrap();
    assert!((nothing.len(), nothing.is_empty()) == (0, true));
    assert!((pairs.len(), pairs.is_empty()) == (3, false));
    assert_eq!(format!("{pairs:?}"), "group 1 of 3 elements with 2 lanes");
    let seen = pairs.residuals::<5>(&mut builder);
    assert_eq!(format!("{seen:?}"), "group 1 of 3 elements with 2 lanes and 5 residuals");
    let sum: ElementSum<'_> = ElementSum::new(builder.build().unwrap());
    assert_eq!(format!("{sum:?}"), "a sum over 8 variables of 0 groups of elements");
}

/// What stands behind an error of the function's own is passed on.
#[test]
fn errors_name_their_source() {
    #[derive(Debug)]
    struct Inner;

    #[derive(Debug)]
    struct Outer(Inner);

    impl fmt::Display for Inner {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the pump has stopped")
        }
    }

    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("no pressure")
        }
    }

    impl Error for Inner {}

    impl Error for Outer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }

    let error = try_jacobian(
        |[x]: [Dual; 1]| if x > 0.0 { Err(Outer(Inner)) } else { Ok([x, x * x]) },
        [1.0],
    )
    .unwrap_err();
    assert_eq!(error.to_string(), "no pressure");
    assert_eq!(error.source().unwrap().to_string(), "the pump has stopped");
    let (values, slopes) = jacobian(|[x]| [x, x * x], [3.0]);
    assert_eq!((values, slopes), ([3.0, 9.0], [[1.0], [6.0]]));
}
