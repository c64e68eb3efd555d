/** The inline policies of containment. One that has our name and another content is not ours; it is put back by undo. */
export function policyNames(prefix: string, kind: "user" | "role"): { deny: string; revoke: string } {
  return {
    deny: `${prefix}-respond-deny`,
    // IAM's console gives this name to what "Revoke active sessions" attaches to a role; there it can be seen and undone.
    revoke: kind === "role" ? "AWSRevokeOlderSessions" : `${prefix}-respond-revoke-sessions`,
  };
}

/** Denies everything. No permission of whatever origin outweighs it. */
export function denyEverything(): string {
  return documentOf({ Effect: "Deny", Action: ["*"], Resource: ["*"] });
}

/**
 * Denies everything to credentials issued before a moment. Long-lived keys have no such moment: it does not touch them.
 *
 * Source: IAM User Guide, "Revoke IAM role temporary security credentials".
 */
export function denyOlderThan(moment: string): string {
  return documentOf({
    Effect: "Deny",
    Action: ["*"],
    Resource: ["*"],
    Condition: { DateLessThan: { "aws:TokenIssueTime": moment } },
  });
}

/** Until when the sessions are that a document denies; undefined for any other document. */
export function revokedUntil(document: string | undefined): string | undefined {
  const moment = /"aws:TokenIssueTime":\s*\[?\s*"([^"]+)"/.exec(document ?? "")?.[1];
  return moment !== undefined && sameDocument(document, denyOlderThan(moment)) ? moment : undefined;
}

/** Whether two documents are the same text but for spaces. */
export function sameDocument(a: string | undefined, b: string): boolean {
  try {
    return JSON.stringify(JSON.parse(a ?? "")) === JSON.stringify(JSON.parse(b));
  } catch {
    return false;
  }
}

function documentOf(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
