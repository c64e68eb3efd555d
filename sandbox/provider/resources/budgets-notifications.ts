import type {
  Budgets,
  ComparisonOperator,
  Notification,
  NotificationType,
  ThresholdType,
} from "@aws-sdk/client-budgets";
import type { BudgetArgs } from "@pulumi/aws/budgets/budget";
import type { Unwrap } from "@pulumi/pulumi";

export type BudgetNotification = NonNullable<Unwrap<BudgetArgs>["notifications"]>[number];

interface Which {
  readonly AccountId: string;
  readonly BudgetName: string;
}

/** What a budget warns of, and whom: a notification has no id, it is named by all it says. */
export async function readNotifications(budgets: Budgets, which: Which): Promise<BudgetNotification[]> {
  const found = await list(budgets, which);
  return Promise.all(
    found.map(async (each) => {
      const { Subscribers: subscribers = [] } = await budgets.describeSubscribersForNotification({
        ...which,
        Notification: each,
      });
      const of = (type: string) =>
        subscribers.flatMap(({ SubscriptionType, Address = "" }) => (SubscriptionType === type ? [Address] : []));
      return {
        comparisonOperator: each.ComparisonOperator ?? "",
        notificationType: each.NotificationType ?? "",
        threshold: each.Threshold ?? 0,
        // Left out when it is the usual one.
        thresholdType: each.ThresholdType ?? "PERCENTAGE",
        subscriberEmailAddresses: of("EMAIL"),
        subscriberSnsTopicArns: of("SNS"),
      };
    }),
  );
}

/** As @pulumi/aws: all are taken away and made again. */
export async function replaceNotifications(
  budgets: Budgets,
  which: Which,
  wanted: readonly BudgetNotification[],
): Promise<void> {
  for (const each of await list(budgets, which)) {
    await budgets.deleteNotification({ ...which, Notification: each });
  }
  await addNotifications(budgets, which, wanted);
}

export async function addNotifications(
  budgets: Budgets,
  which: Which,
  wanted: readonly BudgetNotification[],
): Promise<void> {
  for (const each of wanted) {
    await budgets.createNotification({
      ...which,
      Notification: {
        ComparisonOperator: each.comparisonOperator as ComparisonOperator,
        NotificationType: each.notificationType as NotificationType,
        Threshold: each.threshold,
        ThresholdType: each.thresholdType as ThresholdType,
      },
      Subscribers: [
        ...(each.subscriberEmailAddresses ?? []).map((Address) => ({ SubscriptionType: "EMAIL" as const, Address })),
        ...(each.subscriberSnsTopicArns ?? []).map((Address) => ({ SubscriptionType: "SNS" as const, Address })),
      ],
    });
  }
}

async function list(budgets: Budgets, which: Which): Promise<Notification[]> {
  const { Notifications = [] } = await budgets.describeNotificationsForBudget({ ...which, MaxResults: 100 });
  return Notifications;
}
