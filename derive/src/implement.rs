//! What the macro writes: the struct's fields in their order. The points that rest upon them are text of
//! gradual itself, `__points_of_fields!`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::GenericParam;

use crate::input::Struct;

/// The most coordinates that one evaluation differentiates all of.
const ONE_PASS: usize = 32;

pub fn point(of: &Struct<'_>) -> TokenStream {
    let (name, t, j) = (of.name, &of.number.ident, format_ident!("__J"));
    let parameters = of.generics.params.iter().map(without_default);
    let parameters: Vec<_> = parameters.collect();
    let predicates = of.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let bounds = quote!(#(#predicates,)* #t: ::gradual::Real,);
    let (here, there) = (of.arguments(t), of.arguments(&j));
    let (here, there) = (quote!(#name<#(#here),*>), quote!(#name<#(#there),*>));

    let types: Vec<_> = of.fields.iter().map(|field| &field.ty).collect();
    let members: Vec<_> = of.fields.members().collect();

    // The numbers are those of a point of the same size.
    let model = match of.count() {
        Some(n) if n <= ONE_PASS => quote!([#t; #n]),
        _ => quote!(&'static [#t]),
    };
    quote! {
        #[automatically_derived]
        impl<#(#parameters),*> ::gradual::derive::Fields for #here
        where
            #bounds
        {
            type Scalar = #t;
            type Of<#j: ::gradual::Real> = #there;

            fn count(&self) -> usize {
                0 #(+ ::gradual::derive::Fields::count(&self.#members))*
            }

            fn each(&self, visit: &mut impl ::core::ops::FnMut(#t)) {
                #(::gradual::derive::Fields::each(&self.#members, visit);)*
            }

            fn lengths(&self, lengths: &mut ::gradual::__Vec<usize>) {
                #(::gradual::derive::Fields::lengths(&self.#members, lengths);)*
            }

            fn build<#j: ::gradual::Real>(
                parts: &mut ::gradual::derive::Parts<'_, #j>,
            ) -> #there {
                #name {
                    #(#members: <#types as ::gradual::derive::Fields>::build(parts),)*
                }
            }
        }

        ::gradual::__points_of_fields! {
            [#(#parameters),*] [#bounds] #t, #here, #j, #there, #model
        }
    }
}

fn without_default(parameter: &GenericParam) -> GenericParam {
    let mut parameter = parameter.clone();
    match &mut parameter {
        GenericParam::Type(number) => {
            number.eq_token = None;
            number.default = None;
        }
        GenericParam::Const(size) => {
            size.eq_token = None;
            size.default = None;
        }
        GenericParam::Lifetime(_) => {}
    }
    parameter
}
