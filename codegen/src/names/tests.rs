use super::*;

#[test]
fn fields_have_the_names_of_the_official_crates() {
    for (member, expected) in [
        ("sha256sum", "sha256_sum"),
        ("md5sum", "md5_sum"),
        ("s3DeepLink", "s3_deep_link"),
        ("cloudWatchLogsArn", "cloud_watch_logs_arn"),
        ("insecureSsl", "insecure_ssl"),
        ("DBProxyName", "db_proxy_name"),
        ("ACLs", "acls"),
        ("publicIPv4Address", "public_ipv4_address"),
        ("MaxTTL", "max_ttl"),
        ("timeToLiveInSeconds", "time_to_live_in_seconds"),
        ("build", "build_value"),
        ("self", "self_"),
        ("type", "type"),
        ("1st", "_1_st"),
        ("__meta", "meta_value"),
        ("name_", "name_"),
        ("build_", "build_"),
    ] {
        assert_eq!(field_name(member).plain(), expected, "{member}");
    }
}

#[test]
fn variants_have_the_names_of_the_official_crates() {
    for (member, expected) in [
        ("BUILD_GENERAL1_2XLARGE", "BuildGeneral12Xlarge"),
        ("BUILD_GENERAL1_SMALL", "BuildGeneral1Small"),
        ("GITHUB_ENTERPRISE", "GithubEnterprise"),
        ("S3", "S3"),
        ("NO_SOURCE", "NoSource"),
        ("Self", "SelfValue"),
        ("UNKNOWN", "UnknownValue"),
        ("_1_2_3", "_123"),
        ("us-east-1", "UsEast1"),
    ] {
        assert_eq!(variant_name(member).plain(), expected, "{member}");
    }
}

#[test]
fn module_names_are_valid_files_and_methods() {
    for (shape, expected) in [("Mod", "mod_"), ("COM1", "com1_"), ("Lpt9", "lpt9_"), ("Com10", "com10"), ("Aux", "aux_"), ("New", "new")] {
        assert_eq!(module_name(shape).plain(), expected, "{shape}");
    }
    for (operation, expected) in
        [("New", "new_"), ("FromConf", "from_conf_"), ("FromEnv", "from_env_"), ("Config", "config_"), ("Mod", "mod_"), ("Build", "build")]
    {
        assert_eq!(operation_module_name(operation).plain(), expected, "{operation}");
    }
}

#[test]
fn reserved_package_names_are_refused() {
    for bad in ["smithlet-runtime", "smithlet_runtime", "std", "core", "alloc", "test", "self", "crate", "match", "nul", "1st", "a b", ""] {
        assert!(package_fault(bad).is_some(), "{bad}");
    }
    for good in ["smithlet-codebuild", "my_client", "tests", "Std2"] {
        assert_eq!(package_fault(good), None, "{good}");
    }
}

#[test]
fn keywords_are_raw_where_rust_allows_it() {
    for (member, expected) in [("type", "r#type"), ("gen", "r#gen"), ("async", "r#async"), ("crate", "crate_"), ("name", "name")] {
        assert_eq!(field_name(member).to_token_stream().to_string(), expected);
    }
}

#[test]
fn equal_rust_names_are_reported_with_both_model_names() {
    let mut findings = Vec::new();
    let mut registry = Registry::new("m.json", "enum Colour");
    for member in ["dark-red", "DARK_RED"] {
        registry.claim(&variant_name(member), member, &Pointer::default(), &mut findings);
    }
    assert_eq!(findings.len(), 1);
    assert!(findings[0].message.contains("`DARK_RED` and `dark-red` in enum Colour would both be `DarkRed`"), "{}", findings[0]);
}

#[test]
fn trailing_underscores_of_an_overlay_name_stay() {
    assert_eq!(variant_name("SelfValue_").plain(), "SelfValue_");
    assert_eq!(type_name("thing_").affix("", "Builder").plain(), "ThingBuilder_");
    assert_eq!(field_name("name_").affix("set_", "").plain(), "set_name_");
    assert_eq!(module_name("Thing_").plain(), "thing_");
    for (name, expected) in [("__meta__", "__meta"), ("Self_", "Self"), ("___", "___"), ("a", "a")] {
        assert_eq!(of_model(name), expected, "{name}");
    }
    assert_eq!(field_name("___").plain(), "_", "no letter or digit is left");
}
