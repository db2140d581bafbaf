//! `migrations/schema.json`: the text of a [`Schema`], with a line for each column, so that a change
//! is a line of a diff.

use serde::Serialize;

use super::snapshot::{Schema, Table};

/// The version of the file's form.
const FORMAT: u32 = 1;

#[derive(serde::Deserialize)]
struct File {
    format: u32,
    #[serde(flatten)]
    schema: Schema,
}

/// The text of the file.
pub fn written(schema: &Schema) -> String {
    let managers = schema.managers.iter().map(|(manager, tables)| {
        let tables = tables.iter().map(|(name, it)| (name.as_str(), table(it)));
        (manager.as_str(), object(4, tables))
    });
    let managers = object(2, managers);
    format!("{{\n  \"format\": {FORMAT},\n  \"managers\": {managers}\n}}\n")
}

/// What a file of that text holds; the error says what is wrong with it.
pub fn read(text: &str) -> Result<Schema, String> {
    let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if file.format != FORMAT {
        return Err(format!(
            "its form is {}, this generator knows {FORMAT}",
            file.format
        ));
    }
    Ok(file.schema)
}

fn table(table: &Table) -> String {
    let mut entries = Vec::new();
    if let Some(was) = &table.was {
        entries.push(("was", json(was)));
    }
    entries.push(("columns", list(8, &table.columns)));
    entries.push(("key", json(&table.key)));
    for (name, sets) in [("unique", &table.unique), ("index", &table.index)] {
        if !sets.is_empty() {
            entries.push((name, list(8, sets)));
        }
    }
    if !table.references.is_empty() {
        entries.push(("references", list(8, &table.references)));
    }
    object(6, entries.into_iter())
}

/// An object with an entry on each line.
fn object<'n>(indent: usize, entries: impl Iterator<Item = (&'n str, String)>) -> String {
    let lines: Vec<_> = entries
        .map(|(name, value)| format!("{:indent$}  {}: {value}", "", json(&name)))
        .collect();
    if lines.is_empty() {
        return "{}".to_owned();
    }
    format!("{{\n{}\n{:indent$}}}", lines.join(",\n"), "")
}

/// A list with an item on each line.
fn list<T: Serialize>(indent: usize, items: &[T]) -> String {
    let lines: Vec<_> = items
        .iter()
        .map(|item| format!("{:indent$}  {}", "", json(item)))
        .collect();
    format!("[\n{}\n{:indent$}]", lines.join(",\n"), "")
}

/// On one line, with a blank after each colon and comma outside of texts.
fn json(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("a schema becomes JSON");
    let (mut spaced, mut in_text, mut escaped) = (String::with_capacity(text.len()), false, false);
    for c in text.chars() {
        spaced.push(c);
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => in_text = !in_text,
            ',' | ':' if !in_text => spaced.push(' '),
            _ => {}
        }
    }
    spaced
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::migrate::snapshot::{Column, Constant, Shape, Variants};

    #[test]
    fn a_column_is_a_line_and_comes_back() {
        let column = |name: &str, shape| Column {
            name: name.to_owned(),
            shape,
            optional: false,
            min: None,
            max: None,
            default: None,
            was: None,
        };
        let rank = Variants::Numbered([("basic".to_owned(), 0), ("elite".to_owned(), 4)].into());
        let table = Table {
            columns: vec![
                column("player", Shape::Player),
                Column {
                    optional: true,
                    min: Some(Constant::Float(0.0)),
                    was: Some("of, \"old\": x".to_owned()),
                    ..column("share", Shape::Float)
                },
                Column {
                    default: Some(Constant::Text("[]".to_owned())),
                    ..column("ranks", Shape::List(Box::new(Shape::Enum(rank))))
                },
            ],
            key: vec!["player".to_owned()],
            index: vec![vec!["share".to_owned(), "player".to_owned()]],
            ..Table::default()
        };
        let tables = [("held".to_owned(), table)].into();
        let schema = Schema {
            managers: [("bag".to_owned(), tables)].into(),
        };
        let text = written(&schema);
        assert_eq!(read(&text).as_ref(), Ok(&schema));
        expect![[r#"
            {
              "format": 1,
              "managers": {
                "bag": {
                  "held": {
                    "columns": [
                      {"name": "player", "type": "player"},
                      {"name": "share", "type": "float", "optional": true, "min": 0.0, "was": "of, \"old\": x"},
                      {"name": "ranks", "type": {"list": {"enum": {"basic": 0, "elite": 4}}}, "default": "[]"}
                    ],
                    "key": ["player"],
                    "index": [
                      ["share", "player"]
                    ]
                  }
                }
              }
            }
        "#]]
        .assert_eq(&text);
    }

    #[test]
    fn another_form_is_refused() {
        let error = read("{\"format\": 2, \"managers\": {}}");
        assert_eq!(
            error,
            Err("its form is 2, this generator knows 1".to_owned())
        );
        assert!(read("{\"format\": 1}").is_err());
    }
}
