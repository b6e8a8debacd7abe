//! The one macro that the forwarding rooms share.

/// Trait methods that forward to the inherent method of the same name: their names, by signature. What a signature takes by
/// reference, the inherent method takes by value. They are in line always: otherwise the compiler may make a call of one with all
/// that it forwards to. (Not without optimisation, where each copy has its own room on the stack.)
macro_rules! forward {
    ($($arguments:tt -> $result:ty: $($name:ident)*;)*) => {
        $($(forward! { @ $arguments -> $result, $name })*)*
    };
    (@ (self $(, $argument:ident: $type:ty)*) -> $result:ty, $name:ident) => {
        #[cfg_attr(debug_assertions, inline)]
        #[cfg_attr(not(debug_assertions), inline(always))]
        #[track_caller]
        fn $name(self $(, $argument: $type)*) -> $result {
            Jet::$name(self $(, $argument)*)
        }
    };
    (@ (&self $(, $argument:ident: $type:ty)*) -> $result:ty, $name:ident) => {
        #[cfg_attr(debug_assertions, inline)]
        #[cfg_attr(not(debug_assertions), inline(always))]
        #[track_caller]
        fn $name(&self $(, $argument: $type)*) -> $result {
            Jet::$name(*self $(, $argument)*)
        }
    };
    (@ (&self, &$argument:ident) -> $result:ty, $name:ident) => {
        #[cfg_attr(debug_assertions, inline)]
        #[cfg_attr(not(debug_assertions), inline(always))]
        #[track_caller]
        fn $name(&self, $argument: &Self) -> $result {
            Jet::$name(*self, *$argument)
        }
    };
}
