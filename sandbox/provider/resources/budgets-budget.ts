import type { Budget, BudgetType, CostTypes, TimeUnit } from "@aws-sdk/client-budgets";
import type { BudgetArgs } from "@pulumi/aws/budgets/budget";
import type { Unwrap } from "@pulumi/pulumi";
import { accountIdOf } from "../account-id";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";
import type { Props } from "../../../common/properties";
import { addNotifications, readNotifications, replaceNotifications } from "./budgets-notifications";
import { retag, tagList, tagMap } from "./tags";

type Inputs = Unwrap<BudgetArgs>;

export const budget = defineResource<BudgetArgs>({
  type: "aws:budgets/budget:Budget",
  properties: [
    "name", "accountId", "budgetType", "timeUnit", "limitAmount", "limitUnit", "costTypes", "timePeriodStart",
    "timePeriodEnd", "notifications", "tags",
  ], // prettier-ignore
  required: ["budgetType", "timeUnit"],
  nameProperty: "name",
  defaults: { timePeriodEnd: "2087-06-15_00:00" },
  replaceOn: ["name", "namePrefix", "accountId"],
  steering: ["namePrefix"],

  async create({ clients }, inputs) {
    const AccountId = inputs.accountId ?? (await accountIdOf(clients));
    await clients.budgets().createBudget({ AccountId, Budget: settings(inputs), ResourceTags: tagList(inputs.tags) });
    return `${AccountId}:${inputs.name}`;
  },

  async complete({ clients }, id, { notifications = [] }) {
    await addNotifications(clients.budgets(), accountAndName(id), notifications);
  },

  async read({ clients }, id, known) {
    const budgets = clients.budgets();
    const which = accountAndName(id);
    const found = (await unlessGone(budgets.describeBudget(which), "NotFound"))?.Budget;
    if (found === undefined) {
      return undefined;
    }
    const arn = arnOf(id);
    const [notifications, { ResourceTags }] = await Promise.all([
      readNotifications(budgets, which),
      budgets.listTagsForResource({ ResourceARN: arn }),
    ]);
    return {
      arn,
      accountId: which.AccountId,
      name: found.BudgetName,
      budgetType: found.BudgetType,
      timeUnit: found.TimeUnit,
      limitAmount: sameAmount(known.limitAmount, found.BudgetLimit?.Amount),
      limitUnit: found.BudgetLimit?.Unit,
      costTypes: costTypesFromAws(found.CostTypes),
      timePeriodStart: timestamp(found.TimePeriod?.Start),
      timePeriodEnd: timestamp(found.TimePeriod?.End),
      notifications,
      tags: tagMap(ResourceTags),
    };
  },

  async update({ clients }, id, news, olds) {
    const budgets = clients.budgets();
    const which = accountAndName(id);
    // What AWS chose for the start is kept; asked for without one, it would choose again.
    const timePeriodStart = news.timePeriodStart ?? olds.timePeriodStart;
    await budgets.updateBudget({ AccountId: which.AccountId, NewBudget: settings({ ...news, timePeriodStart }) });
    await replaceNotifications(budgets, which, news.notifications ?? []);
    await retag(
      olds.tags,
      news.tags,
      (ResourceTags) => budgets.tagResource({ ResourceARN: arnOf(id), ResourceTags }),
      (ResourceTagKeys) => budgets.untagResource({ ResourceARN: arnOf(id), ResourceTagKeys }),
    );
  },

  async delete({ clients }, id) {
    await unlessGone(clients.budgets().deleteBudget(accountAndName(id)), "NotFound");
  },
});

/** ACCOUNT:NAME; a name has no colon. */
function accountAndName(id: string): { AccountId: string; BudgetName: string } {
  const [AccountId = "", BudgetName = ""] = id.split(":");
  return { AccountId, BudgetName };
}

function arnOf(id: string): string {
  const { AccountId, BudgetName } = accountAndName(id);
  return `arn:aws:budgets::${AccountId}:budget/${BudgetName}`;
}

function settings(inputs: Inputs & Props): Budget {
  return {
    BudgetName: inputs.name,
    BudgetType: inputs.budgetType as BudgetType,
    TimeUnit: inputs.timeUnit as TimeUnit,
    BudgetLimit: inputs.limitAmount === undefined ? undefined : { Amount: inputs.limitAmount, Unit: inputs.limitUnit },
    CostTypes: inputs.costTypes && costTypesToAws(inputs.costTypes),
    TimePeriod: { Start: moment(inputs.timePeriodStart), End: moment(inputs.timePeriodEnd) },
  };
}

/** AWS gives `100` back as `100.0`. */
function sameAmount(wanted: string | undefined, found: string | undefined): string | undefined {
  return wanted !== undefined && Number(wanted) === Number(found) ? wanted : found;
}

/** Of @pulumi/aws: `2087-06-15_00:00`, in UTC. */
function moment(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(`${text.replace("_", "T")}:00Z`);
}

function timestamp(date: Date | undefined): string | undefined {
  return date?.toISOString().slice(0, 16).replace("T", "_");
}

const COST_TYPES = [
  "includeCredit", "includeDiscount", "includeOtherSubscription", "includeRecurring", "includeRefund",
  "includeSubscription", "includeSupport", "includeTax", "includeUpfront", "useAmortized", "useBlended",
] as const; // prettier-ignore

const inAws = (name: string) => (name[0] ?? "").toUpperCase() + name.slice(1);

function costTypesToAws(wanted: NonNullable<Inputs["costTypes"]>): CostTypes {
  return Object.fromEntries(COST_TYPES.map((each) => [inAws(each), wanted[each] ?? each.startsWith("include")]));
}

function costTypesFromAws(found: CostTypes | undefined): Inputs["costTypes"] {
  return found && Object.fromEntries(COST_TYPES.map((each) => [each, found[inAws(each) as keyof CostTypes]]));
}
