//! The bag manager's functions.

use anyhow::{Context, Result};
use serde_json::json;

use crate::support::{amount, in_both_shapes};

#[test]
fn supplies_are_listed_by_the_order_of_their_names() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = server.login("ada").await?;
        let had = ada.call("get_all_supplies", json!({})).await?;
        let items = ["coin", "diamonds", "iron", "scroll_skill_10"];
        for item in items.into_iter().rev() {
            let before = amount(&had, item);
            let args = [format!("item={item}"), format!("amount={}", 9 - before)];
            let reply = server.admin("bag.add_supply", "ada", &[&args[0], &args[1]])?;
            assert_eq!(reply["data"], json!({ "left": 9 }));
        }
        let reply = ada.call("get_all_supplies", json!({})).await?;
        let lines = reply["data"]["supplies"].as_array().context("a list")?;
        let listed: Vec<_> = lines.iter().filter(|line| line[1] == 9).collect();
        assert_eq!(
            listed,
            items
                .map(|item| json!([item, 9]))
                .iter()
                .collect::<Vec<_>>()
        );
        assert!(
            lines.iter().map(|line| line[0].as_str()).is_sorted(),
            "{reply}"
        );
        let mut bob = server.login("bob").await?;
        let reply = bob.call("get_all_supplies", json!({})).await?;
        assert_eq!(reply["data"], had["data"], "another player's bag");
        Ok(())
    })
}

#[test]
fn spending_fails_and_takes_nothing_when_short() -> Result<()> {
    in_both_shapes(|server| async move {
        server.login("ada").await?;
        server.admin("bag.add_supply", "ada", &["item=coin", "amount=10"])?;
        let spend = |amount: &str| {
            server.admin(
                "bag.spend_supply",
                "ada",
                &["item=coin", &format!("amount={amount}")],
            )
        };
        let reply = spend("11")?;
        assert_eq!(reply["status"], 2, "{reply}");
        assert_eq!(reply["message"], "insufficient materials");
        for wrong in ["0", "-1", "x"] {
            assert_eq!(spend(wrong)?["status"], 10);
        }
        assert_eq!(spend("10")?["data"], json!({ "left": 0 }));
        let reply = server.admin("bag.get_supply", "ada", &["item=coin"])?;
        assert_eq!(reply["data"], json!({ "left": 0 }));
        let reply = server.admin("bag.get_supply", "ada", &["item=gold"])?;
        assert_eq!(reply["status"], 10, "{reply}");
        Ok(())
    })
}

#[test]
fn what_would_overflow_is_a_fault_and_changes_nothing() -> Result<()> {
    in_both_shapes(|server| async move {
        server.login("ada").await?;
        let most = "amount=9223372036854775807";
        server.admin("bag.add_supply", "ada", &["item=coin", most])?;
        let reply = server.admin("bag.add_supply", "ada", &["item=coin", "amount=1"])?;
        assert_eq!(reply["status"], 15, "{reply}");
        let request_id = reply["data"]["request_id"].as_str().unwrap_or_default();
        let logs = server.logs();
        let line = logs
            .lines()
            .find(|line| !request_id.is_empty() && line.contains(request_id));
        let line = line.unwrap_or_else(|| panic!("{request_id} is not in {logs}"));
        assert!(line.contains("managers/bag.yaml:"), "{line}");
        assert!(line.contains("s.amount + args.amount"), "{line}");
        let reply = server.admin("bag.get_supply", "ada", &["item=coin"])?;
        assert_eq!(reply["data"]["left"], i64::MAX);
        Ok(())
    })
}
