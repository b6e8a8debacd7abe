//! Sums of small terms as objects.

use gradual::structured::losses::Cauchy;
use gradual::structured::shapes::{Among, Few, Single, UpTo};
use gradual::structured::{Builder, Element, ElementResiduals, ElementSum, Term};
use gradual::{HyperDual, Real, Scalar, element};

use crate::sums::{Case, Curved, N, Pairs, Random, all_near, curved, near, pair};

#[test]
fn the_object_is_the_pass() {
    for seed in 0..20 {
        let case = Case::new(seed);
        let (x, v) = (Random(seed + 1000).point(), Random(seed + 2000).point());
        let reference = case.sum(&HyperDual::<f64, N>::variables(&x));
        let scale = [1.0, 1.0];
        struct OfNodes;
        impl Element<Among<2, 2>, 4> for OfNodes {
            fn eval<T: Real<Scalar = f64>>(&self, e: usize, x: [[T; 2]; 2]) -> T {
                curved(e, x.as_flattened())
            }
        }
        let sum = ElementSum::new(case.plan.clone())
            .with(element!(case.single, |e, v| curved(e, &v) * scale[0]))
            .with(Term::new(case.among, OfNodes))
            .with(element!(case.between, |e, (a, b)| curved(e, &[a[0], a[1], a[2], b[0], b[1]])))
            .with(element!(case.relative, move |e, [a, b]| curved(e, &[a[0], a[1], b[0], b[1]])))
            .with(element!(case.up_to, |e, v| curved(e, &v)))
            .with(Term::new(case.any_size.clone(), Curved));
        let (mut g, mut hv, mut h) = ([0.0; N], [0.0; N], vec![0.0; case.plan.nnz()]);
        near(sum.value(&x), reference.value, "value");
        near(sum.gradient(&x, &mut g), reference.value, "value");
        all_near(&[g], &[reference.gradient()], "gradient");
        near(sum.hessian(&x, &mut g, &mut h), reference.value, "value");
        all_near(&case.dense(&h), &reference.hessian(), "Hessian");
        sum.hvp(&x, &v, &mut g, &mut hv);
        let product = reference.hessian().map(|row| row.iter().zip(&v).map(|(h, v)| h * v).sum());
        all_near(&[hv], &[product], "product");
        let mut projected = vec![0.0; h.len()];
        let pass = case.plan.hessian(&x, &mut g, &mut projected).projected();
        let _ = add_all!(pass, case).value();
        sum.projected_hessian(&x, &mut g, &mut h);
        assert_eq!(h, projected);
    }
}

#[test]
fn objects_of_residuals_are_the_passes() {
    struct OfNodes;
    impl ElementResiduals<Among<2, 2>, 4, 2> for OfNodes {
        fn eval<T: Real<Scalar = f64>>(&self, e: usize, x: [[T; 2]; 2]) -> [T; 2] {
            pair(e, x.as_flattened())
        }
    }
    for seed in 0..20 {
        let case = Case::new(seed);
        let (x, v) = (Random(seed + 1000).point(), Random(seed + 2000).point());
        let (loss, scale) = (Cauchy::new(0.7), [1.0]);
        let sum = ElementSum::new(case.plan.clone())
            .with(element!(case.single_residuals.robust(loss), |e, v| pair(e, &v)))
            .with(Term::new(case.among_residuals.robust(loss), OfNodes))
            .with(element!(case.between_residuals.robust(loss), |e, (a, b)| {
                pair(e, &[a[0], a[1], a[2], b[0], b[1]]).map(|r| r * scale[0])
            }))
            .with(element!(case.relative_residuals.robust(loss), move |e, [a, b]| {
                pair(e, &[a[0], a[1], b[0], b[1]])
            }))
            .with(element!(case.up_to_residuals.robust(loss), |e, v| pair(e, &v)))
            .with(Term::new(case.any_size_residuals.clone().robust(loss), &Pairs))
            // and one term that is no square
            .with(element!(case.single, |e, v| curved(e, &v)));
        let plan = &case.plan;
        let (mut g, mut hv, mut h) = ([0.0; N], [0.0; N], vec![0.0; plan.nnz()]);
        let (mut g2, mut hv2, mut h2) = (g, hv, h.clone());
        let f =
            add_robust!(plan.value(&x), case, loss).add(case.single, |e, v| curved(e, &v)).value();
        assert_eq!(sum.value(&x), f);
        let pass = add_robust!(plan.gradient(&x, &mut g), case, loss);
        assert_eq!(sum.gradient(&x, &mut g2), pass.add(case.single, |e, v| curved(e, &v)).value());
        assert_eq!(g, g2);
        let pass = add_robust!(plan.gauss_newton(&x, &mut g, &mut h), case, loss);
        assert_eq!(
            pass.add(case.single, |e, v| curved(e, &v)).value(),
            sum.hessian(&x, &mut g2, &mut h2)
        );
        assert_eq!((g, &h), (g2, &h2));
        let pass = add_robust!(plan.gauss_newton(&x, &mut g, &mut h).projected(), case, loss);
        let projected = pass.add(case.single, |e, v| curved(e, &v)).value();
        assert_eq!(projected, sum.projected_hessian(&x, &mut g2, &mut h2));
        assert_eq!((g, &h), (g2, &h2));
        let pass = add_robust!(plan.hvp(&x, &v, &mut g, &mut hv), case, loss);
        let f = pass.add(case.single, |e, v| curved(e, &v)).value();
        assert_eq!(f, sum.hvp(&x, &v, &mut g2, &mut hv2));
        assert_eq!((g, hv), (g2, hv2));
        let results = || (vec![f64::NAN; plan.residuals()], vec![f64::NAN; plan.jacobian_nnz()]);
        let ((mut r, mut j), (mut r2, mut j2)) = (results(), results());
        add_residuals!(plan.jacobian(&x, &mut r, &mut j), case).done();
        sum.jacobian(&x, &mut r2, &mut j2);
        assert_eq!((r, j), (r2, j2));
    }
}

#[test]
#[should_panic(expected = "of another plan")]
fn a_term_of_another_plan_panics() {
    let (one, other) = (Case::new(3), Builder::new(2).build().unwrap());
    let _ = ElementSum::new(other).with(element!(one.single, |e, v| curved(e, &v)));
}

#[test]
#[should_panic(expected = "of another plan")]
fn residuals_of_another_plan_panic() {
    let (one, other) = (Case::new(3), Builder::new(2).build().unwrap());
    let _ = ElementSum::new(other).with(element!(one.single_residuals, |e, v| pair(e, &v)));
}

#[test]
#[should_panic(expected = "of another plan")]
fn elements_of_any_size_of_another_plan_panic() {
    let (one, other) = (Case::new(3), Builder::new(2).build().unwrap());
    let _ = ElementSum::new(other).with(Term::new(one.any_size, Curved));
}

#[test]
#[should_panic(expected = "of another plan")]
fn residuals_of_any_size_of_another_plan_panic() {
    let (one, other) = (Case::new(3), Builder::new(2).build().unwrap());
    let _ = ElementSum::new(other).with(Term::new(one.any_size_residuals, Pairs));
}

/// Where objects are evaluated in single and in double precision.
const X: [f64; 4] = [0.25, -0.5, 0.75, 0.125];

/// All derivatives of a sum at X: of R residuals, whose Jacobian has J places.
fn parts<P: Scalar, const R: usize, const J: usize>(sum: &ElementSum<'_, P>) -> Vec<f64> {
    let (x, zero) = (X.map(P::literal), P::literal(0.0));
    let (mut g, mut h, mut p) = ([zero; 4], vec![zero; sum.plan().nnz()], [zero; 4]);
    let f = sum.hessian(&x, &mut g, &mut h);
    assert_eq!((f, f), (sum.value(&x), sum.hvp(&x, &x, &mut g, &mut p)));
    let (mut r, mut j) = ([zero; R], [zero; J]);
    sum.jacobian(&x, &mut r, &mut j);
    let parts = g.iter().chain(&h).chain(&p).chain(&r).chain(&j).chain([&f]);
    parts.map(|part| part.to_f64().unwrap()).collect()
}

/// The same numbers up to the rounding of single precision, and not in all digits.
fn assert_nearly_same(single: &[f64], double: &[f64]) {
    assert!(single.iter().zip(double).all(|(a, b)| (a - b).abs() < 1e-5 * (1.0 + b.abs())));
    assert!(single.iter().zip(double).any(|(a, b)| a != b));
}

/// Functions of elements that are generic over the float serve single precision, too.
#[test]
fn objects_take_single_precision() {
    struct Springs;
    impl<P: Scalar> Element<Single, 2, P> for Springs {
        fn eval<T: Real<Scalar = P>>(&self, e: usize, [a, b]: [T; 2]) -> T {
            (b - a * a + T::literal(e as f64)).sin()
        }
    }
    impl<P: Scalar, const K: usize> ElementResiduals<UpTo, K, 1, P> for Springs {
        fn eval<T: Real<Scalar = P>>(&self, _: usize, x: Few<T, K>) -> [T; 1] {
            [x.iter().map(|x| x.exp()).sum::<T>() - T::literal(0.5)]
        }
    }
    fn all<P: Scalar>() -> Vec<f64> {
        let mut builder = Builder::new(4);
        let pairs = builder.elements([[0, 1], [1, 2], [2, 3]]).unwrap();
        let lists = builder.any_size(&[vec![0, 1, 2], vec![3]]).unwrap();
        let lists = lists.residuals::<1>(&mut builder);
        let sum = ElementSum::<'_, P>::new(builder.build().unwrap())
            .with(Term::new(pairs, &Springs))
            .with(Term::new(lists, &Springs));
        parts::<P, 2, 4>(&sum)
    }
    assert_nearly_same(&all::<f32>(), &all::<f64>());
}

/// A text is compiled for the numbers of the float that is asked for, also of one that is a parameter.
#[test]
fn texts_take_single_precision() {
    fn all<P: Scalar>() -> Vec<f64> {
        let mut builder = Builder::new(4);
        let pairs = builder.elements([[0, 1], [1, 2], [2, 3]]).unwrap();
        let seen =
            builder.shared([0, 2], 3).unwrap().residuals(&mut builder).robust(Cauchy::new(2.0));
        let data = [0.5, 0.25, -0.75].map(P::literal);
        let (half, shift) = (P::literal(0.5), P::literal(0.125));
        let sum = ElementSum::new(builder.build().unwrap())
            .with(element!(P, pairs, |e, [a, b]| ((b - a * a).sin() - data[e]).powi(2)))
            .with(element!(P, pairs, move |_, [a, b]| (b * a + shift).exp()))
            .with(element!(P, seen, |e, [a, b]| [a * b - data[e], (a + data[e]).cos() * half]));
        parts::<P, 6, 12>(&sum)
    }
    assert_nearly_same(&all::<f32>(), &all::<f64>());
}
