//! A backup that reads the blocks of a volume's snapshot and writes them to another one.

use aws_sdk_ebs::Client;
use aws_sdk_ebs::operation::get_snapshot_block::GetSnapshotBlockOutput;
use aws_sdk_ebs::operation::put_snapshot_block::PutSnapshotBlockError;
use aws_sdk_ebs::primitives::{ByteStream, ByteStreamError, Length};
use aws_sdk_ebs::types::ChecksumAlgorithm;
use std::error::Error;
use std::path::Path;

/// The failure of a backup.
pub type Failure = Box<dyn Error + Send + Sync>;

/// The name of the only algorithm.
const ALGORITHM: &str = "SHA256";

/// A place in a snapshot.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The snapshot.
    pub snapshot: &'a str,
    /// The number of the block.
    pub index: i32,
}

/// Reads a block. `None` if the snapshot is gone.
pub async fn read(client: &Client, place: Place<'_>, token: &str) -> Result<Option<Vec<u8>>, Failure> {
    let Some(output) = get(client, place, token).await? else { return Ok(None) };
    let expected = output.data_length();
    let data = output.block_data.collect().await?.into_bytes();
    match expected.map(usize::try_from) {
        Some(Ok(length)) if length != data.len() => Err(format!("{} bytes, expected {length}", data.len()).into()),
        _ => Ok(Some(data.to_vec())),
    }
}

/// Reads a block as it comes, and returns its parts as texts. The end of a block that breaks off is an error.
pub async fn lines(client: &Client, place: Place<'_>, token: &str) -> Result<Vec<String>, Failure> {
    let Some(mut output) = get(client, place, token).await? else { return Ok(Vec::new()) };
    let mut parts = Vec::new();
    while let Some(part) = output.block_data.next().await {
        let part = part.map_err(|error: ByteStreamError| format!("after {} parts: {error}", parts.len()))?;
        parts.push(String::from_utf8_lossy(&part).into_owned());
    }
    Ok(parts)
}

async fn get(client: &Client, place: Place<'_>, token: &str) -> Result<Option<GetSnapshotBlockOutput>, Failure> {
    let call = client.get_snapshot_block().snapshot_id(place.snapshot).block_index(place.index).block_token(token);
    match call.send().await {
        Ok(output) => Ok(Some(output)),
        Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_not_found_exception()) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Writes a block that is in memory.
pub async fn mark(client: &Client, place: Place<'_>, mark: &'static [u8], checksum: &str) -> Result<(), Failure> {
    put(client, place, ByteStream::from_static(mark), mark.len(), checksum).await
}

/// Writes a file as a block.
pub async fn restore(client: &Client, place: Place<'_>, file: &Path, checksum: &str) -> Result<(), Failure> {
    let length = file.metadata()?.len();
    put(client, place, ByteStream::from_path(file).await?, usize::try_from(length)?, checksum).await
}

/// Writes a part of a file as a block.
pub async fn restore_part(client: &Client, place: Place<'_>, file: &Path, part: (u64, u64), checksum: &str) -> Result<(), Failure> {
    let (offset, length) = part;
    let data = ByteStream::read_from().path(file).offset(offset).length(Length::Exact(length)).build().await?;
    put(client, place, data, usize::try_from(length)?, checksum).await
}

async fn put(client: &Client, place: Place<'_>, data: ByteStream, length: usize, checksum: &str) -> Result<(), Failure> {
    let call = client
        .put_snapshot_block()
        .snapshot_id(place.snapshot)
        .block_index(place.index)
        .block_data(data)
        .data_length(i32::try_from(length)?)
        .checksum(checksum)
        .checksum_algorithm(ChecksumAlgorithm::from(ALGORITHM));
    let output = call.send().await.map_err(|error| match error.into_service_error() {
        PutSnapshotBlockError::ValidationException(invalid) => format!("not valid: {}", invalid.message().unwrap_or("?")),
        other => other.to_string(),
    })?;
    match output.checksum() {
        Some(stored) if stored == checksum => Ok(()),
        other => Err(format!("stored with the checksum {other:?}").into()),
    }
}
