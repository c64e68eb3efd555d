import { accountCases } from "./account";
import { alertsCases } from "./alerts";
import { backupCases } from "./backup";
import { billingCases } from "./billing";
import { chatbotCases } from "./chatbot";
import { guarddutyCases } from "./guardduty";
import { iamCases } from "./iam";
import { kmsCases } from "./kms";
import { networkCases } from "./network";
import { recordingCases } from "./recording";
import { responseCases } from "./response";
import { s3AccessCases } from "./s3-access";
import { s3KeepingCases } from "./s3-keeping";
import { trailCases } from "./trail";
import { vpcCases } from "./vpc";
import { watchingCases } from "./watching";
import { ofControls } from "../../support/of-controls";
import type { Case } from "./case";

export type { Case, Made } from "./case";

/** One for every resource type the sandbox knows. */
export const cases: Case[] = [
  ...accountCases,
  ...alertsCases,
  ...backupCases,
  ...billingCases,
  ...chatbotCases,
  ...guarddutyCases,
  ...iamCases,
  ...kmsCases,
  ...networkCases,
  ...recordingCases,
  ...responseCases,
  ...s3AccessCases,
  ...s3KeepingCases,
  ...trailCases,
  ...vpcCases,
  ...watchingCases,
  ...ofControls.flatMap(({ resourceCases }) => resourceCases),
];
