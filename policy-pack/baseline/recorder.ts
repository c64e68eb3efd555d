import { entries, isUnknown, property, word } from "../values";
import { broken, cannotTell, type Guard } from "./guard";

const fix = "set allSupported to true, or exclude types with EXCLUSION_BY_RESOURCE_TYPES instead of listing them.";

/** A recorder may leave types out by name; one that records a list misses whatever AWS adds. */
export const recorderGuard: Guard = {
  type: "aws:cfg/recorder:Recorder",
  findings: (inputs) => {
    const group = property(inputs, "recordingGroup");
    const all = property(group, "allSupported");
    if (isUnknown(group.value) || isUnknown(all.value)) return [cannotTell(all.path, fix)];
    const strategies = entries(property(group, "recordingStrategies")).map((each) =>
      isUnknown(each.value) ? each : property(each, "useOnly"),
    );
    const listed = entries(property(group, "resourceTypes")).length > 0;
    const lists = listed || strategies.some(({ value }) => word(value) === "inclusion_by_resource_types");
    if (!lists && !["false", "0"].includes(word(all.value))) return [];
    if (strategies.some(({ value }) => word(value) === "exclusion_by_resource_types")) return [];
    const unknown = strategies.find(({ value }) => isUnknown(value));
    if (unknown !== undefined) return [cannotTell(unknown.path, fix)];
    const where = all.value === undefined && listed ? `${group.path}.resourceTypes` : all.path;
    const witness = "only the types listed are recorded; what AWS adds later is not.";
    return [broken("AWS Config records some types of resources only.", where, witness, fix)];
  },
};
