import type { Account, Organizations } from "@aws-sdk/client-organizations";
import { type AwsClients } from "../../../aws/clients";
import { badInput, type BaselineError } from "../../../common/errors";
import { ask, awsErrorName } from "../../../aws/ask";
import { pages as allPages } from "../../../aws/attempt";
import { type FleetAccount } from "./account";
import { fleetAccount } from "./account-of";
import { type AccountsData, type OrganizationData } from "./accounts-schema";

export interface Expanded {
  accounts: FleetAccount[];
  /** What was left out, and why; one line each. */
  leftOut: string[];
}

/**
 * The accounts of an organization, as AWS Organizations tells them.
 *
 * @param known accounts the file names itself; what it says of them counts
 * @throws BaselineError `no-organization`, `access-denied` and others of `ask`
 */
export async function expandOrganization(
  aws: AwsClients,
  asked: OrganizationData,
  defaults: AccountsData["defaults"],
  known: FleetAccount[],
): Promise<Expanded> {
  const client = aws.organizations();
  const call = <T>(action: string, run: () => Promise<T>) => ask(`organizations:${action}`, aws.defaultRegion, run);
  const { Organization: organization } = await call("DescribeOrganization", () =>
    client.describeOrganization({}),
  ).catch((error: unknown) => {
    throw awsErrorName(error) === "AWSOrganizationsNotInUseException" ? notInOne() : error;
  });
  const found = asked.ou ? await accountsBelow(client, call, asked.ou) : await allAccounts(client, call);
  const expanded: Expanded = { accounts: [], leftOut: [] };
  const taken = new Set(known.flatMap(({ name, stack }) => [name, stack.split("/").at(-1) ?? stack]));
  for (const account of found) {
    const { Id: id = "", Name: name = "", Status: status } = account;
    const reason = known.some(({ accountId }) => accountId === id)
      ? undefined
      : asked.exclude.includes(id) || asked.exclude.includes(name)
        ? "excluded"
        : status !== "ACTIVE"
          ? (status ?? "not active").toLowerCase().replace("_", " ")
          : id === organization?.MasterAccountId
            ? "the management account, which has no such role; name it under accounts"
            : (await hasTags(client, call, id, asked.tags))
              ? ""
              : undefined;
    if (reason === "") {
      const own = uniqueName(name, id, taken);
      taken.add(own);
      expanded.accounts.push(fleetAccount({ name: own, accountId: id, role: asked.role }, defaults));
    } else if (reason !== undefined) {
      expanded.leftOut.push(`${name} (${id}): ${reason}`);
    }
  }
  return expanded;
}

function notInOne(): BaselineError {
  return badInput(
    "no-organization",
    "The account that is signed in to belongs to no AWS organization, so there are no accounts to list.",
    "Name the accounts under `accounts` and take `organization` out of the file, or sign in to an account of the organization.",
  );
}

type Call = <T>(action: string, run: () => Promise<T>) => Promise<T>;

async function allAccounts(client: Organizations, call: Call): Promise<Account[]> {
  return pages((NextToken) => call("ListAccounts", () => client.listAccounts({ NextToken })), "Accounts");
}

/** Accounts of these units and of all below them, each once. */
async function accountsBelow(client: Organizations, call: Call, units: string[]): Promise<Account[]> {
  const found = new Map<string, Account>();
  const waiting = [...units];
  for (let ParentId = waiting.shift(); ParentId !== undefined; ParentId = waiting.shift()) {
    const parent = { ParentId };
    const accounts = await pages(
      (NextToken) => call("ListAccountsForParent", () => client.listAccountsForParent({ ...parent, NextToken })),
      "Accounts",
    );
    accounts.forEach((each) => found.set(each.Id ?? "", each));
    const below = await pages(
      (NextToken) =>
        call("ListOrganizationalUnitsForParent", () =>
          client.listOrganizationalUnitsForParent({ ...parent, NextToken }),
        ),
      "OrganizationalUnits",
    );
    waiting.push(...below.flatMap(({ Id }) => (Id === undefined ? [] : [Id])));
  }
  return [...found.values()];
}

async function hasTags(client: Organizations, call: Call, id: string, tags: Record<string, string> = {}) {
  if (Object.keys(tags).length === 0) {
    return true;
  }
  const own = await pages(
    (NextToken) => call("ListTagsForResource", () => client.listTagsForResource({ ResourceId: id, NextToken })),
    "Tags",
  );
  return Object.entries(tags).every(([key, value]) => own.some((tag) => tag.Key === key && tag.Value === value));
}

function pages<Key extends string, Item>(
  next: (token: string | undefined) => Promise<{ NextToken?: string } & { [key in Key]?: Item[] }>,
  key: Key,
): Promise<Item[]> {
  return allPages(async (token) => {
    const page = await next(token);
    return { items: page[key], next: page.NextToken };
  });
}

/** An account's name may hold anything and be given twice; a stack's may not. */
function uniqueName(name: string, id: string, taken: Set<string>): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
  return plain === "" || taken.has(plain) ? [plain, id].filter(Boolean).join("-") : plain;
}
