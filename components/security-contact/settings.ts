import * as v from "valibot";
import { emailAddress, text, valueAt } from "../foundation/settings/checks";
import { controlSettings, disabled, group, setting } from "../foundation/settings/setting";

const notBlank = /^$|\S/;

/** Source: Account Management API reference, PutAlternateContact: lengths and the pattern of a telephone number. */
export const securityContactSettings = controlSettings(
  "securityContact",
  "Off: only you know it. Whom AWS calls when it sees one of your keys on the internet.",
  group({
    enabled: disabled(),
    name: setting(v.pipe(text(64), v.regex(notBlank, "a name, not blank")), "", "Name of the person or team."),
    title: setting(v.pipe(text(50), v.regex(notBlank, "a title, not blank")), "Security", "Their title."),
    email: setting(
      v.union([v.literal(""), emailAddress], "an e-mail address such as team@example.com"),
      "",
      "Their e-mail address.",
    ),
    phoneNumber: setting(
      v.pipe(
        v.string("a telephone number"),
        v.regex(/^$|^(?=.*\d)[\s0-9()+-]{1,25}$/, "digits, spaces and ()+-, at most 25, and one digit at least"),
      ),
      "",
      "Their telephone number, with the country code.",
    ),
  }),
  (settings, tell) => {
    const contact = valueAt(settings, "securityContact");
    for (const key of valueAt(contact, "enabled") === true ? ["name", "title", "email", "phoneNumber"] : []) {
      if (valueAt(contact, key) === "") {
        tell(["securityContact", key], "a value, since securityContact is enabled");
      }
    }
  },
);
