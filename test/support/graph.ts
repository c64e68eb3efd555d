import { join } from "node:path";
import { offlineAnswers } from "../../operations/preview/plan/offline-account";
import { runProgram } from "../../engine/in-process/program";
import { type Registration } from "../../engine/in-process/registration";
import { readProject, withDefaults } from "../../engine/stack-files/stack-file";
import { ofControls } from "./of-controls";

export const root = join(__dirname, "..", "..");
export const project = readProject(join(root, "Pulumi.yaml"));

export interface GraphOptions {
  regions?: string[];
  users?: string[];
  settings?: Record<string, unknown>;
  /** False: as at `up`, where everything gets an id and what AWS would compute is known. */
  preview?: boolean;
}

/** Settings with every control and every option switched on. */
export const everything: Record<string, object> = {
  "aws-prevention-baseline:alertChannel": {
    emails: ["a@example.com", "b@example.com"],
    slack: [{ workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" }],
    teams: [
      {
        tenantId: "12345678-1234-4234-8234-123456789012",
        teamId: "12345678-1234-4234-8234-123456789013",
        channelId: "19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2",
      },
    ],
  },
  "aws-prevention-baseline:mfaEnforcement": { groups: ["developers"] },
  "aws-prevention-baseline:supportRole": { enabled: true },
  "aws-prevention-baseline:securityContact": {
    enabled: true,
    name: "Security",
    email: "security@example.com",
    phoneNumber: "+1 206 555 0100",
  },
  "aws-prevention-baseline:auditTrail": { objectLockDays: 30, insights: true, dataEvents: ["AWS::S3::Object"] },
  "aws-prevention-baseline:iamAlerts": { ignoredRoles: ["deployer"] },
  "aws-prevention-baseline:leakResponse": {
    mode: "contain",
    exemptUsers: ["ci-deploy"],
    exemptRoles: ["deployer"],
    containRoles: ["web-server"],
  },
  "aws-prevention-baseline:configRecording": { excludeResourceTypes: ["AWS::Config::ResourceCompliance"] },
  "aws-prevention-baseline:complianceRules": { revokeUnusedCredentials: true },
  "aws-prevention-baseline:externalAccess": { unusedAccess: true },
  "aws-prevention-baseline:accountGuards": { closeDefaultSecurityGroups: true },
  "aws-prevention-baseline:ssmEndpoints": {
    vpcs: [{ region: "us-east-1", vpcId: "vpc-0123456789abcdef0" }],
    optionalServices: ["ec2messages", "kms", "logs"],
  },
  "aws-prevention-baseline:billingAlarm": { costAnomalies: true },
  "aws-prevention-baseline:backup": { enabled: true },
  ...Object.fromEntries(
    ofControls.map(({ setting, everything }) => [`aws-prevention-baseline:${setting}`, everything]),
  ),
};

/**
 * Pulumi reads a stack for each resource, and scripts/register.cjs would map each of them back to its source, which is
 * most of the time a graph takes.
 */
export function withoutSourceMaps(): void {
  Reflect.deleteProperty(Error, "prepareStackTrace");
}

/** Every resource the whole program declares, from its sources, in this process. */
export async function graph(options: GraphOptions = {}): Promise<Registration[]> {
  const {
    regions = ["us-east-1", "eu-west-1"],
    users = ["mina", "ci-deploy"],
    settings = {},
    preview = true,
  } = options;
  const registrations: Registration[] = [];
  const answer = offlineAnswers(regions);
  withoutSourceMaps();
  await runProgram(
    {
      program: join(root, "index.ts"),
      project: project.name,
      stack: "test",
      config: withDefaults(project, { "aws:region": "us-east-1", ...settings }),
      preview,
    },
    {
      register: (registration) => {
        registrations.push(registration);
        const id = `id-of-${registration.name}`;
        const computed = { arn: `arn:aws:test:::${registration.name}`, keyId: id, id };
        return Promise.resolve(
          preview || !registration.custom
            ? { outputs: registration.inputs }
            : { id, outputs: { ...computed, ...registration.inputs } },
        );
      },
      invoke: (token, args) =>
        Promise.resolve(
          token === "aws:iam/getUsers:getUsers" ? { id: "users", names: users, arns: [] } : answer(token, args),
        ),
    },
  );
  return registrations;
}

/** The resources of one type token. */
export function ofType(registrations: Registration[], type: string): Registration[] {
  return registrations.filter((each) => each.type === type);
}

/** The one resource of a type; fails when there are none or several. */
export function only(registrations: Registration[], type: string): Registration {
  const [first, ...more] = ofType(registrations, type);
  if (!first || more.length > 0) {
    throw new Error(`expected one ${type}, found ${more.length + (first ? 1 : 0)}`);
  }
  return first;
}
