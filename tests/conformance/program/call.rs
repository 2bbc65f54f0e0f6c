//! The end of a call as a value.

use crate::value::object;
use serde_json::Value;
use smithlet_runtime::error::{ProvideErrorMetadata, SdkError};
use std::error::Error;

/// The outcome of a call, or the reason why the input cannot be made.
pub(crate) type Outcome = Result<Value, String>;

/// The output, or the error with its code, its message, its line and the members of its structure.
pub(crate) fn ended<O, E>(
    result: Result<O, SdkError<E>>,
    output: impl FnOnce(&O) -> Value,
    members: impl FnOnce(&E) -> Option<Value>,
) -> Outcome
where
    E: Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    Ok(match result {
        Ok(result) => object([("output", Some(output(&result)))]),
        Err(error) => {
            let members = error.as_service_error().and_then(members);
            let text = |text: Option<&str>| text.map(Value::from);
            let of_error =
                object([("code", text(error.code())), ("message", text(error.message())), ("line", Some(error.to_string().into())), ("members", members)]);
            object([("error", Some(of_error))])
        }
    })
}

/// The outcome for a name that the program was not made for.
pub(crate) fn unknown(name: &str) -> Outcome {
    Err(format!("the program does not know {name}"))
}
