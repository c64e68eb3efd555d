import { property, word } from "../values";
import { type Resource } from "../policies/types";
import { type Hit } from "./search";

/** What becomes of an input: kept where only few read it, given to a provider to sign in with, or open to readers. */
export type Destination = "store" | "provider" | "readable";

// Resources whose business it is to keep secrets, and who may read them is for a policy of their own to say.
const stores = [
  /^aws:secretsmanager\//,
  /^aws-native:secretsmanager:/,
  /^aws:kms\/ciphertext:/,
  /^vault:/,
  /^kubernetes:core\/v1:Secret$/,
  /^azure-native:keyvault:/,
  /^gcp:secretmanager\//,
  /^github:(?:index\/)?(?:actions|codespaces|dependabot)\w*Secret/i,
  /^pulumiservice:index:/,
];
const parameter = "aws:ssm/parameter:Parameter";
const provider = /^pulumi:providers:/;
const asksForKey = /private_?key|host_?key|key_?material/i;

/** Where the inputs of a resource end up. */
export function destinationOf({ type, props }: Resource): Destination {
  if (provider.test(type)) return "provider";
  const encrypted = type === parameter && word(property({ value: props, path: "" }, "type").value) === "securestring";
  return encrypted || stores.some((each) => each.test(type)) ? "store" : "readable";
}

/** Whether this is an input that exists to take a private key, or a place that exists to keep one. */
export function isForPrivateKeys({ kind, topLevel, path }: Hit, destination: Destination): boolean {
  return kind === "private key" && (destination !== "readable" || (topLevel && asksForKey.test(path)));
}

/** What everybody sees who may list the secrets, unlike what they hold. */
export function isLabel({ path }: Hit): boolean {
  return /^(?:description|name|tags|tagsAll|labels|annotations)(?:$|[.[ ])/.test(path);
}
