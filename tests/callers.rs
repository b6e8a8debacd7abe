//! A panic for bad input points at the line that gave it.

use std::panic::{self, Location};
use std::sync::Mutex;

use gradual::derivatives::{Gradient, Partials, SecondPartials};
use gradual::{BlockDual, Dual, HyperDual};

/// One hook for the process: the tests take turns.
static TURN: Mutex<()> = Mutex::new(());

/// The file of the panic of `f`, and its message.
fn panic_of(f: impl FnOnce() + panic::UnwindSafe) -> (String, String) {
    static FILE: Mutex<String> = Mutex::new(String::new());
    let turn = TURN.lock().unwrap();
    let before = panic::take_hook();
    panic::set_hook(Box::new(|info| {
        *FILE.lock().unwrap() = info.location().map_or_else(String::new, |l| l.file().to_owned());
    }));
    let result = panic::catch_unwind(f);
    panic::set_hook(before);
    drop(turn);
    let payload = result.expect_err("there is a panic");
    let message = payload.downcast_ref::<String>().expect("the message is formatted");
    (FILE.lock().unwrap().clone(), message.clone())
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
