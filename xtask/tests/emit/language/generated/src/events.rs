//! What happens by itself.
//!
//! Written by `cargo xtask gen` from managers/events.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// A row of `gate`.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(name = "events_gate")]
pub struct Gate {
    #[column(max = 9)]
    pub name: String,
    pub open: i64,
}

/// When a player came, and what there was to begin with.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(name = "events_arrival")]
pub struct Arrival {
    pub player: PlayerId,
    pub at: Time,
    pub coins: i64,
}

/// Args of `set_gate`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct SetGateArgs {
    pub open: i64,
}

/// Reply of `set_gate`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct SetGateReply {}

/// Args of `arrive`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct ArriveArgs {}

/// Reply of `arrive`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct ArriveReply {}

/// Args of `my_arrival`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct MyArrivalArgs {}

/// Reply of `my_arrival`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct MyArrivalReply {
    pub at: Time,
    pub coins: i64,
}

static CREATE_GATE: Statement = Statement {
    name: "events.gate.create",
    sqlite: r#"CREATE TABLE "events_gate" (
  "name" TEXT NOT NULL
    CONSTRAINT "events_gate_name_max" CHECK (length("name") <= 9),
  "open" INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY ("name")
) STRICT, WITHOUT ROWID"#,
};

static CREATE_ARRIVAL: Statement = Statement {
    name: "events.arrival.create",
    sqlite: r#"CREATE TABLE "events_arrival" (
  "player" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "coins" INTEGER NOT NULL,
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
};

static GET_GATE_BY_NAME: Statement = Statement {
    name: "events.gate.get_by_name",
    sqlite: r#"SELECT "name", "open" FROM "events_gate" WHERE "name" = ?1"#,
};

static UPSERT_GATE_OPEN: Statement = Statement {
    name: "events.gate.upsert_open",
    sqlite: r#"INSERT INTO "events_gate" ("name", "open")
VALUES (?1, ?2)
ON CONFLICT ("name") DO UPDATE SET "open" = excluded."open""#,
};

static INSERT_ARRIVAL: Statement = Statement {
    name: "events.arrival.insert",
    sqlite: r#"INSERT INTO "events_arrival" ("player", "at", "coins") VALUES (?1, ?2, ?3)"#,
};

static GET_ARRIVAL_BY_PLAYER: Statement = Statement {
    name: "events.arrival.get_by_player",
    sqlite: r#"SELECT "player", "at", "coins" FROM "events_arrival" WHERE "player" = ?1"#,
};

/// What happens by itself.
pub struct EventsManager;

#[manager(name = "events", port = 9106, schema = [CREATE_GATE, CREATE_ARRIVAL])]
impl EventsManager {
    /// Opens and closes the gate.
    #[function(access = Player, writes)]
    pub async fn set_gate(
        cx: &mut Cx<'_>,
        args: &SetGateArgs,
    ) -> Result<Returned<SetGateReply>, Stop> {
        let mut g: Gate = cx
            .get(&GET_GATE_BY_NAME, &[Param::Text("main")])
            .await?
            .unwrap_or_else(|| Gate {
                name: "main".to_owned(),
                open: 1,
            });
        g.open = args.open;
        cx.save(&UPSERT_GATE_OPEN, &g, &g.params()).await?;
        Ok(Returned::success(SetGateReply {}))
    }

    /// The gate is asked first; through a closed one nobody comes.
    #[function(access = Internal, writes, runs = PlayerCreated)]
    pub async fn arrive(
        cx: &mut Cx<'_>,
        _args: &ArriveArgs,
    ) -> Result<Returned<ArriveReply>, Stop> {
        let caller = cx.caller()?;
        let now = cx.now();
        let g: Gate = cx
            .get(&GET_GATE_BY_NAME, &[Param::Text("main")])
            .await?
            .unwrap_or_else(|| Gate {
                name: "main".to_owned(),
                open: 1,
            });
        let arrival = Arrival {
            player: caller,
            at: now,
            coins: ops::div(100, g.open).at("managers/events.yaml:35:52: 100 / g.open")?,
        };
        cx.insert(&INSERT_ARRIVAL, &arrival, &arrival.params()).await?;
        Ok(Returned::success(ArriveReply {}))
    }

    /// The function `my_arrival`.
    #[function(access = Player)]
    pub async fn my_arrival(
        cx: &mut Cx<'_>,
        _args: &MyArrivalArgs,
    ) -> Result<Returned<MyArrivalReply>, Stop> {
        const UNKNOWN: Failure = Failure::new(30, "unknown");
        let caller = cx.caller()?;
        let a: Arrival = cx
            .get(&GET_ARRIVAL_BY_PLAYER, &[caller.param()])
            .await?
            .ok_or(UNKNOWN)?;
        Ok(
            Returned::success(MyArrivalReply {
                at: a.at,
                coins: a.coins,
            }),
        )
    }
}
