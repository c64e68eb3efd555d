import { main } from "@pulumi/pulumi/provider";
import { ReadRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { BaselineError } from "../../common/errors";
import { tell } from "../../common/terminal";
import { createSandboxProvider } from ".";
import { ACCESS_KEY_VARIABLE, ENDPOINT_VARIABLE } from "./plugin-variables";

// The SDK's provider server takes for granted that a read comes with properties; an import comes without.
// eslint-disable-next-line @typescript-eslint/unbound-method -- called on its own object below
const given = ReadRequest.prototype.getProperties;
ReadRequest.prototype.getProperties = function (this: ReadRequest) {
  return given.call(this) ?? new Struct();
};

// The engine starts this in place of the real AWS plugin, so that no setting of the real one may have any effect:
// the endpoint comes from one variable of our own, and without it nothing starts.
try {
  const accessKeyId = process.env[ACCESS_KEY_VARIABLE];
  const provider = createSandboxProvider({
    endpoint: process.env[ENDPOINT_VARIABLE],
    ...(accessKeyId && { accessKeyId }),
  });
  void main(provider, process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BaselineError)) {
    throw error;
  }
  tell(`${error.message} ${error.next}`);
  process.exitCode = error.exitCode;
}
