//! One operation in every kind, from the same arguments, against the plain value and the chain rule.
//!
//! The kinds go in lockstep: before every operation they are made from the same parts, so that rounding does
//! not pile up and every operation is held to a few ulps. The expected derivatives are those of the chain
//! rule written out, from the partial derivatives of the operation by itself.

use gradual::{BlockDual, Dual, HyperDual, Scalar};

use crate::kinds::{Kind, Parts, plain};
use crate::operations::{ARGUMENTS, N, NAMES, Operation};
use crate::record::{Exemption, Record};

/// So many ulps of the sum of the absolute terms may a first and a second derivative be off.
const ULPS: [f64; 2] = [16.0, 64.0];

/// An expected derivative.
#[derive(Clone, Copy, Debug)]
enum Expected<S> {
    /// This number, give or take.
    About(S, S),
    /// NaN, or this infinity.
    Exactly(S),
    /// Nothing is promised.
    Exempt(Exemption),
}

/// An expected derivative, and whether a term is at the ends of the range, where another result is exempt up to a limit.
type AtTheEnds<S> = (Expected<S>, bool);

/// The upper end of the range in which derivatives are compared by ulps; the lower one is its reciprocal.
fn limit<S: Scalar>() -> S {
    S::literal(if S::epsilon() > S::literal(1e-10) { 1e36 } else { 1e300 })
}

/// Is it a number in that range, or zero?
fn ordinary<S: Scalar>(x: S) -> bool {
    x == S::zero() || (x.abs() < limit::<S>() && x.abs() > limit::<S>().recip())
}

/// Is the product of two numbers in that range, or zero because one of them is?
fn keeps_digits<S: Scalar>(a: S, b: S) -> bool {
    let zero = S::zero();
    a == zero || b == zero || a * b != zero && ordinary(a * b)
}

/// The sum of the terms of the chain rule that are there.
#[derive(Clone, Copy, Debug)]
struct Terms<S> {
    sum: S,
    size: S,
    underflow: S,
    positive: bool,
    negative: bool,
    /// Infinite though the factor is finite, with this sign.
    overflows: [bool; 2],
    undefined: bool,
    /// What a quotient divides by last.
    divisor: S,
    out_of_range: bool,
    present: bool,
}

impl<S: Scalar> Terms<S> {
    fn new(divisor: S) -> Self {
        let zero = S::zero();
        Self {
            divisor,
            sum: zero,
            size: zero,
            underflow: zero,
            positive: false,
            negative: false,
            overflows: [false; 2],
            undefined: false,
            out_of_range: false,
            present: false,
        }
    }

    /// Adds factor · part · part, where a zero part belongs to a constant.
    fn add(&mut self, factor: S, parts: &[S]) {
        if parts.contains(&S::zero()) {
            return;
        }
        let term = parts.iter().fold(factor, |term, &part| term * part);
        let infinite = factor.is_infinite();
        self.undefined |= factor.is_nan();
        self.positive |= infinite && term > S::zero();
        self.negative |= infinite && term < S::zero();
        let [overflows_up, overflows_down] = &mut self.overflows;
        *overflows_up |= !infinite && term == S::infinity();
        *overflows_down |= !infinite && term == S::neg_infinity();
        // The kinds multiply with one part first, and with whichever they like.
        let survives = |x: S| ordinary(x) && (x != S::zero() || factor == S::zero());
        let on_the_way =
            parts.iter().all(|&part| keeps_digits(factor, part)) && survives(term * self.divisor);
        self.out_of_range |=
            !(infinite || factor.is_nan() || ordinary(factor) && on_the_way && survives(term));
        self.present = true;
        self.sum += term;
        self.size += term.abs();
        // The factor may have lost digits to underflow, or all of them.
        self.underflow += parts.iter().fold(S::min_positive_value(), |e, &part| e * part.abs());
    }

    fn expected(&self, ulps: f64) -> Expected<S> {
        let [up, down] = self.overflows;
        let opposed = self.positive && (self.negative || down) || self.negative && up;
        if self.undefined {
            Expected::Exactly(S::nan())
        } else if opposed {
            Expected::Exempt(Exemption::OpposedInfinities)
        } else if self.positive {
            Expected::Exactly(S::infinity())
        } else if self.negative {
            Expected::Exactly(S::neg_infinity())
        } else {
            let error = self.size * S::epsilon() * S::literal(ulps);
            Expected::About(self.sum, error + self.underflow + limit::<S>().recip())
        }
    }
}

/// What all kinds are to give.
struct Expectation<S> {
    value: S,
    first: [AtTheEnds<S>; N],
    second: [[AtTheEnds<S>; N]; N],
}

/// Is it a product that multiplies out, with an infinite factor or NaN? There a zero part is no guard. (Sums and
/// what is scaled by a finite float have nothing to guard.)
fn multiplies_infinity<S: Scalar>(operation: &Operation<S>, values: &[S; ARGUMENTS]) -> bool {
    let factors = match NAMES[operation.number] {
        "*" | "product" | "mul_add" => [values[0], values[1]],
        // A square is a product.
        "powi" if operation.exponent == 2 => [values[0]; 2],
        // In this form of f32's the float becomes a number, as it cannot stand on the left.
        "* plain" if operation.form % 4 == 2 && S::epsilon() > S::literal(1e-10) => {
            [values[0], operation.plain]
        }
        "* plain" | "mul_add plain" => [operation.plain; 2],
        _ => return false,
    };
    factors.iter().any(|factor| !factor.is_finite())
}

/// The variables that an argument varies with.
fn directions<S: Scalar>(argument: &Parts<S>) -> [bool; N] {
    let Parts { first, second, .. } = argument;
    std::array::from_fn(|i| first[i] != S::zero() || second[i] != [S::zero(); N])
}

/// Where a result has a kink in some of the variables, and no second derivatives in them: a length at the origin, and the
/// root of an argument that is smallest there, with an infinite slope.
fn kink<S: Scalar>(
    operation: &Operation<S>,
    arguments: &[Parts<S>; ARGUMENTS],
    value: S,
    slope: &[S; N],
) -> Option<[bool; N]> {
    let zero = S::zero();
    let [a, b] = [0, 1].map(|p| directions(&arguments[p]));
    match NAMES[operation.number] {
        "hypot" if value == zero => Some(std::array::from_fn(|i| a[i] || b[i])),
        "hypot plain" if value == zero => Some(a),
        "sqrt" | "cbrt" | "powf" | "powf plain" | "asin" | "acos" | "acosh"
            if [zero, S::one()].contains(&arguments[0].value.abs())
                && value.is_finite()
                && slope[0].is_infinite()
                && arguments[0].first == [zero; N] =>
        {
            Some(a)
        }
        _ => None,
    }
}

fn expectation<S>(operation: &Operation<S>, arguments: &[Parts<S>; ARGUMENTS]) -> Expectation<S>
where
    S: Scalar + crate::operations::Forms<Scalar = S>,
    HyperDual<S, N>: Kind<S>,
{
    let values = arguments.map(|argument| argument.value);
    let local = operation.apply(HyperDual::<S, N>::variables(&values));
    let (slope, curvature) = (local.gradient(), local.hessian());
    let infinite = (Expected::Exempt(Exemption::InfiniteFactor), false);
    let name = NAMES[operation.number];
    let takes_part = |p: &usize| slope[*p] != S::zero() || curvature[*p] != [S::zero(); N];
    if multiplies_infinity(operation, &values) {
        let value = operation.apply(values);
        return Expectation { value, first: [infinite; N], second: [[infinite; N]; N] };
    }
    // Where the arguments are no singular point, an infinite factor is an overflow.
    let points = || {
        let plain = name.contains("plain").then_some(operation.plain);
        (0..ARGUMENTS).filter(takes_part).map(|p| values[p]).chain(plain)
    };
    let value = operation.apply(values);
    let one = S::one();
    let is_quotient = name.starts_with('/') || name == "recip";
    let divisor = match name {
        "/" => values[1],
        "/ plain" | "recip" => values[0],
        _ => one,
    };
    let singular = match name {
        // An angle is singular at the origin; a quotient where the divisor is zero, and where the numerator is
        // infinite, unless 1/y² overflows beside it.
        "atan2" | "atan2 plain" => {
            let other = if name == "atan2" { values[1] } else { operation.plain };
            points().any(|x| !x.is_finite()) || [values[0], other] == [S::zero(); 2]
        }
        _ if is_quotient => {
            let overflows = divisor != S::zero() && (divisor * divisor).recip().is_infinite();
            divisor == S::zero() || !overflows && points().any(|x| !x.is_finite())
        }
        // A power is ordinary at 1; what is infinite there has overflowed, by a huge exponent.
        "powf" | "powf plain" => points().any(|x| !x.is_finite() || x == S::zero()),
        _ => points().any(|x| !x.is_finite() || x == S::zero() || x.abs() == one),
    };
    // The second derivative of a logarithm in the base, ln x (1 + 2/l) / (b l)², l = ln b, has a zero; this is
    // the larger one of its terms, about.
    let cancelling = if name == "log" {
        let (x, b, l) = (values[0], values[1], values[1].ln());
        let size = (x.ln() / (b * l) / (b * l)).abs() * (S::literal(2.0) / l.abs() + one);
        if size.is_finite() { size } else { S::zero() }
    } else {
        S::zero()
    };
    let singular_base = name == "log" && [S::zero(), one, S::infinity()].contains(&values[1].abs());
    // A derivative of an operation that depends on where it is may underflow on the way there; one that
    // is 0, ½ or 1 everywhere has no way to go.
    let constant_slope = slope.iter().all(|s| [S::zero(), S::literal(0.5), one].contains(&s.abs()))
        && curvature.as_flattened().iter().all(|c| *c == S::zero());
    let near_the_ends = !constant_slope && points().any(|x| x.is_finite() && !ordinary(x));
    let softened = |terms: &Terms<S>, ulps| match terms.expected(ulps) {
        Expected::Exactly(number) if number.is_nan() && value.is_nan() => {
            (Expected::Exactly(number), false)
        }
        number @ Expected::Exactly(_) if !singular => (number, true),
        exempt @ Expected::Exempt(_) => (exempt, false),
        number if near_the_ends && terms.present => (number, true),
        _ if singular_base => (Expected::Exempt(Exemption::SingularBase), false),
        number @ Expected::Exactly(_) => (number, false),
        number => (number, terms.out_of_range),
    };
    let kink = kink(operation, arguments, value, &slope);
    let first = std::array::from_fn(|i| {
        let mut terms = Terms::new(divisor);
        for p in 0..ARGUMENTS {
            terms.add(slope[p], &[arguments[p].first[i]]);
        }
        softened(&terms, ULPS[0])
    });
    // As a quotient of two functions, a logarithm makes its second derivatives from its slopes.
    let slope_lost: [bool; N] = std::array::from_fn(|i| {
        name == "log" && (0..ARGUMENTS).any(|p| !keeps_digits(slope[p], arguments[p].first[i]))
    });
    let second = std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let mut terms = Terms::new(divisor);
            for p in 0..ARGUMENTS {
                terms.add(slope[p], &[arguments[p].second[i][j]]);
                for q in 0..ARGUMENTS {
                    let parts = [arguments[p].first[i], arguments[q].first[j]];
                    terms.add(curvature[p][q], &parts);
                }
            }
            if kink.is_some_and(|varies| varies[i] && varies[j]) {
                terms.undefined = true;
            }
            terms.size += cancelling * (arguments[1].first[i] * arguments[1].first[j]).abs();
            terms.out_of_range |= slope_lost[i] || slope_lost[j];
            softened(&terms, ULPS[1])
        })
    });
    Expectation { value, first, second }
}

fn same_bits<S: Scalar>(a: S, b: S) -> bool {
    a.is_nan() && b.is_nan() || a == b && a.is_sign_negative() == b.is_sign_negative()
}

fn check_kind<S: Scalar, K: Kind<S>>(
    operation: &Operation<S>,
    arguments: &[Parts<S>; ARGUMENTS],
    expectation: &Expectation<S>,
    record: &mut Record,
) {
    let name = NAMES[operation.number];
    let result = operation.apply(arguments.each_ref().map(K::make));
    let show = |what: &str, got: S, expected: &dyn std::fmt::Debug| {
        format!("{what} is {got:e}, expected {expected:?}, by {operation:?} of {arguments:?}")
    };
    let value = plain(result);
    if same_bits(value, expectation.value) {
        record.agreed_values += 1;
    } else {
        record.differs(name, K::NAME, "value", || show("the value", value, &expectation.value));
    }
    result.read(|i, j, got| {
        let (order, (expected, at_the_ends)) = match j {
            None => ("first", expectation.first[i]),
            Some(j) => ("second", expectation.second[i][j]),
        };
        let agrees = match expected {
            Expected::About(number, error) => (got - number).abs() <= error,
            // Beyond the range infinity and a huge number are the same.
            Expected::Exactly(number) => {
                same_bits(got, number)
                    || number.is_infinite()
                        && got.abs() > limit()
                        && got.signum() == number.signum()
            }
            Expected::Exempt(why) => return record.exempt(why),
        };
        if at_the_ends {
            record.at_the_ends += 1;
        }
        if agrees {
            match j {
                None => record.agreed_first += 1,
                Some(_) => record.agreed_second += 1,
            }
        } else if at_the_ends {
            record.exempt(Exemption::Range);
        } else {
            let what = format!("{order} derivative {i} {j:?}");
            record.differs(name, K::NAME, order, || show(&what, got, &expected));
        }
    });
}

/// Carries the operation out in every kind over S, records what does not agree, and returns the
/// result.
pub fn step<S>(
    operation: &Operation<S>,
    arguments: &[Parts<S>; ARGUMENTS],
    record: &mut Record,
) -> Parts<S>
where
    S: Scalar + crate::operations::Forms<Scalar = S>,
    Dual<S, N>: Kind<S>,
    HyperDual<S, N>: Kind<S>,
    BlockDual<S, N, N>: Kind<S>,
    Dual<Dual<S, N>, N>: Kind<S>,
    Dual<HyperDual<S, N>, N>: Kind<S>,
    HyperDual<Dual<S, N>, N>: Kind<S>,
{
    let expectation = expectation(operation, arguments);
    check_kind::<S, Dual<S, N>>(operation, arguments, &expectation, record);
    check_kind::<S, HyperDual<S, N>>(operation, arguments, &expectation, record);
    check_kind::<S, BlockDual<S, N, N>>(operation, arguments, &expectation, record);
    check_kind::<S, Dual<Dual<S, N>, N>>(operation, arguments, &expectation, record);
    check_kind::<S, Dual<HyperDual<S, N>, N>>(operation, arguments, &expectation, record);
    check_kind::<S, HyperDual<Dual<S, N>, N>>(operation, arguments, &expectation, record);
    let result = operation.apply(arguments.each_ref().map(HyperDual::<S, N>::make));
    Parts { value: result.value, first: result.gradient(), second: result.hessian() }
}
