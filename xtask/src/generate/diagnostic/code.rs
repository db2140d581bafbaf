//! The codes: one for each kind of mistake, stable over versions, so that people can look one up
//! and tests can name it.

/// Whether the generator writes anything all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The files are written.
    Warning,
}

/// The stage that raises a code. Every code of a stage has a fixture in `tests/diagnostics/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Files, YAML, the form of declarations, the grammar of expressions.
    Read,
    /// What names mean, types, the order of steps, the game as a whole.
    Resolve,
}

/// Declares [`Code`] from lines of `Name = "code", severity, stage;`.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident, $stage:ident;)+) => {
        /// What kind a diagnostic is of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// All codes, in the order of their texts.
            pub const ALL: &[Code] = &[$(Code::$name,)+];

            /// The text people see, such as `A0201`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)+ }
            }

            /// Whether it is an error or a warning.
            pub const fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)+ }
            }

            /// The stage that raises it.
            pub const fn stage(self) -> Stage {
                match self { $(Code::$name => Stage::$stage,)+ }
            }
        }
    };
}

// A new code takes the next free number of its hundred; a number is never used again for anything
// else. Stage `Read` is raised by load, yaml, parse and expr; stage `Resolve` by all that comes after.
codes! {
    // A01: files and YAML.

    /// A file could not be read: missing, no permission, not UTF-8, or too large.
    Unreadable = "A0101", Error, Read;
    /// An `include` pattern that is not a relative path with `*` in its last part.
    BadInclude = "A0102", Error, Read;
    /// An `include` pattern that matches no file, or misses one whose name ends otherwise.
    IncludeMatchesNothing = "A0103", Error, Read;
    /// The text is not YAML; what follows in that file is not looked at.
    YamlSyntax = "A0104", Error, Read;
    /// YAML took a text apart at a comma, brace, colon, `!`, `&`, `*` or the like: it wants quotes.
    QuoteIt = "A0105", Error, Read;
    /// The same key twice in one mapping.
    DuplicateKey = "A0106", Error, Read;
    /// Something of YAML that is no part of the language: anchors, aliases, tags, several documents.
    NotPartOfTheLanguage = "A0107", Error, Read;
    /// Lists and mappings nested too deeply.
    TooDeep = "A0108", Error, Read;
    /// A list or mapping of a declaration with too many parts.
    TooMany = "A0109", Error, Read;

    // A02: the form of declarations.

    /// A key that does not belong here.
    UnknownKey = "A0201", Error, Read;
    /// A value of another form: a list where a mapping belongs, and so on.
    WrongShape = "A0202", Error, Read;
    /// A part that must be there is not.
    MissingPart = "A0203", Error, Read;
    /// A part that is there but has nothing in it.
    EmptyPart = "A0204", Error, Read;
    /// A name that is not small letters, digits and `_`, begins with a digit, or is too long.
    BadName = "A0205", Error, Read;
    /// A number that is none, or outside what is possible here.
    BadNumber = "A0207", Error, Read;
    /// A step that names nothing to do.
    UnknownStep = "A0208", Error, Read;
    /// Two steps in one item of a list.
    TwoSteps = "A0209", Error, Read;
    /// Parts that exclude each other, such as `else` and `or`.
    Contradiction = "A0210", Error, Read;
    /// A word outside the few that are possible here, such as those of `access`.
    UnknownWord = "A0211", Error, Read;

    // A03: the grammar of expressions.

    /// A character that begins nothing in an expression.
    UnknownCharacter = "A0301", Error, Read;
    /// The expression wants something else here.
    Expected = "A0302", Error, Read;
    /// A number beyond what an int or a float holds, or not written as one.
    NumberTooLarge = "A0303", Error, Read;
    /// `a < b < c`: comparisons do not chain.
    ChainedComparison = "A0304", Error, Read;
    /// A text without its closing quote, or with an escape that there is not.
    BadText = "A0305", Error, Read;
    /// An expression nested too deeply.
    ExpressionTooDeep = "A0306", Error, Read;
    /// A word or sign of another language, such as `&&`, with a word of this one in its place.
    OtherLanguage = "A0307", Error, Read;

    // A04: what names mean. The resolver's own codes go here and below.

    /// A name that nothing binds or declares.
    UnknownName = "A0401", Error, Resolve;
    /// A type that there is not.
    UnknownType = "A0402", Error, Resolve;
    /// A table that this manager does not have.
    UnknownTable = "A0403", Error, Resolve;
    /// A column that the table does not have.
    UnknownColumn = "A0404", Error, Resolve;
    /// A manager or function that there is not.
    UnknownFunction = "A0405", Error, Resolve;
    /// An error or outcome that is not declared.
    UnknownError = "A0406", Error, Resolve;
    /// A variant that the enum does not have.
    UnknownVariant = "A0407", Error, Resolve;
    /// An arg that the function does not have.
    UnknownArg = "A0408", Error, Resolve;
    /// A field that a row, reply or record does not have.
    UnknownField = "A0409", Error, Resolve;
    /// A variant that several enums have, where nothing says which is meant.
    AmbiguousVariant = "A0410", Error, Resolve;
    /// A name read before it is bound.
    ReadBeforeBound = "A0411", Error, Resolve;
    /// A name that is not bound on every way that leads here.
    NotBoundOnEveryWay = "A0412", Error, Resolve;
    /// Two declarations of one name, or of names that are one once written in Rust, SQL or JSON.
    NameCollision = "A0413", Error, Resolve;
    /// A name that the server or the generator keeps for itself.
    ReservedName = "A0414", Error, Resolve;
    /// A name bound by a step that is also a table's.
    ShadowsTable = "A0415", Error, Resolve;
    /// A name bound twice.
    BoundTwice = "A0416", Error, Resolve;
    /// `caller` in a function that has none.
    NoCaller = "A0417", Error, Resolve;

    // A05: types and values.

    /// A value of another type.
    WrongType = "A0501", Error, Resolve;
    /// A `with` or a built-in that lacks an arg.
    MissingArg = "A0502", Error, Resolve;
    /// A `with` or a built-in that has an arg too many.
    ExtraArg = "A0503", Error, Resolve;
    /// Bounds that contradict: min above max, a default outside them, a bound of a type that has none.
    BadBounds = "A0504", Error, Resolve;
    /// Text in a key, a unique set or an index without `max`.
    TextWithoutMax = "A0505", Error, Resolve;
    /// A value that may be absent, where there must be one.
    MayBeAbsent = "A0506", Error, Resolve;
    /// A declaration of a column or an enum that cannot be, such as an optional key.
    BadDeclaration = "A0507", Error, Resolve;

    // A06: steps and their order.

    /// A `get` by columns that are neither the key nor unique.
    GetByNoKey = "A0601", Error, Resolve;
    /// A `save` of a name that no `get` bound to a row.
    SaveOfNoRow = "A0602", Error, Resolve;
    /// A `set` or `insert` that leaves a column without a value, or sets one it may not.
    BadSet = "A0603", Error, Resolve;
    /// A step that no way reaches, after a `return`.
    AfterReturn = "A0604", Error, Resolve;
    /// A way through the steps that ends without a `return`.
    NoReturn = "A0605", Error, Resolve;
    /// Functions that call each other in a circle.
    CallCycle = "A0606", Error, Resolve;
    /// A call to a function that may not be called from here.
    MayNotCall = "A0607", Error, Resolve;
    /// A step out of order: reads, takes, own writes, gives.
    StepOrder = "A0608", Error, Resolve;
    /// A take that nothing takes back, though a step after it may fail.
    NoUndo = "A0609", Error, Resolve;
    /// Managers that take from each other in a circle.
    TakeCycle = "A0610", Error, Resolve;
    /// A random value where a step would compute it twice, each time another one.
    RandomKey = "A0611", Error, Resolve;
    /// Steps `allow` of one name that count in other windows or by other values.
    AllowDiffers = "A0612", Error, Resolve;
    /// A function that runs for a new player or after another function, and may fail.
    RunsAndFails = "A0621", Error, Resolve;

    // A07: the game as a whole.

    /// Two functions that clients would call by the same name.
    SamePublicName = "A0701", Error, Resolve;
    /// Two errors or outcomes of one status.
    DuplicateStatus = "A0702", Error, Resolve;
    /// A status that is the gateway's: 0, 10 to 19, or none that can be sent.
    ReservedStatus = "A0703", Error, Resolve;
    /// Two managers on one port.
    SamePort = "A0704", Error, Resolve;
    /// `undone_by` a function that cannot undo this one.
    BadUndo = "A0705", Error, Resolve;
    /// A time zone that the IANA database does not have.
    UnknownTimeZone = "A0706", Error, Resolve;

    // A08: balance tables and formulas.

    /// A balance table whose file is missing, empty, or cannot be read.
    NoConfigFile = "A0801", Error, Read;
    /// A value of a balance table that is of another type than declared.
    ConfigType = "A0802", Error, Resolve;
    /// A field in the file of a balance table that its record does not have.
    ConfigUnknownField = "A0803", Error, Resolve;
    /// A field that a balance table must have and its file lacks.
    ConfigMissingField = "A0804", Error, Resolve;
    /// A variant in the file of a balance table that the enum does not have.
    ConfigUnknownVariant = "A0805", Error, Resolve;
    /// A balance table that nothing declares, in an expression.
    UnknownConfig = "A0806", Error, Resolve;
    /// Formulas that use each other in a circle.
    FormulaCycle = "A0807", Error, Resolve;
    /// Something in a formula that depends on more than its args: the caller, the time, chance.
    NotInFormula = "A0808", Error, Resolve;

    // A09: warnings.

    /// A reply that can be too long, as a `select` without `first` reads any number of rows for it.
    LongReply = "A0901", Warning, Resolve;
    /// An `if` or `require` that reads a column saved above.
    ReadsSaved = "A0902", Warning, Resolve;
    /// A query over a table's rows that no index serves.
    NoIndex = "A0903", Warning, Resolve;
    /// An error that passes through with the number of another status of the caller.
    PassedStatus = "A0904", Warning, Resolve;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_unique_and_in_order() {
        let texts: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(texts.is_sorted_by(|a, b| a < b), "{texts:?}");
        assert!(
            texts
                .iter()
                .all(|text| text.len() == 5 && text.starts_with('A'))
        );
    }
}
