//! The documentation for designers says what is so.

mod blocks;
mod errors_md;
mod language_md;
mod tutorial_md;
