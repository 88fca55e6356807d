use super::*;

/// Reads a value and writes it as PHP's programmers would say it.
fn said(text: &str) -> String {
    match read(text) {
        Ok(value) => say(&value),
        Err(why) => why.to_string(),
    }
}

fn say(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Text(text) => format!("“{text}”"),
        Value::Same(number) => format!("the same as {number}"),
        Value::Map(map) => {
            let entries = map.entries.iter().map(|(key, value)| match key {
                Key::Int(number) => format!("{number}: {}", say(value)),
                Key::Text(name) => format!("{name}: {}", say(value)),
            });
            let entries = entries.collect::<Vec<_>>().join(", ");
            format!("{}[{entries}]", map.class.as_deref().unwrap_or_default())
        }
    }
}

#[test]
fn every_kind_of_value_is_read() {
    assert_eq!(said("N;"), "nothing");
    assert_eq!(said("b:1;"), "true");
    assert_eq!(said("i:-5;"), "-5");
    assert_eq!(said("i:9223372036854775807;"), "9223372036854775807");
    assert_eq!(said("d:0.5;"), "0.5");
    assert_eq!(said("d:1.0E+25;"), "1e25");
    assert_eq!(said("d:-INF;"), "-inf");
    assert_eq!(said("s:0:\"\";"), "“”");
    assert_eq!(said(" s:4:\"quay\";\n"), "“quay”");
    assert_eq!(said("a:0:{}"), "[]");
    assert_eq!(said("a:2:{i:0;s:4:\"quay\";s:4:\"wall\";a:1:{i:7;N;}}"), "[0: “quay”, wall: [7: nothing]]");
    assert_eq!(said("O:8:\"stdClass\":1:{s:3:\"tag\";s:4:\"tide\";}"), "stdClass[tag: “tide”]");
    assert_eq!(said("a:2:{i:0;i:1;i:1;R:2;}"), "[0: 1, 1: the same as 2]");
    assert_eq!(said("E:9:\"Tide:High\";"), "“Tide:High”");
}

#[test]
fn lengths_count_bytes() {
    assert_eq!(said("s:6:\"Müßig\";"), "at byte 2: a string does not have the length that it claims");
    assert_eq!(said("s:7:\"Müßig\";"), "“Müßig”");
    assert_eq!(said("s:4:\"🚢\";"), "“🚢”");
}

#[test]
fn a_string_may_hold_what_ends_one() {
    assert_eq!(said("s:9:\"a\";s:1:\"b\";"), "“a\";s:1:\"b”");
}

#[test]
fn a_private_field_has_its_bare_name() {
    assert_eq!(said("O:4:\"Tide\":1:{s:10:\"\0Tide\0hour\";i:7;}"), "Tide[hour: 7]");
    assert_eq!(said("O:4:\"Tide\":1:{s:7:\"\0*\0hour\";i:7;}"), "Tide[hour: 7]");
}

#[test]
fn what_claims_too_much_is_refused() {
    assert_eq!(said("s:5:\"quay\";"), "at byte 2: a string does not have the length that it claims");
    assert_eq!(said("s:3:\"quay\";"), "at byte 2: a string does not have the length that it claims");
    assert_eq!(said("s:1:\"é\";"), "at byte 2: a string does not have the length that it claims");
    assert_eq!(said("s:18446744073709551615:\"x\";"), "at byte 2: a string does not have the length that it claims");
    assert_eq!(said("s:18446744073709551616:\"x\";"), "at byte 2: a number was to come");
    assert_eq!(said("s:-1:\"x\";"), "at byte 2: a number was to come");
    assert_eq!(said("a:9999999999:{i:0;i:1;}"), "at byte 22: no value begins here");
    assert_eq!(said("a:1:{i:0;i:1;i:1;i:2;}"), "at byte 13: “}” was to come");
    assert_eq!(said("a:2:{i:0;i:1;}"), "at byte 13: no value begins here");
}

#[test]
fn what_is_no_value_is_refused() {
    assert_eq!(said(""), "at byte 0: no value begins here");
    assert_eq!(said("quay"), "at byte 0: no value begins here");
    assert_eq!(said("i:7"), "at byte 2: “;” was to come");
    assert_eq!(said("i:7;i:8;"), "at byte 4: something follows the value");
    assert_eq!(said("b:2;"), "at byte 4: a number was to come");
    assert_eq!(said("a:1:{d:0.5;i:1;}"), "at byte 5: a key is neither number nor text");
    assert_eq!(said("C:4:\"Tide\":1:{x}"), "at byte 0: no value begins here");
    assert_eq!(said("a:1:"), "at byte 4: “{” was to come");
}

#[test]
fn depth_and_size_are_bounded() {
    let deep = "a:1:{i:0;".repeat(100_000);
    assert!(said(&deep).ends_with("it is nested more than 64 deep"));
    let many = format!("a:200001:{{{}}}", "i:0;N;".repeat(200_001));
    assert!(said(&many).ends_with("it has more than 200000 values"));
    let long = format!("s:9000000:\"{}\";", "x".repeat(9_000_000));
    assert_eq!(said(&long), "at byte 8388608: it has more than 8 MiB");
}

#[test]
fn wrong_lengths_are_mended_on_request() {
    let text =
        "a:3:{s:3:\"url\";s:21:\"https://harbour.example/\";s:3:\"alt\";s:9:\"The \"old\"; wall\";i:2;s:2:\"é!\";}";
    assert!(read(text).is_err());
    let (value, mended) = read_mended(text).unwrap();
    assert_eq!(say(&value), "[url: “https://harbour.example/”, alt: “The \"old\"; wall”, 2: “é!”]");
    assert_eq!(mended, 3);
    let (_, mended) = read_mended("s:4:\"quay\";").unwrap();
    assert_eq!(mended, 0);
    assert!(read_mended("s:9:\"quay").is_err());
}

#[test]
fn what_is_needed_is_got_by_name() {
    let text = "a:3:{s:5:\"width\";s:3:\"640\";s:5:\"sizes\";a:1:{s:9:\"thumbnail\";a:1:{s:6:\"height\";i:150;}}\
                s:10:\"image_meta\";a:1:{s:6:\"credit\";s:11:\"E. Garamond\";}}";
    let value = read(text).unwrap();
    assert_eq!(value.get("width").and_then(Value::int), Some(640));
    let thumbnail = value.get("sizes").and_then(|sizes| sizes.get("thumbnail"));
    assert_eq!(thumbnail.and_then(|size| size.get("height")).and_then(Value::int), Some(150));
    let credit = value.get("image_meta").and_then(|meta| meta.get("credit")).and_then(Value::text);
    assert_eq!(credit.as_deref(), Some("E. Garamond"));
    assert_eq!(value.get("height"), None);
    assert_eq!(Value::Null.get("width"), None);
    let list = read("a:1:{i:3;s:1:\"x\";}").unwrap();
    assert_eq!(list.at(3), list.get("3"));
    assert!(list.at(3).is_some());
}

#[test]
fn a_serialised_value_is_told_from_text() {
    for text in ["N;", "b:0;", "i:-5;", "d:0.5;", "s:4:\"quay\";", "a:0:{}", " O:8:\"stdClass\":0:{} "] {
        assert!(is_serialized(text), "{text}");
    }
    for text in ["", "quay", "a: b;", "i:e;", "s:quay;", "note:{}", "12"] {
        assert!(!is_serialized(text), "{text}");
    }
}
