import assert from "node:assert/strict";
import { BaselineError } from "../../../common/errors";
import { requireLoopback } from "../../../aws/loopback";

describe("requireLoopback", () => {
  const accepted: [string, string][] = [
    ["http://localhost:5000", "http://localhost:5000"],
    ["http://LOCALHOST:5000/", "http://localhost:5000"],
    ["https://localhost", "https://localhost"],
    ["http://127.0.0.1:1", "http://127.0.0.1:1"],
    ["http://127.255.0.9:8080/path", "http://127.255.0.9:8080"],
    ["http://[::1]:5000", "http://[::1]:5000"],
    ["http://[0:0:0:0:0:0:0:1]:5000", "http://[::1]:5000"],
    ["http://2130706433:5000", "http://127.0.0.1:5000"],
  ];
  for (const [given, origin] of accepted) {
    it(`accepts ${given}`, () => assert.equal(requireLoopback(given), origin));
  }

  const refused = [
    undefined,
    "",
    "localhost:5000",
    "not a url",
    "ftp://localhost",
    "file:///etc/passwd",
    "https://iam.amazonaws.com",
    "https://sts.us-east-1.amazonaws.com",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://example.com/localhost",
    "http://localhost@example.com",
    "http://user:password@localhost:5000",
    "http://10.0.0.1:5000",
    "http://0.0.0.0:5000",
    "http://128.0.0.1",
    "http://[::]:5000",
    "http://[::ffff:10.0.0.1]",
    "http://169.254.169.254",
    "http://123456789012.localhost:5000",
  ];
  for (const given of refused) {
    it(`refuses ${given === undefined ? "no endpoint" : JSON.stringify(given)}`, () => {
      assert.throws(
        () => requireLoopback(given),
        (error) =>
          error instanceof BaselineError &&
          error.code === "endpoint-not-loopback" &&
          error.exitCode === 2 &&
          !error.message.includes("password@"),
      );
    });
  }
});
