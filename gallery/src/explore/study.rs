//! Everything about a function at a point.

use std::fmt::{self, Write};

use gradual::{CriticalKind, classify_hessian, critical_point, hessian};

use super::Formula;

/// A function at a point: value and derivatives, exactly, and the critical points near by.
///
/// ```
/// use gradual::CriticalKind;
/// use gradual_gallery::explore::{Formula, Study};
///
/// let formula = Formula::parse("x^2 + 3*y^2").unwrap();
/// let study = Study::new(&formula, &[1.0, 1.0], 5.0).unwrap();
/// assert_eq!((study.value, &study.gradient[..]), (4.0, &[2.0, 6.0][..]));
/// assert_eq!(study.critical[0].kind, CriticalKind::LocalMinimum);
/// ```
pub struct Study<'a> {
    formula: &'a Formula,
    /// How far the critical points are looked for, in every variable.
    reach: f64,
    pub point: Vec<f64>,
    pub value: f64,
    pub gradient: Vec<f64>,
    pub hessian: Vec<Vec<f64>>,
    /// The curvatures, from the lowest; empty where the Hessian is not finite.
    pub eigenvalues: Vec<f64>,
    /// The direction of each curvature.
    pub directions: Vec<Vec<f64>>,
    /// The kind of the point itself, where it is critical.
    pub kind: Option<CriticalKind>,
    /// The critical points within reach, the nearest first.
    pub critical: Vec<Critical>,
}

/// A critical point.
pub struct Critical {
    pub point: Vec<f64>,
    pub value: f64,
    pub kind: CriticalKind,
    pub distance: f64,
}

/// The searches for critical points begin at the point and at so many others.
const STARTS: usize = 300;

impl<'a> Study<'a> {
    /// Studies a formula at a point, and within `reach` of it in every variable.
    ///
    /// # Errors
    /// If the point has another number of coordinates than the formula has variables, or the value there is not
    /// a finite number.
    pub fn new(formula: &'a Formula, point: &[f64], reach: f64) -> Result<Self, String> {
        let names = formula.variables();
        if names.len() != point.len() {
            let (n, given) = (names.len(), point.len());
            let list = names.join(", ");
            return Err(format!("the formula has {n} variables ({list}), the point {given}"));
        }
        let (value, gradient, curvature) = hessian(|x| formula.at(x), point);
        if !value.is_finite() {
            return Err(format!("at {} the function is {value}", tuple(point)));
        }
        let (mut eigenvalues, mut directions) = (Vec::new(), Vec::new());
        if curvature.iter().flatten().all(|h| h.is_finite()) {
            let principal = classify_hessian(&curvature);
            let direction = |k: usize| principal.directions.iter().map(|row| row[k]).collect();
            directions = (0..point.len()).map(direction).collect();
            eigenvalues = principal.eigenvalues;
        }
        let critical = critical_points(formula, point, reach);
        let here = |c: &&Critical| {
            let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
            c.point.iter().zip(point).all(close)
        };
        let kind = critical.first().filter(here).map(|c| c.kind);
        Ok(Self {
            formula,
            reach,
            point: point.to_vec(),
            value,
            gradient,
            hessian: curvature,
            eigenvalues,
            directions,
            kind,
            critical,
        })
    }

    /// The gradient's length.
    pub fn slope(&self) -> f64 {
        self.gradient.iter().fold(0.0_f64, |length, g| length.hypot(*g))
    }
}

/// The critical points that are found from the point and from starts all around it, the nearest first.
fn critical_points(formula: &Formula, point: &[f64], reach: f64) -> Vec<Critical> {
    let mut found: Vec<Critical> = Vec::new();
    for start in starts(point, reach) {
        let Ok(p) = critical_point(|x| formula.at(x), &start[..]) else { continue };
        let distance =
            |q: &[f64]| q.iter().zip(&p.point).fold(0.0_f64, |length, (a, b)| length.hypot(a - b));
        let within = p.point.iter().zip(point).all(|(a, b)| (a - b).abs() <= reach);
        if within && found.iter().all(|other| distance(&other.point) > 1e-6 * reach) {
            found.push(Critical {
                value: p.value,
                kind: p.classification.kind,
                distance: distance(point),
                point: p.point.iter().map(|x| x + 0.0).collect(),
            });
        }
    }
    found.sort_by(|a, b| a.distance.total_cmp(&b.distance));
    found
}

/// The point, and points that fill the box around it evenly: the multiples of the powers of 1/φ, where
/// φ^(n + 1) = φ + 1, without their whole parts (Roberts, The unreasonable effectiveness of quasirandom
/// sequences, 2018).
fn starts(point: &[f64], reach: f64) -> impl Iterator<Item = Vec<f64>> {
    let n = point.len() as f64;
    let phi = (0..60).fold(1.5_f64, |phi, _| (1.0 + phi).powf(1.0 / (n + 1.0)));
    (0..=STARTS).map(move |k| {
        let place = |(i, x): (usize, &f64)| {
            let t = (0.5 + k as f64 / phi.powi(i as i32 + 1)).fract();
            x + reach * (2.0 * t - 1.0)
        };
        point.iter().enumerate().map(place).collect()
    })
}

/// A number with six digits.
pub(super) fn short(x: f64) -> String {
    if x == 0.0 {
        return "0".into();
    }
    let rounded: f64 = format!("{x:.5e}").parse().unwrap_or(x);
    if (1e-4..1e7).contains(&rounded.abs()) { rounded.to_string() } else { format!("{rounded:e}") }
}

/// Numbers in brackets.
pub(super) fn tuple(x: &[f64]) -> String {
    format!("({})", x.iter().map(|x| short(*x)).collect::<Vec<_>>().join(", "))
}

impl fmt::Display for Study<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.formula.variables();
        let list = names.join(", ");
        writeln!(f, "f({list}) = {}", self.formula.text())?;
        writeln!(f, "at {}", tuple(&self.point))?;
        writeln!(f)?;
        // No number is shown as -0.
        writeln!(f, "value          {}", self.value + 0.0)?;
        for (name, slope) in names.iter().zip(&self.gradient) {
            writeln!(f, "{:14} {}", format!("∂f/∂{name}"), slope + 0.0)?;
        }
        writeln!(f, "gradient       {}", tuple(&self.gradient))?;
        let slope = self.slope();
        writeln!(f, "  its length     {}, the steepest slope", short(slope))?;
        if slope > 0.0 && slope.is_finite() {
            let direction: Vec<f64> = self.gradient.iter().map(|g| g / slope).collect();
            write!(f, "  its direction  {}", tuple(&direction))?;
            if let [x, y] = direction[..] {
                write!(f, ", {:.1}° from the {} axis", y.atan2(x).to_degrees(), names[0])?;
            }
            writeln!(f)?;
        }
        write!(f, "tangent {:7}", if names.len() == 1 { "line" } else { "plane" })?;
        writeln!(f, "{}", self.plane())?;
        writeln!(f)?;
        let entries: Vec<Vec<String>> =
            self.hessian.iter().map(|row| row.iter().map(|h| short(*h)).collect()).collect();
        let width = entries.iter().flatten().map(String::len).max().unwrap_or(0);
        for (i, row) in entries.iter().enumerate() {
            write!(f, "{:14}", if i == 0 { "Hessian" } else { "" })?;
            row.iter().try_for_each(|h| write!(f, " {h:>width$}"))?;
            writeln!(f)?;
        }
        for (k, (curvature, direction)) in self.eigenvalues.iter().zip(&self.directions).enumerate()
        {
            let title = if k == 0 { "eigenvalues" } else { "" };
            writeln!(f, "{title:14} {} along {}", short(*curvature), tuple(direction))?;
        }
        writeln!(f)?;
        match self.kind {
            Some(kind) => writeln!(f, "The point is critical: {kind}.")?,
            None => writeln!(f, "The point is not critical: the gradient is not zero.")?,
        }
        self.neighbours(f)
    }
}

impl Study<'_> {
    /// f + ∇f · d, written out.
    fn plane(&self) -> String {
        let mut plane = short(self.value);
        for ((name, x), slope) in
            self.formula.variables().iter().zip(&self.point).zip(&self.gradient)
        {
            let sign = if *slope < 0.0 { '-' } else { '+' };
            let from = match *x {
                0.0 => name.clone(),
                x if x < 0.0 => format!("({name} + {})", short(-x)),
                x => format!("({name} - {})", short(x)),
            };
            let _ = write!(plane, " {sign} {} {from}", short(slope.abs()));
        }
        plane
    }

    /// The critical points near by.
    fn neighbours(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let others = &self.critical[usize::from(self.kind.is_some())..];
        let reach = short(self.reach);
        if others.is_empty() {
            let more = if self.kind.is_some() { "other" } else { "critical" };
            return writeln!(f, "No {more} point was found within {reach} in every variable.");
        }
        writeln!(f, "Critical points within {reach} in every variable, the nearest first:")?;
        for c in others.iter().take(10) {
            let (kind, point, value) = (c.kind.to_string(), tuple(&c.point), short(c.value));
            writeln!(f, "  {kind:14} at {point}, f = {value}, {} away", short(c.distance))?;
        }
        match others.len() {
            0..=10 => Ok(()),
            n => writeln!(f, "  and {} more", n - 10),
        }
    }
}
