import { type AnyClient, type AwsClients, type AwsService } from "../../common/aws-clients";
import { awsCommand } from "../../common/command";
import { BaselineError, ExitCode } from "../../common/errors";
import { Interruption } from "../../common/interruption";
import { questionsAnswered } from "../../common/question";
import { accountClients, type Credentials, type CredentialSource, emulatorAt } from "./account-clients";
import { ask } from "./ask";
import { requireNoConfiguredEndpoint } from "./configured-endpoint";
import { foreignAnswer, type Identity, identityChanged, identityIn, isSame, REAL_AWS } from "./identity";
import { foreignArn } from "./own-arns";
import { type Profile, profileOf } from "./profile";
import { isRead } from "./reads";
import { UnreadableAnswer } from "./unanswered";

export interface SessionOptions {
  /** A profile of `~/.aws/config`. Default: AWS_PROFILE, else the environment, as every AWS tool finds credentials. */
  profile?: string;
  /** An emulator on this machine. It gets made-up credentials, and no profile counts. */
  endpoint?: string;
  /** Where a call without a region goes. Default: AWS_REGION, AWS_DEFAULT_REGION, the profile's region, `us-east-1`. */
  region?: string;
  /** Of a role that was taken, in place of the environment's and a profile's. */
  credentials?: Credentials;
}

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
  ) {
    this.proven = Promise.resolve(first);
    this.source = shared((options) => this.credentials(options));
    this.clients = this.clientsWith();
  }

  /**
   * @throws BaselineError `no-profile`, `endpoint-configured` and `endpoint-not-loopback` (exit code 2), before anything is
   *   sent; `no-credentials`, `credentials-expired`, `credentials-refused`, `no-identity` and others of `ask`
   */
  static async open(options: SessionOptions, signal?: AbortSignal): Promise<AwsSession> {
    const place = await placeOf(options);
    const credentials = await firstOf(place);
    return new AwsSession(await whoIs(place, credentials, signal), place, credentials);
  }

  /** Further clients of the same session. @param signal once aborted, every request ends at once; for what reads */
  clientsWith(signal?: AbortSignal): AwsClients {
    const { endpoint, profile, region } = this.place;
    const clients = accountClients({
      defaultRegion: region,
      credentials: this.source,
      ...(endpoint !== undefined && { endpoint }),
      ...(profile?.name !== undefined && { profile: profile.name }),
      ...(signal && { signal }),
      prepare: (client, service) => this.hold(client, service),
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

  private async prove(credentials: Credentials): Promise<void> {
    const found = await whoIs(this.place, credentials);
    if (!isSame(this.identity, found)) {
      this.lost ??= identityChanged(this.identity, found);
    }
    this.requireIdentity();
  }

  private async beforeWriting(client: AnyClient): Promise<void> {
    const answers = questionsAnswered();
    if (this.askedAfter === answers) {
      return;
    }
    this.asking ??= this.askWriter(client, answers).finally(() => (this.asking = undefined));
    await this.asking;
    await this.beforeWriting(client);
  }

  private async askWriter(client: AnyClient, answers: number): Promise<void> {
    await this.prove((await client.config.credentials()) as Credentials);
    this.askedAfter = answers;
  }

  private hold(client: AnyClient, service: AwsService): void {
    client.middlewareStack.add(
      (next, { commandName = "" }) =>
        async (args) => {
          this.requireIdentity();
          const command = commandName.replace(/Command$/, "");
          if (!isRead(command)) {
            await this.beforeWriting(client);
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
    const result = await work(session);
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

interface Place {
  endpoint?: string;
  profile?: Profile;
  region: string;
  source: { get: CredentialSource; close(): void };
}

async function placeOf({ profile: named, endpoint, region, credentials }: SessionOptions): Promise<Place> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const home = region || AWS_REGION || AWS_DEFAULT_REGION;
  if (endpoint !== undefined) {
    const given = credentials ?? { accessKeyId: "practice", secretAccessKey: "practice" };
    return { endpoint: emulatorAt(endpoint), region: home || "us-east-1", source: fixed(given) };
  }
  const profile = await profileOf(named);
  requireNoConfiguredEndpoint(profile);
  const place = { region: home || profile.settings["region"] || "us-east-1", profile };
  return { ...place, source: credentials ? fixed(credentials) : sourceOf(place) };
}

function fixed(credentials: Credentials): Place["source"] {
  return { get: () => Promise.resolve(credentials), close: () => undefined };
}

/** The SDK's own chain, which one client holds: it keeps what it found, and renews it some minutes before it ends. */
function sourceOf({ region, profile: { name } }: { region: string; profile: Profile }): Place["source"] {
  const clients = accountClients({ defaultRegion: region, ...(name !== undefined && { profile: name }) });
  const { config } = clients.sts() as unknown as { config: { credentials: CredentialSource } };
  return { get: (options) => config.credentials(options), close: () => clients.destroy() };
}

/** So marked, the SDK keeps no copy of its own for each client. Source: @aws-sdk/core, resolveAwsSdkSigV4Config. */
function shared(source: CredentialSource): CredentialSource {
  return Object.assign(source, { memoized: true, configBound: true, attributed: true });
}

async function firstOf({ source, region, profile }: Place): Promise<Credentials> {
  try {
    return await ask("sts:GetCallerIdentity", region, () => source.get());
  } catch (error) {
    if (error instanceof BaselineError && error.code === "no-credentials" && profile?.name !== undefined) {
      const next = `Sign in (\`${awsCommand("sso", "login", { profile: profile.name })}\`), or correct its settings; then run it again.`;
      throw new BaselineError(error.code, `The profile ${profile.name} gives no credentials.`, next, error.exitCode, {
        cause: error.cause,
      });
    }
    throw error;
  }
}

/** Asks credentials who they are: with themselves, and with nothing else in between. */
async function whoIs(
  { endpoint, profile, region }: Place,
  credentials: Credentials,
  signal?: AbortSignal,
): Promise<Identity> {
  const clients = accountClients({
    defaultRegion: region,
    credentials: () => Promise.resolve(credentials),
    ...(signal && { signal }),
    ...(endpoint !== undefined && { endpoint }),
    ...(profile?.name !== undefined && { profile: profile.name }),
  });
  try {
    const answer = await ask("sts:GetCallerIdentity", region, () =>
      clients.sts().getCallerIdentity({}).catch(unlessUnreadable),
    );
    const name = profile?.name;
    return identityIn(answer, { endpoint: endpoint ?? REAL_AWS, ...(name !== undefined && { profile: name }) });
  } finally {
    clients.destroy();
  }
}

/** An answer that says nothing is for `identityIn` to name. */
function unlessUnreadable(error: unknown): object {
  if (!(error instanceof UnreadableAnswer)) {
    throw error;
  }
  return {};
}

function isSameKey(one: Credentials, other: Credentials): boolean {
  return one.accessKeyId === other.accessKeyId && one.sessionToken === other.sessionToken;
}
