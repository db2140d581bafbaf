//! What the managers of the game share.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

// Conditions, loops, numbers, names and docs are as a designer wrote them: they may be odd, and it is
// `cargo xtask gen` that says so.
#![allow(
    clippy::absurd_extreme_comparisons,
    clippy::approx_constant,
    clippy::bool_comparison,
    clippy::collapsible_if,
    clippy::double_comparisons,
    clippy::enum_variant_names,
    clippy::eq_op,
    clippy::excessive_precision,
    clippy::if_same_then_else,
    clippy::impossible_comparisons,
    clippy::manual_range_contains,
    clippy::map_identity,
    clippy::needless_bool,
    clippy::new_ret_no_self,
    clippy::nonminimal_bool,
    clippy::overly_complex_bool_expr,
    clippy::redundant_comparisons,
    clippy::should_implement_trait,
    clippy::single_element_loop,
    clippy::too_many_arguments,
    clippy::wrong_self_convention,
    rustdoc::all,
    unused_comparisons
)]
// A name that several branches bind is declared before them and set in each; a list is a `Vec`, and
// what stands for something absent is made only where it is, also where that is a constant.
#![allow(
    clippy::needless_late_init,
    clippy::unnecessary_lazy_evaluations,
    clippy::useless_vec
)]

pub mod calls;
pub mod config;
pub mod enums;
pub mod formulas;
pub mod migrations;
pub mod types;
