//! Partial derivatives, gradient, Hessian and Jacobian: cargo run --example quickstart
use gradual::{derivative, gradient, hessian, jacobian, partial};
use num_traits::Float;

/// Any function over num-traits floats; nothing in it knows about derivatives.
fn f<T: Float>(x: T, y: T) -> T {
    x.powi(2) * y + y.sin()
}

fn main() {
    if let Some(argument) = std::env::args().nth(1) {
        eprintln!("quickstart shows derivatives; it takes no arguments");
        std::process::exit(if argument == "--help" { 0 } else { 1 });
    }
    // one variable: value and slope
    let (value, slope) = derivative(|x| x.exp() * 2.0, 0.0);
    println!("2 exp(x) at 0:         {value}, slope {slope}");

    // one partial derivative of a function of two variables, then all of them
    let point = [3.0, 2.0];
    let (_, df_dx) = partial(|[x, y]| f(x, y), point, 0);
    let (_, g) = gradient(|[x, y]| f(x, y), point);
    println!("∂f/∂x at (3, 2):       {df_dx}");
    println!("gradient:              {g:.4?}");

    // and all second ones, in one pass
    let (value, _, h) = hessian(|[x, y]| f(x, y), point);
    println!("value and Hessian:     {value:.4} {h:.4?}");

    // a vector function: polar to cartesian coordinates
    let (_, j) = jacobian(|[r, t]| [r * t.cos(), r * t.sin()], [2.0, 0.0]);
    println!("Jacobian at r=2, φ=0:  {j:?}");
}
