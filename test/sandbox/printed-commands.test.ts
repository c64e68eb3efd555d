import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { removalsOf } from "../../operations/respond/sweep/removal";
import { installEmulator } from "../../sandbox/emulator/install";
import { oneOfEach } from "../support/left-things";

/** Holds each command against the service model that the AWS CLI is made from. */
const knownToTheCli = `
import json, shlex, sys
import botocore.session
from botocore import xform_name
session = botocore.session.get_session()
for command in json.load(sys.stdin):
    _, service, operation, *words = shlex.split(command)
    model = session.get_service_model("s3" if service == "s3api" else service)
    names = {xform_name(each, "-"): each for each in model.operation_names}
    if operation not in names:
        print("no operation:", command)
        continue
    shape = model.operation_model(names[operation]).input_shape
    members = {xform_name(each, "-"): each for each in shape.members}
    given = [each[2:] for each in words if each.startswith("--")]
    for each in given:
        if each not in members and each not in ("region", "profile", "endpoint-url"):
            print("no option", each, command)
    for each in shape.required_members:
        if xform_name(each, "-") not in given:
            print("missing", each, command)
`;

describe("commands that close or remove what a sweep left", () => {
  it("have operations and options that the AWS CLI knows", async () => {
    const commands = removalsOf(oneOfEach, () => ["baseline-respond-deny"]).flatMap((each) => each.commands);
    const wrong = ["aws ec2 remove-instances", "aws ec2 delete-key-pair --key k", "aws iam delete-user"];
    const { command, environment } = await installEmulator();
    const problemsOf = (input: string[]) =>
      execFileSync(command, ["-c", knownToTheCli], {
        input: JSON.stringify(input),
        env: { ...process.env, ...environment },
        encoding: "utf8",
      });
    assert.equal(problemsOf(commands), "");
    assert.deepEqual(problemsOf(wrong).match(/^(no operation|no option|missing)/gm), [
      "no operation",
      "no option",
      "missing",
    ]);
  });
});
