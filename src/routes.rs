//! Every URL of the panel, by room.
use actix_web::web::{self, ServiceConfig, get};

use crate::error::Error;
use crate::web::assets;
use crate::web::reply::Reply;

/// The whole map.
pub fn panel(cfg: &mut ServiceConfig) {
    cfg.route("/healthz", get().to(crate::app::health))
        .route("/static/{fingerprint}/{name}", get().to(assets::serve))
        .configure(accounts)
        .configure(venues)
        .configure(integrations)
        .configure(menu)
        .configure(sync)
        .default_service(web::route().to(nowhere));
}

fn accounts(_cfg: &mut ServiceConfig) {}

fn venues(_cfg: &mut ServiceConfig) {}

fn integrations(_cfg: &mut ServiceConfig) {}

fn menu(_cfg: &mut ServiceConfig) {}

fn sync(_cfg: &mut ServiceConfig) {}

async fn nowhere() -> Reply {
    Err(Error::NotFound("page"))
}
