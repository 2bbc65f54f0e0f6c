//! The protocols that have suites.

/// A protocol with the names of its suites.
#[derive(Debug)]
pub struct Protocol {
    /// The name on the command line.
    pub name: &'static str,
    /// The files of its cases in the folders of inputs and outputs, without the extension.
    pub files: &'static [&'static str],
    /// The form of bodies in the files.
    pub encoding: Encoding,
    /// True if the generator speaks it. The suites of the others are listed and not run.
    pub served: bool,
}

/// The form of a body in a suite's file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Encoding {
    /// The body itself.
    Text,
    /// The body in base64, because it is CBOR.
    Base64,
}

/// All protocols of the suites.
pub static PROTOCOLS: [Protocol; 7] = [
    Protocol { name: "json", files: &["json"], encoding: Encoding::Text, served: true },
    Protocol { name: "json_1_0", files: &["json_1_0", "json_1_0-query-compatible"], encoding: Encoding::Text, served: true },
    Protocol { name: "rest-json", files: &["rest-json"], encoding: Encoding::Text, served: true },
    Protocol {
        name: "rpc-v2-cbor",
        files: &["smithy-rpc-v2-cbor", "smithy-rpc-v2-cbor-query-compatible", "smithy-rpc-v2-cbor-non-query-compatible"],
        encoding: Encoding::Base64,
        served: true,
    },
    Protocol { name: "query", files: &["query"], encoding: Encoding::Text, served: false },
    Protocol { name: "ec2", files: &["ec2"], encoding: Encoding::Text, served: false },
    Protocol { name: "rest-xml", files: &["rest-xml"], encoding: Encoding::Text, served: false },
];

/// The protocol with this name.
pub fn named(name: &str) -> Option<&'static Protocol> {
    PROTOCOLS.iter().find(|protocol| protocol.name == name)
}
