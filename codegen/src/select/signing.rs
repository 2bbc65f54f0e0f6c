//! How a call proves who makes it.

use crate::model::Shape;
use serde_json::Value;

/// What a client does about authentication.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Signing {
    /// It signs with Signature Version 4.
    SigV4,
    /// It sends no signature: the operation needs none.
    None,
    /// It cannot: the operation takes these schemes only.
    Unsupported(Vec<String>),
}

const SIGV4: &str = "aws.auth#sigv4";
const AUTH: &str = "smithy.api#auth";

/// Schemes that a service can carry as traits.
const SCHEMES: [&str; 7] = [
    "aws.auth#cognitoUserPools",
    SIGV4,
    "aws.auth#sigv4a",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpDigestAuth",
];

/// What a client does about authentication in calls of an operation of the service.
///
/// The list under `auth` at the operation, or else at the service, names schemes in the order of preference; an empty list means none. An
/// operation with `optionalAuth` is sent without a signature, since what such operations return is often the credentials themselves.
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
