//! Pets, and how much they have eaten.
//!
//! Written by `cargo xtask gen` from managers/pet.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::calls::bag;
use crate::enums::SupplyKind;

/// The pet of a player.
#[derive(Clone, Table)]
#[table(name = "pet_pet")]
pub struct Pet {
    pub player: PlayerId,
    #[column(min = 1, max = 20)]
    pub name: String,
    #[column(min = 0, max = 10)]
    pub food: i64,
}

/// Args of `adopt_pet`.
#[derive(Args)]
pub struct AdoptPetArgs {
    #[arg(min = 1, max = 20)]
    pub name: String,
}

/// Reply of `adopt_pet`.
#[derive(Reply)]
pub struct AdoptPetReply {
    pub name: String,
    pub food: i64,
}

/// Args of `feed_pet`.
#[derive(Args)]
pub struct FeedPetArgs {
    #[arg(min = 1, max = 10)]
    pub meals: i64,
}

/// Reply of `feed_pet`.
#[derive(Reply)]
pub struct FeedPetReply {
    pub food: i64,
    pub coins: i64,
}

/// An object in the reply of `feed_pet`.
#[derive(Clone, Reply)]
pub struct FeedPetReplyFull {
    pub room: i64,
}

static CREATE_PET: Statement = Statement {
    name: "pet.pet.create",
    sqlite: r#"CREATE TABLE "pet_pet" (
  "player" TEXT NOT NULL,
  "name" TEXT NOT NULL
    CONSTRAINT "pet_pet_name_min" CHECK (length("name") >= 1)
    CONSTRAINT "pet_pet_name_max" CHECK (length("name") <= 20),
  "food" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "pet_pet_food_min" CHECK ("food" >= 0)
    CONSTRAINT "pet_pet_food_max" CHECK ("food" <= 10),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "pet_pet" (
  "player" TEXT COLLATE "C" NOT NULL,
  "name" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "pet_pet_name_min" CHECK (char_length("name") >= 1)
    CONSTRAINT "pet_pet_name_max" CHECK (char_length("name") <= 20),
  "food" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "pet_pet_food_min" CHECK ("food" >= 0)
    CONSTRAINT "pet_pet_food_max" CHECK ("food" <= 10),
  CONSTRAINT "pet_pet_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `pet_pet` (
  `player` VARCHAR(255) NOT NULL,
  `name` VARCHAR(20) NOT NULL,
  `food` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`),
  CONSTRAINT `pet_pet_name_min` CHECK (CHAR_LENGTH(`name`) >= 1),
  CONSTRAINT `pet_pet_name_max` CHECK (CHAR_LENGTH(`name`) <= 20),
  CONSTRAINT `pet_pet_food_min` CHECK (`food` >= 0),
  CONSTRAINT `pet_pet_food_max` CHECK (`food` <= 10)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INSERT_PET_NEW: Statement = Statement {
    name: "pet.pet.insert_new",
    sqlite: r#"INSERT INTO "pet_pet" ("player", "name", "food")
VALUES (?1, ?2, ?3)
ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "pet_pet" ("player", "name", "food")
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING"#,
    mysql: "INSERT INTO `pet_pet` (`player`, `name`, `food`) VALUES (?, ?, ?)",
};

static LOCK_PET_BY_PLAYER: Statement = Statement {
    name: "pet.pet.lock_by_player",
    sqlite: r#"SELECT "player", "name", "food" FROM "pet_pet" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "name", "food" FROM "pet_pet" WHERE "player" = $1 FOR UPDATE"#,
    mysql: "SELECT `player`, `name`, `food` FROM `pet_pet` WHERE `player` = ? FOR UPDATE",
};

static SAVE_PET_FOOD: Statement = Statement {
    name: "pet.pet.save_food",
    sqlite: r#"UPDATE "pet_pet" SET "food" = ?1 WHERE "player" = ?2"#,
    postgres: r#"UPDATE "pet_pet" SET "food" = $1 WHERE "player" = $2"#,
    mysql: "UPDATE `pet_pet` SET `food` = ? WHERE `player` = ?",
};

/// Pets, and how much they have eaten.
pub struct PetManager;

#[manager(name = "pet", port = 8090, schema = [CREATE_PET])]
impl PetManager {
    /// Get a pet; a player has one at most.
    #[function(access = Player, writes, fails, declaration = "4cee99f45b1d608f")]
    pub async fn adopt_pet(
        cx: &mut Cx<'_>,
        args: &AdoptPetArgs,
    ) -> Result<Returned, Stop> {
        const HAS_ONE: Failure = Failure::new(1, "you have a pet already");
        let caller = cx.caller()?;
        let p = Pet {
            player: caller,
            name: args.name.clone(),
            food: 0,
        };
        if !cx.insert_or_ignore(&INSERT_PET_NEW, &p, &p.params()).await? {
            return Err(HAS_ONE.into());
        }
        Ok(
            Returned::success(
                Box::new(AdoptPetReply {
                    name: p.name,
                    food: p.food,
                }),
            ),
        )
    }

    /// Feed the pet; a meal costs 5 coins.
    #[function(
        access = Player,
        writes,
        reaches = ["bag"],
        fails,
        declaration = "e674910651acdd99"
    )]
    pub async fn feed_pet(
        cx: &mut Cx<'_>,
        args: &FeedPetArgs,
    ) -> Result<Returned, Stop> {
        const NO_PET: Failure = Failure::new(1, "you have no pet");
        const FULL: Failure = Failure::new(2, "it is not that hungry");
        const BROKE: Failure = Failure::new(3, "you have not enough coins");
        let caller = cx.caller()?;
        let mut p: Pet = cx
            .get(&LOCK_PET_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
            .ok_or(NO_PET)?;
        if ops::add(p.food, args.meals)
            .at("managers/pet.yaml:39:22: p.food + args.meals")? > 10
        {
            return Err(
                FULL
                    .with(
                        &FeedPetReplyFull {
                            room: ops::sub(10, p.food)
                                .at("managers/pet.yaml:41:27: 10 - p.food")?,
                        },
                    )
                    .into(),
            );
        }
        let paid: bag::SpendSupplyReply = match cx
            .call(
                &bag::SpendSupplyArgs {
                    item: SupplyKind::Coin,
                    amount: ops::mul(args.meals, 5)
                        .at("managers/pet.yaml:43:41: args.meals * 5")?,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(BROKE.into()),
            answered => answered?.data()?,
        };
        p.food = ops::add(p.food, args.meals)
            .at("managers/pet.yaml:47:26: p.food + args.meals")?;
        cx.save(&SAVE_PET_FOOD, &p, &[p.food.param(), p.player.param()]).await?;
        Ok(
            Returned::success(
                Box::new(FeedPetReply {
                    food: p.food,
                    coins: paid.left,
                }),
            ),
        )
    }
}
