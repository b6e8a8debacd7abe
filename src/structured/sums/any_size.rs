//! Elements of very different sizes, known at run time: they are sorted into classes, each with its own
//! number of lanes.
//!
//! So a function of theirs is no closure, which has one type of number: it is an [`Element`] of the shape
//! [`UpTo`] for any K.

use alloc::vec::Vec;

use super::element::{Element, ElementResiduals};
use super::handles::{Elements, Residuals, Serial};
use super::shapes::{Few, UpTo};
use crate::real::Real;

/// One class: its elements, and their numbers in the list.
#[derive(Clone, Debug)]
pub(super) struct Class<const K: usize> {
    pub(super) elements: Elements<UpTo, K>,
    pub(super) numbers: Vec<u32>,
}

impl<const K: usize> Class<K> {
    /// The number in the list of element `e` of the class.
    #[inline(always)]
    pub(super) fn number(&self, e: usize) -> usize {
        self.numbers[e] as usize
    }

    /// The function's value for element `e` of the class.
    #[inline(always)]
    pub(super) fn value<J: Real>(
        &self,
        function: &impl Element<UpTo, K, J::Scalar>,
        e: usize,
        x: Few<J, K>,
    ) -> J {
        function.eval(self.number(e), x)
    }

    /// The function's residuals for element `e` of the class.
    #[inline(always)]
    pub(super) fn residuals<J: Real, const R: usize>(
        &self,
        function: &impl ElementResiduals<UpTo, K, R, J::Scalar>,
        e: usize,
        x: Few<J, K>,
    ) -> [J; R] {
        function.eval(self.number(e), x)
    }

    /// The class as residuals, of those of all elements.
    pub(super) fn of<'a, L, const R: usize>(
        &self,
        all: &'a Residuals<AnySize, R, L>,
    ) -> Residuals<Elements<UpTo, K>, R, &'a L> {
        Residuals { elements: self.elements, block: all.block, loss: &all.loss }
    }
}

macro_rules! classes {
    ($($name:ident $low:literal..=$k:literal)*) => {
        /// Elements of 1 to 32 variables, in classes with 2, 4, 8, 12, 16, 24 and 32 lanes. From
        /// [`Builder::any_size`](crate::structured::Builder::any_size).
        #[derive(Clone, Debug)]
        pub struct AnySize {
            $(pub(super) $name: Class<$k>,)*
        }

        impl AnySize {
            /// The number of elements.
            #[must_use]
            pub fn len(&self) -> usize {
                0 $(+ self.$name.numbers.len())*
            }

            /// Are there no elements?
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }
        }

        /// The function of elements of any size: an [`Element`] of the shape [`UpTo`] for all K.
        pub trait ElementOfAnySize<P>: $(Element<UpTo, $k, P> +)* {}
        impl<P, F: $(Element<UpTo, $k, P> +)*> ElementOfAnySize<P> for F {}

        /// The residuals of elements of any size: [`ElementResiduals`] of the shape [`UpTo`] for all K.
        pub trait ResidualsOfAnySize<P, const R: usize>: $(ElementResiduals<UpTo, $k, R, P> +)* {}
        impl<P, F: $(ElementResiduals<UpTo, $k, R, P> +)*, const R: usize> ResidualsOfAnySize<P, R> for F {}

        /// Runs a block for each class in turn.
        macro_rules! for_each_class {
            ($sizes:expr, |$class:ident| $do:expr) => {
                $({ let $class = &$sizes.$name; $do })*
            };
        }
        pub(super) use for_each_class;

        /// Elements whose classes the builder's method makes, given the sizes and the lists.
        macro_rules! sorted_into_classes {
            ($builder:ident.$class:ident($lists:expr)) => {
                AnySize { $($name: $builder.$class::<$k>($low..=$k, $lists)?,)* }
            };
        }
        pub(super) use sorted_into_classes;
    };
}

classes! {
    two 1..=2
    four 3..=4
    eight 5..=8
    twelve 9..=12
    sixteen 13..=16
    twenty_four 17..=24
    thirty_two 25..=32
}

impl AnySize {
    pub(super) fn serial(&self) -> Serial {
        self.two.elements.serial
    }
}

impl<const R: usize, L> Residuals<AnySize, R, L> {
    /// The number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Are there no elements?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }
}
