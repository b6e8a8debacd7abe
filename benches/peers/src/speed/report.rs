//! The tables and the verdict.

use std::fmt;

use crate::peers::gradual::THREADS;
use crate::speed::machine;
use crate::speed::measure::Class;

/// How a goal is spoken of.
pub fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "NOT MET" }
}

/// What a row computes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    Gradient,
    Hessian,
    Jacobian,
    /// One pass of a long gradient for several sizes of chunk.
    Chunks,
}

impl Order {
    /// How many numbers of each kind a candidate returns; `None` where candidates compute
    /// different parts of one result.
    pub fn blocks(self, n: usize) -> Option<Vec<usize>> {
        match self {
            Order::Gradient => Some(vec![1, n]),
            Order::Hessian => Some(vec![1, n, n * n]),
            Order::Jacobian => Some(vec![2, 2 * n]),
            Order::Chunks => None,
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Order::Gradient => "value + gradient",
            Order::Hessian => "value + gradient + Hessian",
            Order::Jacobian => "values + Jacobian",
            Order::Chunks => "chunks",
        })
    }
}

/// The least time of one candidate.
pub struct Time {
    pub name: &'static str,
    pub class: Class,
    pub seconds: f64,
}

/// One function at one n.
pub struct Row {
    pub function: &'static str,
    pub n: usize,
    pub order: Order,
    pub times: Vec<Time>,
}

impl Row {
    fn seconds(&self, name: &str) -> Option<f64> {
        self.times.iter().find(|t| t.name == name).map(|t| t.seconds)
    }

    fn of_class(&self, class: Class) -> impl Iterator<Item = &Time> {
        self.times.iter().filter(move |t| t.class == class)
    }

    /// gradual's scalar form, the measure of every ratio.
    fn gradual(&self) -> f64 {
        self.of_class(Class::Gradual).next().expect("gradual is in every row").seconds
    }

    /// Time over gradual's time.
    fn ratio(&self, name: &str) -> Option<f64> {
        Some(self.seconds(name)? / self.gradual())
    }

    /// gradual's time over what its number of derivatives would cost at one evaluation each.
    fn growth(&self) -> f64 {
        let n = self.n as f64;
        let derivatives = if self.order == Order::Hessian { n * (n + 1.0) / 2.0 } else { n };
        let plain = self.of_class(Class::Plain).next().expect("plain floats are in every row");
        self.gradual() / (derivatives * plain.seconds)
    }

    fn label(&self) -> String {
        format!("{} of {}, n = {}", self.order, self.function, self.n)
    }
}

/// Three digits, about as many as a measurement like this has.
fn digits(ratio: f64) -> String {
    match ratio {
        r if r < 0.00995 => format!("{r:.4}"),
        r if r < 0.995 => format!("{r:.3}"),
        r if r < 1.0 => format!("{r:.4}"),
        r if r < 9.995 => format!("{r:.2}"),
        r if r < 99.95 => format!("{r:.1}"),
        r => format!("{r:.0}"),
    }
}

fn table(header: &[String], lines: impl Iterator<Item = Vec<String>>) {
    println!("| {} |", header.join(" | "));
    println!("|{}", "---:|".repeat(header.len()));
    for line in lines {
        println!("| {} |", line.join(" | "));
    }
    println!();
}

/// Everything, in the order in which it was measured, and the verdict as the last line.
pub fn print(rows: &[Row]) {
    println!("Ratios of times: 2.00 means twice gradual's time. `gradual` is the form with scalar");
    println!("operations over `gradual::Real`. The last column is gradual's time over one plain");
    println!("evaluation per derivative: n of them, for a Hessian n (n + 1) / 2.\n");
    println!("{}\n", machine::describe());
    let mut groups: Vec<(&str, Order)> = Vec::new();
    for row in rows.iter().filter(|row| row.order != Order::Chunks) {
        if !groups.contains(&(row.function, row.order)) {
            groups.push((row.function, row.order));
        }
    }
    for (function, order) in groups {
        let mut group: Vec<&Row> =
            rows.iter().filter(|r| r.function == function && r.order == order).collect();
        group.sort_by_key(|row| row.n);
        println!("### {function}: {order}\n");
        print_group(&group);
    }
    print_lifted(rows);
    print_chunks(rows);
    print_threads(rows);
    print_goals(rows);
    print_verdict(rows);
}

/// Nanoseconds of every candidate, for programs: to compare two versions.
pub fn print_times(rows: &[Row]) {
    for row in rows {
        let label = row.label();
        row.times.iter().for_each(|time| print_time(&label, time.name, time.seconds));
    }
}

/// A line of three columns.
pub fn print_time(task: &str, name: &str, seconds: f64) {
    println!("{task}\t{name}\t{:.4}", seconds * 1e9);
}

fn print_group(group: &[&Row]) {
    let mut names: Vec<&str> = Vec::new();
    for time in group.iter().flat_map(|row| &row.times) {
        if !names.contains(&time.name) {
            names.push(time.name);
        }
    }
    let mut header = vec!["n".to_owned()];
    header.extend(names.iter().map(|name| (*name).to_owned()));
    header.push("growth".to_owned());
    let lines = group.iter().map(|row| {
        let mut line = vec![row.n.to_string()];
        line.extend(names.iter().map(|name| row.ratio(name).map_or("".to_owned(), digits)));
        line.push(digits(row.growth()));
        line
    });
    table(&header, lines);
}

fn print_lifted(rows: &[Row]) {
    let prices: Vec<(&Row, f64)> = rows
        .iter()
        .filter_map(|row| Some((row, row.ratio("gradual, lifted constants")?)))
        .collect();
    println!("### Price of lifted constants\n");
    for order in [Order::Gradient, Order::Hessian, Order::Jacobian] {
        let of_order = prices.iter().filter(|(row, _)| row.order == order);
        if let Some((row, price)) = of_order.max_by(|a, b| a.1.total_cmp(&b.1)) {
            println!("- {order}: at most {} ({}, n = {})", digits(*price), row.function, row.n);
        }
    }
    println!();
}

fn print_chunks(rows: &[Row]) {
    let Some(row) = rows.iter().find(|row| row.order == Order::Chunks) else {
        return;
    };
    println!("### Cost per input of a long gradient ({}, n = {})\n", row.function, row.n);
    let per_input = |time: &Time| {
        let inputs = time.name.parse().unwrap_or(row.n as f64);
        time.seconds / inputs
    };
    let whole = row.of_class(Class::Gradual).map(per_input).next().expect("the dynamic call");
    let best = row.of_class(Class::Form).map(per_input).fold(f64::INFINITY, f64::min);
    let mut header = vec!["chunk".to_owned()];
    header.extend(row.of_class(Class::Form).map(|t| t.name.to_owned()));
    header.push("dynamic call".to_owned());
    let mut line = vec!["cost per input / best".to_owned()];
    line.extend(row.of_class(Class::Form).map(|t| digits(per_input(t) / best)));
    line.push(digits(whole / best));
    table(&header, std::iter::once(line));
}

/// What the threads bring: serial over parallel time.
fn print_threads(rows: &[Row]) {
    let faster: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let ratio = row.ratio(THREADS)?;
            Some(format!("{}: {} times as fast", row.label(), digits(1.0 / ratio)))
        })
        .collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    print_list(&format!("On {threads} threads instead of one:"), &faster);
}

/// The least ratio of the rows that a goal speaks of.
fn least(
    rows: &[Row],
    speaks_of: impl Fn(&Row) -> bool,
    peer: impl Fn(&Time) -> bool,
) -> Option<(f64, &Row, &'static str)> {
    rows.iter()
        .filter(|row| speaks_of(row))
        .flat_map(|row| row.times.iter().map(move |time| (row, time)))
        .filter(|(_, time)| peer(time))
        .map(|(row, time)| (time.seconds / row.gradual(), row, time.name))
        .min_by(|a, b| a.0.total_cmp(&b.0))
}

fn print_goals(rows: &[Row]) {
    println!("### Goals\n");
    let hessian =
        |n: &'static [usize]| move |row: &Row| row.order == Order::Hessian && n.contains(&row.n);
    let gradient = |row: &Row| {
        matches!(row.order, Order::Gradient | Order::Jacobian) && (2..=16).contains(&row.n)
    };
    let named = |name: &'static str| move |time: &Time| time.name == name;
    let num_dual = |time: &Time| ["num-dual", "num-dual by reference"].contains(&time.name);
    let goals = [
        ("Hessian, n = 8 and 16, against num-dual", 5.0, least(rows, hessian(&[8, 16]), num_dual)),
        (
            "Hessian, n = 8 and 16, against hyperjet",
            2.0,
            least(rows, hessian(&[8, 16]), named("hyperjet")),
        ),
        ("gradient, n = 2 to 16, against num-dual", 2.0, least(rows, gradient, num_dual)),
        (
            "gradient, n = 2 to 16, against any forward mode",
            0.95,
            least(rows, gradient, |time| time.class == Class::Forward),
        ),
        (
            "gradient, n = 8 and 16, against Ceres' Jet",
            1.0,
            least(rows, |row| [8, 16].contains(&row.n), |time| time.name.starts_with("Ceres")),
        ),
        (
            "Hessian, n = 30, against echidna's recorded tape",
            1.0,
            least(rows, hessian(&[30]), named("echidna tape ×8")),
        ),
    ];
    for (what, goal, least) in goals {
        if let Some((ratio, row, name)) = least {
            let verdict = verdict(ratio >= goal);
            println!(
                "- {what}: at least {goal}: {verdict}, least {} ({name}, {})",
                digits(ratio),
                row.label()
            );
        }
    }
    println!();
}

fn print_ahead(rows: &[&Row], class: Class, what: &str) {
    let ahead: Vec<String> = rows
        .iter()
        .flat_map(|row| row.of_class(class).map(move |time| (row, time)))
        .filter(|(row, time)| time.seconds < row.gradual())
        .map(|(row, time)| {
            format!("{}: {} at {}", row.label(), time.name, digits(time.seconds / row.gradual()))
        })
        .collect();
    print_list(&format!("{what} is ahead on:"), &ahead);
}

fn print_list(title: &str, lines: &[String]) {
    if !lines.is_empty() {
        println!("{title}\n");
        lines.iter().for_each(|line| println!("- {line}"));
        println!();
    }
}

/// The lines before the last one name every comparison that gradual does not lead.
fn print_verdict(rows: &[Row]) {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.order != Order::Chunks).collect();
    print_ahead(&rows, Class::Reverse, "Reverse mode (another method, not counted below)");
    print_ahead(&rows, Class::Abroad, "Forward mode in another language (not counted below)");
    print_ahead(&rows, Class::Differences, "Finite differences (approximate, not counted below)");
    let (mut leads, mut all) = (0, 0);
    let mut worst: Option<(f64, String)> = None;
    let mut behind = Vec::new();
    for row in rows {
        for time in row.of_class(Class::Forward) {
            let ratio = time.seconds / row.gradual();
            all += 1;
            if ratio >= 1.0 {
                leads += 1;
            } else {
                behind.push(format!("{}: {} at {}", row.label(), time.name, digits(ratio)));
            }
            if worst.as_ref().is_none_or(|(least, _)| ratio < *least) {
                worst = Some((ratio, format!("{} against {}", row.label(), time.name)));
            }
        }
    }
    print_list("gradual is not the leader on:", &behind);
    match worst {
        Some((ratio, at)) => {
            println!(
                "gradual leads {leads} of {all} comparisons; worst ratio {} at {at}",
                digits(ratio)
            );
        }
        None => println!("gradual leads 0 of 0 comparisons; nothing was measured"),
    }
}
