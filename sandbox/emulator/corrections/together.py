"""Where requests that come at the same time disturb each other in moto."""


class Steady(dict):
    """A loop over it sees what was there when the loop began, also while another request adds something."""

    def __iter__(self):
        return iter(list(super().keys()))

    def keys(self):
        return list(super().keys())

    def values(self):
        return list(super().values())

    def items(self):
        return list(super().items())


def keeps_steady(holder, *names):
    begin = holder.__init__

    def __init__(self, *args, **kwargs):
        begin(self, *args, **kwargs)
        for name in names:
            setattr(self, name, Steady(getattr(self, name)))

    holder.__init__ = __init__


def steady_rules():
    """An event goes to all rules, while others are made. moto's loop over them ends with an error then, and the SDK's next
    try finds half of the work done: an alarm that is raised, and whose message was never sent."""
    from moto.events.models import EventBus

    keeps_steady(EventBus, "rules")


def steady_subscriptions():
    """A message goes to all subscriptions, while others are made. moto's loop over them ends with an error then."""
    from moto.sns.models import SNSBackend

    keeps_steady(SNSBackend, "subscriptions", "topics")


def steady_alarms():
    """Alarms are read while others are made. moto's loop over them ends with an error then."""
    from moto.cloudwatch.models import CloudWatchBackend

    keeps_steady(CloudWatchBackend, "alarms")
