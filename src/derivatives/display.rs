//! How the parts of a jet are written: ` + 75`, ` - 75`, ` + [3, 4]`.

use core::fmt::{Formatter, Result};

use super::PartWriter;
use crate::real::Real;

/// ` + ` (or ` - `) and one part, or ` + ` and a list of several.
pub(super) fn term<T: Real>(f: &mut Formatter<'_>, parts: &[T], part: PartWriter<T>) -> Result {
    match parts {
        // A minus sign becomes the operator, unless the caller asks for explicit signs.
        [single] if T::DEPTH == 0 && *single < T::zero() && !f.sign_plus() => {
            f.write_str(" - ")?;
            part(&-*single, f)
        }
        [single] => {
            f.write_str(" + ")?;
            component(f, single, part)
        }
        _ => {
            f.write_str(" + ")?;
            row(f, parts, part)
        }
    }
}

/// `[a, b, c]`.
fn row<T: Real>(f: &mut Formatter<'_>, parts: &[T], part: PartWriter<T>) -> Result {
    f.write_str("[")?;
    for (i, p) in parts.iter().enumerate() {
        f.write_str(if i == 0 { "" } else { ", " })?;
        part(p, f)?;
    }
    f.write_str("]")
}

/// ` + ` and a list of rows.
pub(super) fn rows<T: Real, const N: usize>(
    f: &mut Formatter<'_>,
    rows: impl IntoIterator<Item = [T; N]>,
    part: PartWriter<T>,
) -> Result {
    f.write_str(" + [")?;
    for (i, parts) in rows.into_iter().enumerate() {
        f.write_str(if i == 0 { "" } else { ", " })?;
        row(f, &parts, part)?;
    }
    f.write_str("]")
}

/// One component, in parentheses when it is a jet itself.
pub(crate) fn component<T: Real>(f: &mut Formatter<'_>, c: &T, part: PartWriter<T>) -> Result {
    if T::DEPTH == 0 {
        part(c, f)
    } else {
        f.write_str("(")?;
        part(c, f)?;
        f.write_str(")")
    }
}
