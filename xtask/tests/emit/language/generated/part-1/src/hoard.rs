//! Heaps of coins, which are never too high.
//!
//! Written by `cargo xtask gen` from managers/hoard.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// A row of `heap`.
#[derive(Clone, Table)]
#[table(name = "hoard_heap")]
pub struct Heap {
    pub player: PlayerId,
    #[column(min = 1, max = 9, fixed)]
    pub shelf: i64,
    #[column(min = 0, max = 100)]
    pub coins: i64,
    #[column(min = 0.0, max = 2.5)]
    pub weight: f64,
    #[column(min = -5)]
    pub best: Option<i64>,
    #[column(max = 5)]
    pub label: String,
}

/// Args of `heap_up`.
#[derive(Args, Outgoing)]
#[callee(manager = "hoard", function = "heap_up")]
pub struct HeapUpArgs {
    pub shelf: i64,
    pub coins: i64,
    pub times: f64,
    pub best: Option<i64>,
}

/// Reply of `heap_up`.
#[derive(Clone, Reply, Incoming)]
pub struct HeapUpReply {
    pub coins: i64,
    pub weight: f64,
    pub best: Option<i64>,
}

/// Args of `new_heap`.
#[derive(Args, Outgoing)]
#[callee(manager = "hoard", function = "new_heap")]
pub struct NewHeapArgs {
    pub shelf: i64,
    pub coins: i64,
}

/// Reply of `new_heap`.
#[derive(Clone, Reply, Incoming)]
pub struct NewHeapReply {
    pub coins: i64,
    pub weight: f64,
    pub best: Option<i64>,
}

/// Args of `new_heaps`.
#[derive(Args, Outgoing)]
#[callee(manager = "hoard", function = "new_heaps")]
pub struct NewHeapsArgs {
    pub coins: Vec<i64>,
}

/// Reply of `new_heaps`.
#[derive(Clone, Reply, Incoming)]
pub struct NewHeapsReply {}

/// Args of `label_heap`.
#[derive(Args, Outgoing)]
#[callee(manager = "hoard", function = "label_heap")]
pub struct LabelHeapArgs {
    pub label: String,
}

/// Reply of `label_heap`.
#[derive(Clone, Reply, Incoming)]
pub struct LabelHeapReply {}

/// Args of `heaps`.
#[derive(Args, Outgoing)]
#[callee(manager = "hoard", function = "heaps")]
pub struct HeapsArgs {}

/// Reply of `heaps`.
#[derive(Clone, Reply, Incoming)]
pub struct HeapsReply {
    pub coins: Vec<i64>,
}

/// Args of `try_heap`.
#[derive(Args, Outgoing)]
#[callee(manager = "hoard", function = "try_heap")]
pub struct TryHeapArgs {
    pub coins: i64,
}

/// Reply of `try_heap`.
#[derive(Clone, Reply, Incoming)]
pub struct TryHeapReply {}

/// Args of `give_heap`.
#[derive(Args, Outgoing)]
#[callee(manager = "hoard", function = "give_heap")]
pub struct GiveHeapArgs {
    pub shelf: i64,
    pub coins: i64,
    pub times: f64,
    pub best: Option<i64>,
}

/// Reply of `give_heap`.
#[derive(Clone, Reply, Incoming)]
pub struct GiveHeapReply {
    pub coins: i64,
    pub weight: f64,
    pub best: Option<i64>,
}

/// Declared errors of `give_heap`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiveHeapError {}

impl aliya_runtime::native::DeclaredError for GiveHeapError {
    fn failure(self) -> Failure {
        match self {}
    }
}

impl From<GiveHeapError> for aliya_runtime::native::NativeError<GiveHeapError> {
    fn from(error: GiveHeapError) -> Self {
        Self::Declared(error)
    }
}

/// Args of `give_new`.
#[derive(Args, Outgoing)]
#[callee(manager = "hoard", function = "give_new")]
pub struct GiveNewArgs {
    pub shelf: i64,
    pub coins: i64,
}

/// Reply of `give_new`.
#[derive(Clone, Reply, Incoming)]
pub struct GiveNewReply {
    pub coins: i64,
}

/// Declared errors of `give_new`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiveNewError {}

impl aliya_runtime::native::DeclaredError for GiveNewError {
    fn failure(self) -> Failure {
        match self {}
    }
}

impl From<GiveNewError> for aliya_runtime::native::NativeError<GiveNewError> {
    fn from(error: GiveNewError) -> Self {
        Self::Declared(error)
    }
}

/// Args of `give_heaps`.
#[derive(Args, Outgoing)]
#[callee(manager = "hoard", function = "give_heaps")]
pub struct GiveHeapsArgs {
    pub coins: Vec<i64>,
}

/// Reply of `give_heaps`.
#[derive(Clone, Reply, Incoming)]
pub struct GiveHeapsReply {}

/// Declared errors of `give_heaps`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiveHeapsError {}

impl aliya_runtime::native::DeclaredError for GiveHeapsError {
    fn failure(self) -> Failure {
        match self {}
    }
}

impl From<GiveHeapsError> for aliya_runtime::native::NativeError<GiveHeapsError> {
    fn from(error: GiveHeapsError) -> Self {
        Self::Declared(error)
    }
}

/// Args of `give_label`.
#[derive(Args, Outgoing)]
#[callee(manager = "hoard", function = "give_label")]
pub struct GiveLabelArgs {
    pub label: String,
}

/// Reply of `give_label`.
#[derive(Clone, Reply, Incoming)]
pub struct GiveLabelReply {}

/// Declared errors of `give_label`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiveLabelError {}

impl aliya_runtime::native::DeclaredError for GiveLabelError {
    fn failure(self) -> Failure {
        match self {}
    }
}

impl From<GiveLabelError> for aliya_runtime::native::NativeError<GiveLabelError> {
    fn from(error: GiveLabelError) -> Self {
        Self::Declared(error)
    }
}

static CREATE_HEAP: Statement = Statement {
    name: "hoard.heap.create",
    sqlite: r#"CREATE TABLE "hoard_heap" (
  "player" TEXT NOT NULL,
  "shelf" INTEGER NOT NULL
    CONSTRAINT "hoard_heap_shelf_min" CHECK ("shelf" >= 1)
    CONSTRAINT "hoard_heap_shelf_max" CHECK ("shelf" <= 9),
  "coins" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "hoard_heap_coins_min" CHECK ("coins" >= 0)
    CONSTRAINT "hoard_heap_coins_max" CHECK ("coins" <= 100),
  "weight" REAL NOT NULL DEFAULT 0.5
    CONSTRAINT "hoard_heap_weight_min" CHECK ("weight" >= 0.0)
    CONSTRAINT "hoard_heap_weight_max" CHECK ("weight" <= 2.5),
  "best" INTEGER
    CONSTRAINT "hoard_heap_best_min" CHECK ("best" >= -5),
  "label" TEXT NOT NULL DEFAULT 'none'
    CONSTRAINT "hoard_heap_label_max" CHECK (length("label") <= 5),
  PRIMARY KEY ("player", "shelf")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "hoard_heap" (
  "player" TEXT COLLATE "C" NOT NULL,
  "shelf" BIGINT NOT NULL
    CONSTRAINT "hoard_heap_shelf_min" CHECK ("shelf" >= 1)
    CONSTRAINT "hoard_heap_shelf_max" CHECK ("shelf" <= 9),
  "coins" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "hoard_heap_coins_min" CHECK ("coins" >= 0)
    CONSTRAINT "hoard_heap_coins_max" CHECK ("coins" <= 100),
  "weight" DOUBLE PRECISION NOT NULL DEFAULT 0.5
    CONSTRAINT "hoard_heap_weight_min" CHECK ("weight" >= 0.0)
    CONSTRAINT "hoard_heap_weight_max" CHECK ("weight" <= 2.5),
  "best" BIGINT
    CONSTRAINT "hoard_heap_best_min" CHECK ("best" >= -5),
  "label" TEXT COLLATE "C" NOT NULL DEFAULT 'none'
    CONSTRAINT "hoard_heap_label_max" CHECK (char_length("label") <= 5),
  CONSTRAINT "hoard_heap_pkey" PRIMARY KEY ("player", "shelf")
)"#,
    mysql: r#"CREATE TABLE `hoard_heap` (
  `player` VARCHAR(255) NOT NULL,
  `shelf` BIGINT NOT NULL,
  `coins` BIGINT NOT NULL DEFAULT 0,
  `weight` DOUBLE NOT NULL DEFAULT 0.5,
  `best` BIGINT,
  `label` VARCHAR(5) NOT NULL DEFAULT ('none'),
  PRIMARY KEY (`player`, `shelf`),
  CONSTRAINT `hoard_heap_shelf_min` CHECK (`shelf` >= 1),
  CONSTRAINT `hoard_heap_shelf_max` CHECK (`shelf` <= 9),
  CONSTRAINT `hoard_heap_coins_min` CHECK (`coins` >= 0),
  CONSTRAINT `hoard_heap_coins_max` CHECK (`coins` <= 100),
  CONSTRAINT `hoard_heap_weight_min` CHECK (`weight` >= 0.0),
  CONSTRAINT `hoard_heap_weight_max` CHECK (`weight` <= 2.5),
  CONSTRAINT `hoard_heap_best_min` CHECK (`best` >= -5),
  CONSTRAINT `hoard_heap_label_max` CHECK (CHAR_LENGTH(`label`) <= 5)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static LOCK_HEAP_BY_PLAYER_SHELF: Statement = Statement {
    name: "hoard.heap.lock_by_player_shelf",
    sqlite: r#"SELECT "player", "shelf", "coins", "weight", "best", "label"
FROM "hoard_heap"
WHERE "player" = ?1 AND "shelf" = ?2"#,
    postgres: r#"SELECT "player", "shelf", "coins", "weight", "best", "label"
FROM "hoard_heap"
WHERE "player" = $1 AND "shelf" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `shelf`, `coins`, `weight`, `best`, `label`
FROM `hoard_heap`
WHERE `player` = ? AND `shelf` = ?
FOR UPDATE"#,
};

static UPSERT_HEAP_COINS_WEIGHT_BEST: Statement = Statement {
    name: "hoard.heap.upsert_coins_weight_best",
    sqlite: r#"INSERT INTO "hoard_heap" ("player", "shelf", "coins", "weight", "best", "label")
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT ("player", "shelf") DO UPDATE SET "coins" = excluded."coins", "weight" = excluded."weight", "best" = excluded."best""#,
    postgres: r#"INSERT INTO "hoard_heap" ("player", "shelf", "coins", "weight", "best", "label")
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT ("player", "shelf") DO UPDATE SET "coins" = excluded."coins", "weight" = excluded."weight", "best" = excluded."best""#,
    mysql: r#"INSERT INTO `hoard_heap` (`player`, `shelf`, `coins`, `weight`, `best`, `label`)
VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `coins` = VALUES(`coins`), `weight` = VALUES(`weight`), `best` = VALUES(`best`)"#,
};

static REPLACE_HEAP: Statement = Statement {
    name: "hoard.heap.replace",
    sqlite: r#"INSERT INTO "hoard_heap" ("player", "shelf", "coins", "weight", "best", "label")
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT ("player", "shelf") DO UPDATE SET "coins" = excluded."coins", "weight" = excluded."weight", "best" = excluded."best", "label" = excluded."label""#,
    postgres: r#"INSERT INTO "hoard_heap" ("player", "shelf", "coins", "weight", "best", "label")
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT ("player", "shelf") DO UPDATE SET "coins" = excluded."coins", "weight" = excluded."weight", "best" = excluded."best", "label" = excluded."label""#,
    mysql: r#"INSERT INTO `hoard_heap` (`player`, `shelf`, `coins`, `weight`, `best`, `label`)
VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `coins` = VALUES(`coins`), `weight` = VALUES(`weight`), `best` = VALUES(`best`), `label` = VALUES(`label`)"#,
};

static INSERT_HEAP_NEW: Statement = Statement {
    name: "hoard.heap.insert_new",
    sqlite: r#"INSERT INTO "hoard_heap" ("player", "shelf", "coins", "weight", "best", "label")
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "hoard_heap" ("player", "shelf", "coins", "weight", "best", "label")
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING"#,
    mysql: r#"INSERT INTO `hoard_heap` (`player`, `shelf`, `coins`, `weight`, `best`, `label`)
VALUES (?, ?, ?, ?, ?, ?)"#,
};

static SELECT_HEAP_BY_PLAYER_ORDER_SHELF_FIRST: Statement = Statement {
    name: "hoard.heap.select_by_player_order_shelf_first",
    sqlite: r#"SELECT "player", "shelf", "coins", "weight", "best", "label"
FROM "hoard_heap"
WHERE "player" = ?1
ORDER BY "shelf"
LIMIT ?2"#,
    postgres: r#"SELECT "player", "shelf", "coins", "weight", "best", "label"
FROM "hoard_heap"
WHERE "player" = $1
ORDER BY "shelf"
LIMIT $2"#,
    mysql: r#"SELECT `player`, `shelf`, `coins`, `weight`, `best`, `label`
FROM `hoard_heap`
WHERE `player` = ?
ORDER BY `shelf`
LIMIT ?"#,
};

/// The functions of `hoard` that are written by hand. Whatever they do, they do it through their `cx`: they may run several times.
pub trait HoardNative: Send + Sync + 'static {
    /// Calls `heap_up` as what gives does, by hand.
    fn give_heap(
        &self,
        cx: &mut Cx<'_>,
        args: &GiveHeapArgs,
    ) -> impl Future<
        Output = aliya_runtime::native::NativeResult<GiveHeapReply, GiveHeapError>,
    > + Send;
    /// The function `give_new`.
    fn give_new(
        &self,
        cx: &mut Cx<'_>,
        args: &GiveNewArgs,
    ) -> impl Future<
        Output = aliya_runtime::native::NativeResult<GiveNewReply, GiveNewError>,
    > + Send;
    /// The function `give_heaps`.
    fn give_heaps(
        &self,
        cx: &mut Cx<'_>,
        args: &GiveHeapsArgs,
    ) -> impl Future<
        Output = aliya_runtime::native::NativeResult<GiveHeapsReply, GiveHeapsError>,
    > + Send;
    /// The function `give_label`.
    fn give_label(
        &self,
        cx: &mut Cx<'_>,
        args: &GiveLabelArgs,
    ) -> impl Future<
        Output = aliya_runtime::native::NativeResult<GiveLabelReply, GiveLabelError>,
    > + Send;
}

trait HoardNativeObject: Send + Sync {
    fn give_heap<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a GiveHeapArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<GiveHeapReply, GiveHeapError>,
    >;
    fn give_new<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a GiveNewArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<GiveNewReply, GiveNewError>,
    >;
    fn give_heaps<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a GiveHeapsArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<GiveHeapsReply, GiveHeapsError>,
    >;
    fn give_label<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a GiveLabelArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<GiveLabelReply, GiveLabelError>,
    >;
}

impl<N: HoardNative> HoardNativeObject for N {
    fn give_heap<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a GiveHeapArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<GiveHeapReply, GiveHeapError>,
    > {
        Box::pin(HoardNative::give_heap(self, cx, args))
    }

    fn give_new<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a GiveNewArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<GiveNewReply, GiveNewError>,
    > {
        Box::pin(HoardNative::give_new(self, cx, args))
    }

    fn give_heaps<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a GiveHeapsArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<GiveHeapsReply, GiveHeapsError>,
    > {
        Box::pin(HoardNative::give_heaps(self, cx, args))
    }

    fn give_label<'a>(
        &'a self,
        cx: &'a mut Cx<'_>,
        args: &'a GiveLabelArgs,
    ) -> aliya_runtime::BoxFuture<
        'a,
        aliya_runtime::native::NativeResult<GiveLabelReply, GiveLabelError>,
    > {
        Box::pin(HoardNative::give_label(self, cx, args))
    }
}

static HOARD_NATIVE: std::sync::OnceLock<&'static dyn HoardNativeObject> = std::sync::OnceLock::new();

/// Has `native` run the functions that are written by hand. The first one stays.
pub fn install(native: &'static impl HoardNative) {
    let _ = HOARD_NATIVE.set(native);
}

/// Heaps of coins, which are never too high.
pub struct HoardManager;

#[manager(name = "hoard", port = 9110, schema = [CREATE_HEAP])]
impl HoardManager {
    /// Changes a heap, which may pass its bounds.
    #[function(access = Internal, writes, declaration = "7c2e09faad917d4f")]
    pub async fn heap_up(cx: &mut Cx<'_>, args: &HeapUpArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut h: Heap = match cx
            .get(&LOCK_HEAP_BY_PLAYER_SHELF, &[caller.param(), args.shelf.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Heap {
                    player: caller.clone(),
                    shelf: args.shelf,
                    coins: 0,
                    weight: 0.5,
                    best: None,
                    label: "none".to_owned(),
                }
            }
        };
        h.coins = ops::add(
                h.coins,
                ops::mul(args.coins, 2).at("managers/hoard.yaml:28:37: args.coins * 2")?,
            )
            .at("managers/hoard.yaml:28:27: h.coins + args.coins * 2")?;
        h.weight = ops::finite(h.weight * args.times)
            .at("managers/hoard.yaml:28:61: h.weight * args.times")?;
        h.best = args.best;
        cx.keep_in_bounds(&mut h);
        cx.save(&UPSERT_HEAP_COINS_WEIGHT_BEST, &h, &h.params()).await?;
        Ok(
            Returned::success(
                Box::new(HeapUpReply {
                    coins: h.coins,
                    weight: h.weight,
                    best: h.best,
                }),
            ),
        )
    }

    /// Makes a heap in place of another one.
    #[function(access = Internal, writes, declaration = "31c2b7b402e5ce78")]
    pub async fn new_heap(
        cx: &mut Cx<'_>,
        args: &NewHeapArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut h = Heap {
            player: caller,
            shelf: args.shelf,
            coins: args.coins,
            weight: 0.5,
            best: Some(7),
            label: "none".to_owned(),
        };
        cx.keep_in_bounds(&mut h);
        cx.insert(&REPLACE_HEAP, &h, &h.params()).await?;
        Ok(
            Returned::success(
                Box::new(NewHeapReply {
                    coins: h.coins,
                    weight: h.weight,
                    best: h.best,
                }),
            ),
        )
    }

    /// Makes several, of which none is read again.
    #[function(access = Internal, writes, declaration = "ece340813e999d25")]
    pub async fn new_heaps(
        cx: &mut Cx<'_>,
        args: &NewHeapsArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut heap = Heap {
            player: caller.clone(),
            shelf: 9,
            coins: ops::sum(args.coins.iter().copied())
                .at("managers/hoard.yaml:46:53: sum(args.coins)")?,
            weight: 0.5,
            best: None,
            label: "none".to_owned(),
        };
        cx.keep_in_bounds(&mut heap);
        cx.insert_or_ignore(&INSERT_HEAP_NEW, &heap, &heap.params()).await?;
        let mut rows = Vec::new();
        for (i, n) in (0_i64..).zip(args.coins.iter().copied()) {
            rows.push(Heap {
                player: caller.clone(),
                shelf: ops::add(i, 1).at("managers/hoard.yaml:50:43: i + 1")?,
                coins: n,
                weight: 0.25,
                best: None,
                label: "none".to_owned(),
            });
        }
        rows.iter_mut().for_each(|row| cx.keep_in_bounds(row));
        cx.insert_all_or_ignore(&INSERT_HEAP_NEW, &rows, Heap::params).await?;
        Ok(Returned::success(Box::new(NewHeapsReply {})))
    }

    /// A text that is too long is a fault, whoever gives it.
    #[function(access = Internal, writes, declaration = "29c56c16a9d4ba87")]
    pub async fn label_heap(
        cx: &mut Cx<'_>,
        args: &LabelHeapArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let heap = Heap {
            player: caller,
            shelf: 1,
            coins: 1,
            weight: 0.5,
            best: None,
            label: args.label.clone(),
        };
        cx.insert(&REPLACE_HEAP, &heap, &heap.params()).await?;
        Ok(Returned::success(Box::new(LabelHeapReply {})))
    }

    /// The function `heaps`.
    #[function(access = Internal, one_query, declaration = "1343dabcafe73178")]
    pub async fn heaps(cx: &mut Cx<'_>, _args: &HeapsArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let all: Vec<Heap> = cx
            .select(
                &SELECT_HEAP_BY_PLAYER_ORDER_SHELF_FIRST,
                &[caller.param(), Param::Int(9)],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(HeapsReply {
                    coins: all.iter().map(|row| row.coins).collect::<Vec<_>>(),
                }),
            ),
        )
    }

    /// A function that can fail writes a row as it is.
    #[function(access = Internal, writes, fails, declaration = "c31b7397b1e1a694")]
    pub async fn try_heap(
        cx: &mut Cx<'_>,
        args: &TryHeapArgs,
    ) -> Result<Returned, Stop> {
        const NONE: Failure = Failure::new(64, "no coins");
        let caller = cx.caller()?;
        if args.coins == 0 {
            return Err(NONE.into());
        }
        let heap = Heap {
            player: caller,
            shelf: 1,
            coins: args.coins,
            weight: 0.5,
            best: None,
            label: "none".to_owned(),
        };
        cx.insert(&REPLACE_HEAP, &heap, &heap.params()).await?;
        Ok(Returned::success(Box::new(TryHeapReply {})))
    }

    /// Calls `heap_up` as what gives does, by hand.
    #[function(access = Internal, writes, declaration = "41fb752bb876f94e")]
    pub async fn give_heap(
        cx: &mut Cx<'_>,
        args: &GiveHeapArgs,
    ) -> Result<Returned, Stop> {
        let Some(&native) = HOARD_NATIVE.get() else {
            return Err(aliya_runtime::native::missing("hoard"));
        };
        aliya_runtime::native::ended(native.give_heap(cx, args).await)
    }

    /// The function `give_new`.
    #[function(access = Internal, writes, declaration = "52f48eaca5e62fa4")]
    pub async fn give_new(
        cx: &mut Cx<'_>,
        args: &GiveNewArgs,
    ) -> Result<Returned, Stop> {
        let Some(&native) = HOARD_NATIVE.get() else {
            return Err(aliya_runtime::native::missing("hoard"));
        };
        aliya_runtime::native::ended(native.give_new(cx, args).await)
    }

    /// The function `give_heaps`.
    #[function(access = Internal, writes, declaration = "f99ca996c6a2bb4f")]
    pub async fn give_heaps(
        cx: &mut Cx<'_>,
        args: &GiveHeapsArgs,
    ) -> Result<Returned, Stop> {
        let Some(&native) = HOARD_NATIVE.get() else {
            return Err(aliya_runtime::native::missing("hoard"));
        };
        aliya_runtime::native::ended(native.give_heaps(cx, args).await)
    }

    /// The function `give_label`.
    #[function(access = Internal, writes, declaration = "e70b89764aafce48")]
    pub async fn give_label(
        cx: &mut Cx<'_>,
        args: &GiveLabelArgs,
    ) -> Result<Returned, Stop> {
        let Some(&native) = HOARD_NATIVE.get() else {
            return Err(aliya_runtime::native::missing("hoard"));
        };
        aliya_runtime::native::ended(native.give_label(cx, args).await)
    }
}
