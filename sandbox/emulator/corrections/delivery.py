"""Where moto delivers less than AWS does: an event rule with a topic for a target, and an alarm that is raised."""

import json
import re
from datetime import datetime, timezone


def targets_of_rules():
    """EventBridge writes the input of a target by its template, starts state machines, publishes to SNS topics, and hands
    an event on to the bus of another region with the region, time and id it began with. What it cannot deliver goes to
    the dead-letter queue of the target. A rule that is disabled delivers nothing. moto ends in NotImplementedError at
    topics and state machines, makes a new event of what goes on, knows no dead letters, and delivers for disabled rules.
    """
    from copy import copy
    from uuid import uuid4

    from moto.events.models import EventsBackend, Rule, events_backends
    from moto.events.exceptions import ValidationException
    from moto.sns import sns_backends
    from moto.sqs import sqs_backends
    from moto.stepfunctions.parser.models import stepfunctions_parser_backends

    from .templates import NotJson, as_sent, check_template, input_of

    send, put_targets = Rule.send_to_targets, EventsBackend.put_targets

    def topic(account, arn, text):
        sns_backends[account][region_of(arn)].publish(text(), arn=arn)

    def bus(account, arn, text, event):
        for rule in events_backends[account][region_of(arn)].describe_event_bus(arn.split("/")[-1]).rules.values():
            rule.send_to_targets(event)

    def machine(account, arn, text):
        stepfunctions_parser_backends[account][region_of(arn)].start_execution(arn, str(uuid4()), text())

    def queue(account, arn, text, attributes=None, group=None):
        backend = sqs_backends[account][region_of(arn)]
        backend.send_message(arn.split(":")[-1], text(), message_attributes=attributes, group_id=group)

    def deliver(rule, target, event):
        arn, account = target["Arn"], rule.account_id
        text = lambda: input_of(target, as_sent(event, moment_of), rule)
        if ":event-bus/" in arn:
            bus(account, arn, text, event)
        elif ":sqs:" in arn:
            queue(account, arn, text, group=target.get("SqsParameters", {}).get("MessageGroupId"))
        else:
            (topic if ":sns:" in arn else machine)(account, arn, text)

    def leave(rule, target, event, why):
        letters = target.get("DeadLetterConfig", {}).get("Arn")
        if letters and region_of(letters) == rule.region_name:
            code = "INVALID_JSON" if isinstance(why, NotJson) else "RESOURCE_NOT_FOUND"
            says = {"RULE_ARN": rule.arn, "TARGET_ARN": target["Arn"], "ERROR_CODE": code, "ERROR_MESSAGE": str(why)}
            attributes = {name: {"DataType": "String", "StringValue": value} for name, value in says.items()}
            queue(rule.account_id, letters, lambda: json.dumps(as_sent(event, moment_of)), attributes)

    def send_to_targets(self, original_event, transform_input=True):
        if self.state == "DISABLED":
            return
        ours = [each for each in self.targets if re.search(r":sns:|:event-bus/|:stateMachine:|:sqs:", each["Arn"])]
        if ours and self.event_pattern.matches_event(original_event):
            for target in ours:
                try:
                    deliver(self, target, original_event)
                except Exception as why:
                    leave(self, target, original_event, why)
        # A copy: requests run side by side, and the rule itself must not lack a target for a moment.
        rest = copy(self)
        rest.targets = [each for each in self.targets if all(each is not target for target in ours)]
        send(rest, original_event, transform_input)

    def checked_targets(self, name, event_bus_arn, targets):
        for target in targets:
            try:
                check_template(target)
            except NotJson as why:
                raise ValidationException(str(why)) from why
        put_targets(self, name, event_bus_arn, targets)

    Rule.send_to_targets, EventsBackend.put_targets = send_to_targets, checked_targets


def region_of(arn):
    return arn.split(":")[3]


def moment_of(time):
    if isinstance(time, (int, float)):
        return datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return time


def actions_of_alarms():
    """An alarm whose state changes notifies its topics, and EventBridge. moto changes the state, and tells nobody."""
    from moto.cloudwatch.models import Alarm
    from moto.events.models import events_backends
    from moto.sns import sns_backends

    update = Alarm.update_state
    actions = {"ALARM": "alarm_actions", "OK": "ok_actions", "INSUFFICIENT_DATA": "insufficient_data_actions"}

    def update_state(self, reason, reason_data, state_value):
        changed = state_value != self.state_value
        update(self, reason, reason_data, state_value)
        if changed:
            detail = {"alarmName": self.name, "state": {"value": state_value, "reason": reason}}
            event = {"Source": "aws.cloudwatch", "DetailType": "CloudWatch Alarm State Change", "Detail": json.dumps(detail)}
            events_backends[self.alarm_arn.split(":")[4]][self.region_name].put_events([event])
        if not changed or str(self.actions_enabled).lower() == "false":
            return
        message = {"AlarmName": self.name, "NewStateValue": state_value, "NewStateReason": reason}
        for arn in getattr(self, actions[state_value]) or []:
            if ":sns:" in arn:
                _, _, _, region, account, _ = arn.split(":", 5)
                subject = f'{state_value}: "{self.name}" in {region}'
                sns_backends[account][region].publish(json.dumps(message), arn=arn, subject=subject[:100])

    Alarm.update_state = update_state


def patterns_into_lists():
    """A pattern reaches into the objects of a list and matches if one of them does; for moto a list is a value."""
    from moto.events.models import EventPattern

    flatten = EventPattern._flatten_dict

    def flatten_dict(node, prefix="", result=None):
        result = flatten(node, prefix, result)
        for path, value in list(result.items()):
            for each in value if isinstance(value, list) else ():
                for inner, found in (flatten_dict(each, path) if isinstance(each, dict) else {}).items():
                    result[inner] = [*result.get(inner, []), *(found if isinstance(found, list) else [found])]
        return result

    EventPattern._flatten_dict = staticmethod(flatten_dict)


def bus_policies():
    """A policy that is put on a bus takes the place of the one that was there. moto adds its statements."""
    from moto.events.models import EventBus

    add_policy = EventBus.add_policy

    def policy_instead(self, policy):
        self.remove_statements()
        add_policy(self, policy)

    EventBus.add_policy = policy_instead


def tested_patterns():
    """TestEventPattern compares an event with a pattern. moto answers nothing."""
    from moto.events.exceptions import InvalidEventPatternException
    from moto.events.models import EventPattern
    from moto.events.responses import EventsHandler

    def test_event_pattern(self):
        try:
            pattern = EventPattern.load(self._get_param("EventPattern"))
            event = json.loads(self._get_param("Event"))
        except ValueError as odd:
            raise InvalidEventPatternException(reason=str(odd)) from odd
        return json.dumps({"Result": pattern.matches_event(event)})

    EventsHandler.test_event_pattern = test_event_pattern


def paths_of_events():
    """Not a difference but a delay: moto parses each JSON path of an input transformer anew for each event, a tenth of
    a second at a time."""
    from functools import lru_cache

    import jsonpath_ng.ext

    jsonpath_ng.ext.parse = lru_cache(maxsize=None)(jsonpath_ng.ext.parse)
