//! docs/tutorial.md.
