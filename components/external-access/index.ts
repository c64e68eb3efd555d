import { control, ControlScope } from "../foundation/control";
import { touched } from "../foundation/drift";
import { placementOf } from "../foundation/placement";
import { ExternalAccess } from "./external-access";
import { externalAccessSettings } from "./settings";

export const externalAccess = control({
  id: "ExternalAccess",
  title: "Access Analyzer names whatever is shared outside the account, in every region",
  scope: ControlScope.everyRegion,
  stops: "A back door left behind: a role, bucket, key or queue that trusts the intruder's own account.",
  answers: ["CIS 5.0 1.19", "CIS 7.0 2.18", "Security Hub IAM.28", "Config IAM_EXTERNAL_ACCESS_ANALYZER_ENABLED"],
  cost: "external access is free; unused access, if switched on, per IAM user and role a month",
  settings: externalAccessSettings,
  byRegion: true,
  place: ({ settings, regions, ...at }) => {
    const args = { ...placementOf(at), ...settings.externalAccess, regions, homeRegion: at.region };
    new ExternalAccess(at.name, args, at.child);
  },
  drift: [touched("Analyzer", "high", "access from outside is not looked for")],
});
