"""Corrections of AWS Budgets."""


def budgets():
    """AWS keeps a limit of 100 as 100.0 and starts a budget without a start at the beginning of the present period;
    changes a budget, tells the subscribers of a notification, has no two notifications alike, and tags. moto keeps the
    limit as written, leaves the start out when an end is given, and lacks the other calls."""
    from datetime import datetime, timezone

    from moto.budgets.exceptions import DuplicateRecordException, NotFoundException
    from moto.budgets.models import Budget

    make, add = Budget.__init__, Budget.add_notification

    def first_day(unit):
        day = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
        month = {"ANNUALLY": 1, "QUARTERLY": (day.month - 1) // 3 * 3 + 1}.get(unit, day.month)
        return (day if unit == "DAILY" else day.replace(month=month, day=1)).timestamp()

    def complete(budget):
        if "BudgetLimit" in budget:
            budget["BudgetLimit"]["Amount"] = str(float(budget["BudgetLimit"]["Amount"]))
        if "TimePeriod" in budget:
            budget["TimePeriod"].setdefault("Start", first_day(budget["TimeUnit"]))
        return budget

    def init(self, budget, notifications):
        make(self, complete(budget), notifications)
        self.tags = {}

    def identity(details):
        kind = details.get("ThresholdType", "PERCENTAGE")
        return (details["NotificationType"], details["ComparisonOperator"], float(details["Threshold"]), kind)

    def notification(self, details):
        for each in self.notifications:
            if identity(each.details) == identity(details):
                return each
        raise NotFoundException("Unable to find the notification for this budget.")

    def add_notification(self, details, subscribers):
        if any(identity(each.details) == identity(details) for each in self.notifications):
            raise DuplicateRecordException(record_type="notification", record_name=details["NotificationType"])
        add(self, details, subscribers)

    def delete_notification(self, details):
        self.notifications.remove(notification(self, details))

    Budget.__init__, Budget.add_notification, Budget.delete_notification = init, add_notification, delete_notification
    Budget.notification, Budget.complete = notification, staticmethod(complete)
    budget_calls(NotFoundException)


def budget_calls(NotFound):
    import json

    from moto.budgets.responses import BudgetsResponse as Responses

    def budget_of(self, account=None, name=None):
        name = name or self._get_param("BudgetName")
        found = self.backend.budgets[account or self._get_param("AccountId")].get(name)
        if found is None:
            raise NotFound(f"Unable to get budget: {name} - the budget doesn't exist.")
        return found

    def tagged(self):
        arn = self._get_param("ResourceARN")
        return budget_of(self, arn.split(":")[4], arn.split("/", 1)[1]).tags

    create = Responses.create_budget

    def create_budget(self):
        answer = create(self)
        name = self._get_param("Budget")["BudgetName"]
        tags = budget_of(self, name=name).tags
        tags.update({each["Key"]: each["Value"] for each in self._get_param("ResourceTags") or []})
        return answer

    def update_budget(self):
        news = self._get_param("NewBudget")
        found = budget_of(self, name=news["BudgetName"])
        found.budget = {**found.budget, **found.complete(news)}
        return "{}"

    def describe_subscribers_for_notification(self):
        found = budget_of(self).notification(self._get_param("Notification"))
        return json.dumps({"Subscribers": found.subscribers})

    def describe_notifications_for_budget(self):
        return json.dumps({"Notifications": [each.details for each in budget_of(self).notifications]})

    def tag_resource(self):
        tagged(self).update({each["Key"]: each["Value"] for each in self._get_param("ResourceTags")})
        return "{}"

    def untag_resource(self):
        for key in self._get_param("ResourceTagKeys"):
            tagged(self).pop(key, None)
        return "{}"

    def list_tags_for_resource(self):
        return json.dumps({"ResourceTags": [{"Key": key, "Value": value} for key, value in tagged(self).items()]})

    for call in (
        create_budget, update_budget, describe_subscribers_for_notification, describe_notifications_for_budget,
        tag_resource, untag_resource, list_tags_for_resource,
    ):  # fmt: skip
        setattr(Responses, call.__name__, call)
