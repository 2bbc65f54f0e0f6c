//! The rule function `aws.parseArn`.

/// An Amazon Resource Name: the result of the rule function `aws.parseArn`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Arn<'a> {
    /// The partition's name.
    pub partition: &'a str,
    /// The service.
    pub service: &'a str,
    /// The region, which may be empty.
    pub region: &'a str,
    /// The account, which may be empty.
    pub account_id: &'a str,
    /// The resource, split at `:` and `/`.
    pub resource_id: Vec<&'a str>,
}

/// The parts of an ARN, or `None` if it is not valid: the rule function `aws.parseArn`.
pub fn parse_arn(arn: &str) -> Option<Arn<'_>> {
    let mut parts = arn.strip_prefix("arn:")?.splitn(5, ':');
    let (partition, service, region, account_id) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let resource = parts.next()?;
    if partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    Some(Arn { partition, service, region, account_id, resource_id: resource.split([':', '/']).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_split_at_colons_and_slashes() {
        let arn = parse_arn("arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1:accesspoint/x/").unwrap();
        assert_eq!((arn.partition, arn.service, arn.region, arn.account_id), ("aws", "s3-outposts", "us-west-2", "123456789012"));
        assert_eq!(arn.resource_id, ["outpost", "op-1", "accesspoint", "x", ""]);
        assert_eq!(parse_arn("arn:aws:s3:::bucket").unwrap().resource_id, ["bucket"]);
    }

    #[test]
    fn an_invalid_arn_has_no_parts() {
        for text in ["", "arn:", "arn:aws:s3::bucket", "arn::s3:::b", "arn:aws::::b", "arn:aws:s3:::", "Arn:aws:s3:::b", "b"] {
            assert_eq!(parse_arn(text), None, "{text}");
        }
    }
}
