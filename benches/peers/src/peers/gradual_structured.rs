//! gradual's plans for sums of small terms.

use std::hint::black_box;

use ::gradual::gradient;
use ::gradual::structured::shapes::{Between, Relative, Single};
use ::gradual::structured::{Builder, Elements, Plan, Residuals};

use crate::speed::measure::{Candidate, Class};
use crate::speed::structured::{
    Chain, Fit, Liquid, Scene, Sheet, digest_fit, digest_gradient, digest_hessian, probe,
};
use crate::terms::{Rest, lennard_jones, neo_hookean, peaks, projection, rosenbrock};

type Pairs = Elements<Single, 2>;
type Faces = Elements<Relative<3, 2, 2>, 4>;
type Bonds = Elements<Relative<2, 1, 3>, 3>;
type Seen = Residuals<Elements<Between<9, 3>, 12>, 2>;

fn chain_sum(chain: &Chain) -> (Pairs, Plan) {
    let mut builder = Builder::new(chain.x.len());
    let pairs = builder.elements(chain.list.iter().copied()).expect("indices in range");
    (pairs, builder.build().expect("a plan"))
}

fn sheet_sum(sheet: &Sheet) -> (Faces, Plan) {
    let mut builder = Builder::default();
    let nodes = builder.nodes::<2>(sheet.x.len() / 2);
    let faces = builder.relative(&nodes, sheet.triangles.iter().copied());
    (faces.expect("indices in range"), builder.build().expect("a plan"))
}

fn liquid_sum(liquid: &Liquid) -> (Bonds, Plan) {
    let mut builder = Builder::default();
    let atoms = builder.nodes::<3>(liquid.x.len() / 3);
    let bonds = builder.relative(&atoms, liquid.pairs.iter().copied());
    (bonds.expect("indices in range"), builder.build().expect("a plan"))
}

fn scene_sum(scene: &Scene) -> (Seen, Plan) {
    let mut builder = Builder::default();
    // Points first, as a factorisation eliminates them first.
    let points = builder.nodes::<3>(scene.points);
    let cameras = builder.nodes::<9>(scene.cameras);
    let seen = builder.between(&cameras, &points, scene.list.iter().copied());
    let seen = seen.expect("indices in range").residuals::<2>(&mut builder);
    (seen, builder.build().expect("a plan"))
}

/// How much room a plan takes.
fn bytes(plan: &Plan, elements: usize) -> String {
    let (bytes, places) = (plan.bytes() / elements, plan.nnz());
    format!("The plan holds {bytes} bytes an element; the Hessian has {places} places.")
}

pub fn chain_bytes(chain: &Chain) -> String {
    bytes(&chain_sum(chain).1, chain.list.len())
}

pub fn sheet_bytes(sheet: &Sheet) -> String {
    bytes(&sheet_sum(sheet).1, sheet.triangles.len())
}

pub fn liquid_bytes(liquid: &Liquid) -> String {
    bytes(&liquid_sum(liquid).1, liquid.pairs.len())
}

pub fn scene_bytes(scene: &Scene) -> String {
    bytes(&scene_sum(scene).1, scene.list.len())
}

/// Makes a plan; the result is the value that the plan gives.
fn plan<P: 'static>(
    build: impl Fn() -> P + 'static,
    value: impl Fn(&P) -> f64 + 'static,
) -> Candidate {
    Candidate::with_memory(
        "gradual, plan",
        Class::Plain,
        None,
        move |made| *made = Some(build()),
        move |made| vec![value(made.as_ref().expect("made"))],
    )
}

/// The chain's terms by themselves, in plain floats.
pub fn plain_chain(chain: &Chain) -> Candidate {
    let (x, list) = (chain.x.clone(), chain.list.clone());
    Candidate::new("plain f64", Class::Plain, move || {
        let x = black_box(&x);
        list.iter().map(|&[i, j]| rosenbrock([x[i], x[j]])).sum::<f64>()
    })
}

pub fn chain_gradient(chain: &Chain) -> Candidate {
    let (x, n) = (chain.x.clone(), chain.x.len());
    let (pairs, plan) = chain_sum(chain);
    Candidate::with_memory(
        "gradual, terms",
        Class::Gradual,
        (0.0, vec![0.0; n]),
        move |(f, g)| *f = plan.gradient(&x, g).add(pairs, |_, v| rosenbrock(v)).value(),
        |(f, g)| digest_gradient(*f, g),
    )
}

/// A Hessian, on this thread or on all.
macro_rules! hessian {
    ($problem:ident, $sum:ident, $threads:expr, |$data:pat_param, $e:pat_param, $x:pat_param| $term:expr) => {{
        let ((elements, plan), problem) = ($sum($problem), $problem.clone());
        let (shape, n) = (plan.clone(), problem.x.len());
        let memory = (0.0, vec![0.0; n], vec![0.0; plan.nnz()]);
        let digest = move |(f, g, h): &mut (f64, Vec<f64>, Vec<f64>)| {
            digest_hessian(*f, g, shape.pattern(), h)
        };
        if $threads {
            let compute = move |(f, g, h): &mut (f64, Vec<f64>, Vec<f64>)| {
                let $data = &problem;
                let pass = plan.hessian(&problem.x, g, h);
                *f = pass.par().add(elements, |$e, $x| $term).value();
            };
            Candidate::with_memory("gradual, two threads", Class::Form, memory, compute, digest)
        } else {
            let compute = move |(f, g, h): &mut (f64, Vec<f64>, Vec<f64>)| {
                let $data = &problem;
                let pass = plan.hessian(&problem.x, g, h);
                *f = pass.add(elements, |$e, $x| $term).value();
            };
            Candidate::with_memory("gradual, terms", Class::Gradual, memory, compute, digest)
        }
    }};
}

pub fn chain_hessian(chain: &Chain, threads: bool) -> Candidate {
    hessian!(chain, chain_sum, threads, |_, _, x| rosenbrock(x))
}

pub fn chain_plan(chain: &Chain) -> Candidate {
    let (chain, x) = (chain.clone(), chain.x.clone());
    plan(
        move || chain_sum(&chain),
        move |(pairs, plan)| plan.value(&x).add(*pairs, |_, v| rosenbrock(v)).value(),
    )
}

pub fn plain_sheet(sheet: &Sheet) -> Candidate {
    let Sheet { x, triangles, rests } = sheet.clone();
    Candidate::new("plain f64", Class::Plain, move || {
        let x = black_box(&x);
        let energy = |(&[i, j, k], rest): (&[usize; 3], &Rest)| {
            let (a, b, c) = (&x[2 * i..][..2], &x[2 * j..][..2], &x[2 * k..][..2]);
            neo_hookean(rest, [[b[0] - a[0], b[1] - a[1]], [c[0] - a[0], c[1] - a[1]]])
        };
        triangles.iter().zip(&rests).map(energy).sum::<f64>()
    })
}

pub fn sheet_gradient(sheet: &Sheet) -> Candidate {
    let ((faces, plan), sheet) = (sheet_sum(sheet), sheet.clone());
    Candidate::with_memory(
        "gradual, terms",
        Class::Gradual,
        (0.0, vec![0.0; sheet.x.len()]),
        move |(f, g)| {
            let pass = plan.gradient(&sheet.x, g);
            *f = pass.add(faces, |e, sides| neo_hookean(&sheet.rests[e], sides)).value();
        },
        |(f, g)| digest_gradient(*f, g),
    )
}

pub fn sheet_hessian(sheet: &Sheet) -> Candidate {
    hessian!(sheet, sheet_sum, false, |sheet, e, sides| neo_hookean(&sheet.rests[e], sides))
}

pub fn sheet_plan(sheet: &Sheet) -> Candidate {
    let (sheet, data) = (sheet.clone(), sheet.clone());
    plan(
        move || sheet_sum(&sheet),
        move |(faces, plan)| {
            let pass = plan.value(&data.x);
            pass.add(*faces, |e, sides| neo_hookean(&data.rests[e], sides)).value()
        },
    )
}

pub fn plain_liquid(liquid: &Liquid) -> Candidate {
    let Liquid { x, pairs } = liquid.clone();
    Candidate::new("plain f64", Class::Plain, move || {
        let x = black_box(&x);
        let energy = |&[i, j]: &[usize; 2]| {
            let (a, b) = (&x[3 * i..][..3], &x[3 * j..][..3]);
            lennard_jones([b[0] - a[0], b[1] - a[1], b[2] - a[2]])
        };
        pairs.iter().map(energy).sum::<f64>()
    })
}

pub fn liquid_gradient(liquid: &Liquid) -> Candidate {
    let ((bonds, plan), x) = (liquid_sum(liquid), liquid.x.clone());
    Candidate::with_memory(
        "gradual, terms",
        Class::Gradual,
        (0.0, vec![0.0; x.len()]),
        move |(f, g)| *f = plan.gradient(&x, g).add(bonds, |_, [r]| lennard_jones(r)).value(),
        |(f, g)| digest_gradient(*f, g),
    )
}

pub fn liquid_hessian(liquid: &Liquid, threads: bool) -> Candidate {
    hessian!(liquid, liquid_sum, threads, |_, _, [r]| lennard_jones(r))
}

pub fn liquid_plan(liquid: &Liquid) -> Candidate {
    let (liquid, x) = (liquid.clone(), liquid.x.clone());
    plan(
        move || liquid_sum(&liquid),
        move |(bonds, plan)| plan.value(&x).add(*bonds, |_, [r]| lennard_jones(r)).value(),
    )
}

/// All residuals, in plain floats.
pub fn plain_scene(scene: &Scene) -> Candidate {
    let scene = scene.clone();
    Candidate::with_memory(
        "plain f64",
        Class::Plain,
        vec![0.0; 2 * scene.list.len()],
        move |r| {
            for (e, r) in r.as_chunks_mut::<2>().0.iter_mut().enumerate() {
                let (camera, point) = scene.seen(e);
                *r = projection(camera, point, scene.observed[e]);
            }
        },
        |r| r.clone(),
    )
}

/// The sum of their squares, in plain floats.
pub fn plain_squares(scene: &Scene) -> Candidate {
    let scene = scene.clone();
    Candidate::new("plain f64", Class::Plain, move || {
        let scene = black_box(&scene);
        let square = |e: usize| {
            let (camera, point) = scene.seen(e);
            let [u, v] = projection(camera, point, scene.observed[e]);
            0.5 * (u * u + v * v)
        };
        (0..scene.list.len()).map(square).sum::<f64>()
    })
}

/// Residuals and their sparse Jacobian.
pub fn scene_jacobian(scene: &Scene) -> Candidate {
    let ((seen, plan), scene) = (scene_sum(scene), scene.clone());
    let shape = plan.clone();
    Candidate::with_memory(
        "gradual, terms",
        Class::Gradual,
        (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]),
        move |(r, j)| {
            plan.jacobian(&scene.x, r, j)
                .add(seen, |e, (camera, point)| projection(camera, point, scene.observed[e]))
                .done();
        },
        move |(r, j)| {
            let (rows, columns) = shape.jacobian_pattern();
            let mut digest = r.clone();
            digest.extend(
                rows.windows(2)
                    .map(|row| (row[0]..row[1]).map(|k| j[k] * probe(columns[k])).sum::<f64>()),
            );
            digest
        },
    )
}

/// What Gauss and Newton's method wants, on this thread or on all.
pub fn scene_squares(scene: &Scene, threads: bool) -> Candidate {
    let ((seen, plan), scene) = (scene_sum(scene), scene.clone());
    let shape = plan.clone();
    let memory = (0.0, vec![0.0; plan.variables()], vec![0.0; plan.nnz()]);
    let digest =
        move |(f, g, h): &mut (f64, Vec<f64>, Vec<f64>)| digest_hessian(*f, g, shape.pattern(), h);
    if threads {
        let compute = move |(f, g, h): &mut (f64, Vec<f64>, Vec<f64>)| {
            let pass = plan.gauss_newton(&scene.x, g, h);
            *f = pass.par().add(seen, |e, (c, p)| projection(c, p, scene.observed[e])).value();
        };
        Candidate::with_memory("gradual, two threads", Class::Form, memory, compute, digest)
    } else {
        let compute = move |(f, g, h): &mut (f64, Vec<f64>, Vec<f64>)| {
            let pass = plan.gauss_newton(&scene.x, g, h);
            *f = pass.add(seen, |e, (c, p)| projection(c, p, scene.observed[e])).value();
        };
        Candidate::with_memory("gradual, terms", Class::Gradual, memory, compute, digest)
    }
}

pub fn scene_plan(scene: &Scene) -> Candidate {
    let (scene, data) = (scene.clone(), scene.clone());
    plan(
        move || scene_sum(&scene),
        move |(seen, plan)| {
            let pass = plan.value(&data.x);
            pass.add(*seen, |e, (c, p)| projection(c, p, data.observed[e])).value()
        },
    )
}

/// The sum of squares of a fit, in plain floats.
pub fn plain_fit(fit: &Fit) -> Candidate {
    let fit = fit.clone();
    Candidate::new("plain f64", Class::Plain, move || {
        let Fit { x, rows } = black_box(&fit);
        let square = |&[t, measured]: &[f64; 2]| {
            let r = peaks(*x, t) - measured;
            0.5 * (r * r)
        };
        rows.iter().map(square).sum::<f64>()
    })
}

/// Gauss and Newton's sums of a fit: over shared parameters, or through a list of them.
pub fn fit(fit: &Fit, shared: bool) -> Candidate {
    let fit = fit.clone();
    let mut builder = Builder::new(10);
    let all: [usize; 10] = std::array::from_fn(|i| i);
    let memory = (0.0, [0.0; 10], [0.0; 55]);
    macro_rules! candidate {
        ($name:literal, $class:expr, $elements:expr) => {{
            let residuals = $elements.expect("indices in range").residuals::<1>(&mut builder);
            let plan = builder.build().expect("a plan");
            let shape = plan.clone();
            Candidate::with_memory(
                $name,
                $class,
                memory,
                move |(f, jtr, jtj)| {
                    let pass = plan.gauss_newton(&fit.x, jtr, jtj);
                    let residual = |e: usize, p| [peaks(p, fit.rows[e][0]) - fit.rows[e][1]];
                    *f = pass.add(residuals, residual).value();
                },
                move |(f, jtr, jtj)| digest_hessian(*f, jtr, shape.pattern(), jtj),
            )
        }};
    }
    if shared {
        candidate!("gradual, shared", Class::Gradual, builder.shared(all, fit.rows.len()))
    } else {
        let list = std::iter::repeat_n(all, fit.rows.len());
        candidate!("gradual, lists", Class::Form, builder.elements(list))
    }
}

/// The same by a gradient for each row, summed by the caller.
pub fn fit_by_gradients(fit: &Fit) -> Candidate {
    let Fit { x, rows } = fit.clone();
    Candidate::with_memory(
        "gradual, gradients",
        Class::Form,
        (x, 0.0, [0.0; 10], [[0.0; 10]; 10]),
        move |(x, f, jtr, jtj)| {
            let (mut sum, mut slopes, mut products) = (0.0, [0.0; 10], [[0.0; 10]; 10]);
            for &[t, measured] in &rows {
                let (r, j) = gradient(|p| peaks(p, t) - measured, *x);
                sum += 0.5 * r * r;
                for i in 0..10 {
                    slopes[i] += j[i] * r;
                    for k in 0..10 {
                        products[i][k] += j[i] * j[k];
                    }
                }
            }
            (*f, *jtr, *jtj) = (sum, slopes, products);
        },
        |(_, f, jtr, jtj)| digest_fit(*f, jtr, |i, k| jtj[i][k]),
    )
}
