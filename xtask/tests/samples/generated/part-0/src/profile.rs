//! Who a player is.
//!
//! Written by `cargo xtask gen` from managers/profile.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::profile::*;

/// A row of `person`.
#[derive(Clone, Table)]
#[table(name = "profile_person")]
pub struct Person {
    pub player: PlayerId,
    #[column(max = 32)]
    pub name: String,
    pub icon: i64,
    #[column(min = 0)]
    pub exp: i64,
}

/// Args of `be_called`.
#[derive(Args)]
pub struct BeCalledArgs {
    #[arg(min = 1, max = 32)]
    pub name: String,
    #[arg(default = 0)]
    pub icon: i64,
}

/// Reply of `be_called`.
#[derive(Reply)]
pub struct BeCalledReply {}

static CREATE_PERSON: Statement = Statement {
    name: "profile.person.create",
    sqlite: r#"CREATE TABLE "profile_person" (
  "player" TEXT NOT NULL,
  "name" TEXT NOT NULL
    CONSTRAINT "profile_person_name_max" CHECK (length("name") <= 32),
  "icon" INTEGER NOT NULL DEFAULT 0,
  "exp" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "profile_person_exp_min" CHECK ("exp" >= 0),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "profile_person" (
  "player" TEXT COLLATE "C" NOT NULL,
  "name" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "profile_person_name_max" CHECK (char_length("name") <= 32),
  "icon" BIGINT NOT NULL DEFAULT 0,
  "exp" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "profile_person_exp_min" CHECK ("exp" >= 0),
  CONSTRAINT "profile_person_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `profile_person` (
  `player` VARCHAR(255) NOT NULL,
  `name` VARCHAR(32) NOT NULL,
  `icon` BIGINT NOT NULL DEFAULT 0,
  `exp` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`),
  CONSTRAINT `profile_person_name_max` CHECK (CHAR_LENGTH(`name`) <= 32),
  CONSTRAINT `profile_person_exp_min` CHECK (`exp` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static UNIQUE_PERSON_NAME: Statement = Statement {
    name: "profile.person.unique_name",
    sqlite: r#"CREATE UNIQUE INDEX "unique_profile_person__name" ON "profile_person" ("name")"#,
    postgres: r#"CREATE UNIQUE INDEX "unique_profile_person__name" ON "profile_person" ("name")"#,
    mysql: "CREATE UNIQUE INDEX `unique_profile_person__name` ON `profile_person` (`name`)",
};

static INSERT_PERSON_NEW: Statement = Statement {
    name: "profile.person.insert_new",
    sqlite: r#"INSERT INTO "profile_person" ("player", "name", "icon", "exp")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "profile_person" ("player", "name", "icon", "exp")
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING"#,
    mysql: "INSERT INTO `profile_person` (`player`, `name`, `icon`, `exp`) VALUES (?, ?, ?, ?)",
};

static GET_PERSON_BY_PLAYER: Statement = Statement {
    name: "profile.person.get_by_player",
    sqlite: r#"SELECT "player", "name", "icon", "exp" FROM "profile_person" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "name", "icon", "exp" FROM "profile_person" WHERE "player" = $1"#,
    mysql: "SELECT `player`, `name`, `icon`, `exp` FROM `profile_person` WHERE `player` = ?",
};

static GET_PERSON_BY_NAME: Statement = Statement {
    name: "profile.person.get_by_name",
    sqlite: r#"SELECT "player", "name", "icon", "exp" FROM "profile_person" WHERE "name" = ?1"#,
    postgres: r#"SELECT "player", "name", "icon", "exp" FROM "profile_person" WHERE "name" = $1"#,
    mysql: "SELECT `player`, `name`, `icon`, `exp` FROM `profile_person` WHERE `name` = ?",
};

static UPDATE_PERSON_EXP_BY_PLAYER: Statement = Statement {
    name: "profile.person.update_exp_by_player",
    sqlite: r#"UPDATE "profile_person"
SET "exp" = CASE WHEN typeof("exp" + ?1) = 'integer' THEN "exp" + ?1 ELSE 'overflow' END
WHERE "player" = ?2"#,
    postgres: r#"UPDATE "profile_person" SET "exp" = "exp" + $1 WHERE "player" = $2"#,
    mysql: "UPDATE `profile_person` SET `exp` = `exp` + ? WHERE `player` = ?",
};

/// Who a player is.
pub struct ProfileManager;

#[manager(name = "profile", port = 8091, schema = [CREATE_PERSON, UNIQUE_PERSON_NAME])]
impl ProfileManager {
    /// Take a name.
    #[function(access = Player, writes, fails, declaration = "4305682df2f6705e")]
    pub async fn be_called(
        cx: &mut Cx<'_>,
        args: &BeCalledArgs,
    ) -> Result<Returned, Stop> {
        const NAME_TAKEN: Failure = Failure::new(2, "name taken");
        let caller = cx.caller()?;
        let person = Person {
            player: caller,
            name: args.name.clone(),
            icon: args.icon,
            exp: 0,
        };
        if !cx.insert_or_ignore(&INSERT_PERSON_NEW, &person, &person.params()).await? {
            return Err(NAME_TAKEN.into());
        }
        Ok(Returned::success(Box::new(BeCalledReply {})))
    }

    /// What others may see of the caller.
    #[function(access = Internal, one_query, fails, declaration = "d743af0acbebb736")]
    pub async fn card(cx: &mut Cx<'_>, _args: &CardArgs) -> Result<Returned, Stop> {
        const NOBODY: Failure = Failure::new(1, "no such player");
        let caller = cx.caller()?;
        let p: Person = cx
            .get(&GET_PERSON_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
            .ok_or(NOBODY)?;
        Ok(
            Returned::success(
                Box::new(CardReply {
                    name: p.name,
                    icon: p.icon,
                    exp: p.exp,
                    level: ops::div(p.exp, 100)
                        .at("managers/profile.yaml:34:70: p.exp / 100")?,
                }),
            ),
        )
    }

    /// Who has a name.
    #[function(access = Internal, one_query, fails, declaration = "211a38eb322a99dc")]
    pub async fn find_player(
        cx: &mut Cx<'_>,
        args: &FindPlayerArgs,
    ) -> Result<Returned, Stop> {
        const NOBODY: Failure = Failure::new(1, "no such player");
        let p: Person = cx
            .get(&GET_PERSON_BY_NAME, &[args.name.param()])
            .await?
            .row()?
            .ok_or(NOBODY)?;
        Ok(
            Returned::success(
                Box::new(FindPlayerReply {
                    player: p.player,
                }),
            ),
        )
    }

    /// Experience, for a player who has a name.
    #[function(access = Internal, writes, declaration = "15cda788689bea6e")]
    pub async fn add_exp(cx: &mut Cx<'_>, args: &AddExpArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut p: Option<Person> = cx
            .get(&GET_PERSON_BY_PLAYER, &[caller.param()])
            .await?
            .row()?;
        let writes = cx.writes();
        cx.change(
                &UPDATE_PERSON_EXP_BY_PLAYER,
                &[args.exp.param(), caller.param()],
                "managers/profile.yaml:54:13: update",
            )
            .await?;
        if cx.writes() > writes {
            p = match &p {
                Some(row) => {
                    cx.get(&GET_PERSON_BY_PLAYER, &[row.player.param()]).await?.row()?
                }
                None => None,
            };
        }
        let exp = ops::add(p.as_ref().map(|row| row.exp).unwrap_or(0), args.exp)
            .at("managers/profile.yaml:57:26: default(p.exp, 0) + args.exp")?;
        Ok(
            Returned::success(
                Box::new(AddExpReply {
                    exp,
                    level: ops::div(exp, 100)
                        .at("managers/profile.yaml:58:40: exp / 100")?,
                }),
            ),
        )
    }
}
