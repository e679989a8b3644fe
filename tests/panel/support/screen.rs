//! What a person reads: headings, rows, fields, problems, buttons. A redesign of the markup breaks no promise.
use reqwest::Response;
use reqwest::header::{HeaderMap, LOCATION};
use scraper::{ElementRef, Html, Selector};

pub struct Screen {
    pub status: u16,
    pub headers: HeaderMap,
    pub html: String,
    pub bytes: Vec<u8>,
    pub path: String,
}

impl Screen {
    pub async fn of(response: Response) -> Screen {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let path = response.url().path().to_owned();
        let bytes = response.bytes().await.unwrap_or_default().to_vec();
        Screen { status, headers, html: String::from_utf8_lossy(&bytes).into_owned(), bytes, path }
    }

    /// Where a redirect leads.
    pub fn goes_to(&self) -> Option<String> {
        (300..400).contains(&self.status).then(|| self.header(LOCATION.as_str())).filter(|to| !to.is_empty())
    }

    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
    }

    /// The page's text, white space folded (no-break spaces too).
    pub fn text(&self) -> String {
        let page = Html::parse_document(&self.html);
        folded(page.root_element())
    }

    /// Fails unless the page says it.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Screen {
        assert!(self.text().contains(text), "{} does not say «{text}»: {}", self.path, self.text());
        self
    }

    #[track_caller]
    pub fn does_not_say(&self, text: &str) -> &Screen {
        assert!(!self.text().contains(text), "{} says «{text}»", self.path);
        self
    }

    #[track_caller]
    pub fn answers(&self, status: u16) -> &Screen {
        assert_eq!(self.status, status, "{}: {}", self.path, self.text());
        self
    }

    /// The page's one heading, without its badge.
    pub fn heading(&self) -> String {
        self.every("h1").into_iter().next().unwrap_or_default()
    }

    /// The texts of everything a CSS selector finds.
    pub fn every(&self, css: &str) -> Vec<String> {
        let page = Html::parse_document(&self.html);
        page.select(&Selector::parse(css).unwrap()).map(folded).collect()
    }

    /// An attribute of everything a CSS selector finds.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.html);
        page.select(&Selector::parse(css).unwrap()).filter_map(|e| e.attr(name)).map(str::to_owned).collect()
    }

    /// The value in a field of a form.
    pub fn field(&self, name: &str) -> Option<String> {
        self.attributes(&format!("input[name='{name}']"), "value").into_iter().next()
    }

    /// The sentence that stands at a field.
    pub fn problem(&self, name: &str) -> Option<String> {
        self.every(&format!("[id='{name}-said'] .problem")).into_iter().next()
    }

    /// The words on the buttons.
    pub fn buttons(&self) -> Vec<String> {
        self.every("button, a.btn")
    }

    /// Where the forms of the page lead.
    pub fn forms(&self) -> Vec<String> {
        self.attributes("form[method=post]", "action")
    }

    pub fn token(&self) -> Option<String> {
        self.field("token").or_else(|| {
            let all = self.attributes("body", "hx-headers").into_iter().next()?;
            let all: serde_json::Value = serde_json::from_str(&all).ok()?;
            Some(all.get("x-token")?.as_str()?.to_owned())
        })
    }
}

fn folded(element: ElementRef) -> String {
    element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
