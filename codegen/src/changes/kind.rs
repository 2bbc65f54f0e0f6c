//! The kinds of differences. The table in `verdict` has the verdict on each.

use heck::ToKebabCase;

/// The kind of a difference.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// The service has a new operation.
    OperationAdded,
    /// An operation was removed.
    OperationRemoved,
    /// An operation was removed, and a new one has a similar name.
    OperationRenamed,
    /// An operation without an input has one now.
    InputAdded,
    /// An operation does not have an input any more.
    InputRemoved,
    /// The input is another structure.
    InputRetargeted,
    /// An operation without an output has one now.
    OutputAdded,
    /// An operation does not have an output any more.
    OutputRemoved,
    /// The output is another structure.
    OutputRetargeted,
    /// An operation lists a new error.
    ErrorAdded,
    /// An operation does not list an error any more.
    ErrorRemoved,
    /// An error was removed, and a new one has a similar name.
    ErrorRenamed,
    /// An error lists the message that AWS sends with every error, or does not list it any more.
    ErrorMessageChanged,
    /// The class of an error (client or server) or its status changed.
    ErrorChanged,
    /// A structure has a new optional member.
    MemberAdded,
    /// A structure has a new required member.
    RequiredMemberAdded,
    /// A member of a structure was removed.
    MemberRemoved,
    /// A member was removed, and a new one has a similar name.
    MemberRenamed,
    /// A member targets another shape of the same type.
    MemberRetargeted,
    /// A shape has another name.
    ShapeRenamed,
    /// The operations reach a shape that is not in the earlier model.
    ShapeAdded,
    /// The operations reached a shape that is not in the later model.
    ShapeRemoved,
    /// A shape that no operation reaches was added, removed or changed.
    UnreachedShapeChanged,
    /// A union has a new member.
    UnionMemberAdded,
    /// A member of a union was removed.
    UnionMemberRemoved,
    /// An enum has a new value.
    EnumValueAdded,
    /// A value of an enum was removed.
    EnumValueRemoved,
    /// A value of an enum was removed, and a new one is similar.
    EnumValueRenamed,
    /// A value of an enum has another name in Rust.
    EnumNameChanged,
    /// The values of an enum have another order.
    EnumReordered,
    /// A string has named values now.
    EnumIntroduced,
    /// An enum is a plain string now.
    EnumDropped,
    /// A value has another type.
    TypeChanged,
    /// A number has a larger type.
    NumberWidened,
    /// A number has a smaller type.
    NumberNarrowed,
    /// A member is required now.
    BecameRequired,
    /// A member is optional now.
    BecameOptional,
    /// A member has a default now.
    DefaultAdded,
    /// A member does not have a default any more.
    DefaultRemoved,
    /// A member has another default.
    DefaultChanged,
    /// Clients must treat a member as optional.
    ClientOptionalAdded,
    /// Clients need not treat a member as optional any more.
    ClientOptionalRemoved,
    /// Items of a list or values of a map may be null now.
    SparseAdded,
    /// Items of a list or values of a map are never null any more.
    SparseRemoved,
    /// Fewer values are allowed.
    ConstraintTightened,
    /// More values are allowed.
    ConstraintRelaxed,
    /// A pattern changed, so that other values are allowed.
    PatternChanged,
    /// A member has another name on the wire.
    WireNameChanged,
    /// A member or a shape has another name in Rust.
    RustNameChanged,
    /// Timestamps have another form on the wire.
    TimestampFormatChanged,
    /// A member is an idempotency token now.
    IdempotencyTokenAdded,
    /// A member is not an idempotency token any more.
    IdempotencyTokenRemoved,
    /// A value is sensitive now.
    SensitiveAdded,
    /// A value is not sensitive any more.
    SensitiveRemoved,
    /// A thing is deprecated now.
    Deprecated,
    /// A thing is not deprecated any more.
    Undeprecated,
    /// A call became safe to retry, or is not safe to retry any more.
    RepeatabilityChanged,
    /// A value's place in the HTTP message changed, in a protocol with HTTP bindings.
    BindingChanged,
    /// An HTTP binding changed, in a protocol that does not use it.
    UnusedBindingChanged,
    /// A value became a stream of bytes or events, or is not one any more.
    StreamingChanged,
    /// The host of a call changed.
    HostChanged,
    /// The service speaks one more protocol.
    ProtocolAdded,
    /// The service does not speak a protocol any more.
    ProtocolRemoved,
    /// The prefix of operation names in the target header changed.
    TargetPrefixChanged,
    /// The name of the service in signatures changed.
    SigningNameChanged,
    /// The service accepts one more authentication scheme.
    AuthAdded,
    /// The service accepts one authentication scheme less, or prefers another one.
    AuthRemoved,
    /// The service's part of its host names changed.
    EndpointPrefixChanged,
    /// The endpoint rules changed.
    EndpointRulesChanged,
    /// The service's id changed.
    ServiceIdChanged,
    /// The version of the API changed.
    ServiceVersionChanged,
    /// The results of an operation come page by page now.
    PaginatorAdded,
    /// The results of an operation do not come page by page any more.
    PaginatorRemoved,
    /// The pages of an operation have items now, or a member for their size.
    PaginatorExtended,
    /// The items of an operation's pages, or the member for their size, are others, or are gone.
    PaginatorChanged,
    /// Something can be waited for that could not be waited for before.
    WaiterAdded,
    /// Something cannot be waited for any more.
    WaiterRemoved,
    /// A wait has other delays, or judges replies in another way.
    WaiterChanged,
    /// Any other trait was added.
    TraitAdded,
    /// Any other trait was removed.
    TraitRemoved,
    /// The value of any other trait changed.
    TraitChanged,
    /// Documentation changed.
    DocumentationChanged,
}

impl Kind {
    /// The kind as reports write it: `member-added`.
    pub fn name(self) -> String {
        format!("{self:?}").to_kebab_case()
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn kinds_are_written_in_kebab_case() {
        assert_eq!(Kind::MemberAdded.name(), "member-added");
        assert_eq!(Kind::EnumValueRemoved.name(), "enum-value-removed");
    }
}
