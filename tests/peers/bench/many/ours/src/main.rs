//! `JOB COUNT`: runs a job so many times with `smithlet-codebuild`.

fn main() -> Result<(), bench_many_ours::Failure> {
    bench_many_ours::run(std::env::args().skip(1))
}
