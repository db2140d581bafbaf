//! Declarations as a tree, and how that is written down.

/// A value of a YAML file.
#[derive(Clone, Debug)]
pub enum Node {
    /// A word, number, text or expression; quoted where YAML wants quotes.
    Scalar(String),
    /// A mapping.
    Map(Vec<(String, Node)>),
    /// A list.
    List(Vec<Node>),
}

/// The longest mapping or list that stands in one line.
const LINE: usize = 90;

/// A scalar.
pub fn scalar(text: impl Into<String>) -> Node {
    Node::Scalar(text.into())
}

/// A mapping.
pub fn map<K: Into<String>>(entries: impl IntoIterator<Item = (K, Node)>) -> Node {
    let entries = entries.into_iter().map(|(key, node)| (key.into(), node));
    Node::Map(entries.collect())
}

/// A list of scalars.
pub fn words<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Node {
    Node::List(words.into_iter().map(scalar).collect())
}

impl Node {
    /// Adds an entry to a mapping.
    pub fn push(&mut self, key: impl Into<String>, node: Node) {
        match self {
            Node::Map(entries) => entries.push((key.into(), node)),
            other => panic!("{other:?} has no entries"),
        }
    }

    /// The text of a file.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if let Node::Map(_) | Node::List(_) = self
            && self.flow().len() == 2
        {
            return format!("{}\n", self.flow());
        }
        self.block(0, &mut text);
        text
    }

    /// In one line, within braces and brackets.
    fn flow(&self) -> String {
        match self {
            Node::Scalar(text) => quoted(text),
            Node::List(items) => {
                let items: Vec<_> = items.iter().map(Node::flow).collect();
                format!("[{}]", items.join(", "))
            }
            Node::Map(entries) if entries.is_empty() => "{}".to_owned(),
            Node::Map(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, node)| format!("{}: {}", quoted(key), node.flow()));
                format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// Whether it stands behind its key rather than below it.
    fn is_short(&self) -> bool {
        match self {
            Node::Scalar(_) => true,
            Node::Map(entries) if entries.is_empty() => true,
            Node::List(items) if items.is_empty() => true,
            other => other.flow().len() <= LINE && other.depth() <= 3,
        }
    }

    fn depth(&self) -> usize {
        let below = match self {
            Node::Scalar(_) => return 0,
            Node::List(items) => items.iter().map(Node::depth).max(),
            Node::Map(entries) => entries.iter().map(|(_, node)| node.depth()).max(),
        };
        below.unwrap_or_default() + 1
    }

    /// In lines, the first of which is indented already.
    fn block(&self, indent: usize, text: &mut String) {
        match self {
            Node::Scalar(_) => text.push_str(&format!("{}\n", self.flow())),
            Node::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    text.push_str(&format!("{}- ", margin(indent, at)));
                    match item {
                        Node::Map(entries) if !entries.is_empty() && !item.is_short() => {
                            item.block(indent + 2, text);
                        }
                        short => text.push_str(&format!("{}\n", short.flow())),
                    }
                }
            }
            Node::Map(entries) => {
                for (at, (key, node)) in entries.iter().enumerate() {
                    text.push_str(&format!("{}{}:", margin(indent, at), quoted(key)));
                    if node.is_short() {
                        text.push_str(&format!(" {}\n", node.flow()));
                    } else {
                        text.push_str(&format!("\n{}", margin(indent + 2, 1)));
                        node.block(indent + 2, text);
                    }
                }
            }
        }
    }
}

fn margin(indent: usize, at: usize) -> String {
    " ".repeat(if at == 0 { 0 } else { indent })
}

/// As it is where YAML takes it for one word or number.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let first = text.chars().next();
    if first.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-')
        && text.chars().skip(1).all(plain)
        && text != "-"
    {
        return text.to_owned();
    }
    serde_json::to_string(text).expect("a text is JSON")
}
