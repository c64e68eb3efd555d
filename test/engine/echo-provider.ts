import { main } from "@pulumi/pulumi/provider";

/**
 * An AWS plugin that makes nothing: it accepts every type and gives back what it was given, with an ARN that is known
 * only once the resource is made. Enough to see what the engine does with the verdicts of the policy pack.
 */
const arnOf = (urn: string) => `arn:aws:echo:us-east-1:123456789012:${urn.split("::").at(-1)}`;

void main(
  {
    version: "7.48.0",
    check: (_urn, _olds, news: Record<string, unknown>) => Promise.resolve({ inputs: news }),
    diff: () => Promise.resolve({ changes: false }),
    create: (urn, inputs: Record<string, unknown>) =>
      Promise.resolve({ id: arnOf(urn), outs: { ...inputs, arn: arnOf(urn) } }),
    update: (_id, urn, _olds, news: Record<string, unknown>) => Promise.resolve({ outs: { ...news, arn: arnOf(urn) } }),
    delete: () => Promise.resolve(),
  },
  process.argv.slice(2),
);
