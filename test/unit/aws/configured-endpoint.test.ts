import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsSession } from "../../../aws/session";
import { awsHere, noCredentials, type StubAws, stubAws, withEnvironment } from "../../support/aws-here";
import { scratch } from "../../support/scratch";

/** A stub that must see nothing of a real credential stands where the configuration points. */
describe("an address that the environment or a profile names", () => {
  let folder: string;
  let wrong: StubAws;
  let real: StubAws;
  let restore: (() => void)[];

  const identity = "<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/mina</Arn>";
  beforeEach(async () => {
    folder = scratch("configured");
    [wrong, real] = [await stubAws(() => identity), await stubAws(() => identity)];
    restore = [
      awsHere(real.port),
      withEnvironment({
        ...noCredentials(folder),
        AWS_ACCESS_KEY_ID: "AKIAREAL",
        AWS_SECRET_ACCESS_KEY: "s",
        AWS_SESSION_TOKEN: "realtoken",
      }),
    ];
  });
  afterEach(async () => {
    restore.reverse().forEach((each) => each());
    await Promise.all([wrong.close(), real.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const keys = "aws_access_key_id = AKIAREAL\naws_secret_access_key = s\naws_session_token = realtoken";
  const address = () => `http://127.0.0.1:${wrong.port}`;
  const file = (text: string) => {
    const path = join(folder, "config");
    writeFileSync(path, text);
    restore.push(withEnvironment({ AWS_CONFIG_FILE: path, AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }));
  };
  const open = async (profile?: string) => {
    const session = await AwsSession.open(profile === undefined ? {} : { profile });
    await session.clients
      .s3()
      .listBuckets({})
      .catch(() => undefined);
    await session.clients
      .iam()
      .getUser({})
      .catch(() => undefined);
    session.close();
  };
  const refused = async (said: RegExp, profile?: string) => {
    await assert.rejects(open(profile), { code: "endpoint-configured", exitCode: 2, message: said });
    assert.deepEqual([wrong.seen, real.seen], [[], []]);
  };

  for (const name of [
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_STS",
    "AWS_ENDPOINT_URL_IAM",
    "AWS_ENDPOINT_URL_SSO_OIDC",
  ]) {
    it(`${name} is refused`, async () => {
      restore.push(withEnvironment({ [name]: address() }));
      await refused(new RegExp(`^${name} is set.*nothing was sent\\.\nUnset ${name} `));
    });
  }

  it("https is refused like http: what answers there would pass for the account", async () => {
    restore.push(withEnvironment({ AWS_ENDPOINT_URL: "https://vpce.example.com" }));
    await refused(/^AWS_ENDPOINT_URL is set/);
  });

  it("endpoint_url of a profile is refused, whichever way the profile is chosen", async () => {
    file(`[default]\nregion = us-east-1\n[profile local]\n${keys}\nendpoint_url = ${address()}\n`);
    await refused(/^The profile local sets endpoint_url/, "local");
    restore.push(withEnvironment({ AWS_PROFILE: "local" }));
    await refused(/^The profile local sets endpoint_url/);
  });

  it("endpoint_url of the profile default is refused where no other is named", async () => {
    file(`[default]\n${keys}\nendpoint_url = ${address()}\n`);
    await refused(/^The profile default sets endpoint_url/);
  });

  it("a services section is refused with the service it names", async () => {
    file(`[profile local]\n${keys}\nservices = dev\n[services dev]\niam =\n  endpoint_url = ${address()}\n`);
    await refused(/^The profile local sets iam endpoint_url in its section services dev/, "local");
  });

  it("a call without encryption is not made, whatever named the address", async () => {
    const session = await AwsSession.open({});
    const iam = session.clients.iam();
    Object.assign(iam.config, { endpointProvider: () => ({ url: new URL(address()) }) });
    await assert.rejects(iam.getUser({}), { code: "not-encrypted" });
    session.close();
    assert.deepEqual(wrong.seen, []);
  });

  for (const [what, prepare] of [
    [
      "the environment",
      () => restore.push(withEnvironment({ AWS_ENDPOINT_URL: address(), AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" })),
    ],
    [
      "a profile",
      () => file(`[profile local]\n${keys}\nendpoint_url = ${address()}\nignore_configured_endpoint_urls = true\n`),
    ],
  ] as const) {
    it(`is ignored where ${what} says so: calls go to AWS`, async () => {
      prepare();
      await open(what === "a profile" ? "local" : undefined);
      assert.deepEqual(wrong.seen, []);
      assert.ok(real.seen.length >= 3 && real.seen.every(({ host }) => host.endsWith(".amazonaws.com")));
    });
  }
});
