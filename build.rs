//! Embeds htmx: taken from npm as `package-lock.json` pins it, never committed. A machine without npm builds a panel
//! that works by plain forms and links.
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const HTMX: &str = "node_modules/htmx.org/dist/htmx.min.js";

fn main() {
    for watched in ["package.json", "package-lock.json", HTMX, "locales", "i18n.toml", "migrations", "static"]
    {
        println!("cargo:rerun-if-changed={watched}");
    }
    let Some(out) = env::var_os("OUT_DIR") else { return };
    let target = PathBuf::from(out).join("htmx.js");
    if !Path::new(HTMX).exists() {
        let npm = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"])
            .output();
        if !npm.is_ok_and(|done| done.status.success()) {
            println!(
                "cargo:warning=npm is not here or could not fetch htmx: the panel is built without partial refreshes"
            );
        }
    }
    let script = fs::read(HTMX).unwrap_or_default();
    if fs::read(&target).ok().as_deref() != Some(&script) {
        fs::write(&target, script).expect("the build folder can be written");
    }
}
