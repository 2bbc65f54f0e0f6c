//! Writes a parameter, reads it, and reads ten others.

mod client;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::types::ParameterType;

fn main() -> Result<(), client::Failure> {
    client::run(async |client: &Client| {
        let put = client.put_parameter().name("/web-shop/stage").value("test").r#type(ParameterType::String);
        put.overwrite(true).send().await?;

        let got = client.get_parameter().name("/web-shop/stage").with_decryption(true).send().await?;
        got.parameter().and_then(|parameter| parameter.value()).ok_or("no value")?;

        let page = client.get_parameters_by_path().path("/web-shop").recursive(true).max_results(10).send().await?;
        if page.parameters().len() == 10 { Ok(()) } else { Err("expected ten parameters".into()) }
    })
}
