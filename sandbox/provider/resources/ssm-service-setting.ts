import type { ServiceSettingArgs } from "@pulumi/aws/ssm/serviceSetting";
import { accountIdOf } from "../account-id";
import { recordedResource } from "../recorded-resource";

export const serviceSetting = recordedResource<ServiceSettingArgs>({
  type: "aws:ssm/serviceSetting:ServiceSetting",
  properties: ["region", "settingId", "settingValue"],
  required: ["settingId", "settingValue"],
  replaceOn: ["region"],
  why: "the emulator has no API for the settings of Systems Manager",
  id: (_context, { settingId }) => settingId,
  outputs: async ({ clients, region }, id) => ({
    // A setting may be named by its path alone (`/ssm/documents/console/public-sharing-permission`).
    arn: id.startsWith("arn:") ? id : `arn:aws:ssm:${region}:${await accountIdOf(clients)}:servicesetting${id}`,
    status: "Customized",
  }),
});
