//! Reading a filter.

use jiff::{Span, Timestamp};

use super::{Comparison, Field, Filter, LONGEST, Literal, MOST_COMPARISONS, MOST_VALUES, NoFilter, Operator};

/// Most parentheses inside one another.
const DEEPEST: usize = 32;

/// Reads a filter over these fields.
pub fn parse(text: &str, fields: &[Field], now: Timestamp) -> Result<Filter, NoFilter> {
    if text.len() > LONGEST {
        return Err(NoFilter::TooMuch);
    }
    let mut parser = Parser { text, at: 0, fields, now, depth: 0, comparisons: 0, values: 0 };
    let filter = parser.any()?;
    parser.space();
    if parser.at < text.len() {
        return Err(parser.expected("`+`, `,` or the end"));
    }
    Ok(filter)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    fields: &'t [Field],
    now: Timestamp,
    depth: usize,
    comparisons: usize,
    values: usize,
}

impl Parser<'_> {
    fn expected(&self, expected: &'static str) -> NoFilter {
        NoFilter::Syntax { at: self.text[..self.at].chars().count() + 1, expected }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, sign: &str) -> bool {
        let is = self.rest().starts_with(sign);
        self.at += if is { sign.len() } else { 0 };
        is
    }

    fn any(&mut self) -> Result<Filter, NoFilter> {
        let mut parts = vec![self.all()?];
        while {
            self.space();
            self.eat(",")
        } {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Filter::Any(parts) })
    }

    fn all(&mut self) -> Result<Filter, NoFilter> {
        let mut parts = vec![self.one()?];
        while {
            self.space();
            self.eat("+")
        } {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Filter::All(parts) })
    }

    fn one(&mut self) -> Result<Filter, NoFilter> {
        self.space();
        if self.eat("(") {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(NoFilter::TooMuch);
            }
            let inner = self.any()?;
            self.space();
            if !self.eat(")") {
                return Err(self.expected("`)`"));
            }
            self.depth -= 1;
            return Ok(inner);
        }
        let name = self.name()?;
        let field = self.fields.iter().find(|field| field.name == name);
        let field = field.cloned().ok_or_else(|| NoFilter::NoField(name.chars().take(60).collect()))?;
        self.space();
        if !self.eat(":") {
            return Err(self.expected("`:`"));
        }
        self.space();
        let not = self.eat("-");
        let operator = self.operator();
        self.space();
        let values = if self.eat("[") { self.list()? } else { vec![self.value()?] };
        self.comparisons += 1;
        self.values += values.len();
        if self.comparisons > MOST_COMPARISONS || self.values > MOST_VALUES {
            return Err(NoFilter::TooMuch);
        }
        Ok(Filter::Is(Comparison { field, operator, not, values }))
    }

    fn name(&mut self) -> Result<String, NoFilter> {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.';
        let length = self.rest().find(|letter: char| !is_name(letter)).unwrap_or(self.rest().len());
        if length == 0 {
            return Err(self.expected("a field"));
        }
        let name = self.rest()[..length].to_owned();
        self.at += length;
        Ok(name)
    }

    fn operator(&mut self) -> Operator {
        const SIGNS: [(&str, Operator); 7] = [
            (">=", Operator::AtLeast),
            ("<=", Operator::AtMost),
            (">", Operator::Above),
            ("<", Operator::Below),
            ("~^", Operator::Begins),
            ("~$", Operator::Ends),
            ("~", Operator::Contains),
        ];
        SIGNS.into_iter().find(|(sign, _)| self.eat(sign)).map_or(Operator::Equal, |(_, operator)| operator)
    }

    fn list(&mut self) -> Result<Vec<Literal>, NoFilter> {
        let mut values = Vec::new();
        loop {
            self.space();
            values.push(self.value()?);
            self.space();
            if self.eat("]") {
                return Ok(values);
            }
            if !self.eat(",") {
                return Err(self.expected("`,` or `]`"));
            }
        }
    }

    fn value(&mut self) -> Result<Literal, NoFilter> {
        for quote in ['\'', '"'] {
            if self.rest().starts_with(quote) {
                return self.quoted(quote);
            }
        }
        let ends = |letter: char| "+,()[]:'\"<>=~ \t\r\n".contains(letter);
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        if length == 0 {
            return Err(self.expected("a value"));
        }
        let word = self.rest()[..length].to_owned();
        self.at += length;
        Ok(match word.as_str() {
            "null" => Literal::Null,
            "true" => Literal::Flag(true),
            "false" => Literal::Flag(false),
            _ => Literal::Text(self.ago(&word).unwrap_or(word)),
        })
    }

    fn quoted(&mut self, quote: char) -> Result<Literal, NoFilter> {
        self.at += 1;
        let mut out = String::new();
        let mut letters = self.rest().char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => out.extend(letters.next().map(|(_, escaped)| escaped)),
                letter if letter == quote => {
                    self.at += at + 1;
                    return Ok(Literal::Text(out));
                }
                letter => out.push(letter),
            }
        }
        Err(self.expected("the end of a text"))
    }

    /// `now-30d`: a moment, counted from now.
    fn ago(&self, word: &str) -> Option<String> {
        let rest = word.strip_prefix("now-")?;
        let unit = rest.chars().next_back()?;
        let number: u32 = rest.strip_suffix(unit)?.parse().ok()?;
        let number = i64::from(number);
        let hours = match unit {
            'h' => number,
            'd' => number * 24,
            'w' => number * 24 * 7,
            'M' => number * 24 * 30,
            'y' => number * 24 * 365,
            _ => return None,
        };
        Some(self.now.checked_sub(Span::new().try_hours(hours).ok()?).ok()?.to_string())
    }
}
