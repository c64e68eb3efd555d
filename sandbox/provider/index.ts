import { type ProgramProvider, type Recorded } from "../../engine/program-provider";
import { checkInputs, unknownType } from "./check";
import { type Clients, createClients } from "./clients";
import { compareInputs, isSame } from "../../common/compare-inputs";
import { invokes } from "./invokes";
import { recordedIn } from "./recorded";
import type { Context, ResourceHandler } from "./resource-handler";
import { handlers } from "./resources";
import { foundInputs } from "./shape";
import { version } from "./version";
import { parseUrn } from "./urn";
import { defined, keepSecrets, type Props, unwrap } from "../../common/properties";

export { createClients, type Clients } from "./clients";
export { compareInputs } from "../../common/compare-inputs";
export { requireLoopback } from "../../aws/loopback";
export { parseUrn } from "./urn";

export interface SandboxProvider extends ProgramProvider {
  readonly clients: Clients;
}

export interface SandboxProviderOptions {
  readonly endpoint: string | undefined;
  readonly defaultRegion?: string;
  /** Of a session the emulator gave out, which tells it whose account is meant. Default: its first account. */
  readonly accessKeyId?: string;
}

/**
 * The program's inputs ride along in the outputs: the SDK's provider server hands a provider neither the old inputs in
 * a diff nor the inputs in a read. (sdk/nodejs/provider/server.ts passes `getOlds` and `getProperties` only.)
 */
const INPUTS = "__inputs";

export function createSandboxProvider(options: SandboxProviderOptions): SandboxProvider {
  const clients = createClients(options.endpoint ?? "", options.defaultRegion, options.accessKeyId);
  const notes = new Map<string, readonly Recorded[]>();

  const within = ({ properties }: ResourceHandler, values: Props): Context => {
    const region = properties.includes("region") ? unwrap(values["region"]) : undefined;
    return { clients, region: typeof region === "string" && region !== "" ? region : clients.defaultRegion };
  };

  /** The state after an operation: what AWS says, and what only the record can say. */
  const state = async (handler: ResourceHandler, urn: string, id: string, inputs: Props): Promise<Props> => {
    const plain = unwrap(inputs);
    notes.set(urn, recordedIn(handler, urn, plain));
    const found = await handler.read(within(handler, plain), id, plain);
    if (found === undefined) {
      throw new Error(`${handler.type} ${id} was created, and the account does not have it`);
    }
    return stateOf(handler, inputs, found);
  };

  return {
    version,
    clients,
    recorded: () => [...notes.values()].flat(),

    check(urn, olds, news) {
      const { type, name } = parseUrn(urn);
      const handler = handlers.get(type);
      const { defaultRegion } = clients;
      return Promise.resolve(
        handler === undefined
          ? unknownType(type)
          : checkInputs(handler, { name, olds: olds ?? {}, news, defaultRegion }),
      );
    },

    diff(_id, urn, olds, news) {
      const handler = handlerOf(urn);
      const before = programInputs(handler, olds);
      const changed = [...new Set(compareInputs(before, news).map(({ path }) => path.split(/[.[]/)[0] ?? path))];
      const replaces = changed.filter((path) => handler.replaceOn.includes(path) || handler.update === undefined);
      return Promise.resolve({
        changes: changed.length > 0,
        replaces,
        // As the AWS plugin where the program gives the name itself, also another one.
        deleteBeforeReplace: replaces.length > 0 && handler.nameProperty !== undefined,
      });
    },

    async create(urn, inputs) {
      const handler = handlerOf(urn);
      const plain = unwrap(inputs);
      const context = within(handler, plain);
      const id = await handler.create(context, plain);
      try {
        await handler.complete?.(context, id, plain);
        return { id, outs: await state(handler, urn, id, inputs) };
      } catch (error) {
        throw halfMade(error, id, { ...inputs, [INPUTS]: inputs });
      }
    },

    async read(given, urn, known = {}, program) {
      const handler = handlerOf(urn);
      const { id, ...place } = importId(handler, given, known);
      const before = program ?? programInputs(handler, known);
      // What no API reports is as it was recorded, whatever the program wants.
      const plain = unwrap(program ? { ...place, ...program, ...known } : { ...place, ...known, ...before });
      const found = await handler.read(within(handler, plain), id, plain);
      if (found === undefined) {
        return { id: "" };
      }
      const imported = Object.keys(before).length === 0;
      const inputs = imported
        ? importedInputs(handler, found)
        : { ...foundInputs(unwrap(before), withRecord(handler, plain, found)), ...added(handler, before, found) };
      return {
        id,
        inputs: defined(keepSecrets(inputs, before)),
        props: stateOf(handler, keepSecrets(inputs, before), found),
      };
    },

    async update(id, urn, olds, news) {
      const handler = handlerOf(urn);
      const plain = unwrap(news);
      await handler.update?.(within(handler, plain), id, plain, unwrap({ ...olds, ...programInputs(handler, olds) }));
      return { outs: await state(handler, urn, id, news) };
    },

    async delete(id, urn, known) {
      const handler = handlerOf(urn);
      const plain = unwrap({ ...known, ...programInputs(handler, known) });
      await handler.delete(within(handler, plain), id, plain);
      notes.delete(urn);
    },

    async invoke(token, inputs) {
      const run = invokes[token];
      if (run === undefined) {
        throw new Error(`The sandbox cannot answer ${token} yet; it knows ${Object.keys(invokes).join(", ")}.`);
      }
      return { outputs: defined(await run(clients, unwrap(inputs))) };
    },
  };
}

/** The engine keeps a resource that failed half way by these members (sdk/nodejs/provider/server.ts). */
function halfMade(error: unknown, id: string, properties: Props): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  return Object.assign(cause, { id, properties, reasons: [cause.message] });
}

/** @pulumi/aws 7 takes a region behind an id that is imported: `ID@REGION`. */
function importId({ properties }: ResourceHandler, given: string, known: Props): { id: string; region?: string } {
  const [, id, region] = /^(.+)@([a-z]{2}(?:-[a-z]+)+-\d)$/.exec(given) ?? [];
  const isImport = properties.includes("region") && known["region"] === undefined;
  return isImport && id !== undefined ? { id, region } : { id: given };
}

function handlerOf(urn: string): ResourceHandler {
  const { type } = parseUrn(urn);
  const handler = handlers.get(type);
  if (handler === undefined) {
    throw new Error(`The sandbox cannot provision ${type} yet.`);
  }
  return handler;
}

function programInputs(handler: ResourceHandler, known: Props): Props {
  const inputs = known[INPUTS];
  if (typeof inputs === "object" && inputs !== null) {
    return inputs as Props;
  }
  return Object.fromEntries(
    handler.properties.flatMap((each) => (known[each] === undefined ? [] : [[each, known[each]]])),
  );
}

function importedInputs({ properties }: ResourceHandler, found: Props): Props {
  return Object.fromEntries(properties.flatMap((each) => (found[each] === undefined ? [] : [[each, found[each]]])));
}

/** What the account has and the program leaves out, where AWS fills in nothing by itself. */
function added({ noneByDefault = [] }: ResourceHandler, program: Props, found: Props): Props {
  const names = noneByDefault.filter((each) => program[each] === undefined && !isSame(undefined, found[each]));
  return Object.fromEntries(names.map((each) => [each, found[each]]));
}

/** What no API tells is as it was recorded. */
function withRecord(handler: ResourceHandler, known: Props, found: Props): Props {
  const untold = Object.keys(known).filter(
    (each) =>
      !handler.properties.includes(each) || handler.steering?.includes(each) || each in (handler.recordedOnly ?? {}),
  );
  return { ...Object.fromEntries(untold.map((each) => [each, known[each]])), ...found };
}

function stateOf(handler: ResourceHandler, inputs: Props, found: Props): Props {
  const plain = unwrap(inputs);
  const outputs = {
    ...plain,
    ...withRecord(handler, plain, found),
    ...foundInputs(plain, withRecord(handler, plain, found)),
  };
  return defined({ ...keepSecrets(outputs, inputs), [INPUTS]: inputs });
}
