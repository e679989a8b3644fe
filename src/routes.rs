//! Every URL of the panel, by room.
use actix_web::web::{self, ServiceConfig, get, post};

use crate::accounts::pages::{code, door, profile, prove, second_factor};
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
use crate::menu::pages::{own, photos, product, sections, tree};
use crate::orders::pages::{board, export, list as orders, show as order, unseen};
use crate::payments::pages::methods;
use crate::posting::pages::{beside, decide, differences, list as queue, reconciliation, show as payment};
use crate::readiness::pages::{look, overview, show as ready};
use crate::seating::pages::{codes, floor_plan, hall, table};
use crate::staff::pages::{form as employee, list as staff_list, suspension, take};
use crate::sync::pages::{acts, list as sync_list, looks, show as sync_run};
use crate::venues::pages::{acceptance, invite, links, list, settings, users};
use crate::web::assets;
use crate::web::reply::Reply;
use crate::webhooks::pages::{inbox, save as save_hooks, settings as hooks};
use crate::webhooks::receive;

/// The whole map.
pub fn panel(cfg: &mut ServiceConfig) {
    cfg.route("/healthz", get().to(crate::app::health))
        .route("/static/{fingerprint}/{name}", get().to(assets::serve))
        .configure(accounts)
        .configure(venues)
        .configure(integrations)
        .configure(menu)
        .configure(seating)
        .configure(staff)
        .configure(payments)
        .configure(contracts)
        .configure(readiness)
        .configure(the_orders)
        .configure(posting)
        .configure(sync)
        .configure(webhooks)
        .configure(api)
        .default_service(web::route().to(nowhere));
}

fn accounts(cfg: &mut ServiceConfig) {
    cfg.route("/", get().to(door::home))
        .route("/login", get().to(door::ask))
        .route("/login", post().to(door::sign_in))
        .route("/login/code", get().to(code::ask))
        .route("/login/code", post().to(code::enter))
        .route("/logout", post().to(door::sign_out))
        .route("/language", post().to(door::speak))
        .route("/prove", get().to(prove::ask))
        .route("/prove", post().to(prove::prove))
        .route("/profile", get().to(profile::show))
        .route("/profile", post().to(profile::change))
        .route("/profile/password", post().to(profile::change_password))
        .route("/profile/second-factor", get().to(second_factor::show))
        .route("/profile/second-factor", post().to(second_factor::set))
        .route("/profile/second-factor/codes", post().to(second_factor::renew))
        .route("/profile/second-factor/removal", post().to(second_factor::remove))
        .route("/profile/sessions/end-others", post().to(profile::end_others))
        .route("/profile/sessions/{id}/end", post().to(profile::end_session));
}

fn venues(cfg: &mut ServiceConfig) {
    const USERS: &str = "/v/{venue}/users";
    cfg.route("/venues", get().to(list::show))
        .route("/v/{venue}", get().to(list::enter))
        .route("/v/{venue}/settings", get().to(settings::show))
        .route("/v/{venue}/settings", post().to(settings::change))
        .route("/v/{venue}/settings/integrations", get().to(settings::integrations))
        .route(USERS, get().to(users::show))
        .route(&format!("{USERS}/invitations"), post().to(links::invite))
        .route(&format!("{USERS}/invitations/{{id}}/withdrawal"), post().to(links::withdraw))
        .route(&format!("{USERS}/{{user}}/role"), post().to(users::set_role))
        .route(&format!("{USERS}/{{user}}/removal"), get().to(users::ask_removal))
        .route(&format!("{USERS}/{{user}}/removal"), post().to(users::remove))
        .route(&format!("{USERS}/{{user}}/password-link"), post().to(links::renew))
        .route("/invite/{token}", get().to(invite::ask))
        .route("/invite/{token}", post().to(acceptance::accept));
}

fn integrations(cfg: &mut ServiceConfig) {
    const IIKO: &str = "/v/{venue}/settings/integrations/iiko";
    cfg.route(IIKO, get().to(iiko::show))
        .route(&format!("{IIKO}/key"), post().to(steps::set_key))
        .route(&format!("{IIKO}/organization"), post().to(steps::set_organization))
        .route(&format!("{IIKO}/terminal"), post().to(steps::set_terminal))
        .route(&format!("{IIKO}/awakening"), post().to(steps::awaken))
        .route(&format!("{IIKO}/disconnection"), get().to(steps::ask_disconnection))
        .route(&format!("{IIKO}/disconnection"), post().to(steps::disconnect))
        .route(&format!("{IIKO}/dictionaries"), get().to(dictionaries::show))
        .route(&format!("{IIKO}/journal"), get().to(journal::show));
}

fn menu(cfg: &mut ServiceConfig) {
    const MENU: &str = "/v/{venue}/menu";
    let at = |under: &str| format!("{MENU}{under}");
    cfg.route(MENU, get().to(tree::show))
        .route(&at("/moves"), post().to(product::put_many))
        .route(&at("/sections"), post().to(sections::create))
        .route(&at("/sections/{section}"), get().to(sections::edit))
        .route(&at("/sections/{section}/products"), get().to(tree::section_products))
        .route(&at("/sections/{section}/name"), post().to(sections::rename))
        .route(&at("/sections/{section}/hiding"), post().to(sections::hide))
        .route(&at("/sections/{section}/order"), post().to(sections::order))
        .route(&at("/sections/{section}/removal"), post().to(sections::remove))
        .route(&at("/sections/{section}/categories"), post().to(sections::create_category))
        .route(&at("/categories/{category}"), post().to(sections::change_category))
        .route(&at("/products/new"), get().to(own::new))
        .route(&at("/products"), post().to(own::create))
        .route(&at("/products/{product}"), get().to(product::show))
        .route(&at("/products/{product}"), post().to(own::change))
        .route(&at("/products/{product}/edit"), get().to(own::edit))
        .route(&at("/products/{product}/removal"), post().to(own::remove))
        .route(&at("/products/{product}/place"), post().to(product::put))
        .route(&at("/products/{product}/order"), post().to(product::order))
        .route(&at("/products/{product}/photos"), post().to(photos::add))
        .route(&at("/products/{product}/photos/{photo}"), post().to(photos::change))
        .route("/v/{venue}/photos/{photo}/{size}", get().to(photos::show));
}

fn seating(cfg: &mut ServiceConfig) {
    const SEATING: &str = "/v/{venue}/seating";
    cfg.route(SEATING, get().to(floor_plan::show))
        .route(&format!("{SEATING}/codes"), get().to(codes::show))
        .route(&format!("{SEATING}/codes"), post().to(codes::make))
        .route(&format!("{SEATING}/codes/address"), post().to(codes::set_address))
        .route(&format!("{SEATING}/codes/sheet"), get().to(codes::sheet))
        .route(&format!("{SEATING}/codes/printed"), post().to(codes::printed))
        .route(&format!("{SEATING}/halls/{{hall}}"), get().to(hall::show))
        .route(&format!("{SEATING}/halls/{{hall}}/name"), post().to(hall::rename))
        .route(&format!("{SEATING}/halls/{{hall}}/hiding"), post().to(hall::hide))
        .route(&format!("{SEATING}/tables/{{table}}"), get().to(table::show))
        .route(&format!("{SEATING}/tables/{{table}}/name"), post().to(table::rename))
        .route(&format!("{SEATING}/tables/{{table}}/hiding"), post().to(table::hide))
        .route(&format!("{SEATING}/tables/{{table}}/waiter"), post().to(table::give));
}

fn staff(cfg: &mut ServiceConfig) {
    const STAFF: &str = "/v/{venue}/staff";
    cfg.route(STAFF, get().to(staff_list::show))
        .route(STAFF, post().to(employee::create))
        .route(&format!("{STAFF}/new"), get().to(employee::new))
        .route(&format!("{STAFF}/iiko"), get().to(take::show))
        .route(&format!("{STAFF}/iiko"), post().to(take::take))
        .route(&format!("{STAFF}/{{employee}}"), get().to(employee::show))
        .route(&format!("{STAFF}/{{employee}}"), post().to(employee::change))
        .route(&format!("{STAFF}/{{employee}}/suspension"), post().to(suspension::change));
}

fn payments(cfg: &mut ServiceConfig) {
    const METHODS: &str = "/v/{venue}/payment-methods";
    cfg.route(METHODS, get().to(methods::show))
        .route(&format!("{METHODS}/code"), post().to(methods::set_code));
}

fn contracts(cfg: &mut ServiceConfig) {
    const CONTRACTS: &str = "/v/{venue}/contracts";
    cfg.route(CONTRACTS, get().to(contract_list::show))
        .route(CONTRACTS, post().to(form::create))
        .route(&format!("{CONTRACTS}/new"), get().to(form::new))
        .route(&format!("{CONTRACTS}/payee"), get().to(payee::show))
        .route(&format!("{CONTRACTS}/{{contract}}"), get().to(contract::show))
        .route(&format!("{CONTRACTS}/{{contract}}"), post().to(form::change))
        .route(&format!("{CONTRACTS}/{{contract}}/edit"), get().to(form::edit))
        .route(&format!("{CONTRACTS}/{{contract}}/signing"), post().to(states::sign))
        .route(&format!("{CONTRACTS}/{{contract}}/ending"), post().to(states::end))
        .route(&format!("{CONTRACTS}/{{contract}}/removal"), post().to(states::remove))
        .route(&format!("{CONTRACTS}/{{contract}}/primacy"), get().to(primacy::ask))
        .route(&format!("{CONTRACTS}/{{contract}}/primacy"), post().to(primacy::switch))
        .route(&format!("{CONTRACTS}/{{contract}}/products"), post().to(products::change))
        .route(&format!("{CONTRACTS}/{{contract}}/file"), get().to(scan::download))
        .route(&format!("{CONTRACTS}/{{contract}}/file"), post().to(scan::give));
}

fn posting(cfg: &mut ServiceConfig) {
    const PAYMENT: &str = "/v/{venue}/payments/{payment}";
    const OUTBOX: &str = "/v/{venue}/outbox";
    cfg.route(OUTBOX, get().to(queue::show))
        .route(&format!("{OUTBOX}/reconciliation"), get().to(reconciliation::show))
        .route(&format!("{OUTBOX}/reconciliation"), post().to(reconciliation::ask))
        .route(&format!("{OUTBOX}/differences/{{difference}}"), post().to(differences::settle))
        .route(PAYMENT, get().to(payment::show))
        .route(&format!("{PAYMENT}/decision"), post().to(decide::decide))
        .route("/v/{venue}/orders/{order}/payments", get().to(beside::show));
}

fn api(cfg: &mut ServiceConfig) {
    const KEYS: &str = "/v/{venue}/api-keys";
    cfg.route("/api/v1/openapi.json", get().to(spec::show))
        .route("/api/v1/menu", get().to(api_menu::show))
        .route("/api/v1/tables", get().to(api_tables::list))
        .route("/api/v1/tables/{table}/bill", get().to(api_tables::bill))
        .route("/api/v1/orders", post().to(api_orders::create))
        .route("/api/v1/orders/{order}", get().to(api_orders::show))
        .route("/api/v1/payments", post().to(api_payments::report))
        .route("/api/v1/payments/{payment}", get().to(api_payments::show))
        .route(KEYS, get().to(tokens::show))
        .route(KEYS, post().to(tokens::create))
        .route(&format!("{KEYS}/{{key}}/revocation"), post().to(tokens::revoke));
}

fn the_orders(cfg: &mut ServiceConfig) {
    const ORDERS: &str = "/v/{venue}/orders";
    cfg.route(ORDERS, get().to(orders::show))
        .route(&format!("{ORDERS}/look"), post().to(looks::ask))
        .route(&format!("{ORDERS}/export"), get().to(export::csv))
        .route(&format!("{ORDERS}/board"), get().to(board::show))
        .route(&format!("{ORDERS}/board/acknowledgement"), post().to(board::acknowledge))
        .route(&format!("{ORDERS}/unseen"), get().to(unseen::show))
        .route(&format!("{ORDERS}/{{order}}"), get().to(order::show))
        .route(&format!("{ORDERS}/{{order}}/acts"), get().to(acts_of::show))
        .route(&format!("{ORDERS}/{{order}}/acts"), post().to(ask_act::ask));
}

fn readiness(cfg: &mut ServiceConfig) {
    cfg.route("/v/{venue}/overview", get().to(overview::show))
        .route("/v/{venue}/readiness", get().to(ready::show))
        .route("/v/{venue}/readiness", post().to(look::again));
}

fn sync(cfg: &mut ServiceConfig) {
    cfg.route("/v/{venue}/sync", get().to(sync_list::show))
        .route("/v/{venue}/sync", post().to(acts::start))
        .route("/v/{venue}/sync/{run}", get().to(sync_run::show))
        .route("/v/{venue}/sync/{run}/cancellation", post().to(acts::cancel))
        .route("/v/{venue}/sync/{run}/approval", post().to(acts::approve))
        .route("/v/{venue}/sync/{run}/discard", post().to(acts::discard));
}

fn webhooks(cfg: &mut ServiceConfig) {
    const HOOKS: &str = "/v/{venue}/settings/integrations/iiko/webhooks";
    cfg.route("/webhooks/iiko/{hook}", post().to(receive::events))
        .route(HOOKS, get().to(hooks::show))
        .route(HOOKS, post().to(save_hooks::save))
        .route(&format!("{HOOKS}/token"), post().to(save_hooks::rotate))
        .route(&format!("{HOOKS}/inbox"), get().to(inbox::list))
        .route(&format!("{HOOKS}/inbox/{{event}}"), get().to(inbox::show))
        .route(&format!("{HOOKS}/inbox/{{event}}/replay"), post().to(inbox::replay));
}

async fn nowhere() -> Reply {
    Err(Error::NotFound("page"))
}
