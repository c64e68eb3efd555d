import * as v from "valibot";
import {
  emailAddress,
  iamGroupName,
  iamUserName,
  listOf,
  pathTo,
  principalArn,
  text,
  valueAt,
  wholeNumber,
} from "../checks";
import { disabled, enabled, group } from "./common";

/** Stands for every IAM user of the account, in `mfaEnforcement.users`. */
export const ALL_HUMAN_USERS = "all-human-users";

export const mfaEnforcement = v.optional(
  v.pipe(
    group({
      enabled,
      users: v.optional(listOf(iamUserName, "a list of IAM user names"), [ALL_HUMAN_USERS]),
      groups: v.optional(listOf(iamGroupName, "a list of IAM group names"), []),
      exemptUsers: v.optional(listOf(iamUserName, "a list of IAM user names"), []),
    }),
    v.forward(
      v.partialCheck(
        [["enabled"], ["users"], ["groups"]],
        ({ enabled, users, groups }) => !enabled || users.length + groups.length > 0,
        "one user or more, since groups names none either; or switch mfaEnforcement off with enabled: false",
      ),
      ["users"],
    ),
  ),
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

const notBlank = /^$|\S/;

/** Source: Account Management API reference, PutAlternateContact: lengths and the pattern of a telephone number. */
export const securityContact = v.optional(
  v.pipe(
    group({
      enabled: disabled,
      name: v.optional(v.pipe(text(64), v.regex(notBlank, "a name, not blank")), ""),
      title: v.optional(v.pipe(text(50), v.regex(notBlank, "a title, not blank")), "Security"),
      email: v.optional(v.union([v.literal(""), emailAddress], "an e-mail address such as team@example.com"), ""),
      phoneNumber: v.optional(
        v.pipe(
          v.string("a telephone number"),
          v.regex(/^$|^(?=.*\d)[\s0-9()+-]{1,25}$/, "digits, spaces and ()+-, at most 25, and one digit at least"),
        ),
        "",
      ),
    }),
    v.rawCheck(({ dataset: { value: contact }, addIssue }) => {
      if (valueAt(contact, "enabled") !== true) {
        return;
      }
      for (const key of ["name", "title", "email", "phoneNumber"] as const) {
        const value = valueAt(contact, key);
        if (value === "") {
          addIssue({ message: "a value, since securityContact is enabled", path: pathTo(contact, key) });
        }
      }
    }),
  ),
  {},
);
