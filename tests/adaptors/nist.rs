//! NIST Statistical Reference Datasets, as far as both solvers fit them.

pub(crate) type Data = [(f64, f64)];

/// (x, y) of Misra1a, lower difficulty.
pub(crate) const MISRA1A: &Data = &[
    (77.6, 10.07),
    (114.9, 14.73),
    (141.1, 17.94),
    (190.8, 23.93),
    (239.9, 29.61),
    (289.0, 35.18),
    (332.8, 40.02),
    (378.4, 44.82),
    (434.8, 50.76),
    (477.3, 55.05),
    (536.8, 61.01),
    (593.1, 66.40),
    (689.1, 75.47),
    (760.0, 81.78),
];
