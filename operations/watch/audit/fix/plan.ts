import { type AuditFinding, limits } from "../model";
import { awsCommand } from "../../../../common/command";
import { type PlannedCall } from "../../../evidence/planned-call";
import { type Caller, type Deed, type FixPlan } from "./model";

const unusedKey = ["key-unused-90", "key-never-used"];
const unusedConsole = "console-unused-90";

/**
 * What of the findings is unused for more than 90 days, as deeds. Exempt findings are not among them, and whoever runs
 * it keeps the key that signs and the password.
 */
export function planFix(findings: readonly AuditFinding[], caller: Caller): FixPlan {
  const plan: FixPlan = { deeds: [], leftAlone: [] };
  for (const { rule, who, resource, ageDays = 0, evidence } of findings) {
    const leave = (reason: string) => plan.leftAlone.push({ resource, reason });
    if (unusedKey.includes(rule) && ageDays > limits.unused) {
      const keyId = resource.slice(`user/${who}/`.length);
      if (keyId === caller.accessKeyId) leave("it signs this very fix");
      else if (!/^[A-Z0-9]{16,128}$/.test(keyId)) leave("its id could not be read");
      else plan.deeds.push({ kind: "deactivate-key", user: who, keyId, because: evidence });
    } else if (rule === unusedConsole) {
      if (who === caller.user) leave("it belongs to whoever runs this fix");
      else plan.deeds.push({ kind: "delete-login-profile", user: who, because: evidence });
    }
  }
  return plan;
}

/** The call as the AWS CLI would make it. */
export function asCommand(deed: Deed): string {
  return deed.kind === "deactivate-key"
    ? keyCommand(deed, "Inactive")
    : awsCommand("iam", "delete-login-profile", { "user-name": deed.user });
}

/** The call itself, with the way back where there is one. @param region where IAM is asked */
export function asCall(deed: Deed, region: string): PlannedCall {
  const service = "iam" as const;
  if (deed.kind === "delete-login-profile") {
    const parameters = { UserName: deed.user };
    const noUndo = `The password is gone; give a new one: ${undoing(deed)}`;
    return { service, action: "DeleteLoginProfile", region, parameters, why: deed.because, noUndo, absentIsDone: true };
  }
  const to = (Status: string) => ({
    ...{ service, action: "UpdateAccessKey", region },
    parameters: { UserName: deed.user, AccessKeyId: deed.keyId, Status },
  });
  return {
    ...to("Inactive"),
    why: deed.because,
    undo: { ...to("Active"), why: "the key works again" },
    absentIsDone: true,
  };
}

/** How to take it back. */
export function undoing(deed: Deed): string {
  return deed.kind === "deactivate-key"
    ? keyCommand(deed, "Active")
    : awsCommand("iam", "create-login-profile", {
        "user-name": deed.user,
        "password-reset-required": true,
        password: "<new>",
      });
}

function keyCommand({ user, keyId }: Extract<Deed, { kind: "deactivate-key" }>, status: "Active" | "Inactive"): string {
  return awsCommand("iam", "update-access-key", { "user-name": user, "access-key-id": keyId, status });
}
