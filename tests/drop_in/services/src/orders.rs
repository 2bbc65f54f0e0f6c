//! Orders in a table of `DynamoDB`: an item is written once, read by its key, listed by customer, and exported with all others.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_dynamodb::operation::get_item::GetItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::operation::query::{QueryError, QueryOutput};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure, Select};
use aws_smithy_async::future::pagination_stream::PaginationStream;
use std::collections::HashMap;
use std::error::Error;

/// The attributes of a stored order.
pub type Item = HashMap<String, AttributeValue>;

/// An order of a customer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Order {
    /// The customer, which is the partition key.
    pub customer: String,
    /// The order's number, which is the sort key.
    pub number: u64,
    /// The ordered articles with their quantities.
    pub lines: Vec<(String, u32)>,
    /// The labels, which have no order.
    pub labels: Vec<String>,
    /// The delivery note, if there is one.
    pub note: Option<String>,
    /// True if the order is paid.
    pub paid: bool,
    /// The customer's signature.
    pub signature: Vec<u8>,
}

impl Order {
    /// The order as an item of the table.
    pub fn to_item(&self) -> Item {
        let line = |(article, quantity): &(String, u32)| {
            AttributeValue::M(HashMap::from([
                ("article".to_owned(), AttributeValue::S(article.clone())),
                ("quantity".to_owned(), AttributeValue::N(quantity.to_string())),
            ]))
        };
        let mut item = key(&self.customer, self.number);
        item.insert("lines".to_owned(), AttributeValue::L(self.lines.iter().map(line).collect()));
        item.insert("note".to_owned(), self.note.clone().map_or(AttributeValue::Null(true), AttributeValue::S));
        item.insert("paid".to_owned(), AttributeValue::Bool(self.paid));
        item.insert("signature".to_owned(), AttributeValue::B(Blob::new(self.signature.clone())));
        // A set must not be empty.
        if !self.labels.is_empty() {
            item.insert("labels".to_owned(), AttributeValue::Ss(self.labels.clone()));
        }
        item
    }

    /// Reads an item of the table. The error is the attribute that is missing or has another type.
    pub fn from_item(item: &Item) -> Result<Self, &'static str> {
        let line = |line: &AttributeValue| {
            let line = line.as_m().ok()?;
            Some((line.get("article")?.as_s().ok()?.clone(), line.get("quantity")?.as_n().ok()?.parse().ok()?))
        };
        let lines = item.get("lines").and_then(|lines| lines.as_l().ok()).ok_or("lines")?;
        Ok(Self {
            customer: item.get("customer").and_then(|customer| customer.as_s().ok()).ok_or("customer")?.clone(),
            number: item.get("number").and_then(|number| number.as_n().ok()?.parse().ok()).ok_or("number")?,
            lines: lines.iter().map(line).collect::<Option<_>>().ok_or("lines")?,
            labels: item.get("labels").map_or(Ok(Vec::new()), |labels| labels.as_ss().cloned().map_err(|_| "labels"))?,
            note: match item.get("note") {
                Some(AttributeValue::S(note)) => Some(note.clone()),
                Some(AttributeValue::Null(_)) | None => None,
                Some(_) => return Err("note"),
            },
            paid: item.get("paid").is_some_and(|paid| paid.as_bool() == Ok(&true)),
            signature: item.get("signature").and_then(|signature| signature.as_b().ok()).ok_or("signature")?.as_ref().to_vec(),
        })
    }
}

fn key(customer: &str, number: u64) -> Item {
    HashMap::from([
        ("customer".to_owned(), AttributeValue::S(customer.to_owned())),
        ("number".to_owned(), AttributeValue::N(number.to_string())),
    ])
}

/// The result of [`place`].
#[derive(Clone, Debug, PartialEq)]
pub enum Placed {
    /// The order was stored, at the cost of so many capacity units.
    Stored(Option<f64>),
    /// Another order has this number. It is here if the service returned it.
    Taken(Option<Order>),
}

/// Stores an order unless another one has its number.
pub async fn place(client: &Client, table: &str, order: &Order) -> Result<Placed, Box<dyn Error>> {
    let put = client
        .put_item()
        .table_name(table)
        .set_item(Some(order.to_item()))
        .condition_expression("attribute_not_exists(#number)")
        .expression_attribute_names("#number", "number")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    match put.send().await {
        Ok(output) => Ok(Placed::Stored(output.consumed_capacity().and_then(|consumed| consumed.capacity_units()))),
        Err(error) => match error.into_service_error() {
            PutItemError::ConditionalCheckFailedException(found) => {
                Ok(Placed::Taken(found.item().and_then(|item| Order::from_item(item).ok())))
            }
            other => Err(other.into()),
        },
    }
}

/// Reads an order. The error is true if it is worth asking again later.
pub async fn find(client: &Client, table: &str, customer: &str, number: u64) -> Result<Option<Order>, bool> {
    let reply = client
        .get_item()
        .table_name(table)
        .key("customer", AttributeValue::S(customer.to_owned()))
        .key("number", AttributeValue::N(number.to_string()))
        .consistent_read(true)
        .send()
        .await;
    match reply {
        Ok(output) => output.item.as_ref().map(Order::from_item).transpose().map_err(|_| false),
        Err(SdkError::ServiceError(context)) => Err(match context.err() {
            GetItemError::ProvisionedThroughputExceededException(_) | GetItemError::RequestLimitExceeded(_) => true,
            other => other.code() == Some("ThrottlingException"),
        }),
        Err(SdkError::TimeoutError(_) | SdkError::DispatchFailure(_)) => Err(true),
        Err(_) => Err(false),
    }
}

/// Lists a customer's orders, the newest first, page by page.
pub async fn list(client: &Client, table: &str, customer: &str) -> Result<Vec<Order>, Box<dyn Error>> {
    let (mut orders, mut start) = (Vec::new(), None);
    loop {
        let page = of_customer(client, table, customer).set_exclusive_start_key(start).send().await?;
        for item in page.items() {
            orders.push(Order::from_item(item)?);
        }
        start = page.last_evaluated_key;
        if start.is_none() {
            return Ok(orders);
        }
    }
}

/// Counts a customer's orders of one page.
pub async fn count(client: &Client, table: &str, customer: &str) -> Result<i32, Box<dyn Error>> {
    let page: QueryOutput = of_customer(client, table, customer).select(Select::Count).send().await?;
    Ok(page.count())
}

/// Exports all orders of the table, in no order.
pub async fn export(client: &Client, table: &str) -> Result<Vec<Order>, Box<dyn Error>> {
    let mut items = client.scan().table_name(table).into_paginator().page_size(100).items().send();
    let mut orders = Vec::new();
    while let Some(item) = items.next().await {
        orders.push(Order::from_item(&item?)?);
    }
    Ok(orders)
}

/// Counts a customer's orders on all pages, with the number of pages.
pub async fn count_all(client: &Client, table: &str, customer: &str) -> Result<(i32, usize), SdkError<QueryError>> {
    let mut pages: PaginationStream<Result<QueryOutput, SdkError<QueryError>>> =
        of_customer(client, table, customer).select(Select::Count).into_paginator().send();
    let (mut orders, mut count) = (0, 0);
    while let Some(page) = pages.try_next().await? {
        orders += page.count();
        count += 1;
    }
    Ok((orders, count))
}

fn of_customer(client: &Client, table: &str, customer: &str) -> QueryFluentBuilder {
    client
        .query()
        .table_name(table)
        .key_condition_expression("customer = :customer")
        .expression_attribute_values(":customer", AttributeValue::S(customer.to_owned()))
        .scan_index_forward(false)
        .limit(25)
}
