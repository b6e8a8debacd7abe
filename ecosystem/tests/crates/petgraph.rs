//! petgraph, over `Measure`.

use gradual_ecosystem::case;
use num_traits::Float;
use petgraph::algo::{Measure, astar, dijkstra, min_spanning_tree};
use petgraph::data::Element;
use petgraph::graph::{NodeIndex, UnGraph};

fn graph<T: Float>(x: T) -> UnGraph<(), T> {
    let c = |v: f64| T::from(v).unwrap();
    UnGraph::from_edges([
        (0, 1, x),
        (1, 2, x * x),
        (0, 2, c(3.0)),
        (2, 3, x.exp()),
        (1, 3, c(2.0)),
        (3, 4, x.sin()),
    ])
}

fn shortest_path<T: Float + Measure>(x: T) -> T {
    dijkstra(&graph(x), NodeIndex::new(0), None, |edge| *edge.weight())[&NodeIndex::new(4)]
}

fn a_star<T: Float + Measure>(x: T) -> T {
    let goal = NodeIndex::new(4);
    astar(&graph(x), NodeIndex::new(2), |n| n == goal, |e| *e.weight(), |_| T::zero()).unwrap().0
}

fn spanning_tree<T: Float>(x: T) -> T {
    min_spanning_tree(&graph(x)).fold(T::zero(), |sum, element| match element {
        Element::Edge { weight, .. } => sum + weight,
        Element::Node { .. } => sum,
    })
}

#[test]
fn graphs() {
    case!(shortest_path).slope(|x| 1.0 + x.cos()).step(1e-3).at(0.7);
    case!(a_star).step(1e-3).at(0.7);
    case!(spanning_tree).step(1e-3).at(0.7);
}
