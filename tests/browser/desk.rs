//! A demo of its own and a Chromium in front of it.
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// The running binary, its driver, its window; all ended with it.
pub struct Desk {
    pub driver: WebDriver,
    pub info: Value,
    demo: Child,
    chromedriver: Child,
    folder: std::path::PathBuf,
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

/// Whether there is a browser to test in; says so when there is none.
#[allow(clippy::disallowed_methods)]
pub fn here() -> bool {
    let here = std::env::var("MAITRE_BROWSER").is_ok();
    if !here {
        println!("skipped: MAITRE_BROWSER is not set");
    }
    here
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
    pub async fn open(window: Window) -> Desk {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("desk-{}", uuid::Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let (demo, info) = demo(&folder);
        let port = free_port();
        let chromedriver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed");
        let driver = driver(port, window, &folder).await;
        Desk { driver, info, demo, chromedriver, folder }
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

    /// What a person reads on the page; white space folded.
    pub async fn reads(&self) -> String {
        let text = self.driver.find(By::Tag("body")).await.unwrap().text().await.unwrap();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    pub fn sees<'a>(&'a self, words: &'a str) -> impl Future<Output = ()> + 'a {
        async move {
            until(words, async || self.reads().await.contains(words)).await;
        }
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

    /// Presses the first visible button or link with these words.
    pub async fn presses(&self, words: &str) {
        let path = format!(
            "//main//*[self::button or self::a][contains(normalize-space(), '{words}')]|//nav//a[contains(normalize-space(), '{words}')]"
        );
        for one in self.driver.find_all(By::XPath(path)).await.unwrap() {
            if one.is_displayed().await.unwrap_or(false) {
                one.scroll_into_view().await.unwrap();
                return one.click().await.unwrap();
            }
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

    pub async fn close(mut self) {
        let _ = self.driver.clone().quit().await;
        for child in [&mut self.chromedriver, &mut self.demo] {
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // a failed test leaves nothing running
        let _ = self.chromedriver.kill();
        let _ = self.demo.kill();
    }
}

fn demo(folder: &std::path::Path) -> (Child, Value) {
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
    (child, serde_json::from_str(&line).unwrap())
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
        &size,
        &data,
    ] {
        caps.add_arg(arg).unwrap();
    }
    if !window.scripts {
        let prefs = json!({ "profile.managed_default_content_settings.javascript": 2 });
        caps.add_experimental_option("prefs", prefs).unwrap();
    }
    for _ in 0..100 {
        if let Ok(driver) = WebDriver::new(format!("http://127.0.0.1:{port}"), caps.clone()).await {
            return driver;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("chromedriver does not answer");
}
