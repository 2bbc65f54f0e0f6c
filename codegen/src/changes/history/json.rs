//! The report about a history for programs. Its form is a contract, and so is the form of each update in it.

use super::{History, Stamp, Update};
use crate::changes::report::json::{harmless, members, verdict};
use crate::json::Json;
use serde_json::Value;

pub(super) fn of(history: &History) -> String {
    let stamp = |stamp: &Stamp| members(vec![("version", Json::text(&stamp.version)), ("date", Json::text(&stamp.date))]);
    let update = |update: &Update| {
        let mut found =
            vec![("id", Json::text(&update.id)), ("version", Json::text(&update.release.version)), ("since", Json::text(&update.since))];
        found.extend(update.told.contract.clone());
        members(found)
    };
    let top = vec![
        ("service", Json::text(&history.service)),
        ("id", Json::text(&history.id)),
        ("operations", Json::Array(history.operations.iter().map(Json::text).collect())),
        ("releases", Json::Scalar(Value::from(history.releases))),
        ("first", stamp(&history.first)),
        ("last", stamp(&history.last)),
        ("updates", Json::Array(history.updates.iter().map(update).collect())),
        ("verdict", members(verdict(history.verdict()))),
    ];
    harmless(&members(top).print(2))
}
