//! Names that are words of Rust, of SQL, of the runtime, or nearly alike.

use std::collections::BTreeSet;

use crate::choices::Choices;

/// The plain ones first: what shrinks reads well.
const WORDS: &str = "
    alpha bravo coin delta iron level n type self Self crate super match loop move ref dyn async
    await yield gen try box fn mod use pub impl trait struct union macro static where select order
    group table index values set from limit offset key primary rowid oid user default check column
    exists returning excluded all any none some ok err string vec option result stop cx row rows ops
    std core alloc i64 f64 str data reply at conn db failure returned time id player param params
    clone drop len sum min max first levelUp Level_up2 LEVEL3 n1 n_2 N2x x__y a_ status message info
    game manager config_ args_ call get outcome error total value i e json text_ into iter map list
    entry insert new main test types_
";

/// The names of a scope, of which no two may be alike.
#[derive(Clone, Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
    made: usize,
}

impl Names {
    /// A name that is not taken, and is from now on.
    pub fn fresh(&mut self, c: &mut Choices) -> String {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        let word = *c.pick(&words);
        self.near(word)
    }

    /// The word itself, or one that is nearly it.
    pub fn near(&mut self, word: &str) -> String {
        let mut name = word.to_owned();
        while !self.take(&name) {
            self.made += 1;
            name = format!("{word}_{}", self.made);
        }
        name
    }

    /// Takes a name; `false` where it, or one like it, is taken already.
    pub fn take(&mut self, name: &str) -> bool {
        self.taken.insert(alike(name))
    }
}

/// The same for names that become one somewhere: in Rust's types, the database, or without case.
fn alike(name: &str) -> String {
    let letters = name.chars().filter(|c| *c != '_');
    letters.collect::<String>().to_ascii_lowercase()
}
