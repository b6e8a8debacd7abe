//! The calls, as users write them: at every kind of point, nested, into a workspace, at a newcomer's first attempt, and
//! in the guide's exercises.

mod calls;
mod exercises;
mod first_lines;
mod laplacians;
mod points;
mod structs;
mod taylor_series;
mod workspace;
