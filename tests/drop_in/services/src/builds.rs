//! The builds of `CodeBuild`, newest first.

use aws_sdk_codebuild::Client;
use aws_sdk_codebuild::error::SdkError;
use aws_sdk_codebuild::operation::list_builds::paginator::ListBuildsPaginator;
use aws_sdk_codebuild::operation::list_builds::{ListBuildsError, ListBuildsOutput};
use aws_sdk_codebuild::types::SortOrderType;

/// The ids of the newest builds, at most so many.
pub async fn newest(client: &Client, most: usize) -> Result<Vec<String>, SdkError<ListBuildsError>> {
    let mut ids = newest_first(client).items().send();
    let mut newest = Vec::new();
    while newest.len() < most
        && let Some(id) = ids.try_next().await?
    {
        newest.push(id);
    }
    Ok(newest)
}

/// The number of builds on each page. The service's last page may lead to itself.
pub async fn page_lengths(client: &Client) -> Result<Vec<usize>, SdkError<ListBuildsError>> {
    let pages = newest_first(client).stop_on_duplicate_token(true).send();
    let pages = pages.collect::<Result<Vec<ListBuildsOutput>, _>>().await?;
    Ok(pages.iter().map(|page| page.ids().len()).collect())
}

fn newest_first(client: &Client) -> ListBuildsPaginator {
    client.list_builds().sort_order(SortOrderType::Descending).into_paginator()
}
