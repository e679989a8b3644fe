//! What a served till does by itself: commands fall due, the cloud looks at changed orders, webhooks go out one after
//! another. It ends with the till.
use std::time::Duration;

use actix_web::rt::{spawn, time::sleep};

use super::clock;
use super::hooks::{Parcel, Sent};
use super::serve::{Sandbox, Shadow};

/// Real time between two looks at the clock.
const TICK: Duration = Duration::from_millis(20);
/// A receiver that is slower is not waited for.
const PATIENCE: Duration = Duration::from_secs(3);
const TRIES: u32 = 2;

/// Starts it on the present runtime.
pub fn start(sandbox: &Sandbox) {
    spawn(settle(sandbox.shadow()));
    spawn(post(sandbox.shadow()));
}

async fn settle(till: Shadow) {
    while let Some(till) = till.now() {
        till.world().settle();
        drop(till);
        sleep(TICK).await;
    }
}

async fn post(till: Shadow) {
    // the second till of a process finds it installed
    let _ = rustls::crypto::ring::default_provider().install_default();
    let built =
        reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).no_proxy();
    let Ok(http) = built.build() else { return };
    loop {
        let Some(parcel) = till.now().map(|till| till.world().hooks.take()) else { return };
        let Some(parcel) = parcel else {
            sleep(TICK).await;
            continue;
        };
        let outcome = sent(&http, &parcel).await;
        let Some(till) = till.now() else { return };
        let note = Sent { at_ms: clock::now_ms(), event: parcel.event, uri: parcel.uri, outcome };
        till.world().hooks.note(note);
    }
}

async fn sent(http: &reqwest::Client, parcel: &Parcel) -> String {
    let mut outcome = String::new();
    for _ in 0..TRIES {
        let mut asked = http.post(&parcel.uri).header("content-type", "application/json; charset=utf-8");
        if let Some(authorization) = &parcel.authorization {
            asked = asked.header("authorization", authorization);
        }
        match asked.body(parcel.body.clone()).send().await {
            Ok(answer) if answer.status().is_success() => return answer.status().as_u16().to_string(),
            Ok(answer) => outcome = answer.status().as_u16().to_string(),
            Err(cause) => outcome = cause.without_url().to_string(),
        }
    }
    outcome
}
