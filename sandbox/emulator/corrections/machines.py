"""Where moto carries out less than AWS does: Step Functions."""


def state_machines():
    """An execution carries out its states. moto takes each for done unless told otherwise, names IAM's errors `iam.`
    where AWS names them `Iam.`, so that no Retry and no Catch by name would match, and hands the parameters with which
    one execution starts another, which begin with capitals, to an SDK whose parameters do not, as it does with every
    service whose SDK begins names with a small letter. In a pattern only the
    asterisk stands for anything; moto takes brackets and question marks for signs of a pattern too. What an execution
    leaves is described as JSON; moto ends in an error where there is a time in it."""
    import json
    import re
    from functools import lru_cache

    from botocore.session import get_session
    from moto.core.config import default_user_config
    from moto.stepfunctions.parser.asl.component.state.choice.comparison.operator.implementations.string_operators import (
        StringMatches,
    )
    from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
        state_task_service_aws_sdk,
        state_task_service_sfn,
    )
    from moto.stepfunctions.responses import StepFunctionResponse as Responses

    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    state_task_service_aws_sdk._SERVICE_ERROR_NAMES["iam"] = "Iam"

    service = state_task_service_sfn.StateTaskServiceSfn
    call = service._eval_service_task

    def eval_service_task(self, env, resource_runtime_part, normalised_parameters, state_credentials):
        spelled = {name[0].lower() + name[1:]: value for name, value in normalised_parameters.items()}
        call(self, env, resource_runtime_part, spelled, state_credentials)

    service._eval_service_task = eval_service_task

    describe = Responses.describe_execution

    def describe_execution(self):
        execution = self.stepfunction_backend.describe_execution(self._get_param("executionArn"))
        if execution.output is not None and not isinstance(execution.output, str):
            execution.output = json.dumps(execution.output, default=str)
        return describe(self)

    Responses.describe_execution = describe_execution

    sdk = state_task_service_aws_sdk.StateTaskServiceAwsSdk

    @lru_cache(maxsize=None)
    def operation(service, action):
        model = get_session().get_service_model(service).operation_model(action[0].upper() + action[1:])
        return model if any(name[0].islower() for name in model.input_shape.members) else None

    def spelled(change, side):
        def normalise(self, names, *_):
            model = operation(self._get_boto_service_name(), self.resource.api_action)
            if model is not None:
                change(self, names, getattr(model, side))

        return normalise

    sdk._normalise_parameters = spelled(sdk._to_boto_request, "input_shape")
    sdk._normalise_response = spelled(sdk._from_boto_response, "output_shape")

    def compare(variable, pattern):
        parts = [re.escape(each.replace("\\*", "*")) for each in re.split(r"(?<!\\)\*", pattern)]
        return isinstance(variable, str) and re.fullmatch(".*".join(parts), variable, re.DOTALL) is not None

    StringMatches._compare = staticmethod(compare)


def paths_of_states():
    """A path that can lead to one value only gives that value, `$.list[0].name` too, of which moto makes a list. Beside
    that, moto parses each path anew each time it is used, a tenth of a second at a time."""
    import re
    from functools import lru_cache
    from types import SimpleNamespace

    from moto.stepfunctions.parser.asl.utils import json_path

    parse = json_path.parse

    @lru_cache(maxsize=None)
    def parsed(path):
        found = parse(path)
        if re.search(r"\*|\.\.|\?\(|\[[^\]]*[,:]", path):
            return found
        alone = lambda data: [SimpleNamespace(value=each.value, path=None, context=None) for each in found.find(data)]
        return SimpleNamespace(find=alone)

    json_path.parse = parsed


def definitions():
    """A definition can be checked before there is a machine, and a machine has versions, none unless somebody publishes
    one. Providers ask both; moto has neither call."""
    import json

    from moto.core.responses import ActionResult
    from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser, ASLParserException
    from moto.stepfunctions.responses import StepFunctionResponse as Responses

    def validate_state_machine_definition(self):
        definition = self._get_param("definition")
        problem = None
        try:
            if not isinstance(json.loads(definition), dict):
                raise ValueError("it is no object")
            AmazonStateLanguageParser.parse(definition)
        except (ValueError, ASLParserException) as error:
            problem = {"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": str(error)}
        answer = {"result": "FAIL" if problem else "OK", "diagnostics": [problem] if problem else [], "truncated": False}
        return ActionResult(answer)

    def list_state_machine_versions(self):
        machine = self.stepfunction_backend.describe_state_machine(self._get_param("stateMachineArn"))
        versions = [
            {"stateMachineVersionArn": each.arn, "creationDate": each.creation_date}
            for each in reversed(list(getattr(machine, "versions", {}).values()))
        ]
        return ActionResult({"stateMachineVersions": versions})

    Responses.validate_state_machine_definition = validate_state_machine_definition
    Responses.list_state_machine_versions = list_state_machine_versions
