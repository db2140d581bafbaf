//! The manager `guild`.
//!
//! Written by `cargo xtask gen` from managers/guild.yaml. Do not edit.

use aliya_runtime::prelude::*;

/// A family's house; its members' rows refer to it.
#[derive(Clone, Table)]
#[table(name = "guild_house")]
pub struct House {
    pub id: Id,
    #[column(max = 20)]
    pub name: String,
    pub size: i64,
}

/// A row of `member`.
#[derive(Clone, Table)]
#[table(name = "guild_member")]
pub struct Member {
    pub player: PlayerId,
    pub house: i64,
    pub friend: Option<PlayerId>,
    #[column(max = 20)]
    pub motto: Option<String>,
}

/// Args of `build`.
#[derive(Args)]
pub struct BuildArgs {
    #[arg(max = 20)]
    pub name: String,
}

/// Reply of `build`.
#[derive(Reply)]
pub struct BuildReply {
    pub house: Id,
}

/// Args of `join`.
#[derive(Args)]
pub struct JoinArgs {
    pub house: i64,
    pub friend: Option<PlayerId>,
    #[arg(max = 20)]
    pub motto: Option<String>,
}

/// Reply of `join`.
#[derive(Reply)]
pub struct JoinReply {}

/// Args of `join_all`.
#[derive(Args)]
pub struct JoinAllArgs {
    pub who: Vec<PlayerId>,
    pub house: i64,
}

/// Reply of `join_all`.
#[derive(Reply)]
pub struct JoinAllReply {
    pub n: i64,
}

/// Args of `move`.
#[derive(Args)]
pub struct MoveArgs {
    pub house: i64,
}

/// Reply of `move`.
#[derive(Reply)]
pub struct MoveReply {}

/// Args of `rename`.
#[derive(Args)]
pub struct RenameArgs {
    #[arg(max = 20)]
    pub from: String,
    #[arg(max = 20)]
    pub to: String,
}

/// Reply of `rename`.
#[derive(Reply)]
pub struct RenameReply {
    pub n: i64,
}

/// Args of `tear_down`.
#[derive(Args)]
pub struct TearDownArgs {
    pub house: i64,
}

/// Reply of `tear_down`.
#[derive(Reply)]
pub struct TearDownReply {
    pub n: i64,
}

/// Args of `leave`.
#[derive(Args)]
pub struct LeaveArgs {}

/// Reply of `leave`.
#[derive(Reply)]
pub struct LeaveReply {
    pub n: i64,
}

/// Args of `members`.
#[derive(Args)]
pub struct MembersArgs {
    pub house: i64,
}

/// Reply of `members`.
#[derive(Reply)]
pub struct MembersReply {
    pub players: Vec<PlayerId>,
}

static CREATE_HOUSE: Statement = Statement {
    name: "guild.house.create",
    sqlite: r#"CREATE TABLE "guild_house" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "name" TEXT NOT NULL
    CONSTRAINT "guild_house_name_max" CHECK (length("name") <= 20),
  "size" INTEGER NOT NULL DEFAULT 0
) STRICT"#,
};

static UNIQUE_HOUSE_NAME: Statement = Statement {
    name: "guild.house.unique_name",
    sqlite: r#"CREATE UNIQUE INDEX "unique_guild_house__name" ON "guild_house" ("name")"#,
};

static CREATE_MEMBER: Statement = Statement {
    name: "guild.member.create",
    sqlite: r#"CREATE TABLE "guild_member" (
  "player" TEXT NOT NULL,
  "house" INTEGER NOT NULL,
  "friend" TEXT,
  "motto" TEXT
    CONSTRAINT "guild_member_motto_max" CHECK (length("motto") <= 20),
  PRIMARY KEY ("player"),
  FOREIGN KEY ("house") REFERENCES "guild_house" ("id")
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  FOREIGN KEY ("friend") REFERENCES "guild_member" ("player")
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  FOREIGN KEY ("motto") REFERENCES "guild_house" ("name")
    ON DELETE RESTRICT ON UPDATE RESTRICT
) STRICT, WITHOUT ROWID"#,
};

static INDEX_MEMBER_HOUSE: Statement = Statement {
    name: "guild.member.index_house",
    sqlite: r#"CREATE INDEX "idx_guild_member__house" ON "guild_member" ("house")"#,
};

static INDEX_MEMBER_FRIEND: Statement = Statement {
    name: "guild.member.index_friend",
    sqlite: r#"CREATE INDEX "idx_guild_member__friend" ON "guild_member" ("friend")"#,
};

static INDEX_MEMBER_MOTTO: Statement = Statement {
    name: "guild.member.index_motto",
    sqlite: r#"CREATE INDEX "idx_guild_member__motto" ON "guild_member" ("motto")"#,
};

static INSERT_HOUSE_NEW_RETURNING_ID: Statement = Statement {
    name: "guild.house.insert_new_returning_id",
    sqlite: r#"INSERT INTO "guild_house" ("name", "size")
VALUES (?1, ?2)
ON CONFLICT DO NOTHING
RETURNING "id""#,
};

static INSERT_MEMBER_NEW: Statement = Statement {
    name: "guild.member.insert_new",
    sqlite: r#"INSERT INTO "guild_member" ("player", "house", "friend", "motto")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO NOTHING"#,
};

static GET_MEMBER_BY_PLAYER: Statement = Statement {
    name: "guild.member.get_by_player",
    sqlite: r#"SELECT "player", "house", "friend", "motto" FROM "guild_member" WHERE "player" = ?1"#,
};

static SAVE_MEMBER_HOUSE: Statement = Statement {
    name: "guild.member.save_house",
    sqlite: r#"UPDATE "guild_member" SET "house" = ?1 WHERE "player" = ?2"#,
};

static UPDATE_HOUSE_NAME_BY_NAME: Statement = Statement {
    name: "guild.house.update_name_by_name",
    sqlite: r#"UPDATE "guild_house" SET "name" = ?1 WHERE "name" = ?2"#,
};

static DELETE_HOUSE_BY_ID: Statement = Statement {
    name: "guild.house.delete_by_id",
    sqlite: r#"DELETE FROM "guild_house" WHERE "id" = ?1"#,
};

static DELETE_MEMBER_BY_PLAYER: Statement = Statement {
    name: "guild.member.delete_by_player",
    sqlite: r#"DELETE FROM "guild_member" WHERE "player" = ?1"#,
};

static SELECT_MEMBER_BY_HOUSE_ORDER_PLAYER_FIRST: Statement = Statement {
    name: "guild.member.select_by_house_order_player_first",
    sqlite: r#"SELECT "player", "house", "friend", "motto"
FROM "guild_member"
WHERE "house" = ?1
ORDER BY "player"
LIMIT ?2"#,
};

/// The manager `guild`.
pub struct GuildManager;

#[manager(
    name = "guild",
    port = 9006,
    schema = [
        CREATE_HOUSE,
        UNIQUE_HOUSE_NAME,
        CREATE_MEMBER,
        INDEX_MEMBER_HOUSE,
        INDEX_MEMBER_FRIEND,
        INDEX_MEMBER_MOTTO,
    ],
)]
impl GuildManager {
    /// The function `build`.
    #[function(access = Player, writes)]
    pub async fn build(cx: &mut Cx<'_>, args: &BuildArgs) -> Result<Returned, Stop> {
        const TAKEN: Failure = Failure::new(51, "taken");
        let mut h = House {
            id: Id(0),
            name: args.name.clone(),
            size: 0,
        };
        h.id = cx
            .insert_id(
                &INSERT_HOUSE_NEW_RETURNING_ID,
                &h,
                &[h.name.param(), h.size.param()],
            )
            .await?
            .ok_or(TAKEN)?;
        Ok(Returned::success(Box::new(BuildReply { house: h.id })))
    }

    /// The function `join`.
    #[function(access = Player, writes)]
    pub async fn join(cx: &mut Cx<'_>, args: &JoinArgs) -> Result<Returned, Stop> {
        const MEMBER: Failure = Failure::new(52, "is a member");
        let caller = cx.caller()?;
        let member = Member {
            player: caller,
            house: args.house,
            friend: args.friend.clone(),
            motto: args.motto.clone(),
        };
        if !cx.insert(&INSERT_MEMBER_NEW, &member, &member.params()).await? {
            return Err(MEMBER.into());
        }
        Ok(Returned::success(Box::new(JoinReply {})))
    }

    /// The function `join_all`.
    #[function(access = Player, writes)]
    pub async fn join_all(
        cx: &mut Cx<'_>,
        args: &JoinAllArgs,
    ) -> Result<Returned, Stop> {
        let rows: Vec<_> = args
            .who
            .iter()
            .map(|w| Member {
                player: w.clone(),
                house: args.house,
                friend: None,
                motto: None,
            })
            .collect();
        let n = cx.insert_all(&INSERT_MEMBER_NEW, &rows, Member::params).await?;
        Ok(Returned::success(Box::new(JoinAllReply { n })))
    }

    /// The function `move`.
    #[function(access = Player, writes)]
    pub async fn r#move(cx: &mut Cx<'_>, args: &MoveArgs) -> Result<Returned, Stop> {
        const STRANGER: Failure = Failure::new(53, "no member");
        let caller = cx.caller()?;
        let mut m: Member = cx
            .get(&GET_MEMBER_BY_PLAYER, &[caller.param()])
            .await?
            .ok_or(STRANGER)?;
        m.house = args.house;
        cx.save(&SAVE_MEMBER_HOUSE, &m, &[m.house.param(), m.player.param()]).await?;
        Ok(Returned::success(Box::new(MoveReply {})))
    }

    /// The function `rename`.
    #[function(access = Player, writes)]
    pub async fn rename(cx: &mut Cx<'_>, args: &RenameArgs) -> Result<Returned, Stop> {
        let n = cx
            .change(
                &UPDATE_HOUSE_NAME_BY_NAME,
                &[args.to.param(), args.from.param()],
                "managers/guild.yaml:67:13: update",
            )
            .await?;
        Ok(Returned::success(Box::new(RenameReply { n })))
    }

    /// Fails while it has members.
    #[function(access = Player, writes)]
    pub async fn tear_down(
        cx: &mut Cx<'_>,
        args: &TearDownArgs,
    ) -> Result<Returned, Stop> {
        let n = cx
            .change(
                &DELETE_HOUSE_BY_ID,
                &[Id(args.house).param()],
                "managers/guild.yaml:76:13: delete",
            )
            .await?;
        Ok(Returned::success(Box::new(TearDownReply { n })))
    }

    /// The function `leave`.
    #[function(access = Player, writes)]
    pub async fn leave(cx: &mut Cx<'_>, _args: &LeaveArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let n = cx
            .change(
                &DELETE_MEMBER_BY_PLAYER,
                &[caller.param()],
                "managers/guild.yaml:82:13: delete",
            )
            .await?;
        Ok(Returned::success(Box::new(LeaveReply { n })))
    }

    /// The function `members`.
    #[function(access = Player)]
    pub async fn members(cx: &mut Cx<'_>, args: &MembersArgs) -> Result<Returned, Stop> {
        let rows: Vec<Member> = cx
            .select(
                &SELECT_MEMBER_BY_HOUSE_ORDER_PLAYER_FIRST,
                &[args.house.param(), Param::Int(50)],
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(MembersReply {
                    players: rows
                        .iter()
                        .map(|row| row.player.clone())
                        .collect::<Vec<_>>(),
                }),
            ),
        )
    }
}
