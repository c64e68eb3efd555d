import { type Clients } from "./clients";
import { tagMap } from "./resources/tags";
import { type Props } from "../../common/properties";

/** Functions of @pulumi/aws about people and roles, by token. */
export const iamInvokes: Readonly<Record<string, (clients: Clients, inputs: Props) => Promise<Props>>> = {
  "aws:iam/getUsers:getUsers": getUsers,
  "aws:iam/getRoles:getRoles": getRoles,
  "aws:iam/getRole:getRole": getRole,
};

interface Page<T> {
  readonly members?: T[];
  readonly IsTruncated?: boolean;
  readonly Marker?: string;
}

async function all<T>(list: (marker: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = [];
  let marker: string | undefined;
  do {
    const page = await list(marker);
    found.push(...(page.members ?? []));
    marker = page.IsTruncated ? page.Marker : undefined;
  } while (marker !== undefined);
  return found;
}

interface Named {
  readonly name?: string;
  readonly arn?: string;
}

function matching(clients: Clients, { nameRegex, pathPrefix }: Props, found: readonly Named[]): Props {
  const wanted = typeof nameRegex === "string" ? new RegExp(nameRegex) : /^/;
  const members = found.filter(({ name = "" }) => wanted.test(name));
  return {
    id: clients.defaultRegion,
    names: members.map(({ name }) => name),
    arns: members.map(({ arn }) => arn),
    nameRegex,
    pathPrefix,
  };
}

async function getUsers(clients: Clients, inputs: Props): Promise<Props> {
  const PathPrefix = inputs["pathPrefix"] as string | undefined;
  const users = await all(async (Marker) => {
    const page = await clients.iam().listUsers({ PathPrefix, Marker });
    return { ...page, members: page.Users?.map(({ UserName, Arn }) => ({ name: UserName, arn: Arn })) };
  });
  return matching(clients, inputs, users);
}

async function getRoles(clients: Clients, inputs: Props): Promise<Props> {
  const PathPrefix = inputs["pathPrefix"] as string | undefined;
  const roles = await all(async (Marker) => {
    const page = await clients.iam().listRoles({ PathPrefix, Marker });
    return { ...page, members: page.Roles?.map(({ RoleName, Arn }) => ({ name: RoleName, arn: Arn })) };
  });
  return matching(clients, inputs, roles);
}

async function getRole(clients: Clients, { name }: Props): Promise<Props> {
  const { Role: role } = await clients.iam().getRole({ RoleName: String(name) });
  return {
    id: role?.RoleName,
    name: role?.RoleName,
    arn: role?.Arn,
    path: role?.Path,
    uniqueId: role?.RoleId,
    description: role?.Description ?? "",
    assumeRolePolicy: decodeURIComponent(role?.AssumeRolePolicyDocument ?? ""),
    createDate: role?.CreateDate?.toISOString(),
    maxSessionDuration: role?.MaxSessionDuration,
    permissionsBoundary: role?.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
    roleLastUseds: [],
    tags: tagMap(role?.Tags),
  };
}
