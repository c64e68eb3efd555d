import * as v from "valibot";
import {
  administratorArn,
  atMost,
  homeRegionName,
  listOf,
  optionalPolicyName,
  physicalName,
  regionName,
  tagMap,
} from "./checks";
import { adopt } from "./schema/adopt";
import * as detection from "./schema/detection";
import * as hardening from "./schema/hardening";
import { leakResponse } from "./schema/response";
import { placesThatFit } from "./schema/places";
import { mfaEnforcement, passwordPolicy, securityContact, supportRole } from "./schema/identity";

/**
 * Every setting with its type, bounds and default. What each one means to a user stands in Pulumi.yaml, whose
 * defaults a test holds equal to these.
 *
 * Unknown keys are problems, not noise: a misspelt setting would leave its default in force without a word. They are
 * found apart from it, in `unknown-keys.ts`.
 */
export const settingsSchema = v.pipe(
  v.object({
    homeRegion: homeRegionName,
    excludeRegions: v.optional(listOf(regionName, "a list of region names"), []),
    namePrefix: v.optional(physicalName, "baseline"),
    tags: v.optional(tagMap, {}),
    permissionsBoundary: v.optional(optionalPolicyName, ""),
    trustedAdministrators: v.optional(
      v.pipe(listOf(administratorArn, "a list of ARNs of roles or users"), atMost(20, "at most 20 ARNs")),
      [],
    ),
    mfaEnforcement,
    passwordPolicy,
    supportRole,
    securityContact,
    ...detection,
    leakResponse,
    ...hardening,
    adopt,
  }),
  v.forward(
    // Left out without a word, the alarms would be missed only when they are needed.
    v.partialCheck(
      [
        ["auditTrail", "enabled"],
        ["trailAlarms", "enabled"],
      ],
      ({ auditTrail, trailAlarms }) => auditTrail.enabled || !trailAlarms.enabled,
      "false, since auditTrail, whose log group they watch, is switched off",
    ),
    ["trailAlarms", "enabled"],
  ),
  placesThatFit(),
);
