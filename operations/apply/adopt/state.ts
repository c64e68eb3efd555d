import { type ExportedResource } from "../../../engine/host";
import { type Manages } from "./model";

/** What a stack's state says it manages. @param resources as exported */
export function managedIn(resources: ExportedResource[]): Manages {
  const keys = new Set(
    resources.flatMap(({ type, id, inputs = {}, outputs = {} }) => {
      const region = inputs["region"] ?? outputs["region"];
      const place = typeof region === "string" ? region : undefined;
      return id === undefined ? [] : [key(type, id, place), key(type, id)];
    }),
  );
  return (type, id, region) => keys.has(key(type, id, region));
}

/** Names of the resources that a stack's state has, whatever their ids. @param resources as exported */
export function namesIn(resources: ExportedResource[]): ReadonlySet<string> {
  return new Set(resources.map(({ urn }) => urn.split("::").at(-1) ?? ""));
}

function key(type: string, id: string, region?: string): string {
  return [type, id, region ?? ""].join("\n");
}
