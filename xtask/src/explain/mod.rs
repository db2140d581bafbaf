//! `cargo xtask explain FUNCTION`: the SQL that a function runs, step by step, what finds its rows, and
//! how often it goes to a server for it. The statements are those that `cargo xtask gen` writes.

mod served;
mod told;
mod trips;

use std::io::Write;
use std::path::PathBuf;

use crate::generate::command::{self as generate, Outcome};
use crate::generate::diagnostic::nearest;
use crate::generate::ir::{FunctionId, Game, ManagerId};
use crate::migrate::databases::Database;

/// Shows the SQL of a function.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Explain {
    /// The function, such as `level_up_weapon` or `bag.spend_supply`
    pub function: String,
    /// The database whose SQL is shown [default: all]
    #[arg(long)]
    pub database: Option<Database>,
    /// The folder of managers.yaml [default: the workspace's root]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
}

/// Runs it; what there is to say goes to `out`.
pub fn run(args: &Explain, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let root = generate::root(args.root.as_deref())?;
    let Some((game, sources)) = generate::understand(&root, out)? else {
        return Ok(Outcome::Wrong);
    };
    let Some(id) = find(&game, &args.function) else {
        writeln!(out, "{}", unknown(&game, &args.function))?;
        return Ok(Outcome::Wrong);
    };
    let databases = match args.database {
        Some(database) => vec![database],
        None => Database::ALL.to_vec(),
    };
    write!(out, "{}", told::told(&game, &sources, id, &databases))?;
    Ok(Outcome::Done)
}

/// The function of that name, with its manager's before it or, where that is clear, without.
fn find(game: &Game, name: &str) -> Option<FunctionId> {
    let mut found = all(game).filter(|(id, full)| {
        let function = &game.managers[id.0.0].functions[id.1].name;
        full == name || function == name
    });
    let (first, _) = found.next()?;
    found.next().is_none().then_some(first)
}

fn unknown(game: &Game, name: &str) -> String {
    let functions: Vec<String> = all(game).map(|(_, full)| full).collect();
    let short = |full: &String| full.split_once('.').map(|(_, name)| name.to_owned());
    let alike: Vec<_> = functions
        .iter()
        .filter(|it| short(it).as_deref() == Some(name))
        .collect();
    if let [_, _, ..] = alike.as_slice() {
        let alike: Vec<_> = alike.iter().map(|it| it.as_str()).collect();
        return format!("`{name}` is any of {}", alike.join(", "));
    }
    let names = functions.iter().map(String::as_str);
    let shorts: Vec<String> = functions.iter().filter_map(short).collect();
    let names = names.chain(shorts.iter().map(String::as_str));
    match nearest(name, names) {
        Some(near) => format!("there is no function `{name}`: did you mean `{near}`?"),
        None => format!(
            "there is no function `{name}`; there are {}",
            functions.join(", ")
        ),
    }
}

fn all(game: &Game) -> impl Iterator<Item = (FunctionId, String)> {
    game.managers.iter().enumerate().flat_map(|(at, manager)| {
        let functions = manager.functions.iter().enumerate();
        functions.map(move |(function, declared)| {
            let id = FunctionId(ManagerId(at), function);
            (id, format!("{}.{}", manager.name, declared.name))
        })
    })
}
