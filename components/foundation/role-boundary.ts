import type * as pulumi from "@pulumi/pulumi";

/**
 * Bounds every role below a component by one policy, so that whoever may make such roles, and no others, cannot give
 * themselves more than that policy holds.
 *
 * A transformation of the SDK's first kind, which runs in the program itself: transforms need an engine that calls back.
 *
 * @param policyArn of a policy that exists
 */
export function boundRoles(policyArn: string): pulumi.ResourceTransformation {
  return ({ type, props, opts }) =>
    type === "aws:iam/role:Role"
      ? { props: { ...(props as object), permissionsBoundary: policyArn }, opts }
      : undefined;
}
