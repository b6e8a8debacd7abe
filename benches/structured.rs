//! Sums of small terms: what derivatives cost in plain evaluations through the same lists.
//!
//!     cargo bench --bench structured --features rayon [-- [--quick] [PATTERN]]
//!
//! `PATTERN` selects problems by name.

use std::hint::black_box;

use gradual::structured::{Builder, Plan};

#[path = "problems/terms.rs"]
mod problems;
#[path = "support/turns.rs"]
mod turns;

use problems::*;
use turns::{Effort, Task, least_times};

/// One way to evaluate; the first one of a list is the plain one.
struct Row<'a> {
    name: &'static str,
    goal: Option<f64>,
    call: Box<dyn Task + 'a>,
}

fn row<'a>(name: &'static str, goal: impl Into<Option<f64>>, call: impl FnMut() + 'a) -> Row<'a> {
    Row { name, goal: goal.into(), call: Box::new(call) }
}

/// Measures and prints one problem.
fn problem(name: &str, elements: usize, plan: &Plan, mut rows: Vec<Row<'_>>) {
    if let Some(pattern) = std::env::args().skip(1).find(|argument| !argument.starts_with("--"))
        && !name.contains(&pattern)
    {
        return;
    }
    let mut tasks: Vec<&mut dyn Task> =
        rows.iter_mut().map(|row| &mut *row.call as &mut dyn Task).collect();
    let times = least_times(&mut tasks, Effort::from_arguments());
    let bytes = plan.bytes() as f64 / elements as f64;
    println!(
        "### {name}: n = {}, {elements} elements, {bytes:.0} bytes an element\n",
        plan.variables()
    );
    println!("| | time | ratio | goal | |\n|---|---:|---:|---:|---|");
    for (row, time) in rows.iter().zip(&times) {
        let ratio = time / times[0];
        let micros = time * 1e6;
        let (goal, verdict) = row.goal.map_or((String::new(), ""), |goal| {
            (format!("{goal}"), if ratio <= goal { "met" } else { "not met" })
        });
        println!("| {} | {micros:.1} µs | {ratio:.2} | {goal} | {verdict} |", row.name);
    }
    println!();
}

fn main() {
    for n in [1_000, 10_000, 100_000, 1_000_000] {
        rosenbrock_chain(n);
    }
    sheet_of_triangles(71);
    liquid(16);
    cameras(100, 5_000, 100_000);
}

/// Room for results.
fn results(plan: &Plan) -> (Vec<f64>, Vec<f64>) {
    (vec![0.0; plan.variables()], vec![0.0; plan.nnz()])
}

fn rosenbrock_chain(n: usize) {
    let list: Vec<[usize; 2]> = (0..n - 1).map(|i| [i, i + 1]).collect();
    let build = || {
        let mut builder = Builder::new(n);
        let pairs = builder.elements(list.iter().copied()).expect("indices in range");
        (pairs, builder.build().expect("a plan"))
    };
    let (pairs, plan) = build();
    let x: Vec<f64> = (0..n).map(|i| 0.5 + 0.1 * (i as f64).sin()).collect();
    let v: Vec<f64> = (0..n).map(|i| (i as f64).cos()).collect();
    let (mut g, mut h) = results(&plan);
    let (mut g1, mut g2, mut hv) = (g.clone(), g.clone(), g.clone());
    let (gradient, hessian) = if n == 100_000 { (Some(1.5), Some(5.0)) } else { (None, None) };
    let rows = vec![
        row("plain", None, || {
            let term = |&[i, j]: &[usize; 2]| rosenbrock([x[i], x[j]]);
            black_box(list.iter().map(term).sum::<f64>());
        }),
        row("value", None, || {
            black_box(plan.value(&x).add(pairs, |_, v| rosenbrock(v)).value());
        }),
        row("gradient", gradient, || {
            black_box(plan.gradient(&x, &mut g1).add(pairs, |_, v| rosenbrock(v)).value());
        }),
        row("Hessian", hessian, || {
            black_box(plan.hessian(&x, &mut g, &mut h).add(pairs, |_, v| rosenbrock(v)).value());
        }),
        row("Hessian times vector", None, || {
            let pass = plan.hvp(&x, &v, &mut g2, &mut hv);
            black_box(pass.add(pairs, |_, v| rosenbrock(v)).value());
        }),
        row("plan", None, || {
            black_box(build());
        }),
    ];
    problem("Rosenbrock", list.len(), &plan, rows);
    #[cfg(feature = "rayon")]
    if n >= 100_000 {
        let (mut g, mut h) = results(&plan);
        let mut g1 = g.clone();
        let (mut gp, mut hp, mut g1p) = (g.clone(), h.clone(), g.clone());
        let rows = vec![
            row("Hessian, one thread", None, || {
                let pass = plan.hessian(&x, &mut g, &mut h);
                black_box(pass.add(pairs, |_, v| rosenbrock(v)).value());
            }),
            row("Hessian, all threads", None, || {
                let pass = plan.hessian(&x, &mut gp, &mut hp);
                black_box(pass.par_add(pairs, |_, v| rosenbrock(v)).value());
            }),
            row("gradient, one thread", None, || {
                black_box(plan.gradient(&x, &mut g1).add(pairs, |_, v| rosenbrock(v)).value());
            }),
            row("gradient, all threads", None, || {
                let pass = plan.gradient(&x, &mut g1p);
                black_box(pass.par_add(pairs, |_, v| rosenbrock(v)).value());
            }),
        ];
        problem("Rosenbrock on threads", list.len(), &plan, rows);
    }
}

fn sheet_of_triangles(side: usize) {
    let (x, triangles, rests) = sheet(side);
    let mut builder = Builder::default();
    let nodes = builder.nodes::<2>(x.len() / 2);
    let build = |mut builder: Builder| {
        let faces = builder.relative(&nodes, triangles.iter().copied()).expect("indices in range");
        (faces, builder.build().expect("a plan"))
    };
    let (faces, plan) = build(builder.clone());
    let mut of_corners = builder.clone();
    let corners = of_corners.among(&nodes, triangles.iter().copied()).expect("indices in range");
    let of_corners = of_corners.build().expect("a plan");
    let (mut g, mut h) = results(&plan);
    let (mut g1, mut g2, mut g3, mut h2, mut h3) =
        (g.clone(), g.clone(), g.clone(), h.clone(), h.clone());
    let rows = vec![
        row("plain", None, || {
            let term = |(triangle, rest): (&[usize; 3], &Rest)| {
                let [i, j, k] = *triangle;
                let (a, b, c) = (&x[2 * i..][..2], &x[2 * j..][..2], &x[2 * k..][..2]);
                neo_hookean(rest, [[b[0] - a[0], b[1] - a[1]], [c[0] - a[0], c[1] - a[1]]])
            };
            black_box(triangles.iter().zip(&rests).map(term).sum::<f64>());
        }),
        row("gradient", 3.0, || {
            let pass = plan.gradient(&x, &mut g1);
            black_box(pass.add(faces, |e, sides| neo_hookean(&rests[e], sides)).value());
        }),
        row("Hessian", 6.0, || {
            let pass = plan.hessian(&x, &mut g, &mut h);
            black_box(pass.add(faces, |e, sides| neo_hookean(&rests[e], sides)).value());
        }),
        row("Hessian, projected", None, || {
            let pass = plan.hessian(&x, &mut g2, &mut h2).projected();
            black_box(pass.add(faces, |e, sides| neo_hookean(&rests[e], sides)).value());
        }),
        row("Hessian, six lanes", None, || {
            let pass = of_corners.hessian(&x, &mut g3, &mut h3);
            let term = |e: usize, [a, b, c]: [[_; 2]; 3]| {
                neo_hookean(&rests[e], [[b[0] - a[0], b[1] - a[1]], [c[0] - a[0], c[1] - a[1]]])
            };
            black_box(pass.add(corners, term).value());
        }),
        row("plan", None, || {
            black_box(build(builder.clone()));
        }),
    ];
    problem("neo-Hookean", triangles.len(), &plan, rows);
}

fn liquid(side: usize) {
    let (x, pairs) = atoms(side);
    let mut builder = Builder::default();
    let nodes = builder.nodes::<3>(x.len() / 3);
    let build = |mut builder: Builder| {
        let bonds = builder.relative(&nodes, pairs.iter().copied()).expect("indices in range");
        (bonds, builder.build().expect("a plan"))
    };
    let (bonds, plan) = build(builder.clone());
    let (mut g, mut h) = results(&plan);
    let mut g1 = g.clone();
    let rows = vec![
        row("plain", None, || {
            let term = |&[i, j]: &[usize; 2]| {
                let (a, b) = (&x[3 * i..][..3], &x[3 * j..][..3]);
                lennard_jones([b[0] - a[0], b[1] - a[1], b[2] - a[2]])
            };
            black_box(pairs.iter().map(term).sum::<f64>());
        }),
        row("gradient", 4.0, || {
            black_box(plan.gradient(&x, &mut g1).add(bonds, |_, [r]| lennard_jones(r)).value());
        }),
        row("Hessian", 12.0, || {
            let pass = plan.hessian(&x, &mut g, &mut h);
            black_box(pass.add(bonds, |_, [r]| lennard_jones(r)).value());
        }),
        row("plan", None, || {
            black_box(build(builder.clone()));
        }),
    ];
    problem("Lennard-Jones", pairs.len(), &plan, rows);
    #[cfg(feature = "rayon")]
    {
        let (mut g, mut h) = results(&plan);
        let (mut gp, mut hp) = (g.clone(), h.clone());
        let rows = vec![
            row("Hessian, one thread", None, || {
                let pass = plan.hessian(&x, &mut g, &mut h);
                black_box(pass.add(bonds, |_, [r]| lennard_jones(r)).value());
            }),
            row("Hessian, all threads", None, || {
                let pass = plan.hessian(&x, &mut gp, &mut hp);
                black_box(pass.par_add(bonds, |_, [r]| lennard_jones(r)).value());
            }),
        ];
        problem("Lennard-Jones on threads", pairs.len(), &plan, rows);
    }
}

fn cameras(cameras: usize, points: usize, observations: usize) {
    let (x, list, observed) = scene(cameras, points, observations);
    let mut builder = Builder::default();
    // Points first, as a factorisation eliminates them first.
    let of_points = builder.nodes::<3>(points);
    let of_cameras = builder.nodes::<9>(cameras);
    let build = |mut builder: Builder| {
        let seen = builder.between(&of_cameras, &of_points, list.iter().copied());
        let seen = seen.expect("indices in range").residuals::<2>(&mut builder);
        (seen, builder.build().expect("a plan"))
    };
    let (seen, plan) = build(builder.clone());
    let (mut g, mut h) = results(&plan);
    let mut g1 = g.clone();
    let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
    let error = |e: usize| observed[e];
    let rows = vec![
        row("plain", None, || {
            let mut sum = 0.0;
            for (e, &[camera, point]) in list.iter().enumerate() {
                let camera = x[of_cameras.variables(camera)].as_chunks::<9>().0[0];
                let point = x[of_points.variables(point)].as_chunks::<3>().0[0];
                let [u, v] = projection(camera, point, error(e));
                sum += 0.5 * (u * u + v * v);
            }
            black_box(sum);
        }),
        row("gradient", None, || {
            let pass = plan.gradient(&x, &mut g1);
            black_box(pass.squares(seen, |e, (c, p)| projection(c, p, error(e))).value());
        }),
        row("Jacobian", 3.5, || {
            plan.jacobian(&x, &mut r, &mut j)
                .add(seen, |e, (c, p)| projection(c, p, error(e)))
                .done();
        }),
        row("JᵀJ and Jᵀr", 6.0, || {
            let pass = plan.gauss_newton(&x, &mut g, &mut h);
            black_box(pass.squares(seen, |e, (c, p)| projection(c, p, error(e))).value());
        }),
        row("plan", None, || {
            black_box(build(builder.clone()));
        }),
    ];
    problem("bundle adjustment", list.len(), &plan, rows);
}
