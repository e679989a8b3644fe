//! Every URL of the panel, by room. Who is let in stands in the handler: its first argument is its guard (`map.rs`).
use actix_web::App;
use actix_web::web::{self, ServiceConfig};

use crate::accounts::pages::{code, door, profile, prove, second_factor as own_factor};
use crate::acts::pages::{ask as ask_act, show as acts_of};
use crate::api::pages::tokens;
use crate::api::{
    menu as api_menu, orders as api_orders, payments as api_payments, spec, tables as api_tables,
};
use crate::contracts::pages::{
    form, list as contract_list, payee, primacy, products, scan, show as contract, states,
};
use crate::error::Error;
use crate::integrations::pages::{dictionaries, iiko, journal, steps};
use crate::map::{Declared, Map};
use crate::menu::pages::{own, photos, product, sections, tree};
use crate::orders::pages::{board, export, list as orders, show as order, unseen};
use crate::payments::pages::methods;
use crate::posting::pages::{beside, decide, differences, list as queue, reconciliation, show as payment};
use crate::readiness::pages::{look, overview, show as ready};
use crate::seating::pages::{codes, floor_plan, hall, table};
use crate::staff::pages::{form as employee, list as staff_list, suspension, take};
use crate::sync::pages::{acts, list as sync_list, looks, show as sync_run};
use crate::venues::pages::{
    acceptance, audit, audit_export, desk, invite, links, list, second_factor, settings, support_access,
    users, visit,
};
use crate::web::assets;
use crate::web::reply::Reply;
use crate::webhooks::pages::{inbox, save as save_hooks, settings as hooks};
use crate::webhooks::receive;

/// Every route with its rule, from the same walk that registers them.
pub fn declared() -> Vec<Declared> {
    let mut all = Vec::new();
    let _ = App::new().configure(|cfg| all = drawn(cfg));
    all
}

/// The whole map.
pub fn panel(cfg: &mut ServiceConfig) {
    drawn(cfg);
    cfg.default_service(web::route().to(nowhere));
}

fn drawn(cfg: &mut ServiceConfig) -> Vec<Declared> {
    let mut map = Map::new(cfg);
    // the router asks in this order: what is looked at all day stands first
    map.open_get("/healthz", crate::app::health)
        .open_get("/static/{fingerprint}/{name}", assets::serve)
        .room(the_orders)
        .room(webhooks)
        .room(accounts)
        .room(venues)
        .room(integrations)
        .room(menu)
        .room(seating)
        .room(staff)
        .room(payments)
        .room(contracts)
        .room(readiness)
        .room(posting)
        .room(sync)
        .room(api);
    map.declared()
}

fn accounts(map: &mut Map) {
    // the door: asks by itself who has come, and where to let them
    map.open_get("/", door::home)
        .open_get("/login", door::ask)
        .open_post("/login", door::sign_in)
        .open_get("/login/code", code::ask)
        .open_post("/login/code", code::enter)
        .open_post("/logout", door::sign_out)
        .open_post("/language", door::speak)
        .get("/prove", prove::ask)
        .post("/prove", prove::prove)
        .get("/profile", profile::show)
        .post("/profile", profile::change)
        .post("/profile/password", profile::change_password)
        .get("/profile/second-factor", own_factor::show)
        .post("/profile/second-factor", own_factor::set)
        .post("/profile/second-factor/codes", own_factor::renew)
        .post("/profile/second-factor/removal", own_factor::remove)
        .post("/profile/sessions/end-others", profile::end_others)
        .post("/profile/sessions/{id}/end", profile::end_session);
}

fn venues(map: &mut Map) {
    map.get("/venues", list::show)
        .get("/v/{venue}", list::enter)
        .get("/v/{venue}/settings", settings::show)
        .post("/v/{venue}/settings", settings::change)
        .get("/v/{venue}/settings/integrations", settings::integrations)
        .get("/v/{venue}/audit", audit::show)
        .get("/v/{venue}/audit/export", audit_export::csv)
        .under("/v/{venue}/users")
        .get("", users::show)
        .post("/second-factor", second_factor::set)
        .post("/invitations", links::invite)
        .post("/invitations/{id}/withdrawal", links::withdraw)
        .post("/{user}/role", users::set_role)
        .get("/{user}/removal", users::ask_removal)
        .post("/{user}/removal", users::remove)
        .post("/{user}/password-link", links::renew)
        .under("")
        // the link is the guard
        .open_get("/invite/{token}", invite::ask)
        .open_post("/invite/{token}", acceptance::accept);
    visits(map);
}

/// Support in a venue's panel: its own side, and the owner's.
fn visits(map: &mut Map) {
    map.get("/support", desk::show)
        .under("/support/venues/{venue}/visits")
        .get("", visit::ask)
        .post("", visit::begin)
        .get("/{visit}/changes", visit::ask_changes)
        .post("/{visit}/changes", visit::allow_changes)
        .post("/{visit}/end", visit::end)
        .under("/v/{venue}/support-access")
        .get("", support_access::show)
        .post("", support_access::set)
        .post("/seen", support_access::saw)
        .get("/visits/{visit}", support_access::one)
        .post("/visits/{visit}/end", support_access::end)
        .under("");
}

fn integrations(map: &mut Map) {
    map.under("/v/{venue}/settings/integrations/iiko")
        .get("", iiko::show)
        .post("/key", steps::set_key)
        .post("/organization", steps::set_organization)
        .post("/terminal", steps::set_terminal)
        .post("/awakening", steps::awaken)
        .get("/disconnection", steps::ask_disconnection)
        .post("/disconnection", steps::disconnect)
        .get("/dictionaries", dictionaries::show)
        .get("/journal", journal::show);
}

fn menu(map: &mut Map) {
    map.under("/v/{venue}/menu")
        .get("", tree::show)
        .post("/moves", product::put_many)
        .post("/sections", sections::create)
        .get("/sections/{section}", sections::edit)
        .get("/sections/{section}/products", tree::section_products)
        .post("/sections/{section}/name", sections::rename)
        .post("/sections/{section}/hiding", sections::hide)
        .post("/sections/{section}/order", sections::order)
        .post("/sections/{section}/removal", sections::remove)
        .post("/sections/{section}/categories", sections::create_category)
        .post("/categories/{category}", sections::change_category)
        .get("/products/new", own::new)
        .post("/products", own::create)
        .get("/products/{product}", product::show)
        .post("/products/{product}", own::change)
        .get("/products/{product}/edit", own::edit)
        .post("/products/{product}/removal", own::remove)
        .post("/products/{product}/place", product::put)
        .post("/products/{product}/order", product::order)
        .post("/products/{product}/photos", photos::add)
        .post("/products/{product}/photos/{photo}", photos::change)
        .under("")
        .get("/v/{venue}/photos/{photo}/{size}", photos::show);
}

fn seating(map: &mut Map) {
    map.under("/v/{venue}/seating")
        .get("", floor_plan::show)
        .get("/codes", codes::show)
        .post("/codes", codes::make)
        .post("/codes/address", codes::set_address)
        .get("/codes/sheet", codes::sheet)
        .post("/codes/printed", codes::printed)
        .get("/halls/{hall}", hall::show)
        .post("/halls/{hall}/name", hall::rename)
        .post("/halls/{hall}/hiding", hall::hide)
        .get("/tables/{table}", table::show)
        .post("/tables/{table}/name", table::rename)
        .post("/tables/{table}/hiding", table::hide)
        .post("/tables/{table}/waiter", table::give);
}

fn staff(map: &mut Map) {
    map.under("/v/{venue}/staff")
        .get("", staff_list::show)
        .post("", employee::create)
        .get("/new", employee::new)
        .get("/iiko", take::show)
        .post("/iiko", take::take)
        .get("/{employee}", employee::show)
        .post("/{employee}", employee::change)
        .post("/{employee}/suspension", suspension::change);
}

fn payments(map: &mut Map) {
    map.under("/v/{venue}/payment-methods").get("", methods::show).post("/code", methods::set_code);
}

fn contracts(map: &mut Map) {
    map.under("/v/{venue}/contracts")
        .get("", contract_list::show)
        .post("", form::create)
        .get("/new", form::new)
        .get("/payee", payee::show)
        .get("/{contract}", contract::show)
        .post("/{contract}", form::change)
        .get("/{contract}/edit", form::edit)
        .post("/{contract}/signing", states::sign)
        .post("/{contract}/ending", states::end)
        .post("/{contract}/removal", states::remove)
        .get("/{contract}/primacy", primacy::ask)
        .post("/{contract}/primacy", primacy::switch)
        .post("/{contract}/products", products::change)
        .get("/{contract}/file", scan::download)
        .post("/{contract}/file", scan::give);
}

fn posting(map: &mut Map) {
    map.under("/v/{venue}/outbox")
        .get("", queue::show)
        .get("/reconciliation", reconciliation::show)
        .post("/reconciliation", reconciliation::ask)
        .post("/differences/{difference}", differences::settle)
        .under("/v/{venue}/payments/{payment}")
        .get("", payment::show)
        .post("/decision", decide::decide)
        .under("")
        .get("/v/{venue}/orders/{order}/payments", beside::show);
}

fn api(map: &mut Map) {
    // what may be asked is no secret
    map.open_get("/api/v1/openapi.json", spec::show)
        .get("/api/v1/menu", api_menu::show)
        .get("/api/v1/tables", api_tables::list)
        .get("/api/v1/tables/{table}/bill", api_tables::bill)
        .post("/api/v1/orders", api_orders::create)
        .get("/api/v1/orders/{order}", api_orders::show)
        .post("/api/v1/payments", api_payments::report)
        .get("/api/v1/payments/{payment}", api_payments::show)
        .under("/v/{venue}/api-keys")
        .get("", tokens::show)
        .post("", tokens::create)
        .post("/{key}/revocation", tokens::revoke);
}

fn the_orders(map: &mut Map) {
    map.under("/v/{venue}/orders")
        .get("", orders::show)
        .post("/look", looks::ask)
        .get("/export", export::csv)
        .get("/board", board::show)
        .post("/board/acknowledgement", board::acknowledge)
        .get("/unseen", unseen::show)
        .get("/{order}", order::show)
        .get("/{order}/acts", acts_of::show)
        .post("/{order}/acts", ask_act::ask);
}

fn readiness(map: &mut Map) {
    map.get("/v/{venue}/overview", overview::show)
        .get("/v/{venue}/readiness", ready::show)
        .post("/v/{venue}/readiness", look::again);
}

fn sync(map: &mut Map) {
    map.get("/v/{venue}/sync", sync_list::show)
        .post("/v/{venue}/sync", acts::start)
        .get("/v/{venue}/sync/{run}", sync_run::show)
        .post("/v/{venue}/sync/{run}/cancellation", acts::cancel)
        .post("/v/{venue}/sync/{run}/approval", acts::approve)
        .post("/v/{venue}/sync/{run}/discard", acts::discard);
}

fn webhooks(map: &mut Map) {
    // iiko proves itself by the secret we gave it
    map.open_post("/webhooks/iiko/{hook}", receive::events)
        .under("/v/{venue}/settings/integrations/iiko/webhooks")
        .get("", hooks::show)
        .post("", save_hooks::save)
        .post("/token", save_hooks::rotate)
        .get("/inbox", inbox::list)
        .get("/inbox/{event}", inbox::show)
        .post("/inbox/{event}/replay", inbox::replay);
}

async fn nowhere() -> Reply {
    Err(Error::NotFound("page"))
}
