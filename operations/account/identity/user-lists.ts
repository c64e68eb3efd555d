import { type IAM } from "@aws-sdk/client-iam";
import { pages } from "../../../aws/attempt";

/*
 * Whole lists of what an IAM user has. IAM may return a page with fewer items than there are, however few there are.
 *
 * Source: IAM API reference, `IsTruncated` of each list.
 */

type Asked = { UserName: string; Marker?: string };

function whole<Page extends { Marker?: string }, Item>(
  ask: (iam: IAM, asked: Asked) => Promise<Page>,
  itemsOf: (page: Page) => Item[] | undefined,
) {
  return (iam: IAM, UserName: string): Promise<Item[]> =>
    pages(async (Marker) => {
      const page = await ask(iam, { UserName, ...(Marker && { Marker }) });
      return { items: itemsOf(page), next: page.Marker };
    });
}

export const accessKeysOf = whole(
  (iam, asked) => iam.listAccessKeys(asked),
  (page) => page.AccessKeyMetadata,
);
export const mfaDevicesOf = whole(
  (iam, asked) => iam.listMFADevices(asked),
  (page) => page.MFADevices,
);
export const serviceCredentialsOf = whole(
  (iam, asked) => iam.listServiceSpecificCredentials(asked),
  (page) => page.ServiceSpecificCredentials,
);
export const sshKeysOf = whole(
  (iam, asked) => iam.listSSHPublicKeys(asked),
  (page) => page.SSHPublicKeys,
);
export const certificatesOf = whole(
  (iam, asked) => iam.listSigningCertificates(asked),
  (page) => page.Certificates,
);
export const attachedPoliciesOf = whole(
  (iam, asked) => iam.listAttachedUserPolicies(asked),
  (page) => page.AttachedPolicies,
);
export const inlinePoliciesOf = whole(
  (iam, asked) => iam.listUserPolicies(asked),
  (page) => page.PolicyNames,
);
