//! What the macro needs to know of the struct, and what it says where it cannot serve it.

use syn::{
    Data, DeriveInput, Error, Expr, Fields, GenericParam, Generics, Ident, Lit, Type, TypeParam,
};

/// A struct that is generic in its number.
pub struct Struct<'a> {
    pub name: &'a Ident,
    pub generics: &'a Generics,
    /// The type parameter that stands for the number.
    pub number: &'a TypeParam,
    pub fields: &'a Fields,
}

impl<'a> Struct<'a> {
    pub fn of(input: &'a DeriveInput) -> Result<Self, Error> {
        let Data::Struct(data) = &input.data else {
            return Err(Error::new(
                input.ident.span(),
                "a point has the same coordinates always: only a struct can be one",
            ));
        };
        let mut types = input.generics.type_params();
        let number = types.next().ok_or_else(|| {
            Error::new(
                input.ident.span(),
                format!(
                    "a function gets this struct with jets for its numbers, so it needs a parameter for their type: `struct {}<T> {{ ... }}` with `T` in the place of `f64`",
                    input.ident
                ),
            )
        })?;
        if let Some(other) = types.next() {
            return Err(Error::new(
                other.ident.span(),
                "a point has one type parameter, the type of its numbers",
            ));
        }
        if let Some(lifetime) = input.generics.lifetimes().next() {
            return Err(Error::new(
                lifetime.lifetime.span(),
                "a point owns its numbers: no lifetimes",
            ));
        }
        if data.fields.is_empty() {
            return Err(Error::new(input.ident.span(), "a point without coordinates"));
        }
        Ok(Self { name: &input.ident, generics: &input.generics, number, fields: &data.fields })
    }

    /// How many coordinates the struct has, where its fields are numbers and arrays of literal length.
    pub fn count(&self) -> Option<usize> {
        self.fields.iter().map(|field| count(&field.ty, &self.number.ident)).sum()
    }

    /// The arguments of the struct's generics, with another type for its numbers.
    pub fn arguments(&self, number: &Ident) -> Vec<Ident> {
        let argument = |parameter: &GenericParam| match parameter {
            GenericParam::Type(_) => number.clone(),
            GenericParam::Const(size) => size.ident.clone(),
            GenericParam::Lifetime(lifetime) => Ident::new("_", lifetime.lifetime.span()),
        };
        self.generics.params.iter().map(argument).collect()
    }
}

fn count(of: &Type, number: &Ident) -> Option<usize> {
    match of {
        Type::Path(path) => path.path.is_ident(number).then_some(1),
        Type::Array(array) => {
            let Expr::Lit(length) = &array.len else { return None };
            let Lit::Int(length) = &length.lit else { return None };
            Some(length.base10_parse::<usize>().ok()? * count(&array.elem, number)?)
        }
        Type::Paren(inner) => count(&inner.elem, number),
        Type::Group(inner) => count(&inner.elem, number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    fn error(input: DeriveInput) -> String {
        Struct::of(&input).err().expect("an error").to_string()
    }

    #[test]
    fn what_cannot_be_a_point_is_told_why() {
        let message = error(parse_quote!(
            struct Params {
                a: f64,
            }
        ));
        assert!(message.contains("`struct Params<T> { ... }` with `T` in the place of `f64`"));
        let message = error(parse_quote!(
            struct Params<T, U> {
                a: T,
                b: U,
            }
        ));
        assert_eq!(message, "a point has one type parameter, the type of its numbers");
        let message = error(parse_quote!(
            enum Shape<T> {
                Circle(T),
            }
        ));
        assert!(message.contains("only a struct can be one"));
        let message = error(parse_quote!(
            struct Params<'a, T> {
                a: &'a [T],
            }
        ));
        assert_eq!(message, "a point owns its numbers: no lifetimes");
        let message = error(parse_quote!(
            struct Params<T>();
        ));
        assert_eq!(message, "a point without coordinates");
    }

    #[test]
    fn coordinates_are_counted_where_the_types_say_how_many() {
        let count = |input| Struct::of(&input).expect("a point").count();
        assert_eq!(
            count(parse_quote!(
                struct P<T>(T, [T; 3], [[T; 2]; 5], (T));
            )),
            Some(15)
        );
        assert_eq!(
            count(parse_quote!(
                struct P<T, const N: usize>(T, [T; N]);
            )),
            None
        );
        assert_eq!(
            count(parse_quote!(
                struct P<T>(T, Vec<T>);
            )),
            None
        );
        assert_eq!(
            count(parse_quote!(
                struct P<T>(T, Inner<T>);
            )),
            None
        );
    }
}
