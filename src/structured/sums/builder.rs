//! The builder: which variables there are, and which of them each element sees.

use alloc::vec::Vec;
use core::marker::PhantomData;

use super::data::{ElementList, Family, NONE, RowBlock, RowVariables};
use super::error::PlanError;
use super::handles::{Elements, Nodes, Residuals, Serial};
use super::loss::Squares;
use super::plan::Plan;
use super::shapes::{Among, Between, Lanes, Relative, Shape, Shared, Single, UpTo};
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
///
/// What a builder has given out ([`Nodes`], [`Elements`], [`Residuals`]) is known by it and by its plan only.
#[derive(Debug)]
pub struct Builder {
    serial: Serial,
    variables: usize,
    families: Vec<Family>,
    groups: Vec<ElementList>,
    blocks: Vec<RowBlock>,
    parts: Option<usize>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            serial: Serial::next(),
            variables: 0,
            families: Vec::new(),
            groups: Vec::new(),
            blocks: Vec::new(),
            parts: None,
        }
    }
}

impl Builder {
    /// A sum over `n` single variables. More than 32 bits can count are an error of [`build`](Self::build).
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

    /// Appends `count` nodes with D coordinates each. More variables than 32 bits can count are an error of
    /// [`build`](Self::build).
    pub fn nodes<const D: usize>(&mut self, count: usize) -> Nodes<D> {
        const { assert!(D > 0, "a node has coordinates") };
        let first = self.variables;
        self.families.push(Family { first, width: D, count });
        self.variables = first.saturating_add(D.saturating_mul(count));
        Nodes { serial: self.serial, first, count }
    }

    /// Where nodes begin, their width and their number.
    ///
    /// # Panics
    /// If they are of another builder.
    #[track_caller]
    fn bounds<const D: usize>(&self, nodes: &Nodes<D>) -> (usize, usize, usize) {
        assert!(nodes.serial == self.serial, "{} nodes of another builder", nodes.count);
        (nodes.first, D, nodes.count)
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

    /// `count` elements that all have the same K variables, given by their numbers: rows of data and a few
    /// parameters. The function of an element gets `[J; K]`.
    ///
    /// No list is kept. Passes sum the derivatives of many rows before they add them to the results, and
    /// threads share the rows.
    ///
    /// ```
    /// use gradual::structured::Builder;
    ///
    /// // A line through a million points.
    /// let data: Vec<[f64; 2]> = (0..1_000_000).map(f64::from).map(|t| [t, 3.0 - 2.0 * t]).collect();
    /// let mut builder = Builder::new(2);
    /// let points = builder.shared([0, 1], data.len())?.residuals(&mut builder);
    /// let plan = builder.build()?;
    /// assert!(plan.bytes() < 1000);
    ///
    /// let (mut jtr, mut jtj) = ([0.0; 2], [0.0; 3]);
    /// let pass = plan.gauss_newton(&[3.0, -2.0], &mut jtr, &mut jtj);
    /// let half_square = pass.add(points, |e, [a, b]| [a + b * data[e][0] - data[e][1]]).value();
    /// assert_eq!((half_square, jtr, jtj[0]), (0.0, [0.0; 2], 1e6));
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no such variable, one is named twice, or there are more elements than 32 bits can count.
    pub fn shared<const K: usize>(
        &mut self,
        variables: [usize; K],
        count: usize,
    ) -> Result<Elements<Shared, K>, PlanError> {
        const { assert!(K > 0, "an element has variables") };
        u32::try_from(count).map_err(|_| PlanError::TooLarge)?;
        let mut index = Vec::new();
        for (a, &i) in variables.iter().enumerate() {
            index.push(run(0, i, &variables[..a], (0, 1, self.variables))?);
        }
        if count == 0 {
            index.clear();
        }
        Ok(self.push(K, index, count))
    }

    /// Elements of A nodes of one family, given by the nodes' numbers within it; the function of an
    /// element gets `[[J; D]; A]`.
    ///
    /// # Errors
    /// If there is no such node, or an element has one twice.
    ///
    /// # Panics
    /// If the nodes are of another builder.
    #[track_caller]
    pub fn among<const A: usize, const D: usize, const K: usize>(
        &mut self,
        nodes: &Nodes<D>,
        list: impl IntoIterator<Item = [usize; A]>,
    ) -> Result<Elements<Among<A, D>, K>, PlanError>
    where
        Among<A, D>: Lanes<K>,
    {
        self.group(list, &[self.bounds(nodes); A])
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
    ///
    /// # Panics
    /// If the nodes are of another builder.
    #[track_caller]
    pub fn relative<const A: usize, const B: usize, const D: usize, const K: usize>(
        &mut self,
        nodes: &Nodes<D>,
        list: impl IntoIterator<Item = [usize; A]>,
    ) -> Result<Elements<Relative<A, B, D>, K>, PlanError>
    where
        Relative<A, B, D>: Lanes<K>,
    {
        self.group(list, &[self.bounds(nodes); A])
    }

    /// Elements of one node of `left` and one of `right`, given by their numbers within the families; the
    /// function of an element gets `([J; P], [J; Q])`.
    ///
    /// # Errors
    /// If there is no such node, or both are the same.
    ///
    /// # Panics
    /// If the nodes are of another builder.
    #[track_caller]
    pub fn between<const P: usize, const Q: usize, const K: usize>(
        &mut self,
        left: &Nodes<P>,
        right: &Nodes<Q>,
        list: impl IntoIterator<Item = [usize; 2]>,
    ) -> Result<Elements<Between<P, Q>, K>, PlanError>
    where
        Between<P, Q>: Lanes<K>,
    {
        self.group(list, &[self.bounds(left), self.bounds(right)])
    }

    /// Elements of 1 to K single variables; the function of an element gets [`Few`](crate::structured::shapes::Few) numbers,
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
            index.resize(index.len().next_multiple_of(K), NONE);
        }
        let count = index.len() / K;
        Ok(self.push(K, index, count))
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
        let count = index.len() / A;
        Ok(self.push(A, index, count))
    }

    /// The list of a group.
    ///
    /// # Panics
    /// If the group is of another builder.
    #[track_caller]
    pub(super) fn list<S, const K: usize>(&self, elements: Elements<S, K>) -> &ElementList {
        assert!(elements.serial == self.serial, "a {elements:?} of another builder");
        &self.groups[elements.group]
    }

    fn push<S, const K: usize>(
        &mut self,
        runs: usize,
        index: Vec<u32>,
        count: usize,
    ) -> Elements<S, K> {
        self.groups.push(ElementList::new(runs, index, count));
        let group = self.groups.len() - 1;
        Elements { serial: self.serial, group, count, shape: PhantomData }
    }

    /// Appends the rows of `count` elements with `outputs` residuals each, of which all together depend on so
    /// many variables; the number of the block.
    pub(super) fn push_rows(
        &mut self,
        (count, outputs): (usize, usize),
        dependences: usize,
        variables: RowVariables,
    ) -> usize {
        let (first_row, first_place) = self
            .blocks
            .last()
            .map_or((0, 0), |last| (last.first_row + last.rows(), last.first_place + last.places));
        let places = dependences * outputs;
        self.blocks.push(RowBlock { count, outputs, places, variables, first_row, first_place });
        self.blocks.len() - 1
    }

    /// Into how many parts threads may divide a pass; by default a power of two, at most 32, by the work there is
    /// (one for every 2048 variables or 4096 pairs), and so few that threads evaluate at most a third more elements
    /// than there are.
    ///
    /// A part is a range of variables. Elements that touch several parts are evaluated once for each,
    /// which is the price of results that do not depend on the threads. Where every element spans the
    /// variables (each camera sees many points, and the points are parts of their own), there is one part, and
    /// threads gain nothing. The sum of the values is taken part by part, so its last bits depend on this number,
    /// and on nothing else. [Shared](Self::shared) elements have no such parts: threads divide their rows.
    ///
    /// # Panics
    /// If there are to be no parts.
    #[must_use]
    #[track_caller]
    pub fn parts(mut self, parts: usize) -> Self {
        assert!(parts > 0, "a pass has one part at least");
        self.parts = Some(parts);
        self
    }

    /// The symbolic analysis: finds the pattern, and the place of every element's derivatives in it.
    ///
    /// # Errors
    /// If there are more variables or places than 32 bits can count.
    pub fn build(self) -> Result<Plan, PlanError> {
        let Self { serial, variables, families, groups, blocks, parts } = self;
        symbolic::analyse((variables, &families), groups, blocks, parts, serial).map(Plan::new)
    }
}

impl<S: Shape<K>, const K: usize> Elements<S, K> {
    /// Gives the elements R residuals each. The rows of the Jacobian stand in the order of these calls,
    /// and within a group in the order of its elements.
    ///
    /// # Panics
    /// If the group is of another builder.
    #[must_use]
    #[track_caller]
    pub fn residuals<const R: usize>(self, builder: &mut Builder) -> Residuals<Self, R> {
        let list = builder.list(self);
        let entries = S::indices(&list.index).iter().map(S::entries).sum::<usize>();
        let dependences = entries * list.repeats();
        let of = |runs: &[u32], variables: &mut [usize]| {
            let index = &S::indices(runs)[0];
            S::columns(index, variables);
            S::entries(index)
        };
        let variables = RowVariables::Group { group: self.group, most: S::MOST, of };
        let block = builder.push_rows((self.count, R), dependences, variables);
        Residuals { elements: self, block, loss: Squares }
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
    let variable = i.checked_mul(width).and_then(|i| i.checked_add(first));
    variable.and_then(|i| u32::try_from(i).ok()).ok_or(PlanError::TooLarge)
}
