//! Mistakes in the text of a function object: each is said once or twice, and not for every number.
use gradual::{function, try_function, vector_function};

fn main() {
    let _ = function!(|[a, b]| {
        let mut sum = 0.0;
        sum += a * b;
        sum
    });
    let _ = function!(|[x, y]| if x > y { x });
    let _ = function!(|[_, _]| 3.0);
    let _ = function!(move |[x, y]| x.foo() + y);
    let _ = function!(|[x, y]| x * 2 + y);
    let _ = vector_function!(|[x, y]| [x, y]);
    let _ = vector_function!(move |[x, y]| {
        let mut outputs = vec![0.0; 2];
        outputs[0] = x * y;
        outputs
    });
    let _ = try_function!(|[x, y]| x * y);
}
