//! Tests of serde's traits in several formats.

use super::random::{check, values};
use super::same;
use crate::json::{Error, Reader, Writer, deserialize, serialize};
use aws_smithy_types::{Blob, DateTime, Document};
use serde_core::de::value::{self, EnumAccessDeserializer, MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde_core::de::{Deserialize, Deserializer, IntoDeserializer};
use serde_core::ser::{Serialize, Serializer};
use serde_json::{Value, json};

/// A JSON value that is serialized and deserialized by the codec.
#[derive(Debug)]
struct Any(Document);

impl Serialize for Any {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(serializer, |writer| writer.document(&self.0))
    }
}

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer, |reader| Ok(Some(reader.document()?.unwrap_or_default()))).map(Self)
    }
}

fn timestamp(reader: &mut Reader<'_>) -> Result<Option<DateTime>, Error> {
    reader.timestamp()
}

fn blob(reader: &mut Reader<'_>) -> Result<Option<Blob>, Error> {
    reader.blob()
}

fn string(reader: &mut Reader<'_>) -> Result<Option<String>, Error> {
    reader.string()
}

/// The JSON that the codec collects from a deserializer.
#[track_caller]
fn collected<'de>(value: impl IntoDeserializer<'de, value::Error>) -> Value {
    serde_json::to_value(Any::deserialize(value.into_deserializer()).unwrap()).unwrap()
}

#[test]
fn any_value_survives_serde_in_both_directions() {
    check(500, &values(), |value| {
        let read: Any = serde_json::from_value(value.clone()).unwrap();
        assert!(same(&read.0, &value), "{value}");
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
        let text = serde_json::to_string(&read).unwrap();
        assert!(same(&serde_json::from_str::<Any>(&text).unwrap().0, &serde_json::from_str(&text).unwrap()), "{text}");
    });
}

#[test]
fn serde_writes_the_wire_form() {
    check(500, &values(), |value| {
        let read: Any = serde_json::from_value(value).unwrap();
        let mut writer = Writer::new();
        writer.document(&read.0);
        let wire: Value = serde_json::from_slice(&writer.into_bytes()).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&serde_json::to_string(&read).unwrap()).unwrap(), wire);
    });
}

#[test]
fn values_that_json_lacks_get_their_wire_form() {
    assert_eq!(collected(i8::MIN), json!(-128));
    assert_eq!(collected(u64::MAX), json!(u64::MAX));
    assert_eq!(collected(i128::from(i64::MIN)), json!(i64::MIN));
    assert_eq!(collected(u128::from(u64::MAX) + 1), json!(18_446_744_073_709_551_616_f64));
    assert_eq!(collected(0.5_f32), json!(0.5));
    assert_eq!([f64::NAN, f64::INFINITY, f64::NEG_INFINITY].map(collected), [json!("NaN"), json!("Infinity"), json!("-Infinity")]);
    assert_eq!(collected('é'), json!("é"));
    assert_eq!(collected(()), Value::Null);
    assert_eq!(collected(&b"\x00\xff"[..]), json!("AP8="));
    assert_eq!(collected(vec![1_u8, 2]), json!([1, 2]));
    assert_eq!(collected(MapDeserializer::<_, value::Error>::new([(7, "a")].into_iter())), json!({"7": "a"}));
    assert_eq!(collected(MapDeserializer::<_, value::Error>::new([(true, "a")].into_iter())), json!({"true": "a"}));
    assert_eq!(collected(MapDeserializer::<_, value::Error>::new([(&b"k"[..], "a")].into_iter())), json!({"k": "a"}));
}

#[test]
fn a_variant_with_a_value_is_a_union() {
    let variant = MapAccessDeserializer::new(MapDeserializer::<_, value::Error>::new([("member", 7)].into_iter()));
    let read = Any::deserialize(EnumAccessDeserializer::new(variant)).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), json!({"member": 7}));
}

/// The form of a number in `serde_json` with its feature `arbitrary_precision`.
fn arbitrary_precision(number: &str) -> MapDeserializer<'_, std::array::IntoIter<(&str, &str), 1>, value::Error> {
    MapDeserializer::new([("$serde_json::private::Number", number)].into_iter())
}

#[test]
fn a_number_of_arbitrary_precision_is_a_number() {
    assert_eq!(collected(arbitrary_precision("-60")), json!(-60));
    let list = SeqDeserializer::<_, value::Error>::new([arbitrary_precision("1"), arbitrary_precision("2.5e3")].into_iter());
    assert_eq!(collected(list), json!([1, 2500.0]));
    let exact = deserialize(arbitrary_precision("1574159474.123456789"), timestamp).unwrap();
    assert_eq!(exact, DateTime::from_secs_and_nanos(1_574_159_474, 123_456_789));
    for text in ["", "1,2", "1 ", "01", "x"] {
        assert_eq!(Any::deserialize(arbitrary_precision(text)).unwrap_err().to_string(), "invalid number", "{text:?}");
    }
}

#[test]
fn a_timestamp_is_exact_to_the_microsecond() {
    let at = DateTime::from_secs_and_nanos(1_574_159_474, 123_456_000);
    let value = serialize(serde_json::value::Serializer, |writer| writer.timestamp_epoch(&at)).unwrap();
    assert_eq!(value, json!(1_574_159_474.123_456));
    assert_eq!(deserialize(value, timestamp).unwrap(), at);
}

#[test]
fn bytes_become_base64_in_every_format() {
    let bytes = Blob::new(*b"\x00\xff");
    assert_eq!(serialize(serde_json::value::Serializer, |writer| writer.blob(&bytes)).unwrap(), json!("AP8="));
    assert_eq!(deserialize(json!("AP8="), blob).unwrap(), bytes);
    let native = IntoDeserializer::<value::Error>::into_deserializer(&b"\x00\xff"[..]);
    assert_eq!(deserialize(native, blob).unwrap(), bytes);
}

#[test]
fn an_error_has_the_path_but_no_offset() {
    let error = deserialize(json!({"a": [{"b": true}]}), |reader| {
        reader.map::<String, _>(|reader| reader.list(|reader| reader.map::<String, _>(Reader::string)))
    });
    assert_eq!(error.unwrap_err().to_string(), "a[0].b: expected a string, found a boolean");
    assert_eq!(deserialize(Value::Null, string).unwrap_err().to_string(), "invalid type: null, expected a value");
}

#[test]
fn depth_is_bounded_in_both_directions() {
    let nested = |levels| (0..levels).fold(Value::Null, |inner, _| json!([inner]));
    assert!(serde_json::from_value::<Any>(nested(127)).is_ok());
    for levels in [128, 129, 1_000] {
        let error = serde_json::from_value::<Any>(nested(levels)).unwrap_err().to_string();
        assert!(error.ends_with("objects and lists are nested too deeply"), "{error}");
    }
    let deep = Any((0..1_000).fold(Document::Null, |inner, _| Document::Array(vec![inner])));
    let error = serde_json::to_value(&deep).unwrap_err().to_string();
    assert!(error.ends_with("objects and lists are nested too deeply"), "{error}");
}
