//! Bodies of CBOR as values of JSON, read with a library that is not under test.

use anyhow::{Context as _, Result, bail, ensure};
use aws_smithy_types::base64;
use ciborium::Value as Item;
use serde_json::{Map, Number, Value};

/// Reads a body with one item. Bytes and tags become objects that no other item becomes, so that they are equal only to themselves.
pub(super) fn read(mut body: &[u8]) -> Result<Value> {
    let item = ciborium::from_reader(&mut body).context("the body is not CBOR")?;
    ensure!(body.is_empty(), "{} bytes follow the body's item", body.len());
    plain(item)
}

fn plain(item: Item) -> Result<Value> {
    Ok(match item {
        Item::Null => Value::Null,
        Item::Bool(flag) => Value::from(flag),
        Item::Text(text) => Value::from(text),
        Item::Integer(number) => Value::from(Number::from_i128(number.into()).context("an integer is too large")?),
        Item::Float(number) => Number::from_f64(number).map_or_else(|| marked("float", number.to_string().into()), Value::from),
        Item::Bytes(bytes) => marked("bytes", base64::encode(bytes).into()),
        Item::Tag(tag, item) => marked(&format!("tag {tag}"), plain(*item)?),
        Item::Array(items) => items.into_iter().map(plain).collect::<Result<_>>()?,
        Item::Map(members) => members.into_iter().map(member).collect::<Result<Map<_, _>>>()?.into(),
        other => bail!("the body has {other:?}, which is not in the protocol"),
    })
}

fn member((key, value): (Item, Item)) -> Result<(String, Value)> {
    let key = key.into_text().map_err(|key| anyhow::anyhow!("a key is {key:?} and not a text"))?;
    Ok((key, plain(value)?))
}

fn marked(what: &str, value: Value) -> Value {
    Map::from_iter([(format!("\u{0}{what}"), value)]).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_form_of_an_item_does_not_matter_but_its_type_does() {
        let read = |text: &str| read(&base64::decode(text).expect("base64")).expect("CBOR");
        // {"a": 1} with a definite and an indefinite length.
        assert_eq!(read("oWFhAQ=="), json!({ "a": 1 }));
        assert_eq!(read("v2FhAf8="), json!({ "a": 1 }));
        // The bytes "a", the text "a", the timestamp 1 and NaN.
        assert_eq!(read("QWE="), json!({ "\0bytes": "YQ==" }));
        assert_eq!(read("YWE="), json!("a"));
        assert_eq!(read("wQE="), json!({ "\0tag 1": 1 }));
        assert_eq!(read("+X4A"), json!({ "\0float": "NaN" }));
    }
}
