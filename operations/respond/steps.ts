import { type Step } from "./step";

const sweepToo = ["sweep"] as const;

/** What `respond` can do, in the order of an incident. A step is a line here and a module that exports its `StepRun`. */
export const steps: readonly Step[] = [
  {
    name: "triage",
    summary: "whose it is, what it may do, whether it is in use; reads only",
    load: async () => (await import("./triage/triage.js")).triage,
  },
  {
    name: "contain",
    summary: "key Inactive, sessions revoked, everything denied; can be undone",
    changes: true,
    load: async () => (await import("./contain/contain.js")).contain,
    options: [
      ["--all-keys", "every key of the user, not only the one that was named"],
      ["--deny-role", "deny the role everything from now on, not only to its older sessions"],
      ["--revoke-again", "also end sessions begun since the last time"],
      ["--disable-console", "delete the console password; the one thing that cannot be undone"],
      ["--even-me", "go on although it locks out whoever runs this"],
      ["--undo", "take back what the evidence says was done"],
    ],
    stopsItself: true,
  },
  {
    name: "timeline",
    summary: "what it did in every region, and what of that stands out",
    load: async () => (await import("./timeline/step.js")).timeline,
    options: [
      ["--from <time>", "timeline, sweep: a day or a time (default: 90 days ago)", sweepToo],
      ["--to <time>", "timeline, sweep: a day or a time (default: now)", sweepToo],
      ["--since <time>", "timeline, sweep: suspected since then; what is before it counts as usual", sweepToo],
      ["--regions <names>", "every step: comma-separated (default: every enabled region)", "every"],
      [
        "--bucket <name[/prefix]>",
        "timeline, sweep: also read a trail's log files: beyond 90 days, and data events",
        sweepToo,
      ],
      ["--organization <id>", "timeline, sweep: o-..., where the trail in --bucket is the organization's", sweepToo],
      ["--known-regions <names>", "regions it works in (default: those before --since)"],
      ["--time-zone <name>", "timeline, sweep: such as Asia/Seoul (default: UTC)", sweepToo],
      ["--night <hours>", "such as 22-6, in that time zone (default: 0-6)"],
      ["--markdown", "print Markdown"],
      ["--html", "print HTML"],
    ],
    stopsItself: true,
  },
  {
    name: "sweep",
    summary: "what it made that still exists; stops instances, deactivates keys",
    changes: true,
    load: async () => (await import("./sweep/step.js")).sweep,
    stopsItself: true,
  },
  {
    name: "recover",
    summary: "the checklist back to normal, with its state",
    load: async () => (await import("./recover/recover.js")).recover,
    needsFolder: true,
    options: [
      ["--done <items...>", "tick these off"],
      ["--open <items...>", "these are open again"],
      ["--note <text>", "a word about why, kept with the items"],
    ],
  },
  {
    name: "report",
    summary: "the incident as Markdown and HTML, from the evidence",
    load: async () => (await import("./report/report.js")).report,
    needsFolder: true,
    offline: true,
  },
  {
    name: "verify",
    summary: "what the evidence proves: hashes, files, and anchors with --anchor",
    alone: async () => (await import("./contain/verify.js")).verify,
  },
];
