import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { type AwsClients } from "../../aws/clients";

const account = "123456789012";
const region = "us-east-1";
const name = "logs";

/** A trail's bucket with validation, which signs with a key of its own. */
export class TrailFiles {
  readonly bucket = { name, accountId: account };
  readonly objects = new Map<string, { body: Buffer; metadata?: Record<string, string> }>();
  /** What CloudTrail says when it is asked for its public keys. */
  publicKeys: () => Promise<object>;
  /** PKCS #1 in DER, of the key with the fingerprint `f1`. */
  readonly publicKey: Uint8Array;
  private readonly key: KeyObject;
  private previous: { key: string; hash: string; signature: string } | undefined;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    this.key = privateKey;
    this.publicKey = new Uint8Array(publicKey.export({ format: "der", type: "pkcs1" }));
    this.publicKeys = () => Promise.resolve({ PublicKeyList: [{ Fingerprint: "f1", Value: this.publicKey }] });
  }

  /** Delivers a log file. @param time such as `20261120T0305Z` */
  log(time: string, records: readonly object[], unique = "abcDEF"): string {
    const day = `${time.slice(0, 4)}/${time.slice(4, 6)}/${time.slice(6, 8)}`;
    const key = `AWSLogs/${account}/CloudTrail/${region}/${day}/${account}_CloudTrail_${region}_${time}_${unique}.json.gz`;
    this.objects.set(key, { body: gzipSync(JSON.stringify({ Records: records })) });
    return key;
  }

  /** Delivers the digest of an hour. @param logs keys of what was delivered in it */
  digest(from: string, to: string, logs: readonly string[], change: { chain?: boolean; suffix?: string } = {}): string {
    const stamp = to.replace(/[-:]/g, "");
    const day = to.slice(0, 10).replaceAll("-", "/");
    const file = `${account}_CloudTrail-Digest_${region}_main_${region}_${stamp}${change.suffix ?? ""}.json.gz`;
    const key = `AWSLogs/${account}/CloudTrail-Digest/${region}/${day}/${file}`;
    const before = change.chain === false ? undefined : this.previous;
    const content = Buffer.from(
      JSON.stringify({
        awsAccountId: account,
        digestStartTime: from,
        digestEndTime: to,
        digestS3Bucket: name,
        digestS3Object: key,
        digestPublicKeyFingerprint: "f1",
        digestSignatureAlgorithm: "SHA256withRSA",
        previousDigestS3Bucket: before ? name : null,
        previousDigestS3Object: before?.key ?? null,
        previousDigestHashValue: before?.hash ?? null,
        previousDigestHashAlgorithm: before ? "SHA-256" : null,
        previousDigestSignature: before?.signature ?? null,
        logFiles: logs.map((s3Object) => ({
          s3Bucket: name,
          s3Object,
          hashValue: sha256(gunzipSync(this.objects.get(s3Object)!.body)),
          hashAlgorithm: "SHA-256",
        })),
      }),
    );
    const hash = sha256(content);
    const text = `${to}\n${name}/${key}\n${hash}\n${before?.signature ?? "null"}`;
    const signature = sign("RSA-SHA256", Buffer.from(text), this.key).toString("hex");
    this.objects.set(key, { body: gzipSync(content), metadata: { signature, "signature-algorithm": "SHA256withRSA" } });
    this.previous = { key, hash, signature };
    return key;
  }

  /** Puts other content in the place of a file, with its metadata. */
  overwrite(key: string, content: (before: string) => string): void {
    const object = this.objects.get(key)!;
    this.objects.set(key, { ...object, body: gzipSync(content(gunzipSync(object.body).toString())) });
  }

  clients(): AwsClients {
    const s3 = {
      listObjectsV2: ({ Prefix }: { Prefix: string }) =>
        Promise.resolve({
          Contents: [...this.objects.keys()].filter((key) => key.startsWith(Prefix)).map((Key) => ({ Key })),
          KeyCount: 0,
        }),
      getObject: ({ Key }: { Key: string }) => {
        const { body, metadata } = this.objects.get(Key)!;
        const stream = Readable.from([body.subarray(0, 20), body.subarray(20)]);
        const all = () => Promise.resolve(new Uint8Array(body));
        return Promise.resolve({ Body: Object.assign(stream, { transformToByteArray: all }), Metadata: metadata });
      },
    };
    return {
      defaultRegion: region,
      s3: () => s3,
      cloudtrail: () => ({ listPublicKeys: () => this.publicKeys() }),
    } as unknown as AwsClients;
  }
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
