/** What the patterns depend on. */
export interface IamAlertScope {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** Start of the baseline's own names. */
  namePrefix: string;
  /** Names of IAM roles whose changes raise no alert. */
  ignoredRoles: string[];
  /** `LeakResponse` answers a quarantine that is put on, and tells of it; by default nothing does. */
  quarantineAnswered?: boolean;
}

/** Source: EventBridge User Guide, "Amazon EventBridge quotas", event pattern size. */
export const maximumEventPatternLength = 2048;

/** Changes by which a thief stays, comes back, or gains rights. Which are left out, and why, says `iamChangePattern`. */
const iamChanges = [
  ...["CreateUser", "CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile"],
  ...["CreateServiceSpecificCredential", "ResetServiceSpecificCredential"],
  ...["AttachRolePolicy", "AttachGroupPolicy", "PutUserPolicy", "PutRolePolicy", "PutGroupPolicy"],
  ...["CreatePolicyVersion", "SetDefaultPolicyVersion", "UpdateAssumeRolePolicy"],
  ...["DeleteUserPermissionsBoundary", "DeleteRolePermissionsBoundary"],
  ...["DeactivateMFADevice", "DeleteVirtualMFADevice", "UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy"],
  ...["CreateSAMLProvider", "UpdateSAMLProvider", "CreateOpenIDConnectProvider"],
  ...["AddClientIDToOpenIDConnectProvider", "UpdateOpenIDConnectProviderThumbprint"],
];

/** Calls that blind what watches the account, whatever they are made on. */
const detectionChanges = [
  ...["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors", "PutInsightSelectors"],
  ...["DeleteDetector", "DisassociateFromAdministratorAccount", "DisassociateFromMasterAccount"],
  ...["StopMonitoringMembers", "DeletePublishingDestination"],
  // Trusted addresses and suppression: findings that are never shown.
  ...["CreateFilter", "UpdateFilter", "CreateIPSet", "UpdateIPSet"],
  ...["StopConfigurationRecorder", "DeleteConfigurationRecorder", "DeleteDeliveryChannel"],
  ...["DisableSecurityHub", "DeleteAnalyzer"],
];

/** Start of the ARNs of the policies AWS attaches to a user whose key it found in public, whatever their version. */
export function quarantinePolicy(partition: string): string {
  return `arn:${partition}:iam::aws:policy/AWSCompromisedKeyQuarantine`;
}

/** The group of `MfaEnforcement`. */
export function mfaGroupName(namePrefix: string): string {
  return `${namePrefix}-mfa-required`;
}

/**
 * Changes to IAM that were carried out. Refused ones are left to the alarm `denied-api-calls`: a probe that failed
 * changes nothing, and somebody woken for each would soon sleep on.
 *
 * Left out because honest work is full of them, and harmless alone: creating roles and policies (attaching is in),
 * enrolling MFA, setting boundaries. IAM takes a name in any letter case. Left out because they lock up instead of opening: deactivating keys, and joining
 * the baseline's MFA group, which each `up` does for new users; leaving it is in. The quarantine has an alert of its
 * own: no event may match two, since what other regions forward would be told twice by each.
 */
export function iamChangePattern({ partition, namePrefix, ignoredRoles }: IamAlertScope): string {
  const mfaGroup = mfaGroupName(namePrefix);
  return apiCalls(["aws.iam"], {
    errorCode: [{ exists: false }],
    ...callers(ignoredRoles),
    $or: [
      { eventName: iamChanges },
      {
        eventName: ["AttachUserPolicy"],
        requestParameters: { policyArn: [{ "anything-but": { prefix: quarantinePolicy(partition) } }] },
      },
      {
        eventName: ["AddUserToGroup"],
        requestParameters: { groupName: [{ "anything-but": { "equals-ignore-case": mfaGroup } }] },
      },
      {
        eventName: ["RemoveUserFromGroup", "DetachGroupPolicy"],
        requestParameters: { groupName: [{ "equals-ignore-case": mfaGroup }] },
      },
      { eventName: ["UpdateAccessKey"], requestParameters: { status: ["Active"] } },
    ],
  });
}

/**
 * AWS found a key of a user in public and fenced the user in, or somebody takes the fence away. Whoever did it. Of the
 * first, `LeakResponse` tells more, and once is enough.
 */
export function quarantinePattern({ partition, quarantineAnswered = false }: IamAlertScope): string {
  return apiCalls(["aws.iam"], {
    errorCode: [{ exists: false }],
    eventName: [...(quarantineAnswered ? [] : ["AttachUserPolicy"]), "DetachUserPolicy"],
    requestParameters: { policyArn: [{ prefix: { "equals-ignore-case": quarantinePolicy(partition) } }] },
  });
}

/**
 * Root at the console, even in vain, and IAM users who got in without MFA. Not federated users and roles: their MFA is
 * their identity provider's, and their records always say `MFAUsed: No`.
 *
 * Source: CloudTrail User Guide, "AWS Management Console sign-in events".
 */
export function signInPattern(): string {
  return JSON.stringify({
    source: ["aws.signin"],
    "detail-type": ["AWS Console Sign In via CloudTrail"],
    detail: {
      $or: [
        {
          userIdentity: { type: ["Root"] },
          eventName: ["ConsoleLogin", "PasswordRecoveryRequested", "PasswordRecoveryCompleted"],
        },
        {
          userIdentity: { type: ["IAMUser"] },
          eventName: ["ConsoleLogin"],
          responseElements: { ConsoleLogin: ["Success"] },
          additionalEventData: { MFAUsed: [{ "anything-but": ["Yes"] }] },
        },
      ],
    },
  });
}

/**
 * Calls that blind detection or cut this baseline's alerts, refused ones too: hardly anybody makes them in good faith.
 *
 * Of what the baseline itself calls at `up`, only what weakens: `UpdateDetector` that switches off, and of rules,
 * alarms and filters only the deletion of its own. Recorders, channels and rules that are put raise nothing.
 */
export function detectionChangePattern({ namePrefix, ignoredRoles }: IamAlertScope): string {
  const own = [{ prefix: `${namePrefix}-` }];
  const services = ["cloudtrail", "guardduty", "config", "securityhub", "access-analyzer"];
  // CloudWatch's own name for itself is `monitoring`.
  const ownWiring = ["events", "monitoring", "logs"];
  return apiCalls(
    [...services, ...ownWiring].map((service) => `aws.${service}`),
    {
      ...callers(ignoredRoles),
      $or: [
        { eventName: detectionChanges },
        { eventName: ["UpdateDetector"], requestParameters: { enable: [false] } },
        { eventName: ["DeleteRule", "DisableRule"], requestParameters: { name: own } },
        { eventName: ["RemoveTargets"], requestParameters: { rule: own } },
        { eventName: ["DeleteAlarms", "DisableAlarmActions"], requestParameters: { alarmNames: own } },
        { eventName: ["DeleteMetricFilter"], requestParameters: { filterName: own } },
        { eventName: ["DeleteLogGroup"], requestParameters: { logGroupName: [{ prefix: `/${namePrefix}/` }] } },
      ],
    },
  );
}

function apiCalls(sources: string[], detail: object): string {
  return JSON.stringify({ source: sources, "detail-type": ["AWS API Call via CloudTrail"], detail });
}

/** Everybody but sessions of the roles. Users and root have no session issuer. Source: EventBridge, "$or matching". */
function callers(ignoredRoles: string[]): object {
  if (ignoredRoles.length === 0) {
    return {};
  }
  const roleName = [{ userName: [{ exists: false }] }, { userName: [{ "anything-but": ignoredRoles }] }];
  return { userIdentity: { sessionContext: { sessionIssuer: { $or: roleName } } } };
}
