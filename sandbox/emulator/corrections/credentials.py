"""Credentials of users beside access keys."""

from datetime import datetime, timezone


def service_specific_credentials():
    """AWS keeps credentials of a user for one service (CodeCommit, Bedrock); moto knows none of the calls."""
    from moto.core.responses import ActionResult, EmptyResult
    from moto.iam.exceptions import NotFoundException
    from moto.iam.responses import IamResponse
    from moto.moto_api._internal import mock_random

    def kept(response):
        user = response.backend.get_user(response._get_param("UserName"))
        return user.__dict__.setdefault("service_specific_credentials", [])

    def named(response):
        wanted = response._get_param("ServiceSpecificCredentialId")
        for each in kept(response):
            if each["ServiceSpecificCredentialId"] == wanted:
                return each
        raise NotFoundException(f"No such credential {wanted}.")

    def create(self):
        user, service = self._get_param("UserName"), self._get_param("ServiceName")
        identity = "ACCA" + mock_random.get_random_string(length=17).upper()
        credential = {
            "UserName": user,
            "ServiceName": service,
            "ServiceUserName": f"{user}-at-123456789012",
            "ServiceSpecificCredentialId": identity,
            "Status": "Active",
            "CreateDate": datetime.now(timezone.utc).replace(microsecond=0),
        }
        kept(self).append(credential)
        return ActionResult({"ServiceSpecificCredential": {**credential, "ServicePassword": "not-a-password"}})

    def listed(self):
        service = self._get_param("ServiceName")
        found = [each for each in kept(self) if service in (None, each["ServiceName"])]
        return ActionResult({"ServiceSpecificCredentials": found, "IsTruncated": False})

    def update(self):
        named(self)["Status"] = self._get_param("Status")
        return EmptyResult()

    IamResponse.create_service_specific_credential = create
    IamResponse.list_service_specific_credentials = listed
    IamResponse.update_service_specific_credential = update
