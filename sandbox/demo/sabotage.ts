import { type Clients } from "../provider/clients";

/** What somebody does behind the program's back. Each is one thing that refresh must find, and nothing else. */
export interface Sabotage {
  /** Class of the control that suffers. */
  control: string;
  /** Absent for what is not regional. */
  region?: string;
  says: string;
}

/**
 * Stops the trail's logging, deletes one region's detector, and weakens the password policy, through the AWS SDK.
 *
 * @param region where the detector goes
 */
export async function sabotage(aws: Clients, homeRegion: string, region: string, prefix: string): Promise<Sabotage[]> {
  await aws.cloudtrail(homeRegion).stopLogging({ Name: `${prefix}-trail` });
  const { DetectorIds: [detector] = [] } = await aws.guardduty(region).listDetectors({});
  await aws.guardduty(region).deleteDetector({ DetectorId: detector });
  await aws.iam().updateAccountPasswordPolicy({ MinimumPasswordLength: 6, AllowUsersToChangePassword: true });
  return [
    { control: "AuditTrail", region: homeRegion, says: `cloudtrail stop-logging --name ${prefix}-trail` },
    {
      control: "ThreatDetection",
      region,
      says: `guardduty delete-detector --detector-id ${detector?.slice(0, 8)}... --region ${region}`,
    },
    { control: "PasswordPolicy", says: "iam update-account-password-policy --minimum-password-length 6" },
  ];
}
