import { readDocument } from "../iam/document";
import { type PolicyDocument } from "../iam/model";
import { entries, type Located, property, type Tree } from "../values";
import { type Resource } from "./types";

/** One type of resource that carries what an IAM principal may do, and where in its inputs the documents stand. */
export interface IdentityDocuments {
  readonly type: string;
  readonly documents: (inputs: Located) => Located[];
  /** The input that limits what the documents grant, where the resource has one. */
  readonly boundary?: string;
  /** Only a role, or the sessions of one, can hold the documents. */
  readonly ofRole?: true;
}

const at =
  (name: string) =>
  (inputs: Located): Located[] => [property(inputs, name)];

const inEach =
  (list: string, name: string) =>
  (inputs: Located): Located[] =>
    // A list that is unknown as a whole stands for its documents.
    entries(property(inputs, list)).map((entry) => (typeof entry.value === "string" ? entry : property(entry, name)));

/**
 * Every resource whose document is an identity policy. Permission boundaries, service control, endpoint, session, key
 * and resource policies are none: they limit, or grant to others.
 */
export const identityDocuments: readonly IdentityDocuments[] = [
  { type: "aws:iam/policy:Policy", documents: at("policy") },
  { type: "aws:iam/rolePolicy:RolePolicy", documents: at("policy"), ofRole: true },
  { type: "aws:iam/userPolicy:UserPolicy", documents: at("policy") },
  { type: "aws:iam/groupPolicy:GroupPolicy", documents: at("policy") },
  {
    type: "aws:iam/role:Role",
    documents: inEach("inlinePolicies", "policy"),
    boundary: "permissionsBoundary",
    ofRole: true,
  },
  {
    type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    documents: at("inlinePolicy"),
    ofRole: true,
  },
  { type: "aws-native:iam:ManagedPolicy", documents: at("policyDocument") },
  { type: "aws-native:iam:RolePolicy", documents: at("policyDocument"), ofRole: true },
  { type: "aws-native:iam:UserPolicy", documents: at("policyDocument") },
  { type: "aws-native:iam:GroupPolicy", documents: at("policyDocument") },
  {
    type: "aws-native:iam:Role",
    documents: inEach("policies", "policyDocument"),
    boundary: "permissionsBoundary",
    ofRole: true,
  },
  { type: "aws-native:iam:User", documents: inEach("policies", "policyDocument"), boundary: "permissionsBoundary" },
  { type: "aws-native:iam:Group", documents: inEach("policies", "policyDocument") },
  {
    type: "aws-native:sso:PermissionSet",
    documents: at("inlinePolicy"),
    boundary: "permissionsBoundary",
    ofRole: true,
  },
];

interface Read {
  readonly table: IdentityDocuments | undefined;
  readonly documents: readonly PolicyDocument[];
}

interface Last extends Read {
  readonly type: string;
  readonly props: Tree;
  readonly sources: readonly Located[];
}

// Several policies read the same resource one after the other. The SDK gives each of them inputs of its own, which are
// equal to the last ones: the documents, where they are text, are compared, which costs next to nothing.
let last: Last | undefined;

/** The identity policies of a resource, and what its type says of them. */
export function identityDocumentsOf({ type, props }: Resource): Read {
  if (last?.type === type && last.props === props) return last;
  const table = identityDocuments.find((each) => each.type === type);
  const sources = table?.documents({ value: props, path: "" }) ?? [];
  if (last?.type === type && areSameTexts(last.sources, sources)) return last;
  last = { type, props, sources, table, documents: sources.map((each) => readDocument(each)) };
  return last;
}

function areSameTexts(before: readonly Located[], now: readonly Located[]): boolean {
  return (
    before.length === now.length &&
    now.every(({ value, path }, index) => {
      const other = before[index];
      return typeof value === "string" && value === other?.value && path === other.path;
    })
  );
}
