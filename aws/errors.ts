/** The error's code in AWS's terms, for instance `NoSuchEntity`. */
export function errorCode(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

/** Runs a look-up; undefined when AWS says with one of these codes that the thing is not there. */
export async function unlessGone<T>(lookUp: Promise<T>, ...codes: string[]): Promise<T | undefined> {
  try {
    return await lookUp;
  } catch (error) {
    if (isOneOf(error, codes)) {
      return undefined;
    }
    throw error;
  }
}

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  const code = errorCode(error);
  return codes.some((each) => code === each || code === `${each}Exception`);
}
