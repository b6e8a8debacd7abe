//! Colours: columns that share no row can be seeded together.
//!
//! Gebremedhin, Manne and Pothen, "What color is your Jacobian?", SIAM Review 47 (2005), section 3:
//! partial distance-2 colourings, greedily, in an order.

use core::cmp::Reverse;

use alloc::vec;
use alloc::vec::Vec;

use super::pattern::Pattern;

/// The order in which a greedy colouring visits the columns. None is the best for all patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColourOrder {
    /// As they stand.
    Natural,
    /// Those with most neighbours first.
    LargestFirst,
    /// The column with fewest neighbours among those that are left, again and again; coloured from the
    /// last one taken to the first.
    SmallestLast,
}

/// A colour for each column, such that columns which share a row differ.
///
/// ```
/// use gradual::structured::sparse::{Colouring, ColourOrder, Pattern};
///
/// let tridiagonal = Pattern::from_rows(9, (0..9_usize).map(|i| i.saturating_sub(1)..(i + 2).min(9)))?;
/// let colouring = Colouring::greedy(&tridiagonal, ColourOrder::Natural);
/// assert_eq!(colouring.of(), [0, 1, 2, 0, 1, 2, 0, 1, 2]);
/// # Ok::<(), gradual::structured::sparse::SparseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colouring {
    of: Vec<u32>,
    count: usize,
}

/// Rows above this length that hold more than half of the columns are not worth a search.
const LONG: usize = 1024;

impl Colouring {
    /// The colour of each column, counted from 0.
    #[must_use]
    pub fn of(&self) -> &[u32] {
        &self.of
    }

    /// The number of colours.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The colouring with the fewest colours among the three orders.
    #[must_use]
    pub fn best(pattern: &Pattern) -> Self {
        Self::cheapest(pattern, &pattern.transposed(), |colours| colours)
    }

    /// The one of the three that costs least; `columns` is the transposed pattern. No other is looked for once there is one
    /// that costs what the fewest colours would that there might be.
    pub(super) fn cheapest(
        rows: &Pattern,
        columns: &Pattern,
        cost: impl Fn(usize) -> usize,
    ) -> Self {
        Graph { rows, columns }.cheapest(cost)
    }

    /// Gives each column, in that order, the first colour that no column which shares a row with it
    /// has.
    #[must_use]
    pub fn greedy(pattern: &Pattern, order: ColourOrder) -> Self {
        let graph = Graph { rows: pattern, columns: &pattern.transposed() };
        graph.greedy(match order {
            ColourOrder::Natural => graph.natural(),
            ColourOrder::LargestFirst => largest_first(&graph.degrees()),
            ColourOrder::SmallestLast => graph.smallest_last(&mut graph.degrees()),
        })
    }

    fn or_cheaper(self, other: Self, cost: impl Fn(usize) -> usize) -> Self {
        if cost(other.count) < cost(self.count) { other } else { self }
    }
}

/// A pattern by rows and by columns.
struct Graph<'a> {
    rows: &'a Pattern,
    columns: &'a Pattern,
}

impl Graph<'_> {
    /// The rows in which column `j` is.
    fn rows_of(&self, j: u32) -> impl Iterator<Item = &[usize]> {
        self.columns.row(j as usize).iter().map(|&i| self.rows.row(i))
    }

    fn cheapest(&self, cost: impl Fn(usize) -> usize) -> Colouring {
        // The columns of one row differ, so this many are needed in any case.
        let longest = (0..self.rows.rows()).map(|i| self.rows.row(i).len()).max().unwrap_or(0);
        let n = self.rows.columns();
        if 2 * longest > n && longest > LONG {
            // There is little to gain, and the search would take time with the square of the length.
            return Colouring { of: (0..n as u32).collect(), count: n };
        }
        let least = cost(longest.max(1));
        let mut best = self.greedy(self.natural());
        if cost(best.count) > least {
            let mut degrees = self.degrees();
            best = best.or_cheaper(self.greedy(largest_first(&degrees)), &cost);
            if cost(best.count) > least {
                best = best.or_cheaper(self.greedy(self.smallest_last(&mut degrees)), &cost);
            }
        }
        best
    }

    /// Colours the columns in that order.
    ///
    /// A row notes its colours as bits, 64 at a time: columns that find none of the first 64 free wait for the next round. So
    /// it takes time with the number of entries, and not with the square of the rows' lengths.
    fn greedy(&self, mut order: Vec<u32>) -> Colouring {
        let mut of = vec![0; self.rows.columns()];
        let taken = &mut vec![0_u64; self.rows.rows()][..];
        let (mut first, mut count) = (0, 0);
        while !order.is_empty() {
            let mut left = 0;
            for at in 0..order.len() {
                let j = order[at] as usize;
                let rows = self.columns.row(j);
                let mut free = u64::MAX;
                for &i in rows {
                    free &= !taken[i];
                }
                if free == 0 {
                    order[left] = j as u32;
                    left += 1;
                    continue;
                }
                let lowest = free & free.wrapping_neg();
                for &i in rows {
                    taken[i] |= lowest;
                }
                of[j] = first + free.trailing_zeros();
                count = count.max(of[j] + 1);
            }
            order.truncate(left);
            taken.fill(0);
            first += u64::BITS;
        }
        Colouring { of, count: count as usize }
    }

    fn natural(&self) -> Vec<u32> {
        (0..self.rows.columns() as u32).collect()
    }

    /// How many columns share a row with each.
    fn degrees(&self) -> Vec<u32> {
        let n = self.rows.columns();
        // The last column beside which each one was seen, counted from 1.
        let seen = &mut vec![0; n][..];
        let mut degrees = Vec::with_capacity(n);
        for j in 0..n as u32 {
            seen[j as usize] = j + 1;
            let mut degree = 0;
            for row in self.rows_of(j) {
                for &k in row {
                    degree += u32::from(seen[k] != j + 1);
                    seen[k] = j + 1;
                }
            }
            degrees.push(degree);
        }
        degrees
    }

    fn smallest_last(&self, degrees: &mut [u32]) -> Vec<u32> {
        let n = degrees.len();
        // Columns by degree; one whose degree has fallen since stands in the lower bucket as well.
        let most = degrees.iter().max().map_or(0, |&most| most as usize + 1);
        let buckets = &mut vec![Vec::<u32>::new(); most][..];
        (0..).zip(&*degrees).for_each(|(j, &degree)| buckets[degree as usize].push(j));
        // The last column beside which each one was seen, counted from 1; `TAKEN` once it is taken.
        let seen = &mut vec![0; n][..];
        let mut result = Vec::with_capacity(n);
        let mut least = 0;
        while result.len() < n {
            let Some(j) = buckets[least].pop() else {
                least += 1;
                continue;
            };
            let mark = j + 1;
            if seen[j as usize] == TAKEN || degrees[j as usize] as usize != least {
                continue;
            }
            seen[j as usize] = TAKEN;
            result.push(j);
            for row in self.rows_of(j) {
                for &k in row {
                    let last = &mut seen[k];
                    if *last != mark && *last != TAKEN {
                        *last = mark;
                        let degree = &mut degrees[k];
                        *degree -= 1;
                        buckets[*degree as usize].push(k as u32);
                    }
                }
            }
            least = least.saturating_sub(1);
        }
        result.reverse();
        result
    }
}

const TAKEN: u32 = u32::MAX;

/// The columns by falling degree.
fn largest_first(degrees: &[u32]) -> Vec<u32> {
    let mut result: Vec<u32> = (0..degrees.len() as u32).collect();
    result.sort_by_key(|&j| Reverse(degrees[j as usize]));
    result
}
