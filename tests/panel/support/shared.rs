//! The captured answers and the vendor's schema lie beside the project, not in it.
use std::path::PathBuf;

/// A file of the shared folder (`MAITRE_SHARED`, else `../shared`); none when the folder is not here, which is said, and
/// is a failure where `MAITRE_SHARED_REQUIRED` insists.
#[allow(clippy::disallowed_methods)]
pub fn file(path: &str) -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let root = std::env::var("MAITRE_SHARED").map_or(here, PathBuf::from);
    let file = root.join(path);
    if file.exists() {
        return Some(file);
    }
    assert!(
        std::env::var("MAITRE_SHARED_REQUIRED").is_err(),
        "{} is not here, and it is required",
        file.display()
    );
    println!("skipped: {path} is not beside the project");
    None
}
