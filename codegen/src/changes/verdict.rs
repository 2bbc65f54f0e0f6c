//! What each kind of difference means: one table, each row with its reason.
//!
//! Two questions are answered. `wire`: does a client in the field, made from the earlier model, still work? `crate`: does code that uses the
//! regenerated crate still compile? The second answer is what this generator really emits: its types and enums are non-exhaustive, builders
//! of inputs take everything as optional, constraints and required members of inputs are checked when a call is made and not by the
//! compiler. A difference that changes the signature of something that exists already is `major` whatever its row says ([`SIGNATURE`]).

use super::{Direction, Kind, Level, Wire};
use Direction::{Request, Response};
use Level::{Major, Minor};
use Wire::{Breaking, Compatible};

/// The reason why a difference is `major` whose row asks for less.
pub(super) const SIGNATURE: &str = "the type or the signature of something that the crate has already is another one";

/// What a kind of difference means in one direction, or in any.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) kind: Kind,
    /// The direction the row is about; none for every direction, and for what has none.
    pub(super) direction: Option<Direction>,
    pub(super) wire: Wire,
    pub(super) level: Level,
    pub(super) reason: &'static str,
}

/// The row for a kind in a direction.
pub(super) fn row(kind: Kind, direction: Option<Direction>) -> &'static Row {
    let fits = |row: &&Row| row.kind == kind && (row.direction.is_none() || row.direction == direction);
    // A kind without a row would be a hole in the table, which a test looks for; until it is mended, the worst is assumed.
    TABLE.iter().find(fits).unwrap_or(&UNKNOWN)
}

static UNKNOWN: Row = any(Kind::TypeChanged, Breaking, Major, "nothing is known of this kind of difference");

const fn any(kind: Kind, wire: Wire, level: Level, reason: &'static str) -> Row {
    Row { kind, direction: None, wire, level, reason }
}

const fn on(direction: Direction, kind: Kind, wire: Wire, level: Level, reason: &'static str) -> Row {
    Row { kind, direction: Some(direction), wire, level, reason }
}

/// Names that resemble each other prove nothing, so a guess never decides.
const GUESS: &str = "this is a guess; the removal and the addition say what it means";

/// The table. A row for a direction stands before one for every direction.
#[rustfmt::skip]
pub(super) static TABLE: &[Row] = &[
    // Operations.
    any(Kind::OperationAdded, Compatible, Minor, "nobody calls it yet; the client gains a method"),
    any(Kind::OperationRemoved, Breaking, Major, "calls of it fail, and its method and types are gone"),
    any(Kind::OperationRenamed, Compatible, Level::None, GUESS),
    any(Kind::InputAdded, Compatible, Level::None, "an empty request has no members to leave out; what is required is a difference of its own"),
    any(Kind::InputRemoved, Compatible, Level::None, "services skip members that they do not know; each is a difference of its own"),
    any(Kind::InputRetargeted, Compatible, Level::None, "names of structures are not on the wire, and the crate names inputs after operations"),
    any(Kind::OutputAdded, Compatible, Level::None, "what a client does not know in a reply, it skips"),
    any(Kind::OutputRemoved, Compatible, Level::None, "each member that comes no more is a difference of its own"),
    any(Kind::OutputRetargeted, Compatible, Level::None, "names of structures are not on the wire, and the crate names outputs after operations"),
    any(Kind::ErrorAdded, Compatible, Minor, "a client in the field takes it for an error without a name; the operation's error enum is non-exhaustive"),
    any(Kind::ErrorRemoved, Compatible, Major, "a client waits for what comes no more, in vain but without harm; the variant is gone"),
    any(Kind::ErrorRenamed, Compatible, Level::None, GUESS),
    any(Kind::ErrorChanged, Compatible, Level::None, "a client knows an error by its name, not by its class or status"),
    any(Kind::ErrorMessageChanged, Compatible, Level::None, "AWS sends a message with every error, and the crate has it in any case"),

    // Members and shapes.
    any(Kind::MemberAdded, Compatible, Minor, "it may be left out, and what is not known is skipped; structures are non-exhaustive"),
    on(Request, Kind::RequiredMemberAdded, Breaking, Minor, "a client in the field does not send it; code compiles and is told so when it calls"),
    on(Response, Kind::RequiredMemberAdded, Compatible, Minor, "what is not known is skipped; structures are non-exhaustive"),
    on(Request, Kind::MemberRemoved, Compatible, Major, "services skip members that they do not know; the accessors and setters are gone"),
    on(Response, Kind::MemberRemoved, Breaking, Major, "a client waits for what comes no more; the accessors and setters are gone"),
    any(Kind::MemberRenamed, Compatible, Level::None, GUESS),
    any(Kind::MemberRetargeted, Compatible, Level::None, "names of shapes are not on the wire; what the shapes say differently is a difference of its own"),
    any(Kind::ShapeRenamed, Compatible, Level::None, "names of shapes are not on the wire"),
    any(Kind::ShapeAdded, Compatible, Level::None, "how it is reached is a difference of its own"),
    any(Kind::ShapeRemoved, Compatible, Level::None, "how it is lost is a difference of its own"),
    any(Kind::UnreachedShapeChanged, Compatible, Level::None, "no operation reaches it"),
    on(Request, Kind::UnionMemberAdded, Compatible, Minor, "nobody sends it yet; unions are non-exhaustive"),
    on(Response, Kind::UnionMemberAdded, Compatible, Minor, "a client in the field reads it as unknown; unions are non-exhaustive"),
    on(Request, Kind::UnionMemberRemoved, Breaking, Major, "a client that sends it says nothing any more; the variant is gone"),
    on(Response, Kind::UnionMemberRemoved, Compatible, Major, "what comes no more hurts nobody who reads; the variant is gone"),

    // Enums.
    on(Request, Kind::EnumValueAdded, Compatible, Minor, "nobody sends it yet; enums are non-exhaustive"),
    on(Response, Kind::EnumValueAdded, Compatible, Minor, "news: a client in the field reads it as unknown; enums are non-exhaustive"),
    on(Request, Kind::EnumValueRemoved, Breaking, Major, "a client that sends it is refused; the variant is gone"),
    on(Response, Kind::EnumValueRemoved, Compatible, Major, "what comes no more hurts nobody who reads; the variant is gone"),
    any(Kind::EnumValueRenamed, Compatible, Level::None, GUESS),
    any(Kind::EnumNameChanged, Compatible, Major, "the value on the wire is the same; the variant goes by another name"),
    any(Kind::EnumReordered, Compatible, Level::None, "the order of values means nothing, on the wire or in the crate"),
    on(Request, Kind::EnumIntroduced, Breaking, Major, "other values than the named ones are refused; the value has a type of its own"),
    on(Response, Kind::EnumIntroduced, Compatible, Major, "text stays text on the wire; the value has a type of its own"),
    any(Kind::EnumDropped, Compatible, Major, "text stays text on the wire; the value's own type is gone"),

    // Types.
    any(Kind::TypeChanged, Breaking, Level::None, "the value is written in another way"),
    on(Request, Kind::NumberWidened, Compatible, Level::None, "every number that was sent can still be"),
    on(Response, Kind::NumberWidened, Breaking, Level::None, "a number may come that a client in the field cannot hold"),
    on(Request, Kind::NumberNarrowed, Breaking, Level::None, "a number that was sent may be too large now"),
    on(Response, Kind::NumberNarrowed, Compatible, Level::None, "every number that comes can be held"),

    // Presence.
    on(Request, Kind::BecameRequired, Breaking, Level::None, "a client that leaves it out is refused"),
    on(Response, Kind::BecameRequired, Compatible, Level::None, "what may have come always comes now"),
    on(Request, Kind::BecameOptional, Compatible, Level::None, "what had to be sent may be"),
    on(Response, Kind::BecameOptional, Breaking, Level::None, "a client counts on what may be missing now"),
    any(Kind::DefaultAdded, Compatible, Level::None, "what is left out has a value now"),
    on(Request, Kind::DefaultRemoved, Compatible, Level::None, "what is left out is left to the service, as before"),
    on(Response, Kind::DefaultRemoved, Breaking, Level::None, "a client in the field reads what is missing as the old default"),
    any(Kind::DefaultChanged, Breaking, Level::None, "what is left out means something else now"),
    any(Kind::ClientOptionalAdded, Compatible, Level::None, "only clients made from now on take it for optional"),
    any(Kind::ClientOptionalRemoved, Compatible, Level::None, "only clients made from now on count on it"),
    on(Request, Kind::SparseAdded, Compatible, Level::None, "nobody sends null yet"),
    on(Response, Kind::SparseAdded, Breaking, Level::None, "null may come where a client in the field expects a value"),
    on(Request, Kind::SparseRemoved, Breaking, Level::None, "a client that sends null is refused"),
    on(Response, Kind::SparseRemoved, Compatible, Level::None, "null comes no more"),

    // Constraints. The crate checks them when a call is made, so code compiles as before.
    on(Request, Kind::ConstraintTightened, Breaking, Level::None, "a value that was accepted may be refused"),
    on(Request, Kind::ConstraintRelaxed, Compatible, Level::None, "every value that was accepted still is"),
    on(Request, Kind::PatternChanged, Compatible, Level::None, "services respell patterns far more often than they tighten them; look at the two"),
    any(Kind::ConstraintTightened, Compatible, Level::None, "no client checks what it receives"),
    any(Kind::ConstraintRelaxed, Compatible, Level::None, "no client checks what it receives"),
    any(Kind::PatternChanged, Compatible, Level::None, "no client checks what it receives"),

    // The wire.
    any(Kind::WireNameChanged, Breaking, Level::None, "one side looks for a name that the other does not write"),
    any(Kind::RustNameChanged, Compatible, Major, "only the crate knows the name"),
    any(Kind::TimestampFormatChanged, Breaking, Level::None, "one side writes an instant in a way that the other does not read"),
    any(Kind::BindingChanged, Breaking, Level::None, "one side looks for a value where the other does not put it"),
    any(Kind::UnusedBindingChanged, Compatible, Level::None, "the AWS JSON protocols put everything into the body of a POST to `/`"),
    any(Kind::StreamingChanged, Breaking, Major, "a stream is read and written in another way than a value"),
    any(Kind::HostChanged, Breaking, Level::None, "a client in the field sends to the old host"),
    any(Kind::ProtocolAdded, Compatible, Level::None, "the others are still spoken"),
    any(Kind::ProtocolRemoved, Breaking, Level::None, "a client that speaks it is not understood"),
    any(Kind::TargetPrefixChanged, Breaking, Level::None, "a request is addressed with it"),
    any(Kind::SigningNameChanged, Breaking, Level::None, "a signature made with the old name is refused"),
    any(Kind::AuthAdded, Compatible, Level::None, "what proved who calls still does"),
    any(Kind::AuthRemoved, Breaking, Level::None, "a call that is signed in that way may be refused"),
    any(Kind::EndpointPrefixChanged, Breaking, Level::None, "a client in the field sends to the old host names"),
    any(Kind::EndpointRulesChanged, Compatible, Level::None, "a client in the field follows the rules it was made with; the model does not say whether their hosts stay"),
    any(Kind::ServiceIdChanged, Compatible, Level::None, "it names the client and its settings, and is not on the wire"),
    any(Kind::ServiceVersionChanged, Compatible, Level::None, "a request does not say it"),

    // Behaviour and words.
    any(Kind::IdempotencyTokenAdded, Compatible, Level::None, "the client fills it in where the caller does not"),
    any(Kind::IdempotencyTokenRemoved, Compatible, Level::None, "the member is still taken; the client does not fill it in any more"),
    any(Kind::SensitiveAdded, Compatible, Level::None, "only `Debug` prints less"),
    any(Kind::SensitiveRemoved, Compatible, Level::None, "only `Debug` prints more"),
    any(Kind::Deprecated, Compatible, Minor, "it still works; Semantic Versioning asks for a minor version when something is deprecated"),
    any(Kind::Undeprecated, Compatible, Level::None, "it still works"),
    any(Kind::RepeatabilityChanged, Compatible, Level::None, "it decides what a client repeats after a failure, not what it sends"),
    any(Kind::TraitAdded, Compatible, Level::None, "it says nothing about requests and replies of the AWS JSON protocols"),
    any(Kind::TraitRemoved, Compatible, Level::None, "it said nothing about requests and replies of the AWS JSON protocols"),
    any(Kind::TraitChanged, Compatible, Level::None, "it says nothing about requests and replies of the AWS JSON protocols"),
    any(Kind::DocumentationChanged, Compatible, Level::None, "words"),
];

#[cfg(test)]
mod tests;
