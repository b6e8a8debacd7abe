//! What a plan knows: lists of elements, places of their derivatives, rows of residuals, variables held
//! constant. Everything else reads it; the [`Plan`](super::plan::Plan) hands passes over it out.

use core::ops::Range;

use alloc::vec;
use alloc::vec::Vec;

use super::handles::{Elements, Residuals, Serial};

/// The index of a lane without a variable; no plan has as many.
pub(super) const NONE: u32 = u32::MAX;

/// The most parts that a pass can be divided into.
pub(super) const MOST_PARTS: usize = 32;

/// Everything about a sum of small terms that depends on indices only.
#[derive(Clone, Debug)]
pub struct PlanData {
    /// The builder that it is from.
    pub(super) serial: Serial,
    /// Where each column of the lower triangle starts, and the rows of its entries.
    pub(super) columns: Vec<usize>,
    pub(super) rows: Vec<usize>,
    /// The columns once more, for the passes: in half the bytes.
    pub(super) starts: Vec<u32>,
    pub(super) groups: Vec<ElementList>,
    pub(super) row_blocks: Vec<RowBlock>,
    /// The first variables of the parts, and the number of variables.
    pub(super) cuts: Vec<usize>,
    pub(super) held: Option<Held>,
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
pub(super) struct ElementList {
    /// The number of runs of an element.
    pub(super) runs: usize,
    /// The first variable of each run, element by element; of one element, if all have the same.
    pub(super) index: Vec<u32>,
    /// The place of each pair of runs, element by element; from the symbolic analysis.
    pub(super) places: Vec<u32>,
    /// The number of elements.
    pub(super) count: usize,
    /// In which order one thread evaluates them; from the symbolic analysis.
    pub(super) stretches: Vec<Stretch>,
    /// What several threads do, round by round; from the symbolic analysis.
    pub(super) jobs: Vec<Job>,
}

/// Consecutive elements of a group whose values are summed in one part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) home: u32,
}

/// Elements of a group that one thread evaluates.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "rayon"), expect(dead_code, reason = "there is one thread"))]
pub(super) struct Job {
    /// The parts whose results it gets, a bit for each.
    pub(super) parts: u32,
    /// Jobs of the same round have different parts.
    pub(super) round: u32,
    /// The number of elements.
    pub(super) size: usize,
    /// The elements, in runs of consecutive ones.
    pub(super) elements: Vec<Range<u32>>,
    /// It counts the values of elements whose first variable is one of these.
    pub(super) homes: Range<u32>,
}

impl Job {
    /// Of how many parts a job may be, with elements of so many runs; others are of all. Elements of three runs and
    /// more are seldom of two parts, and their loop is shorter where the results of one part are all that it has.
    pub(super) const fn most_parts(runs: usize) -> u32 {
        if runs <= 2 { 2 } else { 1 }
    }

    /// The part in which the values are summed.
    #[cfg(feature = "rayon")]
    pub(super) fn home(&self) -> usize {
        self.parts.trailing_zeros() as usize
    }
}

/// The rows of a Jacobian that belong to one list of elements with residuals.
#[derive(Clone, Debug)]
pub(super) struct RowBlock {
    /// The elements.
    pub(super) count: usize,
    /// The residuals of an element.
    pub(super) outputs: usize,
    /// The places of all rows.
    pub(super) places: usize,
    pub(super) variables: RowVariables,
    pub(super) first_row: usize,
    pub(super) first_place: usize,
}

/// The variables of each element's rows, in ascending order.
#[derive(Clone, Debug)]
pub(super) enum RowVariables {
    /// Those of a group. `of` writes them, given the element's runs, and says how many there are; at
    /// most `most`.
    Group { group: usize, most: usize, of: fn(&[u32], &mut [usize]) -> usize },
    /// Lists one after the other, and where each ends.
    Lists { variables: Vec<u32>, ends: Vec<usize> },
}

/// The variables that are constant, and the places that belong to them.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) is_held: Vec<bool>,
    pub(super) variables: Vec<u32>,
    /// The places of the Hessian in their rows and columns.
    pub(super) slots: Vec<u32>,
    /// The places of the Jacobian in their columns.
    pub(super) of_jacobian: Vec<usize>,
}

impl ElementList {
    /// `count` elements of so many runs, not analysed yet.
    pub(super) fn new(runs: usize, index: Vec<u32>, count: usize) -> Self {
        Self { runs, index, places: Vec::new(), count, stretches: Vec::new(), jobs: Vec::new() }
    }

    /// The number of elements whose variables are listed: all of them, or one for all.
    pub(super) fn listed(&self) -> usize {
        self.index.len() / self.runs
    }

    /// How many elements have the variables of each listed one.
    pub(super) fn repeats(&self) -> usize {
        if self.index.is_empty() { 0 } else { self.count / self.listed() }
    }

    fn bytes(&self) -> usize {
        let bytes = 4 * (self.index.len() + self.places.len() + 3 * self.stretches.len());
        bytes + self.jobs.iter().map(|job| 8 * job.elements.len()).sum::<usize>()
    }

    /// Calls `visit` with the runs of each listed element in turn. Of short ones the compiler knows the number.
    #[inline(always)]
    pub(super) fn each(&self, mut visit: impl FnMut(&[u32])) {
        match self.runs {
            2 => self.index.as_chunks::<2>().0.iter().for_each(|runs| visit(runs)),
            3 => self.index.as_chunks::<3>().0.iter().for_each(|runs| visit(runs)),
            runs => self.index.chunks_exact(runs).for_each(visit),
        }
    }
}

impl RowBlock {
    pub(super) fn rows(&self) -> usize {
        self.count * self.outputs
    }
}

impl PlanData {
    pub(super) fn variables(&self) -> usize {
        self.columns.len() - 1
    }

    /// The list of a group.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    pub(super) fn list<S, const K: usize>(&self, elements: Elements<S, K>) -> &ElementList {
        assert!(elements.serial == self.serial, "a {elements:?} of another plan");
        &self.groups[elements.group]
    }

    /// The rows of residuals, if they are a block of this plan.
    ///
    /// # Panics
    /// If they are of another plan, or were given after it was built.
    #[track_caller]
    pub(super) fn row_block<G: core::fmt::Debug, L, const R: usize>(
        &self,
        residuals: &Residuals<G, R, L>,
        serial: Serial,
    ) -> &RowBlock {
        assert!(serial == self.serial, "a {residuals:?} of another plan");
        &self.row_blocks[residuals.block]
    }

    pub(super) fn bytes(&self) -> usize {
        let pattern = size_of::<usize>() * (self.columns.len() + self.rows.len());
        let lists = self.groups.iter().map(ElementList::bytes).sum::<usize>();
        pattern + 4 * self.starts.len() + lists
    }

    /// The number of residuals, which are the rows of the Jacobian.
    pub(super) fn residuals(&self) -> usize {
        self.row_blocks.last().map_or(0, |last| last.first_row + last.rows())
    }

    /// The number of places in the Jacobian.
    pub(super) fn jacobian_nnz(&self) -> usize {
        self.row_blocks.last().map_or(0, |last| last.first_place + last.places)
    }

    /// Calls `row` with the variables of each row of the Jacobian in turn.
    pub(super) fn jacobian_rows(&self, mut row: impl FnMut(&[usize])) {
        let mut variables = Vec::new();
        for block in &self.row_blocks {
            match &block.variables {
                RowVariables::Group { group, most, of } => {
                    let list = &self.groups[*group];
                    variables = vec![0; *most];
                    for runs in list.index.chunks_exact(list.runs) {
                        let length = of(runs, &mut variables);
                        for _ in 0..list.repeats() * block.outputs {
                            row(&variables[..length]);
                        }
                    }
                }
                RowVariables::Lists { variables: all, ends } => {
                    let mut start = 0;
                    for &end in ends {
                        variables.clear();
                        variables.extend(all[start..end].iter().map(|&i| i as usize));
                        (0..block.outputs).for_each(|_| row(&variables));
                        start = end;
                    }
                }
            }
        }
    }
}
