//! The project's tasks.

#[allow(dead_code)]
mod generate;

fn main() {}
