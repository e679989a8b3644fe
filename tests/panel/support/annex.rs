//! The panel's door with rooms of a test behind it, beside a panel and on its database.
use std::net::TcpListener;

use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, HttpServer};
use maitre::routes;
use maitre::web::door;
use maitre::web::settings::Settings;

use crate::support::panel::Panel;

pub struct Annex {
    pub url: String,
    server: ServerHandle,
}

impl Annex {
    pub fn of(panel: &Panel, rooms: fn(&mut ServiceConfig)) -> Annex {
        let (db, seal) = (panel.db.clone(), panel.seal.clone());
        let web = Settings { origin: None, secure: false, timing: false, client_ip_header: None };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(Data::new(db.clone()))
                .app_data(Data::new(seal.clone()))
                .app_data(Data::new(web.clone()))
                .wrap(from_fn(door::pass))
                .configure(rooms)
                .configure(routes::panel)
        });
        let server = server.workers(1).disable_signals().listen(listener).unwrap().run();
        let annex = Annex { url, server: server.handle() };
        tokio::spawn(server);
        annex
    }

    pub async fn close(self) {
        self.server.stop(false).await;
    }
}
