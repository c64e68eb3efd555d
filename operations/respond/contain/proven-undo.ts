import { readDocument } from "aws-prevention-baseline-policy-pack/iam/document";
import { type EvidenceEntry } from "../../evidence/entry";
import { REDACTED } from "../../evidence/secret-text";
import { verdictOn } from "../../account/identity/verdict";
import { denyEverything, revokedUntil, sameDocument } from "./deny";
import { ABOUT_TO } from "../marks";
import { type AwsCall, type PlannedCall } from "../../evidence/planned-call";

/**
 * The entries of an incident, with no way back but those that lead to what AWS itself had said before the change, as the
 * evidence recorded it, or that only deny. The folder can be written by anybody who got at it, so a way back is not taken
 * at its word; and a policy that makes an administrator is written by nobody but a person.
 *
 * @param entries oldest first, with the answers to the calls that read
 */
export function withProvenUndo(entries: readonly EvidenceEntry[]): EvidenceEntry[] {
  const answers = new Answers();
  return entries.map((entry) => {
    if (entry.call !== ABOUT_TO) {
      answers.add(entry);
      return entry;
    }
    const { undo, ...call } = entry.input as PlannedCall;
    const doubt = entry.step !== "undo" && undo ? doubtOf(undo, answers) : undefined;
    return doubt === undefined ? entry : { ...entry, input: { ...call, noUndo: `${doubt} (line ${entry.n}).` } };
  });
}

/** Why a way back is not to be gone; undefined when nothing speaks against it. */
function doubtOf(undo: AwsCall, answers: Answers): string | undefined {
  if (JSON.stringify(undo.parameters).includes(REDACTED)) {
    return "What was there before held a secret, which is not in the evidence; put it back by hand";
  }
  const kind = /(Put|Delete)(User|Role)Policy$|(Tag|Untag)(User|Role)$/.exec(undo.action);
  if (kind?.[1] !== undefined) {
    return policyDoubt(undo, kind[2]!, answers);
  }
  if (kind?.[3] !== undefined) {
    return tagDoubt(undo, kind[4]!, answers) ? notAsRead : undefined;
  }
  const { Status, ...who } = undo.parameters;
  return Status === "Inactive" || answers.wasActive(undo.action, who) ? undefined : notAsRead;
}

const notAsRead =
  "The way back is not what AWS said before the change, as far as the evidence has it; look who wrote it, and do it by hand";

function policyDoubt({ action, parameters }: AwsCall, kind: string, answers: Answers): string | undefined {
  const { PolicyDocument: document, ...which } = parameters;
  const before = answers.last(`iam:Get${kind}Policy`, which);
  if (action.startsWith("Delete")) {
    return before?.error?.code.startsWith("NoSuchEntity") ? undefined : notAsRead;
  }
  if (typeof document !== "string") {
    return notAsRead;
  }
  if (sameDocument(document, denyEverything()) || revokedUntil(document) !== undefined) {
    return undefined;
  }
  const { PolicyDocument: read } = (before?.result ?? {}) as { PolicyDocument?: string };
  if (read === undefined || decoded(read) !== document || !hasPlainStatements(document)) {
    return notAsRead;
  }
  const source = String(which["PolicyName"]);
  const held = { source, via: "inline" as const, document: readDocument({ value: document, path: source }) };
  const { kind: power, message } = verdictOn({ policies: [held], isRole: kind === "Role" });
  return power === "none"
    ? undefined
    : `What ${source} said before is not written back by a program: ${message} Look at it, and do it by hand`;
}

/** Whether the evaluator sees every statement there is. */
function hasPlainStatements(document: string): boolean {
  try {
    const { Statement } = JSON.parse(document) as { Statement?: object | object[] };
    const statements = [Statement ?? []].flat() as { Effect?: unknown }[];
    return statements.length > 0 && statements.every(({ Effect }) => Effect === "Allow" || Effect === "Deny");
  } catch {
    return false;
  }
}

function tagDoubt({ action, parameters }: AwsCall, kind: string, answers: Answers): boolean {
  const { Tags = [], TagKeys = [], ...who } = parameters as { Tags?: Tag[]; TagKeys?: string[] };
  const found = answers.last(`iam:Get${kind}`, who)?.result as Record<string, { Tags?: Tag[] }> | undefined;
  if (found === undefined) {
    return true;
  }
  const before = found[kind]?.Tags ?? [];
  const isOurs = (key: string) => /:(incident|contained)$/.test(key);
  return action.startsWith("Untag")
    ? !TagKeys.every((key) => isOurs(key) && !before.some(({ Key }) => Key === key))
    : !Tags.every(({ Key, Value }) => isOurs(Key) && before.some((each) => each.Key === Key && each.Value === Value));
}

interface Tag {
  Key: string;
  Value: string;
}

/** How the credentials of a user are listed that each action changes. Source: IAM API Reference. */
const lists: Readonly<Record<string, string>> = {
  UpdateAccessKey: "iam:ListAccessKeys",
  UpdateServiceSpecificCredential: "iam:ListServiceSpecificCredentials",
  UpdateSSHPublicKey: "iam:ListSSHPublicKeys",
  UpdateSigningCertificate: "iam:ListSigningCertificates",
};

/** What AWS answered so far. */
class Answers {
  private readonly entries: EvidenceEntry[] = [];

  add(entry: EvidenceEntry): void {
    if (/^iam:(Get|List)/.test(entry.call)) {
      this.entries.push(entry);
    }
  }

  /** The last answer to a question, be it that there is none. */
  last(call: string, input: Record<string, unknown>): EvidenceEntry | undefined {
    return this.entries.findLast((entry) => entry.call === call && isAbout(entry, input));
  }

  /** Whether a credential was Active when its kind was last listed. */
  wasActive(action: string, { UserName, ...id }: Record<string, unknown>): boolean {
    const [[name, value] = ["", undefined]] = Object.entries(id);
    const listed = this.entries
      .filter((entry) => entry.call === lists[action] && isAbout(entry, { UserName }))
      .flatMap(
        ({ result }) =>
          Object.values(result ?? {})
            .filter(Array.isArray)
            .flat() as object[],
      )
      .findLast((each) => (each as Record<string, unknown>)[name] === value) as { Status?: string } | undefined;
    return typeof value === "string" && listed?.Status === "Active";
  }
}

function isAbout({ input }: EvidenceEntry, wanted: Record<string, unknown>): boolean {
  const asked = (input ?? {}) as Record<string, unknown>;
  return Object.entries(wanted).every(([name, value]) => typeof value === "string" && asked[name] === value);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
