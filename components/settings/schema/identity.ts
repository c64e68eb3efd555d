import * as v from "valibot";
import { emailAddress, iamName, listOf, principalArn, text, wholeNumber } from "../checks";
import { disabled, enabled, group } from "./common";

/** Stands for every IAM user of the account, in `mfaEnforcement.users`. */
export const ALL_HUMAN_USERS = "all-human-users";

export const mfaEnforcement = v.optional(
  group({
    enabled,
    users: v.optional(listOf(iamName, "a list of IAM user names"), [ALL_HUMAN_USERS]),
    groups: v.optional(listOf(iamName, "a list of IAM group names"), []),
    exemptUsers: v.optional(listOf(iamName, "a list of IAM user names"), []),
  }),
  {},
);

export const passwordPolicy = v.optional(
  group({
    enabled,
    minimumLength: v.optional(wholeNumber(6, 128), 14),
    reusePrevention: v.optional(wholeNumber(1, 24), 24),
    maxAgeDays: v.optional(wholeNumber(1, 1095), 90),
  }),
  {},
);

export const supportRole = v.optional(
  group({
    enabled: disabled,
    principals: v.optional(listOf(principalArn, "a list of ARNs of users, roles or accounts"), []),
  }),
  {},
);

/** Source: Account Management API reference, PutAlternateContact: lengths and the pattern of a telephone number. */
export const securityContact = v.optional(
  v.pipe(
    group({
      enabled: disabled,
      name: v.optional(text(64), ""),
      title: v.optional(text(50), "Security"),
      email: v.optional(v.union([v.literal(""), emailAddress], "an e-mail address such as team@example.com"), ""),
      phoneNumber: v.optional(
        v.pipe(v.string("a telephone number"), v.regex(/^[\s0-9()+-]{0,25}$/, "digits, spaces and ()+-, at most 25")),
        "",
      ),
    }),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed || !dataset.value.enabled) {
        return;
      }
      for (const key of ["name", "email", "phoneNumber"] as const) {
        const value = dataset.value[key];
        if (value === "") {
          const path = { type: "object" as const, origin: "value" as const, input: dataset.value, key, value };
          addIssue({ message: "a value, since securityContact is enabled", path: [path] });
        }
      }
    }),
  ),
  {},
);
