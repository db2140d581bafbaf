//! Families, their members and ranks.
//!
//! Written by `cargo xtask gen` from managers/family.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::bag;
use crate::mail;
use crate::profile;
use crate::enums::{FamilyRank, Item, LetterKind};
use crate::formulas;

/// A row of `family`.
#[derive(Clone, Table)]
#[table(name = "family_family")]
pub struct Family {
    pub id: Id,
    #[column(max = 32)]
    pub name: String,
    pub icon: i64,
    pub exp: i64,
    pub members: i64,
    pub ends: Option<Time>,
}

/// A row of `member`.
#[derive(Clone, Table)]
#[table(name = "family_member")]
pub struct Member {
    pub player: PlayerId,
    pub family: i64,
    pub rank: FamilyRank,
}

/// When somebody who left may join again.
#[derive(Clone, Table)]
#[table(name = "family_left")]
pub struct Left {
    pub player: PlayerId,
    pub until: Time,
}

/// A row of `history`.
#[derive(Clone, Table)]
#[table(name = "family_history")]
pub struct History {
    pub id: Id,
    pub family: i64,
    pub at: Time,
    #[column(max = 200)]
    pub what: String,
}

/// Args of `my_rank`.
#[derive(Args, Outgoing)]
pub struct MyRankArgs {}

/// Reply of `my_rank`.
#[derive(Clone, Reply, Incoming)]
pub struct MyRankReply {
    pub family: Id,
    pub family_name: String,
    pub rank: FamilyRank,
    pub name: String,
}

/// Args of `create_family`.
#[derive(Args)]
pub struct CreateFamilyArgs {
    #[arg(min = 1, max = 32)]
    pub name: String,
    #[arg(min = 0)]
    pub icon: i64,
}

/// Reply of `create_family`.
#[derive(Reply)]
pub struct CreateFamilyReply {
    pub name: String,
    pub icon: i64,
    pub iid: Item,
    pub value: i64,
}

/// Args of `invite_user_family`.
#[derive(Args)]
pub struct InviteUserFamilyArgs {
    #[arg(max = 32)]
    pub gn_target: String,
}

/// Reply of `invite_user_family`.
#[derive(Reply)]
pub struct InviteUserFamilyReply {
    pub gn: String,
    pub times: i64,
}

/// An object in the reply of `invite_user_family`.
#[derive(Clone, Reply)]
pub struct InviteUserFamilyReplyCooling {
    pub seconds: i64,
}

/// Args of `respond_family`.
#[derive(Args)]
pub struct RespondFamilyArgs {
    pub nonce: Id,
}

/// Reply of `respond_family`.
#[derive(Reply)]
pub struct RespondFamilyReply {
    pub name: String,
    pub icon: i64,
    pub exp: i64,
}

/// Args of `set_role_family`.
#[derive(Args)]
pub struct SetRoleFamilyArgs {
    #[arg(max = 32)]
    pub gn_target: String,
    pub role: FamilyRank,
}

/// Reply of `set_role_family`.
#[derive(Reply)]
pub struct SetRoleFamilyReply {
    pub gn: String,
    pub role: FamilyRank,
}

/// Args of `disband_family`.
#[derive(Args)]
pub struct DisbandFamilyArgs {}

/// Reply of `disband_family`.
#[derive(Reply)]
pub struct DisbandFamilyReply {
    pub timer: i64,
}

/// Args of `close_families`.
#[derive(Args)]
pub struct CloseFamiliesArgs {}

/// Reply of `close_families`.
#[derive(Reply)]
pub struct CloseFamiliesReply {}

static CREATE_FAMILY: Statement = Statement {
    name: "family.family.create",
    sqlite: r#"CREATE TABLE "family_family" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "name" TEXT NOT NULL
    CONSTRAINT "family_family_name_max" CHECK (length("name") <= 32),
  "icon" INTEGER NOT NULL DEFAULT 0,
  "exp" INTEGER NOT NULL DEFAULT 0,
  "members" INTEGER NOT NULL DEFAULT 1,
  "ends" INTEGER
) STRICT"#,
};

static UNIQUE_FAMILY_NAME: Statement = Statement {
    name: "family.family.unique_name",
    sqlite: r#"CREATE UNIQUE INDEX "unique_family_family__name" ON "family_family" ("name")"#,
};

static CREATE_MEMBER: Statement = Statement {
    name: "family.member.create",
    sqlite: r#"CREATE TABLE "family_member" (
  "player" TEXT NOT NULL,
  "family" INTEGER NOT NULL,
  "rank" INTEGER NOT NULL
    CONSTRAINT "family_member_rank_known" CHECK ("rank" IN (0, 4, 8, 10)),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
};

static INDEX_MEMBER_FAMILY: Statement = Statement {
    name: "family.member.index_family",
    sqlite: r#"CREATE INDEX "idx_family_member__family" ON "family_member" ("family")"#,
};

static CREATE_LEFT: Statement = Statement {
    name: "family.left.create",
    sqlite: r#"CREATE TABLE "family_left" (
  "player" TEXT NOT NULL,
  "until" INTEGER NOT NULL,
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
};

static CREATE_HISTORY: Statement = Statement {
    name: "family.history.create",
    sqlite: r#"CREATE TABLE "family_history" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "family" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  "what" TEXT NOT NULL
    CONSTRAINT "family_history_what_max" CHECK (length("what") <= 200)
) STRICT"#,
};

static GET_MEMBER_BY_PLAYER: Statement = Statement {
    name: "family.member.get_by_player",
    sqlite: r#"SELECT "player", "family", "rank" FROM "family_member" WHERE "player" = ?1"#,
};

static GET_FAMILY_BY_ID: Statement = Statement {
    name: "family.family.get_by_id",
    sqlite: r#"SELECT "id", "name", "icon", "exp", "members", "ends" FROM "family_family" WHERE "id" = ?1"#,
};

static EXISTS_MEMBER_BY_PLAYER: Statement = Statement {
    name: "family.member.exists_by_player",
    sqlite: r#"SELECT EXISTS (SELECT 1 FROM "family_member" WHERE "player" = ?1)"#,
};

static EXISTS_FAMILY_BY_NAME: Statement = Statement {
    name: "family.family.exists_by_name",
    sqlite: r#"SELECT EXISTS (SELECT 1 FROM "family_family" WHERE "name" = ?1)"#,
};

static INSERT_FAMILY_NEW_RETURNING_ID: Statement = Statement {
    name: "family.family.insert_new_returning_id",
    sqlite: r#"INSERT INTO "family_family" ("name", "icon", "exp", "members", "ends")
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO NOTHING
RETURNING "id""#,
};

static INSERT_MEMBER_NEW: Statement = Statement {
    name: "family.member.insert_new",
    sqlite: r#"INSERT INTO "family_member" ("player", "family", "rank")
VALUES (?1, ?2, ?3)
ON CONFLICT DO NOTHING"#,
};

static GET_LEFT_BY_PLAYER: Statement = Statement {
    name: "family.left.get_by_player",
    sqlite: r#"SELECT "player", "until" FROM "family_left" WHERE "player" = ?1"#,
};

static INSERT_HISTORY: Statement = Statement {
    name: "family.history.insert",
    sqlite: r#"INSERT INTO "family_history" ("family", "at", "what") VALUES (?1, ?2, ?3)"#,
};

static SAVE_FAMILY_MEMBERS: Statement = Statement {
    name: "family.family.save_members",
    sqlite: r#"UPDATE "family_family" SET "members" = ?1 WHERE "id" = ?2"#,
};

static SAVE_MEMBER_RANK: Statement = Statement {
    name: "family.member.save_rank",
    sqlite: r#"UPDATE "family_member" SET "rank" = ?1 WHERE "player" = ?2"#,
};

static SAVE_FAMILY_ENDS: Statement = Statement {
    name: "family.family.save_ends",
    sqlite: r#"UPDATE "family_family" SET "ends" = ?1 WHERE "id" = ?2"#,
};

static SELECT_FAMILY_BY_ENDS_LT_FIRST: Statement = Statement {
    name: "family.family.select_by_ends_lt_first",
    sqlite: r#"SELECT "id", "name", "icon", "exp", "members", "ends"
FROM "family_family"
WHERE "ends" < ?1
LIMIT ?2"#,
};

static DELETE_MEMBER_BY_FAMILY_IN: Statement = Statement {
    name: "family.member.delete_by_family_in",
    sqlite: r#"DELETE FROM "family_member" WHERE "family" IN (SELECT value FROM json_each(?1))"#,
};

static DELETE_FAMILY_BY_ID_IN: Statement = Statement {
    name: "family.family.delete_by_id_in",
    sqlite: r#"DELETE FROM "family_family" WHERE "id" IN (SELECT value FROM json_each(?1))"#,
};

/// Families, their members and ranks.
pub struct FamilyManager;

#[manager(
    name = "family",
    port = 8096,
    schema = [
        CREATE_FAMILY,
        UNIQUE_FAMILY_NAME,
        CREATE_MEMBER,
        INDEX_MEMBER_FAMILY,
        CREATE_LEFT,
        CREATE_HISTORY,
    ],
)]
impl FamilyManager {
    /// The caller's family and rank.
    #[function(access = Internal, reaches = ["profile"], reply = MyRankReply)]
    pub async fn my_rank(cx: &mut Cx<'_>, _args: &MyRankArgs) -> Result<Returned, Stop> {
        const NO_FAMILY: Failure = Failure::new(99, "not in a family");
        let caller = cx.caller()?;
        let now = cx.now();
        let m: Member = cx
            .get(&GET_MEMBER_BY_PLAYER, &[caller.param()])
            .await?
            .ok_or(NO_FAMILY)?;
        let f: Family = cx
            .get(&GET_FAMILY_BY_ID, &[Id(m.family).param()])
            .await?
            .ok_or(NO_FAMILY)?;
        if f.ends.is_some() && f.ends.unwrap_or(now) <= now {
            return Err(NO_FAMILY.into());
        }
        let c = match cx.call::<profile::Card>(&profile::CardArgs {}).await {
            Err(Stop::Failed(Failure { status: 1, .. })) => {
                return Err(NO_FAMILY.into());
            }
            answered => answered?.data,
        };
        Ok(
            Returned::success(
                Box::new(MyRankReply {
                    family: f.id,
                    family_name: f.name,
                    rank: m.rank,
                    name: c.name,
                }),
            ),
        )
    }

    /// Found a family.
    #[function(access = Player, writes, reaches = ["bag", "profile"])]
    pub async fn create_family(
        cx: &mut Cx<'_>,
        args: &CreateFamilyArgs,
    ) -> Result<Returned, Stop> {
        const LEVEL: Failure = Failure::new(95, "you must be over level 18");
        const IN_FAMILY: Failure = Failure::new(98, "already in a family");
        const NAME_TAKEN: Failure = Failure::new(96, "name already exists!");
        const INSUFFICIENT: Failure = Failure::new(97, "insufficient materials");
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let me = cx.call::<profile::Card>(&profile::CardArgs {}).await?.data;
        if me.level < config.family.player_level {
            return Err(LEVEL.into());
        }
        let is_member: bool = cx
            .value(
                &EXISTS_MEMBER_BY_PLAYER,
                &[caller.param()],
                "managers/family.yaml:59:13: exists",
            )
            .await?;
        if is_member {
            return Err(IN_FAMILY.into());
        }
        let taken: bool = cx
            .value(
                &EXISTS_FAMILY_BY_NAME,
                &[args.name.param()],
                "managers/family.yaml:64:13: exists",
            )
            .await?;
        if taken {
            return Err(NAME_TAKEN.into());
        }
        let paid = match cx
            .call::<bag::SpendSupply>(
                &bag::SpendSupplyArgs {
                    item: Item::Diamond,
                    amount: config.family.create_price,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?.data,
        };
        let mut f = Family {
            id: Id(0),
            name: args.name.clone(),
            icon: args.icon,
            exp: 0,
            members: 1,
            ends: None,
        };
        f.id = cx
            .insert_id(
                &INSERT_FAMILY_NEW_RETURNING_ID,
                &f,
                &[
                    f.name.param(),
                    f.icon.param(),
                    f.exp.param(),
                    f.members.param(),
                    f.ends.param(),
                ],
            )
            .await?
            .ok_or(NAME_TAKEN)?;
        let member = Member {
            player: caller,
            family: f.id.0,
            rank: FamilyRank::Owner,
        };
        if !cx.insert(&INSERT_MEMBER_NEW, &member, &member.params()).await? {
            return Err(IN_FAMILY.into());
        }
        Ok(
            Returned::success(
                Box::new(CreateFamilyReply {
                    name: f.name,
                    icon: f.icon,
                    iid: Item::Diamond,
                    value: paid.left,
                }),
            ),
        )
    }

    /// Ask a player into the caller's family.
    #[function(access = Player, writes, reaches = ["mail", "profile"])]
    pub async fn invite_user_family(
        cx: &mut Cx<'_>,
        args: &InviteUserFamilyArgs,
    ) -> Result<Returned, Stop> {
        const RANK: Failure = Failure::new(98, "insufficient permissions");
        const NOBODY: Failure = Failure::new(93, "The invited user does not exist");
        const COOLING: Failure = Failure::new(96, "The cooldown has not ended");
        const LEVEL: Failure = Failure::new(95, "level below 18");
        const IN_FAMILY: Failure = Failure::new(
            94,
            "The invitee has already joined the family",
        );
        const NO_MORE: Failure = Failure::new(
            91,
            "We have run out of invitations today",
        );
        const MAIL_FULL: Failure = Failure::new(92, "target mailbox full");
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let me = cx.call::<MyRank>(&MyRankArgs {}).await?.data;
        if me.rank < FamilyRank::Officer {
            return Err(RANK.into());
        }
        let target = match cx
            .call::<profile::FindPlayer>(
                &profile::FindPlayerArgs {
                    name: args.gn_target.clone(),
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(NOBODY.into()),
            answered => answered?.data,
        };
        let gone: Option<Left> = cx
            .get(&GET_LEFT_BY_PLAYER, &[target.player.param()])
            .await?;
        let until = gone.as_ref().map(|row| row.until).unwrap_or(now);
        if until > now {
            return Err(
                COOLING
                    .with(
                        &InviteUserFamilyReplyCooling {
                            seconds: ops::div(
                                    ops::sub(until.0, now.0)
                                        .at("managers/family.yaml:109:30: (until - now)")?,
                                    1000,
                                )
                                .at(
                                    "managers/family.yaml:109:30: (until - now) / seconds(1)",
                                )?,
                        },
                    )
                    .into(),
            );
        }
        let card = cx
            .call_for::<profile::Card>(target.player.clone(), &profile::CardArgs {})
            .await?
            .data;
        if card.level < config.family.player_level {
            return Err(LEVEL.into());
        }
        let has_family: bool = cx
            .value(
                &EXISTS_MEMBER_BY_PLAYER,
                &[target.player.param()],
                "managers/family.yaml:115:13: exists",
            )
            .await?;
        if has_family {
            return Err(IN_FAMILY.into());
        }
        let left_today = cx
            .allow(ops::Allow {
                manager: "family",
                name: "family_invites",
                per: ops::Per::Calendar(ops::Span::Day),
                by: &[me.family.param()],
                max: config.family.invites,
                uses: 1,
                at: "managers/family.yaml:120:13: allow",
            })
            .await?
            .ok_or(NO_MORE)?;
        match cx
            .call_for::<mail::Post>(
                target.player.clone(),
                &mail::PostArgs {
                    kind: LetterKind::FamilyRequest,
                    sender: me.family_name,
                    subject: "FAMILY_INVITATION".to_owned(),
                    about: Some(target.player.clone()),
                    family: Some(me.family.0),
                },
            )
            .await
        {
            Err(Stop::Failed(Failure { status: 1, .. })) => {
                return Err(MAIL_FULL.into());
            }
            answered => answered?,
        };
        let history = History {
            id: Id(0),
            family: me.family.0,
            at: now,
            what: ["fm_2:", me.name.as_str(), ",", args.gn_target.as_str()].concat(),
        };
        cx.insert(
                &INSERT_HISTORY,
                &history,
                &[history.family.param(), history.at.param(), history.what.param()],
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(InviteUserFamilyReply {
                    gn: args.gn_target.clone(),
                    times: left_today,
                }),
            ),
        )
    }

    /// Accept what a letter asks, an invitation or a request to join.
    #[function(access = Player, writes, reaches = ["mail", "profile"])]
    pub async fn respond_family(
        cx: &mut Cx<'_>,
        args: &RespondFamilyArgs,
    ) -> Result<Returned, Stop> {
        const INVALID_NONCE: Failure = Failure::new(99, "invalid nonce");
        const IN_FAMILY: Failure = Failure::new(98, "target user is already in family");
        const GONE: Failure = Failure::new(97, "family no longer exists");
        const FULL: Failure = Failure::new(96, "family is full");
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let asked = match cx
            .call::<mail::RequestIn>(
                &mail::RequestInArgs {
                    letter: args.nonce,
                    kind: LetterKind::FamilyRequest,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INVALID_NONCE.into()),
            answered => answered?.data,
        };
        let has_family: bool = cx
            .value(
                &EXISTS_MEMBER_BY_PLAYER,
                &[asked.about.param()],
                "managers/family.yaml:147:13: exists",
            )
            .await?;
        if has_family {
            return Err(IN_FAMILY.into());
        }
        let mut f: Family = cx
            .get(&GET_FAMILY_BY_ID, &[Id(asked.family).param()])
            .await?
            .ok_or(GONE)?;
        if f.members >= config.family.members_max {
            return Err(FULL.into());
        }
        let them = cx
            .call_for::<profile::Card>(asked.about.clone(), &profile::CardArgs {})
            .await?
            .data;
        let me = cx.call::<profile::Card>(&profile::CardArgs {}).await?.data;
        match cx
            .call::<mail::TakeLetter>(
                &mail::TakeLetterArgs {
                    letter: args.nonce,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INVALID_NONCE.into()),
            answered => answered?,
        };
        let member = Member {
            player: asked.about,
            family: f.id.0,
            rank: FamilyRank::Basic,
        };
        if !cx.insert(&INSERT_MEMBER_NEW, &member, &member.params()).await? {
            return Err(IN_FAMILY.into());
        }
        f.members = ops::add(f.members, 1)
            .at("managers/family.yaml:170:29: f.members + 1")?;
        cx.save(&SAVE_FAMILY_MEMBERS, &f, &[f.members.param(), f.id.param()]).await?;
        let history = History {
            id: Id(0),
            family: f.id.0,
            at: now,
            what: ["fm_3:", me.name.as_str(), ",", them.name.as_str()].concat(),
        };
        cx.insert(
                &INSERT_HISTORY,
                &history,
                &[history.family.param(), history.at.param(), history.what.param()],
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(RespondFamilyReply {
                    name: f.name,
                    icon: f.icon,
                    exp: f.exp,
                }),
            ),
        )
    }

    /// Give a member another rank.
    #[function(access = Player, writes, reaches = ["profile"])]
    pub async fn set_role_family(
        cx: &mut Cx<'_>,
        args: &SetRoleFamilyArgs,
    ) -> Result<Returned, Stop> {
        const OTHER: Failure = Failure::new(97, "target not in your family");
        const YOURSELF: Failure = Failure::new(99, "can not modify yourself");
        const MY_FAMILY: Failure = Failure::new(98, "not in family");
        const SAME: Failure = Failure::new(
            94,
            "Membership has always been this identity",
        );
        const RANK: Failure = Failure::new(96, "insufficient permissions");
        let caller = cx.caller()?;
        let now = cx.now();
        let target = match cx
            .call::<profile::FindPlayer>(
                &profile::FindPlayerArgs {
                    name: args.gn_target.clone(),
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(OTHER.into()),
            answered => answered?.data,
        };
        if target.player == caller {
            return Err(YOURSELF.into());
        }
        let me = match cx.call::<MyRank>(&MyRankArgs {}).await {
            Err(Stop::Failed(Failure { status: 99, .. })) => {
                return Err(MY_FAMILY.into());
            }
            answered => answered?.data,
        };
        let mut them: Member = cx
            .get(&GET_MEMBER_BY_PLAYER, &[target.player.param()])
            .await?
            .ok_or(OTHER)?;
        if them.family != me.family.0 {
            return Err(OTHER.into());
        }
        if them.rank == args.role {
            return Err(SAME.into());
        }
        if !formulas::may_set(me.rank, them.rank, args.role)? {
            return Err(RANK.into());
        }
        them.rank = args.role;
        cx.save(&SAVE_MEMBER_RANK, &them, &[them.rank.param(), them.player.param()])
            .await?;
        let history = History {
            id: Id(0),
            family: me.family.0,
            at: now,
            what: ["fm_6:", me.name.as_str(), ",", args.gn_target.as_str()].concat(),
        };
        cx.insert(
                &INSERT_HISTORY,
                &history,
                &[history.family.param(), history.at.param(), history.what.param()],
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(SetRoleFamilyReply {
                    gn: args.gn_target.clone(),
                    role: args.role,
                }),
            ),
        )
    }

    /// End the family in a day's time.
    #[function(access = Player, writes, reaches = ["profile"])]
    pub async fn disband_family(
        cx: &mut Cx<'_>,
        _args: &DisbandFamilyArgs,
    ) -> Result<Returned, Stop> {
        const RANK: Failure = Failure::new(98, "insufficient permissions");
        const NO_FAMILY: Failure = Failure::new(99, "not in a family");
        const AGAIN: Failure = Failure::new(97, "family already disbanded");
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let me = cx.call::<MyRank>(&MyRankArgs {}).await?.data;
        if me.rank < FamilyRank::Officer {
            return Err(RANK.into());
        }
        let mut f: Family = cx
            .get(&GET_FAMILY_BY_ID, &[me.family.param()])
            .await?
            .ok_or(NO_FAMILY)?;
        if f.ends.is_some() {
            return Err(AGAIN.into());
        }
        f.ends = Some(
            Time(
                ops::add(
                        now.0,
                        ops::mul(config.family.disband_hours, 3600000)
                            .at(
                                "managers/family.yaml:225:32: hours(config.family.disband_hours)",
                            )?,
                    )
                    .at(
                        "managers/family.yaml:225:26: now + hours(config.family.disband_hours)",
                    )?,
            ),
        );
        cx.save(&SAVE_FAMILY_ENDS, &f, &[f.ends.param(), f.id.param()]).await?;
        let history = History {
            id: Id(0),
            family: f.id.0,
            at: now,
            what: ["fm_8:", me.name.as_str()].concat(),
        };
        cx.insert(
                &INSERT_HISTORY,
                &history,
                &[history.family.param(), history.at.param(), history.what.param()],
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(DisbandFamilyReply {
                    timer: ops::div(
                            ops::mul(config.family.disband_hours, 3600000)
                                .at(
                                    "managers/family.yaml:228:30: hours(config.family.disband_hours)",
                                )?,
                            1000,
                        )
                        .at(
                            "managers/family.yaml:228:30: hours(config.family.disband_hours) / seconds(1)",
                        )?,
                }),
            ),
        )
    }

    /// Remove families whose time is over.
    #[function(access = Admin, writes)]
    pub async fn close_families(
        cx: &mut Cx<'_>,
        _args: &CloseFamiliesArgs,
    ) -> Result<Returned, Stop> {
        let now = cx.now();
        let over: Vec<Family> = cx
            .select(&SELECT_FAMILY_BY_ENDS_LT_FIRST, &[now.param(), Param::Int(100)])
            .await?;
        cx.change(
                &DELETE_MEMBER_BY_FAMILY_IN,
                &[
                    Param::Text(
                        &ops::json(&over.iter().map(|row| row.id).collect::<Vec<_>>()),
                    ),
                ],
                "managers/family.yaml:237:13: delete",
            )
            .await?;
        cx.change(
                &DELETE_FAMILY_BY_ID_IN,
                &[
                    Param::Text(
                        &ops::json(&over.iter().map(|row| row.id).collect::<Vec<_>>()),
                    ),
                ],
                "managers/family.yaml:239:13: delete",
            )
            .await?;
        Ok(Returned::success(Box::new(CloseFamiliesReply {})))
    }
}
