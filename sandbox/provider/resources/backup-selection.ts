import { randomUUID } from "node:crypto";
import type { SelectionArgs } from "@pulumi/aws/backup/selection";
import { recordedResource } from "../recorded-resource";

const properties = [
  "region", "name", "planId", "iamRoleArn", "resources", "notResources", "selectionTags", "conditions",
] as const; // prettier-ignore

export const selection = recordedResource<SelectionArgs>({
  type: "aws:backup/selection:Selection",
  properties,
  required: ["iamRoleArn", "planId"],
  nameProperty: "name",
  replaceOn: properties,
  why: "the emulator has no API for what a backup plan covers",
  id: () => randomUUID(),
});
