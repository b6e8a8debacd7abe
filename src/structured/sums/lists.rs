//! Lists of elements: which nodes or variables each of them sees.

use alloc::vec::Vec;
use core::marker::PhantomData;

use super::builder::Builder;
use super::data::NONE;
use super::error::PlanError;
use super::handles::{Elements, Nodes};
use super::shapes::{Among, Between, Lanes, Relative, Shared, Single, UpTo};

impl Builder {
    /// Elements of K variables, given by their numbers; the function of an element gets `[J; K]`.
    ///
    /// # Errors
    /// If there is no such variable, or an element has one twice.
    pub fn elements<const K: usize>(
        &mut self,
        list: impl IntoIterator<Item = [usize; K]>,
    ) -> Result<Elements<Single, K>, PlanError> {
        const { assert!(K > 0, "an element has variables") };
        let bounds = [(0, 1, self.variables()); K];
        self.group(list, &bounds)
    }

    /// `count` elements that all have the same K variables, given by their numbers: rows of data and a few
    /// parameters. The function of an element gets `[J; K]`.
    ///
    /// No list is kept. Passes sum the derivatives of many rows before they add them to the results, and
    /// threads share the rows.
    ///
    /// ```
    /// use gradual::structured::Builder;
    ///
    /// // A line through a million points.
    /// let data: Vec<[f64; 2]> = (0..1_000_000).map(f64::from).map(|t| [t, 3.0 - 2.0 * t]).collect();
    /// let mut builder = Builder::new(2);
    /// let points = builder.shared([0, 1], data.len())?.residuals(&mut builder);
    /// let plan = builder.build()?;
    /// assert!(plan.bytes() < 1000);
    ///
    /// let (mut jtr, mut jtj) = ([0.0; 2], [0.0; 3]);
    /// let pass = plan.gauss_newton(&[3.0, -2.0], &mut jtr, &mut jtj);
    /// let half_square = pass.add(points, |e, [a, b]| [a + b * data[e][0] - data[e][1]]).value();
    /// assert_eq!((half_square, jtr, jtj[0]), (0.0, [0.0; 2], 1e6));
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no such variable, one is named twice, or there are more elements than 32 bits can count.
    pub fn shared<const K: usize>(
        &mut self,
        variables: [usize; K],
        count: usize,
    ) -> Result<Elements<Shared, K>, PlanError> {
        const { assert!(K > 0, "an element has variables") };
        u32::try_from(count).map_err(|_| PlanError::TooLarge)?;
        let shared = self.elements([variables])?;
        let list = &mut self.groups[shared.group];
        list.count = count;
        if count == 0 {
            list.index.clear();
        }
        Ok(Elements { serial: shared.serial, group: shared.group, count, shape: PhantomData })
    }

    /// Elements of A nodes of one family, given by the nodes' numbers within it; the function of an
    /// element gets `[[J; D]; A]`.
    ///
    /// # Errors
    /// If there is no such node, or an element has one twice.
    ///
    /// # Panics
    /// If the nodes are of another builder.
    #[track_caller]
    pub fn among<const A: usize, const D: usize, const K: usize>(
        &mut self,
        nodes: &Nodes<D>,
        list: impl IntoIterator<Item = [usize; A]>,
    ) -> Result<Elements<Among<A, D>, K>, PlanError>
    where
        Among<A, D>: Lanes<K>,
    {
        self.group(list, &[self.bounds(nodes); A])
    }

    /// Elements of A nodes of one family that depend on the differences x_a - x_0 of the first node to
    /// the others only, as an energy does that does not change when everything moves; the function of an
    /// element gets the A - 1 differences, `[[J; D]; A - 1]`.
    ///
    /// ```
    /// use gradual::structured::Builder;
    ///
    /// let mut builder = Builder::default();
    /// let atoms = builder.nodes::<3>(2);
    /// let bonds = builder.relative(&atoms, [[0, 1]])?;
    /// let plan = builder.build()?;
    /// let (x, mut g) = ([0.0, 0.0, 0.0, 1.0, 2.0, 2.0], [0.0; 6]);
    /// let f = plan
    ///     .gradient(&x, &mut g)
    ///     .add(bonds, |_, [[x, y, z]]| x * x + y * y + z * z)
    ///     .value();
    /// assert_eq!((f, g), (9.0, [-2.0, -4.0, -4.0, 2.0, 4.0, 4.0]));
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no such node, or an element has one twice.
    ///
    /// # Panics
    /// If the nodes are of another builder.
    #[track_caller]
    pub fn relative<const A: usize, const B: usize, const D: usize, const K: usize>(
        &mut self,
        nodes: &Nodes<D>,
        list: impl IntoIterator<Item = [usize; A]>,
    ) -> Result<Elements<Relative<A, B, D>, K>, PlanError>
    where
        Relative<A, B, D>: Lanes<K>,
    {
        self.group(list, &[self.bounds(nodes); A])
    }

    /// Elements of one node of `left` and one of `right`, given by their numbers within the families; the
    /// function of an element gets `([J; P], [J; Q])`.
    ///
    /// # Errors
    /// If there is no such node, or both are the same.
    ///
    /// # Panics
    /// If the nodes are of another builder.
    #[track_caller]
    pub fn between<const P: usize, const Q: usize, const K: usize>(
        &mut self,
        left: &Nodes<P>,
        right: &Nodes<Q>,
        list: impl IntoIterator<Item = [usize; 2]>,
    ) -> Result<Elements<Between<P, Q>, K>, PlanError>
    where
        Between<P, Q>: Lanes<K>,
    {
        self.group(list, &[self.bounds(left), self.bounds(right)])
    }

    /// Elements of 1 to K single variables; the function of an element gets [`Few`](crate::structured::shapes::Few) numbers,
    /// as many as the element has variables. For elements of very different sizes see
    /// [`Builder::any_size`].
    ///
    /// # Errors
    /// If there is no such variable, or an element has none, too many, or one twice.
    pub fn up_to<const K: usize>(
        &mut self,
        lists: impl IntoIterator<Item = impl AsRef<[usize]>>,
    ) -> Result<Elements<UpTo, K>, PlanError> {
        self.up_to_of(lists.into_iter().enumerate())
    }

    /// The same, with numbers of elements for the errors.
    pub(super) fn up_to_of<const K: usize>(
        &mut self,
        lists: impl IntoIterator<Item = (usize, impl AsRef<[usize]>)>,
    ) -> Result<Elements<UpTo, K>, PlanError> {
        const { assert!(K > 0, "an element has variables") };
        let mut index = Vec::new();
        for (element, list) in lists {
            let list = list.as_ref();
            if list.is_empty() {
                return Err(PlanError::Empty { element });
            }
            if list.len() > K {
                return Err(PlanError::TooManyLanes { element, size: list.len(), lanes: K });
            }
            for (a, &i) in list.iter().enumerate() {
                index.push(run(element, i, (0, 1, self.variables()))?);
                if list[..a].contains(&i) {
                    return Err(PlanError::Repeated { element, index: i });
                }
            }
            index.resize(index.len().next_multiple_of(K), NONE);
        }
        let count = index.len() / K;
        Ok(self.push(K, index, count))
    }

    /// A group with the runs of `bounds`: the first variable, the width and the number of nodes.
    fn group<S, const A: usize, const K: usize>(
        &mut self,
        list: impl IntoIterator<Item = [usize; A]>,
        bounds: &[(usize, usize, usize); A],
    ) -> Result<Elements<S, K>, PlanError> {
        let list = list.into_iter();
        let mut index = Vec::with_capacity(A * list.size_hint().0.min(self.variables()));
        for (element, nodes) in list.enumerate() {
            let mut runs = [0; A];
            for a in 0..A {
                runs[a] = run(element, nodes[a], bounds[a])?;
                if runs[..a].contains(&runs[a]) {
                    return Err(PlanError::Repeated { element, index: nodes[a] });
                }
            }
            index.extend_from_slice(&runs);
        }
        let count = index.len() / A;
        Ok(self.push(A, index, count))
    }
}

/// The first variable of node number `i`.
#[inline(always)]
fn run(
    element: usize,
    i: usize,
    (first, width, count): (usize, usize, usize),
) -> Result<u32, PlanError> {
    if i >= count {
        return Err(PlanError::OutOfRange { element, index: i, count });
    }
    let variable = i.checked_mul(width).and_then(|i| i.checked_add(first));
    variable.and_then(|i| u32::try_from(i).ok()).ok_or(PlanError::TooLarge)
}
