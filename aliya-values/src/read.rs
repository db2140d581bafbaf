//! Text to a tree: the part of YAML that values are written in. A stack on the heap, so that depth costs no
//! machine stack.

use std::collections::HashSet;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use super::{BLOCK_DEPTH, FLOW_DEPTH, Key, Kind, Node, Refused, open_signs};

/// Reads the values of a text that [`super::plain`] gave; `None` where it holds nothing.
///
/// # Errors
/// Where it is not YAML, uses what values do not use (tags, anchors, aliases, several documents), or says a
/// key twice or without a value.
pub fn read(text: &str) -> Result<Option<Node>, Refused> {
    let mut options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: FLOW_DEPTH,
        block_nesting_limit: BLOCK_DEPTH,
    };
    options.set_emit_comments(false);
    let mut builder = Builder {
        text,
        open: Vec::new(),
        root: None,
    };
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, place) = event.map_err(|error| Refused {
            at: error.marker().byte_offset().unwrap_or_default(),
            what: format!("this is not YAML: {}", error.kind()),
        })?;
        let range = place.byte_range().unwrap_or_default();
        if let Event::DocumentStart(..) = event {
            documents += 1;
            if documents > 1 {
                return refuse(range.start, "a second document in one file");
            }
        }
        if let Some(tag) = place.tag_span() {
            let tag = tag.byte_range().unwrap_or_default();
            return refuse(tag.start, "a tag (`!name`) is no part of values");
        }
        builder.event(event, range)?;
    }
    Ok(builder.root)
}

struct Builder<'t> {
    text: &'t str,
    open: Vec<Open>,
    root: Option<Node>,
}

/// A collection whose end has not come yet.
struct Open {
    start: usize,
    flow: bool,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping {
        entries: Vec<(Key, Node)>,
        keys: HashSet<String>,
        /// The key that waits for its value.
        pending: Option<Key>,
    },
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Refused> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                if anchor != 0 {
                    return refuse(range.start, "an anchor (`&name`) is no part of values");
                }
                let plain = style == ScalarStyle::Plain;
                let kind = match plain && range.is_empty() {
                    true => Kind::Empty,
                    false => Kind::Scalar(text.into_owned(), plain),
                };
                self.place(Node { range, kind })
            }
            Event::SequenceStart(style, ..) => {
                self.begin(range.start, style, Content::Sequence(Vec::new()));
                Ok(())
            }
            Event::MappingStart(style, ..) => {
                let content = Content::Mapping {
                    entries: Vec::new(),
                    keys: HashSet::new(),
                    pending: None,
                };
                self.begin(range.start, style, content);
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range.end),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                refuse(range.start, "an alias (`*name`) is no part of values")
            }
            Event::Anchor(..) => refuse(range.start, "an anchor (`&name`) is no part of values"),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, start: usize, style: StructureStyle, content: Content) {
        self.open.push(Open {
            start,
            flow: style == StructureStyle::Flow,
            content,
        });
    }

    fn end(&mut self, end: usize) -> Result<(), Refused> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let kind = match open.content {
            Content::Sequence(items) => {
                let taken_apart = items.windows(2).find(|pair| {
                    let [Kind::Scalar(first, true), Kind::Scalar(_, true)] =
                        [&pair[0].kind, &pair[1].kind]
                    else {
                        return false;
                    };
                    open_signs(first) > 0
                });
                if let (true, Some([first, _])) = (open.flow, taken_apart) {
                    let at = first.range.start;
                    return refuse(at, "YAML takes this text apart at the comma: quote it");
                }
                Kind::Sequence(items)
            }
            Content::Mapping { entries, .. } => {
                let bare = entries.iter().find(|(key, node)| self.is_bare(key, node));
                if let (true, Some((key, _))) = (open.flow, bare) {
                    return refuse(key.range.start, format!("`{}` has no value", key.text));
                }
                Kind::Mapping(entries)
            }
        };
        let range = open.start..end.max(open.start);
        self.place(Node { range, kind })
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: Node) -> Result<(), Refused> {
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::Sequence(items)) => items.push(node),
            Some(Content::Mapping {
                entries,
                keys,
                pending,
            }) => match pending.take() {
                Some(key) => entries.push((key, node)),
                None => {
                    let Kind::Scalar(text, plain) = node.kind else {
                        return refuse(node.range.start, "a key is a word or a text");
                    };
                    if plain && text == "<<" {
                        return refuse(node.range.start, "a merge key (`<<`) is no part of values");
                    }
                    if !keys.insert(text.clone()) {
                        let what = format!("the key `{text}` stands there twice");
                        return refuse(node.range.start, what);
                    }
                    *pending = Some(Key {
                        text,
                        range: node.range,
                    });
                }
            },
        }
        Ok(())
    }

    /// Whether nothing was written behind a key, not even a colon.
    fn is_bare(&self, key: &Key, node: &Node) -> bool {
        let behind = self.text.get(key.range.end..).unwrap_or_default();
        node.kind == Kind::Empty && !behind.trim_start().starts_with(':')
    }
}

fn refuse<T>(at: usize, what: impl Into<String>) -> Result<T, Refused> {
    let what = what.into();
    Err(Refused { at, what })
}
