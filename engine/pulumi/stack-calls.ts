import { badInput } from "../../common/errors";

/** A setting of the AWS provider, by its name without `aws:`. Undefined where nobody sets it. */
export type ProviderSetting = (name: string) => unknown;

/** Settings of the AWS provider out of a configuration by full key. */
export function providerSetting(config: Readonly<Record<string, unknown>>): ProviderSetting {
  return (name) => plain(config[`aws:${name}`]);
}

interface Elsewhere {
  code: "endpoint-configured" | "not-encrypted";
  sentence: string;
  next: string;
}

/**
 * Why calls of a stack may not reach AWS, or not prove that it is AWS; undefined where they do.
 *
 * @param where the settings are, for the sentence
 * @param endpoint of an emulator: calls may go there, and it need not prove anything
 */
export function callsElsewhere(where: string, setting: ProviderSetting, endpoint?: string): Elsewhere | undefined {
  const off = endpoint === undefined ? checksOff.find((name) => isOn(setting(name))) : undefined;
  if (off !== undefined) {
    const sentence = `${where} sets aws:${off}, which switches off a check of who answers`;
    return { code: "endpoint-configured", sentence, next: `Take the setting out; ${emulator}` };
  }
  const endpoints = setting("endpoints") ?? [];
  if (!isReadable(endpoints)) {
    const sentence = `${where} has aws:endpoints, and where it sends calls cannot be read`;
    return { code: "endpoint-configured", sentence, next: `Take the setting out; ${emulator}` };
  }
  const all = [endpoints].flat().flatMap((each) => Object.entries(each));
  const [service, url] = all.find((each) => each[1] !== "" && !isSamePlace(each[1], endpoint)) ?? [];
  if (service === undefined) {
    return undefined;
  }
  return typeof url === "string" && /^http:/i.test(url)
    ? {
        code: "not-encrypted",
        sentence: `${where} sends calls of ${service} to an http address (aws:endpoints)`,
        next: `Take the setting out; ${emulator}`,
      }
    : {
        code: "endpoint-configured",
        sentence: `${where} sends calls of ${service} elsewhere than to AWS (aws:endpoints)`,
        next: `Take the setting out: a VPC endpoint with private DNS needs none, AWS's own names lead to it; ${emulator}`,
      };
}

/** @throws BaselineError `not-encrypted`, `endpoint-configured` (exit code 2) where `callsElsewhere` says why not */
export function requireCallsToAws(where: string, setting: ProviderSetting, endpoint?: string): void {
  const found = callsElsewhere(where, setting, endpoint);
  if (found !== undefined) {
    throw badInput(found.code, `${found.sentence}; nothing was sent.`, found.next);
  }
}

/** Lists and maps may stand in a stack file as JSON text. */
function plain(value: unknown): unknown {
  if (typeof value !== "string" || !/^[[{]/.test(value.trim())) {
    return value;
  }
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Without these the provider takes whatever answers for AWS, and any account for the stack's. */
const checksOff = ["insecure", "skipCredentialsValidation", "skipRequestingAccountId"];

const emulator = "for an emulator on this machine name it: --endpoint http://localhost:5000.";

/** An encrypted value counts as on: nobody can read it here. */
function isOn(value: unknown): boolean {
  return ![undefined, null, false, 0, ""].includes(value as null) && !["false", "0"].includes(textOf(value));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim().toLowerCase() : "";
}

function isReadable(endpoints: unknown): endpoints is object | object[] {
  return [endpoints].flat().every((each) => typeof each === "object" && each !== null && !("secure" in each));
}

/** Names of this machine are the same place. */
function isSamePlace(url: unknown, endpoint: string | undefined): boolean {
  const [one, other] = [originOf(url), originOf(endpoint)];
  return one !== undefined && one === other;
}

function originOf(url: unknown): string | undefined {
  if (typeof url !== "string" || !URL.canParse(url)) {
    return undefined;
  }
  const { protocol, hostname, port } = new URL(url);
  const host = /^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) ? "localhost" : hostname;
  return `${protocol}//${host}:${port}`;
}
