//! `aliya ops`: what an operator sees and does of a function that cannot go on.

use anyhow::Result;
use serde_json::json;

use crate::support::{Server, Shape, Text, aliya, run};

/// The output of `aliya ops` with those words.
fn ops(server: &Server, words: &[&str]) -> Result<(bool, String)> {
    let mut command = aliya(server.dir());
    let output = command
        .arg("ops")
        .args(words)
        .args(server.flags())
        .output()?;
    Ok((output.status.success(), output.out() + &output.err()))
}

#[test]
fn an_op_that_cannot_go_on_is_seen_and_driven_on() -> Result<()> {
    run(async {
        let mut server = Server::start(Shape::Separate).await?;
        let mut ada = server.login("ada").await?;
        let mails = ada.call("get_all_mail", json!({})).await?;
        let mail = mails["data"]["mails"][0]["mail"].clone();
        let (_, said) = ops(&server, &["list"])?;
        assert!(said.contains("nothing is under way"), "{said}");

        // The gift is taken out of the letter, and cannot be put into the bag.
        drop(server.processes().remove(1));
        let key = aliya_runtime::client::random_key();
        let data = json!({ "token": ada.token, "mail": mail });
        let message = json!({ "function": "accept_gift", "random": key, "data": data }).to_string();
        let reply = ada.client.exchange(&message).await?.to_owned();
        assert!(reply.starts_with(r#"{"status":13,"#), "{reply}");
        let (worked, said) = ops(&server, &["list"])?;
        assert!(
            worked && said.contains("mail.accept_gift  GIVING"),
            "{said}"
        );
        assert!(said.contains("bag at http://"), "why it cannot: {said}");
        let key = format!("c3:ada:{}:{key}", key.len());
        assert!(said.contains(&key), "{said}");
        let (worked, said) = ops(&server, &["show", &key])?;
        assert!(worked, "{said}");
        for part in [
            "player       ada",
            "GIVING",
            "give 0       bag.add_supply for ada",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }

        server.start_role(1, &["manager", "bag"])?;
        let (worked, said) = ops(&server, &["retry", &key])?;
        // It may have been driven on by itself already.
        assert!(worked || said.contains("there is no op"), "{said}");
        let done = ada.client.exchange(&message).await?.to_owned();
        assert!(done.starts_with(r#"{"status":0,"#), "{done}");
        let (_, said) = ops(&server, &["list"])?;
        assert!(
            said.contains("nothing is under way") && !said.contains("GIVING"),
            "{said}"
        );
        let (worked, said) = ops(&server, &["retry", &key])?;
        assert!(!worked && said.contains("that is under way"), "{said}");
        let (worked, said) = ops(&server, &["show", "c3:ada:unknown"])?;
        assert!(
            !worked && said.contains("there is no op with the key"),
            "{said}"
        );
        Ok(())
    })
}
