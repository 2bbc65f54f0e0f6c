//! The function that makes a request of an input.

use super::{at, bound, has_bound};
use crate::emit::wire::functions::Functions;
use crate::rust::http::{Body, Bound, Place, Segment};
use crate::rust::{Field, Operation, TimestampFormat, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The parameter of the function, and its statements.
pub(super) fn statements(codec: &Functions<'_>, operation: &Operation) -> (TokenStream, TokenStream) {
    let (rest, http, input) = (codec.scope.module("rest"), &operation.http, &operation.input);
    let method = &http.method;
    let path = http.path.iter().map(|segment| path(&rest, operation, segment));
    let constant = (!http.query.is_empty()).then(|| {
        let query = &http.query;
        quote!(request.constant_query(#query);)
    });
    let queries = at(input, |place| if let Place::Query(name) = place { Some(name) } else { None })
        .map(|(field, bound, name)| query(&rest, field, bound, name));
    let query_maps = at(input, |place| (*place == Place::QueryMap).then_some(())).map(|(field, _, ())| query_map(&rest, field));
    let headers = at(input, |place| if let Place::Header(name) = place { Some(name) } else { None })
        .map(|(field, bound, name)| header(&rest, field, bound, name));
    let header_maps = at(input, |place| if let Place::HeaderMap(prefix) = place { Some(prefix) } else { None })
        .map(|(field, _, prefix)| header_map(&rest, field, prefix));
    let body = body(codec, operation);
    let accept = accepts_json(operation).then(|| quote!(request.accept_json();));
    let has_prefix = !operation.host_prefix.is_empty();
    let host_prefix = has_prefix.then(|| quote!(request.host_prefix(Self::host_prefix(input)?);));
    let statements = quote! {
        let mut request = #rest::Request::new(#method);
        #host_prefix
        #(#path)*
        #constant
        #(#queries)*
        #(#query_maps)*
        #(#headers)*
        #(#header_maps)*
        #body
        #accept
        Ok(request.into())
    };
    let is_used =
        bound(input).any(|(field, _)| field.ty != Type::ByteStream || field.sensitive) || http.request == Body::Members || has_prefix;
    (if is_used { quote!(input) } else { quote!(_) }, statements)
}

/// The function that moves the stream of an input into its request, if it has one.
pub(super) fn stream(codec: &Functions<'_>, operation: &Operation) -> Option<TokenStream> {
    let field = operation.input.fields.iter().find(|field| field.ty == Type::ByteStream)?;
    let [rest, module] = ["rest", "operation"].map(|module| codec.scope.module(module));
    let (name, member, http) = (&field.name, field.name.plain(), &operation.http);
    let (requires_length, unsigned_payload) = (http.requires_length, http.unsigned_payload);
    Some(quote! {
        fn stream(input: &mut Self::Input, encoded: #module::Encoded) -> #module::Encoded {
            const RULES: #rest::Streaming = #rest::Streaming {
                member: #member,
                requires_length: #requires_length,
                unsigned_payload: #unsigned_payload,
            };
            #rest::streamed(encoded, std::mem::take(&mut input.#name), RULES)
        }
    })
}

/// True if the body of a reply is JSON.
fn accepts_json(operation: &Operation) -> bool {
    match operation.http.reply {
        Body::Nothing => false,
        Body::Members => true,
        Body::Payload(field) => operation
            .output
            .fields
            .get(field)
            .is_some_and(|field| !matches!(field.ty, Type::Blob | Type::ByteStream | Type::String | Type::Enum(_))),
    }
}

fn path(rest: &TokenStream, operation: &Operation, segment: &Segment) -> TokenStream {
    match segment {
        Segment::Literal(text) => quote!(request.literal(#text);),
        Segment::Label { field, greedy } => {
            let Some(field) = operation.input.fields.get(*field) else { return TokenStream::new() };
            let (name, wire) = (&field.name, &field.wire);
            let text = field.bound.as_ref().map(|bound| Text::of(rest, &field.ty, bound, &quote!(member)).borrowed());
            let secret = field.sensitive.then(|| quote!(request.secret(#text);));
            let method = if *greedy { quote!(greedy_label) } else { quote!(label) };
            quote! {
                let member = #rest::set(#wire, &input.#name)?;
                #secret
                request.#method(#wire, #text)?;
            }
        }
    }
}

fn query(rest: &TokenStream, field: &Field, bound: &Bound, parameter: &str) -> TokenStream {
    let name = &field.name;
    let put = |ty: &Type, value: TokenStream| {
        let text = Text::of(rest, ty, bound, &value).borrowed();
        let secret = field.sensitive.then(|| quote!(request.secret(#text);));
        quote!(#secret request.query(#parameter, #text);)
    };
    let statements = match &field.ty {
        Type::List { item, sparse } => {
            let (items, put) = (items(*sparse), put(item, quote!(item)));
            quote! {
                for item in #items {
                    #put
                }
            }
        }
        ty => put(ty, quote!(member)),
    };
    quote! {
        if let Some(member) = &input.#name {
            #statements
        }
    }
}

fn query_map(rest: &TokenStream, field: &Field) -> TokenStream {
    let name = &field.name;
    let secret = |value: TokenStream| field.sensitive.then(|| quote!(request.secret(#value);));
    let put = |ty: &Type| {
        let text = if matches!(ty, Type::Enum(_)) { quote!(value.as_str()) } else { quote!(value) };
        let secret = secret(text.clone());
        quote!(#secret request.query_of_map(name, #text);)
    };
    let secret_name = secret(quote!(name));
    let put = match &field.ty {
        Type::Map { value, sparse, .. } => {
            let absent = sparse.then(|| quote!(let Some(value) = value else { continue };));
            match &**value {
                Type::List { item, sparse } => {
                    let (items, put) = (if *sparse { quote!(value.iter().flatten()) } else { quote!(value) }, put(item));
                    quote!(#absent for value in #items { #put })
                }
                value => {
                    let put = put(value);
                    quote!(#absent #put)
                }
            }
        }
        _ => TokenStream::new(),
    };
    quote! {
        if let Some(member) = &input.#name {
            for (name, value) in #rest::entries(member) {
                #secret_name
                #put
            }
        }
    }
}

fn header(rest: &TokenStream, field: &Field, bound: &Bound, header: &str) -> TokenStream {
    let name = &field.name;
    let (text, secret) = match &field.ty {
        Type::List { item, sparse } => {
            let (items, text) = (items(*sparse), Text::of(rest, item, bound, &quote!(item)));
            let (item, borrowed) = (text.as_item(rest), text.borrowed());
            let secret = quote!(for item in #items { request.secret(#borrowed); });
            (quote!(&#rest::list(#items, |item| #item)), secret)
        }
        ty => {
            let text = Text::of(rest, ty, bound, &quote!(member)).borrowed();
            (text.clone(), quote!(request.secret(#text);))
        }
    };
    let secret = field.sensitive.then_some(secret);
    quote! {
        if let Some(member) = &input.#name {
            #secret
            request.header(#header, #text)?;
        }
    }
}

fn header_map(rest: &TokenStream, field: &Field, prefix: &str) -> TokenStream {
    let (name, wire) = (&field.name, &field.wire);
    let absent = matches!(field.ty, Type::Map { sparse: true, .. }).then(|| quote!(let Some(value) = value else { continue };));
    let secret = field.sensitive.then(|| quote!(request.secret(name); request.secret(value);));
    quote! {
        if let Some(member) = &input.#name {
            for (name, value) in #rest::entries(member) {
                #absent
                #secret
                request.header_of_map(#wire, #prefix, name, value)?;
            }
        }
    }
}

fn body(codec: &Functions<'_>, operation: &Operation) -> TokenStream {
    let input = &operation.input;
    match operation.http.request {
        Body::Nothing => TokenStream::new(),
        Body::Members if has_bound(input) => quote!(request.json(|writer| write_body(writer, input));),
        Body::Members => quote!(request.json(|writer| write_input(writer, input));),
        Body::Payload(field) => match input.fields.get(field) {
            Some(field) => payload(codec, field),
            None => TokenStream::new(),
        },
    }
}

/// A structure that is left out is sent as one without members.
fn payload(codec: &Functions<'_>, field: &Field) -> TokenStream {
    let name = &field.name;
    let Some(Bound { place: Place::Payload(media_type), .. }) = &field.bound else { return TokenStream::new() };
    if field.ty == Type::ByteStream {
        let secret = field.sensitive.then(|| quote!(request.secret_stream(&input.#name);));
        return quote!(#secret request.stream(#media_type););
    }
    let put = match &field.ty {
        Type::Blob => quote!(request.body(#media_type, member.as_ref())),
        Type::String => quote!(request.body(#media_type, member.as_bytes())),
        Type::Enum(_) => quote!(request.body(#media_type, member.as_str().as_bytes())),
        ty => {
            let write = codec.write(ty, &quote!(member));
            quote!(request.json(|writer| #write))
        }
    };
    let secret = match &field.ty {
        Type::Blob | Type::String if field.sensitive => Some(quote!(request.secret(member);)),
        Type::Enum(_) if field.sensitive => Some(quote!(request.secret(member.as_str());)),
        _ => None,
    };
    if matches!(field.ty, Type::Structure(_)) {
        let json = codec.scope.module("json");
        return quote! {
            match &input.#name {
                Some(member) => #put,
                None => request.json(#json::Writer::unit),
            }
        };
    }
    quote! {
        if let Some(member) = &input.#name {
            #secret
            #put;
        }
    }
}

/// The items of a list; those of a sparse one that are there.
fn items(sparse: bool) -> TokenStream {
    if sparse { quote!(member.iter().flatten()) } else { quote!(member) }
}

/// An expression for the text of a value.
enum Text {
    /// A reference to a text that the value has.
    Borrowed(TokenStream),
    /// A new text.
    Owned(TokenStream),
}

impl Text {
    /// The text of a value, which `value` refers to.
    fn of(rest: &TokenStream, ty: &Type, bound: &Bound, value: &TokenStream) -> Self {
        match ty {
            Type::String if bound.base64 => Self::Owned(quote!(#rest::base64(#value))),
            Type::Enum(_) => Self::Borrowed(quote!(#value.as_str())),
            Type::Float => Self::Owned(quote!(#rest::float(*#value))),
            Type::Double => Self::Owned(quote!(#rest::double(*#value))),
            Type::Timestamp(_) => {
                let form = match bound.timestamps {
                    TimestampFormat::EpochSeconds => quote!(epoch_seconds),
                    TimestampFormat::DateTime => quote!(date_time),
                    TimestampFormat::HttpDate => quote!(http_date),
                };
                Self::Owned(quote!(#rest::#form(#value)))
            }
            Type::Boolean | Type::Byte | Type::Short | Type::Integer | Type::Long => Self::Owned(quote!(#value.to_string())),
            _ => Self::Borrowed(value.clone()),
        }
    }

    /// A reference to the text.
    fn borrowed(&self) -> TokenStream {
        match self {
            Self::Borrowed(text) => text.clone(),
            Self::Owned(text) => quote!(&#text),
        }
    }

    /// The text as an item of a list.
    fn as_item(&self, rest: &TokenStream) -> TokenStream {
        match self {
            Self::Borrowed(text) => quote!(#rest::quoted(#text)),
            Self::Owned(text) => text.clone(),
        }
    }
}
