//! Roles in processes of their own: what happens when one of them is not there, and that the
//! managers answer nobody without a credential.

use anyhow::Result;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Server, Shape, amount, in_both_shapes, run};

async fn post(port: u16, path: &str, headers: &str, body: &str) -> Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await?;
    Ok(reply)
}

#[test]
fn without_a_credential_nothing_happens() -> Result<()> {
    in_both_shapes(|server| async move {
        let mut ada = server.login("ada").await?;
        server.equip("ada", "weapon1", 100)?;
        let body = r#"{"item":"iron","amount":50}"#;
        for headers in [
            "",
            "Authorization: Bearer x\r\n",
            "Authorization: Basic eDp5\r\n",
        ] {
            for (base, path) in [
                (8082, "/add_supply"),
                (8082, "/no_such_function"),
                (8083, "/give_weapon"),
                (8080, "/login_unique"),
                (8080, "/bind_account"),
            ] {
                let reply = post(server.port(base), path, headers, body).await?;
                assert!(
                    reply.starts_with("HTTP/1.1 401 "),
                    "{path} {headers}: {reply}"
                );
            }
        }
        // A player's own token is no credential.
        let token = format!("Authorization: Bearer {}\r\n", ada.token);
        let reply = post(server.port(8082), "/add_supply", &token, body).await?;
        assert!(reply.starts_with("HTTP/1.1 401 "), "{reply}");
        let reply = ada.call("get_all_supplies", json!({})).await?;
        assert_eq!(amount(&reply, "iron"), 100, "{reply}");
        Ok(())
    })
}

#[test]
fn a_manager_that_is_gone_is_status_13_until_it_is_back() -> Result<()> {
    run(async {
        let mut server = Server::start(Shape::Separate).await?;
        let mut ada = server.login("ada").await?;
        server.equip("ada", "weapon1", 100)?;
        let args = || json!({ "weapon": "weapon1", "iron": 20 });
        // Its own process is gone; then the one that it calls.
        for role in [2, 1] {
            drop(server.processes().remove(role));
            let reply = ada.call("level_up_weapon", args()).await?;
            assert_eq!(reply["status"], 13, "{reply}");
            assert_eq!(reply["message"], "Try again");
            let name = ["", "bag", "weapon"][role];
            server.start_role(role, &["manager", name])?;
            // The circuit to it closes with the next probe.
            let reply = ada.until_answered("level_up_weapon", args()).await?;
            assert_eq!(reply["status"], 0, "{reply}");
        }
        // Without the token server nobody is known.
        drop(server.processes().remove(0));
        let reply = ada.call("level_up_weapon", args()).await?;
        assert_eq!(reply["status"], 13, "{reply}");
        Ok(())
    })
}

#[test]
fn each_manager_has_a_file_of_its_own() -> Result<()> {
    run(async {
        let server = Server::start(Shape::Separate).await?;
        server.login("ada").await?;
        for name in ["token.db", "bag.db", "weapon.db"] {
            assert!(server.dir().join("data").join(name).is_file(), "{name}");
        }
        Ok(())
    })
}
