import { join } from "node:path";
import { makePlan, type Plan } from "../../operations/preview/plan/plan";
import { readProject, withDefaults } from "../../engine/stack-files/stack-file";
import { root, withoutSourceMaps } from "./graph";

export const bootstrapProject = readProject(join(root, "bootstrap", "Pulumi.yaml"));

/** Both forges, and a place for the state. */
export const bothForges = {
  github: { repository: "acme/security" },
  gitlab: { project: "acme/security" },
};

/** What the bootstrap program declares and what our policies say of it. @param settings as a stack file has them */
export function bootstrapPlan(settings: Record<string, unknown> = bothForges): Promise<Plan> {
  withoutSourceMaps();
  return makePlan({
    program: join(root, "bootstrap", "index.ts"),
    project: bootstrapProject.name,
    config: withDefaults(bootstrapProject, { "aws:region": "us-east-1", ...settings }),
    regions: ["us-east-1"],
  });
}
