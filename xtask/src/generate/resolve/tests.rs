//! What small declarations mean: types, replies, effects, and where names are declared.

mod dump;
mod facts;
mod project;
