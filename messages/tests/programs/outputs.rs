//! Functions that return what no Jacobian or tangent can be made of.
use gradual::{jacobian, tangent};

fn main() {
    jacobian(|[x, y]| x * y, [1.0, 2.0]);
    jacobian(|[_, _]| [1.0, 2.0], [1.0, 2.0]);
    jacobian(|[x, y]| (x, y), [1.0, 2.0]);
    tangent(|t| t * t, 1.0);
    tangent(|_| [1.0, 2.0], 1.0);
}
