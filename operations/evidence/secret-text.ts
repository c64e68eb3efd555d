import { credentialsIn, entropy, forEachRun, isTelling } from "aws-prevention-baseline-policy-pack/secrets/text";
import { isSecretName } from "./secret-names";

export const REDACTED = "[redacted]";

/** Whether any of the searches below can find something; most texts end here. */
const worthALook = new RegExp(
  [
    "passw|passphrase|pwd|secret|token|authorization|api_?-?key|private_?-?key|cookie|:\\/\\/[^\\s/]*@",
    "gh[opsur]_|github_pat_|glpat-|[sr]k_(?:live|test)_|whsec_|xox[abeoprs]-|AIza|npm_|eyJ|SG\\.|ya29\\.|hooks\\.slack",
    "dop_v1_|hf_|pypi-|IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|AQoDYXdz|AQoEXAMPLE",
  ].join("|"),
  "i",
);

/** Tokens that show what they are. Source: the vendors' documentation of their prefixes; RFC 7519 for JSON Web Tokens. */
const tokens = new RegExp(
  [
    "gh[opsur]_[A-Za-z0-9]{20,}",
    "github_pat_\\w{20,}",
    "glpat-[\\w-]{16,}",
    "[sr]k_(?:live|test)_[A-Za-z0-9]{10,}",
    "whsec_[A-Za-z0-9+/=]{10,}",
    "xox[abeoprs]-[A-Za-z0-9-]{10,}",
    "AIza[\\w-]{35}",
    "npm_[A-Za-z0-9]{30,}",
    "eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]*",
    "SG\\.[\\w-]{16,}\\.[\\w-]{16,}",
    "ya29\\.[\\w-]{20,}",
    "hooks\\.slack\\.com/services/[\\w/]+",
    "dop_v1_[a-f0-9]{32,}",
    "hf_[A-Za-z0-9]{30,}",
    "pypi-[\\w-]{40,}",
    // What STS's session tokens begin with.
    "(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz|AQoDYXdz)[A-Za-z0-9+/=%]*",
  ].join("|"),
  "g",
);

// JSON inside a text that is no JSON as a whole, however often it was quoted.
const member = /(?<!\\)"([\w.:-]{1,64})"(\s*:\s*)"(?:[^"\\]|\\.)*"?/g;
const quotedMember = /(\\+")([\w.:-]{1,64})\1(\s*:\s*)\1(?:(?!(?<!\\)\1)[^])*\1/g;
// `password=...`, `--token ...`, `SECRET: ...`
const assignment =
  /(^|[^\w.:-])(-{0,2}[A-Za-z_][\w.-]{0,63}?)(["']?\s{0,2}[=:]\s{0,2}["']?|(?<=--[\w-]{1,64})\s+["']?)([^\s"'&,;<>()[\]{}]{3,})/g;
// A signature that does not match is answered with the request, the caller's own session token in it.
const headers =
  /(x-amz-security-token|authorization)(['"]?\s*[:=]\s*['"]?)[^\s'"\\]+(?:(?<=AWS4-HMAC-SHA256|Bearer|Basic)[^'"\n\\]+)?/gi;
const inUrl = /(:\/\/[^\s/:@]*:)[^\s/@]+@/g;
const endsInSecret = /(?:password|passwd|passphrase|pwd|secret|token|key)$/i;

const SECRET_LENGTH = 40;
/** A secret key at random has about 4.9 bits a character, and a name, a path or a hash less. */
const SECRET_BITS = 4.5;

/**
 * A text without what it holds of credentials: secret keys and private keys by their looks, tokens of well-known services by
 * their beginnings, and what stands behind a telling name.
 *
 * @param name of the member that holds the text
 */
export function cleanText(text: string, name = ""): string {
  const found = worthALook.test(text) ? withoutNamed(text) : text;
  if (found.length < SECRET_LENGTH) {
    return found;
  }
  const kinds = credentialsIn(found, isTelling(name) ? "named" : "no");
  return kinds.has("private key") ? REDACTED : withoutSecretKeys(found, kinds.has("AWS secret access key"));
}

function withoutNamed(text: string): string {
  return text
    .replace(tokens, REDACTED)
    .replace(headers, `$1$2${REDACTED}`)
    .replace(inUrl, `$1${REDACTED}@`)
    .replace(member, (all: string, name: string, colon: string) =>
      isSecretName(name) ? `"${name}"${colon}"${REDACTED}"` : all,
    )
    .replace(quotedMember, (all: string, quote: string, name: string, colon: string) =>
      isSecretName(name) ? `${quote}${name}${quote}${colon}${quote}${REDACTED}${quote}` : all,
    )
    .replace(assignment, (all: string, before: string, name: string, sign: string, value: string) =>
      endsInSecret.test(name) && isSecretName(name) && !/^(arn:|\[redacted)/.test(value)
        ? `${before}${name}${sign}${REDACTED}`
        : all,
    );
}

/** @param all whether every run of that length is taken for one, because something beside it says so */
function withoutSecretKeys(text: string, all: boolean): string {
  const parts: string[] = [];
  let end = 0;
  forEachRun(text, SECRET_LENGTH, (from, to) => {
    const run = text.slice(from, to);
    if (run.length === SECRET_LENGTH && (all || looksRandom(run))) {
      parts.push(text.slice(end, from), REDACTED);
      end = to;
    }
  });
  return parts.length > 0 ? parts.join("") + text.slice(end) : text;
}

function looksRandom(run: string): boolean {
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run) && entropy(run) >= SECRET_BITS;
}
