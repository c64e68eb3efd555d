import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Command } from "commander";
import { BaselineError, ExitCode } from "../../common/errors";
import { packageRoot } from "../../common/package-root";
import { type PackConfig } from "aws-prevention-baseline-policy-pack/policies";
import { readProject, readStackConfig } from "../../sandbox/host/stack-file";
import { defaultRegions } from "./offline-account";

interface PlanOptions {
  config: string;
  regions?: string;
  policyConfig?: string;
  json?: boolean;
  markdown?: boolean;
}

/** `baseline plan`: what the program would create, without Pulumi, AWS or a network. */
export function planCommand(parent: Command): void {
  const root = packageRoot();
  parent
    .command("plan")
    .description("show, offline, what the program would create and what the policies say of it")
    .option(
      "--config <file>",
      "stack file with the settings",
      relative(process.cwd(), join(root, "Pulumi.example.yaml")),
    )
    .option("--regions <names>", "comma-separated regions to take as enabled (default: the 17 without opt-in)")
    .option("--policy-config <file>", "policy pack configuration, as for `pulumi preview --policy-pack-config`")
    .option("--json", "print one JSON object")
    .option("--markdown", "print Markdown")
    .action(async (options: PlanOptions) => {
      process.exitCode = await plan(options, root);
    });
}

async function plan(options: PlanOptions, root: string): Promise<number> {
  const project = readProject(join(root, "Pulumi.yaml"));
  const request = {
    program: join(root, "dist", "index.js"),
    project: project.name,
    config: readStackConfig(project, options.config),
    regions: parseRegions(options.regions) ?? defaultRegions,
    ...(options.policyConfig && { policyConfig: readPolicyConfig(options.policyConfig) }),
  };
  // Loaded only now: Pulumi's SDK takes a second, and neither help nor bad input should wait for it.
  const [{ makePlan, planExitCode }, { planAsMarkdown, planAsText }] = await Promise.all([
    import("./plan.js"),
    import("./render.js"),
  ]);
  const result = await makePlan(request);
  const text = options.json
    ? JSON.stringify(result, undefined, 2)
    : (options.markdown ? planAsMarkdown : planAsText)(result, options.config);
  process.stdout.write(`${text}\n`);
  return planExitCode(result);
}

function parseRegions(list: string | undefined): string[] | undefined {
  const regions = list?.split(",").map((name) => name.trim());
  const odd = regions?.filter((name) => !/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(name));
  if (odd && odd.length > 0) {
    throw new BaselineError(
      "invalid-regions",
      `--regions ${list} names no region: ${odd.map((name) => JSON.stringify(name)).join(", ")}.`,
      "Give region names with commas between them, such as us-east-1,eu-west-1.",
      ExitCode.badInput,
    );
  }
  return regions;
}

function readPolicyConfig(path: string): PackConfig {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as PackConfig;
  } catch (error) {
    throw new BaselineError(
      "unreadable-file",
      `Cannot read the policy configuration ${path}: ${(error as Error).message}.`,
      'Give a JSON file such as { "network-no-open-admin-ports": { "ports": [22, 3389, 5985] } }.',
      ExitCode.badInput,
    );
  }
}
