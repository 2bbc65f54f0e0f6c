mod failures;
mod overrides;
mod requests;
