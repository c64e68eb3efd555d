import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Resource } from "aws-prevention-baseline-policy-pack/policies";

/** Minutes are normal for it; a bench must end. In milliseconds. */
const patience = 600_000;
const checks = "CKV_AWS_62,CKV_AWS_63,CKV_AWS_107,CKV_AWS_108,CKV_AWS_109,CKV_AWS_110,CKV_AWS_111";

/** Seconds that checkov takes over the same IAM documents, as a template; nothing where there is no checkov, or it does not end. */
export function checkovSeconds(resources: readonly Resource[]): number | undefined {
  if (spawnSync("checkov", ["--version"], { stdio: "ignore" }).status !== 0) {
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "baseline-bench-"));
  try {
    const file = join(folder, "template.json");
    const entries = resources.map(({ name, props }) => {
      const PolicyDocument: unknown = JSON.parse(props["policy"] as string);
      return [name, { Type: "AWS::IAM::Policy", Properties: { PolicyName: name, PolicyDocument } }] as const;
    });
    writeFileSync(
      file,
      JSON.stringify({ AWSTemplateFormatVersion: "2010-09-09", Resources: Object.fromEntries(entries) }),
    );
    const args = ["-f", file, "--framework", "cloudformation", "--check", checks, "--quiet", "--compact"];
    const started = process.hrtime.bigint();
    // Without --skip-download it asks a server for more.
    const { status } = spawnSync("checkov", [...args, "--skip-download", "--soft-fail"], {
      stdio: "ignore",
      timeout: patience,
    });
    return status === 0 ? Number(process.hrtime.bigint() - started) / 1e9 : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
