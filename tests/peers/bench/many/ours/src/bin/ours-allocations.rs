//! `JOB COUNT`: runs a job so many times with `smithlet-codebuild` and prints the number of allocations. It is a separate program, because counting
//! takes time.

fn main() -> Result<(), bench_many_ours::Failure> {
    let mut result = Ok(());
    let counted = allocation_counter::measure(|| result = bench_many_ours::run(std::env::args().skip(1)));
    println!("{}", counted.count_total);
    result
}
