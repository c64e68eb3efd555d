import { type Left } from "../../operations/respond/sweep/removal";

export const region = "eu-west-1";
const arn = "arn:aws:iam::111122223333:policy/p";
export const left = (kind: Left["kind"], id: string, more: Partial<Left> = {}): Left => ({
  kind,
  id,
  region,
  event: "Create",
  ...more,
});

/** One of each kind, and of each way a kind is removed. */
export const oneOfEach: Left[] = [
  left("instance", "i-1"),
  left("instance", "i-2"),
  left("instance", "i-3", { group: "asg" }),
  left("user", "backdoor"),
  left("role", "door"),
  left("access key", "AKIAI44QH8DHBEXAMPLE", { of: "backdoor" }),
  left("console password", "backdoor"),
  left("trust of role", "payroll"),
  left("policy", arn),
  left("policy", arn, { event: "CreatePolicyVersion" }),
  ...["user", "role", "group"].flatMap((kind) => [
    left("permissions", arn, { of: `${kind}/x` }),
    left("permissions", "inline", { of: `${kind}/x` }),
  ]),
  left("function", "miner"),
  left("function", "billing", { event: "UpdateFunctionCode20150331v2" }),
  left("bucket", "loot"),
  left("shared snapshot", "snap-1"),
  left("shared image", "ami-1"),
  left("security group", "sg-1"),
  left("open port", "sg-1", { rules: ["IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=0.0.0.0/0}]"] }),
  left("key pair", "k"),
];
