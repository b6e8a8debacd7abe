//! A sum within a larger expression.
use gradual::gradient;

fn main() {
    gradient(|v| v.iter().map(|x| x * x).sum() / 2.0, &vec![1.0, 2.0]);
}
