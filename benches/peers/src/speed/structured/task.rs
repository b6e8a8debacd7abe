//! One task: who takes part, what is asked for, and how it went.

use crate::speed::measure::{Candidate, Class, check, count, measure, retain_own};
use crate::speed::report::{print_time, verdict};
use crate::speed::structured::Options;

/// What is asked of a candidate, by its name.
#[derive(Clone, Copy)]
pub enum Goal {
    /// It takes at most so many plain evaluations.
    Plain(&'static str, f64),
    /// It is at least so many times as fast as another one.
    Faster(&'static str, &'static str, f64),
}

/// One task, on candidates of which the first is the plain function.
pub struct Task {
    pub name: String,
    /// What is to be said beside the times.
    pub note: Option<String>,
    pub candidates: Vec<Candidate>,
    /// How many numbers of each kind a result has.
    pub blocks: Vec<usize>,
    pub goals: Vec<Goal>,
}

impl Task {
    /// Checks the candidates against each other, measures them, and prints a table.
    pub fn run(mut self, options: Options) -> Result<(), String> {
        eprintln!("{}", self.name);
        if options.own {
            retain_own(&mut self.candidates);
        }
        // The digests are checked with the function's value; plain floats return that alone.
        check(&mut self.candidates, &self.blocks).map_err(|why| format!("{}: {why}", self.name))?;
        if options.count {
            count(&self.name, &mut self.candidates);
            return Ok(());
        }
        let seconds = measure(&mut self.candidates, options.effort);
        if options.own {
            let times = self.candidates.iter().zip(&seconds);
            times.for_each(|(candidate, &time)| print_time(&self.name, candidate.name, time));
            return Ok(());
        }
        let gradual = self.candidates.iter().position(|c| c.class == Class::Gradual);
        let gradual = seconds[gradual.expect("gradual takes part")];
        println!("## {}\n", self.name);
        self.note.iter().for_each(|note| println!("{note}\n"));
        println!("| | µs | plain evaluations | times gradual |\n|---|---:|---:|---:|");
        for (candidate, &time) in self.candidates.iter().zip(&seconds) {
            let (plain, ratio) = (time / seconds[0], time / gradual);
            println!("| {} | {:.1} | {plain:.2} | {ratio:.2} |", candidate.name, time * 1e6);
        }
        println!();
        // What is in C++ takes part where it was compiled.
        let time = |name: &str| {
            let index = self.candidates.iter().position(|c| c.name == name);
            index.map_or(f64::NAN, |index| seconds[index])
        };
        for &goal in &self.goals {
            match goal {
                Goal::Faster(_, other, _) if time(other).is_nan() => {}
                Goal::Plain(ours, most) => {
                    let ratio = time(ours) / seconds[0];
                    let verdict = verdict(ratio <= most);
                    println!("- {ours} at most {most} plain evaluations: {verdict}, {ratio:.2}");
                }
                Goal::Faster(ours, other, least) => {
                    let ratio = time(other) / time(ours);
                    let verdict = verdict(ratio >= least);
                    println!(
                        "- {ours} at least {least} times as fast as {other}: {verdict}, {ratio:.2}"
                    );
                }
            }
        }
        if !self.goals.is_empty() {
            println!();
        }
        Ok(())
    }
}
