//! The one macro that the forwarding rooms share.

/// Trait methods that forward to the inherent method of the same name, as a list of signatures.
macro_rules! forward {
    ($(fn $name:ident(self $(, $arg:ident: $ty:ty)*) -> $result:ty;)*) => {$(
        #[inline]
        #[track_caller]
        fn $name(self $(, $arg: $ty)*) -> $result {
            Jet::$name(self $(, $arg)*)
        }
    )*};
    ($(fn $name:ident(&self $(, $arg:ident: $ty:ty)*) -> $result:ty;)*) => {$(
        #[inline]
        #[track_caller]
        fn $name(&self $(, $arg: $ty)*) -> $result {
            Jet::$name(self $(, $arg)*)
        }
    )*};
}
