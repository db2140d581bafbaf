//! What is generated beside the code: documentation and OpenAPI of a small game, and that every
//! document is one.

use std::collections::BTreeSet;
use std::path::Path;

use expect_test::{Expect, expect};
use serde_json::Value;
use xtask::generate::beside::samples::{Sample, Samples};
use xtask::generate::beside::{self, json::Json};
use xtask::generate::emit::Files;
use xtask::generate::{load, resolve};

const GAME: &str = r#"
game: small
time_zone: UTC
enums:
  kind: [iron, coin]
  rank: { basic: 0, owner: 10 }
managers:
  index:
    doc: A bag | and more.
    port: 9000
    tables:
      item:
        columns:
          player: player
          kind: { type: kind, doc: What it is. }
          note: { type: text, max: 9, optional: true }
        key: [player, kind]
    functions:
      spend:
        doc: Takes one.
        access: internal
        args:
          kind: kind
          rank: { type: rank, default: owner }
          note: { type: text, min: 2, max: 9, optional: true, doc: Why. }
          counts: list int
          yes: bool
        errors: { short: [2, "too few | none"], gone: [3, gone] }
        outcomes: { last: [4, that was the last] }
        steps:
          - get: item
            where: { player: caller, kind: args.kind }
            else: gone
            as: i
          - require: args.yes
            else: short
          - if: found(args.note)
            then: [{ return: { kind: i.kind, at: now }, outcome: last }]
          - return: { kind: i.kind, rank: args.rank, sure: args.yes, list: { each: c in args.counts, give: [c, 0.5] } }
  shop:
    port: 9001
    functions:
      buy:
        errors: { poor: [5, poor] }
        steps:
          - call: index.spend
            with: { kind: iron, counts: [1], yes: true }
            else: { short: poor }
            as: paid
          - return: { rank: "default(paid.rank, basic)" }
      open: { access: public, steps: [{ return: {} }] }
"#;

fn files(yaml: &Path, text: &str, samples: &Samples) -> Files {
    let mut loaded = load::load_text(yaml, text);
    let game = resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    let said = loaded.diagnostics.render(&loaded.sources, false);
    assert!(!loaded.diagnostics.has_errors(), "{said}");
    beside::emit(&game, samples)
}

fn small(samples: &Samples) -> Files {
    files(Path::new("managers.yaml"), GAME, samples)
}

fn check(path: &str, expected: Expect) {
    expected.assert_eq(&small(&Samples::new())[path]);
}

#[test]
fn a_page_says_all_of_a_function() {
    check(
        "docs/index-manager.md",
        expect![[r#"
        # index

        A bag | and more.

        Declared in `managers.yaml`; listens on port 9000. HTTP API: [openapi/index.json](../openapi/index.json). All managers: [index](index.md).

        ## spend

        Takes one.

        Access: internal (managers).

        | arg | type | range | without it | |
        | --- | --- | --- | --- | --- |
        | kind | kind | iron, coin | refused | |
        | rank | rank | 0 (basic), 10 (owner) | 10 | |
        | note | text | 2 to 9 characters | absent | Why. |
        | counts | list int | | refused | |
        | yes | bool | | refused | |

        | status | message | |
        | --- | --- | --- |
        | 0 | success | everything is kept |
        | 2 | too few \| none | nothing is kept |
        | 3 | gone | nothing is kept |
        | 4 | that was the last | everything is kept |

        And [those of every function](index.md#statuses).

        ### Reply

        | field | type | |
        | --- | --- | --- |
        | kind | kind | |
        | at | time | may be left out |
        | rank | rank | may be left out |
        | sure | bool | may be left out |
        | list | list [int, float] | may be left out |

        ### Sample

        ```sh
        aliya admin call index.spend --player ada kind=iron rank=0 note=note1 'counts=[1]' yes=true
        ```

        Its reply has not been recorded yet.

        ## Tables

        ### item

        | column | type | range | default | |
        | --- | --- | --- | --- | --- |
        | player | player | | | key |
        | kind | kind | | | key; What it is. |
        | note | text | at most 9 characters | | may be absent |
    "#]],
    );
}

#[test]
fn statuses_of_called_functions_pass_through_unless_mapped() {
    check(
        "docs/shop.md",
        expect![[r##"
        # shop

        Declared in `managers.yaml`; listens on port 9001. HTTP API: [openapi/shop.json](../openapi/shop.json). All managers: [index](index.md).

        ## buy

        Access: player (clients with a token).

        No args.

        | status | message | |
        | --- | --- | --- |
        | 0 | success | everything is kept |
        | 3 | gone | from `index.spend`; nothing is kept |
        | 5 | poor | nothing is kept |

        And [those of every function](index.md#statuses).

        ### Reply

        | field | type | |
        | --- | --- | --- |
        | rank | rank | |

        ### Sample

        ```json
        { "function": "buy", "data": { "token": "..." } }
        ```

        Its reply has not been recorded yet.

        ## open

        Access: public (clients, without a token).

        No args.

        | status | message | |
        | --- | --- | --- |
        | 0 | success | everything is kept |

        And [those of every function](index.md#statuses).

        ### Reply

        No data.

        ### Sample

        ```json
        { "function": "open", "data": {} }
        ```

        Its reply has not been recorded yet.
    "##]],
    );
}

#[test]
fn the_index_has_every_manager() {
    check(
        "docs/index.md",
        expect![[r#"
        # small

        Written by `cargo xtask gen` from managers.yaml. The samples are true: `cargo xtask test` sends each of them.

        ## [index](index-manager.md)

        A bag | and more.

        | function | access | |
        | --- | --- | --- |
        | [spend](index-manager.md#spend) | internal | Takes one. |

        ## [shop](shop.md)

        | function | access | |
        | --- | --- | --- |
        | [buy](shop.md#buy) | player | |
        | [open](shop.md#open) | public | |

        ## Enums

        | enum | values |
        | --- | --- |
        | kind | iron, coin |
        | rank | 0 (basic), 10 (owner) |

        ## Statuses

        Every function can answer with these, too:

        | status | message | when |
        | --- | --- | --- |
        | 10 | Invalid message format | an arg is missing, ill-typed or out of range: `data.reason` says which |
        | 11 | Authorization required | the token is not a live one (access `player`) |
        | 12 | Too many requests | come back after `data.retry_after_ms` |
        | 13 | Try again | something that it needs did not answer |
        | 14 | Reply too large | it does not fit a frame; nothing was changed |
        | 15 | Internal error | a fault of the server: `data.request_id` finds it in the log |
    "#]],
    );
}

#[test]
fn a_document_describes_the_api() {
    check(
        "openapi/index.json",
        expect![[r##"
        {
          "openapi": "3.1.0",
          "info": {
            "title": "small: index",
            "description": "A bag | and more.\n\nFor other services, on a private network. The answer of a function has HTTP status 200 whatever its own `status`.",
            "version": "1"
          },
          "servers": [{ "url": "http://127.0.0.1:9000" }],
          "security": [{ "internal": [] }],
          "paths": {
            "/spend": {
              "post": {
                "operationId": "spend",
                "summary": "Takes one.",
                "description": "Access: internal. The credential names the player it acts for.\n\nStatuses:\n- 0: success\n- 2: too few | none\n- 3: gone\n- 4: that was the last\n- 10, 13, 14, 15: as of every function",
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {
                        "type": "object",
                        "properties": {
                          "kind": { "$ref": "#/components/schemas/kind" },
                          "rank": {
                            "anyOf": [
                              { "$ref": "#/components/schemas/rank" },
                              { "type": "string", "enum": ["0", "10"] }
                            ],
                            "default": 10
                          },
                          "note": {
                            "type": "string",
                            "pattern": "^[^\\u0000]*$",
                            "minLength": 2,
                            "maxLength": 9,
                            "description": "Why."
                          },
                          "counts": {
                            "type": "array",
                            "items": {
                              "type": ["integer", "string"],
                              "pattern": "^-?[0-9]{1,19}$",
                              "format": "int64"
                            }
                          },
                          "yes": {
                            "enum": [
                              true,
                              false,
                              0,
                              1,
                              "0",
                              "1",
                              "false",
                              "true",
                              "False",
                              "True"
                            ]
                          }
                        },
                        "required": ["kind", "counts", "yes"]
                      },
                      "example": {
                        "kind": "iron",
                        "rank": 0,
                        "note": "note1",
                        "counts": [1],
                        "yes": true
                      }
                    }
                  }
                },
                "responses": {
                  "200": {
                    "description": "The function's answer.",
                    "content": {
                      "application/json": {
                        "schema": {
                          "oneOf": [
                            {
                              "type": "object",
                              "properties": {
                                "status": { "type": "integer", "enum": [0, 4] },
                                "message": { "type": "string" },
                                "data": {
                                  "type": "object",
                                  "properties": {
                                    "kind": { "$ref": "#/components/schemas/kind" },
                                    "at": {
                                      "type": "integer",
                                      "format": "int64",
                                      "title": "time in milliseconds since 1970 UTC"
                                    },
                                    "rank": { "$ref": "#/components/schemas/rank" },
                                    "sure": { "type": "integer", "enum": [0, 1] },
                                    "list": {
                                      "type": "array",
                                      "items": {
                                        "type": "array",
                                        "prefixItems": [
                                          { "type": "integer", "format": "int64" },
                                          { "type": "number" }
                                        ],
                                        "minItems": 2,
                                        "maxItems": 2
                                      }
                                    }
                                  },
                                  "required": ["kind"],
                                  "additionalProperties": false
                                }
                              },
                              "required": ["status", "message", "data"]
                            },
                            {
                              "type": "object",
                              "properties": {
                                "status": { "type": "integer", "enum": [2, 3, 10, 13, 14, 15] },
                                "message": { "type": "string" },
                                "data": { "type": "object" }
                              },
                              "required": ["status", "message", "data"]
                            }
                          ]
                        }
                      }
                    }
                  },
                  "401": { "$ref": "#/components/responses/NoCredential" },
                  "403": { "$ref": "#/components/responses/NotOpen" },
                  "413": { "$ref": "#/components/responses/TooLong" }
                }
              }
            }
          },
          "components": {
            "schemas": {
              "kind": { "type": "string", "enum": ["iron", "coin"] },
              "rank": {
                "type": "integer",
                "enum": [0, 10],
                "description": "0 (basic), 10 (owner)"
              },
              "http.refusal": {
                "type": "object",
                "properties": {
                  "status": { "type": "integer", "enum": [10, 11] },
                  "message": { "type": "string" },
                  "data": { "type": "object", "properties": { "reason": { "type": "string" } } }
                },
                "required": ["status", "message", "data"]
              }
            },
            "responses": {
              "NoCredential": {
                "description": "No valid credential. Nothing was changed.",
                "content": {
                  "application/json": { "schema": { "$ref": "#/components/schemas/http.refusal" } }
                }
              },
              "NotOpen": {
                "description": "The function is not open to this caller. Nothing was changed.",
                "content": {
                  "application/json": { "schema": { "$ref": "#/components/schemas/http.refusal" } }
                }
              },
              "TooLong": {
                "description": "The body is too long. Nothing was changed.",
                "content": {
                  "application/json": { "schema": { "$ref": "#/components/schemas/http.refusal" } }
                }
              }
            },
            "securitySchemes": {
              "internal": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "JWT",
                "description": "A JWT that the calling service signs with the internal secret (HS256, 60 s): `iss` the caller, `aud` this manager, `sub` the player, `jti` the request's key, `fun` the function, `sha` the SHA-256 of the body in base64url."
              }
            }
          }
        }
    "##]],
    );
}

#[test]
fn a_recorded_sample_is_shown() {
    let reply = r#"{ "status": 2, "message": "poor", "data": {} }"#;
    let sample = Sample {
        before: vec![(
            "index.spend".to_owned(),
            Json::object([("kind", Json::from("it's"))]),
        )],
        args: None,
        varies: false,
        reply: serde_json::from_str(reply).expect("JSON"),
    };
    let mut samples = Samples::new();
    let of_shop = samples.entry("shop".to_owned()).or_default();
    of_shop.insert("buy".to_owned(), sample);
    let page = &small(&samples)["docs/shop.md"];
    let (_, page) = page.split_once("### Sample\n").expect("a sample");
    let (page, _) = page.split_once("## open").expect("the next function");
    expect![[r#"

        After

        ```sh
        aliya admin call index.spend --player ada 'kind=it'\''s'
        ```

        ```json
        { "function": "buy", "data": { "token": "..." } }
        ```

        is answered with

        ```json
        { "status": 2, "message": "poor", "data": {} }
        ```

    "#]]
    .assert_eq(page);
}

/// Every document of the small game, of the language game and of the project.
fn documents() -> Vec<(String, Value)> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let language = package.join("tests/emit/language/managers.yaml");
    let project = package.join("../managers.yaml");
    let read = |path: &Path| std::fs::read_to_string(path).expect("text");
    let none = Samples::new();
    let games = [
        small(&none),
        files(&language, &read(&language), &none),
        files(&project, &read(&project), &none),
    ];
    let mut documents = Vec::new();
    for (path, text) in games.into_iter().flatten() {
        if path.starts_with("openapi/") {
            let json = serde_json::from_str(&text).expect("JSON");
            documents.push((path, json));
        }
    }
    documents
}

#[test]
fn every_document_is_openapi() {
    for (path, document) in documents() {
        assert_eq!(document["openapi"], "3.1.0");
        for text in ["/info/title", "/info/version", "/servers/0/url"] {
            let text = document.pointer(text).and_then(Value::as_str);
            assert!(text.is_some_and(|text| !text.is_empty()), "{path}");
        }
        let security = document["security"][0].as_object().expect("a requirement");
        for name in security.keys() {
            let scheme = &document["components"]["securitySchemes"][name];
            assert_eq!(scheme["type"], "http", "{path}");
        }
        let mut operations = BTreeSet::new();
        for (route, item) in document["paths"].as_object().expect("paths") {
            assert!(route.starts_with('/'), "{route}");
            let operation = &item["post"];
            let id = operation["operationId"].as_str().expect("an id");
            assert!(operations.insert(id), "{id} twice");
            check_operation(&document, operation);
        }
        check_references(&document, &document);
    }
}

/// Its schemas are schemas, its example is one, its responses are described.
fn check_operation(document: &Value, operation: &Value) {
    let request = &operation["requestBody"]["content"]["application/json"];
    let validator = validator(document, &request["schema"]);
    let mistakes: Vec<_> = validator.iter_errors(&request["example"]).collect();
    assert!(mistakes.is_empty(), "{operation}: {mistakes:?}");
    let responses = operation["responses"].as_object().expect("responses");
    for (http, response) in responses {
        assert!(http.len() == 3 && http.parse::<u16>().is_ok(), "{http}");
        let response = match response["$ref"].as_str() {
            Some(path) => document.pointer(&path[1..]).expect("a component"),
            None => response,
        };
        assert!(response["description"].is_string(), "{response}");
    }
    let answer = &operation["responses"]["200"]["content"]["application/json"];
    let _ = self::validator(document, &answer["schema"]);
}

fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    assert!(jsonschema::draft202012::meta::is_valid(&schema), "{schema}");
    jsonschema::draft202012::new(&schema).expect("a schema")
}

/// Every `$ref` leads somewhere, and every component has a name that OpenAPI allows.
fn check_references(document: &Value, part: &Value) {
    match part {
        Value::Object(members) => {
            if let Some(path) = members.get("$ref").and_then(Value::as_str) {
                assert!(document.pointer(&path[1..]).is_some(), "{path}");
            }
            let parts = members.values();
            parts.for_each(|part| check_references(document, part));
        }
        Value::Array(items) => items
            .iter()
            .for_each(|part| check_references(document, part)),
        _ => {}
    }
    let schemas = document["components"]["schemas"].as_object();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let mut names = schemas.expect("schemas").keys();
    assert!(names.all(|name| name.chars().all(allowed)));
}
