import type * as pulumi from "@pulumi/pulumi";
import { type OwnResource } from "./own-state";

/**
 * Fits the options of what the stack's state has already.
 *
 * - An import is left out. Of what was replaced since, the engine would take the entry for a wish to import the former
 *   one again.
 * - What gets another name is made before the former one is deleted. Where a program gives names itself, the AWS plugin
 *   deletes first, and AWS refuses to delete what is in use: a policy that is attached, a security group of an endpoint.
 *   Source: pulumi-terraform-bridge, nameRequiresDeleteBeforeReplace.
 *
 * @param resources of the last update
 */
export function fitted(resources: readonly OwnResource[]): pulumi.ResourceTransformation {
  const standing = new Map(resources.map(({ urn, type, outputs }) => [keyOf(type, urn), nameIn(outputs)]));
  return ({ type, name, props, opts }) => {
    const key = keyOf(type, name);
    if (!standing.has(key)) {
      return undefined;
    }
    const [before, now] = [standing.get(key), nameIn(props)];
    const isRenamed = before !== undefined && now !== undefined && now !== before;
    const rest: pulumi.CustomResourceOptions = { ...opts };
    delete rest.import;
    return { props, opts: { ...(isRenamed && { deleteBeforeReplace: false }), ...rest } };
  };
}

/** @param name of the resource in the program, or its URN */
function keyOf(type: string | undefined, name: string): string {
  return `${type} ${name.split("::").at(-1)}`;
}

/** Undefined of what has no name, or one that is not known yet. */
function nameIn({ name, bucket }: Record<string, unknown> = {}): string | undefined {
  return [name, bucket].find((each) => typeof each === "string");
}
