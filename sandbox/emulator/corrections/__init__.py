"""Where moto 5.2.5 answers otherwise than AWS, in ways that the baseline would stumble over. Each is one function, with
what AWS does and what moto does; nothing else of moto is touched. Found by reading moto's source.
"""

from .backup import backup_plans
from .billing import budgets
from .credentials import service_specific_credentials
from .delivery import (
    actions_of_alarms,
    bus_policies,
    paths_of_events,
    patterns_into_lists,
    targets_of_rules,
    tested_patterns,
)
from .detection import detectors
from .history import event_history
from .identity import attached_policies, groups, partitions, service_linked_roles
from .machines import definitions, paths_of_states, state_machines
from .network import default_groups, regions, vpc_endpoints
from .sources import findings
from .recording import config_rules, recorders
from .storage import bucket_tags, owners_of_snapshots
from .together import steady_alarms, steady_rules, steady_subscriptions
from .trail import key_rotation, log_group_keys, public_keys, trails
from .watching import alarm_tags, metric_filters

BY_SERVICE = {
    "backup": (backup_plans,),
    "budgets": (budgets,),
    "cloudtrail": (trails, event_history, public_keys),
    "cloudwatch": (alarm_tags, actions_of_alarms, steady_alarms),
    "config": (recorders, config_rules),
    "ec2": (regions, default_groups, vpc_endpoints, owners_of_snapshots),
    "events": (targets_of_rules, bus_policies, patterns_into_lists, paths_of_events, tested_patterns, steady_rules),
    "guardduty": (detectors, findings),
    "iam": (attached_policies, groups, partitions, service_linked_roles, service_specific_credentials),
    "kms": (key_rotation,),
    "logs": (log_group_keys, metric_filters),
    "s3": (bucket_tags,),
    "sns": (steady_subscriptions,),
    "stepfunctions": (state_machines, definitions, paths_of_states),
}


def correct(service):
    """Once, before the first request to the service."""
    for correction in BY_SERVICE.pop(service, ()):
        correction()
