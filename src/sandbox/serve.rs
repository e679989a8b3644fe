//! The till as a running server: for tests on a free port, for the demo on a known one.
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;
use std::{fs, io, thread};

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::Compress;
use actix_web::web::{self, Data, PayloadConfig};
use actix_web::{App, HttpServer, rt};

use super::mischief::Mischief;
use super::tape::Tape;
use super::world::{API_KEY, World};
use super::{clockwork, levers, page, send};

/// A sandbox till: what it remembers, what trouble is ordered, what was said. Clones are the same till.
#[derive(Clone)]
pub struct Sandbox {
    inner: Arc<Inner>,
    life: Option<Arc<Life>>,
}

/// A till held so loosely that it may end.
pub struct Shadow(Weak<Inner>);

impl Shadow {
    pub fn now(&self) -> Option<Sandbox> {
        self.0.upgrade().map(|inner| Sandbox { inner, life: None })
    }
}

struct Inner {
    world: Mutex<World>,
    mischief: Mutex<Mischief>,
    tape: Mutex<Tape>,
    url: OnceLock<String>,
}

/// A server of a thread of its own; it stops when the last clone that was `open`ed is dropped.
struct Life(ServerHandle);

impl Drop for Life {
    fn drop(&mut self) {
        // the order is given at once, only its being done would be awaited
        drop(self.0.stop(false));
    }
}

/// What `maitre sandbox` may be told.
#[derive(Clone, Debug)]
pub struct Options {
    pub port: u16,
    /// a captured answer of `/api/1/nomenclature` in place of the demo menu
    pub nomenclature: Option<PathBuf>,
    /// a generated menu of so many products in place of the demo menu
    pub products: Option<usize>,
    /// the text of the key to be pasted into the panel
    pub api_key: String,
}

impl Default for Options {
    fn default() -> Options {
        Options { port: 8081, nomenclature: None, products: None, api_key: API_KEY.into() }
    }
}

impl Options {
    /// The world these options ask for.
    pub fn world(&self) -> io::Result<World> {
        let mut world = World::demo().with_key(&self.api_key);
        if let Some(file) = &self.nomenclature {
            let other = World::of_text(&fs::read_to_string(file)?);
            let mut other = other.map_err(|cause| io::Error::new(io::ErrorKind::InvalidData, cause))?;
            world = world.with_menu(other.menu().clone());
        } else if let Some(products) = self.products {
            world = world.with_menu(World::generated(products).menu().clone());
        }
        Ok(world)
    }
}

/// The till by its options on 127.0.0.1, until the process is told to stop.
pub async fn run(options: Options) -> io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", options.port))?;
    serve(listener, Sandbox::new(options.world()?)).await
}

/// The till on a listener, until it is stopped by `Server::handle` of `listen` or the future is dropped.
pub async fn serve(listener: TcpListener, sandbox: Sandbox) -> io::Result<()> {
    listen(listener, &sandbox, 2)?.await
}

/// The same, not awaited yet: whoever wants the handle takes it from the server.
pub fn listen(listener: TcpListener, sandbox: &Sandbox, workers: usize) -> io::Result<Server> {
    let url = format!("http://{}", listener.local_addr()?);
    sandbox.inner.url.get_or_init(|| url);
    let till = Sandbox { inner: sandbox.inner.clone(), life: None };
    clockwork::start(&till);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(Data::new(till.clone()))
            .app_data(PayloadConfig::new(64 << 20))
            .wrap(Compress::default())
            .configure(paths)
    });
    // longer than any slow answer: the server counts from the request, and would hang up on the next one
    let keep = Duration::from_secs(120);
    Ok(server.workers(workers).keep_alive(keep).shutdown_timeout(1).disable_signals().listen(listener)?.run())
}

fn paths(app: &mut web::ServiceConfig) {
    app.route("/api/{rest:.*}", web::route().to(send::call))
        .route("/levers/{name}", web::post().to(levers::pull))
        .route("/", web::get().to(page::index))
        .route("/sandbox.css", web::get().to(page::style))
        .route("/favicon.svg", web::get().to(page::icon));
}

impl Sandbox {
    /// A till that is not served yet.
    pub fn new(world: World) -> Sandbox {
        let inner = Inner {
            world: Mutex::new(world),
            mischief: Mutex::default(),
            tape: Mutex::default(),
            url: OnceLock::new(),
        };
        Sandbox { inner: Arc::new(inner), life: None }
    }

    /// The demo's world on a free port, in a thread of its own; stops when dropped.
    pub async fn open() -> io::Result<Sandbox> {
        Sandbox::open_with(World::demo()).await
    }

    pub async fn open_with(world: World) -> io::Result<Sandbox> {
        let mut sandbox = Sandbox::new(world);
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let till = sandbox.clone();
        let (said, heard) = tokio::sync::oneshot::channel();
        thread::spawn(move || {
            rt::System::new().block_on(async move {
                let server = match listen(listener, &till, 1) {
                    Ok(server) => server,
                    Err(cause) => return drop(said.send(Err(cause))),
                };
                drop(said.send(Ok(server.handle())));
                if let Err(cause) = server.await {
                    tracing::error!(%cause, "the sandbox till broke");
                }
            });
        });
        let handle = heard.await.map_err(io::Error::other)??;
        sandbox.life = Some(Arc::new(Life(handle)));
        Ok(sandbox)
    }

    pub fn shadow(&self) -> Shadow {
        Shadow(Arc::downgrade(&self.inner))
    }

    /// `http://127.0.0.1:port`, without a slash at the end; empty while it is not served.
    pub fn url(&self) -> String {
        self.inner.url.get().cloned().unwrap_or_default()
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.inner.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn mischief(&self) -> MutexGuard<'_, Mischief> {
        self.inner.mischief.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn tape(&self) -> MutexGuard<'_, Tape> {
        self.inner.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody listens on the port any more.
    pub async fn stop(&self) {
        if let Some(life) = &self.life {
            life.0.stop(false).await;
        }
    }
}
