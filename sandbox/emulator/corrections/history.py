"""Where moto tells less than AWS does: who called what. CloudTrail keeps 90 days of it and passes it on to EventBridge;
moto keeps nothing and tells nobody."""

import json
import threading
from collections import deque
from datetime import datetime, timezone
from uuid import uuid4

# The oldest calls go first; an emulated account lives for a day at most.
MOST = 20_000
PAGE = 50

# Told by AWS as these words, or not at all. Source: CloudTrail User Guide, "CloudTrail record contents".
HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"
SECRETS = {"SecretAccessKey", "SessionToken", "Password", "NewPassword", "OldPassword", "SecretString", "SecretBinary"}

# CloudTrail passes on every call; these are the ones that something of ours does more about than tell.
REPORTED = {"AttachUserPolicy"}

calls = deque(maxlen=MOST)
adding = threading.Lock()


class Call:
    """A call that was answered. Its record is made when somebody asks for it: most are never asked for."""

    def __init__(self, response, status, body):
        self.response, self.status, self.body = response, status, body
        self.time = datetime.now(timezone.utc)
        self.id = str(uuid4())
        self.caller = identity(response)
        self.region = "us-east-1" if response.boto3_service_name == "iam" else response.region
        self.made = None

    @property
    def record(self):
        self.made = self.made or record_of(self)
        return self.made


class Given:
    """A record that somebody put here, of a time when the emulator was not there."""

    def __init__(self, record, time=None):
        self.record = record
        self.time = time or datetime.fromisoformat(record["eventTime"].replace("Z", "+00:00"))
        self.caller = record["userIdentity"]
        self.region = record["awsRegion"]


def give(records):
    with adding:
        calls.extend(Given(record) for record in records)


def told_so_far():
    """Record and moment of every call, as `give_back` takes them."""
    with adding:
        there = list(calls)
    return [(call.record, call.time) for call in there]


def give_back(records):
    with adding:
        calls.extend(Given(record, time) for record, time in records)


def remember_calls():
    """Keeps what is called from now on: what changes something, and what is signed with a key of IAM or of a role. S3
    has a way of its own through moto, and is not seen; neither are calls from within, as state machines make them."""
    from moto.core.responses import BaseResponse

    call_action = BaseResponse.call_action

    def call_and_remember(self):
        status, headers, body = call_action(self)
        action = self._get_action()
        if self.is_werkzeug_request and (not is_read(action) or signed_by(self)):
            call = Call(self, int(status), body)
            with adding:
                calls.append(call)
            if action in REPORTED and call.status < 400:
                # What becomes of the event is nothing the caller hears of.
                threading.Thread(target=report, args=(call,), daemon=True).start()
        return status, headers, body

    BaseResponse.call_action = call_and_remember


def report(call):
    from moto.events.models import events_backends

    bus = events_backends[call.response.current_account][call.region]
    event = {"Source": "aws.iam", "DetailType": "AWS API Call via CloudTrail", "Detail": json.dumps(call.record)}
    bus.put_events([event])


def event_history():
    """LookupEvents: the newest first, by one attribute, a region's own events; those of IAM and STS's global endpoint
    in the partition's first region. moto has no such call."""
    from moto.cloudtrail.responses import CloudTrailResponse

    def lookup_events(self):
        asked = json.loads(self.body or "{}")
        start = int(asked.get("NextToken") or 0)
        size = min(int(asked.get("MaxResults") or PAGE), PAGE)
        wanted = asked.get("LookupAttributes") or []
        begin, end = asked.get("StartTime", 0), asked.get("EndTime", float("inf"))
        with adding:
            there = sorted(calls, key=lambda call: call.time, reverse=True)
        found = []
        for call in there:
            # By what is known of every call first: a record is made of few.
            known = call.region == self.region and all(might_be(call, each) for each in wanted)
            if known and begin <= call.time.timestamp() <= end:
                event = event_of(call.record)
                if all(is_wanted(event, each) for each in wanted):
                    found.append(event)
        page = {"Events": found[start : start + size]}
        if start + size < len(found):
            page["NextToken"] = str(start + size)
        return json.dumps(page)

    CloudTrailResponse.lookup_events = lookup_events


def might_be(call, attribute):
    key, value = attribute["AttributeKey"], attribute["AttributeValue"]
    known = {"AccessKeyId": lambda: call.caller.get("accessKeyId"), "Username": lambda: name_of(call.caller)}
    return key not in known or known[key]() == value


def name_of(caller):
    return caller.get("userName") or caller.get("arn", "").split("/")[-1]


def is_wanted(event, attribute):
    key, value = attribute["AttributeKey"], attribute["AttributeValue"]
    if key == "ResourceName":
        # CloudTrail lists resources by rules of each service; here whatever the call names.
        return json.dumps(value) in event["CloudTrailEvent"]
    return str(event.get(key, "")).lower() == value.lower() if key == "ReadOnly" else event.get(key) == value


def event_of(record):
    who = record["userIdentity"]
    return {
        "EventId": record["eventID"],
        "EventName": record["eventName"],
        "EventSource": record["eventSource"],
        "EventTime": datetime.fromisoformat(record["eventTime"].replace("Z", "+00:00")).timestamp(),
        "ReadOnly": json.dumps(record["readOnly"]),
        "Username": name_of(who),
        "AccessKeyId": who.get("accessKeyId", ""),
        "Resources": [],
        "CloudTrailEvent": json.dumps(record),
    }


def record_of(call):
    from moto.core.utils import get_service_model

    response = call.response
    model = get_service_model(response.boto3_service_name)
    action = operation_named(model, response._get_action())
    failed = call.status >= 400
    read = is_read(action)
    try:
        parsed, asked, answered = contents(model, model.operation_model(action), call)
    except Exception:
        # A call that nothing can read must not spoil the history of all others.
        parsed, asked, answered = {}, None, None
    record = {
        "eventVersion": "1.11",
        "userIdentity": call.caller,
        "eventTime": call.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": f"{model.endpoint_prefix.split('.')[-1]}.amazonaws.com",
        "eventName": action,
        "awsRegion": call.region,
        "sourceIPAddress": response.headers.get("X-Forwarded-For") or "127.0.0.1",
        "userAgent": response.headers.get("User-Agent", ""),
        "requestParameters": asked or None,
        "responseElements": None if read or failed else answered or None,
        "eventID": call.id,
        "readOnly": read,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": response.current_account,
        "eventCategory": "Management",
    }
    if failed:
        error = parsed.get("Error", {})
        record.update(errorCode=error.get("Code", "Failed"), errorMessage=error.get("Message", ""))
    return record


def operation_named(model, action):
    """Where a service's calls are told apart by their paths, moto names some by these: Batch's `describejobqueues`."""
    return next((name for name in model.operation_names if name.lower() == action.lower()), action)


def contents(model, operation, call):
    is_ec2 = model.protocol == "ec2"
    response = call.response
    parsed = parsed_answer(model, operation, call)
    response.parse_parameters(response.normalized_request)
    asked = told(response.params, operation.input_shape, is_ec2)
    return parsed, asked, told(parsed, operation.output_shape, is_ec2)


def parsed_answer(model, operation, call):
    from botocore.parsers import create_parser

    body = call.body if isinstance(call.body, bytes) else str(call.body).encode()
    answer = {"status_code": call.status, "headers": {}, "body": body}
    parsed = create_parser(model.protocol).parse(answer, operation.output_shape)
    parsed.pop("ResponseMetadata", None)
    return parsed


def told(value, shape, is_ec2):
    """Members as CloudTrail spells them: a small letter in front; of EC2 the names on the wire, lists within `items`."""
    if value is None or shape is None:
        return None
    if shape.type_name == "structure":
        members = shape.members
        return {
            spelled(name, members[name], is_ec2): HIDDEN if name in SECRETS else told(each, members[name], is_ec2)
            for name, each in value.items()
            if name in members and each is not None
        }
    if shape.type_name == "list":
        items = [told(each, shape.member, is_ec2) for each in value]
        return {"items": items} if is_ec2 else items
    if shape.type_name == "map":
        return {str(name): told(each, shape.value, is_ec2) for name, each in value.items()}
    if shape.type_name == "timestamp":
        return str(value)
    return value if isinstance(value, (bool, int, float, str)) else str(value)


def spelled(name, shape, is_ec2):
    on_wire = shape.serialization.get("name", name) if is_ec2 else name
    return on_wire[0].lower() + on_wire[1:]


def is_read(action):
    return action.startswith(("Get", "List", "Describe", "Lookup", "Head", "BatchGet", "Search", "Generate"))


def signed_by(response):
    return "userName" in identity(response) or "sessionContext" in identity(response)


def identity(response):
    """Whose key it is; whom the emulator does not know is whom GetCallerIdentity says he is."""
    from moto.iam.models import iam_backends
    from moto.sts.models import sts_backends

    key, account = response.access_key, response.current_account
    base = {"accountId": account, "accessKeyId": key}
    # Only the partitions in which somebody has been: moto would make the others for the question.
    for iam in list(iam_backends[account].values()):
        for user in list(iam.users.values()):
            if any(each.access_key_id == key for each in user.access_keys):
                named = {"type": "IAMUser", "principalId": user.id, "arn": user.arn, "userName": user.name}
                return {**named, **base}
    for sts in list(sts_backends[account].values()):
        role = sts.get_assumed_role_from_access_key(key)
        if role:
            issuer = {"type": "Role", "arn": role.role_arn, "userName": role.role_arn.split("/")[-1]}
            session = {"sessionIssuer": {**issuer, "accountId": account}}
            return {"type": "AssumedRole", "arn": role.arn, **base, "sessionContext": session}
    return {"type": "AWSAccount", "arn": f"arn:aws:sts::{account}:user/moto", **base}
