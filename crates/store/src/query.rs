//! The one list of queries.
//!
//! `queries!` declares each query once: its name, typed parameters, typed row
//! and text in the dialect that both engines understand. It becomes an async
//! function (or, for a write, a function that makes a [`crate::Statement`]) and
//! an entry of [`QUERIES`], which one test prepares on both engines: SQLite
//! checks names and counts, PostgreSQL the types.
//!
//! Rules of the shared dialect: `$1` placeholders (rewritten to `?1` for
//! SQLite, which would number `$1` by first appearance); times as BIGINT
//! milliseconds; JSON as TEXT, read in Rust; `IN {list $1}` takes a JSON array
//! of texts; no literal ever comes from outside.

use crate::value::Kind;

/// A query of the list.
#[derive(Debug)]
pub struct Query {
    /// `noun::name`, for errors and logs.
    pub name: &'static str,
    /// Its text in the shared dialect.
    pub sql: &'static str,
    /// The kinds of its parameters.
    pub params: &'static [Kind],
    /// The names and kinds of its columns; none for a write.
    pub columns: &'static [(&'static str, Kind)],
    /// The text for SQLite, made once.
    lite: std::sync::OnceLock<String>,
    /// The text for PostgreSQL, made once.
    postgres: std::sync::OnceLock<String>,
}

impl Query {
    /// For `queries!`.
    pub const fn new(
        name: &'static str,
        sql: &'static str,
        params: &'static [Kind],
        columns: &'static [(&'static str, Kind)],
    ) -> Query {
        Query { name, sql, params, columns, lite: std::sync::OnceLock::new(), postgres: std::sync::OnceLock::new() }
    }

    /// The text that SQLite reads.
    pub(crate) fn lite(&'static self) -> &'static str {
        self.lite.get_or_init(|| lists(self.sql, "(SELECT value FROM json_each(", "))").replace('$', "?"))
    }

    /// The text that PostgreSQL reads.
    pub(crate) fn postgres(&self) -> &str {
        self.postgres.get_or_init(|| lists(self.sql, "(SELECT jsonb_array_elements_text(", "::text::jsonb))"))
    }
}

/// Replaces `{list $1}` by an engine's way to read a JSON array of texts.
fn lists(sql: &str, open: &str, close: &str) -> String {
    let mut parts = sql.split("{list ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (param, rest) = part.split_once('}').unwrap_or((part, ""));
        text.push_str(&format!("{open}{param}{close}{rest}"));
    }
    text
}

/// Declares the queries of a noun. See the head of this file.
macro_rules! queries {
    ($noun:literal; $($rest:tt)*) => { queries!(@ $noun; []; $($rest)*); };

    // A row: the columns, in order.
    (@ $noun:literal; [$($seen:tt)*];
     $(#[$meta:meta])* row $row:ident { $($(#[$cmeta:meta])* $column:ident: $ctype:ty),+ $(,)? } $($rest:tt)*) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs)] // the columns' names are their meaning
        pub struct $row { $($(#[$cmeta])* pub $column: $ctype),+ }

        impl $crate::value::Row for $row {
            const COLUMNS: &'static [(&'static str, $crate::value::Kind)] =
                &[$((stringify!($column), <$ctype as $crate::value::Column>::KIND)),+];

            fn lite(row: &rusqlite::Row) -> rusqlite::Result<Self> {
                let mut at = 0..;
                Ok($row { $($column: <$ctype as $crate::value::Column>::lite(row, at.next().unwrap_or(0))?),+ })
            }

            fn postgres(row: &tokio_postgres::Row) -> Result<Self, tokio_postgres::Error> {
                let mut at = 0..;
                Ok($row { $($column: <$ctype as $crate::value::Column>::postgres(row, at.next().unwrap_or(0))?),+ })
            }
        }

        queries!(@ $noun; [$($seen)*]; $($rest)*);
    };

    // At most one row.
    (@ $noun:literal; [$($seen:tt)*];
     $(#[$meta:meta])* one $name:ident($($param:ident: $ptype:ty),* $(,)?) -> $row:ty = $sql:expr; $($rest:tt)*) => {
        $(#[$meta])*
        #[doc = concat!("(Query `", $noun, "::", stringify!($name), "`.)")]
        pub async fn $name(store: &$crate::Store, $($param: $ptype),*) -> Result<Option<$row>, $crate::Broken> {
            let values = vec![$($crate::value::Param::value($param)),*];
            Ok(store.rows::<$row>(&text::$name, values).await?.into_iter().next())
        }
        queries!(@ $noun; [$($seen)* ($name [$($ptype),*] [<$row as $crate::value::Row>::COLUMNS] $sql)]; $($rest)*);
    };

    // Every row.
    (@ $noun:literal; [$($seen:tt)*];
     $(#[$meta:meta])* all $name:ident($($param:ident: $ptype:ty),* $(,)?) -> $row:ty = $sql:expr; $($rest:tt)*) => {
        $(#[$meta])*
        #[doc = concat!("(Query `", $noun, "::", stringify!($name), "`.)")]
        pub async fn $name(store: &$crate::Store, $($param: $ptype),*) -> Result<Vec<$row>, $crate::Broken> {
            store.rows::<$row>(&text::$name, vec![$($crate::value::Param::value($param)),*]).await
        }
        queries!(@ $noun; [$($seen)* ($name [$($ptype),*] [<$row as $crate::value::Row>::COLUMNS] $sql)]; $($rest)*);
    };

    // A write, for a batch.
    (@ $noun:literal; [$($seen:tt)*];
     $(#[$meta:meta])* exec $name:ident($($param:ident: $ptype:ty),* $(,)?) = $sql:expr; $($rest:tt)*) => {
        $(#[$meta])*
        #[doc = concat!("(Query `", $noun, "::", stringify!($name), "`.)")]
        #[allow(clippy::too_many_arguments)] // one for each column
        pub fn $name($($param: $ptype),*) -> $crate::Statement {
            $crate::Statement::new(&text::$name, vec![$($crate::value::Param::value($param)),*])
        }
        queries!(@ $noun; [$($seen)* ($name [$($ptype),*] [&[]] $sql)]; $($rest)*);
    };

    (@ $noun:literal; [$(($name:ident [$($ptype:ty),*] [$columns:expr] $sql:expr))*];) => {
        #[allow(non_upper_case_globals)]
        mod text {
            #[allow(unused_imports)]
            use super::*;
            $(pub static $name: $crate::Query = $crate::Query::new(
                concat!($noun, "::", stringify!($name)),
                $sql,
                &[$(<$ptype as $crate::value::Param>::KIND),*],
                $columns,
            );)*
        }

        /// The queries of this noun.
        pub(crate) static QUERIES: &[&$crate::Query] = &[$(&text::$name),*];
    };
}

/// Every query of the program, noun by noun.
pub static QUERIES: &[&[&Query]] = &[
    crate::act::QUERIES,
    crate::address::QUERIES,
    crate::article::QUERIES,
    crate::aside::QUERIES,
    crate::author::QUERIES,
    crate::correction::QUERIES,
    crate::ignored::QUERIES,
    crate::key::QUERIES,
    crate::lead::QUERIES,
    crate::member::QUERIES,
    crate::miss::QUERIES,
    crate::number::QUERIES,
    crate::origin::QUERIES,
    crate::outbox::QUERIES,
    crate::passkey::QUERIES,
    crate::person::QUERIES,
    crate::picture::QUERIES,
    crate::revision::QUERIES,
    crate::run::QUERIES,
    crate::section::QUERIES,
    crate::session::QUERIES,
    crate::setting::QUERIES,
    crate::shelf::QUERIES,
    crate::staff::QUERIES,
    crate::statement::QUERIES,
    crate::tag::QUERIES,
    crate::webhook::QUERIES,
    crate::working_copy::QUERIES,
    crate::writer::QUERIES,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_becomes_the_dialect_of_each_engine() {
        static QUERY: Query = Query::new("t::t", "SELECT id FROM t WHERE id IN {list $2} AND n = $1", &[], &[]);
        let query = &QUERY;
        assert_eq!(query.lite(), "SELECT id FROM t WHERE id IN (SELECT value FROM json_each(?2)) AND n = ?1");
        assert_eq!(
            query.postgres(),
            "SELECT id FROM t WHERE id IN (SELECT jsonb_array_elements_text($2::text::jsonb)) AND n = $1"
        );
    }
}
