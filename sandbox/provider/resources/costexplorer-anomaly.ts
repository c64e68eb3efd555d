import type { AnomalyMonitorArgs } from "@pulumi/aws/costexplorer/anomalyMonitor";
import type { AnomalySubscriptionArgs } from "@pulumi/aws/costexplorer/anomalySubscription";
import { randomUUID } from "node:crypto";
import { accountIdOf } from "../account-id";
import { recordedResource } from "../recorded-resource";
import type { Context } from "../resource-handler";

const why = "the emulator has no API for cost anomalies";

/** Their ids are their ARNs. */
const arnOfNew = async ({ clients }: Context, kind: string) =>
  `arn:aws:ce::${await accountIdOf(clients)}:${kind}/${randomUUID()}`;

export const anomalyMonitor = recordedResource<AnomalyMonitorArgs>({
  type: "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
  properties: ["name", "monitorType", "monitorDimension", "monitorSpecification", "tags"],
  required: ["monitorType"],
  nameProperty: "name",
  replaceOn: ["monitorType", "monitorDimension", "monitorSpecification"],
  why,
  id: (context) => arnOfNew(context, "anomalymonitor"),
  outputs: (_context, arn) => ({ arn }),
});

export const anomalySubscription = recordedResource<AnomalySubscriptionArgs>({
  type: "aws:costexplorer/anomalySubscription:AnomalySubscription",
  properties: ["name", "accountId", "frequency", "monitorArnLists", "subscribers", "thresholdExpression", "tags"],
  required: ["frequency", "monitorArnLists", "subscribers"],
  nameProperty: "name",
  replaceOn: ["name"],
  why,
  id: (context) => arnOfNew(context, "anomalysubscription"),
  outputs: (_context, arn) => ({ arn }),
});
