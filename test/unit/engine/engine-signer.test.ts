import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsSession } from "../../../aws/session";
import { sessionEnvironment } from "../../../engine/pulumi/session-environment";
import { accountsOf, stackSigner } from "../../../engine/pulumi/stack-signer";
import { awsHere, credentialProcess, type StubAws, stubAws, withEnvironment } from "../../support/aws-here";
import { scratch } from "../../support/scratch";

const [own, other] = ["111122223333", "444455556666"];
const settings = `region = eu-west-1
use_fips_endpoint = true
[profile second]
aws_access_key_id = AKIASECOND
aws_secret_access_key = s`;
const role = (account: string) => `arn:aws:iam::${account}:role/Deploy`;

describe("who signs for a stack", () => {
  let folder: string;
  let aws: StubAws;
  let restore: (() => void)[];
  let session: AwsSession;
  /** Whose the credentials are, as AWS says. */
  let account: string;

  beforeEach(async () => {
    folder = scratch("signer");
    account = own;
    aws = await stubAws(() => `<Account>${account}</Account><Arn>arn:aws:iam::${account}:user/mina</Arn>`);
    const handed = { AccessKeyId: "AKIAX", SecretAccessKey: "s", SessionToken: "t" };
    const { environment } = credentialProcess(folder, handed, settings);
    restore = [awsHere(aws.port), withEnvironment(environment)];
    session = await AwsSession.open({});
  });
  afterEach(async () => {
    session.close();
    restore.reverse().forEach((each) => each());
    await aws.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const signer = (config: object, ...more: [endpoint?: string, project?: string]) => ofFile({ config }, ...more);
  const ofFile = (content: object, ...more: [endpoint?: string, project?: string]) => {
    const file = join(folder, "Pulumi.prod.yaml");
    writeFileSync(file, JSON.stringify(content));
    return stackSigner(file, ...more);
  };

  const proven: [what: string, config: object, accounts: string[]][] = [
    ["the environment", {}, [own]],
    ["the environment, in an account the file allows", { "aws:allowedAccountIds": [other, own] }, [own]],
    ["the profile that is in use", { "aws:profile": "work" }, [own]],
    ["a role, whose ARN says it", { "aws:assumeRoles": [{ roleArn: role(own) }, { roleArn: role(other) }] }, [other]],
    ["a role, as JSON text", { "aws:assumeRole": JSON.stringify({ roleArn: role(other) }) }, [other]],
    ["a key, in an account the file allows", { "aws:accessKey": "A", "aws:secretKey": { secure: "v1" }, "aws:allowedAccountIds": [other] }, [other]],
  ]; // prettier-ignore
  for (const [what, config, accounts] of proven) {
    it(`is ${what}`, async () => {
      assert.deepEqual(await accountsOf(signer(config), session), accounts);
    });
  }

  const refused: [what: string, config: object, code: string][] = [
    ["the environment, which the file does not allow", { "aws:allowedAccountIds": [other] }, "wrong-account"],
    ["a role of an account the file does not allow", { "aws:assumeRoles": [{ roleArn: role(other) }], "aws:allowedAccountIds": [own] }, "wrong-account"],
    ["a key, nobody knows of which account", { "aws:accessKey": "A" }, "account-not-proven"],
    ["a key that only the stack can open", { "aws:secretKey": { secure: "v1" } }, "account-not-proven"],
    ["a role whose ARN is a reference", { "aws:assumeRoles": [{ roleArn: "${role}" }] }, "account-not-proven"],
    ["a profile that does not exist", { "aws:profile": "nope" }, "no-profile"],
    ["the profile in use, by the older form of the key, in another account", { "aws:config:profile": "work", "aws:config:allowedAccountIds": [other] }, "wrong-account"],
    ["a key, by the older form of the setting", { "aws:config:accessKey": "A" }, "account-not-proven"],
    ["a profile of that name in another file", { "aws:profile": "work", "aws:sharedConfigFiles": ["other"] }, "account-not-proven"],
  ]; // prettier-ignore
  for (const [what, config, code] of refused) {
    it(`is not ${what}`, async () => {
      await assert.rejects(accountsOf(signer(config), session), { code });
    });
  }

  it("is not the environment where Pulumi ESC may set another, unless the file says which account", async () => {
    const config = { "aws:allowedAccountIds": [other] };
    await assert.rejects(accountsOf(ofFile({ environment: ["prod"] }), session), { code: "account-not-proven" });
    assert.deepEqual(await accountsOf(ofFile({ environment: ["prod"], config }), session), [other]);
    assert.deepEqual(await accountsOf(ofFile({ environment: [] }), session), [own]);
  });

  it("is whom the project names where the stack file names nobody", () => {
    const project = join(folder, "Pulumi.yaml");
    const said = `name: p\nconfig:\n  aws:profile: { value: nope }\n  aws:region: eu-west-3\n  aws:insecure: { default: false }\n`;
    writeFileSync(project, said);
    const { own: settings, profile, region } = signer({}, undefined, project);
    assert.deepEqual([settings, profile, region], [["aws:profile"], "nope", "eu-west-3"]);
    assert.equal(signer({ "aws:profile": "work" }, undefined, project).profile, "work");
    writeFileSync(project, said.replace("false", "true"));
    assert.throws(() => signer({}, undefined, project), { code: "endpoint-configured" });
  });

  it("may be sent to the emulator that is named, and needs no checks there", () => {
    const practice = { "aws:skipCredentialsValidation": "true", "aws:skipMetadataApiCheck": "true", "aws:s3UsePathStyle": "true" }; // prettier-ignore
    const sent = (sts: string) => ({ ...practice, "aws:endpoints": [{ sts, iam: "" }] });
    const endpoint = "http://localhost:5000";
    for (const config of [practice, sent(endpoint), sent("http://127.0.0.1:5000/"), sent("http://[::1]:5000")]) {
      assert.doesNotThrow(() => signer(config, endpoint), JSON.stringify(config));
    }
    for (const url of ["http://localhost:5001", "http://192.0.2.1:5000", "https://localhost:5000", "sts"]) {
      assert.throws(() => signer(sent(url), endpoint), { exitCode: 2 }, url);
    }
  });

  it("is asked where the file names another profile than the one in use", async () => {
    account = other;
    assert.deepEqual(await accountsOf(signer({ "aws:profile": "second" }), session), [other]);
    assert.equal(aws.seen.at(-1)?.keyId, "AKIASECOND");
  });

  it("sends nothing to an http address that the file names", () => {
    assert.throws(() => signer({ "aws:endpoints": [{ sts: "http://example.com" }] }), {
      code: "not-encrypted",
      exitCode: 2,
    });
    assert.throws(() => signer({ "aws:endpoints": [{ sts: "https://evil.example" }] }), {
      code: "endpoint-configured",
      exitCode: 2,
    });
    for (const name of ["insecure", "skipCredentialsValidation", "skipRequestingAccountId"]) {
      assert.throws(() => signer({ [`aws:${name}`]: "true" }), { code: "endpoint-configured", exitCode: 2 }, name);
      assert.throws(() => signer({ [`aws:config:${name}`]: true }), { code: "endpoint-configured" }, name);
      assert.throws(() => signer({ [`aws:${name}`]: 1 }), { code: "endpoint-configured" }, name);
      assert.throws(() => signer({ [`aws:${name}`]: { secure: "v1" } }), { code: "endpoint-configured" }, name);
      [false, "false", "", 0].forEach((off) => assert.doesNotThrow(() => signer({ [`aws:${name}`]: off })));
    }
    for (const endpoints of ["sts", { secure: "v1" }, [{ sts: { secure: "v1" } }], ["https://evil.example"]]) {
      assert.throws(() => signer({ "aws:endpoints": endpoints }), { code: "endpoint-configured", exitCode: 2 });
    }
    assert.throws(() => signer({ "aws:endpoints": [{ sts: "https://vpce-1.sts.eu-west-1.vpce.amazonaws.com" }] }), {
      message: /VPC endpoint with private DNS needs none/,
    });
  });

  it("gets the session's keys in its environment, and no other way to credentials or to another place", async () => {
    restore.push(withEnvironment({ AWS_ENDPOINT_URL_STS: "http://192.0.2.1" }));
    assert.deepEqual(await sessionEnvironment(session), {
      AWS_ENDPOINT_URL_STS: "",
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
      AWS_REGION: "eu-west-1",
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_ACCESS_KEY_ID: "AKIAX",
      AWS_SECRET_ACCESS_KEY: "s",
      AWS_SESSION_TOKEN: "t",
      AWS_PROFILE: "",
      AWS_DEFAULT_PROFILE: "",
      AWS_ROLE_ARN: "",
      AWS_WEB_IDENTITY_TOKEN_FILE: "",
    });
  });

  it("gets the emulator that the session works on, and example keys", async () => {
    const endpoint = `http://localhost:${aws.port}`;
    restore.push(
      withEnvironment({ AWS_ENDPOINT_URL_STS: "http://192.0.2.1", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }),
    );
    const practice = await AwsSession.open({ endpoint });
    const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, HTTP_PROXY, ...rest } = await sessionEnvironment(practice);
    practice.close();
    assert.deepEqual([AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, HTTP_PROXY], [endpoint, "", endpoint]);
    assert.equal(rest["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"], "false");
    assert.notEqual(rest["AWS_ACCESS_KEY_ID"], "AKIAX");
  });

  it("gets no keys once they are somebody else's", async () => {
    account = other;
    await assert.rejects(sessionEnvironment(session), { code: "identity-changed" });
  });
});
