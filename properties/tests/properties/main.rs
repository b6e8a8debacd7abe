//! Properties of the numbers at random points: the laws that derivatives obey, and the value that is the plain value.

mod laws;
mod plain_value;
