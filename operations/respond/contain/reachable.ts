import { limiter } from "../../../common/limit";
import { Access } from "aws-prevention-baseline-policy-pack/iam/access";
import { type HeldDocument, type HeldDocuments } from "../../account/identity/model";
import { listOf } from "../../../aws/attempt";
import { type Looks } from "../triage/look";

/** A secret by its name; what it says is never asked for. */
export interface Readable {
  service: "Secrets Manager" | "Parameter Store";
  region: string;
  name: string;
}

const actions = {
  "Secrets Manager": ["secretsmanager:GetSecretValue"],
  // Source: Service Authorization Reference, AWS Systems Manager: what returns the value of a parameter.
  "Parameter Store": ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:GetParameterHistory"],
} as const;
const parallel = limiter(12);

/** Whether documents let their holder read secrets. Conditions count as met: what might have been read is to be rotated. */
export class SecretReach {
  private readonly layers: readonly Access[];

  constructor({ policies, boundary }: Pick<HeldDocuments, "policies" | "boundary">) {
    const access = (held: readonly HeldDocument[]) => new Access(held.flatMap(({ document }) => document ?? []));
    this.layers = [access(policies), ...(boundary?.document ? [access([boundary])] : [])];
  }

  /** Whether any secret of a service can be read at all. */
  any(service: Readable["service"]): boolean {
    return this.layers.every((layer) => actions[service].some((action) => layer.reaches(action)));
  }

  reads(service: Readable["service"], arn: string): boolean {
    return actions[service].some((action) => this.layers.every((layer) => layer.allows(action, arn)));
  }
}

/** Names of the secrets somebody's policies let him read, in these regions. Policies of the secrets are not looked at. */
export async function readableSecrets(
  looks: Looks,
  held: Pick<HeldDocuments, "policies" | "boundary">,
  { regions, partition, accountId }: { regions: readonly string[]; partition: string; accountId: string },
): Promise<Readable[]> {
  const reach = new SecretReach(held);
  const found = await Promise.all(
    regions.map(async (region) => {
      const ofRegion = (service: Readable["service"], named: Named[]): Readable[] =>
        named.flatMap(({ name, arn }) => (reach.reads(service, arn) ? [{ service, region, name }] : []));
      const [secrets, parameters] = await Promise.all([
        reach.any("Secrets Manager") ? parallel(() => secretsIn(looks, region)) : [],
        reach.any("Parameter Store") ? parallel(() => parametersIn(looks, region)) : [],
      ]);
      const arnOf = (name: string) =>
        `arn:${partition}:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, "")}`;
      return [
        ...ofRegion("Secrets Manager", secrets),
        ...ofRegion(
          "Parameter Store",
          parameters.map((name) => ({ name, arn: arnOf(name) })),
        ),
      ];
    }),
  );
  return found.flat();
}

interface Named {
  name: string;
  arn: string;
}

async function secretsIn(looks: Looks, region: string): Promise<Named[]> {
  const client = looks.aws.secretsmanager(region);
  const found = await looks.part(
    "secretsmanager:ListSecrets",
    () => listOf("SecretList", (NextToken) => client.listSecrets({ NextToken, MaxResults: 100 })),
    region,
  );
  return (found ?? []).map(({ Name = "", ARN = "" }) => ({ name: Name, arn: ARN }));
}

async function parametersIn(looks: Looks, region: string): Promise<string[]> {
  const client = looks.aws.ssm(region);
  const found = await looks.part(
    "ssm:DescribeParameters",
    () => listOf("Parameters", (NextToken) => client.describeParameters({ NextToken, MaxResults: 50 })),
    region,
  );
  return (found ?? []).map(({ Name = "" }) => Name);
}
