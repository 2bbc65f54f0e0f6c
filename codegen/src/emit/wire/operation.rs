//! The files of operations and of their errors, without what depends on the protocol.

use super::super::scope::Scope;
use super::Modules;
use super::finish::{enable_validation, finish};
use super::functions::{self, Format, Functions};
use crate::names::Name;
use crate::rust::http::Segment;
use crate::rust::{Codec, Exception, FieldSource, Operation, Repeat};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The parts of an operation's implementation that all protocols share.
pub(super) struct Parts<'a> {
    pub(super) scope: &'a Scope,
    /// The runtime's module with the trait.
    pub(super) module: TokenStream,
    /// The operation's type.
    pub(super) unit: TokenStream,
    /// The items before the functions that encode and decode.
    pub(super) before: TokenStream,
    /// The items after them.
    pub(super) after: TokenStream,
}

/// The file of an operation, whose implementation is made of its parts.
pub(super) fn file(operation: &Operation, modules: &Modules<'_>, implementation: impl FnOnce(Parts<'_>) -> TokenStream) -> TokenStream {
    let scope = Scope::of_file([]);
    let [unit, error, input, output] = [&operation.name, &operation.name.affix("", "Error"), &operation.input.name, &operation.output.name]
        .map(|name| scope.of_operation(&operation.module, name));
    let module = scope.module("operation");
    let before = before(&scope, &module, operation, [&input, &output, &error]);
    let after = after(&scope, operation, modules, &error);
    let implementation = implementation(Parts { scope: &scope, module, unit, before, after });
    let shapes = [(&operation.input, &input, "_input"), (&operation.output, &output, "_output")];
    let shapes = shapes.iter().map(|(shape, ty, end)| {
        let functions = modules.functions_of(&scope, None, TokenStream::new());
        let functions = functions.map(|functions| Functions { serde_by_path: modules.serde_by_path, ..functions });
        let functions: Vec<_> = functions.map(|functions| functions.of_structure(shape, ty, end)).collect();
        let serde = (!shape.streams()).then(|| modules.serde(ty, end));
        quote!(#(#functions)* #serde)
    });
    let shapes: Vec<_> = shapes.collect();
    functions::file(&scope, modules, &operation.name, &quote!(#implementation #(#shapes)*))
}

/// The description, the types and the checks.
fn before(scope: &Scope, module: &TokenStream, operation: &Operation, [input, output, error]: [&TokenStream; 3]) -> TokenStream {
    let (metadata, prepare, validate) = (metadata(scope, module, operation), prepare(scope, operation), validate(scope, operation));
    let (host_prefix, finish) = (host_prefix(scope, module, operation), finish(scope, module, operation));
    quote! {
        #metadata
        type Input = #input;
        type Output = #output;
        type Error = #error;
        #prepare
        #validate
        #host_prefix
        #finish
    }
}

/// The request id and the errors.
fn after(scope: &Scope, operation: &Operation, modules: &Modules<'_>, error: &TokenStream) -> TokenStream {
    let [option, string, error_reply] = ["Option", "String", "ErrorReply"].map(|name| scope.known(name));
    let arm = |pattern: TokenStream, variant: &Name| {
        let (errors, module) = (scope.wire(&Name::fixed("error")), modules.errors.get(variant));
        quote!(#pattern => #error::#variant(#errors::#module::from_reply(reply)),)
    };
    let by_code = operation.errors.iter().map(|case| {
        let code = &case.code;
        arm(quote!(Some(#code)), &case.name)
    });
    let by_status = operation.errors.iter().filter_map(|case| {
        let status = Literal::u16_unsuffixed(case.status?);
        Some(arm(quote!(None if reply.status() == #status), &case.name))
    });
    let cases: Vec<_> = by_code.chain(by_status).collect();
    quote! {
        fn set_request_id(output: &mut Self::Output, request_id: #option<#string>) {
            output._request_id = request_id;
        }
        fn error(reply: &#error_reply<'_>) -> Self::Error {
            match reply.code() {
                #(#cases)*
                _ => #error::generic(reply.metadata()),
            }
        }
    }
}

/// The constant that describes the operation to the engine.
fn metadata(scope: &Scope, module: &TokenStream, operation: &Operation) -> TokenStream {
    let (wire, target, unsigned) = (&operation.wire, &operation.target, operation.unsigned);
    let empty_output = operation.output.fields.is_empty();
    let repeat = match operation.repeat {
        Repeat::Always => quote!(Always),
        Repeat::Never => quote!(Never),
        Repeat::WithToken(None) => quote!(WithToken { valid_for: None }),
        Repeat::WithToken(Some(seconds)) => {
            let (duration, seconds) = (scope.known("Duration"), Literal::u64_unsuffixed(seconds));
            quote!(WithToken { valid_for: Some(#duration::from_secs(#seconds)) })
        }
    };
    quote! {
        const METADATA: #module::Metadata = #module::Metadata {
            name: #wire,
            target: #target,
            service: &crate::client::SERVICE,
            unsigned: #unsigned,
            empty_output: #empty_output,
            repeat: #module::Repeat::#repeat,
        };
    }
}

/// Fills in the members that the client chooses.
fn prepare(scope: &Scope, operation: &Operation) -> Option<TokenStream> {
    let validation = enable_validation(scope, operation);
    let account = operation.glacier.as_ref().and_then(|glacier| glacier.account.as_ref()).map(|account| {
        let glacier = scope.module("glacier");
        quote!(#glacier::own_account(&mut input.#account);)
    });
    let uses_config = validation.is_some() || operation.token.is_some();
    let has_token = match &operation.token {
        Some(token) => quote!(config.fill_idempotency_token(&mut input.#token)),
        None if validation.is_none() && account.is_none() => return None,
        None => quote!(false),
    };
    let config = if uses_config { quote!(config) } else { quote!(_) };
    Some(quote! {
        fn prepare(input: &mut Self::Input, #config: &crate::Config) -> bool {
            #account
            #validation
            #has_token
        }
    })
}

/// Checks the input's constraints.
fn validate(scope: &Scope, operation: &Operation) -> Option<TokenStream> {
    operation.input.checked.then(|| {
        let validate = scope.module("validate");
        quote! {
            fn validate(input: &Self::Input, cx: &mut #validate::Checker) {
                input.check_constraints(cx);
            }
        }
    })
}

/// The text before the service's host.
fn host_prefix(scope: &Scope, module: &TokenStream, operation: &Operation) -> Option<TokenStream> {
    if operation.host_prefix.is_empty() {
        return None;
    }
    let [option, result, string, box_error] = ["Option", "Result", "String", "BoxError"].map(|name| scope.known(name));
    let part = |segment: &Segment| match segment {
        Segment::Literal(text) => Some(quote!(#text)),
        Segment::Label { field, .. } => {
            let field = operation.input.fields.get(*field)?;
            let (name, wire) = (&field.name, &field.wire);
            Some(quote!(#module::host_label(#wire, &input.#name)?))
        }
    };
    let (parameter, prefix) = match operation.host_prefix.as_slice() {
        [Segment::Literal(text)] => (quote!(_), quote!(#string::from(#text))),
        segments => {
            let parts = segments.iter().filter_map(part);
            (quote!(input), quote!([#(#parts),*].concat()))
        }
    };
    Some(quote! {
        fn host_prefix(#parameter: &Self::Input) -> #result<#option<#string>, #box_error> {
            Ok(Some(#prefix))
        }
    })
}

/// The file of an error: how it is read from a refused reply, and its form as a plain value where it is one. `bound` gives the statements that read
/// members from other places than the body.
pub(super) fn exception(
    exception: &Exception,
    modules: &Modules<'_>,
    bound: impl FnOnce(&Functions<'_>) -> Option<TokenStream>,
) -> TokenStream {
    let (scope, structure) = (Scope::of_file([]), &exception.structure);
    let ty = scope.error(&structure.name);
    let own =
        Functions { scope: &scope, modules, shape: None, visibility: quote!(pub(crate)), format: modules.format(), serde_by_path: false };
    let from_reply = exception.listed.then(|| from_reply(&own, exception, &ty, bound(&own).as_ref()));
    // An error has a form of its own only where a member holds it.
    let is_value = structure.encode != Codec::Nothing;
    let functions = modules.functions_of(&scope, None, quote!(pub(crate))).filter(|_| is_value);
    let functions: Vec<_> = functions.map(|functions| functions.of_structure(structure, &ty, "")).collect();
    functions::file(&scope, modules, &structure.name, &quote!(#from_reply #(#functions)*))
}

/// The function that reads an error from a reply.
fn from_reply(codec: &Functions<'_>, exception: &Exception, ty: &TokenStream, bound: Option<&TokenStream>) -> TokenStream {
    let (structure, scope) = (&exception.structure, codec.scope);
    let (reply, string) = (scope.known("ErrorReply"), scope.known("String"));
    let metadata = if exception.hides_message() { quote!(metadata_without_message) } else { quote!(metadata) };
    if exception.is_only_message() {
        return quote! {
            pub(crate) fn from_reply(reply: &#reply<'_>) -> #ty {
                #ty { message: reply.message().map(#string::from), meta: reply.#metadata() }
            }
        };
    }
    let members =
        || structure.fields.iter().filter(|field| field.bound.is_none() && field.source == FieldSource::Model && !field.is_message());
    let has_members = members().next().is_some();
    let start = match codec.format {
        _ if !has_members => quote!(#ty::builder()),
        Format::Cbor => quote!(reply.read_cbor(read_members)),
        Format::Json | Format::SerdeJson => quote!(reply.read_json(read_members)),
    };
    let builder = structure.builder();
    let read_members =
        has_members.then(|| codec.read_into(members(), &quote!(crate::types::error::builders::#builder), &quote!(read_members)));
    let build = if structure.fallible() { quote!(build_lenient) } else { quote!(build) };
    quote! {
        pub(crate) fn from_reply(reply: &#reply<'_>) -> #ty {
            let mut builder = #start;
            #bound
            builder.message = reply.message().map(#string::from);
            builder.meta(reply.#metadata()).#build()
        }
        #read_members
    }
}
