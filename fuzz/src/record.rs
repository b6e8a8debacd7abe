//! What was run, what agreed, what is exempt, and what differs.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::faults::Tally;

/// Why a derivative is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exemption {
    /// A product has an infinite factor or NaN.
    InfiniteFactor,
    /// Infinite terms of both signs.
    OpposedInfinities,
    /// A term leaves the range of the exponents. The chain rule written out in the same floats is no reference there: its
    /// sum is infinite, NaN or short of digits where the kinds are right, or wrong in ways of their own where the squares
    /// of the relative changes leave the range too. In f32 [`crate::wide`] compares with f64 in its place; for f64 there
    /// is nothing wider.
    Range,
    /// A logarithm to base 0, 1 or ∞, where both it and its derivatives have no limit.
    SingularBase,
}

impl Exemption {
    const ALL: [(Self, &'static str); 4] = [
        (Self::InfiniteFactor, "a product with an infinite factor or NaN, which multiplies out"),
        (Self::OpposedInfinities, "a sum of infinite terms of both signs"),
        (Self::Range, "another result, where a term is next to the ends of the range or beyond"),
        (Self::SingularBase, "a logarithm to base 0, 1 or ∞"),
    ];
}

/// The kinds, over each precision T.
const KINDS: [&str; 6] = [
    "Dual<T>",
    "HyperDual<T>",
    "BlockDual<T>",
    "Dual<Dual<T>>",
    "Dual<HyperDual<T>>",
    "HyperDual<Dual<T>>",
];

/// A class of differences: how many there were, and the first one.
#[derive(Clone, Debug)]
struct Difference {
    count: u64,
    example: String,
}

/// The tally of one thread, or of all of them.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Programs that ended.
    pub programs: u64,
    /// Operations in f64 and in f32, each of them carried out in every kind.
    pub steps: [u64; 2],
    /// Values that are the plain ones to the bit.
    pub agreed_values: u64,
    /// First derivatives that agree.
    pub agreed_first: u64,
    /// Second derivatives that agree.
    pub agreed_second: u64,
    /// Calls at static and at dynamic points that agree.
    pub agreed_calls: u64,
    /// Programs at the ends of the range.
    pub wide: Tally,
    /// Derivatives with a term at the ends of the range, those that agree and those that do not.
    pub at_the_ends: u64,
    exempt: BTreeMap<Exemption, u64>,
    differences: BTreeMap<(String, &'static str, &'static str), Difference>,
}

impl Record {
    /// A derivative that is not compared.
    pub fn exempt(&mut self, why: Exemption) {
        *self.exempt.entry(why).or_default() += 1;
    }

    /// Something that does not agree.
    pub fn differs(
        &mut self,
        operation: &str,
        kind: &'static str,
        what: &'static str,
        example: impl FnOnce() -> String,
    ) {
        self.differences
            .entry((operation.to_string(), kind, what))
            .and_modify(|difference| difference.count += 1)
            .or_insert_with(|| Difference { count: 1, example: example() });
    }

    /// How many operations on numbers of all kinds.
    pub fn operations(&self) -> u64 {
        KINDS.len() as u64 * self.steps.iter().sum::<u64>()
    }

    /// How many comparisons failed.
    pub fn different(&self) -> u64 {
        self.differences.values().map(|difference| difference.count).sum()
    }

    /// What exceeds the limits of what is not compared, and of the faults at the ends of the range.
    pub fn complaints(&self) -> Vec<String> {
        let mut complaints = self.wide.complaints();
        let exempt = self.exempt.get(&Exemption::Range).copied().unwrap_or(0);
        let limit = self.at_the_ends / 100 + 100;
        if exempt > limit {
            complaints.push(format!("{exempt} other results at the ends, {limit} are allowed"));
        }
        complaints
    }

    /// Adds another tally.
    pub fn merge(&mut self, other: Self) {
        self.programs += other.programs;
        for (steps, other) in self.steps.iter_mut().zip(other.steps) {
            *steps += other;
        }
        self.agreed_values += other.agreed_values;
        self.agreed_first += other.agreed_first;
        self.agreed_second += other.agreed_second;
        self.agreed_calls += other.agreed_calls;
        self.at_the_ends += other.at_the_ends;
        self.wide.merge(other.wide);
        for (why, count) in other.exempt {
            *self.exempt.entry(why).or_default() += count;
        }
        for (class, difference) in other.differences {
            self.differences
                .entry(class)
                .and_modify(|known| known.count += difference.count)
                .or_insert(difference);
        }
    }

    /// The tally as a section of markdown.
    pub fn markdown(&self, seed: u64, seconds: f64) -> String {
        let mut page = String::new();
        let mut line = |text: String| writeln!(page, "{text}").expect("a string takes all");
        line(format!("Seed {seed}, {seconds:.0} s.\n"));
        line("| what | count |\n|---|---:|".into());
        line(format!("| programs | {} |", grouped(self.programs)));
        line(format!("| operations, each in every kind | {} |", grouped(self.steps.iter().sum())));
        line(format!("| operations on numbers of all kinds | {} |", grouped(self.operations())));
        line(format!(
            "| values equal to the plain ones to the bit | {} |",
            grouped(self.agreed_values)
        ));
        line(format!("| first derivatives that agree | {} |", grouped(self.agreed_first)));
        line(format!("| second derivatives that agree | {} |", grouped(self.agreed_second)));
        line(format!(
            "| calls at static, dynamic and chunked points that agree | {} |",
            grouped(self.agreed_calls)
        ));
        line(format!("| of all these, with a term at the ends | {} |", grouped(self.at_the_ends)));
        for (why, text) in Exemption::ALL {
            let count = self.exempt.get(&why).copied().unwrap_or(0);
            line(format!("| not compared: {text} | {} |", grouped(count)));
        }
        line(format!("| **differences** | **{}** |", grouped(self.different())));
        for (precision, steps) in ["f64", "f32"].into_iter().zip(self.steps) {
            let kinds = KINDS.map(|kind| format!("`{}`", kind.replace('T', precision)));
            line(format!("\n{} operations in each of {}.", grouped(steps), kinds.join(", ")));
        }
        if self.different() > 0 {
            line("\n| differences in | kind | what | count |\n|---|---|---|---:|".into());
        }
        for ((operation, kind, what), difference) in &self.differences {
            let count = grouped(difference.count);
            line(format!("| {operation} | `{kind}` | {what} | {count} |"));
        }
        // The first example of each operation.
        let mut shown = None;
        for ((operation, kind, _), difference) in &self.differences {
            if shown.replace(operation) != Some(operation) {
                line(format!("\n`{operation}` in `{kind}`: {}", difference.example));
            }
        }
        page += &self.wide.markdown();
        page
    }
}

/// 1234567 as 1,234,567.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
