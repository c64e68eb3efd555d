import * as v from "valibot";
import { atMost, iamRoleName, iamUserName, listOf, oneOf } from "../checks";
import { disabled, enabled, group } from "./common";

/** So many of each list fit into the inline policy of the response's role. */
const longest = 15;

export const leakResponse = v.optional(
  v.pipe(
    group({
      enabled,
      mode: v.optional(oneOf("notify", "contain"), "notify"),
      exemptUsers: v.optional(
        v.pipe(listOf(iamUserName, "a list of IAM user names"), atMost(longest, `at most ${longest} users`)),
        [],
      ),
      exemptRoles: v.optional(
        v.pipe(listOf(iamRoleName, "a list of IAM role names"), atMost(longest, `at most ${longest} roles`)),
        [],
      ),
      containRoles: v.optional(
        v.pipe(listOf(iamRoleName, "a list of IAM role names"), atMost(longest, `at most ${longest} roles`)),
        [],
      ),
      denyUser: disabled,
    }),
    v.forward(
      v.partialCheck(
        [["mode"], ["denyUser"]],
        ({ mode, denyUser }) => mode === "contain" || !denyUser,
        "false, since mode is notify, which changes nothing",
      ),
      ["denyUser"],
    ),
  ),
  {},
);
