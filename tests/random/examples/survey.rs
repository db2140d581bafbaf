use random_games::{Choices, game};
use std::collections::BTreeMap;
use xtask::generate::check_text;
fn main() {
    let n: u64 = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut by: BTreeMap<String, (usize, String, String)> = BTreeMap::new();
    let (mut lines, mut ok) = (0, 0);
    for seed in 0..n {
        let mut s = seed * 7919 + 1;
        let len = [100, 400, 1000, 2000, 4000][(seed % 5) as usize];
        let v: Vec<u32> = (0..len).map(|_| { s = s.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); (s >> 33) as u32 }).collect();
        let files = game(Choices::new(v));
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in &files { let p = folder.path().join(path); std::fs::create_dir_all(p.parent().unwrap()).unwrap(); std::fs::write(p, text).unwrap(); }
        lines += files[0].1.lines().count();
        let said = check_text(&folder.path().join("managers.yaml"), &files[0].1);
        let parts: Vec<&str> = said.split("\n\n").filter(|p| p.starts_with("error[")).collect();
        if parts.is_empty() { ok += 1; }
        for part in parts {
            let code = part[..12].to_string();
            if std::env::args().nth(2).as_deref() == Some("all") { println!("{part}\n"); } let e = by.entry(code).or_insert((0, part.to_string(), files[0].1.clone()));
            e.0 += 1;
            if part.len() < e.1.len() { e.1 = part.to_string(); e.2 = files[0].1.clone(); }
        }
    }
    println!("{ok} of {n} ok, {lines} lines");
    for (code, (n, part, text)) in &by { println!("== {code} x{n}\n{part}\n"); if std::env::args().nth(2).as_deref() == Some(&code[6..11]) { println!("{text}"); } }
}
