//! Bodies against Discord's own description of its API, when that file is at hand.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

const NAME: &str = "urn:discord";

struct Operation {
    method: String,
    parts: Vec<String>,
    /// The JSON pointer of the body's schema; None where no body is allowed.
    schema: Option<String>,
    /// Pointers of the answers' schemas, by status.
    answers: HashMap<String, String>,
}

struct Description {
    operations: Vec<Operation>,
    registry: Registry<'static>,
    /// Made once per schema; making one costs more than many checks.
    validators: Mutex<HashMap<String, Option<Arc<Validator>>>>,
}

static DESCRIPTION: OnceLock<Option<Description>> = OnceLock::new();

fn description() -> Option<&'static Description> {
    DESCRIPTION.get_or_init(load).as_ref()
}

fn load() -> Option<Description> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/discord/openapi.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        // Not a print macro: those are swallowed while a test passes, and what is skipped must be said.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: bodies are not checked against Discord's OpenAPI, for ../shared/discord/openapi.json is absent"
        );
        return None;
    };
    let document: Value = serde_json::from_str(&text).expect("Discord's OpenAPI is JSON");
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for method in ["get", "post", "put", "patch", "delete"] {
            let Some(operation) = item.get(method) else { continue };
            let content = &operation["requestBody"]["content"];
            let kind = ["application/json", "multipart/form-data"].into_iter().find(|k| content.get(*k).is_some());
            let step = |text: &str| text.replace('~', "~0").replace('/', "~1").replace('{', "%7B").replace('}', "%7D");
            let schema = kind.map(|k| format!("/paths/{}/{method}/requestBody/content/{}/schema", step(path), step(k)));
            let mut answers = HashMap::new();
            for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
                if answer["content"].get("application/json").is_some() {
                    let place =
                        format!("/paths/{}/{method}/responses/{status}/content/application~1json/schema", step(path));
                    answers.insert(status.clone(), place);
                }
            }
            let parts = path.trim_matches('/').split('/').map(str::to_owned).collect();
            operations.push(Operation { method: method.to_uppercase(), parts, schema, answers });
        }
    }
    // A path with fewer placeholders is the more exact one: `@me` before `{user_id}`.
    operations.sort_by_key(|o| o.parts.iter().filter(|p| p.starts_with('{')).count());
    let registry =
        Registry::new().add(NAME, document).expect("the name is a URI").prepare().expect("the references resolve");
    Some(Description { operations, registry, validators: Mutex::new(HashMap::new()) })
}

/// Whether bodies are checked at all.
pub fn is_present() -> bool {
    description().is_some()
}

/// Where this fake itself answers otherwise than Discord says it does.
pub fn doubts(method: &str, path: &str, status: u16, body: &Value) -> Vec<String> {
    let Some(description) = description() else { return Vec::new() };
    let Some(operation) = description.operation(method, path) else { return Vec::new() };
    match operation.answers.get(&status.to_string()) {
        Some(pointer) => description.check(pointer, body),
        None if body.is_null() => Vec::new(),
        None => vec![format!("Discord's OpenAPI has no answer {status} with a body here")],
    }
}

/// What the description does not allow in this call.
pub fn violations(method: &str, path: &str, has_body: bool, body: &Value) -> Vec<String> {
    let Some(description) = description() else { return Vec::new() };
    let Some(operation) = description.operation(method, path) else {
        return vec!["Discord's OpenAPI knows no such route".to_owned()];
    };
    match &operation.schema {
        None if has_body => vec!["Discord's OpenAPI allows no body here".to_owned()],
        Some(pointer) if !body.is_null() => description.check(pointer, body),
        _ => Vec::new(),
    }
}

impl Description {
    fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        self.operations.iter().find(|o| {
            o.method == method
                && o.parts.len() == parts.len()
                && o.parts.iter().zip(&parts).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
        })
    }

    fn check(&self, pointer: &str, body: &Value) -> Vec<String> {
        let validator = {
            let mut all = self.validators.lock().expect("no validator panics");
            let made = all.entry(pointer.to_owned()).or_insert_with(|| {
                let schema = json!({"$ref": format!("{NAME}#{pointer}")});
                jsonschema::options().with_registry(&self.registry).build(&schema).ok().map(Arc::new)
            });
            made.clone()
        };
        let Some(validator) = validator else {
            return vec![format!("Discord's OpenAPI has an unusable schema at {pointer}")];
        };
        let body = with_text_ids(body.clone());
        let found = validator
            .iter_errors(&body)
            .map(|error| format!("OpenAPI, at {:?}: {error}", error.instance_path().to_string()));
        // The message repeats the whole instance; a test's report needs its beginning only.
        found.map(|text| text.chars().take(400).collect()).collect()
    }
}

/// Discord takes the numbers of attachments as text or as integer, though its description says text.
fn with_text_ids(mut body: Value) -> Value {
    for pointer in ["/attachments", "/data/attachments"] {
        for attachment in body.pointer_mut(pointer).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(number) = attachment["id"].as_u64() {
                attachment["id"] = json!(number.to_string());
            }
        }
    }
    body
}
