//! AWS's partitions: groups of regions that share their domains. The data is botocore's `partitions.json`.

/// The result of the rule function `aws.partition`.
#[derive(Debug, Eq, PartialEq)]
pub struct Partition {
    /// The name (`aws-cn`).
    pub name: &'static str,
    /// The domain of the endpoints.
    pub dns_suffix: &'static str,
    /// The domain of the dual-stack endpoints, which have IPv6.
    pub dual_stack_dns_suffix: &'static str,
    /// True if there are endpoints with FIPS 140 cryptography.
    pub supports_fips: bool,
    /// True if there are dual-stack endpoints, which have IPv6.
    pub supports_dual_stack: bool,
    /// The signing region of services without regions.
    pub implicit_global_region: &'static str,
    /// The beginning of the region names. A word, a hyphen and a number follow it.
    prefix: &'static str,
}

const fn row(
    name: &'static str,
    prefix: &'static str,
    dns_suffix: &'static str,
    dual_stack_dns_suffix: &'static str,
    implicit_global_region: &'static str,
) -> Partition {
    // All partitions support both.
    Partition { name, dns_suffix, dual_stack_dns_suffix, supports_fips: true, supports_dual_stack: true, implicit_global_region, prefix }
}

/// The partition of all regions that do not belong to another one.
static AWS: Partition = row("aws", "", "amazonaws.com", "api.aws", "us-east-1");

static OTHERS: [Partition; 7] = [
    row("aws-cn", "cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1"),
    row("aws-eusc", "eusc-de-", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1"),
    row("aws-iso", "us-iso-", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1"),
    row("aws-iso-b", "us-isob-", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1"),
    row("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1"),
    row("aws-iso-f", "us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"),
    row("aws-us-gov", "us-gov-", "amazonaws.com", "api.aws", "us-gov-west-1"),
];

/// The partition of a region: the rule function `aws.partition`.
///
/// An unknown region belongs to the partition whose naming pattern it matches, or else to `aws`.
pub fn partition(region: &str) -> &'static Partition {
    OTHERS.iter().find(|partition| partition.has(region)).unwrap_or(&AWS)
}

impl Partition {
    fn has(&self, region: &str) -> bool {
        let is_region = |rest: &str| {
            let is_word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            rest.split_once('-').is_some_and(|(word, number)| is_word(word) && is_number(number))
        };
        let is_global = || region.strip_suffix("-global") == Some(self.name);
        region.strip_prefix(self.prefix).is_some_and(is_region) || is_global()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_region_belongs_to_the_partition_of_its_pattern() {
        let table = [
            ("cn-south-9", "aws-cn"),
            ("us-gov-north-12", "aws-us-gov"),
            ("eusc-de-west-1", "aws-eusc"),
            ("eusc-fr-west-1", "aws"),
            ("aws-iso-b-global", "aws-iso-b"),
            ("aws-global", "aws"),
            ("us-isobar-east-1", "aws"),
            ("cn-north", "aws"),
            ("cn-north-1a", "aws"),
            ("cn--1", "aws"),
            ("xcn-north-1", "aws"),
            ("", "aws"),
        ];
        for (region, name) in table {
            assert_eq!(partition(region).name, name, "{region}");
        }
    }
}
