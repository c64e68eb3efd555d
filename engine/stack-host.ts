import { type ExportedResource, type Host, type RunResult } from "./host";

/** A stack as operations drive it: the user's own through the Pulumi CLI, or one of the practice account. */
export interface StackHost extends Host {
  /** What the stack's state says it manages, components and providers included. */
  resources(): Promise<ExportedResource[]>;
  /** URL of where the state is kept, such as `s3://bucket?region=eu-west-1`. Absent of a host that keeps it itself. */
  backend?(): Promise<string | undefined>;
  /**
   * Makes these resources what the program says, and leaves all others alone. They are read first, so that what somebody
   * deleted is made again. What depends on a deleted resource has to be named too.
   */
  upOnly(program: string, urns: string[]): Promise<RunResult>;
}
