use super::{HEADER, rust};
use proc_macro2::TokenStream;
use quote::quote;

/// What stands below the header.
#[track_caller]
fn rendered(tokens: TokenStream) -> String {
    let text = rust(tokens).expect("the tokens are Rust");
    text.strip_prefix(&format!("// {HEADER}\n\n")).expect("the header comes first").to_owned()
}

#[test]
fn what_is_no_rust_is_not_written() {
    assert!(rust(quote!(fn f() -> bool { a == b == c })).is_err());
    assert!(
        rust(quote!(
            fn f() -> bool {
                (a == b) == c
            }
        ))
        .is_ok()
    );
}

#[test]
fn a_definition_is_printed_as_the_item_that_it_holds() {
    let text = rendered(quote! {
        a::b! { #[doc = " One."] #[doc = ""] #[doc = " Two."] #[c(d = E, f)] pub struct S { #[doc = " X."] #[g("x", write = list(h))] pub x: Option<Vec<String>>, } }
    });
    assert_eq!(
        text,
        r#"a::b! {
    /// One.
    ///
    /// Two.
    #[c(d = E, f)]
    pub struct S {
        /// X.
        #[g("x", write = list(h))]
        pub x: Option<Vec<String>>,
    }
}
"#
    );
}

#[test]
fn a_definition_stands_apart_from_the_items_around_it() {
    let text = rendered(quote!(use a::B; use c::D; e::f! { pub enum G { H, } } impl G { fn i() {} fn j() {} }));
    assert_eq!(
        text,
        "use a::B;\nuse c::D;\n\ne::f! {\n    pub enum G {\n        H,\n    }\n}\n\nimpl G {\n    fn i() {}\n\n    fn j() {}\n}\n"
    );
}

#[test]
fn a_macro_that_holds_no_item_is_left_as_it_is() {
    assert_eq!(rendered(quote!(a::b! { C, "d" })), "a::b! {\n    C, \"d\"\n}\n");
    assert_eq!(rendered(quote!(a::b!(C, d::E { f, g });)), "a::b!(C, d::E { f, g });\n");
}

#[test]
fn an_attribute_and_a_type_that_are_too_long_are_broken() {
    let (long, longer) = (quote!(a_name_that_leaves_no_room), quote!(A_name_that_leaves_no_room_for_anything_else_on_its_line_of_the_file));
    let text =
        rendered(quote!(a! { pub struct S { #[b("a name on the wire that is long", #long, #long, #long)] pub x: Option<Vec<#longer>>, } }));
    assert_eq!(
        text,
        r#"a! {
    pub struct S {
        #[b(
            "a name on the wire that is long",
            a_name_that_leaves_no_room,
            a_name_that_leaves_no_room,
            a_name_that_leaves_no_room
        )]
        pub x: Option<
            Vec<A_name_that_leaves_no_room_for_anything_else_on_its_line_of_the_file>,
        >,
    }
}
"#
    );
}

/// The text of documentation comes from outside, and by the line. Whatever it is, it is the same after it has been printed and read again, and nothing else is.
#[test]
fn documentation_says_what_it_said() {
    let hostile = [
        " Ends */ and begins /* a comment /** and another //! here",
        " \"# and r#\"raw\"# and '\"' and \\ and \\\" and \\n and \\u{41}",
        " $crate::x! $doc $(#[doc = $doc])* #![doc]",
        " #[doc = \"{ } } {\"] } pub struct T {",
        " - a list\n   - in a list\n     1. and in that",
        "/ four strokes",
        "*",
        "",
        "     indented as code is",
        " a tab\tand a \u{7f}",
    ];
    for said in hostile {
        let lines: Vec<&str> = said.split('\n').collect();
        let item = quote!(#(#[doc = #lines])* pub struct S { #(#[doc = #lines])* pub x: u8, });
        let text = rust(quote!(a::b! { #item })).expect("the tokens are Rust");
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
        let [syn::Item::Macro(definition)] = file.items.as_slice() else { panic!("there is more than the definition:\n{text}") };
        let body: syn::ItemStruct = definition.mac.parse_body().unwrap_or_else(|error| panic!("{error}:\n{text}"));
        let field = body.fields.iter().next().expect("the structure has a member");
        assert_eq!((documentation(&body.attrs), documentation(&field.attrs)), (said.to_owned(), said.to_owned()), "{text}");
    }
}

fn documentation(attributes: &[syn::Attribute]) -> String {
    let lines: Vec<String> = attributes
        .iter()
        .map(|attribute| match &attribute.meta {
            syn::Meta::NameValue(syn::MetaNameValue { value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }), .. }) => {
                line.value()
            }
            _ => panic!("an attribute that is no documentation"),
        })
        .collect();
    lines.join("\n")
}
