import { alertChannel } from "../alert-channel";
import { control, ControlScope } from "../foundation/control";
import { touched } from "../foundation/drift";
import { globalRegion } from "../foundation/partition";
import { placementOf } from "../foundation/placement";
import { LeakResponse } from "./leak-response";
import { leakResponseSettings } from "./settings";

export const leakResponse = control({
  id: "LeakResponse",
  title:
    "A leaked access key is answered in seconds: its owner found, people told, and, if set so, the key deactivated",
  scope: ControlScope.everyRegion,
  stops: "The minutes between AWS's word that a key is public, or stolen, and somebody who reads it.",
  answers: [],
  cost: "three alarms, in mode contain two more a region; the rest is free or cents (a queue, events, state transitions)",
  settings: leakResponseSettings,
  alertRegions: ({ partition }) => ({ rules: [globalRegion(partition)] }),
  place: ({ settings, account: { regions }, ...at }) => {
    const where = { regions, globalRegion: globalRegion(at.partition), route: at.placed(alertChannel)!.route() };
    new LeakResponse(at.name, { ...placementOf(at), ...settings.leakResponse, ...where }, at.child);
  },
  drift: [
    touched("StateMachine", "high", "a leaked access key is answered otherwise, or not at all"),
    touched("EventBus", "high", "leaked keys of other regions go unanswered"),
    touched("EventBusPolicy", "high", "who may put messages about leaked keys has changed"),
    touched("EventRule", "high", "a leaked access key may go unanswered"),
    touched("EventTarget", "high", "a leaked access key may go unanswered"),
  ],
});
