import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cli, emulated } from "../support/cli";
import { scratch } from "../support/scratch";
import { createClients } from "../../sandbox/provider/clients";

describe("emulator command", function () {
  this.timeout(60_000);

  it("prints an endpoint that answers until it is told to stop, and nothing else on stdout", async () => {
    const { code, stdout, stderr, endpoint } = await emulated([], async (endpoint) => {
      const aws = createClients(endpoint);
      const { Users = [] } = await aws.iam().listUsers({});
      aws.destroy();
      assert.ok(Users.length > 0, "it is filled as break-ins find an account");
    });
    assert.deepEqual([code, stdout], [0, `${endpoint}\n`]);
    assert.match(stderr, /AdministratorAccess[^]*port 22 open[^]*Ctrl-C ends it/);
    await assert.rejects(fetch(endpoint));
  });

  it("plays a break-in to rehearse on, and says with what to begin", async () => {
    const folder = scratch("rehearsal");
    let timeline = "";
    const { stderr, endpoint } = await emulated(["--break-in"], async (endpoint) => {
      const aws = createClients(endpoint);
      const { AccessKeyMetadata: [key] = [] } = await aws.iam().listAccessKeys({ UserName: "ci-deploy" });
      aws.destroy();
      const asked = ["respond", key!.AccessKeyId!, "timeline", "--endpoint", endpoint, "--evidence", folder];
      timeline = (await cli(...asked)).stdout;
    });
    rmSync(folder, { recursive: true });
    assert.match(stderr, new RegExp(`npm run respond -- AKIA\\w+ --endpoint ${endpoint}\n`));
    for (const rule of [/g5\.12xlarge in eu-north-1/, /CreateUser support-1/, /A region it never worked in before/]) {
      assert.match(timeline, rule);
    }
    assert.doesNotMatch(timeline, /PARTIAL/);
  });

  it("says that pulumi does not run, where it is to be rehearsed with", async () => {
    const folder = scratch("no-pulumi");
    mkdirSync(folder, { recursive: true });
    const said = async (pulumi: string) => {
      writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${pulumi}\n`, { mode: 0o755 });
      const environment = { PATH: `${folder}:${process.env["PATH"]}` };
      return (await emulated(["--empty", "--pulumi"], () => Promise.resolve(), environment)).stderr;
    };
    assert.match(await said("exit 127"), /There is no `pulumi` on PATH\. Install it first[^]*To rehearse `pulumi up`/);
    assert.doesNotMatch(await said("echo v3.260.0"), /no `pulumi`/);
    rmSync(folder, { recursive: true });
  });

  it("cannot be empty and broken into", async () => {
    const { code, stdout } = await cli("emulator", "--empty", "--break-in");
    assert.deepEqual([code, stdout], [2, ""]);
  });
});
