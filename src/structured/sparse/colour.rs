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

const NONE: u32 = u32::MAX;

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
        Graph::new(pattern).best()
    }

    /// Gives each column, in that order, the first colour that no column which shares a row with it
    /// has.
    #[must_use]
    pub fn greedy(pattern: &Pattern, order: ColourOrder) -> Self {
        Graph::new(pattern).greedy(order)
    }
}

/// A pattern by rows and by columns.
struct Graph<'a> {
    rows: &'a Pattern,
    columns: Pattern,
}

impl<'a> Graph<'a> {
    fn new(rows: &'a Pattern) -> Self {
        Self { rows, columns: rows.transposed() }
    }

    /// The columns that share a row with column `j`, once for each row.
    fn near(&self, j: usize) -> impl Iterator<Item = usize> + '_ {
        self.columns.row(j).iter().flat_map(|&i| self.rows.row(i)).copied().filter(move |&k| k != j)
    }

    fn best(&self) -> Colouring {
        // The columns of one row differ, so this many are needed in any case.
        let longest = (0..self.rows.rows()).map(|i| self.rows.row(i).len()).max().unwrap_or(0);
        let n = self.rows.columns();
        if 2 * longest > n && longest > LONG {
            // There is little to gain, and the search would take time with the square of the length.
            return Colouring { of: (0..n as u32).collect(), count: n };
        }
        let mut best = self.greedy(ColourOrder::Natural);
        for order in [ColourOrder::LargestFirst, ColourOrder::SmallestLast] {
            if best.count > longest {
                let other = self.greedy(order);
                if other.count < best.count {
                    best = other;
                }
            }
        }
        best
    }

    fn greedy(&self, order: ColourOrder) -> Colouring {
        let n = self.rows.columns();
        let mut of = vec![NONE; n];
        // The last column beside which each colour was seen, counted from 1.
        let mut seen: Vec<usize> = Vec::new();
        for j in self.order(order) {
            for k in self.near(j) {
                if of[k] != NONE {
                    seen[of[k] as usize] = j + 1;
                }
            }
            let colour = seen.iter().position(|&last| last != j + 1).unwrap_or(seen.len());
            if colour == seen.len() {
                seen.push(0);
            }
            of[j] = colour as u32;
        }
        Colouring { of, count: seen.len() }
    }

    fn order(&self, order: ColourOrder) -> Vec<usize> {
        let natural = 0..self.rows.columns();
        match order {
            ColourOrder::Natural => natural.collect(),
            ColourOrder::LargestFirst => {
                let degrees = self.degrees();
                let mut result: Vec<usize> = natural.collect();
                result.sort_by_key(|&j| Reverse(degrees[j]));
                result
            }
            ColourOrder::SmallestLast => self.smallest_last(),
        }
    }

    /// How many columns share a row with each.
    fn degrees(&self) -> Vec<usize> {
        let mut seen = vec![0; self.rows.columns()];
        (0..self.rows.columns())
            .map(|j| {
                self.near(j).filter(|&k| core::mem::replace(&mut seen[k], j + 1) != j + 1).count()
            })
            .collect()
    }

    fn smallest_last(&self) -> Vec<usize> {
        let n = self.rows.columns();
        let mut degrees = self.degrees();
        // Columns by degree; one whose degree has fallen since stands in the lower bucket as well.
        let most = degrees.iter().max().map_or(0, |most| most + 1);
        let mut buckets: Vec<Vec<usize>> = vec![Vec::new(); most];
        degrees.iter().enumerate().for_each(|(j, &degree)| buckets[degree].push(j));
        let (mut taken, mut seen) = (vec![false; n], vec![0; n]);
        let mut result = Vec::with_capacity(n);
        let mut least = 0;
        while result.len() < n {
            let Some(j) = buckets[least].pop() else {
                least += 1;
                continue;
            };
            if taken[j] || degrees[j] != least {
                continue;
            }
            taken[j] = true;
            result.push(j);
            for k in self.near(j) {
                if !taken[k] && core::mem::replace(&mut seen[k], j + 1) != j + 1 {
                    degrees[k] -= 1;
                    buckets[degrees[k]].push(k);
                }
            }
            least = least.saturating_sub(1);
        }
        result.reverse();
        result
    }
}
