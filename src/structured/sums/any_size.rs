//! Elements of very different sizes, known at run time: they are sorted into classes, each with its own
//! number of lanes.

use alloc::vec::Vec;

use super::builder::{Builder, Elements, Group};
use super::error::PlanError;
use super::pass::Pass;
use super::shapes::{Shape, UpTo};
use super::wanted::Wanted;
use crate::real::Real;

/// The function of an element whose number of variables is known at run time, over any number.
///
/// ```
/// use gradual::Real;
/// use gradual::structured::{Builder, ElementOfAnySize};
///
/// struct Length;
///
/// impl ElementOfAnySize for Length {
///     fn eval<T: Real<Scalar = f64>>(&self, _: usize, x: &[T]) -> T {
///         x.iter().map(|&x| x * x).sum::<T>().sqrt()
///     }
/// }
///
/// let mut builder = Builder::new(4);
/// let elements = builder.any_size(&[vec![0], vec![2, 0, 3], vec![1]])?;
/// let plan = builder.build()?;
/// let (x, mut g) = ([2.0, 3.0, 4.0, 4.0], [0.0; 4]);
/// let f = plan.gradient(&x, &mut g).add_any_size(&elements, &Length).value();
/// assert_eq!((f, g[1]), (2.0 + 6.0 + 3.0, 1.0));
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
pub trait ElementOfAnySize {
    /// The value of element number `element`, whose variables are `x`.
    fn eval<T: Real<Scalar = f64>>(&self, element: usize, x: &[T]) -> T;
}

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

    pub(super) fn lanes(&self) -> usize {
        K
    }

    /// The variables of the elements.
    pub(super) fn indices<'a>(&self, group: &'a Group) -> &'a [[u32; K]] {
        <UpTo as Shape<K>>::indices(&group.index)
    }
}

macro_rules! classes {
    ($($name:ident $low:literal..=$k:literal)*) => {
        /// Elements of 1 to 32 variables, in classes with 2, 4, 8, 12, 16, 24 and 32 lanes. From
        /// [`Builder::any_size`].
        #[derive(Clone, Debug)]
        pub struct AnySize {
            $(pub(super) $name: Class<$k>,)*
        }

        impl Builder {
            /// Elements of 1 to 32 single variables; their function is an [`ElementOfAnySize`].
            ///
            /// # Errors
            /// If there is no such variable, or an element has none, more than 32, or one twice.
            pub fn any_size(&mut self, lists: &[impl AsRef<[usize]>]) -> Result<AnySize, PlanError> {
                let sizes = || lists.iter().map(|list| list.as_ref().len()).enumerate();
                if let Some((element, size)) = sizes().find(|&(_, size)| size == 0 || size > 32) {
                    return Err(match size {
                        0 => PlanError::Empty { element },
                        _ => PlanError::TooManyLanes { element, size, lanes: 32 },
                    });
                }
                u32::try_from(lists.len()).map_err(|_| PlanError::TooLarge)?;
                Ok(AnySize {
                    $($name: {
                        let mine = || sizes().filter(|(_, size)| ($low..=$k).contains(size));
                        let elements = self.up_to_of(mine().map(|(e, _)| (e, &lists[e])))?;
                        Class { elements, numbers: mine().map(|(e, _)| e as u32).collect() }
                    },)*
                })
            }
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

        /// Runs a block for each class in turn.
        macro_rules! for_each_class {
            ($sizes:expr, |$class:ident| $do:expr) => {
                $({ let $class = &$sizes.$name; $do })*
            };
        }
        pub(super) use for_each_class;
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

/// The passes of one thread and of several take elements of any size in the same way.
macro_rules! add_any_size {
    ($($order:ty $(, $sync:ident)?;)*) => {$(
        impl<T: Real<Scalar = f64>, O: Wanted<T>> Pass<'_, T, O, $order> {
            /// Adds elements of any size.
            ///
            /// # Panics
            /// If the elements are of another plan.
            #[track_caller]
            pub fn add_any_size<F: ElementOfAnySize $(+ $sync)?>(
                self,
                sizes: &AnySize,
                function: &F,
            ) -> Self {
                let mut pass = self;
                for_each_class!(sizes, |class| {
                    pass = pass.add(class.elements, |e, x| function.eval(class.number(e), &x));
                });
                pass
            }
        }
    )*};
}

add_any_size! { super::pass::Serial; }
#[cfg(feature = "rayon")]
add_any_size! { super::pass::Parallel, Sync; }
