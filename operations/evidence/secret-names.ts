// What AWS calls a secret without saying so, and what is one whatever its value looks like.
const exact =
  /^(Plaintext|Base32StringSeed|QRCodePNG|AuthenticationCode\d?|TokenCode|UserData|Authorization|Cookie|Set-Cookie)$/i;
const telling = /passw(?:or)?d|passphrase|pwd|secret|token|(?:api|private)[-_]?key|ServiceApiKeyValue/i;
/** What ends a name that is about a secret and holds none: `SecretId`, `PasswordLastUsed`, `aws:TokenIssueTime`. */
const about =
  /(?:ids?|arns?|names?|types?|time|date|days|length|age|count|size|polic(?:y|ies)|used?|changed|status|states?|enabled|required|reuse|prevention|versions?|stages?|rotat(?:ed|ion)|expir(?:es|y|ation|ed)|ur[il]s?|endpoints?|region|list|set|methods?|scopes?|configuration|tags?)$/i;
/** Names a place in a list, or a request; opens nothing. */
const places =
  /^(?:next|prev|previous|page|starting|continuation|nextcontinuation|nextforward|nextbackward|pagination|client|clientrequest|idempotency|request|change|lock)_?tokens?$/i;

const known = new Map<string, boolean>();

/** Whether what bears a name is a secret: a member of AWS's answers and requests, a variable, a header, an option. */
export function isSecretName(name: string): boolean {
  let is = known.get(name);
  if (is === undefined) {
    is = exact.test(name) || (telling.test(name) && !about.test(name) && !places.test(name));
    // Names come from outside, too.
    if (known.size < 10_000) known.set(name, is);
  }
  return is;
}

/** Whether what bears a name holds variables of a program, of which any can be a secret. */
export function holdsVariables(name: string): boolean {
  return /^(?:env|environment|environment_?variables)$/i.test(name);
}
