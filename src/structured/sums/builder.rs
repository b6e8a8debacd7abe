//! The builder: which variables there are, and which of them each element sees.

use alloc::vec::Vec;
use core::marker::PhantomData;

use super::data::{ElementList, Family, RowBlock, RowVariables};
use super::error::PlanError;
use super::handles::{Elements, Nodes, Residuals, Serial};
use super::loss::Squares;
use super::plan::Plan;
use super::shapes::Shape;
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
    pub(super) groups: Vec<ElementList>,
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
    pub(super) fn bounds<const D: usize>(&self, nodes: &Nodes<D>) -> (usize, usize, usize) {
        assert!(nodes.serial == self.serial, "{} nodes of another builder", nodes.count);
        (nodes.first, D, nodes.count)
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

    pub(super) fn push<S, const K: usize>(
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
    /// (one for every 2048 variables or 8192 variables of elements), and so few that threads evaluate at most a third
    /// more elements than there are.
    ///
    /// A part is a range of variables. Elements that touch several parts are evaluated once for each,
    /// which is the price of results that do not depend on the threads. Where every element spans the
    /// variables (each camera sees many points, and the points are parts of their own), threads evaluate at the
    /// same time elements of different cameras and points, and none twice. The sum of the values is taken part by part,
    /// so its last bits depend on this number, and on nothing else. [Shared](Self::shared) elements have no such
    /// parts: threads divide their rows.
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
