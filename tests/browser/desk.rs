//! A demo of its own and a Chromium in front of it.
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// The running binary, its driver, its window; all ended with it, the window first: it is closed through the driver.
pub struct Desk {
    pub driver: WebDriver,
    pub info: Value,
    _chromedriver: Ended,
    _demo: Ended,
    folder: std::path::PathBuf,
}

/// A process that ends with its owner, whether the test passes or not.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// How the window is.
#[derive(Clone, Copy)]
pub struct Window {
    pub scripts: bool,
    pub width: u32,
}

impl Default for Window {
    fn default() -> Window {
        Window { scripts: true, width: 1440 }
    }
}

/// Runs a test at a desk, where there is a browser to run it in; the desk is cleared whether it passes or not.
#[allow(clippy::disallowed_methods)]
pub async fn at_desk(window: Window, test: impl AsyncFnOnce(&Desk)) {
    if std::env::var("MAITRE_BROWSER").is_err() {
        return println!("skipped: MAITRE_BROWSER is not set");
    }
    let desk = Desk::open(window).await;
    let done = AssertUnwindSafe(test(&desk)).catch_unwind().await;
    desk.close().await;
    if let Err(cause) = done {
        resume_unwind(cause);
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Asks until the answer is yes; fails after 20 s.
pub async fn until<F: AsyncFnMut() -> bool>(what: &str, mut yes: F) {
    let started = Instant::now();
    while !yes().await {
        assert!(started.elapsed() < Duration::from_secs(20), "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

impl Desk {
    async fn open(window: Window) -> Desk {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("desk-{}", uuid::Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let (_demo, info) = demo(&folder);
        let port = free_port();
        let _chromedriver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map(Ended)
            .expect("chromedriver is installed");
        let driver = driver(port, window, &folder).await;
        Desk { driver, info, _chromedriver, _demo, folder }
    }

    pub fn text(&self, key: &str) -> String {
        self.info[key].as_str().unwrap().to_owned()
    }

    /// Opens a path of the panel.
    pub async fn goes(&self, path: &str) {
        let url =
            if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.text("panel")) };
        self.driver.goto(url).await.unwrap();
    }

    pub async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().path().to_owned()
    }

    /// What a person reads on the page; white space folded. Nothing while the page is being replaced.
    pub async fn reads(&self) -> String {
        let text = async { self.driver.find(By::Tag("body")).await?.text().await }.await.unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub async fn sees(&self, words: &str) {
        until(words, async || self.reads().await.contains(words)).await;
    }

    /// The field, select or check box under a label.
    pub async fn labelled(&self, label: &str) -> WebElement {
        let path = format!("//label[normalize-space()='{label}']");
        let found = self.driver.find(By::XPath(path)).await.unwrap_or_else(|_| panic!("no label «{label}»"));
        let id = found.attr("for").await.unwrap().unwrap();
        self.driver.find(By::Id(id)).await.unwrap()
    }

    pub async fn types(&self, label: &str, text: &str) {
        let field = self.labelled(label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses the option whose words hold `part`.
    pub async fn chooses(&self, label: &str, part: &str) {
        let select = self.labelled(label).await;
        let option = select.find(By::XPath(format!(".//option[contains(., '{part}')]"))).await.unwrap();
        option.click().await.unwrap();
    }

    /// Presses the first visible button or link with these words, once it is there: the page before may still be leaving.
    pub async fn presses(&self, words: &str) {
        let path = format!(
            "//main//*[self::button or self::a][contains(normalize-space(), '{words}')]|//nav//a[contains(normalize-space(), '{words}')]"
        );
        for _ in 0..50 {
            for one in self.driver.find_all(By::XPath(path.as_str())).await.unwrap_or_default() {
                if one.is_displayed().await.unwrap_or(false) {
                    one.scroll_into_view().await.unwrap();
                    return one.click().await.unwrap();
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no button or link «{words}» on {}", self.path().await);
    }

    pub async fn can_press(&self, words: &str) -> bool {
        let path = format!("//main//button[normalize-space()='{words}']");
        !self.driver.find_all(By::XPath(path)).await.unwrap().is_empty()
    }

    pub async fn signs_in(&self, role: &str) {
        let people = self.info["people"].as_array().unwrap();
        let person = people.iter().find(|person| person["role"] == role).unwrap();
        self.goes("/login").await;
        self.types("Почта", person["email"].as_str().unwrap()).await;
        self.types("Пароль", person["password"].as_str().unwrap()).await;
        self.presses("Войти").await;
        until("signed in", async || self.path().await != "/login").await;
    }

    /// `/v/{id}` of the venue the person works in.
    pub async fn venue(&self) -> String {
        self.path().await.split('/').take(3).collect::<Vec<_>>().join("/")
    }

    /// Steps 1 to 3 of the set-up.
    pub async fn connects(&self) {
        self.presses("Настройка").await;
        self.presses("Изменить").await;
        self.types("API-ключ", &self.text("api_key")).await;
        self.presses("Сохранить").await;
        self.sees("Ключ подошёл").await;
        self.chooses("Заведение", "Покровка").await;
        self.presses("Сохранить").await;
        self.sees("Теперь выберите терминал").await;
        assert!(!self.can_press("Синхронизировать").await, "only after the terminal is chosen");
        self.chooses("Терминал", "Зал").await;
        self.presses("Сохранить").await;
        self.sees("Можно синхронизировать меню").await;
    }

    /// Presses «Синхронизировать» and waits for the end; without scripts the page refreshes itself.
    pub async fn syncs(&self) {
        self.presses("Синхронизировать").await;
        until("the sync ends", async || {
            let text = self.reads().await;
            text.contains("Синхронизация №") && !text.contains("Идёт синхронизация")
        })
        .await;
    }

    /// Pulls a lever of the sandbox till.
    pub async fn lever(&self, name: &str, fields: Value) {
        let url = format!("{}/levers/{name}", self.text("sandbox"));
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client.post(url).json(&fields).send().await.unwrap();
        assert!(answer.status().is_success(), "{name}: {}", answer.text().await.unwrap());
    }

    async fn close(self) {
        let folder = self.folder.clone();
        let _ = self.driver.clone().quit().await;
        drop(self);
        let _ = std::fs::remove_dir_all(folder);
    }
}

fn demo(folder: &std::path::Path) -> (Ended, Value) {
    let (panel, sandbox) = (free_port().to_string(), free_port().to_string());
    let mut child = Command::new(env!("CARGO_BIN_EXE_maitre"))
        .args(["demo", "--json", "--port", &panel, "--sandbox-port", &sandbox, "--data"])
        .arg(folder.join("data"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (Ended(child), serde_json::from_str(&line).unwrap())
}

async fn driver(port: u16, window: Window, folder: &std::path::Path) -> WebDriver {
    let mut caps = DesiredCapabilities::chrome();
    let size = format!("--window-size={},900", window.width);
    let data = format!("--user-data-dir={}", folder.join("chromium").display());
    for arg in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--force-prefers-reduced-motion",
        &size,
        &data,
    ] {
        caps.add_arg(arg).unwrap();
    }
    let mut prefs = json!({ "intl.accept_languages": "ru" });
    if !window.scripts {
        prefs["profile.managed_default_content_settings.javascript"] = json!(2);
    }
    caps.add_experimental_option("prefs", prefs).unwrap();
    for _ in 0..100 {
        if let Ok(driver) = WebDriver::new(format!("http://127.0.0.1:{port}"), caps.clone()).await {
            return driver;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("chromedriver does not answer");
}
