//! What the fake iiko remembers: organizations with their tills, menu, halls, staff and dictionaries, and who may ask.
use serde_json::{Value, json};
use uuid::Uuid;

use super::commands::Commands;
use super::delivery::Delivery;
use super::dish::{Group, roubles};
use super::hooks::Hooks;
use super::id;
use super::key::{Application, Key, Keys};
use super::menu::{Menu, NotAMenu};
use super::order::{Check, News};

/// The key that every made world takes, to be pasted into a panel.
pub const API_KEY: &str = "sandbox-key-7f3a91c2";
/// The second login's application, as a developer portal would give it.
pub const APP_ID: &str = "5a3dbf08-6c1e-4a0b-9d57-3f0c1d2e4b6a";
pub const CLIENT_SECRET: &str = "sandbox-client-secret-1d9e0b57";

/// The world with a memory.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub keys: Keys,
    pub organizations: Vec<Organization>,
    pub commands: Commands,
    pub hooks: Hooks,
}

/// One restaurant.
#[derive(Clone, Debug, Default)]
pub struct Organization {
    pub id: Uuid,
    pub name: String,
    pub code: String,
    /// of the back office (iikoRMS)
    pub version: String,
    pub address: String,
    pub terminals: Vec<Terminal>,
    pub menu: Menu,
    /// halls with tables, as `/reserve/available_restaurant_sections` gives them
    pub sections: Vec<Value>,
    pub sections_revision: i64,
    /// Reserves are switched off in the back office: the till tells of no hall.
    pub reserves_off: bool,
    pub payment_types: Vec<Value>,
    pub staff: Vec<Person>,
    pub order_types: Vec<Value>,
    pub discounts: Vec<Value>,
    pub cancel_causes: Vec<Value>,
    pub stops: Vec<Stop>,
    /// checks at tables, oldest first
    pub orders: Vec<Check>,
    /// oldest first
    pub deliveries: Vec<Delivery>,
    /// no cash shift is open: nothing can be closed
    pub shift_closed: bool,
    /// Unix ms: the latest version of any order
    pub last_stamp: i64,
    /// fresh copies nobody was told of yet
    pub news: Vec<News>,
}

/// A terminal group: tills that share menu, halls and orders.
#[derive(Clone, Debug)]
pub struct Terminal {
    pub id: Uuid,
    pub name: String,
    pub time_zone: String,
    /// of iikoFront; none while it was never seen
    pub pos_version: Option<String>,
    pub asleep: bool,
    pub alive: bool,
}

/// Somebody who works there. iiko tells only of those with the right D_DC0 (to be a courier) and a PIN.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    /// as somebody typed it; empty: not filled in
    pub phone: String,
    pub courier: bool,
    pub pin: bool,
    pub deleted: bool,
}

impl Person {
    pub fn as_courier(&self) -> Value {
        json!({"id": self.id, "firstName": null, "middleName": null, "lastName": null, "displayName": self.name,
            "code": self.code, "isDeleted": self.deleted})
    }

    pub fn as_info(&self) -> Value {
        let phone = if self.phone.is_empty() { Value::Null } else { self.phone.clone().into() };
        json!({"id": self.id, "firstName": null, "middleName": null, "lastName": null, "displayName": self.name,
            "email": null, "phone": null, "cellPhone": phone})
    }
}

/// A line of the stop list. `balance` 0 or less: not for sale.
#[derive(Clone, Debug)]
pub struct Stop {
    pub terminal: Uuid,
    pub product: String,
    pub balance: f64,
    pub since_ms: i64,
}

impl World {
    /// One organization with one till and an empty menu; `API_KEY` sees it.
    pub fn empty() -> World {
        let mut world = World::default();
        world.keys.applications.push(Application {
            app_id: APP_ID.parse().unwrap_or_default(),
            client_secret: CLIENT_SECRET.into(),
        });
        let till = Terminal::awake("Касса", "8.6.2");
        let organization = Organization::new("Песочница", Menu::new()).with(till);
        world.keys.keys.push(Key::new(API_KEY, "Maitre", vec![organization.id]));
        world.organizations.push(organization);
        world
    }

    /// One organization whose menu is a captured answer of `/nomenclature`. Numbers and the order of fields are best kept
    /// by `of_text`.
    pub fn of_nomenclature(answer: Value) -> Result<World, NotAMenu> {
        Ok(World::empty().with_menu(Menu::try_from(&answer)?))
    }

    /// The same, out of the answer's text: every entry goes out letter by letter as it came.
    pub fn of_text(answer: &str) -> Result<World, NotAMenu> {
        Ok(World::empty().with_menu(Menu::read(answer)?))
    }

    pub fn with_menu(mut self, menu: Menu) -> World {
        *self.menu() = menu;
        self
    }

    /// The first key is worded so.
    pub fn with_key(mut self, text: &str) -> World {
        if let Some(key) = self.keys.keys.first_mut() {
            key.text = text.to_owned();
        }
        self
    }

    /// The restaurant that levers without an organization act on.
    pub fn first(&mut self) -> &mut Organization {
        if self.organizations.is_empty() {
            self.organizations.push(Organization::new("Песочница", Menu::new()));
        }
        // there is one now
        #[allow(clippy::indexing_slicing)]
        &mut self.organizations[0]
    }

    /// The first restaurant's menu.
    pub fn menu(&mut self) -> &mut Menu {
        &mut self.first().menu
    }

    /// The first key.
    pub fn key(&mut self) -> Option<&mut Key> {
        self.keys.keys.first_mut()
    }

    pub fn organization(&mut self, id: Uuid) -> Option<&mut Organization> {
        self.organizations.iter_mut().find(|organization| organization.id == id)
    }

    /// A terminal group wherever it stands.
    pub fn terminal(&mut self, id: Uuid) -> Option<&mut Terminal> {
        self.organizations.iter_mut().flat_map(|at| &mut at.terminals).find(|terminal| terminal.id == id)
    }

    /// A top folder of the first menu, made when it is not there yet: `world.folder("Супы").dish("Борщ", "420")`.
    pub fn folder(&mut self, name: &str) -> Folder<'_> {
        let menu = self.menu();
        let folder = match menu.folder_of(name) {
            Some(known) => known,
            None => menu.add_folder(&Group::folder(id::fresh(), name, None, 0)),
        };
        Folder { menu, id: folder }
    }
}

/// A folder being filled.
pub struct Folder<'a> {
    menu: &'a mut Menu,
    pub id: String,
}

impl Folder<'_> {
    /// A folder inside this one.
    pub fn folder(self, name: &str) -> Self {
        let parent = self.id.parse().ok();
        let id = self.menu.add_folder(&Group::folder(id::fresh(), name, parent, 0));
        Folder { menu: self.menu, id }
    }

    /// A dish at a price in roubles («420», «420.50»); answers its id.
    pub fn dish(&mut self, name: &str, price: &str) -> String {
        let price = roubles(price).unwrap_or_else(|| 0.into());
        self.menu.add_dish(name, price, Some(&self.id))
    }
}

impl Organization {
    pub fn new(name: &str, menu: Menu) -> Organization {
        Organization {
            id: id::named(&format!("organization {name}")),
            name: name.into(),
            version: "8.6.2018.0".into(),
            sections_revision: menu.revision,
            payment_types: vec![cash()],
            menu,
            ..Organization::default()
        }
    }

    pub fn with(mut self, terminal: Terminal) -> Organization {
        self.terminals.push(terminal);
        self
    }
}

impl Terminal {
    pub fn awake(name: &str, pos_version: &str) -> Terminal {
        Terminal {
            id: id::named(&format!("terminal {name}")),
            name: name.into(),
            time_zone: "Europe/Moscow".into(),
            pos_version: Some(pos_version.into()),
            asleep: false,
            alive: true,
        }
    }

    pub fn asleep(name: &str, pos_version: &str) -> Terminal {
        Terminal { asleep: true, alive: false, ..Terminal::awake(name, pos_version) }
    }
}

/// Cash has this id in most installations.
fn cash() -> Value {
    json!({"id": "09322f46-578a-d210-add7-eec222a08871", "code": "CASH", "name": "Наличные", "comment": "",
        "combinable": true, "externalRevision": 1, "applicableMarketingCampaigns": [], "isDeleted": false,
        "printCheque": true, "paymentProcessingType": "Both", "paymentTypeKind": "Cash"})
}
