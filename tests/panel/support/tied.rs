//! A venue whose owner has connected the demo's sandbox till, with a worker that performs what is pressed.
use std::time::Duration;

use maitre::integrations::connection::{self, NewKey, Organization};
use maitre::sandbox::world::API_KEY;
use secrecy::SecretString;
use serde_json::Value;

use crate::support::panel::Panel;
use crate::support::person::Person;
use crate::support::screen::Screen;

/// The form of a contract, as it should be; the account agrees with its bank.
pub fn requisites(number: &str) -> Vec<(&'static str, String)> {
    let account = |key: u64| format!("40702810{key}{number:0>11}");
    let account =
        (0..10).map(account).find(|one| maitre::contracts::requisites::account(one, "044525225").is_ok());
    let fields =
        [("entity", "ООО «Рябина»"), ("inn", "7707083893"), ("kpp", "773601001"), ("bik", "044525225")];
    let own = [("account", account.expect("one key fits")), ("number", number.to_owned())];
    fields.map(|(name, value)| (name, value.to_owned())).into_iter().chain(own).collect()
}

pub struct Tied {
    pub panel: Panel,
    pub owner: Person,
}

impl Tied {
    pub async fn open() -> Tied {
        Tied::of(Panel::open_with_till().await).await
    }

    /// A venue of this panel, beside its till.
    pub async fn of(panel: Panel) -> Tied {
        let venue = panel.venue("Рябина").await;
        let owner = panel.owner_of(venue).await;
        let (organization, terminal) = {
            let mut world = panel.till().world();
            let one = world.first();
            (one.id, one.terminals[0].id)
        };
        let mut tx = panel.db.begin().await.unwrap();
        let key = SecretString::from(API_KEY);
        let new = NewKey { venue, key: &key, login: "v2", by: owner.id, still: false };
        connection::set_key(&mut tx, &panel.seal, &new).await.unwrap();
        let chosen = Organization { id: organization, name: "Рябина Покровка", version: None };
        connection::choose_organization(&mut tx, venue, &chosen).await.unwrap();
        connection::choose_terminal(&mut tx, venue, terminal, "Зал", Some("8.6.2")).await.unwrap();
        tx.commit().await.unwrap();
        Tied { panel, owner }
    }

    /// Presses «Синхронизировать» (everything, or `seating`, `payments` alone) and waits for its end.
    pub async fn presses(&self, scope: &str) -> Screen {
        self.ends(self.owner.posts("/sync", [("scope", scope)]).await).await
    }

    /// The run's page once it is over.
    pub async fn ends(&self, answer: Screen) -> Screen {
        let run = answer.goes_to().expect("a run's page");
        for _ in 0..600 {
            let page = self.owner.opens(&run).await;
            if !page.text().contains("Остановить") {
                return page;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the sync did not end in ten seconds");
    }

    /// Pulls a lever of the till.
    pub async fn pulls(&self, lever: &str, fields: Value) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("{}/levers/{lever}", self.panel.till().url());
        let answer = client.post(url).json(&fields).send().await.unwrap();
        assert!(answer.status().is_success(), "{lever}: {}", answer.text().await.unwrap());
    }
}
