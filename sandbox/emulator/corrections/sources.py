"""What AWS Health and GuardDuty answer about themselves. moto has no AWS Health, and no findings of GuardDuty."""

import json

HEALTH = "AWSHealth_20160804."

# What the services were told to say: events in the form in which EventBridge gets them, by source.
SAID = {"aws.health": [], "aws.guardduty": []}


def say(events):
    """From now on the services know of these events. In AWS nobody can do that but AWS."""
    for event in events:
        SAID[event["source"]].append(event)


def findings():
    """GuardDuty tells the findings of a detector by their ids, in the region in which they are."""
    from moto.guardduty import responses, urls

    def get_findings(self):
        asked = self._get_param("findingIds")
        told = [each for each in SAID["aws.guardduty"] if each["region"] == self.region]
        return json.dumps({"findings": [as_finding(each["detail"]) for each in told if each["detail"]["id"] in asked]})

    responses.GuardDutyResponse.get_findings = get_findings
    urls.url_paths["{0}/detector/(?P<detector_id>[^/]+)/findings/get$"] = responses.GuardDutyResponse.dispatch


def as_finding(detail):
    """An event tells that it is a sample as a value, the API within a text."""
    service = dict(detail.get("service", {}))
    info = service.get("additionalInfo", {})
    if "value" not in info:
        service["additionalInfo"] = {"value": json.dumps(info, separators=(",", ":")), "type": "default"}
    return {"accountId": "123456789012", "severity": 8, **detail, "service": service}


def answer_health(target, body):
    """AWS Health answers accounts with AWS Business Support or more; here, those that know of an event.

    @returns the status and the text of the answer
    """
    if not SAID["aws.health"]:
        return 400, json.dumps({"__type": "SubscriptionRequiredException", "message": "no support plan"})
    asked = json.loads(body)
    known = {each["detail"]["eventArn"]: each["detail"] for each in SAID["aws.health"]}
    if target == f"{HEALTH}DescribeEventDetails":
        told = [each for each in asked["eventArns"] if each in known]
        failed = [{"eventArn": each, "errorName": "InvalidRequest"} for each in asked["eventArns"] if each not in known]
        return 200, json.dumps({"successfulSet": [as_details(known[each]) for each in told], "failedSet": failed})
    if target == f"{HEALTH}DescribeAffectedEntities":
        entities = [
            {"eventArn": arn, "entityValue": each.get("entityValue")}
            for arn in asked["filter"]["eventArns"]
            for each in known.get(arn, {}).get("affectedEntities", [])
        ]
        return 200, json.dumps({"entities": entities[: asked.get("maxResults", 10)]})
    return 501, json.dumps({"__type": "NotImplemented", "message": target})


def as_details(detail):
    event = {
        "arn": detail["eventArn"],
        "service": detail.get("service", "RISK"),
        "eventTypeCode": detail["eventTypeCode"],
        "eventTypeCategory": detail.get("eventTypeCategory", "issue"),
        "statusCode": detail.get("statusCode", "open"),
    }
    return {"event": event, "eventMetadata": detail.get("eventMetadata", {})}
