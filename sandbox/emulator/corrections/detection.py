"""Corrections of GuardDuty."""


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
