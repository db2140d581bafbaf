//! Letters, gifts in them, and requests that a letter asks to answer.
//!
//! Written by `cargo xtask gen` from managers/mail.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::reward;
use crate::enums::LetterKind;
use crate::types;

/// A row of `letter`.
#[derive(Clone, Table)]
#[table(name = "mail_letter")]
pub struct Letter {
    pub id: Id,
    pub player: PlayerId,
    pub kind: LetterKind,
    #[column(max = 64)]
    pub sender: String,
    #[column(max = 64)]
    pub subject: String,
    #[column(max = 1000)]
    pub body: String,
    pub about: Option<PlayerId>,
    pub family: Option<i64>,
    pub things: Vec<types::Reward>,
    pub sent: Time,
    pub seen: bool,
    pub used: bool,
}

/// Args of `post`.
#[derive(Args, Outgoing)]
pub struct PostArgs {
    pub kind: LetterKind,
    #[arg(max = 64)]
    pub sender: String,
    #[arg(max = 64)]
    pub subject: String,
    pub about: Option<PlayerId>,
    pub family: Option<i64>,
}

/// Reply of `post`.
#[derive(Clone, Reply, Incoming)]
pub struct PostReply {
    pub letter: Id,
}

/// Args of `unpost`.
#[derive(Args)]
pub struct UnpostArgs {
    pub letter: Id,
}

/// Reply of `unpost`.
#[derive(Reply)]
pub struct UnpostReply {}

/// Args of `request_in`.
#[derive(Args, Outgoing)]
pub struct RequestInArgs {
    pub letter: Id,
    pub kind: LetterKind,
}

/// Reply of `request_in`.
#[derive(Clone, Reply, Incoming)]
pub struct RequestInReply {
    pub about: PlayerId,
    pub family: i64,
}

/// Args of `take_letter`.
#[derive(Args, Outgoing)]
pub struct TakeLetterArgs {
    pub letter: Id,
}

/// Reply of `take_letter`.
#[derive(Clone, Reply, Incoming)]
pub struct TakeLetterReply {}

/// Args of `put_back`.
#[derive(Args)]
pub struct PutBackArgs {
    pub letter: Id,
}

/// Reply of `put_back`.
#[derive(Reply)]
pub struct PutBackReply {}

/// Args of `accept_gifts`.
#[derive(Args)]
pub struct AcceptGiftsArgs {
    pub gift: Vec<Id>,
    #[arg(default = Vec::new())]
    pub other: Vec<Id>,
}

/// Reply of `accept_gifts`.
#[derive(Reply)]
pub struct AcceptGiftsReply {
    pub success: BTreeMap<Id, Vec<reward::GiveReply>>,
    pub error: Vec<Id>,
}

/// An object in the reply of `accept_gifts`.
#[derive(Clone, Reply)]
pub struct AcceptGiftsReplyValue {
    pub letter: Id,
    pub things: Vec<reward::GiveReply>,
}

static CREATE_LETTER: Statement = Statement {
    name: "mail.letter.create",
    sqlite: r#"CREATE TABLE "mail_letter" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "player" TEXT NOT NULL,
  "kind" INTEGER NOT NULL
    CONSTRAINT "mail_letter_kind_known" CHECK ("kind" IN (0, 1, 2, 3)),
  "sender" TEXT NOT NULL
    CONSTRAINT "mail_letter_sender_max" CHECK (length("sender") <= 64),
  "subject" TEXT NOT NULL
    CONSTRAINT "mail_letter_subject_max" CHECK (length("subject") <= 64),
  "body" TEXT NOT NULL DEFAULT ''
    CONSTRAINT "mail_letter_body_max" CHECK (length("body") <= 1000),
  "about" TEXT,
  "family" INTEGER,
  "things" TEXT NOT NULL DEFAULT '[]',
  "sent" INTEGER NOT NULL,
  "seen" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "mail_letter_seen_bool" CHECK ("seen" IN (0, 1)),
  "used" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "mail_letter_used_bool" CHECK ("used" IN (0, 1))
) STRICT"#,
};

static INDEX_LETTER_PLAYER_SENT: Statement = Statement {
    name: "mail.letter.index_player_sent",
    sqlite: r#"CREATE INDEX "idx_mail_letter__player__sent" ON "mail_letter" ("player", "sent")"#,
};

static COUNT_LETTER_BY_PLAYER: Statement = Statement {
    name: "mail.letter.count_by_player",
    sqlite: r#"SELECT COUNT(*) FROM "mail_letter" WHERE "player" = ?1"#,
};

static INSERT_LETTER_RETURNING_ID: Statement = Statement {
    name: "mail.letter.insert_returning_id",
    sqlite: r#"INSERT INTO "mail_letter" ("player", "kind", "sender", "subject", "body", "about", "family", "things", "sent", "seen", "used")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
RETURNING "id""#,
};

static DELETE_LETTER_BY_ID: Statement = Statement {
    name: "mail.letter.delete_by_id",
    sqlite: r#"DELETE FROM "mail_letter" WHERE "id" = ?1"#,
};

static GET_LETTER_BY_ID: Statement = Statement {
    name: "mail.letter.get_by_id",
    sqlite: r#"SELECT "id", "player", "kind", "sender", "subject", "body", "about", "family", "things", "sent", "seen", "used"
FROM "mail_letter"
WHERE "id" = ?1"#,
};

static SAVE_LETTER_USED: Statement = Statement {
    name: "mail.letter.save_used",
    sqlite: r#"UPDATE "mail_letter" SET "used" = ?1 WHERE "id" = ?2"#,
};

static SELECT_LETTER_BY_PLAYER_USED_KIND_ID_IN: Statement = Statement {
    name: "mail.letter.select_by_player_used_kind_id_in",
    sqlite: r#"SELECT "id", "player", "kind", "sender", "subject", "body", "about", "family", "things", "sent", "seen", "used"
FROM "mail_letter"
WHERE "player" = ?1 AND "used" = ?2 AND "kind" = ?3 AND "id" IN (SELECT value FROM json_each(?4))"#,
};

static UPDATE_LETTER_USED_BY_PLAYER_ID_IN: Statement = Statement {
    name: "mail.letter.update_used_by_player_id_in",
    sqlite: r#"UPDATE "mail_letter"
SET "used" = ?1
WHERE "player" = ?2 AND "id" IN (SELECT value FROM json_each(?3))"#,
};

static UPDATE_LETTER_SEEN_BY_PLAYER_ID_IN: Statement = Statement {
    name: "mail.letter.update_seen_by_player_id_in",
    sqlite: r#"UPDATE "mail_letter"
SET "seen" = ?1
WHERE "player" = ?2 AND "id" IN (SELECT value FROM json_each(?3))"#,
};

/// Letters, gifts in them, and requests that a letter asks to answer.
pub struct MailManager;

#[manager(
    name = "mail",
    port = 8086,
    schema = [
        CREATE_LETTER,
        INDEX_LETTER_PLAYER_SENT,
    ],
)]
impl MailManager {
    /// Put a letter into the caller's box, or fail when it is full. Others post with act_for.
    #[function(access = Internal, writes, reply = PostReply)]
    pub async fn post(cx: &mut Cx<'_>, args: &PostArgs) -> Result<Returned, Stop> {
        const BOX_FULL: Failure = Failure::new(1, "mailbox full");
        let caller = cx.caller()?;
        let now = cx.now();
        let n: i64 = cx
            .value(
                &COUNT_LETTER_BY_PLAYER,
                &[caller.param()],
                "managers/mail.yaml:31:13: count",
            )
            .await?;
        if n >= 100 {
            return Err(BOX_FULL.into());
        }
        let mut l = Letter {
            id: Id(0),
            player: caller,
            kind: args.kind,
            sender: args.sender.clone(),
            subject: args.subject.clone(),
            body: String::new(),
            about: args.about.clone(),
            family: args.family,
            things: Vec::new(),
            sent: now,
            seen: false,
            used: false,
        };
        l.id = cx
            .insert_id(
                &INSERT_LETTER_RETURNING_ID,
                &l,
                &[
                    l.player.param(),
                    l.kind.param(),
                    l.sender.param(),
                    l.subject.param(),
                    l.body.param(),
                    l.about.param(),
                    l.family.param(),
                    l.things.param(),
                    l.sent.param(),
                    l.seen.param(),
                    l.used.param(),
                ],
            )
            .await?
            .at("managers/mail.yaml:36:13: insert")?;
        Ok(Returned::success(Box::new(PostReply { letter: l.id })))
    }

    /// The function `unpost`.
    #[function(access = Internal, writes)]
    pub async fn unpost(cx: &mut Cx<'_>, args: &UnpostArgs) -> Result<Returned, Stop> {
        cx.change(
                &DELETE_LETTER_BY_ID,
                &[args.letter.param()],
                "managers/mail.yaml:44:13: delete",
            )
            .await?;
        Ok(Returned::success(Box::new(UnpostReply {})))
    }

    /// What the letter asks; changes nothing.
    #[function(access = Internal, reply = RequestInReply)]
    pub async fn request_in(
        cx: &mut Cx<'_>,
        args: &RequestInArgs,
    ) -> Result<Returned, Stop> {
        const NO_REQUEST: Failure = Failure::new(99, "invalid nonce");
        let caller = cx.caller()?;
        let l: Letter = cx
            .get(&GET_LETTER_BY_ID, &[args.letter.param()])
            .await?
            .ok_or(NO_REQUEST)?;
        if l.player != caller || l.kind != args.kind || l.used || l.about.is_none() {
            return Err(NO_REQUEST.into());
        }
        Ok(
            Returned::success(
                Box::new(RequestInReply {
                    about: l.about.unwrap_or_else(|| caller),
                    family: l.family.unwrap_or(0),
                }),
            ),
        )
    }

    /// The function `take_letter`.
    #[function(access = Internal, writes, reply = TakeLetterReply)]
    pub async fn take_letter(
        cx: &mut Cx<'_>,
        args: &TakeLetterArgs,
    ) -> Result<Returned, Stop> {
        const NO_REQUEST: Failure = Failure::new(99, "invalid nonce");
        let caller = cx.caller()?;
        let mut l: Letter = cx
            .get(&GET_LETTER_BY_ID, &[args.letter.param()])
            .await?
            .ok_or(NO_REQUEST)?;
        if l.player != caller || l.used {
            return Err(NO_REQUEST.into());
        }
        l.used = true;
        cx.save(&SAVE_LETTER_USED, &l, &[l.used.param(), l.id.param()]).await?;
        Ok(Returned::success(Box::new(TakeLetterReply {})))
    }

    /// The function `put_back`.
    #[function(access = Internal, writes)]
    pub async fn put_back(
        cx: &mut Cx<'_>,
        args: &PutBackArgs,
    ) -> Result<Returned, Stop> {
        cx.change(
                &SAVE_LETTER_USED,
                &[false.param(), args.letter.param()],
                "managers/mail.yaml:79:13: update",
            )
            .await?;
        Ok(Returned::success(Box::new(PutBackReply {})))
    }

    /// Take the things out of some letters, and mark others as read.
    #[function(access = Player, writes, reaches = ["bag", "reward"])]
    pub async fn accept_gifts(
        cx: &mut Cx<'_>,
        args: &AcceptGiftsArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let letters: Vec<Letter> = cx
            .select(
                &SELECT_LETTER_BY_PLAYER_USED_KIND_ID_IN,
                &[
                    caller.param(),
                    false.param(),
                    LetterKind::Gift.param(),
                    Param::Text(&ops::json(&args.gift)),
                ],
            )
            .await?;
        cx.change(
                &UPDATE_LETTER_USED_BY_PLAYER_ID_IN,
                &[
                    true.param(),
                    caller.param(),
                    Param::Text(
                        &ops::json(&letters.iter().map(|row| row.id).collect::<Vec<_>>()),
                    ),
                ],
                "managers/mail.yaml:91:13: update",
            )
            .await?;
        cx.change(
                &UPDATE_LETTER_SEEN_BY_PLAYER_ID_IN,
                &[
                    true.param(),
                    caller.param(),
                    Param::Text(
                        &ops::json(
                            &[args.gift.as_slice(), args.other.as_slice()].concat(),
                        ),
                    ),
                ],
                "managers/mail.yaml:94:13: update",
            )
            .await?;
        let mut opened = Vec::new();
        for l in &letters {
            let mut gained: Vec<reward::GiveReply> = Vec::new();
            for t in &l.things {
                let got = cx
                    .call::<reward::Give>(
                        &reward::GiveArgs {
                            what: t.clone(),
                            times: 1,
                        },
                    )
                    .await?
                    .data;
                gained.push(got);
            }
            opened
                .push(AcceptGiftsReplyValue {
                    letter: l.id,
                    things: gained,
                });
        }
        Ok(
            Returned::success(
                Box::new(AcceptGiftsReply {
                    success: opened.into_iter().map(|o| (o.letter, o.things)).collect(),
                    error: {
                        let mut list = Vec::new();
                        for g in [args.gift.as_slice(), args.other.as_slice()].concat() {
                            if !letters.iter().any(|row| row.id == g) {
                                list.push(g);
                            }
                        }
                        list
                    },
                }),
            ),
        )
    }
}
