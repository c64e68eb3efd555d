import { type LeakMachineOptions } from "./leak-machine-parts";

/** How the answer to one key ended, in words: what was done, and what a person does now. No quotation marks: EventBridge does not escape them. */
interface Outcome {
  /** In capitals, where it is not about a leaked key. */
  title?: string;
  did: string;
  now: string;
}

const replace = "make a new key or, better, a role, and delete the old key when nothing misses it.";

/** Nothing could be done, whatever the mode: not worth a second message about the same finding. */
export const always = {
  TellExempt: {
    did: "its owner is on the list of exemptions, or IAM lets nobody change it. Nothing was done",
    now: "decide now: deactivate the key, or revoke the sessions of the role, by hand.",
  },
  TellUnknown: {
    did: "IAM knows no such key in this account, or would not say. Nothing was done",
    now: "look whether it is deleted already, is a key of root or belongs to another account, and read the case in AWS Support.",
  },
  TellRoot: {
    did: "nothing but root itself can take away a key of root. NOTHING WAS DONE",
    now: "sign in as root at once, delete the key, change the password, look at the MFA devices.",
  },
  TellNamed: {
    did: "the finding names its owner and no key. Nothing was done",
    now: "look at the keys, the password and the sessions of the owner; deactivate what the owner does not know.",
  },
  TellTemporary: {
    did: "temporary credentials of a user, which die with no key. Nothing was done",
    now: "attach AWSDenyAll to the user, deactivate the keys of the user, and wait 36 hours: so long they can live.",
  },
} satisfies Record<string, Outcome>;

const notified = {
  TellFound: {
    did: "it STILL WORKS. Nothing was done (mode notify)",
    now: "deactivate it now (aws iam update-access-key --status Inactive), do not delete it; then look what it did.",
  },
  TellSession: {
    did: "sessions of the role STILL WORK. Nothing was done (mode notify, or not a role to contain)",
    now: "revoke the older sessions of the role (IAM console, role, Revoke sessions), then look what they did.",
  },
} satisfies Record<string, Outcome>;

const contained = {
  TellInactive: { did: "it is Inactive now", now: `see what breaks and what it did; ${replace}` },
  TellKeyActive: {
    did: "it could not be deactivated and may STILL WORK",
    now: "deactivate it by hand now, as a principal that is not in quarantine.",
  },
  TellRevoked: {
    did: "the role is denied everything now, new sessions too",
    now: "find how the credentials got out, revoke the older sessions (IAM console, role, Revoke sessions), then take AWSDenyAll off the role.",
  },
  TellNotRevoked: {
    did: "the role could not be denied everything and its sessions STILL WORK",
    now: "revoke the older sessions of the role by hand now (IAM console, role, Revoke sessions).",
  },
} satisfies Record<string, Outcome>;

const denied = {
  TellDenied: {
    did: "it is Inactive now, and the user is denied everything",
    now: `see what breaks and what it did; ${replace} Then take AWSDenyAll off the user.`,
  },
  TellNotDenied: {
    did: "it is Inactive now, but the user could not be denied everything",
    now: "other keys, the password and sessions of the user may still work: look at each.",
  },
  TellDeniedKeyActive: {
    did: "it could not be deactivated, but the user is denied everything",
    now: "deactivate the key by hand, then take AWSDenyAll off the user.",
  },
} satisfies Record<string, Outcome>;

/** Only where the source is asked: it said nothing, or something else than the event. */
const unconfirmed = {
  TellUnconfirmed: {
    did: "its source did not confirm it, and AWS has not put its owner in quarantine. Nothing was done",
    now: "look at the case in AWS Support, or at the finding in GuardDuty; if it is there, deactivate the key by hand now.",
  },
} satisfies Record<string, Outcome>;

/** How an event ended that is about no single key, by the name of the state that says so. */
export function alone({ mode }: LeakMachineOptions): Record<string, Outcome> {
  return {
    NoKeys: {
      did: "the event names no key that could be looked up. Nothing was done",
      now: "open the event where it comes from; it names the user or the case in AWS Support.",
    },
    Abuse: {
      title: "AWS HAD A COMPLAINT",
      did: "something in the account attacks others, sends mail or mines. Nothing was done",
      now: "open the event in the AWS Health Dashboard, which names the resource; answer the case in AWS Support; find who made the resource, and with which key.",
    },
    Sample: {
      did: "a sample finding of GuardDuty, about nothing that happened. Nothing was done",
      now: "nothing: somebody asked GuardDuty for sample findings.",
    },
    ...(mode === "contain" && {
      Mild: {
        did: "GuardDuty calls it Low, or it is not about a stolen key. Nothing was done",
        now: "open the finding in GuardDuty.",
      },
    }),
  };
}

/** The outcomes there can be under these settings, by the name of the state that sets them. A state no way leads to is refused. */
export function reachable({ mode, containRoles, denyUser }: LeakMachineOptions): Record<string, Outcome> {
  if (mode !== "contain") {
    return { ...always, ...notified };
  }
  const { TellInactive, TellKeyActive, TellRevoked, TellNotRevoked } = contained;
  return {
    ...always,
    ...unconfirmed,
    TellSession: notified.TellSession,
    TellKeyActive,
    ...(containRoles.length > 0 && { TellRevoked, TellNotRevoked }),
    ...(denyUser ? denied : { TellInactive }),
  };
}
