//! Patterns of `include`: relative paths, with `*` for any text in their last part.

/// Whether it is a relative path that stays below its folder, with stars in its last part alone.
pub(super) fn is_pattern(pattern: &str, folder: &str) -> bool {
    let below = pattern
        .split('/')
        .all(|part| !part.is_empty() && part != "." && part != "..");
    let signs = |c: char| matches!(c, '?' | '[' | ']' | '{' | '}' | '\\' | ':');
    below && !pattern.contains(signs) && !folder.contains('*') && !pattern.contains("**")
}

/// Whether a name matches a pattern in which `*` stands for any text.
pub(super) fn star_match(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// `bag.yaml` of a file that is called `bag.yml`, `bag.YAML` or `bag.yaml.txt`, as some editors save it.
pub(super) fn meant(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let plain = lower.strip_suffix(".txt").unwrap_or(&lower);
    let stem = plain
        .strip_suffix(".yml")
        .or_else(|| plain.strip_suffix(".yaml"))?;
    let meant = format!("{}.yaml", name.get(..stem.len())?);
    (!stem.is_empty() && meant != name).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_endings_are_meant_as_yaml() {
        for (name, expected) in [
            ("Bag.yml", Some("Bag.yaml")),
            ("bag.YAML", Some("bag.yaml")),
            ("bag.yaml.txt", Some("bag.yaml")),
            ("bag.yaml", None),
            ("bag.txt", None),
            ("bag.yaml.off", None),
            ("bag.yaml~", None),
            (".yml", None),
        ] {
            assert_eq!(meant(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, name, matches) in [
            ("*.yaml", "bag.yaml", true),
            ("*.yaml", "bag.yml", false),
            ("bag.yaml", "bag.yaml", true),
            ("bag.yaml", "bag.yaml2", false),
            ("b*g*.yaml", "big_bag.yaml", true),
            ("b*a*b", "bab", true),
            ("b*b", "b", false),
            ("ab*ba", "aba", false),
        ] {
            assert_eq!(star_match(pattern, name), matches, "{pattern} {name}");
        }
    }
}
