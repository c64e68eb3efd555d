"""Corrections of AWS Config."""


def recorders():
    """AWS keeps how often a recorder records (continuously unless told otherwise); moto drops the recording mode."""
    from moto.config.models import ConfigBackend as Backend

    put = Backend.put_configuration_recorder

    def put_configuration_recorder(self, config_recorder):
        put(self, config_recorder)
        mode = config_recorder.get("recordingMode") or {"recordingFrequency": "CONTINUOUS"}
        self.recorders[config_recorder["name"]].recording_mode = {"recordingModeOverrides": [], **mode}

    Backend.put_configuration_recorder = put_configuration_recorder


def config_rules():
    """AWS takes a rule only where there is a recorder, leaves the tags of an existing rule alone when it is put again,
    and tells the tag a scope is limited to and the modes a rule is evaluated in. moto takes a rule anywhere, replaces
    its tags (by none, as a rule), files the scope's tag under another name, and drops the modes."""
    from moto.config.exceptions import NoAvailableConfigurationRecorderException
    from moto.config.models import ConfigBackend as Backend
    from moto.config.models import ConfigRule, Scope

    put, modify, describe_scope = Backend.put_config_rule, ConfigRule.modify_fields, Scope.to_dict

    def put_config_rule(self, config_rule, tags=None):
        if not self.recorders:
            raise NoAvailableConfigurationRecorderException()
        return put(self, config_rule, tags)

    def modify_fields(self, region, config_rule, tags):
        modify(self, region, config_rule, getattr(self, "tags", tags))
        self.evaluation_modes = config_rule.get("EvaluationModes") or [{"Mode": "DETECTIVE"}]

    def scope_to_dict(self):
        answer = describe_scope(self)
        for key, value in (answer.pop("Tags", None) or {}).items():
            answer.update({"TagKey": key, **({"TagValue": value} if value else {})})
        return answer

    Backend.put_config_rule, ConfigRule.modify_fields, Scope.to_dict = put_config_rule, modify_fields, scope_to_dict
