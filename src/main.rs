//! One binary, several roles: serve, demo, sandbox, migrate, user add.
#![forbid(unsafe_code)]

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use maitre::accounts::audit_chain;
use maitre::accounts::audit_verify::{self, Noted};
use maitre::accounts::upkeep::{self, Deed};
use maitre::app::{self, Parts};
use maitre::bench;
use maitre::clock;
use maitre::config::{self, Config};
use maitre::db::conn::Db;
use maitre::db::migrations::migrate;
use maitre::error::{Error, Result};
use maitre::integrations::iiko_cloud::client::Gate;
use maitre::integrations::iiko_cloud::settings::{App, Pace, Settings as Iiko};
use maitre::past;
use maitre::sandbox::serve::{self, Options, Sandbox};
use maitre::sandbox::world::{APP_ID, CLIENT_SECRET};
use maitre::seed;
use maitre::venues::enrolment::{self, Enroll, Post, WayIn};
use maitre::web::settings::Settings;
use secrecy::SecretString;
use serde_json::json;
use tracing_subscriber::EnvFilter;

#[derive(Parser)]
#[command(
    name = "maitre",
    version,
    about = "Панель ресторана, верная кассе · A restaurant's panel, true to its till"
)]
struct Cli {
    #[command(subcommand)]
    role: Role,
}

#[derive(Subcommand)]
enum Role {
    /// Run the panel for real; settings come from MAITRE_… variables or the file named by MAITRE_CONFIG
    Serve,
    /// Try it: a panel with an embedded database and a sandbox till beside it, on this machine alone
    Demo(DemoArgs),
    /// Run the sandbox till alone: a fake iiko Cloud with levers, on 127.0.0.1
    Sandbox(SandboxArgs),
    /// Bring the database named by MAITRE_DATABASE_URL to this version
    Migrate,
    /// What was done: the journal nobody may change
    #[command(subcommand)]
    Audit(AuditRole),
    /// People who may sign in
    #[command(subcommand)]
    User(UserRole),
    /// Close a venue, or open it again: to its people and its programs a closed one is not there
    #[command(subcommand)]
    Venue(VenueRole),
    /// Measure syncs, the list of orders and the receiver of events; use a release build
    Bench(BenchArgs),
}

#[derive(Subcommand)]
enum AuditRole {
    /// Walk every venue's chain and tell the first thing wrong with each; ends with 1 when anything is
    Verify {
        /// A head noted earlier, as the log tells it every hour; may be given many times
        #[arg(long, value_name = "CHAIN:SEQ:HASH")]
        head: Vec<Noted>,
    },
}

#[derive(Subcommand)]
enum UserRole {
    /// Add a person; prints their way in. An owner's venue is made when there is none of that name
    Add(UserArgs),
    /// Shut a person out at once: all their sessions end, none begins
    Suspend(Whom),
    /// Let a suspended person in again
    Restore(Whom),
    /// End all sessions of a person: every device signs in anew
    SignOut(Whom),
    /// Take away the second factor of who has lost both the app and the recovery codes
    ResetSecondFactor(Whom),
}

#[derive(clap::Args)]
struct Whom {
    #[arg(long)]
    email: String,
}

#[derive(Subcommand)]
enum VenueRole {
    /// Close the venue of this name; bites on the next request
    Close(VenueArgs),
    /// Open it again, as it was
    Open(VenueArgs),
}

#[derive(clap::Args)]
struct VenueArgs {
    #[arg(long)]
    name: String,
}

#[derive(clap::Args)]
struct UserArgs {
    #[arg(long)]
    email: String,
    #[arg(long)]
    name: String,
    /// owner, manager, lead, accountant, content, viewer; support or platform
    #[arg(long)]
    role: String,
    /// The venue's name, for a role in a venue
    #[arg(long)]
    venue: Option<String>,
}

#[derive(clap::Args)]
struct BenchArgs {
    /// What to measure; everything when nothing is named
    what: Vec<bench::What>,
    /// How many products, comma separated
    #[arg(long, value_delimiter = ',', default_value = "1085,5000,50000")]
    products: Vec<usize>,
    /// How many orders, comma separated
    #[arg(long, value_delimiter = ',', default_value = "100000,1000000")]
    orders: Vec<usize>,
    #[arg(long, hide = true)]
    part: Option<bench::Part>,
    #[arg(long, hide = true, requires = "part")]
    folder: Option<PathBuf>,
}

#[derive(clap::Args)]
struct SandboxArgs {
    /// Port on 127.0.0.1
    #[arg(long, default_value_t = 8081)]
    port: u16,
    /// A captured answer of iiko's /api/1/nomenclature to serve
    #[arg(long)]
    nomenclature: Option<PathBuf>,
    /// Serve a generated menu of so many products
    #[arg(long, conflicts_with = "nomenclature")]
    products: Option<usize>,
}

#[derive(clap::Args)]
struct DemoArgs {
    /// Port of the panel on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Port of the sandbox till on 127.0.0.1
    #[arg(long, default_value_t = 8081)]
    sandbox_port: u16,
    /// Folder for the demo's database and keys
    #[arg(long, default_value = "data/demo")]
    data: PathBuf,
    /// A captured answer of iiko's /api/1/nomenclature to serve instead of the demo's own menu
    #[arg(long)]
    nomenclature: Option<PathBuf>,
    /// Fill the demo's venue with so many past orders
    #[arg(long, default_value_t = 0)]
    orders: usize,
    /// First print addresses, sign-ins, iiko's API key and a key of the panel's own API as one line of JSON
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let level = if matches!(cli.role, Role::Serve) { "info" } else { "warn" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    let done = actix_web::rt::System::new().block_on(async {
        match cli.role {
            Role::Serve => run_panel().await,
            Role::Demo(args) => demo(args).await,
            Role::Sandbox(args) => sandbox(args).await,
            Role::User(UserRole::Add(args)) => add_user(args).await,
            Role::Venue(VenueRole::Close(args)) => close_venue(args, Some(clock::now())).await,
            Role::Venue(VenueRole::Open(args)) => close_venue(args, None).await,
            Role::User(UserRole::Suspend(whom)) => keep_up(whom, Deed::Suspend).await,
            Role::User(UserRole::Restore(whom)) => keep_up(whom, Deed::Restore).await,
            Role::User(UserRole::SignOut(whom)) => keep_up(whom, Deed::EndSessions).await,
            Role::User(UserRole::ResetSecondFactor(whom)) => keep_up(whom, Deed::ResetSecondFactor).await,
            Role::Bench(args) => match (args.part, args.folder) {
                (Some(part), Some(folder)) => bench::one(part, folder).await,
                _ => bench::all(&args.what, &args.products, &args.orders).await,
            },
            Role::Migrate => ready(&Db::connect(&Config::database_url()?, 2).await?).await,
            Role::Audit(AuditRole::Verify { head }) => verify_audit(&head).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("maitre: {cause}");
            ExitCode::FAILURE
        }
    }
}

/// The tables of this version, and the audit of earlier ones sealed.
async fn ready(db: &Db) -> Result<()> {
    migrate(db).await?;
    audit_chain::seal_old(&db.system()).await
}

/// One line per chain; what is wrong is said at it.
async fn verify_audit(noted: &[Noted]) -> Result<()> {
    let db = Db::connect(&Config::database_url()?, 2).await?;
    let found = audit_verify::verify(&db.system(), noted).await?;
    for one in &found {
        let head = one.head.as_ref().map(ToString::to_string);
        let said = one.wrong.map_or_else(|| "whole".to_owned(), |wrong| format!("WRONG: {wrong}"));
        println!("{}  {} rows  head {}  {said}", one.chain, one.rows, head.as_deref().unwrap_or("none"));
    }
    db.close().await;
    match found.iter().filter(|one| one.wrong.is_some()).count() {
        0 => Ok(()),
        n => Err(Error::internal(format!(
            "{n} of {} chains of the audit are not what was written",
            found.len()
        ))),
    }
}

async fn run_panel() -> Result<()> {
    let config = Config::read()?;
    let db = Db::connect(&config.database_url, app::CONNECTIONS).await?;
    ready(&db).await?;
    let app = config.iiko.app.map(|(id, secret)| App { id, secret });
    let gate = Gate::new(Iiko { app, ..Iiko::at(config.iiko.base) })
        .map_err(|cause| Error::Internal(Box::new(cause)))?;
    let web = Settings {
        secure: config.origin.as_deref().is_some_and(|origin| origin.starts_with("https://")),
        origin: config.origin,
        timing: cfg!(debug_assertions),
        client_ip_header: config.client_ip_header,
    };
    let listener = bind(config.listen.to_string())?;
    tracing::info!(address = %config.listen, "the panel listens");
    app::run(Parts { db, seal: config.seal, web, gate }, listener).await
}

fn bind(address: String) -> Result<TcpListener> {
    TcpListener::bind(&address)
        .map_err(|cause| Error::internal(format!("cannot listen on {address}: {cause}")))
}

async fn demo(args: DemoArgs) -> Result<()> {
    let panel = bind(format!("127.0.0.1:{}", args.port))?;
    let beside = bind(format!("127.0.0.1:{}", args.sandbox_port))?;
    let parts = demo_parts(&args.data, args.sandbox_port).await?;
    let db = parts.db.system();
    let made = seed::demo(&db, &parts.seal, &args.data).await?;
    if args.orders > 0 {
        let venue = seed::venue(&db).await?;
        past::orders(&db, venue, args.orders, clock::now()).await?;
    }
    let options = Options {
        nomenclature: args.nomenclature.clone(),
        api_key: made.api_key.clone(),
        ..Options::default()
    };
    let world =
        options.world().map_err(|cause| Error::internal(format!("the menu file cannot be used: {cause}")))?;
    let till =
        serve::listen(beside, &Sandbox::new(world), 1).map_err(|cause| Error::Internal(Box::new(cause)))?;
    let handle = till.handle();
    actix_web::rt::spawn(till);
    announce(&args, &made);
    let done = app::run(parts, panel).await;
    handle.stop(false).await;
    done
}

/// What a person (or, as one line of JSON, a script) needs to begin. A script may close its end after that line.
fn announce(args: &DemoArgs, made: &seed::Demo) {
    let (panel, sandbox) =
        (format!("http://127.0.0.1:{}", args.port), format!("http://127.0.0.1:{}", args.sandbox_port));
    let mut text = String::new();
    if args.json {
        let line = json!({ "panel": panel, "sandbox": sandbox, "people": made.people, "api_key": made.api_key,
                    "api_token": made.api_token });
        text += &format!("{line}\n");
    }
    text += &format!("\n  Панель · panel           {panel}\n  Касса-песочница · till   {sandbox}\n\n");
    for person in &made.people {
        let totp = person.totp.as_ref().map(|totp| format!("   TOTP {totp}")).unwrap_or_default();
        text += &format!("  {:<10} {}   {}{totp}\n", person.role, person.email, person.password);
    }
    text += &format!(
        "\n  API-ключ · API key       {}\n
  Войдите как owner, откройте «Настройка» → «Интеграции» → iiko и вставьте ключ.
  Sign in as owner, open Settings → Integrations → iiko and paste the key. Ctrl-C stops both.\n\n",
        made.api_key
    );
    let _ = std::io::stdout().write_all(text.as_bytes());
}

async fn add_user(args: UserArgs) -> Result<()> {
    let post = Post::of_word(&args.role).ok_or_else(|| {
        Error::internal("--role is owner, manager, lead, accountant, content, viewer, support or platform")
    })?;
    let db = Db::connect(&Config::database_url()?, 2).await?;
    ready(&db).await?;
    let who =
        Enroll { email: &args.email, name: &args.name, password: None, post, venue: args.venue.as_deref() };
    match enrolment::enroll(&db.system(), who).await?.way_in {
        WayIn::Given => println!("{} signs in with the password they have", args.email),
        WayIn::Password(password) => {
            println!("{} signs in with this password, shown once: {password}", args.email)
        }
        WayIn::Invitation(token) => {
            println!("{} opens this path of the panel within 72 hours, once: /invite/{token}", args.email)
        }
    }
    Ok(())
}

async fn close_venue(args: VenueArgs, at: Option<clock::Timestamp>) -> Result<()> {
    let db = Db::connect(&Config::database_url()?, 2).await?;
    migrate(&db).await?;
    let id = enrolment::close_venue(&db.system(), &args.name, at).await?;
    println!("{} ({id}) is {}", args.name, if at.is_some() { "closed" } else { "open" });
    Ok(())
}

async fn keep_up(whom: Whom, deed: Deed) -> Result<()> {
    let db = Db::connect(&Config::database_url()?, 2).await?;
    migrate(&db).await?;
    let ended = upkeep::perform(&db, &whom.email, deed, clock::now()).await?;
    println!("{}: done, {ended} sessions ended", whom.email);
    Ok(())
}

async fn sandbox(args: SandboxArgs) -> Result<()> {
    let SandboxArgs { port, nomenclature, products } = args;
    let options = Options { port, nomenclature, products, ..Options::default() };
    println!("http://127.0.0.1:{port}   API key: {}", options.api_key);
    serve::run(options).await.map_err(|cause| Error::internal(format!("the sandbox till: {cause}")))
}

async fn demo_parts(data: &Path, sandbox_port: u16) -> Result<Parts> {
    std::fs::create_dir_all(data)
        .map_err(|cause| Error::internal(format!("cannot make the folder {}: {cause}", data.display())))?;
    let db = Db::connect(&format!("sqlite://{}", data.join("maitre.db").display()), app::CONNECTIONS).await?;
    ready(&db).await?;
    // the sandbox knows our application too: both of iiko's sign-ins can be tried
    let app = App { id: APP_ID.to_owned(), secret: SecretString::from(CLIENT_SECRET.to_owned()) };
    let iiko =
        Iiko { app: Some(app), pace: Pace::free(), ..Iiko::at(format!("http://127.0.0.1:{sandbox_port}")) };
    Ok(Parts {
        db,
        seal: config::seal_in(data)?,
        web: Settings { origin: None, secure: false, timing: true, client_ip_header: None },
        gate: Gate::new(iiko).map_err(|cause| Error::Internal(Box::new(cause)))?,
    })
}
