//! Documents of APIs (OpenAPI 3.1) that others defined: made of the list of their routes, which also makes the router, so
//! that neither can lack what the other has. The desk's own document is made of its handlers.

use serde_json::{Map, Value, json};

/// What a request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sends {
    /// Nothing.
    Nothing,
    /// JSON.
    Json,
    /// A form with a file.
    Form,
}

/// A route.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// `get`, `post`, `put`, `delete`.
    pub method: &'static str,
    /// Below the base of the API; `{name}` stands for a part.
    pub path: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// What a request carries.
    pub sends: Sends,
}

/// What may stand behind the question mark.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// As it is written.
    pub name: String,
    /// Its type, as JSON Schema has it.
    pub schema: Value,
    /// What it does, in a line.
    pub summary: &'static str,
}

impl Parameter {
    /// One that is text.
    pub fn text(name: &str, summary: &'static str) -> Parameter {
        Parameter { name: name.to_owned(), schema: json!({ "type": "string" }), summary }
    }
}

/// An API.
pub struct Api<'a> {
    /// Its name.
    pub title: &'a str,
    /// What it is, in a few sentences.
    pub description: &'a str,
    /// Where its routes begin.
    pub base: &'a str,
    /// How one says who one is: the scheme's name and its description.
    pub security: Option<(&'a str, Value)>,
    /// Every route.
    pub routes: Vec<(String, Route)>,
    /// What may stand behind the question mark of a route.
    pub parameters: &'a dyn Fn(&str, &Route) -> Vec<Parameter>,
}

impl Api<'_> {
    /// The document, as JSON that people can read too.
    pub fn document(&self) -> String {
        let mut paths: Map<String, Value> = Map::new();
        for (path, route) in &self.routes {
            let operations = paths.entry(format!("{}{path}", self.base)).or_insert_with(|| json!({}));
            operations[route.method] = self.operation(path, route);
        }
        let mut document = json!({
            "openapi": "3.1.0",
            "info": { "title": self.title, "description": self.description, "version": env!("CARGO_PKG_VERSION") },
            "paths": paths,
        });
        if let Some((name, scheme)) = &self.security {
            document["components"] = json!({ "securitySchemes": { *name: scheme } });
            document["security"] = json!([{ *name: [] }]);
        }
        let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
        text.push('\n');
        text
    }

    fn operation(&self, path: &str, route: &Route) -> Value {
        let tag = path.trim_matches('/').split('/').next().unwrap_or_default();
        let parts = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let mut parameters: Vec<Value> = parts
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        for Parameter { name, schema, summary } in (self.parameters)(path, route) {
            let mut parameter = json!({ "name": name, "in": "query", "schema": schema });
            if !summary.is_empty() {
                parameter["description"] = summary.into();
            }
            parameters.push(parameter);
        }
        let done = match route.method {
            "post" if !path.contains("activate") => "201",
            "delete" if !path.contains("bulk") => "204",
            _ => "200",
        };
        let answer = match done {
            "204" => json!({ "description": "Done; nothing is answered." }),
            _ => {
                json!({ "description": "Done.", "content": { "application/json": { "schema": { "type": "object" } } } })
            }
        };
        let mut operation = json!({
            "tags": [tag], "summary": route.summary, "parameters": parameters,
            "responses": { done: answer, "default": {
                "description": "What went wrong.", "content": { "application/json": { "schema": { "type": "object" } } },
            } },
        });
        let sent = match route.sends {
            Sends::Nothing => None,
            Sends::Json => Some(("application/json", json!({ "type": "object" }))),
            Sends::Form => {
                let file = json!({ "type": "string", "format": "binary" });
                Some(("multipart/form-data", json!({ "type": "object", "properties": { "file": file } })))
            }
        };
        if let Some((kind, schema)) = sent {
            operation["requestBody"] = json!({ "required": true, "content": { kind: { "schema": schema } } });
        }
        operation
    }
}
