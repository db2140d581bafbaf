//! Weapons by chance.

use anyhow::{Context, Result};
use serde_json::json;

use crate::support::Inside;

#[test]
fn a_gift_is_a_weapon_or_thirty_of_its_segments() -> Result<()> {
    Inside::in_both_shapes(|game| async move {
        let ada = game.login("ada").await?;
        let reply = ada.call("get_all_weapon", json!({})).await?;
        let first = reply["data"]["weapons"].as_array().map_or(0, Vec::len);
        let mut expected = std::collections::BTreeMap::new();
        for line in reply["data"]["weapons"].as_array().context("a list")? {
            let name = line[0].as_str().context("a name")?;
            expected.insert(name.to_owned(), 0);
        }
        for _ in 0..60 {
            let reply = game
                .admin("weapon.random_gift_segment", "ada", json!({}))
                .await?;
            let name = reply["data"]["name"].as_str().context("a name")?.to_owned();
            if let Some(segments) = expected.get_mut(&name) {
                *segments += 30;
                let data = json!({ "kind": "segment", "name": name, "amount": 30 });
                assert_eq!(
                    reply,
                    json!({ "status": 0, "message": "success", "data": data })
                );
            } else {
                let data = json!({ "kind": "weapon", "name": name, "amount": 1 });
                let message = "a weapon, not held before";
                assert_eq!(
                    reply,
                    json!({ "status": 1, "message": message, "data": data })
                );
                expected.insert(name, 0);
            }
        }
        assert!(
            expected.len() > first + 1 && expected.len() <= 40,
            "{expected:?}"
        );
        let reply = ada.call("get_all_weapon", json!({})).await?;
        let lines = expected
            .iter()
            .map(|(name, segments)| json!([name, 1, 0, 0, 0, 0, 0, 0, segments]));
        let lines: Vec<_> = lines.collect();
        assert_eq!(reply["data"]["weapons"], json!(lines));
        Ok(())
    })
}
