use super::{File, Profiles, Section, Sections, parse};
use crate::config::Environment;
use crate::testing::Folder;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

fn text<'a>(section: Option<&'a Section>, key: &str) -> Option<&'a str> {
    section?.get(key).map(|value| value.text.as_str())
}

fn config(text: &str) -> Sections {
    parse(text, "config", File::Config).unwrap()
}

/// What a file makes of the profile `foo`: its keys and values.
fn foo(file: &str) -> BTreeMap<String, String> {
    let sections = config(file);
    let values = sections.profiles.get("foo").map(|section| &section.values);
    values.into_iter().flatten().map(|(key, value)| (key.clone(), value.text.clone())).collect()
}

#[track_caller]
fn refusal(text: &str) -> String {
    let line = parse(text, "config", File::Config).unwrap_err().to_string();
    assert!(!line.contains("SECRET") && !line.contains(char::is_control), "{line}");
    line
}

#[test]
fn properties_are_read_as_the_guide_has_them() {
    let cases: [(&str, &[(&str, &str)]); 22] = [
        ("[profile foo]", &[]),
        ("[profile foo]\nname = value", &[("name", "value")]),
        ("[profile foo]\r\nname = value\r\n", &[("name", "value")]),
        ("\u{feff}[profile foo]\nname = value", &[("name", "value")]),
        ("[profile foo]\nname = val=ue", &[("name", "val=ue")]),
        ("[profile foo]\nname = 🐱", &[("name", "🐱")]),
        ("[profile foo]\nname \t=  \tvalue \t\nother=1", &[("name", "value"), ("other", "1")]),
        ("[profile foo]\nname =", &[("name", "")]),
        ("[profile foo]\nNaMe = Value", &[("name", "Value")]),
        ("\t \n[profile foo]\n\t\n \nname = value\n\t \n", &[("name", "value")]),
        ("# c\n; c\n  # c\n[profile foo] # c\nname = value # c # d\nother = v ; c", &[("name", "value"), ("other", "v")]),
        ("[profile foo]; c\nname = value; no\nother = value# no", &[("name", "value; no"), ("other", "value# no")]),
        ("[profile foo]\nname = a#b #c", &[("name", "a#b")]),
        ("[profile foo]\nname = value\n -continued\n\t and more # too", &[("name", "value\n-continued\nand more # too")]),
        ("[profile foo]\nname = value\n  # a comment\n more", &[("name", "value\nmore")]),
        ("[profile foo]\nname = value\n[profile foo]\nother = 1", &[("name", "value"), ("other", "1")]),
        ("[profile foo]\nname = value\nname = later", &[("name", "later")]),
        ("[profile foo]\nName = value\n[profile foo]\nname = later", &[("name", "later")]),
        ("[profile foo]\nname = 1\n[profile bar]\nname = 2\n[plugins]\nname = 3", &[("name", "1")]),
        ("[   profile \t foo \t]\nname = value", &[("name", "value")]),
        ("[profile \"foo\"]\nname = value\n[profile 'foo']\nother = 1", &[("name", "value"), ("other", "1")]),
        ("[foo]\nname = value\n[profilefoo]\nname = value\n[profile]\nname = 1", &[]),
    ];
    for (file, expected) in cases {
        let expected: BTreeMap<_, _> = expected.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
        assert_eq!(foo(file), expected, "{file}");
    }
}

#[test]
fn names_of_profiles() {
    let names = |text: &str, kind| parse(text, "file", kind).unwrap().profiles.into_keys().collect::<Vec<_>>();
    let odd = "[profile some-thing:long/the_one%only.foo@bar+]\n[profile \"my profile\"]\n[profile \"open]\n[profile \"a\" \"b\"]\n[profile in valid]";
    assert_eq!(names(odd, File::Config), ["my profile", "some-thing:long/the_one%only.foo@bar+"]);
    assert_eq!(
        names("[default]\n[ foo ]\n[my profile]\n[\"bar\"]\n[profile no]\n[sso-session no]", File::Credentials),
        ["bar", "default", "foo", "my profile"]
    );
}

#[test]
fn the_default_profile_with_a_prefix_takes_the_place_of_the_one_without() {
    for file in ["[profile default]\na = 1\n[default]\na = 2\nb = 2", "[default]\na = 2\nb = 2\n[profile default]\na = 1"] {
        let default = config(file).profiles.remove("default");
        assert_eq!((text(default.as_ref(), "a"), text(default.as_ref(), "b")), (Some("1"), None), "{file}");
    }
    let default = config("[default]\na = 1\n[default]\nb = 2").profiles.remove("default");
    assert_eq!((text(default.as_ref(), "a"), text(default.as_ref(), "b")), (Some("1"), Some("2")));
}

#[test]
fn sessions_and_services_are_sections_of_their_own() {
    let file = "[default]\nsso_session = dev\nservices = local\n[sso-session dev]\nsso_region = eu-west-1\n[services local]\ns3 =\n  \
                endpoint_url = http://s3\nCodeBuild =\n\n\tEndpoint_URL = http://cb/?a=b # c\n\n  # c\n\tother =\nname = x";
    let sections = config(file);
    assert_eq!(text(sections.sso_sessions.get("dev"), "sso_region"), Some("eu-west-1"));
    let services = &sections.services["local"];
    let url = services.nested("codebuild", "endpoint_url").unwrap();
    assert_eq!((url.text.as_str(), url.at.to_string().as_str()), ("http://cb/?a=b", "config:11"));
    assert_eq!(services.nested("s3", "endpoint_url").map(|value| value.text.as_str()), Some("http://s3"));
    assert_eq!(text(Some(services), "name"), Some("x"));
    assert_eq!((services.nested("codebuild", "other"), services.nested("name", "x"), services.nested("none", "x")), (None, None, None));
    assert_eq!(services.get("codebuild"), None);
    assert_eq!(services.at().to_string(), "config:6");
    assert!(sections.profiles.keys().eq(["default"]));
}

#[test]
fn what_is_malformed_is_said_with_its_line_and_not_shown() {
    let cases = [
        ("SECRET = SECRET", "config:1: a section such as [default] has to come before the first setting"),
        ("[default]\n\nSECRET : SECRET", "config:3: the line is no setting, which is written key = value"),
        ("[default]\nSECRET # = 1", "config:2: the line is no setting, which is written key = value"),
        ("[default]\n= SECRET", "config:2: there is no key before the '='"),
        ("[profile SECRET", "config:1: the section has no closing ']'"),
        ("[default] SECRET", "config:1: only a comment may follow the section's ']'"),
        ("[ ]", "config:1: the section has no name between '[' and ']'"),
        (" SECRET = 1", "config:1: the line is indented, but there is no setting above it that it could belong to"),
        ("[default]\n SECRET", "config:2: the line is indented, but there is no setting above it that it could belong to"),
        (
            "[default]\na = 1\n[default]\n SECRET",
            "config:4: the line is indented, but there is no setting above it that it could belong to",
        ),
        ("[default]\ns3 =\n SECRET @ s3v4", "config:3: the line is no setting, which is written key = value"),
        ("[default]\ns3 =\n = SECRET", "config:3: there is no key before the '='"),
        ("[plugins]\nSECRET", "config:2: the line is no setting, which is written key = value"),
    ];
    for (file, expected) in cases {
        assert_eq!(refusal(file), expected, "{file}");
    }
}

#[test]
fn both_files_make_a_profile_and_the_credentials_file_counts() {
    let folder = Folder::new()
        .with(".aws/config", "[profile foo]\nregion = eu-west-1\nname = config\n[default]\nregion = us-east-1")
        .with(".aws/credentials", "[foo]\nname = credentials\n[only]\nname = 1\n[sso-session no]\nname = 1");
    for home in ["HOME", "USERPROFILE"] {
        let profiles = Profiles::load(&Environment::fixed([(home, folder.path("")), ("AWS_PROFILE", " foo ".to_owned())])).unwrap();
        assert_eq!(profiles.selected(), "foo");
        let foo = profiles.profile("foo");
        assert_eq!((text(foo, "region"), text(foo, "name")), (Some("eu-west-1"), Some("credentials")));
        assert_eq!(foo.unwrap().get("name").unwrap().at.to_string(), format!("{}:2", folder.path(".aws/credentials")));
        assert_eq!(text(profiles.profile("only"), "name"), Some("1"));
        assert!(profiles.sso_session("no").is_none() && profiles.services("no").is_none());
    }
}

#[test]
fn the_files_are_where_the_variables_say() {
    let folder = Folder::new().with("c", "[default]\na = 1").with("d", "[default]\nb = 2");
    let (home, d) = (folder.path(""), folder.path("d"));
    let variables = [("HOME", home.as_str()), ("AWS_CONFIG_FILE", "~/c"), ("AWS_SHARED_CREDENTIALS_FILE", &d)];
    let profiles = Profiles::load(&Environment::fixed(variables)).unwrap();
    let default = profiles.profile(profiles.selected());
    assert_eq!((text(default, "a"), text(default, "b")), (Some("1"), Some("2")));
    assert_eq!(profiles.files().to_string(), format!("{:?} and {d:?}", Path::new(&home).join("c")));

    let homeless = Profiles::load(&Environment::fixed([("AWS_CONFIG_FILE", "~/c")])).unwrap_err();
    assert_eq!(
        homeless.to_string(),
        "the environment variable AWS_CONFIG_FILE: the path begins with ~, and HOME is not set: set it or write the whole path"
    );
}

#[test]
fn missing_files_are_fine_and_a_missing_profile_is_not() {
    let none: [(&str, &str); 0] = [];
    let profiles = Profiles::load(&Environment::fixed(none)).unwrap();
    assert!(profiles.selected() == "default" && profiles.profile("default").is_none());
    let folder = Folder::new();
    let elsewhere = folder.path("nowhere");
    assert!(Profiles::load(&Environment::fixed([("AWS_CONFIG_FILE", &elsewhere)])).is_ok());

    let missing = |variables: &[(&str, &str)]| Profiles::load(&Environment::fixed(variables.iter().copied())).unwrap_err().to_string();
    assert_eq!(
        missing(&[("AWS_CONFIG_FILE", "/none/a"), ("AWS_SHARED_CREDENTIALS_FILE", "/none/b"), ("AWS_PROFILE", "foo")]),
        "the environment variable AWS_PROFILE: there is no profile \"foo\", neither in \"/none/a\" nor in \"/none/b\": add it or name another one"
    );
    assert_eq!(
        missing(&[("AWS_PROFILE", "default")]),
        "the environment variable AWS_PROFILE: there is no profile \"default\", neither in ~/.aws/config (there is no home directory) nor in \
         ~/.aws/credentials (there is no home directory): add it or name another one"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = Folder::new().with("latin", b"[default]\nname = \xe9\n").with("large", vec![b'\n'; 16 * 1024 * 1024 + 1]);
    let refusal = |file: &str| {
        let error = Profiles::load(&Environment::fixed([("AWS_SHARED_CREDENTIALS_FILE", folder.path(file))])).unwrap_err();
        error.to_string().replace(&format!("{:?}", folder.path(file)), file)
    };
    assert_eq!(refusal("latin"), "latin: line 2 is not valid UTF-8: save the file in that encoding");
    assert_eq!(refusal("large"), "large: the file is larger than 16 MiB, which no file of profiles is");
    assert!(refusal(".aws").starts_with(".aws: the file cannot be read: "), "{}", refusal(".aws"));
}

#[test]
fn debug_shows_no_values() {
    let shown = format!("{:?}", config("[default]\naws_secret_access_key = SECRET\nnested =\n key = SECRET"));
    assert!(shown.contains("aws_secret_access_key") && !shown.contains("SECRET"), "{shown}");
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "([\\[\\]= \t\r\n#;\"'a\u{feff}é]|profile |default){0,40}") {
        for kind in [File::Config, File::Credentials] {
            if let Err(error) = parse(&text, "file", kind) {
                prop_assert!(error.to_string().starts_with("file:"));
            }
        }
    }
}
