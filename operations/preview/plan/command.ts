import { join, relative } from "node:path";
import { badInput, type BaselineError } from "../../../common/errors";
import { readNamedFile, unreadableFile } from "../../../common/files";
import { regionsIn } from "../../../common/region-name";
import { packageRoot } from "../../../common/package-root";
import { jsonText } from "../../../common/printable";
import { print } from "../../../common/terminal";
import { type PackConfig } from "aws-prevention-baseline-policy-pack/policies";
import { readProject, readStackConfig } from "../../../engine/stack-files/stack-file";
import { stackFilePlaces } from "../../../components/foundation/settings/stack-places";
import { command, forms, shared } from "../../command";
import { defaultRegions, partitionOf } from "./offline-account";

interface PlanOptions {
  config: string;
  regions?: string;
  policyConfig?: string;
  json?: boolean;
  markdown?: boolean;
}

const root = packageRoot();

/** `baseline plan`: what the program would create, without Pulumi, AWS or a network. */
export const planCommand = command<PlanOptions>({
  name: "plan",
  description: "show, offline, what the program would create and what the policies say of it",
  options: [
    [
      "--config <file>",
      "stack file with the settings",
      { default: relative(process.cwd(), join(root, "Pulumi.example.yaml")) },
    ],
    shared.regions("to take as enabled (default: the 17 without opt-in)"),
    shared.policyConfig,
    ...forms(["json", shared.json[1]], ["markdown", "print Markdown"]),
  ],
  run: plan,
});

async function plan(options: PlanOptions): Promise<number> {
  const project = readProject(join(root, "Pulumi.yaml"));
  const config = readStackConfig(project, options.config);
  const request = {
    program: join(root, "dist", "index.js"),
    project: project.name,
    config,
    regions: parseRegions(options.regions) ?? defaultRegions,
    ...(options.policyConfig && { policyConfig: await readPolicyConfig(options.policyConfig) }),
  };
  // Loaded only now: Pulumi's SDK takes a second, and neither help nor bad input should wait for it.
  const [{ makePlan, planExitCode }, { planAsMarkdown, planAsText }, { settingsFromConfig }] = await Promise.all([
    import("./plan.js"),
    import("./render.js"),
    import("../../../components/stack-config.js"),
  ]);
  // The program would say the same, without the lines of the file.
  settingsFromConfig(project.name, config, stackFilePlaces(options.config, project.name));
  const result = await makePlan(request);
  const text = options.json
    ? jsonText(result)
    : (options.markdown ? planAsMarkdown : planAsText)(result, options.config);
  print(text);
  return planExitCode(result);
}

function parseRegions(list: string | undefined): string[] | undefined {
  if (list === undefined) {
    return undefined;
  }
  const regions = regionsIn(list, "--regions");
  if (new Set(regions.map(partitionOf)).size > 1) {
    throw invalidRegions("--regions: an account is in one partition; these regions are of several.");
  }
  return regions;
}

function invalidRegions(sentence: string): BaselineError {
  const next = "Give region names with commas between them, such as us-east-1,eu-west-1.";
  return badInput("invalid-regions", sentence, next);
}

async function readPolicyConfig(path: string): Promise<PackConfig> {
  const next =
    'Give a JSON file such as { "network-no-open-admin-ports": { "ports": [22, 3389, 5985] } }; ' +
    "docs/policies.md lists every setting.";
  const text = readNamedFile(path, next);
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw unreadableFile(path, text.trim() === "" ? "it is empty" : "it is not JSON", next, error);
  }
  const { packConfigProblems } = await import("aws-prevention-baseline-policy-pack/policies");
  const problems = packConfigProblems(config);
  if (problems.length > 0) {
    const sentence = `The policy configuration ${path} is wrong; nothing was judged.\n  ${problems.join("\n  ")}`;
    throw badInput("invalid-policy-config", sentence, next);
  }
  return config as PackConfig;
}
