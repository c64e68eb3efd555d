import { type Finding } from "../policies/types";
import { entries, isUnknown, type Located, property, word } from "../values";
import { broken, cannotTell, type Demand, type Guard, isOurs, judge } from "./guard";

const off = ["false", "0"];
const set = (name: string): string => `set ${name} to true.`;

/** What makes any trail evidence. */
const always: readonly Demand[] = [
  {
    name: "enableLogging",
    wrong: off,
    absentIs: "right",
    message: "Stops the trail: nothing is logged any more.",
    why: "enableLogging is false; it is the first thing an intruder does.",
    fix: "leave enableLogging out, or set it to true.",
  },
  {
    name: "enableLogFileValidation",
    wrong: off,
    absentIs: "wrong",
    message: "Log files of this trail can be changed without a trace.",
    why: "enableLogFileValidation is not true, and its default is false.",
    fix: set("enableLogFileValidation"),
  },
];

/** What a trail of management events needs besides: they happen in every region, IAM's in one that is nobody's home. */
const forManagement: readonly Demand[] = [
  {
    name: "isMultiRegionTrail",
    wrong: off,
    absentIs: "wrong",
    message: "Management events of other regions are not logged.",
    why: "isMultiRegionTrail is not true, and its default is false; an intruder works where nobody looks.",
    fix: `${set("isMultiRegionTrail").slice(0, -1)}; a trail of data events only may stay regional.`,
  },
  {
    name: "includeGlobalServiceEvents",
    wrong: off,
    absentIs: "right",
    message: "Changes to IAM are not logged.",
    why: "includeGlobalServiceEvents is false; IAM, STS and CloudFront are global services.",
    fix: "leave includeGlobalServiceEvents out, or set it to true.",
  },
];

/** A second trail, of data events only, may be regional; nothing else about a trail is a matter of taste. */
export const trailGuard: Guard = {
  type: "aws:cloudtrail/trail:Trail",
  findings: (inputs, subject) => {
    const management = recordsManagement(inputs);
    const ours = isOurs(subject, property(inputs, "name"));
    const demands = management === "no" && !ours ? always : [...always, ...forManagement];
    return [...demands.flatMap((demand) => judge(inputs, demand)), ...(ours ? selection(inputs, management) : [])];
  },
};

function selection(inputs: Located, management: Recorded): Finding[] {
  const path = ["advancedEventSelectors", "eventSelectors"]
    .map((name) => property(inputs, name))
    .filter(({ value }) => value !== undefined)
    .map((each) => each.path)
    .join(", ");
  const fix = "select all management events, reads and writes; data events may come on top.";
  if (management === "unknown") return [cannotTell(path, fix)];
  const message =
    management === "no"
      ? "The baseline's trail logs no management events."
      : "The baseline's trail logs a part of the management events.";
  return management === "all" ? [] : [broken(message, path, "its event selectors leave them out.", fix)];
}

type Recorded = "all" | "some" | "no" | "unknown";

/** Which management events a trail's selectors take in; without selectors it is all of them. */
function recordsManagement(inputs: Located): Recorded {
  const advanced = entries(property(inputs, "advancedEventSelectors"));
  const basic = entries(property(inputs, "eventSelectors"));
  if (advanced.length === 0 && basic.length === 0) return "all";
  return most([...advanced.map(ofAdvanced), ...basic.map(ofBasic)]);
}

function most(parts: readonly Recorded[]): Recorded {
  const order: readonly Recorded[] = ["all", "unknown", "some", "no"];
  return order.find((each) => parts.includes(each)) ?? "no";
}

function ofBasic(selector: Located): Recorded {
  const [included, kind] = [property(selector, "includeManagementEvents"), property(selector, "readWriteType")];
  if ([selector, included, kind].some(({ value }) => isUnknown(value))) return "unknown";
  if (off.includes(word(included.value))) return "no";
  return ["", "all"].includes(word(kind.value)) ? "all" : "some";
}

const noise = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];

function ofAdvanced(selector: Located): Recorded {
  const fields = entries(property(selector, "fieldSelectors"));
  const parts = fields.map((each) => ({
    name: property(each, "field").value,
    equals: entries(property(each, "equals")),
    leavesOut: entries(property(each, "notEquals")),
  }));
  if (isUnknown(selector.value) || fields.some(({ value }) => isUnknown(value))) return "unknown";
  if (parts.some(({ name, equals }) => isUnknown(name) || equals.some(({ value }) => isUnknown(value))))
    return "unknown";
  const categories = parts.filter(({ name }) => word(name) === "eventcategory").flatMap(({ equals }) => equals);
  if (!categories.some(({ value }) => word(value) === "management")) return "no";
  // KMS and the RDS Data API may be left out: they are all CloudTrail offers to leave out, and noise.
  const narrowed = parts.some(({ name }) => !["eventcategory", "eventsource"].includes(word(name)));
  const bySource = parts
    .filter(({ name }) => word(name) === "eventsource")
    .some(({ equals, leavesOut }) => equals.length > 0 || leavesOut.some(({ value }) => !noise.includes(word(value))));
  return narrowed || bySource ? "some" : "all";
}
