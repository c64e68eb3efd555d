import assert from "node:assert/strict";
import { type Identity, isSame } from "../../../aws/identity";

const who = (session: string, role = "Admin"): Identity => ({
  accountId: "123456789012",
  callerArn: `arn:aws:sts::123456789012:assumed-role/${role}/${session}`,
  partition: "aws",
  endpoint: "AWS",
});

describe("the same caller after a renewal", () => {
  const made: [string, string][] = [
    ["aws-sdk-js-1764341541000", "aws-sdk-js-1764345141000"],
    ["aws-sdk-js-session-1764341541000", "aws-sdk-js-session-1764345141000"],
    ["botocore-session-1764341541", "botocore-session-1764345141"],
    ["aws-go-sdk-1764341541000000001", "aws-go-sdk-1764345141000000002"],
    ["1764341541000000001", "1764345141000000002"],
    ["aws-sdk-java-1764341541000", "aws-sdk-java-1764345141000"],
    ["aws-sdk-php-1764341541000", "aws-sdk-php-1764345141000"],
    ["aws-sdk-kotlin-1764341541000", "aws-sdk-kotlin-1764345141000"],
    ["aws-dotnet-sdk-session-638999999999999999", "aws-dotnet-sdk-session-639000000000000000"],
    ["mina", "mina"],
  ];
  for (const [one, other] of made) {
    it(`${one}, then ${other}`, () => assert.ok(isSame(who(one), who(other))));
  }

  const others: [string, string][] = [
    ["123456789", "987654321"],
    ["+491701234567", "+491709999999"],
    ["123456789012", "210987654321"],
    ["mina-1764341541000", "mina-1764345141000"],
    ["1764341541000", "1764345141000"],
    ["aws-sdk-js-1764341541000", "aws-sdk-js-session-1764341541000"],
    ["aws-sdk-js-1764341541000", "aws-sdk-java-1764341541000"],
    ["1764341541000000001", "aws-go-sdk-1764341541000000001"],
    ["aws-sdk-js-123456789", "aws-sdk-js-987654321"],
    ["x-aws-sdk-js-1764341541000", "x-aws-sdk-js-1764345141000"],
    ["1234567890123456789", "1987654321098765432"],
    ["i-0123456789abcdef0", "i-0123456789abcdef1"],
    ["mina", "tim"],
  ];
  for (const [one, other] of others) {
    it(`not: ${one}, then ${other}`, () => assert.ok(!isSame(who(one), who(other))));
  }

  it("not: another role, or the same names in another account", () => {
    const name = "aws-sdk-js-1764341541000";
    assert.ok(!isSame(who(name), who(name, "Reader")));
    assert.ok(!isSame(who(name), { ...who(name), accountId: "210987654321" }));
  });
});
