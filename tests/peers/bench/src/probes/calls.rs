//! The cost of a call: the difference of a long and a short run, which excludes the cost of the start.

use crate::bench::{Bench, Kind, Measured};
use crate::results::Who;
use crate::stats::per_item;
use anyhow::{Context as _, Result};

const CLIENTS: [Who; 2] = [Who::Ours, Who::Peer];
const ALL: [Who; 3] = [Who::Ours, Who::Peer, Who::Floor];

pub(super) fn small(bench: &Bench) -> Result<Measured> {
    calls(bench, "small", bench.runs(4_000, 1_000), ["call-cpu", "call-wall"])
}

pub(super) fn large(bench: &Bench) -> Result<Measured> {
    calls(bench, "large", bench.runs(400, 100), ["large-cpu", "large-wall"])
}

fn calls(bench: &Bench, job: &str, count: u32, [cpu, wall]: [&'static str; 2]) -> Result<Measured> {
    let (few, many) = (10, 10 + count);
    // The ratios of pairs vary by a tenth with the scheduling of the cores, so that a stable median needs many runs.
    bench.in_turn(bench.runs(25, 5), &ALL, |who| {
        let (short, long) = (bench.job(who, Kind::Many, job, few)?, bench.job(who, Kind::Many, job, many)?);
        let walls = (short.wall.as_secs_f64(), long.wall.as_secs_f64());
        Ok(vec![(cpu, per_item(short.cpu(), long.cpu(), few, many)), (wall, per_item(walls.0, walls.1, few, many))])
    })
}

pub(super) fn decode(bench: &Bench) -> Result<Measured> {
    let (few, many) = (1, 1 + bench.runs(400, 100));
    bench.in_turn(bench.runs(9, 3), &CLIENTS, |who| {
        let (short, long) = (bench.job(who, Kind::Many, "decode", few)?, bench.job(who, Kind::Many, "decode", many)?);
        Ok(vec![("decode-cpu", per_item(short.cpu(), long.cpu(), few, many))])
    })
}

/// The cost of copying the input is subtracted, because a serializer of the official crate consumes it.
pub(super) fn encode(bench: &Bench) -> Result<Measured> {
    let count = bench.runs(100_000, 30_000);
    bench.in_turn(bench.runs(9, 3), &CLIENTS, |who| {
        let (copy, encode) = (bench.job(who, Kind::Many, "copy", count)?, bench.job(who, Kind::Many, "encode", count)?);
        Ok(vec![("encode-cpu", (encode.cpu() - copy.cpu()) / f64::from(count))])
    })
}

pub(super) fn allocations(bench: &Bench) -> Result<Measured> {
    bench.in_turn(1, &CLIENTS, |who| {
        let count = |job, times| -> Result<f64> {
            let output = bench.job(who, Kind::Counting, job, times)?.stdout;
            output
                .trim()
                .parse()
                .with_context(|| format!("{}: expected the number of allocations, found {output:?}", Bench::package(who, Kind::Counting)))
        };
        let per = |job, few, many| Ok::<_, anyhow::Error>(per_item(count(job, few)?, count(job, many)?, few, many));
        Ok(vec![("call-allocations", per("small", 100, 600)?), ("decode-allocations", per("decode", 1, 11)?)])
    })
}
