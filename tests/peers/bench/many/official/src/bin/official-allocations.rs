//! `JOB COUNT`: runs a job so many times with `aws-sdk-codebuild` and prints the number of allocations. It is a separate program, because counting
//! takes time.

fn main() -> Result<(), bench_many_official::Failure> {
    let mut result = Ok(());
    let counted = allocation_counter::measure(|| result = bench_many_official::run(std::env::args().skip(1)));
    println!("{}", counted.count_total);
    result
}
