//! How a URL is put on the map: the handler is registered and its rule written down by one call, and the rule is read off
//! the handler's first argument. A handler that asks nobody who they are does not build here, unless it is said to be open.
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder};

use crate::accounts::guard::{Proved, SignedIn};
use crate::accounts::supporter::Supporter;
use crate::api::fault::Fault;
use crate::api::guard::Caller;
use crate::api::scope::Scope;
use crate::venues::guard::At;
use crate::venues::permission::{Permission, Right};

/// Whom a handler lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Anyone: the doors, files, what a secret of its own guards.
    Open,
    /// Anyone who is signed in, about themselves.
    SignedIn,
    /// Support and whoever runs the panel.
    Staff,
    /// Who has this permission in the venue of the path.
    Venue(Permission),
    /// A key of the API with any of these scopes.
    Api(&'static [&'static str]),
}

/// The first argument of a handler, which lets in or does not.
pub trait Guard {
    const RULE: Rule;
}

impl Guard for SignedIn {
    const RULE: Rule = Rule::SignedIn;
}

impl Guard for Supporter {
    const RULE: Rule = Rule::Staff;
}

impl Guard for Proved {
    const RULE: Rule = Rule::SignedIn;
}

impl<R: Right> Guard for At<R> {
    const RULE: Rule = Rule::Venue(R::PERMISSION);
}

/// The API answers in its own words, hence the result.
impl<S: Scope> Guard for Result<Caller<S>, Fault> {
    const RULE: Rule = Rule::Api(S::WORDS);
}

/// The arguments of a handler whose first one is a guard.
pub trait Ruled {
    const RULE: Rule;
}

macro_rules! ruled {
    ($($rest:ident),*) => {
        impl<G: Guard, $($rest),*> Ruled for (G, $($rest,)*) {
            const RULE: Rule = G::RULE;
        }
    };
}
ruled!();
ruled!(A);
ruled!(A, B);
ruled!(A, B, C);
ruled!(A, B, C, D);

/// A route as it was put on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    pub method: &'static str,
    /// With its `{names}`.
    pub path: String,
    pub rule: Rule,
}

/// The map while it is drawn.
pub struct Map<'a> {
    cfg: &'a mut ServiceConfig,
    under: String,
    declared: Vec<Declared>,
}

impl<'a> Map<'a> {
    pub fn new(cfg: &'a mut ServiceConfig) -> Map<'a> {
        Map { cfg, under: String::new(), declared: Vec::new() }
    }

    pub fn declared(self) -> Vec<Declared> {
        self.declared
    }

    /// A room's own sheet.
    pub fn room(&mut self, draw: fn(&mut Map)) -> &mut Self {
        draw(self);
        self.under("")
    }

    /// Paths from here on stand under this one.
    pub fn under(&mut self, base: &str) -> &mut Self {
        base.clone_into(&mut self.under);
        self
    }

    pub fn get<F, Args>(&mut self, path: &str, handler: F) -> &mut Self
    where
        F: Handler<Args, Output: Responder + 'static>,
        Args: FromRequest + Ruled + 'static,
    {
        self.put("GET", path, Args::RULE, handler)
    }

    pub fn post<F, Args>(&mut self, path: &str, handler: F) -> &mut Self
    where
        F: Handler<Args, Output: Responder + 'static>,
        Args: FromRequest + Ruled + 'static,
    {
        self.put("POST", path, Args::RULE, handler)
    }

    /// Nobody is asked who they are: say why beside it.
    pub fn open_get<F, Args>(&mut self, path: &str, handler: F) -> &mut Self
    where
        F: Handler<Args, Output: Responder + 'static>,
        Args: FromRequest + 'static,
    {
        self.put("GET", path, Rule::Open, handler)
    }

    pub fn open_post<F, Args>(&mut self, path: &str, handler: F) -> &mut Self
    where
        F: Handler<Args, Output: Responder + 'static>,
        Args: FromRequest + 'static,
    {
        self.put("POST", path, Rule::Open, handler)
    }

    fn put<F, Args>(&mut self, method: &'static str, path: &str, rule: Rule, handler: F) -> &mut Self
    where
        F: Handler<Args, Output: Responder + 'static>,
        Args: FromRequest + 'static,
    {
        let path = format!("{}{path}", self.under);
        let route = if method == "GET" { web::get() } else { web::post() };
        self.cfg.route(&path, route.to(handler));
        self.declared.push(Declared { method, path, rule });
        self
    }
}
