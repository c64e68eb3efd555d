import { type Severity } from "../../../output/severity";
import { type TrailEvent } from "../../events/record";
import { each, type Rule, targetOf } from "../rule";

interface Deed {
  id: string;
  title: string;
  severity: Severity;
  /** Names of the calls, or `service:name` where several services have such a call. */
  calls: string;
  /** Whether such a call counts. Default: it does. */
  when?: (event: TrailEvent) => boolean;
}

const switchesOff = ({ request }: TrailEvent) => request["enable"] === false;
const quarantine = ({ request }: TrailEvent) => String(request["policyArn"]).includes("AWSCompromisedKeyQuarantine");

/**
 * Calls that stand out by themselves: what intruders do to stay, to hide, to grow and to be paid.
 *
 * Source: Service Authorization Reference for the names; AWS, "Unauthorized activity in my account"; AWS customer
 * playbook framework, Compromised_IAM_Credentials.
 */
const deeds: readonly Deed[] = [
  {
    id: "quarantined",
    title: "AWS quarantined the user: the key was found in public",
    severity: "critical",
    calls: "AttachUserPolicy",
    when: quarantine,
  },
  {
    id: "trail-stopped",
    title: "A trail was stopped, deleted or changed",
    severity: "critical",
    calls: "StopLogging DeleteTrail UpdateTrail PutEventSelectors DeleteEventDataStore",
  },
  {
    id: "detector-stopped",
    title: "Threat detection was switched off or told to look away",
    severity: "critical",
    calls: `DeleteDetector guardduty:CreateFilter CreateIPSet DisassociateFromMasterAccount DisassociateFromAdministratorAccount
      guardduty:DeleteMembers StopMonitoringMembers DisableSecurityHub DisableMacie`,
  },
  {
    id: "detector-changed",
    title: "A threat detector was disabled",
    severity: "critical",
    calls: "UpdateDetector",
    when: switchesOff,
  },
  {
    id: "recorder-stopped",
    title: "Configuration recording was stopped",
    severity: "critical",
    calls: "StopConfigurationRecorder DeleteConfigurationRecorder DeleteDeliveryChannel DeleteConfigRule",
  },
  {
    id: "alarm-stopped",
    title: "Alarms, rules or logs were removed",
    severity: "high",
    calls: `DeleteAlarms DisableAlarmActions events:DisableRule events:DeleteRule RemoveTargets DeleteFlowLogs DeleteLogGroup
      DeleteMetricFilter sns:DeleteTopic sns:Unsubscribe access-analyzer:DeleteAnalyzer`,
  },
  { id: "new-user", title: "A user was created", severity: "high", calls: "CreateUser" },
  {
    id: "new-key",
    title: "A key or another credential was created",
    severity: "high",
    calls: `CreateAccessKey CreateServiceSpecificCredential UploadSSHPublicKey UploadSigningCertificate GetFederationToken
      UpdateAccessKey`,
    when: ({ name, request }) => name !== "UpdateAccessKey" || request["status"] === "Active",
  },
  {
    id: "new-password",
    title: "A console password was set",
    severity: "high",
    calls: "CreateLoginProfile UpdateLoginProfile",
  },
  {
    id: "mfa-changed",
    title: "An MFA device was added or removed",
    severity: "high",
    calls: "DeactivateMFADevice DeleteVirtualMFADevice EnableMFADevice",
  },
  { id: "new-role", title: "A role was created", severity: "high", calls: "CreateRole CreateInstanceProfile" },
  {
    id: "new-provider",
    title: "An identity provider was added",
    severity: "critical",
    calls: "CreateSAMLProvider CreateOpenIDConnectProvider UpdateSAMLProvider AddClientIDToOpenIDConnectProvider",
  },
  {
    id: "permissions-changed",
    title: "Permissions were granted",
    severity: "high",
    calls: `AttachUserPolicy AttachRolePolicy AttachGroupPolicy PutUserPolicy PutRolePolicy PutGroupPolicy CreatePolicy
      CreatePolicyVersion SetDefaultPolicyVersion AddUserToGroup DeleteUserPermissionsBoundary DeleteRolePermissionsBoundary`,
    when: (event) => !quarantine(event),
  },
  {
    id: "trust-changed",
    title: "Who may assume a role, or call a function, was changed",
    severity: "critical",
    calls: "UpdateAssumeRolePolicy lambda:AddPermission",
  },
  {
    id: "containment-undone",
    title: "A deny policy or a quarantine was taken away",
    severity: "critical",
    calls: "DetachUserPolicy DeleteUserPolicy",
    when: (event) => quarantine(event) || /deny|quarantine|revoke/i.test(String(event.request["policyName"])),
  },
  {
    id: "new-function",
    title: "Function code was put in place",
    severity: "medium",
    calls: "CreateFunction UpdateFunctionCode",
  },
  {
    id: "secrets-read",
    title: "Secrets were read",
    severity: "medium",
    calls: "GetSecretValue BatchGetSecretValue GetPasswordData",
  },
  {
    id: "remote-command",
    title: "Commands were run on instances",
    severity: "high",
    calls: "SendCommand StartSession SendSSHPublicKey SendSerialConsoleSSHPublicKey",
  },
  {
    id: "support-case",
    title: "A support case was opened or answered",
    severity: "high",
    calls: "CreateCase AddCommunicationToCase ResolveCase",
  },
  {
    id: "mail-abuse",
    title: "E-mail sending was prepared (SES)",
    severity: "high",
    calls: `VerifyEmailIdentity VerifyDomainIdentity CreateEmailIdentity PutAccountDetails PutAccountSendingAttributes
      UpdateAccountSendingEnabled ses:GetSendQuota ses:GetAccount`,
  },
  {
    id: "quota-raised",
    title: "Higher quotas were asked for",
    severity: "high",
    calls: "RequestServiceQuotaIncrease PutServiceQuotaIncreaseRequestIntoTemplate",
  },
  {
    id: "organization-changed",
    title: "The organization, the account or its contacts were changed",
    severity: "critical",
    calls: `LeaveOrganization organizations:CreateAccount InviteAccountToOrganization DetachPolicy CreateOrganization
      EnableRegion PutAlternateContact PutContactInformation CloseAccount StartPrimaryEmailUpdate`,
  },
  {
    id: "models-used",
    title: "Generative models were opened up or called",
    severity: "high",
    calls: `PutUseCaseForModelAccess CreateFoundationModelAgreement PutFoundationModelEntitlement InvokeModel Converse
      InvokeModelWithResponseStream ConverseStream`,
  },
  {
    id: "ransom",
    title: "Data, backups or keys were deleted",
    severity: "high",
    calls: `DeleteBucket DeleteSnapshot DeleteDBInstance DeleteDBSnapshot DeleteRecoveryPoint DeleteBackupVault
      ScheduleKeyDeletion DisableKey PutBucketLifecycle PutBucketLifecycleConfiguration TerminateInstances`,
  },
];

/** The table as rules. A call that AWS refused was still tried: one step less severe. */
export const deedRules: readonly Rule[] = deeds.map(({ id, title, severity, calls, when = () => true }) => {
  const wanted = new Set(calls.split(/\s+/));
  const has = ({ service, name }: TrailEvent) => wanted.has(name) || wanted.has(`${service}:${name}`);
  const look = (event: TrailEvent) => {
    if (!has(event) || !when(event)) {
      return undefined;
    }
    const detail = [event.name, targetOf(event)].filter(Boolean).join(" ");
    return event.error === undefined ? { detail } : { detail: `${detail} (refused)`, severity: "medium" as const };
  };
  return { id, title, severity, begin: each(look) };
});
