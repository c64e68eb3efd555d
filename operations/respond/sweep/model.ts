/** Kinds of things an identity makes that matter afterwards. */
export type ThingKind =
  | "instance"
  | "user"
  | "access key"
  | "console password"
  | "role"
  | "trust of role"
  | "policy"
  | "permissions"
  | "function"
  | "bucket"
  | "shared snapshot"
  | "shared image"
  | "security group"
  | "open port"
  | "key pair"
  /** Of any other kind: nothing here can look for it. */
  | "other";

/** Something an event says was made. */
export interface Made {
  kind: ThingKind;
  /** What AWS calls it: an id, a name, an ARN. */
  id: string;
  /** Whose it is, where it is part of something: the user of a key, the role of a policy. */
  of?: string;
  region: string;
  /** ISO 8601, in UTC. */
  time: string;
  /** Call that made it. */
  event: string;
  /** ARN of the caller. */
  by: string;
  /** Key that signed the call. */
  accessKeyId: string;
  /** Of kind `other`: what it is, as far as the call's name tells. */
  what?: string;
  /** Of kind `other`: a command of the AWS CLI that shows more. */
  look?: string;
  /** Of kind `other`: how many more the same call made in the region. */
  more?: number;
  /** What it costs by, such as an instance's type. */
  cost?: string;
}

/** Something made, and whether it is still there. */
export interface Found extends Made {
  state: "exists" | "gone" | "unknown";
  /** In words: `running`, `Active`, why it could not be told. */
  detail: string;
  /** True when no event says who made it: it was only begun in the window. */
  unattributed?: true;
  /** Why nothing is done to it, although it runs or works. */
  untouched?: string;
  /** Of an instance: the Auto Scaling group that would launch another in its place. */
  group?: string;
  /** Of an open port: the rules that let the world in, as `--ip-permissions` of the AWS CLI takes them. */
  rules?: string[];
}
