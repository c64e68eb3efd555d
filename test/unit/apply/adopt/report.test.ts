import assert from "node:assert/strict";
import { decide } from "../../../../operations/apply/adopt/decide";
import { changesTo } from "../../../../operations/apply/adopt/merge";
import { type AdoptReport, adoptExitCode, unsupportedNotes } from "../../../../operations/apply/adopt/report";
import { renderAdopt } from "../../../../operations/apply/adopt/render";
import { adoptRequest } from "../../../../operations/apply/adopt/request";
import { type Survey } from "../../../../operations/account/survey/model";
import { causeOf, problemOf } from "../../../../aws/problem";
import { ask } from "../../../../aws/ask";
import { accountId, factsOf } from "./facts";

const regions = ["us-east-1", "eu-west-1", "eu-west-2", "eu-west-3", "us-west-2"];
const detectors = regions.map((region) => ({ region, id: "a".repeat(32), tags: {}, enabled: true, publishingFrequency: "SIX_HOURS" })); // prettier-ignore

function reportOf(survey: Partial<Survey>): AdoptReport {
  const facts = factsOf({ regions, ...survey });
  const decisions = decide(facts);
  const changes = changesTo(facts.settings.adopt, decisions, facts);
  return { accountId, regions, file: "Pulumi.prod.yaml", decisions, changes, notes: [] };
}

describe("adopt's report", () => {
  const current = { import: {}, skip: [] };

  it("fits into 80 columns but for ids, and tells the same of many regions once", () => {
    const why = (region: string) => `These credentials may not call guardduty:ListDetectors in ${region}.`;
    const problems = regions.map((region) => ({ kind: "recorders" as const, region, action: "x:Y", cause: "denied" as const, reason: why(region) })); // prettier-ignore
    const text = renderAdopt(reportOf({ detectors, problems }), current);
    const [above = ""] = text.split("Changes to");
    assert.deepEqual(
      above.split("\n").filter((line) => line.length > 80),
      [],
    );
    assert.equal(above.match(/GuardDuty detector/g)?.length, 1);
    assert.match(above, /import +GuardDuty detector, every region/);
    assert.match(above, /unknown +Config recorder, every region/);
    assert.match(text, /\+ import baseline-threat-detection-eu-west-1-detector: a+@eu-west-1/);
    assert.match(text, /1 matter is\s+open/);
  });

  it("says so when there is nothing to do, and what is the stack's own", () => {
    const own = detectors.map((each) => ({ ...each, tags: { "baseline:project": "aws-prevention-baseline" } }));
    const text = renderAdopt(reportOf({ detectors: own }), current);
    assert.match(text, /5 more are the stack's own already\.[\s\S]*Nothing to do/);
    assert.equal(adoptExitCode(reportOf({ detectors: own })), 0);
  });

  it("says what a second copy of events costs, or that nobody knows", () => {
    const cost = { eventsPerMonth: 1_250_000, usd: 25, untold: ["eu-west-1"] };
    const known = renderAdopt({ ...reportOf({}), copies: { beside: ["corp"], cost } }, current);
    assert.match(known.replace(/\s+/g, " "), /by corp already.*about 1,250,000 events a month.*25\.00 dollars/);
    const unknown = renderAdopt({ ...reportOf({}), copies: { beside: ["corp"] } }, current);
    assert.match(
      unknown.replace(/\s+/g, " "),
      /2\.00 dollars for 100,000 events\. How many there are could not be told/,
    );
  });

  it("says once what does not exist to be asked", () => {
    const problem = { kind: "analyzers" as const, action: "x:Y", cause: "unsupported" as const, reason: "" };
    const problems = regions.map((region) => ({ ...problem, region }));
    assert.deepEqual(unsupportedNotes(problems).length, 1);
  });
});

describe("why something could not be told", () => {
  const error = (name: string, message = "", more: object = {}) => Object.assign(new Error(message), { name, ...more });
  const scp = "User: x is not authorized to perform: y with an explicit deny in a service control policy";
  const cases: [thrown: Error, cause: string][] = [
    [error("AccessDeniedException", "not authorized"), "denied"],
    [error("AccessDeniedException", scp), "service-control-policy"],
    [error("UnauthorizedOperation", scp), "service-control-policy"],
    [error("UnrecognizedClientException", "The security token included in the request is invalid."), "not-enabled"],
    [error("AuthFailure"), "not-enabled"],
    [error("ThrottlingException"), "throttled"],
    [error("TooManyRequestsException"), "throttled"],
    [error("TimeoutError"), "unreachable"],
    [error("Error", "getaddrinfo ENOTFOUND", { code: "ENOTFOUND" }), "unreachable"],
    [error("Error", "", { code: "ECONNREFUSED" }), "unreachable"],
    [error("InternalFailure", "", { $metadata: { httpStatusCode: 501 } }), "unsupported"],
    [error("InternalFailure"), "failed"],
    // Pages in place of an answer: of an emulator, of an outage, of a proxy.
    [
      error("UnreadableAnswer", "status 404 without an error code of AWS", {
        $response: { headers: { server: "Werkzeug/3.1.9" } },
      }),
      "unsupported",
    ],
    [
      error("UnreadableAnswer", "status 302 without an error code of AWS", {
        $response: { headers: { server: "awselb/2.0" } },
      }),
      "failed",
    ],
    [error("SyntaxError", "Sign in here."), "failed"],
  ];
  for (const [thrown, cause] of cases) {
    it(`is ${cause} after ${thrown.name} ${thrown.message}`, async () => {
      const told = await ask("x:Y", "eu-west-1", () => Promise.reject(thrown)).catch((each: unknown) => each);
      assert.equal(causeOf(told), cause);
      const { reason } = problemOf("detectors", "eu-west-1", "x:Y", told);
      assert.match(reason, /eu-west-1.*\.$/);
    });
  }
});

describe("adopt's command line", () => {
  const trail = "beside" as const;
  it("needs to know which stack", () => {
    assert.throws(() => adoptRequest({ trail }), { code: "no-stack", exitCode: 2 });
  });
  it("refuses what is no region", () => {
    assert.throws(() => adoptRequest({ trail, stack: "prod", regions: "us-east-1,moon" }), { code: "invalid-regions" });
  });
  it("takes the file of a stack with its organization", () => {
    const request = adoptRequest({ trail, stack: "acme/baseline/prod" });
    assert.match(request.file, /Pulumi\.prod\.yaml$/);
    assert.equal(request.stack, "acme/baseline/prod");
  });
});
