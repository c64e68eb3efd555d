import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type OwnResource } from "../../components/foundation/own-state";
import { fitted } from "../../components/foundation/standing";

const policy = "aws:iam/policy:Policy";
const bucket = "aws:s3/bucket:Bucket";
type Given = Partial<Omit<pulumi.ResourceTransformationArgs, "opts">> & { opts?: pulumi.CustomResourceOptions };
const before: OwnResource[] = [
  { urn: `urn:pulumi:prod::p::baseline:index:A$${policy}::the-policy`, type: policy, outputs: { name: "baseline-x" } },
  {
    urn: `urn:pulumi:prod::p::baseline:index:A$${bucket}::the-bucket`,
    type: bucket,
    outputs: { bucket: "baseline-b" },
  },
  { urn: `urn:pulumi:prod::p::aws:iam/group:Group::the-group`, type: "aws:iam/group:Group", outputs: {} },
];

describe("options of what the stack has already", () => {
  const cases: [what: string, given: Given, options: object][] = [
    ["is made before the former one is deleted, under another name", { name: "the-policy", type: policy, props: { name: "acme-x" } }, { deleteBeforeReplace: false }],
    ["is left to the provider under the same name", { name: "the-policy", type: policy, props: { name: "baseline-x" } }, {}],
    ["keeps what the control says of the order", { name: "the-policy", type: policy, props: { name: "acme-x" }, opts: { deleteBeforeReplace: true } }, { deleteBeforeReplace: true }],
    ["is not imported again", { name: "the-policy", type: policy, props: { name: "baseline-x" }, opts: { import: "arn", protect: true } }, { protect: true }],
    ["is not imported again under another name", { name: "the-bucket", type: bucket, props: { bucket: "acme-b" }, opts: { import: "baseline-b" } }, { deleteBeforeReplace: false }],
    ["is left to the provider where the name is not known yet", { name: "the-bucket", type: bucket, props: { bucket: pulumi.output("acme-b") } }, {}],
    ["is left to the provider where it had no name", { name: "the-group", type: "aws:iam/group:Group", props: { name: "acme-g" } }, {}],
  ]; // prettier-ignore
  for (const [what, given, options] of cases) {
    it(what, () => {
      const asked = { opts: {}, props: {}, ...given } as pulumi.ResourceTransformationArgs;
      assert.deepEqual(fitted(before)(asked), { props: asked.props, opts: options });
    });
  }

  it("says nothing of what is new, also where another type has the same name", () => {
    const asked = { name: "the-policy", type: "aws:iam/role:Role", props: { name: "acme-x" }, opts: { import: "x" } };
    assert.equal(fitted(before)(asked as unknown as pulumi.ResourceTransformationArgs), undefined);
  });
});
