//! How often a function waits for its database: no more often than SQL by hand would.

mod proxy;

use aliya_test_servers::{Kind, Server as Database};
use anyhow::{Result, ensure};
use serde_json::{Value, json};

use self::proxy::Proxy;
use crate::failing::{on_servers, over};
use crate::support::Player;

/// How often each function is called: what the server does by itself meanwhile counts for less.
const CALLS: u64 = 40;

#[test]
fn functions_wait_as_often_as_sql_by_hand() -> Result<()> {
    on_servers(counted)
}

async fn counted(kind: Kind) -> Result<()> {
    let database = Database::start(kind)?;
    let url = database.fresh_database()?;
    let proxy = Proxy::start(kind, database.admin().port)?;
    let port = database.admin().port.to_string();
    let url = url.replacen(&format!(":{port}/"), &format!(":{}/", proxy.port), 1);
    let plain = match kind {
        Kind::Postgres => "sslmode=disable",
        Kind::Mariadb => "ssl-mode=disabled",
    };
    let server = over(&format!("{url}?{plain}")).await?;
    let mut ada = server.login("ada").await?;
    server.equip("ada", "weapon1", 1_000_000)?;

    for (function, args, round_trips) in [
        // BEGIN, the weapon, what is held, what is spent of it, the two that change, COMMIT.
        (
            "level_up_weapon",
            json!({ "weapon": "weapon1", "iron": 20 }),
            7,
        ),
        // BEGIN, one read, one write, COMMIT.
        (
            "level_up_passive",
            json!({ "weapon": "weapon1", "passive": "passive_skill_1_level" }),
            4,
        ),
        // One query is a snapshot by itself.
        ("get_all_supplies", json!({}), 1),
    ] {
        // The reply of a keyed request that writes is a row more, in the same commit.
        let row = u64::from(round_trips > 1);
        for (keyed, wanted) in [(false, round_trips), (true, round_trips + row)] {
            let each = each(&proxy, &mut ada, function, &args, keyed).await?;
            ensure!(
                each == wanted,
                "{function}, keyed: {keyed}: {each}, and not {wanted}"
            );
        }
    }
    Ok(())
}

/// How many round trips a call takes once its statements are prepared.
async fn each(
    proxy: &Proxy,
    player: &mut Player,
    function: &str,
    args: &Value,
    keyed: bool,
) -> Result<u64> {
    let mut call = async |times| -> Result<u64> {
        let before = proxy.count();
        for _ in 0..times {
            let reply = match keyed {
                true => player.call(function, args.clone()).await?,
                false => player.call_unkeyed(function, args.clone()).await?,
            };
            ensure!(reply["status"] == 0, "{reply}");
        }
        Ok(proxy.count() - before)
    };
    call(1).await?;
    Ok(call(CALLS).await? / CALLS)
}
