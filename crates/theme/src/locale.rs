//! The words of a theme in a reader's language: `locales/<language>.json`, flat keys to texts.

use std::collections::HashMap;

/// All languages that a theme has words for.
#[derive(Default)]
pub(crate) struct Locales {
    texts: HashMap<String, HashMap<String, String>>,
}

impl Locales {
    /// Adds the words of one language. What is no text is passed over.
    pub(crate) fn add(&mut self, language: &str, json: &[u8]) -> Result<(), serde_json::Error> {
        let words: HashMap<String, serde_json::Value> = serde_json::from_slice(json)?;
        let texts = words.into_iter().filter_map(|(key, text)| match text {
            serde_json::Value::String(text) if !text.is_empty() => Some((key, text)),
            _ => None,
        });
        self.texts.insert(language.to_ascii_lowercase(), texts.collect());
        Ok(())
    }

    /// The text for `key`: in the language, in the language without its country, in English, or
    /// the key itself.
    pub(crate) fn text<'a>(&'a self, language: &str, key: &'a str) -> &'a str {
        let language = language.to_ascii_lowercase();
        let general = language.split(['-', '_']).next().unwrap_or_default();
        [language.as_str(), general, "en"]
            .into_iter()
            .find_map(|language| self.texts.get(language)?.get(key))
            .map_or(key, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_up_from_the_country_to_the_language_to_english_to_the_key() {
        let mut locales = Locales::default();
        locales.add("en", br#"{"Home": "Home page", "News": "The news", "Empty": "", "Odd": 3}"#).unwrap();
        locales.add("de", br#"{"Home": "Start"}"#).unwrap();
        assert_eq!(locales.text("de-AT", "Home"), "Start");
        assert_eq!(locales.text("de-AT", "News"), "The news");
        assert_eq!(locales.text("de-AT", "Sport"), "Sport");
        assert_eq!(locales.text("en-GB", "Empty"), "Empty");
        assert_eq!(locales.text("en-GB", "Odd"), "Odd");
    }
}
