import { type ClientUnaryCall, credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient as GrpcClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { BaselineError } from "../../common/errors";

export type PolicyLevel = "advisory" | "mandatory" | "disabled" | "remediate";
export type PolicySeverity = "unspecified" | "low" | "medium" | "high" | "critical";

/** One resource, as the engine sends it. */
export interface AnalyzedResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** JSON, with the engine's sentinels for unknown values and its wrappers for secrets. `undefined` entries are left out. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  /** URNs by the input that depends on them. Only the policies on a stack are told. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  readonly options?: {
    readonly protect?: boolean;
    readonly ignoreChanges?: readonly string[];
    readonly aliases?: readonly string[];
  };
}

/** One finding. */
export interface PolicyResult {
  readonly policyName: string;
  readonly policyPackName: string;
  /** After configuration. `mandatory` stops the update. */
  readonly level: PolicyLevel;
  readonly severity: PolicySeverity;
  readonly message: string;
  readonly urn: string;
}

/** One policy, as the pack describes it. */
export interface PolicyInfo {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly level: PolicyLevel;
  readonly severity: PolicySeverity;
  readonly type: "resource" | "stack";
  readonly url: string;
  readonly remediationSteps: string;
  /** JSON schemas of the policy's configuration properties; empty when it takes none. */
  readonly configProperties: Readonly<Record<string, unknown>>;
}

/** The pack, as it describes itself. */
export interface PackInfo {
  readonly name: string;
  readonly version: string;
  readonly policies: readonly PolicyInfo[];
}

const levels: readonly PolicyLevel[] = ["advisory", "mandatory", "disabled", "remediate"];
const severities: readonly PolicySeverity[] = ["unspecified", "low", "medium", "high", "critical"];

// The SDK's server takes as much; the default of 4 MB is less than one large Lambda or template.
const maxMessageBytes = 400 * 1024 * 1024;
const callTimeoutMs = 60_000;

type Call<Request, Response> = (
  request: Request,
  callback: (error: ServiceError | null, response: Response) => void,
) => ClientUnaryCall;

/** The engine's side of `pulumirpc.Analyzer`: plain objects in and out, one method per call the engine makes. */
export class AnalyzerClient {
  private readonly grpc: GrpcClient;

  constructor(address: string) {
    this.grpc = new GrpcClient(address, credentials.createInsecure(), {
      "grpc.max_receive_message_length": maxMessageBytes,
      "grpc.max_send_message_length": maxMessageBytes,
      // The pack listens on loopback, and no proxy leads there.
      "grpc.enable_http_proxy": 0,
    });
  }

  async configureStack(to: { project: string; stack: string; organization?: string; dryRun: boolean }): Promise<void> {
    const request = new proto.AnalyzerStackConfigureRequest()
      .setProject(to.project)
      .setStack(to.stack)
      .setOrganization(to.organization ?? "organization")
      .setDryRun(to.dryRun);
    await this.call("ConfigureStack", request, (each, done) => this.grpc.configureStack(each, ...inTime(), done));
  }

  async info(): Promise<PackInfo> {
    // Each copy of google-protobuf has an Empty of its own, and the stub accepts only the one it was generated with.
    const { requestType: Empty } = AnalyzerService.getAnalyzerInfo as unknown as { requestType: new () => never };
    const info = await this.call<never, proto.AnalyzerInfo>("GetAnalyzerInfo", new Empty(), (each, done) =>
      this.grpc.getAnalyzerInfo(each, ...inTime(), done),
    );
    return { name: info.getName(), version: info.getVersion(), policies: info.getPoliciesList().map(toPolicyInfo) };
  }

  /** Gives every policy its level and its properties, defaults filled in, as the engine does before the first resource. */
  async configure(pack: PackInfo, config: Readonly<Record<string, unknown>>): Promise<void> {
    const request = new proto.ConfigureAnalyzerRequest();
    for (const policy of pack.policies) {
      const { level, properties } = configured(policy, config);
      const each = new proto.PolicyConfig().setEnforcementlevel(levels.indexOf(level));
      request.getPolicyconfigMap().set(policy.name, each.setProperties(toStruct(properties)));
    }
    await this.call("Configure", request, (each, done) => this.grpc.configure(each, ...inTime(), done));
  }

  async analyze(resource: AnalyzedResource): Promise<PolicyResult[]> {
    const request = new proto.AnalyzeRequest()
      .setType(resource.type)
      .setName(resource.name)
      .setUrn(resource.urn)
      .setProperties(toStruct(resource.properties))
      .setOptions(toOptions(resource));
    const response = await this.call<proto.AnalyzeRequest, proto.AnalyzeResponse>("Analyze", request, (each, done) =>
      this.grpc.analyze(each, ...inTime(), done),
    );
    return response.getDiagnosticsList().map((diagnostic) => toResult(diagnostic, resource.urn));
  }

  async analyzeStack(resources: readonly AnalyzedResource[]): Promise<PolicyResult[]> {
    const request = new proto.AnalyzeStackRequest().setResourcesList(resources.map(toStackResource));
    const response = await this.call<proto.AnalyzeStackRequest, proto.AnalyzeResponse>(
      "AnalyzeStack",
      request,
      (each, done) => this.grpc.analyzeStack(each, ...inTime(), done),
    );
    return response.getDiagnosticsList().map((diagnostic) => toResult(diagnostic, ""));
  }

  close(): void {
    this.grpc.close();
  }

  private call<Request, Response>(name: string, request: Request, send: Call<Request, Response>): Promise<Response> {
    return new Promise((done, fail) => {
      try {
        send(request, (error, response) => (error === null ? done(response) : fail(rpcFailure(name, error))));
      } catch (error) {
        // A closed client throws at once instead of calling back.
        fail(rpcFailure(name, error as Error));
      }
    });
  }
}

function configured(policy: PolicyInfo, config: Readonly<Record<string, unknown>>) {
  const levelOf = (entry: unknown): unknown =>
    typeof entry === "object" && entry !== null ? (entry as { enforcementLevel?: unknown }).enforcementLevel : entry;
  const own = config[policy.name];
  const level = (levelOf(own) ?? levelOf(config["all"]) ?? policy.level) as PolicyLevel;
  if (!levels.includes(level)) {
    throw new Error(`"${String(level)}" is no enforcement level (policy ${policy.name})`);
  }
  const defaults = Object.entries(policy.configProperties).flatMap(([key, schema]) => {
    const { default: value } = schema as { default?: unknown };
    return value === undefined || value === null ? [] : [[key, value] as const];
  });
  const given = typeof own === "object" ? { ...own, enforcementLevel: undefined } : {};
  return { level, properties: { ...Object.fromEntries(defaults), ...given } };
}

function toPolicyInfo(info: proto.PolicyInfo): PolicyInfo {
  return {
    name: info.getName(),
    displayName: info.getDisplayname(),
    description: info.getDescription(),
    level: levels[info.getEnforcementlevel()] ?? "advisory",
    severity: severities[info.getSeverity()] ?? "unspecified",
    type: info.getPolicyType() === proto.PolicyType.POLICY_TYPE_STACK ? "stack" : "resource",
    url: info.getUrl(),
    remediationSteps: info.getRemediationSteps(),
    configProperties: info.getConfigschema()?.getProperties()?.toJavaScript() ?? {},
  };
}

function toResult(diagnostic: proto.AnalyzeDiagnostic, urn: string): PolicyResult {
  return {
    policyName: diagnostic.getPolicyname(),
    policyPackName: diagnostic.getPolicypackname(),
    level: levels[diagnostic.getEnforcementlevel()] ?? "mandatory",
    severity: severities[diagnostic.getSeverity()] ?? "unspecified",
    message: diagnostic.getMessage(),
    urn: diagnostic.getUrn() || urn,
  };
}

function toStackResource(resource: AnalyzedResource): proto.AnalyzerResource {
  const message = new proto.AnalyzerResource()
    .setType(resource.type)
    .setName(resource.name)
    .setUrn(resource.urn)
    .setParent(resource.parent ?? "")
    .setProperties(toStruct(resource.properties))
    .setOptions(toOptions(resource));
  const dependencies = Object.entries(resource.propertyDependencies ?? {});
  for (const [property, urns] of dependencies) {
    const each = new proto.AnalyzerPropertyDependencies().setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, each);
  }
  return message.setDependenciesList([...new Set(dependencies.flatMap(([, urns]) => urns))]);
}

function toOptions({ options, parent }: AnalyzedResource): proto.AnalyzerResourceOptions {
  return new proto.AnalyzerResourceOptions()
    .setProtect(options?.protect ?? false)
    .setIgnorechangesList([...(options?.ignoreChanges ?? [])])
    .setAliasesList([...(options?.aliases ?? [])])
    .setParent(parent ?? "");
}

// Through JSON, because a Struct has no place for `undefined`.
function toStruct(properties: Readonly<Record<string, unknown>>): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);
}

function inTime(): [Metadata, { deadline: number }] {
  return [new Metadata(), { deadline: Date.now() + callTimeoutMs }];
}

function rpcFailure(name: string, error: Error & Partial<ServiceError>): BaselineError {
  return new BaselineError(
    "policy-pack-failed",
    `The policy pack did not answer ${name}: ${(error.details ?? error.message).replace(/\.$/, "")}.`,
    "What it had not judged by then is not judged. Run it again; if it stays, the pack has a fault of its own.",
    undefined,
    { cause: error },
  );
}
