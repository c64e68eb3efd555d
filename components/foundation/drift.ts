export type DriftSeverity = "critical" | "high" | "medium" | "low";

/** A drift whose severity is not what drift has by default. */
export interface SeverityRule {
  /** Class of the resource: the last part of its type token. */
  type: string;
  when: {
    deleted?: true;
    /** Beginning of the property's path. */
    property?: RegExp;
  };
  severity: DriftSeverity;
  /** What it means for the account, as the end of a sentence. */
  means?: string;
}

/** The calls that change a kind of resource, as CloudTrail names them. */
export interface ResourceCalls {
  events: readonly string[];
  /** The account has one, in a region or altogether, and the calls name nothing. */
  singleton?: true;
  /** Where some calls set certain properties only: the beginning of the property's path, and those calls. */
  by?: readonly (readonly [property: RegExp, events: readonly string[]])[];
  /** The calls that set its tags, where the service has names of its own for them. */
  tags?: readonly string[];
}

const anything = /^(?!tags(All)?($|[.[]))/;

export function gone(type: string, severity: DriftSeverity, means?: string): SeverityRule {
  return { type, when: { deleted: true }, severity, ...(means && { means }) };
}

/** @param property beginning of its path; anything but tags by default */
export function changed(type: string, severity: DriftSeverity, means?: string, property = anything): SeverityRule {
  return { type, when: { property }, severity, ...(means && { means }) };
}

/** Deleted, or changed in anything but tags. */
export function touched(type: string, severity: DriftSeverity, means?: string): SeverityRule {
  return { type, when: { deleted: true, property: anything }, severity, ...(means && { means }) };
}

/** For what several controls have. They are tried after the control's own, in this order. */
export const driftOfAnyControl: readonly SeverityRule[] = [
  touched("BucketVersioning", "high", "what is overwritten is lost"),
  touched("BucketServerSideEncryptionConfiguration", "high"),
  touched("BucketPolicy", "high"),
  touched("BucketPublicAccessBlock", "high", "it can be made public"),
  gone("Key", "critical", "what is encrypted with it cannot be read or written"),
  changed(
    "Key",
    "critical",
    "who may use the key, or whether anybody can, has changed",
    /^(isEnabled|policy|deletionWindowInDays)/,
  ),
  changed("Role", "high", "somebody else may take the role", /^assumeRolePolicy/),
  changed("Role", "high", "what the role may do has changed", /^permissionsBoundary/),
  touched("RolePolicy", "high", "what the role may do has changed"),
  touched("RolePolicyAttachment", "high", "what the role may do has changed"),
  touched("Policy", "high", "what it grants has changed"),
  touched("MetricAlarm", "high", "an alarm is silent or deaf"),
  touched("EventRule", "high", "an alert is silent or deaf"),
  touched("EventTarget", "high", "an alert reaches nobody"),
  touched("QueuePolicy", "medium", "who may leave and read unanswered events has changed"),
  gone("Queue", "medium", "events that could not be delivered are lost"),
];
