import { type TrailEvent } from "../../events/record";
import { type Rule } from "../rule";

/** Services that report to one region whatever region is worked in. */
const global = /^(iam|sts|organizations|cloudfront|route53|support|health|account|signin|globalaccelerator|waf|ce)$/;
/** Tools of break-ins, and of audits; an audit is known to whoever ordered it. */
const tools =
  /kali|parrot|pentoo|pacu|cloudfox|enumerate-iam|scout ?suite|trufflehog|weirdaal|endgame|awscli-.*kali|s3 browser|nmap|prowler|principalmapper|cloudmapper|steampipe/i;
/** Distinct nights of the learned time after which working at night is usual. */
const USUAL_NIGHTS = 3;
/** Days without a call after which nobody expects one. */
const IDLE_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Most values a rule remembers; an identity with more of them has no usual ones. */
const REMEMBERED = 5000;

/** Learns values, then tells the new ones; each of them stays new. */
function unseen(known?: readonly string[]): (value: string, learning: boolean) => boolean {
  const usual = new Set(known);
  return (value, learning) => {
    if (learning && known === undefined && usual.size < REMEMBERED) {
      usual.add(value);
    }
    return !usual.has(value) && usual.size < REMEMBERED && (known !== undefined || !learning);
  };
}

/** A call by a person or a program, not by a service in its name. By its address: a thief chooses the user agent. */
function isOwn({ address }: TrailEvent): boolean {
  return address !== "" && !/\.amazonaws\.com(\.cn)?$|^AWS Internal$/.test(address);
}

/** A user agent without versions: programs are updated, and stay what they are. */
export function programOf(agent: string): string {
  const [first = ""] = agent.replace(/^\[|\]$/g, "").split(/[\s/;]/);
  const system = /\b(windows|linux|darwin|macos|android|ios)\b/i.exec(agent)?.[1]?.toLowerCase();
  return [first || "no user agent", ...(system === undefined ? [] : [`on ${system}`])].join(" ");
}

/** What the identity has not done before. */
export const unusualRules: readonly Rule[] = [
  {
    id: "new-region",
    title: "A region it never worked in before",
    severity: "high",
    needs: "usual",
    begin: ({ knownRegions }) => {
      const isNew = unseen(knownRegions);
      return ({ event, learning }) =>
        event.region !== "" && !global.test(event.service) && isNew(event.region, learning)
          ? { detail: event.region }
          : undefined;
    },
  },
  {
    id: "new-address",
    title: "An address it never came from before",
    severity: "medium",
    needs: "usual",
    begin: () => {
      const isNew = unseen();
      return ({ event, learning }) =>
        isOwn(event) && isNew(event.address, learning) ? { detail: event.address } : undefined;
    },
  },
  {
    id: "new-agent",
    title: "A program it never used before",
    severity: "medium",
    needs: "usual",
    begin: () => {
      const isNew = unseen();
      return ({ event, learning }) => {
        const program = programOf(event.agent);
        return isOwn(event) && isNew(program, learning) ? { detail: program } : undefined;
      };
    },
  },
  {
    id: "used-again",
    title: "It lay idle, and was used again",
    severity: "high",
    needs: "everything",
    begin: ({ idleSince }) => {
      let last = idleSince;
      return ({ event }) => {
        if (!isOwn(event)) {
          return undefined;
        }
        const idle = last === undefined ? 0 : Math.floor((event.at - last) / DAY_MS);
        last = event.at;
        return idle < IDLE_DAYS ? undefined : { detail: `after ${idle} days without a call` };
      };
    },
  },
  {
    id: "attack-tool",
    title: "A tool of break-ins or audits",
    severity: "high",
    begin:
      () =>
      ({ event }) => {
        const found = tools.exec(event.agent)?.[0];
        return found === undefined ? undefined : { detail: found.toLowerCase() };
      },
  },
  {
    id: "night",
    title: "Work at night, which it did not do before",
    severity: "medium",
    needs: "usual",
    begin: ({ night: [from, to] }) => {
      const nights = new Set<string>();
      const isNight = (hour: number) => (from <= to ? hour >= from && hour < to : hour >= from || hour < to);
      return ({ event, local, learning }) => {
        if (!isOwn(event) || !isNight(local.hour)) {
          return undefined;
        }
        if (learning && nights.size < USUAL_NIGHTS) {
          nights.add(local.day);
        }
        return learning || nights.size >= USUAL_NIGHTS ? undefined : { detail: `night of ${local.day}` };
      };
    },
  },
];
