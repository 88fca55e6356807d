//! Values that go into a query and come out of it, in both engines.

use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

/// The three kinds of column there are; times are integers, JSON is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// BIGINT.
    Int,
    /// BOOLEAN.
    Bool,
    /// TEXT.
    Text,
}

/// A parameter.
#[derive(Clone, Debug)]
pub enum Value {
    /// BIGINT or NULL.
    Int(Option<i64>),
    /// BOOLEAN.
    Bool(bool),
    /// TEXT or NULL.
    Text(Option<String>),
}

/// A Rust type that can be a parameter.
pub trait Param {
    /// What PostgreSQL must call it.
    const KIND: Kind;
    /// The value.
    fn value(self) -> Value;
}

/// A Rust type that can be a column.
pub trait Column: Sized {
    /// What PostgreSQL must call it.
    const KIND: Kind;
    /// Reads it from SQLite.
    fn lite(row: &rusqlite::Row, at: usize) -> rusqlite::Result<Self>;
    /// Reads it from PostgreSQL.
    fn postgres(row: &tokio_postgres::Row, at: usize) -> Result<Self, tokio_postgres::Error>;
}

/// A row of typed columns; made by `queries!`.
pub trait Row: Sized {
    /// Name and kind of each column.
    const COLUMNS: &'static [(&'static str, Kind)];
    /// Reads it from SQLite.
    fn lite(row: &rusqlite::Row) -> rusqlite::Result<Self>;
    /// Reads it from PostgreSQL.
    fn postgres(row: &tokio_postgres::Row) -> Result<Self, tokio_postgres::Error>;
}

macro_rules! param {
    ($($type:ty => $kind:ident, $self:ident => $value:expr;)+) => {$(
        impl Param for $type {
            const KIND: Kind = Kind::$kind;
            fn value($self) -> Value { $value }
        }
    )+};
}

param! {
    i64 => Int, self => Value::Int(Some(self));
    Option<i64> => Int, self => Value::Int(self);
    bool => Bool, self => Value::Bool(self);
    &str => Text, self => Value::Text(Some(text(self)));
    Option<&str> => Text, self => Value::Text(self.map(text));
}

/// PostgreSQL's TEXT holds no U+0000; both engines keep the same sign in its place.
fn text(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

macro_rules! column {
    ($($type:ty => $kind:ident),+ $(,)?) => {$(
        impl Column for $type {
            const KIND: Kind = Kind::$kind;
            fn lite(row: &rusqlite::Row, at: usize) -> rusqlite::Result<Self> { row.get(at) }
            fn postgres(row: &tokio_postgres::Row, at: usize) -> Result<Self, tokio_postgres::Error> { row.try_get(at) }
        }
    )+};
}

column! { i64 => Int, Option<i64> => Int, bool => Bool, String => Text, Option<String> => Text }

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Int(Some(n)) => ToSqlOutput::Borrowed(ValueRef::Integer(*n)),
            Value::Bool(b) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*b))),
            Value::Text(Some(text)) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Int(None) | Value::Text(None) => ToSqlOutput::Borrowed(ValueRef::Null),
        })
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Int(n) => n.to_sql(ty, out),
            Value::Bool(b) => b.to_sql(ty, out),
            Value::Text(text) => text.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        [Type::INT8, Type::BOOL, Type::TEXT, Type::VARCHAR].contains(ty)
    }

    to_sql_checked!();
}
