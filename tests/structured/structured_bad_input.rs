//! What sums of small terms say to bad lists, slices of wrong length, errors and numbers that are none.

use gradual::element;
use gradual::structured::shapes::Single;
use gradual::structured::{Builder, ElementSum, Elements, Plan, PlanError, Residuals};

#[test]
fn bad_lists_are_refused() {
    let mut builder = Builder::new(5);
    let nodes = builder.nodes::<3>(2);
    let other = builder.nodes::<2>(1);
    assert_eq!(builder.variables(), 13);
    assert_eq!(
        builder.elements([[0, 1], [0, 13]]).unwrap_err(),
        PlanError::OutOfRange { element: 1, index: 13, count: 13 }
    );
    assert_eq!(
        builder.elements([[0, 1, 2], [4, 3, 4]]).unwrap_err(),
        PlanError::Repeated { element: 1, index: 4 }
    );
    assert_eq!(
        builder.among(&nodes, [[0, 2]]).unwrap_err(),
        PlanError::OutOfRange { element: 0, index: 2, count: 2 }
    );
    assert_eq!(
        builder.relative(&nodes, [[0, 1], [1, 1]]).unwrap_err(),
        PlanError::Repeated { element: 1, index: 1 }
    );
    assert_eq!(
        builder.between(&nodes, &other, [[1, 1]]).unwrap_err(),
        PlanError::OutOfRange { element: 0, index: 1, count: 1 }
    );
    let same = builder.between(&nodes, &nodes, [[1, 1]]).unwrap_err();
    assert_eq!(same, PlanError::Repeated { element: 0, index: 1 });
    assert_eq!(builder.up_to::<2>([vec![0], vec![]]).unwrap_err(), PlanError::Empty { element: 1 });
    assert_eq!(
        builder.up_to::<2>([[0, 1, 2]]).unwrap_err(),
        PlanError::TooManyLanes { element: 0, size: 3, lanes: 2 }
    );
    assert_eq!(
        builder.up_to::<4>([[0, 1, 0]]).unwrap_err(),
        PlanError::Repeated { element: 0, index: 0 }
    );
    assert_eq!(
        builder.any_size(&[vec![0], (0..33).collect()]).unwrap_err(),
        PlanError::TooManyLanes { element: 1, size: 33, lanes: 32 }
    );
    let errors = [
        (PlanError::OutOfRange { element: 3, index: 9, count: 5 }, "number 9 of 5"),
        (PlanError::Repeated { element: 3, index: 9 }, "number 9 twice"),
        (PlanError::Empty { element: 3 }, "element 3 has no variable"),
        (PlanError::TooManyLanes { element: 3, size: 9, lanes: 4 }, "9 variables"),
        (PlanError::TooLarge, "32 bits"),
    ];
    for (error, text) in errors {
        assert!(error.to_string().contains(text), "{error}");
    }
    // A list that is refused leaves nothing behind.
    let good = builder.elements([[0, 1]]).unwrap();
    let plan = builder.build().unwrap();
    assert_eq!(plan.value(&[2.0; 13]).add(good, |_, [a, b]| a * b).value(), 4.0);
    assert_eq!(plan.nnz(), 21); // 5 variables, 2 nodes of 3, 1 node of 2, and a pair
}

#[test]
#[cfg(target_pointer_width = "64")]
fn more_variables_than_32_bits_are_refused() {
    assert_eq!(Builder::new(1 << 32).build().unwrap_err(), PlanError::TooLarge);
    assert_eq!(Builder::new(u32::MAX as usize).build().unwrap_err(), PlanError::TooLarge);
    let mut builder = Builder::new(1 << 33);
    assert_eq!(builder.elements([[1 << 32]]).unwrap_err(), PlanError::TooLarge);
}

/// More variables than can be counted at all are no fewer.
#[test]
fn variables_beyond_the_range_are_refused() {
    let mut builder = Builder::new(usize::MAX);
    let node = builder.nodes::<1>(1);
    assert_eq!(builder.variables(), usize::MAX);
    assert_eq!(builder.among(&node, [[0]]).unwrap_err(), PlanError::TooLarge);
    assert_eq!(builder.elements([[usize::MAX - 1]]).unwrap_err(), PlanError::TooLarge);
    assert_eq!(builder.build().unwrap_err(), PlanError::TooLarge);
    let mut builder = Builder::default();
    let pairs = builder.nodes::<2>(1 << (usize::BITS - 1));
    assert_eq!(builder.among(&pairs, [[pairs.len() - 1]]).unwrap_err(), PlanError::TooLarge);
    assert_eq!(builder.build().unwrap_err(), PlanError::TooLarge);
}

#[test]
#[should_panic(expected = "a group 0 of 2 elements with 2 lanes of another plan")]
fn a_group_of_another_plan_of_the_same_form_panics() {
    let ((one, ..), (_, all, _)) = (two(), two());
    let _ = one.value(&[0.0; 3]).add(all, |_, [a, b]| a * b);
}

#[test]
#[should_panic(expected = "of another plan")]
fn residuals_of_another_plan_of_the_same_form_panic() {
    let ((one, ..), (.., seen)) = (two(), two());
    let _ = one.jacobian(&[0.0; 3], &mut [0.0; 2], &mut [0.0; 4]).add(seen, |_, [a, b]| [a * b]);
}

#[test]
#[should_panic(expected = "3 nodes of another builder")]
fn nodes_of_another_builder_panic() {
    let nodes = Builder::default().nodes::<2>(3);
    let _ = Builder::new(20).among(&nodes, [[0, 1]]);
}

#[test]
#[should_panic(expected = "4 values of the lower triangle, and 5 are needed")]
fn too_few_values_of_a_triangle_panic() {
    let whole = two().0.symmetric();
    whole.fill(&[0.0; 4], &mut vec![0.0; whole.rows.len()]);
}

#[test]
#[should_panic(expected = "a pass has one part at least")]
fn no_parts_panic() {
    let _ = Builder::new(3).parts(0);
}

fn two() -> (Plan, Elements<Single, 2>, Residuals<Elements<Single, 2>, 1>) {
    let mut builder = Builder::new(3);
    let all = builder.elements([[0, 1], [1, 2]]).unwrap();
    let seen = all.residuals(&mut builder);
    (builder.build().unwrap(), all, seen)
}

#[test]
#[should_panic(expected = "a point with 2 coordinates for a plan with 3 variables")]
fn a_short_point_panics() {
    let _ = two().0.value(&[0.0; 2]);
}

#[test]
#[should_panic(expected = "4 places for the gradient, and 3 are needed")]
fn a_long_gradient_panics() {
    let _ = two().0.gradient(&[0.0; 3], &mut [0.0; 4]);
}

#[test]
#[should_panic(expected = "3 places for the values, and 5 are needed")]
fn too_few_values_panic() {
    let _ = two().0.hessian(&[0.0; 3], &mut [0.0; 3], &mut [0.0; 3]);
}

#[test]
#[should_panic(expected = "2 places for the direction, and 3 are needed")]
fn a_short_direction_panics() {
    let _ = two().0.hvp(&[0.0; 3], &[0.0; 2], &mut [0.0; 3], &mut [0.0; 3]);
}

#[test]
#[should_panic(expected = "1 places for the residuals, and 2 are needed")]
fn too_few_residuals_panic() {
    let _ = two().0.jacobian(&[0.0; 3], &mut [0.0; 1], &mut [0.0; 4]);
}

#[test]
#[should_panic(expected = "1 places for the values, and 4 are needed")]
fn too_few_places_of_a_jacobian_panic() {
    let _ = two().0.jacobian(&[0.0; 3], &mut [0.0; 2], &mut [0.0; 1]);
}

#[test]
#[should_panic(expected = "4 places for the product, and 3 are needed")]
fn a_long_product_panics() {
    let _ = two().0.hvp(&[0.0; 3], &[0.0; 3], &mut [0.0; 3], &mut [0.0; 4]);
}

#[test]
#[should_panic(expected = "6 places for the values, and 5 are needed")]
fn too_many_values_of_gauss_and_newton_panic() {
    let _ = two().0.gauss_newton(&[0.0; 3], &mut [0.0; 3], &mut [0.0; 6]);
}

#[test]
#[should_panic(expected = "a point with 4 coordinates for a plan with 3 variables")]
fn a_long_point_of_an_object_panics() {
    let (plan, all, _) = two();
    let _ = ElementSum::new(plan).with(element!(all, |_, [a, b]| a * b)).value(&[0.0; 4]);
}

#[test]
#[should_panic(expected = "another builder")]
fn elements_of_any_size_of_another_builder_panic() {
    let all = Builder::new(3).any_size(&[vec![0], vec![0, 1]]).unwrap();
    let _ = all.residuals::<1>(&mut Builder::new(3));
}

#[test]
fn bad_lists_of_any_size_are_refused() {
    let mut builder = Builder::new(3);
    let error = |builder: &mut Builder, lists: &[Vec<usize>]| builder.any_size(lists).unwrap_err();
    assert_eq!(error(&mut builder, &[vec![0], vec![]]), PlanError::Empty { element: 1 });
    assert_eq!(
        error(&mut builder, &[vec![0], vec![1, 3]]),
        PlanError::OutOfRange { element: 1, index: 3, count: 3 }
    );
    assert_eq!(
        error(&mut builder, &[vec![0], vec![2, 1, 2]]),
        PlanError::Repeated { element: 1, index: 2 }
    );
    assert_eq!(
        builder.up_to::<2>([[0], [3]]).unwrap_err(),
        PlanError::OutOfRange { element: 1, index: 3, count: 3 }
    );
    let none: [Vec<usize>; 0] = [];
    let empty = builder.any_size(&none).unwrap();
    assert!(empty.is_empty());
    let rows = empty.residuals::<2>(&mut builder);
    let plan = builder.build().unwrap();
    assert_eq!((plan.residuals(), plan.jacobian_nnz(), rows.len()), (0, 0, 0));
}

#[test]
#[should_panic(expected = "of another plan")]
fn a_group_of_another_plan_panics() {
    let other = Builder::new(3).build().unwrap();
    let _ = other.value(&[0.0; 3]).add(two().1, |_, [a, b]| a * b);
}

#[test]
#[should_panic(expected = "of another plan")]
fn residuals_of_another_plan_panic() {
    let mut builder = Builder::new(3);
    builder.elements([[0, 1], [1, 2]]).unwrap();
    let other = builder.build().unwrap();
    let _ = other.jacobian(&[0.0; 3], &mut [], &mut []).add(two().2, |_, [a, b]| [a * b]);
}

#[test]
#[should_panic(expected = "of another builder")]
fn residuals_of_another_builder_panic() {
    let _ = two().1.residuals::<1>(&mut Builder::new(3));
}

#[test]
fn an_error_ends_a_pass_and_not_the_plan() {
    let (plan, all, seen) = two();
    let x = [1.0, 2.0, 3.0];
    let (mut g, mut h) = ([0.0; 3], vec![0.0; plan.nnz()]);
    let mut calls = 0;
    let failed = plan.hessian(&x, &mut g, &mut h).try_add(all, |e, [a, b]| {
        calls += 1;
        if e == 0 { Err("no") } else { Ok(a * b) }
    });
    assert_eq!((failed.err(), calls), (Some("no"), 1));
    let failed = plan
        .gradient(&x, &mut g)
        .try_add(seen, |e, [a, b]| if e == 1 { Err("no") } else { Ok([a * b]) });
    assert_eq!(failed.err(), Some("no"));
    let (mut r, mut j) = (vec![0.0; 2], vec![0.0; 4]);
    let failed = plan
        .jacobian(&x, &mut r, &mut j)
        .try_add(seen, |e, [a, b]| if e == 1 { Err("no") } else { Ok([a * b]) });
    assert_eq!(failed.err(), Some("no"));
    let f = plan.hessian(&x, &mut g, &mut h).add(all, |_, [a, b]| a * b).value();
    assert_eq!((f, g, &h[..]), (8.0, [2.0, 4.0, 2.0], &[0.0, 1.0, 0.0, 1.0, 0.0][..]));
}

#[test]
fn not_a_number_stays_in_its_element() {
    let mut builder = Builder::new(4);
    let all = builder.elements([[0, 1], [2, 3]]).unwrap();
    let plan = builder.build().unwrap();
    let x: [f64; 4] = [-1.0, 2.0, 3.0, 4.0];
    let (mut g, mut h) = ([0.0; 4], vec![0.0; plan.nnz()]);
    for projected in [false, true] {
        let pass = plan.hessian(&x, &mut g, &mut h);
        let f = if projected {
            pass.projected().add(all, |_, [a, b]| a.sqrt() * b).value()
        } else {
            pass.add(all, |_, [a, b]| a.sqrt() * b).value()
        };
        assert!(f.is_nan() && g[0].is_nan() && h[0].is_nan());
        assert!(g[2..].iter().chain(&h[3..]).all(|part| part.is_finite()));
        assert_eq!(g[3], 3_f64.sqrt());
    }
}
