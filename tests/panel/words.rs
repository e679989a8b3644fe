//! Every text in Russian and in English: the same keys with the same values to insert, and a word for every key that is
//! made at run time.
use std::collections::{BTreeMap, BTreeSet};

use maitre::accounts::audit::{DONE, REFUSED};
use maitre::accounts::audit_log::KINDS as KINDS_OF_DEEDS;
use maitre::acts::act::{State as Stands, What as Act};
use maitre::api::fault::CODES;
use maitre::api::scope::SCOPES;
use maitre::integrations::dictionary::KINDS;
use maitre::integrations::iiko_cloud::fault::FaultKind;
use maitre::integrations::iiko_cloud::order_error::{CODES as CODES_OF_ORDERS, UNDOCUMENTED};
use maitre::integrations::iiko_cloud::version::CAPABILITIES;
use maitre::integrations::iiko_cloud::webhooks::GROUPS;
use maitre::lang::Lang;
use maitre::menu::tree::Show;
use maitre::orders::list::Payment;
use maitre::orders::status::Status;
use maitre::posting::decision::Decision;
use maitre::posting::event::What;
use maitre::posting::ledger::MOVED;
use maitre::posting::queue::Shelf;
use maitre::posting::reason::{Hitch, Reason};
use maitre::readiness::finding::PROBES;
use maitre::staff::employee::ROLES;
use maitre::staff::notice::NOTICES;
use maitre::sync::change::{Kind, RULES, Tally};
use maitre::venues::member::Role;
use maitre::venues::pages::audit::Asked;
use maitre::venues::pages::audit_line::key;
use maitre::venues::part::Part;
use maitre::venues::permission::Permission;
use maitre::venues::visit::Topic;
use maitre::webhooks::inbox::State;

/// Kinds of events iiko documents or names.
const EVENTS: [&str; 9] = [
    "DeliveryOrderUpdate",
    "DeliveryOrderError",
    "TableOrderUpdate",
    "TableOrderError",
    "ReserveUpdate",
    "ReserveError",
    "StopListUpdate",
    "PersonalShift",
    "NomenclatureUpdate",
];

/// Key → the names of the values its text inserts.
fn keys(code: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = format!("{}/locales/{code}/maitre.ftl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in text.lines() {
        if let Some((name, _)) =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            key = name.trim().to_owned();
            assert!(all.insert(key.clone(), BTreeSet::new()).is_none(), "{code}: {key} stands twice");
        } else {
            let goes_on = line.is_empty() || line.starts_with([' ', '#', '}']);
            assert!(goes_on, "{code}: a line that is no word of ours: {line}");
        }
        for part in line.split('$').skip(1) {
            let name: String =
                part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect();
            all.get_mut(&key).unwrap().insert(name);
        }
    }
    all
}

#[test]
fn both_languages_have_the_same_keys_and_values() {
    let (ru, en) = (keys("ru"), keys("en"));
    let only = |a: &BTreeMap<String, BTreeSet<String>>, b: &BTreeMap<String, BTreeSet<String>>| {
        a.keys().filter(|key| !b.contains_key(*key)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(only(&ru, &en), Vec::<String>::new(), "missing in English");
    assert_eq!(only(&en, &ru), Vec::<String>::new(), "missing in Russian");
    for (key, values) in &ru {
        assert_eq!(values, &en[key], "{key} inserts different values");
    }
}

/// Keys that are put together at run time.
fn made_at_run_time() -> Vec<String> {
    let mut made: Vec<String> = RULES.iter().map(|rule| format!("why-{rule}")).collect();
    for kind in FaultKind::every() {
        made.extend([format!("iiko-fault-{}", kind.code()), format!("iiko-fault-{}-todo", kind.code())]);
    }
    made.extend(Kind::ALL.map(|kind| format!("sync-kind-{}", kind.word())));
    made.extend(Kind::ALL.map(|kind| format!("sync-tally-{}", kind.word())));
    made.extend(Kind::ALL.map(|kind| format!("sync-tally-{}-sub", kind.word())));
    made.extend(
        ["added", "changed", "moved", "vanished", "returned"].map(|kind| format!("sync-short-{kind}")),
    );
    made.extend(
        ["unchanged", "unchanged-sub", "options", "options-sub"].map(|key| format!("sync-tally-{key}")),
    );
    made.extend(Show::ALL.map(|show| format!("menu-show-{}", show.word())));
    let states = [
        "queued",
        "running",
        "applied",
        "unchanged",
        "held",
        "discarded",
        "superseded",
        "failed",
        "cancelled",
    ];
    made.extend(states.map(|state| format!("sync-state-{state}")));
    made.extend(["fetch", "plan", "apply"].map(|phase| format!("sync-phase-{phase}")));
    for part in Part::ALL.map(Part::word) {
        made.extend([format!("part-{part}"), format!("sync-missed-{part}"), format!("sync-short-{part}")]);
        made.extend([format!("sync-tally-{part}"), format!("sync-tally-{part}-sub")]);
    }
    made.extend(PROBES.iter().flat_map(|probe| [format!("ready-{probe}"), format!("ready-{probe}-good")]));
    made.extend(CAPABILITIES.iter().map(|(_, word)| format!("can-{word}")));
    made.extend(ROLES.iter().map(|role| format!("staff-role-{role}")));
    made.extend(NOTICES.iter().map(|notice| format!("notice-{notice}")));
    made.extend(["active", "suspended", "dismissed"].map(|show| format!("staff-show-{show}")));
    made.extend(["draft", "signed", "ended"].map(|state| format!("contract-{state}")));
    made.extend(
        ["entity", "inn", "kpp", "bik", "account", "number"].map(|field| format!("contract-{field}")),
    );
    for field in ["inn", "kpp", "bik", "account"] {
        made.extend(["missing", "length", "check", "person"].map(|word| format!("contract-{field}-{word}")));
    }
    made.extend(["discount", "charge"].map(|field| format!("payee-{field}")));
    made.extend(KINDS.map(|kind| format!("dictionary-{kind}")));
    made.extend(KINDS.map(|kind| format!("thing-{kind}")));
    made.extend(
        ["Common", "DeliveryByCourier", "DeliveryPickUp"].map(|service| format!("service-{service}")),
    );
    made.extend(Status::ALL.map(|status| format!("order-status-{}", status.word())));
    made.extend(Payment::ALL.map(|payment| format!("order-payment-{}", payment.word())));
    made.extend(["status", "payment"].map(|name| format!("orders-{name}-any")));
    made.extend(
        ["opened", "where", "waiter", "guest", "phone", "status", "sum", "paid"]
            .map(|head| format!("orders-csv-{head}")),
    );
    made.extend(["from", "to", "least", "most"].map(|field| format!("orders-wrong-{field}")));
    made.extend(["webhook", "sweep", "person", "us"].map(|source| format!("order-source-{source}")));
    for trouble in ["creation_error", "unexported", "missed", "doubted"] {
        made.extend([format!("order-trouble-{trouble}"), format!("order-trouble-{trouble}-todo")]);
    }
    let lines = ["Added", "PrintedNotCooking", "CookingStarted", "CookingCompleted", "Served"];
    made.extend(lines.map(|status| format!("order-line-{status}")));
    for reason in Reason::ALL {
        made.push(format!("posting-why-{}", reason.word()));
    }
    made.extend(Hitch::ALL.iter().map(|hitch| format!("posting-why-{}", hitch.word())));
    made.extend(What::ALL.iter().map(|what| format!("posting-event-{}", what.word())));
    made.extend(Shelf::ALL.iter().map(|shelf| format!("posting-shelf-{}", shelf.word())));
    for decision in Decision::ALL {
        made.extend(["decision", "decided"].map(|said| format!("posting-{said}-{}", decision.word())));
    }
    made.extend(["change_payments", "add_payments"].map(|method| format!("posting-method-{method}")));
    let stands = [
        "waiting",
        "posting",
        "unknown",
        "person",
        "by_hand",
        "not_closed",
        "closing",
        "closed",
        "confirmed",
    ];
    made.extend(stands.map(|word| format!("posting-{word}")));
    let refusals = ["not-on-the-bill", "other-under-way", "not-a-persons", "moved", "no-look"];
    made.extend(refusals.map(|word| format!("posting-{word}")));
    made.extend(CODES.map(|code| format!("api-{code}")));
    made.extend(SCOPES.map(|scope| format!("api-scope-{scope}")));
    for role in Role::ALL {
        made.extend([format!("role-{}", role.word()), format!("role-{}-about", role.word())]);
    }
    for permission in Permission::ALL {
        let key = format!("permission-{}", permission.word());
        made.extend([format!("{key}-about"), key]);
    }
    made.extend(["looks", "changes"].map(|what| format!("access-support-{what}")));
    for group in &GROUPS {
        made.push(format!("hooks-group-{}", group.word));
        for (list, words) in [("status", group.statuses), ("item", group.items), ("flag", group.flags)] {
            made.push(format!("hooks-list-{list}"));
            made.extend(words.iter().map(|word| format!("hooks-{list}-{word}")));
        }
    }
    for state in State::ALL {
        made.extend(["became", "why"].map(|said| format!("hooks-{said}-{}", state.word())));
    }
    for whose in ["nobodys", "ours", "unknown", "anothers"] {
        made.push(format!("hooks-todo-{whose}"));
        made.push(format!("hooks-state-{whose}"));
    }
    made.extend(EVENTS.map(|event| format!("hooks-event-{event}")));
    made.extend(CODES_OF_ORDERS.iter().chain(&UNDOCUMENTED).map(|(code, _)| format!("iiko-order-{code}")));
    for what in Act::ALL {
        made.extend(["what", "did"].map(|said| format!("acts-{said}-{}", what.word())));
    }
    made.extend(Stands::ALL.iter().map(|state| format!("acts-state-{}", state.word())));
    made.extend(["table", "over", "making"].map(|why| format!("acts-none-{why}")));
    made.extend(["dish", "good"].map(|kind| format!("kind-{kind}")));
    let things = ["hall", "table", "payment_method", "person"];
    made.extend(things.map(|thing| format!("thing-{thing}")));
    let fields = [
        "name",
        "description",
        "price",
        "code",
        "weight",
        "unit",
        "kind",
        "sort_order",
        "open_price",
        "on_sale",
        "floor",
        "hall",
        "number",
        "seats",
        "payment_code",
        "payment_kind",
        "processing",
        "prints",
        "deleted",
        "terminal_groups",
        "dismissed",
        "phone",
        "note",
    ];
    made.extend(fields.iter().chain(&["options", "iiko_path"]).map(|field| format!("field-{field}")));
    made.extend(
        ["section", "category", "modifier", "modifier_group", "size"].map(|thing| format!("thing-{thing}")),
    );
    let placed =
        ["copied", "flattened", "top_group", "no_group", "unknown_group", "deleted_group", "looped_group"];
    let placed = placed.iter().chain(&["detached_group", "new_after_first", "manager", "own"]);
    made.extend(placed.map(|rule| format!("placed-{rule}")));
    made.extend((1..=12).map(|month| format!("month-{month}")));
    made.push(MOVED.to_owned());
    made.extend(KINDS_OF_DEEDS.iter().map(|(kind, _)| format!("audit-kind-{kind}")));
    made.extend(["from", "to"].map(|field| format!("audit-wrong-{field}")));
    made.extend([DONE, REFUSED].map(|result| format!("audit-result-{result}")));
    let heads = ["when", "who", "for", "came", "what", "name", "change", "result", "ip", "deed", "object"];
    made.extend(heads.map(|head| format!("audit-csv-{head}")));
    made.extend(said_in_the_code());
    made.extend(["open", "until", "forbidden"].map(|access| format!("audit-access-{access}")));
    made.extend(["support", "platform"].map(|post| format!("audit-post-{post}")));
    made.extend([Lang::Ru, Lang::En].map(|lang| format!("audit-lang-{}", lang.code())));
    made.extend(Topic::ALL.iter().map(|topic| format!("visit-topic-{}", topic.word())));
    made.extend(["closed", "look-only"].map(|why| format!("visit-{why}-advice")));
    made
}

#[test]
fn keys_made_at_run_time_have_their_words() {
    let made = made_at_run_time();
    for lang in [Lang::Ru, Lang::En] {
        for key in &made {
            assert!(lang.has(key), "{} has no {key}", lang.code());
        }
    }
    assert!(!Lang::Ru.has("why-no-such-rule"), "what is not there is seen as missing");
}

/// A word nobody says is taken out.
#[test]
fn every_word_is_said_somewhere() {
    let mut said: BTreeSet<String> = made_at_run_time().into_iter().collect();
    for folder in ["src", "templates"] {
        for file in walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
            let text = std::fs::read_to_string(file).unwrap();
            said.extend(text.split('"').filter(|part| part.len() < 60).map(str::to_owned));
        }
    }
    // zones, ways to pay, what can be wrong with iiko and fields of deeds are lists of their own
    let lists = ["zone-", "pay-", "iiko-fault-", "audit-field-"];
    // what to do about something, or when nothing is told of it, goes by the key of the thing
    let ends = ["-todo", "-none", "-hint", "-bad", "-partly"];
    let mut unsaid: Vec<String> = keys("ru").into_keys().collect();
    unsaid.retain(|key| {
        let mut thing = key.as_str();
        while let Some(shorter) = ends.iter().find_map(|end| thing.strip_suffix(end)) {
            if said.contains(thing) {
                break;
            }
            thing = shorter;
        }
        !said.contains(thing) && !lists.iter().any(|list| thing.starts_with(list))
    });
    assert_eq!(unsaid, Vec::<String>::new());
}

/// Whatever a deed tells of itself has a name in words.
#[test]
fn every_field_of_a_deed_has_its_word() {
    let mut fields: BTreeSet<String> = BTreeSet::new();
    for file in walk(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let text = std::fs::read_to_string(file).unwrap();
        if deeds(&text).next().is_none() {
            continue;
        }
        for told in text.split("json!({").skip(1) {
            let told = told.split("})").next().unwrap();
            let names = told.split("\":").filter_map(|part| part.rsplit('"').next());
            fields.extend(names.filter(|name| is_word(name)).map(str::to_owned));
        }
    }
    for whole in [serde_json::to_value(Tally::default()), serde_json::to_value(Asked::default())] {
        fields.extend(whole.unwrap().as_object().unwrap().keys().cloned());
    }
    assert!(fields.len() > 50, "the search finds them: {fields:?}");
    let named = |name: &String, lang: Lang| {
        ["audit-field", "field", "contract"].iter().any(|start| lang.has(&format!("{start}-{name}")))
    };
    fields.retain(|name| !named(name, Lang::Ru) || !named(name, Lang::En));
    assert_eq!(fields, BTreeSet::new(), "they want a word: audit-field-…");
}

/// Keys of conflicts and deeds stand in the code as plain texts.
fn said_in_the_code() -> Vec<String> {
    let mut found = Vec::new();
    for file in walk(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let text = std::fs::read_to_string(file).unwrap();
        for part in text.split("Error::Conflict(\"").skip(1) {
            found.push(part.split('"').next().unwrap().to_owned());
        }
        found.extend(deeds(&text).map(key));
    }
    assert!(found.len() > 15, "the search finds them: {found:?}");
    found
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

/// «noun.verb» texts of a file that knows the audit.
fn deeds(text: &str) -> impl Iterator<Item = &str> {
    let knows = ["audit::", ".deed(", "Entry::"].iter().any(|mark| text.contains(mark));
    let is_deed =
        move |one: &&str| one.split_once('.').is_some_and(|(noun, verb)| is_word(noun) && is_word(verb));
    text.split('"').filter(move |_| knows).filter(is_deed)
}

/// Every deed the code notes.
pub fn all_deeds() -> BTreeSet<String> {
    let files = walk(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    let texts: Vec<String> = files.into_iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    texts.iter().flat_map(|text| deeds(text)).map(str::to_owned).collect()
}

/// Whoever looks for a deed by its kind of thing finds it.
#[test]
fn every_deed_is_of_some_kind() {
    let nouns: BTreeSet<String> =
        all_deeds().iter().map(|deed| deed.split('.').next().unwrap().to_owned()).collect();
    assert!(nouns.len() > 20, "the search finds them: {nouns:?}");
    let kinds: BTreeSet<String> =
        KINDS_OF_DEEDS.iter().flat_map(|(_, of)| of.iter().map(|&noun| noun.to_owned())).collect();
    assert_eq!(nouns, kinds, "accounts/audit_log.rs: each noun in a kind, and none that no deed has");
}

pub fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn russian_numbers_decline() {
    use maitre::say;
    for (n, said) in [
        (0, "0 товаров"),
        (1, "1 товар"),
        (2, "2 товара"),
        (5, "5 товаров"),
        (21, "21 товар"),
        (112, "112 товаров"),
    ] {
        assert_eq!(say!(Lang::Ru, "menu-products", n = n), said);
    }
    assert_eq!(say!(Lang::En, "menu-products", n = 1), "1 product");
    assert_eq!(say!(Lang::En, "menu-products", n = 21), "21 products");
}
