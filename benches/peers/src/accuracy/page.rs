//! The page that reports the measurement.

use crate::accuracy::measure::{Errors, PeerErrors, Report};
use crate::accuracy::{PEERS, tails};
use std::fmt::Write as _;

/// The page as markdown. The lock file says which versions were measured.
pub fn render(report: &Report, lock_file: &str) -> String {
    [
        introduction(report, lock_file),
        summary(report),
        tails::section(),
        table(
            report,
            "Ordinary points: largest error in ulps",
            "Random points in the middle of the domain.",
            |peer| peer.ordinary,
            worst,
        ),
        table(
            report,
            "Hard points: wrong results",
            "How many derivatives are NaN, infinite or more than 1,000,000 ulps off although the true \
             derivative is an ordinary number.",
            |peer| peer.hard,
            wrong,
        ),
        table(
            report,
            "Hard points: largest error in ulps",
            "The same points; ∞ stands for at least one NaN or infinity.",
            |peer| peer.hard,
            worst,
        ),
    ]
    .join("\n")
}

fn introduction(report: &Report, lock_file: &str) -> String {
    let types: String = PEERS
        .iter()
        .map(|peer| {
            format!("| {} | {} | {} |\n", peer.name, version(peer.name, lock_file), peer.types)
        })
        .collect();
    format!(
        "# Accuracy of the derivatives

How accurate are first and second derivatives of the elementary functions, in gradual and in other
crates for forward-mode differentiation? This page is written by a program in the repository:

```sh
cargo run --release -p gradual-peers --bin accuracy -- --write docs/accuracy.md
```

It takes the reference from the directory named by `--reference`, and without it from `tests/data`,
a compact extract that comes with the repository.

## Method

Each function is evaluated at each point of the reference with every argument a variable, and every
first and second partial derivative is compared with the truth: the derivative calculated with at
least 320 and again with 640 bits (sums, products, quotients and remainders in exact rational
arithmetic) and rounded correctly to `f64`. The reference of this page has {rows} points, {ordinary} of them
ordinary and {hard} hard: next to singularities and zeros, at the ends of the range of `f64`, with
cancellation.

An error is given in ulps: the number of steps from one representable number to the next between
the result and the correctly rounded truth. 0 is perfect; 1 is as good as a good `sin`.

| crate | version | number types |
|---|---|---|
{types}
What is compared:

- Derivatives whose true value lies between 1e-290 and 1e290 in magnitude. Nearer to the ends of the
  range nothing is promised but the right size and no NaN.
- Points where the plain function of the standard library is itself right to 1,000 ulps. {skipped} points
  are left out, most of them `acosh` and `atanh` next to ±1 and `powi` with huge exponents.
- The mixed second derivative of `powf` and the second derivative of `log` in its base are zero at
  some points inside the domain, and no formula has a small relative error there. On ordinary points
  their error is given in ulps of the sum of the absolute values of the derivative's terms.
- The values are not compared: gradual's are those of plain `f64`, bit for bit.

The limits that gradual is tested against, for every kind of number it has (`tests/accuracy/rules.rs`):

| | first order | second order |
|---|---|---|
| ordinary points, one argument, `+ - * / %`, `powi` | 4 (tanh 6) | 12 |
| ordinary points, `powf`, `log`, `atan2`, `hypot` | 8 | 64 (`powf` xy and `log` yy: 16 of the sum above) |
| hard points | 1,000 | 100,000 |

Nested duals meet the limits too, but for second derivatives of `powf` and `atan2` and points where a factor of the
first derivative leaves the range.

In the tables, `a / b` is the first and the second order. `–`: the crate has no such operation.
`panics`: it has one, and that panics.
",
        rows = thousands(report.rows as u64),
        ordinary = thousands(report.ordinary_rows as u64),
        hard = thousands((report.rows - report.ordinary_rows) as u64),
        skipped = report.skipped,
    )
}

/// All functions together.
fn summary(report: &Report) -> String {
    let mut text = String::from(
        "## In all\n\nResults that are NaN, infinite or more than 1,000,000 ulps off, both orders together; then \
         the derivatives not delivered.\n\n| crate | wrong on ordinary points | wrong on hard points | lost to a \
         panic | no operation |\n|---|---|---|---|---|\n",
    );
    for (i, peer) in PEERS.iter().enumerate() {
        let sum = |class: fn(&PeerErrors) -> [Errors; 2]| {
            report
                .functions
                .iter()
                .flat_map(|f| class(&f.peers[i]))
                .fold(Errors::default(), Errors::merge)
        };
        let (ordinary, hard) = (sum(|p| p.ordinary), sum(|p| p.hard));
        let all = ordinary.merge(hard);
        let _ = writeln!(
            text,
            "| {} | {} of {} | {} of {} | {} | {} |",
            peer.name,
            thousands(ordinary.wrong),
            thousands(ordinary.compared),
            thousands(hard.wrong),
            thousands(hard.compared),
            thousands(all.panicked),
            thousands(all.missing),
        );
    }
    text
}

/// One table: a row for each function, a column for each crate.
fn table(
    report: &Report,
    title: &str,
    legend: &str,
    class: fn(&PeerErrors) -> [Errors; 2],
    cell: fn(Errors) -> String,
) -> String {
    let names: Vec<&str> = PEERS.iter().map(|peer| peer.name).collect();
    let mut text = format!(
        "## {title}\n\n{legend}\n\n| function | derivatives | {} |\n|---|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len()),
    );
    for function in &report.functions {
        let asked = class(&function.peers[0]).map(Errors::asked);
        if asked == [0, 0] {
            continue;
        }
        let cells: Vec<String> = function
            .peers
            .iter()
            .map(|peer| {
                let [first, second] = class(peer).map(cell);
                if first == second && first.chars().all(char::is_alphabetic) || first == "–" {
                    first
                } else {
                    format!("{first} / {second}")
                }
            })
            .collect();
        let _ = writeln!(
            text,
            "| `{}` | {} / {} | {} |",
            function.name,
            thousands(asked[0]),
            thousands(asked[1]),
            cells.join(" | "),
        );
    }
    text
}

/// The largest error.
fn worst(errors: Errors) -> String {
    unless_absent(errors, |errors| match errors.worst {
        u64::MAX => "∞".into(),
        ulps if ulps >= 100_000 => format!("{:.0e}", ulps as f64),
        ulps => thousands(ulps),
    })
}

/// The number of wrong results.
fn wrong(errors: Errors) -> String {
    unless_absent(errors, |errors| thousands(errors.wrong))
}

/// `–` without operation, `panics`, or the cell with a note of the panics.
fn unless_absent(errors: Errors, cell: impl Fn(Errors) -> String) -> String {
    match (errors.compared, errors.panicked) {
        (0, 0) if errors.missing == 0 => "·".into(),
        (0, 0) => "–".into(),
        (0, _) => "panics".into(),
        (_, 0) => cell(errors),
        (_, panics) => format!("{} ({panics} panics)", cell(errors)),
    }
}

/// The version of a crate in the lock file; gradual is the one of this repository.
fn version(name: &str, lock_file: &str) -> String {
    let lines = lock_file.lines().zip(lock_file.lines().skip(1));
    // Other peers may bring an older release of it along; the lock file lists the newest one last.
    lines
        .filter(|(line, _)| *line == format!("name = \"{name}\""))
        .filter_map(|(_, next)| next.strip_prefix("version = "))
        .last()
        .map_or("?".into(), |version| version.trim_matches('"').into())
}

/// 12345 as 12,345.
fn thousands(n: u64) -> String {
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
