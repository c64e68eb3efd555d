import type { Unwrap } from "@pulumi/pulumi";
import type { Clients } from "./clients";
import type { Props } from "../../common/properties";

export interface Context {
  readonly clients: Clients;
  /** The resource's own region; the account's home region for a global one. */
  readonly region: string;
}

/** What the account holds: inputs in the program's shape, and whatever else a program may read from the resource. */
export type Found<Inputs> = Partial<Inputs> & Props;

/** One `aws:*` resource type, in terms of the AWS SDK. */
export interface ResourceHandler<Inputs = Props> {
  readonly type: string;
  /** Properties it can set and read back; `region` among them makes the type regional. */
  readonly properties: readonly (keyof Inputs & string)[];
  readonly required?: readonly (keyof Inputs & string)[];
  /** Filled when the program leaves it out, like @pulumi/aws does. */
  readonly nameProperty?: keyof Inputs & string;
  readonly defaults?: Partial<Inputs>;
  readonly replaceOn: readonly (keyof Inputs & string)[];
  /**
   * Properties that the account must not have where the program leaves them out, because AWS fills in nothing there.
   *
   * Source: terraform-provider-aws: optional, without a default, and not computed.
   */
  readonly noneByDefault?: readonly (keyof Inputs & string)[];
  /** Properties that steer the provider itself and that no API tells (`forceDestroy`). */
  readonly steering?: readonly (keyof Inputs & string)[];
  /** Properties that the emulator has no API for, and why. Kept in the provider's own record. */
  readonly recordedOnly?: Partial<Record<keyof Inputs & string, string>>;

  /** The one call that makes it. @returns the id */
  create(context: Context, inputs: Inputs): Promise<string>;
  /** What AWS sets in further calls on a new resource. When one fails, the resource is there and known nevertheless. */
  complete?(context: Context, id: string, inputs: Inputs): Promise<void>;
  /** @param known what was recorded about it; nothing but the id when it is imported */
  read(context: Context, id: string, known: Partial<Inputs> & Props): Promise<Found<Inputs> | undefined>;
  /** Left out where every change replaces. */
  update?(context: Context, id: string, news: Inputs, olds: Partial<Inputs> & Props): Promise<void>;
  delete(context: Context, id: string, known: Partial<Inputs> & Props): Promise<void>;
}

/** Types a handler by the arguments of the resource in @pulumi/aws, so that a name misspelt does not compile. */
export function defineResource<Args>(handler: ResourceHandler<Unwrap<Args>>): ResourceHandler {
  return handler as unknown as ResourceHandler;
}
