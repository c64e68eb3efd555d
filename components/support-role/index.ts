import { control, ControlScope } from "../foundation/control";
import { placementOf } from "../foundation/placement";
import { supportRoleSettings } from "./settings";
import { SupportRole } from "./support-role";

export const supportRole = control({
  id: "SupportRole",
  title: "Somebody may talk to AWS Support without being an administrator",
  scope: ControlScope.account,
  stops: "Hours lost in an incident because only an administrator can open a case, or administrators for that sake.",
  answers: ["CIS 5.0 1.16", "CIS 7.0 2.15", "Security Hub IAM.18", "Config IAM_POLICY_IN_USE"],
  cost: "free",
  settings: supportRoleSettings,
  place: ({ settings, ...at }) => {
    const args = { ...placementOf(at), ...settings.supportRole };
    at.outputs.supportRoleArn = new SupportRole(at.name, args, at.child).roleArn;
  },
  drift: [],
});
