//! Authentication of requests.

use crate::model::Shape;
use serde_json::Value;

/// The authentication of an operation's requests.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Signing {
    /// The client signs with Signature Version 4.
    SigV4,
    /// The client sends no signature, since the operation needs none.
    None,
    /// The operation accepts only these schemes, which are not supported.
    Unsupported(Vec<String>),
}

const SIGV4: &str = "aws.auth#sigv4";
const AUTH: &str = "smithy.api#auth";

/// The authentication schemes that a service can have as traits.
const SCHEMES: [&str; 7] = [
    "aws.auth#cognitoUserPools",
    SIGV4,
    "aws.auth#sigv4a",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpDigestAuth",
];

/// Returns the authentication of an operation's requests.
///
/// The list under `auth` of the operation, or else of the service, names schemes in the order of preference; an empty list means none. An
/// operation with `optionalAuth` is sent unsigned, since such operations often return the credentials themselves.
pub(crate) fn signing(service: &Shape, operation: &Shape) -> Signing {
    if operation.traits.has("smithy.api#optionalAuth") {
        return Signing::None;
    }
    let listed = operation.traits.get(AUTH).or_else(|| service.traits.get(AUTH)).and_then(Value::as_array);
    let schemes: Vec<&str> = match listed {
        Some(schemes) if schemes.is_empty() => return Signing::None,
        Some(schemes) => schemes.iter().filter_map(Value::as_str).collect(),
        None => SCHEMES.into_iter().filter(|scheme| service.traits.has(scheme)).collect(),
    };
    let spoken = schemes.iter().find_map(|scheme| match *scheme {
        SIGV4 if service.traits.has(SIGV4) => Some(Signing::SigV4),
        "smithy.api#noAuth" => Some(Signing::None),
        _ => None,
    });
    spoken.unwrap_or_else(|| Signing::Unsupported(schemes.into_iter().map(str::to_owned).collect()))
}
