//! Writes an item, reads it, and queries ten others.

mod client;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;

fn main() -> Result<(), client::Failure> {
    client::run(async |client: &Client| {
        let (customer, number) = (AttributeValue::S("c-17".to_owned()), AttributeValue::N("7".to_owned()));
        let put = client.put_item().table_name("orders").item("customer", customer.clone()).item("number", number.clone());
        put.item("paid", AttributeValue::Bool(true)).item("article", AttributeValue::S("tea".to_owned())).send().await?;

        let get = client.get_item().table_name("orders").key("customer", customer.clone()).key("number", number);
        get.send().await?.item().ok_or("no item")?;

        let query = client.query().table_name("orders").key_condition_expression("customer = :customer");
        let page = query.expression_attribute_values(":customer", customer).limit(10).send().await?;
        if page.items().len() == 10 { Ok(()) } else { Err("expected ten items".into()) }
    })
}
