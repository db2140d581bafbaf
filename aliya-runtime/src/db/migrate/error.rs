//! Why a database's tables could not be brought to what the program expects.

/// Why a database's tables could not be brought to what the program expects. Of the migration that
/// failed, nothing was kept, where the database can undo it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// The program's own migrations do not lead to the tables that its functions expect.
    #[error(
        "the tables of {owner} are declared otherwise than the migrations make them ({what}): run \
         `cargo xtask migrate`, look at what it proposes, and build again"
    )]
    Behind {
        /// Whose tables.
        owner: &'static str,
        /// The first difference, in words.
        what: &'static str,
    },
    /// The database has applied what this program does not know.
    #[error(
        "{database} has the migration {migration} of {owner}, which this program does not know (its \
         last one is {last}): it was brought along by a newer program. Run that one, or bring back \
         a backup from before the migration"
    )]
    Newer {
        /// The database.
        database: String,
        /// Whose tables.
        owner: &'static str,
        /// The migration that is unknown.
        migration: String,
        /// The last one that this program knows.
        last: String,
    },
    /// A migration is not what it was when the database applied it.
    #[error(
        "the migration {migration} of {owner} is not what {database} has applied: its SQL was \
         changed afterwards. Bring back migrations/{migration} as it was, and put what is new into \
         another migration: `cargo xtask migrate`"
    )]
    Edited {
        /// The database.
        database: String,
        /// Whose tables.
        owner: &'static str,
        /// The migration.
        migration: String,
    },
    /// A migration was written with a number below that of one that the database has applied.
    #[error(
        "{database} has applied {later} of {owner}, and lacks {migration}, which should have come \
         before: give that one the next free number"
    )]
    Unordered {
        /// The database.
        database: String,
        /// Whose tables.
        owner: &'static str,
        /// The migration that is lacking.
        migration: String,
        /// One that is there.
        later: String,
    },
    /// A server may not apply what the database lacks by itself.
    #[error(
        "{database} lacks {migrations} ({why}): make a backup, look at `aliya migrate --plan`, and \
         run `aliya migrate`, with the same settings as this program"
    )]
    Needed {
        /// The database.
        database: String,
        /// Which, with their owners.
        migrations: String,
        /// Why it is not done at once.
        why: String,
    },
    /// Another process migrates, and does not come to an end.
    #[error(
        "{holder} migrates {database}, and has not ended within {minutes} minutes: look at what it \
         does, and run this again when it has ended, or was ended"
    )]
    Held {
        /// The database.
        database: String,
        /// Who that is, and since when.
        holder: String,
        /// How long it was waited for.
        minutes: u64,
    },
    /// Rows are in the way.
    #[error(
        "the migration {migration} of {owner} cannot run on {database}: it needs that {what}, and \
         {rows} of its rows or sets of rows do not keep to it. {kept}; find them with {query}"
    )]
    InTheWay {
        /// The database.
        database: String,
        /// Whose tables.
        owner: &'static str,
        /// The migration.
        migration: String,
        /// What must hold.
        what: &'static str,
        /// How many rows are in the way.
        rows: i64,
        /// What counts them.
        query: &'static str,
        /// What is done of the migration.
        kept: &'static str,
    },
    /// The database refuses a statement.
    #[error(
        "the migration {migration} of {owner} failed on {database}, in the step \"{step}\": {what}"
    )]
    Failed {
        /// The database.
        database: String,
        /// Whose tables.
        owner: &'static str,
        /// The migration.
        migration: String,
        /// What the step was to do.
        step: &'static str,
        /// What the database says.
        what: String,
    },
}
