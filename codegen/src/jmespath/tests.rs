use super::*;
use serde_json::json;

/// The tree in brackets, without offsets.
fn shown(expression: &Expression) -> String {
    match &expression.kind {
        Kind::Current => "@".to_owned(),
        Kind::Field(name) => name.clone(),
        Kind::Literal(value) => format!("`{value}`"),
        Kind::Chain(left, right) => format!("({} . {})", shown(left), shown(right)),
        Kind::Index(left, index) => format!("{}[{index}]", shown(left)),
        Kind::Projection(left, over, right) => {
            let over = match over {
                Over::Items => "[*]".to_owned(),
                Over::Values => ".*".to_owned(),
                Over::Flattened => "[]".to_owned(),
                Over::Filtered(condition) => format!("[?{}]", shown(condition)),
                Over::Slice(parts) => format!("{parts:?}"),
            };
            format!("({}{over} {})", shown(left), shown(right))
        }
        Kind::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Kind::Hash(entries) => {
            format!("{{{}}}", entries.iter().map(|(key, value)| format!("{key}: {}", shown(value))).collect::<Vec<_>>().join(", "))
        }
        Kind::Comparison(comparator, left, right) => format!("({} {} {})", shown(left), comparator.sign(), shown(right)),
        Kind::And(left, right) => format!("({} && {})", shown(left), shown(right)),
        Kind::Or(left, right) => format!("({} || {})", shown(left), shown(right)),
        Kind::Not(inside) => format!("!{}", shown(inside)),
        Kind::Call(name, arguments) => format!("{name}({})", arguments.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Kind::Reference(inside) => format!("&{}", shown(inside)),
    }
}

#[track_caller]
fn assert_reads(text: &str, tree: &str) {
    assert_eq!(shown(&parse(text).unwrap_or_else(|fault| panic!("{text}: {}", fault.in_text(text)))), tree, "{text}");
}

#[track_caller]
fn assert_fault(text: &str, fault: &str) {
    assert_eq!(parse(text).expect_err(text).in_text(text), fault, "{text}");
}

#[test]
fn projections_end_at_operators_that_bind_less() {
    assert_reads("Reservations[].Instances[].State.Name", "((Reservations[] Instances)[] (State . Name))");
    assert_reads("a[*].b[0].c | [0]", "((a[*] (b[0] . c)) . @[0])");
    assert_reads("a.*.b", "(a.* b)");
    assert_reads("*.b", "(@.* b)");
    assert_reads("[1:].a", "(@[Some(1), None, None] a)");
}

#[test]
fn filters_comparisons_and_functions_nest() {
    let ecs = "length(services[?!(length(deployments) == `1` && runningCount == desiredCount)]) == `0`";
    let tree = "(length((services[?!((length(deployments) == `1`) && (runningCount == desiredCount))] @)) == `0`)";
    assert_reads(ecs, tree);
    assert_reads(
        "contains(Groups[].[length(Instances[?State=='InService']) >= MinSize][], `false`)",
        "contains(((Groups[] [(length((Instances[?(State == `\"InService\"`)] @)) >= MinSize)])[] @), `false`)",
    );
    assert_reads("sort_by(a, &b.c)[0]", "sort_by(a, &(b . c))[0]");
    assert_reads("a || b && !c", "(a || (b && !c))");
    assert_reads("{a: b, \"c d\": [e, f]}", "{a: b, c d: [e, f]}");
}

#[test]
fn not_binds_more_than_a_dot_as_in_the_reference_implementation() {
    assert_reads("!a.b", "(!a . b)");
    assert_reads("!(a.b)", "!(a . b)");
    assert_reads("!length(a)", "!length(a)");
}

#[test]
fn literals_are_json_or_raw_or_bare_text() {
    let literal = |text: &str| match parse(text).expect(text).kind {
        Kind::Literal(value) => value,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(literal("`[1, \"a\"]`"), json!([1, "a"]));
    assert_eq!(literal("` \"a\\`b\" `"), json!("a`b"));
    assert_eq!(literal("`bare text`"), json!("bare text"));
    assert_eq!(literal(r"'it\'s \n'"), json!(r"it's \n"));
}

#[test]
fn faults_name_their_place_and_what_was_expected() {
    assert_fault("", "at character 1 of the expression: expected an expression, found the end");
    assert_fault("a.", "at character 3 of the expression: expected a name, `*`, `[` or `{` after the dot, found the end");
    assert_fault("a[b]", "at character 3 of the expression: expected a number, `:`, `*` or `]`, found `b`");
    assert_fault("a[?b = 'c']", "at character 6 of the expression: `=` is not an operator; equality is `==`");
    assert_fault("a == 'b", "at character 6 of the expression: the closing ' is missing");
    assert_fault("é", "at character 1 of the expression: 'é' begins nothing in JMESPath; a name with such a character is quoted with `\"`");
    assert_fault("\"é\" b", "at character 5 of the expression: expected the end, found `b`");
    assert_fault("length(a", "at character 9 of the expression: expected `)`, found the end");
    assert_fault("\"length\"(a)", "at character 1 of the expression: a function's name is not quoted");
    assert_fault("&a", "at character 1 of the expression: a reference with `&` is only an argument of a function");
    assert_fault("a[99999999999999999999]", "at character 3 of the expression: the number is too large");
}

#[test]
fn a_long_expression_is_refused_instead_of_exhausting_the_stack() {
    for text in ["(".repeat(100_000), "!".repeat(100_000), format!("a{}", ".a".repeat(100_000)), "[".repeat(100_000)] {
        assert!(parse(&text).is_err_and(|fault| fault.message.contains("too long")), "{}", &text[..9]);
    }
}
