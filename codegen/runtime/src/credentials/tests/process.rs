#![cfg(unix)]

use super::{Home, find, found, parts, seeking};
use std::fs::File;
use std::io::Read as _;
use std::pin::pin;
use std::process::Command;

fn profile(command: &str) -> Home {
    Home::with(&format!("[default]\ncredential_process = {command}\n"))
}

#[tokio::test]
async fn a_program_prints_credentials() {
    let home = Home::new();
    let output = r#"{"Version": 1, "AccessKeyId": "PROCESS", "SecretAccessKey": "SECRETKEY", "SessionToken": "SECRETTOKEN"}"#;
    let file = home.write("output of it", output);
    home.write(".aws/config", &format!("[default]\ncredential_process = cat \"{file}\"\n"));
    let credentials = found(&home, &[]).await.unwrap();
    assert_eq!((parts(&credentials), credentials.expiry()), (("PROCESS", "SECRETKEY", Some("SECRETTOKEN")), None));
}

#[tokio::test]
async fn a_program_that_fails_is_named_and_its_output_is_not() {
    let table = [
        (
            "sh -c 'echo SECRETKEY; echo SECRETTOKEN >&2; exit 3'",
            "\"sh\" failed: exit status: 3; what it wrote to its standard error is in that of this program",
        ),
        ("/there/is/no/such/program", "\"/there/is/no/such/program\" cannot be run: No such file or directory (os error 2)"),
        ("echo SECRETKEY", "what \"echo\" prints is not credentials: expected a value (byte 0)"),
        ("'echo", "in the command, a quote is not closed"),
        ("cat /dev/zero", "\"cat\" prints more than 262144 bytes"),
    ];
    for (command, expected) in table {
        let home = profile(command);
        let line = found(&home, &[]).await.unwrap_err();
        assert_eq!(line, format!("no credentials: profile default: {}: credential_process: {expected}", home.line(2)));
    }
}

#[tokio::test]
async fn a_program_ends_with_the_call_that_waits_for_it() {
    let home = Home::new();
    let fifo = home.0.join("fifo");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let command = format!("sh -c 'exec 3> {}; echo begun >&3; exec sleep 600'", fifo.display());
    home.write(".aws/config", &format!("[default]\ncredential_process = {command}\n"));
    // The other end of the program's pipe. It opens when the program has begun, and ends when the program is gone.
    let mut begun = tokio::task::spawn_blocking(move || {
        let mut pipe = File::open(fifo).unwrap();
        let mut word = [0; 6];
        pipe.read_exact(&mut word).unwrap();
        pipe
    });
    let mut pipe = {
        let mut call = pin!(find(seeking(&home, &[])));
        tokio::select! {
            _ = &mut call => panic!("the program goes on for minutes"),
            pipe = &mut begun => pipe.unwrap(),
        }
    };
    let rest = tokio::task::spawn_blocking(move || pipe.read_to_end(&mut Vec::new())).await.unwrap();
    assert_eq!(rest.unwrap(), 0);
}
