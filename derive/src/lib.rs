//! The derive macro of the crate gradual; see `gradual::Point`.

mod implement;
mod input;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct of numbers a point: the calls take it by value or by reference, the function gets the
/// struct with jets for numbers, and a gradient is the struct again.
///
/// The struct has one type parameter, its number. Its fields are numbers, arrays, `Vec`s, nalgebra's vectors
/// and matrices of numbers, and structs that derive `Point` too, nested as you like. The coordinates stand in
/// the order of the fields; that is the order of the rows and columns of a Hessian.
#[proc_macro_derive(Point)]
pub fn derive_point(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    input::Struct::of(&input)
        .map(|point| implement::point(&point))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
