//! The verdict on each kind of difference: one table, each row with its reason.
//!
//! A verdict has two parts. `wire`: does a client in the field, made from the earlier model, still work? `crate`: does code that uses the
//! regenerated crate still compile? The second part follows from what this generator emits. Its structures and enums are non-exhaustive, the
//! builders of inputs take every member as optional, and constraints and required members of inputs are checked when a call is made, not by
//! the compiler. A difference that changes an existing signature is `major` whatever its row says ([`SIGNATURE`]).

use super::{Direction, Kind, Level, Wire};
use Direction::{Request, Response};
use Level::{Major, Minor};
use Wire::{Breaking, Compatible};

/// The reason of a difference that is `major` although its row asks for less.
pub(super) const SIGNATURE: &str = "an existing type or signature of the crate changes";

/// The verdict on a kind of difference in one direction, or in both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) kind: Kind,
    /// The direction that the row is about; none if the row is about both, or about differences without a direction.
    pub(super) direction: Option<Direction>,
    pub(super) wire: Wire,
    pub(super) level: Level,
    pub(super) reason: &'static str,
}

/// The row for a kind in a direction.
pub(super) fn row(kind: Kind, direction: Option<Direction>) -> &'static Row {
    let fits = |row: &&Row| row.kind == kind && (row.direction.is_none() || row.direction == direction);
    // A test finds a kind without a row. The worst is assumed for it.
    TABLE.iter().find(fits).unwrap_or(&UNKNOWN)
}

static UNKNOWN: Row = any(Kind::TypeChanged, Breaking, Major, "this kind of difference is unknown");

const fn any(kind: Kind, wire: Wire, level: Level, reason: &'static str) -> Row {
    Row { kind, direction: None, wire, level, reason }
}

const fn on(direction: Direction, kind: Kind, wire: Wire, level: Level, reason: &'static str) -> Row {
    Row { kind, direction: Some(direction), wire, level, reason }
}

/// Similar names do not prove a renaming, so a guess never decides a verdict.
const GUESS: &str = "this is a guess; the removal and the addition have the verdicts";

/// The table. A row for a direction stands before one for every direction.
#[rustfmt::skip]
pub(super) static TABLE: &[Row] = &[
    // Operations.
    any(Kind::OperationAdded, Compatible, Minor, "no client calls it yet; the crate gains a method"),
    any(Kind::OperationRemoved, Breaking, Major, "calls of it fail; its method and types are removed"),
    any(Kind::OperationRenamed, Compatible, Level::None, GUESS),
    any(Kind::InputAdded, Compatible, Level::None, "each new member that is required is listed as well"),
    any(Kind::InputRemoved, Compatible, Level::None, "services ignore unknown members; each removed member is listed as well"),
    any(Kind::InputRetargeted, Compatible, Level::None, "structure names are not on the wire, and the crate names inputs after operations"),
    any(Kind::OutputAdded, Compatible, Level::None, "clients ignore unknown members of a reply"),
    any(Kind::OutputRemoved, Compatible, Level::None, "each removed member is listed as well"),
    any(Kind::OutputRetargeted, Compatible, Level::None, "structure names are not on the wire, and the crate names outputs after operations"),
    any(Kind::ErrorAdded, Compatible, Minor, "a client in the field reads it as an unnamed error; the operation's error enum is non-exhaustive"),
    any(Kind::ErrorRemoved, Compatible, Major, "a client that handles it never receives it; the variant is removed"),
    any(Kind::ErrorRenamed, Compatible, Level::None, GUESS),
    any(Kind::ErrorChanged, Compatible, Level::None, "clients recognise an error by its name, not by its class or status"),
    any(Kind::ErrorMessageChanged, Compatible, Level::None, "AWS sends a message with every error, and the crate always has one"),

    // Members and shapes.
    any(Kind::MemberAdded, Compatible, Minor, "it is optional, and unknown members are ignored; structures are non-exhaustive"),
    on(Request, Kind::RequiredMemberAdded, Breaking, Minor, "a client in the field does not send it; code still compiles and gets an error when it calls"),
    on(Response, Kind::RequiredMemberAdded, Compatible, Minor, "clients ignore unknown members; structures are non-exhaustive"),
    on(Request, Kind::MemberRemoved, Compatible, Major, "services ignore unknown members; its accessors and setters are removed"),
    on(Response, Kind::MemberRemoved, Breaking, Major, "a client that reads it never receives it; its accessors and setters are removed"),
    any(Kind::MemberRenamed, Compatible, Level::None, GUESS),
    any(Kind::MemberRetargeted, Compatible, Level::None, "shape names are not on the wire; differences between the two shapes are listed as well"),
    any(Kind::ShapeRenamed, Compatible, Level::None, "shape names are not on the wire"),
    any(Kind::ShapeAdded, Compatible, Level::None, "the members that lead to it are listed"),
    any(Kind::ShapeRemoved, Compatible, Level::None, "the members that led to it are listed"),
    any(Kind::UnreachedShapeChanged, Compatible, Level::None, "no operation reaches it"),
    on(Request, Kind::UnionMemberAdded, Compatible, Minor, "no client sends it yet; unions are non-exhaustive"),
    on(Response, Kind::UnionMemberAdded, Compatible, Minor, "a client in the field reads it as unknown; unions are non-exhaustive"),
    on(Request, Kind::UnionMemberRemoved, Breaking, Major, "the service ignores it when a client sends it; the variant is removed"),
    on(Response, Kind::UnionMemberRemoved, Compatible, Major, "a client that handles it never receives it; the variant is removed"),

    // Enums.
    on(Request, Kind::EnumValueAdded, Compatible, Minor, "no client sends it yet; enums are non-exhaustive"),
    on(Response, Kind::EnumValueAdded, Compatible, Minor, "a client in the field reads it as an unknown value; enums are non-exhaustive"),
    on(Request, Kind::EnumValueRemoved, Breaking, Major, "the service refuses it when a client sends it; the variant is removed"),
    on(Response, Kind::EnumValueRemoved, Compatible, Major, "a client that handles it never receives it; the variant is removed"),
    any(Kind::EnumValueRenamed, Compatible, Level::None, GUESS),
    any(Kind::EnumNameChanged, Compatible, Major, "the value on the wire is the same; the variant has another name"),
    any(Kind::EnumReordered, Compatible, Level::None, "the order of values has no meaning on the wire or in the crate"),
    on(Request, Kind::EnumIntroduced, Breaking, Major, "the service refuses values that are not named; the value gets its own type"),
    on(Response, Kind::EnumIntroduced, Compatible, Major, "the value is still text on the wire; it gets its own type"),
    any(Kind::EnumDropped, Compatible, Major, "the value is still text on the wire; its own type is removed"),

    // Types.
    any(Kind::TypeChanged, Breaking, Level::None, "the value has another form on the wire"),
    on(Request, Kind::NumberWidened, Compatible, Level::None, "every number that was sent can still be"),
    on(Response, Kind::NumberWidened, Breaking, Level::None, "a reply may hold a number that is too large for a client in the field"),
    on(Request, Kind::NumberNarrowed, Breaking, Level::None, "a number that a client in the field sends may be too large"),
    on(Response, Kind::NumberNarrowed, Compatible, Level::None, "a client in the field can hold every number"),

    // Presence.
    on(Request, Kind::BecameRequired, Breaking, Level::None, "the service refuses a request without it"),
    on(Response, Kind::BecameRequired, Compatible, Level::None, "it was optional in replies and is always present now"),
    on(Request, Kind::BecameOptional, Compatible, Level::None, "it was required in requests and is optional now"),
    on(Response, Kind::BecameOptional, Breaking, Level::None, "a client that relies on it may miss it"),
    any(Kind::DefaultAdded, Compatible, Level::None, "an absent value has a meaning now"),
    on(Request, Kind::DefaultRemoved, Compatible, Level::None, "the service decides on an absent value, as before"),
    on(Response, Kind::DefaultRemoved, Breaking, Level::None, "a client in the field reads an absent value as the old default"),
    any(Kind::DefaultChanged, Breaking, Level::None, "an absent value has another meaning now"),
    any(Kind::ClientOptionalAdded, Compatible, Level::None, "only regenerated clients treat it as optional"),
    any(Kind::ClientOptionalRemoved, Compatible, Level::None, "only regenerated clients rely on it"),
    on(Request, Kind::SparseAdded, Compatible, Level::None, "no client sends null yet"),
    on(Response, Kind::SparseAdded, Breaking, Level::None, "a reply may hold null where a client in the field expects a value"),
    on(Request, Kind::SparseRemoved, Breaking, Level::None, "the service refuses null when a client sends it"),
    on(Response, Kind::SparseRemoved, Compatible, Level::None, "replies do not hold null any more"),

    // Constraints. The crate checks them when a call is made, so code compiles as before.
    on(Request, Kind::ConstraintTightened, Breaking, Level::None, "the service may refuse a value that it accepted"),
    on(Request, Kind::ConstraintRelaxed, Compatible, Level::None, "the service still accepts every value that it accepted"),
    on(Request, Kind::PatternChanged, Compatible, Level::None, "services rewrite patterns more often than they tighten them; compare the two"),
    any(Kind::ConstraintTightened, Compatible, Level::None, "clients do not check replies"),
    any(Kind::ConstraintRelaxed, Compatible, Level::None, "clients do not check replies"),
    any(Kind::PatternChanged, Compatible, Level::None, "clients do not check replies"),

    // The wire.
    any(Kind::WireNameChanged, Breaking, Level::None, "one side expects a name that the other side does not write"),
    any(Kind::RustNameChanged, Compatible, Major, "the name is only in the crate"),
    any(Kind::TimestampFormatChanged, Breaking, Level::None, "one side writes timestamps in a form that the other side does not read"),
    any(Kind::BindingChanged, Breaking, Level::None, "one side expects the value in another place than where the other side puts it"),
    any(Kind::UnusedBindingChanged, Compatible, Level::None, "the AWS JSON protocols put everything into the body of a POST to `/`"),
    any(Kind::StreamingChanged, Breaking, Major, "a stream is read and written differently from a value"),
    any(Kind::HostChanged, Breaking, Level::None, "a client in the field sends requests to the old host"),
    any(Kind::ProtocolAdded, Compatible, Level::None, "the service still speaks the others"),
    any(Kind::ProtocolRemoved, Breaking, Level::None, "the service does not understand a client that speaks it"),
    any(Kind::TargetPrefixChanged, Breaking, Level::None, "requests are addressed with it"),
    any(Kind::SigningNameChanged, Breaking, Level::None, "the service refuses signatures made with the old name"),
    any(Kind::AuthAdded, Compatible, Level::None, "the other schemes still work"),
    any(Kind::AuthRemoved, Breaking, Level::None, "the service may refuse calls that use it"),
    any(Kind::EndpointPrefixChanged, Breaking, Level::None, "a client in the field sends requests to the old host names"),
    any(Kind::EndpointRulesChanged, Compatible, Level::None, "a client in the field follows the rules it was made with; the model does not say whether their hosts stay"),
    any(Kind::ServiceIdChanged, Compatible, Level::None, "it names the client and its settings and is not on the wire"),
    any(Kind::ServiceVersionChanged, Compatible, Level::None, "it is not on the wire"),

    // Behaviour and words.
    any(Kind::IdempotencyTokenAdded, Compatible, Level::None, "the client fills it in if the caller does not"),
    any(Kind::IdempotencyTokenRemoved, Compatible, Level::None, "the service still accepts the member; the client does not fill it in any more"),
    any(Kind::SensitiveAdded, Compatible, Level::None, "only `Debug` prints less"),
    any(Kind::SensitiveRemoved, Compatible, Level::None, "only `Debug` prints more"),
    any(Kind::Deprecated, Compatible, Minor, "it still works; Semantic Versioning asks for a minor version when something is deprecated"),
    any(Kind::Undeprecated, Compatible, Level::None, "it still works"),
    any(Kind::RepeatabilityChanged, Compatible, Level::None, "it decides whether a client retries, not what it sends"),
    any(Kind::PaginatorAdded, Compatible, Minor, "requests and replies are the same; the crate gains a paginator"),
    any(Kind::PaginatorRemoved, Compatible, Major, "requests and replies are the same; the paginator is removed"),
    any(Kind::PaginatorExtended, Compatible, Minor, "requests and replies are the same; the paginator gains a method"),
    any(Kind::PaginatorChanged, Compatible, Major, "requests and replies are the same; the paginator's methods or its items may have other types"),
    any(Kind::WaiterAdded, Compatible, Minor, "requests and replies are the same; the crate gains a waiter"),
    any(Kind::WaiterRemoved, Compatible, Major, "requests and replies are the same; the waiter is removed"),
    any(Kind::WaiterChanged, Compatible, Level::None, "requests and replies are the same; it decides when a wait ends"),
    any(Kind::TraitAdded, Compatible, Level::None, "it does not affect requests and replies of the AWS JSON protocols"),
    any(Kind::TraitRemoved, Compatible, Level::None, "it did not affect requests and replies of the AWS JSON protocols"),
    any(Kind::TraitChanged, Compatible, Level::None, "it does not affect requests and replies of the AWS JSON protocols"),
    any(Kind::DocumentationChanged, Compatible, Level::None, "documentation is not on the wire"),
];

#[cfg(test)]
mod tests;
