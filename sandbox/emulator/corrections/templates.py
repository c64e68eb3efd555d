"""What EventBridge makes of an event for a target. moto knows templates of one JSON value only, escapes nothing and
leaves a variable in the text when its path leads nowhere."""

import json
import re

EVENT = ("version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail")
VARIABLE = re.compile(r"<([\w.-]+)>")


class NotJson(Exception):
    """The template gives a text that is no JSON; EventBridge does not deliver it."""


def as_sent(event, moment):
    """The event as a target gets it."""
    return {name: moment(event["time"]) if name == "time" else event.get(name) for name in EVENT}


def input_of(target, event, rule):
    """The text that a target gets of an event.

    EventBridge does not escape a value when it puts it into a template. A string that stands outside quotation marks
    gets them. Within a string, an object or a list loses its own quotation marks. A variable whose path leads nowhere
    is left out. The result must be JSON: one value, or one on each line.

    Source: EventBridge User Guide, "Input transformation", with "Common issues with transforming input".
    """
    if "Input" in target:
        return target["Input"]
    if "InputPath" in target:
        return json.dumps(at(event, target["InputPath"]))
    transformer = target.get("InputTransformer")
    if not transformer:
        return json.dumps(event)
    values = {name: at(event, path) for name, path in transformer.get("InputPathsMap", {}).items()}
    values.update({
        "aws.events.rule-arn": rule.arn,
        "aws.events.rule-name": rule.name,
        "aws.events.event.ingestion-time": event["time"],
        "aws.events.event": {name: value for name, value in event.items() if name != "detail"},
        "aws.events.event.json": event,
    })  # fmt: skip
    text = filled(transformer.get("InputTemplate", ""), values)
    if not is_json(text):
        raise NotJson(f"The input template of target {target['Id']} gives no JSON: {text[:200]}")
    return text


def check_template(target):
    """@raises NotJson for a template that gives no JSON whatever the event, which PutTargets refuses"""
    transformer = target.get("InputTransformer")
    if transformer:
        template = transformer.get("InputTemplate", "")
        text = filled(template, {name: "x" for name in VARIABLE.findall(template)})
        if not is_json(text):
            raise NotJson(f"Invalid InputTemplate for target {target['Id']}.")


def filled(template, values):
    parts, within, at_char = [], False, 0
    while at_char < len(template):
        found = VARIABLE.match(template, at_char)
        if found and found[1] in values:
            parts.append(written(values[found[1]], within))
            at_char = found.end()
            continue
        step = 2 if within and template[at_char] == "\\" else 1
        if template[at_char] == '"':
            within = not within
        parts.append(template[at_char : at_char + step])
        at_char += step
    return "".join(parts)


def written(value, within):
    if value is None:
        return ""
    if isinstance(value, str):
        return value if within else f'"{value}"'
    text = json.dumps(value)
    return text.replace('"', "") if within else text


def at(event, path):
    """The value at a JSON path of names and numbers, as $.detail.list[0].name; None when there is none."""
    found = event
    for name, number in re.findall(r"\.([\w/-]+)|\[(\d+)\]", path.removeprefix("$")):
        if number:
            found = found[int(number)] if isinstance(found, list) and int(number) < len(found) else None
        else:
            found = found.get(name) if isinstance(found, dict) else None
    return found


def is_json(text):
    def parses(part):
        try:
            json.loads(part)
            return True
        except ValueError:
            return False

    return parses(text) or all(parses(line) for line in text.split("\n") if line.strip())
