import { bySeverity, severities } from "../../output/severity";
import { type TrailEvent } from "../events/record";
import { type Finding } from "./model";
import { type Rule, type Sighting } from "./rule";

/** Findings of one rule that are told apart; later ones are one. */
const DISTINCT = 100;
const OTHERS = "and others";
/** Addresses, keys and regions told of one finding. */
const SHOWN = 5;

/** Adds up sightings to findings, in memory that has a limit. */
export class Findings {
  private readonly byRule = new Map<string, Map<string, Finding>>();

  add(rule: Rule, event: TrailEvent, { detail, key = detail, severity = rule.severity, ...more }: Sighting): void {
    const { events = 1, since = event.time } = more;
    const ofRule = this.byRule.get(rule.id) ?? new Map<string, Finding>();
    this.byRule.set(rule.id, ofRule);
    const fits = ofRule.has(key) || ofRule.size < DISTINCT;
    let known = ofRule.get(fits ? key : OTHERS);
    if (known === undefined) {
      const nothing = { events: 0, regions: [], addresses: [], accessKeyIds: [] };
      const what = { rule: rule.id, title: rule.title, severity, detail: fits ? detail : OTHERS };
      known = { ...what, first: since, last: event.time, ...nothing };
      ofRule.set(fits ? key : OTHERS, known);
    }
    known.events += events;
    known.last = event.time;
    known.severity = severities.indexOf(severity) < severities.indexOf(known.severity) ? severity : known.severity;
    addNew(known.regions, event.region);
    addNew(known.addresses, event.address);
    addNew(known.accessKeyIds, event.accessKeyId);
  }

  all(): Finding[] {
    return [...this.byRule.values()]
      .flatMap((each) => [...each.values()])
      .sort((a, b) => bySeverity(a, b) || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  }
}

function addNew(list: string[], value: string): void {
  if (value !== "" && list.length < SHOWN && !list.includes(value)) {
    list.push(value);
  }
}
