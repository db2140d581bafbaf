//! What is said of a reply that can become too long.

use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::FunctionId;

use super::super::World;
use super::super::measured::Bytes;
use super::MAX_REPLY_BYTES;
use super::rows::{Rows, Source};

/// Says it, where the list comes from.
pub(super) fn say(
    world: &World,
    id: FunctionId,
    rows: Rows,
    bytes: Bytes,
    diagnostics: &mut Diagnostics,
) {
    let name = &world.names.function(id).name;
    let (rows_of, a_row) = match rows.of {
        Source::Table(table) => {
            let table = world.names.table_name(table);
            (format!("rows of `{table}`"), format!("a row of `{table}`"))
        }
        Source::Arg(function, at) => {
            let arg = world.args.get(&function).and_then(|args| args.get(at));
            let arg = arg.map_or("", |arg| arg.name());
            (
                format!("items of `{arg}`"),
                format!("what is given for an item of `{arg}`"),
            )
        }
    };
    let why = match (rows.most, bytes) {
        (Some(most), Bytes::AtMost(bytes)) => {
            format!("with {most} {rows_of} it may have {bytes}")
        }
        (Some(_), Bytes::Any) => format!("{a_row} may be of any length"),
        (None, _) => format!("nothing limits how many {rows_of} are in it"),
    };
    let (place, here) = match (rows.of, rows.first, rows.most) {
        (Source::Arg(..), _, None) => (rows.select, "without `max`"),
        (Source::Arg(..), _, Some(_)) => (rows.select, "may have so many"),
        (_, None, _) => (rows.select, "without `first`"),
        (_, Some(first), Some(_)) => (first, "reads so many"),
        (_, Some(first), None) => (first, "may be any number"),
    };
    let help = match (rows.of, rows.most, bytes) {
        (Source::Arg(..), ..) => "say how many items it may have, as in `{ type: list int, max: 20 }`".to_owned(),
        (_, Some(most), Bytes::AtMost(bytes)) => {
            let first = (most.saturating_mul(MAX_REPLY_BYTES) / bytes).max(1);
            format!("read fewer at once, as in `first: {first}`; with `offset` clients read page by page")
        }
        (_, None, _) if rows.first.is_some() => "give the arg that it comes from a `max`, or write `first: min(args.count, 50)`".to_owned(),
        _ => "say how many rows are read at most, as in `first: 50`; with `offset: (args.page - 1) * 50` clients read page by page".to_owned(),
    };
    diagnostics
        .error(
            Code::LongReply,
            place,
            format!(
                "the reply of `{}` can pass 7,399 bytes of JSON: {why}",
                name.value
            ),
            here,
        )
        .label(name.span, "its caller gets status 14 then")
        .help(help);
}
