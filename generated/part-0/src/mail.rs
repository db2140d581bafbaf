//! Letters between players, and gifts by letter.
//!
//! Written by `cargo xtask gen` from managers/mail.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::calls::bag;
use crate::enums::SupplyKind;
use crate::types;

/// The mailbox that each player gets with the account.
#[derive(Clone, Table)]
#[table(name = "mail_box")]
pub struct Box_ {
    pub player: PlayerId,
    /// How many letters of players are in it; the game's own are not counted, so that no gift is lost.
    #[column(min = 0, max = 100)]
    pub letters: i64,
}

/// A letter in a player's box.
#[derive(Clone, Table)]
#[table(name = "mail_letter")]
pub struct Letter {
    pub id: Id,
    /// In whose box it is.
    pub player: PlayerId,
    /// Absent where the game itself has sent it.
    pub from: Option<PlayerId>,
    #[column(min = 1, max = 60)]
    pub subject: String,
    #[column(max = 500)]
    pub body: String,
    pub sent: Time,
    pub read: bool,
    /// The gift in it.
    pub items: Vec<types::Supplies>,
    /// Whether the gift was taken out.
    pub accepted: bool,
}

/// Args of `send_mail`.
#[derive(Args)]
pub struct SendMailArgs {
    pub to: PlayerId,
    #[arg(min = 1, max = 60)]
    pub subject: String,
    #[arg(max = 500)]
    pub body: String,
}

/// Reply of `send_mail`.
#[derive(Reply)]
pub struct SendMailReply {
    pub mail: Id,
}

/// Args of `get_all_mail`.
#[derive(Args)]
pub struct GetAllMailArgs {
    #[arg(min = 1, max = 1000000, default = 1)]
    pub page: i64,
}

/// Reply of `get_all_mail`.
#[derive(Reply)]
pub struct GetAllMailReply {
    pub total: i64,
    pub mails: Vec<GetAllMailReplyMails>,
}

/// An object in the reply of `get_all_mail`.
#[derive(Clone, Reply)]
pub struct GetAllMailReplyMails {
    pub mail: Id,
    pub from: Option<PlayerId>,
    pub subject: String,
    pub sent: Time,
    pub read: bool,
    pub gift: bool,
}

/// Args of `read_mail`.
#[derive(Args)]
pub struct ReadMailArgs {
    pub mail: Id,
}

/// Reply of `read_mail`.
#[derive(Reply)]
pub struct ReadMailReply {
    pub from: Option<PlayerId>,
    pub subject: String,
    pub body: String,
    pub sent: Time,
    pub items: Vec<ReadMailReplyItems>,
    pub accepted: bool,
}

/// A list of fixed length in the reply of `read_mail`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct ReadMailReplyItems(pub SupplyKind, pub i64);

/// Args of `delete_mail`.
#[derive(Args)]
pub struct DeleteMailArgs {
    pub mail: Id,
}

/// Reply of `delete_mail`.
#[derive(Reply)]
pub struct DeleteMailReply {}

/// Args of `accept_gift`.
#[derive(Args)]
pub struct AcceptGiftArgs {
    pub mail: Id,
}

/// Reply of `accept_gift`.
#[derive(Reply)]
pub struct AcceptGiftReply {
    pub items: Vec<AcceptGiftReplyItems>,
}

/// A list of fixed length in the reply of `accept_gift`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct AcceptGiftReplyItems(pub SupplyKind, pub i64);

/// Args of `send_gift`.
#[derive(Args)]
pub struct SendGiftArgs {
    pub to: PlayerId,
    /// 1 to 10 kinds.
    pub items: Vec<types::Supplies>,
    #[arg(min = 1, max = 60, default = "A gift for you")]
    pub subject: String,
    #[arg(max = 500, default = "")]
    pub body: String,
}

/// Reply of `send_gift`.
#[derive(Reply)]
pub struct SendGiftReply {
    pub mail: Id,
}

/// Args of `welcome`.
#[derive(Args)]
pub struct WelcomeArgs {}

/// Reply of `welcome`.
#[derive(Reply)]
pub struct WelcomeReply {}

static CREATE_BOX: Statement = Statement {
    name: "mail.box.create",
    sqlite: r#"CREATE TABLE "mail_box" (
  "player" TEXT NOT NULL,
  "letters" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "mail_box_letters_min" CHECK ("letters" >= 0)
    CONSTRAINT "mail_box_letters_max" CHECK ("letters" <= 100),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "mail_box" (
  "player" TEXT COLLATE "C" NOT NULL,
  "letters" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "mail_box_letters_min" CHECK ("letters" >= 0)
    CONSTRAINT "mail_box_letters_max" CHECK ("letters" <= 100),
  CONSTRAINT "mail_box_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `mail_box` (
  `player` VARCHAR(255) NOT NULL,
  `letters` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`),
  CONSTRAINT `mail_box_letters_min` CHECK (`letters` >= 0),
  CONSTRAINT `mail_box_letters_max` CHECK (`letters` <= 100)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_LETTER: Statement = Statement {
    name: "mail.letter.create",
    sqlite: r#"CREATE TABLE "mail_letter" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "player" TEXT NOT NULL,
  "from" TEXT,
  "subject" TEXT NOT NULL
    CONSTRAINT "mail_letter_subject_min" CHECK (length("subject") >= 1)
    CONSTRAINT "mail_letter_subject_max" CHECK (length("subject") <= 60),
  "body" TEXT NOT NULL
    CONSTRAINT "mail_letter_body_max" CHECK (length("body") <= 500),
  "sent" INTEGER NOT NULL,
  "read" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "mail_letter_read_bool" CHECK ("read" IN (0, 1)),
  "items" TEXT NOT NULL DEFAULT '[]',
  "accepted" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "mail_letter_accepted_bool" CHECK ("accepted" IN (0, 1))
) STRICT"#,
    postgres: r#"CREATE TABLE "mail_letter" (
  "id" BIGINT GENERATED BY DEFAULT AS IDENTITY,
  "player" TEXT COLLATE "C" NOT NULL,
  "from" TEXT COLLATE "C",
  "subject" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "mail_letter_subject_min" CHECK (char_length("subject") >= 1)
    CONSTRAINT "mail_letter_subject_max" CHECK (char_length("subject") <= 60),
  "body" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "mail_letter_body_max" CHECK (char_length("body") <= 500),
  "sent" BIGINT NOT NULL,
  "read" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "mail_letter_read_bool" CHECK ("read" IN (0, 1)),
  "items" TEXT COLLATE "C" NOT NULL DEFAULT '[]',
  "accepted" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "mail_letter_accepted_bool" CHECK ("accepted" IN (0, 1)),
  CONSTRAINT "mail_letter_pkey" PRIMARY KEY ("id")
)"#,
    mysql: r#"CREATE TABLE `mail_letter` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `player` VARCHAR(255) NOT NULL,
  `from` LONGTEXT,
  `subject` VARCHAR(60) NOT NULL,
  `body` LONGTEXT NOT NULL,
  `sent` BIGINT NOT NULL,
  `read` TINYINT NOT NULL DEFAULT 0,
  `items` LONGTEXT NOT NULL DEFAULT ('[]'),
  `accepted` TINYINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  CONSTRAINT `mail_letter_subject_min` CHECK (CHAR_LENGTH(`subject`) >= 1),
  CONSTRAINT `mail_letter_subject_max` CHECK (CHAR_LENGTH(`subject`) <= 60),
  CONSTRAINT `mail_letter_body_max` CHECK (CHAR_LENGTH(`body`) <= 500),
  CONSTRAINT `mail_letter_read_bool` CHECK (`read` IN (0, 1)),
  CONSTRAINT `mail_letter_accepted_bool` CHECK (`accepted` IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INDEX_LETTER_PLAYER_ID: Statement = Statement {
    name: "mail.letter.index_player_id",
    sqlite: r#"CREATE INDEX "idx_mail_letter__player__id" ON "mail_letter" ("player", "id")"#,
    postgres: r#"CREATE INDEX "idx_mail_letter__player__id" ON "mail_letter" ("player", "id")"#,
    mysql: "CREATE INDEX `idx_mail_letter__player__id` ON `mail_letter` (`player`, `id`)",
};

static LOCK_BOX_BY_PLAYER: Statement = Statement {
    name: "mail.box.lock_by_player",
    sqlite: r#"SELECT "player", "letters" FROM "mail_box" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "letters" FROM "mail_box" WHERE "player" = $1 FOR UPDATE"#,
    mysql: "SELECT `player`, `letters` FROM `mail_box` WHERE `player` = ? FOR UPDATE",
};

static SAVE_BOX_LETTERS: Statement = Statement {
    name: "mail.box.save_letters",
    sqlite: r#"UPDATE "mail_box" SET "letters" = ?1 WHERE "player" = ?2"#,
    postgres: r#"UPDATE "mail_box" SET "letters" = $1 WHERE "player" = $2"#,
    mysql: "UPDATE `mail_box` SET `letters` = ? WHERE `player` = ?",
};

static INSERT_LETTER_RETURNING_ID: Statement = Statement {
    name: "mail.letter.insert_returning_id",
    sqlite: r#"INSERT INTO "mail_letter" ("player", "from", "subject", "body", "sent", "read", "items", "accepted")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
RETURNING "id""#,
    postgres: r#"INSERT INTO "mail_letter" ("player", "from", "subject", "body", "sent", "read", "items", "accepted")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
RETURNING "id""#,
    mysql: r#"INSERT INTO `mail_letter` (`player`, `from`, `subject`, `body`, `sent`, `read`, `items`, `accepted`)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"#,
};

static COUNT_LETTER_BY_PLAYER: Statement = Statement {
    name: "mail.letter.count_by_player",
    sqlite: r#"SELECT COUNT(*) FROM "mail_letter" WHERE "player" = ?1"#,
    postgres: r#"SELECT COUNT(*) FROM "mail_letter" WHERE "player" = $1"#,
    mysql: "SELECT COUNT(*) FROM `mail_letter` WHERE `player` = ?",
};

static SELECT_LETTER_BY_PLAYER_ORDER_ID_DESC_FIRST_OFFSET: Statement = Statement {
    name: "mail.letter.select_by_player_order_id_desc_first_offset",
    sqlite: r#"SELECT "id", "player", "from", "subject", "body", "sent", "read", "items", "accepted"
FROM "mail_letter"
WHERE "player" = ?1
ORDER BY "id" DESC
LIMIT ?2 OFFSET ?3"#,
    postgres: r#"SELECT "id", "player", "from", "subject", "body", "sent", "read", "items", "accepted"
FROM "mail_letter"
WHERE "player" = $1
ORDER BY "id" DESC
LIMIT $2 OFFSET $3"#,
    mysql: r#"SELECT `id`, `player`, `from`, `subject`, `body`, `sent`, `read`, `items`, `accepted`
FROM `mail_letter`
WHERE `player` = ?
ORDER BY `id` DESC
LIMIT ? OFFSET ?"#,
};

static LOCK_LETTER_BY_ID: Statement = Statement {
    name: "mail.letter.lock_by_id",
    sqlite: r#"SELECT "id", "player", "from", "subject", "body", "sent", "read", "items", "accepted"
FROM "mail_letter"
WHERE "id" = ?1"#,
    postgres: r#"SELECT "id", "player", "from", "subject", "body", "sent", "read", "items", "accepted"
FROM "mail_letter"
WHERE "id" = $1
FOR UPDATE"#,
    mysql: r#"SELECT `id`, `player`, `from`, `subject`, `body`, `sent`, `read`, `items`, `accepted`
FROM `mail_letter`
WHERE `id` = ?
FOR UPDATE"#,
};

static SAVE_LETTER_READ: Statement = Statement {
    name: "mail.letter.save_read",
    sqlite: r#"UPDATE "mail_letter" SET "read" = ?1 WHERE "id" = ?2"#,
    postgres: r#"UPDATE "mail_letter" SET "read" = $1 WHERE "id" = $2"#,
    mysql: "UPDATE `mail_letter` SET `read` = ? WHERE `id` = ?",
};

static UPSERT_BOX_LETTERS: Statement = Statement {
    name: "mail.box.upsert_letters",
    sqlite: r#"INSERT INTO "mail_box" ("player", "letters")
VALUES (?1, ?2)
ON CONFLICT ("player") DO UPDATE SET "letters" = excluded."letters""#,
    postgres: r#"INSERT INTO "mail_box" ("player", "letters")
VALUES ($1, $2)
ON CONFLICT ("player") DO UPDATE SET "letters" = excluded."letters""#,
    mysql: r#"INSERT INTO `mail_box` (`player`, `letters`)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE `letters` = VALUES(`letters`)"#,
};

static DELETE_LETTER_BY_ID: Statement = Statement {
    name: "mail.letter.delete_by_id",
    sqlite: r#"DELETE FROM "mail_letter" WHERE "id" = ?1"#,
    postgres: r#"DELETE FROM "mail_letter" WHERE "id" = $1"#,
    mysql: "DELETE FROM `mail_letter` WHERE `id` = ?",
};

static SAVE_LETTER_ACCEPTED: Statement = Statement {
    name: "mail.letter.save_accepted",
    sqlite: r#"UPDATE "mail_letter" SET "accepted" = ?1 WHERE "id" = ?2"#,
    postgres: r#"UPDATE "mail_letter" SET "accepted" = $1 WHERE "id" = $2"#,
    mysql: "UPDATE `mail_letter` SET `accepted` = ? WHERE `id` = ?",
};

static EXISTS_BOX_BY_PLAYER: Statement = Statement {
    name: "mail.box.exists_by_player",
    sqlite: r#"SELECT EXISTS (SELECT 1 FROM "mail_box" WHERE "player" = ?1)"#,
    postgres: r#"SELECT EXISTS (SELECT 1 FROM "mail_box" WHERE "player" = $1)"#,
    mysql: "SELECT EXISTS (SELECT 1 FROM `mail_box` WHERE `player` = ?)",
};

static INSERT_BOX_NEW: Statement = Statement {
    name: "mail.box.insert_new",
    sqlite: r#"INSERT INTO "mail_box" ("player", "letters") VALUES (?1, ?2) ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "mail_box" ("player", "letters") VALUES ($1, $2) ON CONFLICT DO NOTHING"#,
    mysql: "INSERT INTO `mail_box` (`player`, `letters`) VALUES (?, ?)",
};

static INSERT_LETTER: Statement = Statement {
    name: "mail.letter.insert",
    sqlite: r#"INSERT INTO "mail_letter" ("player", "from", "subject", "body", "sent", "read", "items", "accepted")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"#,
    postgres: r#"INSERT INTO "mail_letter" ("player", "from", "subject", "body", "sent", "read", "items", "accepted")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"#,
    mysql: r#"INSERT INTO `mail_letter` (`player`, `from`, `subject`, `body`, `sent`, `read`, `items`, `accepted`)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"#,
};

/// Letters between players, and gifts by letter.
pub struct MailManager;

#[manager(
    name = "mail",
    port = 8086,
    migrations = crate::migrations::MAIL,
    schema = [
        CREATE_BOX,
        CREATE_LETTER,
        INDEX_LETTER_PLAYER_ID,
    ],
)]
impl MailManager {
    /// Write a letter to a player. A box holds 100 letters of players.
    #[function(access = Player, writes, fails, declaration = "54affc916e8e484e")]
    pub async fn send_mail(
        cx: &mut Cx<'_>,
        args: &SendMailArgs,
    ) -> Result<Returned, Stop> {
        const NO_PLAYER: Failure = Failure::new(1, "there is no such player");
        const BOX_FULL: Failure = Failure::new(2, "the mailbox is full");
        let caller = cx.caller()?;
        let now = cx.now();
        let mut b: Box_ = cx
            .get(&LOCK_BOX_BY_PLAYER, &[args.to.param()])
            .await?
            .row()?
            .ok_or(NO_PLAYER)?;
        if b.letters >= 100 {
            return Err(BOX_FULL.into());
        }
        b.letters = ops::add(b.letters, 1)
            .at("managers/mail.yaml:47:29: b.letters + 1")?;
        cx.save(&SAVE_BOX_LETTERS, &b, &[b.letters.param(), b.player.param()]).await?;
        let mut l = Letter {
            id: Id(0),
            player: args.to.clone(),
            from: Some(caller),
            subject: args.subject.clone(),
            body: args.body.clone(),
            sent: now,
            read: false,
            items: Vec::new(),
            accepted: false,
        };
        l.id = cx
            .insert_id(
                &INSERT_LETTER_RETURNING_ID,
                &l,
                &[
                    l.player.param(),
                    l.from.param(),
                    l.subject.param(),
                    l.body.param(),
                    l.sent.param(),
                    l.read.param(),
                    l.items.param(),
                    l.accepted.param(),
                ],
            )
            .await?;
        Ok(Returned::success(Box::new(SendMailReply { mail: l.id })))
    }

    /// The letters in the caller's box without their text, newest first, five on a page.
    #[function(access = Player, declaration = "a93c62ff38dac3ae")]
    pub async fn get_all_mail(
        cx: &mut Cx<'_>,
        args: &GetAllMailArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let total: i64 = cx
            .value(
                &COUNT_LETTER_BY_PLAYER,
                &[caller.param()],
                "managers/mail.yaml:56:13: count",
            )
            .await?
            .value()?;
        let letters: Vec<Letter> = cx
            .select(
                &SELECT_LETTER_BY_PLAYER_ORDER_ID_DESC_FIRST_OFFSET,
                &[
                    caller.param(),
                    Param::Int(5),
                    Param::Int(
                        ops::mul(
                                ops::sub(args.page, 1)
                                    .at("managers/mail.yaml:63:21: (args.page - 1)")?,
                                5,
                            )
                            .at("managers/mail.yaml:63:21: (args.page - 1) * 5")?
                            .max(0),
                    ),
                ],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(GetAllMailReply {
                    total,
                    mails: ops::each(
                        letters,
                        |l| GetAllMailReplyMails {
                            mail: l.id,
                            from: l.from,
                            subject: l.subject,
                            sent: l.sent,
                            read: l.read,
                            gift: ops::len(&l.items) > 0 && !l.accepted,
                        },
                    ),
                }),
            ),
        )
    }

    /// A letter with its text and its gift.
    #[function(access = Player, writes, fails, declaration = "f3c9e3b863af153e")]
    pub async fn read_mail(
        cx: &mut Cx<'_>,
        args: &ReadMailArgs,
    ) -> Result<Returned, Stop> {
        const NO_LETTER: Failure = Failure::new(1, "there is no such letter");
        let caller = cx.caller()?;
        let mut l: Letter = cx
            .get(&LOCK_LETTER_BY_ID, &[args.mail.param()])
            .await?
            .row()?
            .ok_or(NO_LETTER)?;
        if l.player != caller {
            return Err(NO_LETTER.into());
        }
        l.read = true;
        cx.save(&SAVE_LETTER_READ, &l, &[l.read.param(), l.id.param()]).await?;
        Ok(
            Returned::success(
                Box::new(ReadMailReply {
                    from: l.from,
                    subject: l.subject,
                    body: l.body,
                    sent: l.sent,
                    items: l
                        .items
                        .into_iter()
                        .map(|i| ReadMailReplyItems(i.item, i.amount))
                        .collect(),
                    accepted: l.accepted,
                }),
            ),
        )
    }

    /// Throw a letter away, unless its gift is still in it.
    #[function(access = Player, writes, fails, declaration = "2650ba3a55326464")]
    pub async fn delete_mail(
        cx: &mut Cx<'_>,
        args: &DeleteMailArgs,
    ) -> Result<Returned, Stop> {
        const NO_LETTER: Failure = Failure::new(1, "there is no such letter");
        const HOLDS_GIFT: Failure = Failure::new(2, "accept the gift first");
        let caller = cx.caller()?;
        let l: Letter = cx
            .get(&LOCK_LETTER_BY_ID, &[args.mail.param()])
            .await?
            .row()?
            .ok_or(NO_LETTER)?;
        if l.player != caller {
            return Err(NO_LETTER.into());
        }
        if ops::len(&l.items) != 0 && !l.accepted {
            return Err(HOLDS_GIFT.into());
        }
        if l.from.is_some() {
            let mut b: Box_ = match cx
                .get(&LOCK_BOX_BY_PLAYER, &[caller.param()])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Box_ {
                        player: caller.clone(),
                        letters: 0,
                    }
                }
            };
            b.letters = ops::sub(b.letters, 1)
                .at("managers/mail.yaml:110:33: b.letters - 1")?;
            cx.save(&UPSERT_BOX_LETTERS, &b, &b.params()).await?;
        }
        cx.change(
                &DELETE_LETTER_BY_ID,
                &[l.id.param()],
                "managers/mail.yaml:111:13: delete",
            )
            .await?;
        Ok(Returned::success(Box::new(DeleteMailReply {})))
    }

    /// Take the gift out of a letter, once.
    #[function(
        access = Player,
        writes,
        reaches = ["bag"],
        fails,
        declaration = "6e1f13dfed75c9c9"
    )]
    pub async fn accept_gift(
        cx: &mut Cx<'_>,
        args: &AcceptGiftArgs,
    ) -> Result<Returned, Stop> {
        const NO_LETTER: Failure = Failure::new(1, "there is no such letter");
        const NO_GIFT: Failure = Failure::new(2, "there is no gift in this letter");
        const ACCEPTED: Failure = Failure::new(3, "the gift was accepted already");
        let caller = cx.caller()?;
        let mut l: Letter = cx
            .get(&LOCK_LETTER_BY_ID, &[args.mail.param()])
            .await?
            .row()?
            .ok_or(NO_LETTER)?;
        if l.player != caller {
            return Err(NO_LETTER.into());
        }
        if ops::len(&l.items) <= 0 {
            return Err(NO_GIFT.into());
        }
        if l.accepted {
            return Err(ACCEPTED.into());
        }
        l.accepted = true;
        cx.save(&SAVE_LETTER_ACCEPTED, &l, &[l.accepted.param(), l.id.param()]).await?;
        for i in &l.items {
            cx.call(
                    &bag::AddSupplyArgs {
                        item: i.item,
                        amount: i.amount,
                    },
                )
                .await?;
        }
        Ok(
            Returned::success(
                Box::new(AcceptGiftReply {
                    items: l
                        .items
                        .into_iter()
                        .map(|i| AcceptGiftReplyItems(i.item, i.amount))
                        .collect(),
                }),
            ),
        )
    }

    /// Send a player a letter with a gift, however full the box is.
    #[function(access = Admin, writes, fails, declaration = "a489ed73bac2a221")]
    pub async fn send_gift(
        cx: &mut Cx<'_>,
        args: &SendGiftArgs,
    ) -> Result<Returned, Stop> {
        const INVALID: Failure = Failure::new(10, "Invalid message format");
        const NO_PLAYER: Failure = Failure::new(1, "there is no such player");
        let now = cx.now();
        if ops::len(&args.items) <= 0 || ops::len(&args.items) > 10 {
            return Err(INVALID.into());
        }
        for i in &args.items {
            if i.amount <= 0 {
                return Err(INVALID.into());
            }
        }
        let known: bool = cx
            .value(
                &EXISTS_BOX_BY_PLAYER,
                &[args.to.param()],
                "managers/mail.yaml:154:13: exists",
            )
            .await?
            .value()?;
        if !known {
            return Err(NO_PLAYER.into());
        }
        let mut l = Letter {
            id: Id(0),
            player: args.to.clone(),
            from: None,
            subject: args.subject.clone(),
            body: args.body.clone(),
            sent: now,
            read: false,
            items: args.items.clone(),
            accepted: false,
        };
        l.id = cx
            .insert_id(
                &INSERT_LETTER_RETURNING_ID,
                &l,
                &[
                    l.player.param(),
                    l.from.param(),
                    l.subject.param(),
                    l.body.param(),
                    l.sent.param(),
                    l.read.param(),
                    l.items.param(),
                    l.accepted.param(),
                ],
            )
            .await?;
        Ok(Returned::success(Box::new(SendGiftReply { mail: l.id })))
    }

    /// A new player's mailbox, with a letter and a gift in it.
    #[function(
        access = Internal,
        writes,
        runs = PlayerCreated,
        declaration = "d44e8c1b777fc961"
    )]
    pub async fn welcome(
        cx: &mut Cx<'_>,
        _args: &WelcomeArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let r#box = Box_ {
            player: caller.clone(),
            letters: 0,
        };
        cx.insert_or_ignore(&INSERT_BOX_NEW, &r#box, &r#box.params()).await?;
        let letter = Letter {
            id: Id(0),
            player: caller.clone(),
            from: None,
            subject: "Welcome to Aliya".to_owned(),
            body: ["Dear ", caller.as_str(), ", may this help you on your way!"]
                .concat(),
            sent: now,
            read: false,
            items: config.start.gift.clone(),
            accepted: false,
        };
        cx.insert(
                &INSERT_LETTER,
                &letter,
                &[
                    letter.player.param(),
                    letter.from.param(),
                    letter.subject.param(),
                    letter.body.param(),
                    letter.sent.param(),
                    letter.read.param(),
                    letter.items.param(),
                    letter.accepted.param(),
                ],
            )
            .await?;
        Ok(Returned::success(Box::new(WelcomeReply {})))
    }
}
