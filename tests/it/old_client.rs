//! A client of the old system, byte for byte: its frames come from the old client's own code
//! (aliya-runtime/tests/data/wire-vectors.json), and it reads and writes as that client did.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use aliya_runtime::frame::MAX_BODY;
use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::support::{Server, Shape, exchange, framed, in_both_shapes, run};

fn vector(name: &str) -> Result<Vec<u8>> {
    let text = include_str!("../../aliya-runtime/tests/data/wire-vectors.json");
    let vectors: Value = serde_json::from_str(text)?;
    let vectors = vectors["vectors"].as_array().context("a list")?;
    let vector = vectors
        .iter()
        .find(|v| v["name"] == name)
        .context("no such vector")?;
    Ok(vector["framed"]
        .as_str()
        .context("text")?
        .as_bytes()
        .to_vec())
}

#[test]
fn the_recorded_bytes_log_in_and_level_up() -> Result<()> {
    in_both_shapes(|server| async move {
        let login = exchange(server.gateway, &vector("login_unique request")?).await?;
        assert_eq!(login["status"], 1, "{login}");
        assert_eq!(login["message"], "new account created");
        assert_eq!(login["random"], "253");
        let token = login["data"]["token"].as_str().context("a token")?;

        // The recorded request carries a token of another server.
        let refused = exchange(server.gateway, &vector("level_up_weapon request")?).await?;
        let expected = json!({
            "status": 11, "message": "Authorization required", "random": "-906",
            "data": { "bad_token": "muahaah" }
        });
        assert_eq!(refused, expected);

        server.equip("mac", "weapon1", 1000)?;
        let request = json!({
            "function": "level_up_weapon", "random": "-906",
            "data": { "token": token, "weapon": "weapon1", "iron": "20" }
        });
        let reply = exchange(server.gateway, &framed(&request)?).await?;
        let expected = json!({
            "status": 0, "message": "success", "random": "-906",
            "data": { "weapon_bag1": ["mac", 1, 0, 0, 0, 0, 1, 0], "item1": ["iron", 980] }
        });
        assert_eq!(reply, expected);
        Ok(())
    })
}

#[test]
fn an_undecodable_body_is_closed_without_an_answer() -> Result<()> {
    run(async {
        let server = Server::start(Shape::OneProcess).await?;
        let mut bytes = vector("login_unique request")?;
        let at = bytes.len() - 10;
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let mut stream = TcpStream::connect(server.gateway)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(&bytes)?;
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply)?;
        assert!(reply.is_empty(), "{} bytes", reply.len());
        Ok(())
    })
}

#[test]
fn requests_before_garbage_are_answered() -> Result<()> {
    run(async {
        let server = Server::start(Shape::OneProcess).await?;
        let mut bytes = vector("login_unique request")?.repeat(3);
        bytes.extend_from_slice(&vec![b'x'; 3 * MAX_BODY]);
        let mut stream = TcpStream::connect(server.gateway)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(&bytes)?;
        stream.shutdown(Shutdown::Write)?;
        let mut replies = Vec::new();
        stream.read_to_end(&mut replies)?;
        let count = replies.windows(8).filter(|w| w == b"e3cb9706").count();
        assert_eq!(count, 3);
        Ok(())
    })
}
