import { type RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

/** One resource as the program declares it. */
export interface Registration {
  /** By the engine's rule: the whole chain of parent types, without the stack. */
  urn: string;
  type: string;
  name: string;
  /** False for components, which exist in Pulumi only. */
  custom: boolean;
  /** URN of the parent; absent for the stack itself. */
  parent?: string;
  /** As on the wire: secrets wrapped, unknown values as Pulumi's sentinel. */
  inputs: Record<string, unknown>;
  protect: boolean;
  /** The resource stays in the account when Pulumi deletes it from the state. */
  retainOnDelete: boolean;
  /** Whether what a replacement replaces is deleted before the new one is made. Absent: as the provider says. */
  deleteBeforeReplace?: boolean;
  /** URNs, sorted. */
  dependencies: string[];
  /** URNs by the input that depends on them. */
  propertyDependencies: Record<string, string[]>;
  /** `urn::id` of an explicit provider; empty for the default one. */
  provider: string;
  /** Id to import instead of creating; empty for none. */
  importId: string;
  ignoreChanges: string[];
  /** Inputs whose change replaces the resource, whatever its provider says. */
  replaceOnChanges: string[];
}

/** Reads the SDK's request, and names the resource as the engine would (the test monitor names it otherwise). */
export function readRegistration(request: unknown, where: { project: string; stack: string }): Registration {
  const message = request as RegisterResourceRequest;
  const type = message.getType();
  const name = message.getName();
  const parent = message.getParent();
  const parentType = parent.split("::")[2];
  const chain = parentType === undefined || parentType === "pulumi:pulumi:Stack" ? type : `${parentType}$${type}`;
  const propertyDependencies: Record<string, string[]> = {};
  for (const [property, dependencies] of message.getPropertydependenciesMap().entries() as unknown as Iterable<
    [string, RegisterResourceRequest.PropertyDependencies]
  >) {
    propertyDependencies[property] = dependencies.getUrnsList().sort();
  }
  return {
    urn: `urn:pulumi:${where.stack}::${where.project}::${chain}::${name}`,
    type,
    name,
    custom: message.getCustom(),
    ...(parent && { parent }),
    inputs: message.getObject()?.toJavaScript() ?? {},
    protect: message.getProtect() ?? false,
    retainOnDelete: message.getRetainondelete() ?? false,
    ...(message.getDeletebeforereplacedefined() && { deleteBeforeReplace: message.getDeletebeforereplace() }),
    dependencies: message.getDependenciesList().sort(),
    propertyDependencies,
    provider: message.getProvider(),
    importId: message.getImportid(),
    ignoreChanges: message.getIgnorechangesList(),
    replaceOnChanges: message.getReplaceonchangesList(),
  };
}
