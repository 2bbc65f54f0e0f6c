"""read.py FEED: prints what two parsers read in an Atom feed, as JSON. Ends with an error if either of them finds a fault in it."""

import json
import sys

import atoma
import feedparser

path = sys.argv[1]

lenient = feedparser.parse(path)
if lenient.bozo:
    sys.exit(f"feedparser: {lenient.bozo_exception!r}")
if lenient.version != "atom10":
    sys.exit(f"feedparser: expected Atom 1.0, found {lenient.version!r}")
strict = atoma.parse_atom_file(path)

entries = [
    {
        "id": entry.id,
        "title": entry.title,
        "updated": entry.updated,
        "categories": [tag.term for tag in entry.tags],
        "type": entry.content[0].type,
        "content": entry.content[0].value,
    }
    for entry in lenient.entries
]
read_strictly = [{"id": entry.id_, "title": entry.title.value, "updated": entry.updated.strftime("%Y-%m-%dT%H:%M:%SZ")} for entry in strict.entries]
for one, other in zip(entries, read_strictly, strict=True):
    if any(one[key] != value for key, value in other.items()):
        sys.exit(f"the parsers disagree: {one} and {other}")

feed = {"id": lenient.feed.id, "title": lenient.feed.title, "subtitle": lenient.feed.subtitle, "updated": lenient.feed.updated}
print(json.dumps({"feed": feed, "entries": entries}))
