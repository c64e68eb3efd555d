"""Corrections of metric filters and alarms."""


def metric_filters():
    """AWS keeps one filter of a name in a log group, which has to exist and takes its filters with it, and tells of a
    group or filter that is not there. moto adds another of the same name at each change, and knows nothing of groups;
    it also drops `applyOnTransformedLogs`."""
    from moto.logs.exceptions import ResourceNotFoundException
    from moto.logs.models import LogsBackend as Backend
    from moto.logs.responses import LogsResponse as Responses

    put, respond = Backend.put_metric_filter, Responses.put_metric_filter
    describe, delete_group = Backend.describe_metric_filters, Backend.delete_log_group

    def require(self, group):
        if group not in self.groups:
            raise ResourceNotFoundException("The specified log group does not exist.")

    def those(self, group, name=None):
        filters = self.filters.metric_filters
        return [each for each in filters if each["logGroupName"] == group and name in (None, each["filterName"])]

    # One by one, never as a whole list: requests for other filters arrive at the same time.
    def remove(self, filters):
        for each in filters:
            self.filters.metric_filters.remove(each)

    def put_metric_filter(self, name, pattern, group, transformations):
        require(self, group)
        remove(self, those(self, group, name))
        put(self, name, pattern, group, transformations)

    def describe_metric_filters(self, prefix=None, log_group_name=None, metric_name=None, metric_namespace=None):
        if log_group_name is not None:
            require(self, log_group_name)
        return describe(self, prefix, log_group_name, metric_name, metric_namespace)

    def delete_metric_filter(self, filter_name=None, log_group_name=None):
        require(self, log_group_name)
        found = those(self, log_group_name, filter_name)
        if not found:
            raise ResourceNotFoundException("The specified metric filter does not exist.")
        remove(self, found)

    def delete_log_group(self, log_group_name):
        delete_group(self, log_group_name)
        remove(self, those(self, log_group_name))

    def with_transformed_logs(self):
        answer = respond(self)
        for each in those(self.logs_backend, self._get_param("logGroupName"), self._get_param("filterName")):
            each["applyOnTransformedLogs"] = bool(self._get_param("applyOnTransformedLogs"))
        return answer

    Backend.put_metric_filter, Backend.delete_metric_filter = put_metric_filter, delete_metric_filter
    Backend.describe_metric_filters, Backend.delete_log_group = describe_metric_filters, delete_log_group
    Responses.put_metric_filter = with_transformed_logs


def alarm_tags():
    """On AWS the tags of an alarm go with it, and PutMetricAlarm sets them on a new alarm only. In moto those of a
    deleted alarm reappear on the next one of its name."""
    from moto.cloudwatch.models import CloudWatchBackend as Backend

    put, delete = Backend.put_metric_alarm, Backend.delete_alarms

    def put_metric_alarm(self, name, *args, tags=None, **kwargs):
        return put(self, name, *args, tags=None if name in self.alarms else tags, **kwargs)

    def delete_alarms(self, alarm_names):
        for name in alarm_names:
            if name in self.alarms:
                self.tagger.delete_all_tags_for_resource(self.alarms[name].alarm_arn)
        delete(self, alarm_names)

    Backend.put_metric_alarm, Backend.delete_alarms = put_metric_alarm, delete_alarms
