//! palette, over its component traits (feature `palette`). Its bounds are long, so the cases are
//! written over them once, here.

use palette::color_difference::Ciede2000;
use palette::{FromColor, Hsv, IntoColor, Lab, LinSrgb, Oklch, ShiftHue, Srgb};

macro_rules! cases {
    ($($module:ident $number:ty;)*) => {$(mod $module {
        use super::*;
        type T = $number;

        fn c(x: f64) -> T {
            T::from(x)
        }

        /// The lightness of a colour by one of its sRGB components.
        pub fn lightness(x: T) -> T {
            let lab: Lab<palette::white_point::D65, T> = Srgb::new(x, c(0.4), c(0.7)).into_linear::<T>().into_color();
            lab.l + lab.a * c(0.5)
        }

        pub fn difference(x: T) -> T {
            let a: Lab<palette::white_point::D65, T> = Lab::new(c(50.0) + x, c(20.0), x * c(-30.0));
            let b = Lab::new(c(55.0), x * c(10.0), c(-15.0));
            a.difference(b)
        }

        pub fn shifted_hue(x: T) -> T {
            let colour: Oklch<T> = Oklch::from_color(LinSrgb::new(x, c(0.3), c(0.6)));
            let shifted: LinSrgb<T> = colour.shift_hue(x * c(40.0)).into_color();
            shifted.red + shifted.green * c(2.0)
        }

        pub fn saturation(x: T) -> T {
            let hsv: Hsv<palette::encoding::Srgb, T> = Srgb::new(x, c(0.3), c(0.6)).into_color();
            hsv.saturation + hsv.value * x
        }
    })*};
}

cases! {
    plain f64;
    dual gradual::Dual;
    hyper gradual::HyperDual;
    nested gradual_ecosystem::Nested;
}

macro_rules! check {
    ($($f:ident)*) => {$(
        gradual_ecosystem::Case::new(stringify!($f), plain::$f, dual::$f, hyper::$f, nested::$f).at(0.8);
    )*};
}

#[test]
fn colours() {
    check! { lightness difference shifted_hue saturation }
}
