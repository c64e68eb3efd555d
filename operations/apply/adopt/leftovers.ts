import { type Leftovers, type Found } from "./found";
import { type AwsClients } from "../../../aws/clients";
import { AccountBaseline } from "../../../components/account-baseline";
import { globalRegion } from "../../../components/foundation/partition";
import { type BaselineSettings } from "../../../components/foundation/settings/model";
import { runProgram } from "../../../engine/in-process/program";
import { type Registration } from "../../../engine/in-process/registration";
import { controlOf } from "../../../engine/control-of";
import { Attempts } from "../../../aws/attempt";
import { type Survey, type Tags } from "../../account/survey/model";
import { bearsOurTags } from "../../account/survey/owner";
import { type Existing, keyTags, type Lookup, lookups, type Place } from "./lookups";
import { type Decision, type Facts } from "./model";
import { isOurs, ours } from "./regional";
import { resourceNames } from "./resource-names";

const keyType = "aws:kms/key:Key";

/**
 * Looks for what the program would make and could not, because something of the same name is there: mostly what a former
 * stack of the baseline left behind. What AWS writes over without a word (rules, alarms, policies, settings) is not
 * looked for, nor what the survey has seen already.
 */
export async function findLeftovers(
  aws: AwsClients,
  survey: Survey,
  settings: BaselineSettings,
  onProgress?: (text: string) => void,
): Promise<Leftovers> {
  const declared = await declaredBy(survey, settings);
  const attempts = new Attempts<string>();
  const home = globalRegion(survey.partition);
  const asked = declared.flatMap((each) => {
    const lookup = lookups[each.type];
    const region = regionOf(each);
    return lookup && (region === undefined || survey.regions.includes(region)) ? [{ each, lookup, region }] : [];
  });
  onProgress?.(`looking for ${asked.length} names that the baseline gives`);
  const looks = await Promise.all(
    asked.map(async ({ each, lookup, region }) => ({
      each,
      existing: await attempts.one<Existing | undefined | "untold">(each.type, region ?? home, "untold", (call) => {
        const { accountId, partition } = survey;
        return look(lookup, { aws, call, accountId, partition, region: region ?? home }, each);
      }),
    })),
  );
  const found = looks.flatMap(({ each, existing }) =>
    existing === undefined || existing === "untold" ? [] : [foundAs(each, existing)],
  );
  const absent = looks.flatMap(({ each, existing }) => (existing === undefined ? [each.name] : []));
  const keys = await keysOf(aws, attempts, found, declared, home);
  return { found: [...found, ...keys], absent, problems: attempts.problems };
}

/** Every resource of the program for this account, by the names it has there; nothing is asked and nothing made. */
async function declaredBy(survey: Survey, settings: BaselineSettings): Promise<Registration[]> {
  const { accountId, partition, regions } = survey;
  const { homeRegion, adopt } = settings;
  const trail = adopt.import[resourceNames.trail];
  const account = {
    accountId,
    partition,
    regions: [homeRegion, ...regions.filter((each) => each !== homeRegion)],
    ofControls: {},
  };
  // Of what is imported, the trail alone gives its name to others.
  const isNamed = settings.auditTrail.enabled && trail !== undefined;
  const imports: Record<string, string> = isNamed ? { [resourceNames.trail]: trail } : {};
  const asIs = { ...settings, adopt: { ...adopt, import: imports } };
  const registrations: Registration[] = [];
  await runProgram(
    {
      program: () => void new AccountBaseline("baseline", { settings: asIs, account }),
      project: "aws-prevention-baseline",
      stack: "adopt",
      config: {},
      preview: true,
    },
    {
      register: (registration) => {
        registrations.push(registration);
        return Promise.resolve({ outputs: registration.inputs });
      },
      invoke: (token) => Promise.reject(new Error(`the program asks ${token} while it is only read`)),
    },
  );
  return registrations;
}

async function look(lookup: Lookup, place: Place, { inputs }: Registration): Promise<Existing | undefined> {
  const name = inputs[lookup.named];
  return typeof name === "string" ? lookup.find(place, name) : undefined;
}

function foundAs(registration: Registration, existing: Existing): Found {
  const { name: resource, type, urn, inputs } = registration;
  const lookup = lookups[type]!;
  const region = regionOf(registration);
  const row = { resource, type, thing: lookup.thing, name: String(inputs[lookup.named]), control: controlOf(urn) };
  return { ...row, ...(region !== undefined && { region }), ...existing };
}

/**
 * The keys of what was found: of an alias the key it stands for, of a log group the one that encrypts it. A new key
 * would leave the old evidence to a key that no stack manages.
 */
async function keysOf(
  aws: AwsClients,
  attempts: Attempts<string>,
  found: Found[],
  declared: Registration[],
  home: string,
): Promise<Found[]> {
  const byUrn = new Map(declared.map((each) => [each.urn, each]));
  const keys = new Map<string, Found>();
  for (const each of found) {
    const { propertyDependencies } = declared.find(({ name }) => name === each.resource)!;
    const [urn = ""] = propertyDependencies["targetKeyId"] ?? propertyDependencies["kmsKeyId"] ?? [];
    const key = byUrn.get(urn);
    const id = each.keyId?.split("/").at(-1);
    if (key === undefined || id === undefined || keys.has(key.name)) {
      continue;
    }
    const region = each.region ?? home;
    const tags = await attempts.one<Tags | undefined>(keyType, region, undefined, (call) =>
      keyTags({ aws, call, region }, id),
    );
    if (tags !== undefined && bearsOurTags(tags)) {
      const row = { resource: key.name, type: keyType, thing: "KMS key", name: id, control: each.control };
      keys.set(key.name, { ...row, region, id, tags });
    }
  }
  return [...keys.values()];
}

function regionOf({ inputs }: Registration): string | undefined {
  const { region } = inputs;
  return typeof region === "string" ? region : undefined;
}

/** What is to be done about each, and about what could not be looked for. */
export function leftovers(facts: Facts): Decision[] {
  const { found = [], problems = [] } = facts.leftovers ?? {};
  return [
    ...found.map((each) => decide(facts, each)),
    ...problems.flatMap(({ kind, region, cause, reason }): Decision[] =>
      cause === "unsupported"
        ? []
        : [
            {
              thing: lookups[kind]?.thing ?? "KMS key",
              name: "",
              region,
              control: "every control",
              owner: "theirs",
              action: "unknown",
              why: `Whether one of the baseline's names is there could not be told. ${reason}`,
            },
          ],
    ),
  ];
}

function decide(facts: Facts, each: Found): Decision {
  const { thing, name, region, control, resource, type, id, importId = id, tags } = each;
  const row = { thing, name, control, ...(region !== undefined && { region }) };
  const as = { resource, id: region === undefined ? importId : `${importId}@${region}` };
  const looksOurs = tags === undefined || bearsOurTags(tags);
  if (isOurs(facts, type, id, region, looksOurs)) {
    return { ...row, ...ours, as };
  }
  if (!looksOurs) {
    const why =
      "It has the name that the baseline would give and not the baseline's tags: it is somebody else's. Rename or delete it, or set another namePrefix.";
    return { ...row, owner: "theirs", action: "conflict", why };
  }
  if (type === keyType && facts.made?.has(resource)) {
    const why = "The stack has a key of its own. This one stays, for what is encrypted with it.";
    return { ...row, owner: "ours", action: "keep", why };
  }
  const why = "A former stack of the baseline left it behind. `up` takes it over; it could not make a second one.";
  return { ...row, owner: "ours", action: "import", why, as };
}
