import { badInput, type BaselineError } from "../common/errors";
import { type Profile } from "./profile";

// Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".
const variable = /^AWS_ENDPOINT_URL(_[A-Z0-9_]+)?$/;

/** Names of the variables that send calls elsewhere than to AWS. */
export function endpointVariables(environment: NodeJS.ProcessEnv = process.env): string[] {
  return Object.keys(environment)
    .filter((name) => variable.test(name) && environment[name])
    .sort();
}

/**
 * Refuses to go on where the environment or the profile names another address than AWS's own: real credentials would go
 * there, and what answers would pass for the account. An emulator is named with --endpoint, which uses no credentials.
 *
 * @throws BaselineError `endpoint-configured`, exit code 2
 */
export function requireNoConfiguredEndpoint(profile: Profile, environment: NodeJS.ProcessEnv = process.env): void {
  if (isIgnored(profile, environment)) {
    return;
  }
  const [name] = endpointVariables(environment);
  if (name !== undefined) {
    throw refused(`${name} is set`, `Unset ${name} to work on the account itself`);
  }
  const key = profileEndpoint(profile);
  if (key !== undefined) {
    throw refused(
      `The profile ${profile.name ?? "default"} sets ${key}`,
      `Take it out of ~/.aws/config to work on the account itself, or set AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true`,
    );
  }
}

/** As the SDK reads it: the variable, where it is either, goes before the profile. */
function isIgnored({ settings }: Profile, environment: NodeJS.ProcessEnv): boolean {
  const said = environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"];
  return (said === "true" || said === "false" ? said : settings["ignore_configured_endpoint_urls"]) === "true";
}

function profileEndpoint({ settings, sections }: Profile): string | undefined {
  if (settings["endpoint_url"]) {
    return "endpoint_url";
  }
  const services = settings["services"];
  const section = services === undefined ? undefined : sections[`services.${services}`];
  const found = Object.entries(section ?? {}).find(([key, value]) => key.endsWith("endpoint_url") && value);
  return found && `${found[0].replace(".", " ")} in its section services ${services}`;
}

function refused(what: string, next: string): BaselineError {
  return badInput(
    "endpoint-configured",
    `${what}, which sends calls, and their signatures, elsewhere than to AWS; nothing was sent.`,
    `${next}; for an emulator on this machine name it: --endpoint http://localhost:5000.`,
  );
}
