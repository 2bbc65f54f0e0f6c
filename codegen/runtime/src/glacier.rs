//! Parts of S3 Glacier's requests that its model leaves out: the version of the API, the default account and the hashes of archives. botocore adds
//! the same parts.

use crate::config::Config;
use crate::error::BoxError;
use crate::headers;
use crate::hex;
use crate::http::Request;
use crate::operation::Encoded;
use crate::seal::{Seal, sealed};
use http::HeaderName;
use sha2::{Digest as _, Sha256};

const VERSION: HeaderName = HeaderName::from_static("x-amz-glacier-version");
const TREE_HASH: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");
const CONTENT_HASH: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// The length of the parts whose hashes are the leaves of the tree, in bytes.
const LEAF: usize = 1024 * 1024;

type Hash = [u8; 32];

/// Sets the account to the one of the credentials, which a hyphen means, unless the caller has set it.
pub fn own_account(account: &mut Option<String>) {
    account.get_or_insert_with(|| "-".to_owned());
}

/// Adds the version of the API to a request.
pub fn version(request: Encoded, version: &'static str) -> Encoded {
    sealed(request, Version(version))
}

struct Version(&'static str);

impl Seal for Version {
    fn seal(&self, request: &mut Request, _: &Config) -> Result<(), BoxError> {
        headers::set(request.headers_mut(), VERSION, self.0)
    }
}

/// Adds the hashes of the body to a request, unless the input or the caller has set them.
pub fn hashes(request: Encoded) -> Encoded {
    sealed(request, Hashes)
}

struct Hashes;

impl Seal for Hashes {
    fn seal(&self, request: &mut Request, _: &Config) -> Result<(), BoxError> {
        let missing = [(TREE_HASH, tree_hash as fn(&[u8]) -> Hash), (CONTENT_HASH, |body| Sha256::digest(body).into())];
        for (name, hash) in missing {
            if request.headers().contains_key(&name) {
                continue;
            }
            let body = request.body().bytes().ok_or_else(|| {
                format!("the header `{name}` is of the whole body, which is not in memory: give it as bytes, or set the header in `mutate_request`")
            })?;
            let mut text = Vec::new();
            hex::push(&mut text, &hash(body));
            headers::set(request.headers_mut(), name, text)?;
        }
        Ok(())
    }
}

/// The root of the tree of hashes of a body. Each node is the hash of its two children; a last one without a neighbour moves up as it is.
fn tree_hash(body: &[u8]) -> Hash {
    let mut hashes: Vec<Hash> = body.chunks(LEAF).map(|leaf| Sha256::digest(leaf).into()).collect();
    while hashes.len() > 1 {
        let parents = hashes.chunks(2).map(|children| match children {
            [left, right] => Sha256::new().chain_update(left).chain_update(right).finalize().into(),
            alone => alone[0],
        });
        hashes = parents.collect();
    }
    hashes.pop().unwrap_or_else(|| Sha256::digest([]).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected hashes are those of botocore's `calculate_tree_hash`.
    #[test]
    fn the_tree_hash_is_that_of_botocore() {
        let expected = [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (LEAF, "631b84027d6b9e52b539c4e8373622d23032dfadc64d60af87339c9037e4f769"),
            (LEAF + 1, "a9c574ce937d2371daf87cdd0e75396b096d7f74a66c764e4c656bd12b2e7bf9"),
            (5 * LEAF / 2, "9b2474f7359f1464535323bfcd3254903843f74cd482d4b35b8e039bcc88c5bf"),
            (5 * LEAF, "1eccd0ca741241ce114bde6d24a8de044ccee139ef6651bec9006d2f558751ef"),
        ];
        for (length, expected) in expected {
            let body: Vec<u8> = (0..length).map(|index| u8::try_from(index % 251).unwrap()).collect();
            let mut text = Vec::new();
            hex::push(&mut text, &tree_hash(&body));
            assert_eq!(str::from_utf8(&text), Ok(expected), "{length} bytes");
        }
    }
}
