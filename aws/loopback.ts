import { badInput, type BaselineError } from "../common/errors";

/**
 * The one gate between the sandbox and a real account: whatever talks AWS in here has passed its endpoint through this.
 *
 * @returns the endpoint's origin
 */
export function requireLoopback(endpoint: string | undefined): string {
  if (endpoint === undefined || endpoint === "") {
    throw refused("The sandbox provider was given no endpoint");
  }
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    throw refused("The sandbox provider was given an endpoint that is no URL");
  }
  // The URL may hold a password; name its origin only.
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw refused(`The sandbox provider was given an endpoint of the scheme ${url.protocol}`);
  }
  if (url.username !== "" || url.password !== "" || !isLoopback(url.hostname)) {
    throw refused(`The sandbox provider was given the endpoint ${url.origin}, which is not on this machine`);
  }
  return url.origin;
}

/** `URL` has already brought 127.1, 0x7f.1 and 2130706433 to four numbers, and an IPv6 address to its short form. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function refused(what: string): BaselineError {
  return badInput(
    "endpoint-not-loopback",
    `${what}, so nothing was done: it works on an emulated account only.`,
    "Give it the emulator's address, for example http://localhost:5000.",
  );
}
