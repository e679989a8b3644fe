//! T25: what the panel is made of. Names and sources are read off `Cargo.lock`; licences and advisories are asked by
//! `cargo deny check` (deny.toml), where it is installed.
use std::path::{Path, PathBuf};

use actix_web::body::to_bytes;
use actix_web::web;
use maitre::secret::{digest, hex};
use maitre::web::assets;

/// Crates that may not be in the tree, and why.
const BANNED: [(&str, &str); 5] = [
    ("h2", "HTTP/1.1 behind the proxy that speaks TLS: RUSTSEC-2026-0258 is not ours"),
    ("openssl", "TLS is rustls"),
    ("openssl-sys", "TLS is rustls"),
    ("native-tls", "TLS is rustls"),
    ("actix-governor", "GPL-3.0-or-later"),
];

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// The htmx that `package-lock.json` pins: its version, the hash of its package there, and of the file we take out of it.
const HTMX: [&str; 3] = [
    "2.0.11",
    "sha512-Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
    "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
];

/// What is wrong with a `Cargo.lock`.
fn wrong(lock: &str) -> Vec<String> {
    let lock: toml::Table = lock.parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    assert!(!packages.is_empty());
    let mut all = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        all.extend(
            BANNED.iter().filter(|(banned, _)| *banned == name).map(|(_, why)| format!("{name}: {why}")),
        );
        let from = package.get("source").map(|source| source.as_str().unwrap());
        match from {
            Some(CRATES_IO) if package.get("checksum").is_some() => {}
            None if name == "maitre" => {}
            from => all.push(format!("{name} comes from {from:?}")),
        }
    }
    all
}

#[test]
fn nothing_is_in_the_tree_that_may_not_be() {
    let lock = std::fs::read_to_string("Cargo.lock").unwrap();
    assert_eq!(wrong(&lock), Vec::<String>::new());
    // the controls: actix's default features, a crate from elsewhere, one beside us
    let of = |name: &str, source: &str| {
        format!("{lock}\n[[package]]\nname = \"{name}\"\nversion = \"0.3.27\"\n{source}\n")
    };
    let source = |from: &str| format!("source = \"{from}\"\nchecksum = \"00\"");
    for (name, from) in [
        ("h2", source(CRATES_IO)),
        ("actix-governor", source(CRATES_IO)),
        ("strange", source("git+https://example.com/strange#1")),
        ("beside", String::new()),
    ] {
        assert_eq!(wrong(&of(name, &from)).len(), 1, "{name}");
    }
}

#[test]
fn what_cargo_deny_is_told_is_what_is_told_here() {
    let told: toml::Table = std::fs::read_to_string("deny.toml").unwrap().parse().unwrap();
    let denied: Vec<&str> =
        told["bans"]["deny"].as_array().unwrap().iter().map(|one| one["crate"].as_str().unwrap()).collect();
    assert!(BANNED.iter().all(|(name, _)| denied.contains(name)), "{denied:?}");
    let allowed = told["licenses"]["allow"].as_array().unwrap();
    assert!(allowed.iter().all(|one| !one.as_str().unwrap().contains("GPL")), "{allowed:?}");
}

fn files(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path, kind));
        } else if path.extension().is_some_and(|one| one == kind) {
            all.push(path);
        }
    }
    all
}

#[test]
fn no_code_is_unsafe_and_no_template_lets_markup_through() {
    for root in ["src/lib.rs", "src/main.rs"] {
        let code = std::fs::read_to_string(root).unwrap();
        assert!(code.contains("#![forbid(unsafe_code)]"), "{root}");
    }
    let lets_through = |text: &str| {
        let bare: String = text.chars().filter(|one| !one.is_whitespace()).collect();
        bare.contains("|safe") || bare.contains("|escape(\"none\")") || bare.contains("{%autoescape")
    };
    let templates = files(Path::new("templates"), "html");
    assert!(templates.len() > 50);
    for file in templates.iter().chain(&files(Path::new("src"), "rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        let told = file.display();
        assert!(!lets_through(&text) && !text.contains("escape = \"none\""), "{told}");
    }
    assert!(lets_through("{{ name | safe }}"), "the control");
}

#[actix_web::test]
async fn htmx_is_the_one_that_was_read() {
    let lock: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string("package-lock.json").unwrap()).unwrap();
    let pinned = &lock["packages"]["node_modules/htmx.org"];
    let [version, package, file] = HTMX;
    assert_eq!((pinned["version"].as_str(), pinned["integrity"].as_str()), (Some(version), Some(package)));
    // a build without npm has none
    if !assets::has_htmx() {
        return;
    }
    let answer = assets::serve(web::Path::from(("any".to_owned(), "htmx.js".to_owned()))).await.unwrap();
    let script = String::from_utf8(to_bytes(answer.into_body()).await.unwrap().to_vec()).unwrap();
    assert_eq!(hex(&digest(&script)), file, "the embedded htmx is another one");
    assert_ne!(hex(&digest(&format!("{script} "))), file, "the control");
}
