//! The builder: which variables there are, and which of them each element sees.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Range;

use super::error::PlanError;
use super::plan::Plan;
use super::rows::RowBlock;
use super::shapes::{Among, Between, Lanes, Relative, Single, UpTo};
use super::symbolic;

/// What a sum of small terms looks like: its variables, and groups of elements over them.
///
/// Variables are single ones, from [`Builder::new`], or the coordinates of [`Nodes`]; they stand one
/// after the other in the order in which they are declared. A plan with nodes has one place for the D × D
/// entries of a pair of nodes, so that it is smaller and its passes are faster than with single variables.
///
/// ```
/// use gradual::structured::Builder;
///
/// // Springs between the atoms of a triangle in the plane.
/// let mut builder = Builder::default();
/// let atoms = builder.nodes::<2>(3);
/// let springs = builder.among(&atoms, [[0, 1], [1, 2], [2, 0]])?;
/// let plan = builder.build()?;
///
/// let x: [f64; 6] = [0.0, 0.0, 3.0, 0.0, 3.0, 4.0];
/// let energy = plan
///     .value(&x)
///     .add(springs, |_, [[ax, ay], [bx, by]]| (ax - bx).hypot(ay - by))
///     .value();
/// assert_eq!(energy, 3.0 + 4.0 + 5.0);
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Builder {
    pub(super) variables: usize,
    pub(super) families: Vec<Family>,
    pub(super) groups: Vec<Group>,
    pub(super) blocks: Vec<RowBlock>,
    pub(super) parts: Option<usize>,
}

/// Variables that are the coordinates of nodes.
#[derive(Clone, Debug)]
pub(super) struct Family {
    pub(super) first: usize,
    pub(super) width: usize,
    pub(super) count: usize,
}

/// The elements of a group.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The number of runs of an element.
    pub(super) runs: usize,
    /// The first variable of each run, element by element.
    pub(super) index: Vec<u32>,
    /// The place of each pair of runs, element by element; from the symbolic analysis.
    pub(super) places: Vec<u32>,
    /// The number of elements.
    pub(super) count: usize,
    /// Elements in a row whose values belong to the same part; from the symbolic analysis.
    pub(super) stretches: Vec<Stretch>,
}

/// Consecutive elements of a group whose values are summed in one part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) part: u32,
    /// The element after the last one.
    pub(super) end: u32,
}

/// A family of nodes with D coordinates each, which are consecutive variables.
#[derive(Clone, Debug)]
pub struct Nodes<const D: usize> {
    first: usize,
    count: usize,
}

impl<const D: usize> Nodes<D> {
    /// The number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Are there no nodes?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The variables that are the coordinates of node number `i`.
    ///
    /// # Panics
    /// If there is no such node.
    #[must_use]
    #[track_caller]
    pub fn variables(&self, i: usize) -> Range<usize> {
        assert!(i < self.count, "node {i} of {} (counted from 0)", self.count);
        self.first + i * D..self.first + (i + 1) * D
    }
}

/// A group of elements of the [shape](super::Shape) `S` with K lanes: a number with a type.
pub struct Elements<S, const K: usize> {
    pub(super) group: usize,
    pub(super) count: usize,
    shape: PhantomData<S>,
}

impl<S, const K: usize> Clone for Elements<S, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, const K: usize> Copy for Elements<S, K> {}

impl<S, const K: usize> fmt::Debug for Elements<S, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "group {} of {} elements with {K} lanes", self.group, self.count)
    }
}

impl<S, const K: usize> Elements<S, K> {
    /// The number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Are there no elements?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl Builder {
    /// A sum over `n` single variables.
    #[must_use]
    pub fn new(n: usize) -> Self {
        let mut builder = Self::default();
        builder.nodes::<1>(n);
        builder
    }

    /// The number of variables so far.
    #[must_use]
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// Appends `count` nodes with D coordinates each.
    pub fn nodes<const D: usize>(&mut self, count: usize) -> Nodes<D> {
        const { assert!(D > 0, "a node has coordinates") };
        let first = self.variables;
        self.families.push(Family { first, width: D, count });
        self.variables += D * count;
        Nodes { first, count }
    }

    /// Elements of K variables, given by their numbers; the function of an element gets `[J; K]`.
    ///
    /// # Errors
    /// If there is no such variable, or an element has one twice.
    pub fn elements<const K: usize>(
        &mut self,
        list: impl IntoIterator<Item = [usize; K]>,
    ) -> Result<Elements<Single, K>, PlanError> {
        const { assert!(K > 0, "an element has variables") };
        let bounds = [(0, 1, self.variables); K];
        self.group(list, &bounds)
    }

    /// Elements of A nodes of one family, given by the nodes' numbers within it; the function of an
    /// element gets `[[J; D]; A]`.
    ///
    /// # Errors
    /// If there is no such node, or an element has one twice.
    pub fn among<const A: usize, const D: usize, const K: usize>(
        &mut self,
        nodes: &Nodes<D>,
        list: impl IntoIterator<Item = [usize; A]>,
    ) -> Result<Elements<Among<A, D>, K>, PlanError>
    where
        Among<A, D>: Lanes<K>,
    {
        self.group(list, &[(nodes.first, D, nodes.count); A])
    }

    /// Elements of A nodes of one family that depend on the differences x_a - x_0 of the first node to
    /// the others only, as an energy does that does not change when everything moves; the function of an
    /// element gets the A - 1 differences, `[[J; D]; A - 1]`.
    ///
    /// ```
    /// use gradual::structured::Builder;
    ///
    /// let mut builder = Builder::default();
    /// let atoms = builder.nodes::<3>(2);
    /// let bonds = builder.relative(&atoms, [[0, 1]])?;
    /// let plan = builder.build()?;
    /// let (x, mut g) = ([0.0, 0.0, 0.0, 1.0, 2.0, 2.0], [0.0; 6]);
    /// let f = plan
    ///     .gradient(&x, &mut g)
    ///     .add(bonds, |_, [[x, y, z]]| x * x + y * y + z * z)
    ///     .value();
    /// assert_eq!((f, g), (9.0, [-2.0, -4.0, -4.0, 2.0, 4.0, 4.0]));
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no such node, or an element has one twice.
    pub fn relative<const A: usize, const B: usize, const D: usize, const K: usize>(
        &mut self,
        nodes: &Nodes<D>,
        list: impl IntoIterator<Item = [usize; A]>,
    ) -> Result<Elements<Relative<A, B, D>, K>, PlanError>
    where
        Relative<A, B, D>: Lanes<K>,
    {
        self.group(list, &[(nodes.first, D, nodes.count); A])
    }

    /// Elements of one node of `left` and one of `right`, given by their numbers within the families; the
    /// function of an element gets `([J; P], [J; Q])`.
    ///
    /// # Errors
    /// If there is no such node, or both are the same.
    pub fn between<const P: usize, const Q: usize, const K: usize>(
        &mut self,
        left: &Nodes<P>,
        right: &Nodes<Q>,
        list: impl IntoIterator<Item = [usize; 2]>,
    ) -> Result<Elements<Between<P, Q>, K>, PlanError>
    where
        Between<P, Q>: Lanes<K>,
    {
        self.group(list, &[(left.first, P, left.count), (right.first, Q, right.count)])
    }

    /// Elements of 1 to K single variables; the function of an element gets [`Few`](super::Few) numbers,
    /// as many as the element has variables. For elements of very different sizes see
    /// [`Builder::any_size`].
    ///
    /// # Errors
    /// If there is no such variable, or an element has none, too many, or one twice.
    pub fn up_to<const K: usize>(
        &mut self,
        lists: impl IntoIterator<Item = impl AsRef<[usize]>>,
    ) -> Result<Elements<UpTo, K>, PlanError> {
        self.up_to_of(lists.into_iter().enumerate())
    }

    /// The same, with numbers of elements for the errors.
    pub(super) fn up_to_of<const K: usize>(
        &mut self,
        lists: impl IntoIterator<Item = (usize, impl AsRef<[usize]>)>,
    ) -> Result<Elements<UpTo, K>, PlanError> {
        const { assert!(K > 0, "an element has variables") };
        let mut index = Vec::new();
        for (element, list) in lists {
            let list = list.as_ref();
            if list.is_empty() {
                return Err(PlanError::Empty { element });
            }
            if list.len() > K {
                return Err(PlanError::TooManyLanes { element, size: list.len(), lanes: K });
            }
            for (a, &i) in list.iter().enumerate() {
                index.push(run(element, i, &list[..a], (0, 1, self.variables))?);
            }
            index.resize(index.len().next_multiple_of(K), symbolic::NONE);
        }
        Ok(self.push(K, index))
    }

    /// A group with the runs of `bounds`: the first variable, the width and the number of nodes.
    fn group<S, const A: usize, const K: usize>(
        &mut self,
        list: impl IntoIterator<Item = [usize; A]>,
        bounds: &[(usize, usize, usize); A],
    ) -> Result<Elements<S, K>, PlanError> {
        let mut index = Vec::new();
        for (element, nodes) in list.into_iter().enumerate() {
            for (a, (&i, &bounds)) in nodes.iter().zip(bounds).enumerate() {
                index.push(run(element, i, &[], bounds)?);
                let runs = &index[index.len() - a - 1..];
                if runs[..a].contains(&runs[a]) {
                    return Err(PlanError::Repeated { element, index: i });
                }
            }
        }
        Ok(self.push(A, index))
    }

    /// The group of a handle.
    #[track_caller]
    pub(super) fn known<S, const K: usize>(&self, elements: Elements<S, K>, runs: usize) -> &Group {
        match self.groups.get(elements.group) {
            Some(group) if (group.runs, group.count) == (runs, elements.count) => group,
            _ => panic!("a {elements:?} of another builder"),
        }
    }

    fn push<S, const K: usize>(&mut self, runs: usize, index: Vec<u32>) -> Elements<S, K> {
        let count = index.len() / runs;
        self.groups.push(Group { runs, index, places: Vec::new(), count, stretches: Vec::new() });
        Elements { group: self.groups.len() - 1, count, shape: PhantomData }
    }

    /// Into how many parts threads may divide a pass; by default a power of two, at most 32 and one for every 2048
    /// variables, and so few that threads evaluate at most a third more elements than there are.
    ///
    /// A part is a range of variables. Elements that touch several parts are evaluated once for each,
    /// which is the price of results that do not depend on the threads; two to four parts a thread, of a
    /// thousand variables and more, keep it low. Where every element spans the variables (each camera sees
    /// many points, and the points are parts of their own), there is one part, and threads gain nothing. The sum of the values is taken part by part, so its last
    /// bits depend on this number, and on nothing else.
    #[must_use]
    pub fn parts(mut self, parts: usize) -> Self {
        self.parts = Some(parts);
        self
    }

    /// The symbolic analysis: finds the pattern, and the place of every element's derivatives in it.
    ///
    /// # Errors
    /// If there are more variables or places than 32 bits can count.
    pub fn build(self) -> Result<Plan, PlanError> {
        symbolic::analyse(self)
    }
}

/// The first variable of node number `i`, which must not be one of `others`.
fn run(
    element: usize,
    i: usize,
    others: &[usize],
    (first, width, count): (usize, usize, usize),
) -> Result<u32, PlanError> {
    if i >= count {
        return Err(PlanError::OutOfRange { element, index: i, count });
    }
    if others.contains(&i) {
        return Err(PlanError::Repeated { element, index: i });
    }
    u32::try_from(first + i * width).map_err(|_| PlanError::TooLarge)
}
