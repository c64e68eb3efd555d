type Values = Record<string, unknown>;

/** A region's only VPC, which is its default one, with what every default VPC has. */
const vpcId = "vpc-0123456789abcdef0";
const routeTableId = "rtb-0123456789abcdef0";
const cidrBlock = "10.0.0.0/16";

/** Its subnets, in two availability zones. */
const zones: Record<string, string> = { "subnet-0123456789abcdef0": "a", "subnet-0123456789abcdef1": "b" };

/**
 * Answers questions about networks without asking AWS. A VPC or a subnet asked for by id is taken to be there, whatever
 * its id: which ones the account has is known to the settings and to AWS only.
 *
 * @param region where nothing else is said
 */
export function networkAnswers(region: string, accountId: string): Record<string, (args: Values) => Values> {
  const list = (args: Values, ids: string[]): Values => ({
    ...args,
    id: regionOf(args),
    region: regionOf(args),
    ids,
    tags: args["tags"] ?? {},
  });
  const regionOf = (args: Values): string => (typeof args["region"] === "string" ? args["region"] : region);
  return {
    "aws:ec2/getVpcs:getVpcs": (args) => list(args, isAnyOrDefault(args) ? [vpcId] : []),
    "aws:ec2/getSubnets:getSubnets": (args) => list(args, Object.keys(zones)),
    "aws:ec2/getRouteTables:getRouteTables": (args) => list(args, [routeTableId]),
    "aws:ec2/getVpc:getVpc": (args) => {
      const id = asked(args, vpcId);
      return {
        ...common(args, regionOf(args), accountId, "vpc", id),
        cidrBlock,
        cidrBlockAssociations: [{ associationId: "vpc-cidr-assoc-0123456789abcdef0", cidrBlock, state: "associated" }],
        ipv6AssociationId: "",
        ipv6CidrBlock: "",
        ipv6CidrBlockAssociations: [],
        default: id === vpcId,
        dhcpOptionsId: "dopt-0123456789abcdef0",
        enableDnsHostnames: true,
        enableDnsSupport: true,
        enableNetworkAddressUsageMetrics: false,
        instanceTenancy: "default",
        mainRouteTableId: routeTableId,
      };
    },
    "aws:ec2/getSubnet:getSubnet": (args) => {
      const id = asked(args, Object.keys(zones)[0]!);
      // A subnet of the settings may be in any zone; each is taken to be in one of its own, as the program demands.
      const zone = zones[id] ?? `-${id}`;
      return {
        ...common(args, regionOf(args), accountId, "subnet", id),
        vpcId: args["vpcId"] ?? vpcId,
        availabilityZone: args["availabilityZone"] ?? `${regionOf(args)}${zone}`,
        availableIpAddressCount: 4091,
        cidrBlock: "10.0.0.0/20",
        defaultForAz: true,
        mapPublicIpOnLaunch: false,
      };
    },
  };
}

function asked(args: Values, otherwise: string): string {
  return typeof args["id"] === "string" ? args["id"] : otherwise;
}

function common(args: Values, region: string, ownerId: string, kind: string, id: string): Values {
  return {
    id,
    region,
    ownerId,
    arn: `arn:aws:ec2:${region}:${ownerId}:${kind}/${id}`,
    state: "available",
    tags: args["tags"] ?? {},
  };
}

interface Filter {
  readonly name: string;
  readonly values: string[];
}

/** EC2 has two names for that filter. */
/** The only VPC of a region is the default one. */
function isAnyOrDefault({ filters = [] }: Values): boolean {
  const asked = filters as Filter[];
  return (
    asked.length === 0 ||
    asked.some(({ name, values }) => ["is-default", "isDefault"].includes(name) && values.includes("true"))
  );
}
