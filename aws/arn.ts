/** The account of an ARN, twelve digits; undefined of what is none, or bears no account. */
export function accountIn(arn: unknown): string | undefined {
  return typeof arn === "string" ? /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(arn)?.[1] : undefined;
}
