//! Who may ask: API keys as made in iikoWeb, our application's id and secret of the second login, and tokens that run out.
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::{clock, id};

/// An hour, as at iiko.
pub const TOKEN_LIFE_MS: i64 = 3_600_000;

/// An API key of a venue.
#[derive(Clone, Debug)]
pub struct Key {
    pub text: String,
    pub name: String,
    pub active: bool,
    /// keys made lately are refused by the first login
    pub v1: bool,
    pub v2: bool,
    pub organizations: Vec<Uuid>,
    /// rights taken away: restriction groups («Data: menu») or methods («api/1/nomenclature»)
    pub lost: BTreeSet<String>,
}

/// An application of the developer portal, for the second login.
#[derive(Clone, Debug)]
pub struct Application {
    pub app_id: Uuid,
    pub client_secret: String,
}

#[derive(Clone, Debug)]
struct Token {
    key: String,
    until_ms: i64,
}

/// Keys, applications and the tokens given out.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    pub keys: Vec<Key>,
    pub applications: Vec<Application>,
    tokens: BTreeMap<String, Token>,
}

/// The restriction group of a method, as iikoWeb's rights template calls it. Empty: needs no right.
pub fn restriction_group(path: &str) -> &'static str {
    match path {
        "/api/1/nomenclature" => "Data: menu",
        "/api/1/stop_lists" => "Data: stoplists",
        "/api/1/terminal_groups/is_alive" => "POS: availability",
        "/api/1/webhooks/update_settings" => "WebHooks: settings",
        "/api/1/terminal_groups/awake" | "/api/1/webhooks/settings" => "Organizations: settings",
        "/api/1/reserve/available_restaurant_sections" => "Orders: preparing",
        "/api/1/employees/couriers" => "Drivers: dictionaries",
        "/api/1/employees/info" => "Employees: dictionaries",
        "/api/1/order/init_by_table" | "/api/1/order/init_by_posOrder" => "Orders: loading data",
        "/api/1/deliveries/create" => "Orders: creating",
        "/api/1/deliveries/by_revision" => "Orders: receiving by revision",
        "/api/1/deliveries/update_order_courier" => "Order driver: changing",
        "/api/1/deliveries/by_id"
        | "/api/1/deliveries/by_delivery_date_and_status"
        | "/api/1/order/by_table"
        | "/api/1/order/by_id" => "Orders: receiving",
        "/api/1/order/change_payments" | "/api/1/order/add_payments" => "Order payments: changing",
        "/api/1/order/close"
        | "/api/1/deliveries/confirm"
        | "/api/1/deliveries/cancel"
        | "/api/1/deliveries/close"
        | "/api/1/deliveries/update_order_delivery_status" => "Order status: changing",
        "/api/1/commands/status" => "Commands",
        "/api/1/access_token" | "/api/v2/access_token" => "",
        _ => "Data: dictionaries",
    }
}

impl Key {
    /// A working key that has every right and takes both logins.
    pub fn new(text: &str, name: &str, organizations: Vec<Uuid>) -> Key {
        let (text, name) = (text.to_owned(), name.to_owned());
        Key { text, name, active: true, v1: true, v2: true, organizations, lost: BTreeSet::new() }
    }

    pub fn may(&self, path: &str) -> bool {
        let method = path.trim_start_matches('/');
        !self.lost.contains(method) && !self.lost.contains(restriction_group(path))
    }

    pub fn sees(&self, organization: Uuid) -> bool {
        self.organizations.contains(&organization)
    }
}

impl Keys {
    pub fn find(&self, text: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.text == text)
    }

    pub fn find_mut(&mut self, text: &str) -> Option<&mut Key> {
        self.keys.iter_mut().find(|key| key.text == text)
    }

    pub fn knows(&self, app_id: &str, client_secret: &str) -> bool {
        let Ok(app_id) = app_id.parse::<Uuid>() else { return false };
        self.applications.iter().any(|app| app.app_id == app_id && app.client_secret == client_secret)
    }

    /// A new token for the key. It has a JWT's look with a true `exp`, as both logins give nowadays.
    pub fn grant(&mut self, key: &str) -> String {
        let now = clock::now_ms();
        self.tokens.retain(|_, token| token.until_ms > now);
        let until_ms = now + TOKEN_LIFE_MS;
        let part = |text: String| URL_SAFE_NO_PAD.encode(text);
        let head = part(r#"{"alg":"HS256","typ":"JWT"}"#.into());
        let said = part(format!(r#"{{"jti":"{}","exp":{}}}"#, id::fresh(), until_ms / 1000));
        let token = format!("{head}.{said}.{}", part(format!("{}{}", id::fresh(), id::fresh())));
        self.tokens.insert(token.clone(), Token { key: key.to_owned(), until_ms });
        token
    }

    /// The key a token was given for, while the token lives and the key is switched on.
    pub fn holder(&self, token: &str) -> Option<&Key> {
        let token = self.tokens.get(token).filter(|token| token.until_ms > clock::now_ms())?;
        self.find(&token.key).filter(|key| key.active)
    }

    /// All tokens are worth nothing from now on; new ones are given.
    pub fn expire_tokens(&mut self) -> usize {
        let expired = self.tokens.len();
        self.tokens.clear();
        expired
    }

    /// Tokens given out and alive.
    pub fn alive_tokens(&self) -> impl Iterator<Item = &str> {
        let now = clock::now_ms();
        self.tokens.iter().filter(move |(_, token)| token.until_ms > now).map(|(text, _)| text.as_str())
    }
}
