//! What stands behind the name of a shortcode: `key="value"`, `key='value'`, `key=value`, `"value"`, `value`.

use super::super::limits::MAX_SHORTCODE_ATTRIBUTES;

/// The attributes of a shortcode.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) struct Attributes(Vec<(Option<String>, String)>);

impl Attributes {
    pub fn read(text: &str) -> Attributes {
        let text = text.replace(['\u{a0}', '\u{200b}'], " ");
        let mut all = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() && all.len() < MAX_SHORTCODE_ATTRIBUTES {
            let (attribute, after) = named(rest).unwrap_or_else(|| bare(rest));
            all.push(attribute);
            rest = after.trim_start();
        }
        Attributes(all)
    }

    /// The value of a name; the last of several, as in WordPress. Empty ones count as none.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut named = self.0.iter().rev().filter(|(other, _)| other.as_deref() == Some(name));
        named.next().map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The first of several names that has a value.
    pub fn any(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// The values without a name.
    pub fn bare(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(|(name, _)| name.is_none())
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Numbers of a list such as `1, 2,3`.
    pub fn numbers(&self, names: &[&str]) -> Vec<u64> {
        let list = self.any(names).unwrap_or_default();
        list.split([',', '|', ' ']).filter_map(|number| number.trim().parse().ok()).collect()
    }
}

type Attribute = (Option<String>, String);

/// `key = value`
fn named(text: &str) -> Option<(Attribute, &str)> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')?;
    let (name, rest) = text.split_at(end);
    let rest = rest.trim_start().strip_prefix('=').filter(|_| !name.is_empty())?.trim_start();
    let (value, after) = quoted(rest).or_else(|| unquoted(rest))?;
    Some(((Some(name.to_ascii_lowercase()), value), after))
}

/// A value by itself.
fn bare(text: &str) -> (Attribute, &str) {
    let (value, after) = quoted(text).unwrap_or_else(|| {
        let (value, after) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
        // `[youtube=https://…]`
        (straight(value.strip_prefix('=').unwrap_or(value)), after)
    });
    ((None, value), after)
}

/// A value between marks that end it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mark = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, after) = text[1..].split_once(mark)?;
    let ends = after.is_empty() || after.starts_with(char::is_whitespace);
    ends.then(|| (without_slashes(value), after))
}

fn unquoted(text: &str) -> Option<(String, &str)> {
    let (value, after) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    (!value.is_empty()).then(|| (straight(value), after))
}

/// A value without the marks that an editor made curly, or spelled as references.
fn straight(value: &str) -> String {
    const MARKS: [&str; 12] = ["\"", "'", "“", "”", "″", "‘", "’", "&#8220;", "&#8221;", "&#8243;", "&quot;", "&#039;"];
    let mut value = value;
    for mark in MARKS {
        value = value.strip_prefix(mark).unwrap_or(value);
        value = value.strip_suffix(mark).unwrap_or(value);
    }
    without_slashes(value)
}

fn without_slashes(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Attributes;

    #[test]
    fn values_come_in_three_quotings_and_without_names() {
        let read = Attributes::read(r#" a="b c" D='e "f"' g=h "i j" https://x.org/?k=l = "#);
        assert_eq!(read.get("a"), Some("b c"));
        assert_eq!(read.get("d"), Some("e \"f\""));
        assert_eq!(read.get("g"), Some("h"));
        assert_eq!(read.bare().collect::<Vec<_>>(), ["i j", "https://x.org/?k=l"]);
        assert_eq!(Attributes::read("=https://x.org/").bare().next(), Some("https://x.org/"));
    }

    #[test]
    fn curly_marks_are_marks() {
        assert_eq!(Attributes::read("ids=“1,2”").numbers(&["ids"]), [1, 2]);
        assert_eq!(Attributes::read("ids=&#8221;1, 2&#8221;").numbers(&["ids"]), [1]);
    }

    #[test]
    fn the_last_of_several_counts() {
        assert_eq!(Attributes::read("a=1 a=2 a=''").get("a"), None);
        assert_eq!(Attributes::read(r#"a="it\'s""#).get("a"), Some("it's"));
    }
}
