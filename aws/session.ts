import { type AnyClient, type AwsClients, type AwsService } from "./clients";
import { withCommandTarget } from "../common/command";
import { BaselineError, ExitCode } from "../common/errors";
import { Interruption } from "../common/interruption";
import { questionsAnswered } from "../common/question";
import { accountClients, type Credentials, type CredentialSource } from "./account-clients";
import { foreignAnswer, type Identity, identityChanged, isSame } from "./identity";
import { foreignArn } from "./own-arns";
import { type Profile } from "./profile";
import { isRead } from "./reads";
import { RunLimit } from "./run-limit";
import { firstOf, type Place, placeOf, type SessionOptions, shared, whoIs } from "./session-place";

export { type SessionOptions } from "./session-place";

/** An account whose identity is known, and the clients that are held to it. */
export type Account = Pick<AwsSession, "clients" | "identity">;

/**
 * One run's way to AWS. Credentials are resolved once and shared by all clients, and whose they are is known before
 * anything else is asked. Renewed credentials are asked who they are before they sign anything; so is whoever writes,
 * before the first write and after each question somebody answered. Once that is not the identity the run began with, or
 * an answer names a thing of another account as ours, every further call fails.
 */
export class AwsSession {
  /** Clients that are held to the identity. */
  readonly clients: AwsClients;
  /** How long the run may read; absent where nobody said. */
  readonly limit?: RunLimit;
  private readonly made: AwsClients[] = [];
  private readonly source: CredentialSource;
  private lost: BaselineError | undefined;
  private proven: Promise<Credentials>;
  /** Answers people had given when the writer was last asked who it is; -1 before the first write. */
  private askedAfter = -1;
  private asking: Promise<void> | undefined;

  private constructor(
    readonly identity: Identity,
    private readonly place: Place,
    first: Credentials,
    limit?: RunLimit,
  ) {
    if (limit) this.limit = limit;
    this.proven = Promise.resolve(first);
    this.source = shared((options) => this.credentials(options));
    this.clients = this.clientsWith();
  }

  /**
   * @throws BaselineError `no-profile`, `endpoint-configured` and `endpoint-not-loopback` (exit code 2), before anything is
   *   sent; `no-credentials`, `credentials-late`, `credentials-expired`, `credentials-refused`, `no-identity` and
   *   others of `ask`
   */
  static async open(options: SessionOptions, signal?: AbortSignal): Promise<AwsSession> {
    const limit = options.timeout === undefined ? undefined : new RunLimit(options.timeout);
    const place = await placeOf(options, limit);
    try {
      const credentials = await firstOf(place);
      return new AwsSession(await whoIs(place, credentials, signal), place, credentials, limit);
    } catch (error) {
      place.source.close();
      throw error;
    }
  }

  /**
   * Further clients of the same session.
   *
   * @param signal once aborted, every request ends at once; for what reads
   * @param limit how long may be read; by default the run's own. Null: as long as each call takes
   */
  clientsWith(signal?: AbortSignal, limit: RunLimit | null | undefined = this.limit): AwsClients {
    const { endpoint, profile, region, trying } = this.place;
    const clients = accountClients({
      ...trying,
      defaultRegion: region,
      credentials: this.source,
      ...(endpoint !== undefined && { endpoint }),
      ...(profile?.name !== undefined && { profile: profile.name }),
      ...(signal && { signal }),
      ...(limit && { limit }),
      prepare: (client, service) => this.hold(client, service, limit ?? undefined, signal),
    });
    this.made.push(clients);
    return clients;
  }

  /**
   * Credentials that last long enough to hand over to another program, once they have been asked who they are.
   *
   * @throws BaselineError `identity-changed`, and what `ask` throws
   */
  async handOver(): Promise<Credentials> {
    const now = await this.credentials();
    const ends = (now.expiration?.getTime() ?? Infinity) - Date.now() < enough;
    const credentials = ends ? await this.credentials({ forceRefresh: true }) : now;
    await this.prove(credentials);
    return credentials;
  }

  /** Asks once more, before what was read is written down as this account's. @throws as `handOver` */
  async confirm(): Promise<void> {
    await this.prove(await this.credentials());
  }

  /** Settings of the profile that another program needs besides the credentials: its region and kinds of endpoints. */
  get settings(): Profile["settings"] {
    return this.place.profile?.settings ?? {};
  }

  /** The emulator that the session works on, if it is not AWS. */
  get endpoint(): string | undefined {
    return this.place.endpoint;
  }

  /** @throws the error that ended the session, where some caller took it for the failure of a part */
  requireIdentity(): void {
    if (this.lost) {
      throw this.lost;
    }
  }

  close(): void {
    this.place.source.close();
    this.made.forEach((each) => each.destroy());
  }

  private async credentials(options?: { forceRefresh?: boolean }): Promise<Credentials> {
    this.requireIdentity();
    const found = await this.place.source.get(options);
    const proven = await this.proven;
    if (isSameKey(found, proven)) {
      return proven;
    }
    // Whoever asks meanwhile waits for the same answer.
    this.proven = this.prove(found).then(
      () => found,
      (error: unknown) => {
        this.proven = Promise.resolve(proven);
        throw error;
      },
    );
    return this.proven;
  }

  private async prove(credentials: Credentials, signal?: AbortSignal): Promise<void> {
    const found = await whoIs(this.place, credentials, signal);
    if (!isSame(this.identity, found)) {
      this.lost ??= identityChanged(this.identity, found);
    }
    this.requireIdentity();
  }

  private async beforeWriting(client: AnyClient, signal?: AbortSignal): Promise<void> {
    const answers = questionsAnswered();
    if (this.askedAfter === answers) {
      return;
    }
    this.asking ??= this.askWriter(client, answers, signal).finally(() => (this.asking = undefined));
    await this.asking;
    await this.beforeWriting(client, signal);
  }

  private async askWriter(client: AnyClient, answers: number, signal?: AbortSignal): Promise<void> {
    await this.prove((await client.config.credentials()) as Credentials, signal);
    this.askedAfter = answers;
  }

  private hold(client: AnyClient, service: AwsService, limit?: RunLimit, signal?: AbortSignal): void {
    client.middlewareStack.add(
      (next, { commandName = "" }) =>
        async (args) => {
          this.requireIdentity();
          const command = commandName.replace(/Command$/, "");
          if (!isRead(command)) {
            limit?.lift();
            await this.beforeWriting(client, signal);
          }
          const answer = await next(args);
          const foreign = foreignArn(service, command, answer.output, this.identity.accountId);
          if (foreign !== undefined) {
            this.lost ??= foreignAnswer(this.identity, `${service}:${command}`, foreign);
          }
          this.requireIdentity();
          return answer;
        },
      { step: "initialize", name: "holdToIdentity", priority: "high" },
    );
  }
}

/**
 * Opens the session of a run, and closes it when the run has ended.
 *
 * @throws what `AwsSession.open` throws; `interrupted` (exit code 130) after Ctrl-C before that; `identity-changed` and `foreign-answer`, also where `work` took them for the
 *   failure of a part
 */
export async function withSession<T>(options: SessionOptions, work: (session: AwsSession) => Promise<T>): Promise<T> {
  const session = await openSession(options);
  try {
    const result = await withCommandTarget(options, () => work(session));
    session.requireIdentity();
    return result;
  } finally {
    session.close();
  }
}

/** As `AwsSession.open`; whoever presses Ctrl-C meanwhile waits for nothing. @throws BaselineError `interrupted` too */
export async function openSession(options: SessionOptions): Promise<AwsSession> {
  const interruption = new Interruption();
  try {
    const session = await interruption.unlessStopped(AwsSession.open(options, interruption.signal));
    if (session === undefined) {
      const next = "Run it again.";
      throw new BaselineError("interrupted", "Stopped; nothing was done.", next, ExitCode.interrupted);
    }
    return session;
  } finally {
    interruption.end();
  }
}

// A run of the Pulumi engine takes minutes, and nobody can renew what it was given.
const enough = 15 * 60_000;

function isSameKey(one: Credentials, other: Credentials): boolean {
  return one.accessKeyId === other.accessKeyId && one.sessionToken === other.sessionToken;
}
