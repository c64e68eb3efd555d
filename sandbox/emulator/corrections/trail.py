"""Corrections of CloudTrail, its key and its log group."""

import json

# AWS says nothing of the size; one that is small makes callers follow the token.
PAGE = 1


def trails():
    """AWS replaces a trail's insight selectors and deletes a trail by its name or ARN. moto adds to the selectors, and
    takes a deletion by ARN without doing anything."""
    from moto.cloudtrail.exceptions import TrailNotFoundException
    from moto.cloudtrail.models import CloudTrailBackend, Trail

    def put_insight_selectors(self, insight_selectors):
        self.insight_selectors = list(insight_selectors)

    def delete_trail(self, name):
        found = next((each for each in self.trails.values() if name in (each.trail_name, each.arn)), None)
        if found is None:
            raise TrailNotFoundException(account_id=self.account_id, name=name)
        del self.trails[found.trail_name]

    Trail.put_insight_selectors, CloudTrailBackend.delete_trail = put_insight_selectors, delete_trail


signing_keys = []


def sign_with(keys):
    """Takes the public keys that CloudTrail has from now on: fingerprint, and PKCS #1 in DER as base64."""
    signing_keys.extend(keys)


def public_keys():
    """ListPublicKeys: the keys with which a region's digest files are signed. moto has no such call."""
    from moto.cloudtrail.responses import CloudTrailResponse

    def list_public_keys(self):
        asked = json.loads(self.body or "{}")
        begin, end = asked.get("StartTime", 0), asked.get("EndTime", float("inf"))
        there = [key for key in signing_keys if key["region"] == self.region]
        fitting = [key for key in there if key["validFrom"] <= end and key["validTo"] >= begin]
        start = int(asked.get("NextToken") or 0)
        members = {
            "Fingerprint": "fingerprint",
            "Value": "value",
            "ValidityStartTime": "validFrom",
            "ValidityEndTime": "validTo",
        }
        told = [{name: key[own] for name, own in members.items()} for key in fitting[start : start + PAGE]]
        page = {"PublicKeyList": told}
        if start + PAGE < len(fitting):
            page["NextToken"] = str(start + PAGE)
        return json.dumps(page)

    CloudTrailResponse.list_public_keys = list_public_keys


def key_rotation():
    """AWS keeps and tells the rotation period (365 days unless given); moto drops it."""
    from moto.kms.responses import KmsResponse

    enable, status = KmsResponse.enable_key_rotation, KmsResponse.get_key_rotation_status

    def key_of(self):
        return self.kms_backend.keys[self.kms_backend.get_key_id(self._get_param("KeyId"))]

    def enable_key_rotation(self):
        answer = enable(self)
        key_of(self).rotation_period = self._get_param("RotationPeriodInDays") or 365
        return answer

    def get_key_rotation_status(self):
        answer = json.loads(status(self))
        if answer["KeyRotationEnabled"]:
            answer["RotationPeriodInDays"] = getattr(key_of(self), "rotation_period", 365)
        return json.dumps(answer)

    KmsResponse.enable_key_rotation = enable_key_rotation
    KmsResponse.get_key_rotation_status = get_key_rotation_status


def log_group_keys():
    """AWS changes the key of an existing log group; moto takes one at creation only."""
    from moto.logs.exceptions import ResourceNotFoundException
    from moto.logs.responses import LogsResponse

    def put(self, key):
        group = self.logs_backend.groups.get(self._get_param("logGroupName"))
        if group is None:
            raise ResourceNotFoundException()
        group.kms_key_id = key
        return "{}"

    LogsResponse.associate_kms_key = lambda self: put(self, self._get_param("kmsKeyId"))
    LogsResponse.disassociate_kms_key = lambda self: put(self, None)
