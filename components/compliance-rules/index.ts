import * as pulumi from "@pulumi/pulumi";
import { configRecording } from "../config-recording";
import { globalTypesRegion } from "../config-recording/global-types-region";
import { control, ControlScope } from "../foundation/control";
import { touched } from "../foundation/drift";
import { placementOf } from "../foundation/placement";
import { complianceRuleList, ruleIdentifiers } from "./compliance-rule-list";
import { ComplianceRules } from "./compliance-rules";
import { complianceRulesSettings } from "./settings";

export const complianceRules = control({
  id: "ComplianceRules",
  title: "AWS Config names what is not as it should be: old keys, missing MFA, open ports, public data",
  scope: ControlScope.everyRegion,
  stops: "The forgotten key, user or open port that an intruder finds before anybody else does.",
  answers: [
    ...new Set(complianceRuleList.flatMap(({ answers }) => answers)),
    ...ruleIdentifiers.map((each) => `Config ${each}`),
  ],
  cost: "a tenth of a cent per evaluation of a resource by a rule; revocation of unused credentials per automation step",
  settings: complianceRulesSettings,
  byRegion: true,
  place: ({ settings, regions, ...at }) => {
    const recorded = at.placed(configRecording);
    warnOfUnrecorded(regions, recorded?.regions ?? []);
    const { minimumLength, reusePrevention, maxAgeDays } = settings.passwordPolicy;
    const where = { regions, globalRegion: globalTypesRegion(settings.homeRegion, regions) };
    const password = { minimumLength, reusePrevention, maxAgeDays };
    const args = { ...placementOf(at), ...settings.complianceRules, ...where, ...password };
    new ComplianceRules(at.name, args, { ...at.child, dependsOn: recorded ? [recorded.recording] : [] });
  },
  drift: [touched("Rule", "medium", "a rule of AWS Config does not judge as chosen")],
});

function warnOfUnrecorded(regions: string[], recorded: string[]): void {
  const unrecorded = regions.filter((region) => !recorded.includes(region));
  if (unrecorded.length > 0) {
    const many = unrecorded.length === regions.length ? "every region" : unrecorded.join(", ");
    void pulumi.log.warn(
      `ComplianceRules needs a recorder of AWS Config, and ConfigRecording makes none in ${many}. The update fails there ` +
        "unless somebody else's recorder is there: adopt tells where. Set complianceRules.enabled to false, or record.",
    );
  }
}
