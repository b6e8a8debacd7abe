//! A panic for bad input points at the line that gave it.

use std::cell::RefCell;
use std::panic::{self, Location};
use std::sync::Mutex;

use gradual::derivatives::{Gradient, Partials, SecondPartials};
use gradual::{BlockDual, Dual, HyperDual};

/// One hook for the process: the tests take turns.
static TURN: Mutex<()> = Mutex::new(());

/// The file of the panic of `f`, and its message.
fn panic_of(f: impl FnOnce() + panic::UnwindSafe) -> (String, String) {
    // Of this thread: other tests of the program panic meanwhile.
    thread_local!(static FILE: RefCell<String> = const { RefCell::new(String::new()) });
    let turn = TURN.lock().unwrap();
    let before = panic::take_hook();
    panic::set_hook(Box::new(|info| {
        FILE.set(info.location().map_or_else(String::new, |l| l.file().to_owned()));
    }));
    let result = panic::catch_unwind(f);
    panic::set_hook(before);
    drop(turn);
    let payload = result.expect_err("there is a panic");
    let message = payload.downcast_ref::<String>().expect("the message is formatted");
    (FILE.take(), message.clone())
}

macro_rules! panics_here {
    ($($name:ident: $expression:expr, $message:literal;)*) => {$(
        #[test]
        fn $name() {
            let (file, message) = panic_of(|| { let _ = $expression; });
            assert_eq!(file, Location::caller().file());
            assert_eq!(message, $message);
        }
    )*};
}

panics_here! {
    variable: Dual::<f64>::variable(1.0, 5),
        "variable 5 of a jet with 1 variables (counted from 0)";
    second_order_variable: HyperDual::<f64, 20>::variable(1.0, 20),
        "variable 20 of a jet with 20 variables (counted from 0)";
    unit: Partials::<f64, 2>::unit(2),
        "variable 2 of a jet with 2 variables (counted from 0)";
    partial: Dual::<f64, 2>::constant(1.0).partial(2),
        "partial 2 of a jet with 2 variables (counted from 0)";
    second_partial: HyperDual::<f64, 3>::constant(1.0).second_partial(0, 3),
        "second partial (0, 3) of a jet with 3 variables (counted from 0)";
    second_partial_of_the_kind: SecondPartials::<f64, 3>::new([0.0; 3], [[0.0; 3]; 3]).second_partial(4, 1),
        "second partial (4, 1) of a jet with 3 variables (counted from 0)";
    coordinate: BlockDual::<f64, 2, 3>::coordinate(1.0, Some(0), Some(3)),
        "coordinate (Some(0), Some(3)) of a jet with 2 rows and 3 columns (counted from 0)";
}

#[cfg(feature = "alloc")]
panics_here! {
    partial_of_a_function: gradual::partial(|v| v[0], &vec![1.0], 3),
        "partial derivative 3 of a function of 1 variables (counted from 0)";
    direction: gradual::directional_derivative(|v| v[0], &vec![1.0], &vec![1.0, 2.0]),
        "the direction has 2 components and the point 1";
    second_direction: gradual::second_directional_derivative(|v| v[0], &vec![1.0], &vec![1.0, 2.0]),
        "the direction has 2 components and the point 1";
    jacobian_times_vector: gradual::jvp(|v| v.to_vec(), &vec![1.0], &vec![1.0, 2.0]),
        "the direction has 2 components and the point 1";
    hessian_times_vector: gradual::hvp(|v| v[0], &vec![1.0], &vec![1.0, 2.0]),
        "the direction has 2 components and the point 1";
    outputs: {
        let mut outputs = 0;
        gradual::jacobian(
            |v| {
                outputs += 1;
                vec![v[0]; outputs]
            },
            &vec![1.0; 40],
        )
    }, "the function returned 2 outputs, and 1 before at the same point";
    object: gradual::function!(|[x, y]| x * y).gradient(&vec![1.0]),
        "the function's argument is `[x, y]`, and the point has 1 coordinates";
    direction_of_an_object: gradual::function!(|v| v[0]).hvp(&vec![1.0], &vec![1.0, 2.0]),
        "the direction has 2 components and the point 1";
    workspace: gradual::Workspace::<Dual>::new().gradient(|v| v[0], &[1.0], &mut [0.0; 2]),
        "the gradient has 2 places and the point 1 coordinates";
}

#[cfg(feature = "nalgebra")]
panics_here! {
    implicit: gradual::implicit::<Dual, _>(
        &nalgebra::dvector![1.0],
        &nalgebra::dmatrix![1.0, 0.0; 0.0, 1.0],
        |x| x.clone(),
    ), "the Jacobian is 2 × 2 and the solution has 1 components";
    residual: gradual::implicit::<Dual, _>(
        &nalgebra::dvector![1.0],
        &nalgebra::dmatrix![1.0],
        |_| nalgebra::DVector::zeros(2),
    ), "the residual has 2 components and the solution 1";
    determinant: gradual::linalg::determinant(&nalgebra::DMatrix::<f64>::zeros(2, 3)),
        "the determinant of a matrix of 2 × 3";
    angle: gradual::linalg::angle_between(&nalgebra::dvector![1.0], &nalgebra::dvector![1.0, 2.0]),
        "the angle between vectors of 1 and of 2 entries";
    data: gradual::linalg::product(&nalgebra::dmatrix![1.0, 2.0], &[1.0]),
        "a vector of 1 entries, and the matrix has 2 columns";
    hessian_that_is_not_square: gradual::classify_hessian(&nalgebra::DMatrix::<f64>::zeros(2, 3)),
        "a matrix of 2 rows has a row of 3 entries";
}
