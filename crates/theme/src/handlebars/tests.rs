//! The language: templates and values in, text out.

use serde_json::json;

use super::{builtin, parse, render};
use crate::{Error, Map, Value};

fn check(template: &str, data: serde_json::Value, expected: &str) {
    check_with(&[], template, data, expected);
}

fn check_with(partials: &[(&str, &str)], template: &str, data: serde_json::Value, expected: &str) {
    match render(template, partials, Value::from(data), Map::new()) {
        Ok(made) => assert_eq!(made, expected, "{template}"),
        Err(error) => panic!("{template}: {error}"),
    }
}

fn error(template: &str, data: serde_json::Value) -> String {
    render(template, &[], Value::from(data), Map::new()).expect_err("it is wrong").to_string()
}

#[test]
fn a_value_is_escaped_unless_three_braces_say_otherwise() {
    check("{{a}} {{{a}}} {{&a}}", json!({"a": "<&\"'`=>"}), "&lt;&amp;&quot;&#x27;&#x60;&#x3D;&gt; <&\"'`=> <&\"'`=>");
    let root = Value::map([("a", Value::html("<b>"))]);
    assert_eq!(render("{{a}}", &[], root, Map::new()).unwrap(), "<b>");
}

#[test]
fn a_path_leads_through_maps_lists_and_outer_contexts() {
    let data = json!({"a": {"b": [{"c": 1}, {"c": 2}]}, "odd name": {"x.y": 3}, "this": 4});
    check("{{a.b.[1].c}} {{a/b.0.c}} {{a.b.length}} {{[odd name].[x.y]}} {{[this]}}", data, "2 1 2 3 4");
    let data = json!({"t": "out", "list": [{"t": "in", "deep": {"t": "deep"}}]});
    check(
        "{{#list}}{{t}} {{../t}}{{#deep}} {{t}} {{../t}} {{../../t}}{{/deep}}{{/list}}",
        data.clone(),
        "in out deep in out",
    );
    check("{{#list}}{{this.t}}{{./t}}{{@root.t}}{{/list}}", data, "ininout");
}

#[test]
fn a_block_on_a_value_walks_a_list_enters_a_thing_and_passes_over_nothing() {
    check("{{#a}}{{x}},{{else}}none{{/a}}", json!({"a": [{"x": 1}, {"x": 2}]}), "1,2,");
    check("{{#a}}{{x}}{{else}}none{{/a}}", json!({"a": {"x": 1}}), "1");
    check("{{#a}}{{x}}{{else}}none{{/a}}", json!({"a": true, "x": "same"}), "same");
    for nothing in [json!({}), json!({"a": null}), json!({"a": false}), json!({"a": []})] {
        check("{{#a}}some{{else}}none{{/a}}{{^a}}!{{/a}}", nothing, "none!");
    }
}

#[test]
fn conditions_can_be_chained_and_inverted() {
    let template = "{{#if a}}a{{else if b}}b{{else unless c}}not c{{else}}c{{/if}}";
    check(template, json!({"a": 1}), "a");
    check(template, json!({"b": 1}), "b");
    check(template, json!({}), "not c");
    check(template, json!({"c": 1}), "c");
    check("{{^if a}}no{{else}}yes{{/if}}", json!({"a": 1}), "yes");
    check("{{#if zero includeZero=true}}zero{{/if}}{{#if zero}}!{{/if}}", json!({"zero": 0}), "zero");
}

#[test]
fn loops_know_their_place() {
    let list = json!({"a": ["x", "y", "z"]});
    check(
        "{{#each a}}{{@index}}{{@key}}{{#if @first}}f{{/if}}{{#if @last}}l{{/if}}{{this}} {{/each}}",
        list.clone(),
        "00fx 11y 22lz ",
    );
    check("{{#each a as |item i|}}{{i}}{{item}}{{/each}}", list.clone(), "0x1y2z");
    check("{{#each a}}{{#each ../a}}{{@../index}}{{@index}} {{/each}}{{/each}}", list, "00 01 02 10 11 12 20 21 22 ");
    check("{{#each a}}{{@key}}={{this}};{{/each}}", json!({"a": {"n": 1, "m": 2}}), "n=1;m=2;");
    check("{{#each a}}x{{else}}none{{/each}}", json!({"a": []}), "none");
    check("{{#each a}}x{{else}}none{{/each}}", json!({"a": "text"}), "none");
}

#[test]
fn with_and_lookup_reach_into_things() {
    check("{{#with a as |it|}}{{b}}{{it.b}}{{else}}none{{/with}}", json!({"a": {"b": 1}}), "11");
    check("{{#with a}}some{{else}}none{{/with}}", json!({}), "none");
    check(
        "{{lookup a k}} {{lookup list 1}} {{#with (lookup a \"b\")}}{{this}}{{/with}}",
        json!({"a": {"b": 7}, "k": "b", "list": [1, 2]}),
        "7 2 7",
    );
}

#[test]
fn partials_take_a_context_and_arguments() {
    let partials = [("p", "[{{n}}{{x}}]"), ("icons/star", "*"), ("deep", "{{> p}}")];
    check_with(
        &partials,
        "{{> p}}{{> p a}}{{> p a x=2}}{{> p x=../x}}",
        json!({"n": 1, "a": {"n": 3}}),
        "[1][3][32][1]",
    );
    check_with(
        &partials,
        "{{> \"icons/star\"}}{{> icons/star}}{{> 'icons/star'}}{{> deep}}",
        json!({"n": 1}),
        "***[1]",
    );
    check_with(&partials, "{{> (lookup this \"which\")}}", json!({"which": "p", "n": 5}), "[5]");
}

#[test]
fn a_partial_block_is_there_for_the_partial_and_stands_in_where_there_is_none() {
    let partials =
        [("wrap", "<{{tag}}>{{> @partial-block}}</{{tag}}>"), ("maybe", "{{#if @partial-block}}yes{{else}}no{{/if}}")];
    check_with(&partials, "{{#> wrap tag=\"b\"}}{{n}} {{tag}}{{/wrap}}", json!({"n": 1}), "<b>1 b</b>");
    check_with(&partials, "{{> maybe}}{{#> maybe}}{{/maybe}}", json!({}), "noyes");
    check_with(
        &partials,
        "{{#> (lookup this \"none\")}}stands in{{/undefined}}",
        json!({"none": "nowhere"}),
        "stands in",
    );
    check_with(
        &partials,
        "{{#each list}}{{#> wrap tag=@index}}{{.}}{{/wrap}}{{/each}}",
        json!({"list": [{"tag": "x"}]}),
        "<0>[object Object]</0>",
    );
}

#[test]
fn inline_partials_hold_for_the_block_in_which_they_stand() {
    check(
        "{{#*inline \"p\"}}out{{/inline}}{{#if true}}{{#*inline \"p\"}}in{{/inline}}{{> p}}{{/if}}{{> p}}",
        json!({}),
        "inout",
    );
    check_with(
        &[("layout", "({{> slot}})")],
        "{{#> layout}}{{#*inline \"slot\"}}{{n}}{{/inline}}{{/layout}}",
        json!({"n": 1}),
        "(1)",
    );
}

#[test]
fn tags_that_stand_alone_take_their_line_with_them() {
    check("a\n{{#if true}}\n  b\n{{else}}\n  c\n{{/if}}\nd\n", json!({}), "a\n  b\nd\n");
    check("a\n  {{! comment }}\nb", json!({}), "a\nb");
    check("a {{~\"b\"~}} c", json!({"b": "B"}), "aBc");
    check_with(&[("p", "x\ny\n")], "a\n  {{> p}}\nb", json!({}), "a\n  x\n  y\nb");
}

#[test]
fn escaped_mustaches_and_raw_blocks_stay_text() {
    check("\\{{a}} \\\\{{a}} {{a}}", json!({"a": 1}), "{{a}} \\1 1");
    let raw = parse("raw", "{{{{raw}}}} {{a}} {{{{/raw}}}}", builtin).unwrap();
    assert_eq!(raw.program.body.len(), 1);
}

#[test]
fn block_parameters_hide_helpers_and_fields() {
    check("{{#each a as |lookup|}}{{lookup}}{{/each}}", json!({"a": [1, 2]}), "12");
    check("{{#with a as |b|}}{{b.c}}{{/with}}{{b}}", json!({"a": {"c": 1, "b": {"c": 9}}, "b": 2}), "12");
}

#[test]
fn a_template_that_is_wrong_is_refused_with_its_place_and_what_was_expected() {
    let refused = |source: &str| parse("post.hbs", source, builtin).err().expect("it is wrong").to_string();
    assert_eq!(refused("a\n {{#if x}}b"), "post.hbs:2:2: `if` is never closed: expected `{{/if}}`");
    assert_eq!(refused("{{#if x}}b{{/unless}}"), "post.hbs:1:11: `if` is open, but `unless` is closed here");
    assert_eq!(refused("é {{foo"), "post.hbs:1:3: this `{{` is never closed");
    assert_eq!(refused("{{foo }"), "post.hbs:1:7: `}` cannot stand here");
    assert_eq!(refused("{{}}"), "post.hbs:1:3: expected a name, found `}}`");
    assert_eq!(refused("{{foo a=}}"), "post.hbs:1:9: expected a name, found `}}`");
    assert_eq!(refused("{{foo a=1 b}}"), "post.hbs:1:11: expected `name=value` or the end: named arguments come last");
    assert_eq!(refused("{{foo (bar}}"), "post.hbs:1:11: expected a closing `)`, found `}}`");
    assert_eq!(refused("{{/if}}"), "post.hbs:1:1: this closes a block that is not open");
    assert_eq!(refused("{{else}}"), "post.hbs:1:1: `{{else}}` stands outside a block");
    assert_eq!(refused("{{a.this}}"), "post.hbs:1:3: `a.this` is not a path");
    assert_eq!(refused("{{! open"), "post.hbs:1:1: this comment is never closed");
    assert_eq!(refused("{{#*other}}{{/other}}"), "post.hbs:1:1: there is no decorator `other`, only `inline`");
    assert!(refused(&"{{#if a}}".repeat(100)).contains("nested deeper than 64"));
    let calls = format!("{{{{a {}{}}}}}", "(b ".repeat(100), ")".repeat(100));
    assert!(refused(&calls).contains("nested deeper than 64"));
}

#[test]
fn a_template_that_asks_for_what_there_is_not_fails_at_its_place() {
    assert_eq!(error("a\n{{get \"x\"}}", json!({})), "template:2:1: there is no helper `get`");
    assert_eq!(error("{{> nowhere}}", json!({})), "template:1:1: the partial `nowhere` could not be found");
    assert_eq!(error("{{#if}}{{/if}}", json!({})), "template:1:1: `if` and `unless` take one argument");
    assert_eq!(error("{{* deco}}", json!({})), "template:1:1: there is no helper `* deco`");
}

#[test]
fn no_template_can_hold_the_server_up() {
    let forever = render("{{> p}}", &[("p", "{{> p}}")], Value::Undefined, Map::new());
    assert_eq!(
        forever.unwrap_err().to_string(),
        "p:1:1: blocks and partials are nested too deep; does a partial call itself?"
    );
    let list = json!({"a": vec![0; 1_000]});
    let squared = "{{#each a}}{{#each ../a}}{{#each ../../a}}x{{/each}}{{/each}}{{/each}}";
    assert!(error(squared, list.clone()).ends_with("the template takes too many steps"));
    let text = format!("{{{{#each a}}}}{}{{{{/each}}}}", "x".repeat(100_000));
    assert!(error(&text, list).ends_with("the page grows too long"));
}

#[test]
fn the_deepest_nesting_that_is_allowed_fits_on_a_small_stack() {
    let open = "{{#if true}}".repeat(60);
    let template = format!("{open}{{{{> p}}}}{}", "{{/if}}".repeat(60));
    let work = move || match render(&template, &[("p", "{{#> p}}x{{/p}}")], Value::Undefined, Map::new()) {
        Err(Error::Render(error)) => error.to_string(),
        other => panic!("{other:?}"),
    };
    let made = std::thread::Builder::new().stack_size(1 << 20).spawn(work).unwrap().join().unwrap();
    assert!(made.ends_with("does a partial call itself?"), "{made}");
}
