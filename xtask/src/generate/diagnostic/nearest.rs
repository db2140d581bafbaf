//! The nearest of the names that would have been right.

/// No more candidates than these are listed where none is near.
const LISTED: usize = 10;

/// The candidate that a reader would take `word` for: one of at most a third of its letters wrong,
/// swapped, missing or too many, upper and lower case alike. Of equally near ones, the first.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let bound = (word.chars().count() / 3).max(1);
    candidates
        .filter(|candidate| !candidate.is_empty())
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance, candidate)
        })
        // One letter for another one is no spelling mistake.
        .filter(|&(distance, candidate)| {
            distance <= bound && distance < word.chars().count().max(candidate.chars().count())
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// The help for an unknown name: the nearest candidate, or where none is near, what there is (up to
/// ten of them). `None` where there are no candidates at all.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    if let Some(near) = nearest(word, candidates.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let quoted: Vec<String> = candidates
        .iter()
        .take(LISTED)
        .map(|candidate| format!("`{candidate}`"))
        .collect();
    match (quoted.as_slice(), candidates.len()) {
        ([], _) => None,
        ([only], _) => Some(format!("there is only {only}")),
        (listed, all) if all > LISTED => Some(format!(
            "there are {} and {} more",
            listed.join(", "),
            all - LISTED
        )),
        ([most @ .., last], _) => Some(format!("there are {} and {last}", most.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUPPLIES: [&str; 3] = ["iron", "coin", "diamonds"];

    #[test]
    fn finds_swapped_missing_and_wrong_letters() {
        for word in ["irno", "iro", "irin", "irons", "Iron"] {
            assert_eq!(nearest(word, SUPPLIES.into_iter()), Some("iron"), "{word}");
        }
        assert_eq!(nearest("dimonds", SUPPLIES.into_iter()), Some("diamonds"));
    }

    #[test]
    fn far_words_and_single_letters_are_not_near() {
        assert_eq!(nearest("experience", SUPPLIES.into_iter()), None);
        assert_eq!(nearest("x", ["y"].into_iter()), None);
        assert_eq!(nearest("", SUPPLIES.into_iter()), None);
    }

    #[test]
    fn lists_what_there_is_where_nothing_is_near() {
        assert_eq!(did_you_mean("gold", []), None);
        assert_eq!(
            did_you_mean("gold", ["iron"]).as_deref(),
            Some("there is only `iron`")
        );
        assert_eq!(
            did_you_mean("experience", SUPPLIES).as_deref(),
            Some("there are `iron`, `coin` and `diamonds`")
        );
        let many: Vec<String> = (0..12).map(|n| format!("number_{n}")).collect();
        let help = did_you_mean("gold", many.iter().map(String::as_str)).unwrap();
        assert!(help.ends_with("`number_9` and 2 more"), "{help}");
    }
}
