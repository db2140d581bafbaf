//! Random managers: tables, and functions whose steps read, call, branch and write.

use xtask::random::Random;

use super::exprs::{Known, Type, expr, literal};

/// The enums of every game.
pub const ENUMS: [&str; 2] = ["good", "rank"];

/// What every game begins with.
pub const HEAD: &str = "game: random\ntime_zone: UTC\nenums:\n  good: [none, self, iron]\n  rank: { owner: 10, basic: -1, type: 4 }\nmanagers:\n";

/// Names that Rust, SQL or generated code have a use for, too.
const NAMES: [&str; 40] = [
    "type",
    "self",
    "match",
    "async",
    "crate",
    "super",
    "loop",
    "move",
    "select",
    "order",
    "group",
    "table",
    "index",
    "string",
    "option",
    "vec",
    "result",
    "ok",
    "err",
    "some",
    "box",
    "stop",
    "cx",
    "returned",
    "failure",
    "param",
    "statement",
    "row",
    "ops",
    "a_1",
    "self_2",
    "self_3",
    "x",
    "y",
    "count",
    "data",
    "item",
    "reply",
    "args_2",
    "await",
];

/// A manager under way.
pub struct Manager {
    pub name: String,
    port: usize,
    tables: Vec<Table>,
    /// The functions that were accepted so far, as text.
    pub functions: Vec<String>,
    /// What others can call.
    callable: Vec<Callable>,
}

struct Table {
    name: String,
    columns: Vec<(String, Type)>,
    /// Whether the database numbers the rows; else the key is player and the first column.
    numbered: bool,
}

/// A function that others can call.
#[derive(Clone)]
pub struct Callable {
    pub path: String,
    args: Vec<(String, Type)>,
    reply: Vec<(String, Type)>,
    writes: bool,
}

/// A function to try.
pub struct Candidate {
    pub text: String,
    pub callable: Callable,
}

fn names(random: &mut Random, count: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    while names.len() < count {
        let name = (*random.pick(&NAMES)).to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

impl Manager {
    pub fn new(random: &mut Random, at: usize) -> Self {
        let name = match random.pick(&NAMES) {
            name if random.chance(60) => format!("{name}{at}"),
            name => format!("create_{name}_{at}"),
        };
        let count = random.between(1, 2);
        let tables = names(random, count);
        let tables = tables.into_iter().map(|name| {
            let count = random.between(2, 4);
            let columns = names(random, count).into_iter().map(|name| {
                let ty = Type::single(random);
                let ty = if random.chance(15) {
                    Type::Optional(Box::new(ty))
                } else {
                    ty
                };
                (name, ty)
            });
            let mut columns: Vec<_> = columns.collect();
            columns[0].1 = Type::Int;
            Table {
                name,
                columns,
                numbered: random.chance(40),
            }
        });
        Self {
            name,
            port: 20_000 + at,
            tables: tables.collect(),
            functions: Vec::new(),
            callable: Vec::new(),
        }
    }

    /// The manager with the functions that it has, and `more`.
    pub fn text(&self, more: Option<&str>) -> String {
        let mut text = format!("  {}:\n    port: {}\n    tables:\n", self.name, self.port);
        for table in &self.tables {
            text += &format!("      {}:\n        columns:\n", table.name);
            text += if table.numbered {
                "          id: id\n"
            } else {
                "          player: player\n"
            };
            for (name, ty) in &table.columns {
                let optional = if matches!(ty, Type::Optional(_)) {
                    ", optional: true"
                } else {
                    ""
                };
                let max = if ty.word() == "text" { ", max: 40" } else { "" };
                text += &format!(
                    "          {name}: {{ type: {}{max}{optional} }}\n",
                    ty.word()
                );
            }
            let first = &table.columns[0].0;
            text += &if table.numbered {
                "        key: [id]\n".to_owned()
            } else {
                format!("        key: [player, {first}]\n")
            };
        }
        text += "    functions:\n";
        self.functions
            .iter()
            .map(String::as_str)
            .chain(more)
            .for_each(|function| text += function);
        text
    }

    /// Takes a function that was accepted.
    pub fn accept(&mut self, candidate: Candidate) {
        self.functions.push(candidate.text);
        self.callable.push(candidate.callable);
    }

    /// What functions of other managers can call.
    pub fn callable(&self) -> impl Iterator<Item = Callable> {
        self.callable.iter().map(|callable| Callable {
            path: format!("{}.{}", self.name, callable.path),
            ..callable.clone()
        })
    }

    /// A function to try; `others` are those that it may call beside its own.
    pub fn candidate(&self, random: &mut Random, others: &[Callable]) -> Candidate {
        let name = format!("{}_{}", random.pick(&NAMES), self.functions.len());
        let count = random.below(4);
        let args: Vec<(String, Type)> = names(random, count)
            .into_iter()
            .map(|name| {
                let ty = Type::single(random);
                let ty = match random.below(10) {
                    0 | 1 => Type::List(Box::new(ty)),
                    2 => Type::Optional(Box::new(ty)),
                    _ => ty,
                };
                (name, ty)
            })
            .collect();
        let known = args.iter().map(|(name, ty)| Known {
            text: format!("args.{name}"),
            ty: ty.clone(),
        });
        let mut writer = Writer {
            manager: self,
            callable: self.callable.iter().chain(others).cloned().collect(),
            known: known.collect(),
            bound: Vec::new(),
            rows: Vec::new(),
            writes: false,
            text: String::new(),
        };
        let steps = random.between(1, 6);
        writer.steps(random, steps, 10, 2);
        let reply = writer.returns(random, 10);
        let declared = args.iter().map(|(name, ty)| {
            let optional = if matches!(ty, Type::Optional(_)) {
                ", optional: true"
            } else {
                ""
            };
            format!("{name}: {{ type: {}{optional} }}", ty.word())
        });
        let declared: Vec<_> = declared.collect();
        let text = format!(
            "      {name}:\n        access: internal\n        args: {{ {} }}\n        errors: {{ bad: [21, bad], create: [22, x], cx: [23, y] }}\n        steps:\n{}",
            declared.join(", "),
            writer.text
        );
        let writes = writer.writes;
        Candidate {
            text,
            callable: Callable {
                path: name,
                args,
                reply,
                writes,
            },
        }
    }
}

/// A function's steps under way.
struct Writer<'m> {
    manager: &'m Manager,
    callable: Vec<Callable>,
    known: Vec<Known>,
    bound: Vec<String>,
    /// Rows that can be saved, and their tables.
    rows: Vec<(String, usize)>,
    writes: bool,
    text: String,
}

impl Writer<'_> {
    fn line(&mut self, indent: usize, line: &str) {
        self.text += &format!("{}{line}\n", " ".repeat(indent));
    }

    fn fresh(&mut self, random: &mut Random) -> String {
        loop {
            let name = match random.below(3) {
                0 => format!("v{}", self.bound.len()),
                _ => (*random.pick(&NAMES)).to_owned(),
            };
            let table = self.manager.tables.iter().any(|table| table.name == name);
            if !table && !self.bound.contains(&name) {
                self.bound.push(name.clone());
                return name;
            }
        }
    }

    /// An expression, quoted for YAML.
    fn value(&self, random: &mut Random, ty: &Type) -> String {
        let depth = random.below(3);
        quoted(&expr(random, &self.known, ty, depth))
    }

    fn steps(&mut self, random: &mut Random, count: usize, indent: usize, depth: usize) {
        for _ in 0..count {
            match random.below(11) {
                0..=2 => {
                    let name = self.fresh(random);
                    let ty = Type::single(random);
                    let ty = if random.chance(20) {
                        Type::List(Box::new(ty))
                    } else {
                        ty
                    };
                    let value = self.value(random, &ty);
                    self.line(indent, &format!("- let: {{ {name}: {value} }}"));
                    self.known.push(Known { text: name, ty });
                }
                3 => {
                    let value = self.value(random, &Type::Bool);
                    let error = *random.pick(&["bad", "create", "cx"]);
                    self.line(indent, &format!("- require: {value}"));
                    self.line(indent, &format!("  else: {error}"));
                }
                4 | 5 => self.get(random, indent),
                6 => self.select(random, indent),
                7 if depth > 0 => self.branch(random, indent, depth),
                8 => self.call(random, indent),
                9 => self.insert(random, indent),
                _ => self.save(random, indent),
            }
        }
    }

    fn get(&mut self, random: &mut Random, indent: usize) {
        let at = random.below(self.manager.tables.len());
        let table = &self.manager.tables[at];
        let by = if table.numbered {
            format!("id: {}", self.value(random, &Type::Int))
        } else {
            format!(
                "player: {}, {}: {}",
                self.value(random, &Type::Player),
                table.columns[0].0,
                self.value(random, &Type::Int)
            )
        };
        self.line(indent, &format!("- get: {}", table.name));
        self.line(indent, &format!("  where: {{ {by} }}"));
        let missing = random.below(2);
        self.line(indent, ["  else: bad", "  or: none"][missing]);
        if random.chance(15) {
            return;
        }
        let name = self.fresh(random);
        self.line(indent, &format!("  as: {name}"));
        for (column, ty) in &table.columns {
            let ty = match ty {
                Type::Optional(_) => ty.clone(),
                _ if missing == 1 => Type::Optional(Box::new(ty.clone())),
                _ => ty.clone(),
            };
            self.known.push(Known {
                text: format!("{name}.{column}"),
                ty,
            });
        }
        if missing == 0 {
            self.rows.push((name, at));
        }
    }

    fn select(&mut self, random: &mut Random, indent: usize) {
        let table = random.pick(&self.manager.tables);
        let (column, ty) = random.pick(&table.columns);
        self.line(indent, &format!("- select: {}", table.name));
        if random.chance(60) && !matches!(ty, Type::Optional(_)) {
            let value = self.value(random, ty);
            self.line(indent, &format!("  where: {{ {column}: {value} }}"));
        }
        if random.chance(50) {
            self.line(indent, &format!("  order: [{column}]"));
        }
        self.line(indent, &format!("  first: {}", random.between(1, 9)));
        let name = self.fresh(random);
        self.line(indent, &format!("  as: {name}"));
        for (column, ty) in &table.columns {
            self.known.push(Known {
                text: format!("{name}.{column}"),
                ty: Type::List(Box::new(ty.clone())),
            });
        }
    }

    fn branch(&mut self, random: &mut Random, indent: usize, depth: usize) {
        let condition = self.value(random, &Type::Bool);
        self.line(indent, &format!("- if: {condition}"));
        // Both ways bind one name, which is known afterwards.
        let both = self.fresh(random);
        let ty = Type::single(random);
        let ways: &[&str] = if random.chance(70) {
            &["then", "else"]
        } else {
            &["then"]
        };
        for way in ways {
            self.line(indent, &format!("  {way}:"));
            let (known, rows) = (self.known.clone(), self.rows.clone());
            let steps = random.between(0, 2);
            self.steps(random, steps, indent + 4, depth - 1);
            let value = self.value(random, &ty);
            self.line(indent + 4, &format!("- let: {{ {both}: {value} }}"));
            if random.chance(15) {
                self.line(indent + 4, &format!("- return: {{ early: {value} }}"));
            }
            (self.known, self.rows) = (known, rows);
        }
        if ways.len() == 2 {
            self.known.push(Known { text: both, ty });
        }
    }

    fn call(&mut self, random: &mut Random, indent: usize) {
        if self.callable.is_empty() {
            return;
        }
        let called = random.pick(&self.callable).clone();
        let with: Vec<_> = called
            .args
            .iter()
            .filter(|(_, ty)| !matches!(ty, Type::Optional(_)))
            .map(|(name, ty)| format!("{name}: {}", self.value(random, ty)))
            .collect();
        self.line(indent, &format!("- call: {}", called.path));
        if !with.is_empty() {
            self.line(indent, &format!("  with: {{ {} }}", with.join(", ")));
        }
        if random.chance(30) {
            self.line(indent, "  else: bad");
        }
        self.writes |= called.writes;
        let name = self.fresh(random);
        self.line(indent, &format!("  as: {name}"));
        for (field, ty) in &called.reply {
            self.known.push(Known {
                text: format!("{name}.{field}"),
                ty: ty.clone(),
            });
        }
    }

    fn insert(&mut self, random: &mut Random, indent: usize) {
        self.writes = true;
        let table = random.pick(&self.manager.tables);
        let mut set: Vec<_> = table
            .columns
            .iter()
            .filter(|(_, ty)| !matches!(ty, Type::Optional(_)))
            .map(|(name, ty)| format!("{name}: {}", self.value(random, ty)))
            .collect();
        if !table.numbered {
            set.push(format!("player: {}", self.value(random, &Type::Player)));
        }
        self.line(indent, &format!("- insert: {}", table.name));
        self.line(indent, &format!("  set: {{ {} }}", set.join(", ")));
        match random.below(3) {
            0 => self.line(indent, "  else: bad"),
            1 => return self.line(indent, "  or: ignore"),
            _ => {}
        }
        let name = self.fresh(random);
        self.line(indent, &format!("  as: {name}"));
        for (column, ty) in &table.columns {
            self.known.push(Known {
                text: format!("{name}.{column}"),
                ty: ty.clone(),
            });
        }
    }

    fn save(&mut self, random: &mut Random, indent: usize) {
        if self.rows.is_empty() {
            return;
        }
        self.writes = true;
        let (row, table) = random.pick(&self.rows).clone();
        let columns = &self.manager.tables[table].columns;
        let set: Vec<_> = columns
            .iter()
            .skip(1)
            .map(|(name, ty)| format!("{name}: {}", self.value(random, ty)))
            .collect();
        self.line(indent, &format!("- save: {row}"));
        self.line(indent, &format!("  set: {{ {} }}", set.join(", ")));
    }

    /// Ends the function; gives the fields that callers can read.
    fn returns(&mut self, random: &mut Random, indent: usize) -> Vec<(String, Type)> {
        let mut fields = Vec::new();
        let mut reply = Vec::new();
        let count = random.below(4);
        for name in names(random, count) {
            let ty = Type::single(random);
            fields.push(format!("{name}: {}", self.value(random, &ty)));
            reply.push((name, ty));
        }
        let lists: Vec<Known> = self
            .known
            .iter()
            .filter(|known| matches!(known.ty, Type::List(_)))
            .cloned()
            .collect();
        if !lists.is_empty() && random.chance(60) {
            let list = random.pick(&lists);
            let item = format!("i{}", self.bound.len());
            let give = *random.pick(&["{i}", "[{i}, {i}]", "{ a: {i}, b: [{i}] }"]);
            let give = give.replace("{i}", &item);
            fields.push(format!(
                "items: {{ each: {item} in {}, give: {give} }}",
                list.text
            ));
        }
        if random.chance(40) {
            let constant = literal(random, &Type::Text);
            fields.push(format!(
                "deep: {{ one: [{}, {}] }}",
                quoted(&constant),
                quoted("now")
            ));
        }
        self.line(indent, &format!("- return: {{ {} }}", fields.join(", ")));
        reply
    }
}

fn quoted(expr: &str) -> String {
    format!("'{}'", expr.replace('\'', "''"))
}
