//! Writes metrics in CBOR and reads them back.

use crate::Failure;
use serde_json::{Value, json};
use smithlet_cloudwatch::Client;
use smithlet_cloudwatch::error::ProvideErrorMetadata as _;
use smithlet_cloudwatch::primitives::DateTime;
use smithlet_cloudwatch::types::{Dimension, MetricDatum, StandardUnit, Statistic};

/// The time of the first value, at the beginning of a minute.
const START: i64 = 1_800_000_000;

/// The values of the metric, one for each minute: numbers that fit the shortest floating-point form, and one that fits only the longest.
const VALUES: [f64; 4] = [0.0, 1.5, -65504.0, 0.1];

/// The number of values in a request that is long enough to be compressed.
const MANY: i32 = 200;

/// Writes two metrics, lists them, and reads the values of one.
pub(crate) async fn cloudwatch(name: &str) -> Result<Value, Failure> {
    let client = Client::from_env().await?;
    let dimension = Dimension::builder().name("stage").value("<ü>").build()?;
    let datum = |metric| MetricDatum::builder().metric_name(metric).unit(StandardUnit::Count).dimensions(dimension.clone());
    let mut put = client.put_metric_data().namespace(name);
    for (time, value) in (START..).step_by(60).zip(VALUES) {
        put = put.metric_data(datum("few").timestamp(DateTime::from_secs(time)).value(value).build()?);
    }
    put.send().await?;
    let mut put = client.put_metric_data().namespace(name);
    for number in 0..MANY {
        put = put.metric_data(datum("many").timestamp(DateTime::from_secs(START)).value(f64::from(number)).build()?);
    }
    put.send().await?;

    let listed = client.list_metrics().namespace(name).send().await?;
    let read = |metric| {
        let call = client.get_metric_statistics().namespace(name).metric_name(metric).dimensions(dimension.clone()).period(60);
        let call = call.start_time(DateTime::from_secs(START)).end_time(DateTime::from_secs(START + 600));
        call.statistics(Statistic::Sum).statistics(Statistic::SampleCount).send()
    };
    let (few, many) = (read("few").await?, read("many").await?);
    let refusal = client.get_dashboard().dashboard_name(name).send().await.err().ok_or("there is no dashboard")?.into_service_error();
    let refused = json!({"Code": refusal.code(), "Message": refusal.message()});
    Ok(json!({"listed": listed, "few": few, "many": many, "refused": refused}))
}
