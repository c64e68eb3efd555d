"""Where moto 5.2.5 answers otherwise than AWS, in ways that the baseline would stumble over. Each is one function, with
what AWS does and what moto does; nothing else of moto is touched. Found by reading moto's source.
"""

# https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
ENABLED_BY_DEFAULT = {
    "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2",
    "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1",
    "us-east-2", "us-west-1", "us-west-2",
}  # fmt: skip


def regions():
    """AWS tells a new account of the partition `aws` alone, and of regions it has not opted in to only when asked for
    AllRegions or by name. moto lists China and GovCloud too, takes three opt-in regions for enabled ones (af-south-1,
    ap-southeast-3, eu-south-1), and ignores AllRegions and filters."""
    from moto.core.responses import ActionResult
    from moto.ec2.exceptions import EC2ClientError
    from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend as Backend
    from moto.ec2.responses.availability_zones_and_regions import AvailabilityZonesAndRegions as Responses

    known = [each for each in Backend.regions if not each.name.startswith(("cn-", "us-gov-"))]
    for each in known:
        each.opt_in_status = "opt-in-not-required" if each.name in ENABLED_BY_DEFAULT else "not-opted-in"
    Backend.regions = known
    fields = {"region-name": "name", "opt-in-status": "opt_in_status", "endpoint": "endpoint"}

    def describe_regions(self):
        self.error_on_dryrun()
        names = self._get_param("RegionNames", [])
        missing = sorted(set(names) - {each.name for each in known})
        if missing:
            raise EC2ClientError("InvalidParameterValue", f"Invalid region names: {', '.join(missing)}")
        everything = names or self._get_bool_param("AllRegions", False)
        found = [each for each in known if not names or each.name in names]
        found = [each for each in found if everything or each.opt_in_status != "not-opted-in"]
        for wanted in self._get_param("Filters", []):
            field = fields.get(wanted["Name"])
            found = [each for each in found if field and getattr(each, field) in wanted["Values"]]
        return ActionResult({"Regions": found})

    Responses.describe_regions = describe_regions


def detectors():
    """AWS allows one detector per account and region, merges the features of an update into those there are, and has
    tags on it. moto makes any number, takes the features of an update for the whole list (so that features set at the
    same time lose each other), and lacks the tagging calls."""
    import json
    from threading import Lock
    from urllib.parse import unquote

    from moto.guardduty import exceptions, models, responses, urls

    class DetectorExists(exceptions.DetectorNotFoundException):
        def __init__(self):
            why = "The request is rejected because a detector already exists for the current account."
            super(exceptions.DetectorNotFoundException, self).__init__("InvalidInputException", why)

    Backend, Detector, Responses = models.GuardDutyBackend, models.Detector, responses.GuardDutyResponse
    create, update = Backend.create_detector, Detector.update
    one_at_a_time = Lock()

    def create_detector(self, *args, **kwargs):
        with one_at_a_time:
            if self.detectors:
                raise DetectorExists()
            return create(self, *args, **kwargs)

    def merged(self, enable, frequency, data_sources, features):
        with one_at_a_time:
            if features is not None:
                changed = {each["name"]: each for each in features}
                features = [each for each in self.features if each["name"] not in changed] + list(changed.values())
            update(self, enable, frequency, data_sources, features)

    def tagged(self):
        detector_id = unquote(self.path).split("?")[0].split("/")[-1]
        return self.guardduty_backend.get_detector(detector_id).tags

    def tag_resource(self):
        tagged(self).update(self._get_param("tags"))
        return "{}"

    def untag_resource(self):
        for key in self.querystring.get("tagKeys", []):
            tagged(self).pop(key, None)
        return "{}"

    Backend.create_detector, Detector.update = create_detector, merged
    Responses.tag_resource, Responses.untag_resource = tag_resource, untag_resource
    Responses.list_tags_for_resource = lambda self: json.dumps({"tags": tagged(self)})
    urls.url_paths["{0}/tags/(?P<arn>.+)$"] = Responses.dispatch


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


def key_rotation():
    """AWS keeps and tells the rotation period (365 days unless given); moto drops it."""
    import json

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


BY_SERVICE = {
    "cloudtrail": trails,
    "ec2": regions,
    "guardduty": detectors,
    "iam": groups,
    "kms": key_rotation,
    "logs": log_group_keys,
}


def correct(service):
    """Once, before the first request to the service."""
    correction = BY_SERVICE.pop(service, None)
    if correction is not None:
        correction()
