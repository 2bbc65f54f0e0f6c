//! The clusters of an account.

use aws_sdk_eks::Client;
use aws_sdk_eks::error::DisplayErrorContext;
use aws_sdk_eks::operation::describe_cluster::DescribeClusterError;
use aws_sdk_eks::types::ClusterStatus;

/// A cluster that can be asked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cluster {
    /// The name.
    pub name: String,
    /// The URL of its API.
    pub endpoint: String,
    /// The certificate of its authority, in base64.
    pub certificate: Option<String>,
}

/// Returns a cluster if it is active. The error names the cluster that does not exist.
pub async fn active(client: &Client, name: &str) -> Result<Option<Cluster>, String> {
    let output = client.describe_cluster().name(name).send().await.map_err(|error| match error.as_service_error() {
        Some(DescribeClusterError::ResourceNotFoundException(missing)) => format!("no cluster {}", missing.cluster_name().unwrap_or("?")),
        _ => DisplayErrorContext(error).to_string(),
    })?;
    let Some(cluster) = output.cluster().filter(|cluster| cluster.status() == Some(&ClusterStatus::Active)) else { return Ok(None) };
    let certificate = cluster.certificate_authority().and_then(|authority| authority.data()).map(str::to_owned);
    let part = |text: Option<&str>| text.unwrap_or_default().to_owned();
    Ok(Some(Cluster { name: part(cluster.name()), endpoint: part(cluster.endpoint()), certificate }))
}

/// The names of all clusters, other clouds' among them, and of the node groups of each.
pub async fn all(client: &Client) -> Result<Vec<(String, Vec<String>)>, String> {
    let shown = |error: &dyn std::error::Error| error.to_string();
    let output = client.list_clusters().max_results(100).include("all").send().await.map_err(|error| shown(&error))?;
    let mut clusters = Vec::new();
    for name in output.clusters() {
        let groups = client.list_nodegroups().cluster_name(name).send().await.map_err(|error| shown(&error))?;
        clusters.push((name.clone(), groups.nodegroups().to_vec()));
    }
    Ok(clusters)
}
