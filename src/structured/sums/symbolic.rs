//! The symbolic analysis: from lists of variables to the pattern of the Hessian and the place of every
//! pair of runs in it.
//!
//! It works on blocks, the nodes: the columns of a node have the same rows below the node's own. So the
//! pattern is found node by node, and a plan with single variables only is the case of nodes with one
//! coordinate.

use alloc::vec;
use alloc::vec::Vec;

use super::data::{ElementList, Family, NONE, PlanData, RowBlock};
use super::error::PlanError;
use super::handles::Serial;
use super::parts;

/// The plan of groups over so many variables in families. `parts`: how many there may be.
pub(super) fn analyse(
    (variables, families): (usize, &[Family]),
    mut groups: Vec<ElementList>,
    row_blocks: Vec<RowBlock>,
    parts: Option<usize>,
    serial: Serial,
) -> Result<PlanData, PlanError> {
    if variables >= NONE as usize {
        return Err(PlanError::TooLarge);
    }
    let blocks = Blocks::new(variables, families);
    let find = if blocks.single { pattern::<true> } else { pattern::<false> };
    let (columns, rows) = find(&blocks, &mut groups)?;
    let cuts = parts::divide(&blocks, &columns, &mut groups, parts);
    let starts = columns.iter().map(|&start| start as u32).collect();
    Ok(PlanData { serial, columns, starts, rows, groups, row_blocks, cuts, held: None })
}

/// The variables in blocks, one for each node.
pub(super) struct Blocks {
    pub(super) variables: usize,
    /// Is each variable a block? Then there are no lists.
    single: bool,
    /// The first variable of each block, and the number of variables.
    first: Vec<u32>,
    /// The block of each variable.
    of: Vec<u32>,
}

impl Blocks {
    fn new(variables: usize, families: &[Family]) -> Self {
        let single = families.iter().all(|family| family.width == 1);
        let (mut first, mut of) = (Vec::new(), Vec::new());
        for &Family { first: start, width, count } in families.iter().filter(|_| !single) {
            for node in 0..count {
                of.resize(of.len() + width, first.len() as u32);
                first.push((start + node * width) as u32);
            }
        }
        first.push(variables as u32);
        Self { variables, single, first, of }
    }

    /// The first variable of the block in which a variable is.
    pub(super) fn start(&self, variable: usize) -> usize {
        if self.single { variable } else { self.first[self.of[variable] as usize] as usize }
    }
}

/// The pairs of runs of all elements, by the variable where the first of the two runs begins: in ascending
/// order, by counting sort.
struct Pairs {
    /// Where those of each variable begin, and the end.
    start: Vec<u32>,
    /// Where the other run begins, and the number of the pair among those of all groups.
    pairs: Vec<[u32; 2]>,
    /// How many pairs there are with those of lanes that have no variable.
    count: usize,
}

impl Pairs {
    fn new(variables: usize, groups: &[ElementList]) -> Result<Self, PlanError> {
        let of = |group: &ElementList| group.listed() * (group.runs * (group.runs - 1) / 2);
        let count = groups.iter().map(of).sum::<usize>();
        let longest = groups.iter().map(|group| group.index.len()).max().unwrap_or(0);
        if count.max(longest) >= NONE as usize {
            return Err(PlanError::TooLarge);
        }
        // `start[j + 1]` runs from the beginning of those of variable j to their end.
        let mut start = vec![0_u32; variables + 2];
        Self::each(groups, |low, _, _| start[low as usize + 2] += 1);
        let mut end = 0;
        for start in &mut start {
            end += *start;
            *start = end;
        }
        let mut pairs = vec![[0; 2]; end as usize];
        Self::each(groups, |low, high, number| {
            let next = &mut start[low as usize + 1];
            pairs[*next as usize] = [high, number];
            *next += 1;
        });
        start.pop();
        Ok(Self { start, pairs, count })
    }

    /// Calls `visit` with the lower and the higher variable of each pair, and its number.
    #[inline(always)]
    fn each(groups: &[ElementList], mut visit: impl FnMut(u32, u32, u32)) {
        let mut number = 0;
        for group in groups {
            group.each(|runs| {
                for a in 1..runs.len() {
                    for b in 0..a {
                        let (low, high) = (runs[a].min(runs[b]), runs[a].max(runs[b]));
                        if high != NONE {
                            visit(low, high, number);
                        }
                        number += 1;
                    }
                }
            });
        }
    }

    /// Those of some consecutive variables.
    #[inline(always)]
    fn of(&self, first: u32, end: u32) -> &[[u32; 2]] {
        &self.pairs[self.start[first as usize] as usize..self.start[end as usize] as usize]
    }
}

/// The lower triangle by columns, with every diagonal entry; and the places of the groups' pairs.
fn pattern<const SINGLE: bool>(
    blocks: &Blocks,
    groups: &mut [ElementList],
) -> Result<(Vec<usize>, Vec<usize>), PlanError> {
    let n = blocks.variables;
    let count = if SINGLE { n } else { blocks.first.len() - 1 };
    let block_of = |i: u32| if SINGLE { i } else { blocks.of[i as usize] };
    let first_of = |block: u32| if SINGLE { block } else { blocks.first[block as usize] };
    let pairs = Pairs::new(n, groups)?;
    let mut places = vec![NONE; pairs.count];
    let (mut columns, mut rows) = (vec![0], Vec::new());
    columns.reserve_exact(n);
    // As many as there are if no two elements have the same pair: one allocation.
    let end_of = |i: u32| first_of(block_of(i) + 1);
    let width = |i: u32| (end_of(i) - first_of(block_of(i))) as usize;
    let below = |j: u32| pairs.of(j, j + 1).iter().map(|&[high, _]| width(high)).sum::<usize>();
    rows.reserve_exact(if SINGLE {
        n + pairs.pairs.len()
    } else {
        (0..n as u32).map(|j| (end_of(j) - j) as usize + width(j) * below(j)).sum()
    });
    // The blocks below the current one; and for each block the last one that it is below, and where its
    // rows start in that one's first column.
    let mut below: Vec<u32> = Vec::new();
    let mut seen = vec![[NONE, 0]; count];
    for block in 0..count as u32 {
        let (first, end) = (first_of(block), first_of(block + 1));
        below.clear();
        for &[high, _] in pairs.of(first, end) {
            let other = block_of(high);
            let last = &mut seen[other as usize][0];
            if *last != block && other != block {
                *last = block;
                below.push(other);
            }
        }
        below.sort_unstable();
        let start = rows.len();
        (first..end).for_each(|row| rows.push(row as usize));
        for &other in &below {
            seen[other as usize][1] = (rows.len() - start) as u32;
            (first_of(other)..first_of(other + 1)).for_each(|row| rows.push(row as usize));
        }
        let height = rows.len() - start;
        columns.push(rows.len());
        for c in 1..(end - first) as usize {
            rows.extend_from_within(start + c..start + height);
            columns.push(rows.len());
        }
        if rows.len() >= NONE as usize {
            return Err(PlanError::TooLarge);
        }
        for j in first..end {
            for &[high, number] in pairs.of(j, j + 1) {
                let other = block_of(high);
                let start = if other == block { 0 } else { seen[other as usize][1] };
                let row = start + high - first_of(other);
                places[number as usize] = columns[j as usize] as u32 + row - (j - first);
            }
        }
    }
    if rows.capacity() / 2 > rows.len() {
        rows.shrink_to_fit();
    }
    for group in groups.iter_mut().rev() {
        let count = group.listed() * (group.runs * (group.runs - 1) / 2);
        group.places = places.split_off(places.len() - count);
    }
    Ok((columns, rows))
}
