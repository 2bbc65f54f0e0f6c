"""Reads with boto3 what the program of the test wrote, and prints the replies in the form in which the program prints its own.

The argument is the name of the queue, the table, the parameter and the secret. Standard input has the program's replies.
"""

import base64
import datetime
import json
import sys

import boto3


def plain(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        seconds = value.timestamp()
        return int(seconds) if seconds.is_integer() else seconds
    raise TypeError(f"no JSON for {value!r}")


def without_metadata(reply):
    return {name: value for name, value in reply.items() if name != "ResponseMetadata"}


def listed(client, operation, key, size, **arguments):
    paginator = boto3.client(client).get_paginator(operation)
    pages = list(paginator.paginate(**arguments, PaginationConfig={"PageSize": size}))
    return {"pages": len(pages), "items": [item for page in pages for item in page.get(key, [])]}


name = sys.argv[1]
written = json.load(sys.stdin)
received = boto3.client("sqs").receive_message(
    QueueUrl=written["sqs"]["QueueUrl"], MessageAttributeNames=["All"], VisibilityTimeout=0, MaxNumberOfMessages=10
)
got = boto3.client("dynamodb").get_item(TableName=name, Key={"id": {"S": "one"}})
ciphertext = base64.b64decode(written["kms"]["encrypted"]["CiphertextBlob"])
decrypted = boto3.client("kms").decrypt(CiphertextBlob=ciphertext, EncryptionContext={"for": "a test"})
parameter = boto3.client("ssm").get_parameter(Name=name, WithDecryption=True)
secret = boto3.client("secretsmanager").get_secret_value(SecretId=name)
replies = {
    "sqs": {
        "received": without_metadata(received),
        "queues": listed("sqs", "list_queues", "QueueUrls", 3, QueueNamePrefix=f"{name}-pages-"),
    },
    "dynamodb": {
        "got": without_metadata(got),
        "scanned": listed("dynamodb", "scan", "Items", 3, TableName=name),
        "tables": listed("dynamodb", "list_tables", "TableNames", 1),
    },
    "kms": {"decrypted": without_metadata(decrypted)},
    "ssm": {
        "got": without_metadata(parameter),
        "below": listed("ssm", "get_parameters_by_path", "Parameters", 3, Path=f"/{name}/pages"),
    },
    "secretsmanager": {"got": without_metadata(secret)},
    "logs": {"events": listed("logs", "filter_log_events", "events", 3, logGroupName=name)},
}
print(json.dumps(replies, default=plain))
