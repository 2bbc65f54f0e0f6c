//! The spans and events of `tracing` as one text.

use std::cell::RefCell;
use std::fmt::{Debug, Write as _};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    static SEEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The spans and events of all levels and crates while a function runs on this thread.
///
/// The subscriber is global: `tracing` caches the interest in an event, so that a thread's own subscriber could miss events that a thread without
/// a subscriber reached first.
pub(super) fn of(function: impl FnOnce()) -> String {
    static INSTALLED: std::sync::Once = std::sync::Once::new();
    INSTALLED.call_once(|| tracing::subscriber::set_global_default(Recorder).expect("no other test has one"));
    SEEN.set(Some(String::new()));
    function();
    SEEN.take().unwrap_or_default()
}

struct Recorder;

fn note(metadata: Option<&Metadata<'_>>, record: impl FnOnce(&mut dyn Visit)) {
    SEEN.with_borrow_mut(|seen| {
        let Some(text) = seen else { return };
        if let Some(metadata) = metadata {
            let _ = write!(text, "\n{} {} {}:", metadata.level(), metadata.target(), metadata.name());
        }
        record(&mut Fields(text));
    });
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        note(Some(span.metadata()), |fields| span.record(fields));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        note(None, |fields| values.record(fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        note(Some(event.metadata()), |fields| event.record(fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}
