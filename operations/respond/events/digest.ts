import { createHash, createPublicKey, verify } from "node:crypto";

/** An hour of a trail's deliveries in a region. Source: CloudTrail User Guide, "CloudTrail digest file structure". */
export interface Digest {
  digestStartTime: string;
  digestEndTime: string;
  digestS3Bucket: string;
  digestS3Object: string;
  digestPublicKeyFingerprint: string;
  /** Null in the first digest after validation was switched on. */
  previousDigestS3Object: string | null;
  previousDigestHashValue: string | null;
  previousDigestSignature: string | null;
  logFiles: { s3Bucket: string; s3Object: string; hashValue: string; hashAlgorithm?: string }[];
}

/** A digest file as it was found in a bucket. */
export interface DigestFile {
  bucket: string;
  key: string;
  /** Unpacked. */
  content: Buffer;
  /** Of the object's metadata, in hexadecimal. */
  signature?: string;
}

/** A digest whose signature is CloudTrail's. */
export interface ValidDigest {
  digest: Digest;
  hash: string;
  signature: string;
}

export class InvalidDigest extends Error {}

/**
 * Checks that CloudTrail signed a digest file, and that it is where CloudTrail put it.
 *
 * Source: CloudTrail User Guide, "Custom implementations of CloudTrail log file integrity validation".
 * @param keys public keys by fingerprint, PKCS #1 in DER
 * @throws InvalidDigest with a sentence without the file's name
 */
export function validDigest(
  { bucket, key, content, signature }: DigestFile,
  keys: ReadonlyMap<string, Uint8Array>,
): ValidDigest {
  const digest = parsed(content);
  if (digest.digestS3Bucket !== bucket || digest.digestS3Object !== key) {
    throw new InvalidDigest("it was moved from where CloudTrail put it");
  }
  const publicKey = keys.get(digest.digestPublicKeyFingerprint);
  if (publicKey === undefined) {
    throw new InvalidDigest("CloudTrail has no public key with the fingerprint that it names");
  }
  const hash = createHash("sha256").update(content).digest("hex");
  // A digest without a previous one signs the word `null`.
  const signed = [digest.digestEndTime, `${bucket}/${key}`, hash, String(digest.previousDigestSignature)].join("\n");
  if (signature === undefined || !isSigned(signed, signature, publicKey)) {
    throw new InvalidDigest("its signature is not CloudTrail's");
  }
  return { digest, hash, signature };
}

/** Why a digest does not follow another one; undefined when it does. */
export function breakBetween(before: ValidDigest, { digest }: ValidDigest): "gap" | "missing" | "changed" | undefined {
  const { previousDigestS3Object: object, previousDigestHashValue: hash, previousDigestSignature: signature } = digest;
  if (object === null) {
    return "gap";
  }
  if (object !== before.digest.digestS3Object) {
    return "missing";
  }
  return hash === before.hash && signature === before.signature ? undefined : "changed";
}

const texts = ["digestStartTime", "digestEndTime", "digestS3Bucket", "digestS3Object", "digestPublicKeyFingerprint"];
const previous = ["previousDigestS3Object", "previousDigestHashValue", "previousDigestSignature"];

function parsed(content: Buffer): Digest {
  let found: Record<string, unknown>;
  try {
    found = JSON.parse(content.toString("utf8")) as Record<string, unknown>;
  } catch {
    throw new InvalidDigest("it is no JSON");
  }
  const isDigest =
    texts.every((name) => typeof found[name] === "string") &&
    previous.every((name) => found[name] === null || typeof found[name] === "string") &&
    Array.isArray(found["logFiles"]) &&
    found["logFiles"].every(isLogFile);
  if (!isDigest) {
    throw new InvalidDigest("it lacks what a digest has");
  }
  return found as unknown as Digest;
}

function isLogFile(file: unknown): boolean {
  const { s3Object, hashValue, hashAlgorithm = "SHA-256" } = (file ?? {}) as Partial<Digest["logFiles"][number]>;
  return typeof s3Object === "string" && typeof hashValue === "string" && hashAlgorithm === "SHA-256";
}

function isSigned(text: string, signature: string, der: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(der), format: "der", type: "pkcs1" });
    return verify("RSA-SHA256", Buffer.from(text), key, Buffer.from(signature, "hex"));
  } catch {
    return false;
  }
}
