//! The only reader of the environment and of the config file. Secrets come from here and go no further than the struct
//! that needs them.
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use crate::error::{Error, Result};
use crate::secret::Seal;

/// What `maitre serve` runs with. Each setting is a variable `MAITRE_…` or the same name in lower case without the prefix
/// in the TOML file named by `MAITRE_CONFIG`; the environment wins.
pub struct Config {
    /// `sqlite:///var/lib/maitre/maitre.db` or `postgres://…` (`MAITRE_DATABASE_URL`).
    pub database_url: String,
    /// Where the panel listens (`MAITRE_LISTEN`, 127.0.0.1:8080).
    pub listen: SocketAddr,
    /// `https://panel.example.com`: how people reach it (`MAITRE_ORIGIN`).
    pub origin: Option<String>,
    /// The header in which our own proxy writes the client's address (`MAITRE_CLIENT_IP_HEADER`).
    pub client_ip_header: Option<String>,
    /// Seals keys at rest; 32 bytes in base64 (`MAITRE_MASTER_KEY` or the file `MAITRE_MASTER_KEY_FILE`).
    pub seal: Seal,
    pub iiko: Iiko,
}

/// How to reach iiko.
pub struct Iiko {
    /// `MAITRE_IIKO_URL`, `https://api-ru.iiko.services`.
    pub base: String,
    /// Our application for iiko's second sign-in: `MAITRE_IIKO_APP_ID`, `MAITRE_IIKO_CLIENT_SECRET` (or `…_FILE`).
    pub app: Option<(String, SecretString)>,
}

pub const IIKO_CLOUD: &str = "https://api-ru.iiko.services";

impl Config {
    /// Reads all of it or says in one sentence what is missing.
    pub fn read() -> Result<Config> {
        let source = Source::open()?;
        let database_url = source.need("DATABASE_URL")?;
        let listen = source.text("LISTEN").unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let listen: SocketAddr = listen
            .parse()
            .map_err(|_| Error::internal(format!("MAITRE_LISTEN is no address with a port: {listen}")))?;
        let origin = source.text("ORIGIN").map(|origin| origin.trim_end_matches('/').to_owned());
        if origin.is_none() && !listen.ip().is_loopback() {
            return Err(Error::internal(
                "MAITRE_ORIGIN is missing: say how people reach the panel, https://panel.example.com",
            ));
        }
        if origin
            .as_deref()
            .is_some_and(|origin| !origin.starts_with("https://") && !is_this_machine(&format!("{origin}:")))
        {
            return Err(Error::internal(
                "MAITRE_ORIGIN must be https: over plain http anybody on the way reads the session",
            ));
        }
        let base = source.text("IIKO_URL").unwrap_or_else(|| IIKO_CLOUD.to_owned());
        if !base.starts_with("https://") && !is_this_machine(&base) {
            return Err(Error::internal("MAITRE_IIKO_URL must be https: keys travel there"));
        }
        let app = match (source.text("IIKO_APP_ID"), source.secret("IIKO_CLIENT_SECRET")?) {
            (Some(id), Some(secret)) => Some((id, secret)),
            (None, None) => None,
            _ => return Err(Error::internal("MAITRE_IIKO_APP_ID and MAITRE_IIKO_CLIENT_SECRET go together")),
        };
        let seal = source
            .secret("MASTER_KEY")?
            .ok_or_else(|| Error::internal("MAITRE_MASTER_KEY is missing: make one with `openssl rand -base64 32` and keep it apart from the database"))?;
        Ok(Config {
            database_url,
            listen,
            origin,
            client_ip_header: source.text("CLIENT_IP_HEADER"),
            seal: seal_of(seal.expose_secret())?,
            iiko: Iiko { base: base.trim_end_matches('/').to_owned(), app },
        })
    }

    /// Only the database, for `maitre migrate` and `maitre user add`.
    pub fn database_url() -> Result<String> {
        Source::open()?.need("DATABASE_URL")
    }
}

/// 32 bytes in base64.
pub fn seal_of(text: &str) -> Result<Seal> {
    let bytes = STANDARD.decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let key = bytes.ok_or_else(|| Error::internal("MAITRE_MASTER_KEY is not 32 bytes in base64"))?;
    Ok(Seal::new(&key))
}

/// A key of our own for a data folder (demo): made once, readable by its owner alone.
pub fn seal_in(folder: &Path) -> Result<Seal> {
    let file = folder.join("master.key");
    if let Ok(text) = std::fs::read_to_string(&file) {
        return seal_of(&text);
    }
    let text = STANDARD.encode(rand::random::<[u8; 32]>());
    write_for_owner(&file, &text)?;
    seal_of(&text)
}

/// Writes a file that only its owner may read.
pub fn write_for_owner(file: &Path, text: &str) -> Result<()> {
    // made empty first: at no moment can others read what is in it; put in place whole: a kill leaves no half of it
    let beside = file.with_extension("new");
    let made = std::fs::write(&beside, "")
        .and_then(|()| for_owner_alone(&beside))
        .and_then(|()| std::fs::write(&beside, text))
        .and_then(|()| std::fs::rename(&beside, file));
    made.map_err(|cause| Error::Internal(Box::new(cause)))
}

#[cfg(unix)]
fn for_owner_alone(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn for_owner_alone(_: &Path) -> std::io::Result<()> {
    Ok(())
}

fn is_this_machine(url: &str) -> bool {
    url.starts_with("http://127.0.0.1:") || url.starts_with("http://localhost:")
}

/// The environment over the file.
struct Source {
    all: BTreeMap<String, String>,
    /// Names that the environment gave.
    outer: BTreeSet<String>,
}

impl Source {
    #[allow(clippy::disallowed_methods)]
    fn open() -> Result<Source> {
        let (mut all, mut outer) = (BTreeMap::new(), BTreeSet::new());
        if let Ok(path) = std::env::var("MAITRE_CONFIG") {
            let path = PathBuf::from(path);
            let text = std::fs::read_to_string(&path).map_err(|cause| {
                Error::internal(format!("the config file {} cannot be read: {cause}", path.display()))
            })?;
            let table: BTreeMap<String, toml::Value> = toml::from_str(&text).map_err(|cause| {
                // the parser's own message quotes the line, which may hold a secret
                let line =
                    cause.span().map_or(0, |span| text.get(..span.start).unwrap_or("").lines().count());
                Error::internal(format!("the config file {} is not TOML near line {line}", path.display()))
            })?;
            for (name, value) in table {
                let value = value.as_str().ok_or_else(|| {
                    Error::internal(format!("the config's {name} must be a text in quotes"))
                })?;
                all.insert(name.to_uppercase(), value.to_owned());
            }
        }
        for (name, value) in std::env::vars() {
            if let Some(name) = name.strip_prefix("MAITRE_") {
                all.insert(name.to_owned(), value);
                outer.insert(name.to_owned());
            }
        }
        Ok(Source { all, outer })
    }

    fn is_outer(&self, name: &str) -> bool {
        self.outer.contains(name)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.all.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    fn need(&self, name: &str) -> Result<String> {
        self.text(name).ok_or_else(|| Error::internal(format!("MAITRE_{name} is missing")))
    }

    /// A value, or the content of the file named by `…_FILE`.
    fn secret(&self, name: &str) -> Result<Option<SecretString>> {
        let file = format!("{name}_FILE");
        // both of one source: the file; else the environment's, whichever of the two it names
        if let Some(path) = self.text(&file).filter(|_| !self.is_outer(name) || self.is_outer(&file)) {
            let text = std::fs::read_to_string(&path).map_err(|cause| {
                Error::internal(format!("the file of MAITRE_{name}_FILE cannot be read: {cause}"))
            })?;
            return Ok(Some(SecretString::from(text.trim().to_owned())));
        }
        Ok(self.text(name).map(SecretString::from))
    }
}
