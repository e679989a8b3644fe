//! Commands: accepted at once, done later, as the cloud hands them to a terminal. What became of one is asked for by its
//! correlation id; `mischief::Trouble` are ways in which that goes wrong.
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Answered, Ask};
use super::dispatch::Errand;
use super::mischief::{Fault, Trouble};
use super::pay::Wanted;
use super::world::{Organization, World};
use super::{clock, id, pay};

/// All commands and how slow the way to the terminal is. Times are real milliseconds.
#[derive(Clone, Debug)]
pub struct Commands {
    pub list: Vec<Command>,
    /// from acceptance to the deed
    pub delay_ms: i64,
    /// from a change at the till to the cloud's copy of a known order
    pub lag_ms: i64,
    /// a terminal that is away longer than this has the command annulled
    pub expiry_ms: i64,
    /// a correlation id is supported for so long
    pub kept_ms: i64,
    /// a payment taken outside counts as processed: likely, and nowhere published
    pub outside_is_processed: bool,
    /// the correlation id of a loading is supported too; iiko's document does not call it a command (pitfalls.md 41)
    pub loading_tracked: bool,
}

impl Default for Commands {
    fn default() -> Commands {
        Commands {
            list: Vec::new(),
            delay_ms: 300,
            lag_ms: 1000,
            expiry_ms: 600_000,
            kept_ms: 3_600_000,
            outside_is_processed: true,
            loading_tracked: false,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Command {
    pub id: Uuid,
    pub organization: Uuid,
    pub terminal: Uuid,
    pub order: Uuid,
    pub deed: Deed,
    pub accepted_ms: i64,
    pub due_ms: i64,
    /// annulled when no terminal has taken it by then; none: as `Commands::expiry_ms` says
    pub limit_ms: Option<i64>,
    /// none: in progress
    pub outcome: Option<Outcome>,
    pub trouble: Option<Trouble>,
}

/// What a terminal is asked to do.
#[derive(Clone, Debug)]
pub enum Deed {
    /// the cloud looks at all orders of these tables
    LoadTables(Vec<Uuid>),
    /// … at these orders, by the till's own ids
    LoadOrders(Vec<Uuid>),
    ChangePayments(Vec<Wanted>),
    AddPayments(Vec<Wanted>),
    Close,
    Delivery(Errand),
}

pub type Outcome = Result<(), Refusal>;

/// Why a terminal would not: iiko's word and a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub reason: &'static str,
    pub said: String,
}

impl Refusal {
    pub fn of(reason: &'static str, said: &str) -> Refusal {
        Refusal { reason, said: said.to_owned() }
    }
}

impl World {
    /// What is due by now is done: commands first, then the cloud looks at what changed and
    /// tells of it. Called for every call and lever,
    /// and by the clockwork of a served till.
    pub fn settle(&mut self) {
        let now = clock::now_ms();
        self.perform(now);
        let lag = self.commands.lag_ms;
        for one in &mut self.organizations {
            one.copy_due(now, lag);
            for news in one.news.drain(..) {
                self.hooks.tell(one.id, &news);
            }
        }
    }

    /// Takes a command in; answers as the cloud does, at once.
    pub fn accept(&mut self, ask: &Ask, order: Uuid, terminal: Uuid, deed: Deed) -> Answered {
        let command = self.take_in(ask, order, terminal, deed)?;
        Ok(Answer::json(200, &json!({"correlationId": command.id})))
    }

    /// The same, for whoever has more to say of it.
    pub fn take_in(
        &mut self,
        ask: &Ask,
        order: Uuid,
        terminal: Uuid,
        deed: Deed,
    ) -> Result<&mut Command, Answer> {
        let (trouble, late_ms) = match ask.fault {
            Some(Fault::Command(trouble, late)) => (Some(*trouble), late.as_millis()),
            _ => (None, 0),
        };
        let now = clock::now_ms();
        let late_ms = i64::try_from(late_ms).unwrap_or(i64::MAX);
        let command = Command {
            id: id::fresh(),
            organization: ask.id("organizationId")?,
            terminal,
            order,
            deed,
            accepted_ms: now,
            due_ms: now.saturating_add(self.commands.delay_ms).saturating_add(late_ms),
            limit_ms: None,
            outcome: None,
            trouble,
        };
        let at = self.commands.list.len();
        self.commands.list.push(command);
        Ok(&mut self.commands.list[at])
    }

    fn perform(&mut self, now: i64) {
        let mut due: Vec<usize> = (0..self.commands.list.len())
            .filter(|at| {
                let command = &self.commands.list[*at];
                command.outcome.is_none() && command.due_ms <= now
            })
            .collect();
        due.sort_by_key(|at| self.commands.list[*at].due_ms);
        for at in due {
            let command = self.commands.list[at].clone();
            let outcome = if self.terminal(command.terminal).is_some_and(|terminal| terminal.answers()) {
                Some(self.done(&command))
            } else {
                self.annulled(&command, now)
            };
            self.commands.list[at].outcome = outcome;
        }
    }

    /// None while the terminal may still come back for it.
    fn annulled(&mut self, command: &Command, now: i64) -> Option<Outcome> {
        let limit = command.limit_ms.unwrap_or(self.commands.expiry_ms);
        if command.accepted_ms.saturating_add(limit) > now {
            return None;
        }
        let refusal = Refusal::of("Common", "Terminal group did not answer in time.");
        if let (Deed::Delivery(Errand::Create { .. }), Some(one)) =
            (&command.deed, self.organization(command.organization))
        {
            one.refuse_birth(command.order, &refusal);
        }
        Some(Err(refusal))
    }

    fn done(&mut self, command: &Command) -> Outcome {
        match command.trouble {
            Some(Trouble::InUse) => {
                return Err(Refusal::of("EntityAlreadyInUse", "Order is being edited on another terminal."));
            }
            Some(Trouble::HangsIdle | Trouble::GoneIdle | Trouble::FalseSuccess) => return Ok(()),
            _ => (),
        }
        let outside_is_processed = self.commands.outside_is_processed;
        let Some(one) = self.organization(command.organization) else { return Ok(()) };
        let outcome = match &command.deed {
            Deed::LoadTables(tables) => one.load(command.terminal, |check| tables.contains(&check.table)),
            Deed::LoadOrders(orders) => one.load(command.terminal, |check| orders.contains(&check.pos_id)),
            Deed::ChangePayments(wanted) => pay::change(one, command.order, wanted, outside_is_processed),
            Deed::AddPayments(wanted) => pay::add(one, command.order, wanted, outside_is_processed),
            Deed::Close => pay::close(one, command.order),
            Deed::Delivery(errand) => one.run_errand(command.order, errand),
        };
        if let Some(at) = one.known_check(command.order) {
            one.copy_check(at);
        }
        match command.trouble {
            Some(Trouble::FalseError) => Err(Refusal::of("Common", "Operation has failed.")),
            _ => outcome,
        }
    }
}

/// `/api/1/commands/status`: 410 for a correlation id that is unknown or too old.
pub fn status(world: &mut World, ask: &Ask) -> Answered {
    let (organization, id) = (ask.id("organizationId")?, ask.id("correlationId")?);
    ask.sees(organization)?;
    let (now, kept, tracked) = (clock::now_ms(), world.commands.kept_ms, world.commands.loading_tracked);
    let is = |one: &&Command| {
        let gone = matches!(one.trouble, Some(Trouble::Gone | Trouble::GoneIdle));
        let loading = matches!(one.deed, Deed::LoadTables(_) | Deed::LoadOrders(_));
        one.id == id
            && one.organization == organization
            && !gone
            && (tracked || !loading)
            && one.accepted_ms.saturating_add(kept) > now
    };
    let Some(command) = world.commands.list.iter().find(is).cloned() else {
        return Err(Answer::error(410, "The correlationId is no longer supported", None));
    };
    let hangs = matches!(command.trouble, Some(Trouble::Hangs | Trouble::HangsIdle));
    let told = match command.outcome.as_ref().filter(|_| !hangs) {
        None => json!({"state": "InProgress"}),
        Some(Ok(())) => json!({"state": "Success"}),
        Some(Err(refusal)) => {
            let one = world.organization(organization);
            json!({"state": "Error", "exception": exception(one, &command, refusal), "errorReason": refusal.reason})
        }
    };
    Ok(Answer::json(200, &told))
}

/// As in a captured failure (samples/errors/command-status-error-2021.json): a stack trace in `message`.
fn exception(one: Option<&mut Organization>, command: &Command, refusal: &Refusal) -> Value {
    let terminals = one.into_iter().flat_map(|one| &one.terminals);
    let name = terminals.filter(|one| one.id == command.terminal).map(|one| one.name.clone()).next();
    let message = format!(
        "Resto.Front.Api.Exceptions.ConstraintViolationException: {}\r\n\r\nServer stack trace: \r\n   в \
         Resto.Front.Api.V8.Editors.Actions.Check(SessionContext context)",
        refusal.said
    );
    json!({"orderId": command.order, "terminalGroup": {"id": command.terminal, "name": name},
        "timestamp": command.due_ms, "code": 500, "message": message, "description": refusal.said,
        "additionalData": null})
}
