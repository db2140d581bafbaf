//! Tests of the token server over a real database.
