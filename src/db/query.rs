//! What nouns call: one SQL text with `$1…`, native types, either database.

/// `on!(conn, c => expr)`: `expr` once per database, `c` its `&mut SqliteConnection` / `&mut PgConnection`.
#[macro_export]
macro_rules! on {
    ($conn:expr, $c:ident => $body:expr) => {{
        $crate::db::tally::tick();
        let conn: &mut $crate::db::conn::Conn = $conn;
        match conn {
            $crate::db::conn::Conn::Sqlite(held) => {
                let $c = &mut **held;
                $body
            }
            $crate::db::conn::Conn::Postgres(held) => {
                let $c = &mut **held;
                $body
            }
        }
    }};
}

/// Every row: `all!(conn, Row, "SELECT …", binds…)?`.
#[macro_export]
macro_rules! all {
    ($c:expr, $t:ty, $sql:expr $(, $b:expr)* $(,)?) => {
        $crate::on!($c, c => ::sqlx::query_as::<_, $t>($sql)$(.bind($b))*.fetch_all(c).await)
    };
}

/// One row or none.
#[macro_export]
macro_rules! opt {
    ($c:expr, $t:ty, $sql:expr $(, $b:expr)* $(,)?) => {
        $crate::on!($c, c => ::sqlx::query_as::<_, $t>($sql)$(.bind($b))*.fetch_optional(c).await)
    };
}

/// Exactly one row.
#[macro_export]
macro_rules! one {
    ($c:expr, $t:ty, $sql:expr $(, $b:expr)* $(,)?) => {
        $crate::on!($c, c => ::sqlx::query_as::<_, $t>($sql)$(.bind($b))*.fetch_one(c).await)
    };
}

/// How many rows a statement touched.
#[macro_export]
macro_rules! exec {
    ($c:expr, $sql:expr $(, $b:expr)* $(,)?) => {
        $crate::on!($c, c => ::sqlx::query($sql)$(.bind($b))*.execute(c).await.map(|r| r.rows_affected()))
    };
}

/// Many rows in multi-row `VALUES`, 100 at a time: one text for both, below SQLite's 32,766 parameters. More at a time is no
/// faster, and a statement of 500 products takes megabytes.
/// `fill!(conn, "INSERT INTO t (a, b) ", " ON CONFLICT …", rows, |row, b| { b.push_bind(row.a).push_bind(&row.b); })`
#[macro_export]
macro_rules! fill {
    ($c:expr, $head:expr, $tail:expr, $rows:expr, |$row:ident, $b:ident| $body:block) => {{
        let mut filled: Result<(), ::sqlx::Error> = Ok(());
        for chunk in ($rows).chunks(100) {
            filled = $crate::on!($c, c => {
                let mut q = ::sqlx::QueryBuilder::new($head);
                q.push_values(chunk, |mut $b, $row| $body);
                q.push($tail);
                q.build().execute(c).await.map(|_| ())
            });
            if filled.is_err() {
                break;
            }
        }
        filled
    }};
}
