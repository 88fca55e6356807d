//! Comma-separated tables as RFC 4180 describes them.

use std::collections::HashMap;

use crate::offices::files::{FileError, MAX_FIELD_BYTES, MAX_ROWS};

/// One row, by the names of the columns.
pub(super) struct Row {
    pub line: usize,
    fields: Vec<String>,
}

/// A table with the places of its columns.
pub(super) struct Table {
    file: &'static str,
    columns: HashMap<String, usize>,
    pub rows: Vec<Row>,
}

impl Table {
    /// Reads a table, which must have the named columns; others are allowed.
    pub fn parse(file: &'static str, text: &str, columns: &[&str]) -> Result<Table, FileError> {
        let mut rows = records(file, text)?.into_iter();
        let Some(head) = rows.next() else { return Err(FileError::wrong(file, 1, "the file is empty")) };
        let places: HashMap<String, usize> = head.fields.into_iter().enumerate().map(|(at, name)| (name, at)).collect();
        if let Some(missing) = columns.iter().find(|name| !places.contains_key(**name)) {
            return Err(FileError::wrong(file, 1, format!("there is no column {missing}")));
        }
        let rows: Vec<Row> = rows.collect();
        if let Some(row) = rows.iter().find(|row| row.fields.len() != places.len()) {
            let what = format!("{} fields where there should be {}", row.fields.len(), places.len());
            return Err(FileError::wrong(file, row.line, what));
        }
        Ok(Table { file, columns: places, rows })
    }

    /// The field of a row in a column that [`Table::parse`] was asked for.
    pub fn field<'r>(&self, row: &'r Row, column: &str) -> &'r str {
        self.columns.get(column).and_then(|&at| row.fields.get(at)).map_or("", |field| field.trim())
    }

    /// A day, or `None` for an empty field.
    pub fn date(&self, row: &Row, column: &str) -> Result<Option<jiff::civil::Date>, FileError> {
        match self.field(row, column) {
            "" => Ok(None),
            day => day.parse().map(Some).map_err(|_| self.wrong(row, format!("{day:?} is not a day like 2025-05-06"))),
        }
    }

    pub fn wrong(&self, row: &Row, what: impl Into<String>) -> FileError {
        FileError::wrong(self.file, row.line, what)
    }
}

fn records(file: &'static str, text: &str) -> Result<Vec<Row>, FileError> {
    let mut records = Vec::new();
    let (mut fields, mut field) = (Vec::new(), String::new());
    let (mut line, mut begun, mut quoted) = (1, 1, false);
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                fields.push(std::mem::take(&mut field));
                keep(&mut records, Row { line: begun, fields: std::mem::take(&mut fields) });
                begun = line;
            }
            c => field.push(c),
        }
        if field.len() > MAX_FIELD_BYTES {
            return Err(FileError::wrong(file, begun, format!("a field is longer than {MAX_FIELD_BYTES} bytes")));
        }
        if records.len() > MAX_ROWS {
            return Err(FileError::wrong(file, begun, format!("more than {MAX_ROWS} rows")));
        }
    }
    if quoted {
        return Err(FileError::wrong(file, begun, "a quotation mark is never closed"));
    }
    fields.push(field);
    keep(&mut records, Row { line: begun, fields });
    Ok(records)
}

/// An empty line is no record.
fn keep(records: &mut Vec<Row>, row: Row) {
    if row.fields.iter().any(|field| !field.is_empty()) {
        records.push(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_hold_commas_lines_and_doubled_marks_together() {
        let table = Table::parse("t.csv", "a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n\r\n3,4", &["a", "b"]).unwrap();
        assert_eq!(table.field(&table.rows[0], "a"), "x, \"y\"\nz");
        assert_eq!(table.field(&table.rows[1], "b"), "4");
        assert_eq!(table.rows[1].line, 5);
    }

    #[test]
    fn a_broken_table_is_named_by_its_line() {
        let complaint = |text| Table::parse("t.csv", text, &["a"]).err().unwrap().to_string();
        assert_eq!(complaint("b\n1"), "t.csv, line 1: there is no column a");
        assert_eq!(complaint("a,b\n1,2\n3"), "t.csv, line 3: 1 fields where there should be 2");
        assert_eq!(complaint("a\n1\n\"2"), "t.csv, line 3: a quotation mark is never closed");
    }
}
