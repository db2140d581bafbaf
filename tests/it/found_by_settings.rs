//! How parts find each other, and how clients find them: all of it is settings.

use aliya_runtime::client::{Client, ClientError};
use aliya_runtime::frame::Cipher;
use anyhow::Result;
use serde_json::json;

use crate::support::{Process, Server, Shape, Text, aliya, amount, object, run};

#[test]
fn a_gateway_finds_the_others_by_their_urls() -> Result<()> {
    run(async {
        let mut server = Server::start(Shape::Separate).await?;
        let url = |base| format!("http://127.0.0.1:{}", server.port(base));
        let (token, bag, weapon) = (url(8080), url(8082), url(8083));
        // Neither port_offset nor token tells this one anything.
        let mut gateway = Process::start(
            server.dir(),
            "other-gateway",
            &[
                "gateway".to_owned(),
                "--data=data".to_owned(),
                "--gateway=127.0.0.1:0".to_owned(),
                format!("--token-url={token}"),
                format!("--manager-urls=bag={bag},weapon={weapon}/"),
            ],
        )?;
        server.gateway = gateway.ready()?.parse()?;
        let mut ada = server.login("ada").await?;
        server.equip("ada", "weapon1", 100)?;
        let args = json!({ "weapon": "weapon1", "iron": 20 });
        assert_eq!(ada.call("level_up_weapon", args).await?["status"], 0);
        let reply = ada.call("get_all_supplies", json!({})).await?;
        assert_eq!(amount(&reply, "iron"), 80, "{reply}");
        Ok(())
    })
}

#[test]
fn clients_need_the_keys_of_the_settings() -> Result<()> {
    run(async {
        let keys = ["--des-key=abcdefgh", "--des-iv=ijklmnop"];
        let server = Server::start_with(Shape::OneProcess, &keys).await?;
        let login = || object(json!({ "unique_id": "ada" }));
        // The keys that old clients have built in open nothing here.
        let mut old = server.connect().await?;
        let answered = old.call("login_unique", login()).await;
        assert!(matches!(answered, Err(ClientError::Closed)), "{answered:?}");
        let cipher = Cipher::new(b"abcdefgh", b"ijklmnop")?;
        let mut new = Client::connect(server.gateway, cipher).await?;
        assert_eq!(new.call("login_unique", login()).await?["status"], 1);

        let gateway = format!("--gateway={}", server.gateway);
        let call = ["call", "login_unique", "unique_id=ada", &gateway];
        let output = aliya(server.dir()).args(call).output()?;
        assert!(!output.status.success());
        let said = output.err();
        assert!(said.contains("do the DES key and IV agree?"), "{said}");
        let output = aliya(server.dir()).args(call).args(keys).output()?;
        assert!(
            output.out().starts_with(r#"{"status":0,"#),
            "{}",
            output.err()
        );
        Ok(())
    })
}

#[test]
fn without_a_command_it_is_up() -> Result<()> {
    run(async {
        let server = Server::start(Shape::OneProcess).await?;
        let mut flags = server.flags().to_vec();
        drop(server);
        let dir = tempfile::tempdir()?;
        flags.retain(|flag| flag != "--data=data");
        let mut process = Process::start(dir.path(), "bare", &flags)?;
        process.ready()?;
        process.signal("TERM")?;
        assert!(process.wait()?.success());
        // By default everything is in the folder `data`.
        assert!(dir.path().join("data/aliya.db").is_file());
        Ok(())
    })
}
