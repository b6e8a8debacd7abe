//! The symbolic analysis: from lists of variables to the pattern of the Hessian and the place of every
//! pair of runs in it.
//!
//! It works on blocks, the nodes: the columns of a node have the same rows below the node's own. So the
//! pattern is found node by node, and a plan with single variables only is the case of nodes with one
//! coordinate.

#[cfg(feature = "rayon")]
use core::ops::Range;

use alloc::vec;
use alloc::vec::Vec;

use super::data::{ElementList, Family, MOST_PARTS, NONE, PlanData, RowBlock, Stretch};
use super::error::PlanError;
use super::handles::Serial;

/// The variables, and the runs of elements, of a part that it is not worth to divide.
const SMALL_PART: [usize; 2] = [2048, 8192];

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
    let (columns, rows) = pattern(&blocks, &mut groups)?;
    let cut = |parts: usize| VariableParts::new(&blocks, &columns, parts);
    let work = groups.iter().map(|group| group.index.len()).sum::<usize>();
    let by_size = (variables / SMALL_PART[0]).max(work / SMALL_PART[1]);
    let most = parts.unwrap_or(by_size).clamp(1, MOST_PARTS);
    let parts = if parts.is_some() { cut(most) } else { worthwhile(most, cut, &groups) };
    for group in &mut groups {
        group.stretches = parts.stretches(group);
        #[cfg(feature = "rayon")]
        {
            group.touching = parts.touching(group);
        }
    }
    let cuts = parts.cuts;
    let starts = columns.iter().map(|&start| start as u32).collect();
    Ok(PlanData { serial, columns, starts, rows, groups, row_blocks, cuts, held: None })
}

/// The variables in blocks, one for each node.
struct Blocks {
    /// The first variable of each block, and the number of variables.
    first: Vec<u32>,
    /// The block of each variable.
    of: Vec<u32>,
}

impl Blocks {
    fn new(variables: usize, families: &[Family]) -> Self {
        let (mut first, mut of) = (Vec::new(), Vec::with_capacity(variables));
        for family in families {
            for node in 0..family.count {
                of.extend((0..family.width).map(|_| first.len() as u32));
                first.push((family.first + node * family.width) as u32);
            }
        }
        first.push(variables as u32);
        Self { first, of }
    }

    fn len(&self) -> usize {
        self.first.len() - 1
    }

    fn width(&self, block: usize) -> usize {
        (self.first[block + 1] - self.first[block]) as usize
    }
}

/// Which runs lie in each block, by counting sort, without the last run of each element, below which it has
/// nothing: the number of the element, and that of the run within it.
struct Incidence {
    start: Vec<u32>,
    runs: Vec<[u32; 2]>,
}

impl Incidence {
    fn new(blocks: &Blocks, list: &ElementList) -> Self {
        let mut start = vec![0_u32; blocks.len() + 2];
        let each = |visit: &mut dyn FnMut(usize, [u32; 2])| {
            for (e, index) in list.index.chunks_exact(list.runs).enumerate() {
                let last = index.iter().copied().filter(|&i| i != NONE).max().unwrap_or(NONE);
                for (b, &i) in index.iter().enumerate() {
                    if i < last {
                        visit(blocks.of[i as usize] as usize, [e as u32, b as u32]);
                    }
                }
            }
        };
        each(&mut |block, _| start[block + 2] += 1);
        (2..start.len()).for_each(|k| start[k] += start[k - 1]);
        let mut runs = vec![[0; 2]; start[start.len() - 1] as usize];
        each(&mut |block, run| {
            let next = &mut start[block + 1];
            runs[*next as usize] = run;
            *next += 1;
        });
        start.pop();
        Self { start, runs }
    }

    fn of(&self, block: usize) -> &[[u32; 2]] {
        &self.runs[self.start[block] as usize..self.start[block + 1] as usize]
    }
}

/// The lower triangle by columns, with every diagonal entry; and the places of the groups' pairs.
fn pattern(
    blocks: &Blocks,
    groups: &mut [ElementList],
) -> Result<(Vec<usize>, Vec<usize>), PlanError> {
    let fits =
        |length: usize| if length < NONE as usize { Ok(()) } else { Err(PlanError::TooLarge) };
    let mut incidence = Vec::with_capacity(groups.len());
    for group in groups.iter_mut() {
        fits(group.index.len())?;
        incidence.push(Incidence::new(blocks, group));
        group.places = vec![NONE; group.listed() * (group.runs * (group.runs - 1) / 2)];
    }
    let (mut columns, mut rows) = (vec![0], Vec::new());
    columns.reserve_exact(blocks.of.len());
    // The blocks below the current one, a stamp of those that are known, and where their rows start in
    // the current block's first column.
    let mut below: Vec<u32> = Vec::new();
    let mut seen = vec![NONE; blocks.len()];
    let mut offset = vec![0; blocks.len()];
    for block in 0..blocks.len() {
        below.clear();
        for (group, incidence) in groups.iter().zip(&incidence) {
            for &[element, _] in incidence.of(block) {
                let index = &group.index[element as usize * group.runs..][..group.runs];
                for &i in index.iter().filter(|&&i| i != NONE) {
                    let other = blocks.of[i as usize];
                    if other as usize > block && seen[other as usize] != block as u32 {
                        seen[other as usize] = block as u32;
                        below.push(other);
                    }
                }
            }
        }
        below.sort_unstable();
        let (first, width) = (blocks.first[block] as usize, blocks.width(block));
        let mut height = width;
        for &other in &below {
            offset[other as usize] = height;
            height += blocks.width(other as usize);
        }
        for c in 0..width {
            rows.extend(first + c..first + width);
            for &other in &below {
                let start = blocks.first[other as usize] as usize;
                rows.extend(start..start + blocks.width(other as usize));
            }
            columns.push(rows.len());
        }
        fits(rows.len())?;
        for (group, incidence) in groups.iter_mut().zip(&incidence) {
            for &[element, b] in incidence.of(block) {
                let (element, b) = (element as usize, b as usize);
                let index = &group.index[element * group.runs..][..group.runs];
                let pairs = group.runs * (group.runs - 1) / 2;
                let places = &mut group.places[element * pairs..][..pairs];
                let j = index[b] as usize;
                for (a, &i) in index.iter().enumerate().filter(|&(_, &i)| i != NONE) {
                    let i = i as usize;
                    if i > j {
                        let other = blocks.of[i] as usize;
                        let row = if other == block {
                            i - j
                        } else {
                            offset[other] + i - blocks.first[other] as usize - (j - first)
                        };
                        let (low, high) = (a.min(b), a.max(b));
                        places[high * (high - 1) / 2 + low] = (columns[j] + row) as u32;
                    }
                }
            }
        }
    }
    rows.shrink_to_fit();
    Ok((columns, rows))
}

/// Ranges of variables, which threads may own.
struct VariableParts {
    /// The first variables of the parts, and the number of variables.
    cuts: Vec<usize>,
    /// The part of each variable.
    of: Vec<u8>,
}

/// The most parts up to that number whose borders cut few enough elements: a power of two, so that two threads, and
/// four, have the same to do.
fn worthwhile(
    most: usize,
    cut: impl Fn(usize) -> VariableParts,
    groups: &[ElementList],
) -> VariableParts {
    let mut wanted = 1 << most.ilog2();
    loop {
        let parts = cut(wanted);
        if wanted == 1 || parts.repeat_few(groups) {
            return parts;
        }
        wanted /= 2;
    }
}

impl VariableParts {
    /// VariableParts with about as many places each, divided between blocks.
    fn new(blocks: &Blocks, columns: &[usize], parts: usize) -> Self {
        let n = columns.len() - 1;
        let mut cuts = vec![0];
        for part in 1..parts {
            let wanted = columns[n] / parts * part;
            let cut = columns.partition_point(|&start| start < wanted).min(n);
            let cut = if cut == n { n } else { blocks.first[blocks.of[cut] as usize] as usize };
            if cuts.last().is_none_or(|&last| last < cut) && cut < n {
                cuts.push(cut);
            }
        }
        cuts.push(n);
        let mut of = Vec::with_capacity(n);
        for (part, &end) in cuts[1..].iter().enumerate() {
            of.resize(end, part as u8);
        }
        Self { cuts, of }
    }

    /// The parts that an element touches, a bit for each.
    fn of_element(&self, index: &[u32]) -> u32 {
        let used = index.iter().filter(|&&i| i != NONE);
        used.fold(0, |parts, &i| parts | 1 << self.of[i as usize])
    }

    /// Do threads evaluate at most a third more elements than there are?
    fn repeat_few(&self, groups: &[ElementList]) -> bool {
        let elements = groups.iter().map(ElementList::listed).sum::<usize>();
        let evaluations = |group: &ElementList| {
            let elements = group.index.chunks_exact(group.runs);
            elements.map(|index| self.of_element(index).count_ones() as usize).sum::<usize>()
        };
        groups.iter().map(evaluations).sum::<usize>() <= elements + elements / 3
    }

    /// The parts that own the first variables of a group's elements.
    fn stretches(&self, group: &ElementList) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        for (e, index) in group.index.chunks_exact(group.runs).enumerate() {
            let end = (e as u32 + 1) * group.repeats() as u32;
            let part = u32::from(self.of[index[0] as usize]);
            match stretches.last_mut() {
                Some(stretch) if stretch.part == part => stretch.end = end,
                _ => stretches.push(Stretch { part, end }),
            }
        }
        stretches
    }

    /// The elements that touch each part, in runs.
    #[cfg(feature = "rayon")]
    fn touching(&self, group: &ElementList) -> Vec<Vec<Range<u32>>> {
        let mut touching: Vec<Vec<Range<u32>>> = vec![Vec::new(); self.cuts.len() - 1];
        for (e, index) in group.index.chunks_exact(group.runs).enumerate() {
            let mut parts = self.of_element(index);
            while parts != 0 {
                let (runs, e) = (&mut touching[parts.trailing_zeros() as usize], e as u32);
                match runs.last_mut() {
                    Some(run) if run.end == e => run.end += 1,
                    _ => runs.push(e..e + 1),
                }
                parts &= parts - 1;
            }
        }
        touching
    }
}
