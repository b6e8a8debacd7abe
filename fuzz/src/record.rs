//! What was run, what agreed, what is exempt, and what differs.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Why a derivative is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exemption {
    /// A plain product or sum meets an infinity.
    PlainInfinity,
    /// Infinite terms of both signs.
    OpposedInfinities,
    /// A term leaves the range of the exponents.
    Range,
}

impl Exemption {
    const ALL: [(Self, &'static str); 3] = [
        (Self::PlainInfinity, "plain `+`, `-` and `*` beside an infinity, which are not guarded"),
        (Self::OpposedInfinities, "a sum of infinite terms of both signs"),
        (Self::Range, "a term within a 16th of the ends of the range of exponents, or beyond"),
    ];
}

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
    /// Operations, each of them carried out in every kind.
    pub steps: u64,
    /// Values that are the plain ones to the bit.
    pub agreed_values: u64,
    /// First derivatives that agree.
    pub agreed_first: u64,
    /// Second derivatives that agree.
    pub agreed_second: u64,
    /// Calls at static and at dynamic points that agree.
    pub agreed_calls: u64,
    evaluations: BTreeMap<&'static str, u64>,
    exempt: BTreeMap<Exemption, u64>,
    differences: BTreeMap<(String, &'static str, &'static str), Difference>,
}

impl Record {
    /// One operation on numbers of a kind.
    pub fn evaluated(&mut self, kind: &'static str) {
        *self.evaluations.entry(kind).or_default() += 1;
    }

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
        self.evaluations.values().sum()
    }

    /// How many comparisons failed.
    pub fn different(&self) -> u64 {
        self.differences.values().map(|difference| difference.count).sum()
    }

    /// Adds another tally.
    pub fn merge(&mut self, other: Self) {
        self.programs += other.programs;
        self.steps += other.steps;
        self.agreed_values += other.agreed_values;
        self.agreed_first += other.agreed_first;
        self.agreed_second += other.agreed_second;
        self.agreed_calls += other.agreed_calls;
        for (kind, count) in other.evaluations {
            *self.evaluations.entry(kind).or_default() += count;
        }
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
        line(format!("| operations, each in every kind | {} |", grouped(self.steps)));
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
        for (why, text) in Exemption::ALL {
            let count = self.exempt.get(&why).copied().unwrap_or(0);
            line(format!("| not compared: {text} | {} |", grouped(count)));
        }
        line(format!("| **differences** | **{}** |", grouped(self.different())));
        line("\n| kind | operations |\n|---|---:|".into());
        for (kind, count) in &self.evaluations {
            line(format!("| `{kind}` | {} |", grouped(*count)));
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
        page
    }
}

/// 1234567 as 1,234,567.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
