//! T6: what another site makes a browser send has no effect, on any form.
use maitre::map::Rule;
use reqwest::Method;

use crate::rights::stage::{Stage, deeds, elsewhere};
use crate::support::map::routes;

/// What a browser says of where a form comes from; none: an old browser, or none at all.
const SITES: [Option<&str>; 3] = [None, Some("same-origin"), Some("cross-site")];

#[actix_web::test]
async fn no_form_of_another_site_has_an_effect() {
    let stage = Stage::open().await;
    let (panel, ours) = (&stage.panel, &stage.ours);
    let own = panel.url.clone();
    let origins = [None, Some(own.as_str()), Some("https://evil.example"), Some("null")];
    let owner = elsewhere(panel, &ours.owner).await;
    let forms: Vec<_> = routes()
        .into_iter()
        .filter(|route| route.method == "POST" && !matches!(route.rule, Rule::Api(_)))
        .filter(|route| !route.path.starts_with("/webhooks/"))
        // to an owner support's desk is not there, with a form of ours or without
        .filter(|route| route.rule != Rule::Staff)
        .collect();
    let (before, mut sent, mut found) = (deeds(panel).await, 0, Vec::new());
    for route in &forms {
        let path = route.filled(|name| ours.ids.get(name).cloned().unwrap_or("0".repeat(64)));
        for site in SITES {
            for origin in origins {
                for with_token in [false, true] {
                    let from_us = match site {
                        Some(site) => site == "same-origin",
                        None => origin.is_none_or(|origin| origin == own),
                    };
                    if from_us && with_token {
                        continue;
                    }
                    let mut request = owner.request(Method::POST, &format!("/{path}"));
                    for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
                        if let Some(value) = value {
                            request = request.header(name, value);
                        }
                    }
                    let token = owner.token();
                    let token = if with_token { token.as_str() } else { "0000" };
                    let status = send(request, &path, token).await;
                    sent += 1;
                    if status != 403 {
                        found.push(format!("{path} {site:?} {origin:?} token {with_token}: {status}"));
                    }
                }
            }
        }
    }
    println!("T6: {} forms, {sent} forged", forms.len());
    assert!(found.is_empty(), "{} came through:\n{}", found.len(), found.join("\n"));
    assert_eq!(deeds(panel).await, before, "a forged form left a deed");
    // the control: the same form, as our own page sends it, comes through
    owner.posts("/menu/sections", [("name", "Наш раздел")]).await.answers(303);
    assert!(deeds(panel).await > before);
    assert!(sent > 1_000, "{sent}");
    stage.panel.close().await;
}

async fn send(request: reqwest::RequestBuilder, path: &str, token: &str) -> u16 {
    let request = if path.ends_with("/photos") || path.ends_with("/file") {
        let part =
            format!("--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--x--\r\n");
        request.header("content-type", "multipart/form-data; boundary=x").body(part)
    } else {
        request.form(&[("token", token), ("name", "Не мы"), ("role", "owner"), ("email", "evil@example.com")])
    };
    request.send().await.unwrap().status().as_u16()
}
