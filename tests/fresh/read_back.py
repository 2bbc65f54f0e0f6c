"""Reads with boto3 what the program of the test wrote, and prints the replies in the form in which the program prints its own.

The argument is the name of the queue, the table, the parameter and all other resources. Standard input has the program's replies.
"""

import base64
import datetime
import json
import sys

import boto3
from botocore.exceptions import ClientError, WaiterError
from botocore.response import StreamingBody


def plain(value):
    if isinstance(value, StreamingBody):
        value = value.read()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        seconds = value.timestamp()
        return int(seconds) if seconds.is_integer() else seconds
    raise TypeError(f"no JSON for {value!r}")


def without_metadata(reply):
    return {name: value for name, value in reply.items() if name != "ResponseMetadata"}


def refused(call, **arguments):
    """The code and the message of the refusal that a call ends with."""
    try:
        call(**arguments)
        raise AssertionError(f"{call.__name__} should be refused")
    except ClientError as error:
        return {name: error.response["Error"].get(name) for name in ("Code", "Message")}


def functions(name):
    client = boto3.client("lambda")
    return {
        "invoked": without_metadata(client.invoke(FunctionName=name, LogType="Tail", Payload='{"a": "ü"}'.encode())),
        "got": without_metadata(client.get_function(FunctionName=name)),
        "refused": refused(client.get_function, FunctionName=f"{name}-gone"),
        "deleted": without_metadata(client.delete_function(FunctionName=name)),
    }


def clusters(name):
    client = boto3.client("eks")
    return {
        "got": without_metadata(client.describe_cluster(name=name)),
        "listed": without_metadata(client.list_clusters(maxResults=10)),
        "refused": refused(client.describe_cluster, name=f"{name}-gone"),
    }


def apis(identity, gone):
    client = boto3.client("apigateway")

    def on_the_wire(reply):
        """A list, which has another name in boto3 than on the wire."""
        return {"item": reply.pop("items"), **without_metadata(reply)}

    return {
        "got": without_metadata(client.get_rest_api(restApiId=identity)),
        "listed": on_the_wire(client.get_rest_apis(limit=10)),
        "resources": on_the_wire(client.get_resources(restApiId=identity, embed=["methods"], limit=5)),
        "refused": refused(client.get_rest_api, restApiId=gone),
        "deleted": without_metadata(client.delete_rest_api(restApiId=identity)),
    }


def metrics(name):
    client = boto3.client("cloudwatch")
    dimensions = [{"Name": "stage", "Value": "<ü>"}]
    start = datetime.datetime.fromtimestamp(1_800_000_000, datetime.timezone.utc)
    end = start + datetime.timedelta(minutes=10)

    def read(metric):
        reply = client.get_metric_statistics(
            Namespace=name, MetricName=metric, Dimensions=dimensions, StartTime=start, EndTime=end, Period=60, Statistics=["Sum", "SampleCount"]
        )
        return without_metadata(reply)

    return {
        "listed": without_metadata(client.list_metrics(Namespace=name)),
        "few": read("few"),
        "many": read("many"),
        "refused": refused(client.get_dashboard, DashboardName=name),
    }


def listed(client, operation, key, size, **arguments):
    paginator = boto3.client(client).get_paginator(operation)
    pages = list(paginator.paginate(**arguments, PaginationConfig={"PageSize": size}))
    return {"pages": len(pages), "items": [item for page in pages for item in page.get(key, [])]}


def end(client, waiter, **arguments):
    """The end of a wait of two polls, in the word that the program uses."""
    try:
        boto3.client(client).get_waiter(waiter).wait(**arguments, WaiterConfig={"Delay": 1, "MaxAttempts": 2})
        return "success"
    except WaiterError as error:
        reason = error.kwargs["reason"]
        return "exceeded" if reason.startswith("Max attempts") else "failure" if "terminal failure state" in reason else "error"


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
schedule = boto3.client("scheduler").get_schedule(Name=name, GroupName="default")
schedules = boto3.client("scheduler").list_schedules(NamePrefix=name, MaxResults=10)
contact = boto3.client("sesv2").get_contact(ContactListName=name, EmailAddress="a+b@example.com")
replies = {
    "sqs": {
        "received": without_metadata(received),
        "queues": listed("sqs", "list_queues", "QueueUrls", 3, QueueNamePrefix=f"{name}-pages-"),
    },
    "dynamodb": {
        "got": without_metadata(got),
        "scanned": listed("dynamodb", "scan", "Items", 3, TableName=name),
        "tables": listed("dynamodb", "list_tables", "TableNames", 1),
        "waits": {
            "exists": end("dynamodb", "table_exists", TableName=name),
            "exists, none": end("dynamodb", "table_exists", TableName=f"{name}-none"),
            "not exists": end("dynamodb", "table_not_exists", TableName=name),
            "not exists, none": end("dynamodb", "table_not_exists", TableName=f"{name}-none"),
        },
    },
    "ecs": {
        "waits": {
            service: [end("ecs", waiter, cluster=name, services=[service]) for waiter in ("services_stable", "services_inactive")]
            for service in ("idle", "starting", "none")
        }
    },
    "kms": {"decrypted": without_metadata(decrypted)},
    "ssm": {
        "got": without_metadata(parameter),
        "below": listed("ssm", "get_parameters_by_path", "Parameters", 3, Path=f"/{name}/pages"),
    },
    "secretsmanager": {"got": without_metadata(secret)},
    "logs": {"events": listed("logs", "filter_log_events", "events", 3, logGroupName=name)},
    "scheduler": {"got": without_metadata(schedule), "listed": without_metadata(schedules)},
    "sesv2": {"got": without_metadata(contact)},
    "lambda": functions(name),
    "eks": clusters(name),
    "apigateway": apis(written["apigateway"]["id"], written["apigateway"]["gone"]),
    "cloudwatch": metrics(name),
}
print(json.dumps(replies, default=plain))
