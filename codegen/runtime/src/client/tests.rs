mod cbor;
mod clock;
mod failures;
mod inputs;
mod overrides;
#[cfg(feature = "credentials")]
mod region;
mod requests;
mod retries;
mod settings;
