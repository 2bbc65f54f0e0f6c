//! The Rust names of a model's parts, for programs that call a generated crate and are made from the model too.
//!
//! They are the names without an overlay that gives others, and without the renaming of shapes that have the name of an operation.

use super::{Name, error_name, field_name, method_suffix, of_model, operation_module_name, type_name, variant_name};
use quote::ToTokens as _;

/// A member's field in a structure, and its accessor.
pub fn field(member: &str) -> String {
    written(&field_name(of_model(member)))
}

/// A member's setter in a builder, which takes an `Option`.
pub fn setter(member: &str) -> String {
    written(&method_suffix(of_model(member)).affix("set_", ""))
}

/// An operation's module below `operation`, and the client's method.
pub fn operation(operation: &str) -> String {
    written(&operation_module_name(of_model(operation)))
}

/// An operation's error, below the module.
pub fn operation_error(operation: &str) -> String {
    written(&type_name(of_model(operation)).affix("", "Error"))
}

/// A shape's type below `types`.
pub fn shape(shape: &str) -> String {
    written(&type_name(shape))
}

/// An error's type below `types::error`, and its variant in the errors of operations.
pub fn error(shape: &str) -> String {
    written(&error_name(shape))
}

/// A member's variant in a union.
pub fn variant(member: &str) -> String {
    written(&variant_name(of_model(member)))
}

fn written(name: &Name) -> String {
    name.to_token_stream().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_the_emitted_code_spells_them() {
        assert_eq!([field("type"), field("fooEnum1"), field("build")], ["r#type", "foo_enum1", "build_value"]);
        assert_eq!([setter("type"), setter("build")], ["set_type", "set_build"]);
        assert_eq!([operation("JsonUnions"), operation_error("JsonUnions")], ["json_unions", "JsonUnionsError"]);
        assert_eq!([shape("MyUnion"), error("FooError"), variant("stringValue")], ["MyUnion", "FooError", "StringValue"]);
    }
}
