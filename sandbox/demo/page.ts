import { type PolicyFinding } from "../../engine/host";
import { type DriftItem } from "../../operations/watch/drift/model";
import { controls } from "../../components/controls";
import { controlRows } from "../../operations/output/whereabouts";
import { escape, facts, htmlTable, list, page, section } from "../../operations/output/html";
import { type ControlEvidence } from "../../operations/account/verify";
import { type Evidence } from "../../components/foundation/verify/verifier";
import { beforeLines } from "./before";

import { type Story } from "./story";
import { groupBySays } from "./tell";

/** The run as one HTML page: no script, no network, readable on a phone and in the dark. */
export function storyAsHtml(story: Story): string {
  const held = story.steps.every((each) => each.held);
  const items = story.steps.map((each) => `<li class="${each.held ? "ok" : "no"}">${escape(each.name)}</li>`);
  return page(`Practice account: ${held ? "every step held" : "a step did not hold"}`, {
    header: `<h1>${held ? "Every step held" : "A step did not hold"}</h1>
<p>A practice account was hardened, a dangerous change refused, and drift found.</p>
${facts(factsOf(story))}
<ol class="steps">${items.join("")}</ol>`,
    main: `${section("The account before", list(beforeLines(story.before, new Date(story.startedAt)).map(escape)))}
${section("Controls: what the emulated account says now", story.up.controls.map(control).join(""))}
${story.up.recordedOnly.length > 0 ? section("Recorded only: the emulator has no API for it", list(story.up.recordedOnly.map(escape))) : ""}
${section(`Regions: ${story.regions.length} covered`, regions(story))}
${section("A change refused", refused(story))}
${section("Drift found", drift(story))}`,
    footer: `aws-prevention-baseline, ${escape(story.startedAt)}, ${story.seconds.toFixed(1)} s. An emulated account (moto): no AWS account was touched.`,
  });
}

function factsOf(story: Story): [string, string][] {
  return [
    ["Engine", story.engine],
    ["Provider", story.provider],
    ["Emulator", story.emulator],
    ["Account", story.accountId],
    ["Resources", `${story.up.created} created in ${story.up.seconds.toFixed(1)} s`],
  ];
}

const badges = { ok: "holds", no: "does not hold", none: "off, or not readable here" };

/** Also the names of CSS classes. */
function outcome(evidence: Evidence[]): keyof typeof badges {
  if (evidence.every(({ neutral }) => neutral)) {
    return "none";
  }
  return evidence.every(({ holds }) => holds) ? "ok" : "no";
}

function control({ control: id, evidence }: ControlEvidence): string {
  const verdict = outcome(evidence);
  const description = controls.find((each) => each.id === id);
  const items = [...groupBySays(evidence)].map(([says, same]) => {
    const places = same.flatMap(({ region }) => region ?? []);
    return `<li class="${outcome(same)}">${places.length > 1 ? `<b>${places.length} regions</b> ` : ""}${escape(says)}</li>`;
  });
  return `<article><h3><span class="badge ${verdict}">${badges[verdict]}</span> ${escape(description?.title ?? id)}</h3>
<p class="quiet">${escape(id)}. Stops: ${escape(description?.stops ?? "")}</p><ul>${items.join("")}</ul></article>`;
}

function regions({ regions: names, preview, up }: Story): string {
  const failing = new Set(
    up.controls.flatMap(({ evidence }) => evidence.flatMap(({ holds, region }) => (holds ? [] : (region ?? [])))),
  );
  const chips = names.map((name) => {
    const number = preview.resources.filter(({ region }) => region === name).length;
    return `<li class="${failing.has(name) ? "no" : "ok"}">${escape(name)} <span class="quiet">${number}</span></li>`;
  });
  const rows = controlRows(preview.resources);
  return `<ul class="chips">${chips.join("")}</ul>
${htmlTable([["Control", "Resources", "Where"], ...rows])}`;
}

function refused({ refused: { findings, absent } }: Story): string {
  const items = absent.map(({ holds, says }) => `<li class="${holds ? "ok" : "no"}">${escape(says)}</li>`);
  return `${findings.map(finding).join("")}<p>Nothing of it was created. The emulated account says:</p><ul>${items.join("")}</ul>`;
}

function finding({ policy, urn, message }: PolicyFinding): string {
  const name = urn.split("::").at(-1) ?? urn;
  const lines = message.split("\n").map((line) => `<p>${escape(line)}</p>`);
  return `<article><h3><span class="badge no">refused</span> ${escape(name)}</h3><p class="quiet">${escape(policy)}</p>${lines.join("")}</article>`;
}

function drift({ drift: { done, report, exitCode } }: Story): string {
  return `<p>Behind the program's back, somebody ran:</p>${list(done.map(({ says }) => `<code>aws ${escape(says)}</code>`))}
<p>Refresh looked at ${report.checked} resources and found these ${report.items.length}, exit code ${exitCode}:</p>
${report.items.map(driftItem).join("")}`;
}

function driftItem(item: DriftItem): string {
  const changes = item.differences.map(
    ({ path, expected, found }) =>
      `<li><code>${escape(path)}</code> expected <code>${shown(expected)}</code>, found <code>${shown(found)}</code></li>`,
  );
  const gone =
    item.consequences.length > 0
      ? [`<li>gone with it: ${escape(item.consequences.map(({ name }) => name).join(", "))}</li>`]
      : [];
  return `<article><h3><span class="badge no">${escape(item.change ?? item.state)}</span> ${escape(item.control)}, ${escape(item.region ?? "account")}</h3>
<p class="quiet">${escape(item.type)} ${escape(item.id)}</p><ul>${[...changes, ...gone].join("")}</ul></article>`;
}

function shown(value: unknown): string {
  return escape(value === undefined ? "nothing" : JSON.stringify(value));
}
