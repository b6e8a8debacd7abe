//! Rows of correctly rounded values and derivatives, read from CSV files.

use std::fs;
use std::path::{Path, PathBuf};

/// One function at one point.
#[derive(Clone, Debug)]
pub struct Row {
    /// The method's name, or `add`, `sub`, `mul`, `div`, `rem`.
    pub function: String,
    /// `ord`, or `hard:` and why the point is hard.
    pub kind: String,
    /// The arguments, `self` first.
    pub arguments: Vec<f64>,
    /// The exponent of `powi`.
    pub exponent: i32,
    /// The value.
    pub value: f64,
    /// The first partial derivatives.
    pub first: Vec<f64>,
    /// The second partial derivatives: xx; xx, xy, yy; or xx, xy, xz, yy, yz, zz.
    pub second: Vec<f64>,
    /// The third partial derivatives: xxx; or xxx, xxy, xyy, yyy; none of three arguments.
    pub third: Vec<f64>,
}

impl Row {
    /// Is this an ordinary random point?
    pub fn is_ordinary(&self) -> bool {
        self.kind == "ord"
    }

    /// The function and the point, for messages.
    pub fn call(&self) -> String {
        let mut arguments: Vec<String> = self.arguments.iter().map(|x| format!("{x:e}")).collect();
        if self.function == "powi" {
            arguments.push(self.exponent.to_string());
        }
        format!("{}({})", self.function, arguments.join(", "))
    }
}

/// The pairs (i, j), i <= j < `n`, in the order of [`Row::second`].
pub fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |i| (i..n).map(move |j| (i, j)))
}

/// The files of a reference directory.
pub const FILES: [&str; 4] = ["unary.csv", "powi.csv", "binary.csv", "ternary.csv"];

/// All rows of a directory.
pub fn read_directory(directory: &Path) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for file in FILES {
        let path = directory.join(file);
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        rows.extend(read(&text).map_err(|e| format!("{}: {e}", path.display()))?);
    }
    Ok(rows)
}

/// The extract that comes with the repository at `root`.
pub fn extract(root: &Path) -> PathBuf {
    root.join("tests/data")
}

/// The full reference beside the repository at `root`, where somebody has put it.
pub fn full_set(root: &Path) -> Option<PathBuf> {
    let directory = root.join("../shared/reference");
    directory.join(FILES[0]).is_file().then_some(directory)
}

/// Rows of one file. Its header says what the columns are.
fn read(text: &str) -> Result<Vec<Row>, String> {
    let mut lines = text.lines().enumerate();
    let header: Vec<&str> = match lines.next() {
        Some((_, header)) => header.split(',').collect(),
        None => return Err("the file is empty".into()),
    };
    let column = |name: &str| header.iter().position(|h| *h == name);
    let need = |name: &str| column(name).ok_or(format!("no column {name}"));
    let (function, kind, value) = (need("fn")?, need("kind")?, need("f")?);
    let arguments: Vec<usize> = ["x", "y", "z"].iter().filter_map(|n| column(n)).collect();
    let exponent = column("n");
    let [first, second, third] = derivative_columns(arguments.len())
        .map(|names| names.iter().map(|name| need(name)).collect::<Result<Vec<_>, _>>());
    let (first, second, third) = (first?, second?, third?);

    lines
        .filter(|(_, line)| !line.is_empty())
        .map(|(number, line)| {
            let cells: Vec<&str> = line.split(',').collect();
            let cell = |i: usize| cells.get(i).copied().unwrap_or("");
            let float = |i: &usize| {
                cell(*i)
                    .parse::<f64>()
                    .map_err(|e| format!("line {}: {:?}: {e}", number + 1, cell(*i)))
            };
            let floats =
                |columns: &[usize]| columns.iter().map(float).collect::<Result<Vec<_>, _>>();
            Ok(Row {
                function: cell(function).to_string(),
                kind: cell(kind).to_string(),
                arguments: floats(&arguments)?,
                exponent: match exponent {
                    Some(i) => cell(i).parse().map_err(|e| format!("line {}: {e}", number + 1))?,
                    None => 0,
                },
                value: float(&value)?,
                first: floats(&first)?,
                second: floats(&second)?,
                third: floats(&third)?,
            })
        })
        .collect()
}

/// The names of the first, second and third derivatives of a function of so many arguments.
fn derivative_columns(arguments: usize) -> [&'static [&'static str]; 3] {
    match arguments {
        1 => [&["f1"], &["f2"], &["f3"]],
        2 => [&["fx", "fy"], &["fxx", "fxy", "fyy"], &["fxxx", "fxxy", "fxyy", "fyyy"]],
        _ => [&["fx", "fy", "fz"], &["fxx", "fxy", "fxz", "fyy", "fyz", "fzz"], &[]],
    }
}
