import { type IAM } from "@aws-sdk/client-iam";
import { pages } from "../survey/attempt";

/*
 * Whole lists of what an IAM user has. IAM may return a page with fewer items than there are, however few there are.
 *
 * Source: IAM API reference, `IsTruncated` of each list.
 */

export function accessKeysOf(iam: IAM, UserName: string) {
  return pages(async (Marker) => {
    const page = await iam.listAccessKeys({ UserName, Marker });
    return { items: page.AccessKeyMetadata, next: page.Marker };
  });
}

export function mfaDevicesOf(iam: IAM, UserName: string) {
  return pages(async (Marker) => {
    const page = await iam.listMFADevices({ UserName, Marker });
    return { items: page.MFADevices, next: page.Marker };
  });
}

export function serviceCredentialsOf(iam: IAM, UserName: string) {
  return pages(async (Marker) => {
    const page = await iam.listServiceSpecificCredentials({ UserName, Marker });
    return { items: page.ServiceSpecificCredentials, next: page.Marker };
  });
}

export function sshKeysOf(iam: IAM, UserName: string) {
  return pages(async (Marker) => {
    const page = await iam.listSSHPublicKeys({ UserName, Marker });
    return { items: page.SSHPublicKeys, next: page.Marker };
  });
}

export function certificatesOf(iam: IAM, UserName: string) {
  return pages(async (Marker) => {
    const page = await iam.listSigningCertificates({ UserName, Marker });
    return { items: page.Certificates, next: page.Marker };
  });
}

export function attachedPoliciesOf(iam: IAM, UserName: string) {
  return pages(async (Marker) => {
    const page = await iam.listAttachedUserPolicies({ UserName, Marker });
    return { items: page.AttachedPolicies, next: page.Marker };
  });
}

export function inlinePoliciesOf(iam: IAM, UserName: string) {
  return pages(async (Marker) => {
    const page = await iam.listUserPolicies({ UserName, Marker });
    return { items: page.PolicyNames, next: page.Marker };
  });
}
