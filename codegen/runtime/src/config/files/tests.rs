use super::{File, Profiles, Section, Sections, parse};
use crate::config::Environment;
use crate::testing::Folder;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

fn text<'a>(section: Option<&'a Section>, key: &str) -> Option<&'a str> {
    section?.get(key).map(|value| value.text.as_str())
}

/// The sections of a well-formed config file.
#[track_caller]
fn config(text: &str) -> Sections {
    let sections = parse(text.as_bytes(), "config", File::Config);
    assert_eq!(faults(&sections), [""; 0], "{text}");
    sections
}

/// The errors of a file's sections.
fn faults(sections: &Sections) -> Vec<String> {
    let Sections { profiles, sso_sessions, services, .. } = sections;
    let all = profiles.values().chain(sso_sessions.values()).chain(services.values());
    all.filter_map(Section::fault).map(ToString::to_string).collect()
}

/// The keys and values of the profile `foo` in a file.
fn foo(file: &str) -> BTreeMap<String, String> {
    let sections = config(file);
    let Some(section) = sections.profiles.get("foo") else { return BTreeMap::new() };
    let value = |key: &str| text(Some(section), key).unwrap_or_default().to_owned();
    section.values.iter().map(|(key, _)| (key.clone(), value(key))).collect()
}

#[test]
fn settings_are_read_as_the_guide_and_botocore_have_them() {
    let cases: [(&str, &[(&str, &str)]); 34] = [
        ("[profile foo]", &[]),
        ("[profile foo]\nname = value", &[("name", "value")]),
        ("[profile foo]\r\nname = value\r\n", &[("name", "value")]),
        ("[profile foo]\rname = value\rother = 1", &[("name", "value"), ("other", "1")]),
        ("\u{feff}[profile foo]\nname = value", &[("name", "value")]),
        ("[profile foo]\nname = val=ue:1", &[("name", "val=ue:1")]),
        ("[profile foo]\nname: value\nother : a=b", &[("name", "value"), ("other", "a=b")]),
        ("[profile foo]\nname = 🐱", &[("name", "🐱")]),
        ("[profile foo]\nname \t=  \tvalue \t\nother=1", &[("name", "value"), ("other", "1")]),
        ("[profile foo]\u{3000}\nname\u{a0}=\u{2003}value\u{a0}\u{1f}", &[("name", "value")]),
        ("[profile foo]\nname =", &[("name", "")]),
        ("[profile foo]\nNaMe = Value", &[("name", "Value")]),
        ("\t \n[profile foo]\n\t\n \nname = value\n\t \n", &[("name", "value")]),
        ("[profile foo]\n  name = value\n  other = 1", &[("name", "value"), ("other", "1")]),
        ("  [profile foo]\n  name = value\n   more\n other = 1", &[("name", "value\nmore"), ("other", "1")]),
        ("[profile foo]\n    name = value\n  other = 1\n   more", &[("name", "value"), ("other", "1\nmore")]),
        ("# c\n; c\n  # c\n[profile foo] # c\nname = value # c # d\nother = v ; c", &[("name", "value"), ("other", "v")]),
        ("[profile foo]; c\nname = value; no\nother = value# no", &[("name", "value; no"), ("other", "value# no")]),
        ("[profile foo] and more\nname = a#b #c", &[("name", "a#b")]),
        ("[profile foo] # see [1]\nname = 1", &[("name", "1")]),
        ("[profile foo]\nname = # c\nother =# no", &[("name", ""), ("other", "# no")]),
        ("[profile foo]\nname = sh -c 'a # b; c' \"d ; e\" # c", &[("name", "sh -c 'a # b; c' \"d ; e\"")]),
        ("[profile foo]\nname = \"a \\\" # b\" # c\nother = it's # c", &[("name", "\"a \\\" # b\""), ("other", "it's")]),
        ("[profile foo]\nname = value\n -continued\n\t and more # too", &[("name", "value\n-continued\nand more # too")]),
        ("[profile foo]\nname = value\n\n  # a comment\n more\n\n", &[("name", "value\n\nmore")]),
        ("[profile foo]\nname = value\n[profile foo]\nother = 1", &[("name", "value"), ("other", "1")]),
        ("[profile foo]\nname = value\nname = later", &[("name", "later")]),
        ("[profile foo]\nname = value\nname =", &[("name", "value")]),
        ("[profile foo]\nName = value\n[profile foo]\nname = later", &[("name", "later")]),
        ("[profile foo]\nname = 1\n[profile bar]\nname = 2\n[plugins]\nname = 3", &[("name", "1")]),
        ("[   profile \t foo \t]\nname = value", &[("name", "value")]),
        ("[profile \"foo\"]\nname = value\n[profile 'foo']\nother = 1", &[("name", "value"), ("other", "1")]),
        ("[foo]\nname = value\n[profilefoo]\nname = value\n[profile]\nname = 1", &[]),
        ("[profile foo]\nname = 1\n[DEFAULT]\nname = 2\nother = 3", &[("name", "1"), ("other", "3")]),
    ];
    for (file, expected) in cases {
        let expected: BTreeMap<_, _> = expected.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
        assert_eq!(foo(file), expected, "{file}");
    }
}

#[test]
fn names_of_profiles() {
    let names = |text: &str, kind| parse(text.as_bytes(), "file", kind).profiles.into_keys().collect::<Vec<_>>();
    let odd = "[profile some-thing:long/the_one%only.foo@bar+]\n[profile \"my profile\"]\n[profile \"open]\n[profile \"a\" \"b\"]\n[profile in valid]\n\
               [profile a]b]\n[profile c\\ d]";
    assert_eq!(names(odd, File::Config), ["a]b", "c d", "my profile", "some-thing:long/the_one%only.foo@bar+"]);
    assert_eq!(
        names("[default]\n[ foo ]\n[my profile]\n[\"bar\"]\n[profile no]\n[sso-session no]\n[DEFAULT]", File::Credentials),
        ["bar", "default", "foo", "my profile"]
    );
}

#[test]
fn profile_default_replaces_default() {
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
                endpoint_url = http://s3\nCodeBuild = # c\n\n\tEndpoint_URL = http://cb/?a=b # c\n\n  # c\n\tother =\n\t= odd\nname = x";
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
fn a_malformed_line_is_an_error_of_its_section_and_not_shown() {
    let no_setting = "expected \"name = value\", found a line without '='";
    let cases = [
        ("SECRET = SECRET", "config:1: a section such as [default] has to come before the first setting"),
        ("[profile a]\nname = 1\n[default]\n\nSECRET SECRET", &format!("config:5: {no_setting}")),
        ("[default]\nSECRET # SECRET\nSECRET", &format!("config:2: {no_setting}")),
        ("[default]\n= SECRET\n[profile a]", "config:2: expected \"name = value\", found nothing before the '='"),
        ("[default]\n[profile SECRET\nname = 1", "config:2: the section has no closing ']'"),
        ("[default]\n SECRET", &format!("config:2: {no_setting}")),
        ("[default]\na = 1\n[default]\n SECRET", &format!("config:4: {no_setting}")),
        ("[default]\ns3 =\n  a = 1\n SECRET @ s3v4", &format!("config:4: {no_setting}")),
        ("[sso-session a]\nSECRET\n[default]", &format!("config:2: {no_setting}")),
    ];
    for (file, expected) in cases {
        assert_eq!(faults(&parse(file.as_bytes(), "config", File::Config)), [expected], "{file}");
    }
    assert_eq!(faults(&parse(b"[plugins]\nSECRET\n[]\nSECRET\n[default]\nname = 1", "config", File::Config)), [""; 0]);
    let inherited = parse(b"[DEFAULT]\nSECRET\n[default]\n[profile a]", "config", File::Config);
    assert_eq!(faults(&inherited), [format!("config:2: {no_setting}"), format!("config:2: {no_setting}")]);
    let latin = parse(b"# caf\xe9\n[default]\nname = 1\n[profile a]\nname = caf\xe9\n", "config", File::Config);
    assert_eq!(faults(&latin), ["config:5: the line is not valid UTF-8: save the file in that encoding"]);
}

#[test]
fn malformed_sections_that_are_not_used_are_ignored() {
    let folder = Folder::new().with("config", "[default]\nservices = a\n[profile bad]\nregion\n[sso-session a]\nx\n[services a]\nx");
    let load = |profile: &str| {
        Profiles::load(&Environment::fixed([("AWS_CONFIG_FILE", folder.path("config")), ("AWS_PROFILE", profile.to_owned())]))
    };
    let fault = |line| format!("{}:{line}: expected \"name = value\", found a line without '='", folder.path("config"));
    assert_eq!(load("bad").unwrap_err().to_string(), fault(4));
    let profiles = load("default").unwrap();
    assert!(profiles.selected_profile().is_some());
    assert_eq!(profiles.profile("bad").unwrap_err().to_string(), fault(4));
    assert_eq!(profiles.sso_session("a").unwrap_err().to_string(), fault(6));
    assert_eq!(profiles.services("a").unwrap_err().to_string(), fault(8));
    assert_eq!(profiles.profile("missing"), Ok(None));
}

#[test]
fn a_profile_in_the_other_files_form_gets_a_hint() {
    let folder = Folder::new().with("config", "[other]\n[my profile]\n").with("credentials", "\n[profile foo]\n");
    let (config, credentials) = (folder.path("config"), folder.path("credentials"));
    let load = |profile: &str| {
        let variables = [("AWS_CONFIG_FILE", &*config), ("AWS_SHARED_CREDENTIALS_FILE", &credentials), ("AWS_PROFILE", profile)];
        Profiles::load(&Environment::fixed(variables)).unwrap_err().to_string()
    };
    let missing = |name: &str| {
        format!("the environment variable AWS_PROFILE: there is no profile {name:?}, neither in {config:?} nor in {credentials:?}")
    };
    assert_eq!(load("other"), format!("{}: {config}:1 has [other], which has to be [profile other] in this file", missing("other")));
    assert_eq!(
        load("my profile"),
        format!("{}: {config}:2 has [\"my profile\"], which has to be [profile \"my profile\"] in this file", missing("my profile"))
    );
    assert_eq!(load("foo"), format!("{}: {credentials}:2 has [profile foo], which has to be [foo] in this file", missing("foo")));
}

#[test]
fn the_credentials_file_overrides_the_config_file() {
    let folder = Folder::new()
        .with(".aws/config", "[profile foo]\nregion = eu-west-1\nname = config\n[default]\nregion = us-east-1")
        .with(".aws/credentials", "[foo]\nname = credentials\nregion =\n[only]\nname = 1\n[sso-session no]\nname = 1");
    for home in ["HOME", "USERPROFILE"] {
        let profiles = Profiles::load(&Environment::fixed([(home, folder.path("")), ("AWS_PROFILE", " foo ".to_owned())])).unwrap();
        assert_eq!(profiles.selected(), "foo");
        let foo = profiles.profile("foo").unwrap();
        assert_eq!((text(foo, "region"), text(foo, "name")), (Some("eu-west-1"), Some("credentials")));
        assert_eq!(foo.unwrap().get("name").unwrap().at.to_string(), format!("{}:2", folder.path(".aws/credentials")));
        assert_eq!(text(profiles.profile("only").unwrap(), "name"), Some("1"));
        assert_eq!((profiles.sso_session("no"), profiles.services("no")), (Ok(None), Ok(None)));
    }
}

#[test]
fn variables_name_the_files() {
    let folder = Folder::new().with("c", "[default]\na = 1").with("d", "[default]\nb = 2");
    let (home, d) = (folder.path(""), folder.path("d"));
    let variables = [("HOME", home.as_str()), ("AWS_CONFIG_FILE", "~/c"), ("AWS_SHARED_CREDENTIALS_FILE", &d)];
    let profiles = Profiles::load(&Environment::fixed(variables)).unwrap();
    let default = profiles.selected_profile();
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
    assert!(profiles.selected() == "default" && profiles.selected_profile().is_none());
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
fn a_named_file_that_cannot_be_read_is_an_error() {
    let folder = Folder::new()
        .with("latin", b"[default]\nname = \xe9\n")
        .with("utf16", b"\xff\xfe[\0d\0e\0f\0a\0u\0l\0t\0]\0")
        .with("large", vec![b'\n'; 16 * 1024 * 1024 + 1])
        .with(".aws/config", "");
    let refusal = |file: &str| {
        let error = Profiles::load(&Environment::fixed([("AWS_SHARED_CREDENTIALS_FILE", folder.path(file))])).unwrap_err();
        error.to_string().replace(&format!("{:?}", folder.path(file)), file).replace(&folder.path(file), file)
    };
    assert_eq!(refusal("latin"), "latin:2: the line is not valid UTF-8: save the file in that encoding");
    assert_eq!(refusal("utf16"), "utf16: the file is UTF-16: save it as UTF-8");
    assert_eq!(refusal("large"), "large: the file cannot be read: it is larger than 16 MiB");
    assert!(refusal(".aws").starts_with(".aws: the file cannot be read: "), "{}", refusal(".aws"));
}

#[test]
fn a_file_at_its_default_place_that_cannot_be_read_counts_as_absent() {
    // The one path is a folder, and the parent folder of the other is a file.
    let folder = Folder::new().with(".aws/config/file", "").with(".aws/credentials", "[default]\nregion = eu-west-1").with("home", "");
    let profiles = Profiles::load(&Environment::fixed([("HOME", folder.path(""))])).unwrap();
    assert_eq!(text(profiles.selected_profile(), "region"), Some("eu-west-1"));
    let files = profiles.files().to_string();
    assert!(files.starts_with(&format!("{:?} (which cannot be read: ", Path::new(&folder.path("")).join(".aws/config"))), "{files}");
    assert!(files.ends_with(&format!("and {:?}", Path::new(&folder.path("")).join(".aws/credentials"))), "{files}");

    let beneath_a_file = Environment::fixed([("HOME", folder.path("home"))]);
    assert!(Profiles::load(&beneath_a_file).unwrap().selected_profile().is_none());
    let named = beneath_a_file.with("AWS_CONFIG_FILE", "~/.aws/config");
    #[cfg(unix)]
    assert!(Profiles::load(&named).unwrap_err().to_string().contains(": the file cannot be read: "));
    drop(named);
}

#[test]
fn debug_shows_no_values() {
    let shown = format!("{:?}", config("[default]\naws_secret_access_key = SECRET\nnested =\n key = SECRET"));
    assert!(shown.contains("aws_secret_access_key") && !shown.contains("SECRET"), "{shown}");
}

proptest! {
    #[test]
    fn any_text_is_parsed_without_a_panic(text in "([\\[\\]= \t\r\n#;:\"'a\u{feff}é]|profile |default|DEFAULT){0,40}") {
        for kind in [File::Config, File::Credentials] {
            for fault in faults(&parse(text.as_bytes(), "file", kind)) {
                prop_assert!(fault.starts_with("file:"));
            }
        }
    }
}
