//! The transport sends requests and reads replies. It implements the same trait as the HTTP clients of AWS's SDK,
//! [`HttpClient`](crate::config::HttpClient).
//!
//! The crate's own client (feature `rustls`, the default) speaks HTTP/1.1 over TCP or TLS, with hyper, rustls, and a pool of its
//! own. It makes no second attempt: it reports how far a request got, and the engine decides. This page describes that client. A client that is
//! set with [`http_client`](crate::config::Builder::http_client) is given the timeouts, and its bodies are read within the same bounds; the
//! other settings and promises do not apply to it.
//!
//! # Settings
//!
//! | what | where | without it | test |
//! |---|---|---|---|
//! | proxy for `https` | `https_proxy`, `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY`: the first that is set | none | `the_scheme_chooses_and_lower_case_goes_first` |
//! | proxy for `http` | `http_proxy`, `HTTP_PROXY` (not in CGI, where it is the sender's to choose), `all_proxy`, `ALL_PROXY` | none | the same, `under_cgi_a_request_cannot_choose_the_proxy` |
//! | hosts without a proxy | `no_proxy`, `NO_PROXY`: `*` alone for all hosts, or a list with commas of names with all below them, addresses, and networks as in `10.0.0.0/8`; with a port, URLs that name it | none | `some_hosts_are_reached_without_a_proxy`, `no_proxy::tests`, `differential::proxies` |
//! | certificates to trust | [`ca_bundle`](crate::config::Builder::ca_bundle), or `AWS_CA_BUNDLE`: a file in PEM, in place of the system's | the system's, or those of `SSL_CERT_FILE` and `SSL_CERT_DIR` | `a_private_authority_is_trusted_by_its_file` |
//! | connect timeout | [`timeout_config`](crate::config::Builder::timeout_config) | 3.1 s | `a_connection_that_does_not_come_about_times_out` |
//! | read timeout | the same | 60 s | `a_server_that_does_not_answer_times_out` |
//! | time for a body | [`max_response_time`](crate::config::Builder::max_response_time) | five minutes from the head of the reply on; `Duration::MAX` for no bound | `slow::a_body_that_takes_too_long_times_out`, `slow::the_time_can_be_switched_off` |
//! | bound of a body | [`max_response_size`](crate::config::Builder::max_response_size) | 64 MiB | `a_body_without_end_is_read_up_to_the_bound` |
//!
//! A proxy's URL is `http://host:port` or `https://host:port`, with `user:password@` before the host if the proxy asks for them. The default
//! port is 80 or 443. A `/`, `?`, `#` or `%` in the user or the password is percent-encoded; an `@` may stand as it is. A request with TLS goes
//! through the proxy by CONNECT; a request without TLS is forwarded by the proxy. SOCKS is not supported.
//!
//! For the list of hosts without a proxy, Python (which botocore asks) and curl are the reference. Where they differ, an address is compared as
//! an address (curl), a port counts (Python), an IPv6 address may have brackets or not, and only commas separate.
//!
//! The variables are those of [`environment`](crate::config::Builder::environment), read at the first request; `SSL_CERT_FILE` and `SSL_CERT_DIR`
//! are always those of the process. A malformed value is an error that names the variable or the file when it is needed, and nothing is sent.
//! Requests to the machine itself (the metadata of an instance, a container's credentials) never go through a proxy.
//!
//! # Promises
//!
//! | what happens | what is promised | test (`http::tests`) |
//! |---|---|---|
//! | the reply was read to its end | the connection serves the next call | `pool::a_connection_is_used_again_and_closed_with_its_client` |
//! | the server closes an unused connection | it is closed at once | `pool::an_unused_connection_that_the_server_closes_is_closed` |
//! | 20 s without a call | the connection is not used again, and is closed within another 20 s | `odd::an_unused_connection_serves_for_twenty_seconds_and_is_closed_soon_after` |
//! | the client is dropped | its unused connections are closed | `pool::a_connection_is_used_again_and_closed_with_its_client` |
//! | the client goes on in another Tokio runtime after the first one was shut down | it opens new connections | `pool::a_client_goes_on_in_another_runtime` |
//! | many calls at once | 50 connections to a host stay open afterwards at most | `pool::a_burst_leaves_no_more_than_fifty_connections` |
//! | the reply comes after the read timeout | the connection is closed; no later call gets that reply | `dropped::a_late_reply_reaches_no_later_call` |
//! | the call is dropped: before it is connected, while TLS is agreed on, while it is written, while it waits, in the body | nothing more is sent, and the connection is closed | `dropped::before_it_is_connected_a_request_leaves_nothing`, `dropped::while_tls_is_agreed_on_a_request_closes_its_connection`, `dropped::while_it_is_written_a_request_is_never_whole`, `dropped::while_it_waits_a_request_closes_its_connection`, `dropped::in_the_body_a_reply_closes_its_connection` |
//! | many calls at once, many of them dropped | none gets the reply of another | `dropped::no_call_gets_the_reply_of_another` |
//! | the body is not read to its end: larger than its bound, broken, dropped | the connection is closed | `pool::a_connection_whose_reply_was_not_read_to_its_end_is_not_used_again` |
//! | more comes than the reply, or a second one | the connection is closed, and no later call gets it (as long as it came before the next request was written: HTTP/1.1 numbers nothing) | `pool::a_connection_with_more_than_its_reply_is_not_used_again` |
//! | the server says that it closes the connection | it is not used again | `pool::a_connection_that_the_server_closes_is_not_used_again` |
//! | a transient failure after a reply; a custom client is told by AWS's `ConnectionMetadata::poison` | the connection is not used again | `pool::a_poisoned_connection_is_not_used_again` |
//! | the server closes a connection that is used again | a request of which a byte was written is not sent again by the transport; the engine knows whether a byte of the reply came | `pool::a_request_into_a_closed_connection_is_not_sent_again_by_the_transport`, `pool::a_failure_tells_whether_a_byte_of_the_reply_came` |
//! | the server closes the connection before anything is written | the failure counts as never sent | `pool::a_connection_that_is_closed_at_once_has_been_sent_nothing` |
//! | the engine asks for a new connection | it gets one | `pool::a_fresh_request_has_a_connection_of_its_own` |
//! | no address, or a refused connection | one line with the host | `odd::a_host_without_an_address_is_named`, `a_refused_connection_names_its_host` |
//! | the connect timeout | it covers the name, the socket, the proxy and TLS | `a_connection_that_does_not_come_about_times_out`, `odd::the_connect_timeout_covers_the_proxy_and_tls` |
//! | no reply; a silence within the body | the read timeout ends the call | `a_server_that_does_not_answer_times_out`, `a_body_that_stops_coming_times_out` |
//! | a body that comes a few bytes at a time | it is read for five minutes, also with a custom client | `slow::a_body_that_takes_too_long_times_out`, `slow::the_body_of_a_custom_client_has_the_same_time` |
//! | a body without end | it is read up to its bound | `a_body_without_end_is_read_up_to_the_bound` |
//! | a head without end | it is read up to 100 headers and 400 KiB | `odd::a_head_without_end_has_a_bound` |
//! | `100 Continue`, and other interim replies | they are passed over; without end, until the read timeout | `odd::continue_is_passed_over`, `odd::continue_without_end_ends_with_the_read_timeout` |
//! | odd bytes in the head of a reply | they neither end the call nor appear in a line; a head with line breaks and the like is not HTTP | `odd::odd_headers_of_a_reply_do_no_harm` |
//! | line breaks in a setting | they cannot add a header | `odd::settings_cannot_add_headers` |
//! | TLS | HTTP/1.1 is asked for and nothing else | `odd::tls_speaks_http_1_1_and_nothing_else` |
//! | a certificate that has expired, is for another name, or is of an unknown authority | one line that says which and what to do; no other attempt | `tls::a_certificate_that_is_not_accepted_is_told_in_plain_words` |
//! | a private authority | its file makes it trusted | `tls::a_private_authority_is_trusted_by_its_file` |
//! | a file of certificates | it is read as OpenSSL reads it: past byte order marks, with the labels `CERTIFICATE`, `X509 CERTIFICATE` and `TRUSTED CERTIFICATE`; one that OpenSSL's settings reject for servers is not trusted | `tls::a_file_is_read_as_openssl_reads_it` |
//! | a file without certificates | one line with the variable or the file | `tls::a_file_without_certificates_is_named_with_what_names_it` |
//! | a proxy that is not there, refuses (407, 403, 5xx) or breaks | one line with its host, its variable and the status; the failure counts as never sent | `proxy::a_proxy_that_refuses_is_named_with_its_status`, `proxy::a_proxy_that_is_not_there_is_named` |
//! | a proxy's URL that is malformed | nothing is sent past it | `proxy::nothing_goes_past_a_proxy_whose_url_is_not_understood` |
//! | a proxy's password | it reaches the proxy, and is in no line and no `Debug` | `proxy::with_tls_the_proxy_makes_a_tunnel`, `proxy::a_proxy_that_refuses_is_named_with_its_status` |
//!
//! A head that arrives a byte at a time is bounded by the read timeout, a body by its own time. The timeouts of the attempt and of the operation
//! end both earlier, where they are set.
//!
//! The pool sends a request a second time by itself in one case: the chosen connection had served another request, and was closed before a byte of
//! this one was written. No server sees that request twice.
//!
//! A call drives its connection itself: nothing is sent or received while its future is not polled. A call that finds no unused connection opens
//! one, and does not wait for another call to end. One thing may outlast its call for a short time: the lookup of a name runs on a thread of
//! Tokio's until the system has answered.

mod body;
mod connector;
mod error;
#[cfg(feature = "rustls")]
mod https;
pub(crate) mod message;

pub(crate) use body::{Bounds, Unread, read};
pub(crate) use connector::{Connector, UsedConnection};
pub(crate) use error::{Silence, TransportError, closed_before_reply, never_sent};
pub(crate) use message::{Body, Request, Response};

use crate::config::timeout::TimeoutConfig;
use crate::config::{Environment, SharedAsyncSleep, SharedTimeSource};
use crate::custom_client::{self, CustomClient};
#[cfg(feature = "rustls")]
use https::HttpsClient;
#[cfg(all(feature = "credentials", feature = "rustls", feature = "test-util"))]
pub(crate) use https::Proxies;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A request's extension with which the crate's own client opens a new connection for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fresh;

/// A request's extension that counts the parts of its body, so that a long upload is not taken for a silent server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress(Arc<AtomicUsize>);

impl Progress {
    /// Records that a part of the body is about to be written.
    pub(crate) fn moves(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    #[cfg(feature = "rustls")]
    fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// The HTTP client of a handle.
#[derive(Clone)]
pub(crate) enum Client {
    #[cfg(feature = "rustls")]
    Own(Arc<HttpsClient>),
    Custom(CustomClient),
}

/// The settings that connections are opened with.
#[derive(Clone)]
#[cfg_attr(not(feature = "rustls"), expect(dead_code, reason = "only the crate's own client reads all settings"))]
pub(crate) struct Settings {
    pub(crate) custom_client: Option<CustomClient>,
    pub(crate) ca_bundle: Option<PathBuf>,
    pub(crate) environment: Environment,
    pub(crate) timeouts: TimeoutConfig,
    pub(crate) timer: Option<SharedAsyncSleep>,
    pub(crate) clock: SharedTimeSource,
}

impl Settings {
    /// The custom client of the configuration, if it has one.
    pub(crate) fn custom_client(&self) -> Option<Client> {
        self.custom_client.clone().map(Client::Custom)
    }

    /// The custom client or, without one, a new client of the crate's own with a connection pool of its own.
    pub(crate) fn client(&self) -> Option<Client> {
        let client = self.custom_client();
        #[cfg(feature = "rustls")]
        let client = client.or_else(|| Some(Client::Own(Arc::new(HttpsClient::new(self)))));
        client
    }

    /// The same without a proxy, for servers on or beside this machine, such as the instance metadata service.
    #[cfg(feature = "credentials")]
    pub(crate) fn direct_client(&self) -> Option<Client> {
        let client = self.custom_client();
        #[cfg(feature = "rustls")]
        let client = client.or_else(|| Some(Client::Own(Arc::new(HttpsClient::direct(self)))));
        client
    }

    /// A connector of a client.
    pub(crate) fn connector(&self, client: Option<&Client>) -> Result<Connector, NoConnector> {
        let client = client.ok_or_else(|| {
            NoConnector("no HTTP client: enable the crate's feature rustls, or set http_client in the configuration".to_owned())
        })?;
        let (timeouts, timer) = (&self.timeouts, self.timer.clone());
        match client {
            #[cfg(feature = "rustls")]
            Client::Own(client) => Ok(Connector::Own(client.connector(timeouts, timer))),
            Client::Custom(client) => client
                .connector(custom_client::Settings { timeouts, timer, clock: self.clock.clone() })
                .map(Connector::Custom)
                .map_err(|error| NoConnector(format!("the HTTP client cannot be given what it needs: {error}"))),
        }
    }
}

/// The reason why there is no connector, so that nothing can be sent.
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
