import { badInput } from "../common/errors";

/** A bucket, and the folder in it that is meant. */
export interface BucketPlace {
  name: string;
  /** Without a slash at the end. Absent: the whole bucket. */
  prefix?: string;
}

/**
 * Reads `name`, `name/prefix` or `s3://name/prefix`. Source: S3 User Guide, "Bucket naming rules".
 *
 * @param flag the option it was given to
 * @throws BaselineError `invalid-bucket`, exit code 2
 */
export function bucketPlaceOf(flag: string, said: string): BucketPlace {
  const [, name, prefix = ""] = /^(?:s3:\/\/)?([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(said.trim()) ?? [];
  if (name === undefined) {
    throw badInput(
      "invalid-bucket",
      `${flag} ${JSON.stringify(said)}: no bucket.`,
      "Give the name of a bucket, with /prefix where only a part of it is meant.",
    );
  }
  const clean = prefix.replace(/\/+$/, "");
  return { name, ...(clean !== "" && { prefix: clean }) };
}
