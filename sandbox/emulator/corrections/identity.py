"""Corrections of IAM."""


def groups():
    """AWS moves an IAM group to another path without renaming it; moto ignores a path that comes without a name."""
    from moto.iam.models import IAMBackend

    update = IAMBackend.update_group

    def update_group(self, group_name, new_group_name, new_path):
        if new_group_name and new_group_name != group_name:
            return update(self, group_name, new_group_name, new_path)
        group = self.get_group(group_name)
        group.path = new_path or group.path

    IAMBackend.update_group = update_group


def partitions():
    """moto asks all five partitions of AWS whose a key is, and makes an IAM with some 1,500 policies in each for that. It
    costs seconds at the first call. A partition in which nobody has been has no keys."""
    from moto.iam import models

    def get_account_id_from(access_key):
        for account_id, account in list(models.iam_backends.items()):
            if any(access_key in backend.access_keys for backend in list(account.values())):
                return account_id
        return models.DEFAULT_ACCOUNT_ID

    models.get_account_id_from = get_account_id_from


def attached_policies():
    """AWS deletes no managed policy that is attached to somebody; moto does."""
    from moto.iam.exceptions import DeleteConflictException as Conflict
    from moto.iam.models import IAMBackend

    delete = IAMBackend.delete_policy

    def delete_policy(self, policy_arn):
        if self.get_policy(policy_arn).attachment_count > 0:
            raise Conflict("Cannot delete a policy attached to entities.")
        delete(self, policy_arn)

    IAMBackend.delete_policy = delete_policy


def service_linked_roles():
    """AWS has one role for a service, with the service's name as AWS spells it, and calls a second one invalid. moto
    spells it as in the domain name (AWSServiceRoleForconfig), and says that an entity exists."""
    from moto.iam import models
    from moto.iam.exceptions import InvalidInput

    Backend = models.IAMBackend
    create = Backend.create_service_linked_role
    models.SERVICE_NAME_CONVERSION["config"] = "Config"

    def create_service_linked_role(self, service_name, description, suffix):
        path = f"/aws-service-role/{service_name}/"
        ending = f"_{suffix}" if suffix else ""
        for role in self.roles.values():
            if role.path == path and role.name.partition("_")[1:] == ending.partition("_")[1:]:
                why = f"Service role name {role.name} has been taken in this account, please try a different suffix."
                raise InvalidInput(why)
        return create(self, service_name, description, suffix)

    Backend.create_service_linked_role = create_service_linked_role
