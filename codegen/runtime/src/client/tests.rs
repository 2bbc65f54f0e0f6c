mod failures;
mod inputs;
mod overrides;
mod requests;
mod settings;
