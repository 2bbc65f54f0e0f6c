//! The transport: who sends a request and how its reply is read, behind the seam that AWS's own clients have there
//! ([`HttpClient`](crate::config::HttpClient)).
//!
//! The client of our own (feature `rustls`, the default) speaks HTTP/1.1 over TCP or TLS: hyper's protocol, hyper-util's pool, rustls. It
//! makes no second attempt; it tells the engine how far a request had got, and the engine decides. This page is about that client. One that is
//! set with [`http_client`](crate::config::Builder::http_client) keeps its own promises; of what follows it gets the timeouts and nothing else.
//!
//! # Settings
//!
//! | what | where | without it | test |
//! |---|---|---|---|
//! | proxy for `https` | `https_proxy`, `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY`: the first that is set | none | `the_scheme_chooses_and_lower_case_goes_first` |
//! | proxy for `http` | `http_proxy`, `HTTP_PROXY` (not in CGI, where it is the sender's to choose), `all_proxy`, `ALL_PROXY` | none | the same, `under_cgi_a_request_cannot_choose_the_proxy` |
//! | hosts without a proxy | `no_proxy`, `NO_PROXY`: `*` alone for all hosts, or a list with commas of names with all below them, addresses, and networks as in `10.0.0.0/8`; with a port, URLs that name it | none | `some_hosts_are_reached_without_a_proxy`, `no_proxy::tests`, `differential::proxies` |
//! | certificates to trust | [`ca_bundle`](crate::config::Builder::ca_bundle), or `AWS_CA_BUNDLE`: a file in PEM, in the place of the system's | the system's, or those of `SSL_CERT_FILE` and `SSL_CERT_DIR` | `a_private_authority_is_trusted_by_its_file` |
//! | connect timeout | [`timeout_config`](crate::config::Builder::timeout_config) | 3.1 s | `a_connection_that_does_not_come_about_times_out` |
//! | read timeout | the same | 60 s | `a_server_that_does_not_answer_times_out` |
//! | time for a body | [`max_response_time`](crate::config::Builder::max_response_time) | five minutes from the head of the reply on; `Duration::MAX` for no bound | `slow::a_body_that_takes_too_long_times_out`, `slow::the_time_can_be_switched_off` |
//! | bound of a body | [`max_response_size`](crate::config::Builder::max_response_size) | 64 MiB | `a_body_without_end_is_read_up_to_the_bound` |
//!
//! A proxy is the URL `http://host:port` or `https://host:port`, with `user:password@` before the host if it asks for them; the port is 80 or
//! 443 if none is given. User and password are percent-encoded where they hold a `/`, `?`, `#` or `%`; an `@` in the password may stand as it
//! is. For the list of hosts without a proxy Python, which botocore asks, and curl are the reference; where they differ, an address is compared
//! as an address (curl), a port counts (Python), brackets around an IPv6 address may be there or not, and only commas separate.
//! A request with TLS goes through it by CONNECT, one without is handed to it whole. SOCKS is not supported.
//! The variables are those of [`environment`](crate::config::Builder::environment), read at the first request; `SSL_CERT_FILE` and `SSL_CERT_DIR`
//! are always those of the process. What is malformed is an error that names the variable or the file when it is needed, and nothing is sent. What
//! AWS's tools ask of the machine itself (the metadata of an instance, a container's credentials) never goes through a proxy.
//!
//! # Promises
//!
//! | what happens | what is promised | test (`http::tests`) |
//! |---|---|---|
//! | the reply was read to its end | the connection serves the next call | `pool::a_connection_is_used_again_and_closed_with_its_client` |
//! | 20 s without a call | the connection serves no more, and is closed within 20 s more | `odd::an_unused_connection_serves_for_twenty_seconds_and_is_closed_soon_after` |
//! | the client is dropped | its unused connections are closed | `pool::a_connection_is_used_again_and_closed_with_its_client` |
//! | many calls at once | 50 connections to a host stay open afterwards at most | `pool::a_burst_leaves_no_more_than_fifty_connections` |
//! | the reply comes after the read timeout | the connection is closed; no later call gets that reply | `dropped::a_reply_that_comes_too_late_is_nobody_s` |
//! | the call is dropped: before it is connected, while TLS is agreed on, while it is written, while it waits, in the body | nothing is sent any more, and the connection is closed | `dropped::before_it_is_connected_a_request_leaves_nothing`, `dropped::while_tls_is_agreed_on_a_request_closes_its_connection`, `dropped::while_it_is_written_a_request_is_never_whole`, `dropped::while_it_waits_a_request_gives_up_its_connection`, `dropped::in_the_body_a_reply_gives_up_its_connection` |
//! | many calls at once, many of them dropped | none gets the reply of another | `dropped::no_call_gets_the_reply_of_another` |
//! | the body is not read to its end: larger than its bound, broken, dropped | the connection is closed | `pool::a_connection_whose_reply_was_not_read_to_its_end_is_not_used_again` |
//! | more comes than the reply, or a second one | the connection is closed, and no later call gets it (as long as it came before the next request was written: HTTP/1.1 numbers nothing) | `pool::a_connection_with_more_than_its_reply_is_not_used_again` |
//! | the server says that it closes the connection | it is not used again | `pool::a_connection_that_the_server_gives_up_is_not_used_again` |
//! | AWS's `ConnectionMetadata::poison`, as the engine asks for after an attempt that failed for the moment | the connection is not used again | `pool::a_connection_that_aws_s_seam_asks_to_close_is_not_used_again` |
//! | the server closes a connection that is used again | a request of which a byte was written is not sent again by the transport; the engine knows whether a byte of the reply came | `pool::what_is_sent_into_a_closed_connection_is_not_sent_again_behind_the_caller_s_back`, `pool::whether_anything_of_a_reply_came_is_known` |
//! | the server hangs up before anything is written | known as never sent | `pool::a_server_that_hangs_up_on_everybody_has_been_sent_nothing` |
//! | the engine asks for a new connection | it gets one | `pool::a_fresh_request_has_a_connection_of_its_own` |
//! | no address, nobody listens | one line with the host | `odd::a_host_without_an_address_is_named`, `a_refused_connection_says_whom_it_was_for` |
//! | the connect timeout | it covers the name, the socket, the proxy and TLS | `a_connection_that_does_not_come_about_times_out`, `odd::the_connect_timeout_covers_the_proxy_and_tls` |
//! | no reply; a silence within the body | the read timeout ends the call | `a_server_that_does_not_answer_times_out`, `a_body_that_stops_coming_times_out` |
//! | a body that comes a few bytes at a time | it is read for five minutes, also with a custom client | `slow::a_body_that_takes_too_long_times_out`, `slow::the_body_of_a_custom_client_has_the_same_time` |
//! | a body without end | it is read up to its bound | `a_body_without_end_is_read_up_to_the_bound` |
//! | a head without end | it is read up to 100 headers and 400 KiB | `odd::a_head_without_end_is_not_read_for_ever` |
//! | `100 Continue`, and other interim replies | they are passed over; without end, until the read timeout | `odd::continue_is_passed_over`, `odd::continue_without_end_ends_with_the_read_timeout` |
//! | odd bytes in the head of a reply | they neither end the call nor come into a line; line breaks and the like are no HTTP | `odd::odd_headers_of_a_reply_do_no_harm` |
//! | line breaks in a setting | they cannot add a header | `odd::settings_cannot_add_headers` |
//! | TLS | HTTP/1.1 is asked for and nothing else | `odd::tls_speaks_http_1_1_and_nothing_else` |
//! | a certificate that has expired, is for another name, or is of an unknown authority | one line that says which and what to do; no other attempt | `tls::a_certificate_that_is_not_accepted_is_told_in_plain_words` |
//! | a private authority | its file makes it trusted | `tls::a_private_authority_is_trusted_by_its_file` |
//! | a file of certificates | it is read as OpenSSL reads it: past byte order marks, with the labels `CERTIFICATE`, `X509 CERTIFICATE` and `TRUSTED CERTIFICATE`; one that OpenSSL's settings reject for servers is not trusted | `tls::a_file_is_read_as_openssl_reads_it` |
//! | a file without certificates | one line with the variable or the file | `tls::a_file_without_certificates_is_named_with_what_names_it` |
//! | a proxy that is not there, refuses (407, 403, 5xx) or breaks | one line with its host, its variable and the status; known as never sent | `proxy::a_proxy_that_refuses_is_named_with_its_status`, `proxy::a_proxy_that_is_not_there_is_named` |
//! | a proxy's URL that is malformed | nothing is sent past it | `proxy::nothing_goes_past_a_proxy_whose_url_is_not_understood` |
//! | a proxy's password | it reaches the proxy and no line, no `Debug` | `proxy::with_tls_the_proxy_makes_a_tunnel`, `proxy::a_proxy_that_refuses_is_named_with_its_status` |
//!
//! A head that comes a byte at a time has the read timeout, and the body behind it the time for a body; the timeouts of the attempt and the
//! operation end both earlier, where they are set. The bounds of a body hold for a client of one's own too.
//!
//! hyper-util's pool sends a request once more by itself in one case: the connection it had chosen was closed before a byte of the request was
//! written, and the connection had served another one. That is not a second request to anybody.
//!
//! Two things end after their call, and soon: a connection under way for a call that got another one in the meantime, which is kept as an unused
//! one, or given up with the connect timeout; and the lookup of a name, which the system does on a thread of Tokio's.

mod body;
mod error;
mod given;
#[cfg(feature = "rustls")]
mod https;

pub(crate) use body::{Bounds, Unread, read};
pub(crate) use error::{Silence, TransportError, closed_before_reply, never_sent};
pub(crate) use given::GivenClient;

use crate::config::Config;
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
#[cfg(feature = "rustls")]
use https::HttpsClient;
#[cfg(all(feature = "rustls", feature = "test-util"))]
pub(crate) use https::Proxies;
use std::fmt;
#[cfg(feature = "rustls")]
use std::sync::Arc;

/// Put on a request ([`HttpRequest::add_extension`](crate::config::http::HttpRequest::add_extension)), it has our own client open a
/// connection for it instead of taking one that was used before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fresh;

/// Whom requests are handed to.
#[derive(Clone)]
pub(crate) enum Client {
    #[cfg(feature = "rustls")]
    Own(Arc<HttpsClient>),
    Given(GivenClient),
}

/// The configured client.
pub(crate) fn given(config: &Config) -> Option<Client> {
    config.given_client().cloned().map(Client::Given)
}

/// The configured client; without one, a new client of our own, with a pool of its own.
#[cfg(feature = "rustls")]
pub(crate) fn client(config: &Config) -> Option<Client> {
    given(config).or_else(|| Some(Client::Own(Arc::new(HttpsClient::new(config)))))
}

/// The same for what is on this machine or beside it, such as the metadata of an instance: never through a proxy.
#[cfg(all(feature = "credentials", feature = "rustls"))]
pub(crate) fn direct_client(config: &Config) -> Option<Client> {
    given(config).or_else(|| Some(Client::Own(Arc::new(HttpsClient::direct(config)))))
}

/// The configured client.
#[cfg(not(feature = "rustls"))]
pub(crate) fn client(config: &Config) -> Option<Client> {
    given(config)
}

/// The configured client.
#[cfg(all(feature = "credentials", not(feature = "rustls")))]
pub(crate) fn direct_client(config: &Config) -> Option<Client> {
    given(config)
}

/// What a client sends requests through under a configuration.
pub(crate) fn connector(client: Option<&Client>, config: &Config) -> Result<SharedHttpConnector, NoConnector> {
    let client = client.ok_or_else(|| {
        NoConnector("no HTTP client: enable the crate's feature rustls, or set http_client in the configuration".to_owned())
    })?;
    match client {
        #[cfg(feature = "rustls")]
        Client::Own(client) => Ok(client.connector(&config.timeouts(), config.timer())),
        Client::Given(client) => client.connector(config),
    }
}

/// Why nothing can be sent.
#[derive(Clone, Debug)]
pub(crate) struct NoConnector(String);

impl fmt::Display for NoConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoConnector {}

#[cfg(all(test, feature = "rustls"))]
mod tests;
