//! `waiters`: for each waiter a builder, which waits, and the function that judges a poll.

mod verdict;

use super::docs;
use super::scope::Scope;
use crate::names::Name;
use crate::rust::waiter::{Chunks, State, Waiter};
use crate::rust::{Crate, Field, Operation, Presence, Structure, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `waiters.rs`.
pub(super) fn waiters(plan: &Crate) -> TokenStream {
    let modules = plan.waiters().into_iter().map(|(_, waiter)| {
        let (docs, module) = (docs(&format!("The waiter `{}`.", waiter.wire)), &waiter.module);
        quote!(#docs pub mod #module;)
    });
    quote! {
        //! Waiters: calls that are repeated until something has reached a state. The methods of the trait [`Waiters`](crate::client::Waiters)
        //! begin them.
        #(#modules)*
        pub use smithlet_runtime::waiters::{FinalPoll, error};
    }
}

/// The trait of the client, for `client.rs`; nothing for a client without waiters.
pub(super) fn client(plan: &Crate) -> TokenStream {
    let waiters = plan.waiters();
    if waiters.is_empty() {
        return TokenStream::new();
    }
    let signature = |waiter: &Waiter| {
        let (method, module, builder) = (&waiter.method, &waiter.module, builder_name(waiter));
        quote!(fn #method(&self) -> crate::waiters::#module::#builder)
    };
    let declared = waiters.iter().map(|(operation, waiter)| {
        let how = format!(
            "Set the input of [`{0}`](Client::{0}), then [`wait`](crate::waiters::{1}::{2}::wait).",
            operation.module.plain(),
            waiter.module.plain(),
            builder_name(waiter).plain(),
        );
        let example = waiter.example.as_deref().map(|code| example(plan, code)).unwrap_or_default();
        let (docs, signature) = (docs(format!("{}\n\n{how}\n\n{example}", waiter.docs.full).trim_end()), signature(waiter));
        quote!(#docs #signature;)
    });
    let defined = waiters.iter().map(|(_, waiter)| {
        let (signature, module, builder) = (signature(waiter), &waiter.module, builder_name(waiter));
        quote! {
            #signature {
                crate::waiters::#module::#builder { inner: Call::new(&self.handle) }
            }
        }
    });
    quote! {
        /// Methods of the client that wait until something has reached a state.
        pub trait Waiters {
            #(#declared)*
        }
        impl Waiters for Client {
            #(#defined)*
        }
    }
}

/// The example of a waiter, which has a `client`. The crate is called `crate` in it, whatever its name is.
fn example(plan: &Crate, code: &str) -> String {
    let name = plan.name.replace('-', "_");
    let code = code.replace("crate::", &format!("{name}::"));
    let signature = format!("async fn example(client: {name}::Client) -> Result<(), Box<dyn std::error::Error>>");
    format!("# Example\n\n{}", crate::docs::example(&format!("# {signature} {{\n{code}\n# Ok(())\n# }}")))
}

/// The file of a waiter.
pub(super) fn waiter(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let (builder, final_poll, error) = (builder_name(waiter), waiter.name.affix("", "FinalPoll"), error_name(waiter));
    let scope = Scope::of_file([&waiter.name, &builder, &final_poll, &error]);
    let parts = Parts { scope: &scope, operation, waiter };
    let fluent = parts.builder(&builder, &final_poll, &error);
    let of_operation = |suffix| scope.of_operation(&operation.module, &operation.name.affix("", suffix));
    let (output, operation_error) = (scope.of_operation(&operation.module, &operation.output.name), of_operation("Error"));
    let (waiters, sdk_error) = (scope.module("waiters"), scope.known("SdkError"));
    let [poll_docs, error_docs] = [
        docs(&format!("The last poll of the waiter `{}`, which shows that the state is reached.", waiter.wire)),
        docs(&format!("The error of the waiter `{}`: its [variants](crate::waiters::error::WaiterError).", waiter.wire)),
    ];
    let settings = parts.settings();
    let verdict = parts.verdict();
    let about = format!(" The waiter `{}`.", waiter.wire);
    let body = scope.file(&quote! {
        #fluent
        #poll_docs
        pub type #final_poll = #waiters::FinalPoll<#output, #sdk_error<#operation_error>>;
        #error_docs
        pub type #error = #waiters::WaiterError<#output, #operation_error>;
        #settings
        #verdict
    });
    quote! {
        #![doc = #about]
        #body
    }
}

fn builder_name(waiter: &Waiter) -> Name {
    waiter.name.affix("", "FluentBuilder")
}

fn error_name(waiter: &Waiter) -> Name {
    waiter.name.affix("WaitUntil", "Error")
}

/// The parts of a waiter's file.
struct Parts<'a> {
    scope: &'a Scope,
    operation: &'a Operation,
    waiter: &'a Waiter,
}

impl Parts<'_> {
    fn builder(&self, builder: &Name, final_poll: &Name, error: &Name) -> TokenStream {
        let Self { scope, operation, waiter } = self;
        let input = scope.builder_of_operation(&operation.module, &operation.input.builder());
        let [result, call, duration] = ["Result", "Call", "Duration"].map(|name| scope.known(name));
        let waiters = scope.module("waiters");
        let about = docs(&format!(
            "{}\n\nSet the input of [`{1}`](crate::Client::{1}), then [`wait`](Self::wait).",
            waiter.docs.summary,
            operation.module.plain()
        ));
        let (wait_docs, name) = (docs(&self.wait_docs()), &waiter.name);
        let marks = docs(&format!("The type that marks the fluent builder of the waiter `{}`.", waiter.wire));
        let polled = match &waiter.chunks {
            None => quote!(#waiters::wait(&self.inner.handle, &WAITER, self.inner.builder.build(), max_wait, verdict)),
            Some(_) => {
                quote!(#waiters::wait_in_chunks(&self.inner.handle, &WAITER, self.inner.builder.build(), max_wait, verdict, &CHUNKS))
            }
        };
        quote! {
            #about
            pub type #builder = #input<#call<#input, #name>>;
            #marks
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub struct #name;
            impl #builder {
                #wait_docs
                pub async fn wait(self, max_wait: #duration) -> #result<#final_poll, #error> {
                    #polled.await
                }
            }
        }
    }

    /// The documentation of `wait`: how often it polls, and what it makes of a reply.
    fn wait_docs(&self) -> String {
        let Self { operation, waiter, .. } = self;
        let lasting = |after: u64| if after == 0 { String::new() } else { format!(", once the wait has lasted {after} seconds") };
        let line = |state, shown: &str, after| format!("- {}: {shown}{}", meaning(state), lasting(after));
        let of_outputs = waiter.of_outputs.iter().map(|acceptor| line(acceptor.state, &acceptor.shown, acceptor.after));
        let of_errors = waiter.of_errors.iter().map(|acceptor| line(acceptor.state, &acceptor.shown, acceptor.after));
        let lines: Vec<String> = of_outputs.chain(of_errors).collect();
        let chunks = waiter.chunks.as_ref().map_or_else(String::new, |chunks| {
            let (field, most) = (chunks.field.plain(), chunks.most);
            format!("More than {most} `{field}` are sent in several requests, which together are one poll.\n\n")
        });
        let delays = match (waiter.min_delay, waiter.max_delay) {
            (1, 1) => "every second".to_owned(),
            (least, greatest) if least == greatest => format!("every {least} seconds"),
            (least, greatest) => format!("with delays that grow from {least} to {greatest} seconds"),
        };
        format!(
            "Calls [`{0}`](crate::Client::{0}) until the state is reached, at most for the time `max_wait`: at once, then\n{delays}.\n\n\
             {chunks}The first of these that applies to a reply counts:\n\n{1}\n\n\
             [Rules of all waits](smithlet_runtime::waiters)\n\n\
             # Errors\n\n\
             The error says in one line what ended the wait.",
            operation.module.plain(),
            lines.join("\n"),
        )
    }

    /// The constants of the file.
    fn settings(&self) -> TokenStream {
        let Self { scope, operation, waiter } = self;
        let (waiters, duration, name) = (scope.module("waiters"), scope.known("Duration"), &waiter.wire);
        let [least, greatest] = [waiter.min_delay, waiter.max_delay].map(Literal::u64_unsuffixed);
        let chunks = waiter.chunks.as_ref().and_then(|chunks| {
            let field = operation.input.fields.iter().find(|field| field.name == chunks.field)?;
            Some(self.chunks(chunks, field))
        });
        quote! {
            static WAITER: #waiters::Waiter = #waiters::Waiter {
                name: #name,
                min_delay: #duration::from_secs(#least),
                max_delay: #duration::from_secs(#greatest),
            };
            #chunks
        }
    }

    fn chunks(&self, chunks: &Chunks, field: &Field) -> TokenStream {
        let Self { scope, operation, .. } = self;
        let waiters = scope.module("waiters");
        let unit = scope.of_operation(&operation.module, &operation.name);
        let item = match &field.ty {
            Type::List { item, sparse } => scope.item(item, *sparse),
            other => scope.ty(other),
        };
        let (most, name) = (Literal::u64_unsuffixed(chunks.most), &field.name);
        let join = self.join(&operation.output);
        quote! {
            static CHUNKS: #waiters::Chunks<#unit, #item> =
                #waiters::Chunks { most: #most, items: |input| &mut input.#name, join };
            #join
        }
    }

    /// The function that adds the items of one output to another.
    fn join(&self, output: &Structure) -> TokenStream {
        let Self { scope, operation, .. } = self;
        let ty = scope.of_operation(&operation.module, &output.name);
        let some = scope.known("Some");
        let extended = output.fields.iter().filter(|field| matches!(field.ty, Type::List { .. } | Type::Map { .. })).map(|field| {
            let name = &field.name;
            if field.presence == Presence::Optional {
                quote! {
                    if let #some(more) = part.#name {
                        whole.#name.get_or_insert_default().extend(more);
                    }
                }
            } else {
                quote!(whole.#name.extend(part.#name);)
            }
        });
        quote! {
            /// Adds what another request of the same poll has returned.
            fn join(whole: &mut #ty, part: #ty) {
                #(#extended)*
            }
        }
    }
}

fn meaning(state: State) -> &'static str {
    match state {
        State::Success => "the state is reached",
        State::Failure => "the state is out of reach",
        State::Retry => "another poll follows",
    }
}
