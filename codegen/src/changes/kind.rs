//! The kinds of differences that there are. What each means is the table's to say, in `rules`.

use heck::ToKebabCase as _;

/// What happened.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// The service has a new operation.
    OperationAdded,
    /// An operation is gone.
    OperationRemoved,
    /// An operation is gone and one that resembles it is new.
    OperationRenamed,
    /// An operation that took nothing has an input.
    InputAdded,
    /// An operation takes nothing any more.
    InputRemoved,
    /// The input is another structure.
    InputRetargeted,
    /// An operation that returned nothing has an output.
    OutputAdded,
    /// An operation returns nothing any more.
    OutputRemoved,
    /// The output is another structure.
    OutputRetargeted,
    /// An operation lists a new error.
    ErrorAdded,
    /// An operation lists an error no more.
    ErrorRemoved,
    /// An error is gone and one that resembles it is new.
    ErrorRenamed,
    /// An error names the message that AWS sends with every error, or names it no more.
    ErrorMessageChanged,
    /// Whose fault an error is, or its status.
    ErrorChanged,
    /// A structure has a new member that may be left out.
    MemberAdded,
    /// A structure has a new member that must be there.
    RequiredMemberAdded,
    /// A member of a structure is gone.
    MemberRemoved,
    /// A member is gone and one that resembles it is new.
    MemberRenamed,
    /// A member's value is of another shape of the same type.
    MemberRetargeted,
    /// A shape goes by another name.
    ShapeRenamed,
    /// The operations reach a shape that the earlier model does not have.
    ShapeAdded,
    /// The operations reached a shape that the later model does not have.
    ShapeRemoved,
    /// A shape that no operation reaches is new, gone or another.
    UnreachedShapeChanged,
    /// A union has a new member.
    UnionMemberAdded,
    /// A member of a union is gone.
    UnionMemberRemoved,
    /// An enum has a new value.
    EnumValueAdded,
    /// A value of an enum is gone.
    EnumValueRemoved,
    /// A value is gone and one that resembles it is new.
    EnumValueRenamed,
    /// A value has another name in Rust.
    EnumNameChanged,
    /// The values stand in another order.
    EnumReordered,
    /// A string has named values now.
    EnumIntroduced,
    /// An enum is a plain string now.
    EnumDropped,
    /// Another type.
    TypeChanged,
    /// A number of more digits.
    NumberWidened,
    /// A number of fewer digits.
    NumberNarrowed,
    /// A member must be there.
    BecameRequired,
    /// A member may be left out.
    BecameOptional,
    /// A member has a default.
    DefaultAdded,
    /// A member has no default any more.
    DefaultRemoved,
    /// A member has another default.
    DefaultChanged,
    /// A client is to take a member for optional.
    ClientOptionalAdded,
    /// A client need not take a member for optional any more.
    ClientOptionalRemoved,
    /// Items or values may be null.
    SparseAdded,
    /// Items or values are never null any more.
    SparseRemoved,
    /// Fewer values are allowed.
    ConstraintTightened,
    /// More values are allowed.
    ConstraintRelaxed,
    /// Other values are allowed, more or fewer.
    PatternChanged,
    /// A member has another name on the wire.
    WireNameChanged,
    /// A thing has another name in Rust.
    RustNameChanged,
    /// Instants are written in another way.
    TimestampFormatChanged,
    /// A member is a token that makes repeated calls one.
    IdempotencyTokenAdded,
    /// A member is no such token any more.
    IdempotencyTokenRemoved,
    /// A value must not be shown.
    SensitiveAdded,
    /// A value may be shown.
    SensitiveRemoved,
    /// Something is not to be used any more.
    Deprecated,
    /// Something may be used again.
    Undeprecated,
    /// Whether a call may be repeated.
    RepeatabilityChanged,
    /// How HTTP carries something, in a protocol that says so.
    BindingChanged,
    /// The same in a protocol that does not ask.
    UnusedBindingChanged,
    /// Bytes or events that come as a stream.
    StreamingChanged,
    /// A call goes to another host.
    HostChanged,
    /// A protocol is spoken too.
    ProtocolAdded,
    /// A protocol is not spoken any more.
    ProtocolRemoved,
    /// What goes before an operation's name in the target header.
    TargetPrefixChanged,
    /// The name of the service in signatures.
    SigningNameChanged,
    /// One more way to prove who calls.
    AuthAdded,
    /// One way fewer to prove who calls, or another order.
    AuthRemoved,
    /// The service's part of its host names.
    EndpointPrefixChanged,
    /// The rules that make an endpoint of region and settings.
    EndpointRulesChanged,
    /// The service's id.
    ServiceIdChanged,
    /// The version of the API.
    ServiceVersionChanged,
    /// Any other trait is there now.
    TraitAdded,
    /// Any other trait is gone.
    TraitRemoved,
    /// Any other trait says something else.
    TraitChanged,
    /// What the model says about something.
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
    fn kinds_are_written_with_dashes() {
        assert_eq!(Kind::MemberAdded.name(), "member-added");
        assert_eq!(Kind::EnumValueRemoved.name(), "enum-value-removed");
    }
}
