import { limiter } from "../../../common/limit";
import { type Looks } from "./look";

/** Somebody signed in to the console with the user's password, so lately that the session may be open. */
export interface SignIn {
  time: string;
  sourceIp: string;
  region: string;
  mfa: boolean;
}

/** Hours. Source: IAM User Guide, "How IAM users sign in to AWS": after that one has to sign in again. */
export const CONSOLE_HOURS = 12;

const parallel = limiter(12);
const NEWEST = 50;

/**
 * A user's console sessions that may be open, from CloudTrail's event history; the newest first. Nothing in AWS lists
 * them, and a sign-in is told some minutes later, in the region whose page was used.
 */
export async function signInsOf(looks: Looks, userName: string, regions: readonly string[], now: Date) {
  const StartTime = new Date(now.getTime() - CONSOLE_HOURS * 60 * 60 * 1000);
  const found = await Promise.all(
    regions.map((region) =>
      parallel(async () => {
        const page = await looks.part(
          "cloudtrail:LookupEvents",
          () =>
            looks.aws.cloudtrail(region).lookupEvents({
              LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "ConsoleLogin" }],
              StartTime,
              MaxResults: NEWEST,
            }),
          region,
        );
        return (page?.Events ?? []).flatMap(({ CloudTrailEvent }) => signIn(CloudTrailEvent, userName, region));
      }),
    ),
  );
  return found.flat().sort((a, b) => (a.time < b.time ? 1 : -1));
}

interface Login {
  eventTime?: string;
  sourceIPAddress?: string;
  userIdentity?: { userName?: string };
  responseElements?: { ConsoleLogin?: string };
  additionalEventData?: { MFAUsed?: string };
}

/** Source: CloudTrail User Guide, "AWS Management Console sign-in events". */
function signIn(text: string | undefined, userName: string, region: string): SignIn[] {
  let login: Login;
  try {
    login = JSON.parse(text ?? "{}") as Login;
  } catch {
    return [];
  }
  const { userIdentity: who, responseElements: answer, eventTime: time = "", sourceIPAddress: sourceIp = "" } = login;
  return who?.userName === userName && answer?.ConsoleLogin === "Success"
    ? [{ time, sourceIp, region, mfa: login.additionalEventData?.MFAUsed === "Yes" }]
    : [];
}
