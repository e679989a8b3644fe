//! Somebody at a browser: keeps cookies and the form token, opens pages, sends forms.
use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::header::{COOKIE, HeaderMap, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use uuid::Uuid;

use crate::support::screen::Screen;

pub struct Person {
    pub id: Uuid,
    pub email: String,
    pub venue: Option<Uuid>,
    pub url: String,
    client: Client,
    cookies: Mutex<BTreeMap<String, String>>,
    token: Mutex<String>,
}

fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    // a panel that was idle hangs up on who comes again
    Client::builder().redirect(Policy::none()).no_proxy().pool_max_idle_per_host(0).build().unwrap()
}

impl Person {
    pub async fn nobody(url: String) -> Person {
        let person = Person {
            id: Uuid::nil(),
            email: String::new(),
            venue: None,
            url,
            client: client(),
            cookies: Mutex::default(),
            token: Mutex::default(),
        };
        person.opens("/login").await;
        person
    }

    pub async fn signed_in(url: String, id: Uuid, email: String, sid: String) -> Person {
        let mut person = Person::nobody(url).await;
        (person.id, person.email) = (id, email);
        person.cookies.lock().unwrap().insert("maitre-sid".to_owned(), sid);
        person
    }

    /// `/menu` of the person's venue; a path from the root when it starts with `//`, or with `/v/` as links have it.
    pub fn at(&self, path: &str) -> String {
        match self.venue {
            _ if path.starts_with("//") => format!("{}{}", self.url, &path[1..]),
            Some(_) if path.starts_with("/v/") => format!("{}{path}", self.url),
            Some(venue) => format!("{}/v/{venue}{path}", self.url),
            None => format!("{}{path}", self.url),
        }
    }

    /// GET, redirects followed as a browser does.
    pub async fn opens(&self, path: &str) -> Screen {
        let answer = self.go(self.client.get(self.at(path))).await;
        self.follow(answer).await
    }

    /// GET as htmx asks for a part.
    pub async fn asks_part(&self, path: &str) -> Screen {
        self.go(self.client.get(self.at(path)).header("hx-request", "true")).await
    }

    /// POSTs a form with the token of this browser; the redirect after it is followed.
    pub async fn sends<'a>(
        &self,
        path: &str,
        fields: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Screen {
        let answer = self.posts(path, fields).await;
        self.follow(answer).await
    }

    /// POSTs a form; the answer as it is.
    pub async fn posts<'a>(
        &self,
        path: &str,
        fields: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Screen {
        let mut all = vec![("token".to_owned(), self.token())];
        all.extend(fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
        let request = self.client.post(self.at(path)).header("sec-fetch-site", "same-origin").form(&all);
        self.go(request).await
    }

    /// Shows on the page «Подтвердите, что это вы» that it is them, as a browser does: a 307 is followed with the same form.
    pub async fn proves(&self, page: &Screen, name: &str, value: &str) -> Screen {
        let mut all: Vec<(&str, String)> = vec![("token", self.token()), (name, value.to_owned())];
        for hidden in ["to", "kept", "lost", "back"] {
            all.extend(page.field(hidden).map(|value| (hidden, value)));
        }
        let send = async |path: &str| {
            let request =
                self.client.post(self.at(&format!("/{path}"))).header("sec-fetch-site", "same-origin");
            self.go(request.form(&all)).await
        };
        let answer = send("/prove").await;
        match answer.goes_to() {
            Some(to) if answer.status == 307 => {
                let answer = send(&to).await;
                self.follow(answer).await
            }
            _ => self.follow(answer).await,
        }
    }

    /// Chooses files in the form of photos and sends it; the redirect after it is followed.
    pub async fn uploads(&self, path: &str, files: &[Vec<u8>]) -> Screen {
        let mut body = Vec::new();
        let part = |body: &mut Vec<u8>, head: &str, bytes: &[u8]| {
            let head = format!("--frontier\r\nContent-Disposition: form-data; {head}\r\n\r\n");
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        };
        part(&mut body, "name=\"token\"", self.token().as_bytes());
        for file in files {
            part(&mut body, "name=\"photos\"; filename=\"photo.jpg\"\r\nContent-Type: image/jpeg", file);
        }
        body.extend(b"--frontier--\r\n");
        let request = self.client.post(self.at(path)).header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "multipart/form-data; boundary=frontier").body(body);
        let answer = self.go(request).await;
        self.follow(answer).await
    }

    /// A request of one's own making, with this person's cookies.
    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.at(path)).headers(self.cookie_header())
    }

    pub fn token(&self) -> String {
        self.token.lock().unwrap().clone()
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    fn cookie_header(&self) -> HeaderMap {
        let all: Vec<String> = self.cookies.lock().unwrap().iter().map(|(k, v)| format!("{k}={v}")).collect();
        let mut headers = HeaderMap::new();
        if !all.is_empty() {
            headers.insert(COOKIE, all.join("; ").parse().unwrap());
        }
        headers
    }

    pub async fn go(&self, request: RequestBuilder) -> Screen {
        let response = request.headers(self.cookie_header()).send().await.unwrap();
        self.keep(&response);
        let screen = Screen::of(response).await;
        if let Some(token) = screen.token() {
            *self.token.lock().unwrap() = token;
        }
        screen
    }

    async fn follow(&self, mut screen: Screen) -> Screen {
        for _ in 0..5 {
            let Some(to) = screen.goes_to() else { break };
            screen = self.go(self.client.get(format!("{}{to}", self.url))).await;
        }
        screen
    }

    fn keep(&self, response: &Response) {
        let mut cookies = self.cookies.lock().unwrap();
        for header in response.headers().get_all(SET_COOKIE) {
            let text = header.to_str().unwrap();
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() || text.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
