//! Counts letters, which steps cannot.
//!
//! Written by `cargo xtask gen` from managers/tally.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// A row of `score`.
#[derive(Clone, Table)]
#[table(name = "tally_score")]
pub struct Score {
    pub player: PlayerId,
    #[column(max = 1)]
    pub letter: String,
    pub count: i64,
}

/// Args of `letter`.
#[derive(Args, Outgoing)]
#[callee(manager = "tally", function = "letter")]
pub struct LetterArgs {
    #[arg(max = 1)]
    pub letter: String,
}

/// Reply of `letter`.
#[derive(Clone, Reply, Incoming)]
pub struct LetterReply {
    pub count: i64,
}

/// Args of `add_letter`.
#[derive(Args, Outgoing)]
#[callee(manager = "tally", function = "add_letter")]
pub struct AddLetterArgs {
    #[arg(max = 1)]
    pub letter: String,
    #[arg(min = 1)]
    pub count: i64,
}

/// Reply of `add_letter`.
#[derive(Clone, Reply, Incoming)]
pub struct AddLetterReply {
    pub count: i64,
}

/// Args of `tally`.
#[derive(Args, Outgoing)]
#[callee(manager = "tally", function = "tally")]
pub struct TallyArgs {
    pub words: Vec<String>,
    #[arg(default = false)]
    pub strict: bool,
}

/// Reply of `tally`.
#[derive(Clone, Reply, Incoming)]
pub struct TallyReply {
    pub letters: Vec<String>,
    pub counts: Vec<i64>,
    pub most: Option<String>,
}

impl TallyReply {
    /// The outcome 62: nothing to count
    pub fn nothing(self) -> Returned<Self> {
        Returned::outcome(62, "nothing to count", self)
    }
}

/// Declared errors of `tally`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TallyError {
    /// 61: that is no letter
    NoLetter,
}

impl aliya_runtime::native::DeclaredError for TallyError {
    fn failure(self) -> Failure {
        match self {
            Self::NoLetter => Failure::new(61, "that is no letter"),
        }
    }
}

impl From<TallyError> for aliya_runtime::native::NativeError<TallyError> {
    fn from(error: TallyError) -> Self {
        Self::Declared(error)
    }
}

/// Args of `tally_two`.
#[derive(Args, Outgoing)]
#[callee(manager = "tally", function = "tally_two")]
pub struct TallyTwoArgs {
    pub one: String,
    pub two: String,
}

/// Reply of `tally_two`.
#[derive(Clone, Reply, Incoming)]
pub struct TallyTwoReply {
    pub kinds: i64,
    pub most: String,
}

/// Args of `forget`.
#[derive(Args, Outgoing)]
#[callee(manager = "tally", function = "forget")]
pub struct ForgetArgs {}

/// Reply of `forget`.
#[derive(Clone, Reply, Incoming)]
pub struct ForgetReply {}

/// Declared errors of `forget`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForgetError {}

impl aliya_runtime::native::DeclaredError for ForgetError {
    fn failure(self) -> Failure {
        match self {}
    }
}

impl From<ForgetError> for aliya_runtime::native::NativeError<ForgetError> {
    fn from(error: ForgetError) -> Self {
        Self::Declared(error)
    }
}

static CREATE_SCORE: Statement = Statement {
    name: "tally.score.create",
    sqlite: r#"CREATE TABLE "tally_score" (
  "player" TEXT NOT NULL,
  "letter" TEXT NOT NULL
    CONSTRAINT "tally_score_letter_max" CHECK (length("letter") <= 1),
  "count" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("player", "letter")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "tally_score" (
  "player" TEXT COLLATE "C" NOT NULL,
  "letter" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "tally_score_letter_max" CHECK (char_length("letter") <= 1),
  "count" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "tally_score_pkey" PRIMARY KEY ("player", "letter")
)"#,
    mysql: r#"CREATE TABLE `tally_score` (
  `player` VARCHAR(255) NOT NULL,
  `letter` VARCHAR(1) NOT NULL,
  `count` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `letter`),
  CONSTRAINT `tally_score_letter_max` CHECK (CHAR_LENGTH(`letter`) <= 1)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static GET_SCORE_BY_PLAYER_LETTER: Statement = Statement {
    name: "tally.score.get_by_player_letter",
    sqlite: r#"SELECT "player", "letter", "count"
FROM "tally_score"
WHERE "player" = ?1 AND "letter" = ?2"#,
    postgres: r#"SELECT "player", "letter", "count"
FROM "tally_score"
WHERE "player" = $1 AND "letter" = $2"#,
    mysql: "SELECT `player`, `letter`, `count` FROM `tally_score` WHERE `player` = ? AND `letter` = ?",
};

static LOCK_SCORE_BY_PLAYER_LETTER: Statement = Statement {
    name: "tally.score.lock_by_player_letter",
    sqlite: r#"SELECT "player", "letter", "count"
FROM "tally_score"
WHERE "player" = ?1 AND "letter" = ?2"#,
    postgres: r#"SELECT "player", "letter", "count"
FROM "tally_score"
WHERE "player" = $1 AND "letter" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `letter`, `count`
FROM `tally_score`
WHERE `player` = ? AND `letter` = ?
FOR UPDATE"#,
};

static UPSERT_SCORE_COUNT: Statement = Statement {
    name: "tally.score.upsert_count",
    sqlite: r#"INSERT INTO "tally_score" ("player", "letter", "count")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player", "letter") DO UPDATE SET "count" = excluded."count""#,
    postgres: r#"INSERT INTO "tally_score" ("player", "letter", "count")
VALUES ($1, $2, $3)
ON CONFLICT ("player", "letter") DO UPDATE SET "count" = excluded."count""#,
    mysql: r#"INSERT INTO `tally_score` (`player`, `letter`, `count`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `count` = VALUES(`count`)"#,
};

/// The functions of `tally` that are written by hand. Whatever they do, they do it through their `cx`: they may run several times.
pub trait TallyNative: Send + Sync + 'static {
    /// Counts the letters of some words, in the order of the alphabet.
    fn tally(
        &self,
        cx: &mut Cx<'_>,
        args: &TallyArgs,
    ) -> impl Future<
        Output = aliya_runtime::native::NativeResult<TallyReply, TallyError>,
    > + Send;
    /// Ends what was counted, by hand and for nobody.
    fn forget(
        &self,
        cx: &mut Cx<'_>,
        args: &ForgetArgs,
    ) -> impl Future<
        Output = aliya_runtime::native::NativeResult<ForgetReply, ForgetError>,
    > + Send;
}

trait TallyNativeObject: Send + Sync {
    fn tally<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a TallyArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<TallyReply, TallyError>,
    >;
    fn forget<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a ForgetArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<ForgetReply, ForgetError>,
    >;
}

impl<N: TallyNative> TallyNativeObject for N {
    fn tally<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a TallyArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<TallyReply, TallyError>,
    > {
        Box::pin(TallyNative::tally(self, cx, args))
    }

    fn forget<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a ForgetArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<ForgetReply, ForgetError>,
    > {
        Box::pin(TallyNative::forget(self, cx, args))
    }
}

static TALLY_NATIVE: std::sync::OnceLock<&'static dyn TallyNativeObject> = std::sync::OnceLock::new();

/// Has `native` run the functions that are written by hand. The first one stays.
pub fn install(native: &'static impl TallyNative) {
    let _ = TALLY_NATIVE.set(native);
}

/// Counts letters, which steps cannot.
pub struct TallyManager;

#[manager(name = "tally", port = 9107, schema = [CREATE_SCORE])]
impl TallyManager {
    /// How often a letter was counted.
    #[function(access = Internal, one_query, declaration = "c08432dc04b57287")]
    pub async fn letter(cx: &mut Cx<'_>, args: &LetterArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let s: Score = match cx
            .get(&GET_SCORE_BY_PLAYER_LETTER, &[caller.param(), args.letter.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Score {
                    player: caller.clone(),
                    letter: args.letter.clone(),
                    count: 0,
                }
            }
        };
        Ok(Returned::success(Box::new(LetterReply { count: s.count })))
    }

    /// The function `add_letter`.
    #[function(access = Internal, writes, fails, declaration = "6c45712e37c5a881")]
    pub async fn add_letter(
        cx: &mut Cx<'_>,
        args: &AddLetterArgs,
    ) -> Result<Returned, Stop> {
        const ENOUGH: Failure = Failure::new(60, "enough");
        let caller = cx.caller()?;
        let mut s: Score = match cx
            .get(&LOCK_SCORE_BY_PLAYER_LETTER, &[caller.param(), args.letter.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Score {
                    player: caller.clone(),
                    letter: args.letter.clone(),
                    count: 0,
                }
            }
        };
        if ops::add(s.count, args.count)
            .at("managers/tally.yaml:31:22: s.count + args.count")? > 10
        {
            return Err(ENOUGH.into());
        }
        s.count = ops::add(s.count, args.count)
            .at("managers/tally.yaml:34:27: s.count + args.count")?;
        cx.save(&UPSERT_SCORE_COUNT, &s, &s.params()).await?;
        Ok(Returned::success(Box::new(AddLetterReply { count: s.count })))
    }

    /// Counts the letters of some words, in the order of the alphabet.
    #[function(
        access = Player,
        writes,
        outcomes = [62],
        fails,
        declaration = "e51fcc71ae536c20"
    )]
    pub async fn tally(cx: &mut Cx<'_>, args: &TallyArgs) -> Result<Returned, Stop> {
        let Some(&native) = TALLY_NATIVE.get() else {
            return Err(aliya_runtime::native::missing("tally"));
        };
        aliya_runtime::native::ended(native.tally(cx, args).await)
    }

    /// Calls what is written by hand.
    #[function(access = Player, writes, fails, declaration = "c4e902b3c20f67b2")]
    pub async fn tally_two(
        cx: &mut Cx<'_>,
        args: &TallyTwoArgs,
    ) -> Result<Returned, Stop> {
        const BAD: Failure = Failure::new(63, "bad words");
        let told: TallyReply = match cx
            .call(
                &TallyArgs {
                    words: vec![args.one.clone(), args.two.clone()],
                    strict: false,
                },
            )
            .await
        {
            Err(Stop::Failed(Failure { status: 61, .. })) => {
                return Err(BAD.into());
            }
            answered => answered?.data()?,
        };
        Ok(
            Returned::success(
                Box::new(TallyTwoReply {
                    kinds: ops::len(&told.letters),
                    most: told.most.unwrap_or_default(),
                }),
            ),
        )
    }

    /// Ends what was counted, by hand and for nobody.
    #[function(
        access = Internal,
        writes,
        runs = Every(Week),
        declaration = "27523e08d7768e46"
    )]
    pub async fn forget(cx: &mut Cx<'_>, args: &ForgetArgs) -> Result<Returned, Stop> {
        let Some(&native) = TALLY_NATIVE.get() else {
            return Err(aliya_runtime::native::missing("tally"));
        };
        aliya_runtime::native::ended(native.forget(cx, args).await)
    }
}
