import type * as provider from "@pulumi/pulumi/provider";
import { type Props } from "../common/properties";

/** A property that stands in the provider's own record only, because the emulator cannot hold it. */
export interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly property: string;
  readonly reason: string;
}

/** What the in-process host asks of a provider. */
export interface ProgramProvider extends provider.Provider {
  check(urn: string, olds: Props, news: Props): Promise<provider.CheckResult>;
  diff(id: string, urn: string, olds: Props, news: Props): Promise<provider.DiffResult>;
  create(urn: string, inputs: Props): Promise<provider.CreateResult>;
  /** @param program inputs in whose shape the account is described; by default those of the record */
  read(id: string, urn: string, known?: Props, program?: Props): Promise<provider.ReadResult>;
  update(id: string, urn: string, olds: Props, news: Props): Promise<provider.UpdateResult>;
  delete(id: string, urn: string, known: Props): Promise<void>;
  invoke(token: string, inputs: Props): Promise<provider.InvokeResult>;
  /** What the emulator has no API for, of everything created so far. */
  recorded(): readonly Recorded[];
}
