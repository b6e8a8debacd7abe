//! Formulas as they are written on paper, evaluated on any number of this crate.

use std::fmt;
use std::sync::LazyLock;

use gradual::Real;
use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use pest::iterators::Pair;
use pest::pratt_parser::{Assoc, Op, PrattParser};
use pest_derive::Parser;

use super::functions::{BINARY, UNARY, binary, unary};

/// The longest formula, in characters, and the deepest brackets: what the stack surely holds.
const LONGEST: usize = 1000;
const DEEPEST: usize = 50;

/// A formula in one to five variables.
///
/// ```
/// use gradual::gradient;
/// use gradual_gallery::explore::Formula;
///
/// let formula = Formula::parse("x^2*y + sin(y)").unwrap();
/// assert_eq!(formula.variables(), ["x", "y"]);
/// let (value, slopes) = gradient(|x| formula.at(&x), [3.0, 2.0]);
/// assert_eq!((value, slopes[0]), (18.0 + 2.0_f64.sin(), 12.0));
/// ```
///
/// `^` (or `**`) binds before a sign, and to the right: -x^2 is -(x^2), 2^3^2 is 2^9. Products are written with
/// `*`. Variables are a letter, digits may follow (x, y, x1); `pi` and `e` are the constants.
pub struct Formula {
    text: String,
    variables: Vec<String>,
    root: Node,
}

/// What is wrong with a formula, and where.
#[derive(Debug, PartialEq)]
pub struct FormulaError {
    formula: String,
    /// The first wrong character, and how many are wrong.
    place: usize,
    length: usize,
    message: String,
}

#[derive(Debug)]
enum Node {
    Constant(f64),
    Variable(usize),
    Negative(Box<Node>),
    Plus(Box<[Node; 2]>),
    Minus(Box<[Node; 2]>),
    Times(Box<[Node; 2]>),
    Over(Box<[Node; 2]>),
    Integer(Box<Node>, i32),
    Power(Box<[Node; 2]>),
    Unary(&'static str, Box<Node>),
    Binary(&'static str, Box<[Node; 2]>),
}

#[derive(Parser)]
#[grammar = "explore/formula.pest"]
struct Grammar;

static ORDER: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    PrattParser::new()
        .op(Op::infix(Rule::plus, Assoc::Left) | Op::infix(Rule::minus, Assoc::Left))
        .op(Op::infix(Rule::times, Assoc::Left) | Op::infix(Rule::over, Assoc::Left))
        .op(Op::prefix(Rule::negative) | Op::prefix(Rule::positive))
        .op(Op::infix(Rule::power, Assoc::Right))
        .op(Op::postfix(Rule::square) | Op::postfix(Rule::cube))
});

impl Formula {
    /// The formula of a text.
    ///
    /// # Errors
    /// [`FormulaError`], which shows the place: for what is no formula, for unknown names, without variables and
    /// with more than five, and for more than a thousand characters.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let error = |place: usize, length: usize, message: String| FormulaError {
            formula: text.to_string(),
            place,
            length,
            message,
        };
        if let Some((place, message)) = too_much(text) {
            return Err(error(place, 1, message));
        }
        let at = |byte: usize| text[..byte].chars().count();
        let mut pairs =
            Grammar::parse(Rule::formula, text).map_err(|wrong| match wrong.location {
                InputLocation::Pos(byte) => {
                    error(at(byte), 1, expected(text, byte, &wrong.variant))
                }
                InputLocation::Span((from, to)) => {
                    error(at(from), at(to) - at(from), expected(text, from, &wrong.variant))
                }
            })?;
        let expression = pairs.next().expect("a formula has an expression");
        let mut variables: Vec<String> = expression
            .clone()
            .into_inner()
            .flatten()
            .filter(|pair| pair.as_rule() == Rule::name && is_variable(pair.as_str()))
            .map(|pair| pair.as_str().to_string())
            .collect();
        // x2 before x10.
        variables.sort_by_key(|name| (name.chars().next(), name.len(), name.clone()));
        variables.dedup();
        let root = tree(expression, &variables)
            .map_err(|Wrong { from, to, message }| error(at(from), at(to) - at(from), message))?;
        match variables.len() {
            0 => Err(error(0, text.chars().count(), "there is no variable in it".into())),
            1..=5 => Ok(Self { text: text.to_string(), variables, root }),
            n => Err(error(0, text.chars().count(), format!("{n} variables; five are the most"))),
        }
    }

    /// The names of the variables, in the order of their values in a point.
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// The text, as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value at a point.
    ///
    /// # Panics
    /// If the point is shorter than the list of variables.
    pub fn at<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        self.root.at(x)
    }
}

impl Node {
    fn at<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        match self {
            Self::Constant(c) => T::lift(*c),
            Self::Variable(i) => x[*i],
            Self::Negative(a) => -a.at(x),
            Self::Plus(ab) => ab[0].at(x) + ab[1].at(x),
            Self::Minus(ab) => ab[0].at(x) - ab[1].at(x),
            Self::Times(ab) => ab[0].at(x) * ab[1].at(x),
            Self::Over(ab) => ab[0].at(x) / ab[1].at(x),
            Self::Integer(a, n) => a.at(x).powi(*n),
            Self::Power(ab) => ab[0].at(x).powf(ab[1].at(x)),
            Self::Unary(name, a) => unary(name, a.at(x)),
            Self::Binary(name, ab) => binary(name, ab[0].at(x), ab[1].at(x)),
        }
    }

    /// a to the power b; by multiplications where b is a whole number.
    fn power(a: Self, b: Self) -> Self {
        let exponent = match &b {
            Self::Constant(c) => *c,
            Self::Negative(c) => match **c {
                Self::Constant(c) => -c,
                _ => f64::NAN,
            },
            _ => f64::NAN,
        };
        let whole = exponent as i32;
        if f64::from(whole) == exponent {
            Self::Integer(Box::new(a), whole)
        } else {
            Self::Power(Box::new([a, b]))
        }
    }
}

/// Where a text is too long or its brackets too deep.
fn too_much(text: &str) -> Option<(usize, String)> {
    let mut depth = 0_usize;
    for (place, c) in text.chars().enumerate() {
        match c {
            _ if place == LONGEST => {
                return Some((place, format!("more than {LONGEST} characters")));
            }
            '(' if depth == DEEPEST => {
                return Some((place, format!("more than {DEEPEST} brackets in each other")));
            }
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// A mistake between two bytes of the text.
struct Wrong {
    from: usize,
    to: usize,
    message: String,
}

fn is_variable(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_alphabetic)
        && letters.all(|c| c.is_ascii_digit())
        && constant(name).is_none()
}

fn constant(name: &str) -> Option<f64> {
    match name {
        "pi" | "π" => Some(std::f64::consts::PI),
        "e" => Some(std::f64::consts::E),
        _ => None,
    }
}

fn tree(pair: Pair<'_, Rule>, variables: &[String]) -> Result<Node, Wrong> {
    let sides = |a: Result<Node, Wrong>, b| Ok::<_, Wrong>([a?, b?]);
    ORDER
        .map_primary(|operand| leaf(operand, variables))
        .map_prefix(|sign, a| match sign.as_rule() {
            Rule::negative => Ok(Node::Negative(Box::new(a?))),
            _ => a,
        })
        .map_postfix(|a, power| {
            Ok(Node::Integer(Box::new(a?), if power.as_rule() == Rule::square { 2 } else { 3 }))
        })
        .map_infix(|a, operator, b| {
            let [a, b] = sides(a, b)?;
            let rule = operator.as_rule();
            if rule == Rule::power {
                return Ok(Node::power(a, b));
            }
            let both = Box::new([a, b]);
            Ok(match rule {
                Rule::plus => Node::Plus(both),
                Rule::minus => Node::Minus(both),
                Rule::times => Node::Times(both),
                _ => Node::Over(both),
            })
        })
        .parse(pair.into_inner())
}

fn leaf(pair: Pair<'_, Rule>, variables: &[String]) -> Result<Node, Wrong> {
    let (from, to) = (pair.as_span().start(), pair.as_span().end());
    match pair.as_rule() {
        Rule::number => {
            let message = |_| format!("'{}' is no number", pair.as_str());
            let number = pair.as_str().parse().map_err(|e| Wrong { from, to, message: message(e) });
            number.map(|c: f64| Node::Constant(c))
        }
        Rule::name => {
            let name = pair.as_str();
            match (constant(name), variables.iter().position(|v| v == name)) {
                (Some(c), _) => Ok(Node::Constant(c)),
                (None, Some(i)) => Ok(Node::Variable(i)),
                (None, None) => Err(Wrong { from, to, message: unknown_name(name) }),
            }
        }
        Rule::call => call(pair, variables),
        _ => tree(pair, variables),
    }
}

fn call(pair: Pair<'_, Rule>, variables: &[String]) -> Result<Node, Wrong> {
    let whole = pair.as_span();
    let mut inner = pair.into_inner();
    let name = inner.next().expect("a call has a name");
    let arguments: Vec<Node> =
        inner.map(|argument| tree(argument, variables)).collect::<Result<_, _>>()?;
    let span = name.as_span();
    let wrong = |from, to, message| Err(Wrong { from, to, message });
    let name = name.as_str();
    let unary = UNARY.iter().find(|f| **f == name);
    let binary = BINARY.iter().find(|f| **f == name);
    match (unary, binary, <[Node; 1]>::try_from(arguments)) {
        (Some(f), _, Ok([a])) => Ok(Node::Unary(f, Box::new(a))),
        (_, Some(f), Err(two)) if two.len() == 2 => {
            let two = <[Node; 2]>::try_from(two).expect("two arguments");
            Ok(match (*f, two) {
                ("pow", [a, b]) => Node::power(a, b),
                (f, two) => Node::Binary(f, Box::new(two)),
            })
        }
        (None, None, _) => wrong(span.start(), span.end(), unknown_function(name)),
        (unary, _, _) => {
            let count = if unary.is_some() { "one argument" } else { "two arguments" };
            wrong(whole.start(), whole.end(), format!("'{name}' takes {count}"))
        }
    }
}

fn unknown_name(name: &str) -> String {
    if UNARY.contains(&name) || BINARY.contains(&name) {
        return format!("'{name}' is a function: brackets follow it, {name}(x)");
    }
    format!(
        "there is no '{name}'; a variable is a letter, which digits may follow, and a product is written with *"
    )
}

fn unknown_function(name: &str) -> String {
    match name {
        "log" => "write ln, log2 or log10".into(),
        "arcsin" | "arccos" | "arctan" => format!("write {}", name.replace("arc", "a")),
        _ if is_variable(name) || constant(name).is_some() => {
            format!("'{name}' is no function; a product is written with *: {name}*(...)")
        }
        _ => {
            let all = [UNARY, BINARY].concat().join(", ");
            format!("there is no function '{name}'; there are {all}")
        }
    }
}

/// What should stand at a byte of the text.
fn expected(text: &str, byte: usize, variant: &ErrorVariant<Rule>) -> String {
    let ErrorVariant::ParsingError { positives, .. } = variant else {
        return variant.message().into_owned();
    };
    if positives.iter().any(|rule| matches!(rule, Rule::expression | Rule::number | Rule::name)) {
        return "here a number, a variable, a function or '(' should stand".into();
    }
    let open = text[..byte].matches('(').count() > text[..byte].matches(')').count();
    match text[byte..].chars().next() {
        None if open => "here a ')' is missing".into(),
        Some(')') => "this ')' closes nothing".into(),
        Some(c) if c.is_alphanumeric() || c == '(' => "between two factors a * should stand".into(),
        _ => "this is no operator; there are + - * / ^".into(),
    }
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let indent = " ".repeat(self.place);
        let mark = "^".repeat(self.length.max(1));
        write!(f, "{}\n    {}\n    {indent}{mark}", self.message, self.formula)
    }
}

impl std::error::Error for FormulaError {}
