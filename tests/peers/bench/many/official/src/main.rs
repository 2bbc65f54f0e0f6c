//! `JOB COUNT`: runs a job so many times with `aws-sdk-codebuild`.

fn main() -> Result<(), bench_many_official::Failure> {
    bench_many_official::run(std::env::args().skip(1))
}
