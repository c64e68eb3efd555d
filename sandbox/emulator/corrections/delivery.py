"""Where moto delivers less than AWS does: an event rule with a topic for a target, and an alarm that is raised."""


def targets_of_rules():
    """EventBridge starts state machines and publishes to SNS topics, what an input transformer of several lines makes of
    an event too, and an event that goes on to the bus of another region keeps the region, time and id it began with.
    moto ends in NotImplementedError at either, takes a template for one JSON value, and makes a new event of what goes
    on."""
    import json
    import re
    from copy import copy
    from datetime import datetime, timezone
    from uuid import uuid4

    from moto.events.models import Rule, events_backends
    from moto.sns import sns_backends
    from moto.stepfunctions.parser.models import stepfunctions_parser_backends

    send = Rule.send_to_targets

    def text_of(target, event):
        transformer = target.get("InputTransformer")
        if not transformer:
            return json.dumps(event)
        values = {name: value_at(event, path) for name, path in transformer.get("InputPathsMap", {}).items()}
        template = transformer.get("InputTemplate", "")
        return re.sub(r"<([\w-]+)>", lambda found: values.get(found[1], ""), template)

    def value_at(event, path):
        found = event
        for part in path.removeprefix("$.").split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return "" if found is None else found if isinstance(found, str) else json.dumps(found)

    def publish(account, event, target):
        region = target["Arn"].split(":")[3]
        sns_backends[account][region].publish(text_of(target, event), arn=target["Arn"])

    def pass_on(account, event, target):
        region, bus = target["Arn"].split(":")[3], target["Arn"].split("/")[-1]
        for rule in events_backends[account][region].describe_event_bus(bus).rules.values():
            rule.send_to_targets(event)

    def start(account, event, target):
        region = target["Arn"].split(":")[3]
        machines = stepfunctions_parser_backends[account][region]
        machines.start_execution(target["Arn"], str(uuid4()), json.dumps(with_date(event)))

    def with_date(event):
        moment = event["time"]
        if isinstance(moment, (int, float)):
            moment = datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {**event, "time": moment}

    def send_to_targets(self, original_event, transform_input=True):
        ours = [(each, publish) for each in self.targets if ":sns:" in each["Arn"]]
        ours += [(each, pass_on) for each in self.targets if ":event-bus/" in each["Arn"]]
        ours += [(each, start) for each in self.targets if ":stateMachine:" in each["Arn"]]
        if ours and self.event_pattern.matches_event(original_event):
            for target, deliver in ours:
                deliver(self.account_id, original_event, target)
        # A copy: requests run side by side, and the rule itself must not lack a target for a moment.
        rest = copy(self)
        rest.targets = [each for each in self.targets if all(each is not target for target, _ in ours)]
        send(rest, original_event, transform_input)

    Rule.send_to_targets = send_to_targets


def actions_of_alarms():
    """An alarm whose state changes notifies its topics. moto changes the state, and tells nobody."""
    import json

    from moto.cloudwatch.models import Alarm
    from moto.sns import sns_backends

    update = Alarm.update_state
    actions = {"ALARM": "alarm_actions", "OK": "ok_actions", "INSUFFICIENT_DATA": "insufficient_data_actions"}

    def update_state(self, reason, reason_data, state_value):
        changed = state_value != self.state_value
        update(self, reason, reason_data, state_value)
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


def paths_of_events():
    """Not a difference but a delay: moto parses each JSON path of an input transformer anew for each event, a tenth of
    a second at a time."""
    from functools import lru_cache

    import jsonpath_ng.ext

    jsonpath_ng.ext.parse = lru_cache(maxsize=None)(jsonpath_ng.ext.parse)
