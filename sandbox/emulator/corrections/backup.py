"""Corrections of AWS Backup."""


def backup_plans():
    """AWS changes a plan in place under a new version, lets a new one have the name of a deleted one, and tells the
    tags of an ARN however the path ends. moto cannot change a plan, keeps the names of deleted ones taken, and finds
    tags only when a slash ends the path (boto3 sends one, the SDK for JavaScript does not)."""
    import json
    from copy import copy
    from urllib.parse import unquote

    from moto.backup.models import BackupBackend as Backend, Plan
    from moto.backup.responses import BackupResponse as Responses

    create = Backend.create_backup_plan

    def create_backup_plan(self, *args, **kwargs):
        there = copy(self.plans)
        self.plans = {key: plan for key, plan in there.items() if plan.deletion_date is None}
        try:
            return create(self, *args, **kwargs)
        finally:
            self.plans = {**there, **self.plans}

    def update_backup_plan(self):
        plan_id = self.path.rstrip("/").split("/")[-1]
        found = self.backup_backend.get_backup_plan(plan_id, None)
        changed = Plan(json.loads(self.body)["BackupPlan"], found.creator_request_id, self.backup_backend)
        for kept in ("backup_plan_id", "backup_plan_arn", "creation_date"):
            setattr(changed, kept, getattr(found, kept))
        self.backup_backend.plans[plan_id] = changed
        return json.dumps(changed.to_dict())

    def list_tags(self):
        arn = unquote(self.path.rstrip("/").split("/tags/")[-1])
        return json.dumps({"Tags": self.backup_backend.list_tags(arn)})

    Backend.create_backup_plan = create_backup_plan
    Responses.update_backup_plan, Responses.list_tags = update_backup_plan, list_tags


# In the order in which they are made.
