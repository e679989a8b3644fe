//! T3: the statements themselves. Each table of a venue that a statement names is tied to the venue: by a value, or to a
//! table that is.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::isolation::tenant_tables;
use crate::support::panel::fresh_db;

/// Statements without it: a piece of their text, and why they may.
const SIGNED: [(&str, &str); 26] = [
    (
        "FROM members m JOIN venues v ON v.id = m.venue_id WHERE m.user_id = $1",
        "a person's venues: by the person",
    ),
    ("JOIN members m ON m.user_id = u.id JOIN venues v", "a person's venues: by the person's session"),
    ("SELECT m.user_id FROM members m JOIN users u", "whether a member belongs to another's venue, too"),
    ("FROM invitations WHERE token_hash", "whose link it is, is what is asked"),
    ("FROM api_tokens t JOIN venues v", "whose key it is, is what is asked"),
    ("FROM audit WHERE chain = $1", "a chain is a venue's, its id the venue's"),
    (
        "FROM audit a LEFT JOIN users u ON u.id = a.actor_id LEFT JOIN users f",
        "a chain is a venue's, its id the venue's",
    ),
    ("UPDATE audit SET hash = $2 WHERE id = $1", "rows of before the chain, once, of all venues"),
    ("FROM audit_heads UNION SELECT DISTINCT chain FROM audit", "the check goes over every chain"),
    ("SELECT id FROM audit WHERE chain IS NULL", "the check goes over every chain"),
    ("ended_at, ended_by FROM visits ", "`select!` adds the venue behind it, or is the sweep of all venues"),
    ("AS ended_by_name", "`listed!` adds the venue behind it, or is support's desk"),
    (
        "FROM webhooks h JOIN venues v ON v.id = h.venue_id WHERE h.public_id",
        "whose address it is, is what is asked",
    ),
    ("SELECT EXISTS (SELECT 1 FROM jobs", "the worker takes any venue's job"),
    ("UPDATE jobs SET state = 'running'", "the worker takes any venue's job"),
    ("DELETE FROM jobs WHERE id IN", "old jobs of all venues are thrown away"),
    ("DELETE FROM webhook_events WHERE (venue_id, id) IN", "old events of all venues are thrown away"),
    ("SELECT DISTINCT venue_id FROM order_acts", "the timetable: which venues have something due"),
    ("SELECT DISTINCT venue_id FROM placements", "the timetable: which venues have something due"),
    ("SELECT DISTINCT i.venue_id FROM payment_intents", "the timetable: which venues have something due"),
    ("SELECT venue_id FROM stop_lists", "the timetable: which venues have something due"),
    ("SELECT c.venue_id FROM connections", "the timetable: which venues have something due"),
    ("SELECT w.venue_id FROM webhooks w", "the timetable: which venues have something due"),
    ("SELECT CAST(count(*) AS BIGINT) FROM webhook_letters", "the benchmark has one venue"),
    ("UPDATE products SET vanished_at = ", "`hide` adds the venue behind it"),
    ("UPDATE menu_options SET vanished_at = ", "`hide` adds the venue behind it"),
];

/// Who looks across venues: each asks by `.system()`, and why.
const SYSTEM: [(&str, &str); 12] = [
    ("src/api/token.rs", "whose key it is"),
    ("src/db/conn.rs", "where it is made"),
    (
        "src/main.rs",
        "commands of whoever runs the panel: they make and close venues, hold all audits against their chains",
    ),
    ("src/staff/employee.rs", "where else a phone works, of the reader's own venues"),
    ("src/venues/invitation.rs", "whether a member belongs to another's venue, too"),
    ("src/venues/member.rs", "a person's venues"),
    ("src/venues/pages/desk.rs", "support finds every venue"),
    ("src/venues/pages/invite.rs", "whose link it is"),
    ("src/webhooks/hook.rs", "whose address it is"),
    ("src/webhooks/receive.rs", "letters of many venues share a commit"),
    ("src/worker.rs", "the timetable, and who takes jobs"),
    ("src/db/scope.rs", "says what it is"),
];

/// A text of a program, and the macro it stands in.
struct Text {
    words: String,
    line: usize,
    inside: Option<String>,
}

/// The string literals of a program; those with nothing but a comma between them are one, as `concat!` makes them.
fn texts(code: &str) -> Vec<Text> {
    let mut all: Vec<Text> = Vec::new();
    let (mut at, mut end, mut inside, mut called) = (0, usize::MAX, None, false);
    while let Some(byte) = code.as_bytes().get(at) {
        let rest = &code[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("'\"'") {
            at += 3;
        } else if let Some(name) = rest.strip_prefix("macro_rules! ") {
            inside = name.split_whitespace().next().map(str::to_owned);
            at += 1;
        } else if rest.starts_with("\n}") {
            (inside, at) = (None, at + 2);
        } else if *byte == b'"' {
            let close = closing(rest);
            let words = &rest[1..close];
            let between = code.get(end..at).unwrap_or_default();
            let joined = joins(between) || called && between.trim() == "),";
            called = between.ends_with("!(");
            match all.last_mut().filter(|_| joined) {
                Some(last) => last.words += words,
                None => {
                    let line = code[..at].matches('\n').count() + 1;
                    all.push(Text { words: words.to_owned(), line, inside: inside.clone() });
                }
            }
            at += close + 1;
            end = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    all
}

/// Whether nothing but a comma stands between two pieces of a `concat!`, or a macro that is a piece itself.
fn joins(between: &str) -> bool {
    let Some(rest) = between.trim().strip_prefix(',') else { return false };
    let rest = rest.trim().trim_end_matches(',').trim_end_matches(')');
    let is_name = |name: &str| name.bytes().all(|one| one.is_ascii_lowercase() || one == b'_');
    rest.is_empty() || rest.strip_suffix("!(").is_some_and(is_name)
}

/// Where a literal ends that begins with the first byte.
fn closing(rest: &str) -> usize {
    let mut escaped = false;
    rest.char_indices()
        .skip(1)
        .find(|(_, one)| {
            let ends = *one == '"' && !escaped;
            escaped = *one == '\\' && !escaped;
            ends
        })
        .map_or(rest.len() - 1, |(at, _)| at)
}

fn is_statement(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(&first)
}

/// How many tables of a venue a statement names, and how many of its conditions name the venue.
fn named_and_tied(words: &str, tables: &BTreeSet<String>) -> (usize, usize) {
    let clean = words.replace(['(', ')', ','], " ");
    let all: Vec<&str> = clean.split_whitespace().collect();
    let named = all
        .windows(2)
        .filter(|two| ["FROM", "JOIN", "INTO", "UPDATE"].contains(&two[0]) && tables.contains(two[1]));
    let compared = all.windows(2).filter(|two| {
        two[0].trim_start_matches(|one: char| one != '.').trim_start_matches('.') == "venue_id"
            || two[0] == "venue_id"
    });
    let compared = compared.filter(|two| ["=", "<>"].contains(&two[1])).count();
    // the columns an INSERT fills
    let filled = words.match_indices("INSERT INTO").filter(|(at, _)| {
        let rest = &words[*at..];
        rest.split(')').next().is_some_and(|columns| columns.contains("venue_id"))
    });
    (named.count(), compared + filled.count())
}

/// The statements of a file that name a table of a venue and not the venue.
fn loose(code: &str, everything: &str, tables: &BTreeSet<String>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for text in texts(code).into_iter().filter(|text| is_statement(&text.words)) {
        let (named, tied) = named_and_tied(&text.words, tables);
        if tied >= named {
            continue;
        }
        // a macro's beginning: whoever calls it brings the rest
        if let Some(name) = &text.inside {
            let call = format!("{name}!(");
            let calls: Vec<&str> = everything.split(call.as_str()).skip(1).collect();
            let ties = |call: &&str| named_and_tied(call.split(";\n").next().unwrap_or(call), tables).1;
            if !calls.is_empty() && calls.iter().all(|call| tied + ties(call) >= named) {
                continue;
            }
        }
        found.push((text.line, text.words));
    }
    found
}

fn sources(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            all.push(path);
        }
    }
    all.sort();
}

fn program() -> Vec<(String, String)> {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let read = |file: PathBuf| (file.display().to_string(), std::fs::read_to_string(&file).unwrap());
    // the neighbour's server has no database
    files.into_iter().filter(|file| !file.starts_with("src/sandbox")).map(read).collect()
}

#[actix_web::test]
async fn every_statement_names_its_venue() {
    let db = fresh_db().await;
    let tables: BTreeSet<String> = tenant_tables(&db).await.into_iter().collect();
    assert!(tables.len() > 45, "{tables:?}");
    let program = program();
    let everything: String = program.iter().map(|(_, code)| code.as_str()).collect();
    let (mut unsigned, mut used, mut seen) = (Vec::new(), BTreeSet::new(), 0);
    for (file, code) in &program {
        let statements = texts(code).into_iter().filter(|text| is_statement(&text.words));
        seen += statements.filter(|text| named_and_tied(&text.words, &tables).0 > 0).count();
        for (line, words) in loose(code, &everything, &tables) {
            match SIGNED.iter().find(|(piece, _)| words.contains(piece)) {
                Some((piece, _)) => drop(used.insert(*piece)),
                None => unsigned.push(format!("{file}:{line}: {words}")),
            }
        }
    }
    assert!(unsigned.is_empty(), "no venue in:\n{}", unsigned.join("\n"));
    assert!(seen > 200, "{seen} statements were read");
    let unused: Vec<_> = SIGNED.iter().filter(|(piece, _)| !used.contains(piece)).collect();
    assert!(unused.is_empty(), "signed and not there: {unused:?}");
}

/// The control: what was forgotten is found, whatever way it is written.
#[actix_web::test]
async fn a_statement_without_its_venue_is_found() {
    let tables = BTreeSet::from(["orders", "tables"].map(str::to_owned));
    let planted = [
        r#"one!(c, (i64,), "SELECT count(*) FROM orders WHERE id = $1", id)"#,
        r#"opt!(c, Order, "SELECT venue_id, id FROM orders WHERE number = $1", number)"#,
        r#"exec!(c, "UPDATE orders SET number = $1 WHERE id = $2", number, id)"#,
        r#"exec!(c, "DELETE FROM orders WHERE id = $1", id)"#,
        r#"all!(c, Row, "SELECT o.id FROM orders o JOIN tables t ON t.id = o.table_id WHERE o.venue_id = $1", venue)"#,
        r#"const ALL: &str = concat!("SELECT id FROM ", "orders WHERE TRUE");"#,
        r#"let all = concat!("SELECT ", columns!(), " FROM ", "orders WHERE TRUE");"#,
        r#"let all = concat!("SELECT id ", of!("FROM orders"), " WHERE TRUE");"#,
        "macro_rules! of {\n    ($rest:literal) => { concat!(\"SELECT id FROM orders \", $rest) };\n}\nof!(\"WHERE id = $1\");\n",
    ];
    for code in planted {
        assert_eq!(loose(code, code, &tables).len(), 1, "{code}");
    }
    let sound = [
        r#"one!(c, (i64,), "SELECT count(*) FROM orders WHERE venue_id = $1", venue)"#,
        r#"all!(c, Row, "SELECT o.id FROM orders o JOIN tables t ON t.venue_id = o.venue_id AND t.id = o.table_id
             WHERE o.venue_id = $1", venue)"#,
        r#"fill!(c, "INSERT INTO orders (venue_id, id) ", "", rows, |row, b| {})"#,
        "macro_rules! of {\n    ($rest:literal) => { concat!(\"SELECT id FROM orders \", $rest) };\n}\nof!(\"WHERE venue_id = $1\");\n",
        r#"say!(lang, "UPDATE FROM orders")"#.replace("UPDATE", "Update").leak(),
    ];
    for code in sound {
        assert_eq!(loose(code, code, &tables), Vec::new(), "{code}");
    }
}

#[test]
fn who_looks_across_venues_is_listed() {
    let asks = |code: &str| code.contains(".system()") || code.contains("Scope::System");
    let found: BTreeSet<String> =
        program().into_iter().filter(|(_, code)| asks(code)).map(|(file, _)| file).collect();
    let listed: BTreeSet<String> = SYSTEM.iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(found, listed, "a new one is listed with its reason");
    assert!(asks("db.system().read()"), "the control");
}
