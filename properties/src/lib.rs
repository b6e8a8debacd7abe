//! What gradual's numbers obey at random points: see `tests/`.
