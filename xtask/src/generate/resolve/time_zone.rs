//! The game's time zone: one of the IANA database that the runtime is built with.

use jiff::tz::TimeZoneDatabase;

use crate::generate::diagnostic::{Code, Diagnostics, nearest};
use crate::generate::source::Name;

/// Says where the zone is none. Letters count as they are written in the database, although servers
/// would take any: the name stands in documentation, too.
pub(super) fn check(zone: &Name, diagnostics: &mut Diagnostics) {
    let database = TimeZoneDatabase::bundled();
    let known: Vec<String> = database.available().map(|name| name.to_string()).collect();
    if known.contains(&zone.value) {
        return;
    }
    diagnostics
        .error(
            Code::UnknownTimeZone,
            zone.span,
            format!("there is no time zone `{}`", zone.value.escape_debug()),
            "not in the IANA database",
        )
        .help(match meant(&zone.value, &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write an IANA name: a continent and a city, such as `Asia/Shanghai`, or `UTC`"
                .to_owned(),
        });
}

/// The zone of that name in other letters, of that city, or of a name that is near.
fn meant<'z>(written: &str, known: &'z [String]) -> Option<&'z str> {
    let plain = |name: &str| name.to_lowercase().replace([' ', '-'], "_");
    let written_plainly = plain(written);
    let same = known.iter().find(|name| plain(name) == written_plainly);
    let city = |name: &&String| {
        let city = name.rsplit('/').next();
        city.is_some_and(|city| plain(city) == written_plainly)
    };
    let found = same.or_else(|| known.iter().find(city));
    let names = || known.iter().map(String::as_str);
    found
        .map(String::as_str)
        .or_else(|| nearest(written, names()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        let known = ["Asia/Shanghai", "America/New_York", "UTC"].map(str::to_owned);
        for (written, expected) in [
            ("asia/shanghai", Some("Asia/Shanghai")),
            ("new york", Some("America/New_York")),
            ("Asia/Shangai", Some("Asia/Shanghai")),
            ("utc", Some("UTC")),
            ("Atlantis", None),
        ] {
            assert_eq!(meant(written, &known), expected, "{written}");
        }
    }
}
