//! The faults at the ends of the range, by function: none where derivatives are promised, and few beyond.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::record::grouped;

/// So many programs in a million may have a fault beyond what is promised.
const BEYOND_IN_A_MILLION: u64 = 150;

/// The faults of one function: those that `guarantees` rules out, and those beyond.
#[derive(Clone, Debug, Default)]
struct Faults {
    /// Finite numbers that are wrong, which nobody would notice; infinities and NaN.
    promised: [u64; 2],
    /// The same beyond what is promised.
    beyond: [u64; 2],
    example: String,
}

/// What was compared, and what is wrong.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Programs that were begun.
    pub programs: u64,
    /// Operations that were compared.
    pub operations: u64,
    /// Programs that ended at a derivative that is no ordinary number of f32.
    pub ended: u64,
    faults: BTreeMap<&'static str, Faults>,
}

impl Tally {
    /// How many faults there are of those that are promised away, and of those that are not.
    fn faults(&self) -> [u64; 2] {
        let sum = |of: fn(&Faults) -> [u64; 2]| {
            self.faults.values().map(|faults| of(faults).iter().sum::<u64>()).sum()
        };
        [sum(|faults| faults.promised), sum(|faults| faults.beyond)]
    }

    /// A fault of a function: is its derivative promised, and what came a finite number?
    pub fn fault(
        &mut self,
        name: &'static str,
        promised: bool,
        finite: bool,
        example: impl FnOnce() -> String,
    ) {
        let faults = self.faults.entry(name).or_default();
        let counts = if promised { &mut faults.promised } else { &mut faults.beyond };
        counts[usize::from(!finite)] += 1;
        if promised && faults.example.is_empty() {
            faults.example = example();
        }
    }

    /// What there is of faults that there may not be. (A few more may meet in a short run.)
    pub fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        for (name, Faults { promised, .. }) in &self.faults {
            let promised: u64 = promised.iter().sum();
            if promised > 0 {
                complaints
                    .push(format!("`{name}` has {promised} faults where derivatives are promised"));
            }
        }
        let limit = self.programs * BEYOND_IN_A_MILLION / 1_000_000 + 5;
        let [_, beyond] = self.faults();
        if beyond > limit {
            complaints
                .push(format!("{beyond} faults beyond what is promised, {limit} are allowed"));
        }
        complaints
    }

    /// Adds another tally.
    pub fn merge(&mut self, other: Self) {
        self.programs += other.programs;
        self.operations += other.operations;
        self.ended += other.ended;
        for (name, other) in other.faults {
            let faults = self.faults.entry(name).or_default();
            for i in 0..2 {
                faults.promised[i] += other.promised[i];
                faults.beyond[i] += other.beyond[i];
            }
            if faults.example.is_empty() {
                faults.example = other.example;
            }
        }
    }

    /// The tally as a section of markdown.
    pub fn markdown(&self) -> String {
        let mut page = String::new();
        let mut line = |text: String| writeln!(page, "{text}").expect("a string takes all");
        line("\n| at the ends of the range, f32 against f64 | count |\n|---|---:|".into());
        line(format!("| programs | {} |", grouped(self.programs)));
        line(format!("| operations, each in every kind | {} |", grouped(self.operations)));
        line(format!("| ended at a derivative that f32 does not hold | {} |", grouped(self.ended)));
        let whats = ["faults where derivatives are promised", "faults beyond that"];
        for (count, what) in self.faults().into_iter().zip(whats) {
            let percent = 100.0 * count as f64 / self.programs.max(1) as f64;
            line(format!("| **{what}** | **{}** ({percent:.4} % of programs) |", grouped(count)));
        }
        if !self.faults.is_empty() {
            line("\n| function | finite | NaN, ∞ | beyond: finite | NaN, ∞ |".into());
            line("|---|---:|---:|---:|---:|".into());
        }
        for (name, Faults { promised, beyond, .. }) in &self.faults {
            let counts = promised.iter().chain(beyond).map(|&count| grouped(count));
            let counts = counts.collect::<Vec<_>>().join(" | ");
            line(format!("| `{name}` | {counts} |"));
        }
        for (name, faults) in &self.faults {
            if !faults.example.is_empty() {
                line(format!("\n`{name}`: {}", faults.example));
            }
        }
        page
    }
}
