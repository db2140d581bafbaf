//! The functions of the game as data: one request for each shape of a function that leaves its group,
//! and what it leaves behind.

use serde_json::{Value, json};

use crate::game::bag::ITEMS;
use crate::game::guild::{NOTES, POINTS};
use crate::game::hero::{HIGHEST, LEVELS};
use crate::game::mail::{LETTERS, STAMPS};
use crate::world::{World, keyed, of};

/// A request of a player who has 20 pieces of iron and 5 stamps.
pub struct Shape {
    pub name: &'static str,
    pub function: &'static str,
    args: fn(&str) -> Value,
    /// The player's level before.
    level: i64,
}

/// Every shape.
pub static SHAPES: [Shape; 15] = [
    shape("take", "hero.train", |_| json!({"price": 2}), 1),
    shape(
        "take that is refused",
        "hero.train",
        |_| json!({"price": 21}),
        0,
    ),
    shape(
        "ask, two takes and a give",
        "hero.outfit",
        |_| json!({"iron": 3, "stamps": 2}),
        0,
    ),
    shape(
        "second take refused",
        "hero.outfit",
        |_| json!({"iron": 3, "stamps": 6}),
        0,
    ),
    shape(
        "failure after takes",
        "hero.outfit",
        |_| json!({"iron": 3, "stamps": 2}),
        HIGHEST,
    ),
    shape(
        "take that leaves its group",
        "hero.commission",
        |_| json!({"amount": 4}),
        0,
    ),
    shape(
        "take and give to another",
        "hero.send",
        |player| json!({"to": friend(player), "amount": 5}),
        0,
    ),
    shape(
        "take within the group",
        "inn.stay",
        |_| json!({"amount": 6}),
        0,
    ),
    shape(
        "allowance above a take",
        "inn.gamble",
        |_| json!({"amount": 7}),
        0,
    ),
    shape(
        "take that nothing takes back",
        "inn.toll",
        |_| json!({"amount": 8}),
        3,
    ),
    shape(
        "such a take that is refused",
        "inn.toll",
        |_| json!({"amount": 21}),
        3,
    ),
    shape(
        "write and give",
        "guild.praise",
        |_| json!({"text": "well"}),
        0,
    ),
    shape(
        "gives in a loop",
        "guild.greet",
        |_| json!({"texts": ["a", "b", "c"]}),
        0,
    ),
    shape(
        "gives with a write between",
        "guild.parade",
        |_| json!({"text": "hear"}),
        0,
    ),
    shape(
        "give that leaves its group",
        "guild.reward",
        |_| json!({"amount": 9}),
        0,
    ),
];

const fn shape(
    name: &'static str,
    function: &'static str,
    args: fn(&str) -> Value,
    level: i64,
) -> Shape {
    Shape {
        name,
        function,
        args,
        level,
    }
}

/// Status and data of an answer, and all numbers that the player has in the game.
pub type Outcome = ((i64, Value), [i64; 7]);

impl Shape {
    /// Makes the player.
    pub async fn endow(&self, world: &World, player: &str) {
        world.endow(player, 20, 5).await;
        let level = json!({"by": self.level});
        let (status, _) = world.ask("hero.boost", level, of(player)).await;
        assert_eq!(status, 0);
    }

    /// Sends the request.
    pub async fn ask(&self, world: &World, player: &str) -> (i64, Value) {
        let args = (self.args)(player);
        let (status, mut data) = world.ask(self.function, args, keyed(player, 1)).await;
        // Another player throws another number.
        if let Some(thrown) = data.get_mut("thrown") {
            *thrown = Value::from(0);
        }
        (status, data)
    }

    /// What comes of it where nothing goes wrong.
    pub async fn undisturbed(&self, world: &World) -> Outcome {
        let player = format!("undisturbed {}", self.name);
        self.endow(world, &player).await;
        let answer = self.ask(world, &player).await;
        (answer, numbers(world, &player).await)
    }
}

/// All numbers that a player has in the game, and how many lines, and the iron of a friend.
pub async fn numbers(world: &World, player: &str) -> [i64; 7] {
    let lines = |lines: Vec<String>| i64::try_from(lines.len()).expect("a few");
    [
        world.count("bag", &ITEMS, player).await,
        world.count("mail", &STAMPS, player).await,
        world.count("hero", &LEVELS, player).await,
        world.count("guild", &POINTS, player).await,
        lines(world.lines("mail", &LETTERS, player).await),
        lines(world.lines("guild", &NOTES, player).await),
        world.count("bag", &ITEMS, &friend(player)).await,
    ]
}

fn friend(player: &str) -> String {
    format!("friend of {player}")
}
