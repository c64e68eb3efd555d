import assert from "node:assert/strict";
import { startCli } from "../support/cli";
import { createClients } from "../../sandbox/provider/clients";

describe("emulator command", function () {
  this.timeout(60_000);

  it("prints an endpoint that answers until it is told to stop, and nothing else on stdout", async () => {
    const { child, ended } = startCli(["emulator"]);
    try {
      const endpoint = await new Promise<string>((resolve, reject) => {
        child.stdout?.once("data", (data: Buffer) => resolve(data.toString().trim()));
        void ended.then(({ stderr }) => reject(new Error(stderr)));
      });
      const aws = createClients(endpoint);
      const { Users = [] } = await aws.iam().listUsers({});
      aws.destroy();
      assert.ok(Users.length > 0, "it is filled as break-ins find an account");
      child.kill("SIGINT");
      const { code, stdout, stderr } = await ended;
      assert.deepEqual([code, stdout], [0, `${endpoint}\n`]);
      assert.match(stderr, /AdministratorAccess[^]*port 22 open[^]*Ctrl-C ends it/);
      await assert.rejects(fetch(endpoint));
    } finally {
      child.kill();
    }
  });
});
