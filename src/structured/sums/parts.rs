//! How threads share the elements of a group: parts of the variables, and jobs of elements that touch them.
//!
//! **By owners.** Each part is one thread's at a time, which evaluates every element that touches the part, in the
//! order of the elements, and adds what belongs to the part's variables. So each entry of the results gets its
//! contributions in the order of the elements, whoever computes, and no entry is written by two threads. The price
//! is that elements between parts are evaluated once for each.
//!
//! **By pairs**, where that would be too many: each camera sees many points, and the points are parts of their own.
//! The elements of two parts are a job; a job waits for those before it that have one of its parts. Jobs that
//! wait for equally many are a round, which threads share, each with the results of two parts:
//!
//! ```text
//!              cameras 0   cameras 1   cameras 2
//! points 0         0           1           2
//! points 1         1           2           3        the round of each job
//! points 2         2           3           4
//! points 3         3           4           5
//! ```
//!
//! One thread goes through the jobs row by row: nearly in the order of the elements, if these are sorted by points.

use core::ops::Range;

use alloc::vec;
use alloc::vec::Vec;

use super::data::{ElementList, Job, MOST_PARTS, Stretch};
use super::symbolic::Blocks;

/// The variables, and the runs of elements, of a part that it is not worth to divide.
const SMALL_PART: [usize; 2] = [2048, 8192];

/// Of fewer elements the rounds of jobs by pairs are so short that to wake threads for each costs more than it brings.
const FEW_FOR_PAIRS: usize = 1 << 14;

/// In which order one thread evaluates the elements of a group, and the jobs of several.
type Order = (Vec<Stretch>, Vec<Job>);

/// Divides the variables into parts, and the elements of all groups into jobs; the first variables of the parts,
/// and the number of variables. `parts`: how many there may be.
pub(super) fn divide(
    blocks: &Blocks,
    columns: &[usize],
    groups: &mut [ElementList],
    parts: Option<usize>,
) -> Vec<usize> {
    let size = groups.iter().map(|group| group.index.len()).sum::<usize>();
    let by_size = (blocks.variables / SMALL_PART[0]).max(size / SMALL_PART[1]).max(1);
    // A power of two, so that two threads, and four, have the same to do.
    let most = parts.unwrap_or(1 << by_size.ilog2()).min(MOST_PARTS);
    let (mut wanted, places) = (most, |j: usize| columns[j] as f64);
    let (cuts, orders) = loop {
        let division = VariableParts::new(blocks, places, wanted);
        let few = if parts.is_some() || wanted == 1 { f64::INFINITY } else { 4.0 / 3.0 };
        if let Some(orders) = division.by_owners(groups, few) {
            // Several for each side.
            let pairs = (wanted == 1 && most > 1)
                .then(|| by_pairs(blocks, columns, groups, (4 * most).min(MOST_PARTS)));
            break pairs.flatten().unwrap_or((division.cuts, orders));
        }
        wanted /= 2;
    };
    for (group, order) in groups.iter_mut().zip(orders) {
        (group.stretches, group.jobs) = order;
    }
    cuts
}

/// The jobs of pairs of parts, if they are worth it.
fn by_pairs(
    blocks: &Blocks,
    columns: &[usize],
    groups: &[ElementList],
    most: usize,
) -> Option<(Vec<usize>, Vec<Order>)> {
    let elements = groups.iter().map(ElementList::listed).sum::<usize>();
    if elements < FEW_FOR_PAIRS {
        return None;
    }
    // What there is to do for all variables before each: their runs, weighted, as those with many places fill caches.
    let mut work = vec![0.0; columns.len()];
    for &i in groups.iter().flat_map(|group| &group.index) {
        if let Some(work) = work.get_mut(i as usize + 1) {
            *work += 1.0;
        }
    }
    for (i, bounds) in columns.windows(2).enumerate() {
        work[i + 1] = work[i] + work[i + 1] * (bounds[1] - bounds[0]).isqrt() as f64;
    }
    let division = VariableParts::new(blocks, |j| work[j], most);
    let orders: Vec<Order> = groups.iter().map(|group| division.by_pairs(group)).collect();
    // The longest job of each round, one after the other.
    let path = |jobs: &Vec<Job>| {
        let rounds = jobs.chunk_by(|a, b| a.round == b.round);
        rounds.map(|round| round.iter().map(|job| job.size).max().unwrap_or(0)).sum::<usize>()
    };
    let longest = orders.iter().map(|(_, jobs)| path(jobs)).sum::<usize>();
    (longest < elements / 2).then_some((division.cuts, orders))
}

/// Ranges of variables.
struct VariableParts {
    cuts: Vec<usize>,
    /// The part of each variable, as a bit.
    of: Vec<u32>,
}

impl VariableParts {
    /// Parts with about as much to do each, divided between blocks; `work`: what is to do for all variables before
    /// one.
    fn new(blocks: &Blocks, work: impl Fn(usize) -> f64, parts: usize) -> Self {
        let n = blocks.variables;
        let mut cuts = vec![0];
        for part in 1..parts {
            let wanted = work(n) * part as f64 / parts as f64;
            let (mut low, mut high) = (0, n);
            while low < high {
                let middle = low.midpoint(high);
                (low, high) =
                    if work(middle) < wanted { (middle + 1, high) } else { (low, middle) };
            }
            let cut = if low == n { n } else { blocks.start(low) };
            if cuts.last().is_none_or(|&last| last < cut) && cut < n {
                cuts.push(cut);
            }
        }
        cuts.push(n);
        let mut of = Vec::with_capacity(n);
        for (part, &end) in cuts[1..].iter().enumerate() {
            of.resize(end, 1 << part);
        }
        Self { cuts, of }
    }

    /// Calls `visit` with the parts that elements touch, that of their first variable, and the elements.
    fn each(&self, group: &ElementList, mut visit: impl FnMut(u32, u32, Range<u32>)) {
        let (mut here, mut start, mut end) = ([0, 0], 0, 0);
        group.each(|runs| {
            let part = |&i: &u32| self.of.get(i as usize).copied().unwrap_or(0);
            let parts = [runs.iter().fold(0, |parts, i| parts | part(i)), part(&runs[0])];
            if parts != here {
                if start < end {
                    visit(here[0], here[1].trailing_zeros(), start..end);
                }
                (here, start) = (parts, end);
            }
            end += 1;
        });
        if start < end {
            visit(here[0], here[1].trailing_zeros(), start..end);
        }
    }

    /// Jobs by owners, unless there are more than `few` times as many evaluations as elements.
    fn by_owners(&self, groups: &[ElementList], few: f64) -> Option<Vec<Order>> {
        let elements = groups.iter().map(ElementList::listed).sum::<usize>();
        let (mut evaluations, mut orders) = (0, Vec::with_capacity(groups.len()));
        for group in groups {
            let mut stretches: Vec<Stretch> = Vec::new();
            let new = |part: usize| {
                Job::new(1 << part, self.cuts[part] as u32..self.cuts[part + 1] as u32)
            };
            let mut jobs: Vec<Job> = (0..self.cuts.len() - 1).map(new).collect();
            self.each(group, |mut parts, home, run| {
                match stretches.last_mut().filter(|last| last.home == home) {
                    Some(last) => last.end = run.end,
                    None => stretches.push(Stretch { start: run.start, end: run.end, home }),
                }
                while parts != 0 {
                    jobs[parts.trailing_zeros() as usize].push(run.clone());
                    evaluations += run.len();
                    parts &= parts - 1;
                }
            });
            if evaluations as f64 > few * elements as f64 {
                return None;
            }
            orders.push((stretches, jobs));
        }
        Some(orders)
    }

    /// Jobs by pairs of parts. Elements that touch more parts than [a job may be of](Job::most_parts) are one that
    /// touches all.
    fn by_pairs(&self, group: &ElementList) -> Order {
        let mut runs = Vec::new();
        self.each(group, |parts, _, run| {
            let wide = parts.count_ones() > Job::most_parts(group.runs);
            runs.push((if wide { u32::MAX >> (33 - self.cuts.len()) } else { parts }, run));
        });
        runs.sort_by_key(|&(parts, _)| (parts.trailing_zeros(), parts));
        let (mut stretches, mut jobs) = (Vec::with_capacity(runs.len()), Vec::<Job>::new());
        let mut rounds = [0; MOST_PARTS];
        for job in runs.chunk_by(|a, b| a.0 == b.0) {
            let parts = job[0].0;
            let mut result = Job::new(parts, 0..u32::MAX);
            for (_, run) in job {
                result.push(run.clone());
                let Range { start, end } = *run;
                stretches.push(Stretch { start, end, home: parts.trailing_zeros() });
            }
            let mine = || (0..MOST_PARTS).filter(|part| parts >> part & 1 == 1);
            result.round = mine().map(|part| rounds[part]).max().unwrap_or(0);
            mine().for_each(|part| rounds[part] = result.round + 1);
            jobs.push(result);
        }
        jobs.sort_by_key(|job| job.round);
        (stretches, jobs)
    }
}

impl Job {
    fn new(parts: u32, homes: Range<u32>) -> Self {
        Self { parts, homes, round: 0, size: 0, elements: Vec::new() }
    }

    fn push(&mut self, run: Range<u32>) {
        self.size += run.len();
        match self.elements.last_mut().filter(|last| last.end == run.start) {
            Some(last) => last.end = run.end,
            None => self.elements.push(run),
        }
    }
}
