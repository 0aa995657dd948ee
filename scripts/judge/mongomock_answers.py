"""Answers cases, one JSON document a line, with mongomock: the other side of judge.ts."""

import json
import sys

import mongomock


def answer(case):
    collection = mongomock.MongoClient().db.c
    if case["docs"]:
        collection.insert_many(case["docs"])
    kind = case["kind"]
    if kind == "find":
        return [doc["_id"] for doc in collection.find(case["filter"])]
    if kind == "sort":
        return [doc["_id"] for doc in collection.find({}).sort(list(case["sort"].items()))]
    if kind == "project":
        return list(collection.find({}, case["projection"]))
    if kind == "update":
        collection.update_many(case["filter"], case["update"])
        return list(collection.find())
    return list(collection.aggregate(case["pipeline"]))


for line in sys.stdin:
    try:
        result = {"ok": answer(json.loads(line))}
    except Exception as error:  # an error is an answer, whatever its class
        result = {"error": str(error)}
    print(json.dumps(result), flush=True)
