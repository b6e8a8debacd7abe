//! The rows of Jacobians: which residuals there are, and which variables each depends on.

use alloc::vec;
use alloc::vec::Vec;

use super::builder::Builder;
use super::plan::Plan;

/// The rows of a Jacobian that belong to one list of elements with residuals.
#[derive(Clone, Debug)]
pub(super) struct RowBlock {
    /// The elements.
    pub(super) count: usize,
    /// The residuals of an element.
    pub(super) outputs: usize,
    /// The places of all rows.
    pub(super) places: usize,
    pub(super) variables: Variables,
    pub(super) first_row: usize,
    pub(super) first_place: usize,
}

/// The variables of each element's rows, in ascending order.
#[derive(Clone, Debug)]
pub(super) enum Variables {
    /// Those of a group. `of` writes them, given the element's runs, and says how many there are; at
    /// most `most`.
    Group { group: usize, most: usize, of: fn(&[u32], &mut [usize]) -> usize },
    /// Lists one after the other, and where each ends.
    Lists { variables: Vec<u32>, ends: Vec<usize> },
}

impl RowBlock {
    pub(super) fn rows(&self) -> usize {
        self.count * self.outputs
    }
}

impl Builder {
    /// Appends the rows of `count` elements with `outputs` residuals each, of which all together depend on so
    /// many variables; the number of the block.
    pub(super) fn push_rows(
        &mut self,
        (count, outputs): (usize, usize),
        dependences: usize,
        variables: Variables,
    ) -> usize {
        let (first_row, first_place) = self
            .blocks
            .last()
            .map_or((0, 0), |last| (last.first_row + last.rows(), last.first_place + last.places));
        let places = dependences * outputs;
        self.blocks.push(RowBlock { count, outputs, places, variables, first_row, first_place });
        self.blocks.len() - 1
    }
}

impl Plan {
    /// The number of residuals of all groups, which are the rows of the Jacobian.
    #[must_use]
    pub fn residuals(&self) -> usize {
        self.row_blocks.last().map_or(0, |last| last.first_row + last.rows())
    }

    /// The number of places in the Jacobian.
    #[must_use]
    pub fn jacobian_nnz(&self) -> usize {
        self.row_blocks.last().map_or(0, |last| last.first_place + last.places)
    }

    /// The Jacobian of all residuals by rows: where each row starts, and the variables of its entries in
    /// ascending order.
    #[must_use]
    pub fn jacobian_pattern(&self) -> (Vec<usize>, Vec<usize>) {
        let (mut rows, mut columns) = (vec![0], Vec::with_capacity(self.jacobian_nnz()));
        rows.reserve_exact(self.residuals());
        for block in &self.row_blocks {
            let mut add = |row: &[usize]| {
                for _ in 0..block.outputs {
                    columns.extend_from_slice(row);
                    rows.push(columns.len());
                }
            };
            match &block.variables {
                Variables::Group { group, most, of } => {
                    let (group, mut row) = (&self.groups[*group], vec![0; *most]);
                    for runs in group.index.chunks_exact(group.runs) {
                        let length = of(runs, &mut row);
                        add(&row[..length]);
                    }
                }
                Variables::Lists { variables, ends } => {
                    let (mut start, mut row) = (0, Vec::new());
                    for &end in ends {
                        row.clear();
                        row.extend(variables[start..end].iter().map(|&i| i as usize));
                        add(&row);
                        start = end;
                    }
                }
            }
        }
        (rows, columns)
    }
}
