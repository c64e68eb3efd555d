import { type SurveyProblem, type Tags } from "../../account/survey/model";
import { type Existing } from "./lookups";

/** What exists under names that the baseline gives, and what could not be looked for. */
export interface Leftovers {
  found: Found[];
  /** Resources of the program that were looked for and are not there. */
  absent: string[];
  problems: SurveyProblem<string>[];
}

/** Something that exists where the program would make something. */
export interface Found extends Existing {
  resource: string;
  type: string;
  thing: string;
  name: string;
  control: string;
  region?: string;
}

/** IAM users whom MFA enforcement covers, and who are in as many groups as IAM allows. */
export interface CrowdedUsers {
  found: CrowdedUser[];
  problems: SurveyProblem<string>[];
}

export interface CrowdedUser {
  name: string;
  groups: string[];
}

/** VPC endpoints for the services that the baseline makes endpoints for, in the VPCs of `ssmEndpoints.vpcs`. */
export interface Endpoints {
  found: FoundEndpoint[];
  /** Security groups with the name that the baseline gives to the one of its endpoints. */
  groups?: FoundGroup[];
  /** Resources of the program that no endpoint stands in the way of. */
  absent: string[];
  problems: SurveyProblem<string>[];
}

export interface FoundEndpoint {
  /** Such as `vpce-0123456789abcdef0`. */
  id: string;
  region: string;
  vpcId: string;
  /** Such as `ssm`; `s3` is a gateway. */
  service: string;
  /** The endpoint of the baseline cannot be made beside it. */
  collides: boolean;
  /** The AWS service that manages it made it for the account. */
  requesterManaged: boolean;
  tags: Tags;
}

/** A VPC has one security group of a name. Source: Amazon EC2 API reference, CreateSecurityGroup, `GroupName`. */
export interface FoundGroup {
  /** Such as `sg-0123456789abcdef0`. */
  id: string;
  region: string;
  vpcId: string;
  tags: Tags;
}
