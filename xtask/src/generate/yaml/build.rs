//! Events of the YAML parser to a tree. A stack on the heap, so that depth costs no machine stack.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::scalar::span;
use super::{BLOCK_DEPTH, FLOW_DEPTH, Key, Kind, Node, Scalar, Style, repair, syntax};
use crate::generate::diagnostic::Diagnostics;
use crate::generate::source::FileId;

/// A collection whose end has not come yet.
pub(super) struct Open {
    /// Where it begins.
    pub range: Range<usize>,
    /// Whether it is written with brackets.
    pub flow: bool,
    pub content: Content,
    /// Whether it has too many parts, which was reported: the rest of them is not kept.
    pub too_many: bool,
}

pub(super) enum Content {
    Sequence(Vec<Node>),
    Mapping {
        entries: Vec<(Key, Node)>,
        /// The key that waits for its value.
        pending: Pending,
    },
}

pub(super) enum Pending {
    No,
    Key(Key),
    /// Was reported: its value goes with it.
    Broken,
}

/// What is known when the text turns out not to be YAML.
pub(super) struct State<'a> {
    pub file: FileId,
    pub source: &'a str,
    pub open: &'a [Open],
    /// The last scalar, if nothing came after it.
    pub last: Option<Range<usize>>,
}

/// Builds the tree of one file.
pub(super) struct Builder<'a> {
    pub file: FileId,
    pub source: &'a str,
    pub diagnostics: &'a mut Diagnostics,
    /// Parts of one list or mapping, at most; `None` of values, in which nothing is an expression either.
    pub parts: Option<usize>,
    pub open: Vec<Open>,
    pub root: Option<Node>,
    last: Option<Range<usize>>,
}

impl<'a> Builder<'a> {
    pub fn new(
        file: FileId,
        source: &'a str,
        parts: Option<usize>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            file,
            source,
            diagnostics,
            parts,
            open: Vec::new(),
            root: None,
            last: None,
        }
    }

    pub fn run(mut self) -> Option<Node> {
        let mut options = granit_parser::options! {
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            flow_nesting_limit: FLOW_DEPTH,
            block_nesting_limit: BLOCK_DEPTH,
        };
        options.set_emit_comments(false);
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(self.source, options) {
            let (event, place) = match event {
                Ok(event) => event,
                Err(error) => return self.not_yaml(&error),
            };
            let range = bytes(&place);
            if let Event::DocumentStart(..) = event {
                documents += 1;
                if documents > 1 {
                    self.not_ours(range, "a second document in one file", "begins here")
                        .push_str("put it into a file of its own");
                    break;
                }
            }
            let tag = place.tag_span().map(|tag| bytes(&tag));
            self.event(event, range, tag);
        }
        self.root
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>, tag: Option<Range<usize>>) {
        self.last = None;
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.last = Some(range.clone());
                let node = self.scalar(&text, style, anchor != 0, range, tag);
                self.place(node);
            }
            Event::SequenceStart(style, _, _) => {
                self.tagged_collection(tag);
                self.begin(range, style, Content::Sequence(Vec::new()));
            }
            Event::MappingStart(style, _, _) => {
                self.tagged_collection(tag);
                let content = Content::Mapping {
                    entries: Vec::new(),
                    pending: Pending::No,
                };
                self.begin(range, style, content);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range),
            Event::Alias(_) => {
                self.not_ours(range.clone(), "an alias (`*name`)", "repeats something")
                    .push_str("write it out; if this is a text, quote it");
                self.broken(range);
            }
            Event::UnresolvedAlias(_) => {
                self.taken_for(range.clone(), "`*`", "an alias");
                self.broken(range);
            }
            Event::Anchor(..) => {
                self.not_ours(range, "an anchor (`&name`)", "marks something")
                    .push_str("leave it out; if this is a text, quote it");
            }
            _ => {}
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchored: bool,
        range: Range<usize>,
        tag: Option<Range<usize>>,
    ) -> Node {
        let at = span(self.file, range.clone());
        if let Some(tag) = tag {
            self.tagged_scalar(tag, &range, text);
            return Node {
                span: at,
                kind: Kind::Broken,
            };
        }
        let style = match style {
            ScalarStyle::Plain if range.is_empty() && anchored => {
                return Node {
                    span: at,
                    kind: Kind::Broken,
                };
            }
            ScalarStyle::Plain if range.is_empty() => {
                return Node {
                    span: at,
                    kind: Kind::Empty,
                };
            }
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            _ => Style::Block,
        };
        Node {
            span: at,
            kind: Kind::Scalar(Scalar::new(
                self.file,
                self.source,
                range,
                text.to_owned(),
                style,
            )),
        }
    }

    fn begin(&mut self, range: Range<usize>, style: StructureStyle, content: Content) {
        self.open.push(Open {
            range,
            flow: style == StructureStyle::Flow,
            content,
            too_many: false,
        });
    }

    fn end(&mut self, range: Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        let (last, kind) = match open.content {
            Content::Sequence(items) => {
                let items = if open.flow {
                    repair::sequence(self.file, self.source, items, self.diagnostics)
                } else {
                    items
                };
                (items.last().map(|n| n.span.end), Kind::Sequence(items))
            }
            Content::Mapping { entries, .. } => {
                let entries = if open.flow {
                    repair::mapping(
                        self.file,
                        self.source,
                        entries,
                        self.parts.is_some(),
                        self.diagnostics,
                    )
                } else {
                    Some(entries)
                };
                let last = entries
                    .as_ref()
                    .and_then(|entries| entries.last())
                    .map(|(key, node)| node.span.end.max(key.span.end));
                match entries {
                    Some(entries) => (last, Kind::Mapping(self.unique(entries))),
                    None => (last, Kind::Broken),
                }
            }
        };
        let kind = match open.too_many {
            true => Kind::Broken,
            false => kind,
        };
        // A block has no end of its own: YAML says where the next thing begins.
        let end = match last {
            Some(last) if range.is_empty() => last as usize,
            _ => range.end,
        };
        self.place(Node {
            span: span(self.file, open.range.start..end.max(open.range.start)),
            kind,
        });
    }

    fn not_yaml(self, error: &ScanError) -> Option<Node> {
        let state = State {
            file: self.file,
            source: self.source,
            open: &self.open,
            last: self.last,
        };
        syntax::report(&state, error, self.diagnostics);
        None
    }
}

fn bytes(place: &granit_parser::Span) -> Range<usize> {
    place.byte_range().unwrap_or_default()
}
