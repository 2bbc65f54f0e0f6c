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
    "sqs": {"received": without_metadata(received)},
    "dynamodb": {"got": without_metadata(got)},
    "kms": {"decrypted": without_metadata(decrypted)},
    "ssm": {"got": without_metadata(parameter)},
    "secretsmanager": {"got": without_metadata(secret)},
}
print(json.dumps(replies, default=plain))
