//! Parts → a running panel. `main` and the tests call the same functions.
use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpResponse, HttpServer, web};

use crate::db::conn::Db;
use crate::error::{Error, Result};
use crate::integrations::iiko_cloud::client::Gate;
use crate::secret::Seal;
use crate::web::door;
use crate::web::reply::Reply;
use crate::web::settings::Settings;
use crate::{one, routes};

/// What a panel is made of.
#[derive(Clone)]
pub struct Parts {
    pub db: Db,
    pub seal: Seal,
    pub web: Settings,
    /// The way to iiko Cloud.
    pub gate: Gate,
}

/// The panel, listening; runs when awaited, stops by its handle.
pub fn serve(parts: Parts, listener: TcpListener, workers: usize) -> Result<Server> {
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(parts.db.clone()))
            .app_data(web::Data::new(parts.seal.clone()))
            .app_data(web::Data::new(parts.web.clone()))
            .app_data(web::Data::new(parts.gate.clone()))
            .wrap(from_fn(door::pass))
            .wrap(Compress::default())
            .configure(routes::panel)
    })
    .workers(workers)
    .client_request_timeout(Duration::from_secs(5))
    .shutdown_timeout(10)
    .disable_signals()
    .listen(listener)
    .map_err(|cause| Error::Internal(Box::new(cause)))?;
    Ok(server.run())
}

/// `GET /healthz`: 200 when the database answers.
pub async fn health(db: web::Data<Db>) -> Reply {
    let (_,) = one!(&mut db.read().await?, (i64,), "SELECT CAST(1 AS BIGINT)")?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n"))
}
