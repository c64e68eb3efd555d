import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { parse } from "yaml";
import { driftCommand } from "../../../operations/watch/drift/command";
import { fleetCommand } from "../../../operations/apply/fleet/command";
import { planCommand } from "../../../operations/preview/plan/command";
import { changedCommand } from "../../../operations/preview/review/changed-command";
import { reviewCommand } from "../../../operations/preview/review/command";
import { titled } from "../../support/conditions";
import { root } from "../../support/graph";

interface Step {
  "working-directory"?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

interface Job {
  permissions?: Record<string, string>;
  steps: Step[];
  environment?: string;
  concurrency?: unknown;
  "timeout-minutes"?: number;
}

interface Workflow {
  on: Record<string, unknown>;
  permissions?: unknown;
  jobs: Record<string, Job>;
}

const folder = join(root, ".github", "workflows");
const files = readdirSync(folder).sort();
const textOf = (file: string) => readFileSync(join(folder, file), "utf8");
const workflows = Object.fromEntries(files.map((file) => [file, parse(textOf(file)) as Workflow]));
const actions = ["account", "tools"].map((name) => join(root, ".github", "actions", name, "action.yml"));
const composite = Object.fromEntries(
  actions.map((file) => [file, (parse(readFileSync(file, "utf8")) as { runs: { steps: Step[] } }).runs.steps]),
);
const everyText = [...files.map((file) => join(folder, file)), ...actions].map((path) => readFileSync(path, "utf8"));

const jobs = Object.entries(workflows).flatMap(([file, { jobs: of }]) =>
  Object.entries(of).map(([name, job]): [string, Job] => [`${file} ${name}`, job]),
);
const steps = [...jobs.flatMap(([, job]) => job.steps), ...Object.values(composite).flat()];

describe("the workflows", () => {
  it("are the four there should be", () =>
    assert.deepEqual(files, ["apply.yml", "ci.yml", "drift.yml", "preview.yml"]));

  it("pin every action by commit, with its version beside it", () => {
    const loose = everyText
      .flatMap((text) => text.split("\n"))
      .filter((line) => /^\s*(- )?uses:/.test(line) && !/uses: \.\//.test(line))
      .filter((line) => !/uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line));
    assert.deepEqual(loose, []);
  });

  it("pin an action by the same commit everywhere", () => {
    const pins = new Map<string, Set<string>>();
    for (const { uses = "" } of steps) {
      const [action = "", commit = ""] = uses.split("@");
      pins.set(action, (pins.get(action) ?? new Set()).add(commit));
    }
    assert.deepEqual(
      [...pins].filter(([, commits]) => commits.size > 1),
      [],
    );
  });

  it("grant nothing by default, and each job what it names", () => {
    for (const [file, { permissions }] of Object.entries(workflows)) {
      assert.deepEqual(permissions, {}, file);
    }
    for (const [name, { permissions }] of jobs) {
      assert.ok(permissions, name);
    }
  });

  it("keep credentials for AWS and the right to write on GitHub in different jobs", () => {
    for (const [name, { permissions = {} }] of jobs) {
      const writes = Object.keys(permissions).filter((key) => permissions[key] === "write");
      assert.ok(!writes.includes("id-token") || writes.length === 1, name);
    }
  });

  it("never run somebody else's code with this repository's rights", () => {
    for (const [file, { on }] of Object.entries(workflows)) {
      assert.ok(!("pull_request_target" in on) && !("workflow_run" in on) && !("issue_comment" in on), file);
    }
  });

  it("know no key that outlives the job", () => {
    for (const text of everyText) {
      assert.doesNotMatch(text, /secrets\.|aws-access-key-id|AWS_SECRET_ACCESS_KEY|PULUMI_ACCESS_TOKEN/);
    }
  });

  it("leave no token behind in the checkout", () => {
    for (const { uses = "", with: inputs } of steps.filter((each) => each.uses?.startsWith("actions/checkout@"))) {
      assert.equal(inputs?.["persist-credentials"], false, uses);
    }
  });

  it("put no expression into a script, where what it holds would be run", () => {
    assert.deepEqual(
      steps.flatMap(({ run = "" }) => (run.includes("${{") ? [run] : [])),
      [],
    );
  });

  it("end by themselves", () => {
    for (const [name, job] of jobs) {
      assert.ok(job["timeout-minutes"], name);
    }
  });

  it("apply after approval only, one update of a stack at a time", () => {
    const { apply } = workflows["apply.yml"]!.jobs;
    assert.ok(apply?.environment);
    assert.deepEqual(apply?.concurrency, { group: "baseline-${{ matrix.stack }}", "cancel-in-progress": false });
    const withApplyRole = jobs.filter(([, job]) => JSON.stringify(job).includes("ci-baseline-apply"));
    assert.deepEqual(
      withApplyRole.map(([name]) => name),
      ["apply.yml apply"],
    );
  });

  it("refuse to apply what main has moved on from, before any credentials are taken", () => {
    const { steps: own = [] } = workflows["apply.yml"]!.jobs["apply"]!;
    const guard = own.findIndex(({ run = "" }) => run.includes("changed -- --since origin/main"));
    assert.ok(guard >= 0 && guard < own.findIndex(({ uses = "" }) => uses.includes("actions/account")));
    assert.equal(own.find(({ uses = "" }) => uses.includes("checkout"))?.with?.["fetch-depth"], 0);
  });

  it("give a fork's pull request no credentials", () => {
    const text = textOf("preview.yml");
    assert.match(text, /head\.repo\.full_name == github\.repository/);
    const { offline } = workflows["preview.yml"]!.jobs;
    assert.deepEqual(offline?.permissions, { contents: "read" });
    assert.ok(!JSON.stringify(offline).includes("actions/account"));
  });
});

describe("a pull request", () => {
  const { jobs: of } = workflows["preview.yml"]!;
  const checkouts = (job: string) =>
    (of[job]?.steps ?? [])
      .filter(({ uses = "" }) => uses.startsWith("actions/checkout@"))
      .map(({ with: inputs = {} }): [unknown, unknown] => [inputs["path"], inputs["ref"]]);
  /** Every line of a job's scripts, with the folder it runs in. */
  const lines = (job: string) =>
    (of[job]?.steps ?? []).flatMap(({ run = "", "working-directory": folder = "" }) =>
      run.split("\n").map((line) => `${folder}: ${line.trim()}`),
    );

  for (const job of ["accounts", "preview", "publish"]) {
    it(`is judged by the base branch's commands in job ${job}`, () => {
      assert.deepEqual(checkouts(job), [
        ["base", "${{ github.base_ref }}"],
        ["proposed", undefined],
      ]);
      const actions = (of[job]?.steps ?? []).flatMap(({ uses = "" }) => (uses.startsWith("./") ? [uses] : []));
      assert.ok(actions.length > 0 && actions.every((each) => each.startsWith("./base/")), actions.join());
      // In the folder of the proposal nothing of its own is run but the installation of what its program imports.
      const own = lines(job).filter((line) => /^proposed: .*(npm|node|pulumi) /.test(line));
      assert.deepEqual(
        own.filter((line) => !/npm ci --ignore-scripts|\.\.\/base/.test(line)),
        [],
      );
    });
  }

  it("is previewed with the base branch's pack and configuration", () => {
    const text = lines("preview").join("\n");
    assert.match(text, /base: npm run --silent review -- .*--program \.\.\/proposed .*--policy-config "\$config"/);
    assert.match(text, /base: config=\$\(npm run --silent fleet -- matrix/);
  });

  it("gets a review that says which of its judges it changes, whatever its own code prints", () => {
    assert.match(lines("publish").join("\n"), /changed --since HEAD\^1 --judges > \.\.\/judges\.md/);
    assert.match(lines("publish").join("\n"), /cat judges\.md; tail -n \+2 "\$body"/);
  });
});

describe("jobs that a role is in reach of", () => {
  const withRole = [
    ...jobs.filter(([, { permissions }]) => permissions?.["id-token"] === "write").flatMap(([, { steps: of }]) => of),
    ...Object.values(composite).flat(),
  ];

  it("let no dependency run an install script", () => {
    const installs = withRole.flatMap(({ run = "" }) => run.match(/npm (?:ci|install).*/g) ?? []);
    assert.ok(installs.length > 1);
    assert.deepEqual(
      installs.filter((each) => !each.includes("--ignore-scripts")),
      [],
    );
  });

  it("run nothing that was downloaded without a checksum", () => {
    for (const { run = "" } of withRole) assert.doesNotMatch(run, /curl[^|]*\|\s*(ba)?sh/);
  });
});

describe("pipelines in the documentation", () => {
  const pages = ["docs/ci.md", "docs/fleet.md", "policy-pack/README.md", "README.md"];
  for (const page of pages) {
    const text = readFileSync(join(root, page), "utf8");
    it(`${page}: actions are pinned by the commit that the workflows use`, () => {
      const uses = [...text.matchAll(/uses: (\S+)(.*)/g)].filter(([, action = ""]) => !action.startsWith("./"));
      for (const [line, action = ""] of uses) {
        assert.match(line, /@[0-9a-f]{40} # v\d+\.\d+\.\d+/);
        const [name] = action.split("@");
        const known = steps.find((each) => each.uses?.split("@")[0] === name);
        assert.equal(known?.uses ?? action, action);
      }
    });
    it(`${page}: nothing downloaded is piped into a shell, and no install script runs beside a role`, () => {
      assert.doesNotMatch(text, /curl[^|\n]*\|\s*(ba)?sh/);
      for (const block of text.match(/```yaml\n[^]*?```/g) ?? []) {
        for (const install of block.match(/npm ci.*/g) ?? []) assert.match(install, /--ignore-scripts/);
      }
    });
  }
});

describe("what the workflows run", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const commands = steps.flatMap(({ run = "" }) =>
    [...run.replace(/\\\n\s*/g, " ").matchAll(/npm run (?:--silent )?([\w-]+)(?: -- ([^|>;\n)]*))?/g)].map(
      ([, script = "", args = ""]): [string, string] => [script, args],
    ),
  );

  it("is there: every npm script", () => {
    assert.ok(commands.length > 5);
    assert.deepEqual(
      commands.filter(([script]) => !(script in scripts)).map(([script]) => script),
      [],
    );
  });

  it("is there: every option of our own commands", () => {
    const program = new Command();
    reviewCommand(program);
    changedCommand(program);
    planCommand(program);
    fleetCommand(program, () => Promise.reject(new Error("not on an emulator")));
    driftCommand(program);
    const unknown = commands
      .filter(([script]) => script !== "build")
      .flatMap(([script, args]) => {
        const words = args.split(/\s+/).filter((each) => each !== "");
        let command = program.commands.find((each) => each.name() === script);
        if (script === "fleet") {
          command = command?.commands.find((each) => each.name() === words[0]);
        }
        const known = new Set(command?.options.map(({ long }) => long));
        const wrong = words.filter((word) => word.startsWith("--") && !known.has(word.split("=")[0]));
        return command ? wrong.map((word) => `${script} ${word}`) : [script];
      });
    assert.deepEqual(unknown, []);
  });
});

describe("the GitLab pipeline in docs/ci.md", () => {
  interface GitLabJob {
    script?: string[];
    variables?: Record<string, string>;
    rules?: { when?: string }[];
    extends?: string;
  }
  const [, text = ""] = /```yaml\n([^]*?)```/.exec(readFileSync(join(root, "docs", "ci.md"), "utf8")) ?? [];
  const pipeline = parse(text) as Record<string, GitLabJob>;

  it("previews, applies by hand, and looks for drift, each with its role", () => {
    const role = (name: string) => pipeline[name]?.variables?.["ROLE"];
    assert.deepEqual(["preview", "apply", "drift"].map(role), [
      "ci-baseline-preview",
      "ci-baseline-apply",
      "ci-baseline-preview",
    ]);
    assert.deepEqual(
      pipeline["apply"]?.rules?.map(({ when }) => when),
      ["manual"],
    );
  });

  it("keeps the token for notes from what the merge request runs", () => {
    const { note, ...others } = pipeline;
    assert.ok(JSON.stringify(note).includes("NOTE_TOKEN") && note?.extends === undefined);
    assert.equal(note?.variables?.["GIT_STRATEGY"], "none");
    assert.ok(!JSON.stringify(others).includes("NOTE_TOKEN"));
  });
});

const linter = spawnSync("actionlint", ["--version"], { stdio: "ignore" });
const whyNot = linter.error === undefined ? undefined : "skipped: there is no `actionlint` on PATH";

describe(titled("actionlint", whyNot), () => {
  before(function () {
    if (whyNot !== undefined) this.skip();
  });

  it("finds nothing wrong with the workflows", () => {
    const { status, stdout } = spawnSync("actionlint", ["-no-color"], { cwd: root, encoding: "utf8" });
    assert.equal(status, 0, stdout);
  });
});
