import { type Resource } from "../policies/types";
import { isTree, isUnknown, property, type Tree } from "../values";
import { inputsOf, tokenOf } from "./cloudformation-names";
import { resolved } from "./intrinsics";
import { readTemplate } from "./template-text";

/** A resource that another one carries as text or JSON. */
export interface Embedded {
  readonly resource: Resource;
  /** Where it stands in the resource that carries it. */
  readonly at: string;
  /** `template`: CloudFormation makes it, by rules of its own. */
  readonly of: "resource" | "template";
}

/** What a resource makes and no policy can look into. */
export interface Unseen {
  readonly path: string;
  readonly why: string;
  /** Only for now: it is known during the update. */
  readonly later?: true;
}

export interface Inside {
  readonly embedded: readonly Embedded[];
  readonly unseen: readonly Unseen[];
}

type Look = (resource: Resource) => Inside;

const nothing: Inside = { embedded: [], unseen: [] };
const unseen = (path: string, why: string): Inside => ({ embedded: [], unseen: [{ path, why }] });
const later = (path: string): Inside => ({
  embedded: [],
  unseen: [{ path, why: "this input is known only during the update; it is looked into then.", later: true }],
});
/** What runs code instead of declaring anything: by which inputs, and in words. */
const runs =
  (what: string, ...inputs: string[]): Look =>
  ({ props }) => {
    const given = inputs.find((name) => property({ value: props, path: "" }, name).value !== undefined);
    return given === undefined ? nothing : unseen(given, `${what}; what that makes is no resource of this stack.`);
  };

/** Every type that makes resources which are none of the stack's, and how to look into it. */
const carriers: Readonly<Record<string, Look>> = {
  "aws:cloudcontrol/resource:Resource": (resource) => single(resource, "typeName", "desiredState"),
  "aws-native:index:ExtensionResource": (resource) => single(resource, "type", "properties"),
  "aws:cloudformation/stack:Stack": template,
  "aws:cloudformation/stackSet:StackSet": template,
  "aws-native:cloudformation:Stack": template,
  "aws-native:cloudformation:StackSet": template,
  "aws-native:cloudformation:CustomResourceEmulator": runs("it calls a Lambda function", "serviceToken"),
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack": runs(
    "it deploys an application",
    "applicationId",
  ),
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct": runs("it deploys a product", "productName", "productId"),
  "aws-native:servicecatalog:CloudFormationProvisionedProduct": runs(
    "it deploys a product",
    "productName",
    "productId",
  ),
  "pulumi-nodejs:dynamic:Resource": runs("it runs code of the program", "__provider"),
  "pulumi-python:dynamic:Resource": runs("it runs code of the program", "__provider"),
  "command:local:Command": runs("it runs a command", "create", "update", "delete"),
  "command:remote:Command": runs("it runs a command", "create", "update", "delete"),
};

/** The types of resource that carry others. */
export const carrierTypes = Object.keys(carriers);

/** What resources this one makes beside itself, as far as it can be seen. */
export function lookInside(resource: Resource): Inside {
  return Object.hasOwn(carriers, resource.type) ? carriers[resource.type]!(resource) : nothing;
}

function single(carrier: Resource, typeInput: string, stateInput: string): Inside {
  const { value: typeName } = property({ value: carrier.props, path: "" }, typeInput);
  const { value: state } = property({ value: carrier.props, path: "" }, stateInput);
  const properties = typeof state === "string" ? readTemplate(state) : state;
  // A text that can be read although a part of it is not known yet shows the rest.
  if (isUnknown(typeName) || (isUnknown(state) && !isTree(properties))) {
    return later(isUnknown(typeName) ? typeInput : stateInput);
  }
  const type = typeof typeName === "string" ? tokenOf(typeName) : undefined;
  if (type === undefined || !isTree(properties)) {
    return unseen(type === undefined ? typeInput : stateInput, "it is no AWS resource that can be read.");
  }
  return embed({ carrier, type, properties, at: stateInput, of: "resource" });
}

function template(carrier: Resource): Inside {
  const { value: body } = property({ value: carrier.props, path: "" }, "templateBody");
  if (body === undefined || body === "") {
    const by = property({ value: carrier.props, path: "" }, "templateUrl").value;
    return by === undefined ? nothing : unseen("templateUrl", "the template is elsewhere.");
  }
  const read = typeof body === "string" ? readTemplate(body) : isTree(body) ? body : "it is not a template";
  if (isTree(read)) return fromTemplate(carrier, read);
  return isUnknown(body) ? later("templateBody") : unseen("templateBody", `${read}.`);
}

function fromTemplate(carrier: Resource, { Resources, Transform }: Tree): Inside {
  const resources = Object.entries(isTree(Resources) ? Resources : {}).map(([name, definition]): Inside => {
    const at = `templateBody: Resources.${name}`;
    const { Type, Properties }: Tree = isTree(definition) ? definition : {};
    const type = typeof Type === "string" ? tokenOf(Type) : undefined;
    if (type === undefined || elsewhere.test(String(Type))) {
      return unseen(at, "code or another template makes it.");
    }
    const properties = resolved(isTree(Properties) ? Properties : {});
    return isTree(properties)
      ? embed({ carrier, type, properties, at, of: "template" })
      : unseen(at, "it is a function.");
  });
  const transformed =
    Transform === undefined ? [] : [unseen("templateBody: Transform", "a macro rewrites the template.")];
  return merged([...resources, ...transformed]);
}

// What these make is not in the template: nested stacks by URL, Lambda functions, SAM's shorthand, modules.
const elsewhere =
  /^AWS::(CloudFormation::(CustomResource|Macro)|Serverless|ServiceCatalog::CloudFormationProv)|::MODULE$/;

interface Found {
  readonly carrier: Resource;
  readonly type: string;
  readonly properties: Tree;
  readonly at: string;
  readonly of: Embedded["of"];
}

function embed({ carrier, type, properties, at, of }: Found): Inside {
  const { name, urn } = carrier;
  const resource: Resource = { type, name, urn, props: inputsOf(properties) };
  const inner = lookInside(resource);
  return {
    embedded: [{ resource, at, of }, ...inner.embedded.map((each) => ({ ...each, at: `${at}: ${each.at}`, of }))],
    unseen: inner.unseen.map((each) => ({ ...each, path: `${at}: ${each.path}` })),
  };
}

function merged(all: readonly Inside[]): Inside {
  return { embedded: all.flatMap(({ embedded }) => embedded), unseen: all.flatMap((each) => each.unseen) };
}
